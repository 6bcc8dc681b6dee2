"""Lecture 08, Tychonoff's regularisation: exact facts, and E21, E22 and E25."""

from math import log

import numpy as np
import pytest
import scipy.optimize

from course_utils.activations import sigmoid
from course_utils.datasets import blobs, digits, one_hot
from course_utils.descent import descend
from course_utils.exercises import find, verdict
from course_utils.losses import cross_entropy
from course_utils.network import Network
from course_utils.optimizers import (
    Adagrad,
    Adam,
    AdamW,
    GradientDescent,
    Proximal,
)
from course_utils.perceptron import perceptron_risk
from course_utils.regularization import l1, l2, soft_threshold
from course_utils.risk import EmpiricalRisk, Risk
from course_utils.surfaces import quadratic
from support.close import central_differences

LAMBDA = np.array([4.0, 1.0, 0.25, 0.04])


def least_squares(X, y):
    """1/2N ‖Xθ − y‖²."""
    return EmpiricalRisk(
        lambda theta, X, y: np.mean((theta @ X.T - y) ** 2, -1) / 2,
        lambda theta, X, y: (theta @ X.T - y) @ X / len(y),
        X,
        y,
    )


def design(values=LAMBDA, N=40, seed=0):
    """Data with XᵀX/N = V diag(values) Vᵀ exactly, and V."""
    rng = np.random.default_rng(seed)
    n = len(values)
    Q, V = (np.linalg.qr(rng.normal(size=s))[0] for s in ((N, n), (n, n)))
    X = Q * np.sqrt(N * np.asarray(values)) @ V.T
    return X, rng.normal(size=N), V


# 8A. Shrinkage.


@pytest.mark.parametrize(
    ("gamma", "degrees"), [(0.01, 3.568), (0.1, 2.508), (0.5, 1.538), (2, 0.769)]
)
def test_ridge_shrinks_each_direction_by_its_factor(gamma, degrees):
    X, y, V = design()
    ols = np.linalg.lstsq(X, y, rcond=None)[0]
    factors = LAMBDA / (LAMBDA + 2 * gamma)
    ridge = V @ (factors * (V.T @ ols))
    closed = np.linalg.solve(X.T @ X / 40 + 2 * gamma * np.eye(4), X.T @ y / 40)
    np.testing.assert_allclose(ridge, closed, atol=1e-10)
    regularised = least_squares(X, y) + gamma * l2
    np.testing.assert_allclose(regularised.gradient(ridge), 0, atol=1e-10)
    assert factors.sum() == pytest.approx(degrees, abs=5e-4)
    if gamma == 0.1:
        expected = (0.9524, 0.8333, 0.5556, 0.1667)
        np.testing.assert_allclose(factors, expected, atol=5e-5)


def test_descent_reaches_ridge_below_its_limit_and_leaves_above():
    X, y, _ = design()
    regularised = least_squares(X, y) + 0.1 * l2
    limit = 2 / (4 + 0.2)
    start = np.ones(4)
    near = descend(regularised, start, GradientDescent(0.99 * limit), steps=2000)[-1]
    np.testing.assert_allclose(regularised.gradient(near), 0, atol=1e-10)
    far = descend(regularised, start, GradientDescent(1.01 * limit), steps=2000)[-1]
    assert np.abs(far).max() > 1e6


# 8B. Early stopping.


def test_early_stopping_is_a_filter_like_that_of_ridge_but_another():
    X, y, V = design()
    ols = np.linalg.lstsq(X, y, rcond=None)[0]
    end = descend(least_squares(X, y), np.zeros(4), GradientDescent(0.2), steps=50)[-1]
    filters = 1 - (1 - 0.2 * LAMBDA) ** 50
    np.testing.assert_allclose(V.T @ end, filters * (V.T @ ols), atol=1e-12)
    ridge = LAMBDA / (LAMBDA + 1 / (0.2 * 50))
    assert filters[-1] == pytest.approx(0.3308, abs=5e-5)
    assert ridge[-1] == pytest.approx(0.2857, abs=5e-5)
    assert 0.01 < np.abs(filters - ridge).max() < 0.25


# 8C. The lasso and the elastic net.


def orthonormal(c):
    """Least squares with XᵀX/N = I whose optimum is c."""
    X, _, _ = design(np.ones(len(c)))
    return least_squares(X, X @ c)


@pytest.mark.parametrize("gamma", [0.05, 0.3, 2.0])
def test_the_lasso_of_orthonormal_columns_is_the_soft_threshold(gamma):
    c = np.array([1.5, -0.7, 0.2, -0.04])
    risk = orthonormal(c)
    prox = Proximal(GradientDescent(0.5), lambda t: soft_threshold(t, 0.5 * gamma))
    found = descend(risk, np.ones(4), prox, steps=200)[-1]
    expected = np.sign(c) * np.maximum(np.abs(c) - gamma, 0)
    np.testing.assert_allclose(found, expected, atol=1e-10)
    np.testing.assert_array_equal(found == 0, expected == 0)  # exact zeros
    regularised = risk + gamma * l1
    nearby = expected + 0.01 * np.random.default_rng(0).normal(size=(200, 4))
    assert (regularised(nearby) >= regularised(expected)).all()


def test_everything_is_zero_from_the_largest_correlation_on():
    X, y, _ = design()
    largest = np.abs(X.T @ y / 40).max()
    for gamma, zero in ((1.001 * largest, True), (0.98 * largest, False)):
        prox = Proximal(
            GradientDescent(0.2), lambda t, g=gamma: soft_threshold(t, 0.2 * g)
        )
        end = descend(least_squares(X, y), np.zeros(4), prox, steps=3000)[-1]
        assert (not end.any()) == zero


def test_the_elastic_net_shrinks_what_the_lasso_leaves():
    c = np.array([1.5, -0.7, 0.2, -0.04])
    expected = soft_threshold(c, 0.3) / (1 + 2 * 0.25)
    regularised = orthonormal(c) + 0.3 * l1 + 0.25 * l2
    nearby = expected + 0.01 * np.random.default_rng(0).normal(size=(200, 4))
    assert (regularised(nearby) >= regularised(expected)).all()


# E25. The slides give no derivative for L₁.


def is_the_derivative_of_l1(derivative):
    theta = np.array([1.0, -0.3, 2.5])
    np.testing.assert_allclose(
        derivative(theta), central_differences(l1, theta), atol=1e-8
    )
    # At 0 it must be a sub-gradient, |θ| ≥ gθ for every θ, and the kink is there.
    assert np.abs(derivative(np.zeros(3))).max() <= 1


def test_e25_the_derivative_of_l1_is_the_sign_and_not_that_of_slide_27():
    is_the_derivative_of_l1(l1.gradient)
    with pytest.raises(AssertionError):
        is_the_derivative_of_l1(l2.gradient)


def reaches_zero(optimizer, risk):
    end = descend(risk, [1.0], optimizer, steps=1000)[-1]
    assert end[0] == 0.0


def test_e25_sub_gradient_steps_hover_and_proximal_steps_end_at_zero():
    a, gamma, eta = 0.05, 0.1, 0.02
    risk = Risk(lambda t: ((t - a) ** 2).sum(-1) / 2, lambda t: t - a)
    reaches_zero(
        Proximal(GradientDescent(eta), lambda t: soft_threshold(t, eta * gamma)), risk
    )
    with pytest.raises(AssertionError):
        reaches_zero(GradientDescent(eta), risk + gamma * l1)
    end = descend(risk + gamma * l1, [1.0], GradientDescent(eta), steps=1000)[-1]
    assert 0 < abs(end[0]) < 0.01


# 8D. γ ends the flight of the separable perceptron.


@pytest.mark.parametrize(
    ("gamma", "w"),
    [
        (1, 0.222323),
        (0.1, 1.177505),
        (0.01, 2.817989),
        (0.001, 4.665120),
        (1e-4, 6.625015),
        (1e-6, 10.7477),
    ],
)
def test_the_penalised_separable_perceptron_has_a_finite_optimum(gamma, w):
    root = scipy.optimize.brentq(lambda w: sigmoid(-w) - 2 * gamma * w, 0, 50)
    assert root == pytest.approx(w, abs=1e-5 if gamma >= 1e-4 else 5e-5)
    risk = perceptron_risk([[1.0], [-1.0]], [1, 0])
    regularised = risk + gamma * l2.over(risk.is_weight)
    np.testing.assert_allclose(regularised.gradient([root, 0.0]), 0, atol=1e-10)
    if gamma >= 0.01:
        eta = 1 / (0.25 + 2 * gamma)
        end = descend(regularised, np.zeros(2), GradientDescent(eta), steps=3000)[-1]
        assert end[0] == pytest.approx(w, abs=1e-5)


@pytest.mark.thorough
def test_with_a_tiny_gamma_twenty_thousand_steps_are_not_enough():
    risk = perceptron_risk([[1.0], [-1.0]], [1, 0])
    regularised = risk + 1e-6 * l2.over(risk.is_weight)
    end = descend(regularised, np.zeros(2), GradientDescent(0.5), steps=20_000)[-1]
    assert end[0] == pytest.approx(9.12, abs=0.01)


# 8E. Maximum a posteriori.


def test_gamma_of_the_posterior_is_the_ratio_of_the_variances():
    X, y, _ = design()
    sigma, tau = 1.5, 1.0
    gamma = sigma**2 / (2 * tau**2)
    assert gamma == 1.125
    precision = X.T @ X / sigma**2 + np.eye(4) / tau**2
    posterior_mean = np.linalg.solve(precision, X.T @ y / sigma**2)
    # The sum form: ½Σ(·)² + γ‖θ‖² is N times the mean form with γ/N.
    regularised = least_squares(X, y) + gamma / 40 * l2
    np.testing.assert_allclose(regularised.gradient(posterior_mean), 0, atol=1e-12)


def test_that_gamma_is_the_best_on_average():
    X, _, _ = design(N=12)
    rng = np.random.default_rng(0)
    theta = rng.normal(size=(4000, 4))
    Y = theta @ X.T + 1.5 * rng.normal(size=(4000, 12))

    def error(gamma):
        found = np.linalg.solve(X.T @ X + 2 * gamma * np.eye(4), X.T @ Y.T).T
        return ((found - theta) ** 2).sum(1).mean()

    assert error(1.125) < min(error(0.25), error(4.0))


# E21. The binary cross-entropy needs its second term.


def tells_the_classes_apart(risk, X, y):
    theta = descend(risk, np.zeros(3), GradientDescent(1.0), steps=500)[-1]
    predicted = X @ theta[:2] + theta[2] > 0
    assert 0 < predicted.mean() < 1
    assert (predicted == y).mean() > 0.85


def test_e21_without_the_negatives_everything_is_called_positive():
    X, y = blobs(np.random.default_rng(0), 50)
    ones = np.column_stack([X, np.ones(100)])
    slide = EmpiricalRisk(
        lambda theta, X, y: (y * np.logaddexp(0, -(theta @ X.T))).mean(-1),
        lambda theta, X, y: (y * (sigmoid(theta @ X.T) - 1)) @ X / len(y),
        ones,
        y,
    )
    gamma = 0.001
    for right in (True, False):
        risk = perceptron_risk(X, y)
        mask = risk.is_weight
        regularised = (risk if right else slide) + gamma * l2.over(mask)
        if right:
            tells_the_classes_apart(regularised, X, y)
            continue
        with pytest.raises(AssertionError):
            tells_the_classes_apart(regularised, X, y)
        theta = descend(regularised, np.zeros(3), GradientDescent(1.0), steps=5000)[-1]
        assert (sigmoid(ones @ theta)[y == 0] > 0.5).mean() > 0.9


def test_e21_for_one_hot_targets_the_formula_is_right_with_a_sum_over_outputs():
    network = Network((2, 3), output="softmax")
    rng = np.random.default_rng(0)
    X, Y = rng.normal(size=(5, 2)), np.eye(3)[[0, 1, 2, 1, 0]]
    theta = network.initial(rng)
    phi = network.forward(theta, X)
    expected = -np.log(phi[range(5), [0, 1, 2, 1, 0]]).mean()
    assert cross_entropy(Y, phi) == pytest.approx(expected, rel=1e-12)
    assert network.risk(X, Y, "cross_entropy")(theta) == pytest.approx(expected)


# 8F and E22. Weight decay.


A, BEST = np.array([[1.5, 0.4], [0.4, 1.0]]), np.array([0.8, -1.4])
bowl = Risk(lambda t: quadratic(A)(t - BEST), lambda t: quadratic(A).gradient(t - BEST))


def penalty_is_decay(optimizer, eta=0.1, gamma=0.1):
    """A step on R + γ‖θ‖² is: first θ ← (1 − 2ηγ)θ, then the optimizer's step on R."""
    theta = np.array([1.0, -2.0])
    penalised = optimizer(eta).step(theta, (bowl + gamma * l2).gradient(theta))
    decay = 2 * eta * gamma * theta
    decayed = optimizer(eta).step(theta, bowl.gradient(theta)) - decay
    np.testing.assert_allclose(penalised, decayed, atol=1e-12)


def test_e22_the_penalty_is_weight_decay_only_under_gradient_descent():
    penalty_is_decay(GradientDescent)
    for optimizer in (Adam, Adagrad):
        with pytest.raises(AssertionError):
            penalty_is_decay(optimizer)


def test_e22_one_step_of_adam_does_not_see_the_penalty_and_adamw_decays():
    for g in (1e-3, 1.0, 1e3):
        theta, gradient = np.array([1.0]), np.array([g])
        penalised = gradient + 2 * 0.1 * theta
        assert Adam(0.1).step(theta, penalised)[0] == pytest.approx(0.9, abs=1e-5)
        assert Adagrad(0.1).step(theta, penalised)[0] == pytest.approx(0.9, abs=1e-5)
        decoupled = AdamW(0.1, weight_decay=0.2).step(theta, gradient)[0]
        assert decoupled == pytest.approx(0.88, abs=1e-5)


def test_e22_adam_with_the_penalty_and_adamw_go_to_different_points():
    gamma = 0.1
    ridge = np.linalg.solve(A + 2 * gamma * np.eye(2), A @ BEST)
    adam = descend(bowl + gamma * l2, [0, 0], Adam(0.01), steps=3000)[-1]
    adamw = descend(bowl, [0, 0], AdamW(0.01, weight_decay=0.2), steps=3000)[-1]
    np.testing.assert_allclose(adam, ridge, atol=1e-3)
    assert np.abs(adamw - BEST).max() < 0.05 < np.abs(adamw - ridge).max()


def decayed(optimizer, decay):
    """Where two weights of 1 end, whose gradients are ±0.01 and ±10 in turn."""
    theta = np.ones(2)
    for t in range(500):
        noise = np.array([0.01, 10.0]) * (-1) ** t
        theta = optimizer.step(theta, noise + decay * theta)
    return theta


def test_e22_adam_with_the_penalty_spares_the_weight_of_large_gradients():
    small, large = decayed(Adam(0.01), 0.2)
    # √ν ≈ 10: for the weight of large gradients the penalty is a tenth, 0.02 θ.
    assert large == pytest.approx((1 - 0.01 * 0.02) ** 500, abs=0.03)
    assert abs(small) < 0.01
    # AdamW decays both by (1 − ηλ)ᵗ, but for what Adam makes of the noise, 2η.
    both = decayed(AdamW(0.01, weight_decay=0.2), 0.0)
    np.testing.assert_allclose(both, (1 - 0.01 * 0.2) ** 500, atol=0.02)


def half_life(noise, inside=0.0, outside=0.0, eta=1e-3):
    """Steps from 1 to ½ under ±noise: Adam as its paper has it, and two penalties."""
    theta, m, nu, t = 1.0, 0.0, 0.0, 0
    while theta > 0.5:
        g = noise * (-1) ** t + inside * theta
        t += 1
        m, nu = 0.9 * m + 0.1 * g, 0.999 * nu + 0.001 * g**2
        adam = m / (1 - 0.9**t) / (nu / (1 - 0.999**t)) ** 0.5
        theta -= eta * (adam + outside * theta)
    return t


def test_e22_half_lives_under_adamw_and_under_adam_with_the_penalty():
    counted = half_life(4, outside=0.5), half_life(4, 0.5), half_life(0.01, 0.5)
    by_hand = log(2) / (1e-3 * 0.5), 4 * log(2) / (1e-3 * 0.5), 0.5 / 1e-3
    for answer in (counted, (*by_hand[:2], counted[2]), by_hand):
        assert "✓" in verdict(find("8.5"), "8.5", answer)
    assert half_life(10, outside=0.5) == half_life(0.01, outside=0.5) == counted[0]


@pytest.mark.parametrize("gamma", [10.0, 1.0])
def test_the_weights_under_a_large_penalty_are_the_differences_of_means(gamma):
    X, Y = digits()
    X, Y = X[:100] / 16, Y[:100]
    network = Network((64, 10), output="softmax")
    risk = network.risk(X, one_hot(Y, 10), "cross_entropy")
    penalised = risk + gamma * l2.over(network.is_weight)
    gd = GradientDescent(1 / (1 + 2 * gamma))
    theta = descend(penalised, np.zeros(network.p), gd, steps=500 * round(1 + gamma))
    [(W, _)] = network.unpack(theta[-1])
    means = np.array([X[Y == j].mean(0) for j in range(10)]) - X.mean(0)
    expected = np.bincount(Y)[:, None] / 100 * means / (2 * gamma)
    assert np.linalg.norm(W - expected) < 0.1 / gamma * np.linalg.norm(W)


def shrinks_by_a_factor(penalty, gamma=0.1):
    """Tychonoff: in an orthonormal design each coefficient is divided by 1 + 2γ."""
    c = np.array([1.5, -0.7, 0.2])
    risk = Risk(lambda t: ((t - c) ** 2).sum(-1) / 2, lambda t: t - c)
    regularised = risk + gamma * penalty
    end = descend(regularised, c, GradientDescent(0.05), steps=2000)[-1]
    np.testing.assert_allclose(end, c / (1 + 2 * gamma), atol=1e-9)


def test_e22_l1_is_not_tychonoffs_penalty():
    shrinks_by_a_factor(l2)
    with pytest.raises(AssertionError):
        shrinks_by_a_factor(l1)


def test_adamw_tends_to_the_best_point_of_a_box():
    separable = Risk(
        lambda t: ((t - BEST) ** 2).sum(-1) / 2, lambda t: t - BEST
    )  # on |θᵢ| ≤ 1 its optimum is (0.8, −1)
    adamw = AdamW(lambda t: 0.1 / np.sqrt(t), weight_decay=1.0)
    end = descend(separable, [0.0, 0.0], adamw, steps=5000)[-1]
    np.testing.assert_allclose(end, (0.8, -1), atol=0.05)
    ridge = BEST / 2
    assert np.abs(end - ridge).max() > 0.2


@pytest.mark.parametrize("decay", [0.6, 0.75, 0.8, 1.0, 2.0])
def test_a_thousand_steps_of_adamw_come_near_the_box(decay):
    A, minimum = np.array([[3.0, 1.0], [1.0, 2.0]]), np.array([0.8, -1.4])
    valley = Risk(
        lambda t: ((t - minimum) @ A * (t - minimum)).sum(-1) / 2,
        lambda t: (t - minimum) @ A,
    )
    adamw = AdamW(lambda t: 0.4 / np.sqrt(t), beta2=0.95, weight_decay=decay)
    end = descend(valley, [0.0, 0.0], adamw, steps=1000)[-1]
    box = [(-1 / decay, 1 / decay)] * 2
    found = scipy.optimize.minimize(valley, [0.0, 0.0], bounds=box, tol=1e-12).x
    np.testing.assert_allclose(end, found, atol=0.01)
    assert (end[1] <= -1.3) == (decay <= 0.75)  # the goal of the lecture's figure


@pytest.mark.parametrize(("gamma", "factor"), [(0.5, 0.9), (5, 0.0), (11, -1.2)])
def test_the_decay_factor(gamma, factor):
    path = descend(gamma * l2, [3.0], GradientDescent(0.1), steps=2)
    np.testing.assert_allclose(path[:, 0], [3, 3 * factor, 3 * factor**2], atol=1e-12)


def test_a_free_bias_follows_the_targets_and_a_penalised_one_does_not():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(30, 2)), rng.normal(size=30)
    network = Network((2, 1), output="identity")

    def predictions(y, penalty):
        regularised = network.risk(X, y, "half_squared_error") + 0.3 * penalty
        end = descend(regularised, np.zeros(3), GradientDescent(0.3), steps=2000)[-1]
        return network.forward(end, X)[:, 0]

    free = l2.over(network.is_weight)
    np.testing.assert_allclose(
        predictions(y + 10, free) - predictions(y, free), 10, atol=1e-9
    )
    assert (predictions(y + 10, l2) - predictions(y, l2)).mean() < 8
