"""What lectures 02 and 03 claim: GD on x² and its cousins, and the learning rate.

Slides 7–9, errata E3, notes N7 and N13.
"""

from fractions import Fraction
from math import ceil, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_utils import (
    GradientDescent,
    absolute_value,
    descend,
    double_well,
    parabola,
    quadratic,
    quartic,
    rosenbrock,
)
from support.close import silent


def walk(risk, x0, eta, steps):
    """The path of one coordinate under gradient descent."""
    return descend(risk, [x0], GradientDescent(eta), steps=steps).ravel()


def exact_orbit(slope, x0, eta, steps):
    """x ← x − η f′(x) in rationals."""
    x, orbit = Fraction(x0), [Fraction(x0)]
    for _ in range(steps):
        x -= Fraction(eta) * slope(x)
        orbit.append(x)
    return orbit


hundredths = st.integers(-10, 120).map(lambda k: Fraction(k, 100))
tenths = st.integers(-30, 30).map(lambda k: Fraction(k, 10))


# Slide 7: which way is down (E3, N13)


class Slide7(GradientDescent):
    """Δθ = −∇R where ∇R is positive, but Δθ = +∇R where it is negative (E3)."""

    def direction(self, gradient):
        return np.abs(gradient)


def check_it_descends(rule):
    """A small step lowers the risk, from either side and in two coordinates."""
    for risk, start in [
        (parabola, [1.0]),
        (parabola, [-1.0]),
        (quadratic([[2, 1], [1, 3]]), [1.0, -2.0]),
        (rosenbrock, [-1.2, 1.0]),
    ]:
        first, second = descend(risk, start, rule(1e-4), steps=1)
        assert risk(second) < risk(first)


def test_e3_the_change_is_always_minus_the_gradient():
    check_it_descends(GradientDescent)
    with pytest.raises(AssertionError):
        check_it_descends(Slide7)


def test_e3_in_numbers():
    """From x = −1: x² goes 1 → 9 with η = 1; with η = 0.1, to 1.44 instead of 0.64."""
    (_, slide) = descend(parabola, [-1.0], Slide7(1.0), steps=1)
    assert slide == -3 and parabola(slide) == 9
    (_, slide) = descend(parabola, [-1.0], Slide7(0.1), steps=1)
    (_, right) = descend(parabola, [-1.0], GradientDescent(0.1), steps=1)
    np.testing.assert_allclose([parabola(slide), parabola(right)], [1.44, 0.64])


def test_e3_the_slides_rule_grows_by_a_fifth_each_step():
    path = descend(parabola, [-1.0], Slide7(0.1), steps=20).ravel()
    np.testing.assert_allclose(path, -(1.2 ** np.arange(21)))


def test_first_order_expansion_has_the_sign_of_the_step():
    """R(θ + sη∇R) = R + sη‖∇R‖² + O(η²): only s = −1 descends."""
    theta = np.array([-1.2, 1.0])
    g, eta = rosenbrock.gradient(theta), 1e-9
    for s in (-1, 1):
        change = rosenbrock(theta + s * eta * g) - rosenbrock(theta)
        np.testing.assert_allclose(change, s * eta * (g @ g), rtol=1e-4)


def test_n13_the_sign_is_per_component():
    """At (1, −1) the gradient of x² + y² is neither positive nor negative."""
    (_, second) = descend(parabola, [1.0, -1.0], GradientDescent(0.1), steps=1)
    np.testing.assert_allclose(second, [0.8, -0.8])


# 2A: x ← (1 − 2η) x


@given(tenths, hundredths, st.integers(0, 25))
def test_orbit_on_the_parabola(x0, eta, t):
    expected = [(1 - 2 * eta) ** k * x0 for k in range(t + 1)]
    assert exact_orbit(lambda x: 2 * x, x0, eta, t) == expected
    path = walk(parabola, float(x0), float(eta), t)
    np.testing.assert_allclose(path, [float(x) for x in expected], rtol=1e-10)


@given(hundredths.filter(bool))
def test_regimes(eta):
    """Monotone, one step, alternating, 2-cycle, divergent: in rationals."""
    x = exact_orbit(lambda x: 2 * x, 1, eta, 30)
    pairs = list(zip(x, x[1:], strict=False))
    shrinks = all(abs(b) < abs(a) for a, b in pairs if a)
    grows = all(abs(b) > abs(a) for a, b in pairs)
    alternates = all(a * b < 0 for a, b in pairs)
    half, one = Fraction(1, 2), 1
    assert shrinks == (0 < eta < one)
    assert grows == (eta > one or eta < 0)
    assert alternates == (eta > half)
    assert (x[1] == 0) == (eta == half)
    assert (x[1:3] == [-1, 1]) == (eta == one)


def test_slide_8_never_converges():
    assert walk(parabola, 1.0, 1.0, 6).tolist() == [1, -1, 1, -1, 1, -1, 1]
    assert np.abs(walk(parabola, 2.5, 1.0, 1000)).tolist() == [2.5] * 1001


def test_slide_9_one_step():
    for x0 in (-3.0, 0.1, 2.5):
        assert walk(parabola, x0, 0.5, 1)[1] == 0


@given(hundredths, st.integers(1, 20))
def test_eta_and_one_minus_eta_are_equally_far(eta, t):
    here = exact_orbit(lambda x: 2 * x, 1, eta, t)
    mirrored = exact_orbit(lambda x: 2 * x, 1, 1 - eta, t)
    assert [abs(x) for x in here] == [abs(x) for x in mirrored]


def test_twenty_steps():
    ends = [walk(parabola, 1.0, eta, 20)[-1] for eta in (0.1, 0.9, 1.1)]
    np.testing.assert_allclose(ends, [0.01153, 0.01153, 38.34], rtol=1e-3)


@pytest.mark.parametrize("eta", [0.25, 0.75])
def test_error_halved_each_step(eta):
    assert np.abs(walk(parabola, 1.0, eta, 10)).tolist() == [0.5**t for t in range(11)]


@pytest.mark.parametrize("eta", [-0.1, 0.05, 0.3, 0.8, 1.1])
def test_the_logarithm_is_a_straight_line(eta):
    slopes = np.diff(np.log(np.abs(walk(parabola, 2.5, eta, 20))))
    np.testing.assert_allclose(slopes, log(abs(1 - 2 * eta)), atol=1e-12)


@given(st.integers(-500, 0).map(lambda k: Fraction(k, 100)))
def test_n7_no_eta_below_zero_descends(eta):
    assert abs(1 - 2 * eta) >= 1


# 2B: other curvatures


@pytest.mark.parametrize("c", [0.1, 0.5, 2.0, 10.0])
def test_curvature_sets_the_limit(c):
    """On (c/2) x² each step multiplies by 1 − ηc: limit 2/c, one step at 1/c."""
    bowl = quadratic([[c]])
    assert abs(walk(bowl, 1.0, 1.99 / c, 2000)[-1]) < 1e-6
    assert abs(walk(bowl, 1.0, 2.01 / c, 2000)[-1]) > 1e6
    np.testing.assert_allclose(walk(bowl, 1.0, 1 / c, 1)[1], 0, atol=1e-15)
    np.testing.assert_allclose(walk(bowl, 1.0, 2 / c, 2), [1, -1, 1])


# 2C: f = x⁴, no η is right everywhere


@pytest.mark.parametrize("eta", [0.01, 0.1, 1.0])
def test_quartic_threshold(eta):
    threshold = 1 / sqrt(2 * eta)
    with silent():
        inside = walk(quartic, 0.99 * threshold, eta, 3000)
        outside = walk(quartic, 1.01 * threshold, eta, 3000)
    assert (np.abs(np.diff(np.abs(inside))) > 0).all() and abs(inside[-1]) < 0.2
    assert not np.isfinite(outside[-1])


def test_quartic_threshold_at_a_tenth():
    assert f"{1 / sqrt(2 * 0.1):.6f}" == "2.236068"


@given(st.integers(1, 40).map(lambda k: Fraction(k, 8)))
def test_quartic_two_cycle_at_the_threshold(x0):
    eta = 1 / (2 * x0**2)
    assert exact_orbit(lambda x: 4 * x**3, x0, eta, 3) == [x0, -x0, x0, -x0]


def test_the_quartic_two_cycle_is_unstable():
    """The step's derivative there is 1 − 12ηx² = −5."""
    eta, x = Fraction(1, 8), Fraction(2)
    assert 1 - 12 * eta * x**2 == -5
    near = exact_orbit(lambda x: 4 * x**3, x + Fraction(1, 10**6), eta, 3)
    off = [abs(abs(y) - 2) for y in near]
    assert all(b > 4 * a for a, b in zip(off, off[1:], strict=False))


def test_quartic_is_sublinear():
    """x_t ~ 1/√(8ηt): at η = 0.05, t = 10⁴: 0.01580 against 0.01581."""
    x = walk(quartic, 1.0, 0.05, 10_000)[-1]
    assert f"{x:.5f}" == "0.01580"
    assert f"{1 / sqrt(8 * 0.05 * 10_000):.5f}" == "0.01581"


# 2D: f = |x|


def test_absolute_value_ends_in_a_two_cycle():
    x = walk(absolute_value, 1.0, 0.3, 50)
    np.testing.assert_allclose(x[-2:], [0.1, -0.2], atol=1e-12)
    np.testing.assert_allclose(x[-4:-2], x[-2:])


@given(st.integers(1, 300), st.integers(1, 100))
def test_absolute_value_comes_within_eta_and_stays(start, step):
    x0, eta = start / 128, step / 128  # exact in floats
    x = walk(absolute_value, x0, eta, 400)
    assert (np.abs(x[-100:]) <= eta).all()
    assert (x[-100:-2] == x[-98:]).all()


# 2E: the double well


@pytest.mark.parametrize("eta, stable", [(0.3, True), (0.99, True), (1.02, False)])
def test_the_wells_are_stable_below_one(eta, stable):
    """R″(±1) = 2: the step multiplies a small error by 1 − 2η."""
    x = walk(double_well, 1.01, eta, 3000)
    assert (abs(x[-1] - 1) < 1e-9) == stable
    assert np.abs(x).max() < 2


def two_cycle(eta):
    root = sqrt((1 + eta) ** 2 - 4)
    return sorted(sqrt(((1 + eta) + s * root) / (2 * eta)) for s in (-1, 1))


@pytest.mark.parametrize("eta", [1.05, 1.1, 1.2])
def test_double_well_two_cycle(eta):
    low, high = two_cycle(eta)
    np.testing.assert_allclose(walk(double_well, low, eta, 2), [low, high, low])
    reached = walk(double_well, 0.9, eta, 4000)[-2:]
    np.testing.assert_allclose(sorted(reached), [low, high], atol=1e-9)


def test_double_well_two_cycle_in_numbers():
    np.testing.assert_allclose(two_cycle(1.1), [0.81455, 1.11606], atol=1e-5)


@pytest.mark.parametrize("eta", [1.05, 1.1, 1.2, sqrt(5) - 1])
def test_multiplier_of_the_two_cycle(eta):
    """Product of 1 − η R″ along it: 9 − 2(1 + η)², which is −1 at η = √5 − 1."""
    product = np.prod([1 - eta * (3 * x**2 - 1) for x in two_cycle(eta)])
    np.testing.assert_allclose(product, 9 - 2 * (1 + eta) ** 2, atol=1e-12)
    np.testing.assert_allclose(9 - 2 * (1 + (sqrt(5) - 1)) ** 2, -1, atol=1e-12)
    assert f"{sqrt(5) - 1:.3f}" == "1.236"


def distinct(eta):
    return len(np.unique(np.round(walk(double_well, 0.9, eta, 20_000)[-64:], 6)))


def test_period_doubling():
    assert [distinct(eta) for eta in (0.9, 1.1, 1.25, 1.3)] == [1, 2, 4, 16]


def test_four_cycle_in_numbers():
    cycle = walk(double_well, 0.9, 1.25, 20_000)[-4:]
    start = int(np.argmin(np.abs(cycle - 0.7551)))
    np.testing.assert_allclose(
        np.roll(cycle, -start), [0.7551, 1.1608, 0.6566, 1.1235], atol=1e-4
    )


# 3A: how many steps

TABLE = {
    0.001: 6901,
    0.01: 684,
    0.1: 62,
    0.25: 20,
    0.4: 9,
    0.5: 1,
    0.6: 9,
    0.9: 62,
    0.99: 684,
    0.999: 6901,
}


@pytest.mark.parametrize("eta, steps", TABLE.items())
def test_steps_to_a_millionth(eta, steps):
    x = np.abs(walk(parabola, 1.0, eta, 7000))
    assert np.argmax(x <= 1e-6) == steps
    if eta != 0.5:
        assert ceil(log(1e-6) / log(abs(1 - 2 * eta))) == steps
    # |x| ≤ 10⁻⁶ is ‖∇R‖ ≤ 2·10⁻⁶
    path = descend(parabola, [1.0], GradientDescent(eta), steps=7000, tolerance=2e-6)
    assert len(path) - 1 == steps


# 3B: quadratics


def bowl(kappa, seed=0):
    """½ θᵀAθ with eigenvalues 1 and κ in a rotated basis; the basis too."""
    angle = np.random.default_rng(seed).uniform(0, np.pi)
    Q = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return quadratic(Q * [1, kappa] @ Q.T), Q


@given(st.floats(1, 200), st.floats(0, 1), st.integers(0, 9))
def test_each_eigenmode_is_multiplied_by_one_minus_eta_lambda(kappa, share, seed):
    risk, Q = bowl(kappa, seed)
    eta = share * 2 / kappa
    path = descend(risk, Q @ [1.0, 1.0], GradientDescent(eta), steps=10) @ Q
    factors = 1 - eta * np.array([1, kappa])
    np.testing.assert_allclose(path, factors ** np.arange(11)[:, None], atol=1e-9)


@pytest.mark.parametrize("kappa", [1, 2, 10, 100])
def test_the_largest_eigenvalue_sets_the_limit(kappa):
    risk, Q = bowl(kappa)
    start = Q @ [1.0, 1.0]
    below = descend(risk, start, GradientDescent(1.99 / kappa), steps=3000)
    above = descend(risk, start, GradientDescent(2.01 / kappa), steps=3000)
    assert risk(below[-1]) < 1e-6 and risk(above[-1]) > 1e6


@pytest.mark.parametrize(
    "kappa, rate, steps", [(2, 0.3333, 13), (10, 0.8182, 69), (100, 0.9802, 691)]
)
def test_best_eta_and_its_rate(kappa, rate, steps):
    """η* = 2/(λ_min + λ_max): exactly (κ − 1)/(κ + 1) at every step."""
    risk, Q = bowl(kappa)
    optimizer = GradientDescent(2 / (1 + kappa))
    path = descend(risk, Q @ [1.0, 1.0], optimizer, steps=steps)
    norms = np.linalg.norm(path, axis=1)
    exact = (kappa - 1) / (kappa + 1)
    np.testing.assert_allclose(norms[1:] / norms[:-1], exact, atol=1e-9)
    assert f"{exact:.4f}" == f"{rate:.4f}"
    assert norms[-1] <= 1e-6 * norms[0] < norms[-2]


@pytest.mark.parametrize("kappa", [2, 10, 100])
def test_eta_one_over_the_largest_curvature(kappa):
    """η = 1/L erases the steep mode at once; 1 − 1/κ is what is left."""
    risk, Q = bowl(kappa)
    path = descend(risk, Q @ [1.0, 1.0], GradientDescent(1 / kappa), steps=5) @ Q
    np.testing.assert_allclose(path[1:, 1], 0, atol=1e-12)
    np.testing.assert_allclose(path[:, 0], (1 - 1 / kappa) ** np.arange(6), atol=1e-12)


def test_zigzag_begins_at_one_over_the_largest_curvature():
    risk, Q = bowl(10)
    for eta, zigzags in [(0.9 / 10, False), (1.1 / 10, True)]:
        steep = (descend(risk, Q @ [1.0, 1.0], GradientDescent(eta), steps=9) @ Q)[:, 1]
        assert (steep[1:] * steep[:-1] < 0).all() == zigzags


def test_standardised_inputs_need_one_step():
    risk = quadratic(3.0 * np.eye(4))
    (_, end) = descend(risk, [1.0, -2.0, 3.0, 0.5], GradientDescent(1 / 3), steps=1)
    np.testing.assert_allclose(end, 0, atol=1e-15)


# 3C: the descent lemma


@given(st.integers(0, 99), st.floats(0, 3))
def test_descent_lemma(seed, share):
    """R(θ − ηg) ≤ R − η(1 − Lη/2)‖g‖², with equality along the top eigenvector."""
    rng = np.random.default_rng(seed)
    B = rng.normal(size=(3, 3))
    A = B @ B.T
    L, top = np.linalg.eigvalsh(A)[-1], np.linalg.eigh(A)[1][:, -1]
    eta, risk = share / L, quadratic(A)
    for theta, equal in [(rng.normal(size=3), False), (top, True)]:
        g = risk.gradient(theta)
        (_, after) = descend(risk, theta, GradientDescent(eta), steps=1)
        bound = risk(theta) - eta * (1 - L * eta / 2) * (g @ g)
        assert risk(after) <= bound + 1e-9 * (1 + L)
        if equal:
            np.testing.assert_allclose(risk(after), bound, atol=1e-9 * (1 + L))


# 3D: schedules


def test_half_over_t_lands_at_once():
    path = walk(parabola, 2.5, lambda t: 0.5 / t, 3)
    assert path.tolist() == [2.5, 0, 0, 0]


@pytest.mark.parametrize("c", [0.05, 0.2, 0.3])
def test_c_over_t_is_a_power_law(c):
    """x_t ~ t⁻²ᶜ: doubling t divides x by 2²ᶜ."""
    x = walk(parabola, 1.0, lambda t: c / t, 20_000)
    np.testing.assert_allclose(x[20_000] / x[10_000], 2 ** (-2 * c), rtol=1e-4)


def test_a_factor_of_ten_takes_ten_to_the_tenth_steps():
    """t^(−2c) = 1/10 at t = 10^(1/2c), for c = 0.05."""
    np.testing.assert_allclose((10.0**10) ** (-2 * 0.05), 0.1)


@pytest.mark.parametrize("c", [0.05, 0.2])
def test_a_root_schedule_beats_c_over_t_in_the_end(c):
    """Σ 1/√t grows like 2√t, Σ 1/t like ln t: x falls like e^(−4c√t)."""
    slow = walk(parabola, 1.0, lambda t: c / t, 10_000)[-1]
    fast = walk(parabola, 1.0, lambda t: c / np.sqrt(t), 10_000)[-1]
    assert abs(fast) < 1e-3 * abs(slow)
