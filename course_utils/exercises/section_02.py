"""Exercises of lecture 2: where gradient descent fails."""

from contextlib import suppress

import numpy as np

from . import ANY, Exercise, any_of, close

HALVES = np.array([0.25, 0.75])


def _step(step) -> np.ndarray:
    """What the function makes of a vector with both signs and, third, of a number."""
    given = np.full(3, np.nan)
    with suppress(Exception):  # many are for vectors alone
        given[2] = step(np.array(1.0), np.array(0.5), 0.1)
    try:
        theta = step(np.array([1.0, -2.0]), np.array([0.5, -3.0]), 0.1)
    except Exception:
        if close(given[2], 0.95):  # right, but for numbers alone
            return given
        raise
    theta = np.asarray(theta, float)
    given[:2] = theta if theta.shape == (2,) else np.nan
    return given


EXERCISES = {
    "2.1": Exercise(
        of=np.asarray,
        right=lambda both: close(np.sort(both), HALVES),
        mistakes={
            "falta una · one is missing: |1 − 2η| = ½": lambda both: (
                np.any(np.isclose(both, HALVES)) and np.ptp(both) == 0
            ),
            "con η = ½ llega en un solo paso · with η = ½ it arrives in one step": (
                lambda both: np.any(np.isclose(both, 0.5))
            ),
            "con η < 0 se aleja · with η < 0 it moves away": (
                lambda both: np.any(both < 0)
            ),
        },
        hint={
            "es": r"Cada paso multiplica la distancia por $|1-2\eta|$. El valor "
            r"absoluto da dos ecuaciones.",
            "en": r"Each step multiplies the distance by $|1-2\eta|$. The absolute "
            r"value gives two equations.",
        },
        wants="(eta_1, eta_2)",
        praise="|1 − 2η| = ½: ¼ y · and ¾",
    ),
    "2.2": Exercise(
        right=-(1.2**10),
        mistakes={
            "signo al revés: empieza en −1 · sign reversed: it starts at −1": 1.2**10,
            "esa es la regla corregida · that is the corrected rule": (
                lambda theta: close(abs(theta), 0.8**10)
            ),
            "falta el factor 2 de R′ = 2θ · the factor 2 of R′ = 2θ is missing": (
                lambda theta: close(abs(theta), 1.1**10)
            ),
            "se multiplica por 1.2, no se suma 0.2 · times 1.2, not plus 0.2": (
                lambda theta: close(abs(theta), 1 + 0.2 * 10)
            ),
            "un paso de más o de menos · one step too many or too few": (
                lambda theta: any(close(abs(theta), 1.2**t) for t in (9, 11))
            ),
        },
        hint={
            "es": r"Con $\nabla R = 2\theta$, ¿por qué número se multiplica $\theta$ "
            r"en cada paso si se **suma** $\eta\,\nabla R$?",
            "en": r"With $\nabla R = 2\theta$, by which number is $\theta$ multiplied "
            r"at each step if $\eta\,\nabla R$ is **added**?",
        },
        praise="−1.2¹⁰: diverge · it diverges",
    ),
    "2.3": Exercise(
        right=40,
        mistakes={
            "1/η llega en un paso, no oscila · arrives in one step": 20,
            "signo al revés · sign reversed": -40,
            "no depende de dónde empieza, solo de η · it depends on η alone": (
                any_of(3, 6, 9, 120)
            ),
        },
        hint={
            "es": r"Ir de $3$ a $-3$ y volver es multiplicar por $-1$. El factor es "
            r"$1-\eta c$.",
            "en": r"Going from $3$ to $-3$ and back is multiplying by $-1$. The "
            r"factor is $1-\eta c$.",
        },
        praise="c = 2/η",
    ),
    "2.4": Exercise(
        of=_step,
        right=(0.95, -1.7, ANY),
        mistakes={
            "signo al revés: sube · sign reversed: it climbs": (1.05, -2.3, ANY),
            "falta η · η is missing": (0.5, 1.0, ANY),
            "un solo signo para todas las componentes, la errata E3 · the slip E3": (
                (0.95, -2.3, ANY)
            ),
            "es el paso, falta sumarlo a θ · the step alone, without θ": (
                (-0.05, 0.3, ANY)
            ),
            "sirve para un número, no para un vector · for a number, not a vector": (
                (ANY, ANY, 0.95)
            ),
        },
        hint={
            "es": "Es la línea de código que calculó el primer paso de esta lección. "
            "NumPy la aplica a todas las componentes a la vez.",
            "en": "It is the line of code that took the first step of this lecture. "
            "NumPy applies it to all components at once.",
        },
        wants="una función · a function",
        praise="θ − η∇R",
    ),
}
