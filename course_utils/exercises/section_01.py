"""Exercises of lecture 1: minimising the risk."""

from functools import partial
from math import inf, log

import numpy as np

from . import ANY, Between, Exercise, any_of

MODELS = (  # m₀, m₁, Σ, π₁ for 1.5: the priors differ and Σ is not diagonal
    (
        np.array([0.5, -1.0, 0.3]),
        np.array([2.0, 1.0, -0.4]),
        np.array([[2.0, 0.6, 0.1], [0.6, 1.0, -0.2], [0.1, -0.2, 0.7]]),
        0.2,
    ),
    (
        np.array([1.0, 0.0]),
        np.array([-0.5, 2.0]),
        np.array([[1.0, 0.3], [0.3, 0.5]]),
        0.7,
    ),
)


def _log_odds(pi1: float) -> float:
    return log(pi1 / (1 - pi1))


def _posterior(m0, m1, Sigma, pi1, *, w=1, b=1, half=0.5, prior=_log_odds):
    """w and b of p(y=1|x), or with a slip: `w`, `b` are their signs."""
    right = np.linalg.solve(Sigma, m1 - m0)
    return w * right, b * (prior(pi1) - half * right @ (m0 + m1))


def _none(pi1: float) -> float:
    return 0.0


EXERCISES = {
    "1.1": Exercise(
        right=1.5 * log(2),
        mistakes={
            "signo al revés, la errata E1 · sign reversed, the slip E1": -1.5 * log(2),
            "en bits; se pide con ln · in bits; ln is asked for": 1.5,
            "esa es la KL; falta H(q) · that is the KL; H(q) is missing": 0,
            "ese es φ uniforme, no el mejor · that is a uniform φ, not the best": log(
                3
            ),
            "falta pesar cada ln con q · each ln must be weighted by q": 5 * log(2),
        },
        hint={
            "es": r"La entropía cruzada es $H(q) + \mathrm{KL}$. ¿Cuál de las dos "
            r"partes puedes hacer cero?",
            "en": r"The cross-entropy is $H(q) + \mathrm{KL}$. Which of the two parts "
            r"can you make zero?",
        },
        praise="H(q) = (3/2) ln 2",
    ),
    "1.2": Exercise(
        right=log(2),
        mistakes={
            "signo al revés: una KL no es negativa · "
            "sign reversed: no KL is negative": (-log(2)),
            "en bits; se pide con ln · in bits; ln is asked for": 1,
            "p no puede igualar a q: pierde una joroba · "
            "p cannot equal q: it misses one hill": 0,
            "sobre su joroba q vale la mitad de p, no un cuarto · "
            "on its hill q is half of p, not a quarter": 2 * log(2),
            "∞ es la directa, que debe cubrir · "
            "∞ is the forward one, which must cover": (Between(1e300, inf)),
            "casi: da el límite exacto · nearly: give the exact limit": (
                any_of(Between(0.6, log(2)), Between(log(2), 0.8))
            ),
        },
        hint={
            "es": "Pon $p$ entera sobre una de las dos jorobas, ya muy separadas. "
            "¿Cuánto vale allí $p/q$?",
            "en": "Put all of $p$ on one of the two hills, which by now are far "
            "apart. How large is $p/q$ there?",
        },
        praise="ln 2: q ≈ p/2",
    ),
    "1.3": Exercise(
        names=("c_squared", "c_absolute"),
        right=(20, 0),
        mistakes={
            "la mediana no ve el 100 · the median does not see the 100": (20, 20),
            "el cuadrado sí ve el 100: es la media · "
            "the square does see the 100: it is the mean": (0, 0),
            "c_squared es la media de los cinco datos · "
            "c_squared is the mean of the five data": any_of(
                (25, 0), (100, 0), (50, 0)
            ),
        },
        hint={
            "es": r"Deriva $\sum_s (y_s-c)^2$. Para $\sum_s |y_s-c|$, cuenta cuántos "
            r"datos quedan a cada lado de $c$.",
            "en": r"Differentiate $\sum_s (y_s-c)^2$. For $\sum_s |y_s-c|$, count how "
            r"many data lie on each side of $c$.",
        },
        praise="media y mediana · mean and median",
    ),
    "1.4": Exercise(
        right=0.625,
        mistakes={
            "falta el ½ del riesgo · the ½ of the risk is missing": 1.25,
            "esa es la dirección que se conserva · that is the direction kept": (
                any_of(2, 4)
            ),
            "falta una dirección perdida · one lost direction is missing": (
                any_of(0.125, 0.25, 0.5, 1)
            ),
            "λ₁ se conserva: no se suma · λ₁ is kept: it is not added": (
                any_of(2.5, 2.625, 5, 5.25)
            ),
        },
        hint={
            "es": r"Con $k = 1$ se conserva una sola dirección. ¿Qué valores propios "
            r"son los que se pierden? El riesgo lleva un $\frac12$.",
            "en": r"With $k = 1$ only one direction is kept. Which eigenvalues are "
            r"lost? The risk has a $\frac12$.",
        },
        praise="½(λ₂ + λ₃)",
    ),
    "1.5": Exercise(
        calls=("posterior(m0, m1, Sigma, pi1)",),
        names=("w", "b"),
        cases=MODELS,
        right=_posterior,
        mistakes={
            "signo al revés: es p(y=0|x) · sign reversed: that is p(y=0|x)": (
                partial(_posterior, w=-1, b=-1)
            ),
            "signo al revés en w · sign reversed in w": partial(_posterior, w=-1),
            "falta ln(π₁/π₀) · ln(π₁/π₀) is missing": partial(_posterior, prior=_none),
            "ln(π₁/π₀) al revés · ln(π₁/π₀) upside down": (
                partial(_posterior, prior=lambda pi1: -_log_odds(pi1))
            ),
            "ln π₁ solo, falta π₀ · ln π₁ alone, π₀ is missing": (
                partial(_posterior, prior=log)
            ),
            "falta el ½ en b · the ½ in b is missing": partial(_posterior, half=1),
            "signo al revés en b · sign reversed in b": any_of(
                partial(_posterior, b=-1),
                partial(_posterior, half=-0.5),
                partial(_posterior, half=-0.5, prior=_none),
            ),
            "Σ en lugar de Σ⁻¹ · Σ instead of Σ⁻¹": (
                lambda m0, m1, Sigma, pi1: (Sigma @ (m1 - m0), ANY)
            ),
            "falta Σ⁻¹ en w · Σ⁻¹ is missing in w": (
                lambda m0, m1, Sigma, pi1: (m1 - m0, ANY)
            ),
            "Σ entera, no solo su diagonal · the whole Σ, not its diagonal alone": (
                lambda m0, m1, Sigma, pi1: ((m1 - m0) / np.diag(Sigma), ANY)
            ),
        },
        hint={
            "es": r"Escribe $\ln\frac{p(x|1)\,\pi_1}{p(x|0)\,(1-\pi_1)}$ y desarrolla "
            r"las dos formas cuadráticas. ¿Qué se cancela?",
            "en": r"Write $\ln\frac{p(x|1)\,\pi_1}{p(x|0)\,(1-\pi_1)}$ and expand the "
            r"two quadratic forms. What cancels?",
        },
        praise="w = Σ⁻¹(m₁ − m₀)",
    ),
    "1.6": Exercise(
        right=0.75,
        mistakes={
            "ese es 1 − α · that is 1 − α": 0.25,
            "los 10 con etiqueta tienen también su ln p(x) · "
            "the 10 labelled ones have their ln p(x) too": any_of(2 / 3, 1 / 3),
            "con ½, los 40 términos pesan 20, no 10 · "
            "at ½ the 40 terms weigh 20, not 10": 0.5,
            "con α = 0 cada término pesa 1: 10 contra 40 · "
            "at α = 0 each term weighs 1: 10 against 40": 0,
            "con α = 1 los ln p(x) no pesan nada · "
            "at α = 1 the ln p(x) have no weight": 1,
        },
        hint={
            "es": r"¿Cuántos términos $\ln p(x)$ hay en total? Cada uno pesa "
            r"$1-\alpha$, y cada $\ln p(y|x)$ pesa 1.",
            "en": r"How many terms $\ln p(x)$ are there in all? Each weighs "
            r"$1-\alpha$, and each $\ln p(y|x)$ weighs 1.",
        },
        praise="40 (1 − α) = 10",
    ),
    "1.7": Exercise(
        counts=True,
        right=3840,
        mistakes={
            "el punto mismo también cuenta · the point itself counts too": 3839,
            "faltan los signos, 2⁵ · the signs are missing, 2⁵": 120,
            "faltan las permutaciones, 5! · the permutations are missing, 5!": 32,
            "se multiplican, no se suman · they multiply, they do not add": 152,
            "cada unidad tiene su signo: 2⁵ · each unit has its sign: 2⁵": (
                any_of(240, 1200)
            ),
            "ese es el de 3 unidades · that is for 3 units": 48,
        },
        hint={
            "es": "Hay dos clases de cambios que no alteran la red: el signo de cada "
            "unidad, y el orden de las unidades. ¿De cuántas maneras se hace cada "
            "uno?",
            "en": "Two kinds of change leave the network as it is: the sign of each "
            "unit, and the order of the units. In how many ways can each be done?",
        },
        praise="2⁵·5!",
    ),
}
