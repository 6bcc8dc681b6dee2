"""Wrong answers to the exercises of lecture 3, and what each should be told."""

import numpy as np

factor = 10**-0.6
swapped = ((1 + factor) / 2, (1 - factor) / 2)


def two_half_steps(A, theta):
    g = A @ theta
    return 2 * (g @ g) / (g @ A @ g)


def upside_down(A, theta):
    g = A @ theta
    return (g @ A @ g) / (g @ g)


def without_square(A, theta):
    g = A @ theta
    return np.sqrt(g @ g) / (g @ A @ g)


def without_gradient(A, theta):
    return (theta @ theta) / (theta @ A @ theta)


def safe(A, theta):
    return 1 / np.linalg.eigvalsh(A)[-1]


WRONG = {
    "3.1": [
        (0.374, "one end is missing"),
        (swapped, "the smallest first"),
        ((1 - factor, 1 + factor), "the factor 2"),
        (((1 - np.exp(-0.6)) / 2, (1 + np.exp(-0.6)) / 2), "not e⁶"),
        ((0.2494, 0.7506), "10 steps, not 20"),
    ],
    "3.2": [
        ((2 / 9, 2 / 7), "the limit first"),
        ((2 / 6, 2 / 9), "not the diagonal"),
        ((1.0, 2 / 9), "not λmin"),
        ((1 / 7, 2 / 9), "1/λmax is not the limit"),
        ((2 / 7, 1 / 9), "the 2 is missing"),
        ((2 / 7, 1 / 7), "1/λmax is not the best"),
        (2 / 7, "expected"),
    ],
    "3.3": [
        ((20, 1), "square it"),
        ((1 / 400, 1), "κ ≥ 1"),
        ((400, 0), "one must step"),
        ((400, 2), "all arrive together"),
    ],
    "3.4": [
        (two_half_steps, "a ½ is missing"),
        (without_square, "the square is missing"),
        (upside_down, "upside down"),
        (lambda A, theta: -two_half_steps(A, theta) / 2, "sign reversed"),
        (without_gradient, "not with θ"),
        (safe, "not the best here"),
        (0.5, "a function"),
    ],
    "3.5": [
        (lambda t: 0.4 * 0.5 ** (t // 10), "t starts at 1"),
        (lambda t: 0.4, "it is constant"),
        (lambda t: 0.2 * 0.5 ** ((t - 1) // 10), "the first step uses 0.4"),
        (lambda t: 0.4 * 2 ** ((t - 1) // 10), "it grows"),
        (lambda t: 0.4 / t, "stairs of 10 equal"),
        (lambda t: 0.4 if t <= 10 else 0.2, "half of the half"),
        (lambda t: None, "a function of t"),
        ([0.4, 0.2], "a function of t"),
    ],
    "3.6": [
        (1e20, "2c, not c"),
        (10, "that is the exponent"),
        (1e-10, "sign reversed"),
        (22, "constant η"),
    ],
}
