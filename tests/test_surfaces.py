"""Surfaces against central differences, SciPy and their known minima."""

import numpy as np
import pytest
import scipy.optimize
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course_utils import (
    absolute_value,
    beale,
    double_well,
    parabola,
    quadratic,
    quartic,
    rosenbrock,
)
from support.close import central_differences, each_point_alone, silent
from support.refusals import refusals

A = np.array([[3.0, 1.0], [1.0, 2.0]])
surfaces = {
    "parabola": parabola,
    "quartic": quartic,
    "absolute_value": absolute_value,
    "double_well": double_well,
    "quadratic": quadratic(A),
    "rosenbrock": rosenbrock,
    "beale": beale,
}
every_surface = pytest.mark.parametrize(
    "surface", surfaces.values(), ids=surfaces.keys()
)
planes = hnp.arrays(
    float,
    hnp.array_shapes(max_dims=2).map(lambda s: (*s, 2)),
    elements=st.floats(-2, 2),
)


@every_surface
@given(theta=hnp.arrays(float, 2, elements=st.floats(-2, 2)))
def test_gradient_is_the_derivative_of_the_value(surface, theta):
    if surface is absolute_value:  # not differentiable at 0
        theta = np.where(np.abs(theta) < 1e-3, 1.0, theta)
    expected = central_differences(surface, theta)
    np.testing.assert_allclose(surface.gradient(theta), expected, rtol=1e-5, atol=1e-5)


@every_surface
@given(theta=planes)
def test_leading_axes_are_many_points(surface, theta):
    each_point_alone(surface, theta, atol=1e-12)


@every_surface
@pytest.mark.parametrize("far", [1e80, -1e200, 1e308, np.inf, np.nan])
def test_far_away_is_silent(surface, far):
    theta = np.array([[far, 1.0], [1.0, far], [far, far]])
    with silent():
        assert surface(theta).shape == (3,)
        assert surface.gradient(theta).shape == (3, 2)


@pytest.mark.parametrize(
    "surface, value",
    [(parabola, 13), (quartic, 97), (absolute_value, 5), (double_well, 18.25)],
)
def test_values_by_hand(surface, value):
    assert surface([2.0, -3.0]) == value


@given(theta=planes)
def test_rosenbrock_is_scipys(theta):
    np.testing.assert_allclose(
        rosenbrock(theta), scipy.optimize.rosen(np.moveaxis(theta, -1, 0)), atol=1e-9
    )
    for point in theta.reshape(-1, 2):
        np.testing.assert_allclose(
            rosenbrock.gradient(point), scipy.optimize.rosen_der(point), atol=1e-9
        )


@pytest.mark.parametrize(
    "surface, minimum",
    [
        (rosenbrock, [1, 1]),
        (beale, [3, 0.5]),
        (double_well, [1, -1]),
        (quadratic(A), [0, 0]),
        (absolute_value, [0, 0]),
    ],
)
def test_minima(surface, minimum):
    assert surface(minimum) == 0
    assert surface.gradient(minimum).tolist() == [0, 0]


def test_double_well_has_a_maximum_between_its_minima():
    assert double_well([0.0]) == 0.25
    assert double_well.gradient([0.0]) == 0
    h = 1e-4  # curvature R″(±1) = 2 and R″(0) = −1
    for x, curvature in [(1, 2), (-1, 2), (0, -1)]:
        rise = double_well.gradient([x + h]) - double_well.gradient([x - h])
        np.testing.assert_allclose(rise / (2 * h), curvature, atol=1e-6)


@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_quadratic(p, seed):
    rng = np.random.default_rng(seed)
    B = rng.normal(size=(p, p))
    A, theta = B + B.T, rng.normal(size=(4, p))
    risk = quadratic(A)
    for point, value, slope in zip(
        theta, risk(theta), risk.gradient(theta), strict=True
    ):
        np.testing.assert_allclose(value, 0.5 * point @ A @ point, atol=1e-12)
        np.testing.assert_allclose(slope, A @ point, atol=1e-12)


test_bad_matrix = refusals(
    (lambda: quadratic([[1, 2], [0, 1]]), "symmetric"),
    (lambda: quadratic([[1, 2, 3], [2, 1, 0]]), r"\(2, 3\): expected \(2, 2\)"),
    (lambda: quadratic([1, 2]), r"\(2,\): expected \(p, p\)"),
    (lambda: quadratic([[np.nan]]), "finite"),
)

test_wrong_length_says_both_shapes = refusals(
    *(
        (lambda of=of: of([1.0, 2.0, 3.0]), r"theta has shape \(3,\): expected \(…, 2")
        for surface in (rosenbrock, beale, quadratic(A))
        for of in (surface, surface.gradient)
    )
)
