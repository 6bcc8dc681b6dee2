"""What lecture 6 claims: Adagrad and Adam."""

from fractions import Fraction
from functools import cache

import numpy as np
from scipy.optimize import minimize

from course_utils import (
    Adagrad,
    Adam,
    AMSGrad,
    GradientDescent,
    Proximal,
    Risk,
    absolute_value,
    descend,
    parabola,
    rosenbrock,
)
from support.claims import Claims

claim = Claims("06_adagrad_adam")
code = claim.code

TINY = np.finfo(float).tiny
RATES = np.arange(1, 51)[:, None] / 100  # of the slider: one descent for each
BETAS = np.array([0.0, 0.1, 0.5, 0.9, 0.99, 0.999])
SLOPES = np.arange(10, 101) / 10  # C of the slider


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def signed(*shape: int) -> np.ndarray:
    """Gradients of many sizes and both signs: in each column, another history."""
    return rng().normal(size=shape) * 10.0 ** rng(1).uniform(-3, 3, size=shape)


def steps(rule, gradients) -> np.ndarray:
    """What a rule subtracts from θ at each of these gradients, one after the other."""
    rows = np.reshape(gradients, (len(gradients), -1))
    return np.array([-rule.step(np.zeros_like(g), g) for g in rows])


def constant(g: float, T: int) -> np.ndarray:
    return np.full(T, g)


def rounds(value: float, shown: str) -> bool:
    """Whether what stands beside a letter, as in 2.13 η, is this value."""
    return f"{value:.{len(shown.partition('.')[2])}f}" == shown


# Why a single η is not enough


@claim(
    "06-one-rate",
    r"la dirección $\theta_2$ es 25 veces más empinada",
    r"the direction $\theta_2$ is 25 times as steep",
)
def how_much_steeper():
    flat, steep = code.valley.gradient([1.0, 1.0])
    return steep / flat


@claim(
    "06-one-rate",
    r"hace falta $\eta < \frac2{25} = 0.08$",
    r"we need $\eta < \frac2{25} = 0.08$",
)
def where_the_steep_direction_converges():
    edge = 2 / code.valley.gradient([0.0, 1.0])[1]
    etas = np.linspace(0.01, 0.15, 100)[:, None]
    ends = descend(code.valley, [-1.5, 1.2], GradientDescent(etas), steps=2000)[-1]
    return edge, edge, (np.abs(ends[:, 1]) < 1) == (etas[:, 0] < edge)


def path_in_the_valley(eta):
    return descend(code.valley, [-1.5, 1.2], GradientDescent(eta), steps=100)


@claim(
    "06-one-rate-predicted",
    r"Cada paso la multiplica por $1-25\eta = -0.75$: salta de un lado a otro, y tras "
    r"$17$ pasos $|\theta_2| < 0.01$. La plana se multiplica por $0.93$, y necesita "
    "$70$",
    r"Each step multiplies it by $1-25\eta = -0.75$: it hops from side to side, and "
    r"after $17$ steps $|\theta_2| < 0.01$. The flat one is multiplied by $0.93$, and "
    "needs $70$",
)
def which_gets_there_first():
    near, path = 0.01, path_in_the_valley(0.07)
    flat, steep = path[1] / path[0]
    slow, quick = (np.abs(path) < near).argmax(axis=0)
    hops = path[1:, 1] * path[:-1, 1] < 0
    return steep, quick, near, flat, slow, hops


@claim(
    "06-one-rate-seen",
    r"Con $\eta = 0.09$ la empinada ya diverge: no hay margen para ayudar a la plana",
    r"With $\eta = 0.09$ the steep one already diverges: there is no room to help the "
    "flat one",
)
def there_is_no_room():
    eta = 0.09
    growing = np.diff(np.abs(path_in_the_valley(eta)[:, 1])) > 0
    fastest = path_in_the_valley(2 / 25)[1] / [-1.5, 1.2]  # at the very edge
    return eta, growing, fastest[0] > 0.9


# Adagrad


@claim(
    "06-adagrad",
    "Quien ha tenido gradientes grandes da pasos cortos",
    "Whoever has had large gradients takes short steps",
)
def large_gradients_make_short_steps():
    before = np.abs(signed(20, 100))
    last = np.ones((1, 100))
    taken = steps(Adagrad(1.0, TINY), np.vstack([before, last]))[-1]
    return np.diff(taken[np.argsort((before**2).sum(axis=0))]) < 0


@claim(
    "06-adagrad",
    r"con $\epsilon = 10^{-8}$ para no dividir entre $0$",
    r"with $\epsilon = 10^{-8}$ so as not to divide by $0$",
)
def what_epsilon_is_for():
    rule = Adagrad(1.0)
    return rule.epsilon, rule.mu, steps(rule, [0.0]) == 0


@claim(
    "06-adagrad-steps-seen",
    r"el tercero, $\eta/\sqrt3$. El $3$ se canceló",
    r"the third, $\eta/\sqrt3$. The $3$ cancelled out",
)
def what_cancels_out():
    mu = code.printed("06-adagrad-steps")[1]
    same = steps(Adagrad(1.0, TINY), np.abs(signed(1, 100)) * np.ones((3, 1)))
    return np.sqrt(mu), np.allclose(same.T, np.arange(1, 4) ** -0.5)


@claim(
    "06-title",
    r"con gradiente constante, exactamente como $\eta/\sqrt t$; y no le importa la "
    "escala de $R$",
    r"with a constant gradient, exactly like $\eta/\sqrt t$; and it does not care "
    "about the scale of $R$",
)
def adagrads_steps_and_the_scale():
    slope, t = signed(1, 100), np.arange(1, 101)
    one = steps(Adagrad(1.0, TINY), slope * np.ones((100, 1)))
    many, c = signed(50, 100), np.abs(signed(1, 100))
    scaled, plain = (steps(Adagrad(1.0, TINY), g) for g in (c * many, many))
    exactly = np.allclose(one, np.sign(slope) / np.sqrt(t)[:, None], rtol=1e-12)
    return exactly, np.allclose(scaled, plain, rtol=1e-12)


@claim("06-order", r"aquí $\mu_0 = 0$", r"here $\mu_0 = 0$")
def what_mu_begins_with():
    return Adagrad(0.1).mu


@claim(
    "06-order-seen",
    r"Si $\theta$ fuera primero, el paso mediría **diez millones**. El orden importa",
    r"If $\theta$ went first, the step would be **ten million** long. The order "
    "matters",
)
def the_order_matters():
    mu_first, theta_first = code.printed("06-order-first-step")
    return theta_first == 10_000_000, theta_first > 1e7 * mu_first


@claim(
    "06-per-step",
    r"$\mu$ y $t$ avanzan seis veces, no dos",
    r"$\mu$ and $t$ advance six times, not two",
)
def they_advance_with_every_step():
    rule, mu = Adagrad(0.1), [0.0]
    for g in (0.5, -1.0, 2.0) * 2:
        rule.step(np.zeros(1), np.array([g]))
        mu.append(rule.mu[0])
    return rule.t == 6, np.diff(mu) > 0, code.printed("06-per-step-counted")[2] == 6


# Steps that grow shorter


@claim(
    "06-constant-gradient",
    r"entonces $\mu_t = t\,g^2$",
    r"then $\mu_t = t\,g^2$",
)
def mu_counts_the_steps():
    g, rule = signed(1, 100), Adagrad(1.0)
    steps(rule, g * np.ones((50, 1)))
    return np.allclose(rule.mu, 50 * g**2, rtol=1e-12)


@claim(
    "06-constant-gradient",
    r"es casi $\eta\int_0^T\frac{dt}{\sqrt t} = 2\eta\sqrt T$: crece sin tope, pero "
    "cada vez más despacio",
    r"is nearly $\eta\int_0^T\frac{dt}{\sqrt t} = 2\eta\sqrt T$: it grows without "
    "bound, but ever more slowly",
)
def how_the_sum_grows():
    """It stays between 2√T − 2 and 2√T."""
    T = np.arange(1, 100_001)
    sums = np.cumsum(T**-0.5)
    between = (2 * np.sqrt(T) - 2 < sums) & (sums < 2 * np.sqrt(T))
    return between, np.diff(sums, 2) < 0


@claim(
    "06-constant-gradient-seen",
    r"Los mismos pasos con pendiente $0.001$ y con $100\,000$",
    r"The same steps with slope $0.001$ and with $100\,000$",
)
def the_same_steps_on_every_slope():
    slopes = np.array([0.001, 100_000])
    taken = steps(Adagrad(0.1, TINY), slopes * np.ones((100, 1)))
    return slopes, np.allclose(np.ptp(taken, axis=1), 0, atol=1e-15)


@claim(
    "06-constant-gradient-seen",
    r"El primero es $-\eta\,\mathrm{signo}(g)$",
    r"The first is $-\eta\,\mathrm{sign}(g)$",
)
def the_first_step():
    g = signed(1, 100)
    return np.allclose(steps(Adagrad(1.0, TINY), g), np.sign(g))


@claim(
    "06-constant-gradient-seen",
    r"$19.854$, está cerca de $2\eta\sqrt T = 20$",
    r"$19.854$, is near $2\eta\sqrt T = 20$",
)
def the_sum_of_ten_thousand():
    return 0.1 * np.sum(np.arange(1, 10_001) ** -0.5), 2 * 0.1 * np.sqrt(10_000)


# GD and Adagrad


@claim(
    "06-gd-adagrad-scale",
    r"$\eta/\sqrt t$ es una recta de pendiente $-\frac12$",
    r"$\eta/\sqrt t$ is a line of slope $-\frac12$",
)
def a_line_on_logarithmic_axes():
    t, length = np.log(code.lengths(code.walk())["Adagrad"])
    slopes = np.diff(length) / np.diff(t)
    return -slopes[0], np.ptp(slopes) < 1e-9


def walks(R, eta):
    """At every c of the slider, by tenths of it."""
    return [code.walk(R, c, eta) for c in (0.1, 0.5, *range(2, 11))]


@claim(
    "06-gd-adagrad-predicted",
    "Las de GD se mueven; las de Adagrad **ni una pizca**: $c$ se cancela, como el $3$",
    "Those of GD move; those of Adagrad **not one bit**: $c$ cancels out, like the $3$",
)
def only_gd_sees_the_scale():
    moved, same = [], []
    for R in ("cθ", "cθ²"):
        for eta in (0.01, 0.15, 1.0):
            plain = code.walk(R, 1, eta)
            for each in walks(R, eta):
                moved.append(not np.allclose(each["GD"], plain["GD"]))
                same.append(np.allclose(each["Adagrad"], plain["Adagrad"], atol=1e-12))
    return np.sqrt(code.printed("06-adagrad-steps")[1]), moved, same


@claim(
    "06-gd-adagrad-goal",
    r"$\eta = 0.15$ deja $\theta_{100} = 0.0009$",
    r"$\eta = 0.15$ leaves $\theta_{100} = 0.0009$",
)
def what_the_smallest_rate_leaves():
    etas = np.arange(1, 201) / 100
    ends = [abs(code.walk("cθ²", 1, eta)["Adagrad"][-1]) for eta in etas[:30]]
    least = etas[:30][np.array(ends) < 1e-3][0]
    return least, code.walk("cθ²", 1, least)["Adagrad"][-1]


@claim(
    "06-gd-adagrad-goal",
    r"con $\eta = 1$ llega en un solo paso, porque el primero mide exactamente $\eta$ "
    r"y $|\theta_0| = 1$: pura suerte del punto de partida",
    r"with $\eta = 1$ it arrives in a single step, because the first has length "
    r"exactly $\eta$ and $|\theta_0| = 1$: sheer luck of the starting point",
)
def who_arrives_in_one_step():
    etas, starts = np.arange(1, 201)[:, None] / 100, np.arange(1, 21) / 10
    after = descend(parabola, starts[:, None, None], Adagrad(etas, TINY), steps=1)[-1]
    arrives = np.abs(after[..., 0]) < 1e-12
    alone = arrives == (np.abs(etas[:, 0] - starts[:, None]) < 1e-9)
    start = code.walk("cθ²", 1, 1)["Adagrad"][0]
    return etas[arrives[starts == start][0], 0], start, alone


# Absurd rates


@claim(
    "06-gd-adagrad-seen",
    r"Sobre $c\,\theta^2$ pronto son más cortos: $\mu$ recuerda los gradientes del "
    "principio, y los de ahora son más pequeños",
    r"On $c\,\theta^2$ they are soon shorter: $\mu$ remembers the gradients of the "
    "beginning, and the present ones are smaller",
)
def shorter_than_on_the_slope():
    """From the third step on, with every η of the slider."""
    etas, t = np.arange(1, 201)[:, None] / 100, np.arange(1, 101)[:, None]
    theta = descend(parabola, [1.0], Adagrad(etas, TINY), steps=100)[..., 0]
    ratios = np.abs(np.diff(theta, axis=0)) / (etas[:, 0] / np.sqrt(t))
    return ratios[2:] < 1, np.abs(theta[2:]) < 1


@claim(
    "06-absurd",
    r"Con GD, en $c\,\theta^2$, hay que mantener $\eta < 1/c$",
    r"With GD, on $c\,\theta^2$, we must keep $\eta < 1/c$",
)
def where_gd_converges():
    c, starts = np.geomspace(0.1, 10, 100)[:, None], np.ones((100, 1))
    risk = Risk(lambda theta: (c * theta**2).sum(-1), lambda theta: 2 * c * theta)
    near, far = (
        np.abs(descend(risk, starts, GradientDescent(eta), steps=99)[-1])
        for eta in (0.99 / c, 1.01 / c)
    )
    return near < 1, far > 1


@cache
def absurd():
    """The five rates of the lecture, and fifty between them: θ, and the rates."""
    etas = np.geomspace(0.01, 100, 51)[:, None]
    theta = descend(parabola, [1.0], Adagrad(etas), steps=20_000)[..., 0]
    mu = np.cumsum((2 * theta) ** 2, axis=0)
    return etas[:, 0], theta, etas[:, 0] / np.sqrt(mu)


@claim(
    "06-absurd-rates-seen",
    r"Todas acaban en $0$ o cerca. Con $\eta = 100$ el primer paso salta hasta $-99$, "
    "y aun así regresa",
    r"All end at $0$ or near it. With $\eta = 100$ the first step jumps to $-99$, and "
    "still it comes back",
)
def every_rate_ends_near_the_minimum():
    etas, theta, _ = absurd()
    worst = np.abs(theta[-1]).max()
    return worst, etas[-1], theta[1, -1], worst < 3e-4, abs(theta[-1, -1]) < 1e-12


@claim(
    "06-absurd-rates-seen",
    r"$\mu$ crece y la tasa $\eta/\sqrt\mu$ baja, hasta que GD convergería con ella",
    r"$\mu$ grows and the rate $\eta/\sqrt\mu$ falls, until GD would converge with it",
)
def the_rate_falls_until_gd_would_converge():
    _, _, rate = absurd()
    return np.diff(rate, axis=0) <= 0, rate[-1] < 1


@claim(
    "06-absurd-rates-seen",
    r"$\mu$ deja de crecer, y Adagrad acaba siendo GD con la tasa de la última columna",
    r"$\mu$ stops growing, and Adagrad ends as GD with the rate of the last column",
)
def adagrad_ends_as_gd():
    _, theta, rate = absurd()
    stopped, ends = np.abs(theta[1000:]) < 1e-2, rate[-1] / rate[1000:] - 1
    small = (np.abs(theta[:-1]) < 1e-6) & (np.abs(theta[:-1]) > 1e-200)
    as_gd = np.abs(theta[1:] - (1 - 2 * rate[-1]) * theta[:-1])
    return (
        np.abs(ends[stopped]) < 0.01,
        as_gd[small] <= 1e-6 * np.abs(theta[:-1][small]),
        small.any(axis=0).sum() > 40,
    )


@claim(
    "06-absurd-rates-seen",
    r"Con $\eta = 0.01$ esa tasa es tan pequeña que Adagrad va lentísimo: tras veinte "
    "mil pasos aún está en $0.00026$",
    r"With $\eta = 0.01$ that rate is so small that Adagrad is very slow: after "
    "twenty thousand steps it is still at $0.00026$",
)
def the_smallest_rate_is_slow():
    etas, theta, rate = absurd()
    return etas[0], theta[-1, 0], len(theta) == 20_001, rate[-1, 0] < 3e-4


@claim(
    "06-three-scales-seen",
    r"Con $\epsilon = 0$, a Adagrad no le importa por cuánto se multiplica **cada "
    "componente** del gradiente",
    r"With $\epsilon = 0$, Adagrad does not care by how much **each component** of the "
    "gradient is multiplied",
)
def any_scale_is_undone():
    c = np.abs(signed(100, 3))
    stretched = Risk(lambda theta: (c * theta**2).sum(-1), lambda theta: 2 * c * theta)
    path = descend(stretched, np.ones((100, 3)), Adagrad(0.3, TINY), steps=100)
    return TINY, np.ptp(path, axis=(1, 2)) < 1e-12


@claim(
    "06-rare-seen",
    r"El último paso del rasgo raro mide $0.01$, diez veces el del otro: su $\mu$ ha "
    "crecido cien veces y no diez mil. GD habría caminado $1000$ y $10$, cien a uno; "
    "Adagrad, $19.85$ y $1.86$: menos de once a uno",
    "The last step of the rare feature has length $0.01$, ten times that of the "
    r"other: its $\mu$ has grown a hundred times, not ten thousand. GD would have "
    "walked $1000$ and $10$, a hundred to one; Adagrad, $19.85$ and $1.86$: less "
    "than eleven to one",
)
def a_rare_feature():
    often, rare = np.ones(10_000), np.arange(1, 10_001) % 100 == 0
    rule, gradients = Adagrad(0.1), np.transpose([often, rare]).astype(float)
    taken = steps(rule, gradients)
    gd, walked = 0.1 * gradients.sum(axis=0), taken.sum(axis=0)
    so = np.allclose(taken[-1, 1] / taken[-1, 0], 10), np.all(rule.mu == [10_000, 100])
    ratios = np.allclose(gd[0] / gd[1], 100), 10 < walked[0] / walked[1] < 11
    return taken[-1, 1], gd, walked, so, ratios


@claim(
    "06-epsilon",
    r"Las dos reglas solo se parecen mientras $\sqrt\mu$ sea mucho mayor que "
    r"$\sqrt\epsilon = 10^{-4}$",
    r"The two rules are alike only while $\sqrt\mu$ is much larger than $\sqrt\epsilon "
    "= 10^{-4}$",
)
def where_the_two_rules_are_alike():
    g = np.geomspace(1e-8, 1, 100)
    inside = code.EpsilonInside(1.0).direction(g) / Adagrad(1.0).direction(g)
    root = np.sqrt(Adagrad(1.0).epsilon)
    near, far = inside[g > 10 * root], inside[g < root]
    return root, np.abs(near - 1) < 0.01, 1 - far > 0.25


@claim(
    "06-tenth-step-question",
    r"Con $g = 10^{-4}$ ya difieren en un 29 %. Con $g = 10^{-6}$ la primera da "
    r"$0.99\,\eta$ y la segunda la centésima parte de $\eta$",
    r"With $g = 10^{-4}$ they already differ by 29 %. With $g = 10^{-6}$ the first "
    r"gives $0.99\,\eta$ and the second a hundredth of $\eta$",
)
def two_small_gradients():
    g = np.array([1e-4, 1e-6])
    first, second = Adagrad(1.0).direction(g), code.EpsilonInside(1.0).direction(g)
    differ = 100 * (1 - second[0] / first[0])
    return g[0], differ, g[1], rounds(first[1], "0.99"), rounds(second[1], "0.01")


# Adam


@claim(
    "06-adam",
    "Adagrad nunca olvida: un gradiente enorme al principio acorta los pasos **para "
    "siempre**",
    "Adagrad never forgets: one huge gradient at the start shortens the steps "
    "**forever**",
)
def adagrad_never_forgets():
    after = signed(1000, 100)
    huge, usual = (
        np.abs(steps(Adagrad(1.0, TINY), np.vstack([np.full((1, 100), g), after])))
        for g in (1e6, 1.0)
    )
    return huge[1:] < usual[1:]


@claim(
    "06-adam",
    "Adam guarda dos promedios que olvidan poco a poco",
    "Adam keeps two averages that forget little by little",
)
def adam_forgets():
    rule, kept = Adam(1.0), []
    for g in (1e6, *np.zeros(1000)):
        rule.step(np.zeros(1), np.array([g]))
        kept.append((rule.m[0], rule.nu[0]))
    ratios = np.array(kept[1:]) / kept[:-1]
    return np.allclose(ratios, [rule.beta1, rule.beta2])


@claim(
    "06-adam",
    r"Kingma y Ba proponen $\eta = 0.001$, $\beta_1 = 0.9$ y $\beta_2 = 0.999$",
    r"Kingma and Ba propose $\eta = 0.001$, $\beta_1 = 0.9$ and $\beta_2 = 0.999$",
)
def what_kingma_and_ba_propose():
    proposed = 0.001, 0.9, 0.999  # algorithm 1 of arXiv:1412.6980
    return proposed, (Adam(1.0).beta1, Adam(1.0).beta2) == proposed[1:]


@claim(
    "06-by-component",
    r"Al empezar, $m_0 = \nu_0 = 0$, y el primer paso es $t = 1$",
    r"At the start $m_0 = \nu_0 = 0$, and the first step is $t = 1$",
)
def how_adam_begins():
    rule = Adam(1.0)
    begun = rule.m
    rule.step(np.zeros(1), np.ones(1))
    return begun, rule.t, begun == Adam(1.0).nu


@claim(
    "06-by-component",
    "todo se hace **componente por componente**",
    "everything is done **component by component**",
)
def no_component_sees_another():
    g = signed(50, 100)
    alone = np.hstack([steps(Adam(1.0), column) for column in g.T])
    return np.array_equal(steps(Adam(1.0), g), alone)


@claim(
    "06-forgetting",
    r"el gradiente de hace $k$ pasos pesa $\beta_1^{\,k}$ veces lo que el de ahora",
    r"the gradient of $k$ steps ago weighs $\beta_1^{\,k}$ times as much as the "
    "present one",
)
def what_an_old_gradient_weighs():
    def weights(beta, k=30):
        rule = Adam(1.0, beta1=beta)
        steps(rule, np.eye(k + 1))  # in column i, the gradient came at step i
        return rule.m[::-1] / rule.m[-1]

    return [np.allclose(weights(beta), beta ** np.arange(31)) for beta in BETAS]


@claim(
    "06-forgetting",
    "no recuerda nada",
    "it remembers nothing",
)
def only_the_sign_is_left():
    g = signed(50, 100)
    taken = steps(Adam(1.0, 0, 0, TINY), g)
    return np.allclose(taken, np.sign(g), rtol=1e-12)


@claim(
    "06-forgetting-seen",
    r"pesa poco más de un tercio de lo de ahora: son $10$ pasos con $\beta_1 = 0.9$ y "
    r"$1000$ con $\beta_2 = 0.999$",
    r"weighs a little over a third of what is new: that is $10$ steps with $\beta_1 = "
    r"0.9$ and $1000$ with $\beta_2 = 0.999$",
)
def how_far_back_it_remembers():
    beta1, beta2 = Adam(1.0).beta1, Adam(1.0).beta2
    short, long = 1 / (1 - beta1), 1 / (1 - beta2)
    a_third = [1 / 3 < beta**k < 0.37 for beta, k in ((beta1, short), (beta2, long))]
    return short, beta1, long, beta2, a_third


@claim(
    "06-forgetting-seen",
    r"Si solo $\beta_1 = 0$ y no hay sombreros, el método se llama **RMSProp**",
    r"If only $\beta_1 = 0$ and there are no hats, the method is called **RMSProp**",
)
def rmsprop():
    """The rule of that name: g over the root of a running average of g²."""
    g, rule = signed(50, 100), code.Uncorrected(1.0, 0, 0.9, TINY)
    taken, average = steps(rule, g), np.zeros(100)
    for t, now in enumerate(g):
        average = 0.9 * average + 0.1 * now**2
        g[t] = now / np.sqrt(average)
    return rule.beta1, np.allclose(taken, g)


# The hats


@cache
def averages(beta):
    """m with a gradient that is always 1, and the weights that add up to it."""
    rule, m = Adam(1.0, beta1=beta), []
    for _ in range(50):
        rule.step(np.zeros(1), np.ones(1))
        m.append(rule.m[0])
    return np.array(m)


@claim(
    "06-hats",
    r"al principio se quedan **cortos**",
    "at first they fall **short**",
)
def the_averages_fall_short():
    t = np.arange(1, 51)
    weights = [np.cumsum((1 - beta) * beta ** (t - 1)) for beta in BETAS]
    sums = [np.allclose(w, 1 - b**t) for w, b in zip(weights, BETAS, strict=True)]
    same = [np.allclose(averages(b), 1 - b**t) for b in BETAS]
    return sums, same, [averages(beta)[0] < 1 for beta in BETAS if beta]


@claim(
    "06-hats-predicted",
    "Solo la última columna devuelve $g = 1$",
    "Only the last column gives $g = 1$ back",
)
def only_the_power_gives_it_back():
    t = np.arange(1, 51)
    for beta in BETAS[1:]:
        m = averages(beta)
        right, slide = m / (1 - beta**t), m / (1 - beta)
        yield np.allclose(right, 1), np.abs(slide[1:] - 1) > 0.01, m[0] < 1
    yield np.round(right[-1], 9)


@claim(
    "06-hats-columns",
    r"A la columna $m/(1-\beta)$ le falta la potencia $t$: solo acierta en $t = 1$",
    r"The column $m/(1-\beta)$ lacks the power $t$: it is right at $t = 1$ only",
)
def without_the_power_it_is_right_once():
    t, right = np.arange(1, 51), [averages(b) / (1 - b) for b in BETAS[1:]]
    return sorted({t[k] for m in right for k in np.flatnonzero(np.abs(m - 1) < 1e-3)})


@claim(
    "06-title",
    "la corrección de Adam lleva una **potencia** $t$ que la diapositiva no tiene",
    "Adam's correction has a **power** $t$ that the slide lacks",
)
def with_the_power_a_constant_gradient_is_returned():
    g, rule = signed(1, 100), Adam(1.0)
    steps(rule, g * np.ones((50, 1)))
    right = rule.bias_correction(rule.m, rule.beta1)
    slide = code.SlideAdam(1.0).bias_correction(rule.m, rule.beta1)
    return np.allclose(right, g), np.abs(slide / g - 1) > 1


# How long the step is


@cache
def long_walk():
    """Of the slide, and without correction: what their steps measure."""
    return [
        steps(rule(1.0, epsilon=TINY), constant(1.0, 10_000))[:, 0] for rule in two()
    ]


def two():
    return code.SlideAdam, code.Uncorrected


def r(t, beta1=0.9, beta2=0.999):
    """The slide's step, by its formula."""
    m, nu = (1 - beta1**t) / (1 - beta1), (1 - beta2**t) / (1 - beta2)
    return m / np.sqrt(nu)


@claim(
    "06-step-length",
    r"el paso correcto mide **siempre** $\eta$",
    r"the right step **always** has length $\eta$",
)
def the_right_step_is_eta_long():
    slopes = signed(1, 100) * np.ones((1000, 1))
    pairs = [(0, 0), (0.9, 0.999), (0.99, 0.9), (0.5, 0.5)]
    taken = [steps(Adam(1.0, *betas, TINY), slopes) for betas in pairs]
    return [np.allclose(np.abs(each), 1, rtol=1e-9) for each in taken]


@claim(
    "06-step-length-seen",
    r"Solo es correcto en $t = 1$; mide el **doble** cerca de $t = 10$, y al final "
    r"$\frac{\sqrt{1-\beta_2}}{1-\beta_1} = 0.3162$: **menos de un tercio** de lo "
    "debido, para siempre",
    r"It is right at $t = 1$ only; it is **twice** as long near $t = 10$, and in the "
    r"end $\frac{\sqrt{1-\beta_2}}{1-\beta_1} = 0.3162$: **less than a third** of what "
    "it should be, forever",
)
def the_step_of_the_slide():
    slide, t = long_walk()[0], np.arange(1, 10_001)
    right = t[np.abs(slide - 1) < 1e-3]
    ends = np.sqrt(1 - 0.999) / (1 - 0.9)
    return (
        right,
        t[9],
        ends,
        np.allclose(slide, r(t)),
        2 < slide[9] < 2.1,
        np.abs(slide[8000:] - ends) < 2e-4,
        ends < 1 / 3,
    )


@claim(
    "06-step-length-seen",
    "Sin corrección empieza en $3.16$, sube a $6.57$ y vuelve a $1$",
    "Without correction it starts at $3.16$, rises to $6.57$ and returns to $1$",
)
def the_step_without_correction():
    without = long_walk()[1]
    return without[0], without.max(), without[-1], abs(without[-1] - 1) < 1e-4


# Three corrections


@claim("06-corrections", "en $t = 10^5$", "at $t = 10^5$")
def where_the_left_panel_ends():
    return code.times[-1]


@claim("06-corrections-look", "en $t = 100$", "at $t = 100$")
def where_the_right_panel_ends():
    return [len(theta) - 1 for theta in code.correct()["θ"].values()][0]


@claim(
    "06-corrections-goal",
    r"$\sqrt{1-\beta_2} = 1-\beta_1$ da $\beta_2 = 0.99$. Y no, no es correcto: en $t "
    r"= 13$ todavía mide $2.13\,\eta$",
    r"$\sqrt{1-\beta_2} = 1-\beta_1$ gives $\beta_2 = 0.99$. And no, it is not right: "
    r"at $t = 13$ it is still $2.13\,\eta$ long",
)
def the_goal_of_the_corrections():
    beta2, t = 1 - (1 - 0.9) ** 2, np.arange(1, 1001)
    longest = t[r(t, 0.9, beta2).argmax()]
    return beta2, longest, rounds(r(longest, 0.9, beta2), "2.13")


def in_the_end(beta1, beta2):
    return code.last({"r": code.ratios(beta1, beta2)})


@claim(
    "06-corrections-predicted",
    r"$\beta_2$ lo acorta y $\beta_1$ lo alarga: $0.1\,\eta$ con $\beta_1 = 0.9$ y "
    r"$\beta_2 = 0.9999$; $3.16\,\eta$ con $\beta_1 = 0.99$ y $\beta_2 = 0.999$",
    r"$\beta_2$ shortens it and $\beta_1$ lengthens it: $0.1\,\eta$ with $\beta_1 = "
    r"0.9$ and $\beta_2 = 0.9999$; $3.16\,\eta$ with $\beta_1 = 0.99$ and $\beta_2 = "
    "0.999$",
)
def what_each_beta_does():
    ends = np.array(
        [[in_the_end(b1, b2) for b2 in np.arange(900, 1000) / 1000] for b1 in BETAS[:5]]
    )
    pairs = (0.9, 0.9999), (0.99, 0.999)
    said = rounds(in_the_end(*pairs[0]), "0.1"), rounds(in_the_end(*pairs[1]), "3.16")
    return pairs, said, np.diff(ends, axis=1) < 0, np.diff(ends, axis=0) > 0


@claim(
    "06-corrections-predicted",
    r"Con $\beta_1 = 0$ y $\beta_2 = 0.999$ queda el error de $\hat\nu$: $0.032\,\eta$",
    r"With $\beta_1 = 0$ and $\beta_2 = 0.999$ the error of $\hat\nu$ remains: "
    r"$0.032\,\eta$",
)
def without_the_first_average_it_does_not_vanish():
    beta1, beta2 = 0, 0.999
    return beta1, beta2, rounds(in_the_end(beta1, beta2), "0.032")


@claim(
    "06-same-correction-why",
    r"Eso pide $\beta = 0$ o $\beta = 1$, y $1$ está prohibido",
    r"That asks for $\beta = 0$ or $\beta = 1$, and $1$ is forbidden",
)
def where_the_slide_is_right():
    t, betas = np.arange(1, 11), np.arange(101) / 100
    same = [beta for beta in betas if np.allclose(beta**t, beta)]
    right = [
        (a, b) for a in betas[:-1] for b in betas[:-1] if np.allclose(r(t, a, b), 1)
    ]
    return same, same[-1], right == [(0, 0)]


@claim(
    "06-corrections-seen",
    "La diapositiva parece ir mejor, $0.0511$ contra $0.2244$",
    "The slide seems to do better, $0.0511$ against $0.2244$",
)
def the_slide_seems_better():
    right, slide, _ = (theta[-1] for theta in code.correct()["θ"].values())
    return slide, right, abs(slide) < abs(right)


@claim(
    "06-corrections-seen",
    r"en cualquier riesgo, con $\epsilon = 0$, su paso es $r_t$ veces el correcto. Es "
    r"otra $\eta$, más larga hasta $t = 105$ y más corta después",
    r"on any risk, with $\epsilon = 0$, its step is $r_t$ times the right one. It is "
    r"another $\eta$, longer until $t = 105$ and shorter afterwards",
)
def the_slide_is_another_eta():
    g, t = signed(200, 100), np.arange(2, 10_001)
    right, slide = (steps(rule(1.0, epsilon=TINY), g) for rule in (Adam, two()[0]))
    same = np.allclose(slide, r(np.arange(1, 201))[:, None] * right)
    longer = t[r(t) > 1]
    return TINY, longer[-1], same, len(longer) == longer[-1] - 1


@claim(
    "06-beta-one",
    r"con $\beta = 1$ el promedio nunca se mueve de $0$",
    r"with $\beta = 1$ the average never leaves $0$",
)
def an_average_that_never_moves():
    beta, m = 1.0, np.zeros(100)
    for g in signed(50, 100):
        m = beta * m + (1 - beta) * g
    return beta, np.abs(m).max(), 1 - beta**50 == 0


@claim(
    "06-same-correction-why",
    r"Tampoco los errores de $\hat m$ y $\hat\nu$ pueden cancelarse",
    r"Nor can the errors of $\hat m$ and $\hat\nu$ cancel",
)
def the_two_errors_do_not_cancel():
    """r₂ = 1 gives β₂; then r₃² − 1 has the factor β₁²(1 + β₁), and nothing else."""
    for beta1 in (Fraction(k, 101) for k in range(101)):
        beta2 = (1 + beta1) ** 2 - 1
        off = (1 + beta1 + beta1**2) ** 2 - (1 + beta2 + beta2**2)
        yield off == -2 * beta1**2 * (1 + beta1)


# Adam's step


@claim(
    "06-scale",
    r"si $R$ se multiplica por $c > 0$, el cociente no cambia",
    r"if $R$ is multiplied by $c > 0$, their ratio does not change",
)
def adam_does_not_see_the_scale():
    g, c = signed(100, 100), np.abs(signed(1, 100))
    plain, scaled = (steps(Adam(1.0, epsilon=TINY), each) for each in (g, c * g))
    return np.floor(c.min()), np.allclose(plain, scaled, rtol=1e-9)


@claim(
    "06-scale-seen",
    "coinciden los $200$",
    "all $200$ do",
)
def the_same_two_hundred_steps():
    orbits = [
        descend(c * parabola, [1.0], Adam(0.1, epsilon=TINY), steps=200)
        for c in (1e-4, 1, 1e4)
    ]
    return len(code.orbit) - 1, np.allclose(orbits, code.orbit, atol=1e-12)


@claim(
    "06-scale-predicted",
    r"el primero mide $\eta$ y los siguientes casi, porque los gradientes se parecen: "
    "el mismo signo, y un tamaño parecido",
    r"the first has length $\eta$ and the next ones nearly so, because the gradients "
    "are alike: the same sign, and a similar size",
)
def like_gradients_make_steps_of_eta():
    first = np.abs(np.diff(code.orbit[:6, 0])) / 0.1
    alike = 1 + rng().uniform(-0.2, 0.2, size=(100, 100))
    taken = steps(Adam(1.0, epsilon=TINY), alike)
    return abs(first[0] - 1) < 1e-9, first[1:] > 0.95, np.abs(taken - 1) < 0.25


@claim(
    "06-scale-seen",
    r"con $+g, -g, +g, \dots$ el paso acaba midiendo $0.053\,\eta$",
    r"with $+g, -g, +g, \dots$ the step ends up $0.053\,\eta$ long",
)
def alternating_gradients_make_short_steps():
    g = signed(1, 100) * (-1.0) ** np.arange(1000)[:, None]
    last = np.abs(steps(Adam(1.0, epsilon=TINY), g)[-1])
    return [rounds(each, "0.053") for each in last]


# η is not a bound


def silent(beta1=0.9, beta2=0.999, t=20_000):
    """Adam after t gradients of 0: the averages are still 0, and only t has moved."""
    rule = Adam(1.0, beta1, beta2, TINY)
    rule.step(np.zeros(1), np.zeros(1))
    rule.t = t
    return rule


@claim(
    "06-silence",
    "las correcciones ya valen $1$",
    "the corrections have become $1$",
)
def the_corrections_are_one():
    nearly = 1 - Adam(1.0).beta2 ** silent().t
    return nearly, abs(nearly - 1) < 1e-8


@claim(
    "06-silence",
    r"Un largo silencio ($g = 0$) y de pronto **un** gradiente",
    r"A long silence ($g = 0$) and suddenly **one** gradient",
)
def the_first_jump():
    quiet = silent()
    for beta1, beta2 in rng().uniform(0, 0.99, size=(100, 2)):
        jump = steps(silent(beta1, beta2), [3.0])[0, 0]
        yield abs(jump - (1 - beta1) / np.sqrt(1 - beta2)) < 1e-6 * jump
    yield np.abs(quiet.m).max()


@claim(
    "06-silence-seen",
    r"venga el gradiente que venga; el duodécimo, $6.57\,\eta$: es la columna «$1$» "
    "de la tabla. Tras un silencio, Adam es Adam sin corrección",
    r'whatever the gradient; the twelfth, $6.57\,\eta$: that is the column "$1$" of '
    "the table. After a silence, Adam is Adam without correction",
)
def the_jumps_after_a_silence():
    g = signed(1, 100) * np.ones((100, 1))
    jumps = steps(silent(), g) * np.sign(g)
    column = steps(code.Uncorrected(1.0, epsilon=TINY), np.ones(100))
    said = rounds(jumps[0, 0], "3.16"), rounds(jumps[11, 0], "6.57")
    divisor = 1 - Adam(1.0).beta2 ** silent().t
    return divisor, said, np.allclose(jumps, column)


@claim(
    "06-silence-seen",
    r"uno que aparece cada mil pasos da $2.51\,\eta$",
    r"one that occurs every thousand steps makes one of $2.51\,\eta$",
)
def a_rare_feature_jumps():
    g = np.arange(10_001) % 1000 == 0
    return rounds(steps(Adam(1.0, epsilon=TINY), g.astype(float))[-1, 0], "2.51")


def bound(beta1, beta2):
    return (1 - beta1) / np.sqrt((1 - beta2) * (1 - beta1**2 / beta2))


PAIRS = [(0.9, 0.9), (0.9, 0.99), (0.9, 0.999), (0.5, 0.9), (0, 0.9), (0.9, 0.85)]


@claim(
    "06-bound",
    "la desigualdad de Cauchy–Schwarz da",
    "the Cauchy–Schwarz inequality gives",
)
def no_step_is_longer_than_the_bound():
    for pair in PAIRS:
        taken = steps(code.Uncorrected(1.0, *pair, TINY), signed(300, 100))
        yield np.abs(taken) <= bound(*pair) * (1 + 1e-9)


def growing(beta1, beta2):
    """The longest step of gradients that grow like (β₂/β₁)ᵗ."""
    rule = code.Uncorrected(1.0, beta1, beta2, TINY)
    return steps(rule, (beta2 / beta1) ** np.arange(400.0)).max()


@claim(
    "06-bound",
    r"Se acercan a ella gradientes que crecen como $(\beta_2/\beta_1)^t$. Con "
    r"$\beta_1 = 0.9$",
    r"Gradients that grow like $(\beta_2/\beta_1)^t$ come near it. With $\beta_1 = "
    "0.9$",
)
def growing_gradients_come_near_it():
    near = [abs(growing(*pair) / bound(*pair) - 1) for pair in PAIRS if pair[0]]
    return Adam(1.0).beta1, np.array(near) < 1e-3


@claim(
    "06-bound-seen",
    r"Con los valores usuales, hasta $7.27\,\eta$",
    r"With the usual values, up to $7.27\,\eta$",
)
def how_long_it_may_be():
    usual = Adam(1.0).beta1, Adam(1.0).beta2
    return rounds(bound(*usual), "7.27"), rounds(growing(*usual), "7.27")


@claim(
    "06-bound-seen",
    r"Que la cota no pase de $\eta$ equivale a $(\beta_1-\beta_2)^2 \le 0$",
    r"That the bound is no more than $\eta$ amounts to $(\beta_1-\beta_2)^2 \le 0$",
)
def the_bound_and_the_square():
    """(1 − β₂)(β₂ − β₁²) ≥ (1 − β₁)² β₂, in fractions; the right-hand side is 0."""
    betas = [Fraction(k, 10) for k in range(10)]
    below = [
        (1 - b2) * (b2 - b1**2) - (1 - b1) ** 2 * b2 == -((b1 - b2) ** 2)
        for b1 in betas
        for b2 in betas
    ]
    return (betas[7] - betas[7]) ** 2, below


@claim(
    "06-bound-seen",
    r"$\eta$ es un tope **solo si** $\beta_1 = \beta_2$",
    r"$\eta$ bounds the step **only if** $\beta_1 = \beta_2$",
)
def when_eta_is_a_bound():
    longest = {pair: growing(*pair) for pair in PAIRS if pair[0]}
    beyond = [step > 1.001 for (b1, b2), step in longest.items() if b1 != b2]
    equal = [
        np.abs(steps(Adam(1.0, b, b, TINY), signed(300, 100))).max() <= 1 + 1e-9
        for b in BETAS
    ]
    return beyond, equal, len(beyond) == 4


@claim(
    "06-title",
    r"$\eta$ **no** es un tope para el paso de Adam",
    r"$\eta$ is **not** a bound on Adam's step",
)
def eta_is_not_a_bound():
    return steps(silent(), [1.0]) > 3, growing(0.9, 0.999) > 7


# Inertia


@claim("06-inertia", "Adam **se pasa**", "Adam **overshoots**")
def adam_overshoots():
    starts = signed(100, 1)
    path = descend(parabola, starts, Adam(0.1 * np.abs(starts)), steps=60)
    gd = descend(parabola, starts, GradientDescent(0.1), steps=60)
    far = (path / starts).min(axis=0)
    return far < -0.25, (gd / starts).min(axis=0) > 0


@claim(
    "06-inertia-asked",
    r"$\beta_2 = 0.999$ y $t = 60$",
    r"$\beta_2 = 0.999$ and $t = 60$",
)
def the_goal_of_inertia():
    return code.swing.__defaults__[2:]


@claim("06-inertia-asked", "GD nunca cruza", "GD never crosses")
def gd_never_crosses():
    gd = descend(parabola, [1.0], GradientDescent(0.1), steps=1000)
    return gd > 0


@cache
def lowest():
    """How far Adam falls with each β₁ of the slider."""
    return np.array([code.swing(beta1=k / 100).min() for k in range(100)])


@claim(
    "06-inertia-predicted",
    "En $t = 12$, y llega hasta $-0.2731$ en $t = 19$: hasta entonces pesan más en "
    "$m$ los gradientes de antes de cruzar que los de después",
    "At $t = 12$, and it gets as far as $-0.2731$ at $t = 19$: until then the "
    "gradients from before the crossing weigh more in $m$ than those from after it",
)
def when_adam_crosses():
    path, rule, signs = code.swing()[:, 0], Adam(0.1), []
    for theta in path[:20]:
        rule.remember(2 * theta)
        signs.append(np.sign(rule.m))  # θ goes down as long as this is 1
    until = np.array(signs) == [1] * 19 + [-1]
    return np.argmax(path < 0), path.min(), np.argmin(path), until


@claim(
    "06-inertia-goal",
    r"$\beta_1 = 0.71$, que baja solo a $-0.045$. Con $0.72$ ya baja a $-0.051$",
    r"$\beta_1 = 0.71$, which falls only to $-0.045$. With $0.72$ it already falls to "
    "$-0.051$",
)
def the_goal_is_met():
    largest = np.flatnonzero(lowest() >= -0.05)[-1]
    return [(k / 100, lowest()[k]) for k in (largest, largest + 1)]


@claim(
    "06-inertia-seen",
    r"Menos memoria, menos inercia: con $\beta_1 = 0.5$, $\theta$ no llega ni a "
    "$-0.001$",
    r"Less memory, less inertia: with $\beta_1 = 0.5$, $\theta$ does not even get to "
    "$-0.001$",
)
def the_less_memory_the_less_inertia():
    beta1, edge = 0.5, -0.001
    return beta1, edge, np.diff(lowest()) <= 0, lowest()[50] > edge


@claim(
    "06-no-jump-why",
    r"con esa $\beta_1$, el segundo de dos gradientes iguales ya da $1.39\,\eta$",
    r"with this $\beta_1$, the second of two equal gradients already gives "
    r"$1.39\,\eta$",
)
def the_second_jump():
    first, second = steps(silent(beta1=1 - np.sqrt(1 - 0.999)), [1.0, 1.0])[:, 0]
    return abs(first - 1) < 1e-6, rounds(second, "1.39")


# Reddi


def periodic(C, ones=2):
    """The slopes of one cycle: C once, −1 for the rest."""
    return np.array([C] + [-1.0] * ones)


@claim(
    "06-reddi",
    r"Si $C > 2$ es positiva: el mejor punto es $x = -1$",
    r"If $C > 2$ it is positive: the best point is $x = -1$",
)
def where_the_best_point_is():
    x = np.linspace(-1, 1, 101)[:, None]
    best = {C: x[code.reddi(C)(x).argmin(), 0] for C in SLOPES if C != 2}
    edge = max(C for C in best if best[C] > 0) + 0.1
    slopes = [code.reddi(C).gradient(np.zeros(1))[0] for C in SLOPES]
    return edge, best[3.0], np.allclose(slopes, (SLOPES - 2) / 3)


@claim(
    "06-reddi",
    r"Con $C = 3$ y $\beta_2 = \frac1{1+C^2} = 0.1$",
    r"With $C = 3$ and $\beta_2 = \frac1{1+C^2} = 0.1$",
)
def the_memory_of_the_case():
    C = code.race.__defaults__[0]
    return C, 1 / (1 + C**2)


@cache
def contest(C, beta2, T=3000):
    """Where each method ends from 1, 0 and −1: the mean of the last cycle."""
    paths = code.contest(C, beta2, code.starts, T)
    return {name: path[-3:, :, 0].mean(axis=0) for name, path in paths.items()}


@claim(
    "06-reddi-predicted",
    "A $+1$, **el peor** punto, incluso si empieza en el mejor. SGD, Adagrad y "
    "AMSGrad acaban en $-1$ o cerca",
    "To $+1$, **the worst** point, even when it starts at the best. SGD, Adagrad and "
    "AMSGrad end at $-1$ or near it",
)
def where_the_four_end():
    ends = contest(3.0, 0.1)
    right = [ends[name] < -0.98 for name in ("SGD", "Adagrad", "AMSGrad")]
    x, R = np.linspace(-1, 1, 101)[:, None], code.reddi(3.0)
    best, worst = x[R(x).argmin(), 0], x[R(x).argmax(), 0]
    return worst, best, right, ends["Adam"] > 0.98


@claim(
    "06-title",
    "Adam puede caminar, con paso firme, hacia el **peor** punto",
    "Adam can walk, with a firm step, to the **worst** point",
)
def to_the_worst_point():
    """Whatever C > 2, with Reddi's β₂, and by more than half of η in each cycle."""
    C = np.arange(21, 101) / 10
    ends = [contest(C, 1 / (1 + C**2), 600)["Adam"] for C in (3.0, 10.0)]
    return code.drift(C, 1 / (1 + C**2)) > 0.5, [end > 0.95 for end in ends]


def steps_of_a_cycle(rule, slopes, cycles=40):
    return -steps(rule, np.tile(slopes, cycles))[-len(slopes) :, 0]


@claim(
    "06-reddi-worst",
    r"da un paso de cerca de $-\eta$. Luego $\nu$ **olvida** ($\beta_2 = 0.1$), y los "
    "dos gradientes $-1$ se dividen entre números pequeños: dos pasos de cerca de "
    r"$+\eta$. Dos contra uno",
    r"a step of about $-\eta$. Then $\nu$ **forgets** ($\beta_2 = 0.1$), and the two "
    r"gradients $-1$ are divided by small numbers: two steps of about $+\eta$. Two "
    "against one",
)
def two_against_one():
    C, beta2 = 3.0, 0.1
    down, *up = steps_of_a_cycle(code.Uncorrected(1.0, 0, beta2, TINY), periodic(C))
    about = abs(down + 1) < 0.1, [abs(step - 1) < 0.25 for step in up]
    return beta2, periodic(C)[-1], about, sum(up) > -down


@claim(
    "06-reddi-worst",
    "**AMSGrad** repara justo eso: no olvida el gradiente grande",
    "**AMSGrad** repairs exactly that: it does not forget the large gradient",
)
def amsgrad_does_not_forget():
    rule, kept = AMSGrad(1.0, 0, 0.1, TINY), []
    for g in signed(300, 100):
        rule.step(np.zeros(100), g)
        kept.append(rule.nu_max)
    falls = [
        contest(C, b, 600)["AMSGrad"] < -0.9 for C, b in ((3.0, 0.1), (10.0, 0.01))
    ]
    return np.diff(kept, axis=0) >= 0, falls


@claim(
    "06-drift",
    r"$\nu$ entra en un ciclo de tres valores",
    r"$\nu$ enters a cycle of three values",
)
def the_cycle_of_nu():
    for C, beta2 in rng().uniform([1, 0], [10, 0.5], size=(100, 2)):
        rule, seen = code.Uncorrected(1.0, 0, beta2, TINY), []
        for g in np.tile(periodic(C), 12):
            rule.remember(np.array([g]))
            seen.append(rule.nu[0])
        yield np.allclose(seen[-3:], code.cycle(C, beta2), rtol=1e-9)


@claim(
    "06-drift",
    r"AMSGrad divide siempre entre $\sqrt{\nu_1}$, el mayor: avanza",
    r"AMSGrad always divides by $\sqrt{\nu_1}$, the largest: it advances",
)
def the_drift_of_amsgrad():
    for C, beta2 in rng().uniform([1, 0], [10, 0.5], size=(100, 2)):
        nu = code.cycle(C, beta2)
        taken = steps_of_a_cycle(AMSGrad(1.0, 0, beta2, TINY), periodic(C), 12)
        yield nu[0] == max(nu), abs(taken.sum() - (2 - C) / np.sqrt(nu[0])) < 1e-6


@claim(
    "06-drift-seen",
    "La deriva de Adam es **positiva** con los tres $C$, hacia el peor punto. Con $C "
    r"= 3$ sus pasos miden $-1.05\,\eta$, $+0.76\,\eta$ y $+0.97\,\eta$: suman "
    r"$+0.68095\,\eta$. La de AMSGrad es negativa: $-0.34906\,\eta$",
    "Adam's drift is **positive** with all three $C$, towards the worst point. With "
    r"$C = 3$ its steps are $-1.05\,\eta$, $+0.76\,\eta$ and $+0.97\,\eta$: they add "
    r"up to $+0.68095\,\eta$. AMSGrad's is negative: $-0.34906\,\eta$",
)
def the_drifts():
    C, three = 3.0, (3.0, 4.0, 10.0)
    adam, amsgrad = (
        steps_of_a_cycle(rule(1.0, 0, 0.1, TINY), periodic(C))
        for rule in (code.Uncorrected, AMSGrad)
    )
    shown = zip(adam, ("-1.05", "0.76", "0.97"), strict=True)
    sums = rounds(adam.sum(), "0.68095"), rounds(amsgrad.sum(), "-0.34906")
    positive = [code.drift(each, 1 / (1 + each**2)) > 0 for each in three]
    return C, [rounds(*pair) for pair in shown], sums, positive


# How much memory it takes


@claim(
    "06-memory-asked",
    "Con $C = 1.5$, ¿quién tiene razón? ¿Y con un gradiente más grande, $C = 10$",
    "With $C = 1.5$, who is right? And with a larger gradient, $C = 10$",
)
def the_prediction_is_about_both_signs_of_the_mean():
    one, other = 1.5, 10
    means = [code.reddi(C).gradient(np.zeros(1))[0] for C in (one, other)]
    return one, other, means[0] < 0, means[1] > 0


@cache
def end_of_adam(C, beta2):
    """Where the left panel leaves Adam: the mean of the last cycle."""
    rule = Proximal(code.Uncorrected(code.eta_t, 0, beta2), clip)
    order = [[0], [1], [2]]
    return descend(code.reddi(C), [0.0], rule, order, steps=150)[-3:].mean()


@claim(
    "06-memory",
    "por encima de $0$, sube hacia $+1$",
    "above $0$, it climbs towards $+1$",
)
def the_sign_of_the_drift_says_where():
    """By the end of the left panel, wherever the drift is not nearly 0."""
    for C in (1.5, 3.0, 10.0):
        for beta2 in np.arange(5, 100, 10) / 100:
            up = np.sign(end_of_adam(C, beta2))
            yield up * code.drift(C, beta2) > -0.1
    yield 0, 1


@claim(
    "06-memory-goal",
    r"$\beta_2 = 0.48$, con $\Delta = -0.0102$",
    r"$\beta_2 = 0.48$, with $\Delta = -0.0102$",
)
def the_goal_of_memory():
    return least_memory(3), code.drift(3, least_memory(3))


def least_memory(C):
    """The least β₂ of the slider with which Adam drifts downwards."""
    return code.GRID[code.drift(C, code.GRID) < 0][0]


@claim(
    "06-memory-goal",
    "Con más memoria, Adam aún recuerda el gradiente grande cuando llegan los otros "
    "dos, y acierta; pero baja muy despacio, y a los 150 pasos va por $-0.45$",
    "With more memory, Adam still remembers the large gradient when the other two "
    "come, and gets it right; but it goes down very slowly, and after 150 steps it "
    "is at $-0.45$",
)
def with_more_memory_it_gets_it_right():
    more = code.GRID[code.GRID >= least_memory(3)]
    t, x = code.race(3.0, least_memory(3))["x"]["Adam"]
    return t[-1], x[-1], code.drift(3, more) < 0


@claim(
    "06-memory-seen",
    "Con $C$ mayor hace falta **menos** memoria, porque un gradiente más grande "
    r"tarda más en olvidarse: basta $\beta_2 = 0.63$ con $C = 2.5$, $0.32$ con $4$ y "
    "$0.10$ con $10$",
    "With a larger $C$ **less** memory is needed, because a larger gradient takes "
    r"longer to forget: $\beta_2 = 0.63$ is enough with $C = 2.5$, $0.32$ with $4$ "
    "and $0.10$ with $10$",
)
def a_larger_slope_needs_less_memory():
    large = SLOPES[11:]  # more than 2
    needed = [least_memory(C) for C in large]
    remembered = code.cycle(large, 0.5)[2]  # two steps later
    less = np.diff(needed) <= 0, np.diff(remembered) > 0
    return [(least_memory(C), C) for C in (2.5, 4, 10)], less


@claim(
    "06-memory-predicted",
    r"Con $C = 10$ y $\beta_2 = 0.1$ tienen razón los otros tres; la deriva de Adam "
    "es casi $0$",
    r"With $C = 10$ and $\beta_2 = 0.1$ the other three are; Adam's drift is nearly "
    "$0$",
)
def the_drift_is_nearly_nothing():
    C, beta2 = 10, 0.1
    drift, ends = code.drift(C, beta2), contest(C, beta2, 600)
    right = [ends[name] < -0.9 for name in ("SGD", "Adagrad", "AMSGrad")]
    return C, beta2, drift, abs(drift) < 0.01, right


@claim(
    "06-memory-predicted",
    "Con $C = 1.5$ todos: la pendiente media es negativa, y $+1$ es el mejor punto",
    "With $C = 1.5$ all are: the mean slope is negative, and $+1$ is the best point",
)
def all_are_right():
    C, x = 1.5, np.linspace(-1, 1, 101)[:, None]
    R = code.reddi(C)
    ends = contest(C, 0.1, 600).values()
    return C, x[R(x).argmin(), 0], R.gradient(x) < 0, [end > 0.95 for end in ends]


def drift(slopes, beta2):
    """What Adam with β₁ = 0 walks in one cycle of slopes, once ν has its own cycle."""
    period = len(slopes)
    ages = (np.arange(period)[:, None] - np.arange(period)) % period
    nu = (1 - beta2) * beta2**ages @ slopes**2 / (1 - beta2**period)
    return -np.sum(slopes / np.sqrt(nu))


def least(slopes, low=0.0, high=1 - 1e-9):
    """The β₂ at which the drift is 0, by halves."""
    for _ in range(50):
        half = (low + high) / 2
        low, high = (half, high) if drift(slopes, half) > 0 else (low, half)
    return half


@claim(
    "06-rare-slope",
    r"¿Está a salvo la $\beta_2 = 0.999$ de siempre? Con $C = 3$, sí",
    r"Is the usual $\beta_2 = 0.999$ safe? With $C = 3$, yes",
)
def the_usual_memory_is_safe():
    beta2, C = Adam(1.0).beta2, 3
    return beta2, C, drift(periodic(C), beta2) < 0


@claim(
    "06-rare-slope",
    "lo que pide memoria es que la pendiente grande sea **rara**: si es $101$ una "
    r"vez y $-1$ cien veces, hace falta $\beta_2 > 0.9996$",
    "what asks for memory is that the large slope be **rare**: if it is $101$ once "
    r"and $-1$ a hundred times, it takes $\beta_2 > 0.9996$",
)
def a_rare_slope_asks_for_memory():
    slopes = periodic(101.0, 100)
    rarer = [least(periodic(n + 1.0, n)) for n in (2, 5, 10, 20, 50, 100)]
    return slopes[:2], least(slopes), drift(slopes, 0.9996) > 0, np.diff(rarer) > 0


@cache
def long_contest():
    """Slopes 1010 and then −10 a hundred times: where the two end."""
    slopes, ends = 10 * periodic(101.0, 100), []
    for rule in (code.Uncorrected(1.0, 0.9, 0.99), AMSGrad(1.0, 0.9, 0.99)):
        x = 0.0
        for t in range(100_000):
            x -= code.eta_t(t + 1) * rule.direction(slopes[t % 101])
            x = min(max(x, -1.0), 1.0)
        ends.append(x)
    return slopes, ends


def clip(x):
    return x.clip(-1, 1)


@claim(
    "06-rare-slope",
    r"la pendiente es $1010$ una vez y $-10$ cien veces: con $\beta_1 = 0.9$ y "
    r"$\beta_2 = 0.99$, tras $10^5$ pasos de $\eta_t = 0.5/\sqrt t$, Adam está en "
    "$+0.99$ y AMSGrad en $-0.98$",
    r"the slope is $1010$ once and $-10$ a hundred times: with $\beta_1 = 0.9$ and "
    r"$\beta_2 = 0.99$, after $10^5$ steps of $\eta_t = 0.5/\sqrt t$, Adam is at "
    "$+0.99$ and AMSGrad at $-0.98$",
)
def the_long_contest():
    slopes, ends = long_contest()
    return slopes[:2], 0.9, 0.99, 1e5, ends, sum(slopes) > 0


@claim(
    "06-no-memory-why",
    "por grande que sea $C$. Uno hacia abajo y dos hacia arriba: Adam cuenta signos",
    "however large $C$ is. One down and two up: Adam counts signs",
)
def adam_counts_signs():
    for C in SLOPES:
        taken = steps_of_a_cycle(Adam(1.0, 0, 0, TINY), periodic(C), 2)
        yield np.allclose(taken, [-1, 1, 1]), np.isclose(code.drift(C, 0), 1)


# Adam does not settle


@cache
def settling():
    """On |θ|, from 1: Adam, with a rate that decreases, and Adagrad."""
    rules = Adam(0.1), Adam(lambda t: 0.1 / np.sqrt(t)), Adagrad(0.1)
    return [descend(absolute_value, [1.0], rule, steps=5000)[:, 0] for rule in rules]


@claim(
    "06-unsettled-predicted",
    r"Al llegar se pasa hasta $-0.264$. Después se queda a menos de $\eta$, pero "
    "**sigue moviéndose**: en los últimos mil pasos aún se aleja $0.0302$",
    r"On arrival it overshoots to $-0.264$. Afterwards it stays within $\eta$, but "
    "**keeps moving**: in the last thousand steps it still strays by $0.0302$",
)
def adam_does_not_settle():
    path = settling()[0]
    last, moves = np.abs(path[-1000:]), np.abs(np.diff(path[-1000:]))
    return path.min(), last.max(), np.abs(path[32:]) < 0.1, moves.max() > 0.005


@claim(
    "06-unsettled-predicted",
    "Los otros dos se asientan, porque sus pasos se acortan",
    "The other two settle, because their steps shorten",
)
def the_others_settle():
    for path in settling()[1:]:
        early, late = (
            np.abs(np.diff(part)).max() for part in (path[:100], path[-100:])
        )
        yield np.abs(path[-1000:]).max() < 0.002, late < early / 20


# All on the same surface


@claim(
    "06-surfaces",
    r"el **mismo valle girado** 45°, $\frac12(u^2 + 25v^2)$ con $u, v = (\theta_1 \mp "
    r"\theta_2)/\sqrt2$",
    r"the **same valley turned** by 45°, $\frac12(u^2 + 25v^2)$ with $u, v = (\theta_1 "
    r"\mp \theta_2)/\sqrt2$",
)
def the_valley_is_turned():
    theta = rng().uniform(-2, 2, size=(100, 2))
    flat, steep = code.turned.gradient([1.0, -1.0]), code.turned.gradient([1.0, 1.0])
    angle = np.degrees(np.arctan2(*steep))
    values = np.allclose(code.turned(theta), code.valley(uv(theta)))
    return angle, values, np.allclose(flat, [1, -1]), np.allclose(steep, [25, 25])


def uv(theta):
    return theta @ np.array([[1, 1], [-1, 1]]) / np.sqrt(2)


@claim(
    "06-surfaces",
    "el valle curvo de Rosenbrock, con su mínimo en $(1, 1)$, multiplicado por $0.01$",
    "the curved valley of Rosenbrock, with its minimum at $(1, 1)$, multiplied by "
    "$0.01$",
)
def the_minimum_and_the_factor_of_rosenbrock():
    theta = rng().uniform(-2, 2, size=(100, 2))
    factors = code.bent(theta) / rosenbrock(theta)
    lowest = minimize(rosenbrock, START, method="Nelder-Mead").x
    return lowest.round(3), factors.mean(), np.ptp(factors) < 1e-12


@claim(
    "06-surfaces",
    r"El punto de partida es $\theta_0 = (-1.5, 1.2)$",
    r"The starting point is $\theta_0 = (-1.5, 1.2)$",
)
def where_they_start():
    return code.compare.__defaults__[-2:]


@claim(
    "06-surfaces",
    "El $0.01$ cambia lo que vale $R$, y el camino de GD. Los de Adagrad, Adam y "
    "AMSGrad, no",
    "The $0.01$ changes the values of $R$, and the path of GD. Those of Adagrad, Adam "
    "and AMSGrad it does not",
)
def what_the_factor_changes():
    factor = code.bent(START) / rosenbrock(START)
    for eta in (0.01, 0.1, 0.5):
        gd, *others = (
            [descend(R, START, method(eta), steps=100) for R in (code.bent, rosenbrock)]
            for method in code.METHODS
        )
        yield not np.allclose(*gd), [np.allclose(*pair, atol=1e-4) for pair in others]
    yield factor


START = [-1.5, 1.2]


@cache
def risks(name, method, beta2=None, steps=100):
    """R(θ) at each step, of the 50 rates of the slider."""
    R, more = code.surfaces[name], {} if beta2 is None else {"beta2": beta2}
    return R(descend(R, START, method(RATES, **more), steps=steps))


def kept(name, method, **more):
    """The rates of the slider with which R(θ₁₀₀) < 10⁻³."""
    return RATES[risks(name, method, **more)[100] < 1e-3, 0]


VALLEY, TURNED, BENT, WELLS = (
    "½(θ₁² + 25θ₂²)",
    "½(u² + 25v²)",
    "Rosenbrock",
    "¼(θ² − 1)²",
)


@claim(
    "06-surfaces-predict",
    r"desde $(-1.5, 1.2)$ y con $\beta_1 = 0.9$, $\beta_2 = 0.999$, Adam no cumple "
    r"$R(\theta_{100}) < 10^{-3}$ con ninguna $\eta$ del deslizador. Con $\beta_2 = "
    "0.9$ sí",
    r"from $(-1.5, 1.2)$ and with $\beta_1 = 0.9$, $\beta_2 = 0.999$, Adam does not "
    r"reach $R(\theta_{100}) < 10^{-3}$ for any $\eta$ on the slider. With $\beta_2 = "
    "0.9$ it does",
)
def adam_needs_a_shorter_memory():
    beta1, beta2 = code.compare.__defaults__[2:4]
    none = len(kept(BENT, Adam)) == 0
    some = len(kept(BENT, Adam, beta2=0.9)) > 0
    return START, beta1, beta2, 1e-3, 0.9, none, some


@claim(
    "06-surfaces-goal",
    r"$\eta = 0.21$. Hay otras catorce, hasta $0.49$: aquí ayuda olvidar más rápido",
    r"$\eta = 0.21$. There are fourteen more, up to $0.49$: forgetting faster helps "
    "here",
)
def the_goal_of_the_surfaces():
    rates = kept(BENT, Adam, beta2=0.9)
    return rates[0], rates[-1], len(rates) == 1 + 14


def first_within(path, near=0.1):
    """At which step each coordinate first comes near 0, if it does."""
    there = np.abs(path) < near
    return np.where(there.any(axis=0), there.argmax(axis=0), len(path))


@claim(
    "06-surfaces-predicted",
    "En el valle, GD baja primero por lo empinado",
    "In the valley, GD first drops down the steep side",
)
def gd_drops_down_the_steep_side():
    for eta in RATES[:7, 0]:  # those with which it converges
        path = descend(code.valley, START, GradientDescent(eta), steps=1000)
        flat, steep = first_within(path)
        yield steep < flat, np.abs(path[1] - path[0]).argmax() == 1


@claim(
    "06-surfaces-predicted",
    "El primer paso de los otros tres es el mismo en cada coordenada, salvo el signo: "
    "salen en diagonal, casi derecho al mínimo",
    "The first step of the other three is the same in each coordinate, but for the "
    "sign: they leave along the diagonal, almost straight for the minimum",
)
def the_others_leave_along_the_diagonal():
    to_the_minimum = -np.array(START) / np.hypot(*START)
    for method in code.METHODS[1:]:
        step = np.diff(descend(code.valley, START, method(RATES), steps=1), axis=0)[0]
        same = np.allclose(np.abs(step[:, 0]), np.abs(step[:, 1]))
        cosine = step @ to_the_minimum / np.hypot(*step.T)
        yield same, np.degrees(np.arccos(cosine)) < 7


@claim(
    "06-surfaces-predicted",
    "Al girarlo salen por la otra diagonal, que es **lo empinado**: también ellos "
    "bajan primero por ahí",
    "When it is turned they leave along the other diagonal, which is **the steep "
    "side**: they too drop down it first",
)
def turned_they_too_drop_down_the_steep_side():
    for method in code.METHODS[1:]:
        path = uv(descend(code.turned, START, method(RATES), steps=1000))
        flat, steep = first_within(path).T
        along = np.abs(np.diff(path[:2], axis=0)[..., 0]) < 1e-6
        yield along, steep < flat


@claim(
    "06-surfaces-tuning",
    r"En el valle, GD lo cumple solo con $0.04 \le \eta \le 0.07$; Adagrad, desde "
    "$0.16$; Adam, desde $0.03$; AMSGrad, siempre",
    r"In the valley, GD does it only with $0.04 \le \eta \le 0.07$; Adagrad, from "
    "$0.16$ on; Adam, from $0.03$ on; AMSGrad, always",
)
def which_rates_keep_it():
    gd, adagrad, adam, amsgrad = (kept(VALLEY, method) for method in code.METHODS)
    whole = [np.allclose(np.diff(rates), 0.01) for rates in (gd, adagrad, adam)]
    to_the_end = adagrad[-1] == adam[-1] == RATES[-1, 0]
    firsts = gd[0], gd[-1], adagrad[0], adam[0]
    return firsts, whole, to_the_end, len(amsgrad) == 50


@claim(
    "06-surfaces-tuning",
    r"con $\eta$ pequeña sus primeros pasos miden más de $3\eta$",
    r"with a small $\eta$ its first steps are more than $3\eta$ long",
)
def the_first_steps_of_amsgrad():
    path = descend(code.valley, START, AMSGrad(RATES[:5]), steps=6)
    return np.abs(np.diff(path, axis=0)) > 3 * RATES[:5]


@claim(
    "06-surfaces-tuning",
    "Eso se gana: **afinar menos $\\eta$**",
    "That is the gain: **less tuning of $\\eta$**",
)
def what_is_gained():
    counts = {
        name: [len(kept(name, m)) for m in code.METHODS] for name in code.surfaces
    }
    return [min(counts[name][1:]) > 5 * counts[name][0] for name in (VALLEY, TURNED)]


@claim(
    "06-surfaces-tuning",
    r"Al girarlo, GD y Adam cambian poco; Adagrad pierde ocho tasas, y con $\eta = "
    r"0.2$ su $R(\theta_{100})$ pasa de $0.00001$ a $0.0025$",
    "When it is turned, GD and Adam change little; Adagrad loses eight rates, and "
    r"with $\eta = 0.2$ its $R(\theta_{100})$ goes from $0.00001$ to $0.0025$",
)
def what_changes_when_it_is_turned():
    gd, adagrad, adam = (
        len(kept(VALLEY, method)) - len(kept(TURNED, method))
        for method in code.METHODS[:3]
    )
    eta, ends = 0.2, [risks(R, Adagrad)[100, 19] for R in (VALLEY, TURNED)]
    return eta, ends, max(abs(gd), abs(adam)) <= 1, adagrad == 8


def medians(method):
    """How many rates keep it, from a hundred starts: straight and turned."""
    starts = rng().uniform(-2, 2, size=(100, 1, 2)) * np.ones((50, 1))
    for R in (code.valley, code.turned):
        ends = R(descend(R, starts, method(RATES), steps=100)[-1])
        yield np.median(np.sum(ends < 1e-3, axis=1))


@claim(
    "06-surfaces-tuning",
    "la mediana de Adagrad baja de $33.5$ tasas a $10.5$; la de Adam, de $47$ a $42$. "
    "Adaptarse **por coordenada** le sirve menos a Adagrad",
    "the median of Adagrad falls from $33.5$ rates to $10.5$; that of Adam, from $47$ "
    "to $42$. Adapting **per coordinate** is of less use to Adagrad",
)
def from_other_starting_points():
    straight, turned = adagrad = list(medians(Adagrad))
    return adagrad, list(medians(Adam)), turned < straight / 2


def winners(name, first, last):
    """Who has the least R at each step, if each has its best rate."""
    least = [np.nanmin(risks(name, m, steps=last), axis=1) for m in code.METHODS]
    return {code.METHODS[k] for k in np.argmin(least, axis=0)[first:]}


@claim(
    "06-surfaces-seen",
    "**No hay un ganador**: en el valle, Adagrad; en el valle girado se turnan Adam, "
    "AMSGrad y GD, según el paso en que se mire; en Rosenbrock, AMSGrad",
    "**There is no winner**: in the valley, Adagrad; in the turned one Adam, AMSGrad "
    "and GD take turns, depending on the step at which one looks; on Rosenbrock, "
    "AMSGrad",
)
def who_wins():
    valley, turned, bent = (winners(name, 90, 110) for name in (VALLEY, TURNED, BENT))
    take_turns = turned == {Adam, AMSGrad, GradientDescent}
    return valley == {Adagrad}, take_turns, bent == {AMSGrad}


@claim(
    "06-surfaces-seen",
    "en el doble pozo el GD de siempre, empatado con Adagrad",
    "in the double well plain old GD, on a par with Adagrad",
)
def who_wins_in_the_double_well():
    best = [np.nanmin(risks(WELLS, method)[100]) for method in code.METHODS]
    return [risk < 1e-9 for risk in best[:2]], [risk > 1e-9 for risk in best[2:]]


@claim(
    "06-surfaces-seen",
    r"$\log_{10} R(\theta_{100})$, con piso en $-9$",
    r"$\log_{10} R(\theta_{100})$, cut off at $-9$",
)
def where_it_is_cut_off():
    shown = np.array(code.printed("06-surfaces-best"))
    return min(shown)


@claim(
    "06-remember",
    r"El paso de Adam mide cerca de $\eta$ si los gradientes se parecen, y menos si se "
    "contradicen",
    r"Adam's step is about $\eta$ long if the gradients are alike, and shorter if they "
    "contradict one another",
)
def alike_or_contradicting():
    sizes = rng().uniform(0.8, 1.2, size=(300, 100))
    signs = rng(1).choice([-1, 1], size=(300, 100))
    alike, against = (
        np.abs(steps(Adam(1.0, epsilon=TINY), g))[100:] for g in (sizes, sizes * signs)
    )
    return np.abs(alike - 1) < 0.2, against.mean(axis=0) < 0.4
