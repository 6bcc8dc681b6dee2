import itertools

import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st

from course_utils import losses
from course_utils.activations import ACTIVATIONS
from course_utils.batches import mini_batches
from course_utils.datasets import digits, moons, one_hot, split
from course_utils.descent import descend, iterates
from course_utils.gradient_check import check_gradient
from course_utils.losses import LOSSES
from course_utils.network import ELEMENTWISE, Network
from course_utils.optimizers import Adam, GradientDescent
from course_utils.perceptron import perceptron_risk
from course_utils.regularization import l2
from support.close import each_point_alone, silent
from support.refusals import refusals

PAIRS = [(output, name) for name, loss in LOSSES.items() for output in loss.d_out]


def sample(network, N=6, seed=0):
    """Inputs, targets that suit every loss, and a point away from relu's kinks."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(N, network.sizes[0]))
    Y = rng.uniform(0.1, 1, (N, network.sizes[-1]))
    if network.output == "softmax":
        Y /= Y.sum(1, keepdims=True)
    theta = network.initial(rng) + 0.2 * rng.normal(size=network.p)
    return X, Y, theta


@pytest.mark.parametrize("hidden", ELEMENTWISE)
@pytest.mark.parametrize(("output", "loss"), PAIRS)
def test_backpropagation_agrees_with_central_differences(hidden, output, loss):
    network = Network((3, 4, 2), hidden, output)
    X, Y, theta = sample(network)
    check = check_gradient(network.risk(X, Y, loss), theta, tolerance=1e-7)
    assert check.ok, check  # weights and biases alike


@given(
    st.lists(st.integers(1, 4), min_size=2, max_size=5),
    st.sampled_from(sorted(PAIRS)),
    st.integers(1, 5),
    st.integers(0, 99),
)
def test_backpropagation_for_any_depth_and_width(sizes, pair, N, seed):
    output, loss = pair
    network = Network(sizes, "tanh", "identity" if output == "relu" else output)
    X, Y, theta = sample(network, N, seed)
    risk = network.risk(X, Y, loss)
    assert check_gradient(risk, theta, tolerance=1e-6).ok
    assert risk.examples == N


def test_a_different_activation_for_each_hidden_layer():
    network = Network((2, 3, 4, 5, 1), ("sigmoid", "relu", "identity"))
    X, Y, theta = sample(network)
    assert check_gradient(network.risk(X, Y, "binary_cross_entropy"), theta).ok
    (W1, b1), (W2, b2), (W3, b3), (W4, b4) = network.unpack(theta)
    h = scipy.special.expit(X @ W1.T + b1)
    h = np.maximum(0, h @ W2.T + b2) @ W3.T + b3
    phi = scipy.special.expit(h @ W4.T + b4)
    np.testing.assert_allclose(network.forward(theta, X), phi, rtol=1e-12)


def test_the_table_has_exactly_the_pairs_that_make_sense():
    assert set(PAIRS) == {
        *((output, "half_squared_error") for output in ACTIVATIONS),
        ("sigmoid", "binary_cross_entropy"),
        ("softmax", "cross_entropy"),
    }
    for output, loss in set(itertools.product(ACTIVATIONS, LOSSES)) - set(PAIRS):
        network = Network((2, 2), output=output)
        with pytest.raises(ValueError, match=f"loss = '{loss}': must be one of"):
            network.risk(np.eye(2), np.eye(2), loss)


@pytest.mark.parametrize(
    ("output", "loss", "same"),
    [
        ("identity", "half_squared_error", losses.half_squared_error),
        ("softmax", "half_squared_error", losses.half_squared_error),
        ("sigmoid", "binary_cross_entropy", losses.binary_cross_entropy),
        ("softmax", "cross_entropy", losses.cross_entropy),
    ],
)
def test_the_risk_is_the_loss_of_the_output(output, loss, same):
    network = Network((3, 4, 3), output=output)
    X, Y, theta = sample(network)
    expected = same(Y, network.forward(theta, X))
    assert network.risk(X, Y, loss)(theta) == pytest.approx(expected, rel=1e-12)


@given(st.lists(st.integers(1, 3), max_size=3), st.sampled_from(sorted(PAIRS)))
def test_leading_axes_of_theta_broadcast(lead, pair):
    network = Network((2, 3, 2), output=pair[0])
    X, Y, _ = sample(network)
    theta = np.random.default_rng(1).normal(size=(*lead, network.p))
    each_point_alone(network.risk(X, Y, pair[1]), theta, atol=1e-14)
    phi = network.forward(theta, X)
    assert phi.shape == (*lead, 6, 2)
    assert network.forward(theta, X[0]).shape == (*lead, 2)
    alone = [network.forward(z, X) for z in theta.reshape(-1, network.p)]
    np.testing.assert_allclose(phi.reshape(-1, 6, 2), alone)


def test_unpack_gives_views_and_pack_is_its_inverse():
    network = Network((4, 5, 3, 2))
    assert network.p == 51 == 25 + 18 + 8
    theta = np.arange(51.0)
    layers = network.unpack(theta)
    assert [W.shape for W, _ in layers] == [(5, 4), (3, 5), (2, 3)]
    assert [b.shape for _, b in layers] == [(5,), (3,), (2,)]
    np.testing.assert_array_equal(network.pack(*zip(*layers, strict=True)), theta)
    layers[0][0][:] = -1
    layers[2][1][:] = -2
    assert (theta[:20] == -1).all() and (theta[-2:] == -2).all()
    stacked = network.unpack(np.zeros((7, 2, 51)))
    assert stacked[1][0].shape == (7, 2, 3, 5) and stacked[1][1].shape == (7, 2, 3)


def test_weights_are_where_the_matrices_are():
    network = Network((2, 3, 1))
    for W, b in network.unpack(network.is_weight):
        assert W.all() and not b.any()
    risk = network.risk(np.eye(2), [0, 1], "binary_cross_entropy")
    np.testing.assert_array_equal(risk.is_weight, network.is_weight)
    regularised = risk + 0.1 * l2.over(risk.is_weight)
    assert check_gradient(regularised, network.initial(np.random.default_rng(0))).ok


def test_initial_weights_have_variance_one_over_inputs_and_biases_are_zero():
    network = Network((50, 400, 20))
    theta = network.initial(np.random.default_rng(0))
    for W, b in network.unpack(theta):
        assert W.var() * W.shape[1] == pytest.approx(1, rel=0.05)
        assert (b == 0).all()
    again = network.initial(np.random.default_rng(0))
    np.testing.assert_array_equal(theta, again)


def test_without_hidden_layers_a_sigmoid_network_is_the_perceptron():
    rng = np.random.default_rng(0)
    X, y, theta = rng.normal(size=(9, 3)), np.arange(9) % 2, rng.normal(size=4)
    network, perceptron = Network((3, 1)), perceptron_risk(X, y)
    risk = network.risk(X, y, "binary_cross_entropy")
    assert risk(theta) == pytest.approx(perceptron(theta), rel=1e-12)
    np.testing.assert_allclose(
        risk.gradient(theta), perceptron.gradient(theta), rtol=1e-12
    )
    np.testing.assert_array_equal(risk.is_weight, perceptron.is_weight)


def test_a_mini_batch_is_a_smaller_sample():
    network = Network((3, 4, 2))
    X, Y, theta = sample(network)
    whole = network.risk(X, Y, "half_squared_error")
    part = network.risk(X[[4, 1]], Y[[4, 1]], "half_squared_error")
    assert whole.on([4, 1])(theta) == pytest.approx(part(theta), rel=1e-14)
    np.testing.assert_allclose(
        whole.on([4, 1]).gradient(theta), part.gradient(theta), atol=1e-15
    )


@pytest.mark.parametrize(("output", "loss"), PAIRS)
def test_trace_holds_the_gradient_of_the_example(output, loss):
    network = Network((3, 4, 5, 2), ("tanh", "sigmoid"), output)
    X, Y, theta = sample(network)
    trace = network.trace(theta, X[0], Y[0], loss)
    assert list(trace.a) == list(trace.d) == [1, 2, 3]
    assert list(trace.h) == [0, 1, 2]
    np.testing.assert_array_equal(trace.h[0], X[0])
    np.testing.assert_allclose(trace.h[1], np.tanh(trace.a[1]))
    np.testing.assert_allclose(trace.phi, network.forward(theta, X[0]), rtol=1e-12)
    one = network.risk(X[:1], Y[:1], loss)
    assert trace.loss == pytest.approx(one(theta), rel=1e-12)
    for k, (dW, db) in enumerate(network.unpack(one.gradient(theta)), start=1):
        np.testing.assert_allclose(np.outer(trace.d[k], trace.h[k - 1]), dW, atol=1e-14)
        np.testing.assert_allclose(trace.d[k], db, atol=1e-14)


@pytest.mark.parametrize(("output", "loss"), PAIRS)
@pytest.mark.parametrize("far", [1e3, 1e200, np.inf, np.nan])
def test_a_diverged_path_is_silent(output, loss, far):
    network = Network((3, 4, 2), ("relu",), output)
    X, Y, theta = sample(network)
    risk = network.risk(X, Y, loss)
    with silent():
        assert np.shape(risk(far * theta)) == ()
        assert risk.gradient(far * theta).shape == theta.shape
        assert network.forward(far * theta, X).shape == (6, 2)


def test_the_logarithm_of_a_probability_that_rounds_to_zero_is_kept():
    theta = np.array([-1000.0, 0.0])
    risk = Network((1, 1)).risk([[1.0]], [1], "binary_cross_entropy")
    assert risk(theta) == 1000
    network = Network((1, 2), output="softmax")
    risk = network.risk([[1.0]], [[1.0, 0.0]], "cross_entropy")
    assert risk([-1000.0, 0, 0, 0]) == 1000


def test_a_descent_leaves_theta_and_data_alone():
    X, y = moons(np.random.default_rng(0), 20)
    network = Network((2, 4, 1))
    theta = network.initial(np.random.default_rng(1))
    before = theta.copy(), X.copy()
    risk = network.risk(X, y, "binary_cross_entropy")
    path = descend(risk, theta, GradientDescent(0.5), steps=20)
    np.testing.assert_array_equal(theta, before[0])
    np.testing.assert_array_equal(X, before[1])
    assert risk(path[-1]) < risk(path[0])


network_22 = Network((2, 2))

test_bad_networks_are_named = refusals(
    (lambda: Network((2,)), "sizes"),
    (lambda: Network(5), "sizes"),
    (lambda: Network((2, 0, 1)), "sizes = 0: must be an integer from 1"),
    (lambda: Network((2, 2.5)), "sizes = 2.5"),
    (lambda: Network((2, 2, 1), "softmax"), "hidden = 'softmax': must be one of"),
    (lambda: Network((2, 2, 1), ("tanh", "tanh")), "must be 1 names"),
    (lambda: Network((2, 1), output="step"), "output = 'step'"),
    (lambda: network_22.initial(0), "rng = 0"),
    (lambda: network_22.pack([np.eye(2)], [[1, 2, 3]]), r"b1 has shape \(3,\)"),
    (lambda: network_22.pack([np.ones((3, 2))], [[1, 2]]), r"W1 .*\(2, 2\)"),
    (lambda: network_22.pack([], []), "Ws: 0, must be 1"),
    (lambda: network_22.unpack(np.zeros(5)), r"theta has shape \(5,\).*6"),
    (lambda: network_22.forward(np.zeros(6), [1, 2, 3]), r"X has shape \(3,\)"),
    (lambda: network_22.forward(np.zeros(6), [1, np.nan]), "X: must be finite"),
)


@pytest.mark.parametrize(
    ("X", "Y", "output", "loss", "says"),
    [
        (np.eye(2), np.eye(2), "sigmoid", "hinge", "loss = 'hinge'"),
        (np.eye(3), np.eye(2), "sigmoid", "half_squared_error", r"X has .*\(N, 2\)"),
        (np.eye(2), np.eye(3), "sigmoid", "half_squared_error", r"Y has .*\(2, 2\)"),
        (np.eye(2), [0, 1], "sigmoid", "half_squared_error", r"Y has shape \(2,\)"),
        (np.eye(2), 2 * np.eye(2), "sigmoid", "binary_cross_entropy", "Y = 2: must"),
        (np.eye(2), -np.eye(2), "sigmoid", "binary_cross_entropy", "Y = -1: must"),
        (np.eye(2), np.ones((2, 2)), "softmax", "cross_entropy", "add up to 1"),
        (np.eye(2), [[2, -1]] * 2, "softmax", "cross_entropy", "≥ 0"),
        (
            np.full((2, 2), np.inf),
            np.eye(2),
            "softmax",
            "cross_entropy",
            "X: must be fin",
        ),
        (np.eye(2), [[0, np.nan]] * 2, "softmax", "cross_entropy", "Y: must be fin"),
        (np.empty((0, 2)), np.empty((0, 2)), "softmax", "cross_entropy", "N ≥ 1"),
    ],
)
def test_bad_data_are_named(X, Y, output, loss, says):
    with pytest.raises(ValueError, match=says):
        Network((2, 2), output=output).risk(X, Y, loss)


six, squares = np.zeros(6), "half_squared_error"
risk_22 = network_22.risk(np.eye(2), np.eye(2), squares)

test_the_wrong_length_says_both_shapes = refusals(
    (lambda: risk_22(np.zeros(7)), r"theta has shape \(7,\): expected .*6"),
    (lambda: risk_22.gradient(np.zeros(7)), r"theta has shape \(7,\): expected .*6"),
    (lambda: network_22.trace(np.zeros(5), [1, 2], [0, 1], squares), "theta"),
    (lambda: network_22.trace(six, [1, 2, 3], [0, 1], squares), "x has shape"),
    (lambda: network_22.trace(six, [1, 2], [0, 1, 1], squares), "y has shape"),
)


def test_the_digits_classifier_is_right_on_more_than_95_percent_of_held_out():
    X, y = digits()
    X1, y1, X2, y2 = split(np.random.default_rng(0), X / 16, y)
    network = Network((64, 32, 10), output="softmax")
    risk = network.risk(X1, one_hot(y1), "cross_entropy")
    batches = mini_batches(len(X1), 32, np.random.default_rng(1))
    theta0 = network.initial(np.random.default_rng(2))
    walk = iterates(risk, theta0, Adam(0.005), batches)
    theta = next(itertools.islice(walk, 20 * len(batches), None))
    assert (network.forward(theta, X2).argmax(1) == y2).mean() > 0.95
