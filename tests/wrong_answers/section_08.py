"""Wrong answers to the exercises of lecture 8."""

import numpy as np


def inverse(H, c):
    return np.linalg.solve(H, c)


def eye(X, scale):
    return scale * np.eye(X.shape[1])


WRONG = {
    "8.1": [
        ((5, 10), "al revés: (libre, penalizado) · the other way round"),
        ((10, 10 / 1.5), "falta el 2 de ∂γb²/∂b"),
        ((10, 10), "penalizado también se encoge · the penalised one shrinks too"),
        ((0, 5), "libre: b es la media de y · free: b is the mean of y"),
        ((10, 2), "aún no es correcto · not right yet"),
        (10, "se espera · expected: (libre · free"),
        ("mucho", "se espera · expected: (libre · free"),
    ],
    "8.2": [
        ((0.5, -0.1), "falta el factor 2 · the factor 2 is missing"),
        ((2, 3.2), "signo al revés · sign reversed"),
        ((-9, -21), "falta η · η is missing"),
        ((1, 2.2), "eso es lo que se quita"),
        ((0, 1.2), "importa el signo"),
        ((0, 0), "aún no es correcto · not right yet"),
        ({}, "se espera · expected: (factor γ = 5"),
    ],
    "8.3": [
        (
            lambda X, y, g: inverse(X.T @ X / len(y) + eye(X, g), X.T @ y / len(y)),
            "falta el factor 2: 2γI · the factor 2 is missing",
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
            "signo al revés · sign reversed: +2γI",
        ),
        (lambda X, y, g: inverse(X.T @ X, X.T @ y), "falta la penalización"),
        (
            lambda X, y, g: inverse(X.T @ X / len(y) + 2 * g, X.T @ y / len(y)),
            "falta I: 2γ se suma solo en la diagonal",
        ),
        (lambda X, y, g: X @ X.T, "la forma debe ser (p,) · the shape must be (p,)"),
        (lambda X, y, g: np.zeros(2), "aún no es correcto · not right yet"),
        (lambda X, y: 0, "se espera · expected: una función · a function"),
        (1.0, "se espera · expected: una función · a function"),
    ],
    "8.4": [
        (lambda c, g: np.maximum(abs(c) - g, 0), "se pierde el signo"),
        (lambda c, g: c - g * np.sign(c), "falta el tope en 0"),
        (lambda c, g: np.maximum(c - g, 0), "los negativos también cuentan"),
        (lambda c, g: np.where(abs(c) > g, c, 0), "es el umbral duro"),
        (lambda c, g: c / (1 + 2 * g), "eso es L₂"),
        (lambda c, g: c - g, "si c < 0, suma γ"),
        (lambda c, g: np.where(abs(c) > g, c - g, 0), "si c < 0, suma γ"),
        (lambda c, g: np.clip(c, -g, g), "eso es lo que se quita a c"),
        (lambda c, g: c, "aún no es correcto · not right yet"),
        (lambda c, g: max(abs(c) - g, 0), "se espera · expected: una función"),
        ("soft", "se espera · expected: una función"),
    ],
    "8.5": [
        ((16, 4), "(a) falta el ½ · the ½ is missing"),
        ((1 / 32, 4), "(a) al revés · upside down"),
        ((2, 4), "(a) son varianzas"),
        ((4, 4), "(a) son varianzas"),
        ((4, 8), "el orden es (L2, L1)"),
        ((8, 0.25), "(b) al revés · upside down: 1/b"),
        ((8, 2), "(b) el ½ es solo del gaussiano"),
        ((1, 1), "aún no es correcto · not right yet"),
        (8, "se espera · expected: (L2, L1)"),
    ],
}
