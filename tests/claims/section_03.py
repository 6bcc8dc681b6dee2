"""What lecture 3 claims: how many steps, which limit, and schedules."""

from functools import cache

import numpy as np

from course_utils import (
    GradientDescent,
    Risk,
    descend,
    double_well,
    parabola,
    quadratic,
)
from support.claims import Claims

claim = Claims("03_learning_rate")
code = claim.code


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def on_parabola(eta, steps, theta0=1.0):
    """The distance to the minimum."""
    return abs(descend(parabola, [theta0], GradientDescent(eta), steps=steps)[:, 0])


def first(found):
    return int(np.argmax(found))


# How many steps


def counted(eta):
    """The steps to 10⁻⁶ from 1."""
    return first(on_parabola(eta, 8000) <= 1e-6)


@claim(
    "03-counted-steps-predicted",
    r"Unas diez veces más: $6901$. Con $0.99$ son otra vez $684$: solo cuenta "
    r"$|1-2\eta|$, igual para $\eta$ y para $1-\eta$",
    r"About ten times as many: $6901$. With $0.99$ it is $684$ again: only "
    r"$|1-2\eta|$ counts, the same for $\eta$ and $1-\eta$",
)
def ten_times_smaller_is_ten_times_longer():
    more, steps = counted(0.001), counted(0.01)
    etas = np.arange(1, 1000)[:, None] / 1000
    mirrored = np.allclose(on_parabola(etas, 20), on_parabola(1 - etas, 20), atol=1e-12)
    again = counted(0.99)
    return more, 0.99, again, again == steps, abs(more / steps - 10) < 0.1, mirrored


@claim("03-u-curve", r"Si $\eta$ es pequeña, $T", r"If $\eta$ is small, $T")
def about_how_many_steps():
    etas = 0.001, 0.01
    about = [np.log(1e6) / (2 * eta) for eta in etas]
    each = zip(map(counted, etas), about, strict=True)
    return [abs(T / t - 1) < 0.02 for T, t in each]


@claim(
    "03-u-curve",
    r"cerca del límite, $\eta = 1$, también se tarda",
    r"near the limit, $\eta = 1$, it is slow too",
)
def near_the_limit_it_is_slow():
    limit, etas = 1, np.arange(500, 1000)[:, None] / 1000
    path = descend(parabola, [1.0], GradientDescent(etas), steps=1000)[..., 0]
    steps = (abs(path) > 1e-6).sum(axis=0)
    return limit, np.all(np.diff(steps) >= 0), on_parabola(limit, 1000)[-1] == 1


@claim(
    "03-u-curve-predicted",
    r"(62 y 124 con $\eta = 0.1$)",
    r"(62 and 124 with $\eta = 0.1$)",
)
def twice_the_digits():
    eta = code.arrive.__defaults__[0]
    distance = on_parabola(eta, 200)
    return first(distance <= 1e-6), first(distance <= 1e-12), eta


@claim(
    "03-u-curve-goal",
    r"\approx 0.501$ da $0.2494 \le \eta \le 0.7506$; la mayor del deslizador es "
    "$0.750$",
    r"\approx 0.501$ gives $0.2494 \le \eta \le 0.7506$; the largest on the slider is "
    "$0.750$",
)
def where_the_first_goal_is_kept():
    factor = 10 ** (-6 / 20)
    etas = np.arange(1, 551) / 500  # those of the slider
    kept = [eta for eta in etas if code.in_20(code.arrive(eta, 6), 6)]
    return factor, (1 - factor) / 2, (1 + factor) / 2, max(kept)


@cache
def largest_T():
    """Of the first goal."""
    return max(T for T in range(100) if code.in_20({"T": T}, 6))


@claim("03-u-curve-goal", r"$|1-2\eta| \le 10^{-6/20}")
def the_goal_in_powers_of_ten():
    k, steps = code.arrive.__defaults__[-1], largest_T()
    return 10, -k, steps


@claim(
    "03-u-curve-seen",
    r"con $k = 6$ bastan 62 pasos entre $\eta = 0.1$ y $\eta = 0.9$",
    r"with $k = 6$, 62 steps suffice between $\eta = 0.1$ and $\eta = 0.9$",
)
def the_bottom_is_wide():
    k, low, high = code.arrive.__defaults__[1], 0.1, 0.9
    etas = np.arange(1, 1000) / 1000
    path = descend(parabola, [1.0], GradientDescent(etas[:, None]), steps=70)[..., 0]
    steps = (abs(path) > 10.0**-k).sum(axis=0)
    most = steps[(low <= etas) & (etas <= high)].max()
    return k, most, etas[steps <= most][[0, -1]].round(1)


# A valley


@claim(
    "03-valley-predicted",
    r"$\kappa = 200$ no llega en uno ninguna $\eta$",
    r"$\kappa = 200$ no $\eta$ arrives in one",
)
def one_step_is_not_enough():
    kappa, etas = 200, np.arange(221) / 100
    least = min(code.roll(kappa, eta, 45, 1)["norm"] for eta in etas)
    return kappa, least > 1, code.roll(1, 1.0, 45, 1)["norm"] < 1e-9


@claim(
    "03-valley-goal",
    r"Hasta $\eta = 1.90$, donde $\|\theta_{40}\| = 0.0296$. Una centésima más y manda "
    r"el factor de la dirección curva, $1 - 1.91 = -0.91$: quedan $0.0384$",
    r"Up to $\eta = 1.90$, where $\|\theta_{40}\| = 0.0296$. One hundredth more and "
    r"the factor of the curved direction, $1 - 1.91 = -0.91$, takes over: $0.0384$ is "
    "left",
)
def up_to_where_the_valley_keeps_its_goal():
    etas = np.arange(221) / 100
    kept = [eta for eta in etas if code.fast(code.roll(19, eta, 45, 40), 19, 45, 40)]
    eta, more = kept[-1], kept[-1] + 0.01
    norms = [code.roll(19, each, 45, 40)["norm"] for each in (eta, more)]
    return eta, norms[0], 1, more, 1 - more, norms[1], abs(1 - more) > 1 - more / 19


@claim(
    "03-valley-seen",
    r"con $\alpha = 90$ y $\eta = 1$ se llega en un paso, sea cual sea $\kappa$",
    r"with $\alpha = 90$ and $\eta = 1$ one step is enough, whatever $\kappa$",
)
def from_an_axis_one_step_is_enough():
    def arrived(alpha):
        """In one step with η = 1, at every κ."""
        return all(code.roll(k, 1.0, alpha, 1)["norm"] < 1e-9 for k in range(2, 201))

    [alpha] = [alpha for alpha in range(0, 91, 5) if arrived(alpha)]
    return alpha, 1


@claim(
    "03-best-rate-asked",
    r"Con $\kappa = 99$, logra $\rho \le 0.98$",
    r"With $\kappa = 99$, reach $\rho \le 0.98$",
)
def the_goal_of_the_best_rate():
    kappa = 99
    return kappa, (kappa - 1) / (kappa + 1)


@claim(
    "03-two-rates-why",
    r"son $2$ y $7$ (suman la traza, $9$, y su producto es el determinante, $14$)",
    r"are $2$ and $7$ (their sum is the trace, $9$, and their product the determinant, "
    "$14$)",
)
def the_eigenvalues_of_the_exercise():
    limit, best = code.etas_A
    high = 2 / limit
    low = 2 / best - high
    return low, high, low + high, low * high


# Data


@claim(
    "03-standardise",
    r"es una cuadrática con su mínimo $\hat w$ lejos de 0",
    r"is a quadratic whose minimum $\hat w$ is away from 0",
)
def least_squares_are_a_quadratic():
    X, y = rng().normal(size=(30, 3)), rng(1).normal(size=30)
    A = X.T @ X / 30
    best = np.linalg.lstsq(X, y, rcond=None)[0]

    def R(w):
        return np.mean((X @ w - y) ** 2) / 2

    gaps = rng(2).normal(size=(50, 3))
    return 0, [np.isclose(R(best + u), R(best) + u @ A @ u / 2) for u in gaps]


def kappas():
    """Of each flower part: raw, centred, standard."""
    return np.reshape(code.printed("03-standardise-iris"), (2, 3, 3))[..., -1]


@claim(
    "03-standardise-seen",
    r"$\kappa \approx 1.27$; en el pétalo solo baja de 102 a 53",
    r"$\kappa \approx 1.27$; the petal only falls from 102 to 53",
)
def what_standardising_does():
    sepal, petal = kappas()
    return sepal[-1], petal[1:], petal[1] < petal[0] / 3, sepal[1] < sepal[0] / 3


@claim(
    "03-standardise-seen",
    "con tres o más suele ayudar, aunque no siempre",
    "with three or more it usually helps, though not always",
)
def two_inputs_never_get_worse():
    @cache
    def helped(n):
        def helps(seed):
            B, s = rng(seed).normal(size=(n, n)), 10 ** rng(seed).uniform(-1, 1, n)
            C = B @ B.T * np.outer(s, s)
            d = np.sqrt(np.diag(C))
            before, after = np.linalg.cond(C), np.linalg.cond(C / np.outer(d, d))
            return after <= before * (1 + 1e-9)

        return np.mean([helps(seed) for seed in range(300)])

    worse = np.array([[3.0, -6, 7], [-6, 14, -16], [7, -16, 19]])
    d = np.sqrt(np.diag(worse))
    once = np.linalg.cond(worse / np.outer(d, d)) > np.linalg.cond(worse)
    return helped(2) == 1, helped(3) > 0.9, once


@claim(
    "03-variances-why",
    r"$1$ y $400$. En centímetros la segunda desviación es $2$ y su varianza $4$: el "
    r"límite sube de $\frac2{400}$ a $\frac24$",
    r"$1$ and $400$. In centimetres the second deviation is $2$ and its variance $4$: "
    r"the limit rises from $\frac2{400}$ to $\frac24$",
)
def the_limit_in_centimetres():
    X = np.array([[a, 20 * b] for a in (-1.0, 1.0) for b in (-1.0, 1.0)])
    low, high = np.linalg.eigvalsh(X.T @ X / 4)
    variance = (X[:, 1] / 10).var()
    return low, high, variance**0.5, variance, 2 / high, 2 / variance


# What one step promises


@claim(
    "03-promise-predicted",
    r"$\alpha = 90$, la dirección de $\lambda_{\max}$",
    r"$\alpha = 90$, the direction of $\lambda_{\max}$",
)
def better_than_promised():
    tight = {
        (kappa, alpha)
        for kappa in (1, 2, 9, 200)
        for alpha in range(0, 91, 5)
        if code.one_step(kappa, 1.0, alpha)["along"] > 1 - 1e-9
    }
    angles = {alpha for kappa, alpha in tight if kappa > 1}
    return max(angles), len(angles) == 1, len(tight) == 19 + 3


@claim(
    "03-promise-goal",
    r"\approx 2.676$; la mayor del deslizador es $2.67$",
    r"\approx 2.676$; the largest on the slider is $2.67$",
)
def up_to_where_one_step_descends():
    etas = np.arange(301) / 100
    kept = [eta for eta in etas if code.falls(code.one_step(9, eta, 10), 9, 10)]
    return 2 / code.one_step()["along"], max(kept)


@claim(
    "03-promise-seen",
    r"desde $\alpha = 10$, un paso con $\eta = 2.5$ baja el riesgo y **agranda** "
    "$z_2$. Repítelo y diverge",
    r"from $\alpha = 10$, a step with $\eta = 2.5$ lowers the risk and **enlarges** "
    "$z_2$. Repeat it and it diverges",
)
def a_step_may_descend_and_diverge():
    (kappa, _, alpha), eta = code.one_step.__defaults__, 2.5
    risk = code.one_step(kappa, eta, alpha)["risk"]
    path = descend(risk, code.start(alpha), GradientDescent(eta), steps=200)
    larger = abs(path[1, 1]) > abs(path[0, 1])
    return alpha, eta, risk(path[1]) < risk(path[0]), larger, risk(path[-1]) > 1e6


@claim(
    "03-descent-lemma",
    "queda una cota que no depende de la dirección",
    "a bound is left that does not depend on the direction",
)
def the_bound_holds():
    def holds(seed):
        B, theta = rng(seed).normal(size=(3, 3)), 3 * rng(seed + 1).normal(size=3)
        A = B @ B.T
        curved = Risk(lambda t: np.sum(np.log(np.cosh(t)), -1), np.tanh)
        for R, L in ((quadratic(A), np.linalg.eigvalsh(A)[-1]), (curved, 1.0)):
            g, eta = R.gradient(theta), rng(seed + 2).uniform(0, 3) / L
            bound = R(theta) - eta * (1 - L * eta / 2) * g @ g
            yield R(theta - eta * g) <= bound + 1e-9 * (1 + L)

    return [list(holds(seed)) for seed in range(100)]


# Schedules


@claim(
    "03-race",
    "los primeros 10 pasos",
    "the first 10 steps",
)
def steps_that_are_shown():
    return max(len(path) for path in [*code.early(code.race()).values()]) - 1


@claim("03-race", r"hasta $t = 1000$", r"up to $t = 1000$")
def steps_of_the_race():
    return len(code.race()["paths"]["η₀"]) - 1


@cache
def race(R, eta0):
    """The greater of the last two distances: constant, over t, over √t."""
    paths = code.race(R, eta0)["paths"].values()
    return [max(abs(path[-2:])) for path in paths]


@claim(
    "03-race-asked",
    r"¿Y en $\theta^2$ con $\eta_0 = 1.1$",
    r"And on $\theta^2$ with $\eta_0 = 1.1$",
)
def the_constant_one_diverges():
    eta0 = 1.1
    constant, over_t, over_root = race(parabola, eta0)
    return eta0, constant > 1e6, over_t < 1e-6, over_root < 1e-6


@claim("03-race-predicted", "gana la **constante**", "the **constant** one wins")
def the_constant_one_wins():
    constant, over_t, over_root = race(parabola, 0.3)
    return constant < 1e-6 * over_t, constant < over_root, over_t > 0.01


@claim(
    "03-race-predicted",
    r"la constante se queda entre $0.1$ y $0.2$; y $\frac{\eta_0}t$ acaba última, a "
    r"$0.25$: solo ha caminado $2.25$ de $2.5$",
    r"the constant one stays between $0.1$ and $0.2$; and $\frac{\eta_0}t$ ends last, "
    r"at $0.25$: it has only walked $2.25$ of $2.5$",
)
def who_wins_on_the_absolute_value():
    paths = code.race(code.absolute_value, 0.3)["paths"]
    low, high = sorted(abs(paths["η₀"][-2:]))
    start, end = paths["η₀/t"][[0, -1]]
    constant, over_t, over_root = race(code.absolute_value, 0.3)
    wins = over_root < constant < over_t
    return low, high, end, start - end, start, wins


@claim(
    "03-race-predicted",
    r"Con $\eta_0 = 1.1$ la constante escapa, y las otras dos se salvan: baja de "
    r"$10^{-6}$ primero $\frac{\eta_0}{\sqrt t}$, en 9 pasos, y "
    r"$\frac{\eta_0}t$ en 396",
    r"With $\eta_0 = 1.1$ the constant one escapes, and the other two are saved: "
    r"$\frac{\eta_0}{\sqrt t}$ is the first below $10^{-6}$, in 9 steps, and "
    r"$\frac{\eta_0}t$ takes 396",
)
def when_they_are_saved():
    eta0, below = 1.1, 1e-6
    paths = code.race(parabola, eta0)["paths"]
    root, over = (first(abs(paths[name]) < below) for name in ("η₀/√t", "η₀/t"))
    return eta0, below, root, over, abs(paths["η₀"][-1]) > 1e6


@claim(
    "03-race-seen",
    r"basta que $\eta_t < 1$ desde algún $t$",
    r"it is enough that $\eta_t < 1$ from some $t$ on",
)
def it_is_enough_to_be_below_1_in_the_end():
    """The limit of a constant rate; and rates that are above it for 20 steps."""
    limit = next(e for e in np.arange(1, 111) / 100 if on_parabola(e, 2000)[-1] > 1e-6)
    early = [on_parabola(lambda t, e=e: e if t < 20 else 0.3, 400) for e in (1.1, 2, 9)]
    return limit, [path[20] > 1 > 1e6 * path[-1] for path in early]


@claim(
    "03-race-goal",
    r"la menor del deslizador es $0.34$. Con $0.33$ se queda a $0.03$ del mínimo, y le "
    "faltan 92 pasos",
    r"the smallest on the slider is $0.34$. With $0.33$ it stops $0.03$ short of the "
    "minimum, and lacks 92 steps",
)
def the_least_that_keeps_the_goal():
    R, etas = code.absolute_value, np.arange(1, 121) / 100
    kept = [e for e in etas if code.arrives(code.race(R, e), R, 2.5)]
    less = kept[0] - 0.01
    short = abs(descend(R, [2.5], code.over_t(less), steps=1200)[:, 0])
    return kept[0], less, short[1000], first(short < 1e-3) - 1000


@claim(
    "03-staircase-question",
    r"valga $0.4$ en los pasos $t = 1, \dots, 10$",
    r"is $0.4$ in the steps $t = 1, \dots, 10$",
)
def the_first_stair():
    steps = [t for t in range(1, 100) if code.schedule(t) == code.schedule(1)]
    return code.schedule(1), steps[0], steps[-1]


@claim("03-staircase-why", r"$\sum\eta_t = 0.4\cdot10\cdot2 = 8$")
def the_stairs_are_finite():
    whole = sum(code.schedule(t) for t in range(1, 2001))
    one = sum(code.schedule(t) for t in range(1, 11))
    return code.schedule(1), one / code.schedule(1), whole / one, whole


@claim(
    "03-ten-times-why",
    r"$\eta = 0.05$ constante bastan 22",
    r"constant $\eta = 0.05$ it takes 22",
)
def a_constant_is_faster():
    return 0.05, first(on_parabola(0.05, 40) <= 0.1)


@claim(
    "03-schedules-power",
    r"Es una **potencia**: duplicar $t$ divide",
    r"It is a **power**: doubling $t$ divides",
)
def a_power_of_t():
    paths = [(e, on_parabola(lambda t, e=e: e / t, 4000)) for e in (0.05, 0.2, 0.7)]
    return [abs(np.log2(path[2000] / path[4000]) - 2 * e) < 1e-3 for e, path in paths]


@claim(
    "03-recipe-seen",
    r"multiplicando por $2.637 = \eta\lambda_{\max} - 1$, así que "
    r"$\lambda_{\max} = 3.637$, y el límite es $2/3.637 = 0.55$",
    r"multiplying by $2.637 = \eta\lambda_{\max} - 1$, so "
    r"$\lambda_{\max} = 3.637$, and the limit is $2/3.637 = 0.55$",
)
def one_that_escapes_measures():
    top = np.linalg.eigvalsh(code.petals.T @ code.petals / len(code.petals))[-1]
    return top - 1, top, 2, top, 2 / top


@claim("03-remember", "Sin $L$, potencias de 10", "Without $L$, powers of 10")
def the_powers_of_the_recipe():
    rates = code.printed("03-recipe-powers")[::3]
    return round(rates[0] / rates[1]), np.allclose(np.diff(np.log10(rates)), -1)


# Newton's step, and the best constant rate


@claim(
    "03-newton-seen",
    r"va de $0.3$ a $-0.07$, hacia la cima",
    r"it goes from $0.3$ to $-0.07$, towards the hilltop",
)
def newton_may_climb():
    theta = 0.3
    after = theta - double_well.gradient(theta) / (3 * theta**2 - 1)
    return theta, after, double_well([after]) > double_well([theta])


@claim(
    "03-newton-seen",
    r"deja $\frac23\theta$",
    r"leaves $\frac23\theta$",
)
def newton_on_the_quartic():
    theta = rng().normal(size=100)
    return np.allclose(theta - 4 * theta**3 / (12 * theta**2), 2 / 3 * theta)


@claim(
    "03-best-rate",
    "es mínimo donde se cruzan",
    "is lowest where they cross",
)
def lowest_where_they_cross():
    def lowest(kappa):
        etas = np.arange(221) / 100
        best = etas[np.argmin([code.modes(kappa, eta)["rho"] for eta in etas])]
        return abs(best - 2 / (1 / kappa + 1)) < 0.01

    return [lowest(kappa) for kappa in (2, 99)]


@claim(
    "03-best-rate-goal",
    r"La única del deslizador es $\eta^* = 1.98$",
    r"The only value on the slider is $\eta^* = 1.98$",
)
def only_one_rate_keeps_it():
    etas = np.arange(221) / 100
    rho = np.maximum(abs(1 - etas / 99), abs(1 - etas))
    kept = etas[rho <= 0.98 + 1e-12]
    return kept[0], len(kept) == 1


@claim("03-best-rate-predicted", "bajan **juntas**", "they go down **together**")
def both_go_down_together():
    paths = [abs(code.modes(k, 2 / (1 / k + 1))["path"]) for k in (2, 9, 99)]
    return [np.allclose(path[:, 0], path[:, 1]) for path in paths]


@claim(
    "03-best-rate-cost",
    r"cerca del doble si $\kappa$ es grande",
    r"about twice as long if $\kappa$ is large",
)
def about_twice_as_long():
    steps = np.reshape(code.printed("03-best-rate-steps"), (6, 4))[:, -1]
    ratios = steps[::2] / steps[1::2]
    return np.diff(ratios) > 0, abs(ratios[-1] - 2) < 0.1


@claim(
    "03-schedules-in-the-way",
    r"queda en medio, más o menos como",
    r"lies in between, more or less like",
)
def between_a_power_and_a_geometric():
    end = on_parabola(lambda t: 0.2 / t**0.5, 3000)[-1]
    return abs(np.log(end) / (-4 * 0.2 * 3000**0.5) - 1) < 0.02


@claim(
    "03-schedules-two-needs",
    r"En $\theta^2$ la suma infinita también hace falta",
    r"On $\theta^2$ the infinite sum is needed too",
)
def a_finite_sum_stops_short():
    left = on_parabola(lambda t: 0.25 / t**2, 20_000)[-1]
    return left > 0.3, on_parabola(0.3, 200)[-1] < 1e-9


@claim(
    "03-recipe-seen",
    "La mayor que baja el riesgo es $0.1$",
    "The largest that lowers the risk is $0.1$",
)
def the_largest_that_lowers():
    rows = np.reshape(code.printed("03-recipe-powers"), (4, 3))
    return max(rate for rate, ratio, _ in rows if ratio < 1)
