"""What lecture 7 claims: backpropagation."""

import inspect
from functools import cache

import numpy as np

from course_utils import GradientDescent, Network, Risk, descend, digits, gate
from support.claims import Claims
from support.course import source

claim = Claims("07_backpropagation")
code = claim.code


@claim("07-title", "con esto, 2410 parámetros", "with this, 2410 parameters")
def parameters_of_the_network_for_digits():
    return Network((64, 32, 10)).p


# One hidden layer


@claim(
    "07-sum-and-index",
    "un error incluso mayor ($0.068$ y $0.069$) que la fórmula de la diapositiva "
    "($0.029$)",
    "an even larger error ($0.068$ and $0.069$) than the slide's formula ($0.029$)",
)
def one_correction_alone_is_worse():
    def error(V, sign):
        delta = (V @ (sign * code.d2)) * (1 - code.h**2)
        return np.abs(np.outer(delta, code.x) - code.D1).max()

    sign, transposed = error(code.W2, 1), error(code.W2.T, -1)
    slide, both = error(code.W2, -1), error(code.W2.T, 1)
    alone = sorted((sign, transposed))
    return alone, slide, alone[0] > slide, both < 1e-8


@claim(
    "07-output-layer-seen",
    "El de la diapositiva es **exactamente el opuesto**",
    "The slide's is **exactly the opposite**",
)
def the_sign_of_slide_17():
    return np.array_equal(code.e11, -np.outer(code.d2, code.h))


@claim(
    "07-wrong-sign-seen",
    "baja de $0.238$ a $0.0009$; con el otro, sube a $0.9965$, y lo peor posible es 1",
    "falls from $0.238$ to $0.0009$; with the other it rises to $0.9965$, and the "
    "worst "
    "possible is 1",
)
def the_right_sign_and_the_other():
    ends = [
        descend(direction, code.theta_two, GradientDescent(1.0), steps=200)[-1]
        for direction in (code.risk_two, code.slide17)
    ]
    corners = [[a, b] for a in (0.0, 1.0) for b in (0.0, 1.0)]
    worst = max(np.sum((np.array(phi) - code.y) ** 2) / 2 for phi in corners)
    start, down, up = map(code.risk_two, (code.theta_two, *ends))
    return start, down, up, worst, down < start < up


@claim(
    "07-net-222-by-hand", r"$d_{out}(1) = (0.475 - 1)\cdot 0.475\cdot 0.525 = -0.131$"
)
def the_first_output():
    f = code.s222.phi[0]
    return f, code.y222[0], f, 1 - f, code.s222.d[2][0]


@claim(
    "07-net-222-by-hand", r"$d_1(1) = 0.5\cdot(-0.131) + (-0.6)\cdot 0.0736 = -0.110$"
)
def the_first_hidden_unit():
    d_out = code.s222.d[2]
    return code.W[0, 0], d_out[0], code.W[0, 1], d_out[1], code.s222.d[1][0]


@claim(
    "07-output-delta-judge",
    "un solo término da **cero** en las clases equivocadas",
    "a single term gives **zero** at the wrong classes",
)
def one_term_is_not_enough():
    alone, whole = code.J.diagonal() * code.of_ce, code.J.T @ code.of_ce
    others = code.y_out == 0
    return alone[others] == 0, np.allclose(whole, code.phi_out - code.y_out)


@claim(
    "07-bias-gradient",
    "`theta[41]`, contando desde 0, es de $b^{(2)}$",
    "`theta[41]`, counting from 0, belongs to $b^{(2)}$",
)
def the_worst_coordinate():
    (_, _), (_, b), (_, _) = code.deep.unpack(np.arange(code.deep.p))
    return 0, 41 in b


# The algorithm and its cost


@claim("07-algorithm-lines", "Catorce líneas", "Fourteen lines")
def lines_of_the_algorithm():
    texts = {cell.id: cell.source for cell in source("07_backpropagation").cells}
    both = texts["07-algorithm-forward"], texts["07-algorithm-backward"]
    return sum(len(text.strip().splitlines()) for text in both) == 14


@claim(
    "07-algorithm-lines",
    "sobre 20 ejemplos y los 51 parámetros",
    "over 20 examples and all 51 parameters",
)
def what_is_checked():
    return len(code.X20), code.deep.p


@claim(
    "07-cost",
    "con capas de 50 unidades, $50^3$ multiplicaciones por capa en lugar de $50^2$",
    "with layers of 50 units, $50^3$ multiplications a layer instead of $50^2$",
)
def a_matrix_times_a_matrix():
    (W, _), *_ = Network((50, 50, 50)).unpack(np.zeros(Network((50, 50, 50)).p))
    times_a_vector, times_a_matrix = W.size, W.size * len(W)
    return len(W), np.cbrt(times_a_matrix), np.sqrt(times_a_vector)


@claim("07-cost-seen", "en ninguna red llega al doble", "in no network twice as much")
def the_backward_pass_costs_less_than_two():
    rng = np.random.default_rng(0)
    for _ in range(200):
        widths = rng.integers(1, 100, size=rng.integers(2, 8))
        weights = widths[:-1] * widths[1:]
        forward, backward = sum(weights), sum(weights) + sum(weights[1:])
        yield bool(backward < 2 * forward)


@claim(
    "07-cost-seen",
    "$2p = 4820$ recorridos hacia adelante: 2257 veces",
    "$2p = 4820$ forward passes: 2257 times",
)
def the_cost_of_differences():
    runs = 2 * Network((64, 32, 10)).p
    return runs, runs * code.forth / (code.forth + code.back)


@claim(
    "07-wrong-delta-seen",
    "apunta cuesta arriba la mitad de las veces",
    "half of the time it points uphill",
)
def the_slides_direction_is_uphill_half_of_the_time():
    hidden = np.array(code.cosines)[:, :2]
    uphill = np.mean(np.signbit(hidden), axis=0)
    return len(hidden) == 1000, np.abs(uphill - 1 / 2) < 0.05


@claim(
    "07-wrong-delta-seen",
    r"coseno $0.28$, porque la capa de salida sí usa su delta; aun así sube en el "
    r"$18\,\%$",
    r"a cosine of $0.28$, since the output layer does use its own delta; even so it "
    r"climbs in $18\,\%$",
)
def the_whole_step_keeps_something():
    whole = np.array(code.cosines)[:, 2]
    return whole.mean(), 100 * np.mean(whole < 0)


@claim(
    "07-wrong-delta-learns",
    "Con las seis semillas el riesgo queda más alto que con $d^{(k)}$: entre $1.5$ y "
    "$8.9$",
    "With all six seeds the risk stays higher than with $d^{(k)}$: from $1.5$ to $8.9$",
)
def it_learns_less():
    good, e17, times = np.reshape(code.printed("07-wrong-delta-risks"), (6, 3)).T
    return times.min(), times.max(), e17 > good


# Step by step


def error_of(E, x2):
    r = code.walk(8, E, x2)
    return np.abs(np.concatenate(r["walk"][3], axis=None) - r["judge"]).max()


def deltas_of(E):
    return code.walk(8, E)["walk"][1].d


@claim(
    "07-walk-seen",
    "E11 y E17 dejan bien todos los $d$",
    "E11 and E17 leave every $d$ right",
)
def errata_that_leave_the_deltas():
    right = deltas_of("✓")
    kept = {
        E
        for E in ("E11", "E12", "E17", "E20")
        if all(np.allclose(deltas_of(E)[k], right[k]) for k in (1, 2))
    }
    return kept == {"E11", "E17"}


@claim(
    "07-walk-seen",
    "E12 y $x_2 = -3$ (error $0.565$) o $x_2 = -2.5$ ($0.515$)",
    "E12 and $x_2 = -3$ (error $0.565$) or $x_2 = -2.5$ ($0.515$)",
)
def where_the_goal_is_kept():
    errors = {
        (E, x2): error_of(E, x2) for E in code.slips for x2 in np.arange(-6, 7) / 2
    }
    kept = [(x2, error) for (E, x2), error in errors.items() if error > 0.5]
    return kept, {E for (E, _), error in errors.items() if error > 0.5} == {"E12"}


@claim(
    "07-walk-seen",
    "E12, E17 y E20: las cuatro derivadas de $W^{(2)}$ son correctas",
    "E12, E17 and E20: the four derivatives of $W^{(2)}$ are right",
)
def errata_of_the_hidden_layer():
    for E in ("E12", "E17", "E20"):
        r = code.walk(8, E)
        dW1, dW2 = r["walk"][3]
        yield np.allclose(dW2.ravel(), r["judge"][4:])
        yield not np.allclose(dW1.ravel(), r["judge"][:4])


@claim(
    "07-when-to-stop",
    r"Un 7 % de error con $\eta = 0.5$, sin necesidad; es proporcional a $\eta$",
    r"An error of 7 % with $\eta = 0.5$, for no reason; it is proportional to $\eta$",
)
def late_deltas():
    def change(eta):
        moved = code.W.T - eta * np.outer(code.s222.d[2], code.s222.h[1])
        late, right = moved.T @ code.s222.d[2], code.s222.d[1]
        return np.linalg.norm(late - right) / np.linalg.norm(right)

    rates = np.array([change(eta) / eta for eta in (0.5, 0.25, 0.1, 0.01)])
    return 100 * change(0.5), 0.5, np.abs(rates / rates[0] - 1) < 1e-9


@claim("07-when-to-stop-seen", "a nueve decimales", "to nine decimals")
def the_gradient_is_zero_and_the_risk_is_not():
    return code.norm < 0.5e-9, code.risk_same(code.settled) > 0.6


@claim(
    "07-when-to-stop-seen",
    r"es 1 con dos puntos en $\pm1$",
    r"it is 1 with two points at $\pm1$",
)
def how_the_risk_decays():
    pair = Risk(lambda w: np.logaddexp(0, -w[..., 0]), lambda w: -1 / (1 + np.exp(w)))
    path = descend(pair, [0.0], GradientDescent(0.5), steps=20_000)
    return round(pair(path[-1]) * 0.5 * 20_000, 1), 1, pair(path) > 0


# The step of the differences


def errors_at(t, seed=0):
    """Of the forward difference and of the central one."""
    return code.errors_of_both(seed)[:, t]


@claim(
    "07-step-h-goal",
    "$t = 14$, y desde ahí se cumple hasta más o menos $t = 20$",
    "$t = 14$, and from there it is met until about $t = 20$",
)
def where_the_central_error_is_small():
    kept = [t for t in range(1, 21) if errors_at(t)[1] < 1e-10]
    return kept[0], kept[-1], kept == list(range(14, 21))


@claim(
    "07-step-h-seen",
    r"$\varepsilon$ central está cerca de $10^{-5}$",
    r"best central $\varepsilon$ is near $10^{-5}$",
)
def the_best_central_step():
    _, central = code.errors_of_both(0)
    return 10.0 ** round(np.log10(2.0 ** -np.argmin(central)))


@claim(
    "07-step-h-seen",
    r"está cerca de $3\cdot10^{-8}$, y aun ahí su error es unas 700 veces mayor",
    r"is near $3\cdot10^{-8}$, and even there its error is some 700 times larger",
)
def the_best_forward_step():
    ahead, central = code.errors_of_both(0)
    return 2.0 ** -np.argmin(ahead), round(min(ahead) / min(central), -2)


@claim("07-step-h-seen", r"$\varepsilon \approx 6\cdot10^{-6}$")
def the_step_of_check_gradient():
    return np.cbrt(np.finfo(float).eps)


@claim(
    "07-step-h-answer",
    r"las dos se equivocan ya por $10^{-4}$: tanto como la diferencia hacia adelante "
    r"con "
    r"$\varepsilon = 10^{-3}$",
    r"both are wrong by $10^{-4}$: as much as the forward difference with "
    r"$\varepsilon = 10^{-3}$",
)
def too_small_a_step():
    ahead, central = np.log10(errors_at(40)).round()
    return (
        10.0**central,
        2.0**-10,
        ahead == central == np.log10(errors_at(10)[0]).round(),
    )


# What vanishes


def reaching(hidden, x0):
    """How much of the signal reaches the first of ten layers."""
    line = Network((1,) * 12, hidden=hidden, output="identity")
    ones = line.pack([[[1.0]]] * 11, [[0.0]] * 11)
    d = line.trace(ones, [x0], -1.0, "half_squared_error").d
    return d[1][0] / d[11][0]


@claim(
    "07-vanishing-seen",
    r"menos de una millonésima de la señal; con $\tanh$, cerca de un quinto. Con ReLU, "
    "todo o nada",
    r"less than a millionth of the signal; with $\tanh$, about a fifth. With ReLU, all "
    r"or "
    "nothing",
)
def what_reaches_the_first_layer():
    sigma, tanh = (
        np.array([reaching(g, x) for x in (0.5, -0.5)]) for g in ("sigmoid", "tanh")
    )
    relu = reaching("relu", 0.5), reaching("relu", -0.5)
    return sigma < 1e-6, np.abs(tanh - 1 / 5) < 0.05, relu == (1, 0)


def kept_at(c, g="sigmoid", seed=0):
    return code.vanish(10, g, c, seed)["d"][0]


@claim("07-depth-seen", "$c = 27$")
def the_least_scale():
    return min(c for c in np.arange(1, 81) / 2 if kept_at(c) >= 0.01)


@cache
def powers():
    """Of ten, that reach the first layer in the mean of a hundred seeds."""
    rows = np.reshape(code.printed("07-depth-cases"), (3, 3, 4))
    return {g: row[:, 3] for g, row in zip(code.cases, rows, strict=True)}


@claim(
    "07-depth-answer",
    "se pierden casi **seis potencias de diez**",
    "almost **six powers of ten** are lost",
)
def sigma_loses_six_powers_of_ten():
    return -6 < powers()["sigmoid"][0] < -5.5


@claim("07-depth-answer", "aún se pierden dos", "two are still lost")
def saturated_units_lose_two():
    return abs(powers()["sigmoid"][1] + 2) < 0.1


@claim(
    "07-depth-answer",
    "Más $c$ ayuda, hasta el final del deslizador",
    r"A larger $c$ helps, up to the end of the slider",
)
def more_helps_sigma():
    kept = [kept_at(c) for c in np.arange(1, 81) / 2]
    return np.diff(kept) > 0, powers()["sigmoid"][2] > powers()["sigmoid"][1]


@claim(
    "07-depth-answer",
    "se conserva una cuarta parte, y con $c = 2$ casi todo. Con más, crece",
    "a quarter is kept, and with $c = 2$ almost all. With more, it grows",
)
def what_tanh_keeps():
    quarter, most, more = 10 ** powers()["tanh"]
    return code.cases["tanh"][1], abs(quarter - 1 / 4) < 0.05, 0.7 < most < 1, more > 1


@claim(
    "07-depth-answer",
    "Con $c = 40$ el gradiente **explota**",
    "With $c = 40$ the gradient **explodes**",
)
def relu_explodes():
    return code.cases["relu"][-1], powers()["relu"][-1] > 5


# How to start


@claim(
    "07-random-start-half-said",
    r"en AND es $\frac14$",
    r"on AND that is $\frac14$",
)
def only_the_bias_moves():
    risk = code.four.risk(*gate("AND"), "binary_cross_entropy")
    *others, b2 = np.abs(risk.gradient(np.zeros(code.four.p)))
    return b2, max(others) == 0


@claim(
    "07-random-start-half-said",
    r"es un punto crítico, con $R = \ln 2$",
    r"a critical point, with $R = \ln 2$",
)
def a_critical_point():
    at_0 = np.zeros(code.four.p)
    gap = code.xor_risk(at_0) - np.log(2)
    return abs(gap) < 1e-12, np.abs(code.xor_risk.gradient(at_0)).max() < 1e-12


@claim(
    "07-random-start-seen",
    "Las cuatro unidades reciben **el mismo** delta",
    "The four units get **the same** delta",
)
def units_that_stay_one():
    W = code.four.unpack(code.theta_half)[0][0]
    return np.ptp(W, axis=0) < 1e-12, np.abs(W - 1 / 2).max() > 0.1


# XOR


@cache
def right_answers(H, eta):
    """How many of the four are right: at each step, of each of 21 seeds."""
    (X, y), net = gate("XOR"), Network((2, H, 1))
    starts = [net.initial(np.random.default_rng(seed)) for seed in range(21)]
    risk = net.risk(X, y, "binary_cross_entropy")
    path = descend(risk, starts, GradientDescent(eta), steps=500)
    phi = net.forward(path, X)[..., 0]
    return np.sum((phi - 0.5) * (2 * y - 1) > 0, axis=-1)


def first_step(H, eta, seed):
    solved = np.flatnonzero(right_answers(H, eta)[:, seed] == 4)
    return solved[0] if len(solved) else np.inf


@claim("07-xor-asked", "en 500 pasos", "in 500 steps")
def how_many_steps():
    return len(code.train(2, 1.0, 0)[1]) - 1


@claim("07-xor-asked", "en no más de $t = 15$ pasos", "in no more than $t = 15$ steps")
def it_can_be_learned_so_soon():
    return 15, min(first_step(2, 3.5, seed) for seed in range(21)) <= 15


@claim("07-xor-seen", "Con $H = 1$ no se logra nunca", "With $H = 1$ it is never done")
def one_unit_never_learns():
    rights = np.array([right_answers(1, eta) for eta in np.arange(1, 17) / 2])
    return len(code.train(1, 1.0, 0)[0].unpack(np.zeros(5))[0][1]), rights.max() < 4


def seeds_that_fail():
    return np.flatnonzero(right_answers(2, 1.0)[-1] < 4)


@claim(
    "07-xor-seen",
    r"con $\eta = 1$, 8 de las 21 semillas no lo logran en 500 pasos",
    r"with $\eta = 1$, 8 of the 21 seeds do not make it in 500 steps",
)
def seeds_that_do_not_learn():
    steps, seeds = right_answers(2, 1.0).shape
    return 1, len(seeds_that_fail()), seeds, steps - 1


@claim("07-xor-seen", "1, 2 y 6", "1, 2 and 6")
def the_first_of_them():
    return seeds_that_fail()[:3]


@claim(
    "07-xor-seen",
    r"$\eta = 3.5$ y la semilla 9, en $t = 11$",
    r"$\eta = 3.5$ and seed 9, at $t = 11$",
)
def a_seed_that_learns_soon():
    return 3.5, 9, first_step(2, 3.5, 9)


@claim(
    "07-xor-seen",
    "al final solo lo resuelve una de las 21",
    "at the end only one of the 21 solves it",
)
def too_large_a_rate():
    at_the_end = right_answers(2, 8.0)[-1]
    return len(at_the_end), np.sum(at_the_end == 4) == 1


@claim(
    "07-xor-spare-units",
    "Con dos unidades lo resuelven 61 semillas; con ocho, las cien",
    "With two units 61 seeds solve it; with eight, all hundred",
)
def spare_units_help():
    H, solved, of = np.reshape(code.printed("07-xor-seeds"), (4, 3)).T
    return solved[0], solved[-1] == of[-1] == 100, np.diff(solved) > 0, np.diff(H) > 0


@claim(
    "07-no-bias",
    r"$R \ge \frac{\ln 2}{4} \approx 0.1733$",
)
def without_biases():
    thetas = np.random.default_rng(0).normal(size=(1000, code.eight.p), scale=5)
    phi = code.eight.forward(thetas * code.eight.is_weight, [0, 0])
    least = np.log(2) / 4
    return least, phi == 1 / 2, code.risk_xor(thetas * code.eight.is_weight) >= least


# Digits


@claim("07-digits", "1797 dígitos escritos a mano", "1797 handwritten digits")
def how_many_digits():
    return len(digits()[1])


@claim(
    "07-digits-predict", "hacen falta para pasar del 90 %", "does it take to pass 90 %"
)
def the_epochs_to_guess():
    first, *_, last = code.hits(32) / len(code.y2)
    return 90, first < 0.90 < last


@claim(
    "07-digits-seen",
    "En dos épocas ya pasa de $0.90$",
    "In two epochs it is beyond $0.90$ already",
)
def how_fast_it_learns():
    score = code.hits(32) / len(code.y2)
    return 0.90, score[1] < 0.90 < score[2]


@claim(
    "07-digits-seen",
    "en $0.96$ con dígitos que no usó",
    "at $0.96$ on digits that it was not",
)
def where_it_ends():
    return code.hits(32)[-1] / len(code.y2)


@claim(
    "07-digits-seen",
    "en la época 9 tropieza, y se repone",
    "at epoch 9 it stumbles, and recovers",
)
def it_stumbles():
    steps = np.diff(code.hits(32))
    worst = np.argmin(steps) + 1
    return worst, steps[worst - 1] < 0 < steps[worst]


@claim(
    "07-errors-asked",
    r"más de $95\,\%$ de los 449 (al menos 427)",
    r"more than $95\,\%$ of the 449 (427 or more)",
)
def what_the_goal_asks_for():
    return 95, len(code.y2), min(n for n in range(450) if n > 0.95 * len(code.y2))


@claim(
    "07-errors-seen",
    "$H = 8$ ya lo logra, en la época 9 (428); $H = 4$ se queda corta",
    "$H = 8$ already does it, at epoch 9 (428); $H = 4$ falls short",
)
def the_smallest_network_with_this_seed():
    best = {H: code.hits(H).max() for H in (1, 2, 4, 8)}
    enough = [H for H in best if best[H] >= 427]
    return enough[0], np.argmax(code.hits(8)), best[8], 4, best[4] < 427


@claim(
    "07-errors-predicted",
    "Con $H = 32$, en $t = 10$, quedan 19 errores. La figura enseña diez",
    "With $H = 32$, at $t = 10$, 19 errors are left. The figure shows ten",
)
def errors_that_are_left():
    shown, _ = code.wrong(code.classify())
    t, H = inspect.signature(code.classify).parameters.values()
    left = len(code.y2) - code.hits(32)[-1]
    return H.default, t.default, left, len(shown) == 10


@claim(
    "07-errors-lesson",
    "$H = 8$ lo logra en 2 de 20 inicios; $H = 16$, en 19",
    "$H = 8$ does it from 2 starts out of 20; $H = 16$, from 19",
)
def from_twenty_starts():
    small, large = np.reshape(code.printed("07-errors-starts"), (2, 6))
    return small[:3], large[:2]


@claim(
    "07-errors-lesson",
    "$R(S) = 0.08$ y $R(S') = 0.14$",
    "$R(S) = 0.08$ and $R(S') = 0.14$",
)
def it_begins_to_learn_by_heart():
    *_, risks, held = code.learn(32)
    return risks[-1], held[-1], held[-1] > 1.5 * risks[-1]


@claim("07-algorithm-lines", "41 pesos y 10 sesgos", "41 weights and 10 biases")
def weights_and_biases():
    return np.sum(code.deep.is_weight), np.sum(~code.deep.is_weight)


def multiplications(*widths):
    """Of a chain of matrices, from left to right."""
    first, *others = widths
    return [first * m * n for m, n in zip(others, others[1:], strict=False)]


@claim("07-count-why", "$6 + 15 + 20 = 41$")
def from_left_to_right():
    products = multiplications(1, 2, 3, 5, 4)
    return products, sum(products)


@claim("07-count-why", "$60 + 24 + 8 = 92$")
def from_right_to_left():
    products = multiplications(4, 5, 3, 2, 1)
    return products, sum(products)
