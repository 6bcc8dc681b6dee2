"""Exercises of lecture 3: the learning rate."""

import numpy as np

from . import ANY, Exercise, any_of, close, pair

FACTOR = 10**-0.6  # |1 − 2η| that gives a millionth in ten steps
A = np.array([[2.0, 1.0], [1.0, 3.0]])
THETA = np.array([2.0, -1.0])  # gradient g = (3, −1), gᵀg = 10, gᵀAg = 15
T = np.arange(1, 36)


def _ends(factor: float) -> tuple[float, float]:
    """Where |1 − 2η| is this factor."""
    return (1 - factor) / 2, (1 + factor) / 2


def _step(best_eta) -> np.ndarray:
    return np.asarray(best_eta(A.copy(), THETA.copy()), float)


def _stairs(schedule) -> np.ndarray:
    """The student's schedule at t = 1, …, 35."""
    return np.array([float(schedule(t)) for t in T.tolist()])


EXERCISES = {
    "3.1": Exercise(
        right=_ends(FACTOR),
        mistakes={
            "falta un extremo: |1 − 2η| · one end is missing": (
                lambda ends: np.ndim(ends) == 0 or len(ends) == 1
            ),
            "primero el menor · the smallest first": _ends(-FACTOR),
            "falta el factor 2 de R′ = 2θ · the factor 2 of R′ = 2θ is missing": (
                (1 - FACTOR, 1 + FACTOR)
            ),
            "un millón es 10⁶, no e⁶ · a million is 10⁶, not e⁶": _ends(np.exp(-0.6)),
            "son 10 pasos, no 20 · 10 steps, not 20": _ends(10**-0.3),
        },
        tolerance=3e-3,
        hint={
            "es": r"Después de diez pasos la distancia se multiplicó por "
            r"$|1-2\eta|^{10}$. Saca la raíz décima de $10^{-6}$.",
            "en": r"After ten steps the distance has been multiplied by "
            r"$|1-2\eta|^{10}$. Take the tenth root of $10^{-6}$.",
        },
        wants="(η, η)",
        praise="|1 − 2η| ≤ 10⁻⁰·⁶",
    ),
    "3.2": Exercise(
        of=pair,
        right=(2 / 7, 2 / 9),
        mistakes={
            "al revés: primero el límite · reversed: the limit first": (2 / 9, 2 / 7),
            "los valores propios no son la diagonal · "
            "the eigenvalues are not the diagonal": (2 / 6, ANY),
            "el límite lo pone λmax, no λmin · λmax sets the limit, not λmin": (
                (2 / 2, ANY)
            ),
            "1/λmax no es el límite · 1/λmax is not the limit": (1 / 7, ANY),
            "falta el 2 de 2/(λmin + λmax) · the 2 is missing": (ANY, 1 / 9),
            "1/λmax no es la mejor: la plana tarda · 1/λmax is not the best": (
                (ANY, 1 / 7)
            ),
        },
        hint={
            "es": "Lo deciden los dos valores propios. Su suma es la traza de $A$; "
            "su producto, el determinante.",
            "en": "The two eigenvalues decide. Their sum is the trace of $A$; their "
            "product, the determinant.",
        },
        wants="(límite, mejor) · (limit, best)",
        praise="2/λmax, 2/(λmin + λmax)",
    ),
    "3.3": Exercise(
        of=pair,
        right=(400, 1),
        mistakes={
            "λ es la varianza: falta el cuadrado · λ is the variance: square it": (
                (20, ANY)
            ),
            "κ ≥ 1: λmax/λmin, no al revés · κ ≥ 1: λmax/λmin": (
                any_of((1 / 400, ANY), (1 / 20, ANY))
            ),
            "0 es el factor; el paso hay que darlo · 0 is the factor; one must step": (
                (400, 0)
            ),
            "con κ = 1 todas llegan a la vez · with κ = 1 all arrive together": (
                lambda both: close(both[0], 400) and both[1] > 1
            ),
        },
        hint={
            "es": r"Sin correlación, $\frac1N X^\top X$ es diagonal. ¿Qué hay en la "
            r"diagonal, desviaciones o varianzas?",
            "en": r"Without correlation, $\frac1N X^\top X$ is diagonal. What stands "
            r"on the diagonal, deviations or variances?",
        },
        wants="(κ, pasos) · (κ, steps)",
        praise="κ = 20², y · and 1 − ηλ = 0",
    ),
    "3.4": Exercise(
        of=_step,
        right=10 / 15,
        mistakes={
            "ahí el riesgo vuelve a R(θ): falta un ½ · back at R(θ): a ½ is missing": (
                20 / 15
            ),
            "falta el cuadrado: ‖g‖², no ‖g‖ · the square is missing: ‖g‖²": (
                np.sqrt(10) / 15
            ),
            "al revés: es ‖g‖²/gᵀAg · upside down": 15 / 10,
            "signo al revés · sign reversed": -10 / 15,
            "con g = Aθ, no con θ · with g = Aθ, not with θ": 5 / 7,
            "1/L es seguro, no el mejor aquí · 1/L is safe, not the best here": (
                2 / (5 + np.sqrt(5))
            ),
        },
        hint={
            "es": r"$g = A\theta$ no depende de $\eta$: $R(\theta-\eta g)$ es un "
            r"polinomio de segundo grado en $\eta$. Busca su vértice.",
            "en": r"$g = A\theta$ does not depend on $\eta$: $R(\theta-\eta g)$ is a "
            r"polynomial of degree two in $\eta$. Look for its vertex.",
        },
        wants="una función · a function",
        praise="‖g‖²/gᵀAg",
    ),
    "3.5": Exercise(
        of=_stairs,
        right=0.4 * 0.5 ** ((T - 1) // 10),
        mistakes={
            "t empieza en 1: un paso antes · t starts at 1: one step early": (
                0.4 * 0.5 ** (T // 10)
            ),
            "es constante: debe bajar · it is constant: it must go down": (
                lambda eta: np.ptp(eta) == 0
            ),
            "el primer paso usa 0.4 · the first step uses 0.4": (
                lambda eta: not close(eta[0], 0.4)
            ),
            "crece · it grows": lambda eta: eta[-1] > eta[0],
            "escalones de 10 pasos iguales · stairs of 10 equal steps": (
                lambda eta: eta[0] != eta[9]
            ),
            "la mitad de la mitad: 0.4, 0.2, 0.1 … · half of the half": (
                lambda eta: not close(eta[20], 0.1)
            ),
        },
        hint={
            "es": "La división entera `//` cuenta escalones. Cuida que $t = 10$ "
            "quede en el primero y $t = 11$ en el segundo.",
            "en": "The integer division `//` counts stairs. See that $t = 10$ falls "
            "on the first and $t = 11$ on the second.",
        },
        wants="una función de t · a function of t",
        praise="0.4 · ½^⌊(t − 1)/10⌋",
    ),
    "3.6": Exercise(
        right=1e10,
        mistakes={
            "el exponente es 2c, no c · the exponent is 2c, not c": 1e20,
            "ese es el exponente: t = 10^… · that is the exponent": 10,
            "signo al revés · sign reversed": 1e-10,
            "eso sería con η constante · that would be with constant η": (
                lambda t: 20 < t < 25
            ),
        },
        hint={
            "es": r"Escribe $t^{-2c} = \frac1{10}$ con $2c = 0.1$, y despeja $t$.",
            "en": r"Write $t^{-2c} = \frac1{10}$ with $2c = 0.1$, and solve for $t$.",
        },
        praise="t = 10^(1/2c) = 10¹⁰",
    ),
}
