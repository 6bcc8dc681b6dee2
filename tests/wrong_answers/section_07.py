"""Wrong answers to the exercises of lecture 7, and a piece of the reason for each."""

from itertools import product

import numpy as np

from course_utils.activations import sigmoid, softmax


def passes(sign=1, transposed=True, slope_at="h", biases=True):
    """A backward pass with some of the four bugs of exercise 7.5."""

    def backward(x, y, W1, b1, W2, b2):
        a1 = W1 @ x + b1
        h = np.tanh(a1)
        phi = sigmoid(W2 @ h + b2)
        d2 = sign * (phi - y) * phi * (1 - phi)
        z = h if slope_at == "h" else a1
        d1 = (1 - z**2) * ((W2.T if transposed else W2) @ d2)
        return np.outer(d1, x), biases * d1, np.outer(d2, h), biases * d2

    return backward


def bugs():
    """Every set of the four bugs but none, and a bug that the answer must name."""
    E11, E12, slope, E24 = ((-1, "E11"), (False, "E12"), ("a", "tanh′"), (False, "E24"))
    right = (1, ""), (True, ""), ("h", ""), (True, "")
    for chosen in product(*zip(right, (E11, E12, slope, E24), strict=True)):
        values, names = zip(*chosen, strict=True)
        names = [name for name in names if name]
        if names:
            yield passes(*values), names[-1]


def slip(change):
    """The right backward pass, its four parts given back changed."""
    return lambda *given: change(*passes()(*given))


def without_slope(x, y, W1, b1, W2, b2):
    """The backward pass of a cross-entropy."""
    h = np.tanh(W1 @ x + b1)
    d2 = sigmoid(W2 @ h + b2) - y
    d1 = (1 - h**2) * (W2.T @ d2)
    return np.outer(d1, x), d1, np.outer(d2, h), d2


WRONG = {
    "7.1": [
        (41, "faltan los sesgos"),
        (120, "no multipliques"),
        (10, "solo los sesgos"),
        (55, "la entrada no tiene"),
        (50, "aún no es correcto"),
        ("51!", "se espera"),
    ],
    "7.2": [
        (lambda a, y: y - softmax(a), "signo al revés"),
        (lambda a, y: -y * (1 - softmax(a)), "E14"),
        (lambda a, y: a - y, "falta la softmax"),
        (lambda a, y: -y / softmax(a), "∂ℓ/∂φ"),
        (lambda a, y: (softmax(a) - y) * softmax(a) * (1 - softmax(a)), "sobra"),
        (lambda a, y: sigmoid(a) - y, "σ no es la softmax"),
        (lambda a, y: softmax(a), "falta y"),
        (lambda a: a, "se espera"),
        (3.0, "se espera"),
    ],
    "7.3": [
        (0.0, "E18"),
        (np.log(2), "φ = ½"),
        (0.8813, "no de base 2"),
        (0.3612, "falta (1 − y)"),
        (6.10864, "la media, no la suma"),
        (0.2497, "falta y ln φ"),
        (0.61, "tres decimales"),
        (0.3, "falta R"),
        (-0.610864, "signo al revés"),
    ],
    "7.4": [
        (1, "tanh"),
        (0.25, "al revés"),
        (16, "w²"),
        (2, "aún se desvanece"),
        (-4, "cambia de signo"),
        (5, "aún no es correcto"),
    ],
    "7.5": [
        *bugs(),
        (slip(lambda dW1, db1, dW2, db2: (dW1.T, db1, dW2.T, db2)), "no h dᵀ"),
        (slip(lambda dW1, db1, dW2, db2: (dW1, db2, dW2, db1)), "sesgos al revés"),
        (without_slope, "falta φ(1 − φ)"),
        (lambda x, y, W1, b1, W2, b2: (W1, b1, W2, b2), "aún no es correcto"),
        (lambda *given: None, "se espera"),
    ],
}
