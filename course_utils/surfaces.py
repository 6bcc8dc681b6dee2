"""Surfaces to walk on: risks given by a formula, each value beside its gradient.

Every one accepts θ of shape (..., p) and sums over the last axis, so the one formula
serves a curve (p = 1), a contour plot (a grid of points) and a sweep.
"""

import numpy as np
import numpy.typing as npt

from .risk import Risk
from .validation import finite, shape

__all__ = [
    "absolute_value",
    "beale",
    "double_well",
    "parabola",
    "quadratic",
    "quartic",
    "rosenbrock",
]

# R(θ) = θ², slides 8 and 9: GD multiplies θ by 1 − 2η.
parabola = Risk(
    lambda theta: np.sum(theta**2, -1),
    lambda theta: 2 * theta,
)

# R(θ) = θ⁴: the curvature grows with |θ|, so no η is right everywhere.
quartic = Risk(
    lambda theta: np.sum(theta**4, -1),
    lambda theta: 4 * theta**3,
)

# R(θ) = |θ|: the slope does not shrink near the minimum (sub-gradient 0 at 0).
absolute_value = Risk(
    lambda theta: np.sum(np.abs(theta), -1),
    lambda theta: np.sign(theta),
)

# R(θ) = ¼(θ² − 1)²: two minima, ±1, of curvature 2, and a maximum between them.
double_well = Risk(
    lambda theta: np.sum((theta**2 - 1) ** 2, -1) / 4,
    lambda theta: theta * (theta**2 - 1),
)


def quadratic(A: npt.ArrayLike) -> Risk:
    """R(θ) = ½ θᵀAθ, whose gradient is Aθ.

    Along each eigenvector of A, GD multiplies θ by 1 − ηλ.

    Parameters
    ----------
    A : array_like, shape (p, p)
        Symmetric (up to rounding); convex if its eigenvalues are ≥ 0.

    Returns
    -------
    Risk
        For θ of shape (..., p).

    Raises
    ------
    ValueError
        If A is not a finite symmetric matrix, or (when called) θ is not (..., p).
    """
    A = finite("A", A, "p", "p")
    p = len(A)
    shape("A", A, p, p)
    if not np.allclose(A, A.T, rtol=1e-9, atol=1e-12 * np.abs(A).max(initial=0)):
        raise ValueError(f"A = {A.tolist()}: must be symmetric")
    A = (A + A.T) / 2

    def gradient(theta):
        return shape("theta", theta, ..., p) @ A

    return Risk(lambda theta: np.sum(theta * gradient(theta), -1) / 2, gradient)


def _rosenbrock(theta):
    x, y = _coordinates(theta)
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def _rosenbrock_gradient(theta):
    x, y = _coordinates(theta)
    climb = 200 * (y - x**2)
    return np.stack([-2 * (1 - x) - 2 * x * climb, climb], -1)


def _beale(theta):
    x, y = _coordinates(theta)
    return sum((c - x + x * y**k) ** 2 for k, c in _BEALE)


def _beale_gradient(theta):
    x, y = _coordinates(theta)
    dx = sum(2 * (c - x + x * y**k) * (y**k - 1) for k, c in _BEALE)
    dy = sum(2 * (c - x + x * y**k) * k * x * y ** (k - 1) for k, c in _BEALE)
    return np.stack([dx, dy], -1)


_BEALE = ((1, 1.5), (2, 2.25), (3, 2.625))


def _coordinates(theta):
    theta = shape("theta", theta, ..., 2)
    return theta[..., 0], theta[..., 1]


# R(x, y) = (1 − x)² + 100(y − x²)²: a bent valley, minimum 0 at (1, 1).
# Rosenbrock (1960), The Computer Journal 3(3).
rosenbrock = Risk(_rosenbrock, _rosenbrock_gradient)

# R(x, y) = Σₖ (cₖ − x + x yᵏ)², c = 1.5, 2.25, 2.625: flat, with steep walls; minimum
# 0 at (3, ½). Beale (1958), On an iterative method for finding a local minimum.
beale = Risk(_beale, _beale_gradient)
