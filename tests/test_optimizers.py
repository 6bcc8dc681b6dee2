"""The update rules, against their papers in fifty decimal digits."""

import copy
from decimal import Decimal, localcontext

import numpy as np
import pytest
import scipy.optimize
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course_utils import (
    Adagrad,
    Adam,
    AdamW,
    AMSGrad,
    GradientDescent,
    Proximal,
    Risk,
    descend,
    parabola,
    quadratic,
)
from support.close import silent
from support.good_calls import OPTIMIZERS
from support.refusals import refusals

makers = {
    "GradientDescent": GradientDescent,
    "Adagrad": Adagrad,
    "Adam": Adam,
    "AMSGrad": AMSGrad,
    "AdamW": lambda eta: AdamW(eta, weight_decay=0.1),
    "Proximal": lambda eta: Proximal(Adam(eta), lambda theta: np.clip(theta, -9, 9)),
}
every_rule = pytest.mark.parametrize("make", makers.values(), ids=makers.keys())
ADAPTIVE = [Adagrad, Adam, AMSGrad, lambda *a, **k: AdamW(*a, **k, weight_decay=0)]


def paper(rule, gradients, eta, beta1, beta2, epsilon, decay=0.0, theta=1.0):
    """The orbit of one coordinate in decimals, from the formulas of the papers."""
    with localcontext() as context:
        context.prec = 50
        eta, beta1, beta2, epsilon, decay, theta = (
            Decimal(x) for x in (eta, beta1, beta2, epsilon, decay, theta)
        )
        total = first = second = largest = Decimal(0)
        orbit = []
        for t, g in enumerate(map(Decimal, gradients), start=1):
            total += g * g
            first = beta1 * first + (1 - beta1) * g
            second = beta2 * second + (1 - beta2) * g * g
            largest = max(largest, second)
            unbiased = first / (1 - beta1**t)
            unbiased /= (second / (1 - beta2**t)).sqrt() + epsilon
            direction = {
                "GradientDescent": g,
                "Adagrad": g / (total.sqrt() + epsilon),
                "Adam": unbiased,
                "AdamW": unbiased,
                "AMSGrad": first / (largest.sqrt() + epsilon),
            }
            theta -= eta * decay * theta
            theta -= eta * direction[rule]
            orbit.append(float(theta))
    return orbit


@pytest.mark.parametrize("eta, beta1, beta2", [(0.1, 0.9, 0.999), (0.5, 0.0, 0.3)])
@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e5])
def test_orbits_are_those_of_the_papers(eta, beta1, beta2, scale):
    gradients = scale * np.random.default_rng(0).normal(size=300)
    own = {"beta1": beta1, "beta2": beta2, "weight_decay": 0.2}
    for name, (kind, settings) in OPTIMIZERS.items():
        optimizer = kind(eta, **settings | {k: own[k] for k in own if k in settings})
        theta, orbit = np.array([1.0]), []
        for g in gradients:
            theta = optimizer.step(theta, np.array([g]))
            orbit.append(theta[0])
        decay = 0.2 if name == "AdamW" else 0.0
        expected = paper(name, gradients, eta, beta1, beta2, 1e-8, decay)
        np.testing.assert_allclose(orbit, expected, rtol=1e-13, atol=1e-10)


@every_rule
@given(
    theta=hnp.arrays(float, (3, 2), elements=st.floats(-5, 5)),
    seed=st.integers(0, 99),
)
def test_everything_is_elementwise(make, theta, seed):
    """A block of points moves as its coordinates move alone."""
    gradients = np.random.default_rng(seed).normal(size=(4, 3, 2))
    block, alone = make(0.1), [make(0.1) for _ in range(6)]
    points = list(theta.ravel())
    for g in gradients:
        theta = block.step(theta, g)
        points = [
            one.step(x, dx) for one, x, dx in zip(alone, points, g.ravel(), strict=True)
        ]
    np.testing.assert_allclose(theta.ravel(), points, rtol=1e-12, atol=1e-14)


@every_rule
def test_eta_is_a_number_an_array_or_a_schedule(make):
    start = np.array([1.0, -2.0])
    etas = np.array([[0.01], [0.1], [0.3]])
    sweep = descend(parabola, start, make(etas), steps=5)
    assert sweep.shape == (6, 3, 2)
    for i, eta in enumerate([0.01, 0.1, 0.3]):
        alone = descend(parabola, start, make(eta), steps=5)
        np.testing.assert_allclose(sweep[:, i], alone, atol=1e-15)
        constant = descend(parabola, start, make(lambda t, eta=eta: eta), steps=5)
        np.testing.assert_array_equal(constant, alone)


@every_rule
def test_a_schedule_sees_t_from_one(make):
    seen = []

    def eta(t):
        seen.append(t)
        return 0.1 / t

    optimizer = make(eta)
    theta = np.array([1.0])
    for _ in range(4):
        theta = optimizer.step(theta, theta)
    assert sorted(set(seen)) == [1, 2, 3, 4]
    assert seen == sorted(seen)


@every_rule
def test_state_is_rebound_and_arguments_are_left_alone(make):
    optimizer = make(0.1)
    theta, gradient = np.array([1.0, 2.0]), np.array([3.0, -4.0])
    optimizer.step(theta, gradient)
    earlier = copy.copy(optimizer)  # shares the arrays of the state
    before = copy.deepcopy(vars(earlier))
    optimizer.step(theta, gradient)
    for name, value in before.items():
        if not callable(value) and name != "optimizer":
            np.testing.assert_array_equal(vars(earlier)[name], value)
    assert theta.tolist() == [1, 2] and gradient.tolist() == [3, -4]


@every_rule
def test_diverged_points_are_stepped_silently(make):
    optimizer = make(0.1)
    far = np.array([np.inf, -np.inf, np.nan, 1e308, 0.0])
    with silent():
        for _ in range(3):
            optimizer.step(far, far)
            optimizer.step(far, -1e308 * np.ones(5))


@every_rule
def test_lists_are_points(make):
    assert np.shape(make(0.1).step([1.0, 2.0], [3.0, 4.0])) == (2,)


@pytest.mark.parametrize("make", ADAPTIVE)
def test_a_zero_gradient_stays_put_even_with_the_tiniest_epsilon(make):
    optimizer = make(0.1, epsilon=np.finfo(float).tiny)
    theta = np.array([1.0, 2.0])
    for _ in range(3):
        theta = optimizer.step(theta, np.zeros(2))
    assert theta.tolist() == [1, 2]


@pytest.mark.parametrize("make", [Adam, AMSGrad])
@pytest.mark.parametrize(
    "bad, message",
    [
        ({"beta1": 1}, r"beta1 = 1.0: must be in \[0, 1\)"),
        ({"beta2": 1.0}, r"beta2 = 1.0: must be in \[0, 1\)"),
        ({"beta1": -0.1}, "beta1 = -0.1"),
        ({"beta2": np.nan}, "beta2: must be finite"),
        ({"epsilon": 0}, r"epsilon = 0.0: must be in \(0, inf\)"),
        ({"epsilon": -1e-8}, "epsilon = -1e-08"),
    ],
)
def test_bad_hyperparameters(make, bad, message):
    """E9: the interval [0, 1] of slide 14 holds β = 1, where Adam divides by 0."""
    for eta in (0.1, lambda t: 0.1):
        with pytest.raises(ValueError, match=message):
            make(eta, **bad)
    with pytest.raises(ValueError, match=message):
        AdamW(0.1, **bad, weight_decay=0.1)


def test_beta_one_would_divide_by_zero():
    """E9: why: with β = 1 the average never moves, and 1 − βᵗ = 0."""
    adam = Adam(0.1)
    adam.beta2 = 1.0
    assert np.isnan(adam.step(np.array([1.0]), np.array([1.0]))).all()


@every_rule
@pytest.mark.parametrize("eta", [np.nan, np.inf, [0.1, np.nan], "fast", None])
def test_bad_eta(make, eta):
    with pytest.raises(ValueError, match="eta"):
        make(eta)


test_bad_adagrad_and_decay = refusals(
    (lambda: Adagrad(0.1, epsilon=0), "epsilon = 0.0"),
    (lambda: AdamW(0.1, weight_decay=-1), "weight_decay = -1.0"),
)


# Weight decay (slide 28, E22)


def test_weight_decay_is_a_penalty_for_gradient_descent_only():
    """First step from θ = 1, η = 0.1, 2γ = λ = 0.2, for gradients of any size."""
    gamma = 0.1
    for g in (1e-3, 1.0, 1e3):
        slope = np.array([g])
        flat = Risk(lambda theta, g=slope: theta @ g, lambda theta, g=slope: g)
        penalised = flat + gamma * parabola
        for make in (Adam, Adagrad):
            (_, theta) = descend(penalised, [1.0], make(0.1), steps=1)
            np.testing.assert_allclose(theta, 0.9, atol=1e-5)  # γ is invisible
        decayed = AdamW(0.1, weight_decay=2 * gamma)
        (_, theta) = descend(flat, [1.0], decayed, steps=1)
        np.testing.assert_allclose(theta, 0.88, atol=1e-5)
        (_, theta) = descend(penalised, [1.0], GradientDescent(0.1), steps=1)
        np.testing.assert_allclose(theta, (1 - 2 * 0.1 * gamma) * 1 - 0.1 * g)


def test_adamw_without_decay_is_adam():
    adam = descend(parabola, [1.0, -3.0], Adam(0.1), steps=50)
    adamw = descend(parabola, [1.0, -3.0], AdamW(0.1, weight_decay=0), steps=50)
    np.testing.assert_array_equal(adam, adamw)


A = np.array([[2.0, 0.6], [0.6, 1.0]])
MINIMUM = np.array([0.8, -1.4])
bowl = quadratic(A)
shifted = Risk(
    lambda theta: bowl(theta - MINIMUM), lambda theta: bowl.gradient(theta - MINIMUM)
)


def shrinking(t):
    return 0.2 / t**0.6


def test_fixed_points_of_adam_with_a_penalty_and_of_adamw():
    gamma = 0.1
    ridge = np.linalg.solve(A + 2 * gamma * np.eye(2), A @ MINIMUM)
    penalised = descend(
        shifted + gamma * parabola, [0.0, 0.0], Adam(shrinking), steps=3000
    )
    decayed = descend(
        shifted, [0.0, 0.0], AdamW(shrinking, weight_decay=2 * gamma), steps=3000
    )
    np.testing.assert_allclose(penalised[-1], ridge, atol=1e-3)
    np.testing.assert_allclose(decayed[-1], MINIMUM, atol=1e-2)
    assert np.linalg.norm(ridge - MINIMUM) > 0.1


@pytest.mark.parametrize("decay", [1.0, 2.0])
def test_adamw_minimises_over_a_box(decay):
    """Deterministic AdamW tends to the minimiser of R on |θᵢ| ≤ 1/λ.

    (β₂ = 0.99: a long memory of the first, large gradients slows the approach.)
    """
    box = scipy.optimize.minimize(
        shifted, [0, 0], jac=shifted.gradient, bounds=[(-1 / decay, 1 / decay)] * 2
    )
    path = descend(
        shifted,
        [0.0, 0.0],
        AdamW(shrinking, beta2=0.99, weight_decay=decay),
        steps=4000,
    )
    np.testing.assert_allclose(path[-1], box.x, atol=0.02)


# Proximal


def test_prox_comes_after_the_step():
    box = Proximal(GradientDescent(1.0), lambda theta: np.clip(theta, -1, 1))
    assert box.step(np.array([0.5, 0.0]), np.array([3.0, -0.2])).tolist() == [-1, 0.2]


@given(
    hnp.arrays(float, 3, elements=st.floats(-2, 2)),
    st.just(0.0) | st.floats(0.01, 1),  # a threshold that rounding does not swallow
    st.floats(0.1, 1),
)
def test_soft_thresholding_finds_the_lasso_exactly(c, gamma, eta):
    """½(θ − c)² + γ|θ| is least at sign(c) max(|c| − γ, 0), exact zeros included."""
    risk = Risk(lambda theta: ((theta - c) ** 2).sum(-1) / 2, lambda theta: theta - c)

    def soft(theta):
        return np.sign(theta) * np.maximum(np.abs(theta) - eta * gamma, 0)

    path = descend(risk, np.ones(3), Proximal(GradientDescent(eta), soft), steps=400)
    lasso = np.sign(c) * np.maximum(np.abs(c) - gamma, 0)
    np.testing.assert_allclose(path[-1], lasso, atol=1e-10)
    assert np.all(path[-1][np.abs(c) < 0.9 * gamma] == 0)
