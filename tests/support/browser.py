"""Chromium for the tests: how it is started, what it complains of, what it paints."""

import base64
import contextlib
import io
import os
import shutil
import time
from collections.abc import Iterator

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
REQUIRED = os.environ.get("COURSE_BROWSER") == "required"

# With these, Chromium asks nothing of the network but our own server.
QUIET = ["--disable-gpu", "--disable-quic", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync", "--no-first-run"]

PATIENCE = 180_000  # ms: a loaded machine is not a failure

needs_chromium = pytest.mark.skipif(
    CHROMIUM is None and not REQUIRED,
    reason="needs Chromium or Chrome: install it (Debian: apt install chromium)",
)


@contextlib.contextmanager
def running_chromium() -> Iterator:
    """One Chromium, for all tests of a module: it takes a second to start."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def new_page(browser, width: int, height: int, sharp: float = 1):
    """An empty page; `page.errors` lists whatever it complains of."""
    screen = {"width": width, "height": height}
    page = browser.new_page(viewport=screen, device_scale_factor=sharp)
    page.set_default_timeout(PATIENCE)
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(error.stack or str(error)))
    page.on("console", lambda said: hear(page, said))
    return page


def hear(page, said) -> None:
    """Keep what the console calls an error."""
    if said.type == "error":
        page.errors.append(f"{said.text} ({said.location['url']})")


def until(page, condition: str) -> None:
    """Wait, also where a page's policy forbids what `wait_for_function` does."""
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(50)


def grave(page) -> list[tuple]:
    """What is serious or critical for those who do not see or point: rule and places.

    What passes is not asked for: that would take twice as long.
    """
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    serious = [
        v
        for v in found.response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    return [(v["id"], [node["html"][:120] for node in v["nodes"][:3]]) for v in serious]


def letters(page, size: int) -> None:
    """As if its reader had asked for letters of so many pixels, instead of 16."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
    page.evaluate("dispatchEvent(new Event('resize'))")


def pixels(png: str, like: np.ndarray | None = None) -> np.ndarray:
    """The colours of a picture in base64, (rows, columns, 3); as large as `like`."""
    picture = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
    if like is not None:  # at most a pixel larger or smaller: see `sharp`
        rows, columns, _ = like.shape
        picture = picture.resize((columns, rows), Image.Resampling.LANCZOS)
    return np.asarray(picture).astype(int)


def painted(canvas) -> np.ndarray:
    """The colours of a canvas, dot for dot, (rows, columns, 3)."""
    return pixels(canvas.evaluate("c => c.toDataURL('image/png')").partition(",")[2])


def share_off(one: np.ndarray, other: np.ndarray) -> float:
    """The share of pixels in which some colour is off by more than 32 of 255."""
    return float((abs(one - other).max(axis=-1) > 32).mean())
