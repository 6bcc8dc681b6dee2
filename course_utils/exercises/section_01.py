"""Exercises of lecture 1: minimising the risk."""

from math import log

import numpy as np

from . import ANY, Exercise, any_of

# One case for the posterior of 1.5: the priors differ and Σ is not diagonal.
M0, M1 = np.array([0.5, -1.0]), np.array([2.0, 1.0])
SIGMA, PI1 = np.array([[2.0, 0.6], [0.6, 1.0]]), 0.2
W = np.linalg.solve(SIGMA, M1 - M0)
HALF, PRIOR = -W @ (M0 + M1) / 2, log(PI1 / (1 - PI1))


def _posterior(posterior) -> np.ndarray:
    """(w₁, w₂, b) of the student's function."""
    w, b = posterior(M0.copy(), M1.copy(), SIGMA.copy(), PI1)
    return np.array([*np.reshape(w, 2), np.asarray(b, float).item()], float)


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
            "signo al revés: una KL no es negativa · sign reversed: no KL is < 0": (
                -log(2)
            ),
            "en bits; se pide con ln · in bits; ln is asked for": 1,
            "p no puede igualar a q: pierde un monte · p misses one hill": 0,
            "sobre su monte q vale la mitad de p, no un cuarto · q is half of p": (
                2 * log(2)
            ),
            "∞ es la directa, que debe cubrir · ∞ is the forward one, which covers": (
                np.isposinf
            ),
            "casi: da el límite exacto · nearly: give the exact limit": (
                lambda limit: 0.6 < limit < 0.8
            ),
        },
        hint={
            "es": "Pon $p$ entera sobre uno de los dos montes, ya muy separados. "
            "¿Cuánto vale allí $p/q$?",
            "en": "Put all of $p$ on one of the two hills, which by now are far "
            "apart. How large is $p/q$ there?",
        },
        praise="ln 2: q ≈ p/2",
    ),
    "1.3": Exercise(
        right=(20, 0),
        mistakes={
            "al revés: el cuadrado da la media · swapped: the square gives the mean": (
                (0, 20)
            ),
            "la mediana no ve el 100 · the median does not see the 100": (20, ANY),
            "el cuadrado sí ve el 100: es la media · the square sees the 100": (ANY, 0),
        },
        hint={
            "es": r"Deriva $\sum_s (y_s-c)^2$. Para $\sum_s |y_s-c|$, cuenta cuántos "
            r"datos quedan a cada lado de $c$.",
            "en": r"Differentiate $\sum_s (y_s-c)^2$. For $\sum_s |y_s-c|$, count how "
            r"many data lie on each side of $c$.",
        },
        wants="(c_squared, c_absolute)",
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
        of=_posterior,
        right=(*W, HALF + PRIOR),
        mistakes={
            "signo al revés: es p(y=0|x) · sign reversed: that is p(y=0|x)": (
                (*-W, -HALF - PRIOR)
            ),
            "signo al revés en w · sign reversed in w": (*-W, HALF + PRIOR),
            "falta ln(π₁/π₀) · ln(π₁/π₀) is missing": (*W, HALF),
            "ln(π₁/π₀) al revés · ln(π₁/π₀) upside down": (*W, HALF - PRIOR),
            "ln π₁ solo, falta π₀ · ln π₁ alone, π₀ is missing": (*W, HALF + log(PI1)),
            "falta el ½ en b · the ½ in b is missing": (*W, 2 * HALF + PRIOR),
            "signo al revés en b · sign reversed in b": any_of(
                (*W, -HALF + PRIOR), (*W, -HALF), (*W, -HALF - PRIOR)
            ),
            "Σ en lugar de Σ⁻¹ · Σ instead of Σ⁻¹": (*SIGMA @ (M1 - M0), ANY),
            "falta Σ⁻¹ en w · Σ⁻¹ is missing in w": (*M1 - M0, ANY),
            "Σ entera, no solo su diagonal · the whole Σ, not its diagonal alone": (
                (*(M1 - M0) / np.diag(SIGMA), ANY)
            ),
            "w es correcta, b no · w is right, b is not": (*W, ANY),
        },
        hint={
            "es": r"Escribe $\ln\frac{p(x|1)\,\pi_1}{p(x|0)\,(1-\pi_1)}$ y desarrolla "
            r"las dos formas cuadráticas. ¿Qué se cancela?",
            "en": r"Write $\ln\frac{p(x|1)\,\pi_1}{p(x|0)\,(1-\pi_1)}$ and expand the "
            r"two quadratic forms. What cancels?",
        },
        wants="una función que dé (w, b) · a function that gives (w, b)",
        praise="w = Σ⁻¹(m₁ − m₀)",
    ),
    "1.6": Exercise(
        right=(206, 6),
        mistakes={
            "al revés · swapped": (6, 206),
            "con α = 1 se ignoran los 200 · at α = 1 the 200 are ignored": (206, 206),
            "con α = 1 quedan los que tienen etiqueta · at α = 1 the labelled stay": (
                any_of((206, 0), (206, 200))
            ),
            "los 6 con etiqueta cuentan también · the 6 labelled ones count too": (
                any_of((200, 6), (200, 0))
            ),
            "son 3 por cada clase · they are 3 for each class": (
                any_of((203, 3), (206, 3))
            ),
        },
        hint={
            "es": r"Mira la fórmula: ¿qué sumas quedan con $\alpha = 0$, y cuáles con "
            r"$\alpha = 1$?",
            "en": r"Look at the formula: which sums are left with $\alpha = 0$, and "
            r"which with $\alpha = 1$?",
        },
        wants="(alpha_0, alpha_1)",
        praise="α = 1: solo · only p(y|x)",
    ),
    "1.7": Exercise(
        right=3840,
        mistakes={
            "faltan los signos, 2⁵ · the signs are missing, 2⁵": 120,
            "faltan las permutaciones, 5! · the permutations are missing, 5!": 32,
            "se multiplican, no se suman · they multiply, they do not add": 152,
            "cada unidad tiene su signo: 2⁵ · each unit has its sign: 2⁵": (
                any_of(240, 1200)
            ),
            "ese es H = 3 · that is H = 3": 48,
        },
        hint={
            "es": "Hay dos clases de cambios que no alteran la red: el signo de cada "
            "unidad, y el orden de las unidades. ¿De cuántas maneras se hace cada "
            "uno?",
            "en": "Two kinds of change leave the network as it is: the sign of each "
            "unit, and the order of the units. In how many ways can each be done?",
        },
        praise="2⁵ · 5!",
    ),
}
