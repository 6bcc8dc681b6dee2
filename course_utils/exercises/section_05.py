"""Exercises of lecture 5: batches, single examples, mini-batches."""

from functools import partial
from math import inf

import numpy as np

from . import ANY, EXACT, Between, Exercise, any_of


def _line(x, y, theta, batch):
    """θ, X with its column of ones, y and a batch."""
    return np.array(theta), np.column_stack([x, np.ones(len(x))]), np.array(y), batch


BATCHES = (  # for 5.2: n = 3 of 5 and 2 of 6, whose mean gradients differ from others
    _line(
        [1.0, -1.0, 3.0, 0.5, 2.0], [1.0, 4.0, -2.0, 2.0, 1.0], [2.0, 0.5], [0, 2, 3]
    ),
    _line(
        [0.3, 1.5, -2.0, 1.0, 0.0, 2.5],
        [0.5, -1.0, 2.0, 3.0, 1.0, -0.5],
        [-1.0, 1.5],
        [5, 1],
    ),
)


def _each(theta, X, y, batch):
    """The gradient of every example of the batch, as rows."""
    return (X[batch] @ theta - y[batch])[:, None] * X[batch]


def _gradient(theta, X, y, batch, times=1):
    return times * _each(theta, X, y, batch).mean(0)


def _everything(theta, X, y, batch):
    return _gradient(theta, X, y, slice(None))


def _errors(theta, X, y, batch):
    return X[batch] @ theta - y[batch]


# 5.4: the η of a quarter of V = ηs²/(n(2 − η)), with n = 1.
V = 0.02 / 1.98
QUARTER = 2 * (V / 4) / (1 + V / 4)

# 5.5: (1 − a)/(1 + a) = 0.1 with a = (1 − η)⁵⁰.
A = 9 / 11
LARGEST = 1 - A ** (1 / 50)

EXERCISES = {
    "5.1": Exercise(
        names=("pasos · steps", "último · last"),
        counts=True,
        right=(570, 5),
        mistakes={
            "faltan las 10 épocas · the 10 epochs are missing": (57, ANY),
            "falta el último lote de cada época · "
            "the last batch of each epoch is missing": (560, ANY),
            "⌈N/n⌉ es por época: redondea antes de × 10 · "
            "⌈N/n⌉ is of one epoch: round before × 10": (Between(561, 562.1), ANY),
            "eso es SGD, n = 1 · that is SGD, n = 1": (17970, ANY),
            "eso es GD, n = N · that is GD, n = N": (10, ANY),
            "el último lote tiene lo que sobra · the last batch has what is left": (
                any_of((570, Between(-inf, 5)), (570, Between(5, inf)))
            ),
        },
        hint={
            "es": "El último lote de cada época es más pequeño, pero cuenta como un "
            "paso: redondea hacia arriba.",
            "en": "The last batch of each epoch is smaller, but it counts as a step: "
            "round up.",
        },
        praise="10⌈1797/32⌉, 1797 − 56·32",
    ),
    "5.2": Exercise(
        calls=("batch_gradient(theta, X, y, batch)",),
        cases=BATCHES,
        right=_gradient,
        mistakes={
            "signo al revés: sube · sign reversed: it climbs": partial(
                _gradient, times=-1
            ),
            "es la suma: falta dividir entre n · that is the sum: divide it by n": (
                lambda theta, X, y, batch: _each(theta, X, y, batch).sum(0)
            ),
            "dividiste entre N, no entre n · you divided by N, not by n": (
                lambda theta, X, y, batch: _each(theta, X, y, batch).sum(0) / len(y)
            ),
            "n es el tamaño de este lote: no siempre 3 · "
            "n is the size of this batch: not always 3": (
                lambda theta, X, y, batch: _each(theta, X, y, batch).sum(0) / 3
            ),
            "son todos los datos, no el lote · those are all the data, not the batch": (
                any_of(
                    _everything,
                    lambda theta, X, y, batch: (
                        _everything(theta, X, y, batch) * len(y) / len(batch)
                    ),
                )
            ),
            "sobra un factor 2: ℓ lleva ½ · there is a factor 2 too much: ℓ has a ½": (
                partial(_gradient, times=2)
            ),
            "un gradiente por ejemplo: falta la media · "
            "one gradient for each example: the mean is missing": _each,
            "la media es sobre los ejemplos: axis=0 · "
            "the mean is over the examples: axis=0": (
                lambda theta, X, y, batch: _each(theta, X, y, batch).mean()
            ),
            "falta multiplicar por x · it is not multiplied by x": any_of(
                _errors, lambda theta, X, y, batch: _errors(theta, X, y, batch).mean()
            ),
        },
        hint={
            "es": "`X[batch]` son las filas del lote. ¿Entre cuántos ejemplos se "
            "promedia?",
            "en": "`X[batch]` are the rows of the batch. Over how many examples is "
            "the mean taken?",
        },
        praise="media sobre el lote · mean over the batch",
    ),
    "5.3": Exercise(
        counts=True,
        right=61,
        mistakes={
            "eso sería con repetición · that would be with repetition": 100,
            "la covarianza, no su raíz · the covariance, not its root": 10,
            "con 60 aún no alcanza; n es entero · 60 is not enough; n is whole": (
                any_of(60, Between(60, 61))
            ),
            "con menos alcanza · fewer are enough": any_of(150, Between(61, 150)),
            "con tan pocos es más de 1/100 · with so few it is over 1/100": Between(
                0, 60
            ),
        },
        hint={
            "es": r"Sin repetición, la covarianza de un lote es la de un ejemplo por "
            r"$\frac1n\cdot\frac{N-n}{N-1}$.",
            "en": r"Without repetition, the covariance of a batch is that of one "
            r"example times $\frac1n\cdot\frac{N-n}{N-1}$.",
        },
        praise="(150 − n)/(149 n) ≤ 1/100",
    ),
    "5.4": Exercise(
        names=("eta", "n"),
        tolerance=EXACT,
        right=any_of(
            (Between(0.98 * QUARTER, 1.02 * QUARTER), 1),
            (0.02, 4),
        ),
        mistakes={
            "hace falta 0 < η < 2 y n = 1, 2, … · "
            "it takes 0 < η < 2, n = 1, 2, …": any_of(
                (Between(-inf, 1e-12), ANY),
                (Between(2 - 1e-12, inf), ANY),
                (ANY, Between(-inf, 1 - 1e-12)),
            ),
            "esa es la misma bola · that is the same ball": any_of(
                (0.02, 1), (0.04, 2)
            ),
            "la mitad de la varianza, no del radio · "
            "that is half of the variance, not of the radius": any_of(
                (0.01, 1), (0.02, 2)
            ),
            "la bola crece · the ball grows": (Between(0.02, 2), 1),
            "cambia solo una: basta · change only one: it is enough": any_of(
                (Between(0, 0.02), Between(1 + 1e-12, inf)),
                (Between(0.02, 2), Between(1 + 1e-12, inf)),
            ),
            "casi: √V debe ser la mitad, con dos cifras · "
            "nearly: √V must be half, to two digits": any_of(
                (Between(0.95 * QUARTER, QUARTER), 1),
                (Between(QUARTER, 1.05 * QUARTER), 1),
            ),
            "la varianza va como el cuadrado: debe ser ¼ · "
            "the variance goes as the square: it must be ¼": any_of(
                (Between(0, 0.95 * QUARTER), 1),
                (Between(1.05 * QUARTER, 0.02), 1),
                (0.02, Between(1, 4)),
                (0.02, Between(4, inf)),
            ),
        },
        hint={
            "es": r"El radio es una raíz: para la mitad de $\sqrt V$, ¿por cuánto hay "
            r"que dividir $V$? Con $\eta$ pequeña, $V \approx \frac{\eta s^2}{2n}$.",
            "en": r"The radius is a root: for half of $\sqrt V$, by how much must $V$ "
            r"be divided? With small $\eta$, $V \approx \frac{\eta s^2}{2n}$.",
        },
        praise="¼ V: casi η/4, o 4n · ¼ V: almost η/4, or 4n",
    ),
    "5.5": Exercise(
        right=LARGEST,
        mistakes={
            "η cerca de 2 salta de lado a lado: se pide η < 1 · "
            "η near 2 jumps from side to side: η < 1 is asked for": 2 - LARGEST,
            "eso es alternando −1 y +1; 50 seguidos dan (1 − η)⁵⁰ · "
            "that is −1 and +1 in turn; 50 in a row give (1 − η)⁵⁰": 2 / 11,
            "esa es 1 − η · that is 1 − η": 1 - LARGEST,
            "son 50 seguidos, no 100 · 50 in a row, not 100": 1 - A ** (1 / 100),
            "eso es tras una sola época desde 0 · "
            "that is after a single epoch from 0": 1 - (1 - np.sqrt(0.1)) ** (1 / 50),
            "cada mitad empieza donde acabó la otra, no en 0 · "
            "each half starts where the other ended, not at 0": 1 - 0.9 ** (1 / 50),
            "eso es si se sortean, √(η/(2 − η)) · "
            "that is if they are drawn, √(η/(2 − η))": 2 * 0.01 / 1.01,
            "se pide 0 < η < 1 · 0 < η < 1 is asked for": any_of(
                Between(-inf, 1e-12), Between(1 - 1e-12, inf)
            ),
            "con esa η termina más allá de 0.1 · with that η it ends beyond 0.1": (
                Between(1.05 * LARGEST, 1)
            ),
            "hay una mayor · there is a larger one": Between(1e-12, 0.95 * LARGEST),
        },
        hint={
            "es": r"Sea $a = (1-\eta)^{50}$. Cincuenta pasos hacia $+1$ multiplican "
            r"por $a$ la distancia a $+1$. En el ciclo, esos pasos llevan de $-c$ a "
            r"$c$.",
            "en": r"Let $a = (1-\eta)^{50}$. Fifty steps towards $+1$ multiply the "
            r"distance to $+1$ by $a$. In the cycle, those steps lead from $-c$ to "
            r"$c$.",
        },
        praise="(1 − a)/(1 + a) = 0.1, a = (1 − η)⁵⁰",
    ),
}
