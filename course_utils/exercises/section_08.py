"""Exercises of lecture 8: Tychonoff regularization."""

import numpy as np

from . import ANY, Between, Called, Exercise, any_of

DATA = (  # X, y, γ for 8.2
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
ARRAYS = (  # c, γ for 8.3: both signs, 0, some within γ of it, and many decimals
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
        praise="con 0 se borra θ; con −1.2 crece · "
        "with 0 θ is wiped out; with −1.2 it grows",
    ),
    "8.2": Exercise(
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
    "8.3": Exercise(
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
    "8.4": Exercise(
        names=("L2", "L1"),
        right=(18, 45),
        mistakes={
            "(a) falta el ½: σ²/(2τ²) · (a) the ½ is missing: σ²/(2τ²)": (36, ANY),
            "(a) al revés: σ²/(2τ²) · (a) upside down: σ²/(2τ²)": (
                any_of((1 / 72, ANY), (1 / 18, ANY))
            ),
            "(a) son varianzas: σ² y τ² · (a) they are variances: σ² and τ²": (
                any_of((3, ANY), (6, ANY))
            ),
            "(b) eso es con varianza 1: falta σ² · "
            "(b) that is with variance 1: σ² is missing": (ANY, 5),
            "(b) es la varianza, σ², no σ · (b) it is the variance, σ², not σ": (
                ANY,
                15,
            ),
            "(b) al revés: σ²/b · (b) upside down: σ²/b": (
                any_of((ANY, 1 / 45), (ANY, 0.2), (ANY, 1.8))
            ),
            "(b) el ½ es solo del gaussiano · (b) the ½ is the Gaussian's alone": (
                ANY,
                22.5,
            ),
        },
        hint={
            "es": r"Con $\sigma$ cualquiera, Laplace da el mínimo de "
            r"$\frac1{2\sigma^2}\|X\theta-y\|^2 + \frac1b\|\theta\|_1$. Multiplícalo "
            r"por lo que deja $\frac12$ ante el primer término.",
            "en": r"With any $\sigma$, Laplace gives the minimum of "
            r"$\frac1{2\sigma^2}\|X\theta-y\|^2 + \frac1b\|\theta\|_1$. Multiply it by "
            r"what leaves $\frac12$ before the first term.",
        },
        praise="σ²/(2τ²);  σ²/b",
    ),
    "8.5": Exercise(  # by hand, or counted: that differs by less than 1 %
        names=("AdamW", "Adam + L2 (±4)", "Adam + L2 (±0.01)"),
        tolerance=0.02,
        right=any_of((1386, 5545, 585), (1386, 5545, Between(480, 600))),
        mistakes={
            "falta η: en cada paso pierde ηδ · η is missing: each step loses ηδ": (
                1.386,
                ANY,
                ANY,
            ),
            "en cada paso pierde ηδ = 0.0005 · each step loses ηδ = 0.0005": any_of(
                (693, ANY, ANY), (2773, ANY, ANY)
            ),
            "pierde una fracción de lo que queda: (1 − ηδ)ᵗ · "
            "it loses a fraction of what is left: (1 − ηδ)ᵗ": (1000, ANY, ANY),
            "en 1/(ηδ) pasos queda 1/e, no ½ · in 1/(ηδ) steps 1/e is left, not ½": (
                2000,
                ANY,
                ANY,
            ),
            "Adam divide también la penalización entre 4: tarda más · "
            "Adam divides the penalty by 4 too: it takes longer": any_of(
                (ANY, 1386, ANY), (ANY, 347, ANY)
            ),
            "entre √16 = 4, no entre 16 · by √16 = 4, not by 16": (
                ANY,
                22181,
                ANY,
            ),
            "con ±4 manda el ruido, no la penalización · "
            "with ±4 the noise rules, not the penalty": (ANY, Between(480, 700), ANY),
            "con ±0.01 no divide entre 0.01: manda la penalización · "
            "with ±0.01 it does not divide by 0.01: the penalty rules": (
                ANY,
                ANY,
                13.86,
            ),
            "con ±0.01 Adam divide la penalización entre ella misma · "
            "with ±0.01 Adam divides the penalty by itself": any_of(
                (ANY, ANY, 1386), (ANY, ANY, 5545)
            ),
        },
        hint={
            "es": r"El ruido se cancela. ¿Entre cuánto divide Adam el gradiente, y con "
            r"él la penalización $0.5\,\theta$, si el ruido es mucho mayor que ella? "
            r"¿Y si es mucho menor?",
            "en": r"The noise cancels. By how much does Adam divide the gradient, and "
            r"with it the penalty $0.5\,\theta$, if the noise is much larger than it? "
            r"And if it is much smaller?",
        },
        praise="Adam + L₂: según el ruido; AdamW, no · "
        "Adam + L₂ depends on the noise; AdamW does not",
    ),
}
