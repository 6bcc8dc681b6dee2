"""Exercises of lecture 4: gradient descent for the sigmoid perceptron."""

from functools import partial

import numpy as np

from ..activations import sigmoid
from . import ANY, Between, Called, Exercise, When, any_of, close

# 4.1: a before the step is 0, so φ = ½; ‖(x, 1)‖² for x = (3, −1), and η = 0.2.
LENGTH2 = 11
NEW_A = -0.2 * 0.5 * LENGTH2

# 4.2: where the two functions are tried; at ±800, which come last, eᵃ overflows.
PAIRS = tuple((a, y) for a in (-3.0, 0.0, 0.5, 2.0, -800.0, 800.0) for y in (0.0, 1.0))


def _ell(a, y):
    return np.logaddexp(0, (1 - 2 * y) * a)


def _slope(a, y):
    return sigmoid(a) - y


BOTH = np.array([(_ell(*pair), _slope(*pair)) for pair in PAIRS])


def _of_squares(a, y):
    phi = sigmoid(a)
    return (phi - y) * phi * (1 - phi)


def _like(loss, slope):
    """Both wherever eᵃ is a number: whatever at ±800."""
    return lambda a, y: (loss(a, y), slope(a, y)) if abs(a) < 800 else (ANY, ANY)


# 4.3: examples of two and of three inputs, and a θ = (w, b) with nothing special.
EXAMPLES = (
    (
        np.array([0.4, -0.3, 0.2]),
        np.array([[1.0, 2.0], [-1.0, 0.5], [0.0, -2.0], [3.0, 1.0]]),
        np.array([1.0, 0.0, 1.0, 0.0]),
    ),
    (
        np.array([-0.2, 0.5, 0.1, -0.4]),
        np.array(
            [
                [1.0, 0.5, -1.0],
                [0.0, 2.0, 1.0],
                [-1.5, 1.0, 0.5],
                [2.0, -1, 0],
                [1, 1, 3],
            ]
        ),
        np.array([0.0, 1.0, 1.0, 0.0, 0.0]),
    ),
)


def _each(theta, X, y, *, sign=1, b=1, phi=sigmoid, inputs=True, squared=False):
    """∇ℓ of the examples as rows, or with a slip."""
    phis = phi(X @ theta[:-1] + b * theta[-1])
    error = sign * (phis - y) * (phis * (1 - phis) if squared else 1)
    columns = np.column_stack([X if inputs else np.ones_like(X), np.ones(len(X))])
    return error[:, None] * columns


def _gradient(theta, X, y, **slip):
    """∇R, the mean of these."""
    return _each(theta, X, y, **slip).mean(0)


def _ones_first(theta, X, y):
    """∇R of someone whose column of ones, and whose b, come first."""
    columns = np.column_stack([np.ones(len(X)), X])
    return (sigmoid(columns @ theta) - y) @ columns / len(y)


# 4.5: XᵀX/N of the inputs 2, 0, 0 with their ones is (4, 2; 2, 3)/3.
LARGEST = (7 + 17**0.5) / 6
L = LARGEST / 4

EXERCISES = {
    "4.1": Exercise(
        right=NEW_A,
        mistakes={
            "signo al revés, la errata E6 · sign reversed, the slip E6": -NEW_A,
            "b también se mueve: su entrada es 1 · b moves too: its input is 1": -1.0,
            "b se mueve como un peso de entrada 1: −η(φ − y) · "
            "b moves like a weight of input 1: −η(φ − y)": -0.9,
            "falta η · η is missing": NEW_A / 0.2,
            "esa es a antes del paso · that is a before the step": 0.0,
            "σ(0) no es 1 · σ(0) is not 1": 2 * NEW_A,
            "eso es φ; se pide a · that is φ; a is asked for": sigmoid(NEW_A),
            "θ se mueve con x, y a lo multiplica otra vez por x · "
            "θ moves by x, and a multiplies that by x once more": -0.3,
            "el cambio de a lleva ‖(x, 1)‖², no ‖(x, 1)‖ · "
            "the change of a has ‖(x, 1)‖², not ‖(x, 1)‖": -0.1 * LENGTH2**0.5,
            "eso baja por ½(y − φ)² · that descends ½(y − φ)²": NEW_A / 4,
        },
        hint={
            "es": r"¿Cuánto vale $a$ antes del paso, y $\phi$? Cada coordenada "
            r"de $\theta$ se mueve $-\eta(\phi-y)$ por su entrada; la de $b$ es 1.",
            "en": r"What is $a$ before the step, and so $\phi$? Each coordinate of "
            r"$\theta$ moves by $-\eta(\phi-y)$ times its input; that of $b$ is 1.",
        },
        praise="Δa = −η(φ − y)‖(x, 1)‖²",
    ),
    "4.2": Exercise(
        calls=("loss(a, y)", "slope(a, y)"),
        cases=PAIRS,
        right=lambda a, y: (_ell(a, y), _slope(a, y)),
        mistakes={
            "ℓ′ con el signo al revés, la errata E6 · ℓ′ with the sign reversed, E6": (
                _like(_ell, lambda a, y: -_slope(a, y))
            ),
            "es la log-verosimilitud: falta el menos de E4 · "
            "that is the log-likelihood: the minus of E4 is missing": any_of(
                _like(lambda a, y: -_ell(a, y), lambda a, y: -_slope(a, y)),
                _like(lambda a, y: -_ell(a, y), _slope),
            ),
            "(1 − y) ln φ debe ser (1 − y) ln(1 − φ), la errata E5 · "
            "(1 − y) ln φ must be (1 − y) ln(1 − φ), the slip E5": _like(
                lambda a, y: np.logaddexp(0, -a), lambda a, y: sigmoid(a) - 1
            ),
            "en ℓ falta − ya · − ya is missing in ℓ": (
                _like(lambda a, y: np.logaddexp(0, a), _slope)
            ),
            "en ℓ′ falta y · y is missing in ℓ′": _like(_ell, lambda a, y: sigmoid(a)),
            "ese ℓ′ es el de ½(y − φ)² · that ℓ′ belongs to ½(y − φ)²": (
                _like(_ell, _of_squares)
            ),
            "falla en a = ±800: usa np.logaddexp y sigmoid · "
            "it fails at a = ±800: use np.logaddexp and sigmoid": When(
                lambda both: close(both[:-4], BOTH[:-4]) and not close(both, BOTH)
            ),
        },
        hint={
            "es": r"En $\ln(1+e^a)$, ¿qué $u$ da $e^u = 1$? Y para `slope`, `sigmoid` "
            r"tampoco se desborda.",
            "en": r"In $\ln(1+e^a)$, which $u$ gives $e^u = 1$? And for `slope`, "
            r"`sigmoid` does not overflow either.",
        },
        praise="ℓ = softplus(a) − ya, ℓ′ = σ(a) − y",
    ),
    "4.3": Exercise(
        calls=("gradient(theta, X, y)",),
        cases=EXAMPLES,
        right=_gradient,
        mistakes={
            "signo al revés, la errata E6 · sign reversed, the slip E6": (
                partial(_gradient, sign=-1)
            ),
            "factor N: R es la media, no la suma · "
            "factor N: R is the mean, not the sum": lambda theta, X, y: _each(
                theta, X, y
            ).sum(0),
            "divide entre N ejemplos, no entre n entradas · "
            "divide by N examples, not by n inputs": any_of(
                lambda theta, X, y: _each(theta, X, y).sum(0) / X.shape[1],
                lambda theta, X, y: _each(theta, X, y).sum(0) / (X.shape[1] + 1),
            ),
            "falta el sesgo: ∂R/∂b · the bias is missing: ∂R/∂b": any_of(
                lambda theta, X, y: _gradient(theta, X, y)[:-1],
                lambda theta, X, y: _gradient(theta, X, y, b=0)[:-1],
            ),
            "falta la columna de unos: theta = (w, b) · "
            "the column of ones is missing: theta = (w, b)": Called(
                lambda theta, X, y: (theta[:-1], X, y),
                lambda theta, X, y: _gradient(theta, X, y, b=0)[:-1],
            ),
            "b va al final: theta = (w, b) · b goes last: theta = (w, b)": any_of(
                _ones_first, lambda theta, X, y: np.roll(_gradient(theta, X, y), 1)
            ),
            "una fila por ejemplo: falta la media · "
            "one row for each example: the mean is missing": _each,
            "la media es sobre los ejemplos: axis=0 · "
            "the mean is over the examples: axis=0": lambda theta, X, y: _each(
                theta, X, y
            ).mean(),
            "ese es el de ½(y − φ)² · that one belongs to ½(y − φ)²": (
                partial(_gradient, squared=True)
            ),
            "falta b en φ = σ(w·x + b) · b is missing in φ = σ(w·x + b)": (
                partial(_gradient, b=0)
            ),
            "falta σ: φ no es a · σ is missing: φ is not a": (
                partial(_gradient, phi=lambda a: a)
            ),
            "H no tiene pendiente: va σ · H has no slope: it is σ": (
                partial(_gradient, phi=lambda a: (a > 0) * 1.0)
            ),
            "falta x · x is missing": any_of(
                partial(_gradient, inputs=False),
                lambda theta, X, y: _gradient(theta, X, y)[-1],
            ),
        },
        hint={
            "es": r"Añade a $X$ una columna de unos, para $b$. Los errores son $\phi "
            r"- y$; el promedio divide entre $N$.",
            "en": r"Add a column of ones to $X$, for $b$. The errors are $\phi - y$; "
            r"the mean divides by $N$.",
        },
        praise="∇R es la media de (φ − y)(x, 1) · ∇R is the mean of (φ − y)(x, 1)",
    ),
    "4.4": Exercise(
        names=("z(0,0)", "z(0,1)", "z(1,0)", "z(1,1)"),
        times=(1, -1, -1, 1),  # 0 on every plane αx₁ + βx₂ + γ, and only there
        right=any_of(Between(-1e300, -1e-12), Between(1e-12, 1e300)),
        mistakes={
            "z es αx₁ + βx₂ + γ: no añade nada · z is αx₁ + βx₂ + γ: it adds nothing": (
                Between(-1.1e-12, 1.1e-12)
            ),
        },
        hint={
            "es": "La suma $x_1+x_2$ vale $0, 1, 1, 2$. ¿Qué número habría que "
            "restarle en $(1,1)$, y solo allí?",
            "en": "The sum $x_1+x_2$ is $0, 1, 1, 2$. Which number would have to be "
            "taken off at $(1,1)$, and only there?",
        },
        praise="con z hay un plano que separa · with z some plane separates",
    ),
    "4.5": Exercise(
        tolerance=5e-3,  # 4.32 will do
        right=2 / L,
        mistakes={
            "la columna de unos cuenta, y sus términos cruzados · "
            "the column of ones counts, cross terms and all": 6,
            "falta el ¼: σ′ ≤ ¼ · the ¼ is missing: σ′ ≤ ¼": 2 / LARGEST,
            "eso es L · that is L": L,
            "eso es 1/L · that is 1/L": 1 / L,
            "eso es λmax(XᵀX/N) · that is λmax(XᵀX/N)": LARGEST,
            "eso es L/2, al revés · that is L/2, upside down": L / 2,
            "factor N: es XᵀX/N · factor N: it is XᵀX/N": any_of(
                2 / (3 * L), 2 / (12 * L)
            ),
            "usa el mayor valor propio · take the largest eigenvalue": 9 * LARGEST,
        },
        hint={
            "es": r"$L = \frac14\lambda_{\max}(X^\top X/N)$, con la columna de unos "
            r"en $X$: es una matriz de $2\times2$. ¿Se anulan sus términos cruzados?",
            "en": r"$L = \frac14\lambda_{\max}(X^\top X/N)$, with the column of ones "
            r"in $X$: a $2\times2$ matrix. Do its cross terms vanish?",
        },
        praise="2/L = 48/(7 + √17), L = λmax/4",
    ),
}
