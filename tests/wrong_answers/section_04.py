"""Wrong answers to the exercises of lecture 4, and what the student must be told."""

import math

import numpy as np

from course_utils import sigmoid


def ell(a, y):
    return np.logaddexp(0, a) - y * a


def slope(a, y):
    return sigmoid(a) - y


def naive(a, y):
    phi = 1 / (1 + np.exp(-a))
    return -(y * np.log(phi) + (1 - y) * np.log(1 - phi))


def with_math(a, y):
    return math.log(1 + math.exp(a)) - y * a


def likelihood(a, y):
    return y * a - np.logaddexp(0, a)


def squared(a, y):
    return slope(a, y) * sigmoid(a) * (1 - sigmoid(a))


def gradient(sign=1, N=None, drop_b=False, drop_x=False, short=False, phi=sigmoid):
    """The gradient of the mean risk with a slip."""

    def wrong(theta, X, y):
        error = sign * (phi(X @ theta[:-1] + (not drop_b) * theta[-1]) - y)
        inputs = np.ones_like(X) if drop_x else X
        full = np.append(error @ inputs, error.sum()) / (N or len(y))
        return full[:-1] if short else full

    return wrong


def without_ones(theta, X, y):
    return (sigmoid(X @ theta) - y) @ X / len(y)


def ones_first(theta, X, y):
    inputs = np.column_stack([np.ones(len(X)), X])
    return (sigmoid(inputs @ theta) - y) @ inputs / len(y)


def row_by_row(theta, X, y):
    inputs = np.column_stack([X, np.ones(len(X))])
    return (sigmoid(inputs @ theta) - y)[:, None] * inputs


def of_squares(theta, X, y):
    phi = sigmoid(X @ theta[:-1] + theta[-1])
    inputs = np.column_stack([X, np.ones(len(X))])
    return ((phi - y) * phi * (1 - phi)) @ inputs / len(y)


def two_inputs(theta, X, y):
    """Right where n = 2, and only there."""
    error = sigmoid(X @ theta[:2] + theta[2]) - y
    return np.array([np.mean(error * X[:, 0]), np.mean(error * X[:, 1]), error.mean()])


WRONG = {
    "4.1": [
        (1.1, "sign reversed"),
        (-1.0, "b moves too"),
        (-0.9, "b moves like a weight"),
        (-5.5, "η is missing"),
        (0, "a before the step"),
        (-2.2, "σ(0) is not 1"),
        (0.2497, "that is φ"),
        (-0.3, "by x once more"),
        (-0.3317, "not ‖(x, 1)‖"),
        (-0.275, "descends ½(y − φ)²"),
        (-1.12, "give three more digits"),
        ((0.7, 2.1, -1.1), "here are 3"),
        (None, "this is None"),
        ("no", "this is text"),
    ],
    "4.2": [
        ((ell, lambda a, y: y - sigmoid(a)), "sign reversed"),
        ((likelihood, lambda a, y: y - sigmoid(a)), "log-likelihood"),
        ((likelihood, slope), "log-likelihood"),
        ((ell, lambda a, y: sigmoid(a)), "y is missing"),
        ((ell, squared), "½(y − φ)²"),
        ((slope, ell), "another order: (loss(a, y), slope(a, y))"),
        ((naive, slope), "fails at a = ±800"),
        ((with_math, slope), "with a = 800, y = 0, your function raises an error"),
        ((naive, lambda a, y: y - sigmoid(a)), "sign reversed"),
        (
            (lambda a, y: np.logaddexp(0, -a), lambda a, y: sigmoid(a) - 1),
            "the slip E5",
        ),
        ((lambda a, y: np.logaddexp(0, a), slope), "− ya is missing"),
        ((ell, lambda a, y: sigmoid(a) + y), "right: loss(a, y); wrong: slope(a, y)"),
        ((lambda a, y: np.logaddexp(0, a) + y * a, slope), "right: slope(a, y); wrong"),
        ((lambda y, a: ell(a, y), lambda y, a: slope(a, y)), "come in another order"),
        ((lambda a, y: None, slope), "is `return` missing?"),
        (ell, "2 functions are asked for"),
        ((ell, 3), "a function, slope(a, y), is asked for, and this is a number"),
    ],
    "4.3": [
        (gradient(sign=-1), "sign reversed"),
        (gradient(N=1), "factor N"),
        (gradient(short=True), "the bias is missing"),
        (gradient(drop_b=True), "b is missing"),
        (gradient(drop_x=True), "x is missing"),
        (without_ones, "the column of ones is missing"),
        (ones_first, "b goes last"),
        (row_by_row, "the mean is missing"),
        (lambda *given: row_by_row(*given).mean(), "axis=0"),
        (lambda t, X, y: row_by_row(t, X, y).sum(0) / len(t), "not by n inputs"),
        (gradient(phi=lambda a: a), "σ is missing"),
        (gradient(phi=lambda a: (a > 0) * 1), "H has no slope"),
        (lambda *given: row_by_row(*given).mean(0)[:, None], "shape (3, 1), and (3,)"),
        (lambda *given: None, "is `return` missing?"),
        (lambda y, X, t: gradient()(t, X, y), "gradient(theta, X, y)"),
        (two_inputs, "with theta (4,), X (5, 3), y (5,), your function raises"),
        (of_squares, "belongs to ½(y − φ)²"),
        ((1.0, 2.0, 3.0), "a function, gradient(theta, X, y), is asked for"),
    ],
    "4.4": [
        ((0, 1, 1, 2), "it adds nothing"),
        ((5, 5, 5, 5), "it adds nothing"),
        ((0, 0, 0, 0), "it adds nothing"),
        ((0, 0, 1), "and there are 3"),
        ((0, 0, 0, float("inf")), "not right yet"),
        ((float("inf"),) * 4, "not right yet"),
        ("x1*x2", "this is text"),
    ],
    "4.5": [
        (6, "the column of ones counts"),
        (1.0788, "the ¼ is missing"),
        (0.4635, "that is L"),
        (2.1577, "that is 1/L"),
        (1.4384, "factor N"),
        (0.3596, "factor N"),
        (1.8539, "that is λmax"),
        (0.2317, "upside down"),
        (16.685, "largest eigenvalue"),
        (4.2, "give three more digits"),
        ("48/11", "this is text"),
    ],
}
