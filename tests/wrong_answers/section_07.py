"""Wrong answers to the exercises of lecture 7, and a piece of the reason for each."""

from itertools import product

import numpy as np

from course_utils.activations import sigmoid, softmax


def passes(sign=1, transposed=True, slope_at="h", b1=1, b2=1):
    """A backward pass with some of the bugs of exercise 7.5."""

    def backward(x, y, W1, b1_, W2, b2_):
        a1 = W1 @ x + b1_
        h = np.tanh(a1)
        phi = sigmoid(W2 @ h + b2_)
        d2 = sign * (phi - y) * phi * (1 - phi)
        z = h if slope_at == "h" else a1
        d1 = (1 - z**2) * ((W2.T if transposed else W2) @ d2)
        return np.outer(d1, x), b1 * d1, np.outer(d2, h), b2 * d2

    return backward


def bugs():
    """Every set of the bugs but none, and the bugs that the answer must name."""
    wrong = (
        (-1, "E11 (sign)"),
        (False, "E12 (Wᵀ)"),
        ("a", "tanh′ = 1 − h²"),
        (0, "E24 (db1)"),
        (0, "E24 (db2)"),
    )
    right = (1, ""), (True, ""), ("h", ""), (1, ""), (1, "")
    for chosen in product(*zip(right, wrong, strict=True)):
        values, names = zip(*chosen, strict=True)
        names = [name for name in names if name]
        if names:
            yield passes(*values), "left: " + ", ".join(names)


def with_slope(slope):
    """The backward pass with another derivative of tanh."""

    def backward(x, y, W1, b1, W2, b2):
        _, _, dW2, d2 = passes()(x, y, W1, b1, W2, b2)
        d1 = slope(np.tanh(W1 @ x + b1)) * (W2.T @ d2)
        return np.outer(d1, x), d1, dW2, d2

    return backward


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
        ((51, 41, 92), "los sesgos se suman, no se multiplican"),
        ((10, 41, 92), "one for each weight, not for each unit"),
        ((120, 41, 92), "suma los productos, no los multipliques"),
        ((41, 41, 120), "add the products, do not multiply them"),
        ((41, 21, 92), "la fila pasa también por W⁽¹⁾"),
        ((41, 92, 92), "from the left it is always a row times a matrix"),
        ((41, 41, 41), "desde la derecha son matrices, no una fila"),
        ((41, 41, 84), "the row is missing, 1 × 2 by 2 × 4"),
        ((41, 41, 60), "falta W⁽³⁾ por lo que ya llevas"),
        ((41, 41, 68), "W⁽³⁾ times what you have is missing"),
        ((92, 41, 41), "another order: (forward, from the left, from the right)"),
        ((41, 41, 93), "a count is exact"),
        ((41, 41, 100), "right: forward, from the left; wrong: from the right"),
        ((41.5, 41, 92), "whole numbers"),
        ((1, 2, 3), "aún no es correcto · not right yet"),
        ((41, 92), "and there are 2"),
        (92, "and there are 1"),
        ("51!", "this is text"),
    ],
    "7.2": [
        (lambda a, y: y - softmax(a), "signo al revés"),
        (lambda a, y: -y * (1 - softmax(a)), "E14"),
        (lambda a, y: a - y, "falta la softmax"),
        (lambda a, y: -y / softmax(a), "∂ℓ/∂φ"),
        (lambda a, y: (softmax(a) - y) * softmax(a) * (1 - softmax(a)), "sobra"),
        (lambda a, y: sigmoid(a) - y, "σ no es la softmax"),
        (lambda a, y: softmax(a), "falta y"),
        (lambda a, y: np.exp(a) - y, "the sum of eᵃ is missing"),
        (lambda a, y: (softmax(a) - y) / len(a), "by the number of classes"),
        (lambda a, y: softmax(a) - (y == y.max()), "spread over several"),
        (lambda a, y: (softmax(a) - y).sum(), "one sum too many"),
        (lambda a, y: (softmax(a) - y)[:, None], "shape (3, 1), and (3,)"),
        (lambda y, a: softmax(a) - y, "come in another order: d_out(a, y)"),
        (lambda a, y: None, "is `return` missing?"),
        (lambda a, y: print(softmax(a) - y), "prints and returns nothing"),
        (lambda a: a, "d_out(a, y), with 2 arguments"),
        (3.0, "a function, d_out(a, y), is asked for, and this is a number"),
    ],
    "7.3": [
        (0.0, "E18"),
        (np.log(2), "φ = ½"),
        (0.8813, "not base 2 or 10"),
        (0.3612, "falta (1 − y)"),
        (6.10864, "la media, no la suma"),
        (0.2497, "falta y ln φ"),
        (0.61, "give three more digits"),
        (0.6, "give three more digits"),
        (0.265295, "not base 2 or 10"),
        (0.949783, "con φ = 0.7"),
        ("0,611", "this is text"),
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
        (-3, "w > 0 is asked for"),
        (0, "nothing passes"),
        ([4, 4], "here are 2"),
        (None, "this is None"),
    ],
    "7.5": [
        *bugs(),
        (slip(lambda dW1, db1, dW2, db2: (dW1.T, db1, dW2.T, db2)), "no h dᵀ"),
        (
            slip(lambda dW1, db1, dW2, db2: (dW1, db2, dW2, db1)),
            "another order: (dW1, db1, dW2, db2)",
        ),
        (without_slope, "falta φ(1 − φ)"),
        (lambda x, y, W1, b1, W2, b2: (W1, b1, W2, b2), "aún no es correcto"),
        (slip(lambda dW1, db1, dW2, db2: (dW1, dW2, db1, db2)), "another order"),
        (slip(lambda *parts: [2 * part for part in parts]), "a factor 2 too much"),
        (with_slope(lambda h: h * (1 - h)), "h(1 − h) is the slope of σ"),
        (with_slope(lambda h: 1 - h), "1 − h is not tanh′"),
        (with_slope(lambda h: 1), "tanh′ is missing"),
        (lambda *given: None, "is `return` missing?"),
    ],
}
