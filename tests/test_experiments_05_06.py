"""What lectures 05 and 06 claim: batches, and Adagrad and Adam.

Slides 12–14, errata E7, E8, E9 and E26, note N12.
"""

from fractions import Fraction
from itertools import combinations, permutations, product
from math import ceil, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_utils import (
    Adagrad,
    Adam,
    AMSGrad,
    EmpiricalRisk,
    GradientDescent,
    Proximal,
    Risk,
    absolute_value,
    descend,
    full_batch,
    mini_batches,
    parabola,
    stochastic,
)
from course_utils.exercises import find

TINY = np.finfo(float).tiny  # stands for ε = 0


def distances(X, curvature=1.0):
    """(λ/2)(θ − ξ)², the mean over the examples ξ."""
    return EmpiricalRisk(
        lambda theta, xi: curvature * np.mean((theta - xi) ** 2, -1) / 2,
        lambda theta, xi: curvature * (theta - xi.mean()),
        X,
    )


def constant_slope(g):
    """A risk whose gradient is g everywhere."""
    g = np.asarray(g, float)
    return Risk(lambda theta: (g * theta).sum(-1), lambda theta: g + 0 * theta)


# 5A: who updates when (E7)


def updates_per_epoch(batches):
    """Updates that the loop makes while it reads one epoch, and no more."""
    once = iter(list(batches))
    risk = distances(np.arange(12.0))
    updates = 0
    while True:
        try:
            descend(risk, [0.0], GradientDescent(0.1), once, steps=1)
        except ValueError:
            return updates
        updates += 1


def rng():
    return np.random.default_rng(1)


@pytest.mark.parametrize("n", range(1, 13))
def test_updates_per_epoch(n):
    for batches, expected in [
        (full_batch(12), 1),
        (stochastic(12, rng()), 12),
        (mini_batches(12, n, rng()), ceil(12 / n)),
    ]:
        assert updates_per_epoch(batches) == len(batches) == expected


EXAMPLES = np.array([1.0, -2.0, 5.0, 0.5])


def check_it_is_batch_gd(epoch):
    """One update with the gradient of the whole, whatever the order of the examples."""
    ends = set()
    for order in permutations(EXAMPLES):
        risk = distances(order)
        batches = epoch(len(order))
        path = descend(risk, [3.0], GradientDescent(0.3), batches, steps=len(batches))
        assert len(path) == 2
        ends.add(round(float(path[-1, 0]), 12))
    assert ends == {round(3.0 - 0.3 * (3.0 - EXAMPLES.mean()), 12)}


def test_e7_batch_gd_is_one_update_with_everything():
    """The sentence of slide 12, each example in random order, describes SGD."""
    check_it_is_batch_gd(full_batch)
    with pytest.raises(AssertionError):
        check_it_is_batch_gd(lambda N: stochastic(N, rng()))


def test_e7_the_end_of_an_sgd_epoch_depends_on_the_order():
    risk, gd = distances(EXAMPLES), GradientDescent(0.3)
    ends = {
        float(descend(risk, [3.0], gd, [[i] for i in order], steps=4)[-1, 0])
        for order in permutations(range(4))
    }
    assert len(ends) == 24


# 5B: the mini-batch gradient is unbiased, and how it varies


def plane():
    r = np.random.default_rng(2)
    X, y = r.normal(size=(12, 3)), r.normal(size=12)
    return EmpiricalRisk(
        lambda theta, X, y: np.mean((X @ theta - y) ** 2, -1) / 2,
        lambda theta, X, y: (X @ theta - y) @ X / len(y),
        X,
        y,
    )


def all_gradients(risk, theta, n):
    """The gradient on every batch of n different examples."""
    return np.array(
        [risk.on(b).gradient(theta) for b in combinations(range(risk.examples), n)]
    )


@pytest.mark.parametrize("n", [1, 2, 3, 4, 6, 12])
def test_mini_batch_gradients(n):
    """Mean ∇R, covariance (Σ/n)(N − n)/(N − 1): all the batches enumerated."""
    risk, theta, N = plane(), np.array([0.5, -1.0, 2.0]), 12
    gradients = all_gradients(risk, theta, n)
    sigma = np.cov(all_gradients(risk, theta, 1).T, bias=True)
    np.testing.assert_allclose(gradients.mean(0), risk.gradient(theta), atol=1e-12)
    expected = sigma / n * (N - n) / (N - 1)
    covariance = (gradients - gradients.mean(0)).T @ (gradients - gradients.mean(0))
    np.testing.assert_allclose(covariance / len(gradients), expected, atol=1e-12)


def test_the_traces_of_the_covariance():
    """2.658 for one example of twelve; then 1.208, .725, .483, .242."""
    traces = [2.658 / n * (12 - n) / 11 for n in (1, 2, 3, 4, 6)]
    np.testing.assert_allclose(traces, [2.658, 1.208, 0.725, 0.483, 0.242], atol=6e-4)


# 5C: the noise ball


def ball(eta, lam, s2, n):
    """Stationary variance of SGD on (λ/2)(θ − ξ)², Var ξ = s²."""
    return eta * lam * s2 / (n * (2 - eta * lam))


positive = st.integers(1, 40).map(lambda k: Fraction(k, 20))


@given(positive, positive, positive, st.integers(1, 100))
def test_the_ball_is_the_fixed_point_of_the_variance(eta, lam, s2, n):
    """v ← (1 − ηλ)² v + (ηλ)² s²/n, for ηλ < 2."""
    if eta * lam < 2:
        v = ball(eta, lam, s2, n)
        assert (1 - eta * lam) ** 2 * v + (eta * lam) ** 2 * s2 / n == v


@pytest.mark.parametrize(
    "eta, n, variance", [(0.2, 1, 0.1111), (0.2, 10, 0.0111), (0.5, 1, 0.3333)]
)
@pytest.mark.parametrize(
    "steps, tolerance",
    [(40_000, 0.1), pytest.param(400_000, 0.05, marks=pytest.mark.thorough)],
)
def test_the_ball_that_sgd_wanders_in(eta, n, variance, steps, tolerance):
    r = np.random.default_rng(5)
    xi = r.normal(size=5000)
    xi = (xi - xi.mean()) / xi.std()  # θ* = 0, s² = 1
    draws = (batch for batch in r.integers(len(xi), size=(steps, n)))
    path = descend(distances(xi), [0.0], GradientDescent(eta), draws, steps=steps)
    assert f"{ball(eta, 1, 1, n):.4f}" == f"{variance:.4f}"
    np.testing.assert_allclose(path[100:].var(), variance, rtol=tolerance)
    # The excess risk is then ½ λ Var.
    excess = distances(xi)([0.7]) - distances(xi)([0.0])
    np.testing.assert_allclose(excess, 0.7**2 / 2)


@pytest.mark.parametrize("eta, lam", [(0.3, 1.0), (0.5, 3.0), (1.2, 1.5)])
def test_the_mean_over_all_draws_converges_like_gd(eta, lam):
    """E θ_t − θ* = (1 − ηλ)ᵗ (θ₀ − θ*), by all 3⁴ sequences of examples."""
    xi, t = np.array([1.0, -2.0, 5.0]), 4
    risk = distances(xi, lam)
    ends = [
        descend(risk, [4.0], GradientDescent(eta), [[i] for i in draws], steps=t)[-1]
        for draws in product(range(3), repeat=t)
    ]
    expected = xi.mean() + (1 - eta * lam) ** t * (4 - xi.mean())
    np.testing.assert_allclose(np.mean(ends), expected, atol=1e-12)


@given(positive.filter(lambda eta: eta < 1), st.integers(2, 9))
def test_linear_scaling_rule(eta, k):
    """kη and kn keep the ball, up to (2 − ηλ)/(2 − kηλ)."""
    if k * eta < 2:
        ratio = ball(k * eta, 1, 1, k) / ball(eta, 1, 1, 1)
        assert ratio == (2 - eta) / (2 - k * eta)


def test_half_the_radius():
    """At small η: a quarter of η, or four times n."""
    eta = Fraction(1, 1000)
    assert ball(eta, 1, 1, 4) / ball(eta, 1, 1, 1) == Fraction(1, 4)
    smaller = ball(eta / 4, 1, 1, 1) / ball(eta, 1, 1, 1)
    assert abs(smaller - Fraction(1, 4)) < Fraction(1, 1000)


# 5D, 5E, 5F


def test_eta_one_over_t_is_the_sample_mean():
    xi = np.random.default_rng(0).normal(size=1000)
    in_order = [[s] for s in range(1000)]
    path = descend(
        distances(xi), [17.0], GradientDescent(lambda t: 1 / t), in_order, steps=1000
    )
    means = np.cumsum(xi) / np.arange(1, 1001)
    np.testing.assert_allclose(path[1:, 0], means, atol=1e-12)


def test_interpolation_has_no_ball():
    """Consistent equations with unit rows, η = 1 (Kaczmarz): exact at constant η."""
    r = np.random.default_rng(0)
    X = r.normal(size=(30, 4))
    X /= np.linalg.norm(X, axis=1, keepdims=True)
    truth = r.normal(size=4)
    risk = EmpiricalRisk(
        lambda theta, X, y: np.mean((X @ theta - y) ** 2, -1) / 2,
        lambda theta, X, y: (X @ theta - y) @ X / len(y),
        X,
        X @ truth,
    )
    sgd = stochastic(30, np.random.default_rng(0))
    path = descend(risk, np.zeros(4), GradientDescent(1.0), sgd, steps=3000)
    np.testing.assert_allclose(path[-1], truth, atol=1e-12)


@pytest.mark.parametrize("eta", [0.1, 0.5, 1.0, 1.5])
def test_alternating_targets_end_in_a_cycle(eta):
    """Targets ±1 in turn: the cycle ±η/(2 − η), ±⅓ at η = ½."""
    risk = distances(np.array([1.0, -1.0]))
    path = descend(risk, [0.2], GradientDescent(eta), [[0], [1]], steps=500)
    expected = eta / (2 - eta)
    np.testing.assert_allclose(path[-2:, 0], [expected, -expected], atol=1e-12)


def end_of_an_epoch(eta, epochs=60):
    """θ after many epochs of 50 targets −1 and then 50 targets +1."""
    theta = 0.0
    for xi in epochs * [*50 * [-1], *50 * [1]]:
        theta -= eta * (theta - xi)
    return theta


def test_the_largest_rate_for_sorted_data():
    largest = find("5.5").right
    assert end_of_an_epoch(0.1) == pytest.approx(0.99, abs=5e-4)
    assert end_of_an_epoch(largest) == pytest.approx(0.1, abs=1e-9)
    ends = [end_of_an_epoch(eta) for eta in np.linspace(largest, 1, 50)]
    assert np.all(np.diff(ends) >= 0), "below 1 no other interval of η will do"
    assert end_of_an_epoch(2 - largest) == pytest.approx(0.1, abs=1e-9)


# 6A: Adagrad (E26, N12)


class AccumulatesAfter(Adagrad):
    """μ updated after the step: slide 13 does not say which comes first (E26)."""

    def direction(self, gradient):
        step = gradient / (np.sqrt(self.mu) + self.epsilon)
        self.mu = self.mu + gradient**2
        return step


class EpsilonInside(Adagrad):
    """ε inside the root, as in Ruder (N12)."""

    def direction(self, gradient):
        self.mu = self.mu + gradient**2
        return gradient / np.sqrt(self.mu + self.epsilon)


def check_adagrad_steps(rule, eta=0.1, T=200):
    """Constant gradient: step t is η/√t, whatever the size of the gradient."""
    for g in (1e-3, -1.0, 1e5):
        path = descend(constant_slope([g]), [0.0], rule(eta), steps=T).ravel()
        expected = -np.sign(g) * eta / np.sqrt(np.arange(1, T + 1))
        np.testing.assert_allclose(np.diff(path), expected, rtol=1e-4)


def test_e26_adagrad_accumulates_before_it_steps():
    check_adagrad_steps(Adagrad)
    with pytest.raises(AssertionError):
        check_adagrad_steps(AccumulatesAfter)
    (_, first) = descend(constant_slope([1.0]), [0.0], AccumulatesAfter(0.1), steps=1)
    np.testing.assert_allclose(first, -1e7)


def test_e26_state_starts_at_zero_and_t_at_one():
    adagrad, adam = Adagrad(0.1), Adam(0.1)
    assert adagrad.mu == adam.m == adam.nu == adagrad.t == adam.t == 0
    adam.step([0.0], [1.0])
    assert adam.t == 1


def test_e26_t_counts_steps_not_epochs():
    """Two epochs of twelve single examples: t reaches 24, and so does the schedule."""
    seen = []

    def eta(t):
        seen.append(t)
        return 0.1

    risk, order = distances(np.arange(12.0)), stochastic(12, rng())
    descend(risk, [0.0], Adam(eta), order, steps=24)
    assert seen == list(range(1, 25))


def test_adagrads_total_path():
    path = descend(constant_slope([3.0]), [0.0], Adagrad(0.1), steps=10_000)
    assert f"{-path[-1, 0]:.4f}" == "19.8545"
    np.testing.assert_allclose(-path[-1, 0], 2 * 0.1 * 100, rtol=0.01)  # ~ 2η√T


@given(st.floats(1e-3, 1e3), st.floats(1e-3, 10))
def test_adagrads_first_step_is_eta(g, eta):
    (_, first) = descend(
        constant_slope([g, -g]), [0.0, 0.0], Adagrad(eta, TINY), steps=1
    )
    np.testing.assert_allclose(first, [-eta, eta], rtol=1e-12)


def test_adagrad_converges_on_the_parabola_at_every_eta():
    etas = np.array([[0.01], [0.1], [1], [10], [100]])
    path = descend(parabola, [1.0], Adagrad(etas), steps=20_000)[..., 0]
    assert f"{path[-1, 0]:.1e}" == "2.6e-04"
    np.testing.assert_allclose(path[1, -1], -99)
    assert (np.abs(path[-1]) <= 2.7e-4).all()


def test_adagrad_ends_as_gd_with_a_constant_rate():
    """η/√μ settles where GD would converge on θ², below 1."""
    for eta, rate in [(0.1, 0.0158), (1, 0.5), (10, 0.5492), (100, 0.5050)]:
        path = descend(parabola, [1.0], Adagrad(eta), steps=2000)[:, 0]
        for T in (1000, 2000):
            mu = np.sum((2 * path[:T]) ** 2)
            np.testing.assert_allclose(eta / sqrt(mu), rate, rtol=5e-3)


def test_adagrads_rare_feature_walks_further_than_its_share():
    """1 at every step, 1 at one in a hundred: 19.85 and 1.86; GD walks 100 : 1."""
    rule, theta = Adagrad(0.1), np.zeros(2)
    for t in range(1, 10_001):
        before, theta = theta, rule.step(theta, [1.0, float(t % 100 == 0)])
    np.testing.assert_allclose(before - theta, [0.001, 0.01], rtol=1e-6)
    walked = [0.1 * np.sum(np.arange(1, n + 1) ** -0.5) for n in (10_000, 100)]
    np.testing.assert_allclose(-theta, walked, rtol=1e-6)
    assert [f"{far:.2f}" for far in walked] == ["19.85", "1.86"]


def test_adagrad_ignores_the_scale_of_each_coordinate():
    scales = np.array([1e-6, 1.0, 1e6])
    stretched = Risk(
        lambda theta: (scales * theta**2).sum(-1), lambda theta: 2 * scales * theta
    )
    path = descend(stretched, np.ones(3), Adagrad(0.3, TINY), steps=100)
    np.testing.assert_allclose(path, path[:, [1]] * np.ones(3), rtol=1e-10)


@pytest.mark.parametrize(
    "g, outside, inside", [(1e-4, 0.9999, 0.7071), (1e-6, 0.990, 0.010)]
)
def test_n12_where_epsilon_stands(g, outside, inside):
    """First step / η, where √μ = |g|: alike only far above √ε."""
    for rule, expected in [(Adagrad, outside), (EpsilonInside, inside)]:
        (_, first) = descend(constant_slope([g]), [0.0], rule(1.0), steps=1)
        np.testing.assert_allclose(-first, expected, atol=5e-4)


# 6B: Adam's bias correction (E8)


class SlideAdam(Adam):
    """Slide 14: 1 − β without the power t."""

    def bias_correction(self, average, beta):
        return average / (1 - beta)


class Uncorrected(Adam):
    def bias_correction(self, average, beta):
        return average


def check_adam_steps(rule):
    """Constant gradient, ε = 0: every step is exactly η."""
    for g in (1e-3, -2.0, 1e5):
        slope = constant_slope([g])
        path = descend(slope, [0.0], rule(0.1, epsilon=TINY), steps=300).ravel()
        np.testing.assert_allclose(np.diff(path), -np.sign(g) * 0.1, rtol=1e-9)


def test_e8_the_correction_has_the_power_t():
    check_adam_steps(Adam)
    for wrong in (SlideAdam, Uncorrected):
        with pytest.raises(AssertionError):
            check_adam_steps(wrong)


def step_lengths(rule, T=20_000):
    path = descend(constant_slope([1.0]), [0.0], rule(1.0, epsilon=TINY), steps=T)
    return -np.diff(path.ravel(), prepend=np.nan)  # r[t] is step t


def test_e8_table_of_step_lengths():
    slide, none = step_lengths(SlideAdam), step_lengths(Uncorrected)
    rows = {
        1: ("1.0000", "3.1623"),
        2: ("1.3438", "4.2496"),
        10: ("2.0643", "6.5279"),
        12: ("2.0771", "6.5685"),
        100: ("1.0248", "3.2408"),
        1000: ("0.3977", "1.2576"),
        20_000: ("0.3162", "1.0000"),
    }
    for t, row in rows.items():
        assert (f"{slide[t]:.4f}", f"{none[t]:.4f}") == row
    assert np.nanargmax(slide) == np.nanargmax(none) == 12
    assert f"{sqrt(1 - 0.999) / (1 - 0.9):.4f}" == "0.3162"


def test_e8_closed_form_of_the_slides_steps():
    t = np.arange(1, 1001)
    m, nu = (1 - 0.9**t) / (1 - 0.9), (1 - 0.999**t) / (1 - 0.999)
    np.testing.assert_allclose(step_lengths(SlideAdam, 1000)[1:], m / np.sqrt(nu))
    table = {1: (1, 1), 2: (1.9, 1.999), 10: (6.5132, 9.9551), 1000: (10, 632.30)}
    table[100] = (9.9997, 95.208)
    for k, (top, bottom) in table.items():
        np.testing.assert_allclose([m[k - 1], nu[k - 1]], [top, bottom], rtol=1e-5)


@given(st.integers(1, 50), st.integers(0, 99).map(lambda k: Fraction(k, 100)))
def test_e8_only_the_power_t_returns_a_constant_gradient(t, beta):
    m, g = Fraction(0), Fraction(7, 3)
    for _ in range(t):
        m = beta * m + (1 - beta) * g
    assert m == (1 - beta**t) * g
    assert (m / (1 - beta) == g) == (t == 1 or beta == 0)


# The square of a smaller one is 0 to the machine.
squarable = st.floats(-5, 5).filter(lambda g: abs(g) > 1e-100)


@given(st.lists(squarable, min_size=1, max_size=40))
def test_e8_the_slide_is_another_eta_whatever_the_gradients(gradients):
    """Its step is rₜ times the right one, as the corrections depend on t alone."""
    right, slide = Adam(1.0, epsilon=TINY), SlideAdam(1.0, epsilon=TINY)
    for t, g in enumerate(gradients, start=1):
        r = (1 - 0.9**t) / 0.1 * sqrt(0.001 / (1 - 0.999**t))
        steps = [rule.step([0.0], [g])[0] for rule in (right, slide)]
        np.testing.assert_allclose(steps[1], r * steps[0], rtol=1e-9, atol=1e-12)


def test_e8_when_the_slides_step_is_too_long():
    slide = step_lengths(SlideAdam, 1000)
    assert slide[105] > 1 > slide[106]


def test_adam_on_the_parabola_after_a_hundred_steps():
    ends = [
        descend(parabola, [1.0], rule(0.01), steps=100)[-1, 0]
        for rule in (Adam, SlideAdam, Uncorrected)
    ]
    assert [f"{x:.4f}" for x in ends] == ["0.2244", "0.0511", "-0.0050"]


# 6C: how long a step of Adam is


@pytest.mark.parametrize("scale", [1e-4, 1.0, 1e4])
def test_adams_first_steps(scale):
    path = descend(scale * parabola, [1.0], Adam(0.1), steps=5).ravel()
    expected = [0.1000, 0.0996, 0.0988, 0.0976, 0.0960]
    np.testing.assert_allclose(-np.diff(path), expected, atol=6e-5)


def test_eta_is_not_a_bound_on_adams_step():
    """After long silence: η(1 − β₁)/√(1 − β₂) = 3.162 η, and the twelfth 6.569 η."""
    adam, zero = Adam(1.0, epsilon=TINY), np.array([0.0])
    for _ in range(20_000):
        assert adam.step(zero, zero) == 0
    jumps = [-adam.step(zero, np.array([5.0]))[0] for _ in range(40)]
    np.testing.assert_allclose(jumps[0], (1 - 0.9) / sqrt(1 - 0.999), rtol=1e-6)
    assert [f"{jumps[t]:.3f}" for t in (0, 11)] == ["3.162", "6.569"]
    assert np.argmax(jumps) == 11


def shares(beta, gradients):
    """Σ (1 − β) βᵏ gₜ₋ₖ over the gradients, the last one first."""
    return np.sum((1 - beta) * beta ** np.arange(len(gradients)) * gradients[::-1])


def longest(beta1, beta2):
    """What Cauchy and Schwarz allow |m|/√ν, if β₁² < β₂."""
    return (1 - beta1) / sqrt((1 - beta2) * (1 - beta1**2 / beta2))


betas = st.tuples(st.floats(0.0, 0.99), st.floats(0.01, 0.999)).filter(
    lambda pair: pair[0] ** 2 < 0.99 * pair[1]
)


@given(betas, st.lists(st.floats(-5, 5), min_size=1, max_size=30))
def test_no_gradients_make_a_longer_step_than_the_bound(pair, gradients):
    beta1, beta2 = pair
    g = np.array(gradients)
    m, nu = shares(beta1, g), shares(beta2, g**2)
    assert abs(m) <= longest(beta1, beta2) * sqrt(nu) * (1 + 1e-9) + 1e-150


@pytest.mark.parametrize(
    "beta2, bound", [(0.9, "1.0000"), (0.99, "2.3452"), (0.999, "7.2703")]
)
def test_growing_gradients_come_as_near_the_bound_as_one_likes(beta2, bound):
    rule = Uncorrected(1.0, 0.9, beta2, TINY)
    growing = (beta2 / 0.9) ** np.arange(300.0)
    steps = [-rule.step([0.0], [g])[0] for g in growing]
    assert f"{max(steps):.4f}" == f"{longest(0.9, beta2):.4f}" == bound
    np.testing.assert_allclose(
        steps[-1], shares(0.9, growing) / sqrt(shares(beta2, growing**2))
    )


@given(betas)
def test_the_bound_is_eta_only_if_the_two_betas_are_one(pair):
    """(1 − β₁)² β₂ ≤ (1 − β₂)(β₂ − β₁²) is (β₁ − β₂)² ≤ 0: with fractions."""
    beta1, beta2 = map(Fraction, pair)
    below = (1 - beta2) * (beta2 - beta1**2) - (1 - beta1) ** 2 * beta2
    assert below == -((beta1 - beta2) ** 2)


@given(
    st.floats(0, 0.999).filter(lambda beta: not 0 < beta < 1e-3),
    st.lists(st.floats(0.01, 5), min_size=1, max_size=30),
    st.randoms(),
)
def test_with_equal_betas_no_step_is_longer_than_eta(beta, sizes, random):
    rule = Adam(1.0, beta, beta, TINY)
    for g in sizes:
        assert abs(rule.step([0.0], [g * random.choice([-1, 1])])[0]) <= 1 + 1e-9


def test_a_rare_feature_under_adam():
    """Once in a thousand steps: 2.51 η, when it has always been so."""
    rule, gradients = Uncorrected(1.0, epsilon=TINY), np.zeros(20_001)
    gradients[::1000] = 3.0
    steps = [-rule.step([0.0], [g])[0] for g in gradients]
    assert f"{steps[-1]:.2f}" == "2.51"


def test_alternating_gradients_make_short_steps():
    """(1 − β₁)/(1 + β₁) = 0.053, in the end."""
    adam = Adam(1.0, epsilon=TINY)
    steps = [adam.step([0.0], [(-1.0) ** t])[0] for t in range(2000)]
    np.testing.assert_allclose(np.abs(steps[-2:]), 0.1 / 1.9, rtol=1e-6)


def test_without_memory_only_the_sign_is_left():
    g = np.array([5.0, -0.002, 300.0, -1e-8])
    adam = Adam(0.1, beta1=0, beta2=0, epsilon=TINY)
    for scale in (1.0, -3.0, 1e-5):
        np.testing.assert_allclose(
            adam.step(np.zeros(4), scale * g), -0.1 * np.sign(scale * g)
        )


def test_adam_ignores_the_scale_of_the_risk():
    orbit = descend(parabola, [1.0], Adam(0.1, epsilon=TINY), steps=200)
    scaled = descend(1e4 * parabola, [1.0], Adam(0.1, epsilon=TINY), steps=200)
    np.testing.assert_allclose(scaled, orbit, atol=1e-12)


def test_adam_overshoots():
    x = descend(parabola, [1.0], Adam(0.1), steps=30).ravel()
    assert np.argmax(x < 0) == 12
    assert np.argmin(x) == 19
    assert f"{x.min():.4f}" == "-0.2731"


# 6D: where Adam fails (Reddi et al. 2018)


def reddi(C, period=3):
    """Slopes C, −1, −1, …, one a step: best at x = −1, as (C − 2)/3 > 0."""
    slopes = np.array([C] + [-1.0] * (period - 1))
    return EmpiricalRisk(
        lambda x, c: c.mean() * x[..., 0],
        lambda x, c: c.mean() + 0 * x,
        slopes,
    )


def in_turn(risk):
    return [[s] for s in range(risk.examples)]


def boxed(optimizer):
    return Proximal(optimizer, lambda x: np.clip(x, -1, 1))


def root(alpha):
    return lambda t: alpha / sqrt(t)


def reddi_rules(C):
    betas = {"beta1": 0.0, "beta2": 1 / (1 + C**2), "epsilon": TINY}
    return {
        "Adam": Uncorrected(root(0.5), **betas),
        "AMSGrad": AMSGrad(root(0.5), **betas),
        "Adagrad": Adagrad(0.5),
        "SGD": GradientDescent(root(0.5)),
    }


@pytest.mark.parametrize("rule, end", [("Adam", 1), ("AMSGrad", -1), ("Adagrad", -1)])
def test_adam_climbs_where_amsgrad_descends(rule, end):
    """C = 3, from x₀ = 1, 0 and −1."""
    starts, risk = np.array([[1.0], [0.0], [-1.0]]), reddi(3.0)
    path = descend(
        risk, starts, boxed(reddi_rules(3)[rule]), in_turn(risk), steps=30_000
    )
    np.testing.assert_allclose(path[-3:], end, atol=0.02)


def test_plain_sgd_descends_too():
    risk = reddi(3.0)
    path = descend(risk, [1.0], boxed(reddi_rules(3)["SGD"]), in_turn(risk), steps=9000)
    assert path[-1] < -0.95


def nu_cycle(C):
    """The limit cycle of ν, from its formula."""
    beta2 = 1 / (1 + C**2)
    first = (1 - beta2) * (C**2 + beta2 + beta2**2) / (1 - beta2**3)
    second = beta2 * first + 1 - beta2
    return first, second, beta2 * second + 1 - beta2


@pytest.mark.parametrize("C", [3.0, 4.0, 10.0])
def test_the_cycle_of_nu(C):
    adam, x, cycle = reddi_rules(C)["Adam"], np.array([0.0]), []
    for t in range(60):
        x = adam.step(x, np.array([C if t % 3 == 0 else -1.0]))
        cycle.append(adam.nu[0])
    np.testing.assert_allclose(cycle[-3:], nu_cycle(C), atol=1e-10)
    if C == 3:
        np.testing.assert_allclose(cycle[-3:], [8.20721, 1.72072, 1.07207], atol=1e-5)


@pytest.mark.parametrize("C, drift", [(3, 0.68095), (4, 0.68686), (10, 0.70267)])
def test_adams_drift_is_uphill(C, drift):
    """Per cycle and per α, at constant α: the formula, and the walk itself."""
    a, b, c = nu_cycle(C)
    assert f"{-C / sqrt(a) + 1 / sqrt(b) + 1 / sqrt(c):.5f}" == f"{drift:.5f}"
    risk = reddi(float(C))
    adam = Uncorrected(1.0, beta1=0, beta2=1 / (1 + C**2), epsilon=TINY)
    path = descend(risk, [0.0], adam, in_turn(risk), steps=120)
    np.testing.assert_allclose(path[120] - path[117], drift, atol=1e-5)


def test_amsgrads_drift_is_downhill():
    assert f"{(2 - 3) / sqrt(nu_cycle(3)[0]):.5f}" == "-0.34906"
    risk = reddi(3.0)
    rule = AMSGrad(1.0, beta1=0, beta2=0.1, epsilon=TINY)
    path = descend(risk, [0.0], rule, in_turn(risk), steps=120)
    np.testing.assert_allclose(path[120] - path[117], -0.34906, atol=1e-5)


def drift(C, beta2, period=3):
    """Of Adam with β₁ = 0, from the sum that ν is: C once, −1 for the rest."""
    slopes = np.array([C] + [-1.0] * (period - 1))
    ages = (np.arange(period)[:, None] - np.arange(period)) % period
    nu = (1 - beta2) * beta2**ages @ slopes**2 / (1 - beta2**period)
    return -np.sum(slopes / np.sqrt(nu))


def test_the_larger_the_large_slope_the_less_memory_is_needed():
    grid = np.arange(1, 100) / 100
    for C, least in [(2.1, 0.89), (2.5, 0.63), (3, 0.48), (4, 0.32), (10, 0.10)]:
        falls = np.array([drift(C, beta2) < 0 for beta2 in grid])
        assert grid[falls][0] == least and falls[grid >= least].all()


def test_the_rarer_the_large_slope_the_more_memory_is_needed():
    """101 once and −1 a hundred times: β₂ > 0.9996."""
    assert drift(101, 0.9996, 101) > 0 > drift(101, 0.99961, 101)
    rule, x = Uncorrected(1.0, 0, 0.999, TINY), [np.zeros(1)]
    for t in range(101 * 120):
        x.append(rule.step(x[-1], [101.0 if t % 101 == 0 else -1.0]))
    np.testing.assert_allclose(x[-1] - x[-102], drift(101, 0.999, 101), atol=1e-4)


def test_without_memory_adam_counts_signs():
    rule, x = Uncorrected(1.0, 0, 0, TINY), np.zeros(1)
    for g in (10.0, -1.0, -1.0):
        x = rule.step(x, [g])
    np.testing.assert_allclose([x[0], drift(10, 1e-300)], 1)


def test_at_c_two_every_point_is_optimal():
    assert reddi(2.0)([0.7]) == reddi(2.0)([-0.7]) == 0
    assert reddi(3.0)([-1.0]) < reddi(3.0)([1.0])


@pytest.mark.thorough
@pytest.mark.parametrize("make, sign", [(Uncorrected, 1), (AMSGrad, -1)])
def test_the_long_version_of_reddi(make, sign):
    """Slopes 1010 and then −10 a hundred times, β = (0.9, 0.99), 10⁵ steps."""
    slopes = np.array([1010.0] + [-10.0] * 100)
    risk = EmpiricalRisk(
        lambda x, c: c.mean() * x[..., 0], lambda x, c: c.mean() + 0 * x, slopes
    )
    rule = boxed(make(root(0.5), beta1=0.9, beta2=0.99))
    path = descend(risk, [0.0], rule, in_turn(risk), steps=100_000)
    assert sign * path[-1] > 0.95


# 6E


def test_adam_at_constant_eta_does_not_settle_on_the_absolute_value():
    x = descend(absolute_value, [1.0], Adam(0.1), steps=5000).ravel()
    assert f"{np.abs(x[-1000:]).max():.4f}" == "0.0302"
    assert f"{x.min():.3f}" == "-0.264"
    for rule in (Adam(lambda t: 0.1 / sqrt(t)), Adagrad(0.1)):
        x = descend(absolute_value, [1.0], rule, steps=5000).ravel()
        assert np.abs(x[-1000:]).max() < 0.002
