"""Exercises of lecture 8: Tychonoff regularization."""

import numpy as np

from . import ANY, Exercise, any_of, close, pair

X = np.array([[1.0, 2.0], [0.0, 1.0], [2.0, -1.0], [1.0, 0.0]])
Y = np.array([1.0, -1.0, 3.0, 2.0])
C = np.array([-2.0, -0.3, 0.0, 0.5, 1.5])
SOFT = np.array([-1.6, 0, 0, 0.1, 1.1])  # C, soft-thresholded with γ = 0.4


def _solved(scale, N=4) -> np.ndarray:
    """(XᵀX/N + scale I)⁻¹ Xᵀy/N."""
    return np.linalg.solve(X.T @ X / N + scale * np.eye(2), X.T @ Y / N)


def _ridge(ridge) -> np.ndarray:
    """What the student's function makes of four examples, with γ = 0.3."""
    return np.asarray(ridge(X.copy(), Y.copy(), 0.3), float)


def _soft(soft) -> np.ndarray:
    """What the student's function makes of both signs and 0, with γ = 0.4."""
    return np.asarray(soft(C.copy(), 0.4), float)


EXERCISES = {
    "8.1": Exercise(
        of=pair,
        right=(10, 5),
        mistakes={
            "al revés: (libre, penalizado) · the other way round": (5, 10),
            "falta el 2 de ∂γb²/∂b = 2γb · the 2 of 2γb is missing": (ANY, 10 / 1.5),
            "penalizado también se encoge · the penalised one shrinks too": (10, 10),
            "libre: b es la media de y · free: b is the mean of y": (
                lambda rises: not close(rises[0], 10)
            ),
        },
        hint={
            "es": r"Busca en cada caso la $b$ que anula la derivada. Con castigo "
            r"aparece un $2\gamma b$ más.",
            "en": r"In each case look for the $b$ at which the derivative is zero. "
            r"With the penalty there is one more term, $2\gamma b$.",
        },
        wants="(libre · free, penalizado · penalised)",
        praise="b = ȳ;  b = ȳ / (1 + 2γ)",
    ),
    "8.2": Exercise(
        right=(0, -1.2),
        mistakes={
            "falta el factor 2 · the factor 2 is missing: 1 − 2ηγ": (0.5, -0.1),
            "signo al revés · sign reversed: 1 − 2ηγ": (2, 3.2),
            "falta η · η is missing": (-9, -21),
            "eso es lo que se quita; queda · that is taken away; left: 1 − 2ηγ": (
                (1, 2.2)
            ),
            "importa el signo: con −1.2 salta de lado a lado · the sign matters": (
                (0, 1.2)
            ),
        },
        hint={
            "es": r"El factor es $1 - 2\eta\gamma$. ¿Qué hace un factor cuyo valor "
            r"absoluto es mayor que 1?",
            "en": r"The factor is $1 - 2\eta\gamma$. What does a factor whose "
            r"absolute value is greater than 1 do?",
        },
        wants="(factor γ = 5, factor γ = 11)",
        praise="0: sin memoria · no memory; −1.2: diverge · it diverges",
    ),
    "8.3": Exercise(
        of=_ridge,
        right=_solved(0.6),
        mistakes={
            "falta el factor 2: 2γI · the factor 2 is missing": _solved(0.3),
            "falta dividir entre N · the division by N is missing": (
                any_of(_solved(0.6, N=1), _solved(0.6) * 4)
            ),
            "signo al revés · sign reversed: +2γI": _solved(-0.6),
            "falta la penalización · the penalty is missing": _solved(0),
            "falta I: 2γ se suma solo en la diagonal · I is missing": (
                np.linalg.solve(X.T @ X / 4 + 0.6, X.T @ Y / 4)
            ),
            "la forma debe ser (p,) · the shape must be (p,)": (
                lambda theta: theta.shape != (2,)
            ),
        },
        hint={
            "es": r"Iguala el gradiente a cero: $\frac1N X^\top(X\theta - y) + "
            r"2\gamma\theta = 0$. Es un sistema lineal.",
            "en": r"Set the gradient to zero: $\frac1N X^\top(X\theta - y) + "
            r"2\gamma\theta = 0$. It is a linear system.",
        },
        wants="una función · a function (X, y, gamma)",
        praise="(XᵀX/N + 2γI)⁻¹ Xᵀy/N",
    ),
    "8.4": Exercise(
        of=_soft,
        right=SOFT,
        mistakes={
            "se pierde el signo · the sign is lost": abs(SOFT),
            "falta el tope en 0: cruza al otro lado · it crosses 0": (
                C - 0.4 * np.sign(C)
            ),
            "los negativos también cuentan · negative ones count too": (
                np.maximum(C - 0.4, 0)
            ),
            "hacia 0: si c < 0, suma γ · towards 0: if c < 0, add γ": (
                any_of(C - 0.4, np.where(abs(C) > 0.4, C - 0.4, 0))
            ),
            "eso es lo que se quita a c · that is what c loses": np.clip(C, -0.4, 0.4),
            "es el umbral duro: falta restar γ · the hard threshold: subtract γ": (
                np.where(abs(C) > 0.4, C, 0)
            ),
            "eso es L₂: divide en vez de restar · that is L₂": C / 1.8,
        },
        hint={
            "es": "`np.sign` y `np.maximum` trabajan componente por componente. ¿Qué "
            "distancia a 0 queda, y cuándo ninguna?",
            "en": "`np.sign` and `np.maximum` work component by component. What "
            "distance to 0 is left, and when is there none?",
        },
        wants="una función · a function (c, gamma), c = array, np.maximum",
        praise="sign(c) max(|c| − γ, 0)",
    ),
    "8.5": Exercise(
        of=pair,
        right=(8, 4),
        mistakes={
            "el orden es (L2, L1) · the order is (L2, L1)": (4, 8),
            "(a) falta el ½ · the ½ is missing: σ²/(2τ²)": (16, ANY),
            "(a) al revés · upside down: σ²/(2τ²)": (1 / 32, ANY),
            "(a) son varianzas: σ² y τ² · variances: σ² and τ²": (
                any_of((2, ANY), (4, ANY))
            ),
            "(b) al revés · upside down: 1/b": (ANY, 0.25),
            "(b) el ½ es solo del gaussiano · the ½ is the Gaussian's": (ANY, 2),
        },
        hint={
            "es": r"Las dos fórmulas están justo arriba. $\sigma$ y $\tau$ son "
            r"desviaciones: llevan cuadrado.",
            "en": r"Both formulas stand just above. $\sigma$ and $\tau$ are "
            r"deviations: they are squared.",
        },
        wants="(L2, L1)",
        praise="σ²/(2τ²);  1/b",
    ),
}
