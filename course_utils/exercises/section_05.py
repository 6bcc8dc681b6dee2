"""Exercises of lecture 5: batches, single examples, mini-batches."""

import numpy as np

from . import ANY, Exercise, any_of, close, near, pair

# Rows whose mean gradient differs from every mistake's; the batch is three of five.
X = np.array([[1.0, 2.0], [-1.0, 1.0], [3.0, -2.0], [0.5, 1.0], [2.0, 1.0]])
Y = np.array([1.0, 4.0, -2.0, 2.0, 1.0])
THETA, BATCH = np.array([2.0, 0.5]), [0, 2, 3]
RESIDUAL = X @ THETA - Y
SUM = RESIDUAL[BATCH] @ X[BATCH]  # over the batch
RIGHT, WHOLE = SUM / 3, RESIDUAL @ X / 5


def _counted(answer):
    """(steps, last), or the steps alone: they may already be wrong."""
    return pair(answer) if np.ndim(answer) else float(answer)


def _steps(number: int):
    """A test: are the steps so many, with or without a last batch?"""
    return any_of(number, (number, ANY))


def _gradient(batch_gradient) -> np.ndarray:
    """What the student's function makes of the batch."""
    answer = batch_gradient(THETA.copy(), X.copy(), Y.copy(), list(BATCH))
    return np.asarray(answer, float)


def _ball(eta_n) -> np.ndarray:
    """(η, n, V), V with λ = s = 1 as a part of that with η = 0.02 and n = 1."""
    eta, n = pair(eta_n)
    return np.array([eta, n, eta / (n * (2 - eta)) / (0.02 / 1.98)])


def _variance(part: float, tolerance: float = 0.02):
    """A test: is V this part of what it was?"""
    return near((ANY, ANY, part), tolerance)


def _possible(ball) -> bool:
    eta, n, _ = ball
    return bool(0 < eta < 2 and n >= 1 and n % 1 == 0)


def _both(ball) -> bool:
    """Whether both numbers were changed."""
    eta, n, _ = ball
    return not close(eta, 0.02) and not close(n, 1)


EXERCISES = {
    "5.1": Exercise(
        of=_counted,
        right=near((570, 5), 1e-6),
        mistakes={
            "faltan las 10 épocas · the 10 epochs are missing": _steps(57),
            "falta el último lote de cada época · the last batch of each is missing": (
                _steps(560)
            ),
            "⌈N/n⌉ es por época: redondea antes de × 10 · round before × 10": (
                lambda steps: 561 <= np.ravel(steps)[0] <= 562
            ),
            "eso es SGD, n = 1 · that is SGD, n = 1": _steps(17970),
            "eso es GD, n = N · that is GD, n = N": _steps(10),
            "al revés: primero los pasos · swapped: the steps come first": (5, 570),
            "el último lote tiene lo que sobra · the last batch has what is left": (
                lambda steps: close(steps[0], 570)
            ),
        },
        hint={
            "es": "El último lote de cada época es más pequeño, pero cuenta como un "
            "paso: redondea hacia arriba.",
            "en": "The last batch of each epoch is smaller, but it counts as a step: "
            "round up.",
        },
        wants="(pasos, último) · (steps, last)",
        praise="10⌈1797/32⌉, 1797 − 56·32",
    ),
    "5.2": Exercise(
        of=_gradient,
        right=RIGHT,
        mistakes={
            "la función no devuelve nada: falta return · return is missing": (
                lambda gradient: np.isnan(gradient).all()
            ),
            "signo al revés: sube · sign reversed: it climbs": -RIGHT,
            "es la suma: falta dividir entre n · that is the sum: divide by n": SUM,
            "dividiste entre N, no entre n · divided by N, not by n": SUM / 5,
            "son todos los datos, no el lote · all the data, not the batch": (
                any_of(WHOLE, WHOLE * 5 / 3)
            ),
            "sobra un factor 2: ℓ lleva ½ · a factor 2 too much: ℓ has a ½": 2 * RIGHT,
            "un gradiente por ejemplo: falta la media · one per example: no mean": (
                lambda gradient: gradient.ndim == 2
            ),
            "falta multiplicar por x · not multiplied by x": (
                any_of(RESIDUAL[BATCH], RESIDUAL[BATCH].mean())
            ),
            "es un número: debe ser un vector, como θ · a number: a vector, like θ": (
                lambda gradient: gradient.ndim == 0
            ),
        },
        hint={
            "es": "`X[batch]` son las filas del lote. ¿Entre cuántos ejemplos se "
            "promedia?",
            "en": "`X[batch]` are the rows of the batch. Over how many examples is "
            "the mean taken?",
        },
        wants="una función · a function",
        praise="media sobre el lote · mean over the batch",
    ),
    "5.3": Exercise(
        right=near(61, 1e-6),
        mistakes={
            "eso sería con repetición · that would be with repetition": 100,
            "la covarianza, no su raíz · the covariance, not its root": 10,
            "con 60 aún no alcanza; n es entero · 60 is not enough; n is whole": (
                lambda n: 60 <= n < 61
            ),
            "con menos alcanza · fewer are enough": lambda n: 61 < n <= 150,
            "con tan pocos es más de 1/100 · with so few it is over 1/100": (
                lambda n: 0 < n < 60
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
        of=_ball,
        right=lambda ball: (
            _possible(ball) and not _both(ball) and _variance(0.25)(ball)
        ),
        mistakes={
            "hace falta 0 < η < 2 y n = 1, 2, … · it takes 0 < η < 2, n = 1, 2, …": (
                lambda ball: not _possible(ball)
            ),
            "esa es la misma bola · that is the same ball": _variance(1, 0.05),
            "la mitad de la varianza, no del radio · half the variance, not radius": (
                _variance(0.5)
            ),
            "la bola crece · the ball grows": lambda ball: ball[2] > 1,
            "cambia solo una: basta · change only one: it is enough": _both,
            "la varianza va como el cuadrado: ¼ · variance goes as the square: ¼": (
                lambda ball: ball[2] < 1
            ),
        },
        hint={
            "es": r"El radio es una raíz: para la mitad de $\sqrt V$, ¿por cuánto hay "
            r"que dividir $V$? Con $\eta$ pequeña, $V \approx \frac{\eta s^2}{2n}$.",
            "en": r"The radius is a root: for half of $\sqrt V$, by how much must $V$ "
            r"be divided? With small $\eta$, $V \approx \frac{\eta s^2}{2n}$.",
        },
        wants="(η, n)",
        praise="¼ V: η/4 o · or 4n",
    ),
    "5.5": Exercise(
        right=2 / 3,
        mistakes={
            "redondeaste: da la fracción · rounded: give the fraction": (
                lambda eta: 0.66 <= eta <= 0.67
            ),
            "con η = ½ el ciclo es ±⅓ · with η = ½ the cycle is ±⅓": 0.5,
            "con η = 1 el ciclo es ±1 · with η = 1 the cycle is ±1": 1,
            "es 2 − η, no 2 + η · it is 2 − η, not 2 + η": 2,
            "eso es el sorteo, √(η/(2 − η)) · that is the random one": 0.4,
        },
        hint={
            "es": r"El ciclo va de $-a$ a $a$ y de vuelta. Escribe un paso hacia el "
            r"objetivo $+1$, $a = -a + \eta\,(1 + a)$, y despeja.",
            "en": r"The cycle goes from $-a$ to $a$ and back. Write one step towards "
            r"the target $+1$, $a = -a + \eta\,(1 + a)$, and solve.",
        },
        praise="η/(2 − η) = ½",
    ),
}
