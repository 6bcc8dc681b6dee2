"""What lecture 1 claims: the risk, its three forms, two models, and minima."""

from functools import cache
from itertools import permutations, product
from math import erf, erfc, log, sqrt

import numpy as np
from scipy.optimize import linprog

from course_utils import GradientDescent, Network, descend
from support.claims import Claims

claim = Claims("01_risk_minimization")
code = claim.code


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


# The training risk is optimistic


@claim("01-five-numbers-seen", "Gana la media", "The mean wins")
def the_mean_wins_on_its_sample():
    return code.R5([code.y5.mean()]) < code.R5([0.0])


def averages():
    """Of each N: N, E R and E R_pop (measured, exact), what does not flatter."""
    return np.reshape(code.printed("01-flattery-averages"), (2, 6))


@claim(
    "01-flattery-asked",
    "Con $N = 21$, ¿hay más muestras que no halagan que con $N = 5$, o menos",
    "With $N = 21$, do more samples fail to flatter than with $N = 5$, or fewer",
)
def the_prediction_is_about_the_sizes_measured():
    return averages()[::-1, 0]


@claim(
    "01-flattery-goal",
    "La semilla $2$, la primera de siete entre las 21",
    "Seed $2$, the first of seven among the 21",
)
def samples_that_do_not_flatter():
    N, seeds = code.sample.__defaults__[0], range(21)  # of the slider
    met = [seed for seed in seeds if code.unlucky(code.sample(N, seed), N)]
    return met[0], len(met) == 7, len(seeds)


@claim(
    "01-flattery-seen",
    r"Muestra por muestra solo es seguro que $R(\hat\theta) \le R(\theta^*)$",
    r"Sample by sample it is only sure that $R(\hat\theta) \le R(\theta^*)$",
)
def each_sample_is_fitted():
    samples = [code.sample(5, seed) for seed in range(100)]
    return [r["R"]([r["θ̂"]]) < r["R"]([0.0]) for r in samples]


@claim(
    "01-flattery-predicted",
    "Hay **más**: con $N = 5$ no halaga un 22 %, y con $N = 21$, un 35 %",
    "**More**: with $N = 5$, 22 % do not flatter, and with $N = 21$, 35 %",
)
def more_samples_that_do_not_flatter():
    few, many = averages()
    return few[0], few[-1], many[0], many[-1], many[-1] > few[-1]


@claim(
    "01-held-out",
    "Los promedios son los de las fórmulas",
    "The averages are those of the formulas",
)
def what_the_averages_are():
    _, trained, by_formula, real, as_formula, _ = averages().T
    return abs(trained - by_formula) < 0.003, abs(real - as_formula) < 0.003


@claim(
    "01-flattery-predicted",
    r"pero de una muestra a otra la diferencia varía más, del orden de "
    r"$\frac1{\sqrt N}$",
    r"but from sample to sample the difference varies by more, of order "
    r"$\frac1{\sqrt N}$",
)
def chance_is_larger_than_the_optimism():
    def spread(N):
        y = rng().standard_normal((5000, N))
        return np.std(y.var(1) / 2 - (1 + y.mean(1) ** 2) / 2)

    larger = [spread(N) > 1 / N for N in (5, 21, 80)]
    return larger, [0.6 < spread(N) * sqrt(N) < 0.8 for N in (5, 21, 80)]


# The three risks


@claim(
    "01-gan-divergence-seen",
    "Los dos primeros coinciden y son otra cosa que la KL",
    "The first two agree, and are something else than the KL",
)
def a_gan_measures_another_divergence():
    gan, _, _, jsd, KL = code.printed("01-gan-divergence-measured")
    return abs(code.gan - 2 * code.jsd + log(4)) < 1e-12, gan == jsd, KL != gan


@claim(
    "01-missing-minus-seen",
    r"las dos siguen: $w$ hacia $-\infty$, la entropía cruzada hacia $\infty$",
    r"both go on: $w$ to $-\infty$, the cross-entropy to $\infty$",
)
def without_the_minus_both_go_on():
    path = descend(-1 * code.R_neuron, [0.0, 0.0], GradientDescent(1.0), steps=1600)[
        [200, 400, 800, 1600]
    ]
    w, CE = path[:, 0], code.R_neuron(path)
    return w[1:] < 1.9 * w[:-1], CE[1:] > 1.9 * CE[:-1]


@claim(
    "01-pile-goal",
    r"$z = (1.8, 1.1, 0)$, porque $\ln\frac{0.6}{0.1} \approx 1.79$ y "
    r"$\ln\frac{0.3}{0.1} \approx 1.10$",
    r"$z = (1.8, 1.1, 0)$, since $\ln\frac{0.6}{0.1} \approx 1.79$ and "
    r"$\ln\frac{0.3}{0.1} \approx 1.10$",
)
def where_the_pile_is_lowest():
    slider = np.arange(-30, 31) / 10
    places = product(slider, slider, [0.0])
    met = [z for z in places if code.pile(*z)["KL"] < 1e-4]
    return met, np.log(code.q[:2] / code.q[2])


@claim(
    "01-pile-predicted",
    "no se mueve: es el piso de la entropía cruzada",
    "does not move: it is the floor of the cross-entropy",
)
def the_entropy_is_the_floor():
    piles = [code.pile(*z) for z in rng().uniform(-4, 4, (100, 3))]
    floor = code.pile()["H"]
    return [r["H"] == floor for r in piles], [r["KL"] > 0 for r in piles]


@claim("01-pile-seen", "solo importan las **diferencias**", "only **differences**")
def a_shift_of_z_changes_nothing():
    z = rng().uniform(-4, 4, (100, 3))
    pairs = [(code.pile(*one)["KL"], code.pile(*(one + 3))["KL"]) for one in z]
    return [abs(one - shifted) < 1e-9 for one, shifted in pairs]


# KL has a direction


@cache
def fits(a):
    """Where the descent ends that begins at the centre, and on a hill; their values."""
    R, starts = code.reverse(a), [[0.0, log(1 + a * a) / 2], [a, 0.0]]
    ends = descend(R, starts, GradientDescent(0.2), steps=1000)[-1]
    return ends[:, 0], R(ends)


@cache
def jumped(a):
    return abs(code.best(a)[0]) > 0.1


@claim(
    "01-reverse-kl-jump",
    "Entre $a = 2$ y $a = 3$ el óptimo **salta** del centro a una joroba",
    "Between $a = 2$ and $a = 3$ the optimum **jumps** from the centre to one hill",
)
def the_optimum_jumps():
    centre = [a for a in range(1, 6) if not jumped(a)]
    hill = [a for a in range(1, 6) if jumped(a)]
    return centre[-1], hill[0], abs(abs(code.best(hill[0])[0]) - hill[0]) < 0.1


@claim(
    "01-hills-goal",
    "apenas pasado $a = 2.8$ (en el deslizador, $a = 2.9$)",
    "just beyond $a = 2.8$ (on the slider, $a = 2.9$)",
)
def where_the_optimum_jumps():
    lower, upper = 2.5, 3.0
    for _ in range(16):
        a = (lower + upper) / 2
        centre, hill = fits(a)[1]
        lower, upper = (lower, a) if centre > hill else (a, upper)
    slider = [a / 10 for a in range(51)]
    return lower, 2.8 < lower, min(a for a in slider if jumped(a))


@claim(
    "01-hills-seen",
    "en $a = 2.5$ ya existía, como mínimo **local**. Para $a = 3$ es el global",
    "at $a = 2.5$ it existed already, as a **local** minimum. For $a = 3$ it is the "
    "global one",
)
def the_valley_on_the_side_was_local():
    before, after = 2.5, 3
    (_, m), (centre, hill) = fits(before)
    _, (centre_later, hill_later) = fits(after)
    return before, m > 2, hill > centre, after, hill_later < centre_later


@claim(
    "01-hills-predicted",
    "pone el 38 % de su masa en $|x| < 2.5$, donde está el 0.6 % de los datos",
    "puts 38 % of its mass in $|x| < 2.5$, where 0.6 % of the data are",
)
def what_the_forward_fit_puts_in_the_gap():
    a, x = 5, 2.5
    data = (erfc((a - x) / sqrt(2)) - erfc((a + x) / sqrt(2))) / 2
    return 100 * erf(x / sqrt(1 + a * a) / sqrt(2)), x, 100 * data


# Likelihood


@claim(
    "01-product-seen",
    r"Son el mismo número, y el menor está en la frecuencia, $\phi = 0.7$",
    r"They are the same number, and the least is at the frequency, $\phi = 0.7$",
)
def the_frequency_is_likeliest():
    *_, (_, minus_ln, NR) = np.reshape(code.printed("01-product"), (3, 3))
    heads = np.arange(1, 100) / 100
    return minus_ln == NR, heads[np.argmax(heads**7 * (1 - heads) ** 3)]


@claim(
    "01-likelihood",
    r"los datos $-0.5, 0, 0.5, 1, 1.5$",
    r"the data $-0.5, 0, 0.5, 1, 1.5$",
)
def the_five_data():
    return code.five


C, S = np.arange(-20, 31) / 10, np.arange(4, 31) / 10  # of the sliders


@cache
def minus_ln_p():
    return np.array([[code.gauss(c, s)["−ln p"] for s in S] for c in C])


@claim(
    "01-bell-predicted",
    "con cualquier $s$ es $0.5$, la media de los datos",
    "for any $s$ it is $0.5$, the mean of the data",
)
def the_mean_is_best_for_any_s():
    best = C[minus_ln_p().argmin(0)]
    return code.five.mean(), best == code.five.mean()


@claim(
    "01-bell-goal",
    "En $c = 0.5$, $s = 0.7$, con $1.072$",
    "At $c = 0.5$, $s = 0.7$, with $1.072$",
)
def the_least_on_the_sliders():
    least = minus_ln_p()
    c, s = np.unravel_index(least.argmin(), least.shape)
    return C[c], S[s], least.min(), (least < 1.08).sum() == 1


@claim(
    "01-bell-goal",
    r"la mejor $s$ es la desviación estándar de los datos, $\frac12\sqrt2$",
    r"the best $s$ is the standard deviation of the data, $\frac12\sqrt2$",
)
def the_best_s_is_the_standard_deviation():
    s = np.arange(400, 3000) / 1000
    best = s[np.argmin([code.gauss(0.5, one)["−ln p"] for one in s])]
    std = code.five.std()
    return abs(best - std) < 0.001, 1 / 2, (std / (1 / 2)) ** 2


@claim(
    "01-bell-seen",
    r"Las dos curvas distan $\ln s + \frac12\ln2\pi$ en todo $c$",
    r"The two curves are $\ln s + \frac12\ln2\pi$ apart at every $c$",
)
def the_curves_are_apart_by_a_constant():
    def apart(s):
        curves = code.risks(code.gauss(0.0, s))
        return curves["−ln p"][1] - curves["½MSE/s²"][1]

    return [np.allclose(apart(s), log(s) + log(2 * np.pi) / 2) for s in S]


@claim(
    "01-outlier-question",
    "La media se va detrás del dato atípico; la mediana no se entera",
    "The mean runs after the outlier; the median does not notice",
)
def the_median_does_not_notice():
    before, after = np.reshape(code.printed("01-median-outlier"), (2, 4))
    return after[2] > 2 * before[2], after[3] == before[3]


# Autoencoders


@claim(
    "01-autoencoder-sides",
    r"con la semilla 4 y $k = 2$, $\eta = 0.2$ diverge",
    r"with seed 4 and $k = 2$, $\eta = 0.2$ diverges",
)
def another_start_diverges():
    seed, k, eta = 4, 2, 0.2
    net = Network((5, k, 5), hidden="identity", output="identity")
    R = net.risk(code.X5, code.X5, "half_squared_error")
    path = descend(R, net.initial(rng(seed)), GradientDescent(eta), steps=6)
    return seed, k, eta, R(path[-1]) > 1e6 * R(path[0])


@claim(
    "01-autoencoder-sides",
    "los cuatro acaban a menos de una diezmilésima de su cota",
    "all four end within a ten-thousandth of their bounds",
)
def all_four_reach_their_bounds():
    ends = [code.train(k)[2][-1] - code.lam[k:].sum() / 2 for k in (1, 2, 3, 4)]
    return [abs(excess) < 1e-4 for excess in ends]


@claim(
    "01-autoencoder-goal",
    "$t = 117$. De un 1 % a un 0.1 % hay 67 pasos, y otros 75 dividen el exceso otra "
    "vez entre 10",
    "$t = 117$. From 1 % to 0.1 % there are 67 steps, and another 75 divide the excess "
    "by 10 again",
)
def how_long_a_tenth_takes():
    bound = code.lam[2:].sum() / 2
    excess = code.train(2)[2] / bound - 1
    first, goal, last = (int(np.argmax(excess < s)) for s in (0.01, 0.001, 0.0001))
    return goal, 1, 0.1, goal - first, last - goal, 10


@claim("01-autoencoder-seen", "es 24 veces menos", "is 24 times less")
def how_much_smaller_a_percent_is():
    return code.lam[1:].sum() / code.lam[4:].sum()


@claim(
    "01-autoencoder-seen",
    "luego es casi una **recta** en escala logarítmica",
    "then is almost a **straight line** on a logarithmic scale",
)
def one_factor_for_every_step():
    excess = code.train(2)[2] - code.lam[2:].sum() / 2
    factor = excess[71:241] / excess[70:240]
    return np.ptp(factor) < 0.01, factor < 1


@claim(
    "01-autoencoder-predicted",
    "En $t = 50$ falta un 0.97 %; de ahí, 0.82 puntos están en la dirección 5",
    "At $t = 50$, 0.97 % is lacking; of that, 0.82 points lie in direction 5",
)
def what_is_lacking_at_the_goal():
    bound = code.lam[2:].sum() / 2
    t = min(np.flatnonzero(code.train(2)[2] < 1.01 * bound))
    percent = 100 * code.excess(2, t) / bound
    return t, percent.sum(), percent.max(), percent.argmax() + 1


@claim("01-denoising-asked", "de 64 direcciones", "of 64 directions")
def directions_of_the_digits():
    return len(code.lam64)


@claim("01-denoising-sides", "los 64 factores", "the 64 factors")
def a_factor_for_each_direction():
    return len(code.clean()["f"])


@claim("01-denoising-goal", "$s = 0.6$, con suma $7.49$", "$s = 0.6$, with sum $7.49$")
def eight_directions_get_through():
    slider = np.arange(1, 31) / 20
    sums = np.array([code.clean(s)["f"].sum() for s in slider])
    return slider[sums < 8][0], sums[sums < 8][0], np.diff(sums) < 0


@claim(
    "01-denoising-predicted",
    r"Cuando $s \to \infty$, **exactamente el promedio** de todos los dígitos. Con "
    "$s = 1.5$ ni la primera dirección pasa entera: su factor es $0.24$, y lo que sale "
    "es borroso, más cerca de ese promedio que los originales",
    r"As $s \to \infty$, **exactly the average** of all digits. With $s = 1.5$ "
    "not even the first direction gets through whole: its factor is $0.24$, and what "
    "comes out is blurred, closer to that average than the originals are",
)
def what_comes_out_is_near_the_average():
    def far(s):
        return np.linalg.norm(code.clean(s)["x"].reshape(12, 64) - code.centre, axis=1)

    s = 1.5
    nearer, average = far(s)[8:] < far(s)[:4], far(1e6)[8:] < 1e-5
    return s, code.clean(s)["f"][0], nearer, average


# Discriminative or generative


@claim("01-two-models", r"$p(1|x) = \frac{0.3}{0.4} = 0.75$")
def bayes():
    joint = np.array([0.1, 0.3])  # of the sentence before
    return joint[1], joint.sum(), joint[1] / joint.sum()


@claim("01-three-classifiers-asked", "las otras 99", "the other 99")
def flowers_to_fit():
    return code.others.sum()


@claim(
    "01-three-classifiers-seen",
    "es un hecho exacto: la probabilidad que da LDA **es** la de una neurona sigmoide",
    "is an exact fact: the probability that LDA gives **is** that of a sigmoid neuron",
)
def lda_is_a_neuron():
    return abs(code.apart) < 1e-12


@claim(
    "01-no-density-seen",
    "La neurona está segura en los dos casos",
    "The neuron is sure in both cases",
)
def the_neuron_is_sure():
    _, _, flower, _, _, _, other, _ = code.printed("01-no-density")
    return flower < 0.01, other > 0.99


# The duel


def errors_of(rho):
    """Of the generative and the discriminative model, for each N; their limits."""
    i = list(code.rhos).index(rho)
    return code.table[i].T, code.infinite[i]


@claim(
    "01-duel-predicted",
    "el generativo va adelante en toda la tabla",
    "the generative is ahead in the whole table",
)
def the_true_model_is_always_ahead():
    (generative, discriminative), _ = errors_of(0)
    return generative < discriminative


@claim(
    "01-duel-predicted",
    "El límite de los dos es el mismo, $0.227$",
    "Both have the same limit, $0.227$",
)
def both_have_one_limit():
    _, (generative, discriminative) = errors_of(0)
    return generative, abs(generative - discriminative) < 1e-12


@claim(
    "01-duel-goal",
    "$N = 160$, es decir $j = 4$. Con $N = 80$ todavía va adelante el generativo",
    "$N = 160$, that is $j = 4$. With $N = 80$ the generative is still ahead",
)
def where_the_generative_is_overtaken():
    (generative, discriminative), _ = errors_of(0.15)
    j = int(np.argmax(discriminative < generative))
    ahead = generative < discriminative
    return code.sizes[j], j, code.sizes[j - 1], ahead[:j]


@claim(
    "01-duel-seen",
    r"Con $\rho = 0.15$ el modelo generativo es un poco falso. Con pocos datos va "
    "adelante; pero su límite es $0.293$ y el del discriminativo, $0.273$: con más "
    "datos, este lo rebasa",
    r"With $\rho = 0.15$ the generative model is a little wrong. With few data it is "
    "ahead; but its limit is $0.293$ and that of the discriminative, $0.273$: with "
    "more data it is overtaken",
)
def a_model_a_little_wrong():
    rho = 0.15
    (generative, discriminative), limits = errors_of(rho)
    leads = generative < discriminative
    return rho, limits, leads[0], not leads[-1]


@claim(
    "01-duel-predicted",
    r"Con $N \le 20$, empate; desde 40 el generativo pierde. Su límite, $0.354$, queda "
    "lejos de $0.261$",
    r"With $N \le 20$, a draw; from 40 on the generative loses. Its limit, $0.354$, "
    "stays far from $0.261$",
)
def the_wrong_model_loses():
    (generative, discriminative), limits = errors_of(0.5)
    draw = abs(generative - discriminative) < 0.01
    loses = generative - discriminative > 0.015
    return code.sizes[draw][-1], code.sizes[loses][0], draw != loses, limits


# The hybrid model

SEEDS = range(15)  # of the slider


@cache
def of_the_seeds(tau):
    """The errors of each seed, by α."""
    return np.array(code.errors(tau, SEEDS))


@cache
def samples_averaged():
    """How many seeds the table averages."""
    same = [
        np.allclose(code.means[i], of_the_seeds(code.taus[i]).mean(0)) for i in (0, 5)
    ]
    return len(SEEDS) if all(same) else 0


def separable(seed):
    X, y, _ = code.draw(2.0, seed)
    Z = np.c_[X, np.ones(len(X))] * (2 * y - 1)[:, None]
    bounds = [(None, None)] * 3
    return linprog(np.zeros(3), A_ub=-Z, b_ub=-np.ones(len(Z)), bounds=bounds).success


@claim(
    "01-hybrid-no-minimum-said",
    "casi siempre se separan con una recta (aquí, en las 15 muestras)",
    "can almost always be separated by a line (here, in all 15 samples)",
)
def three_labels_a_class_are_separable():
    share = np.mean([separable(seed) for seed in range(15, 215)])
    return sum(map(separable, SEEDS)), 0.9 < share < 1


@claim(
    "01-hybrid-no-minimum-said",
    "las dos medias se alejan sin fin",
    "the two means run apart without end",
)
def the_means_run_apart():
    _, before, _, after = code.printed("01-hybrid-no-minimum")
    return before < after


@claim(
    "01-hybrid-sweep-said",
    r"11 valores de $\tau$, 8 de $\alpha$ a la vez, y 15 muestras",
    r"11 values of $\tau$, 8 of $\alpha$ at once, and 15 samples",
)
def the_sweep():
    return len(code.taus), len(code.alphas), samples_averaged()


@claim("01-hybrid-sides", r"$\bar e$ de 15 muestras", r"$\bar e$ of 15 samples")
def the_samples_of_an_average():
    return samples_averaged()


@claim("01-hybrid-predicted", "de las 15 muestras", "over the 15 samples")
def the_samples_of_the_averages():
    return samples_averaged()


@claim(
    "01-hybrid-goal",
    r"Con $\alpha$ entre $0.87$ y $0.91$: mejor que los dos extremos, en esa muestra",
    r"With $\alpha$ between $0.87$ and $0.91$: better than both ends, in that sample",
)
def where_the_blend_keeps_the_goal():
    slider = np.arange(101) / 100
    e = np.ravel(code.errors(2.0, [9], slider))
    kept = slider[e < 0.07]
    whole = len(kept) == round(100 * (kept[-1] - kept[0])) + 1
    return kept[0], kept[-1], whole, e.min() < e[[0, -1]]


@claim(
    "01-hybrid-predicted",
    r"$\tau = 1$ o $1.6$ (modelo cierto, o casi): el generativo, y las mezclas hasta "
    r"$\alpha = 0.95$, $0.07$; el discriminativo, $0.12$ o $0.13$",
    r"$\tau = 1$ or $1.6$ (model true, or nearly): the generative, and the blends up "
    r"to $\alpha = 0.95$, $0.07$; the discriminative, $0.12$ or $0.13$",
)
def blends_of_a_model_nearly_true():
    true, nearly = code.means[[0, 3]]
    up_to = code.alphas[5]
    good = np.round([true[:6], nearly[:6]], 2)
    numbers = code.taus[[0, 3]], up_to, good.max(), true[-1], nearly[-1]
    return *numbers, np.ptp(good) == 0, max(true[6], nearly[6]) > 0.075


@claim(
    "01-hybrid-predicted",
    r"$\tau = 3$ (modelo muy falso): el generativo acierta como una moneda. Las dos "
    r"medias se acomodan a lo largo de $x_2$, y la frontera sale horizontal. Gana "
    r"$\alpha = 1$",
    r"$\tau = 3$ (model badly wrong): the generative does no better than a coin. The "
    r"two means settle along $x_2$, and the border comes out horizontal. "
    r"$\alpha = 1$ wins",
)
def a_model_badly_wrong():
    tau, means = code.taus[10], code.means[10]
    gaps = [
        theta[2:] - theta[:2] for (theta,) in (code.fit([0], tau, s) for s in SEEDS)
    ]
    along = [abs(gap[1]) > 3 * abs(gap[0]) for gap in gaps]
    return tau, abs(means[0] - 0.5) < 0.02, along, code.alphas[means.argmin()]


@claim(
    "01-hybrid-seen",
    r"Con $\tau = 2$, en promedio lo mejor está en medio, y de una muestra a otra "
    "cambia mucho",
    r"With $\tau = 2$ the best lies, on average, in between, and changes much from one "
    "sample to another",
)
def the_best_lies_in_between():
    means = code.means[5]
    best = {code.alphas[one.argmin()] for one in of_the_seeds(2.0)}
    return code.taus[5], means.min() < means[[0, -1]], len(best) > 2


@claim(
    "01-hybrid-lead",
    r"En las 15 primeras ganaba por poco $\alpha = 0.95$",
    r"In the first 15, $\alpha = 0.95$ won by little",
)
def who_won_in_the_first():
    best, second = np.sort(code.means[5])[:2]
    winner = code.alphas[code.means[5].argmin()]
    return samples_averaged(), winner, second - best < 0.005


@claim(
    "01-hybrid-lead",
    "en las nuevas, su ventaja no se distingue del azar, y la de $0.99$ sí",
    "in the new ones its lead cannot be told from chance, and that of $0.99$ can",
)
def a_lead_beyond_chance():
    leads = code.e60[:, 2:] - code.e60[:, :2]
    errors = leads.mean(0) / (leads.std(0, ddof=1) / sqrt(len(leads)))
    return code.few[1], errors[0] < 2, errors[1] > 2


@claim("01-hybrid-lead", "los 15 promedios", "The table of the averages over 15")
def the_samples_of_the_table():
    return samples_averaged()


@claim(
    "01-influence-why",
    r"Con las 6 etiquetas y los 200 ejemplos de la figura sale "
    r"$\alpha = 1-\frac6{206} \approx 0.971$",
    r"With the 6 labels and the 200 examples of the figure it is "
    r"$\alpha = 1-\frac6{206} \approx 0.971$",
)
def where_both_groups_weigh_the_same():
    _, labels, more = map(len, code.draw(2.0, 9))
    weight = labels / (labels + more)
    return labels, more, code.alphas[-1], weight, 1 - weight


@claim(
    "01-influence-why",
    r"cerca de ahí quedan los mejores promedios con $\tau = 2$",
    r"the best averages for $\tau = 2$ lie near there",
)
def the_best_averages():
    best = code.alphas[code.means[5].argsort()[:2]]
    return code.taus[5], abs(best - 0.971) < 0.03


@claim(
    "01-influence-why",
    r"con $\tau = 1$ da casi igual cualquier $\alpha \le 0.95$",
    r"with $\tau = 1$ any $\alpha \le 0.95$ does about as well",
)
def a_true_model_does_not_mind():
    return code.taus[0], code.alphas[5], np.ptp(code.means[0, :6]) < 0.005


# Minima


@claim("01-no-minimum", "con otro $b$ es mayor", "with another $b$ it is greater")
def another_b_is_worse():
    places = product((0.0, 1.0, 5.0), (-2.0, -0.1, 0.1, 2.0))
    return [code.R_pair([w, b]) > code.R_pair([w, 0.0]) for w, b in places]


@claim(
    "01-landscapes-predicted",
    r"A la silla se converge solo desde $\theta_2 = 0$ exacto",
    r"The descent converges to the saddle only from $\theta_2 = 0$ exactly",
)
def the_saddle_is_left():
    slider = np.arange(-40, 41) / 20
    ends = {b: code.walk(code.saddle, 1.5, b, 200)["path"][-1] for b in slider}
    return [b for b, end in ends.items() if np.linalg.norm(end) < 0.001]


@claim(
    "01-landscapes-predicted",
    "en el orden de la lista: uno, ninguno, toda una recta, cuatro, dos y ninguno",
    "in the order of the list: one, none, a whole line, four, two and none",
)
def how_many_global_minimisers():
    def least(R):
        ends = descend(R, starts, GradientDescent(0.1), steps=2000)[-1]
        return ends[R(ends) < R(ends).min() + 1e-6].round(4)

    starts = rng().uniform(-2, 2, (200, 2))
    one, saddle, line, four, two, none = code.surfaces.values()
    counts = [len(np.unique(least(R), axis=0)) for R in (one, four, two)]
    on_the_line = least(line)
    lower = [(saddle, [0.0, 1e3]), (none, [1e3, 0.0])]  # than where the descent ends
    return (
        counts == [1, 4, 2],
        np.ptp(on_the_line, axis=0) > 1,
        np.ptp(on_the_line, axis=1) == 0,
        [R(far) < min(R(starts)) for R, far in lower],
    )


@cache
def of_the_tilted_cubic():
    return np.sort(np.roots([1, 0, -1, 1 / 8]).real)  # θ³ − θ + 1/8


@claim("01-landscapes-predict", "al inicio y $t = 200$", "and with $t = 200$")
def when_the_goal_looks():
    def met(t):
        end = code.walk(code.tilted, 2.0, 0.05, t)
        return code.local(end, code.tilted, 0.05, t)

    return [t for t in range(201) if met(t)]


@claim(
    "01-landscapes-goal",
    r"Desde $\theta_1 = 0.15$: la cresta entre los dos valles está en $0.127$",
    r"From $\theta_1 = 0.15$ on: the ridge between the two valleys is at $0.127$",
)
def from_where_it_ends_on_the_right():
    ends = {a: code.walk(code.tilted, a, 0.05, 200) for a in np.arange(-40, 41) / 20}
    right = [a for a, end in ends.items() if end["path"][-1, 0] > 0]
    ridge = of_the_tilted_cubic()[1]
    return right[0], ridge, len(right) == sum(a > ridge for a in ends)


@claim(
    "01-landscapes-seen",
    r"globales ($R = -0.129$) y los de la derecha, locales ($R = 0.121$). En el fondo "
    r"de todos, $\nabla R = 0$",
    r"global ($R = -0.129$) and those on the right local ($R = 0.121$). At the bottom "
    r"of all of them, $\nabla R = 0$",
)
def the_tilted_valleys():
    left, _, right = of_the_tilted_cubic()
    values = code.tilted([left, 1.0]), code.tilted([right, 1.0])
    slopes = np.abs([code.tilted.gradient([m, 1.0]) for m in (left, right)])
    return *values, round(slopes.max(), 12)


@claim(
    "01-small-gradient-seen",
    "De 3 baja a $0.0017$, y aun así escapa",
    "From 3 it falls to $0.0017$, and still it escapes",
)
def a_small_gradient_is_no_proof():
    slope = code.steepness(code.walk(code.saddle, 1.5, 1e-6, 150))["‖∇R‖"]
    return slope[0], slope.min(), slope[-1] > slope[0]


@claim(
    "01-zero-weights",
    "hay puntos más bajos tan cerca como se quiera",
    "there are lower points as near as one likes",
)
def lower_points_in_every_ball():
    def gain(r):
        W1, W2 = [[r, r], [0, 0], [0, 0]], [[r / 10, 0, 0]]
        theta = code.net.pack([W1, W2], [np.zeros(3), np.zeros(1)])
        return code.R_xor(theta) - code.R_xor(code.zero)

    return [gain(r) < 0 for r in np.geomspace(0.003, 0.5, 50)]


def orbit(units):
    """Points of equal risk: units in another order, with other signs."""
    signs = list(product([1, -1], repeat=len(units)))
    orders = list(permutations(units))
    points = {
        tuple((s * a, s * b) for s, (a, b) in zip(sign, order, strict=True))
        for order in orders
        for sign in signs
    }
    return len(signs), len(orders), len(points)


@claim("01-equal-risk-why", r"$2^5\cdot 5! = 32\cdot120 = 3840$")
def points_of_equal_risk():
    units = [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]
    return orbit(units[:1])[0], len(units), orbit(units)


@claim(
    "01-equal-risk-why",
    "(dos opuestas, $u$ y $-u$, dan menos",
    "(two opposite ones, $u$ and $-u$, give fewer",
)
def opposite_units_give_fewer():
    return orbit([(1, 2), (-1, -2)])[2] < orbit([(1, 2), (3, 4)])[2]
