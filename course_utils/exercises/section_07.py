"""Exercises of lecture 7: backpropagation."""

from itertools import combinations

import numpy as np

from ..activations import sigmoid, softmax
from . import Exercise, near

# 7.2: two examples; in the second y is no class but a distribution.
A = np.array([[0.3, -1.0, 0.8], [2.0, 0.5, -0.4]])
Y = np.array([[0.0, 1.0, 0.0], [0.2, 0.3, 0.5]])
PHI = softmax(A)


def _deltas(d_out) -> np.ndarray:
    """What the student's function makes of both examples, one after the other."""
    return np.array(
        [d_out(a, y) for a, y in zip(A.copy(), Y.copy(), strict=True)], float
    )


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


def _flat(parts) -> np.ndarray:
    """The four parts as one vector; a wrong shape is an error."""
    dW1, db1, dW2, db2 = (np.asarray(part, float) for part in parts)
    return np.concatenate([dW1.reshape(3, 3), [db1], dW2.reshape(3, 3), [db2]]).ravel()


def _gradient(backward) -> np.ndarray:
    """What the student's function makes of the example."""
    return _flat(backward(*_example()))


def _left() -> dict[str, np.ndarray]:
    """For every set of bugs, the smallest first, the gradient that they leave."""
    sets = [s for n in range(1, len(BUGS) + 1) for s in combinations(BUGS, n)]
    return {
        f"queda · left: {', '.join(names)}": _flat(
            _backward(*_example(), sum(BUGS[name] for name in names))
        )
        for names in sets
    }


def _other() -> dict[str, np.ndarray]:
    """Three mistakes that the student may add."""
    (x, y, W1, b1, W2, b2), (dW1, db1, dW2, db2) = _example(), _backward(*_example())
    h = np.tanh(W1 @ x + b1)
    d2 = sigmoid(W2 @ h + b2) - y
    d1 = (1 - h**2) * (W2.T @ d2)
    mistakes = {
        "∂ℓ/∂W = d hᵀ, no h dᵀ · not h dᵀ": (dW1.T, db1, dW2.T, db2),
        "sesgos al revés · biases swapped: b⁽¹⁾ → d⁽¹⁾": (dW1, db2, dW2, db1),
        "falta φ(1 − φ) en d⁽²⁾ · φ(1 − φ) is missing": (
            np.outer(d1, x),
            d1,
            np.outer(d2, h),
            d2,
        ),
    }
    return {mistake: _flat(parts) for mistake, parts in mistakes.items()}


ENTROPY = -0.3 * np.log(0.3) - 0.7 * np.log(0.7)

EXERCISES = {
    "7.1": Exercise(
        right=51,
        mistakes={
            "faltan los sesgos · the biases are missing": 41,
            "esos son solo los sesgos · those are the biases alone": 10,
            "la entrada no tiene sesgos · the input has no biases": 55,
            "suma por capas, no multipliques todo · add layers, do not multiply": 120,
        },
        hint={
            "es": r"Entre dos capas de $n$ y $m$ unidades hay una matriz de $m \times "
            r"n$ y $m$ sesgos.",
            "en": r"Between two layers of $n$ and $m$ units there are a matrix of $m "
            r"\times n$ and $m$ biases.",
        },
        praise="(4+1)·5 + (5+1)·3 + (3+1)·2",
    ),
    "7.2": Exercise(
        of=_deltas,
        right=PHI - Y,
        mistakes={
            "signo al revés · sign reversed": Y - PHI,
            "un solo término, la errata E14 · a single term, the slip E14": (
                -Y * (1 - PHI)
            ),
            "falta la softmax: φ no es a · the softmax is missing: φ is not a": A - Y,
            "eso es ∂ℓ/∂φ, falta llegar a a · that is ∂ℓ/∂φ, not yet ∂ℓ/∂a": -Y / PHI,
            "sobra φ(1 − φ) · φ(1 − φ) does not belong here": (
                (PHI - Y) * PHI * (1 - PHI)
            ),
            "σ no es la softmax: divide entre la suma · σ is not the softmax": (
                sigmoid(A) - Y
            ),
            "esa es φ, falta y · that is φ, y is missing": PHI,
        },
        hint={
            "es": r"La derivada de $\ln\sum_i e^{a_i}$ respecto de $a_j$ tiene "
            r"nombre: lo acabas de usar.",
            "en": r"The derivative of $\ln\sum_i e^{a_i}$ with respect to $a_j$ has a "
            r"name: you have just used it.",
        },
        wants="una función · a function d_out(a, y)",
        praise="φ − y",
    ),
    "7.3": Exercise(
        of=float,
        right=ENTROPY,
        mistakes={
            "0 no se alcanza, la errata E18 · 0 is not reached, the slip E18": (
                lambda risk: abs(risk) < 1e-9
            ),
            "con φ = ½; φ = 0.3 es mejor · with φ = ½; φ = 0.3 is better": np.log(2),
            "logaritmo natural, no de base 2 · natural logarithm, not base 2": (
                ENTROPY / np.log(2)
            ),
            "falta (1 − y) ln(1 − φ) · (1 − y) ln(1 − φ) is missing": (
                -0.3 * np.log(0.3)
            ),
            "falta y ln φ · y ln φ is missing": -0.7 * np.log(0.7),
            "casi: da tres decimales · almost: give three decimals": (
                near(ENTROPY, 2e-2)
            ),
            "es la media, no la suma · it is the mean, not the sum": 10 * ENTROPY,
            "esa es φ, falta R · that is φ, not R": 0.3,
            "signo al revés · sign reversed": -ENTROPY,
        },
        hint={
            "es": r"Deriva respecto de $\phi$ e iguala a cero. ¿Qué probabilidad "
            r"darías a $y = 1$ si siete de cada diez son $0$?",
            "en": r"Differentiate with respect to $\phi$ and set it to zero. Which "
            r"probability would you give to $y = 1$ if seven out of ten are $0$?",
        },
        praise="H(0.3) > 0",
    ),
    "7.4": Exercise(
        right=4,
        mistakes={
            "eso sirve para tanh: σ′(0) = ¼ · that is for tanh: σ′(0) = ¼": 1,
            "al revés: w σ′(0) = 1 · upside down: w σ′(0) = 1": 0.25,
            "esa sería w² · that would be w²": 16,
            "con w = 2 aún se desvanece: (2/4)ᴷ · w = 2 still vanishes": 2,
            "así cambia de signo en cada capa; w > 0 · so its sign flips each layer": (
                -4
            ),
        },
        hint={
            "es": r"Cada capa multiplica la delta por $w\,\sigma'(a)$. ¿Cuánto vale "
            r"$\sigma'(0)$?",
            "en": r"Each layer multiplies the delta by $w\,\sigma'(a)$. What is "
            r"$\sigma'(0)$?",
        },
        praise="w σ′(0) = 1",
    ),
    "7.5": Exercise(
        of=_gradient,
        right=_gradient(_backward),
        mistakes=_left() | _other(),
        hint={
            "es": r"Compara línea por línea con las fórmulas de esta lección. La "
            r"derivada de $\tanh$ se escribe con $h$; y mira qué se devuelve por "
            r"$b_1$ y $b_2$.",
            "en": r"Compare line by line with the formulas of this lecture. The "
            r"derivative of $\tanh$ is written with $h$; and look at what is returned "
            r"for $b_1$ and $b_2$.",
        },
        wants="backward(x, y, W1, b1, W2, b2) → (dW1, db1, dW2, db2)",
        praise="∂ℓ/∂W, ∂ℓ/∂b",
    ),
}
