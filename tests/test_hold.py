"""A start that a hand can take: its names, its place, and which figures have one."""

import numpy as np
import pytest

from course_utils import GradientDescent, Risk, descend, parabola, quadratic
from course_utils.live import Curves, PathOnContours, PathOnCurve, live
from course_utils.live.recorder import UNIT
from pages import grid_of
from pages.grid import Grid
from support.course import NAMES, executed, source
from support.figures import FIGURES

# In lecture 1 the walk, in 2 its three with a start, in 3 the race, in 4 the duel, in 6
# the surfaces.
HELD = {
    "01-landscapes-live": [["theta1", "theta2"]],
    "02-rates-live": [["theta0"]],
    "02-quartic-live": [["theta0"]],
    "02-wells-live": [["theta0"]],
    "03-race-live": [["theta0"]],
    "04-sure-and-wrong-live": [["theta0"], ["theta0"]],
    "06-surfaces-live": [["x1", "x2"]],
}
BOWL = quadratic([[1, 0], [0, 4]])


def walk(theta0=2.5, eta=0.2, rule="GD", far=False, word="a"):
    return descend(parabola, [theta0], GradientDescent(eta), steps=5)


def roll(x1=1.5, x2=1.0):
    return descend(BOWL, [x1, x2], GradientDescent(0.1), steps=5)


def curve(hold="theta0", risk=parabola, **axes):
    return PathOnCurve(risk, hold=hold, **axes)


def lines(hold=("x1", "x2")):
    return PathOnContours(BOWL, hold=hold)


@pytest.mark.parametrize("hold", [(), ("a", "b"), 3, True, ("a", "a"), [1], {"a"}])
def test_a_curve_is_held_by_one_name(hold):
    with pytest.raises(ValueError, match="^hold = .*: must be the name of a slider$"):
        curve(hold)


@pytest.mark.parametrize("hold", ["x1", "ab", ("a",), ("a", "a"), (1, 2), "abc", 0.5])
def test_level_lines_are_held_by_two(hold):
    with pytest.raises(ValueError, match="^hold = .*: must be the names of two slider"):
        lines(hold)


def test_names_that_are_no_sliders():
    with pytest.raises(ValueError, match="^hold: 'x9' is no slider; .* theta0, eta$"):
        live(walk, curve("x9"), theta0=(-3, 3, 0.1), eta=(0.1, 0.9, 0.1))
    with pytest.raises(ValueError, match="'theta0' is no slider; the sliders are none"):
        live(walk, curve())
    with pytest.raises(ValueError, match="'x2' is no slider; the sliders are x1$"):
        live(roll, lines(), x1=(-2, 2, 0.1))


@pytest.mark.parametrize(
    ("name", "short"), [("rule", ["GD", "Adam"]), ("far", False), ("word", "a")]
)
def test_sliders_without_numbers(name, short):
    with pytest.raises(ValueError, match=f"^hold: '{name}' is no slider of numbers$"):
        live(walk, curve(name), **{name: short})


def test_an_axis_that_is_neither_linear_nor_logarithmic():
    with pytest.raises(ValueError, match="^hold: xscale = 'symlog': must be 'linear'"):
        live(walk, curve(xscale="symlog"), theta0=(-3, 3, 0.1))


def test_a_view_without_hold_asks_for_no_ring():
    views = PathOnCurve(parabola), Curves(lambda path: path[:, 0])
    assert live(walk, *views, theta0=(-3, 3, 0.1)).canvas.holds == []


def test_a_figure_that_keeps_no_records_has_no_ring():
    assert live(walk, curve(), theta0=(-3, 3, 0.1), word="a").canvas.holds == []


def corners(ax, height: float) -> list[float]:
    """The box of the axes, by where their limits are put on the screen."""
    ends = np.transpose([ax.get_xlim(), ax.get_ylim()])
    (left, low), (right, high) = ax.transData.transform(ends)
    return [left, height - high, right - left, high - low]


def test_what_the_page_is_told():
    other = Curves(lambda path: path[:, 0])
    figure = live(walk, other, curve(), eta=(0.1, 0.9, 0.1), theta0=(-3, 3, 0.1))
    (hold,) = figure.canvas.holds
    assert hold["panel"] == 1 and hold["sliders"] == [1]
    assert hold["axes"] == [[-3.0, 3.0, "linear"]]
    ax, height = figure.picture.views[1].ax, figure.picture.size[1]
    assert hold["box"] == pytest.approx(corners(ax, height), abs=0.01)
    points = np.reshape(hold["curve"], (-1, 2)) / UNIT
    expected = ax.transData.transform([(z, z**2) for z in (-3, 3)])
    for point, (x, y) in zip(points[[0, -1]], expected, strict=True):
        assert point == pytest.approx((x, height - y), abs=0.1)
    assert len(str(hold)) < 4000, "it is sent once, and is small"


def test_what_it_is_told_of_a_plane_and_of_a_logarithm():
    figure = live(roll, lines(), x2=(-2, 2, 0.1), x1=(-2, 2, 0.1))
    (hold,) = figure.canvas.holds
    assert hold["sliders"] == [1, 0] and hold["curve"] is None
    assert hold["axes"] == 2 * [[-2.0, 2.0, "linear"]]
    slope = Risk(lambda t: np.log(t[..., 0]) ** 2, lambda t: 2 * np.log(t) / t)
    log = curve(risk=slope, xscale="log", xlim=(0.1, 10))
    (hold,) = live(walk, log, theta0=(0.5, 5, 0.5)).canvas.holds
    assert hold["axes"] == [[0.1, 10.0, "log"]]


def test_a_curve_that_moves_is_the_lowest_of_its_marks():
    moving = curve(risk=lambda path: path[0, 0] * parabola)
    figure = live(walk, moving, theta0=(0.5, 3, 0.1))
    (hold,) = figure.canvas.holds
    assert hold["curve"] == []
    clipped = [mark for mark in figure.canvas.marks if mark.get("clip") == hold["box"]]
    assert clipped[0]["kind"] == "path" and clipped[0]["stroke"][:7] == "#666666"


def test_two_sliders_are_held_on_a_page_where_they_vary_together():
    sides = {"x1": (-2.0, 2.0, 0.5), "x2": (-2.0, 2.0, 0.5)}
    figure = live(lambda a=1, x1=1.5, x2=1.0: roll(x1, x2), lines(), a=(0, 2), **sides)
    holds = figure.canvas.holds
    for together, sliders in [
        ([["a", "x1", "x2"]], [1, 2]),
        ([["a"], ["x2", "x1"]], [1, 2]),
        ([["x1", "x2"]], [0, 1]),  # a stays at home, and has no control
        ([["a", "x1"], ["a", "x2"]], None),
        ([["a", "x1"]], None),
    ]:
        found = Grid(figure, {"together": together}).held(holds)
        assert [hold["sliders"] for hold in found] == [sliders] * (sliders is not None)


@pytest.mark.thorough
@pytest.mark.parametrize("name", NAMES)
def test_the_figures_whose_start_can_be_taken_on_their_page_too(name):
    for cell in [cell for lecture, cell in FIGURES if lecture == name]:
        figure = executed(name).figures[cell]
        held = [list(view.hold) for view in figure.picture.views if view.hold]
        assert held == HELD.get(cell, []), cell
        grid = grid_of(source(name), cell, figure)
        assert len(grid.held(figure.canvas.holds)) == len(held), cell


def test_every_figure_of_the_list_is_there():
    assert set(HELD) <= {cell for _, cell in FIGURES}
