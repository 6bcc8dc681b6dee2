"""Exercises of lecture 8: Tychonoff regularization."""

import numpy as np

from . import Exercise, close

X = np.array([[1.0, 2.0], [0.0, 1.0], [2.0, -1.0], [1.0, 0.0]])
Y = np.array([1.0, -1.0, 3.0, 2.0])
C = np.array([-2.0, -0.3, 0.0, 0.5, 1.5])


def _solved(scale, N=4) -> np.ndarray:
    """(XᵀX/N + scale I)⁻¹ Xᵀy/N."""
    return np.linalg.solve(X.T @ X / N + scale * np.eye(2), X.T @ Y / N)


def _ridge(ridge) -> np.ndarray:
    """What the student's function makes of four examples, with γ = 0.3."""
    return np.asarray(ridge(X.copy(), Y.copy(), 0.3), float)


def _soft(soft) -> np.ndarray:
    """What the student's function makes of both signs and 0, with γ = 0.4."""
    return np.asarray(soft(C.copy(), 0.4), float)


def _part(answer, k) -> float:
    """Number k of the two in an answer."""
    return np.asarray(answer, float).ravel()[k]


EXERCISES = {
    "8.1": Exercise(
        right=lambda rises: close(rises, (10, 5)),
        mistakes={
            "al revés: (libre, penalizado) · the other way round": (
                lambda rises: close(rises, (5, 10))
            ),
            "falta el 2 de ∂γb²/∂b = 2γb · the 2 of 2γb is missing": (
                lambda rises: close(_part(rises, 1), 10 / 1.5)
            ),
            "penalizado también se encoge · the penalised one shrinks too": (
                lambda rises: close(rises, (10, 10))
            ),
            "libre: b es la media de y · free: b is the mean of y": (
                lambda rises: not close(_part(rises, 0), 10)
            ),
        },
        wants="(libre · free, penalizado · penalised)",
        praise="b = ȳ;  b = ȳ / (1 + 2γ)",
    ),
    "8.2": Exercise(
        right=lambda f: close(f, (0, -1.2)),
        mistakes={
            "falta el factor 2 · the factor 2 is missing: 1 − 2ηγ": (
                lambda f: close(f, (0.5, -0.1))
            ),
            "signo al revés · sign reversed: 1 − 2ηγ": lambda f: close(f, (2, 3.2)),
            "falta η · η is missing": lambda f: close(f, (-9, -21)),
            "eso es lo que se quita; queda · that is taken away; left: 1 − 2ηγ": (
                lambda f: close(f, (1, 2.2))
            ),
            "importa el signo: con −1.2 salta de lado a lado · the sign matters": (
                lambda f: close(f, (0, 1.2))
            ),
        },
        wants="(factor γ = 5, factor γ = 11)",
        praise="0: sin memoria · no memory; −1.2: diverge · it diverges",
    ),
    "8.3": Exercise(
        right=lambda ridge: close(_ridge(ridge), _solved(0.6)),
        mistakes={
            "falta el factor 2: 2γI · the factor 2 is missing": (
                lambda ridge: close(_ridge(ridge), _solved(0.3))
            ),
            "falta dividir entre N · the division by N is missing": (
                lambda ridge: (
                    close(_ridge(ridge), _solved(0.6, N=1))
                    or close(_ridge(ridge), _solved(0.6) * 4)
                )
            ),
            "signo al revés · sign reversed: +2γI": (
                lambda ridge: close(_ridge(ridge), _solved(-0.6))
            ),
            "falta la penalización · the penalty is missing": (
                lambda ridge: close(_ridge(ridge), _solved(0))
            ),
            "falta I: 2γ se suma solo en la diagonal · I is missing": (
                lambda ridge: close(
                    _ridge(ridge), np.linalg.solve(X.T @ X / 4 + 0.6, X.T @ Y / 4)
                )
            ),
            "la forma debe ser (p,) · the shape must be (p,)": (
                lambda ridge: _ridge(ridge).shape != (2,)
            ),
        },
        wants="una función · a function (X, y, gamma)",
        praise="(XᵀX/N + 2γI)⁻¹ Xᵀy/N",
    ),
    "8.4": Exercise(
        right=lambda soft: close(_soft(soft), [-1.6, 0, 0, 0.1, 1.1]),
        mistakes={
            "se pierde el signo · the sign is lost": (
                lambda soft: close(_soft(soft), [1.6, 0, 0, 0.1, 1.1])
            ),
            "falta el tope en 0: cruza al otro lado · it crosses 0": (
                lambda soft: close(_soft(soft), [-1.6, 0.1, 0, 0.1, 1.1])
            ),
            "los negativos también cuentan · negative ones count too": (
                lambda soft: close(_soft(soft), [0, 0, 0, 0.1, 1.1])
            ),
            "hacia 0: si c < 0, suma γ · towards 0: if c < 0, add γ": (
                lambda soft: (
                    close(_soft(soft), C - 0.4)
                    or close(_soft(soft), np.where(np.abs(C) > 0.4, C - 0.4, 0))
                )
            ),
            "eso es lo que se quita a c · that is what c loses": (
                lambda soft: close(_soft(soft), np.clip(C, -0.4, 0.4))
            ),
            "es el umbral duro: falta restar γ · the hard threshold: subtract γ": (
                lambda soft: close(_soft(soft), [-2, 0, 0, 0.5, 1.5])
            ),
            "eso es L₂: divide en vez de restar · that is L₂": (
                lambda soft: close(_soft(soft), C / 1.8)
            ),
        },
        wants="una función · a function (c, gamma), c = array, np.maximum",
        praise="sign(c) max(|c| − γ, 0)",
    ),
    "8.5": Exercise(
        right=lambda g: close(g, (8, 4)),
        mistakes={
            "el orden es (L2, L1) · the order is (L2, L1)": (
                lambda g: close(g, (4, 8))
            ),
            "(a) falta el ½ · the ½ is missing: σ²/(2τ²)": (
                lambda g: close(_part(g, 0), 16)
            ),
            "(a) al revés · upside down: σ²/(2τ²)": (
                lambda g: close(_part(g, 0), 1 / 32)
            ),
            "(a) son varianzas: σ² y τ² · variances: σ² and τ²": (
                lambda g: close(_part(g, 0), 2) or close(_part(g, 0), 4)
            ),
            "(b) al revés · upside down: 1/b": lambda g: close(_part(g, 1), 0.25),
            "(b) el ½ es solo del gaussiano · the ½ is the Gaussian's": (
                lambda g: close(_part(g, 1), 2)
            ),
        },
        wants="(L2, L1)",
        praise="σ²/(2τ²);  1/b",
    ),
}
