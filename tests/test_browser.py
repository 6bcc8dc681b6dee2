"""The one test in a real browser: JupyterLab opens lecture 02 and a hand moves η."""

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
LECTURE = "es/02_gd_divergence.ipynb"
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
    .map(cell => ({count: cell.model.executionCount, outputs: cell.model.outputs.toJSON()}))
"""

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not REQUIRED,
    reason="needs Chromium or Chrome: install it (Debian: apt install chromium)",
)


@pytest.fixture
def page(tmp_path):
    """JupyterLab in Chromium on a copy of the notebooks, our lecture open."""
    from playwright.sync_api import sync_playwright

    copy = shutil.copytree(NOTEBOOKS, tmp_path / "notebooks")
    with running_lab(copy, tmp_path) as (url, token), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        screen = {"width": 1280, "height": 720}
        page = browser.new_page(viewport=screen, device_scale_factor=2)
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda said: hear(page, said))
        page.goto(f"{url}/lab/tree/{LECTURE}?token={token}&reset")
        page.wait_for_function(READY, timeout=60_000)
        yield page
        browser.close()


def hear(page, said) -> None:
    if said.type == "error":
        page.errors.append(f"{said.text} ({said.location['url']})")


def run_all(page) -> list[dict]:
    """Run › Run All Cells, as a hand does it; what the cells put out."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    last = f"() => ({OUTPUTS})().at(-1).count === ({OUTPUTS})().length"
    page.wait_for_function(last, timeout=60_000)
    page.wait_for_function(READY, timeout=60_000)
    return page.evaluate(OUTPUTS)


def pixels(data: str, size: tuple[int, int] | None = None) -> np.ndarray:
    """A PNG in base64 as an array of colours, at another size if one is given."""
    picture = Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")
    return np.asarray(picture.resize(size) if size else picture).astype(int)


def painted(canvas) -> np.ndarray:
    return pixels(canvas.evaluate("c => c.toDataURL('image/png')").partition(",")[2])


def share_off(one: np.ndarray, other: np.ndarray) -> float:
    """The share of pixels in which some colour is off by more than 32 of 255."""
    return float((abs(one - other).max(axis=-1) > 32).mean())


def test_lecture_02_in_jupyterlab(page):
    cells = run_all(page)
    assert not [o for c in cells for o in c["outputs"] if o["output_type"] == "error"]
    assert not page.errors
