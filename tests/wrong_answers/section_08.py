"""Wrong answers to the exercises of lecture 8."""

import numpy as np

from course_utils import soft_threshold


def inverse(H, c):
    return np.linalg.solve(H, c)


def eye(X, scale):
    return scale * np.eye(X.shape[1])


def free_last_column(X, y, g):
    pays = np.diag([*np.ones(X.shape[1] - 1), 0])
    return inverse(X.T @ X / len(y) + 2 * g * pays, X.T @ y / len(y))


def soft(c, g):
    return np.sign(c) * np.maximum(abs(c) - g, 0)


WRONG = {
    "8.1": [
        ((0.5, -0.1), "the factor 2 is missing: 1 − 2ηγ"),
        ((2, 3.2), "sign reversed: 1 − 2ηγ"),
        ((-9, -21), "η is missing: 1 − 2ηγ"),
        ((1, 2.2), "eso es lo que se quita"),
        ((0, 1.2), "importa el signo"),
        ((0, 0), "right: gamma = 5; wrong: gamma = 11"),
        (-1.2, "(gamma = 5, gamma = 11), and there are 1"),
        ((-1.2, 0), "another order: (gamma = 5, gamma = 11)"),
        ((3, 3), "not right yet"),
        ({}, "(gamma = 5, gamma = 11), and this is a dict"),
    ],
    "8.2": [
        (
            lambda X, y, g: inverse(X.T @ X / len(y) + eye(X, g), X.T @ y / len(y)),
            "falta el factor 2: 2γI · the factor 2 is missing: 2γI",
        ),
        (
            lambda X, y, g: inverse(X.T @ X + eye(X, 2 * g), X.T @ y),
            "falta dividir entre N · the division by N is missing",
        ),
        (
            lambda X, y, g: inverse(X.T @ X / len(y) + eye(X, 2 * g), X.T @ y),
            "falta dividir entre N · the division by N is missing",
        ),
        (
            lambda X, y, g: inverse(X.T @ X / len(y) - eye(X, 2 * g), X.T @ y / len(y)),
            "signo al revés: es +2γI · sign reversed",
        ),
        (lambda X, y, g: inverse(X.T @ X, X.T @ y), "falta la penalización"),
        (
            lambda X, y, g: inverse(X.T @ X / len(y) + 2 * g, X.T @ y / len(y)),
            "falta I: 2γ se suma solo en la diagonal",
        ),
        (lambda X, y, g: X @ X.T, "shape (4, 4), and (2,) is asked for"),
        (
            lambda X, y, g: inverse(X.T @ X + eye(X, g), X.T @ y),
            "that is the form of a sum, XᵀX + γI",
        ),
        (free_last_column, "the last column too"),
        (
            lambda X, y, g: inverse(X.T @ X / len(y) + eye(X, 0.6), X.T @ y / len(y)),
            "right sometimes, but fails with X (5, 3), y (5,), gamma = 0.12",
        ),
        (
            lambda X, y, g: inverse(X.T @ X / 4 + 2 * g * np.eye(2), X.T @ y / 4),
            "with X (5, 3), y (5,), gamma = 0.12, your function raises",
        ),
        (lambda X, y, g: np.zeros(X.shape[1]), "not right yet"),
        (lambda X, y, g: None, "is `return` missing?"),
        (lambda X, y, g: print(X), "prints and returns nothing"),
        (lambda X, y, g: inverse(X @ X.T, X @ y), "raises an error in line"),
        (lambda X, y: 0, "ridge(X, y, gamma), with 3 arguments"),
        (1.0, "a function, ridge(X, y, gamma), is asked for"),
    ],
    "8.3": [
        (lambda c, g: np.maximum(abs(c) - g, 0), "se pierde el signo"),
        (lambda c, g: c - g * np.sign(c), "falta el tope en 0"),
        (lambda c, g: np.maximum(c - g, 0), "los negativos también cuentan"),
        (lambda c, g: np.where(abs(c) > g, c, 0), "es el umbral duro"),
        (lambda c, g: c / (1 + 2 * g), "eso es L₂"),
        (lambda c, g: c - g, "si c < 0, suma γ"),
        (lambda c, g: np.where(abs(c) > g, c - g, 0), "si c < 0, suma γ"),
        (lambda c, g: np.clip(c, -g, g), "eso es lo que se quita a c"),
        (lambda c, g: c, "aún no es correcto · not right yet"),
        (lambda c, g: max(abs(c) - g, 0), "not for an array: use np.maximum"),
        (lambda c, g: np.sign(c) * np.max(abs(c) - g, 0), "np.max gives one alone"),
        (lambda c, g: np.sign(c) * np.minimum(abs(c) - g, 0), "not np.minimum"),
        (lambda c, g: soft(c, 2 * g), "not 2γ"),
        (lambda c, g: soft(c, g).round(1), "do not round"),
        (lambda c, g: c / abs(c) * soft(abs(c), g), "gives nan, with c (5,)"),
        (lambda c, g: soft_threshold(c, g), "write it without soft_threshold"),
        (soft_threshold, "write it without soft_threshold"),
        (lambda c, g: None, "is `return` missing?"),
        ("soft", "a function, soft(c, gamma), is asked for, and this is text"),
    ],
    "8.4": [
        ((36, 45), "(a) the ½ is missing"),
        ((1 / 72, 45), "(a) upside down"),
        ((1 / 18, 45), "(a) al revés"),
        ((3, 45), "(a) son varianzas"),
        ((6, 45), "(a) they are variances"),
        ((18, 5), "(b) that is with variance 1: σ² is missing"),
        ((18, 15), "(b) es la varianza, σ², no σ"),
        ((45, 18), "another order: (L2, L1)"),
        ((18, 1 / 45), "(b) upside down: σ²/b"),
        ((18, 0.2), "(b) al revés"),
        ((18, 1.8), "(b) al revés"),
        ((18, 22.5), "(b) el ½ es solo del gaussiano"),
        ((1, 1), "aún no es correcto · not right yet"),
        ((18, 18), "right: L2; wrong: L1"),
        (18, "(L2, L1), and there are 1"),
    ],
    "8.5": [
        ((1.386, 5545, 585), "falta η: en cada paso"),
        ((693, 5545, 585), "each step loses ηδ = 0.0005"),
        ((2773, 5545, 585), "en cada paso pierde ηδ = 0.0005"),
        ((1000, 4000, 585), "it loses a fraction of what is left"),
        ((2000, 8000, 585), "in 1/(ηδ) steps 1/e is left"),
        ((1386, 1386, 1386), "Adam divide también la penalización entre 4"),
        ((1386, 347, 585), "Adam divides the penalty by 4 too"),
        ((1386, 22181, 585), "by √16 = 4, not by 16"),
        ((1386, 584, 585), "con ±4 manda el ruido"),
        ((1386, 5545, 13.9), "it does not divide by 0.01: the penalty rules"),
        ((1386, 5545, 1386), "Adam divides the penalty by itself"),
        (
            (585, 1386, 5545),
            "another order: (AdamW, Adam + L2 (±4), Adam + L2 (±0.01))",
        ),
        ((1386, 5545, 300), "right: AdamW, Adam + L2 (±4); wrong: Adam + L2 (±0.01)"),
        ((1386, 5545), "and there are 2"),
        ((5, 6, 7), "not right yet"),
    ],
}
