"""Exercises of lecture 5: batches, single examples, mini-batches."""

import numpy as np

from . import Exercise, close

# Rows whose mean gradient differs from every mistake's; the batch is three of five.
X = np.array([[1.0, 2.0], [-1.0, 1.0], [3.0, -2.0], [0.5, 1.0], [2.0, 1.0]])
Y = np.array([1.0, 4.0, -2.0, 2.0, 1.0])
THETA, BATCH = np.array([2.0, 0.5]), [0, 2, 3]
RESIDUAL = X @ THETA - Y
SUM = RESIDUAL[BATCH] @ X[BATCH]  # over the batch
RIGHT, WHOLE = SUM / 3, RESIDUAL @ X / 5


def _gradient(batch_gradient) -> np.ndarray:
    """What the student's function makes of the batch."""
    answer = batch_gradient(THETA.copy(), X.copy(), Y.copy(), list(BATCH))
    return np.asarray(answer, float)


def _variance(eta_n) -> float:
    """V with λ = s = 1, as a part of that with η = 0.02 and n = 1."""
    eta, n = np.asarray(eta_n, float)
    return float(eta / (n * (2 - eta)) / (0.02 / 1.98))


def _both(eta_n) -> bool:
    """Whether both numbers were changed."""
    eta, n = np.asarray(eta_n, float)
    return not close(eta, 0.02) and not close(n, 1)


def _possible(eta_n) -> bool:
    eta, n = np.asarray(eta_n, float)
    return bool(0 < eta < 2 and n >= 1 and n % 1 == 0)


EXERCISES = {
    "5.1": Exercise(
        right=lambda answer: close(answer, (570, 5), 1e-6),
        mistakes={
            "faltan las 10 épocas · the 10 epochs are missing": (
                lambda answer: close(np.ravel(answer)[0], 57)
            ),
            "falta el último lote de cada época · the last batch of each is missing": (
                lambda answer: close(np.ravel(answer)[0], 560)
            ),
            "⌈N/n⌉ es por época: redondea antes de × 10 · round before × 10": (
                lambda answer: 561 <= np.ravel(answer)[0] <= 562
            ),
            "eso es SGD, n = 1 · that is SGD, n = 1": (
                lambda answer: close(np.ravel(answer)[0], 17970)
            ),
            "eso es GD, n = N · that is GD, n = N": (
                lambda answer: close(np.ravel(answer)[0], 10)
            ),
            "al revés: primero los pasos · swapped: the steps come first": (
                lambda answer: close(answer, (5, 570))
            ),
            "el último lote tiene lo que sobra · the last batch has what is left": (
                lambda answer: close(answer[0], 570)
            ),
        },
        wants="(pasos, último) · (steps, last)",
        praise="10⌈1797/32⌉, 1797 − 56·32",
    ),
    "5.2": Exercise(
        right=lambda batch_gradient: close(_gradient(batch_gradient), RIGHT),
        mistakes={
            "la función no devuelve nada: falta return · return is missing": (
                lambda batch_gradient: bool(np.isnan(_gradient(batch_gradient)).all())
            ),
            "signo al revés: sube · sign reversed: it climbs": (
                lambda batch_gradient: close(_gradient(batch_gradient), -RIGHT)
            ),
            "es la suma: falta dividir entre n · that is the sum: divide by n": (
                lambda batch_gradient: close(_gradient(batch_gradient), SUM)
            ),
            "dividiste entre N, no entre n · divided by N, not by n": (
                lambda batch_gradient: close(_gradient(batch_gradient), SUM / 5)
            ),
            "son todos los datos, no el lote · all the data, not the batch": (
                lambda batch_gradient: (
                    close(_gradient(batch_gradient), WHOLE)
                    or close(_gradient(batch_gradient), WHOLE * 5 / 3)
                )
            ),
            "sobra un factor 2: ℓ lleva ½ · a factor 2 too much: ℓ has a ½": (
                lambda batch_gradient: close(_gradient(batch_gradient), 2 * RIGHT)
            ),
            "un gradiente por ejemplo: falta la media · one per example: no mean": (
                lambda batch_gradient: np.ndim(_gradient(batch_gradient)) == 2
            ),
            "falta multiplicar por x · not multiplied by x": (
                lambda batch_gradient: (
                    close(_gradient(batch_gradient), RESIDUAL[BATCH])
                    or close(_gradient(batch_gradient), RESIDUAL[BATCH].mean())
                )
            ),
            "es un número: debe ser un vector, como θ · a number: a vector, like θ": (
                lambda batch_gradient: np.ndim(_gradient(batch_gradient)) == 0
            ),
        },
        wants="una función · a function",
        praise="media sobre el lote · mean over the batch",
    ),
    "5.3": Exercise(
        right=lambda n: close(n, 61, 1e-6),
        mistakes={
            "eso sería con repetición · that would be with repetition": (
                lambda n: close(n, 100)
            ),
            "la covarianza, no su raíz · the covariance, not its root": (
                lambda n: close(n, 10)
            ),
            "con 60 aún no alcanza; n es entero · 60 is not enough; n is whole": (
                lambda n: 60 <= n < 61
            ),
            "con menos alcanza · fewer are enough": lambda n: 61 < n <= 150,
            "con tan pocos es más de 1/100 · with so few it is over 1/100": (
                lambda n: 0 < n < 60
            ),
        },
        praise="(150 − n)/(149 n) ≤ 1/100",
    ),
    "5.4": Exercise(
        right=lambda eta_n: (
            _possible(eta_n)
            and not _both(eta_n)
            and close(_variance(eta_n), 0.25, 0.02)
        ),
        mistakes={
            "hace falta 0 < η < 2 y n = 1, 2, … · it takes 0 < η < 2, n = 1, 2, …": (
                lambda eta_n: not _possible(eta_n)
            ),
            "esa es la misma bola · that is the same ball": (
                lambda eta_n: close(_variance(eta_n), 1, 0.05)
            ),
            "la mitad de la varianza, no del radio · half the variance, not radius": (
                lambda eta_n: close(_variance(eta_n), 0.5, 0.02)
            ),
            "la bola crece · the ball grows": lambda eta_n: _variance(eta_n) > 1,
            "cambia solo una: basta · change only one: it is enough": _both,
            "la varianza va como el cuadrado: ¼ · variance goes as the square: ¼": (
                lambda eta_n: _variance(eta_n) < 1
            ),
        },
        wants="(η, n)",
        praise="¼ V: η/4 o · or 4n",
    ),
    "5.5": Exercise(
        right=lambda eta: close(eta, 2 / 3),
        mistakes={
            "redondeaste: da la fracción · rounded: give the fraction": (
                lambda eta: 0.66 <= eta <= 0.67
            ),
            "con η = ½ el ciclo es ±⅓ · with η = ½ the cycle is ±⅓": (
                lambda eta: close(eta, 0.5)
            ),
            "con η = 1 el ciclo es ±1 · with η = 1 the cycle is ±1": (
                lambda eta: close(eta, 1)
            ),
            "es 2 − η, no 2 + η · it is 2 − η, not 2 + η": lambda eta: close(eta, 2),
            "eso es el sorteo, √(η/(2 − η)) · that is the random one": (
                lambda eta: close(eta, 0.4)
            ),
        },
        praise="η/(2 − η) = ½",
    ),
}
