"""What lecture 5 claims: batches, stochastic and mini-batch."""

import sys
from functools import cache
from math import comb, sqrt

import numpy as np

from course_utils import GradientDescent, Network, descend, mini_batches
from support.claims import Claims

claim = Claims("05_batch_variants")
code = claim.code


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


# Who updates, and when


def sizes(N, n):
    """Of the batches of one epoch."""
    return [len(batch) for batch in mini_batches(N, n, rng())]


@claim("05-who-updates", "Con $N = 12$ y $n = 5$", "With $N = 12$ and $n = 5$")
def the_prediction_is_about_the_twelve_points():
    return code.line.examples, len(list(code.batches)[0])


@claim(
    "05-who-updates-counted",
    r"$1$, $12$ y $\lceil 12/5 \rceil = 3$; con $N = 100$, $4$",
    r"$1$, $12$ and $\lceil 12/5 \rceil = 3$; with $N = 100$, $4$",
)
def batches_in_an_epoch():
    N, n = sum(sizes(12, 5)), sizes(12, 5)[0]
    of_twelve = len(sizes(12, 12)), len(sizes(12, 1)), N, n, len(sizes(12, 5))
    return *of_twelve, sum(sizes(100, 32)), len(sizes(100, 32))


@claim(
    "05-who-updates-counted",
    r"$12 = 5+5+2$ y $100 = 3\cdot32+4$",
    r"$12 = 5+5+2$ and $100 = 3\cdot32+4$",
)
def the_last_batch_may_be_smaller():
    *whole, last = sizes(100, 32)
    return (
        sum(sizes(12, 5)),
        sizes(12, 5),
        sum(whole) + last,
        len(whole),
        whole[0],
        last,
    )


@claim(
    "05-sentence-or-formula-seen",
    "la fórmula: $1$ paso, y el orden no importa. A la derecha la frase: $12$ pasos, "
    "y el final **cambia** con el orden",
    "the formula: $1$ step, and the order does not matter. On the right the sentence: "
    "$12$ steps, and the end **changes** with the order",
)
def only_sgd_depends_on_the_order():
    def ends(batches_of):
        paths = [
            descend(
                code.line, [0, 0], GradientDescent(0.3), batches, steps=len(batches)
            )
            for batches in (
                batches_of(rng(seed).permutation(12)) for seed in range(100)
            )
        ]
        return len(paths[0]) - 1, {tuple(path[-1].round(9)) for path in paths}

    (one, same), (twelve, others) = (
        ends(lambda o: [o]),
        ends(lambda o: o.reshape(12, 1)),
    )
    return one, len(same) == 1, twelve, len(others) == 100


@claim("05-digits-steps-question", "10 épocas", "10 epochs")
def the_exercise_is_about_so_many_epochs():
    return code.steps_and_last[0] / len(sizes(1797, 32))


@claim("05-digits-steps-why", r"$\lceil 1797/32 \rceil = 57$")
def steps_in_an_epoch_of_digits():
    return sum(sizes(1797, 32)), sizes(1797, 32)[0], len(sizes(1797, 32))


@claim("05-digits-steps-why", r"$1797 = 56\cdot32 + 5$")
def the_last_batch_of_digits():
    *whole, last = sizes(1797, 32)
    return sum(whole) + last, len(whole), whole[0], last


@claim(
    "05-race-sizes",
    "`mini_batches` **baraja** al comenzar cada época; dentro de ella ningún ejemplo "
    "se repite",
    "`mini_batches` **shuffles** at the start of each epoch; within it no example is "
    "repeated",
)
def each_epoch_is_another_permutation():
    batches = mini_batches(12, 5, rng())
    epochs = [np.concatenate(list(batches)) for _ in range(100)]
    everyone = all(sorted(epoch) == list(range(12)) for epoch in epochs)
    return everyone, len({tuple(epoch) for epoch in epochs}) == 100


# The race of the twelve points


ETAS = np.arange(1, 51) / 100  # of the slider


def gaps(eta, dt, t, n=4):
    """R − R* at the end: of GD, of mini-batches, of SGD."""
    return [float(gap[-1]) for _, gap in code.twelve(eta, n, dt, t)["gaps"].values()]


def gap_of_seed(size, epochs, eta, seed):
    steps = epochs * len(sizes(12, size))
    return code.line(code.walk(code.line, size, steps, eta, seed)[-1]) - LEAST()


@cache
def LEAST():
    return code.line(code.best)


@claim(
    "05-race-seen",
    "SGD sale disparado: ya dio 12 pasos cuando GD da el primero",
    "SGD shoots ahead: it has taken 12 steps when GD takes its first",
)
def sgd_leads_after_one_epoch():
    ahead = [
        gap_of_seed(1, 1, eta, seed) < gap_of_seed(12, 1, eta, seed)
        for eta in (0.1, 0.2, 0.3)
        for seed in range(100)
    ]
    return len(sizes(12, 1)), ahead


@claim("05-race-seen", "los tres avanzan parecido", "all three advance about alike")
def at_equal_steps_the_three_are_alike():
    after = [gaps(eta, "step", t) for eta in (0.1, 0.2) for t in (5, 10, 20)]
    return [max(three) < 1.6 * min(three) for three in after]


@claim(
    "05-race-seen",
    "$t = 20$, $R - R^*$ es $0.058$ (GD), $0.072$ y $0.059$ (SGD)",
    "$t = 20$, $R - R^*$ is $0.058$ (GD), $0.072$ and $0.059$ (SGD)",
)
def gaps_after_twenty_steps():
    steps = next(t for t in range(21) if gaps(0.2, "step", t)[0] < 0.058)
    return steps, gaps(0.2, "step", steps)


@claim(
    "05-race-seen", "un paso de GD cuesta 12 veces más", "GD's steps costing 12 times"
)
def what_a_step_of_gd_costs():
    return sizes(12, 12)[0] / sizes(12, 1)[0]


@claim(
    "05-race-seen",
    "tras 20 épocas, va ganando el mini-lote: $0.058$ (GD), $0.0009$ y $0.0027$ (SGD)",
    "after 20 epochs, the mini-batch is winning: $0.058$ (GD), $0.0009$ and $0.0027$ "
    "(SGD)",
)
def the_mini_batch_wins():
    epochs = next(t for t in range(21) if gaps(0.2, 12, t)[0] < 0.058)
    gd, mini, sgd = gaps(0.2, 12, epochs)
    return epochs, gd, mini, sgd, mini < sgd < gd


@claim(
    "05-race-seen",
    "GD ya alcanzó a los dos: $0.0005$, $0.0042$ y $0.033$",
    "GD has caught up with both: $0.0005$, $0.0042$ and $0.033$",
)
def gd_catches_up():
    gd, mini, sgd = gaps(0.5, 12, 20)
    return gd, mini, sgd, gd < mini, gd < sgd


@cache
def gap_of_sgd(first, last):
    """Its mean from one epoch to another, over a hundred seeds."""
    walks = [code.walk(code.line, 1, 12 * last, 0.2, seed) for seed in range(100)]
    return np.mean([code.line(path)[12 * first :] for path in walks]) - LEAST()


@claim(
    "05-race-seen",
    "SGD deja de bajar y rebota alrededor del mínimo; GD sigue bajando",
    "SGD stops descending and bounces around the minimum; GD keeps descending",
)
def sgd_stops_and_gd_goes_on():
    gd = code.line(code.walk(code.line, 12, 30, 0.2))
    stopped = abs(gap_of_sgd(20, 30) - gap_of_sgd(15, 20)) < 0.1 * gap_of_sgd(20, 30)
    return np.diff(gd) < 0, stopped


@claim(
    "05-race-goal",
    r"$\eta = 0.10$ a $\eta = 0.17$",
    r"$\eta = 0.10$ to $\eta = 0.17$",
)
def where_sgd_keeps_the_goal():
    kept = [eta for eta in ETAS if gaps(eta, 12, 5)[2] < 0.01]
    return kept[0], kept[-1], len(kept) == round(100 * (kept[-1] - kept[0])) + 1


@claim(
    "05-race-goal",
    r"en 25 de cien no hay ninguna $\eta$",
    r"in 25 of a hundred there is no such $\eta$",
)
def draws_where_no_eta_keeps_it():
    def kept(seed):
        starts, gd = np.tile([-0.5, 2.5], (50, 1)), GradientDescent(ETAS[:, None])
        order = mini_batches(12, 1, rng(seed))
        ends = descend(code.line, starts, gd, order, steps=60)[-1]
        return np.any(code.line(ends) - LEAST() < 0.01)

    return sum(not kept(seed) for seed in range(100))


@claim("05-race-goal", "GD no baja de $0.15$ en 5", "GD does not get below $0.15$ in 5")
def gd_does_not_keep_it():
    least = min(gaps(eta, 12, 5)[0] for eta in ETAS)
    return least, code.twelve.__defaults__[-1], least > 0.15


@claim(
    "05-climb-seen",
    "SGD sube en 29 de sus 60 pasos, casi la mitad, y es el que más ha bajado",
    "SGD climbs in 29 of its 60 steps, almost half, and it is the one that has "
    "descended most",
)
def sgd_climbs_in_almost_half_of_its_steps():
    gd, mini, sgd = (code.line(path) for path in code.twelve()["paths"].values())
    climbs = np.sum(np.diff(sgd) > 0)
    most = sgd[-1] < mini[-1] and sgd[-1] < gd[-1]
    return climbs, len(sgd) - 1, 0.45 < climbs / 60 < 0.5, most


@claim("05-climb-seen", "Cada paso mejora **un** ejemplo", "Each step improves **one**")
def a_step_improves_its_example():
    order = [batch for batch in mini_batches(12, 1, rng())]
    path = descend(code.line, [-0.5, 2.5], GradientDescent(0.2), order, steps=60)
    losses = [code.line.on(order[t % 12])(path[[t, t + 1]]) for t in range(60)]
    return [after < before for before, after in losses]


@claim(
    "05-climb-seen",
    "los gradientes de 32 ejemplos a la vez, en mucho menos que 32 veces el tiempo de "
    "uno",
    "the gradients of 32 examples together, in much less than 32 times the time of one",
)
def as_many_calls_for_a_batch_as_for_one():
    """A time would be another on every machine."""

    def calls(n):
        net, found = Network((64, 64, 10), output="softmax"), []
        risk = net.risk(np.ones((n, 64)), np.eye(10)[[0] * n], "cross_entropy")
        theta = net.initial(rng())
        sys.setprofile(lambda frame, event, _: found.append(event))
        risk.gradient(theta)
        sys.setprofile(None)
        return len(found)

    once, many = (min(calls(n) for _ in range(3)) for n in (1, 32))
    return *sizes(32, 32), 32 * sizes(32, 1)[0], many == once


# The race of the flowers


@claim(
    "05-flower-race",
    r"una época es $t = 10, 20, \dots$",
    r"an epoch is $t = 10, 20, \dots$",
)
def an_epoch_by_the_first_clock():
    epoch = code.flowers.examples / code.two_clocks["10 ∇ℓ"]
    return epoch, 2 * epoch


@claim(
    "05-flower-race-asked", "**tres** épocas ($t = 30$", "**three** epochs ($t = 30$"
)
def three_epochs_by_the_first_clock():
    return 3 * code.flowers.examples / code.two_clocks["10 ∇ℓ"]


@claim("05-flower-race-epochs", "la sexta, $t = 60$", "the sixth, $t = 60$")
def six_epochs_by_the_first_clock():
    return 6 * code.flowers.examples / code.two_clocks["10 ∇ℓ"]


def epochs_of_gd():
    """Of each η: η, with the draw of the figure, the median, the least, the most."""
    return np.reshape(code.printed("05-flower-race-counted"), (4, 5))


@claim(
    "05-flower-race-fair",
    "GD necesita 27 épocas; la mediana es mayor todavía",
    "GD needs 27 epochs; the median is larger still",
)
def what_an_epoch_of_sgd_is_worth():
    _, epochs, median, *_ = epochs_of_gd()[0]
    return epochs, median > epochs


@claim(
    "05-flower-race-fair",
    r"Con $\eta = 6$ le bastan 4 épocas para este sorteo, y 11 para la mitad de los "
    "cien",
    r"With $\eta = 6$ it needs 4 epochs for this draw, and 11 for half of the hundred",
)
def what_it_is_worth_at_a_larger_rate():
    return epochs_of_gd()[-1, :3]


@cache
def least_eta(n):
    """The least η of the slider that keeps the goal with batches of n; None if none."""
    etas = np.arange(1, 61) / 10
    starts, gd = np.tile([-0.5, 2.5], (60, 1)), GradientDescent(etas[:, None])
    batches = mini_batches(100, n, rng())
    ends = descend(code.flowers, starts, gd, batches, steps=300 // n)[-1]
    kept = etas[code.flowers(ends) - code.flowers(code.best_iris) < 0.005]
    return kept[0] if len(kept) else None


@claim(
    "05-flower-race-fair",
    "cada paso de GD cuesta diez veces más y no dice nada nuevo",
    "each step of GD costs ten times more and says nothing new",
)
def copies_say_nothing_new():
    copied = code.flowers.on(np.tile(np.arange(100), 10))
    same = [
        np.allclose(copied.gradient(theta), code.flowers.gradient(theta), atol=1e-12)
        for theta in rng().normal(size=(100, 2))
    ]
    return same, copied.examples == 10 * code.flowers.examples


@claim(
    "05-flower-race-goal",
    r"$n = 2$ basta $\eta = 0.8$; con $n = 5$ hace falta $1.7$ y con $n = 10$, $3.5$",
    r"$n = 2$, $\eta = 0.8$ is enough; with $n = 5$ it takes $1.7$, and with $n = 10$, "
    "$3.5$",
)
def the_least_rates():
    return [(n, least_eta(n)) for n in code.sizes if least_eta(n)]


@claim(
    "05-flower-race-goal",
    "$0.40$, $0.34$, $0.35$, casi igual",
    "$0.40$, $0.34$, $0.35$, almost the same",
)
def rates_by_example():
    return [least_eta(n) / n for n in (2, 5, 10)]


@claim(
    "05-flower-race-goal",
    r"Con $n = 20$ haría falta $\eta \approx 20\cdot0.34 = 6.8$: el deslizador no "
    r"alcanza",
    r"With $n = 20$ it would take $\eta \approx 20\cdot0.34 = 6.8$, which the slider "
    "does not have",
)
def beyond_the_slider():
    n, rate = code.sizes[3], least_eta(5) / 5
    return n, n, rate, n * rate, least_eta(n) is None


# The noise of a batch


@cache
def traces():
    return {n: code.gradients(n, 0.0).var(axis=0).sum() for n in code.every}


@claim(
    "05-every-batch",
    "con $N = 12$ podemos formar **todos** los lotes posibles. Con $n = 6$ son 924",
    "with $N = 12$ we can form **every** possible batch. With $n = 6$ there are 924",
)
def how_many_batches():
    N, n = code.line.examples, code.every[6].shape[1]
    return N, n, comb(N, n), len({tuple(one) for one in code.every[6]}) == comb(N, n)


@claim("05-every-batch-seen", "Insesgado con cualquier $n$", "Unbiased for every $n$")
def right_on_average():
    means = [code.gradients(n, 0.0).mean(axis=0) for n in code.every]
    return np.allclose(means, code.line.gradient(np.zeros(2)), atol=1e-12)


@claim(
    "05-every-batch-seen",
    r"$2.658,\ 1.208,\ 0.725,\ 0.483,\ 0.242$ y $0$",
    r"$2.658,\ 1.208,\ 0.725,\ 0.483,\ 0.242$ and $0$",
)
def traces_of_the_covariance():
    sigma = traces()[1]
    return [sigma / n * (12 - n) / 11 for n in code.every]


@claim(
    "05-noise-parts",
    "ningún gradiente cae justo en un borde",
    "no gradient falls just on an edge",
)
def no_gradient_on_an_edge():
    firsts = [
        code.gradients(n, c)[:, 0] for n in code.every for c in np.arange(21) / 20
    ]
    off = [np.abs(g[:, None] - code.edges).min() for g in firsts]
    return min(off) > 1e-9


def hills(n):
    """How many local maxima the histogram of the first component has, at c = 0."""
    counts, _ = np.histogram(code.gradients(n, 0.0)[:, 0], code.edges)
    rises = np.sign(np.diff(np.pad(counts, 1)))
    rises = rises[rises != 0]
    return np.sum((rises[:-1] > 0) & (rises[1:] < 0))


@claim(
    "05-noise-seen",
    "Con $c = 0$ y $n = 1$ son doce puntos sueltos; con $n = 6$, una sola loma; con "
    "$n = 12$, un solo lote, $p = 1$, que se sale",
    "With $c = 0$ and $n = 1$ it is twelve loose points; with $n = 6$, a single hill; "
    "with $n = 12$, a single batch, $p = 1$, which leaves",
)
def what_the_histogram_looks_like():
    c, (one, *_, six, twelve) = code.gradients.__defaults__[1], code.every
    counts = np.histogram(code.gradients(twelve, c)[:, 0], code.edges)[0]
    alone = len(code.gradients(one, c)) == 12 and hills(one) > 3
    top = counts.max() / len(code.every[twelve])
    return (
        c,
        one,
        alone,
        six,
        hills(six) == 1,
        twelve,
        top,
        top > code.bars.frame["ylim"][1],
    )


@claim(
    "05-noise-seen",
    r"$\frac16\cdot\frac{6}{11} = \frac1{11}$",
)
def half_of_the_data():
    return 1 / 6, (12 - 6) / (12 - 1), traces()[6] / traces()[1]


@claim(
    "05-noise-seen",
    "con $n = 1$ la traza es $0.700$",
    "with $n = 1$ the trace is $0.700$",
)
def the_noise_at_the_minimum():
    n = min(code.every)
    return n, code.gradients(n, 1.0).var(axis=0).sum()


@claim("05-hundredth-question", "las $N = 150$ flores", "the $N = 150$ irises")
def how_many_flowers():
    return len(code.X_iris)


@claim(
    "05-hundredth-why",
    r"$\frac{150-n}{149\,n} \le \frac1{100}$ pide $n \ge \frac{15000}{249} \approx "
    r"60.2$. "
    "Basta $n = 61$; con repetición harían falta $100$",
    r"$\frac{150-n}{149\,n} \le \frac1{100}$ asks for $n \ge \frac{15000}{249} \approx "
    "60.2$. So $n = 61$ is enough; with repetition it would take $100$",
)
def a_hundredth_of_the_covariance():
    N = len(code.X_iris)
    edge = N / (1 + (N - 1) / 100)
    enough = [n for n in range(1, N) if (N - n) / (N - 1) / n <= 1 / 100]
    repeated = [n for n in range(1, N) if 1 / n <= 1 / 100]
    return 1 / 100, edge, edge, enough[0], repeated[0]


# The ball


@claim(
    "05-ball-variance-seen",
    "difiere de la fórmula en menos de 1 %",
    "differs from the formula by less than 1 %",
)
def what_was_measured_is_near_the_formula():
    formula, measured = np.reshape(code.printed("05-ball-variance"), (3, 4))[:, 2:].T
    off = 100 * np.abs(
        code.V(np.array([0.2, 0.2, 0.5]), np.array([1, 10, 1])) / formula - 1
    )
    worst = 100 * np.abs(measured / formula - 1).max()
    return np.ceil(worst), off.max() < 0.5, worst < 1


@claim(
    "05-ball-predict",
    r"Con $n = 10$, encuentra la $\eta$ **más grande** con $V \le 0.05$",
    r"With $n = 10$, find the **largest** $\eta$ with $V \le 0.05$",
)
def the_goal_of_the_ball():
    return code.V(2 / 3, 1) / 0.05, code.V(2 / 3, 10)


@claim(
    "05-ball-seen",
    r"$\eta \le \frac23$; la mayor del deslizador es $0.66$",
    r"$\eta \le \frac23$; the largest on the slider is $0.66$",
)
def the_largest_rate():
    slider = [eta for eta in np.arange(1, 191) / 100 if code.V(eta, 10) <= 0.05]
    return 2 * 0.5 / 1.5, max(slider)


@claim(
    "05-ball-seen",
    r"Con la mitad de $\eta$, más o menos la mitad de $V$, un radio $\sqrt2$ veces "
    r"menor, "
    "y el doble de pasos",
    r"With half of $\eta$, about half of $V$, a radius $\sqrt2$ times smaller, and "
    r"twice "
    "the steps",
)
def half_of_a_small_rate():
    etas = np.array([0.01, 0.02, 0.05, 0.1])
    smaller = code.V(etas, 1) / code.V(etas / 2, 1)
    longer = np.log(1 - etas) / np.log(1 - etas / 2)
    return 2, np.abs(smaller / 2 - 1) < 0.06, np.abs(longer / 2 - 1) < 0.06


@claim(
    "05-linear-scaling-limit",
    "con $k = 4$, $V$ crece un 19 % y el radio un 9 %. Con $k = 16$, $V$ ya es $4.75$ "
    "veces mayor y el radio, $2.18$",
    "with $k = 4$, $V$ grows by 19 % and the radius by 9 %. With $k = 16$, $V$ is "
    "already $4.75$ times larger and the radius, $2.18$",
)
def the_rule_has_a_limit():
    def grows(k):
        return code.V(0.1 * k, k) / code.V(0.1, 1)

    four = 4, 100 * (grows(4) - 1), 100 * (sqrt(grows(4)) - 1)
    return *four, 16, grows(16), sqrt(grows(16))


@claim("05-linear-scaling-limit", "lotes de 8192 imágenes", "batches of 8192 images")
def what_goyal_and_others_say():
    return 8192  # in the abstract of arXiv:1706.02677


@claim(
    "05-half-radius-why",
    r"La primera tarda cuatro veces más pasos",
    "The first takes four times more steps",
)
def a_quarter_of_the_rate_is_slower():
    return abs(np.log(1 - 0.02) / np.log(1 - 0.02 / 4) - 4) < 0.1


# Decreasing rates


@claim(
    "05-one-over-t-seen",
    "Tras **una** época, SGD da la media exacta",
    "After **one** epoch, SGD gives the exact mean",
)
def one_over_t_is_the_mean():
    ends = [
        descend(
            code.targets(code.petal),
            [1000.0],
            code.averaging,
            mini_batches(150, 1, rng(seed)),
            steps=150,
        )[-1, 0]
        for seed in range(100)
    ]
    return np.abs(ends - code.petal.mean()) < 1e-9


@claim("05-decreasing", "sobre los 400 caminos", "over the 400 paths")
def how_many_paths():
    return code.Z.shape[1]


@claim(
    "05-decreasing-asked",
    r"¿Y si divides $\eta$ entre 10?",
    r"And if you divide $\eta$ by 10?",
)
def a_tenth_of_the_rate():
    return code.V(0.02, 1) / code.V(0.002, 1)


@claim("05-decreasing-asked", "el error en $t = 300$", "the error at $t = 300$")
def how_many_steps():
    return len(code.Z)


@claim(
    "05-decreasing-seen",
    r"con $\eta/10$, unas $\sqrt{10}$ veces más abajo",
    r"with $\eta/10$, about $\sqrt{10}$ times lower",
)
def how_much_lower():
    return code.V(0.02, 1) / code.V(0.002, 1)


@cache
def errors_at_the_end():
    return {eta: code.errors(eta)[1][-1] for eta in np.arange(1, 201) / 200}


def best_constant():
    return min(errors_at_the_end(), key=errors_at_the_end().get)


@claim("05-decreasing-seen", r"$\eta = 0.015$")
def the_best_constant():
    return best_constant()


@claim("05-decreasing-seen", "con error $0.091$", "with error $0.091$")
def its_error():
    return errors_at_the_end()[best_constant()]


@claim(
    "05-decreasing-seen",
    r"Con $\frac1t$ es $0.060$: aquí ninguna constante le gana",
    r"With $\frac1t$ it is $0.060$: here no constant beats it",
)
def no_constant_beats_it():
    one_over_t = code.decreasing["1/t"][1][-1]
    return one_over_t, min(errors_at_the_end().values()) > one_over_t


@claim("05-decreasing-seen", "como $t^{-1/4}$", "like $t^{-1/4}$")
def how_the_root_comes_down():
    times, rms = code.decreasing["1/√t"]
    slope = np.polyfit(np.log(times[50:]), np.log(rms[50:]), 1)[0]
    return abs(slope + 1 / 4) < 0.05


def error_of(rates, lam):
    """√E[(θ − θ*)²] from θ₀ − θ* = 3: the mean and the variance, step by step."""
    mean, variance = 3.0, 0.0
    for eta in rates:
        mean *= 1 - eta * lam
        variance = (1 - eta * lam) ** 2 * variance + (eta * lam) ** 2
    return np.sqrt(mean**2 + variance)


@claim(
    "05-decreasing-seen",
    "en $t = 300$ el error sería $1.59$; con la mejor constante, $0.093$",
    "at $t = 300$ the error would be $1.59$; with the best constant, $0.093$",
)
def with_a_small_curvature():
    slow = error_of(1 / np.arange(1, 301), 0.1)
    best = min(error_of([eta] * 300, 0.1) for eta in np.arange(1, 201) / 200)
    return len(code.Z), slow, best


@claim(
    "05-decreasing-conditions",
    r"queda para siempre un 36 % de $\theta_0 - \theta^*$",
    r"36 % of $\theta_0 - \theta^*$ stays for ever",
)
def what_a_finite_sum_leaves():
    return 100 * np.prod(1 - 1 / (2 * np.arange(1, 100_000.0) ** 2))


@claim(
    "05-moving",
    "¿Cuánto se retrasa cada uno en $t = 300$",
    "How far behind is each at $t = 300$",
)
def how_far_it_moves():
    return len(code.drift)


@claim(
    "05-moving-seen",
    r"La constante se retrasa $0.19$ (en teoría, $0.02\cdot\frac{1-\eta}{\eta} = "
    r"0.18$), y "
    r"con la bola su error es $0.29$. $\frac1t$ se retrasa $2.99$, la mitad",
    r"The constant one is $0.19$ behind (in theory, $0.02\cdot\frac{1-\eta}{\eta} = "
    r"0.18$), and with the ball its error is $0.29$. $\frac1t$ is $2.99$ behind, half",
)
def how_far_behind():
    constant, decreasing = (
        code.paths_of(code.moving, r)[-1] for r in (0.1, lambda t: 1 / t)
    )
    behind, late = code.drift[-1] - constant.mean(), code.drift[-1] - decreasing.mean()
    half = abs(late / code.drift[-1] - 1 / 2) < 0.01
    return behind, 0.02 * 0.9 / 0.1, code.rms(constant, code.drift[-1]), late, half


# Interpolation, and the order


def steps_to(eta):
    far = code.distance(code.kaczmarz(eta=eta, d=0.0, t=120))
    return np.flatnonzero(far < 1e-6)[0]


@claim(
    "05-interpolation-seen",
    r"54 pasos; con $\eta = 1.2$, que se pasa un poco de cada recta, son 40",
    r"54 steps; with $\eta = 1.2$, which overshoots each line a little, 40",
)
def steps_to_the_common_point():
    etas = np.arange(1, 20) / 10
    quick = [
        eta for eta in etas if code.distance(code.kaczmarz(eta, 0.0, 120))[-1] < 1e-6
    ]
    best = min(quick, key=steps_to)
    return steps_to(1.0), best, steps_to(best)


@claim(
    "05-interpolation-seen",
    r"hay bola, mayor con $d$ y con $\eta$",
    r"there is a ball, larger with $d$ and with $\eta$",
)
def the_ball_of_disagreement():
    def radius(eta, d):
        far = code.distance(code.kaczmarz(eta, d, 2000))[200:]
        return np.sqrt(np.mean(far**2))

    radii = np.array([[radius(eta, d) for eta in (0.1, 0.5, 1)] for d in (0.1, 0.3, 1)])
    return radii > 0.005, np.diff(radii, axis=0) > 0, np.diff(radii, axis=1) > 0


@claim("05-interpolation-networks", "Cero, salvo el redondeo", "Zero, up to rounding")
def nothing_is_left():
    gap = code.A[4] @ code.projected - code.after_300["y"][4]
    return code.distance(code.after_300)[-1] < 1e-12, abs(gap) < 1e-12


@claim(
    "05-cycle-seen",
    r"Con $\eta = \frac12$, $\pm\frac13$",
    r"With $\eta = \frac12$, $\pm\frac13$",
)
def the_cycle():
    turns = descend(
        code.plus_minus, [0.2], GradientDescent(0.5), code.in_turn, steps=500
    )
    return 0.5, turns[-2, 0], abs(turns[-1, 0] + 1 / 3) < 1e-12


@claim(
    "05-cycle-seen",
    r"mucho mayor cuando $\eta$ es pequeña",
    r"much larger when $\eta$ is small",
)
def drawing_makes_a_larger_ball():
    etas = np.array([0.001, 0.01, 0.05])
    return np.sqrt(code.V(etas, 1)) > 6 * etas / (2 - etas)


@claim(
    "05-sorted-seen",
    "$0.99$ las tres veces, y no $0$",
    "$0.99$ all three times, and not $0$",
)
def sorted_data():
    ends = np.reshape(code.printed("05-sorted-measured"), (2, 3))[0]
    same = len(set(ends)) == 1
    return ends[0], code.sorted_data.gradient(np.zeros(1)), same


@claim(
    "05-shuffled-seen",
    r"Sorteados, con la mitad de $\eta$ queda la mitad del exceso, como dice $V$. "
    "Barajados, la bola es **menor**, y el exceso baja casi cuatro veces",
    r"Drawn, half of $\eta$ leaves half of the excess, as $V$ says. Shuffled, the ball "
    "is **smaller**, and the excess comes down almost four times",
)
def drawn_and_shuffled():
    _, drawn, shuffled, _, drawn_half, shuffled_half = code.printed(
        "05-shuffled-measured"
    )
    halved = abs(drawn / drawn_half - 2) < 0.15
    return halved, shuffled < drawn, 3.5 < shuffled / shuffled_half < 4


@claim(
    "05-remember",
    r"La mitad del radio: $4n$ o, casi, $\eta/4$",
    r"Half the radius: $4n$ or, almost, $\eta/4$",
)
def half_the_radius():
    quarter = code.V(np.array([0.02, 0.005]), np.array([4, 1])) / code.V(0.02, 1)
    return np.abs(quarter - 1 / 4) < 0.005
