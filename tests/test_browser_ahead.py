"""In a real browser: records are sent ahead of the hand, kept in the page, and right.

By counts, not by times: what the kernel computed, what the page sent. One JupyterLab
behind a delay line, and a small notebook.
"""

import shutil

import nbformat
import numpy as np
import pytest

from support.browser import needs_chromium
from support.delay import delayed
from support.lab_page import Figure, close, errors, open_lecture, run_all, show
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

QUIET = 400  # ms without a message, then nothing is under way

pytestmark = [needs_chromium]


@pytest.fixture(scope="module")
def far(tmp_path_factory):
    """JupyterLab behind a delay line: its address, its token, and the line."""
    scratch = tmp_path_factory.mktemp("far")
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

    def __init__(self, chromium, far, name, where="lab/tree"):
        self.lab, self.line, folder = far
        shutil.copy(folder / "small.ipynb", folder / f"{name}.ipynb")
        self.line.wait(0)
        self.page = open_lecture(
            chromium, self.lab, f"{name}.ipynb", 1280, 900, where=where
        )

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

    def settle(self) -> None:
        """Until nothing has come and gone for a while."""
        before = None
        while before != (now := (self.line.up, self.line.down)):
            before = now
            self.page.wait_for_timeout(QUIET + 2000 * self.line.most)

    def drag(self, shares, slider=0) -> None:
        mouse, box = self.page.mouse, self.shown.box
        track = box.locator(".noUi-target").nth(slider).bounding_box()
        handle = box.locator(".noUi-handle").nth(slider).bounding_box()
        y = handle["y"] + handle["height"] / 2
        mouse.move(handle["x"] + handle["width"] / 2, y)
        mouse.down()
        for share in shares:
            mouse.move(track["x"] + share * track["width"], y)
            self.page.wait_for_timeout(20)
        mouse.up()

    def close(self) -> None:
        assert not self.page.errors
        close(self.page, self.lab)


def test_a_second_sweep_computes_nothing_and_sends_nothing(chromium, far):
    hand = Hand(chromium, far, "sweep").run()
    figure = hand.figure()
    far[1].wait(0.05)
    sweep = [*np.linspace(0, 0.9, 46), *np.linspace(0.9, 0.5, 21)]
    hand.drag(sweep)
    hand.settle()
    assert hand.computed() > 30
    hand.drag(sweep)
    hand.forget()
    hand.drag([*reversed(sweep), 0.3])
    hand.settle()
    assert hand.computed() == 0
    (update,) = hand.sent()
    assert update["state"]["value"] == pytest.approx(0.3, abs=0.011)
    figure.wait_for(hand.words())
    hand.close()
