import numpy as np
import pytest
import scipy.optimize
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.linear_model import Ridge

from course_utils.datasets import iris
from course_utils.gradient_check import check_gradient
from course_utils.network import Network
from course_utils.perceptron import perceptron_risk
from course_utils.regularization import ball_through, l1, l2, soft_threshold
from course_utils.risk import EmpiricalRisk
from support.close import silent
from support.refusals import refusals

points = hnp.arrays(
    float, hnp.array_shapes(max_dims=3, max_side=4), elements=st.floats(-5, 5)
)


@given(points)
def test_values_count_every_coordinate(theta):
    np.testing.assert_allclose(l1(theta), np.linalg.norm(theta, 1, axis=-1), atol=1e-12)
    norm = np.linalg.norm(theta, axis=-1)
    np.testing.assert_allclose(l2(theta), norm**2, atol=1e-12)  # no ½
    assert l1.gradient(theta).shape == l2.gradient(theta).shape == theta.shape


@pytest.mark.parametrize("penalty", [l1, l2, 0.3 * l1 + 0.7 * l2])
def test_gradient_agrees_with_central_differences(penalty):
    assert check_gradient(penalty, [1.0, -2.0, 0.5, 3.0], tolerance=1e-9).ok


def test_sub_gradient_of_l1_at_zero_is_zero():
    np.testing.assert_array_equal(l1.gradient([0.0, -0.0, 2, -3]), [0, 0, 1, -1])


@given(points, st.data())
def test_over_a_mask_counts_only_there(theta, data):
    p = theta.shape[-1]
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=p, max_size=p)))
    for penalty in (l1, l2):
        part, rest = penalty.over(mask), penalty.over(~mask)
        np.testing.assert_allclose(part(theta), penalty(theta[..., mask]), atol=1e-12)
        np.testing.assert_allclose(part(theta) + rest(theta), penalty(theta))
        assert (part.gradient(theta)[..., ~mask] == 0).all()
        both = part.gradient(theta) + rest.gradient(theta)
        np.testing.assert_array_equal(both, penalty.gradient(theta))


def test_biases_stay_free():
    network = Network((2, 3, 1))
    theta = np.arange(network.p) + 1.0
    layers = network.unpack(theta)
    assert l2.over(network.is_weight)(theta) == sum((W**2).sum() for W, _ in layers)
    X, y = np.eye(2), [0, 1]
    risk = perceptron_risk(X, y)
    regularised = risk + 0.1 * l2.over(risk.is_weight)
    assert isinstance(regularised, EmpiricalRisk)
    assert regularised([3.0, 4.0, 5.0]) == pytest.approx(risk([3.0, 4, 5]) + 0.1 * 25)


def test_norms_of_matrices_are_entrywise():
    W = np.diag([3.0, 4.0])  # matrix norms would give 16 and 4 (note N6)
    assert l2(W.ravel()) == 25 and l1(W.ravel()) == 7


def test_a_diverged_path_is_silent():
    with silent():
        for theta in ([np.inf, 1], [np.nan, 1], [1e200, -np.inf]):
            for penalty in (l1, l2, l2.over([True, False])):
                penalty(theta)
                penalty.gradient(theta)
        assert l2.over([False, True])([np.inf, 1.0]) == 1
        soft_threshold([np.inf, np.nan], 1.0)


@given(st.floats(-5, 5), st.floats(0, 3))
def test_soft_threshold_is_the_smallest_point_of_its_problem(c, gamma):
    found = soft_threshold(c, gamma)
    expected = np.sign(c) * max(abs(c) - gamma, 0)
    assert found == pytest.approx(expected, abs=1e-10)
    grid = np.linspace(-6, 6, 2401)
    cost = (grid - c) ** 2 / 2 + gamma * np.abs(grid)
    assert (found - c) ** 2 / 2 + gamma * abs(found) <= cost.min() + 1e-12


def test_soft_threshold_broadcasts_and_its_zeros_are_plain_zeros():
    theta, gamma = np.array([[-0.2, 0.5], [3.0, 0.0]]), np.array([[0.3], [1.0]])
    shrunk = soft_threshold(theta, gamma)
    np.testing.assert_allclose(shrunk, [[0, 0.2], [2, 0]])
    assert not np.signbit(shrunk).any()


def ridge_risk(X, y):
    return EmpiricalRisk(
        lambda theta, X, y: np.mean((theta @ X.T - y) ** 2, -1) / 2,
        lambda theta, X, y: (theta @ X.T - y) @ X / len(y),
        X,
        y,
    )


@pytest.mark.parametrize("gamma", [0.01, 0.1, 1.0])
def test_the_optimum_is_scikit_learns_ridge(gamma):
    X, _ = iris()
    X, y = X[:, :3] - X[:, :3].mean(0), X[:, 3] - X[:, 3].mean()
    regularised = ridge_risk(X, y) + gamma * l2
    # scikit-learn minimises ‖Xθ − y‖² + α‖θ‖²: half of it over N gives γ = α / 2N.
    model = Ridge(alpha=2 * gamma * len(y), fit_intercept=False).fit(X, y)
    np.testing.assert_allclose(regularised.gradient(model.coef_), 0, atol=1e-12)
    found = scipy.optimize.minimize(
        regularised, np.zeros(3), jac=regularised.gradient, tol=1e-12
    )
    np.testing.assert_allclose(found.x, model.coef_, atol=1e-5)


def test_a_network_without_hidden_layers_reaches_scikit_learns_ridge():
    X, _ = iris()
    X, y, gamma = X[:, :3], X[:, 3], 0.1
    network = Network((3, 1), output="identity")
    risk = network.risk(X, y, "half_squared_error")
    model = Ridge(alpha=2 * gamma * len(y)).fit(X, y)
    theta = network.pack([model.coef_[None]], [[model.intercept_]])
    regularised = risk + gamma * l2.over(network.is_weight)
    np.testing.assert_allclose(regularised.gradient(theta), 0, atol=1e-10)
    assert np.abs(risk.gradient(theta)).max() > 1e-3  # without γ it is no optimum


test_bad_input_is_named = refusals(
    (lambda: ball_through([1, 2, 3], 1, 1), "theta"),
    (lambda: ball_through([1, np.inf], 1, 1), "theta"),
    (lambda: ball_through([1, 2], -1, 1), "gamma1"),
    (lambda: ball_through([1, 2], 1, -1), "gamma2"),
    (lambda: l2.over([1, 0]), "True or False"),
    (lambda: l2.over([[True]]), r"mask has shape \(1, 1\)"),
    (
        lambda: l2.over([True, False])(np.zeros(3)),
        r"theta has shape \(3,\): expected .*2",
    ),
    (lambda: soft_threshold(1.0, -1), "gamma = -1: must be ≥ 0"),
    (lambda: soft_threshold(1.0, np.nan), "gamma"),
)


@pytest.mark.parametrize("gammas", [(0.3, 0), (0, 0.9), (0.3, 0.2), (2, 0.05)])
@pytest.mark.parametrize("theta", [(1.3, 0.3), (-0.7, 0), (0, -2)])
def test_the_ball_has_its_point_on_the_border_and_the_same_price_all_around(
    theta, gammas
):
    border = ball_through(theta, *gammas)
    price = gammas[0] * np.abs(border).sum(-1) + gammas[1] * (border**2).sum(-1)
    own = gammas[0] * np.abs(theta).sum() + gammas[1] * np.square(theta).sum()
    np.testing.assert_allclose(price, own, rtol=1e-12)
    np.testing.assert_allclose(border[0], border[-1], atol=1e-12)  # closed
    turns = np.unwrap(np.arctan2(*border.T[::-1]))
    assert turns[-1] - turns[0] == pytest.approx(2 * np.pi)
    assert (border[[0, 180, 360], 1] == 0).all() and (border[[90, 270], 0] == 0).all()


def test_the_ball_is_a_diamond_or_a_circle():
    np.testing.assert_allclose(np.abs(ball_through([1, -1], 5, 0)).sum(-1), 2)
    np.testing.assert_allclose(np.linalg.norm(ball_through([3, 4], 0, 5), axis=-1), 5)


def test_the_ball_of_no_size_and_of_no_price():
    for gammas in [(1, 0), (0, 1), (1, 1)]:
        assert not ball_through([0, 0], *gammas).any()
    assert np.isnan(ball_through([1, 2], 0, 0)).all()
