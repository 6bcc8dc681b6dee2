"""Losses of slide 4, as numbers and as what a network learns from.

Functions of distributions come first, H(q), KL(q‖p) and the like: one number, the mean
over examples. What is given (q, y) must be finite; what a model computes (p, phi) may
be NaN, as it is after a path has diverged: the value then is NaN, without a warning.

`LOSSES` holds the same losses for `Network.risk`, each beside its derivative: one value
for each example, from a where that saves digits, and ∂ℓ/∂a, where backpropagation
begins.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .activations import ACTIVATIONS
from .validation import finite, real

__all__ = [
    "LOSSES",
    "Loss",
    "binary_cross_entropy",
    "cross_entropy",
    "entropy",
    "half_squared_error",
    "kl_divergence",
]


def entropy(q) -> float:
    """H(q) = −Σ qᵢ ln qᵢ in nats, with 0·ln 0 = 0.

    Parameters
    ----------
    q : array_like, shape (n,) or (..., n)
        One distribution, or one for each example. Only qᵢ ≥ 0 is asked, not Σq = 1:
        the coordinates are free, as they must be for a derivative in each of them.

    Returns
    -------
    float
        The sum over the last axis, averaged over the leading ones.
    """
    q = _given("q", q)
    return _mean(-_xlogy(q, q))


def cross_entropy(q, p) -> float:
    """CE(q, p) = −Σ qᵢ ln pᵢ = H(q) + KL(q‖p). Slide 4, whose minus sign is missing.

    Parameters
    ----------
    q, p : array_like, shape (n,) or (..., n)
        Data distribution and model distribution, of the same shape, not negative.

    Returns
    -------
    float
        The sum over the last axis, averaged over the leading ones. 0·ln 0 = 0, and
        +inf where q > 0 but p = 0.
    """
    q = _given("q", q)
    p = _computed("p", p, q)
    return _mean(-_xlogy(q, p))


def kl_divergence(q, p) -> float:
    """KL(q‖p) = Σ qᵢ ln(qᵢ/pᵢ) ≥ 0 for distributions, 0 only if p = q. Slide 4.

    The *forward* divergence: minimising it in p is maximum likelihood. Parameters,
    result and errors are those of `cross_entropy`.
    """
    q = _given("q", q)
    p = _computed("p", p, q)
    with np.errstate(over="ignore"):
        return _mean(_xlogy(q, _ratio(q, p)))


def binary_cross_entropy(y, phi) -> float:
    """−[y ln φ + (1 − y) ln(1 − φ)], the mean over examples. Slide 10.

    To train, prefer `perceptron_risk` or `Network.risk`: they compute the same number
    from a, where φ = σ(a), and lose no digits when φ rounds to 0 or 1.

    Parameters
    ----------
    y, phi : array_like, shape (N,) or (N, n)
        Targets and outputs in [0, 1], of the same shape. (N,) are N examples; (N, n)
        are N examples with n outputs, summed over n and averaged over N.

    Returns
    -------
    float
        +inf if φ is 0 or 1 on the wrong side; never a warning.
    """
    y = _given("y", y, high=1)
    phi = _computed("phi", phi, y, high=1)
    return _mean(-_xlogy(y, phi) - _xlogy(1 - y, 1 - phi), outputs=y.ndim > 1)


def half_squared_error(y, phi) -> float:
    """½‖y − φ‖², the mean over examples. Slide 4.

    Parameters
    ----------
    y, phi : array_like, shape (N,) or (N, n)
        Targets and outputs, of the same shape, as in `binary_cross_entropy`.
    """
    y = _given("y", y, low=-np.inf)
    phi = _computed("phi", phi, y, low=-np.inf)
    with np.errstate(over="ignore"):
        return _mean((phi - y) ** 2 / 2, outputs=y.ndim > 1)


def _xlogy(x, y):
    """x ln y, with 0 ln 0 = 0 and x ln 0 = −inf for x > 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where((x == 0) & (y == 0), 0.0, x * np.log(y))


def _ratio(x, y):
    """x / y, with 0 / 0 = 0."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.where((x == 0) & (y == 0), 0.0, x / y)


def _mean(terms, outputs=True):
    """The sum over the outputs of an example, averaged over the examples."""
    return float(terms.sum() / _examples(terms, outputs))


def _examples(array, outputs=True):
    """N: all the numbers, or all but those along the axis of the outputs."""
    return array.size // (array.shape[-1] if outputs else 1)


def _given(name, array, low=0.0, high=np.inf):
    array = finite(name, array)
    if array.ndim == 0 or array.size == 0:
        raise ValueError(f"{name}: shape {array.shape}, at least one example is needed")
    return _within(name, array, low, high)


def _computed(name, array, like, low=0.0, high=np.inf):
    return _within(name, real(name, array, *like.shape), low, high)


def _within(name, array, low, high):
    outside = (array < low) | (array > high)  # NaN is in neither: it passes
    if outside.any():
        allowed = f"in [{low:g}, {high:g}]" if np.isfinite(high) else f"≥ {low:g}"
        raise ValueError(f"{name} = {array[outside][0]:g}: must be {allowed}")
    return array


class Loss(NamedTuple):
    """A loss ℓ of each example, as a `Network` learns from it.

    Attributes
    ----------
    ell : callable
        (a, φ, y), rows are examples → ℓ of each, shape (..., N).
    d_out : dict
        For each output that it goes with, (φ, y) → ∂ℓ/∂a, the d⁽ᴷ⁺¹⁾ of slide 18.
    targets : callable
        (name, y) → y, or a ValueError if y is no target of this loss.
    """

    ell: Callable
    d_out: dict[str, Callable]
    targets: Callable = finite


def through_softmax(phi, e):
    """Jᵀe with J = diag φ − φφᵀ: each φᵢ depends on every aⱼ (slide 19, E14)."""
    return phi * (e - (phi * e).sum(-1, keepdims=True))


def any_output(slope: Callable) -> dict[str, Callable]:
    """∂ℓ/∂a for every output, from ∂ℓ/∂φ: times g', or through softmax's matrix."""

    def through(g: Callable) -> Callable:
        return lambda phi, y: slope(phi, y) * g(phi)

    outputs = {name: through(g.slope) for name, g in ACTIVATIONS.items() if g.slope}
    return {**outputs, "softmax": lambda phi, y: through_softmax(phi, slope(phi, y))}


def _difference(phi, y):
    """φ − y: what is left of ∂ℓ/∂φ once it has gone through σ or softmax."""
    return phi - y


def _from_logits(a, phi, y):
    """ln Σ eᵃ − y·a = −Σ y ln φ, where Σ y = 1: never the log of a softmax."""
    a = a - a.max(-1, keepdims=True)  # changes nothing, as Σ y = 1; no overflow
    return np.log(np.exp(a).sum(-1)) - (y * a).sum(-1)


def _probabilities(name, y):
    return _within(name, y, 0, 1)


def _distributions(name, y):
    bad = (y < 0).any(-1) | (np.abs(y.sum(-1) - 1) > 1e-9)
    if bad.any():
        raise ValueError(f"{name} = {y[bad][0]}: must be ≥ 0 and add up to 1")
    return y


LOSSES = {
    "half_squared_error": Loss(
        lambda a, phi, y: np.square(phi - y).sum(-1) / 2, any_output(_difference)
    ),
    "binary_cross_entropy": Loss(  # Σ ln(1 + eᵃ) − y a: never the log of a sigmoid
        lambda a, phi, y: (np.logaddexp(0, a) - y * a).sum(-1),
        {"sigmoid": _difference},
        _probabilities,
    ),
    "cross_entropy": Loss(_from_logits, {"softmax": _difference}, _distributions),
}
