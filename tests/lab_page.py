"""A lecture open in JupyterLab, handled as a person does: menus, keys, slides."""

from browser import new_page

READY = """() => {
    const app = window.jupyterapp, panel = app?.shell.currentWidget;
    return app?.commands.hasCommand('notebook:run-all-cells') &&
        panel?.context?.isReady && panel.sessionContext?.isReady &&
        panel.sessionContext.session?.kernel?.status === 'idle';
}"""

# What every code cell has put out, in the order of the notebook.
OUTPUTS = """() => window.jupyterapp.shell.currentWidget.content.widgets
    .filter(cell => cell.model.type === 'code')
    .map(cell => [cell.model.executionCount, cell.model.outputs.toJSON()])
"""

# Cells that are out of sight are not in the page: bring the first figure into it.
SCROLL = """async () => {
    const notebook = window.jupyterapp.shell.currentWidget.content;
    const live = output => 'image/png' in (output.data ?? {});
    const found = notebook.widgets.findIndex(cell =>
        cell.model.type === 'code' && cell.model.outputs.toJSON().some(live));
    notebook.activeCellIndex = found;
    await notebook.scrollToItem(found, 'start');
}"""


def open_lecture(browser, lab, name: str, width: int, height: int, sharp: float = 1):
    """A notebook of the server `lab`, (address, token), once its kernel is idle."""
    url, token = lab
    page = new_page(browser, width, height, sharp)
    page.goto(f"{url}/lab/tree/{name}?token={token}&reset")
    page.wait_for_function(READY, timeout=60_000)
    return page


def run_all(page) -> list[dict]:
    """Run › Run All Cells, as a hand does it; all that the cells put out."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    last = f"() => ({OUTPUTS})().at(-1)[0] === ({OUTPUTS})().length"
    page.wait_for_function(last, timeout=60_000)
    page.wait_for_function(READY, timeout=60_000)
    return [output for _, outputs in page.evaluate(OUTPUTS) for output in outputs]


def command(page, name: str, **arguments) -> None:
    """What a menu or the command palette runs."""
    go = (
        "([name, args]) => window.jupyterapp.commands.execute(name, args).then(() => 0)"
    )
    page.evaluate(go, [name, arguments])


class Figure:
    """The first live figure of the page, as a person meets it."""

    def __init__(self, page):
        self.page = page
        page.evaluate(SCROLL)
        self.box = page.locator(".jp-OutputArea-output:has(.course-live)").first
        self.box.locator("canvas").first.scroll_into_view_if_needed()
        self.picture = self.box.get_by_role("img")
        self.canvases = self.picture.locator("canvas").all()

    def words(self) -> str:
        return self.picture.get_attribute("aria-label")

    def press(self, key: str, times: int, until: str) -> None:
        """Press a key on the first slider; wait until the words say so."""
        self.box.locator(".noUi-handle").first.focus()
        for _ in range(times):
            self.page.keyboard.press(key)
        arrived = self.box.locator(f"[role=img][aria-label*='{until}']")
        arrived.wait_for(timeout=10_000)
