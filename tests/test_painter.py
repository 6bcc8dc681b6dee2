"""painter.js, in an empty page of Chromium, paints what Agg paints; no Jupyter here.

Agg moves lines to whole dots, a canvas does not. So both pictures are blurred by one
dot, and a colour may be found one dot away: LEVELS and SHARE say how much may be off.
"""

import numpy as np
import pytest
from PIL import Image, ImageFilter

from course_utils.live import picture as live_picture
from support.browser import needs_chromium, new_page, pixels
from support.course import executed
from support.figures import FIGURES, corners
from support.painting import encoded, paint

SCALES = 1, 2  # dots per CSS pixel
LEVELS = 48  # of 255
# Of the dots, by scale: a line that runs along its own way, dashes that cross.
SHARE = {1: 0.005, 2: 0.002}

pytestmark = [needs_chromium, pytest.mark.thorough]


@pytest.fixture(scope="module")
def pages(chromium):
    """An empty page for each scale."""
    return {scale: new_page(chromium, 2000, 800, scale) for scale in SCALES}


def by_canvas(page, canvas) -> np.ndarray:
    page.set_content(f"<div style='width: {canvas.width}px'></div>")
    painted = paint(page.locator("div"), canvas)
    return np.concatenate([pixels(url.partition(",")[2]) for url in painted], axis=1)


def by_agg(picture, scale: int, monkeypatch) -> np.ndarray:
    monkeypatch.setattr(live_picture, "SHARP", scale)
    return pixels(encoded(picture.png()))


def blurred(dots: np.ndarray) -> np.ndarray:
    picture = Image.fromarray(dots.astype(np.uint8)).filter(ImageFilter.BoxBlur(1))
    return np.asarray(picture).astype(np.int16)


def around(extreme: np.ufunc, dots: np.ndarray) -> np.ndarray:
    """The least or the greatest of each dot and its eight neighbours, by channel."""
    rows, columns, _ = dots.shape
    wide = np.pad(dots, ((1, 1), (1, 1), (0, 0)), mode="edge")
    tall = extreme.reduce([wide[:, k : k + columns] for k in range(3)])
    return extreme.reduce([tall[k : k + rows] for k in range(3)])


def stray(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Where `one` has a colour that `other` has nowhere near."""
    low, high = around(np.minimum, other), around(np.maximum, other)
    return ((one < low - LEVELS) | (one > high + LEVELS)).any(axis=-1)


def share_astray(one: np.ndarray, other: np.ndarray) -> float:
    one, other = blurred(one), blurred(other)
    return float((stray(one, other) | stray(other, one)).mean())


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(("name", "cell"), FIGURES)
def test_the_canvas_shows_what_agg_paints(pages, monkeypatch, name, cell, scale):
    figure = executed(name).figures[cell]
    figure.reset()
    for place in [{}, corners(figure)[-1]]:
        for slider, value in place.items():
            figure.sliders[slider].value = value
        agg = by_agg(figure.picture, scale, monkeypatch)
        canvas = by_canvas(pages[scale], figure.canvas)
        assert canvas.shape == agg.shape
        assert share_astray(canvas, agg) < SHARE[scale], place
    figure.reset()
    assert not pages[scale].errors
