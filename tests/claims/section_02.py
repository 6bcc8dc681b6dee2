"""What lecture 2 claims: a rate, a factor, a limit, and what is beyond it."""

from fractions import Fraction
from functools import cache

import numpy as np

from course_utils import (
    GradientDescent,
    Risk,
    absolute_value,
    descend,
    double_well,
    parabola,
    quartic,
)
from support.claims import Claims

claim = Claims("02_gd_divergence")
code = claim.code


def walk(R, theta0, eta, steps):
    """The path of one parameter from one start."""
    return descend(R, [theta0], GradientDescent(eta), steps=steps)[:, 0]


def ends(R, theta0, etas, steps):
    """The distance to 0 at the end, for each rate of a grid."""
    rule = GradientDescent(np.array(etas)[:, None])
    return abs(descend(R, [theta0], rule, steps=steps)[-1, :, 0])


def largest(etas, holds):
    return max(eta for eta in etas if holds(eta))


# One rule


@claim(
    "02-rule-descend",
    "`descend` hace ese mismo ciclo",
    "`descend` runs this very loop",
)
def the_loop_is_descend():
    theta, loop = -1.0, [-1.0]
    for _ in range(5):
        theta = theta - 0.1 * parabola.gradient(theta)
        loop.append(theta)
    return np.allclose(walk(parabola, -1.0, 0.1, 5), loop, atol=1e-15)


@claim(
    "02-sign-slip-seen",
    "de 1 a 9, o de 1 a 1.44. Con el menos, $\\eta = 0.1$ lo baja a 0.64. Y con "
    "$\\eta = 1$ el riesgo se queda en 1",
    "from 1 to 9, or from 1 to 1.44. With the minus, $\\eta = 0.1$ brings it down to "
    "0.64. And with $\\eta = 1$ the risk stays at 1",
)
def the_risk_after_one_step_with_each_sign():
    def risk(change):
        return float(parabola(code.theta + change * code.g)[()])

    small, large = 0.1, 1
    with_plus = risk(0), risk(large), risk(0), risk(small)
    return *with_plus, small, risk(-small), large, risk(-large)


@claim(
    "02-oscillates-predicted",
    "en $1$ y en $0.001$, como se ve al final de cada línea. Cada paso cambia el "
    "signo, y 100 es par",
    "at $1$ and at $0.001$, as the end of each line shows. Each step changes the sign, "
    "and 100 is even",
)
def an_even_number_of_steps_brings_it_back():
    starts, steps = (1.0, 0.001), 100
    ends = [walk(parabola, start, 1.0, steps)[-1] for start in starts]
    return ends, steps, ends == list(starts)


@claim(
    "02-oscillates-seen",
    r"salta entre $\theta_0$ y $-\theta_0$ **para siempre**",
    r"it jumps between $\theta_0$ and $-\theta_0$ **forever**",
)
def it_never_leaves_the_cycle():
    def jumps(theta):
        for _ in range(1000):
            theta -= 2 * theta
            yield theta

    starts = Fraction(1), Fraction(-1, 3), Fraction(1, 1000), Fraction(10**9)
    return [list(jumps(start)) == [-start, start] * 500 for start in starts]


@claim(
    "02-flat-seen",
    r"con $\eta = 1$ la derivada sigue midiendo $2$",
    r"with $\eta = 1$ the derivative still measures $2$",
)
def a_flat_risk_is_no_minimum():
    rate = 1.0
    last = walk(parabola, 1.0, rate, 100)[-2:]
    return rate, abs(parabola.gradient(last[1])), abs(last[0]) == abs(last[1])


# One factor


ETAS = np.arange(-10, 121) / 100  # of the slider


@claim(
    "02-factor",
    r"depende solo de si $|1-2\eta| < 1$",
    r"depends only on whether $|1-2\eta| < 1$",
)
def the_factor_decides():
    limit, arrives = 1.0, ends(parabola, 1.0, ETAS, 3000) < 1e-9
    return limit, arrives == (abs(1 - 2 * ETAS) < limit)


@claim(
    "02-factor-symmetry",
    r"$\eta$ y $1-\eta$ dan el mismo $|\theta_t|$",
    r"$\eta$ and $1-\eta$ give the same $|\theta_t|$",
)
def mirrored_rates_are_alike():
    sides = [
        descend(parabola, [1.0], GradientDescent(eta[:, None]), steps=25)
        for eta in (ETAS, 1 - ETAS)
    ]
    return np.allclose(abs(sides[0]), abs(sides[1]), atol=1e-12)


@claim("02-rates-parts", "hasta $t = 40$", "up to $t = 40$")
def where_the_pale_line_ends():
    return len(code.run()["whole"]) - 1


@claim(
    "02-rates",
    r"suma $\log_{10}|1-2\eta|$ potencias de diez",
    r"adds $\log_{10}|1-2\eta|$ powers of ten",
)
def each_step_adds_the_same():
    return [
        np.allclose(
            np.diff(np.log10(abs(walk(parabola, 2.5, eta, 20)))),
            np.log10(abs(1 - 2 * eta)),
        )
        for eta in (-0.1, 0.1, 0.3, 0.9, 1.1)
    ]


@claim(
    "02-rates-predicted",
    r"Con $\eta = \frac12$ el factor es 0: llega en un paso",
    r"With $\eta = \frac12$ the factor is 0: it gets there in one step",
)
def half_arrives_at_once():
    eta = 1 / 2
    return eta, 1 - 2 * eta, code.run(eta)["path"][1:] == 0


@claim(
    "02-rates-predicted",
    r"Con $\eta = 1$ el factor es $-1$",
    r"With $\eta = 1$ the factor is $-1$",
)
def one_mirrors():
    eta = 1
    path = code.run(eta)["path"]
    return eta, 1 - 2 * eta, path[1:] == -path[:-1]


@claim(
    "02-rates-predicted",
    r"Con $\eta < 0$ el factor es mayor que 1: sube la cuesta, siempre del mismo lado",
    r"With $\eta < 0$ the factor is greater than 1: it climbs the hill, always on the "
    "same side",
)
def a_negative_rate_climbs():
    zero, one = 0, 1
    negative = ETAS[ETAS < zero - 1e-9]
    paths = [code.run(eta)["path"] for eta in negative]
    climbs = [(np.diff(path, axis=0) > 0, path > 0) for path in paths]
    return zero, one, 1 - 2 * negative > one, climbs


@claim(
    "02-rates-goal",
    r"$2.5\,|1-2\eta|^{20} < 10^{-3}$, o sea $0.162 < \eta < 0.838$. "
    r"La mayor del deslizador es $0.83$",
    r"$2.5\,|1-2\eta|^{20} < 10^{-3}$, that is $0.162 < \eta < 0.838$. "
    r"The largest on the slider is $0.83$",
)
def where_the_goal_is_kept():
    near = 1e-3
    factor = (near / 2.5) ** (1 / 20)
    kept = largest(ETAS, lambda eta: code.near(code.run(eta), 2.5))
    return near, (1 - factor) / 2, (1 + factor) / 2, kept


@claim(
    "02-fractions",
    "Cada paso deja la mitad, y 0 no se alcanza nunca",
    "Each step leaves one half, and 0 is never reached",
)
def a_half_of_a_half_is_not_0():
    theta = [Fraction(1, 3)]
    for _ in range(200):
        theta.append(theta[-1] - Fraction(1, 4) * 2 * theta[-1])
    halved = [2 * theta[t + 1] == theta[t] for t in range(200)]
    return 0, halved, [each != 0 for each in theta]


@claim(
    "02-sign-slip-why",
    r"$1 + 2\eta = 1.2$, así que $\theta_t = -1.2^t$",
    r"$1 + 2\eta = 1.2$, so $\theta_t = -1.2^t$",
)
def the_wrong_sign_grows():
    path = walk(parabola, -1.0, -0.1, 10)
    return path[1] / path[0], np.isclose(path[10], code.theta_10)


@claim(
    "02-cobweb-asked",
    r"Desde $\theta_0 = 2$, dos tasas dan $\theta_2 = 0.72$",
    r"From $\theta_0 = 2$, two rates give $\theta_2 = 0.72$",
)
def two_rates_end_at_one_height():
    start, found = 2.0, rates_to_the_height()
    return start, walk(parabola, start, found[0], 2)[2], len(found) == 2


def rates_to_the_height():
    heights = np.array([walk(parabola, 2.0, eta, 2)[2] for eta in ETAS])
    return ETAS[abs(heights - 0.72) < 0.005]


@claim(
    "02-cobweb-goal",
    r"$(1-2\eta)^2 = 0.36$ y $1-2\eta = \pm0.6$. La escalera es $\eta = 0.2$; la "
    r"espiral, $\eta = 0.8$",
    r"$(1-2\eta)^2 = 0.36$ and $1-2\eta = \pm0.6$. The staircase is $\eta = 0.2$; the "
    r"spiral, $\eta = 0.8$",
)
def the_staircase_and_the_spiral():
    stairs, spiral = rates_to_the_height()
    met = [eta for eta in ETAS if code.spiral(code.webbed(eta, 2.0), 2.0)]
    factor = 1 - 2 * stairs
    mirrored = np.isclose(1 - 2 * spiral, -factor)
    return factor**2, factor, stairs, spiral, met == [spiral], mirrored


@claim(
    "02-cobweb-seen",
    r"Con $0 < \eta < \frac12$ la telaraña es una escalera, de un solo lado; con "
    r"$\eta > \frac12$, una espiral",
    r"With $0 < \eta < \frac12$ the cobweb is a staircase, on one side only; with "
    r"$\eta > \frac12$, a spiral",
)
def a_staircase_or_a_spiral():
    def sides(eta):
        path = walk(parabola, 2.5, eta, 20)
        return np.sign(path[1:] * path[:-1])

    low, limit = 0, Fraction(1, 2)
    one_side = [np.all(sides(eta) > 0) for eta in ETAS]
    both_sides = [np.all(sides(eta) < 0) for eta in ETAS]
    inside = (low < ETAS) & (ETAS < float(limit))
    positive = ETAS > 1e-9
    return (
        *(low, limit, limit),
        np.array(one_side)[positive] == inside[positive],
        np.array(both_sides) == (ETAS > float(limit)),
    )


@claim(
    "02-cobweb-seen",
    "entonces cada escalón es más corto que el anterior",
    "then each step of the stairs is shorter than the one before",
)
def the_stairs_get_shorter():
    def shrinks(eta):
        steps = abs(np.diff(walk(parabola, 2.5, eta, 20)))
        return np.all(steps[1:] < steps[:-1] * (1 - 1e-9))

    away = abs(ETAS - 0.5) > 1e-9  # where all is over after one step
    converges = abs(1 - 2 * ETAS) < 1 - 1e-9
    return np.array([shrinks(eta) for eta in ETAS])[away] == converges[away]


@claim(
    "02-cobweb-seen",
    r"Converge cuando la recta es menos inclinada que la diagonal",
    r"It converges when the line is less steep than the diagonal",
)
def the_line_is_less_steep():
    def steepness(eta):
        xs, ys = code.webbed(eta)["θ − ηR′(θ)"]
        return abs((ys[1] - ys[0]) / (xs[1] - xs[0]))

    arrives = ends(parabola, -3.0, ETAS, 3000) < 1e-9
    steep = np.array([steepness(eta) for eta in ETAS])
    return arrives == (steep < 1 - 1e-9)


# Curvature


@claim(
    "02-curvature-predicted",
    r"con $c = 8$, la misma $\eta = 0.3$ rebasa el límite $\frac28 = 0.25$",
    r"with $c = 8$, the same $\eta = 0.3$ passes the limit $\frac28 = 0.25$",
)
def the_same_rate_diverges():
    rate, curvature = code.bowl.__defaults__[0], 8.0
    grows = np.diff(abs(code.bowl(rate, curvature)["path"][:, 0])) > 0
    return curvature, rate, 2 / curvature, 2 / curvature, grows


@claim(
    "02-curvature-goal",
    r"$2.5\,|1-10\eta|^{20} < 10^{-3}$, y la mayor del deslizador que lo cumple es "
    r"$\eta = 0.16$",
    r"$2.5\,|1-10\eta|^{20} < 10^{-3}$, and the largest on the slider that does it is "
    r"$\eta = 0.16$",
)
def the_largest_in_the_steepest_bowl():
    rates, steep = np.arange(1, 101) / 100, 10.0
    kept = [code.near_in_bowl(code.bowl(eta, steep), steep) for eta in rates]
    near = 1e-3
    formula = 2.5 * abs(1 - steep * rates) ** 20 < near
    return near, rates[kept][-1], np.array(kept) == formula


@claim(
    "02-curvature-seen",
    r"con $\eta = 0.3$ y $c = 4$ el camino es el mismo que con $\eta = 0.12$ y "
    r"$c = 10$",
    r"with $\eta = 0.3$ and $c = 4$ the path is the same as with $\eta = 0.12$ and "
    r"$c = 10$",
)
def the_product_decides():
    pairs = code.bowl.__defaults__, (0.12, 10.0)
    one, other = (code.bowl(*pair)["path"] for pair in pairs)
    return *pairs, np.allclose(one, other, rtol=1e-9, atol=1e-15)


@claim(
    "02-curvature-seen",
    r"si multiplicas $R$ por dos, su mínimo no se mueve, pero pide una $\eta$ de la "
    "mitad",
    r"if you multiply $R$ by two, its minimum does not move, but it asks for half the "
    r"$\eta$",
)
def twice_the_risk_half_the_rate():
    return [
        np.array_equal(walk(R, 1.5, 0.1, 20), walk(2 * R, 1.5, 0.05, 20))
        for R in (parabola, quartic, double_well)
    ]


@claim(
    "02-local",
    r"Con $\eta = 0.2$ el factor debe acercarse a $1 - 0.2\cdot2 = 0.6$",
    r"With $\eta = 0.2$ the factor must approach $1 - 0.2\cdot2 = 0.6$",
)
def the_local_factor():
    gap = walk(double_well, 1.5, 0.2, 40) - 1
    return 0.2, 1, 0.2, 3 * 1**2 - 1, gap[-1] / gap[-2]


@claim(
    "02-local",
    "lo que empieza bastante cerca converge a él",
    "what starts near enough converges to it",
)
def the_minimum_is_stable_below_the_limit():
    exponential = Risk(
        lambda theta: np.sum(np.exp(theta) - 3 * theta, -1),
        lambda theta: np.exp(theta) - 3,
    )

    def stays(R, minimum, eta):
        return abs(walk(R, minimum + 1e-3, eta, 3000)[-1] - minimum) < 1e-9

    cases = ((double_well, 1.0, 2.0), (exponential, np.log(3), 3.0))
    return [
        (
            [stays(R, minimum, share * 2 / c) for share in (0.1, 0.5, 0.97)],
            not stays(R, minimum, 1.03 * 2 / c),
        )
        for R, minimum, c in cases
    ]


@claim(
    "02-local-seen",
    "multiplica la distancia por $0.25$; los últimos, por casi $0.6$",
    "multiplies the distance by $0.25$; the last ones, by almost $0.6$",
)
def the_first_and_the_last_factor():
    factors = code.gap[1:] / code.gap[:-1]
    return factors[0], factors[-1], factors[-1] < 0.6


@claim(
    "02-cycle-why",
    r"= 3$. El límite es $\frac23$. Con $\eta = \frac13$ el factor local es 0",
    r"= 3$. The limit is $\frac23$. With $\eta = \frac13$ the local factor is 0",
)
def the_limit_of_the_exercise():
    curvature = np.exp(np.log(3))
    limit, best = code.limit_and_best
    stable = np.isclose(limit, 2 / curvature)
    return curvature, 2 / curvature, best, 1 - best * curvature, stable


# Where curvature changes


@claim(
    "02-quartic",
    r"Así, con $\eta > 0$, converge si y solo si",
    r"So, with $\eta > 0$, it converges if and only if",
)
def it_converges_inside_the_border():
    eta, theta0 = np.arange(1, 61)[:, None], np.arange(10, 301)[None, :]
    starts = theta0[..., None] / 100 + 0 * eta[..., None]
    rule = GradientDescent(eta[..., None] / 100)
    path = abs(descend(quartic, starts, rule, steps=300)[..., 0])
    shrinks = np.all((path[1:] < path[:-1]) | (path[:-1] == 0), axis=0)
    exact = 2 * eta * theta0**2 - 10**6  # of 2 η θ₀² − 1, in millionths
    inside, border = exact < 0, exact == 0
    return 0, shrinks[~border] == inside[~border], border.sum() < 10


@claim(
    "02-quartic-asked",
    r"Con $\eta = 0.1$ la frontera es $\sqrt5 \approx 2.236$. ¿Qué pasa si empiezas en "
    r"$2.23$? ¿Y en $2.24$?",
    r"With $\eta = 0.1$ the border is $\sqrt5 \approx 2.236$. What if you start "
    r"at $2.23$? And at $2.24$?",
)
def the_border_and_the_two_starts_beside_it():
    eta, border = code.run_on_quartic.__defaults__[0], (2 * 0.1) ** -0.5
    beside = np.floor(100 * border) / 100, np.ceil(100 * border) / 100
    return eta, border**2, border, beside


@claim(
    "02-quartic-predicted",
    r"Desde $2.23$ se salva; desde $2.24$ se escapa",
    r"From $2.23$ it survives; from $2.24$ it escapes",
)
def one_survives_and_one_escapes():
    hundredths = np.arange(200, 250) / 100
    ends = np.array([abs(walk(quartic, theta, 0.1, 200)[-1]) for theta in hundredths])
    saved = hundredths[ends < 0.1]
    return saved[-1], hundredths[len(saved)]


@claim(
    "02-quartic-seen",
    r"ya lejos, $|\theta_{t+1}| \approx 4\eta\,|\theta_t|^3$",
    r"once far away, $|\theta_{t+1}| \approx 4\eta\,|\theta_t|^3$",
)
def far_away_a_step_cubes():
    path = walk(quartic, 2.24, 0.1, 7)
    return abs(path[7] / (4 * 0.1 * path[6] ** 3) + 1) < 1e-3


@claim(
    "02-quartic-goal",
    r"Con $\theta_0 = 1$ el límite es $\eta = \frac12$, y en el límite exacto oscila, "
    r"así que la mayor que converge es $0.49$",
    r"With $\theta_0 = 1$ the limit is $\eta = \frac12$, and exactly there it "
    r"oscillates, so the largest that converges is $0.49$",
)
def the_largest_from_1():
    start, limit = 1, Fraction(1, 2)
    kept = largest(
        np.arange(1, 61) / 100,
        lambda eta: code.converges(code.run_on_quartic(eta, start), start),
    )
    return start, limit, 1 - 4 * limit * start**2 == -1, kept


@claim(
    "02-quartic-seen",
    r"En $\theta = 2$ es $2/R'' = 0.042$, y desde ahí, con $\eta = 0.1$, converge",
    r"At $\theta = 2$ it is $2/R'' = 0.042$, and from there, with $\eta = 0.1$, it "
    r"converges",
)
def a_local_rule_far_away():
    theta, eta = 2, 0.1
    limit = 2 / (12 * theta**2)
    return theta, limit, eta, limit < eta, abs(walk(quartic, 2.0, eta, 200)[-1]) < 0.1


@claim("02-quartic-slow", r"$|\theta_t| \approx 1/\sqrt{8\eta t}$")
def slower_than_any_geometric():
    return abs(code.slow * (8 * 0.05 * 1e4) ** 0.5 - 1) < 1e-3


@claim(
    "02-absolute-cycle",
    r"Termina en el ciclo $0.1, -0.2$. Ninguna $\eta$ constante lo arregla, salvo por "
    r"casualidad",
    r"It ends in the cycle $0.1, -0.2$. No constant $\eta$ fixes this, except by luck",
)
def only_an_exact_multiple_arrives():
    def end(eta, theta=Fraction(1)):
        for _ in range(300):
            theta -= eta * ((theta > 0) - (theta < 0))
        return theta

    etas = [Fraction(k, 100) for k in range(1, 101)]
    lucky = [(end(eta) == 0) == ((1 / eta).denominator == 1) for eta in etas]
    last = walk(absolute_value, 1.0, 0.3, 40)[-2:]
    return max(last), min(last), lucky


# Two valleys


@claim(
    "02-wells",
    "no escapa: los muros lo devuelven. (De más lejos sí escapa",
    "it does not escape: the walls send it back. (From farther away it does escape",
)
def the_walls_send_it_back():
    eta = np.linspace(0.9, 1.35, 46)[:, None, None]
    shares = np.array([0.1, 0.5, 0.9, 0.999, 1.001, 1.1])[None, :, None]
    starts = shares * np.sqrt(1 + 2 / eta)
    end = descend(double_well, starts, GradientDescent(eta), steps=2000)[-1, ..., 0]
    slider = 1.5 < np.sqrt(1 + 2 / 1.35)
    return np.isfinite(end[:, :4]), ~np.isfinite(end[:, 4:]), slider


@claim(
    "02-wells-tree",
    r"justo en $-1$, $0$ o $1$ no se mueve",
    r"exactly at $-1$, $0$ or $1$ does not move",
)
def where_it_does_not_move():
    still = [theta for theta in range(-9, 10) if double_well.gradient(theta) == 0]
    return still


@claim(
    "02-wells-asked",
    r"en $\eta = 0.9$, $1.1$ y $1.25$?",
    r"at $\eta = 0.9$, $1.1$ and $1.25$?",
)
def the_prediction_is_about_the_first_three_periods():
    rates = code.printed("02-periods-counted")[:6:2]
    return rates, [period(eta) for eta in rates] == [1, 2, 4]


@claim("02-wells-sweep-said", "últimos 32 valores", "last 32 values")
def values_above_each_rate():
    xs, _ = code.cloud["∀ η"]
    return len(xs) / len(code.etas)


@claim("02-wells-kept", "últimos 33 puntos", "last 33 points")
def points_that_are_kept():
    return len(code.wells()["path"])


LONGEST = 64  # of the periods that are looked for


@cache
def period(eta, steps=20_000):
    tail = walk(double_well, 0.5, eta, steps)[-2 * LONGEST - 1 :]
    return next((p for p in range(1, LONGEST + 1) if code.repeats(tail, p)), None)


@cache
def pair(eta):
    return walk(double_well, 0.5, eta, 4000)[-2:]


@claim("02-period-two", r"$ab = \frac1\eta$ y", r"$ab = \frac1\eta$ and")
def the_two_values_of_the_cycle():
    return [
        np.allclose([a * b, a * a + b * b], [1 / eta, (1 + eta) / eta])
        for eta in (1.05, 1.1, 1.2)
        for a, b in [pair(eta)]
    ]


@claim("02-period-two", r"= 9-2(1+\eta)^2$")
def what_two_steps_multiply_by():
    def slope(eta, theta):
        return 1 - eta * (3 * theta**2 - 1)

    return [
        np.isclose(slope(eta, a) * slope(eta, b), 9 - 2 * (1 + eta) ** 2)
        for eta in (1.05, 1.1, 1.2)
        for a, b in [pair(eta)]
    ]


@claim(
    "02-wells-predicted",
    r"En $\eta = 0.9$, todavía debajo del límite 1, converge a un mínimo; en $1.1$ "
    r"salta entre dos valores, y en $1.25$ da vueltas por cuatro",
    r"At $\eta = 0.9$, still below the limit 1, it converges to a minimum; at $1.1$ it "
    r"jumps between two values, and at $1.25$ it goes round four",
)
def one_two_and_four_values():
    first, second, third = rates = code.printed("02-periods-counted")[:6:2]
    ends = [abs(walk(double_well, 0.5, eta, 20_000)[-32:]) for eta in rates]
    values = [len(set(end.round(9))) for end in ends]
    still = np.isclose(ends[0][-1], 1)
    return first, 2 / (3 * 1**2 - 1), second, third, values == [1, 2, 4], still


@claim(
    "02-wells-goal",
    r"En $1.238$: la primera $\eta$ del deslizador después de $\sqrt5-1$",
    r"At $1.238$: the first $\eta$ on the slider after $\sqrt5-1$",
)
def where_period_4_begins():
    four = next(eta for eta in code.etas if code.period_4(code.wells(eta)))
    five, one = 5, 1
    after = [eta for eta in code.etas if eta > five**0.5 - one]
    return four, five, one, four == after[0]


@claim(
    "02-period-two",
    r"\approx 1.236$. Comparemos con la simulación en $\eta = 1.1$",
    r"\approx 1.236$. Let us compare with the simulation at $\eta = 1.1$",
)
def where_period_2_ends():
    rate = code.wells.__defaults__[0]
    return 5**0.5 - 1, rate, period(rate) == 2


@claim(
    "02-periods",
    "20 000 pasos, hasta 64",
    "20 000 steps, up to 64",
)
def how_far_a_period_is_looked_for():
    return period.__wrapped__.__defaults__[0], (129 - 1) / 2


@cache
def multiplier(eta, p):
    """Of a small distance to the cycle of p points, found by Newton's method."""
    x = walk(double_well, 0.5, eta, 2000)[-1]
    for _ in range(30):
        y, slope = x, 1.0
        for _ in range(p):
            slope *= 1 - eta * (3 * y * y - 1)
            y -= eta * (y**3 - y)
        x -= (y - x) / (slope - 1)
    return slope


@cache
def doubling(p, low, high):
    """The η at which the cycle of p points is stable no more."""
    for _ in range(14):
        middle = (low + high) / 2
        stable = multiplier(middle, p) > -1
        low, high = (middle, high) if stable else (low, middle)
    return low


@claim(
    "02-periods-seen",
    r"los ciclos empiezan en $\eta = 1$, $1.236$, $1.288$ y $1.299$, cada uno más "
    r"cerca del anterior. En $1.35$ no hay periodo hasta 64",
    r"the cycles begin at $\eta = 1$, $1.236$, $1.288$ and $1.299$, each one closer to "
    r"the one before. At $1.35$ there is no period up to 64",
)
def where_periods_double():
    ends = (1, 0.9, 1.02), (2, 1.2, 1.25), (4, 1.27, 1.29), (8, 1.295, 1.3)
    begin = [doubling(*each) for each in ends]
    chaos = code.etas[-1]
    none = period(chaos) is None
    return round(begin[0], 3), begin[1:], np.diff(begin, 2) < 0, chaos, none, LONGEST


@claim(
    "02-periods-seen",
    "como el de $1.335$, con periodo 6",
    "such as that of $1.335$, with period 6",
)
def a_gap_amid_chaos():
    rate = code.printed("02-periods-counted")[10]
    return rate, period(rate)


@claim(
    "02-periods-seen",
    r"en $\eta = 1.236$ el periodo es 2, pero la figura, tras 1000 pasos",
    r"at $\eta = 1.236$ the period is 2, but the figure, after 1000 steps",
)
def near_a_doubling_it_takes_long():
    eta, steps = 1.236, 1000
    tail = np.sort(walk(double_well, 0.5, eta, steps)[-33:])
    values = 1 + np.sum(np.diff(tail) > 1e-3)
    return eta, period(eta, 100_000), steps, values == 4, eta < 5**0.5 - 1


@claim(
    "02-twins-said",
    r"En $\eta = 1.35$, desde $\theta_0 = 0.5$",
    r"At $\eta = 1.35$, from $\theta_0 = 0.5$",
)
def where_the_twins_start():
    return code.etas[-1], code.twins[0, 0, 0]


@claim(
    "02-twins-seen",
    "decide, 80 pasos después, dónde",
    "decides, 80 steps later, where",
)
def the_twins_are_apart():
    gap = abs(code.twins[:, 0, 0] - code.twins[:, 1, 0])
    return len(gap) - 1, gap[0] < 1e-9, gap[-1] > 0.1


@claim(
    "02-twins-seen",
    "algo menor que 1, los dos llegarían al mismo mínimo",
    "a little below 1, both would go to the same minimum",
)
def below_the_limit_they_meet():
    limit = 2 / (3 * 1**2 - 1)
    starts, gd = [[0.5], [0.5 + 1e-10]], GradientDescent(0.95 * limit)
    ends = descend(double_well, starts, gd, steps=3000)[-1]
    return limit, np.allclose(ends, 1, atol=1e-9)
