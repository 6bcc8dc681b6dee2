"""Risks add, scale, broadcast and restrict to mini-batches."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course_utils import EmpiricalRisk, Risk, parabola, quartic
from support.close import central_differences, each_point_alone, silent

shapes = hnp.array_shapes(max_dims=3, max_side=4)
points = hnp.arrays(float, shapes, elements=st.floats(-3, 3))
numbers = st.floats(-5, 5)


def squares(theta, x):
    """½ the mean of ‖θ − xₛ‖², for θ of shape (..., p) and x of shape (N, p)."""
    return np.mean(np.sum((theta[..., None, :] - x) ** 2, -1), -1) / 2


def squares_gradient(theta, x):
    return theta - x.mean(0)


X = np.array([[0.0, 1.0], [2.0, -1.0], [4.0, 6.0], [1.0, 1.0], [3.0, 0.0]])
risk = EmpiricalRisk(squares, squares_gradient, X)


@given(points, numbers)
def test_addition_and_multiplication_are_those_of_functions(theta, c):
    total = parabola + c * quartic
    np.testing.assert_allclose(
        total(theta), (theta**2).sum(-1) + c * (theta**4).sum(-1), atol=1e-9
    )
    np.testing.assert_allclose(
        total.gradient(theta), 2 * theta + c * 4 * theta**3, atol=1e-9
    )
    np.testing.assert_array_equal((quartic * c)(theta), (c * quartic)(theta))


@pytest.mark.parametrize(
    "two", [2, 2.0, np.float64(2), np.float32(2), np.int64(2), np.array(2.0)]
)
@pytest.mark.parametrize("base", [parabola, risk])
def test_numpy_scalars_multiply_from_both_sides(two, base):
    theta = np.array([3.0, 1.0])
    for twice in (two * base, base * two):
        assert type(twice) is type(base)
        assert twice(theta) == 2 * base(theta)
        np.testing.assert_array_equal(twice.gradient(theta), 2 * base.gradient(theta))


@given(points)
def test_leading_axes_broadcast(theta):
    each_point_alone(parabola, theta)


def test_lists_and_integers_are_points():
    assert parabola([3, 4]) == 25
    assert parabola.gradient([3, 4]).tolist() == [6, 8]


def test_a_sum_with_an_empirical_risk_is_empirical():
    for mixed in (risk + 0.1 * parabola, 0.1 * parabola + risk, 2 * (risk + parabola)):
        assert isinstance(mixed, EmpiricalRisk)
        assert mixed.examples == 5
    assert not isinstance(parabola + quartic, EmpiricalRisk)


@given(st.lists(st.integers(0, 4), min_size=1), numbers)
def test_a_mini_batch_keeps_its_penalty(batch, gamma):
    theta = np.array([1.0, -2.0])
    for regularised in (risk + gamma * parabola, gamma * parabola + risk):
        part = regularised.on(batch)
        expected = squares(theta, X[batch]) + gamma * np.sum(theta**2)
        assert part.examples == len(batch)
        np.testing.assert_allclose(part(theta), expected)
        np.testing.assert_allclose(
            part.gradient(theta), central_differences(part, theta), atol=1e-6
        )


def test_two_empirical_risks_are_restricted_together():
    other = EmpiricalRisk(
        lambda theta, y: y.mean() * theta[..., 0],
        lambda theta, y: y.mean() * np.array([1.0, 0.0]),
        np.arange(5),
    )
    both = (risk + other).on([1, 3])
    theta = np.array([2.0, 2.0])
    assert both(theta) == squares(theta, X[[1, 3]]) + 2 * 2.0


def test_on_counts_repeats_takes_masks_and_leaves_the_whole_alone():
    theta = np.zeros(2)
    assert risk.on([2, 2]).examples == 2
    assert risk.on(X[:, 0] > 1)(theta) == risk.on([1, 2, 4])(theta)
    assert risk.on(3)(theta) == risk.on([3])(theta) == squares(theta, X[[3]])
    assert risk.examples == 5


def test_on_is_unbiased_for_the_mean():
    theta = np.array([0.3, -0.7])
    one_by_one = [risk.on([s]).gradient(theta) for s in range(5)]
    np.testing.assert_allclose(np.mean(one_by_one, 0), risk.gradient(theta))


def test_weights_are_carried_along():
    mask = np.array([True, False])
    weighted = EmpiricalRisk(squares, squares_gradient, X, is_weight=mask)
    for derived in (weighted.on([0]), 2 * weighted, weighted + parabola):
        assert derived.is_weight is mask
    assert (parabola + weighted).is_weight is mask
    assert parabola.is_weight is None


def test_a_subclass_stays_itself_on_a_batch():
    class Named(EmpiricalRisk):
        name = "mine"

    part = Named(squares, squares_gradient, X).on([0, 1])
    assert type(part) is Named and part.name == "mine" and part.examples == 2


def test_overflow_is_silent():
    wild = Risk(lambda theta: np.exp(theta).sum(-1), lambda theta: theta * np.inf)
    with silent():
        assert (2 * wild + quartic)([1e300]) == np.inf
        assert np.isnan((wild + quartic).gradient([0.0])).all()


@pytest.mark.parametrize(
    "data, message",
    [
        ((), "none"),
        ((np.zeros((3, 2)), np.zeros(4)), r"\(3, 2\) and \(4,\)"),
        ((np.zeros((0, 2)),), r"\(0, 2\).*N ≥ 1"),
        ((3.0,), r"\(\).*N ≥ 1"),
        (([1.0, np.nan],), r"data\[0\].*nan"),
        (([1.0, 2.0], [np.inf, 0.0]), r"data\[1\].*inf"),
    ],
)
def test_bad_data(data, message):
    with pytest.raises(ValueError, match=message):
        EmpiricalRisk(squares, squares_gradient, *data)


@pytest.mark.parametrize(
    "batch",
    [
        [],
        np.array([], int),
        np.zeros(5, bool),
        np.ones(4, bool),
        [5],
        [0, -6],
        [0.5],
        [[0, 1]],
        slice(2),
    ],
)
def test_bad_batch(batch):
    with pytest.raises(ValueError, match="batch = "):
        risk.on(batch)


def test_bad_factors_and_terms():
    for factor in (np.nan, "2", [1, 2], np.array([1.0, 2.0]), parabola):
        with pytest.raises(ValueError, match="factor"):
            factor * quartic
    with pytest.raises(TypeError):
        parabola + 1
    with pytest.raises(ValueError, match=r"\(5, 2\) and \(4, 2\)"):
        risk + risk.on([0, 1, 2, 3])
