import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression, Perceptron

from course_utils.datasets import blobs, gate, iris
from course_utils.descent import descend
from course_utils.gradient_check import check_gradient
from course_utils.losses import binary_cross_entropy
from course_utils.optimizers import GradientDescent
from course_utils.perceptron import (
    classical_perceptron,
    logistic_regression,
    perceptron_risk,
)
from course_utils.regularization import l2
from course_utils.risk import EmpiricalRisk
from support.close import central_differences, each_point_alone, silent
from support.refusals import refusals


def sample(N=12, n=3, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(N, n)), np.arange(N) % 2, rng.normal(size=n + 1)


@given(st.integers(1, 20), st.integers(1, 5), st.integers(0, 99))
def test_gradient_agrees_with_central_differences(N, n, seed):
    X, y, theta = sample(N, n, seed)
    assert check_gradient(perceptron_risk(X, y), theta, tolerance=1e-8).ok


def test_value_is_the_binary_cross_entropy_of_the_sigmoid():
    X, y, theta = sample()
    phi = 1 / (1 + np.exp(-(X @ theta[:-1] + theta[-1])))
    expected = binary_cross_entropy(y, phi)
    assert perceptron_risk(X, y)(theta) == pytest.approx(expected, rel=1e-12)


@given(st.lists(st.integers(1, 4), max_size=3))
def test_leading_axes_of_theta_broadcast(lead):
    X, y, _ = sample()
    theta = np.random.default_rng(1).normal(size=(*lead, 4))
    each_point_alone(perceptron_risk(X, y), theta)


def test_weights_are_all_but_the_bias_and_a_batch_is_a_smaller_sample():
    X, y, theta = sample()
    risk = perceptron_risk(X, y)
    assert isinstance(risk, EmpiricalRisk) and risk.examples == 12
    assert risk.is_weight.tolist() == [True, True, True, False]
    part = perceptron_risk(X[[1, 5]], y[[1, 5]])
    assert risk.on([1, 5])(theta) == pytest.approx(part(theta), rel=1e-14)


def test_far_away_nothing_overflows_and_a_diverged_path_is_silent():
    risk = perceptron_risk([[1.0], [-1.0]], [0, 1])
    with silent():
        assert risk([1000.0, 0.0]) == pytest.approx(1000)
        assert risk([-1000.0, 0.0]) == 0
        for theta in ([np.inf, 0], [np.nan, 1], [1e308, -1e308], [-np.inf, np.inf]):
            risk(theta)
            risk.gradient(theta)


def standardised_iris():
    X, y = iris()
    return (X - X.mean(0)) / X.std(0), (y == 1).astype(int)  # not separable


@pytest.mark.parametrize("gamma", [0.01, 0.1, 1.0])
def test_the_regularised_optimum_on_iris_is_scikit_learns(gamma):
    X, y = standardised_iris()
    risk = perceptron_risk(X, y)
    L = np.linalg.eigvalsh(np.cov(X.T, bias=True)).max() / 4 + 2 * gamma
    regularised = risk + gamma * l2.over(risk.is_weight)
    gd = GradientDescent(1 / L)
    path = descend(regularised, np.zeros(5), gd, steps=20_000, tolerance=1e-9)
    # scikit-learn minimises C Σℓ + ½‖w‖²: divide by CN to have γ = 1 / 2CN.
    model = LogisticRegression(C=1 / (2 * gamma * len(y)), tol=1e-10, max_iter=10_000)
    model.fit(X, y)
    optimum = [*model.coef_[0], *model.intercept_]
    np.testing.assert_allclose(path[-1], optimum, atol=1e-5)


def test_newtons_steps_end_where_scikit_learn_does():
    X, y = standardised_iris()
    free = logistic_regression(X, y)
    assert np.abs(perceptron_risk(X, y).gradient(free)).max() < 1e-12
    gamma = 0.05  # on the bias too: there it is the weight of a column of ones
    model = LogisticRegression(
        C=1 / (2 * gamma * len(y)), fit_intercept=False, tol=1e-10, max_iter=10_000
    )
    model.fit(np.column_stack([X, np.ones(len(X))]), y)
    theta = logistic_regression(X, y, gamma)
    np.testing.assert_allclose(theta, model.coef_[0], atol=1e-5)


def test_a_stack_of_samples_is_fitted_as_each_alone():
    X = np.random.default_rng(0).normal(size=(2, 3, 30, 4))
    y = np.arange(30) % 2
    theta = logistic_regression(X, y, gamma=0.01)
    alone = [
        logistic_regression(sample, y, gamma=0.01) for sample in X.reshape(6, 30, 4)
    ]
    np.testing.assert_allclose(theta.reshape(6, 5), alone, rtol=1e-9)
    assert not logistic_regression(X, y, steps=0).any()


def test_what_newtons_steps_cannot_do_is_said():
    with pytest.raises(ValueError, match="gamma = 0: too small for such X"):
        logistic_regression([[0.0], [0.0]], [0, 1])
    with pytest.raises(ValueError, match="gamma = 0: too small for such X"):
        logistic_regression([[-1.0], [1.0]], [0, 1], steps=2000)
    with pytest.raises(ValueError, match=r"y has shape \(3,\): expected \(2,\)"):
        logistic_regression([[1.0], [2.0]], [0, 1, 1])
    with pytest.raises(ValueError, match="gamma = -1"):
        logistic_regression([[1.0], [2.0]], [0, 1], gamma=-1)


def test_the_classical_rule_stops_when_all_are_right_as_scikit_learns_does():
    X, y = blobs(np.random.default_rng(3), 20, means=((-2, 0), (2, 1)))
    theta = classical_perceptron(X, y, epochs=1000)[-1]
    assert ((X @ theta[:-1] + theta[-1] > 0) == y).all()
    model = Perceptron(shuffle=False, tol=None, max_iter=1000).fit(X, y)
    assert (model.predict(X) == y).all()


def test_each_step_of_the_classical_rule_is_a_mistake_mended():
    X, y = gate("AND")
    path = classical_perceptron(X, y, eta=0.5)
    ones = np.column_stack([X, np.ones(4)])
    steps = np.diff(path, axis=0) / 0.5
    for before, step in zip(path[:-1], steps, strict=True):
        assert any(
            np.array_equal(step, (label - (before @ x > 0)) * x)
            for x, label in zip(ones, y, strict=True)
        )
    assert len(classical_perceptron(X, y, epochs=0)) == 1
    np.testing.assert_array_equal(path, 0.5 * classical_perceptron(X, y))


def test_the_classical_rule_never_ends_on_xor():
    X, y = gate("XOR")
    lengths = [len(classical_perceptron(X, y, epochs=n)) for n in (10, 20, 40)]
    assert lengths == sorted(set(lengths))


@pytest.mark.parametrize("function", [perceptron_risk, classical_perceptron])
@pytest.mark.parametrize(
    ("X", "y", "says"),
    [
        ([1.0, 2.0], [0, 1], r"X has shape \(2,\): expected \(N, n\)"),
        ([[1.0], [2.0]], [0, 1, 1], r"y has shape \(3,\): expected \(2,\)"),
        ([[1.0], [2.0]], [[0], [1]], r"y: shape \(2, 1\)"),
        ([[1.0], [np.nan]], [0, 1], "X: must be finite"),
        ([[1.0], [2.0]], [0, 2], "y = 2: must be in"),
        ([[1.0], [2.0]], [-1, 1], "y = -1: must be in"),
        ([[1.0], [2.0]], [0, 0.5], "y = 0.5: must be in"),
        (np.empty((0, 2)), [], "N ≥ 1"),
    ],
)
def test_bad_data_are_named(function, X, y, says):
    with pytest.raises(ValueError, match=says):
        function(X, y)


X, y, _ = sample()
risk, three = perceptron_risk(X, y), np.zeros(3)

test_other_bad_input_is_named = refusals(
    (lambda: risk(three), r"theta has shape \(3,\): expected .*4"),
    (lambda: risk.gradient(three), r"theta has shape \(3,\): expected .*4"),
    (lambda: classical_perceptron(X, y, theta0=three), r"theta0 has shape \(3,\)"),
    (lambda: classical_perceptron(X, y, eta=0), "eta"),
    (lambda: classical_perceptron(X, y, epochs=-1), "epochs"),
)


def test_convexity_the_hessian_is_that_of_slide_10():
    X, y, theta = sample()
    risk = perceptron_risk(X, y)
    ones = np.column_stack([X, np.ones(len(X))])
    phi = 1 / (1 + np.exp(-ones @ theta))
    hessian = (ones.T * phi * (1 - phi)) @ ones / len(X)
    columns = [
        central_differences(lambda t, i=i: risk.gradient(t)[i], theta) for i in range(4)
    ]
    np.testing.assert_allclose(columns, hessian, atol=1e-8)
