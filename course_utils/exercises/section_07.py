"""Exercises of lecture 7: backpropagation."""

from itertools import combinations

import numpy as np

from ..activations import sigmoid, softmax
from . import Exercise, close

# 7.2: two examples; in the second y is no class but a distribution.
A = np.array([[0.3, -1.0, 0.8], [2.0, 0.5, -0.4]])
Y = np.array([[0.0, 1.0, 0.0], [0.2, 0.3, 0.5]])
PHI = softmax(A)


def _deltas(d_out) -> np.ndarray:
    """What the student's function makes of both examples, one after the other."""
    return np.array([d_out(a, y) for a, y in zip(A, Y, strict=True)], float)


# 7.5: the backward pass of slide 17, with or without each of the four bugs.
BUGS = {
    "E11 (signo · sign)": 1,
    "E12 (Wᵀ)": 2,
    "tanh′ = 1 − h²": 4,
    "E24 (∂ℓ/∂b = d)": 8,
}


def _backward(x, y, W1, b1, W2, b2, bugs: int = 0):
    """∂ℓ/∂W⁽¹⁾, ∂ℓ/∂b⁽¹⁾, ∂ℓ/∂W⁽²⁾, ∂ℓ/∂b⁽²⁾; `bugs` adds up those of BUGS."""
    a1 = W1 @ x + b1
    h = np.tanh(a1)
    phi = sigmoid(W2 @ h + b2)
    d2 = (phi - y) * phi * (1 - phi) * (-1 if bugs & 1 else 1)
    back = (W2 if bugs & 2 else W2.T) @ d2
    d1 = back * (1 - (a1 if bugs & 4 else h) ** 2)
    b = 0 if bugs & 8 else 1
    return np.outer(d1, x), b * d1, np.outer(d2, h), b * d2


def _example() -> tuple[np.ndarray, ...]:
    """x, y, W⁽¹⁾, b⁽¹⁾, W⁽²⁾, b⁽²⁾ of a 3-3-3 network: every bug fits its shapes."""
    rng = np.random.default_rng(7)
    shapes = [(3,), (3,), (3, 3), (3,), (3, 3), (3,)]
    return tuple(rng.uniform(-1, 1, shape) for shape in shapes)


def _gradient(parts) -> np.ndarray:
    """The four parts as one vector; a wrong shape is an error."""
    dW1, db1, dW2, db2 = (np.asarray(part, float) for part in parts)
    return np.concatenate([dW1.reshape(3, 3), [db1], dW2.reshape(3, 3), [db2]]).ravel()


def _has(backward, bugs: int) -> bool:
    """Whether the student's function computes what these bugs compute."""
    given, wanted = backward(*_example()), _backward(*_example(), bugs)
    return close(_gradient(given), _gradient(wanted))


def _left():
    """For every set of bugs, the smallest first, its name and its test."""
    for n in range(1, len(BUGS) + 1):
        for names in combinations(BUGS, n):
            bugs = sum(BUGS[name] for name in names)
            yield (
                f"queda · left: {', '.join(names)}",
                lambda backward, bugs=bugs: _has(backward, bugs),
            )


def _other():
    """Three mistakes that the student may add, with their tests."""
    (x, y, W1, b1, W2, b2), (dW1, db1, dW2, db2) = _example(), _backward(*_example())
    h = np.tanh(W1 @ x + b1)
    d2 = sigmoid(W2 @ h + b2) - y
    d1 = (1 - h**2) * (W2.T @ d2)
    for reason, parts in {
        "∂ℓ/∂W = d hᵀ, no h dᵀ · not h dᵀ": (dW1.T, db1, dW2.T, db2),
        "sesgos al revés · biases swapped: b⁽¹⁾ → d⁽¹⁾": (dW1, db2, dW2, db1),
        "falta φ(1 − φ) en d⁽²⁾ · φ(1 − φ) is missing": (
            np.outer(d1, x),
            d1,
            np.outer(d2, h),
            d2,
        ),
    }.items():
        yield (
            reason,
            lambda backward, parts=parts: close(
                _gradient(backward(*_example())), _gradient(parts)
            ),
        )


ENTROPY = -0.3 * np.log(0.3) - 0.7 * np.log(0.7)

EXERCISES = {
    "7.1": Exercise(
        right=lambda p: close(p, 51),
        mistakes={
            "faltan los sesgos · the biases are missing": lambda p: close(p, 41),
            "esos son solo los sesgos · those are the biases alone": (
                lambda p: close(p, 10)
            ),
            "la entrada no tiene sesgos · the input has no biases": (
                lambda p: close(p, 55)
            ),
            "suma por capas, no multipliques todo · add layers, do not multiply": (
                lambda p: close(p, 120)
            ),
        },
        praise="(4+1)·5 + (5+1)·3 + (3+1)·2",
    ),
    "7.2": Exercise(
        right=lambda d_out: close(_deltas(d_out), PHI - Y),
        mistakes={
            "signo al revés · sign reversed": (
                lambda d_out: close(_deltas(d_out), Y - PHI)
            ),
            "un solo término, la errata E14 · a single term, the slip E14": (
                lambda d_out: close(_deltas(d_out), -Y * (1 - PHI))
            ),
            "falta la softmax: φ no es a · the softmax is missing: φ is not a": (
                lambda d_out: close(_deltas(d_out), A - Y)
            ),
            "eso es ∂ℓ/∂φ, falta llegar a a · that is ∂ℓ/∂φ, not yet ∂ℓ/∂a": (
                lambda d_out: close(_deltas(d_out), -Y / PHI)
            ),
            "sobra φ(1 − φ) · φ(1 − φ) does not belong here": (
                lambda d_out: close(_deltas(d_out), (PHI - Y) * PHI * (1 - PHI))
            ),
            "σ no es la softmax: divide entre la suma · σ is not the softmax": (
                lambda d_out: close(_deltas(d_out), sigmoid(A) - Y)
            ),
            "esa es φ, falta y · that is φ, y is missing": (
                lambda d_out: close(_deltas(d_out), PHI)
            ),
        },
        wants="una función · a function d_out(a, y)",
        praise="φ − y",
    ),
    "7.3": Exercise(
        right=lambda risk: close(risk, ENTROPY),
        mistakes={
            "0 no se alcanza, la errata E18 · 0 is not reached, the slip E18": (
                lambda risk: abs(float(risk)) < 1e-9
            ),
            "con φ = ½; φ = 0.3 es mejor · with φ = ½; φ = 0.3 is better": (
                lambda risk: close(risk, np.log(2))
            ),
            "logaritmo natural, no de base 2 · natural logarithm, not base 2": (
                lambda risk: close(risk, ENTROPY / np.log(2))
            ),
            "falta (1 − y) ln(1 − φ) · (1 − y) ln(1 − φ) is missing": (
                lambda risk: close(risk, -0.3 * np.log(0.3))
            ),
            "falta y ln φ · y ln φ is missing": (
                lambda risk: close(risk, -0.7 * np.log(0.7))
            ),
            "casi: da tres decimales · almost: give three decimals": (
                lambda risk: close(risk, ENTROPY, 2e-2)
            ),
            "es la media, no la suma · it is the mean, not the sum": (
                lambda risk: close(risk, 10 * ENTROPY)
            ),
            "esa es φ, falta R · that is φ, not R": lambda risk: close(risk, 0.3),
            "signo al revés · sign reversed": lambda risk: close(risk, -ENTROPY),
        },
        praise="H(0.3) > 0",
    ),
    "7.4": Exercise(
        right=lambda w: close(w, 4),
        mistakes={
            "eso sirve para tanh: σ′(0) = ¼ · that is for tanh: σ′(0) = ¼": (
                lambda w: close(w, 1)
            ),
            "al revés: w σ′(0) = 1 · upside down: w σ′(0) = 1": (
                lambda w: close(w, 0.25)
            ),
            "esa sería w² · that would be w²": lambda w: close(w, 16),
            "con w = 2 aún se desvanece: (2/4)ᴷ · w = 2 still vanishes": (
                lambda w: close(w, 2)
            ),
            "así cambia de signo en cada capa; w > 0 · so its sign flips each layer": (
                lambda w: close(w, -4)
            ),
        },
        praise="w σ′(0) = 1",
    ),
    "7.5": Exercise(
        right=lambda backward: _has(backward, 0),
        mistakes=dict(_left()) | dict(_other()),
        wants="backward(x, y, W1, b1, W2, b2) → (dW1, db1, dW2, db2)",
        praise="∂ℓ/∂W, ∂ℓ/∂b",
    ),
}
