"""Exercises of lecture 6: Adagrad and Adam."""

import numpy as np

from . import ANY, Exercise, any_of, close, near, pair

# One step of Adam in the order of its arguments: theta, g, m, nu, t, eta, beta1,
# beta2, epsilon. η ≠ 1, a large ε and few digits of slack, so that each slip shows.
STATE = np.array([(1.0, -2.0), (0.5, -3.0), (0.2, 0.1), (0.3, 4.0)])
_, G, M, NU = STATE  # m and ν before the step
NUMBERS = T, ETA, _, _, _ = (3, 0.2, 0.9, 0.99, 0.5)
EXACT = 1e-6


def _step(step) -> np.ndarray:
    """What the student's function makes of copies of STATE, shape (3, 2)."""
    theta, m, nu = step(*STATE.copy(), *NUMBERS)
    return np.stack([np.asarray(part, float) for part in (theta, m, nu)])


def _adam(*, t=T, eta=ETA, late=False, corrected=True, inside=False, rooted=True):
    """θ, m, ν after one step, right by default or with one slip."""
    theta, g, m, nu = STATE
    _, _, beta1, beta2, epsilon = NUMBERS
    new = beta1 * m + (1 - beta1) * g, beta2 * nu + (1 - beta2) * g**2
    m, nu = (m, nu) if late else new
    m_hat = m / (1 - beta1**t) if corrected else m
    nu_hat = nu / (1 - beta2**t) if corrected else nu
    root = np.sqrt(nu_hat + epsilon) if inside else np.sqrt(nu_hat) + epsilon
    root = root if rooted else nu_hat + epsilon
    return np.stack([theta - eta * m_hat / root, *new])


def _only(theta=(ANY, ANY), m=(ANY, ANY), nu=(ANY, ANY)) -> np.ndarray:
    """A step of which only a part matters."""
    return np.stack([theta, m, nu])


def _theta(**slip) -> np.ndarray:
    """The θ of this slip, whatever m and ν are."""
    return _only(theta=_adam(**slip)[0])


EXERCISES = {
    "6.1": Exercise(
        right=100,
        mistakes={
            "falta el cuadrado: el paso es η/√t, no η/t · the step is η/√t, not η/t": (
                10
            ),
            "al revés: √t = 10, no t = √10 · √t = 10, not t = √10": 10**0.5,
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
        of=pair,
        right=(0, 0),
        mistakes={
            "β = 1: 0/0, no está permitido · not allowed": (
                lambda betas: np.any(betas == 1)
            ),
            "β ∈ [0, 1)": lambda betas: np.any(abs(betas - 0.5) > 0.5),
            "β = 0 en uno; el otro aún falla · in one only; the other fails": (
                lambda betas: np.any(betas == 0)
            ),
            "solo cuando t → ∞ · only as t → ∞": (
                lambda betas: close((1 - betas[0]) ** 2, 1 - betas[1])
            ),
            "en t = 2 ya son distintas: β² ≠ β · at t = 2 they already differ": (
                lambda betas: np.all(betas > 0)
            ),
        },
        hint={
            "es": r"La corrección correcta divide entre $1-\beta^t$; la de la "
            r"diapositiva, entre $1-\beta$. ¿Para qué $\beta$ es $\beta^t = \beta$ en "
            r"todo $t$?",
            "en": r"The right correction divides by $1-\beta^t$; the slide's, by "
            r"$1-\beta$. For which $\beta$ is $\beta^t = \beta$ at every $t$?",
        },
        wants="(beta_1, beta_2)",
        praise="βᵗ = β: 0",
    ),
    "6.3": Exercise(
        of=_step,
        right=_adam(),
        mistakes={
            "falta el cuadrado en ν · the square in ν is missing": (
                _only(nu=0.99 * NU + 0.01 * G)
            ),
            "m: β₁ y 1 − β₁ cambiados · β₁ and 1 − β₁ swapped": (
                _only(m=0.1 * M + 0.9 * G)
            ),
            "ν: β₂ y 1 − β₂ cambiados · β₂ and 1 − β₂ swapped": (
                _only(nu=0.01 * NU + 0.99 * G**2)
            ),
            "m: falta 1 − β₁ · 1 − β₁ is missing": _only(m=0.9 * M + G),
            "ν: falta 1 − β₂ · 1 − β₂ is missing": _only(nu=0.99 * NU + G**2),
            "devuelve m y ν, sin sombrero · return m and ν, without the hats": (
                _only(m=_adam()[1] / (1 - 0.9**3))
            ),
            "m y ν no cambiaron · m and ν did not change": _only(m=M, nu=NU),
            "signo al revés: sube · sign reversed: it climbs": _theta(eta=-ETA),
            "falta la potencia t: 1 − βᵗ, la errata E8 · the power t is missing": (
                _theta(t=1)
            ),
            "t ya es el de este paso · t is already this step's": (
                any_of(_theta(t=T - 1), _theta(t=T + 1), tolerance=EXACT)
            ),
            "falta η · η is missing": _theta(eta=1),
            "primero m y ν, después θ · first m and ν, then θ": _theta(late=True),
            "falta la corrección 1 − βᵗ · the correction 1 − βᵗ is missing": (
                _theta(corrected=False)
            ),
            "ε va fuera de la raíz · ε stands outside the root": _theta(inside=True),
            "falta la raíz de ν · the root of ν is missing": _theta(rooted=False),
        },
        tolerance=EXACT,
        hint={
            "es": r"Primero $m$ y $\nu$; luego sus correcciones, en variables aparte; "
            r"al final $\theta$. $\epsilon$ va fuera de la raíz.",
            "en": r"First $m$ and $\nu$; then their corrections, in variables of "
            r"their own; $\theta$ last. $\epsilon$ stands outside the root.",
        },
        wants="una función que da · a function that gives theta, m, nu",
        praise="θ − η m̂ / (√ν̂ + ε)",
    ),
    "6.4": Exercise(
        right=near(1 - 0.001**0.5, 1e-4),
        mistakes={
            "ese es 1 − β₁ · that is 1 − β₁": near(0.001**0.5, 1e-2),
            "falta la raíz: √(1 − β₂) · the root is missing": near(0.999, 1e-5),
            "√(1 − β₂), no √β₂ · not √β₂": near(0.999**0.5, 1e-5),
            "salta más que η: (1 − β₁)/√(1 − β₂) > 1 · it jumps further than η": (
                lambda beta1: 0 <= beta1 < 1 - 0.001**0.5 - 1e-4
            ),
            "β₁ ∈ [0, 1)": lambda beta1: beta1 < 0 or beta1 >= 1,
            "hay una más pequeña · there is a smaller one": lambda beta1: beta1 < 1,
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
        right=2,
        mistakes={
            "faltan los dos −1: (C − 1 − 1)/3 · there are two −1": 1,
            "la media no es 0, sino (C − 2)/3 · the mean is not 0 but (C − 2)/3": (
                np.isfinite
            ),
        },
        hint={
            "es": "La pendiente es $C$ una vez y $-1$ dos veces. ¿Con qué $C$ es "
            "plano el riesgo medio?",
            "en": "The slope is $C$ once and $-1$ twice. With which $C$ is the mean "
            "risk flat?",
        },
        praise="(C − 2)/3 = 0",
    ),
}
