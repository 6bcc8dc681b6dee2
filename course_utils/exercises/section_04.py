"""Exercises of lecture 4: gradient descent for the sigmoid perceptron."""

import numpy as np

from ..activations import sigmoid
from . import Exercise, close

# 4.1: one step from θ = 0 for x = (3, −1), y = 0, η = 0.2; there φ = ½.
STEP = np.array([-0.3, 0.1, -0.1])

# 4.2: where the two functions are tried; at ±800 eᵃ overflows.
A = np.array([-800.0, -3.0, 0.0, 0.5, 2.0, 800.0])


def _at(function) -> np.ndarray:
    """What the student's function of (a, y) makes of every a, for y = 0 and y = 1."""
    values = [[function(a, y) for a in A] for y in (0, 1)]
    return np.array(values, float)


def _both(pair) -> np.ndarray:
    """loss(a, y) and slope(a, y), tried; anything but two functions is an error."""
    loss, slope = pair
    return np.stack([_at(loss), _at(slope)])


def _ell(a, y):
    return np.logaddexp(0, (1 - 2 * y) * a)


def _likelihood(a, y):
    return -_ell(a, y)


def _slope(a, y):
    return sigmoid(a) - y


def _against(a, y):
    return y - sigmoid(a)


def _blind(a, y):
    return sigmoid(a)


def _squared(a, y):
    phi = sigmoid(a)
    return (phi - y) * phi * (1 - phi)


def _agrees(pair, loss, slope) -> bool:
    return close(_both(pair), np.stack([_at(loss), _at(slope)]))


def _overflows(pair) -> bool:
    """Right wherever eᵃ is a number, but not at ±800."""
    inside, wanted = _both(pair)[..., 1:-1], _both((_ell, _slope))[..., 1:-1]
    return close(inside, wanted)


# 4.3: four examples of two inputs, and a θ = (w₁, w₂, b) with nothing special.
X = np.array([[1.0, 2.0], [-1.0, 0.5], [0.0, -2.0], [3.0, 1.0]])
Y = np.array([1, 0, 1, 0])
THETA = np.array([0.4, -0.3, 0.2])


def _gradient(sign=1, N=4.0, bias=True, inputs=True) -> np.ndarray:
    """∇R of the example, or with a slip."""
    error = sign * (sigmoid(X @ THETA[:2] + bias * THETA[2]) - Y)
    columns = np.column_stack([X if inputs else np.ones((4, 2)), np.ones(4)])
    return error @ columns / N


def _given(gradient) -> np.ndarray:
    return np.asarray(gradient(THETA.copy(), X.copy(), Y.copy()), float)


# 4.4: a third input that makes XOR separable.


def _new(z) -> float:
    """How far z is from αx₁ + βx₂ + γ: only then it adds something.

    With it the four points are corners of a tetrahedron, and a plane separates any
    labels of those.
    """
    z = np.asarray(z, float)
    if z.shape != (4,):
        raise ValueError(f"{z.shape} ≠ (4,)")
    return float(abs(z @ [1, -1, -1, 1]) / np.abs(z).max(initial=1e-300))


# 4.5: the three inputs 3, 0, −3 and the bias: XᵀX/N = diag(6, 1).
L = 6 / 4

EXERCISES = {
    "4.1": Exercise(
        right=lambda theta: close(theta, STEP),
        mistakes={
            "signo al revés, la errata E6 · sign reversed, the slip E6": (
                lambda theta: close(theta, -STEP)
            ),
            "falta el sesgo: b también se mueve · the bias is missing: b moves too": (
                lambda theta: close(theta, STEP[:2]) or close(theta, STEP * [1, 1, 0])
            ),
            "falta η · η is missing": lambda theta: close(theta, STEP / 0.2),
            "σ(0) no es 0 · σ(0) is not 0": lambda theta: not np.any(theta),
            "σ(0) no es 1 · σ(0) is not 1": lambda theta: close(theta, 2 * STEP),
            "falta x · x is missing": lambda theta: close(theta, [-0.1, -0.1, -0.1]),
        },
        wants="(w1, w2, b)",
        praise="θ − η(φ − y)(x, 1), φ = ½",
    ),
    "4.2": Exercise(
        right=lambda pair: _agrees(pair, _ell, _slope),
        mistakes={
            "ℓ′ con el signo al revés, la errata E6 · ℓ′ with the sign reversed, E6": (
                lambda pair: _agrees(pair, _ell, _against)
            ),
            "es la log-verosimilitud: falta el menos de E4 · "
            "that is the log-likelihood: the minus of E4 is missing": (
                lambda pair: (
                    _agrees(pair, _likelihood, _against)
                    or _agrees(pair, _likelihood, _slope)
                )
            ),
            "en ℓ′ falta y · y is missing in ℓ′": (
                lambda pair: _agrees(pair, _ell, _blind)
            ),
            "ese ℓ′ es el de ½(y − φ)² · that ℓ′ belongs to ½(y − φ)²": (
                lambda pair: _agrees(pair, _ell, _squared)
            ),
            "al revés: primero ℓ, luego ℓ′ · swapped: first ℓ, then ℓ′": (
                lambda pair: _agrees(pair, _slope, _ell)
            ),
            "falla en a = ±800: usa np.logaddexp y sigmoid · "
            "it fails at a = ±800: use np.logaddexp and sigmoid": _overflows,
        },
        wants="(loss, slope), dos funciones de (a, y) · two functions of (a, y)",
        praise="ℓ = softplus(a) − ya, ℓ′ = σ(a) − y",
    ),
    "4.3": Exercise(
        right=lambda gradient: close(_given(gradient), _gradient()),
        mistakes={
            "signo al revés, la errata E6 · sign reversed, the slip E6": (
                lambda gradient: close(_given(gradient), _gradient(-1))
            ),
            "factor N: R es la media, no la suma · factor N: R is the mean": (
                lambda gradient: close(_given(gradient), _gradient(N=1))
            ),
            "falta el sesgo: ∂R/∂b · the bias is missing: ∂R/∂b": (
                lambda gradient: (
                    close(_given(gradient), _gradient()[:2])
                    or close(_given(gradient), _gradient(bias=False)[:2])
                )
            ),
            "falta b en φ = σ(w·x + b) · b is missing in φ = σ(w·x + b)": (
                lambda gradient: close(_given(gradient), _gradient(bias=False))
            ),
            "falta x · x is missing": (
                lambda gradient: (
                    close(_given(gradient), _gradient(inputs=False))
                    or close(_given(gradient), _gradient()[2])
                )
            ),
        },
        wants="una función de (theta, X, y) · a function of (theta, X, y)",
        praise="∇R = media de · mean of (φ − y)(x, 1)",
    ),
    "4.4": Exercise(
        right=lambda z: _new(z) > 1e-9,
        mistakes={
            "z es αx₁ + βx₂ + γ: no añade nada · z is αx₁ + βx₂ + γ: it adds nothing": (
                lambda z: _new(z) <= 1e-9
            ),
        },
        wants="4 números · 4 numbers",
        praise="con z hay un plano que separa · with z some plane separates",
    ),
    "4.5": Exercise(
        right=lambda eta: close(eta, 2 / L),
        mistakes={
            "falta el ¼: σ′ ≤ ¼ · the ¼ is missing: σ′ ≤ ¼": (
                lambda eta: close(eta, 2 / (4 * L))
            ),
            "eso es L · that is L": lambda eta: close(eta, L),
            "eso es 1/L · that is 1/L": lambda eta: close(eta, 1 / L),
            "factor N: XᵀX/N · factor N: XᵀX/N": (
                lambda eta: close(eta, 2 / (3 * L)) or close(eta, 2 / (12 * L))
            ),
            "usa el mayor valor propio · take the largest eigenvalue": (
                lambda eta: close(eta, 8)
            ),
        },
        praise="2/L = 4/3, L = λmax/4 = 3/2",
    ),
}
