"""Exercises of lecture 4: gradient descent for the sigmoid perceptron."""

from contextlib import suppress

import numpy as np

from ..activations import sigmoid
from . import ANY, Exercise, any_of, near

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


def _anything(a, y):
    return ANY


def _like(loss, slope) -> np.ndarray:
    """What this pair gives wherever eᵃ is a number: whatever at ±800."""
    values = _both((loss, slope))
    values[..., [0, -1]] = ANY
    return values


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


def _given(gradient) -> np.ndarray:
    """What the student's function gives; (∂R/∂w, ∞) if it wants a θ without b."""
    try:
        return _called(gradient, THETA)
    except ValueError:
        with suppress(Exception):  # as X @ theta does; with b it only raises
            return np.array([*_called(gradient, THETA[:2]), np.inf])
        raise


def _called(gradient, theta) -> np.ndarray:
    return np.asarray(gradient(theta.copy(), X.copy(), Y.copy()), float)


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
        right=STEP,
        mistakes={
            "signo al revés, la errata E6 · sign reversed, the slip E6": -STEP,
            "falta el sesgo: b también se mueve · the bias is missing: b moves too": (
                any_of(STEP[:2], STEP * [1, 1, 0])
            ),
            "b se mueve como un peso de entrada 1: −η(φ − y) · "
            "b moves like a weight of input 1: −η(φ − y)": STEP * [1, 1, -1],
            "el orden es (w1, w2, b) · the order is (w1, w2, b)": STEP[[2, 0, 1]],
            "falta η · η is missing": STEP / 0.2,
            "σ(0) no es 0 · σ(0) is not 0": np.zeros(3),
            "σ(0) no es 1 · σ(0) is not 1": 2 * STEP,
            "falta x · x is missing": (-0.1, -0.1, -0.1),
            "eso baja por ½(y − φ)² · that descends ½(y − φ)²": STEP / 4,
        },
        hint={
            "es": r"En $\theta = 0$, $a = 0$. ¿Cuánto vale $\sigma(0)$? El gradiente "
            r"es $(\phi-y)\,(x_1, x_2, 1)$.",
            "en": r"At $\theta = 0$, $a = 0$. What is $\sigma(0)$? The gradient is "
            r"$(\phi-y)\,(x_1, x_2, 1)$.",
        },
        wants="(w1, w2, b)",
        praise="θ − η(φ − y)(x, 1), φ = ½",
    ),
    "4.2": Exercise(
        of=_both,
        right=_both((_ell, _slope)),
        mistakes={
            "ℓ′ con el signo al revés, la errata E6 · ℓ′ with the sign reversed, E6": (
                _like(_ell, _against)
            ),
            "es la log-verosimilitud: falta el menos de E4 · "
            "that is the log-likelihood: the minus of E4 is missing": (
                any_of(_like(_likelihood, _against), _like(_likelihood, _slope))
            ),
            "(1 − y) ln φ debe ser (1 − y) ln(1 − φ), la errata E5 · "
            "(1 − y) ln φ must be (1 − y) ln(1 − φ), the slip E5": (
                _like(_swallowed, _swallowed_slope)
            ),
            "en ℓ falta − ya · − ya is missing in ℓ": _like(_softplus, _slope),
            "en ℓ′ falta y · y is missing in ℓ′": _like(_ell, _blind),
            "ese ℓ′ es el de ½(y − φ)² · that ℓ′ belongs to ½(y − φ)²": (
                _like(_ell, _squared)
            ),
            "al revés: primero ℓ, luego ℓ′ · swapped: first ℓ, then ℓ′": (
                _like(_slope, _ell)
            ),
            "falla en a = ±800: usa np.logaddexp y sigmoid · "
            "it fails at a = ±800: use np.logaddexp and sigmoid": _like(_ell, _slope),
            "ℓ está bien, ℓ′ no · ℓ is right, ℓ′ is not": _like(_ell, _anything),
            "ℓ′ está bien, ℓ no · ℓ′ is right, ℓ is not": _like(_anything, _slope),
        },
        hint={
            "es": r"$e^{800}$ se desborda. `np.logaddexp(x, z)` calcula $\ln(e^x + "
            r"e^z)$ sin desbordarse; ¿qué $x$ da $e^x = 1$?",
            "en": r"$e^{800}$ overflows. `np.logaddexp(x, z)` computes $\ln(e^x + "
            r"e^z)$ without overflow; which $x$ gives $e^x = 1$?",
        },
        wants="(loss, slope), dos funciones de (a, y) · two functions of (a, y)",
        praise="ℓ = softplus(a) − ya, ℓ′ = σ(a) − y",
    ),
    "4.3": Exercise(
        of=_given,
        right=_gradient(),
        mistakes={
            "signo al revés, la errata E6 · sign reversed, the slip E6": (
                _gradient(sign=-1)
            ),
            "factor N: R es la media, no la suma · factor N: R is the mean": (
                4 * _gradient()
            ),
            "falta el sesgo: ∂R/∂b · the bias is missing: ∂R/∂b": (
                any_of(_gradient()[:2], _gradient(bias=False)[:2])
            ),
            "falta la columna de unos: theta = (w, b) · "
            "the column of ones is missing: theta = (w, b)": (ANY, ANY, np.inf),
            "b va al final: theta = (w, b) · b goes last: theta = (w, b)": (
                any_of(_first(), _gradient()[[2, 0, 1]])
            ),
            "una fila por ejemplo: falta la media · "
            "one row for each example: take the mean": _each(),
            "ese es el de ½(y − φ)² · that one belongs to ½(y − φ)²": (
                _gradient(squared=True)
            ),
            "falta b en φ = σ(w·x + b) · b is missing in φ = σ(w·x + b)": (
                _gradient(bias=False)
            ),
            "falta x · x is missing": any_of(_gradient(inputs=False), _gradient()[2]),
        },
        hint={
            "es": r"Añade a $X$ una columna de unos, para $b$. Los errores son $\phi "
            r"- y$; el promedio divide entre $N$.",
            "en": r"Add a column of ones to $X$, for $b$. The errors are $\phi - y$; "
            r"the mean divides by $N$.",
        },
        wants="gradient(theta, X, y): n + 1 números · n + 1 numbers",
        praise="∇R = media de · mean of (φ − y)(x, 1)",
    ),
    "4.4": Exercise(
        of=_new,
        right=lambda new: new > 1e-9,
        mistakes={
            "z es αx₁ + βx₂ + γ: no añade nada · z is αx₁ + βx₂ + γ: it adds nothing": (
                lambda new: new <= 1e-9
            ),
        },
        hint={
            "es": "La suma $x_1+x_2$ vale $0, 1, 1, 2$. ¿Qué número habría que "
            "restarle en $(1,1)$, y solo allí?",
            "en": "The sum $x_1+x_2$ is $0, 1, 1, 2$. Which number would have to be "
            "taken off at $(1,1)$, and only there?",
        },
        wants="4 números · 4 numbers",
        praise="con z hay un plano que separa · with z some plane separates",
    ),
    "4.5": Exercise(
        right=near(2 / L, 5e-3),  # 1.33 will do
        mistakes={
            "falta el ¼: σ′ ≤ ¼ · the ¼ is missing: σ′ ≤ ¼": 2 / (4 * L),
            "eso es L · that is L": L,
            "eso es 1/L · that is 1/L": 1 / L,
            "eso es λmax(XᵀX/N) · that is λmax(XᵀX/N)": 4 * L,
            "eso es L/2, al revés · that is L/2, upside down": L / 2,
            "factor N: XᵀX/N · factor N: XᵀX/N": any_of(2 / (3 * L), 2 / (12 * L)),
            "usa el mayor valor propio · take the largest eigenvalue": 8,
        },
        hint={
            "es": r"$L = \frac14\lambda_{\max}(X^\top X/N)$, con la columna de unos "
            r"en $X$. La media de las entradas es 0: ¿qué términos desaparecen?",
            "en": r"$L = \frac14\lambda_{\max}(X^\top X/N)$, with the column of ones "
            r"in $X$. The mean of the inputs is 0: which terms vanish?",
        },
        praise="2/L = 4/3, L = λmax/4 = 3/2",
    ),
}
