"""painter.js, in an empty page of Chromium, paints what Agg paints; no Jupyter here."""

import numpy as np
import pytest

from course_utils.live import picture as live_picture
from support.browser import needs_chromium, new_page, pixels
from support.course import executed
from support.figures import FIGURES, corners
from support.painting import SHARE, encoded, paint, share_astray

SCALES = 1, 2  # dots per CSS pixel

pytestmark = [needs_chromium, pytest.mark.thorough, pytest.mark.oldest]


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


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(("name", "cell"), FIGURES)
def test_the_canvas_shows_what_agg_paints(pages, monkeypatch, name, cell, scale):
    figure = executed(name).figures[cell]
    figure.reset()
    for place in [{}, corners(figure)[-1]]:
        for slider, value in place.items():
            figure.sliders[slider].value = value
        figure.draw()  # whatever another test asked of it last
        agg = by_agg(figure.picture, scale, monkeypatch)
        canvas = by_canvas(pages[scale], figure.canvas)
        assert canvas.shape == agg.shape
        assert share_astray(canvas, agg) < SHARE[scale], place
    figure.reset()
    assert not pages[scale].errors
