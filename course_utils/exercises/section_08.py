"""Exercises of lecture 8: Tychonoff regularization."""

from math import inf

import numpy as np

from . import ANY, Between, Called, Exercise, any_of

DATA = (  # X, y, γ for 8.3
    (
        np.array([[1.0, 2.0], [0.0, 1.0], [2.0, -1.0], [1.0, 0.0]]),
        np.array([1.0, -1.0, 3.0, 2.0]),
        0.3,
    ),
    (
        np.array([[1.0, 0, 2], [0, 1, -1], [2.0, 1, 0], [1, -2, 1], [0.5, 1, 1]]),
        np.array([2.0, 1.0, -1.0, 0.5, 3.0]),
        0.12,
    ),
)
ARRAYS = (  # c, γ for 8.4: both signs, 0, some within γ of it, and many decimals
    (np.array([-2.0347, -0.3, 0.0, 0.5129, 1.5]), 0.4),
    (np.array([1.2345, -1.7021, 0.0, -3.0, 1.0333, 0.2, 2.7183]), 1.0721),
)


def _solved(X, y, ridge, N=None):
    """(XᵀX/N + ridge)⁻¹ Xᵀy/N; with N = 1 the form of a sum."""
    N = N or len(y)
    return np.linalg.solve(X.T @ X / N + ridge, X.T @ y / N)


def _eye(X):
    return np.eye(X.shape[1])


def _free(X):
    """I without its last 1: the last column pays nothing."""
    return np.diag([*np.ones(X.shape[1] - 1), 0])


def _soft(c, gamma):
    return np.sign(c) * np.maximum(abs(c) - gamma, 0)


EXERCISES = {
    "8.1": Exercise(
        names=("libre · free", "penalizado · penalised"),
        right=(10, 5),
        mistakes={
            "falta el 2 de ∂γb²/∂b = 2γb · the 2 of ∂γb²/∂b = 2γb is missing": (
                (ANY, 10 / 1.5)
            ),
            "penalizado también se encoge · the penalised one shrinks too": (10, 10),
            "libre: b es la media de y · free: b is the mean of y": (
                any_of((Between(-inf, 10), ANY), (Between(10, inf), ANY))
            ),
        },
        hint={
            "es": r"Busca en cada caso la $b$ que anula la derivada. Con castigo "
            r"aparece un $2\gamma b$ más.",
            "en": r"In each case look for the $b$ at which the derivative is zero. "
            r"With the penalty there is one more term, $2\gamma b$.",
        },
        praise="b = ȳ;  b = ȳ / (1 + 2γ)",
    ),
    "8.2": Exercise(
        names=("gamma = 5", "gamma = 11"),
        right=(0, -1.2),
        mistakes={
            "falta el factor 2: 1 − 2ηγ · the factor 2 is missing: 1 − 2ηγ": (
                0.5,
                -0.1,
            ),
            "signo al revés: 1 − 2ηγ · sign reversed: 1 − 2ηγ": (2, 3.2),
            "falta η: 1 − 2ηγ · η is missing: 1 − 2ηγ": (-9, -21),
            "eso es lo que se quita; queda 1 − 2ηγ · "
            "that is what is taken away; 1 − 2ηγ is left": (1, 2.2),
            "importa el signo: con −1.2 salta de lado a lado · "
            "the sign matters: with −1.2 it jumps from side to side": (0, 1.2),
        },
        hint={
            "es": r"El factor es $1 - 2\eta\gamma$. ¿Qué hace un factor cuyo valor "
            r"absoluto es mayor que 1?",
            "en": r"The factor is $1 - 2\eta\gamma$. What does a factor whose "
            r"absolute value is greater than 1 do?",
        },
        praise="0: sin memoria · no memory; −1.2: diverge · it diverges",
    ),
    "8.3": Exercise(
        calls=("ridge(X, y, gamma)",),
        cases=DATA,
        right=lambda X, y, gamma: _solved(X, y, 2 * gamma * _eye(X)),
        mistakes={
            "falta el factor 2: 2γI · the factor 2 is missing: 2γI": (
                lambda X, y, gamma: _solved(X, y, gamma * _eye(X))
            ),
            "esa es la forma de suma, XᵀX + γI; aquí R es un promedio · "
            "that is the form of a sum, XᵀX + γI; here R is a mean": (
                lambda X, y, gamma: _solved(X, y, gamma * _eye(X), N=1)
            ),
            "falta dividir entre N · the division by N is missing": any_of(
                lambda X, y, gamma: _solved(X, y, 2 * gamma * _eye(X), N=1),
                lambda X, y, gamma: _solved(X, len(y) * y, 2 * gamma * _eye(X)),
            ),
            "signo al revés: es +2γI · sign reversed: it is +2γI": (
                lambda X, y, gamma: _solved(X, y, -2 * gamma * _eye(X))
            ),
            "falta la penalización · the penalty is missing": (
                lambda X, y, gamma: _solved(X, y, 0)
            ),
            "falta I: 2γ se suma solo en la diagonal · "
            "I is missing: 2γ is added on the diagonal alone": (
                lambda X, y, gamma: _solved(X, y, 2 * gamma)
            ),
            "aquí paga todo θ, también la última columna · "
            "here all of θ pays, the last column too": (
                lambda X, y, gamma: _solved(X, y, 2 * gamma * _free(X))
            ),
        },
        hint={
            "es": r"Iguala el gradiente a cero: $\frac1N X^\top(X\theta - y) + "
            r"2\gamma\theta = 0$. Es un sistema lineal.",
            "en": r"Set the gradient to zero: $\frac1N X^\top(X\theta - y) + "
            r"2\gamma\theta = 0$. It is a linear system.",
        },
        praise="(XᵀX/N + 2γI)⁻¹ Xᵀy/N",
    ),
    "8.4": Exercise(
        calls=("soft(c, gamma)",),
        cases=ARRAYS,
        without="soft_threshold",
        right=_soft,
        mistakes={
            "se pierde el signo · the sign is lost": lambda c, gamma: abs(
                _soft(c, gamma)
            ),
            "falta el tope en 0: cruza al otro lado · "
            "the stop at 0 is missing: it crosses to the other side": (
                lambda c, gamma: c - gamma * np.sign(c)
            ),
            "los negativos también cuentan · the negative ones count too": (
                lambda c, gamma: np.maximum(c - gamma, 0)
            ),
            "hacia 0: si c < 0, suma γ · towards 0: if c < 0, add γ": any_of(
                lambda c, gamma: c - gamma,
                lambda c, gamma: np.where(abs(c) > gamma, c - gamma, 0),
            ),
            "eso es lo que se quita a c · that is what c loses": (
                lambda c, gamma: np.clip(c, -gamma, gamma)
            ),
            "es el umbral duro: falta restar γ · "
            "that is the hard threshold: γ is not subtracted": (
                lambda c, gamma: np.where(abs(c) > gamma, c, 0)
            ),
            "eso es L₂: divide en vez de restar · "
            "that is L₂: it divides instead of subtracting": (
                lambda c, gamma: c / (1 + 2 * gamma)
            ),
            "es np.maximum, componente por componente; np.max da uno solo · "
            "it is np.maximum, component by component; np.max gives one alone": (
                lambda c, gamma: np.sign(c) * np.max(abs(c) - gamma)
            ),
            "es np.maximum, no np.minimum · it is np.maximum, not np.minimum": (
                lambda c, gamma: np.sign(c) * np.minimum(abs(c) - gamma, 0)
            ),
            "se resta γ, no 2γ · γ is subtracted, not 2γ": (
                lambda c, gamma: _soft(c, 2 * gamma)
            ),
            "sirve para un número, no para un arreglo: usa np.maximum · "
            "it works for a number, not for an array: use np.maximum": Called(
                lambda c, gamma: (c[-1], gamma), lambda c, gamma: _soft(c[-1], gamma)
            ),
        },
        hint={
            "es": "`np.sign` y `np.maximum` trabajan componente por componente. ¿Qué "
            "distancia a 0 queda, y cuándo ninguna?",
            "en": "`np.sign` and `np.maximum` work component by component. What "
            "distance to 0 is left, and when is there none?",
        },
        praise="sign(c) max(|c| − γ, 0)",
    ),
    "8.5": Exercise(
        names=("L2", "L1"),
        right=(8, 4),
        mistakes={
            "(a) falta el ½: σ²/(2τ²) · (a) the ½ is missing: σ²/(2τ²)": (16, ANY),
            "(a) al revés: σ²/(2τ²) · (a) upside down: σ²/(2τ²)": (
                any_of((1 / 32, ANY), (1 / 8, ANY))
            ),
            "(a) son varianzas: σ² y τ² · (a) they are variances: σ² and τ²": (
                any_of((2, ANY), (4, ANY))
            ),
            "(b) al revés: 1/b · (b) upside down: 1/b": (ANY, 0.25),
            "(b) el ½ es solo del gaussiano · (b) the ½ is the Gaussian's alone": (
                ANY,
                2,
            ),
        },
        hint={
            "es": r"Las dos fórmulas están justo arriba. $\sigma$ y $\tau$ son "
            r"desviaciones: llevan cuadrado.",
            "en": r"Both formulas stand just above. $\sigma$ and $\tau$ are "
            r"deviations: they are squared.",
        },
        praise="σ²/(2τ²);  1/b",
    ),
}
