"""Exercises of lecture 6: Adagrad and Adam."""

from functools import partial
from math import inf

import numpy as np

from . import ANY, EXACT, Between, Exercise, any_of

# One step of Adam in the order of its arguments: theta, g, m, nu, t, eta, beta1,
# beta2, epsilon. η ≠ 1, a large ε, βt < 1 and few digits of slack: each slip shows.
STEPS = (
    (
        *np.array([(1.0, -2.0), (0.5, -3.0), (0.2, 0.1), (0.3, 4.0)]),
        *(3, 0.2, 0.2, 0.3, 0.5),
    ),
    (
        *np.array(
            [(1, 2, 0, -1), (0.3, -1, 2, 1), (0.1, -0.5, 1, 0), (1, 0.2, 3, 2.0)]
        ),
        *(2, 0.05, 0.4, 0.45, 0.1),
    ),
)


def _moments(g, m, nu, beta1, beta2):
    return beta1 * m + (1 - beta1) * g, beta2 * nu + (1 - beta2) * g**2


def _corrected(m, nu, t, beta1, beta2):
    return m / (1 - beta1**t), nu / (1 - beta2**t)


def _outside(nu_hat, epsilon):
    return np.sqrt(nu_hat) + epsilon


def _adam(
    theta, g, m, nu, t, eta, beta1, beta2, epsilon, *, hats=_corrected, root=_outside
):
    """θ, m, ν after one step, right by default or with a slip in θ."""
    m, nu = _moments(g, m, nu, beta1, beta2)
    m_hat, nu_hat = hats(m, nu, t, beta1, beta2)
    return theta - eta * m_hat / root(nu_hat, epsilon), m, nu


def _theta(wrong):
    """A step of which θ alone matters, whatever m and ν are."""
    return lambda *given: (wrong(*given)[0], ANY, ANY)


def _changed(**change):
    """A step that takes some of its arguments for something else."""
    names = "theta g m nu t eta beta1 beta2 epsilon".split()

    def step(*given):
        given = dict(zip(names, given, strict=True))
        return _adam(**given | {name: new(given) for name, new in change.items()})

    return step


def _late(theta, g, m, nu, t, eta, beta1, beta2, epsilon):
    m_hat, nu_hat = _corrected(m, nu, t, beta1, beta2)
    return theta - eta * m_hat / _outside(nu_hat, epsilon), ANY, ANY


def _m(new):
    """A step of which m alone matters: new(m, g, β₁)."""
    return lambda _, g, m, *rest: (ANY, new(m, g, rest[3]), ANY)


def _nu(new):
    """A step of which ν alone matters: new(ν, g, β₂)."""
    return lambda _, g, m, nu, *rest: (ANY, ANY, new(nu, g, rest[3]))


EXERCISES = {
    "6.1": Exercise(
        counts=True,
        right=100,
        mistakes={
            "falta el cuadrado: el paso es η/√t, no η/t · "
            "the square is missing: the step is η/√t, not η/t": 10,
            "al revés: √t = 10, no t = √10 · "
            "the other way round: √t = 10, not t = √10": any_of(
                10**0.5, Between(3.16, 3.17)
            ),
            "t empieza en 1: el primero mide η/√1 · t begins at 1: the first is η/√1": (
                any_of(99, 101)
            ),
        },
        hint={
            "es": r"El paso $t$ mide $\eta/\sqrt t$; el primero, $\eta$.",
            "en": r"Step $t$ is $\eta/\sqrt t$ long; the first, $\eta$.",
        },
        praise="√t = 10",
    ),
    "6.2": Exercise(
        names=("beta_1", "beta_2"),
        tolerance=EXACT,
        right=(0, 0),
        mistakes={
            "con β = 1 queda 0/0: no está permitido · "
            "β = 1 gives 0/0: it is not allowed": any_of((1, ANY), (ANY, 1)),
            "debe ser β ∈ [0, 1) · it must be β ∈ [0, 1)": any_of(
                *((outside, ANY) for outside in (Between(-inf, 0), Between(1, inf))),
                *((ANY, outside) for outside in (Between(-inf, 0), Between(1, inf))),
            ),
            "β = 0 en uno; el otro aún falla · β = 0 in one; the other still fails": (
                any_of((0, Between(0, 1)), (Between(0, 1), 0))
            ),
            "esa pareja acierta solo cuando t → ∞ · that pair is right only as t → ∞": (
                any_of(
                    *(
                        (1 - x, 1 - x**2)
                        for x in (0.5, 0.2, 0.1, 0.05, 0.01, 0.001**0.5)
                    )
                )
            ),
            "en t = 2 ya son distintas: β² ≠ β · "
            "at t = 2 they already differ: β² ≠ β": ((Between(0, 1), Between(0, 1))),
        },
        hint={
            "es": r"La corrección correcta divide entre $1-\beta^t$; la de la "
            r"diapositiva, entre $1-\beta$. ¿Para qué $\beta$ es $\beta^t = \beta$ en "
            r"todo $t$?",
            "en": r"The right correction divides by $1-\beta^t$; the slide's, by "
            r"$1-\beta$. For which $\beta$ is $\beta^t = \beta$ at every $t$?",
        },
        praise="βᵗ = β: 0",
    ),
    "6.3": Exercise(
        calls=("adam_step(theta, g, m, nu, t, eta, beta1, beta2, epsilon)",),
        names=("theta", "m", "nu"),
        cases=STEPS,
        right=_adam,
        mistakes={
            "falta el cuadrado en ν · the square in ν is missing": (
                _nu(lambda nu, g, beta2: beta2 * nu + (1 - beta2) * g)
            ),
            "m: β₁ y 1 − β₁ cambiados · m: β₁ and 1 − β₁ swapped": (
                _m(lambda m, g, beta1: (1 - beta1) * m + beta1 * g)
            ),
            "ν: β₂ y 1 − β₂ cambiados · ν: β₂ and 1 − β₂ swapped": (
                _nu(lambda nu, g, beta2: (1 - beta2) * nu + beta2 * g**2)
            ),
            "m: falta 1 − β₁ · m: 1 − β₁ is missing": (
                _m(lambda m, g, beta1: beta1 * m + g)
            ),
            "ν: falta 1 − β₂ · ν: 1 − β₂ is missing": (
                _nu(lambda nu, g, beta2: beta2 * nu + g**2)
            ),
            "β₁ es de m y β₂ de ν · β₁ belongs to m and β₂ to ν": (
                _changed(
                    beta1=lambda given: given["beta2"],
                    beta2=lambda given: given["beta1"],
                )
            ),
            "devuelve m y ν, sin sombrero · return m and ν, without the hats": (
                lambda theta, g, m, nu, t, eta, beta1, beta2, epsilon: (
                    ANY,
                    *_corrected(*_moments(g, m, nu, beta1, beta2), t, beta1, beta2),
                )
            ),
            "m y ν no cambiaron · m and ν did not change": (
                lambda theta, g, m, nu, *_: (ANY, m, nu)
            ),
            "signo al revés: sube · sign reversed: it climbs": (
                _theta(_changed(eta=lambda given: -given["eta"]))
            ),
            "falta la potencia t: 1 − βᵗ, la errata E8 · "
            "the power t is missing: 1 − βᵗ, the slip E8": (
                _theta(_changed(t=lambda given: 1))
            ),
            "βᵗ es una potencia, no un producto · βᵗ is a power, not a product": _theta(
                partial(
                    _adam,
                    hats=lambda m, nu, t, b1, b2: (m / (1 - b1 * t), nu / (1 - b2 * t)),
                )
            ),
            "t ya es el de este paso · t is already this step's": any_of(
                _theta(_changed(t=lambda given: given["t"] - 1)),
                _theta(_changed(t=lambda given: given["t"] + 1)),
            ),
            "falta η · η is missing": _theta(_changed(eta=lambda given: 1)),
            "primero m y ν, después θ · first m and ν, then θ": _late,
            "falta la corrección 1 − βᵗ · the correction 1 − βᵗ is missing": _theta(
                partial(_adam, hats=lambda m, nu, t, b1, b2: (m, nu))
            ),
            "falta ε · ε is missing": _theta(_changed(epsilon=lambda given: 0)),
            "ε va fuera de la raíz · ε stands outside the root": _theta(
                partial(_adam, root=lambda nu_hat, epsilon: np.sqrt(nu_hat + epsilon))
            ),
            "falta la raíz de ν · the root of ν is missing": _theta(
                partial(_adam, root=lambda nu_hat, epsilon: nu_hat + epsilon)
            ),
            "corrige ν antes de la raíz · correct ν before the root": _theta(
                partial(
                    _adam,
                    hats=lambda m, nu, t, b1, b2: (
                        m / (1 - b1**t),
                        nu / (1 - b2**t) ** 2,
                    ),
                )
            ),
            "es la forma corta de Kingma y Ba, con otra ε · "
            "that is the short form of Kingma and Ba, with another ε": _theta(
                _changed(
                    epsilon=lambda given: (
                        given["epsilon"] / np.sqrt(1 - given["beta2"] ** given["t"])
                    )
                )
            ),
        },
        tolerance=1e-6,
        hint={
            "es": r"Primero $m$ y $\nu$; luego sus correcciones, en variables aparte; "
            r"al final $\theta$. $\epsilon$ va fuera de la raíz.",
            "en": r"First $m$ and $\nu$; then their corrections, in variables of "
            r"their own; $\theta$ last. $\epsilon$ stands outside the root.",
        },
        praise="con m y ν corregidas: θ − η m / (√ν + ε) · "
        "with m and ν corrected: θ − η m / (√ν + ε)",
    ),
    "6.4": Exercise(
        right=Between(0.968377, 0.96840001),  # 1 − √0.001, or up to four digits
        tolerance=1e-5,
        mistakes={
            "ese es 1 − β₁ · that is 1 − β₁": Between(0.0313, 0.0319),
            "falta la raíz: √(1 − β₂) · the root is missing: √(1 − β₂)": 0.999,
            "√(1 − β₂), no √β₂ · √(1 − β₂), not √β₂": 0.999**0.5,
            "salta más que η: (1 − β₁)/√(1 − β₂) > 1 · "
            "it jumps further than η: (1 − β₁)/√(1 − β₂) > 1": (
                any_of(0, Between(0, 0.968377))
            ),
            "debe ser β₁ ∈ [0, 1) · it must be β₁ ∈ [0, 1)": (
                any_of(1, Between(-inf, 0), Between(1, inf))
            ),
            "hay una más pequeña · there is a smaller one": Between(0.9684, 1),
        },
        hint={
            "es": r"Tras un largo silencio, el salto mide "
            r"$\eta\,\frac{1-\beta_1}{\sqrt{1-\beta_2}}$.",
            "en": r"After a long silence, the jump is "
            r"$\eta\,\frac{1-\beta_1}{\sqrt{1-\beta_2}}$ long.",
        },
        praise="1 − β₁ = √(1 − β₂)",
    ),
    "6.5": Exercise(
        tolerance=EXACT,
        right=1,
        mistakes={
            "sumaste las pendientes; aquí cada una se divide entre su tamaño · "
            "you added the slopes; here each is divided by its size": any_of(-8, 8),
            "eso es por paso: un ciclo tiene tres · "
            "that is per step: a cycle has three": 1 / 3,
            "no se cancelan: son dos contra uno · "
            "they do not cancel: it is two against one": 0,
            "uno va hacia abajo y dos hacia arriba · "
            "one goes down and two go up": any_of(3, -3, 2, -2),
        },
        hint={
            "es": r"Con $\beta_1 = \beta_2 = 0$ cada paso es "
            r"$-\eta\,\mathrm{signo}(g)$. Súmalos en un ciclo.",
            "en": r"With $\beta_1 = \beta_2 = 0$ each step is "
            r"$-\eta\,\mathrm{sign}(g)$. Add them up over a cycle.",
        },
        praise="−1 + 1 + 1",
    ),
}
