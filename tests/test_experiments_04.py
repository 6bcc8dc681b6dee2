"""Lecture 04, gradient descent on the perceptron: exact facts, and slide 11 (E4–E6)."""

from math import log

import numpy as np
import pytest
from sklearn.svm import SVC

from course_utils.activations import sigmoid, sigmoid_derivative
from course_utils.batches import stochastic
from course_utils.datasets import blobs, gate
from course_utils.descent import descend
from course_utils.losses import binary_cross_entropy
from course_utils.network import Network
from course_utils.optimizers import GradientDescent
from course_utils.perceptron import classical_perceptron, perceptron_risk
from course_utils.risk import EmpiricalRisk
from support.close import central_differences


def example():
    rng = np.random.default_rng(0)
    return rng.normal(size=(10, 3)), np.arange(10) % 2, rng.normal(size=3)


def loss(w, x, y):
    return binary_cross_entropy([y], [sigmoid(w @ x)])


def is_the_derivative_of_the_loss(derivative):
    """derivative(w, x, y) agrees with central differences of ℓ on every example."""
    X, Y, w = example()
    for x, y in zip(X, Y, strict=True):
        expected = central_differences(lambda w, x=x, y=y: loss(w, x, y), w)
        np.testing.assert_allclose(derivative(w, x, y), expected, atol=1e-8)


def right(w, x, y):
    return (sigmoid(w @ x) - y) * x


def slide(w, x, y):
    return (y - sigmoid(w @ x)) * x


def test_e6_the_derivative_is_phi_minus_y_times_x():
    is_the_derivative_of_the_loss(right)
    with pytest.raises(AssertionError):
        is_the_derivative_of_the_loss(slide)


def test_e4_line_1_of_the_slide_lacks_the_minus():
    def line_1(sign):
        def log_likelihood(w, x, y):
            phi = sigmoid(w @ x)
            return sign * (y * np.log(phi) + (1 - y) * np.log(1 - phi))

        return lambda w, x, y: central_differences(lambda w: log_likelihood(w, x, y), w)

    is_the_derivative_of_the_loss(line_1(-1))
    with pytest.raises(AssertionError):
        is_the_derivative_of_the_loss(line_1(+1))


def test_e5_line_2_of_the_slide_loses_the_label():
    def line_2(negative):
        def value(w, x, y):
            phi = sigmoid(w @ x)
            return -(y * np.log(phi) + (1 - y) * np.log(negative(phi)))

        return lambda w, x, y: central_differences(lambda w: value(w, x, y), w)

    is_the_derivative_of_the_loss(line_2(lambda phi: 1 - phi))
    as_written = line_2(lambda phi: phi)
    with pytest.raises(AssertionError):
        is_the_derivative_of_the_loss(as_written)
    X, _, w = example()
    for x in X:  # −ln φ for every y: its derivative is −(1 − φ)x
        expected = -(1 - sigmoid(w @ x)) * x
        for y in (0, 1):
            np.testing.assert_allclose(as_written(w, x, y), expected, atol=1e-8)


def test_the_package_has_the_right_gradient_and_the_slide_its_negative():
    X, y, w = example()
    mean = np.mean([right(w, x, t) for x, t in zip(X, y, strict=True)], axis=0)
    ours = perceptron_risk(X, y).gradient([*w, 0.0])[:-1]
    np.testing.assert_allclose(ours, mean, atol=1e-15)  # ∇R is the mean of the ∇ℓ
    minus = np.mean([slide(w, x, t) for x, t in zip(X, y, strict=True)], axis=0)
    np.testing.assert_allclose(ours, -minus, atol=1e-15)


def learns(sign):
    """E6: five epochs of online training, η = 0.1, N = 200, lower the risk."""
    X, y = blobs(np.random.default_rng(0), 100)
    risk = perceptron_risk(X, y)
    signed = EmpiricalRisk(
        risk._value, lambda *args: sign * risk._gradient(*args), *risk.data
    )
    batches = stochastic(200, np.random.default_rng(1))
    path = descend(
        signed, np.zeros(3), GradientDescent(0.1), steps=1000, batches=batches
    )
    values = risk(path[::200])
    assert values[0] == pytest.approx(log(2), abs=1e-15)
    assert values[-1] < 0.3
    assert (values[1:] < values[0]).all()


def test_e6_with_the_sign_of_the_slide_the_risk_climbs():
    learns(+1)
    with pytest.raises(AssertionError):
        learns(-1)


# 4A


def one_step(derivative):
    x = np.array([1.0, 2.0, -1.0])
    w = np.zeros(3) - 0.5 * derivative(np.zeros(3), x, 1)
    np.testing.assert_array_equal(w, [0.25, 0.5, -0.25])


def test_one_exact_step():
    one_step(right)
    with pytest.raises(AssertionError):
        one_step(slide)
    risk = perceptron_risk([[1, 2, -1]], [1])
    path = descend(risk, np.zeros(4), GradientDescent(0.5), steps=1)
    np.testing.assert_array_equal(path[1], [0.25, 0.5, -0.25, 0.25])


# 4B


@pytest.mark.parametrize(("name", "first"), [("AND", 16), ("OR", 20), ("NAND", 16)])
def test_gates_are_learnt_at_a_known_step(name, first):
    X, y = gate(name)
    path = descend(perceptron_risk(X, y), np.zeros(3), GradientDescent(1.0), steps=40)
    a = path[:, :2] @ X.T + path[:, 2:]
    correct = np.where(y, a > 1e-9, a < -1e-9).all(1)
    assert correct.argmax() == first


def test_xor_is_out_of_reach_of_one_layer():
    X, y = gate("XOR")
    risk = perceptron_risk(X, y)
    assert risk(np.zeros(3)) == pytest.approx(log(2), abs=1e-9)
    assert not risk.gradient(np.zeros(3)).any()  # exactly
    for theta0 in np.random.default_rng(0).normal(size=(5, 3)):
        end = descend(risk, theta0, GradientDescent(1.0), steps=2000)[-1]
        np.testing.assert_allclose(end, 0, atol=1e-9)
        assert risk(end) == pytest.approx(log(2), abs=1e-9)


# 4C


def test_cross_entropy_keeps_its_gradient_where_squared_error_loses_it():
    bce = Network((1, 1)).risk([[1.0]], [1], "binary_cross_entropy")
    mse = Network((1, 1)).risk([[1.0]], [1], "half_squared_error")
    theta = np.array([-10.0, 0.0])
    assert bce.gradient(theta)[0] == pytest.approx(-0.99995, abs=1e-5)
    assert mse.gradient(theta)[0] == pytest.approx(-4.54e-5, rel=1e-3)
    for a in np.linspace(-8, 8, 33):
        ratio = mse.gradient([a, 0])[0] / bce.gradient([a, 0])[0]
        assert ratio == pytest.approx(sigmoid_derivative(a), rel=1e-9)
        assert ratio <= 0.25 + 1e-15


def test_squared_error_of_a_sigmoid_is_not_convex_and_cross_entropy_is():
    w = np.linspace(-10, 10, 201)
    theta = np.stack([w, np.zeros(201)], axis=-1)
    values = {
        loss: Network((1, 1)).risk([[1.0]], [1], loss)(theta)
        for loss in ("binary_cross_entropy", "half_squared_error")
    }
    assert (np.diff(values["binary_cross_entropy"], 2) > 0).all()
    assert (np.diff(values["half_squared_error"], 2) < 0).any()


# 4D


def descends_at_every_step(factor):
    X, y = blobs(np.random.default_rng(0), 30, means=((-1, 0), (1, 0.5)))
    ones = np.column_stack([3 * X, np.ones(60)])
    L = np.linalg.eigvalsh(ones.T @ ones / 60).max() / 4
    risk = perceptron_risk(3 * X, y)
    path = descend(risk, [1.0, -2, 0.5], GradientDescent(factor / L), steps=200)
    assert (np.diff(risk(path)) < 0).all()


@pytest.mark.parametrize("factor", [0.1, 1.0, 1.9, 1.99])
def test_below_two_over_l_every_step_descends(factor):
    descends_at_every_step(factor)


def test_far_above_two_over_l_a_step_may_climb():
    with pytest.raises(AssertionError):
        descends_at_every_step(50)


# 4E


def test_on_separable_data_the_weight_grows_as_the_logarithm():
    w, eta = 0.0, 1.0
    for _ in range(100_000):  # ∂R/∂w = −σ(−w) for the pair x = ±1
        w += eta / (1 + np.exp(w))
    assert w == pytest.approx(11.51288, abs=1e-5)
    assert np.log1p(np.exp(-w)) * 100_000 == pytest.approx(1, abs=1e-3)
    risk = perceptron_risk([[1.0], [-1.0]], [1, 0])
    path = descend(risk, np.zeros(2), GradientDescent(1.0), steps=3000)
    assert path[-1, 0] == pytest.approx(log(3000), abs=0.005)
    assert path[-1, 1] == pytest.approx(0, abs=1e-12)


def test_the_direction_tends_to_the_largest_margin():
    X = np.array([[2.0, 0.5], [3.0, -2.0], [-2.0, -0.5], [-3.0, 2.0]])
    y = np.array([1, 1, 0, 0])
    svm = SVC(kernel="linear", C=1e8).fit(X, y).coef_[0]
    path = descend(perceptron_risk(X, y), np.zeros(3), GradientDescent(1.0), steps=5000)
    cosines = [
        w @ svm / np.linalg.norm(w) / np.linalg.norm(svm)
        for w in path[[1, 50, 5000], :2]
    ]
    assert cosines[0] < cosines[1] < cosines[2]
    assert cosines[2] > 0.97


# 4F


@pytest.mark.parametrize("seed", range(5))
def test_mistakes_are_bounded_by_the_margin(seed):
    X, y = blobs(np.random.default_rng(seed), 30, means=((-3, 0), (3, 1)))
    path = classical_perceptron(X, y, epochs=1000)
    ones = np.column_stack([X, np.ones(60)])
    theta = path[-1]
    margin = ((2 * y - 1) * (ones @ theta)).min() / np.linalg.norm(theta)
    rho = np.linalg.norm(ones, axis=1).max()
    assert margin > 0
    assert len(path) - 1 <= (rho / margin) ** 2


def test_the_loss_is_softplus_minus_y_a():
    a = np.linspace(-30, 30, 61)
    h = 1e-5
    for y in (0, 1):
        slope = [
            (np.logaddexp(0, v + h) - np.logaddexp(0, v - h)) / (2 * h) - y for v in a
        ]
        np.testing.assert_allclose(slope, sigmoid(a) - y, atol=1e-9)
