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
    values = [[_tried(function, a, y) for a in A] for y in (0, 1)]
    return np.array(values, float)


def _tried(function, a, y):
    try:
        return function(a, y)
    except OverflowError:  # the functions of `math` raise where those of NumPy give inf
        return np.nan


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


def _softplus(a, y):
    return np.logaddexp(0, a)


def _swallowed(a, y):
    return np.logaddexp(0, -a)


def _swallowed_slope(a, y):
    return sigmoid(a) - 1


def _squared(a, y):
    phi = sigmoid(a)
    return (phi - y) * phi * (1 - phi)


def _right(pair) -> bool:
    return close(_both(pair), _both((_ell, _slope)))


def _like(pair, *other) -> bool:
    """Whether the pair is another one, wherever eᵃ is a number: ±800 left out."""
    return close(_both(pair)[..., 1:-1], _both(other)[..., 1:-1])


def _one_right(pair, which: int) -> bool:
    """Whether at least this one of loss and slope is right, ±800 left out."""
    wanted = _both((_ell, _slope))[which, :, 1:-1]
    return close(_both(pair)[which, :, 1:-1], wanted)


# 4.3: four examples of two inputs, and a θ = (w₁, w₂, b) with nothing special.
X = np.array([[1.0, 2.0], [-1.0, 0.5], [0.0, -2.0], [3.0, 1.0]])
Y = np.array([1, 0, 1, 0])
THETA = np.array([0.4, -0.3, 0.2])


def _each(sign=1, bias=True, inputs=True, squared=False) -> np.ndarray:
    """∇ℓ of the four examples as rows, or with a slip."""
    phi = sigmoid(X @ THETA[:2] + bias * THETA[2])
    error = sign * (phi - Y) * (phi * (1 - phi) if squared else 1)
    columns = np.column_stack([X if inputs else np.ones((4, 2)), np.ones(4)])
    return error[:, None] * columns


def _gradient(**slip) -> np.ndarray:
    """∇R, the mean of these."""
    return _each(**slip).mean(0)


def _first() -> np.ndarray:
    """∇R of someone whose column of ones, and whose b, come first."""
    columns = np.column_stack([np.ones(4), X])
    return (sigmoid(columns @ THETA) - Y) @ columns / 4


def _given(gradient, theta=THETA) -> np.ndarray:
    return np.asarray(gradient(theta.copy(), X.copy(), Y.copy()), float)


def _without_ones(gradient) -> bool:
    """Whether it wants a θ without b, as X @ theta does; with b it only raises."""
    try:
        given = _given(gradient, THETA[:2])
    except ValueError:  # it wants a θ with b, as it should
        return False
    return close(given, _gradient(bias=False)[:2])


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
            "b se mueve como un peso de entrada 1: −η(φ − y) · "
            "b moves like a weight of input 1: −η(φ − y)": (
                lambda theta: close(theta, STEP * [1, 1, -1])
            ),
            "el orden es (w1, w2, b) · the order is (w1, w2, b)": (
                lambda theta: close(theta, STEP[[2, 0, 1]])
            ),
            "falta η · η is missing": lambda theta: close(theta, STEP / 0.2),
            "σ(0) no es 0 · σ(0) is not 0": lambda theta: close(theta, np.zeros(3)),
            "σ(0) no es 1 · σ(0) is not 1": lambda theta: close(theta, 2 * STEP),
            "falta x · x is missing": lambda theta: close(theta, [-0.1, -0.1, -0.1]),
            "eso baja por ½(y − φ)² · that descends ½(y − φ)²": (
                lambda theta: close(theta, STEP / 4)
            ),
        },
        wants="(w1, w2, b)",
        praise="θ − η(φ − y)(x, 1), φ = ½",
    ),
    "4.2": Exercise(
        right=_right,
        mistakes={
            "ℓ′ con el signo al revés, la errata E6 · ℓ′ with the sign reversed, E6": (
                lambda pair: _like(pair, _ell, _against)
            ),
            "es la log-verosimilitud: falta el menos de E4 · "
            "that is the log-likelihood: the minus of E4 is missing": (
                lambda pair: (
                    _like(pair, _likelihood, _against)
                    or _like(pair, _likelihood, _slope)
                )
            ),
            "(1 − y) ln φ debe ser (1 − y) ln(1 − φ), la errata E5 · "
            "(1 − y) ln φ must be (1 − y) ln(1 − φ), the slip E5": (
                lambda pair: _like(pair, _swallowed, _swallowed_slope)
            ),
            "en ℓ falta − ya · − ya is missing in ℓ": (
                lambda pair: _like(pair, _softplus, _slope)
            ),
            "en ℓ′ falta y · y is missing in ℓ′": (
                lambda pair: _like(pair, _ell, _blind)
            ),
            "ese ℓ′ es el de ½(y − φ)² · that ℓ′ belongs to ½(y − φ)²": (
                lambda pair: _like(pair, _ell, _squared)
            ),
            "al revés: primero ℓ, luego ℓ′ · swapped: first ℓ, then ℓ′": (
                lambda pair: _like(pair, _slope, _ell)
            ),
            "falla en a = ±800: usa np.logaddexp y sigmoid · "
            "it fails at a = ±800: use np.logaddexp and sigmoid": (
                lambda pair: _like(pair, _ell, _slope)
            ),
            "ℓ está bien, ℓ′ no · ℓ is right, ℓ′ is not": (
                lambda pair: _one_right(pair, 0)
            ),
            "ℓ′ está bien, ℓ no · ℓ′ is right, ℓ is not": (
                lambda pair: _one_right(pair, 1)
            ),
        },
        wants="(loss, slope), dos funciones de (a, y) · two functions of (a, y)",
        praise="ℓ = softplus(a) − ya, ℓ′ = σ(a) − y",
    ),
    "4.3": Exercise(
        right=lambda gradient: close(_given(gradient), _gradient()),
        mistakes={
            "signo al revés, la errata E6 · sign reversed, the slip E6": (
                lambda gradient: close(_given(gradient), _gradient(sign=-1))
            ),
            "factor N: R es la media, no la suma · factor N: R is the mean": (
                lambda gradient: close(_given(gradient), 4 * _gradient())
            ),
            "falta el sesgo: ∂R/∂b · the bias is missing: ∂R/∂b": (
                lambda gradient: (
                    close(_given(gradient), _gradient()[:2])
                    or close(_given(gradient), _gradient(bias=False)[:2])
                )
            ),
            "falta la columna de unos: theta = (w, b) · "
            "the column of ones is missing: theta = (w, b)": (_without_ones),
            "b va al final: theta = (w, b) · b goes last: theta = (w, b)": (
                lambda gradient: (
                    close(_given(gradient), _first())
                    or close(_given(gradient), _gradient()[[2, 0, 1]])
                )
            ),
            "una fila por ejemplo: falta la media · "
            "one row for each example: take the mean": (
                lambda gradient: close(_given(gradient), _each())
            ),
            "ese es el de ½(y − φ)² · that one belongs to ½(y − φ)²": (
                lambda gradient: close(_given(gradient), _gradient(squared=True))
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
        wants="gradient(theta, X, y): n + 1 números · n + 1 numbers",
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
        right=lambda eta: close(eta, 2 / L, tolerance=5e-3),  # 1.33 will do
        mistakes={
            "falta el ¼: σ′ ≤ ¼ · the ¼ is missing: σ′ ≤ ¼": (
                lambda eta: close(eta, 2 / (4 * L))
            ),
            "eso es L · that is L": lambda eta: close(eta, L),
            "eso es 1/L · that is 1/L": lambda eta: close(eta, 1 / L),
            "eso es λmax(XᵀX/N) · that is λmax(XᵀX/N)": lambda eta: close(eta, 4 * L),
            "eso es L/2, al revés · that is L/2, upside down": (
                lambda eta: close(eta, L / 2)
            ),
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
