"""What lecture 4 claims: gradient descent in the perceptron."""

from functools import cache

import numpy as np
from scipy.optimize import minimize

from course_utils import (
    GradientDescent,
    check_gradient,
    classical_perceptron,
    descend,
    gate,
    perceptron_risk,
    sigmoid,
)
from course_utils.exercises.section_04 import PAIRS
from support.claims import Claims

claim = Claims("04_perceptron_gd")
code = claim.code

GATES = "AND", "OR", "NAND", "XOR"


# A step gives no signal


@cache
def places():
    """Of the sliders: w, b, and by how much R_H changes from b − h to b + h."""
    grid = [(w / 2, b / 10) for w in range(1, 21) for b in range(-50, 51)]
    rises = [code.mistakes(w, b + 1e-6) - code.mistakes(w, b - 1e-6) for w, b in grid]
    return grid, rises


@claim(
    "04-six-examples-predicted",
    "En cada peldaño la derivada es 0, aunque haya errores; también donde estás al "
    "abrir, en $b = 1$",
    "On each tread the derivative is 0, even with mistakes; also where you stand at "
    "first, at $b = 1$",
)
def the_staircase_is_flat():
    def jumps(w, b):
        return np.isclose(w * code.xs + b, 0).any()

    treads = [(w, b, r) for (w, b), r in zip(*places(), strict=True) if not jumps(w, b)]
    slope = max(abs(rise) for _, _, rise in treads)
    flat, (w, b) = [(w, b) for w, b, _ in treads], code.neuron.__defaults__
    return slope, max(code.mistakes(*at) for at in flat) > 0.3, b, (w, b) in flat


@claim(
    "04-six-examples-predicted",
    "con $w = 10$ la sigmoide es casi el escalón",
    "with $w = 10$ the sigmoid is almost the step",
)
def the_sigmoid_is_almost_the_step():
    w = 10
    b = code.neuron.__defaults__[1]
    x, sigma = code.outputs((w, b))["σ"]
    far = abs((w * x + b > 0) - sigma)
    return w, np.mean(far > 0.05) < 0.1


@claim(
    "04-six-examples-seen",
    "como $b = 2$ con $w = 2$, $R_H$ no tiene derivada: las diferencias dan $833$, y "
    "con $h$ menor darían más",
    "such as $b = 2$ with $w = 2$, $R_H$ has no derivative: the differences give "
    "$833$, and with a smaller $h$ they would give more",
)
def differences_at_a_jump():
    b, w = 2, 2

    def slope(h):
        return (code.mistakes(w, b + h) - code.mistakes(w, b - h)) / (2 * h)

    jump = np.isclose(w * code.xs + b, 0).any()
    return b, w, jump, slope(1e-4), slope(1e-5) > 9 * slope(1e-4)


@claim(
    "04-six-examples-goal",
    "$b = -1$: a su izquierda la pendiente es negativa; a su derecha, positiva",
    "$b = -1$: to its left the slope is negative; to its right, positive",
)
def the_slope_points_at_the_goal():
    bs = np.arange(-50, 51) / 10
    slopes = np.array([code.six.gradient([2.0, b])[1] for b in bs])
    goal = bs[np.argmin(abs(slopes))]
    away = bs != goal
    return goal, np.sign(slopes[away]) == np.sign(bs[away] - goal)


# The risk of slide 10


@claim(
    "04-cross-entropy-ln-2",
    r"el riesgo es $\ln 2$, sean cuales sean los datos",
    r"the risk is $\ln 2$, whatever the data",
)
def a_perceptron_that_knows_nothing():
    rng = np.random.default_rng(0)
    risks = [
        perceptron_risk(9 * rng.normal(size=(7, 3)), rng.integers(2, size=7))
        for _ in range(100)
    ]
    return np.isclose([risk(np.zeros(4)) for risk in risks], np.log(2), rtol=1e-12)


@claim(
    "04-threshold-seen",
    "hay un error **más** y el riesgo es menor",
    "there is one mistake **more**, and the risk is smaller",
)
def one_mistake_more():
    more = 6 * (code.mistakes(2, -1) - code.mistakes(2, 1))
    return np.isclose(more, 1), code.six([2, -1]) < code.six([2, 1])


@claim(
    "04-threshold-seen",
    "En $b = -1$, el mínimo de $R_\\sigma$ si $w = 2$",
    "At $b = -1$, the minimum of $R_\\sigma$ if $w = 2$",
)
def the_minimum_of_the_six():
    w, bs = 2, np.arange(-500, 501) / 100
    return bs[np.argmin([code.six([w, b]) for b in bs])], w


@claim(
    "04-threshold-seen",
    r"$a = 3$, y cuesta $3.05$; los dos de $b = -1$ dudan, $a = \pm1$, y cuestan "
    "$1.31$ cada uno",
    r"$a = 3$, and costs $3.05$; the two at $b = -1$ are in doubt, $a = \pm1$, and "
    "cost $1.31$ each",
)
def what_the_mistakes_cost():
    def wrong(b):
        """Each mistake: b, its |a|, its loss."""
        a = 2 * code.xs + b
        of = np.flatnonzero((a > 0) != code.ys)
        return [(b, abs(a[s]), code.six.on([s])([2, b])) for s in of]

    [(_, *only)], (one, two) = wrong(1), wrong(-1)
    return only, one, np.allclose(one, two)


# The derivative


@claim(
    "04-derivative-point",
    r"$a = 1.5$ y $\phi \approx 0.82$",
    r"$a = 1.5$ and $\phi \approx 0.82$",
)
def the_point_of_the_three_lines():
    return code.w @ code.x, sigmoid(code.w @ code.x)


@claim(
    "04-rule-climbs",
    "deriva bien la línea",
    "correctly: it only inherits",
)
def line_3_is_the_derivative_of_line_1():
    third = [(y - code.phi) * code.x for y in (0, 1)]
    first = [code.differences(code.line_1, y) for y in (0, 1)]
    return np.allclose(third, first, atol=1e-4)


@claim(
    "04-one-step-seen",
    r"$\ell$ baja de $0.6931$ a $0.1602$. Abajo, la de la diapositiva: $\ell$ **sube** "
    "a $1.9102$",
    r"$\ell$ falls from $0.6931$ to $0.1602$. Below, that of the slide: $\ell$ "
    "**rises** to $1.9102$",
)
def one_step_of_each_rule():
    step = -0.5 * code.one.gradient(np.zeros(4))
    before, right, slide = (code.one(theta) for theta in (0 * step, step, -step))
    return before, right, slide, right < before < slide


@claim(
    "04-one-step-seen",
    "y $a$ crece; si $y = 0$, lo resta, y $a$ disminuye",
    "and $a$ grows; if $y = 0$, it subtracts one, and $a$ decreases",
)
def the_right_rule_moves_a_towards_its_label():
    rng = np.random.default_rng(0)

    def moved(y):
        """By how much a changes: other examples, other weights, any η."""
        for _ in range(100):
            x, theta = np.append(rng.normal(size=3), 1), rng.normal(size=4)
            gradient = perceptron_risk([x[:-1]], [y]).gradient(theta)
            yield -rng.uniform(0.01, 9) * gradient @ x

    no, yes = sorted(set(code.ys))
    return min(moved(yes)) > 0, no, max(moved(no)) < 0


@claim(
    "04-by-hand-why",
    r"ese número por $\|(x, 1)\|^2 = 11$",
    r"that number times $\|(x, 1)\|^2 = 11$",
)
def the_length_of_the_example():
    moved = code.new_theta @ code.example - np.array([1, 2, -1]) @ code.example
    length = code.example @ code.example
    return code.example[-1], length, np.isclose(moved, -0.1 * length)


@claim(
    "04-softplus-question",
    r"de modo que sirvan también con $a = \pm800$",
    r"so that they also work at $a = \pm800$",
)
def naively_it_overflows():
    a = max(a for a, _ in PAIRS)
    with np.errstate(over="ignore"):
        naive = np.log(1 + np.exp(a))
    good = [code.softplus_loss(s * a, y) for s in (-1, 1) for y in (0, 1)]
    return a, np.isinf(naive), np.isfinite(good)


@claim("04-overflow-seen", r"$\infty$ contra $40$", r"$\infty$ against $40$")
def what_the_subtraction_loses():
    with np.errstate(divide="ignore"):
        naive = -np.log(1 - sigmoid(code.sure))
    kept = code.softplus_loss(code.sure, 1)
    lost = np.logaddexp(0, code.sure) - code.sure
    return np.isinf(naive), code.softplus_loss(code.sure, 0), lost == 0, kept > 0


# All the examples


@claim("04-iris-sign-seen", "Un error relativo de $2$", "A relative error of $2$")
def the_sign_of_a_reversed_sign():
    return check_gradient(code.slide, code.theta).error


# What the sign does


ETAS = np.arange(1, 101) / 100  # of the slider


@cache
def five_epochs(delta):
    """The paths of all rates of the slider at once."""
    rule, starts = GradientDescent(ETAS[:, None]), np.zeros((100, 3))
    return descend(delta * code.risk, starts, rule, code.by_turns, steps=500)


@claim(
    "04-online-sides",
    "Ahora cinco épocas: 500 pasos",
    "Now five epochs: 500 steps",
)
def steps_of_five_epochs():
    return 5 * len(code.by_turns)


@claim(
    "04-online-predict",
    "logra $R < 0.12$ en $t = 500$",
    "reach $R < 0.12$ at $t = 500$",
)
def the_goal_of_the_flowers():
    below = 0.12  # of the goal
    ends = five_epochs(1)[-1]
    met = [code.learnt([end], 1, 500) for end in ends]
    return below, len(code.online(1, 0.1)) - 1, (code.risk(ends) < below) == met


@claim(
    "04-online-predicted",
    "Menos: **6** de 100; con la regla correcta, **94**",
    "Fewer: **6** of 100; with the right rule, **94**",
)
def the_slide_learns_the_opposite():
    def right(delta):
        """Of the flowers, for each rate of the slider."""
        ends = five_epochs(delta)[-1]
        return ((ends[:, :2] @ code.X.T + ends[:, 2:] > 0) == code.y).sum(axis=1)

    at_first = np.flatnonzero(ETAS == code.five_epochs.__defaults__[1])
    opposite, correct = right(-1), right(1)[at_first]
    return opposite[0], len(code.y), correct, np.ptp(opposite) == 0


@claim(
    "04-online-predicted",
    "el riesgo crece época tras época",
    "the risk grows epoch after epoch",
)
def with_the_sign_of_the_slide_it_climbs():
    return np.diff(code.risk(five_epochs(-1)[::100]), axis=0) > 0


@claim(
    "04-online-goal",
    r"$\eta = 0.14$: con $0.13$ queda $R = 0.1203$, y con $0.14$ ya $R = 0.1189$",
    r"$\eta = 0.14$: with $0.13$ it ends at $R = 0.1203$, and with $0.14$ already at "
    "$R = 0.1189$",
)
def the_least_rate_for_the_flowers():
    ends = code.risk(five_epochs(1)[-1])
    least = np.flatnonzero(ends < 0.12)[0]
    return ETAS[least], ETAS[least - 1], ends[least - 1], ETAS[least], ends[least]


@claim("04-online-seen", r"con $\eta = 0.1$", r"with $\eta = 0.1$")
def the_rate_of_the_epochs():
    """That which makes of both rules the numbers that were printed."""
    shown = np.reshape(code.printed("04-online-epochs"), (2, 6, 1))
    epochs = [code.risk(five_epochs(delta)[::100]) for delta in (1, -1)]
    return ETAS[np.isclose(epochs, shown, atol=5e-4).all(axis=(0, 1))]


@claim(
    "04-online-epochs-seen",
    "$R$ acaba creciendo unos $13.25$ por época. Con la correcta, baja en cada una",
    "$R$ ends up growing by about $13.25$ an epoch. With the right one, it falls in "
    "each",
)
def the_risk_epoch_by_epoch():
    wrong, right = (np.diff(code.risk(code.online(d, 0.1)[::100])) for d in (-1, 1))
    return np.median(wrong[-3:]), right < 0


# Gates


@claim("04-gates-asked", "logra ✓ 4 / 4 en $t = 5$", "reach ✓ 4 / 4 at $t = 5$")
def the_goal_of_the_gates():
    met = [
        t for t in range(61) if code.or_in_five(code.learn("OR", 5.0, t=t), "OR", 1, t)
    ]
    return len(code.corners), len(gate("OR")[1]), met


def when_right(f, eta=1.0, b=True):
    """For each t of the slider, whether all four are on their own side."""
    return code.all_right(code.learn(f, eta, b, t=60)["path"], *gate(f))


@claim(
    "04-gates-predicted",
    "AND, OR y NAND se aprenden; XOR no. Sin sesgo, ninguna",
    "AND, OR and NAND are learnt; XOR is not. Without the bias, none is",
)
def which_gates_are_learnt():
    learnt = [when_right(f)[-1] for f in GATES]
    without = [when_right(f, eta, b=False) for f in GATES for eta in (0.1, 1, 5)]
    return learnt == [True, True, True, False], not np.any(without)


@claim(
    "04-gates-goal",
    r"$\eta = 3.7$: con $3.6$ hacen falta seis pasos",
    r"$\eta = 3.7$: with $3.6$ it takes six steps",
)
def the_least_rate_of_or():
    rates = np.arange(1, 51) / 10
    steps = np.array([np.sum(~when_right("OR", eta)) for eta in rates])
    least = np.flatnonzero(steps <= 5)[0]
    return rates[least], rates[least - 1], steps[least - 1] == 6


@claim(
    "04-gates-centred",
    "Centrar no basta: 11 pasos",
    "Centring is not enough: 11 steps",
)
def steps_from_centred_inputs():
    steps = {code.first(gate(f)[0] - 0.5, gate(f)[1]) for f in GATES[:3]}
    return len(steps) == 1, *steps


@claim("04-gates-centred", "y basta un paso", "and one step is enough")
def one_step_from_standardised_inputs():
    return {code.first(2 * gate(f)[0] - 1, gate(f)[1]) for f in GATES[:3]} == {1}


@claim(
    "04-gates-centred",
    "pasa de $10.15$ a $4$ y a $1$",
    "goes from $10.15$ to $4$ and to $1$",
)
def condition_numbers():
    for inputs in (code.corners, code.corners - 0.5, 2 * code.corners - 1):
        rows = np.column_stack([inputs, np.ones(4)])
        yield np.linalg.cond(rows.T @ rows / 4)


@claim("04-origin", "en $t = 60$, sin sesgo", "at $t = 60$, without bias")
def when_the_weights_were_printed():
    """The first t at which the weights of OR are so."""
    of_or = np.reshape(code.printed("04-origin-weights"), (4, 3))[1]
    path = code.learn("OR", b=False, t=60)["path"].round(2)
    return np.flatnonzero(np.all(path == of_or, axis=1))[0]


@claim(
    "04-origin-seen",
    "el gradiente en 0 es exactamente 0, y hay ✓ 0 / 4 para siempre",
    "the gradient at 0 is exactly 0, and it stays ✓ 0 / 4 for ever",
)
def without_a_bias_nothing_moves():
    path = np.concatenate(
        [code.learn(f, b=False, t=60)["path"] for f in ("AND", "NAND")]
    )
    slopes = [
        perceptron_risk(*gate(f)).gradient(np.zeros(3))[:2] for f in ("AND", "NAND")
    ]
    right = np.sum(path[:, :2] @ code.corners.T != 0)
    return np.max(np.abs(path)), np.max(np.abs(slopes)), right, len(code.corners)


@claim("04-origin-seen", "Con OR solo falta $(0,0)$", "With OR only $(0,0)$ is missing")
def what_or_lacks_without_a_bias():
    inputs, answers = gate("OR")
    end = code.learn("OR", b=False, t=60)["path"][-1]
    return inputs[(2 * answers - 1) * (inputs @ end[:2]) <= 1e-9]


@claim(
    "04-xor",
    "el gradiente es **exactamente** 0",
    "the gradient is **exactly** 0",
)
def at_zero_xor_is_flat():
    return np.max(np.abs(code.xor.gradient(np.zeros(3))))


@claim(
    "04-xor",
    "es perpendicular a los cuatro",
    "is perpendicular to all four",
)
def the_four_rows_span_everything():
    return np.linalg.matrix_rank(np.column_stack([code.corners, np.ones(4)])) == 3


@cache
def ends_of_xor():
    starts = 3 * np.random.default_rng(0).normal(size=(100, 3))
    return descend(code.xor, starts, GradientDescent(1.0), steps=3000)[-1]


@claim(
    "04-xor",
    "Desde otro lugar también se converge a él",
    "From elsewhere, too, descent converges to it",
)
def xor_ends_at_zero():
    return abs(ends_of_xor()) < 1e-9


@cache
def best_of_two_species():
    return descend(code.risk, np.zeros(3), GradientDescent(1.0), steps=10_000)[-1]


@claim(
    "04-xor-seen",
    "tampoco se separan, y su mínimo, $R = 0.103$",
    "cannot be separated either, and their minimum, $R = 0.103$",
)
def the_least_risk_of_two_species():
    """Where a convex risk has gradient 0; separable data have no such place."""
    end = best_of_two_species()
    return code.risk(end), np.linalg.norm(code.risk.gradient(end)) < 1e-9


# Squared error


@claim(
    "04-squared-error-seen",
    "Más de veinte mil veces menos señal",
    "Over twenty thousand times less signal",
)
def how_much_signal_is_left():
    ratio = code.ce.gradient([-10.0])[0] / code.se.gradient([-10.0])[0]
    return 20_000 < ratio < 25_000


@claim(
    "04-sure-and-wrong-asked",
    r"con $\eta = 1$ y 100 pasos",
    r"with $\eta = 1$ and 100 steps",
)
def the_duel_of_the_prediction():
    return code.duel.__defaults__[1:]


@claim(
    "04-sure-and-wrong-asked",
    r"Con $\eta = 1$ y $t = 100$",
    r"With $\eta = 1$ and $t = 100$",
)
def the_duel_of_the_goal():
    return code.duel.__defaults__[1:]


@claim(
    "04-sure-and-wrong-predicted",
    "va de $-6$ a $4.52$. El error cuadrático llega apenas a $-5.72$",
    "it goes from $-6$ to $4.52$. Squared error barely gets to $-5.72$",
)
def where_the_duel_ends():
    ends = code.duel()
    ce, se = ends["CE"][:, 0], ends["½SE"][:, 0]
    return ce[0], ce[-1], se[-1], ce[-1] > 0, se[-1] < 0


@claim(
    "04-sure-and-wrong-goal",
    r"$\theta_0 = -4.4$; desde $-4.5$ se queda en $-1.03$",
    r"$\theta_0 = -4.4$; from $-4.5$ it only gets to $-1.03$",
)
def the_farthest_start():
    starts = np.arange(-100, 51) / 10
    ends = np.array([code.duel(start)["½SE"][-1, 0] for start in starts])
    least = np.flatnonzero(ends > 0)[0]
    return starts[least], starts[least - 1], ends[least - 1]


@claim(
    "04-sure-and-wrong-seen",
    r"es $\sigma'(a)\,(1-\phi)(3\phi-1)$: negativa si $\phi < \frac13$",
    r"is $\sigma'(a)\,(1-\phi)(3\phi-1)$: negative if $\phi < \frac13$",
)
def where_squared_error_is_not_convex():
    a, third = np.linspace(-8, 8, 1601)[:, None], 1 / 3
    second, phi = np.diff(code.se(a), 2) / 0.01**2, sigmoid(a[1:-1, 0])
    said = phi * (1 - phi) * (1 - phi) * (3 * phi - 1)
    return np.allclose(second, said, atol=1e-5), third, (second < 0) == (phi < third)


@claim(
    "04-sure-and-wrong-seen",
    "La menor segunda derivada entre $-10$ y $10$",
    "The smallest second derivative between $-10$ and $10$",
)
def the_range_of_a():
    return code.line[0, 0], code.line[-1, 0]


# How large η may be


@claim(
    "04-largest-rate-standardised",
    "el límite pasa de $0.31$ a $8$",
    "the limit goes from $0.31$ to $8$",
)
def the_limit_of_each_unit():
    return [2 / code.curvature(lengths[:, :1]) for lengths in (code.petals, code.X)]


RATES = np.arange(10, 401) / 1000  # of the slider


@cache
def valleys():
    """The paths of all rates of the slider at once."""
    rule, starts = GradientDescent(RATES[:, None]), np.zeros((len(RATES), 2))
    return descend(code.centimetres, starts, rule, steps=50)


@cache
def climbs():
    """At each rate of the slider, the steps at which the risk does not fall."""
    return np.sum(np.diff(code.centimetres(valleys()), axis=0) >= 0, axis=0)


@cache
def largest_rate():
    return RATES[climbs() == 0][-1]


PARTS = np.array([0, 0.01, 0.25, 0.5, 0.75, 0.99])  # of 2/L


def paths_of(risk, inputs, steps):
    """From twenty starts with each part of 2/L: (steps + 1, parts, starts, d)."""
    rates = 2 / code.curvature(inputs) * PARTS[:, None, None]
    starts = np.random.default_rng(0).normal(size=(20, inputs.shape[1] + 1))
    starts = np.broadcast_to(starts, (len(PARTS), *starts.shape))
    return descend(risk, starts, GradientDescent(rates), steps=steps)


@cache
def unkept():
    """Of the parts of 2/L, the largest with which some step does not go down."""
    petals = code.petals[:, :1]
    falls = np.diff(code.centimetres(paths_of(code.centimetres, petals, 200)), axis=0)
    return PARTS[np.any(falls >= 0, axis=(0, 2))].max()


@claim(
    "04-largest-rate",
    r"con **toda** $0 < \eta < 2/L$ el riesgo baja en **cada** paso",
    r"with **every** $0 < \eta < 2/L$ the risk falls at **each** step",
)
def the_promise_is_kept():
    return unkept()


@claim(
    "04-remember",
    r"baja en cada paso si $0 < \eta < 2/L$",
    r"falls at each step if $0 < \eta < 2/L$",
)
def the_promise_that_is_remembered():
    return unkept()


@claim(
    "04-classical-seen",
    r"La sigmoide, con $0 < \eta < 2/L$, sí **converge**",
    r"The sigmoid, with $0 < \eta < 2/L$, does **converge**",
)
def the_sigmoid_converges_on_xor():
    inputs = gate("XOR")[0]
    end = paths_of(code.xor, inputs, 20_000)[-1]
    away = np.linalg.norm(end, axis=-1).max(axis=-1)  # of the minimum, θ = 0
    return PARTS[away > 1e-6].max()


def largest_eigenvalue(theta):
    rows = np.column_stack([code.petals[:, :1], np.ones(100)])
    phi = sigmoid(rows @ theta)
    return np.linalg.eigvalsh((rows.T * (phi * (1 - phi))) @ rows / 100)[-1]


@cache
def eigenvalues():
    return [largest_eigenvalue(theta) for theta in code.valley(largest_rate())]


@claim("04-long-valley-asked", "en cada uno de los 50 pasos", "at each of the 50 steps")
def the_steps_of_the_goal():
    return code.valley.__defaults__[-1]


@claim(
    "04-long-valley-goal",
    r"$\eta = 0.322$, un poco **más** que $2/L = 0.311$; con $0.323$ ya sube en 19 de "
    "los 50 pasos",
    r"$\eta = 0.322$, a little **more** than $2/L = 0.311$; with $0.323$ it already "
    "rises in 19 of the 50 steps",
)
def it_holds_a_little_longer():
    bound, next_rate = 2 / code.curvature(code.petals[:, :1]), RATES > largest_rate()
    above = RATES[next_rate][0], climbs()[next_rate][0], len(valleys()) - 1
    return largest_rate(), bound, *above, bound < largest_rate() < 1.05 * bound


@claim(
    "04-long-valley-predicted",
    r"con $\eta = 0.322$, el mayor valor propio",
    r"with $\eta = 0.322$, the largest eigenvalue",
)
def the_rate_of_that_path():
    return largest_rate()


@claim("04-long-valley-predicted", "en los 50 pasos", "in all 50 steps")
def the_steps_of_that_path():
    return len(eigenvalues()) - 1


@claim(
    "04-long-valley-predicted",
    "entre $5.76$ y $L = 6.43$",
    "between $5.76$ and $L = 6.43$",
)
def the_largest_eigenvalue_along_the_path():
    L = code.curvature(code.petals[:, :1])
    return min(eigenvalues()), L, max(eigenvalues()) < L + 1e-9


@cache
def best_length():
    """(w, b) of standardised lengths, and the least risk."""
    R = perceptron_risk(code.X[:, :1], code.y)
    end = descend(R, [0.0, 0.0], GradientDescent(4.0), steps=2000)[-1]
    return end, R(end), np.linalg.norm(R.gradient(end))


@claim(
    "04-long-valley-seen",
    "el mínimo está cerca de $(9, -44)$, y en 50 pasos $b$ no llega ni a $-1$ con "
    r"ninguna $\eta \le 0.322$",
    "the minimum is near $(9, -44)$, and in 50 steps $b$ does not even get to $-1$ "
    r"with any $\eta \le 0.322$",
)
def how_long_the_valley_is():
    (w, b), _, slope = best_length()
    length, w = code.petals[:, 0], w / code.petals[:, 0].std()  # in centimetres
    lowest = valleys()[:, RATES <= largest_rate(), 1].min()
    steps = len(valleys()) - 1
    b -= w * length.mean()
    return slope < 1e-9, w, b, steps, lowest, lowest > -1, largest_rate()


@claim("04-long-valley-seen", "y bastan 50 pasos", "and 50 steps are enough")
def steps_that_are_enough():
    return len(code.fifty) - 1, code.of_lengths(code.fifty[-1]) - best_length()[
        1
    ] < 1e-3


@claim(
    "04-standardised-seen",
    "uno va por $0.63$ y el otro ya está a $0.001$ del mínimo, que es $0.167$",
    "one is still at $0.63$ and the other within $0.001$ of the minimum, which is "
    "$0.167$",
)
def after_fifty_steps():
    eta = 1.99 / code.curvature(code.petals[:, :1])
    far, near = code.centimetres(code.valley(eta)[-1]), code.of_lengths(code.fifty[-1])
    return far, near - best_length()[1], best_length()[1]


@claim("04-limit-why", "Sin $b$ saldría $6$", "Without $b$ it would be $6$")
def the_limit_without_a_bias():
    x = np.array([2, 0, 0])
    return 8 / np.mean(x**2), code.limit < 5


@claim(
    "04-limit-why",
    r"\begin{pmatrix} 4 & 2 \\ 2 & 3 \end{pmatrix}$",
)
def the_matrix_of_three_examples():
    rows = np.array([[2, 1], [0, 1], [0, 1]])
    (four, *two), (*again, three) = rows.T @ rows
    largest = np.linalg.eigvalsh(rows.T @ rows / 3)[-1]
    root = np.isclose(largest, (7 + np.sqrt(17)) / 6)
    return two, again, (four, three) == (4, 3), root


# Separable data


@claim("04-runaway", r"$R_t\,\eta t \to 1$")
def where_the_product_tends():
    eta = np.arange(1, 51) / 10
    products = eta * [
        [t * np.log1p(np.exp(-weights(e)[t])) for e in eta] for t in (100, 10_000)
    ]
    return np.median(products[-1]), np.diff(abs(products - 1), axis=0)[-1] < 0


@claim(
    "04-runaway-loop-seen",
    r"$w$ y $\ln T$ difieren en $0.00005$",
    r"$w$ and $\ln T$ differ by $0.00005$",
)
def how_near_the_logarithm_is():
    return np.log(code.T) - code.weight


def weights(eta):
    """w of the two examples, step by step."""
    return code.sweep[:, round(10 * eta)]


@claim(
    "04-runaway-predict",
    "Logra $R < 10^{-3}$ en $t = 1000$",
    "Reach $R < 10^{-3}$ at $t = 1000$",
)
def the_goal_of_the_pair():
    below, t = 1e-3, 1000  # of the goal
    return (
        below,
        t,
        code.pair([weights(5)[t], 0]) < below < code.pair([weights(1)[t], 0]),
    )


@claim(
    "04-runaway-predict",
    r"En $t = 100$, $w \approx 4.6$",
    r"At $t = 100$, $w \approx 4.6$",
)
def the_weight_of_the_prediction():
    t = code.runaway.__defaults__[-1]
    return t, weights(1)[t]


@claim("04-runaway-predicted", r"o sea $10\,000$", r"that is $10\,000$")
def twice_the_weight_takes_the_square():
    square = code.runaway.__defaults__[-1] ** 2
    return square, abs(weights(1)[square] / weights(1)[100] - 2) < 0.01


@claim(
    "04-runaway-goal",
    r"$\eta = 1.1$: $R_{1000} = 0.911\cdot10^{-3}$; con $\eta = 1$, todavía "
    r"$1.002\cdot10^{-3}$",
    r"$\eta = 1.1$: $R_{1000} = 0.911\cdot10^{-3}$; with $\eta = 1$, still "
    r"$1.002\cdot10^{-3}$",
)
def the_least_rate_of_the_pair():
    rates = np.arange(1, 51) / 10
    risks = np.array([np.log1p(np.exp(-weights(eta)[1000])) for eta in rates])
    least = np.flatnonzero(risks < 1e-3)[0]
    return rates[least], risks[least], rates[least - 1], risks[least - 1]


@cache
def answers():
    """How many of the flowers are right at each step."""
    return np.sum(code.long_run @ code.signed.T > 0, axis=1)


@claim(
    "04-separated-seen",
    "Desde $t = 6$ las 150 respuestas están bien y ya no cambian",
    "From $t = 6$ on all 150 answers are right and no longer change",
)
def since_when_all_are_right():
    return np.flatnonzero(answers() != len(code.signed))[-1] + 1, answers()[-1]


@claim(
    "04-separated-seen",
    r"$0.530$ en $t = 10$, y le da $0.987$ en $t = 10\,000$",
    r"$0.530$ at $t = 10$, and gives it $0.987$ at $t = 10\,000$",
)
def the_most_doubtful_flower():
    for t in (10, len(code.long_run) - 1):
        yield from (sigmoid(code.signed @ code.long_run[t]).min(), t)


@claim("04-direction", "crece sin fin", "grows without end")
def the_length_grows_at_each_step():
    return np.diff(np.linalg.norm(code.long_run, axis=1)) > 0


@cache
def margins():
    """At t = 10, 100, 1000 and 10 000."""
    theta = code.long_run[[10, 100, 1000, 10_000]]
    return (theta @ code.signed.T).min(axis=1) / np.linalg.norm(theta, axis=1)


@cache
def maximal_margin():
    """By a solver: the shortest θ with all of (2y − 1) θ·(x, 1) at least 1."""
    rows = code.signed
    rule = {"type": "ineq", "fun": lambda v: rows @ v - 1, "jac": lambda v: rows}
    found = minimize(lambda v: v @ v, [3.0] * 3, method="SLSQP", constraints=rule)
    return 1 / np.linalg.norm(found.x)


@claim("04-margin-seen", "El margen sube muy despacio", "The margin climbs very slowly")
def the_margin_climbs_slowly():
    return np.diff(margins()) > 0, margins()[-1] < 0.95 * maximal_margin()


@claim(
    "04-largest-margin-seen",
    "A ese $0.380$ tiende el margen",
    "To that $0.380$ the margin tends",
)
def the_largest_margin():
    return maximal_margin(), abs(maximal_margin() - code.largest_margin) < 5e-4


# The classical perceptron


@claim(
    "04-classical-seen",
    "Tres errores, muchos menos que los 43 que permite la cota, y las 150 flores bien "
    "clasificadas",
    "Three mistakes, far fewer than the 43 that the bound allows, and all 150 flowers "
    "classified right",
)
def mistakes_of_the_classical_rule():
    bound = (np.linalg.norm(code.signed, axis=1).max() / maximal_margin()) ** 2
    right = np.sum(code.signed @ code.classical[-1] > 0)
    return len(code.classical) - 1 == 3, int(bound), right


@claim(
    "04-classical-seen",
    "en XOR, 397 errores en 100 vueltas",
    "on XOR, 397 mistakes in 100 rounds",
)
def on_xor_it_never_stops():
    def mistakes(rounds):
        return len(classical_perceptron(*gate("XOR"), epochs=rounds)) - 1

    rounds = 100
    return mistakes(rounds), rounds, mistakes(2 * rounds) > 1.9 * mistakes(rounds)


@claim("04-classical-seen", "los pesos también se van", "the weights run away too")
def with_a_tie_they_run_away_too():
    R, no_bias = perceptron_risk(*gate("OR")), GradientDescent(np.array([1, 1, 0]))
    lengths = np.linalg.norm(descend(R, np.zeros(3), no_bias, steps=10_000), axis=1)
    return np.diff(lengths) > 0, lengths[10_000] - lengths[1000] > 2


@claim("04-limit-why", r"\sqrt{17}")
def largest_curvature_by_hand():
    X = np.array([[2, 1], [0, 1], [0, 1]])  # with the column of ones
    (a, b), (_, d) = X.T @ X
    under_the_root = (a - d) ** 2 + 4 * b**2
    largest = np.linalg.eigvalsh(X.T @ X / 3).max()
    return under_the_root, np.isclose(largest, (a + d + under_the_root**0.5) / 6)
