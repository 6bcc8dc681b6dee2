"""Shapes drawn as one: cobwebs, columns of dots, histograms, lines of the plane."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.live import (
    cobweb,
    columns,
    histogram,
    levels,
    staircase,
    straight_lines,
)


def test_a_cobweb_goes_to_the_next_value_and_across_to_the_diagonal():
    x, y = cobweb([3.0, -1.0, 0.5])
    corners = [(3, 3), (3, -1), (-1, -1), (-1, 0.5), (0.5, 0.5)]
    assert list(zip(x, y, strict=True)) == corners


def test_a_cobweb_of_one_value_is_its_place_on_the_diagonal():
    assert cobweb([2.0]) == ([2.0], [2.0])


def test_every_height_stands_above_its_place():
    x, y = columns([10.0, 20.0], [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    points = [(10, 1), (10, 3), (10, 5), (20, 2), (20, 4), (20, 6)]
    assert sorted(zip(x, y, strict=True)) == points


def test_one_place_has_one_column():
    x, y = columns(1.1, [4.0, 3.0])
    assert x.tolist() == [1.1, 1.1] and y.tolist() == [4.0, 3.0]


def test_as_many_columns_as_places():
    with pytest.raises(ValueError, match=r"x .*heights|heights .*x"):
        columns([1.0, 2.0], np.ones((2, 3)))


def test_the_outline_of_a_histogram_is_matplotlibs():
    values = np.random.default_rng(0).normal(size=100)
    edges = [-2.0, -1.0, 0.0, 0.5, 3.0]
    share = plt.hist(values, edges, weights=np.full(100, 1 / 100))[0]
    plt.close()
    x, y = histogram(values, edges)
    np.testing.assert_array_equal(x, [-2, -1, -1, 0, 0, 0.5, 0.5, 3])
    np.testing.assert_allclose(y[::2], share)
    np.testing.assert_array_equal(y[::2], y[1::2])


def test_what_lies_outside_of_all_edges_is_counted_nowhere():
    _, y = histogram([-5.0, 0.5, 1.5, 9.0], [0.0, 1.0, 2.0])
    np.testing.assert_array_equal(y, 0.25)


@pytest.mark.parametrize("edges", [[1.0, 0.0], [0.0, 0.0], [0.0], [0.0, 2.0, 1.0]])
def test_edges_must_increase(edges):
    with pytest.raises(ValueError, match="edges"):
        histogram([0.5], edges)
    with pytest.raises(ValueError, match="edges"):
        staircase(edges, np.ones(len(edges) - 1))


def test_a_histogram_of_nothing_is_refused():
    with pytest.raises(ValueError, match="values"):
        histogram([], [0.0, 1.0])


def test_the_risers_of_a_staircase_are_upright():
    x, y = staircase([-1.0, 0.0, 4.0], [0.5, 0.25])
    corners = [(-1, 0.5), (0, 0.5), (0, 0.25), (4, 0.25)]
    assert list(zip(x, y, strict=True)) == corners
    with pytest.raises(ValueError, match="heights"):
        staircase([-1.0, 0.0, 4.0], [0.5])


def test_levels_lift_the_pen_between_two_heights():
    x, y = levels([-2.0, 3.0], (0, 10))
    np.testing.assert_array_equal(x, [0, 10, np.nan, 0, 10, np.nan])
    np.testing.assert_array_equal(y, [-2, -2, np.nan, 3, 3, np.nan])


def test_straight_lines_solve_their_equations():
    a, offsets = np.array([[3.0, 4.0], [0.0, -2.0], [1.0, 0.0]]), [5.0, 2.0, 0.0]
    x, y = (side.reshape(3, 3) for side in straight_lines(a, offsets))
    assert np.isnan(x[:, 2]).all() and np.isnan(y[:, 2]).all()
    for k, (one, other) in enumerate(a):
        np.testing.assert_allclose(one * x[k, :2] + other * y[k, :2], offsets[k])
    length = np.hypot(x[:, 1] - x[:, 0], y[:, 1] - y[:, 0])
    np.testing.assert_allclose(length, 200.0)


def test_no_direction_is_no_line():
    with pytest.raises(ValueError, match="normals"):
        straight_lines([[1.0, 0.0], [0.0, 0.0]], [1.0, 2.0])
