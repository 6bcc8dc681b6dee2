"""Is this gradient right? Central differences answer, and name the worst coordinate."""

from dataclasses import dataclass

import numpy as np

from .languages import told
from .validation import finite, function, number, real, with_method

__all__ = ["GradientCheck", "check_gradient"]


@dataclass(frozen=True)
class GradientCheck:
    """What `check_gradient` found, told in the language that is spoken.

    The text has only digits that every machine shares.

    Attributes
    ----------
    error : float
        The largest difference, relative to the largest component of the gradient.
    worst : int
        The coordinate where the difference is largest.
    gradient, differences : ndarray, shape (p,)
        The gradient that was checked and the one by central differences.
    tolerance : float
        What `error` may be.
    """

    error: float
    worst: int
    gradient: np.ndarray
    differences: np.ndarray
    tolerance: float

    @property
    def ok(self) -> bool:
        return bool(self.error <= self.tolerance)

    def __repr__(self):
        if self.ok:
            below = f"{self.tolerance:.0e}"
            return told(
                [
                    f"✓ error relativo menor que {below}",
                    f"✓ relative error below {below}",
                ]
            )
        worst = f"theta[{self.worst}]"
        gradient, differences = (
            f"{slopes[self.worst]:.4g}" for slopes in (self.gradient, self.differences)
        )
        return told(
            [
                f"✗ error relativo {self.error:.2g}, el peor en {worst}: "
                f"gradiente {gradient}, diferencias {differences}",
                f"✗ relative error {self.error:.2g}, worst at {worst}: "
                f"gradient {gradient}, differences {differences}",
            ]
        )


def check_gradient(risk, theta, tolerance: float = 1e-6) -> GradientCheck:
    """Compare ∂R/∂θᵢ with (R(θ + h eᵢ) − R(θ − h eᵢ)) / 2h, coordinate by coordinate.

    The error of the difference is of order h², its rounding of order ε/h; the sum is
    smallest near h = ε^⅓, which is the step here. It costs 2p evaluations of the risk.

    Parameters
    ----------
    risk : Risk
        Anything that gives R(θ) when called and has `.gradient(theta)`.
    theta : array_like, shape (p,)
        The point at which to compare. Away from kinks, such as 0 for |θ|.
    tolerance : float, > 0
        The relative error up to which the result is `ok`.

    Raises
    ------
    ValueError
        If θ is not a finite vector, or the gradient has not the shape of θ.
    """
    with_method("risk", function("risk", risk), "gradient")
    theta = finite("theta", theta)
    if theta.ndim != 1 or theta.size == 0:
        raise ValueError(f"theta: shape {theta.shape}, must be (p,) with p ≥ 1")
    tolerance = number("tolerance", tolerance, "(0, inf)")
    gradient = real("gradient", risk.gradient(theta), len(theta))
    h = np.cbrt(EPSILON) * np.maximum(1, np.abs(theta))
    with np.errstate(all="ignore"):  # where R overflows, the check says so
        rises = [risk(theta + step) - risk(theta - step) for step in np.diag(h)]
        differences = np.array(rises, float) / (2 * h)
        gap = np.abs(gradient - differences)
    # Some last digits of R, divided by h, are no error of the gradient.
    rounding = 10 * EPSILON * np.abs(risk(theta)) / h.min()
    scale = max(np.abs(gradient).max(), np.abs(differences).max(), rounding / tolerance)
    if not np.isfinite(scale):
        worst = int((~np.isfinite(gap)).argmax())
        return GradientCheck(np.inf, worst, gradient, differences, tolerance)
    error = gap.max() / scale if scale > 0 else 0.0
    # The first of those that are equally bad: a tie must not be decided by rounding.
    worst = int((gap >= gap.max() * (1 - 1e-6)).argmax())
    return GradientCheck(float(error), worst, gradient, differences, tolerance)


EPSILON = np.finfo(float).eps
