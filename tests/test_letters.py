"""Letters laid out piece by piece stand where Matplotlib sets the whole text."""

import re

import matplotlib
import numpy as np
import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from course_utils.live import letters as module
from course_utils.live.letters import SIZE, letters

FONT = FontProperties(size=14)
# Before 3.11 Matplotlib rounds the width of each piece to a 64th of a dot.
HARDLY = 1e-9 if matplotlib.__version_info__ >= (3, 11) else SIZE / 1000
TEXTS = [
    "θ₁₀₀ = (0.123, −4.56)    R = 2.62·10⁻¹⁴",
    "η = 1.11, 17.7 %, 7/4 (14.1)",
    "AV1 T4 V7 y.7 fi12 'n' 0—9",  # pairs that a font moves closer, and a ligature
    "θ̂ = 0.5, ȳ₁ = 3",  # accents
    "no digit, a blank at its end ",
    "2026",
    "$\\frac{1}{2}$ of 10",
    " ",
]


def whole(s: str, font: FontProperties = FONT) -> tuple:
    """Matplotlib's own outlines of a text, and the room it takes."""
    vertices, codes = text_to_path.get_text_path(font, s, ismath="$" in s)
    large = font.copy()
    large.set_size(SIZE)
    room = text_to_path.get_text_width_height_descent(s, large, "$" in s)
    return np.reshape(vertices, (-1, 2)), codes, room


def assert_as_a_whole(s: str, font: FontProperties = FONT) -> None:
    ours = letters(s, font.copy(), "$" in s)
    vertices, codes, room = whole(s, font)
    np.testing.assert_array_equal(ours.codes, codes)
    np.testing.assert_allclose(ours.vertices, vertices, atol=HARDLY)
    np.testing.assert_allclose(ours[2:], room, atol=HARDLY)


@pytest.mark.parametrize("s", TEXTS)
@pytest.mark.parametrize("font", [{"size": 14}, {"size": 9, "weight": "bold"}])
def test_as_a_whole(s, font):
    assert_as_a_whole(s, FontProperties(**font))


def test_numbers_of_all_kinds():
    random = np.random.default_rng(0)
    for x in random.lognormal(sigma=9, size=200):
        assert_as_a_whole(f"R = {x:.3g}, θ = ({-x:.4f}, {x:.0f})    {x:e}")


def test_no_two_digits_are_moved_closer():
    """Each pair of a digit and a sign of the course, on either side."""
    for one in "0123456789":
        for other in "0123456789.,·/%()=−-+ₜ₀⁻⁹θRη":
            assert_as_a_whole(f"{one}{other}{one}")


def test_pieces_of_letters_would_be_seen(monkeypatch):
    """Letters have kerning: cut between them, a text is another."""
    letters.cache_clear()
    monkeypatch.setattr(module, "PIECES", re.compile("."))
    with pytest.raises(AssertionError):
        assert_as_a_whole("AV")
    letters.cache_clear()


def test_another_number_lays_out_nothing():
    """Digits are kept: a new text of known pieces costs Matplotlib nothing."""
    font = FontProperties(size=13.5)
    letters("R = 0123456789.98", font)
    letters("R = 0", font)
    before = module._laid_out.cache_info().misses
    for k in range(100):
        letters(f"R = {k}", font)
    assert module._laid_out.cache_info().misses == before


def test_what_is_kept_is_not_changed():
    first = letters("θ = 0.25", FONT.copy())
    kept = first.vertices.copy()
    letters("θ = 5.20", FONT.copy())
    np.testing.assert_array_equal(letters("θ = 0.25", FONT.copy()).vertices, kept)
