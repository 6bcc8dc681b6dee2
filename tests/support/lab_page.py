"""A lecture open in Jupyter, handled as a person does: menus, keys, sliders."""

import re
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import numpy as np
from playwright.sync_api import expect

from support.browser import PATIENCE, new_page, painted

# `window.jupyterapp` is there because of --expose-app-in-browser.
NOTEBOOK = "window.jupyterapp.shell.currentWidget.content"

READY = """() => {
    const app = window.jupyterapp, panel = app?.shell.currentWidget;
    return app?.commands.hasCommand('notebook:run-all-cells') &&
        panel?.context?.isReady && panel.sessionContext?.isReady &&
        panel.sessionContext.session?.kernel?.status === 'idle';
}"""

CODE = f"{NOTEBOOK}.widgets.filter(cell => cell.model.type === 'code')"

# Stored numbers of runs would say that all cells have run: forget them first.
FORGET = f"() => {CODE}.forEach(cell => {{ cell.model.executionCount = null; }})"
HAVE_RUN = f"() => {CODE}.every(cell => cell.model.executionCount)"

# What every code cell has put out, in the order of the notebook.
OUTPUTS = f"() => {CODE}.map(cell => cell.model.outputs.toJSON())"

NAME_CELLS = f"""() => {NOTEBOOK}.widgets.forEach(
    cell => {{ cell.node.dataset.id = cell.model.id; }})"""

# Cells that are out of sight are not in the page: bring one into it.
SHOW = f"""async id => {{
    const notebook = {NOTEBOOK};
    const at = notebook.widgets.findIndex(cell => cell.model.id === id);
    notebook.activeCellIndex = at;
    await notebook.scrollToItem(at, 'start');
}}"""

EXECUTE = (
    "([name, args]) => window.jupyterapp.commands.execute(name, args).then(() => 0)"
)


def wait_until(page, condition: str) -> None:
    """Asked ten times a second: at every frame would slow what is waited for."""
    page.wait_for_function(condition, polling=100)


def open_lecture(
    browser,
    lab,
    name: str,
    size: tuple[int, int] = (1280, 900),
    sharp: float = 1,
    where: str = "lab/tree",  # or "notebooks": Notebook 7, see `running_lab`
    first: str = "",  # a script that runs before any of the page's own
):
    """A notebook of the server `lab`, (address, token), once its kernel is idle."""
    url, token = lab
    page = new_page(browser, *size, sharp)
    page.add_init_script(first)
    page.goto(f"{url}/{where}/{name}?token={token}&reset")
    wait_until(page, READY)
    page.evaluate(NAME_CELLS)
    return page


@contextmanager
def opened(browser, lab, name: str, *args, **kwargs) -> Iterator:
    """The same; in the end the page is left, and its kernel too."""
    page = open_lecture(browser, lab, name, *args, **kwargs)
    yield page
    session = page.evaluate(
        "window.jupyterapp.shell.currentWidget.sessionContext.session.id"
    )
    page.close()
    url, token = lab
    request = urllib.request.Request(
        f"{url}/api/sessions/{session}",
        method="DELETE",
        headers={"Authorization": f"token {token}"},
    )
    urllib.request.urlopen(request, timeout=30).close()


def command(page, name: str, **arguments) -> None:
    """What a menu or the command palette runs."""
    page.evaluate(EXECUTE, [name, arguments])


def run_all(page) -> list[dict]:
    """Run › Run All Cells, as a hand does it; all that the cells put out."""
    page.evaluate(FORGET)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    return have_run(page)


def have_run(page) -> list[dict]:
    """Once all cells have run: all that they put out."""
    wait_until(page, HAVE_RUN)
    wait_until(page, READY)
    return [output for outputs in page.evaluate(OUTPUTS) for output in outputs]


def errors(outputs: list[dict]) -> list[dict]:
    return [output for output in outputs if output["output_type"] == "error"]


def show(page, cell: str):
    """Scroll to a cell; its output, and nothing of its code."""
    page.evaluate(SHOW, cell)
    output = page.locator(f"[data-id='{cell}'] .jp-OutputArea-output")
    output.last.scroll_into_view_if_needed()
    return output


def stands_still(page, cell: str) -> None:
    """What a person sees before a cell has run: its figure as a picture, no widget."""
    output = show(page, cell)
    image = output.locator("img")
    image.wait_for()  # and it is visible
    assert image.evaluate("img => img.decode().then(() => img.naturalWidth)") > 0
    assert "widget" not in output.last.inner_text()


class Figure:
    """The live figure of a cell that has run, on the screen, as a person meets it."""

    def __init__(self, page, cell: str):
        self.page = page
        self.box = page.locator(
            f"[data-id='{cell}'] .jp-OutputArea-output:has(.course-live)"
        )
        self.box.locator("canvas").first.wait_for()
        self.picture = self.box.get_by_role("img")
        self.canvases = self.picture.locator("canvas").all()

    def words(self) -> str:
        return self.picture.get_attribute("aria-label")

    def painted(self) -> list[np.ndarray]:
        """The colours of its canvases, dot for dot."""
        return [painted(canvas) for canvas in self.canvases]

    def press(self, key: str, times: int = 1) -> None:
        """Press a key on the first slider (or list)."""
        self.box.locator(".noUi-handle, select").first.focus()
        for _ in range(times):
            self.page.keyboard.press(key)

    def drag(self, shares: Iterable[float], slider: int = 0) -> None:
        """Take the handle of a slider along its track, to these shares of it."""
        mouse = self.page.mouse
        track = self.box.locator(".noUi-target").nth(slider).bounding_box()
        handle = self.box.locator(".noUi-handle").nth(slider).bounding_box()
        y = handle["y"] + handle["height"] / 2
        mouse.move(handle["x"] + handle["width"] / 2, y)
        mouse.down()
        for share in shares:
            mouse.move(track["x"] + share * track["width"], y)
            self.page.wait_for_timeout(20)
        mouse.up()

    def chosen(self) -> float:
        """The value that stands beside the first slider."""
        return float(self.box.locator(".widget-readout").first.inner_text())

    def wait_for(self, words: str) -> None:
        """Return when a listener hears these words, or sentences with them inside."""
        heard = re.compile(re.escape(words))
        expect(self.picture).to_have_attribute("aria-label", heard, timeout=PATIENCE)
