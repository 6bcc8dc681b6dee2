"""Exercises of lecture 7: backpropagation."""

from functools import partial
from itertools import combinations
from math import inf

import numpy as np

from ..activations import sigmoid, softmax
from . import ANY, Between, Exercise, any_of
from .answers import listed, say

OUTPUTS = (  # a, y for 7.2; in the second y is no class but a distribution
    (np.array([0.3, -1.0, 0.8]), np.array([0.0, 1.0, 0.0])),
    (np.array([2.0, 0.5, -0.4, 0.1]), np.array([0.2, 0.3, 0.4, 0.1])),
)


def _d_out(a, y):
    return softmax(a) - y


def _of_one_class(a, y):
    phi = softmax(a)
    phi[y.argmax()] -= 1
    return phi


def _with_slope(a, y):
    phi = softmax(a)
    return (phi - y) * phi * (1 - phi)


# 7.5: the backward pass of slide 17, with or without each of its bugs.
BUGS = {
    "E11 (signo) · E11 (sign)": {"sign": -1},
    "E12 (Wᵀ)": {"transposed": False},
    "tanh′ = 1 − h²": {"slope": lambda a, h: 1 - a**2},
    "E24 (db1)": {"b1": 0},
    "E24 (db2)": {"b2": 0},
}


def _backward(
    x,
    y,
    W1,
    b1_,
    W2,
    b2_,
    *,
    sign=1,
    transposed=True,
    slope=None,
    b1=1,
    b2=1,
    phis=True,
):
    """∂ℓ/∂W⁽¹⁾, ∂ℓ/∂b⁽¹⁾, ∂ℓ/∂W⁽²⁾, ∂ℓ/∂b⁽²⁾, or with slips."""
    a1 = W1 @ x + b1_
    h = np.tanh(a1)
    phi = sigmoid(W2 @ h + b2_)
    d2 = sign * (phi - y) * (phi * (1 - phi) if phis else 1)
    d1 = (W2.T if transposed else W2) @ d2 * (slope(a1, h) if slope else 1 - h**2)
    return np.outer(d1, x), b1 * d1, np.outer(d2, h), b2 * d2


def _network(inputs: int, units: int) -> tuple[np.ndarray, ...]:
    """x, y, W⁽¹⁾, b⁽¹⁾, W⁽²⁾, b⁽²⁾, as many outputs as hidden units: each bug fits."""
    rng = np.random.default_rng(7)
    shapes = (inputs, units, (units, inputs), units, (units, units), units)
    return tuple(rng.uniform(-1, 1, shape) for shape in shapes)


def _left() -> dict:
    """For every set of bugs, the smallest first, the function that they leave."""
    return {
        " · ".join(say("queda: {bugs} · left: {bugs}", bugs=listed(names))): partial(
            _backward, **{k: v for name in names for k, v in BUGS[name].items()}
        )
        for n in range(1, len(BUGS) + 1)
        for names in combinations(BUGS, n)
    }


def _parts(order, times=1):
    """The right four parts in another order or transposed."""
    return lambda *given: order(*(times * part for part in _backward(*given)))


ENTROPY = -0.3 * np.log(0.3) - 0.7 * np.log(0.7)

EXERCISES = {
    "7.1": Exercise(  # the chain 1 × 2, 2 × 3, 3 × 5, 5 × 4, begun at either end
        names=(
            "adelante · forward",
            "desde la izquierda · from the left",
            "desde la derecha · from the right",
        ),
        counts=True,
        right=(41, 41, 92),
        mistakes={
            "los sesgos se suman, no se multiplican · "
            "biases are added, not multiplied": (51, ANY, ANY),
            "una por cada peso, no por cada unidad · "
            "one for each weight, not for each unit": (10, ANY, ANY),
            "suma los productos, no los multipliques · "
            "add the products, do not multiply them": any_of(
                (120, ANY, ANY), (ANY, 120, ANY), (ANY, ANY, 120)
            ),
            "la fila pasa también por W⁽¹⁾ · the row passes through W⁽¹⁾ too": (
                ANY,
                21,
                ANY,
            ),
            "desde la izquierda siempre es una fila por una matriz · "
            "from the left it is always a row times a matrix": (ANY, 92, ANY),
            "desde la derecha son matrices, no una fila · "
            "from the right they are matrices, not a row": (ANY, ANY, 41),
            "falta la fila, 1 × 2 por 2 × 4 · the row is missing, 1 × 2 by 2 × 4": (
                ANY,
                ANY,
                84,
            ),
            "falta W⁽³⁾ por lo que ya llevas · W⁽³⁾ times what you have is missing": (
                any_of((ANY, ANY, 60), (ANY, ANY, 68))
            ),
        },
        hint={
            "es": r"Una fila de $1\times m$ por una matriz de $m\times n$ son $mn$ "
            r"multiplicaciones; una matriz de $l\times m$ por esa matriz, $l\,m\,n$.",
            "en": r"A row of $1\times m$ times a matrix of $m\times n$ is $mn$ "
            r"multiplications; a matrix of $l\times m$ times that matrix, $l\,m\,n$.",
        },
        praise="cada peso una vez, como hacia adelante · each weight once, as forward",
    ),
    "7.2": Exercise(
        calls=("d_out(a, y)",),
        cases=OUTPUTS,
        right=_d_out,
        mistakes={
            "signo al revés · sign reversed": lambda a, y: y - softmax(a),
            "un solo término, la errata E14 · a single term, the slip E14": (
                lambda a, y: -y * (1 - softmax(a))
            ),
            "falta la softmax: φ no es a · the softmax is missing: φ is not a": (
                lambda a, y: a - y
            ),
            "eso es ∂ℓ/∂φ, falta llegar a a · that is ∂ℓ/∂φ, not yet ∂ℓ/∂a": (
                lambda a, y: -y / softmax(a)
            ),
            "sobra φ(1 − φ) · φ(1 − φ) does not belong here": _with_slope,
            "σ no es la softmax: divide entre la suma · "
            "σ is not the softmax: divide by the sum": lambda a, y: sigmoid(a) - y,
            "falta dividir entre la suma de eᵃ · "
            "the division by the sum of eᵃ is missing": (lambda a, y: np.exp(a) - y),
            "esa es φ, falta y · that is φ, y is missing": lambda a, y: softmax(a),
            "no se divide entre el número de clases · "
            "there is no division by the number of classes": (
                lambda a, y: _d_out(a, y) / len(a)
            ),
            "y puede repartirse entre varias clases · "
            "y may be spread over several classes": (_of_one_class),
            "una suma de más: es una derivada por cada a · "
            "one sum too many: it is a derivative for each a": any_of(
                lambda a, y: _d_out(a, y).sum(), lambda a, y: abs(_d_out(a, y)).sum()
            ),
        },
        hint={
            "es": r"La derivada de $\ln\sum_i e^{a_i}$ respecto de $a_j$ tiene "
            r"nombre: lo acabas de usar.",
            "en": r"The derivative of $\ln\sum_i e^{a_i}$ with respect to $a_j$ has a "
            r"name: you have just used it.",
        },
        praise="φ − y",
    ),
    "7.3": Exercise(
        right=ENTROPY,
        mistakes={
            "0 no se alcanza, la errata E18 · 0 is not reached, the slip E18": 0,
            "con φ = ½; φ = 0.3 es mejor · with φ = ½; φ = 0.3 is better": np.log(2),
            "con φ = 0.7; φ = 0.3 es mejor · with φ = 0.7; φ = 0.3 is better": (
                -0.3 * np.log(0.7) - 0.7 * np.log(0.3)
            ),
            "logaritmo natural, no de base 2 ni 10 · "
            "natural logarithm, not base 2 or 10": (
                any_of(ENTROPY / np.log(2), ENTROPY / np.log(10))
            ),
            "falta (1 − y) ln(1 − φ) · (1 − y) ln(1 − φ) is missing": -0.3
            * np.log(0.3),
            "falta y ln φ · y ln φ is missing": -0.7 * np.log(0.7),
            "es la media, no la suma · it is the mean, not the sum": 10 * ENTROPY,
            "esa es φ, falta R · that is φ, not R": 0.3,
            "signo al revés · sign reversed": -ENTROPY,
        },
        hint={
            "es": r"Deriva respecto de $\phi$ e iguala a cero. ¿Qué probabilidad "
            r"darías a $y = 1$ si siete de cada diez son $0$?",
            "en": r"Differentiate with respect to $\phi$ and set it to zero. Which "
            r"probability would you give to $y = 1$ if seven out of ten are $0$?",
        },
        praise="ni el mejor φ llega a 0 · not even the best φ gets to 0",
    ),
    "7.4": Exercise(
        right=4,
        mistakes={
            "eso sirve para tanh: σ′(0) = ¼ · that is for tanh: σ′(0) = ¼": 1,
            "al revés: w σ′(0) = 1 · upside down: w σ′(0) = 1": 0.25,
            "esa sería w² · that would be w²": 16,
            "con w = 2 aún se desvanece: (2/4)ᴷ · "
            "with w = 2 it still vanishes: (2/4)ᴷ": 2,
            "así cambia de signo en cada capa; w > 0 · "
            "so its sign flips each layer; w > 0": (-4),
            "se pide w > 0 · w > 0 is asked for": Between(-inf, 0),
            "con w = 0 no pasa nada · with w = 0 nothing passes": 0,
        },
        hint={
            "es": r"Cada capa multiplica la delta por $w\,\sigma'(a)$. ¿Cuánto vale "
            r"$\sigma'(0)$?",
            "en": r"Each layer multiplies the delta by $w\,\sigma'(a)$. What is "
            r"$\sigma'(0)$?",
        },
        praise="w σ′(0) = 1",
    ),
    "7.5": Exercise(
        calls=("backward(x, y, W1, b1, W2, b2)",),
        names=("dW1", "db1", "dW2", "db2"),
        cases=(_network(3, 3), _network(2, 5)),
        right=_backward,
        mistakes=_left()
        | {
            "∂ℓ/∂W = d hᵀ, no h dᵀ · ∂ℓ/∂W = d hᵀ, not h dᵀ": (
                _parts(lambda dW1, db1, dW2, db2: (dW1.T, db1, dW2.T, db2))
            ),
            "falta φ(1 − φ) en d⁽²⁾ · φ(1 − φ) is missing in d⁽²⁾": (
                partial(_backward, phis=False)
            ),
            "h(1 − h) es la pendiente de σ; tanh′ = 1 − h² · "
            "h(1 − h) is the slope of σ; tanh′ = 1 − h²": (
                partial(_backward, slope=lambda a, h: h * (1 - h))
            ),
            "1 − h no es tanh′ = 1 − h² · 1 − h is not tanh′ = 1 − h²": (
                partial(_backward, slope=lambda a, h: 1 - h)
            ),
            "falta tanh′ en d⁽¹⁾ · tanh′ is missing in d⁽¹⁾": (
                partial(_backward, slope=lambda a, h: 1)
            ),
            "sobra un factor 2: ℓ lleva ½ · there is a factor 2 too much: ℓ has a ½": (
                _parts(lambda *parts: parts, times=2)
            ),
        },
        hint={
            "es": r"Compara línea por línea con las fórmulas de esta lección. La "
            r"derivada de $\tanh$ se escribe con $h$; y mira qué se devuelve por "
            r"$b_1$ y $b_2$.",
            "en": r"Compare line by line with the formulas of this lecture. The "
            r"derivative of $\tanh$ is written with $h$; and look at what is returned "
            r"for $b_1$ and $b_2$.",
        },
        praise="∂ℓ/∂W, ∂ℓ/∂b",
    ),
}
