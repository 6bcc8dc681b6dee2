"""Activations g(a), each beside its derivative g'(a), and softmax.

All act elementwise on arrays of any shape, except `softmax`, which acts on the last
axis. None of them overflows or warns, however large |a| is: a path that diverges
gives 0, 1 or NaN, in silence. `ACTIVATIONS` is what a `Network` may be made of.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .validation import real

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "sigmoid",
    "sigmoid_derivative",
    "tanh",
    "tanh_derivative",
    "identity",
    "identity_derivative",
    "relu",
    "relu_derivative",
    "softmax",
]


def sigmoid(a) -> np.ndarray:
    """σ(a) = 1 / (1 + e⁻ᵃ), in (0, 1). Slide 10."""
    a = real("a", a)
    e = np.exp(-np.abs(a))  # in [0, 1] for either sign of a: nothing can overflow
    return np.where(np.less(a, 0), e, 1.0) / (1 + e)


def sigmoid_derivative(a) -> np.ndarray:
    """σ'(a) = σ(a)(1 − σ(a)), at most ¼, at a = 0. Slide 24."""
    e = np.exp(-np.abs(real("a", a)))  # σ' is even; 1 − σ would lose digits
    return e / (1 + e) ** 2


def tanh(a) -> np.ndarray:
    """tanh(a) = 2σ(2a) − 1, in (−1, 1). Slide 16."""
    return np.tanh(real("a", a))


def tanh_derivative(a) -> np.ndarray:
    """tanh'(a) = 1 − tanh²(a) = 4σ'(2a), at most 1, at a = 0. Slide 17."""
    e = np.exp(-np.abs(real("a", a))) ** 2  # squared afterwards: 2a could overflow
    return 4 * e / (1 + e) ** 2


def identity(a) -> np.ndarray:
    """g(a) = a: a linear layer. Slide 22."""
    return real("a", a)


def identity_derivative(a) -> np.ndarray:
    """g'(a) = 1."""
    return np.ones(real("a", a).shape)


def relu(a) -> np.ndarray:
    """max(0, a). Not in the lecture; V. Nair and G. Hinton, ICML 2010."""
    return np.maximum(0.0, real("a", a))


def relu_derivative(a) -> np.ndarray:
    """1 for a > 0, otherwise 0. At the kink a = 0 we choose the sub-gradient 0."""
    return np.heaviside(real("a", a), 0.0)


def softmax(a) -> np.ndarray:
    """φᵢ = e^(aᵢ) / Σⱼ e^(aⱼ) along the last axis.

    Its derivative is a matrix, ∂φᵢ/∂aⱼ = φᵢ(δᵢⱼ − φⱼ), not one number for each unit:
    that is why slide 19 needs a sum (see `network`).

    Parameters
    ----------
    a : array_like, shape (..., n)

    Returns
    -------
    ndarray, shape (..., n)
        Positive numbers that add up to 1 along the last axis.
    """
    a = real("a", a)
    if a.shape[-1:] in ((), (0,)):
        raise ValueError(f"a has shape {a.shape}: expected (…, n) with n ≥ 1")
    with np.errstate(invalid="ignore"):  # inf − inf, once a path has diverged
        return _softmax(a)


def _softmax(a: np.ndarray) -> np.ndarray:
    """The same for a risk, which is silent on its own."""
    e = np.exp(a - a.max(-1, keepdims=True))  # a common shift changes nothing
    e /= e.sum(-1, keepdims=True)
    return e


class Activation(NamedTuple):
    """An activation g, and its derivative in two ways; softmax has neither.

    Attributes
    ----------
    g : callable
        a → h = g(a).
    derivative : callable or None
        a → g'(a).
    slope : callable or None
        h → g'(a), from what the forward pass has: σ' = σ(1 − σ) (slide 24).
    """

    g: Callable
    derivative: Callable | None = None
    slope: Callable | None = None


ACTIVATIONS = {
    "identity": Activation(identity, identity_derivative, np.ones_like),
    "sigmoid": Activation(sigmoid, sigmoid_derivative, lambda h: h * (1 - h)),
    "tanh": Activation(tanh, tanh_derivative, lambda h: 1 - h * h),
    "relu": Activation(relu, relu_derivative, lambda h: np.heaviside(h, 0.0)),
    "softmax": Activation(_softmax),
}
