"""A small notebook in a real JupyterLab behind a delay line, and a hand on its figures.

What the page sent and what the kernel computed is counted.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat

from support.delay import delayed
from support.lab_page import (
    NOTEBOOK,
    READY,
    Figure,
    command,
    errors,
    opened,
    run_all,
    show,
)
from support.lab_server import running_lab

KERNEL = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"

CELLS = {
    "begin": """
from course_utils import GradientDescent, descend, parabola
from course_utils.live import PathOnCurve, live

computed, scale, fresh = [], 1.0, None

def run(eta=0.3, x0=2.5, steps=10, rule="GD", far=False):
    computed.append((eta, x0, steps, rule, far))
    if eta > 0.95:
        raise ZeroDivisionError("too far")
    return scale * descend(parabola, [x0], GradientDescent(eta), steps=steps)
""",
    "one": """
fig = live(run, PathOnCurve(parabola), eta=(0.0, 1.0, 0.02), steps=(1, 30))
fig
""",
    "two": 'live(run, PathOnCurve(parabola), rule=["GD", "Adam", "Ada"], far=False)',
    "again": "fig",
    "free": "pass",
}

# What goes over the line, from and to this page, since `forget` was called.
WATCH = f"""() => {{
    window.sent = [];
    {KERNEL}.anyMessage.connect((_, {{ msg, direction }}) => {{
        if (direction === 'send') window.sent.push(msg);
    }});
}}"""
SENT = """() => window.sent.filter(msg => msg.header.msg_type === 'comm_msg')
    .map(msg => msg.content.data)"""

# Silent: no cell has run, so no generation begins.
ASK = f"""async code => {{
    const content = {{ code: '', silent: true, user_expressions: {{ it: code }} }};
    const reply = await {KERNEL}.requestExecute(content).done;
    return reply.content.user_expressions.it.data['text/plain'];
}}"""

# What the hand asked for, and what is sent ahead of it.
TO_COME = """[at for at in __import__("course_utils").live.ahead.FIGURES
              if at.wish is not None or at.row] != []"""

RUN = f"""async ([id, code]) => {{
    const notebook = {NOTEBOOK};
    const at = notebook.widgets.findIndex(cell => cell.model.id === id);
    notebook.activeCellIndex = at;
    if (code !== null) notebook.widgets[at].model.sharedModel.setSource(code);
    await window.jupyterapp.commands.execute('notebook:run-cell');
}}"""

QUIET = 400  # ms without a message, then nothing is under way


@contextmanager
def far_lab(scratch: Path) -> Iterator:
    """JupyterLab behind a delay line: its address and token, the line, its folder."""
    folder = scratch / "notebooks"
    folder.mkdir()
    code = [
        nbformat.v4.new_code_cell(text.strip(), id=id) for id, text in CELLS.items()
    ]
    about = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(
        nbformat.v4.new_notebook(cells=code, metadata=about), folder / "small.ipynb"
    )
    with running_lab(folder, scratch) as (url, token):
        with delayed(int(url.rpartition(":")[2])) as line:
            yield (f"http://127.0.0.1:{line.port}", token), line, folder


class Hand:
    """A page with the small notebook, run; what a hand does, and what came of it."""

    def __init__(self, page, lab, line, name):
        self.page, self.lab, self.line, self.name = page, lab, line, name

    def cell(self, id: str, code: str | None = None) -> None:
        """Run one cell, with this in it if it is given."""
        self.page.evaluate(RUN, [id, code])
        self.page.wait_for_function(READY)

    def run(self):
        assert not errors(run_all(self.page))
        self.page.evaluate(WATCH)
        return self

    def figure(self, cell="one") -> Figure:
        show(self.page, cell)
        self.shown = Figure(self.page, cell)
        self.settle()
        return self.shown

    def ask(self, code: str):
        return eval(self.page.evaluate(ASK, code))

    def words(self, cell="one") -> str:
        return self.ask("fig.words()" if cell == "one" else f"{cell}.words()")

    def computed(self) -> int:
        return self.ask("len(computed)")

    def sent(self) -> list[dict]:
        return self.page.evaluate(SENT)

    def forget(self) -> None:
        self.settle()
        self.page.evaluate("window.sent = []")
        self.ask("computed.clear()")

    def save(self) -> None:
        """The notebook, as it is."""
        command(self.page, "docmanager:save")
        self.settle()

    def settle(self) -> None:
        """Until nothing has come and gone for a while, and nothing is to be computed:
        on a loaded machine the kernel may pause for longer than that."""
        before = None
        while before != (now := (self.line.up, self.line.down)) or self.ask(TO_COME):
            before = now
            self.page.wait_for_timeout(QUIET + 2000 * self.line.most)

    def drag(self, shares, slider=0) -> None:
        self.shown.drag(shares, slider)


@contextmanager
def taken(chromium, far, name, where="lab/tree"):
    """A page of its own, near at first; in the end it has complained of nothing."""
    lab, line, folder = far
    shutil.copy(folder / "small.ipynb", folder / f"{name}.ipynb")
    line.wait(0)
    with opened(chromium, lab, f"{name}.ipynb", where=where) as page:
        yield Hand(page, lab, line, f"{name}.ipynb").run()
        assert not page.errors, str(page.errors)  # as they are now
