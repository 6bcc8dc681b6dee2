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


def constant(A, theta):
    eigenvalues = np.linalg.eigvalsh(A)
    return 2 / (eigenvalues[0] + eigenvalues[-1])


def without_brackets(A, theta):
    g = A @ theta
    return g @ g / g @ A @ g


def in_place(A, theta):
    theta[:] = A @ theta
    return (theta @ theta) / (theta @ A @ theta)


def four_stairs(t):
    return 0.4 if t <= 10 else 0.2 if t <= 20 else 0.1 if t <= 30 else 0.05


def with_memory():
    eta = [0.8]

    def schedule(t):
        eta[0] /= 2 if t % 10 == 1 else 1
        return eta[0]

    return schedule


WRONG = {
    "3.1": [
        (0.374, "(smallest, largest), and there are 1"),
        (swapped, "another order: (smallest, largest)"),
        ((1 - factor, 1 + factor), "the factor 2"),
        (((1 - np.exp(-0.6)) / 2, (1 + np.exp(-0.6)) / 2), "not e⁶"),
        ((0.2494, 0.7506), "10 steps, not 20"),
        (((1 - 1e-6) / 2, (1 + 1e-6) / 2), "tenth root"),
        ((0.3744, 0.3744), "one end is missing"),
        ((0.37, 0.63), "give three more digits"),
        ((0.374, 0.626), "give three more digits"),  # neither divides by a million
        ((0.3734, 0.6274), "give three more digits"),
        ({0.374, 0.626}, "a set"),
        (print, "a function: it must be called"),
        (None, "this is None"),
    ],
    "3.2": [
        ((2 / 9, 2 / 7), "another order: (limit, best)"),
        ((2 / 6, 2 / 9), "not the diagonal"),
        ((1.0, 2 / 9), "not λmin"),
        ((1 / 7, 2 / 9), "1/λmax is not the limit"),
        ((2 / 7, 1 / 9), "the 2 of 2/(λmin + λmax) is missing"),
        ((2 / 7, 1 / 7), "1/λmax is not the best"),
        ((0.29, 0.22), "give three more digits"),
        ((2, 7), "those are the eigenvalues"),
        ((2 / 7, 5 / 9), "the ratio of a step"),
        (((0, 2 / 7), 2 / 9), "limit: one number is asked for, and here are 2"),
        (2 / 7, "(limit, best), and there are 1"),
    ],
    "3.3": [
        ((20, 1 / 2), "the square is missing"),
        ((400, 1), "the square is missing"),
        ((1 / 400, 1 / 2), "κ ≥ 1"),
        ((400, 1 / 200), "the limit with millimetres"),
        ((400, 2), "the greater variance sets the limit"),
        ((400, 1 / 4), "1/λmax is not the limit"),
        ((1 / 2, 400), "another order: (kappa, limit)"),
        ((4, 1 / 2), "right: limit; wrong: kappa"),
        (400, "(kappa, limit), and there are 1"),
    ],
    "3.4": [
        (two_half_steps, "a ½ is missing"),
        (without_square, "the square is missing"),
        (upside_down, "upside down"),
        (lambda A, theta: -two_half_steps(A, theta) / 2, "sign reversed"),
        (without_gradient, "not with θ"),
        (safe, "not the best here"),
        (lambda A, theta: two_half_steps(A, theta) / 4, "a ½ too much"),
        (constant, "that is the best constant one"),
        (without_brackets, "needs parentheses"),
        (lambda A, theta: 2 / 3, "right sometimes, but fails with A (3, 3)"),
        (lambda A, theta: 2 / A[1, 1], "right sometimes, but fails with A (3, 3)"),
        (lambda theta, A: two_half_steps(A, theta) / 2, "best_eta(A, theta)"),
        (lambda A, theta: round(two_half_steps(A, theta) / 2, 2), "do not round"),
        (lambda A, theta: A * theta, "shape (2, 2), and () is asked for"),
        (lambda A, theta: None, "is `return` missing?"),
        (lambda A, theta: print(two_half_steps(A, theta) / 2), "prints and returns"),
        (lambda A, theta: str(two_half_steps(A, theta) / 2), "gives text"),
        (lambda A, theta: g @ g, "NameError: name 'g' is not defined"),  # noqa: F821
        (lambda A: 1.0, "with 2 arguments, and yours does not take them"),
        (in_place, "your function changes theta"),
        (0.5, "a function, best_eta(A, theta), is asked for, and this is a number"),
    ],
    "3.5": [
        (lambda t: 0.4 * 0.5 ** (t // 10), "t starts at 1"),
        (lambda t: 0.4, "it is constant"),
        (lambda t: 0.2 * 0.5 ** ((t - 1) // 10), "the first step uses 0.4"),
        (lambda t: 0.4 * 2 ** ((t - 1) // 10), "it grows"),
        (lambda t: 0.4 / t, "stairs of 10 equal"),
        (lambda t: 0.4 if t <= 10 else 0.2, "half of the half"),
        (four_stairs, "it goes on falling after t = 30"),
        (lambda t: max(0.05, 0.4 * 0.5 ** ((t - 1) // 10)), "after t = 30"),
        (dict.fromkeys(range(1, 41), 0.4).__getitem__, "t = 41, your function raises"),
        (with_memory(), "gives something else the second time"),
        (lambda t: None, "is `return` missing?"),
        ([0.4, 0.2], "a function, schedule(t), is asked for, and this is a list"),
    ],
    "3.6": [
        (1e20, "2η₀, not η₀"),
        (10, "that is the exponent"),
        (1e-10, "sign reversed"),
        (22, "constant η"),
        (2**10, "not 2^(1/2η₀)"),
        (9.9e9, "give three more digits"),
        (100, "not right yet"),
        (1e9, "not right yet"),
        ([1e10, 1], "here are 2"),
    ],
}
