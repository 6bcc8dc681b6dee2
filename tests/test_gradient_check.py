import numpy as np
import pytest

from course_utils.gradient_check import check_gradient
from course_utils.risk import Risk
from support.course import speaking
from support.refusals import refusals


def cubes(gradient):
    return Risk(lambda theta: (theta**3).sum(-1), gradient)


right = cubes(lambda theta: 3 * theta**2)
theta = np.array([0.5, -1.0, 2.0, 0.1])


def test_a_right_gradient_passes():
    check = check_gradient(right, theta)
    assert check.ok
    assert check.error < 1e-9
    assert repr(check) == (
        "✓ error relativo menor que 1e-06\n✓ relative error below 1e-06"
    )


@pytest.mark.parametrize(
    ("language", "passed", "failed"),
    [
        (
            "es",
            "✓ error relativo menor que 1e-06",
            "✗ error relativo 2, el peor en theta[2]: gradiente -12, diferencias 12",
        ),
        (
            "en",
            "✓ relative error below 1e-06",
            "✗ relative error 2, worst at theta[2]: gradient -12, differences 12",
        ),
    ],
)
def test_the_check_speaks_the_language_of_its_notebook(language, passed, failed):
    wrong = cubes(lambda theta: -3 * theta**2)
    with speaking(language):
        assert repr(check_gradient(right, theta)) == passed
        assert repr(check_gradient(wrong, theta)) == failed


@pytest.mark.parametrize(
    ("wrong", "worst", "error"),
    [
        (lambda theta: -3 * theta**2, 2, 2.0),  # sign
        (lambda theta: 6 * theta**2, 2, 0.5),  # factor 2
        (lambda theta: 3 * theta**2 + [0, 0, 0, 1], 3, 1 / 12),  # one coordinate
        (lambda theta: 3 * theta**2 * (theta > 0), 1, 0.25),
    ],
)
def test_a_wrong_gradient_fails_and_the_worst_coordinate_is_named(wrong, worst, error):
    check = check_gradient(cubes(wrong), theta)
    assert not check.ok
    assert check.worst == worst
    assert check.error == pytest.approx(error, rel=1e-6)
    assert f"worst at theta[{worst}]" in repr(check)


def test_a_tie_goes_to_the_first():
    sign = Risk(lambda theta: (theta**2).sum(-1), lambda theta: -2 * theta)
    assert check_gradient(sign, np.ones(5)).worst == 0


def test_rounding_of_the_risk_is_no_error_of_a_vanishing_gradient():
    constant = Risk(  # but for its last digits
        lambda theta: 1000 * np.exp(theta).prod(-1) * np.exp(-theta).prod(-1),
        np.zeros_like,
    )
    check = check_gradient(constant, np.linspace(0.1, 1, 10))
    assert check.differences.any()
    assert check.ok
    flat = Risk(lambda theta: 0.0, np.zeros_like)
    assert check_gradient(flat, np.zeros(3)).error == 0


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_gradient_that_is_not_a_number_fails(bad):
    check = check_gradient(cubes(lambda theta: theta * [1, 1, bad, 1]), theta)
    assert not check.ok
    assert check.worst == 2
    assert "theta[2]" in repr(check)


square = cubes(lambda theta: theta.reshape(2, 2))

test_bad_input_is_named = refusals(
    (lambda: check_gradient(right, [1.0, np.nan]), "theta: must be finite"),
    (lambda: check_gradient(right, [[1.0]]), r"theta: shape \(1, 1\)"),
    (lambda: check_gradient(right, []), r"theta: shape \(0,\)"),
    (
        lambda: check_gradient(square, theta),
        r"gradient has shape \(2, 2\): expected \(4,",
    ),
    (lambda: check_gradient(right, theta, tolerance=0), "tolerance"),
)
