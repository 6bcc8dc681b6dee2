"""Exercises of lecture 3: the learning rate."""

import numpy as np

from . import Exercise, close

FACTOR = 10**-0.6  # |1 − 2η| that gives a millionth in ten steps
ENDS = (1 - FACTOR) / 2, (1 + FACTOR) / 2
A = np.array([[2.0, 1.0], [1.0, 3.0]])
THETA = np.array([2.0, -1.0])  # gradient g = (3, −1), gᵀg = 10, gᵀAg = 15
STAIRS = [0.4, 0.4, 0.2, 0.2, 0.1, 0.05]


def _step(best_eta) -> np.ndarray:
    return np.asarray(best_eta(A.copy(), THETA.copy()), float)


def _stairs(schedule, steps=(1, 10, 11, 20, 21, 35)) -> list[float]:
    """The schedule at both ends of its first stairs."""
    return [float(schedule(t)) for t in steps]


EXERCISES = {
    "3.1": Exercise(
        right=lambda ends: close(ends, ENDS, 3e-3),
        mistakes={
            "falta un extremo: |1 − 2η| · one end is missing": (
                lambda ends: np.ndim(ends) == 0 or len(ends) == 1
            ),
            "primero el menor · the smallest first": (
                lambda ends: close(ends, ENDS[::-1], 3e-3)
            ),
            "falta el factor 2 de R′ = 2θ · the factor 2 of R′ = 2θ is missing": (
                lambda ends: close(ends, (1 - FACTOR, 1 + FACTOR), 3e-3)
            ),
            "un millón es 10⁶, no e⁶ · a million is 10⁶, not e⁶": (
                lambda ends: close(
                    ends, ((1 - np.exp(-0.6)) / 2, (1 + np.exp(-0.6)) / 2), 3e-3
                )
            ),
            "son 10 pasos, no 20 · 10 steps, not 20": (
                lambda ends: close(ends, ((1 - 10**-0.3) / 2, (1 + 10**-0.3) / 2), 3e-3)
            ),
        },
        wants="(η, η)",
        praise="|1 − 2η| ≤ 10⁻⁰·⁶",
    ),
    "3.2": Exercise(
        right=lambda etas: close(etas, (2 / 7, 2 / 9)),
        mistakes={
            "al revés: primero el límite · reversed: the limit first": (
                lambda etas: close(etas, (2 / 9, 2 / 7))
            ),
            "los valores propios no son la diagonal · "
            "the eigenvalues are not the diagonal": (
                lambda etas: close(etas[0], 2 / 6)
            ),
            "el límite lo pone λmax, no λmin · λmax sets the limit, not λmin": (
                lambda etas: close(etas[0], 2 / 2)
            ),
            "1/λmax no es el límite · 1/λmax is not the limit": (
                lambda etas: close(etas[0], 1 / 7)
            ),
            "falta el 2 de 2/(λmin + λmax) · the 2 is missing": (
                lambda etas: close(etas[1], 1 / 9)
            ),
            "1/λmax no es la mejor: la plana tarda · 1/λmax is not the best": (
                lambda etas: close(etas[1], 1 / 7)
            ),
        },
        wants="(límite, mejor) · (limit, best)",
        praise="2/λmax, 2/(λmin + λmax)",
    ),
    "3.3": Exercise(
        right=lambda both: close(both, (400, 1)),
        mistakes={
            "λ es la varianza: falta el cuadrado · λ is the variance: square it": (
                lambda both: close(both[0], 20)
            ),
            "κ ≥ 1: λmax/λmin, no al revés · κ ≥ 1: λmax/λmin": (
                lambda both: close(both[0], 1 / 400) or close(both[0], 1 / 20)
            ),
            "0 es el factor; el paso hay que darlo · 0 is the factor; one must step": (
                lambda both: close(both[0], 400) and close(both[1], 0)
            ),
            "con κ = 1 todas llegan a la vez · with κ = 1 all arrive together": (
                lambda both: close(both[0], 400) and both[1] > 1
            ),
        },
        wants="(κ, pasos) · (κ, steps)",
        praise="κ = 20², y · and 1 − ηλ = 0",
    ),
    "3.4": Exercise(
        right=lambda best_eta: close(_step(best_eta), 10 / 15),
        mistakes={
            "ahí el riesgo vuelve a R(θ): falta un ½ · back at R(θ): a ½ is missing": (
                lambda best_eta: close(_step(best_eta), 20 / 15)
            ),
            "falta el cuadrado: ‖g‖², no ‖g‖ · the square is missing: ‖g‖²": (
                lambda best_eta: close(_step(best_eta), np.sqrt(10) / 15)
            ),
            "al revés: es ‖g‖²/gᵀAg · upside down": (
                lambda best_eta: close(_step(best_eta), 15 / 10)
            ),
            "signo al revés · sign reversed": (
                lambda best_eta: close(_step(best_eta), -10 / 15)
            ),
            "con g = Aθ, no con θ · with g = Aθ, not with θ": (
                lambda best_eta: close(_step(best_eta), 5 / 7)
            ),
            "1/L es seguro, no el mejor aquí · 1/L is safe, not the best here": (
                lambda best_eta: close(_step(best_eta), 2 / (5 + np.sqrt(5)))
            ),
        },
        wants="una función · a function",
        praise="‖g‖²/gᵀAg",
    ),
    "3.5": Exercise(
        right=lambda schedule: close(_stairs(schedule), STAIRS),
        mistakes={
            "t empieza en 1: un paso antes · t starts at 1: one step early": (
                lambda schedule: close(
                    _stairs(schedule, (1, 9, 10, 19, 20, 34)), STAIRS
                )
            ),
            "es constante: debe bajar · it is constant: it must go down": (
                lambda schedule: np.ptp(_stairs(schedule)) == 0
            ),
            "el primer paso usa 0.4 · the first step uses 0.4": (
                lambda schedule: not close(float(schedule(1)), 0.4)
            ),
            "crece · it grows": (
                lambda schedule: _stairs(schedule)[-1] > _stairs(schedule)[0]
            ),
            "escalones de 10 pasos iguales · stairs of 10 equal steps": (
                lambda schedule: schedule(1) != schedule(10)
            ),
            "la mitad de la mitad: 0.4, 0.2, 0.1 … · half of the half": (
                lambda schedule: not close(float(schedule(21)), 0.1)
            ),
        },
        wants="una función de t · a function of t",
        praise="0.4 · ½^⌊(t − 1)/10⌋",
    ),
    "3.6": Exercise(
        right=lambda t: close(t, 1e10),
        mistakes={
            "el exponente es 2c, no c · the exponent is 2c, not c": (
                lambda t: close(t, 1e20)
            ),
            "ese es el exponente: t = 10^… · that is the exponent": (
                lambda t: close(t, 10)
            ),
            "signo al revés · sign reversed": lambda t: close(t, 1e-10),
            "eso sería con η constante · that would be with constant η": (
                lambda t: 20 < t < 25
            ),
        },
        praise="t = 10^(1/2c) = 10¹⁰",
    ),
}
