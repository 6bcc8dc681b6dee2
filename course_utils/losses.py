"""Losses of slide 4, each beside its gradient with respect to its last argument.

Distributions lie along the last axis; leading axes are examples, and the value is
always the mean over examples, so that every gradient carries the factor 1/N.
What is given (q, y) must be finite; what a model computes (p, phi) may be NaN, as it
is after a path has diverged: the value then is NaN, without a warning.
"""

import numpy as np

from .validation import finite, real, shape

__all__ = [
    "entropy",
    "entropy_gradient",
    "kl_divergence",
    "kl_divergence_gradient",
    "cross_entropy",
    "cross_entropy_gradient",
    "binary_cross_entropy",
    "binary_cross_entropy_gradient",
    "mean_squared_error",
    "mean_squared_error_gradient",
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

    Raises
    ------
    ValueError
        If q is empty, not finite or negative.
    """
    q = _given("q", q)
    return _mean(-_xlogy(q, q))


def entropy_gradient(q) -> np.ndarray:
    """∂H/∂qᵢ = −(ln qᵢ + 1) / N, of q's shape; +inf where qᵢ = 0."""
    q = _given("q", q)
    with np.errstate(divide="ignore"):
        return -(np.log(q) + 1) / _examples(q)


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

    Raises
    ------
    ValueError
        If the shapes differ, or q or p is empty or negative, or q is not finite.
    """
    q = _given("q", q)
    p = _computed("p", p, q)
    return _mean(-_xlogy(q, p))


def cross_entropy_gradient(q, p) -> np.ndarray:
    """∂CE/∂pᵢ = −qᵢ / (N pᵢ), of p's shape; 0 where q = p = 0, −inf where only p is.

    Along the logits of a softmax it becomes φ − q; that is in `network`.
    """
    q = _given("q", q)
    p = _computed("p", p, q)
    return -_ratio(q, p) / _examples(p)


def kl_divergence(q, p) -> float:
    """KL(q‖p) = Σ qᵢ ln(qᵢ/pᵢ) ≥ 0 for distributions, 0 only if p = q. Slide 4.

    The *forward* divergence: minimising it in p is maximum likelihood. Parameters,
    result and errors are those of `cross_entropy`.
    """
    q = _given("q", q)
    p = _computed("p", p, q)
    with np.errstate(over="ignore"):
        return _mean(_xlogy(q, _ratio(q, p)))


def kl_divergence_gradient(q, p) -> np.ndarray:
    """∂KL/∂pᵢ = −qᵢ / (N pᵢ), the gradient of the cross-entropy: H(q) has no p."""
    return cross_entropy_gradient(q, p)


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

    Raises
    ------
    ValueError
        If the shapes differ, or y or φ is empty or outside [0, 1], or y is not finite.
    """
    y = _given("y", y, high=1)
    phi = _computed("phi", phi, y, high=1)
    return _mean(-_xlogy(y, phi) - _xlogy(1 - y, 1 - phi), outputs=y.ndim > 1)


def binary_cross_entropy_gradient(y, phi) -> np.ndarray:
    """[−y/φ + (1 − y)/(1 − φ)] / N, of φ's shape, with 0/0 = 0."""
    y = _given("y", y, high=1)
    phi = _computed("phi", phi, y, high=1)
    slope = _ratio(1 - y, 1 - phi) - _ratio(y, phi)
    return slope / _examples(phi, outputs=y.ndim > 1)


def mean_squared_error(y, phi) -> float:
    """½‖y − φ‖², the mean over examples. Slide 4.

    Parameters
    ----------
    y, phi : array_like, shape (N,) or (N, n)
        Targets and outputs, of the same shape, as in `binary_cross_entropy`.

    Raises
    ------
    ValueError
        If the shapes differ, y is empty or y is not finite.
    """
    y = _given("y", y, low=-np.inf)
    phi = _computed("phi", phi, y, low=-np.inf)
    with np.errstate(over="ignore"):
        return _mean((phi - y) ** 2 / 2, outputs=y.ndim > 1)


def mean_squared_error_gradient(y, phi) -> np.ndarray:
    """(φ − y) / N, of φ's shape."""
    y = _given("y", y, low=-np.inf)
    phi = _computed("phi", phi, y, low=-np.inf)
    return (phi - y) / _examples(phi, outputs=y.ndim > 1)


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
    array = shape(name, real(name, array), *like.shape)
    return _within(name, array, low, high)


def _within(name, array, low, high):
    outside = (array < low) | (array > high)  # NaN is in neither: it passes
    if outside.any():
        allowed = f"in [{low:g}, {high:g}]" if np.isfinite(high) else f"≥ {low:g}"
        raise ValueError(f"{name} = {array[outside][0]:g}: must be {allowed}")
    return array
