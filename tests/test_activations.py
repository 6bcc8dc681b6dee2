import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course_utils import activations
from course_utils.activations import (
    ACTIVATIONS,
    relu,
    sigmoid,
    sigmoid_derivative,
    softmax,
    tanh,
    tanh_derivative,
)

NAMES = [name for name, g in ACTIVATIONS.items() if g.slope]
FAR = np.array([-np.inf, -1e308, -1000, -40, -1, -0.0, 0, 1, 40, 1000, 1e308, np.inf])
arrays = hnp.arrays(
    float,
    hnp.array_shapes(max_dims=3, max_side=4),
    elements=st.floats(-1000, 1000),
)


@pytest.mark.parametrize("name", NAMES)
def test_derivative_agrees_with_central_differences(name):
    a = np.array([-7.1, -2.0, -0.3, 0.4, 1.0, 6.2])
    g, derivative, slope = ACTIVATIONS[name]
    h = 1e-5
    differences = (g(a + h) - g(a - h)) / (2 * h)
    np.testing.assert_allclose(derivative(a), differences, atol=1e-9)
    np.testing.assert_allclose(slope(g(a)), differences, atol=1e-9)
    assert g is getattr(activations, name)
    assert derivative is getattr(activations, f"{name}_derivative")


def test_what_a_network_knows_is_public():
    derivatives = {f"{name}_derivative" for name in NAMES}
    assert ACTIVATIONS.keys() | derivatives <= set(activations.__all__)


@pytest.mark.parametrize("name", [*NAMES, *(f"{n}_derivative" for n in NAMES)])
def test_nothing_overflows_or_warns(name):
    with np.errstate(all="raise", under="ignore"):
        values = getattr(activations, name)(FAR)
        assert np.isnan(getattr(activations, name)(np.array([np.nan]))).all() or (
            name == "identity_derivative"
        )
    assert values.shape == FAR.shape
    assert not np.isnan(values).any()


def test_sigmoid_is_scipys_to_the_last_digits_in_both_tails():
    a = np.linspace(-700, 700, 1401)
    np.testing.assert_allclose(sigmoid(a), scipy.special.expit(a), rtol=1e-14)
    both = scipy.special.expit(a) * scipy.special.expit(-a)  # 1 − σ(a) = σ(−a)
    np.testing.assert_allclose(sigmoid_derivative(a), both, rtol=1e-13)
    np.testing.assert_allclose(tanh_derivative(a / 2), 4 * both, rtol=1e-13)


def test_largest_slopes_are_at_zero():
    assert sigmoid_derivative(0.0) == 0.25
    assert tanh_derivative(0.0) == 1.0 == 4 * sigmoid_derivative(0.0)
    assert relu(-0.0) == 0 and activations.relu_derivative(0.0) == 0


@given(arrays)
def test_tanh_is_a_sigmoid_stretched(a):
    np.testing.assert_allclose(tanh(a), 2 * sigmoid(2 * a) - 1, atol=1e-15)


@given(arrays)
def test_softmax_is_a_distribution_along_the_last_axis(a):
    phi = softmax(a)
    assert phi.shape == a.shape
    assert (phi >= 0).all()
    np.testing.assert_allclose(phi.sum(-1), 1)
    np.testing.assert_allclose(phi, scipy.special.softmax(a, axis=-1), atol=1e-15)
    np.testing.assert_allclose(softmax(a + 5), phi, atol=1e-12)


def test_softmax_of_a_diverged_path_is_nan_in_silence():
    with np.errstate(all="raise", under="ignore"):
        assert np.isnan(softmax([np.inf, 0.0])).any()
        assert np.isnan(softmax([-np.inf, -np.inf])).all()
        np.testing.assert_array_equal(softmax([1000.0, -1000.0]), [1, 0])


def test_softmax_of_two_is_the_sigmoid_of_the_difference():
    np.testing.assert_allclose(softmax([1.3, 0.2])[0], sigmoid(1.1), rtol=1e-15)


@pytest.mark.parametrize("name", [*NAMES, "softmax"])
def test_shapes_stay(name):
    for shape in [(3,), (2, 3), (4, 2, 3)]:
        assert getattr(activations, name)(np.ones(shape)).shape == shape
