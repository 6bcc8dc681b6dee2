"""painter.js, in an empty page of Chromium, paints what Agg paints; no Jupyter here.

Agg moves lines to whole dots, a canvas does not. So both pictures are blurred by one
dot, and a colour may be found one dot away: LEVELS and SHARE say how much may be off.
"""

import base64

import numpy as np
import pytest
from browser import needs_chromium, new_page, pixels
from course import executed
from PIL import Image, ImageFilter
from test_figures import FIGURES, corners

from course_utils.live import figure as live_figure

SCALES = 1, 2  # dots per CSS pixel
LEVELS = 48  # of 255
# Of the dots, by scale: a line that runs along its own way, dashes that cross.
SHARE = {1: 0.005, 2: 0.002}

IMPORT = """async source => {
    const url = `data:text/javascript;charset=utf-8,${encodeURIComponent(source)}`;
    window.painter = (await import(url)).default;
}"""

# A model as the painter expects one, and what it has painted two frames later.
PAINT = """async state => {
    const bytes = text => new DataView(
        Uint8Array.from(atob(text), letter => letter.charCodeAt(0)).buffer);
    const traits = {...state, still: bytes(state.still), points: bytes(state.points)};
    const model = { get: name => traits[name], on() {}, off() {} };
    const el = document.createElement('div');
    el.style.width = `${state.width}px`;
    document.body.replaceChildren(el);
    const clean = painter.render({ model, el });
    const canvases = [...el.querySelectorAll('canvas')];
    const frame = () => new Promise(requestAnimationFrame);
    while (canvases.some(canvas => canvas.width === 300)) await frame();  // untouched
    await frame();
    await frame();
    clean();
    return canvases.map(canvas => canvas.toDataURL('image/png').split(',')[1]);
}"""

pytestmark = [needs_chromium, pytest.mark.thorough]


@pytest.fixture(scope="module")
def pages(chromium):
    """An empty page for each scale, with the painter in it."""
    painter = (live_figure.Canvas._esm, SCALES)
    pages = {scale: new_page(chromium, 2000, 800, scale) for scale in SCALES}
    for page in pages.values():
        page.evaluate(IMPORT, str(painter[0]))
    return pages


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def by_canvas(page, picture, marks, points) -> np.ndarray:
    width, height = picture.size
    state = {"width": width, "height": height, "panels": len(picture.views)}
    state |= {"still": text(picture.still), "points": text(points), "marks": marks}
    painted = page.evaluate(PAINT, state | {"words": "", "trouble": ""})
    return np.concatenate([pixels(panel) for panel in painted], axis=1)


def by_agg(picture, scale: int, monkeypatch) -> np.ndarray:
    monkeypatch.setattr(live_figure, "SHARP", scale)
    return pixels(text(picture.png()))


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
        marks, points = figure.picture.at(**{**figure.values, **place})
        agg = by_agg(figure.picture, scale, monkeypatch)
        canvas = by_canvas(pages[scale], figure.picture, marks, points)
        assert canvas.shape == agg.shape
        assert share_astray(canvas, agg) < SHARE[scale], place
    assert not pages[scale].errors
