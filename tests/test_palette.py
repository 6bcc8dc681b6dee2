"""The colours of the figures: apart for every eye, and dark enough on white paper."""

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from course_utils.live import Bars
from course_utils.live.view import COLOURS, GOAL, PALE, STILL
from support.colours import contrast, linear

# What an eye without one kind of cone sees, in linear RGB: G. M. Machado, M. M.
# Oliveira, L. A. F. Fernandes, "A physiologically-based model for simulation of color
# vision deficiency", IEEE TVCG 15 (2009), severity 1.
EYES = {
    "all three cones": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}

# Half of all viewers tell two marks of s degrees apart when they differ by this much
# in L*, a*, b*: M. Stone, D. A. Szafir, V. Setlur, "An engineering model for color
# difference as a function of size", CIC 22 (2014), with p = ½. Large patches need a
# difference of 5, small marks more, above all in b*. The smallest marks that carry a
# curve's colour are its dots of 5 points, and an inch at arm's length has 2.05 degrees.
DEGREES = 5 / 72 * 2.05
NOTICED = 0.5 * (
    np.array([10.16, 10.68, 10.70]) + np.array([1.50, 3.08, 5.74]) / DEGREES
)

# What a dark page does to every picture: "brightness(b) contrast(c)", each number of a
# colour by itself; https://www.w3.org/TR/filter-effects-1/ says how.
ROOT = Path(__file__).parents[1]
SETTINGS = (
    ROOT / "jupyter_data/share/jupyter/lab/settings/overrides.d/course_utils.json"
)
DIM = r'"body\[data-jp-theme-light=\'false\'] [^"]*": {\s*"filter": "(.*)"'

# Contrasts, as WCAG 2.2 counts them.
GRAPHICS, LETTERS = 3, 4.5  # success criteria 1.4.11 and 1.4.3


PAIRS = list(combinations([*COLOURS, STILL, "k"], 2))


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear RGB, under daylight D65."""
    xyz = np.clip(rgb, 0, 1) @ np.transpose(
        [
            [0.4124, 0.3576, 0.1805],
            [0.2126, 0.7152, 0.0722],
            [0.0193, 0.1192, 0.9505],
        ]
    )
    share = xyz / [0.9505, 1, 1.089]
    f = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(one, other, eye: str) -> float:
    """How far two colours are apart for an eye; at 1, half of the viewers notice."""
    seen = [lab(np.array(EYES[eye]) @ linear(colour)) for colour in (one, other)]
    return float(np.linalg.norm((seen[0] - seen[1]) / NOTICED))


@pytest.mark.parametrize("eye", EYES)
def test_the_simulation_keeps_greys_and_confuses_what_that_eye_confuses(eye):
    for grey in ("0.2", "0.5", "0.8"):
        seen = np.array(EYES[eye]) @ linear(grey)
        np.testing.assert_allclose(seen, linear(grey), atol=1e-3)
    pair = {
        "all three cones": ("#808080", "#838080"),
        "protanopia": ("#e37c6b", "#3a9e67"),
        "deuteranopia": ("#db4d28", "#689c25"),
        "tritanopia": ("#94c85a", "#97bbad"),
    }[eye]
    assert apart(*pair, eye) < 0.6
    assert eye == "all three cones" or apart(*pair, "all three cones") > 1


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("pair", PAIRS, ids="/".join)
def test_colours_stay_apart(eye, pair):
    assert apart(*pair, eye) >= 1


LINES = [*COLOURS, STILL, PALE, GOAL]


@pytest.mark.parametrize("colour", LINES)
def test_lines_stand_out_from_white_paper(colour):
    assert contrast(colour, "w") >= GRAPHICS


def dimmed(colour, rule: str | None = None) -> np.ndarray:
    """A colour as it is seen on a dark page."""
    (found,) = [rule] if rule else re.findall(DIM, SETTINGS.read_text("utf-8"))
    light, slope = re.fullmatch(r"brightness\((.*)\) contrast\((.*)\)", found).groups()
    parts = np.clip(float(light) * np.array(to_rgb(colour)), 0, 1)
    return np.clip((parts - 0.5) * float(slope) + 0.5, 0, 1)


@pytest.mark.parametrize("colour", LINES)
def test_lines_stand_out_from_dimmed_paper(colour):
    assert contrast(dimmed(colour), dimmed("w")) >= GRAPHICS


@pytest.mark.parametrize("colour", ["k", STILL, GOAL, *COLOURS])
def test_letters_on_white_paper_can_be_read_on_dimmed_paper_too(colour):
    if contrast(colour, "w") >= LETTERS:
        assert contrast(dimmed(colour), dimmed("w")) >= LETTERS


def test_letters_in_a_bar_stand_on_paper():
    """Whichever colour they had, with some bar it would be hard to read them."""
    bars = Bars(stacked=True)
    bars.setup(Figure().subplots(), {"a": np.ones(2), "b": np.ones(2)})
    for text in (one for several in bars.numbers.values() for one in several):
        letters, plate = text.get_color(), text.get_bbox_patch().get_facecolor()
        assert contrast(letters, plate) >= LETTERS
        assert contrast(dimmed(letters), dimmed(plate)) >= LETTERS
    for letters in "kw":
        assert min(contrast(dimmed(letters), dimmed(one)) for one in COLOURS) < LETTERS


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("pair", PAIRS, ids="/".join)
def test_dimmed_colours_stay_nearly_as_far_apart(eye, pair):
    assert apart(*map(dimmed, pair), eye) >= 0.9


def test_dimmed_paper_is_at_most_half_as_bright_as_white():
    assert linear(dimmed("w")) @ (0.2126, 0.7152, 0.0722) < 0.55
    assert contrast(dimmed("w"), "#111") >= GRAPHICS  # and a card on the dark page


def test_a_rule_that_only_darkens_is_refused():
    """White paper alone loses more than the lines on it."""
    plain = "brightness(0.75) contrast(1)"
    pairs = [(dimmed(one, plain), dimmed("w", plain)) for one in LINES]
    assert min(contrast(*pair) for pair in pairs) < GRAPHICS
