"""Wrong answers to the exercises of lecture 4, and what the student must be told."""

import numpy as np

from course_utils import sigmoid


def ell(a, y):
    return np.logaddexp(0, a) - y * a


def slope(a, y):
    return sigmoid(a) - y


def naive(a, y):
    phi = 1 / (1 + np.exp(-a))
    return -(y * np.log(phi) + (1 - y) * np.log(1 - phi))


def likelihood(a, y):
    return y * a - np.logaddexp(0, a)


def squared(a, y):
    return slope(a, y) * sigmoid(a) * (1 - sigmoid(a))


def gradient(sign=1, N=4, drop_b=False, drop_x=False, short=False):
    """The gradient of the mean risk with a slip."""

    def wrong(theta, X, y):
        error = sign * (sigmoid(X @ theta[:2] + (not drop_b) * theta[2]) - y)
        inputs = np.ones_like(X) if drop_x else X
        full = np.append(error @ inputs, error.sum()) / N
        return full[:2] if short else full

    return wrong


WRONG = {
    "4.1": [
        ((0.3, -0.1, 0.1), "sign reversed"),
        ((-0.3, 0.1), "the bias is missing"),
        ((-0.3, 0.1, 0), "the bias is missing"),
        ((-1.5, 0.5, -0.5), "η is missing"),
        ((0, 0, 0), "σ(0) is not 0"),
        ((-0.6, 0.2, -0.2), "σ(0) is not 1"),
        ((-0.1, -0.1, -0.1), "x is missing"),
        ("no", "expected"),
    ],
    "4.2": [
        ((ell, lambda a, y: y - sigmoid(a)), "sign reversed"),
        ((likelihood, lambda a, y: y - sigmoid(a)), "log-likelihood"),
        ((likelihood, slope), "log-likelihood"),
        ((ell, lambda a, y: sigmoid(a)), "y is missing"),
        ((ell, squared), "½(y − φ)²"),
        ((slope, ell), "swapped"),
        ((naive, slope), "fails at a = ±800"),
        (ell, "expected"),
        ((ell, 3), "expected"),
    ],
    "4.3": [
        (gradient(sign=-1), "sign reversed"),
        (gradient(N=1), "factor N"),
        (gradient(short=True), "the bias is missing"),
        (gradient(drop_b=True), "b is missing"),
        (gradient(drop_x=True), "x is missing"),
        ((1.0, 2.0, 3.0), "expected"),
    ],
    "4.4": [
        ((0, 1, 1, 2), "it adds nothing"),
        ((5, 5, 5, 5), "it adds nothing"),
        ((0, 0, 0, 0), "it adds nothing"),
        ((0, 0, 1), "expected"),
        ("x1*x2", "expected"),
    ],
    "4.5": [
        (1 / 3, "the ¼ is missing"),
        (1.5, "that is L"),
        (2 / 3, "that is 1/L"),
        (4 / 9, "factor N"),
        (1 / 9, "factor N"),
        (8, "largest eigenvalue"),
    ],
}
