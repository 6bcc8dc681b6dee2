"""Exercises of lecture 3: the learning rate."""

import numpy as np

from . import ANY, Between, Exercise, When, any_of, close

FACTOR = 10**-0.6  # |1 − 2η| that gives a millionth in ten steps
QUADRATICS = (  # A, θ for 3.4: with the first, g = (3, −1), gᵀg = 10, gᵀAg = 15
    (np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([2.0, -1.0])),
    (
        np.array([[3.0, 1.0, 0.5], [1.0, 2.0, -0.5], [0.5, -0.5, 1.0]]),
        np.array([1.0, 0.5, -1.5]),
    ),
)
T = np.array([*range(1, 36), 40, 41, 50, 51, 100, 101])


def _ends(factor: float) -> tuple[float, float]:
    """Where |1 − 2η| is this factor."""
    return (1 - factor) / 2, (1 + factor) / 2


def _best(A, theta, times=1):
    g = A @ theta
    return times * (g @ g) / (g @ A @ g)


def _upside_down(A, theta):
    return 1 / _best(A, theta)


def _not_squared(A, theta):
    g = A @ theta
    return np.sqrt(g @ g) / (g @ A @ g)


def _with_theta(A, theta):
    return (theta @ theta) / (theta @ A @ theta)


def _safe(A, theta):
    return 1 / np.linalg.eigvalsh(A)[-1]


def _constant(A, theta):
    eigenvalues = np.linalg.eigvalsh(A)
    return 2 / (eigenvalues[0] + eigenvalues[-1])


def _without_brackets(A, theta):
    g = A @ theta
    return g @ g / g @ A @ g


def _stairs(t):
    return 0.4 * 0.5 ** ((t - 1) // 10)


STAIRS = _stairs(T)

EXERCISES = {
    "3.1": Exercise(
        names=("menor · smallest", "mayor · largest"),
        right=_ends(FACTOR),
        mistakes={
            "falta el factor 2 de R′ = 2θ · the factor 2 of R′ = 2θ is missing": (
                (1 - FACTOR, 1 + FACTOR)
            ),
            "un millón es 10⁶, no e⁶ · a million is 10⁶, not e⁶": _ends(np.exp(-0.6)),
            "son 10 pasos, no 20 · they are 10 steps, not 20": _ends(10**-0.3),
            "falta la raíz décima de 10⁻⁶ · the tenth root of 10⁻⁶ is missing": (
                _ends(1e-6)
            ),
            "falta un extremo: |1 − 2η| tiene dos lados · "
            "one end is missing: |1 − 2η| has two sides": any_of(
                (_ends(FACTOR)[0],) * 2, (_ends(FACTOR)[1],) * 2
            ),
        },
        hint={
            "es": r"Después de diez pasos la distancia se multiplicó por "
            r"$|1-2\eta|^{10}$. Saca la raíz décima de $10^{-6}$.",
            "en": r"After ten steps the distance has been multiplied by "
            r"$|1-2\eta|^{10}$. Take the tenth root of $10^{-6}$.",
        },
        praise="|1 − 2η| ≤ 10⁻⁰·⁶",
    ),
    "3.2": Exercise(
        names=("límite · limit", "mejor · best"),
        right=(2 / 7, 2 / 9),
        mistakes={
            "esos son los valores propios · those are the eigenvalues": (
                any_of((2, 7), (7, 2))
            ),
            "los valores propios no son la diagonal · "
            "the eigenvalues are not the diagonal": (2 / 6, ANY),
            "el límite lo pone λmax, no λmin · λmax sets the limit, not λmin": (
                (2 / 2, ANY)
            ),
            "1/λmax no es el límite · 1/λmax is not the limit": (1 / 7, ANY),
            "falta el 2 de 2/(λmin + λmax) · the 2 of 2/(λmin + λmax) is missing": (
                (ANY, 1 / 9)
            ),
            "1/λmax no es la mejor: la dirección plana tarda · "
            "1/λmax is not the best: the flat direction is slow": (ANY, 1 / 7),
            "5/9 es la razón por paso, no η · 5/9 is the ratio of a step, not η": (
                (ANY, 5 / 9)
            ),
        },
        hint={
            "es": "Lo deciden los dos valores propios. Su suma es la traza de $A$; "
            "su producto, el determinante.",
            "en": "The two eigenvalues decide. Their sum is the trace of $A$; their "
            "product, the determinant.",
        },
        praise="2/λmax, 2/(λmin + λmax)",
    ),
    "3.3": Exercise(
        names=("kappa", "límite · limit"),
        right=(400, 1 / 2),
        mistakes={
            "λ es la varianza: falta el cuadrado · "
            "λ is the variance: the square is missing": any_of((20, ANY), (ANY, 1)),
            "κ ≥ 1: es λmax/λmin, no al revés · "
            "κ ≥ 1: it is λmax/λmin, not upside down": (
                any_of((1 / 400, ANY), (1 / 20, ANY))
            ),
            "ese es el límite con milímetros · that is the limit with millimetres": (
                (ANY, 2 / 400)
            ),
            "el límite lo pone la varianza mayor · "
            "the greater variance sets the limit": (ANY, 2),
            "1/λmax no es el límite · 1/λmax is not the limit": (ANY, 1 / 4),
        },
        hint={
            "es": r"Sin correlación, $\frac1N X^\top X$ es diagonal. ¿Qué hay en la "
            r"diagonal, desviaciones o varianzas? En centímetros los números de la "
            r"segunda se dividen entre 10.",
            "en": r"Without correlation, $\frac1N X^\top X$ is diagonal. What stands "
            r"on the diagonal, deviations or variances? In centimetres the numbers of "
            r"the second are divided by 10.",
        },
        praise="κ = 20², y η = 2/2² · κ = 20², and η = 2/2²",
    ),
    "3.4": Exercise(
        calls=("best_eta(A, theta)",),
        cases=QUADRATICS,
        right=_best,
        mistakes={
            "ahí el riesgo vuelve a R(θ): falta un ½ · "
            "there the risk is back at R(θ): a ½ is missing": lambda A, theta: _best(
                A, theta, 2
            ),
            "sobra un ½ · there is a ½ too much": lambda A, theta: _best(A, theta, 0.5),
            "falta el cuadrado: es ‖g‖², no ‖g‖ · "
            "the square is missing: it is ‖g‖², not ‖g‖": _not_squared,
            "al revés: es ‖g‖²/gᵀAg · upside down: it is ‖g‖²/gᵀAg": _upside_down,
            "signo al revés · sign reversed": lambda A, theta: _best(A, theta, -1),
            "con g = Aθ, no con θ · with g = Aθ, not with θ": _with_theta,
            "1/λmax es seguro, no el mejor aquí · "
            "1/λmax is safe, not the best here": _safe,
            "esa es la mejor constante; aquí se sabe θ · "
            "that is the best constant one; here θ is known": _constant,
            "faltan paréntesis en el denominador · "
            "the denominator needs parentheses": _without_brackets,
        },
        hint={
            "es": r"$g = A\theta$ no depende de $\eta$: $R(\theta-\eta g)$ es un "
            r"polinomio de segundo grado en $\eta$. Busca su vértice.",
            "en": r"$g = A\theta$ does not depend on $\eta$: $R(\theta-\eta g)$ is a "
            r"polynomial of degree two in $\eta$. Look for its vertex.",
        },
        praise="‖g‖²/gᵀAg",
    ),
    "3.5": Exercise(
        calls=("schedule(t)",),
        cases=tuple((int(t),) for t in T),
        right=_stairs,
        mistakes={
            "t empieza en 1: baja un paso antes · "
            "t starts at 1: it falls a step early": (lambda t: 0.4 * 0.5 ** (t // 10)),
            "es constante: debe bajar · it is constant: it must go down": (
                When(lambda eta: np.ptp(eta) == 0)
            ),
            "el primer paso usa 0.4 · the first step uses 0.4": (
                When(lambda eta: not close(eta[0], 0.4))
            ),
            "crece · it grows": When(lambda eta: eta[-1] > eta[0]),
            "son escalones de 10 pasos iguales · they are stairs of 10 equal steps": (
                When(lambda eta: eta[0] != eta[9])
            ),
            "la mitad de la mitad: 0.4, 0.2, 0.1 … · "
            "half of the half: 0.4, 0.2, 0.1 …": (
                When(lambda eta: not close(eta[20], 0.1))
            ),
            "y así sucesivamente: sigue bajando después de t = 30 · "
            "and so on: it goes on falling after t = 30": (
                When(
                    lambda eta: close(eta[:30], STAIRS[:30]) and not close(eta, STAIRS)
                )
            ),
        },
        hint={
            "es": "La división entera `//` cuenta escalones. Cuida que $t = 10$ "
            "quede en el primero y $t = 11$ en el segundo.",
            "en": "The integer division `//` counts stairs. See that $t = 10$ falls "
            "on the first and $t = 11$ on the second.",
        },
        praise="0.4 × ½^⌊(t − 1)/10⌋",
    ),
    "3.6": Exercise(
        right=1e10,
        mistakes={
            "el exponente es 2η₀, no η₀ · the exponent is 2η₀, not η₀": 1e20,
            "ese es el exponente: t = 10^… · that is the exponent: t = 10^…": 10,
            "signo al revés · sign reversed": 1e-10,
            "eso sería con η constante · that would be with constant η": Between(
                20, 25
            ),
            "diez veces menor: 10^(1/2η₀), no 2^(1/2η₀) · "
            "ten times smaller: 10^(1/2η₀), not 2^(1/2η₀)": 2**10,
        },
        hint={
            "es": r"Escribe $t^{-2\eta_0} = \frac1{10}$ con $2\eta_0 = 0.1$, y despeja "
            r"$t$.",
            "en": r"Write $t^{-2\eta_0} = \frac1{10}$ with $2\eta_0 = 0.1$, and solve "
            r"for $t$.",
        },
        praise="t = 10^(1/2η₀) = 10¹⁰",
    ),
}
