"""The perceptron of slides 10–11, sigmoid and cross-entropy, and the classical one.

The bias that the slides leave out is the last coordinate, θ = (w₁, …, wₙ, b): an input
that is always 1 stands beside every x.
"""

import numpy as np

from .activations import sigmoid
from .risk import EmpiricalRisk
from .validation import finite, integer, labels, number, real, shape

__all__ = ["classical_perceptron", "logistic_regression", "perceptron_risk"]


def perceptron_risk(X, y) -> EmpiricalRisk:
    """R(θ) = −(1/N) Σ [y ln φ + (1 − y) ln(1 − φ)], φ = σ(w·x + b). Slide 10.

    Written with a = w·x + b the loss of an example is ℓ = ln(1 + eᵃ) − y a, and its
    derivative ∂ℓ/∂a = φ − y. (Slide 11 has y − φ: E4–E6.) The risk is convex.

    Parameters
    ----------
    X : array_like, shape (N, n)
        Inputs.
    y : array_like, shape (N,)
        Labels, 0 or 1.

    Returns
    -------
    EmpiricalRisk
        Over θ of shape (..., n + 1). Its `is_weight` is true on w and false on b.
    """
    X, y = _examples(X, y)

    def value(theta, X, y):
        a = real("theta", theta, ..., X.shape[1]) @ X.T
        # ln(1 + eᵃ) − y a, but without a difference: ln(1 + e⁻ᵃ) where y = 1.
        return np.logaddexp(0, (1 - 2 * y) * a).mean(-1)

    def gradient(theta, X, y):
        a = real("theta", theta, ..., X.shape[1]) @ X.T
        return (sigmoid(a) - y) @ X / len(y)

    is_weight = np.arange(X.shape[1]) < X.shape[1] - 1
    return EmpiricalRisk(value, gradient, X, y, is_weight=is_weight)


def logistic_regression(X, y, gamma: float = 0.0, steps: int = 20) -> np.ndarray:
    """The minimiser of R(θ) + γ‖θ‖², R as in `perceptron_risk`, by Newton's steps.

        θ ← θ − H⁻¹∇, H = (1/N) Σ φ(1 − φ) xxᵀ + 2γI the second derivatives,

    from θ = 0. Near the minimum each step doubles the digits that are right, so a few
    are enough; from far away nothing is sure.

    Parameters
    ----------
    X : array_like, shape (..., N, n)
        Inputs; leading axes count samples, each of which is fitted alone.
    y : array_like, shape (N,)
        Labels, 0 or 1, the same for every sample.
    gamma : float, ≥ 0
        Weight of the penalty, on b too. At 0 separable data have no minimiser, and θ is
        only where the steps ended.
    steps : int, ≥ 0

    Returns
    -------
    ndarray, shape (..., n + 1)
        θ = (w₁, …, wₙ, b).

    Raises
    ------
    ValueError
        If the second derivatives become singular, and θ runs away.
    """
    X = finite("X", X, ..., "N", "n")
    y = shape("y", labels("y", y, allowed=(0, 1)), X.shape[-2])
    gamma = number("gamma", gamma, "[0, inf)")
    X = np.concatenate([X, np.ones_like(X[..., :1])], axis=-1)
    theta, ridge = np.zeros((*X.shape[:-2], X.shape[-1])), 2 * gamma
    with np.errstate(all="ignore"):
        for _ in range(integer("steps", steps, low=0)):
            phi = sigmoid(np.einsum("...si,...i->...s", X, theta))
            slope = np.einsum("...s,...si->...i", phi - y, X) / len(y) + ridge * theta
            weighted = (phi * (1 - phi) / len(y))[..., None] * X
            H = weighted.swapaxes(-1, -2) @ X + ridge * np.eye(X.shape[-1])
            theta = theta - _solved(H, slope, gamma)
    return theta


def _solved(H, slope, gamma):
    """H⁻¹ slope, if there is one."""
    try:
        step = np.linalg.solve(H, slope[..., None])[..., 0]
    except np.linalg.LinAlgError:
        step = np.full_like(slope, np.nan)
    if not np.isfinite(step).all():
        raise ValueError(f"gamma = {gamma:g}: too small for such X, θ runs away")
    return step


def classical_perceptron(X, y, eta=1.0, theta0=None, epochs=100) -> np.ndarray:
    """Rosenblatt's rule: θ ← θ + η(y − ŷ)(x, 1), with the step ŷ = 1 if w·x + b > 0.

    The form is that of the sigmoid's update on one example; only ŷ replaces φ, so that
    θ moves at mistakes alone. The examples are visited in order, again and again.

    Parameters
    ----------
    X : array_like, shape (N, n)
        Inputs.
    y : array_like, shape (N,)
        Labels, 0 or 1.
    eta : float, > 0
        Learning rate. From θ₀ = 0 it only rescales the path.
    theta0 : array_like, shape (n + 1,), optional
        Where to begin; 0 if not given.
    epochs : int, ≥ 0
        Passes at most. It stops earlier after a pass without a mistake.

    Returns
    -------
    ndarray, shape (mistakes + 1, n + 1)
        θ₀ and θ after each mistake.

    Notes
    -----
    For separable data and θ₀ = 0 there are at most (ρ / margin)² mistakes, ρ the
    largest ‖(x, 1)‖. F. Rosenblatt, 1958; A. Novikoff, 1962.
    """
    X, y = _examples(X, y)
    eta = number("eta", eta, "(0, inf)")
    theta0 = np.zeros(X.shape[1]) if theta0 is None else theta0
    path = [finite("theta0", theta0, X.shape[1])]
    with np.errstate(all="ignore"):
        for _ in range(integer("epochs", epochs, low=0)):
            mistakes = len(path)
            for x, label in zip(X, y, strict=True):
                error = label - (path[-1] @ x > 0)
                if error:
                    path.append(path[-1] + eta * error * x)
            if len(path) == mistakes:
                break
    if not np.isfinite(path[-1]).all():
        raise ValueError(f"eta = {eta:g}: with these X and theta0, θ overflows")
    return np.array(path)


def _examples(X, y):
    """X with its column of ones, and y, checked."""
    X = finite("X", X, "N", "n")
    y = shape("y", labels("y", y, allowed=(0, 1)), len(X))
    return np.column_stack([X, np.ones(len(X))]), y
