"""Penalties Ω(θ) of slide 26, as risks: R + γΩ is written `risk + gamma * l2`.

`l2` is Tychonoff's penalty (ridge, and weight decay under plain gradient descent);
`l1` is the lasso, and γ₁ `l1` + γ₂ `l2` the elastic net. The norms are entrywise, and
‖θ‖² carries no ½.
"""

import numpy as np

from .risk import Risk
from .validation import booleans, finite, fitting, number, real

__all__ = ["Penalty", "ball_through", "l1", "l2", "soft_threshold"]


class Penalty(Risk):
    """A risk Ω(θ) that counts every coordinate, or those of a mask."""

    def over(self, mask) -> "Penalty":
        """The same penalty on the coordinates where the mask is true.

        Parameters
        ----------
        mask : array_like of bool, shape (p,)
            `network.is_weight` or `perceptron_risk(X, y).is_weight`: biases stay free.

        Raises
        ------
        ValueError
            If the mask is not a vector of booleans; later if θ has not p coordinates.
        """
        mask = booleans("mask", mask)

        def masked(theta):
            return np.where(mask, real("theta", theta, ..., len(mask)), 0.0)

        # At 0 both gradients are 0, so masking θ masks the gradient too.
        return Penalty(
            lambda theta: self(masked(theta)),
            lambda theta: self.gradient(masked(theta)),
        )


# Ω₁ = Σ|θᵢ|. Its gradient is a sub-gradient where θᵢ = 0: any number in [−1, 1] would
# do, and we choose 0. The slides give none (E25).
l1 = Penalty(lambda theta: np.abs(theta).sum(-1), np.sign)

# Ω₂ = Σθᵢ², with gradient 2θ. Slides 26–28.
l2 = Penalty(lambda theta: np.square(theta).sum(-1), lambda theta: 2 * theta)


def soft_threshold(theta, gamma) -> np.ndarray:
    """sign(θ) max(|θ| − γ, 0): towards 0 by γ, and exactly 0 within γ of it.

    It is the θ' with the smallest ½‖θ' − θ‖² + γ‖θ'‖₁, the proximal step of the lasso.
    Not in the lecture (E25).

    Parameters
    ----------
    theta : array_like
    gamma : float or array_like, ≥ 0
        Broadcasts with θ. In a proximal gradient step it is η times the γ of the risk.

    Returns
    -------
    ndarray
    """
    gamma = finite("gamma", gamma)
    if (gamma < 0).any():
        raise ValueError(f"gamma = {gamma.min():g}: must be ≥ 0")
    theta = real("theta", theta)
    with fitting(theta=theta, gamma=gamma):
        return theta - np.clip(theta, -gamma, gamma)


def ball_through(theta, gamma1, gamma2) -> np.ndarray:
    """The border of the ball {Ω ≤ Ω(θ)} of Ω = γ₁‖·‖₁ + γ₂‖·‖², in the plane.

    A diamond if γ₂ = 0, a circle if γ₁ = 0, and otherwise something between the two,
    with corners on the axes.

    Parameters
    ----------
    theta : array_like, shape (2,)
        A point of the border.
    gamma1, gamma2 : float, ≥ 0

    Returns
    -------
    ndarray, shape (361, 2)
        A closed curve; nan if γ₁ = γ₂ = 0, as Ω is then 0 everywhere.
    """
    theta = finite("theta", theta, 2)
    gamma1 = number("gamma1", gamma1, "[0, inf)")
    gamma2 = number("gamma2", gamma2, "[0, inf)")
    if gamma1 == gamma2 == 0:
        return np.full((361, 2), np.nan)
    angle = np.radians(np.arange(361))
    u = np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    u = np.where(np.abs(u) < 1e-12, 0.0, u)  # on the axes exactly
    # At the distance r in the direction u, Ω = γ₂r² + pr with p = γ₁‖u‖₁. The root in
    # this form, as γ₂ may be 0.
    height, p = gamma1 * l1(theta) + gamma2 * l2(theta), gamma1 * l1(u)
    below = p + np.sqrt(p**2 + 4 * gamma2 * height)
    r = np.divide(2 * height, below, out=np.zeros(361), where=below > 0)
    return r[:, None] * u
