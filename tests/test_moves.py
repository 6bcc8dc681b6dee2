"""Ten thousand random moves of the sliders: no trouble, nothing blank, no leak.

Blank is a panel in whose axes nothing that moves is drawn; what the page is sent is
looked at, not the artists. Memory is the resident size of the process, between the end
of the first moves (which fill caches of fonts, of formulas, of the interpreter) and the
end of the last; before it is read, garbage is collected and the allocator gives back
what is free. A lecture may keep results in a bounded `lru_cache`, which is no leak: it
is emptied first. (An unbounded one is not.) Two groups of lectures share the limit, so
that two processes can walk them: what both grow together stays below it.
"""

import gc
import sys
from ctypes import CDLL, util
from functools import lru_cache
from itertools import count

import numpy as np
import psutil
import pytest
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from course_utils.live import Curves, live, say
from course_utils.live.charts import _graph
from course_utils.live.recorder import LIFT, UNIT
from course_utils.live.view import named
from support.course import NAMES, executed
from support.figures import FIGURES, anywhere
from support.records import read, stand

MOVES = 10_000
WARM = 50  # moves of each figure before memory is looked at
LEAK = 5e6  # bytes, of all the figures together
EACH = -(-MOVES // len(FIGURES))
GROUPS = [NAMES[k::2] for k in range(2)]

BOUNDED = lru_cache(abs)

pytestmark = pytest.mark.thorough


def move(figure, rng) -> str:
    """One slider goes somewhere, as by a hand; what it was told."""
    names = list(figure.sliders)
    name = names[rng.integers(len(names))]
    value = anywhere(figure.sliders[name], rng)
    figure.sliders[name].value = value
    return f"{name} = {value}"


# Is something drawn? What the page is sent is looked at, not the artists.


def strokes(canvas):
    """(mark, points in figure pixels) of all marks: places of stamps, else a path."""
    for mark, parts in read(canvas.marks, np.frombuffer(canvas.points, "<i2")):
        places = stand(mark, parts)
        yield mark, np.where(places == LIFT, np.nan, places / UNIT)


def crosses(mark: dict, points: np.ndarray, box: Bbox) -> bool:
    """Whether one of the places, or a stroke, which takes two points, is in the box."""
    if mark["kind"] == "stamps":
        return bool(np.any(np.all((points >= box.min) & (points <= box.max), axis=1)))
    pieces = np.split(points, np.flatnonzero(np.isnan(points[:, 0])))
    pieces = [piece[~np.isnan(piece[:, 0])] for piece in pieces]
    filled = "fill" in mark
    return any(Path(p).intersects_bbox(box, filled) for p in pieces if len(p) > 1)


def blank(figure) -> list[int]:
    """The panels in whose axes nothing that moves is drawn."""
    height = figure.picture.size[1]
    found = []
    for k, view in enumerate(figure.picture.views):
        x0, y0, x1, y1 = view.ax.bbox.extents
        box = Bbox([[x0, height - y1], [x1, height - y0]])
        drawn = any(crosses(*stroke, box) for stroke in strokes(figure.canvas))
        if not drawn and not excused(view, figure.picture.result):
            found.append(k)
    return found


def excused(view, result) -> bool:
    """0 has no place on a logarithmic axis; a path that runs away says so in a note."""
    if isinstance(view, Curves) and view.frame.get("yscale") == "log":
        curves = named(view.of(result), "").values()
        return not any(np.sum(_graph(curve)[1] > 0) > 1 for curve in curves)
    said = [phrase for phrase, _ in view.says(result)]
    return bool(view.above) and say.DIVERGES in said


def memory() -> int:
    """Resident bytes, after what is free was given back."""
    for kept in gc.get_objects():
        if type(kept) is type(BOUNDED) and kept.__module__ == "__main__":  # a lecture's
            if kept.cache_parameters()["maxsize"] is not None:
                kept.cache_clear()
    gc.collect()
    if sys.platform == "linux" and (libc := util.find_library("c")):
        trim = getattr(CDLL(libc), "malloc_trim", None)  # glibc has it
        if trim:
            trim(0)
    return psutil.Process().memory_info().rss


def walk(figures: list, moves: int) -> float:
    """Move them all; by how many bytes the process has grown since they were warm."""
    rngs = [np.random.default_rng(k) for k in range(len(figures))]
    before = 0
    for figure in figures:
        figure.draw()  # whatever another test asked of it last
    for many in (min(WARM, moves), max(moves - WARM, 0)):
        before = memory()
        for figure, rng in zip(figures, rngs, strict=True):
            for _ in range(many):
                told = move(figure, rng)
                assert figure.canvas.trouble == "", f"{told}: {figure.canvas.trouble}"
                assert not blank(figure), f"{told}: blank at {figure.values}"
    return memory() - before


def test_the_groups_are_all_the_figures():
    assert sorted(name for group in GROUPS for name in group) == sorted(NAMES)
    assert MOVES <= EACH * len(FIGURES)


@pytest.mark.parametrize(
    "group", GROUPS, ids=lambda names: "+".join(n[:2] for n in names)
)
def test_thousands_of_moves(group):
    figures = [f for name in group for f in executed(name).figures.values()]
    assert walk(figures, EACH) < LEAK / len(GROUPS)


# Planted mistakes.


def planted(compute):
    """A figure of one slider a from 0 to 2; its panel reaches from 0 to 3."""
    return live(compute, Curves(ylim=(0, 3)), a=(0.0, 2.0))


def test_a_sound_figure_passes():
    assert walk([planted(lambda a=1.0: [a, 2.0])], 400) < LEAK / len(GROUPS)


@pytest.mark.parametrize("most", [None, 2048])
def test_a_leak_is_seen(most):
    """Also one that is called a cache; but not a cache that has an end."""

    def keep(_turn):
        return np.ones(2000)

    keep.__module__ = "__main__"
    keep, turns = lru_cache(most)(keep), count()

    def compute(a=1.0):
        keep(next(turns))
        return [a, 2.0]

    assert (walk([planted(compute)], 500) > LEAK) == (most is None)


@pytest.mark.parametrize(
    ("compute", "said"),
    [
        (lambda a=1.0: [1.0, [a][int(a > 1.5)]], "IndexError"),
        (lambda a=1.0: 2 / (np.arange(3) + a), "divide by zero"),
        (lambda a=1.0: [a + 3.5, a + 4], "blank"),  # above the panel
        (lambda a=1.0: [np.nan * a, np.nan], "blank"),
        (lambda a=1.0: [a, 2.0][: 2 if a < 1.9 else 0], "blank"),
    ],
)
def test_trouble_and_a_blank_panel_are_seen(compute, said):
    with pytest.raises(AssertionError, match=f"(?s){said}"):
        walk([planted(compute)], 400)


def test_a_sequence_of_one_member_is_seen():
    shown = live(lambda t=99: np.ones(t + 1), Curves(ylim=(0, 3)), t=(0, 99))
    shown.sliders["t"].value = 0
    assert blank(shown) == []


def test_a_stroke_that_only_crosses_the_panel_is_drawn():
    assert blank(planted(lambda a=1.0: [-9.0 - a, 9.0])) == []
    assert blank(planted(lambda a=1.0: [-9.0 - a, -9.0])) == [0]
