"""In a real browser: JupyterLab opens a lecture, a hand moves η, every slide fits."""

import base64
import io
import os
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from lab_server import running_lab
from PIL import Image

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
LECTURES = sorted(f"{path.parent.name}/{path.name}" for path in NOTEBOOKS.glob("*/*"))
NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
REQUIRED = os.environ.get("COURSE_BROWSER") == "required"

# With these, Chromium asks nothing of the network but our own server.
QUIET = ["--disable-gpu", "--disable-quic", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync", "--no-first-run"]

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

# The height of what is on a slide, its fragments included, and its first words.
SLIDE = """() => {
    const notebook = window.jupyterapp.shell.currentWidget.content;
    const cells = notebook.widgets.map(cell => cell.node)
        .filter(node => node.classList.contains('jp-deck-mod-onscreen'));
    const boxes = cells.map(node => node.getBoundingClientRect());
    const top = Math.min(...boxes.map(box => box.top));
    const bottom = Math.max(...boxes.map(box => box.bottom));
    return [notebook.activeCellIndex, cells[0].innerText.slice(0, 60), bottom - top];
}"""

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not REQUIRED,
    reason="needs Chromium or Chrome: install it (Debian: apt install chromium)",
)


@pytest.fixture(scope="module")
def open_lecture(tmp_path_factory):
    """Opens a notebook, a copy, in one JupyterLab and one Chromium for all tests."""
    from playwright.sync_api import sync_playwright

    scratch = tmp_path_factory.mktemp("lab")
    copy = shutil.copytree(NOTEBOOKS, scratch / "notebooks")
    with running_lab(copy, scratch) as (url, token), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)

        def open_one(name: str, width: int, height: int, sharp: float = 1):
            screen = {"width": width, "height": height}
            page = browser.new_page(viewport=screen, device_scale_factor=sharp)
            page.errors = []
            page.on("pageerror", lambda error: page.errors.append(str(error)))
            page.on("console", lambda said: hear(page, said))
            page.goto(f"{url}/lab/tree/{name}?token={token}&reset")
            page.wait_for_function(READY, timeout=60_000)
            return page

        yield open_one
        browser.close()


def hear(page, said) -> None:
    if said.type == "error":
        page.errors.append(f"{said.text} ({said.location['url']})")


def run_all(page) -> list[dict]:
    """Run › Run All Cells, as a hand does it; all that the cells put out."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    last = f"() => ({OUTPUTS})().at(-1)[0] === ({OUTPUTS})().length"
    page.wait_for_function(last, timeout=60_000)
    page.wait_for_function(READY, timeout=60_000)
    return [output for _, outputs in page.evaluate(OUTPUTS) for output in outputs]


def pixels(png: str, like: np.ndarray | None = None) -> np.ndarray:
    """The colours of a picture in base64, (rows, columns, 3); as large as `like`."""
    picture = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
    if like is not None:  # at most a pixel larger or smaller: see `sharp`
        rows, columns, _ = like.shape
        picture = picture.resize((columns, rows), Image.Resampling.LANCZOS)
    return np.asarray(picture).astype(int)


def painted(canvas) -> np.ndarray:
    return pixels(canvas.evaluate("c => c.toDataURL('image/png')").partition(",")[2])


def share_off(one: np.ndarray, other: np.ndarray) -> float:
    """The share of pixels in which some colour is off by more than 32 of 255."""
    return float((abs(one - other).max(axis=-1) > 32).mean())


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


def ending(words: str) -> tuple[float, float, int]:
    """θ₀, the last θ and its t, as a listener hears them."""
    found = re.search(r"path of θ on R\(θ\): from (\S+) to (\S+) at t = (\d+)", words)
    return float(found[1]), float(found[2]), int(found[3])


def test_a_key_moves_eta_in_lecture_02(open_lecture):
    # Figures grow to 1.25 of their size here; so each dot of the stored PNG is one.
    page = open_lecture("es/02_gd_divergence.ipynb", 1600, 900, sharp=2 / 1.25)
    outputs = run_all(page)
    assert not [one for one in outputs if one["output_type"] == "error"]
    figure = Figure(page)

    # What the page paints is what Matplotlib paints.
    (png, *_) = [one["data"] for one in outputs if "image/png" in one.get("data", {})]
    before = [painted(canvas) for canvas in figure.canvases]
    side_by_side = np.concatenate(before, axis=1)
    stored = pixels(png["image/png"], like=side_by_side)
    assert share_off(side_by_side, stored) < 0.01

    # η = 0.9 → 0.85, and θ ends at (1 − 2η)ᵗ θ₀.
    assert "η = 0.9," in figure.words()
    figure.press("ArrowLeft", 5, until="η = 0.85,")
    start, end, steps = ending(figure.words())
    assert end == pytest.approx((1 - 2 * 0.85) ** steps * start, rel=5e-3)
    after = [painted(canvas) for canvas in figure.canvases]
    assert all(share_off(*pair) > 0.001 for pair in zip(before, after, strict=True))

    # And back: the same picture to the last pixel.
    figure.press("ArrowRight", 5, until="η = 0.9,")
    again = [painted(canvas) for canvas in figure.canvases]
    assert all(np.array_equal(*pair) for pair in zip(before, again, strict=True))
    assert not page.errors


def command(page, name: str, **arguments) -> None:
    """What a menu or the command palette runs."""
    go = (
        "([name, args]) => window.jupyterapp.commands.execute(name, args).then(() => 0)"
    )
    page.evaluate(go, [name, arguments])
    page.wait_for_timeout(300)  # the slide is laid out and its fade is over


def slides(page):
    """Where the deck stands, and what is on the slide; Space, until the end."""
    command(page, "notebook:enter-command-mode")
    page.evaluate("window.jupyterapp.shell.currentWidget.content.activeCellIndex = 0")
    command(page, "deck:start")
    page.wait_for_timeout(1000)
    place, before = page.evaluate(SLIDE), None
    while place != before:
        yield place
        command(page, "deck:go", direction="down", alternate="forward")
        place, before = page.evaluate(SLIDE), place
    command(page, "deck:stop")  # or the next page opens as slides


@pytest.mark.thorough
@pytest.mark.parametrize("lecture", LECTURES)
def test_every_slide_fits_the_screen(open_lecture, lecture):
    page = open_lecture(lecture, 1280, 720)
    command(page, "notebook:run-all-cells")
    tall = {words: round(height) for _, words, height in slides(page) if height > 720}
    assert not tall
    assert not page.errors
    page.close()
