"""Lecture 07, backpropagation: exact facts, and slides 15–25 (E10–E18, E20, E24)."""

from math import log

import numpy as np
import pytest

from course_utils.activations import sigmoid, sigmoid_derivative, softmax
from course_utils.activations import tanh_derivative as dtanh
from course_utils.datasets import gate, one_hot
from course_utils.descent import descend
from course_utils.exercises import find
from course_utils.losses import binary_cross_entropy, cross_entropy, entropy
from course_utils.network import Network
from course_utils.optimizers import GradientDescent
from course_utils.perceptron import perceptron_risk
from support.close import central_differences


def agrees(found, value, W):
    """`found` is the derivative of value(W), of W's shape, by central differences."""
    assert np.shape(found) == W.shape
    flat = central_differences(lambda w: value(w.reshape(W.shape)), W.ravel())
    np.testing.assert_allclose(found, flat.reshape(W.shape), atol=1e-9)


# 7A. The network of slides 22–25. On the slides W is [in, out]; ours is its transpose.

U = np.array([[0.1, 0.3], [0.2, -0.4]])
W = np.array([[0.5, -0.6], [0.7, 0.8]])
x, y = np.array([1.0, 2.0]), np.array([1.0, 0.0])
example = Network((2, 2, 2), hidden="identity")
theta = example.pack([U.T, W.T], [np.zeros(2), np.zeros(2)])


def example_risk(U, W):
    return ((sigmoid(x @ U @ W) - y) ** 2).sum() / 2


def test_the_worked_example_to_eight_decimals():
    trace = example.trace(theta, x, y, "half_squared_error")

    def same(found, expected):
        np.testing.assert_allclose(found, expected, atol=5e-9)

    same(trace.h[1], (0.5, -0.5))
    same(trace.phi, (0.47502081, 0.33181223))
    same(trace.loss, 0.19285125)
    same(trace.d[2], (-0.13091723, 0.07356704))
    same(trace.d[1], (-0.10959884, -0.03278843))
    risk = example.risk([x], [y], "half_squared_error")
    (dU, _), (dW, _) = example.unpack(risk.gradient(theta))
    same(dW.T, [[-0.06545862, 0.03678352], [0.06545862, -0.03678352]])
    same(dU.T, [[-0.10959884, -0.03278843], [-0.21919768, -0.06557686]])
    step = theta - 0.5 * risk.gradient(theta) * example.is_weight  # biases stay 0
    same(example.forward(step, x), (0.53329876, 0.30560557))
    same(risk(step), 0.15560241)


def test_e20_the_hidden_delta_sums_the_deltas_of_every_output():
    d_out = example.trace(theta, x, y, "half_squared_error").d[2]

    def gradient(d1):
        return np.outer(x, d1)  # U_{i,j} ← U_{i,j} − η d₁(j) xᵢ

    agrees(gradient(W @ d_out), lambda U: example_risk(U, W), U)
    slide = W.sum(1) * d_out  # Σ_q W_{j,q} d_out(j)
    np.testing.assert_allclose(slide, (0.01309172, 0.11035056), atol=5e-9)
    with pytest.raises(AssertionError):
        agrees(gradient(slide), lambda U: example_risk(U, W), U)
    error = np.linalg.norm(gradient(slide) - gradient(W @ d_out))
    assert error > 0.3


# E10. The chain rule must end at the parameters.


class Counted:
    """A number that counts multiplications."""

    made = 0

    def __mul__(self, other):
        Counted.made += 1
        return self

    def __add__(self, other):
        return self


def multiplications(*factors: tuple[int, int], from_left: bool) -> int:
    """How many a product of matrices of these shapes takes, begun at one end."""
    Counted.made = 0
    chain = [np.full(shape, Counted(), object) for shape in factors]
    while len(chain) > 1:
        at = 0 if from_left else len(chain) - 2
        chain[at : at + 2] = [chain[at] @ chain[at + 1]]
    return Counted.made


def test_the_chain_from_the_loss_costs_what_the_pass_forward_costs():
    chain = (1, 2), (2, 3), (3, 5), (5, 4)
    forward = multiplications((2, 3), (3, 5), (5, 4), (4, 1), from_left=False)
    ends = [multiplications(*chain, from_left=left) for left in (True, False)]
    assert (forward, *ends) == find("7.1").right


def test_e10_the_product_of_slide_15_is_the_derivative_in_x():
    network = Network((4, 5, 3, 2))
    rng = np.random.default_rng(0)
    theta, x, y = network.initial(rng), rng.normal(size=4), rng.uniform(size=2)
    trace = network.trace(theta, x, y, "half_squared_error")
    layers = network.unpack(theta)
    product = trace.phi - y  # ∇_φ R, then the Jacobian of every layer down to x
    slopes = [dtanh(trace.a[1]), dtanh(trace.a[2]), sigmoid_derivative(trace.a[3])]
    for (W, _), slope in zip(layers[::-1], slopes[::-1], strict=True):
        product = (product * slope) @ W

    def loss_of_input(x):
        return network.risk([x], [y], "half_squared_error")(theta)

    agrees(product, loss_of_input, x)
    for k, (W, _) in enumerate(layers, start=1):

        def loss_of_weights(given, k=k):
            Ws, bs = (list(part) for part in zip(*layers, strict=True))
            Ws[k - 1] = given
            point = network.pack(Ws, bs)
            return network.risk([x], [y], "half_squared_error")(point)

        agrees(np.outer(trace.d[k], trace.h[k - 1]), loss_of_weights, W)
        with pytest.raises(AssertionError):
            agrees(product, loss_of_weights, W)


# E11–E13. One hidden layer with tanh, sigmoid outputs, ½SE (slides 16 and 17).


class TwoLayers:
    """The slide's network with H hidden units and m outputs, written by hand."""

    def __init__(self, H, m):
        rng = np.random.default_rng(0)
        self.x, self.y = rng.normal(size=3), rng.uniform(size=m)
        self.W1, self.W2 = rng.normal(size=(H, 3)), rng.normal(size=(m, H))
        self.a1 = self.W1 @ self.x
        self.h = np.tanh(self.a1)
        self.a2 = self.W2 @ self.h
        self.phi = sigmoid(self.a2)

    def risk(self, W1, W2):
        return ((sigmoid(W2 @ np.tanh(W1 @ self.x)) - self.y) ** 2).sum() / 2

    def output(self, sign):
        d = sign * (self.phi - self.y) * sigmoid_derivative(self.a2)
        return np.outer(d, self.h)

    def hidden(self, sign=1, W=None, a=None, sum_over_q=True):
        W, a = self.W2.T if W is None else W, self.a1 if a is None else a
        d = sign * (self.phi - self.y) * sigmoid_derivative(self.a2)
        back = W @ d if sum_over_q else np.diag(W) * d
        return np.outer(back * dtanh(a), self.x)


def test_e11_the_output_layer_of_slide_17_has_the_opposite_sign():
    net = TwoLayers(3, 3)
    agrees(net.output(+1), lambda W: net.risk(net.W1, W), net.W2)
    with pytest.raises(AssertionError):
        agrees(net.output(-1), lambda W: net.risk(net.W1, W), net.W2)
    np.testing.assert_array_equal(net.output(-1), -net.output(+1))


@pytest.mark.parametrize(
    ("sign", "transposed"), [(-1, False), (+1, False), (-1, True), (+1, True)]
)
def test_e12_the_hidden_layer_needs_both_the_sign_and_the_transpose(sign, transposed):
    net = TwoLayers(3, 3)
    found = net.hidden(sign, net.W2.T if transposed else net.W2)
    if (sign, transposed) == (+1, True):
        agrees(found, lambda W: net.risk(W, net.W2), net.W1)
    else:
        with pytest.raises(AssertionError):
            agrees(found, lambda W: net.risk(W, net.W2), net.W1)


def test_e12_with_other_sizes_the_sum_of_the_slide_has_no_meaning():
    net = TwoLayers(4, 2)
    agrees(net.hidden(), lambda W: net.risk(W, net.W2), net.W1)
    with pytest.raises(ValueError, match="mismatch|align"):
        net.hidden(-1, net.W2)


def test_e13_the_second_bracket_is_of_layer_1_and_the_first_is_a_sum():
    net = TwoLayers(3, 3)
    agrees(net.hidden(), lambda W: net.risk(W, net.W2), net.W1)
    for slide in (net.hidden(a=net.a2), net.hidden(sum_over_q=False)):
        with pytest.raises(AssertionError):
            agrees(slide, lambda W: net.risk(W, net.W2), net.W1)


# E14. d_out of an output that mixes its inputs (slide 19).


@pytest.mark.parametrize("loss", ["cross_entropy", "half_squared_error"])
def test_e14_softmax_needs_the_sum_over_the_outputs(loss):
    a, y = np.array([0.3, -1.0, 0.8]), np.array([0.0, 1.0, 0.0])
    phi = softmax(a)

    def value(a):
        if loss == "cross_entropy":
            return cross_entropy(y, softmax(a))
        return ((softmax(a) - y) ** 2).sum() / 2

    slope = -y / phi if loss == "cross_entropy" else phi - y  # ∂R/∂φ
    jacobian = np.diag(phi) - np.outer(phi, phi)
    agrees(jacobian.T @ slope, value, a)
    single_term = slope * phi * (1 - phi)
    with pytest.raises(AssertionError):
        agrees(single_term, value, a)
    network = Network((3, 3), output="softmax")
    point = network.pack([np.zeros((3, 3))], [a])
    agrees(network.trace(point, np.zeros(3), y, loss).d[1], value, a)
    if loss == "cross_entropy":
        np.testing.assert_allclose(single_term, -y * (1 - phi))  # 0 at wrong classes
        np.testing.assert_allclose(jacobian.T @ slope, phi - y, atol=1e-15)


def test_e14_for_an_elementwise_output_one_term_is_enough():
    a, y = np.array([0.3, -1.0]), np.array([0.0, 1.0])
    phi = sigmoid(a)
    single_term = (phi - y) * phi * (1 - phi)
    agrees(single_term, lambda a: ((sigmoid(a) - y) ** 2).sum() / 2, a)


# E15–E17. The recursion of slides 20 and 21.

deep = Network((4, 5, 3, 2))


def deep_example(network=deep, seed=0):
    rng = np.random.default_rng(seed)
    theta = network.initial(rng) + 0.1 * rng.normal(size=network.p)
    x, y = rng.normal(size=network.sizes[0]), rng.uniform(size=network.sizes[-1])
    return theta, x, y, network.trace(theta, x, y, "half_squared_error")


def test_e15_the_first_line_of_slide_20_has_no_risk_in_it():
    theta, x, y, trace = deep_example()
    (W1, b1), (W2, b2), (W3, b3) = deep.unpack(theta)

    def value(a1):
        phi = sigmoid(W3 @ np.tanh(W2 @ np.tanh(a1) + b2) + b3)
        return ((phi - y) ** 2).sum() / 2

    of_h1 = W2.T @ trace.d[2]  # ∂R/∂h⁽¹⁾
    agrees(of_h1 * dtanh(trace.a[1]), value, trace.a[1])
    agrees(trace.d[1], value, trace.a[1])
    # ∂h⁽²⁾/∂h⁽¹⁾ ∂h⁽¹⁾/∂a⁽¹⁾ is a matrix with a column for each j, not a number.
    slide = dtanh(trace.a[2])[:, None] * W2 * dtanh(trace.a[1])
    assert slide.shape == (3, 5)
    for d1 in (slide, slide.sum(0)):
        with pytest.raises(AssertionError):
            agrees(d1, value, trace.a[1])


def layers_that_have_a_gradient(trace, ks):
    """∂R/∂W⁽ᵏ⁾ = d⁽ᵏ⁾ h⁽ᵏ⁻¹⁾ᵀ exists for each of these k."""
    for k in ks:
        assert k in trace.d and k - 1 in trace.h


def test_e16_the_recursion_begins_at_layer_1():
    *_, trace = deep_example()
    K = len(deep.hidden)
    layers_that_have_a_gradient(trace, range(1, K + 1))
    with pytest.raises(AssertionError):  # W⁽⁰⁾ and h⁽⁻¹⁾ do not exist
        layers_that_have_a_gradient(trace, range(K + 1))


def hidden_gradient(d, h, W):
    found = np.outer(d, h)
    assert found.shape == W.shape
    return found


def test_e17_the_hidden_update_of_slide_21_takes_the_delta_of_the_next_layer():
    theta, x, y, trace = deep_example()
    W1 = deep.unpack(theta)[0][0]
    hidden_gradient(trace.d[1], trace.h[0], W1)
    with pytest.raises(AssertionError):
        hidden_gradient(trace.d[2], trace.h[0], W1)


def cosines(shift):
    """Between dₖ₊ₛₕᵢfₜ hₖ₋₁ᵀ, layers of equal sizes, and the gradient: 300 networks."""
    square, found = Network((4, 4, 4, 4)), []
    for seed in range(300):
        theta, x, y, trace = deep_example(square, seed)
        gradient = square.risk([x], [y], "half_squared_error").gradient(theta)
        for k, (dW, _) in list(enumerate(square.unpack(gradient), start=1))[:-1]:
            used = np.outer(trace.d[k + shift], trace.h[k - 1])
            norms = np.linalg.norm(used) * np.linalg.norm(dW)
            found.append((used * dW).sum() / norms)
    return np.array(found)


def follows_the_gradient(cosines):
    np.testing.assert_allclose(cosines, 1, atol=1e-9)


def test_e17_with_equal_sizes_its_direction_has_nothing_to_do_with_the_gradient():
    follows_the_gradient(cosines(0))
    slide = cosines(1)
    with pytest.raises(AssertionError):
        follows_the_gradient(slide)
    assert abs(slide.mean()) < 0.1
    assert 0.4 < (slide < 0).mean() < 0.6


def test_e17_the_whole_step_keeps_something_of_the_gradient():
    """The output layer uses its own delta; yet one step in five goes uphill."""
    square, found = Network((4, 4, 4, 4)), []
    for seed in range(1000):
        _, _, _, trace = deep_example(square, seed)
        used, right = (
            np.ravel([np.outer(trace.d[k], trace.h[j]) for j, k in enumerate(layers)])
            for layers in ((2, 3, 3), (1, 2, 3))
        )
        found.append(used @ right / np.linalg.norm(used) / np.linalg.norm(right))
    assert 0.2 < np.mean(found) < 0.35
    assert 0.1 < np.mean(np.array(found) < 0) < 0.3


def test_n15_a_late_delta_is_wrong_by_an_amount_proportional_to_eta():
    """The hidden layer is linear: d′ − d = −η ‖d_out‖² h."""
    trace = example.trace(theta, x, y, "half_squared_error")
    for eta, change in ((0.5, 0.0697), (0.25, 0.0348), (0.1, 0.0139), (0.01, 0.0014)):
        late = (W.T - eta * np.outer(trace.d[2], trace.h[1])).T @ trace.d[2]
        exact = trace.d[1] - eta * (trace.d[2] @ trace.d[2]) * trace.h[1]
        np.testing.assert_allclose(late, exact, atol=1e-15)
        size = np.linalg.norm(late - trace.d[1]) / np.linalg.norm(trace.d[1])
        assert size == pytest.approx(change, abs=5e-5)


def test_n15_every_delta_comes_from_the_old_weights():
    theta, x, y, trace = deep_example()
    (_, _), (W2, _), (W3, b3) = deep.unpack(theta.copy())
    risk = deep.risk([x], [y], "half_squared_error")
    new_W3 = W3 - 0.5 * np.outer(trace.d[3], trace.h[2])
    d2 = dtanh(trace.a[2]) * (new_W3.T @ trace.d[3])
    _, (dW2, _), _ = deep.unpack(risk.gradient(theta))
    np.testing.assert_allclose(np.outer(trace.d[2], trace.h[1]), dW2, atol=1e-15)
    assert np.abs(np.outer(d2, trace.h[1]) - dW2).max() > 1e-4


# E18. When to stop.


def stops(risk, theta0, done, steps=3000):
    path = descend(risk, theta0, GradientDescent(1.0), steps=steps)
    assert any(done(risk, theta) for theta in path)
    return path


def test_e18_the_error_need_not_reach_zero():
    X, y = np.zeros((10, 1)), np.array([1] * 3 + [0] * 7)  # labels that contradict
    risk = perceptron_risk(X, y)
    path = stops(risk, np.zeros(2), lambda R, t: np.linalg.norm(R.gradient(t)) < 1e-12)
    least = risk(path[-1])
    assert least == pytest.approx(0.610864, abs=1e-6)
    assert least == pytest.approx(entropy([0.3, 0.7]), abs=1e-12)
    with pytest.raises(AssertionError):
        stops(risk, np.zeros(2), lambda R, t: R(t) == 0)


@pytest.mark.parametrize(("x", "C"), [(1, 1), (2, 1 / 4), (0.5, 4)])
def test_e18_nor_on_separable_data(x, C):
    """R decays like C/(ηt), and C depends on the data: 1/x² for two points ±x."""
    risk = perceptron_risk([[x], [-x]], [1, 0])
    path = stops(risk, np.zeros(2), lambda R, t: np.linalg.norm(R.gradient(t)) < 1e-3)
    assert risk(path[-1]) * 3000 == pytest.approx(C, rel=0.02)
    with pytest.raises(AssertionError):
        stops(risk, np.zeros(2), lambda R, t: R(t) == 0)


# E24. The bias has a gradient, and it matters.


def bias_gradient(network, theta, x, y, found):
    risk = network.risk([x], [y], "half_squared_error")
    for k, (_, b) in enumerate(network.unpack(theta), start=1):

        def value(given, k=k):
            moved = theta.copy()
            network.unpack(moved)[k - 1][1][:] = given
            return risk(moved)

        agrees(found(k, b), value, b)


def test_e24_the_gradient_of_a_bias_is_its_delta():
    theta, x, y, trace = deep_example()
    bias_gradient(deep, theta, x, y, lambda k, b: trace.d[k])
    with pytest.raises(AssertionError):  # the slides never move it
        bias_gradient(deep, theta, x, y, lambda k, b: np.zeros_like(b))


def test_e24_without_biases_xor_is_impossible():
    X, y = gate("XOR")
    network = Network((2, 4, 1))
    risk = network.risk(X, y, "binary_cross_entropy")
    theta0 = [network.initial(np.random.default_rng(seed)) for seed in range(20)]
    free = descend(risk, theta0, GradientDescent(1.0), steps=1500)[-1]
    theta = np.array(theta0)
    for _ in range(1500):
        theta = theta - risk.gradient(theta) * network.is_weight
    np.testing.assert_array_equal(network.forward(theta, X)[:, 0, 0], 0.5)  # f(0, 0)
    assert (risk(theta) >= log(2) / 4).all()
    assert risk(free).min() < 0.05


# 7B–7F.


def test_the_error_of_differences_falls_as_h_squared_and_rises_as_one_over_h():
    theta, x, y, _ = deep_example()
    risk = deep.risk([x], [y], "half_squared_error")
    exact = risk.gradient(theta)

    def error(h, forward=False):
        steps = np.eye(len(theta)) * h
        back = risk(theta) if forward else risk(theta - steps)
        slope = (risk(theta + steps) - back) / (h if forward else 2 * h)
        return np.abs(slope - exact).max()

    assert error(1e-2) / error(1e-3) == pytest.approx(100, rel=0.05)
    assert error(1e-5) < 1e-9 < 1e-6 < error(1e-12)
    assert error(1e-8, forward=True) > 10 * error(1e-5)


@pytest.mark.parametrize(("name", "product"), [("sigmoid", 3.48e-7), ("tanh", 0.2228)])
def test_the_gradient_vanishes_along_a_chain(name, product):
    K = 10
    network = Network((1,) * (K + 1) + (1,), name, "identity")
    theta = network.pack([[[1.0]]] * (K + 1), [[0.0]] * (K + 1))
    trace = network.trace(theta, [0.5], 0.0, "half_squared_error")
    ratio = trace.d[1][0] / trace.d[K + 1][0]
    assert ratio == pytest.approx(product, rel=2e-3)
    if name == "sigmoid":
        assert ratio <= 4.0**-K


def log_ratio(hidden, gain):
    """Mean log₁₀ ‖d₁‖/‖d₁₀‖ over random networks of ten layers of 50 units."""
    network = Network((50,) * 11 + (1,), hidden, "identity")
    found = []
    for seed in range(5):
        rng = np.random.default_rng(seed)
        theta = network.initial(rng) * gain
        trace = network.trace(theta, rng.normal(size=50), 1.0, "half_squared_error")
        found.append(np.linalg.norm(trace.d[1]) / np.linalg.norm(trace.d[10]))
    return np.log10(found).mean()


def test_initial_weights_decide_how_fast_it_vanishes():
    assert log_ratio("sigmoid", 1) < -5 < log_ratio("sigmoid", 4) < -1
    assert log_ratio("tanh", 1) > -1
    assert abs(log_ratio("relu", np.sqrt(2))) < 0.5
    assert abs(log_ratio("identity", 1)) < 0.5


@pytest.mark.parametrize(("name", "moves"), [("XOR", 0), ("AND", 1 / 4)])
def test_at_zero_only_the_bias_of_the_output_may_move(name, moves):
    """By the mean of φ − y: ½ less the share of ones."""
    network = Network((2, 4, 1))
    risk = network.risk(*gate(name), "binary_cross_entropy")
    *others, b2 = risk.gradient(np.zeros(network.p))
    assert not np.any(others) and b2 == moves


def test_a_layer_multiplies_the_square_of_a_delta_by_c_times_the_mean_square_slope():
    """ReLU: half of the units are on, hence c = 2. He et al. (2015)."""

    def factor(hidden, c):
        network, found = Network((50, 50, 50, 1), hidden, "identity"), []
        for seed in range(300):
            rng = np.random.default_rng(seed)
            theta = np.sqrt(c) * network.initial(rng)
            trace = network.trace(theta, rng.normal(size=50), 1, "half_squared_error")
            found.append(np.sum(trace.d[1] ** 2) / np.sum(trace.d[2] ** 2))
        return np.mean(found)

    assert factor("relu", 2) == pytest.approx(1, rel=0.05)
    assert factor("relu", 1) == pytest.approx(1 / 2, rel=0.05)
    assert factor("identity", 1) == pytest.approx(1, rel=0.05)
    assert factor("sigmoid", 16) < 0.5, "σ′ = ¼ everywhere would give 1"


def test_equal_weights_stay_equal_and_zeros_do_not_move():
    X, y = gate("XOR")
    network = Network((2, 3, 1))
    risk = network.risk(X, one_hot(y)[:, 1], "binary_cross_entropy")
    assert not risk.gradient(np.zeros(network.p)).any()
    theta = network.pack([np.full((3, 2), 0.5), np.full((1, 3), 0.5)], [[0.1] * 3, [0]])
    for point in descend(risk, theta, GradientDescent(0.5), steps=500)[[1, 10, 500]]:
        (W, b), (V, _) = network.unpack(point)
        assert np.ptp(W, axis=0).max() == np.ptp(b) == np.ptp(V) == 0.0


def test_xor_is_solved_by_four_hidden_units_and_more_often_than_by_two():
    X, y = gate("XOR")

    def solved(H, seeds):
        network = Network((2, H, 1))
        risk = network.risk(X, y, "binary_cross_entropy")
        theta0 = [network.initial(np.random.default_rng(seed)) for seed in seeds]
        theta = descend(risk, theta0, GradientDescent(1.0), steps=3000)[-1]
        phi = network.forward(theta, X)[..., 0]
        return np.where(y, phi > 0.5 + 1e-6, phi < 0.5 - 1e-6).all(1)

    assert solved(4, range(1)).all()  # a fixed seed
    assert solved(2, range(30)).mean() < solved(4, range(30)).mean()
    assert solved(8, range(30)).mean() > 0.9


def test_linear_hidden_layers_collapse_into_one_of_low_rank():
    rng = np.random.default_rng(0)
    network, one = Network((4, 2, 3), hidden="identity"), Network((4, 3))
    theta, X = rng.normal(size=network.p), rng.normal(size=(6, 4))
    (U, b), (W, c) = network.unpack(theta)
    product = one.pack([W @ U], [W @ b + c])
    np.testing.assert_allclose(
        network.forward(theta, X), one.forward(product, X), atol=1e-14
    )
    assert np.linalg.matrix_rank(W @ U) == 2


def test_tanh_is_the_sigmoid_with_four_times_the_slope():
    assert dtanh(0.0) == 1 == 4 * sigmoid_derivative(0.0)
    assert binary_cross_entropy([1], [sigmoid(0.0)]) == pytest.approx(log(2))
