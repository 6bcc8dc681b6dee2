"""Update rules: from θ and a gradient g to the next θ, and nothing else.

Every rule is θ ← θ − η·direction(g); they differ in the direction. State starts at 0,
t counts steps (not epochs) from 1, and everything is elementwise. State is rebound,
never changed in place.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from .validation import finite, fitting, function, number, real, with_method

__all__ = [
    "AMSGrad",
    "Adagrad",
    "Adam",
    "AdamW",
    "GradientDescent",
    "Optimizer",
    "Proximal",
]

Rate = float | npt.ArrayLike | Callable[[int], float]


class Optimizer:
    """θ ← θ − η·direction(g): what all the rules share.

    Parameters
    ----------
    eta : float, array_like or callable
        Learning rate η: a number, an array that broadcasts against θ (shape
        (1000, 1) is a thousand rates at once), or a schedule η(t), t = 1, 2, …

    Raises
    ------
    ValueError
        If η is not finite; of a schedule, when its turn comes.

    Notes
    -----
    Slide 9 says η ∈ ℝ; what descends is η > 0. Any finite η is accepted here, so
    that one can watch what η ≤ 0 does.
    """

    def __init__(self, eta: Rate):
        self.eta = eta if callable(eta) else finite("eta", eta)[()]
        self.t = 0

    def rate(self, t: int) -> float | np.ndarray:
        """η at step t = 1, 2, …"""
        return finite("eta", self.eta(t))[()] if callable(self.eta) else self.eta

    def direction(self, gradient: np.ndarray) -> np.ndarray:
        """What −η multiplies, of the shape of the gradient."""
        raise NotImplementedError

    def step(self, theta: npt.ArrayLike, gradient: npt.ArrayLike) -> np.ndarray:
        """One update.

        Parameters
        ----------
        theta, gradient : array_like, shape (..., p)
            The point θₜ₋₁ and the gradient there, gₜ.

        Returns
        -------
        ndarray, shape (..., p)
            θₜ, a new array; overflow gives ±inf or NaN without a warning.
        """
        theta, gradient = real("theta", theta), real("gradient", gradient)
        self.t += 1
        eta = self.rate(self.t)
        fit = fitting(theta=theta, gradient=gradient, eta=eta)
        with np.errstate(all="ignore"), fit:
            return theta - eta * self.direction(gradient)


class GradientDescent(Optimizer):
    """Gradient descent: θ ← θ − η g.

    Parameters
    ----------
    eta : float, array_like or callable
        Learning rate η, as in `Optimizer`; η > 0 descends.

    Notes
    -----
    Slides 7–9. The sign is minus whatever the sign of g. With the gradient of one
    example or of a mini-batch this is SGD (slide 12).
    """

    def direction(self, gradient):
        return gradient


class Adagrad(Optimizer):
    """Adagrad: μ ← μ + g², θ ← θ − η g / (√μ + ε).

    Parameters
    ----------
    eta : float, array_like or callable
        Learning rate η, as in `Optimizer`.
    epsilon : float
        ε > 0, outside the root; ``np.finfo(float).tiny`` acts as ε = 0.

    Notes
    -----
    Slide 13, where μ₀ = 0 is not said: μ grows *before* the step. Duchi, Hazan,
    Singer (2011), JMLR 12.
    """

    def __init__(self, eta: Rate, epsilon: float = 1e-8):
        super().__init__(eta)
        self.epsilon = number("epsilon", epsilon, "(0, inf)")
        self.mu = 0.0

    def direction(self, gradient):
        self.mu = self.mu + gradient**2
        return gradient / (np.sqrt(self.mu) + self.epsilon)


class Adam(Optimizer):
    """Adam: θ ← θ − η m̂ / (√ν̂ + ε).

    m ← β₁ m + (1 − β₁) g and ν ← β₂ ν + (1 − β₂) g² start at 0, so at first they
    are too short; `bias_correction` makes m̂ and ν̂ of them.

    Parameters
    ----------
    eta : float, array_like or callable
        Learning rate η, as in `Optimizer`.
    beta1, beta2 : float
        Memory of m and of ν, in [0, 1).
    epsilon : float
        ε > 0, outside the root; ``np.finfo(float).tiny`` acts as ε = 0.

    Notes
    -----
    Slide 14 divides by 1 − β, without the power t, and allows β = 1. Kingma & Ba
    (2015), ICLR, algorithm 1.
    """

    def __init__(
        self,
        eta: Rate,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
    ):
        super().__init__(eta)
        self.beta1 = number("beta1", beta1, "[0, 1)")
        self.beta2 = number("beta2", beta2, "[0, 1)")
        self.epsilon = number("epsilon", epsilon, "(0, inf)")
        self.m = self.nu = 0.0

    def bias_correction(self, average, beta: float):
        """m̂ from m and β₁, ν̂ from ν and β₂.

        For a constant gradient mₜ = (1 − β₁ᵗ) g: dividing by 1 − βᵗ returns g.
        """
        return average / (1 - beta**self.t)

    def remember(self, gradient: np.ndarray) -> None:
        """Let m and ν take in the gradient."""
        self.m = self.beta1 * self.m + (1 - self.beta1) * gradient
        self.nu = self.beta2 * self.nu + (1 - self.beta2) * gradient**2

    def direction(self, gradient):
        self.remember(gradient)
        m = self.bias_correction(self.m, self.beta1)
        nu = self.bias_correction(self.nu, self.beta2)
        return m / (np.sqrt(nu) + self.epsilon)


class AMSGrad(Adam):
    """AMSGrad: Adam with the largest ν so far and no bias correction.

    θ ← θ − η m / (√maxₛ νₛ + ε): a large gradient is never forgotten, so the step
    never grows again.

    Parameters
    ----------
    eta, beta1, beta2, epsilon
        As in `Adam`.

    Notes
    -----
    Beyond the lecture. Reddi, Kale, Kumar (2018), *On the convergence of Adam and
    beyond*, ICLR, algorithm 2 (which has no ε).
    """

    nu_max = 0.0  # the largest ν so far

    def direction(self, gradient):
        self.remember(gradient)
        self.nu_max = np.maximum(self.nu_max, self.nu)
        return self.m / (np.sqrt(self.nu_max) + self.epsilon)


class AdamW(Adam):
    """AdamW: θ ← (1 − ηλ) θ first, then the step of Adam.

    Parameters
    ----------
    eta, beta1, beta2, epsilon
        As in `Adam`.
    weight_decay : float
        λ ≥ 0, the decoupled decay. It is not the penalty γ‖θ‖²: with Adam the two
        differ (slide 28); with plain GD they agree for λ = 2γ.

    Notes
    -----
    Beyond the lecture. Loshchilov & Hutter (2019), *Decoupled weight decay
    regularization*, ICLR; as is usual, λ is multiplied by η.
    """

    def __init__(
        self,
        eta: Rate,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
        *,
        weight_decay: float,
    ):
        super().__init__(eta, beta1, beta2, epsilon)
        self.weight_decay = number("weight_decay", weight_decay, "[0, inf)")

    def step(self, theta, gradient):
        with np.errstate(all="ignore"):
            decay = 1 - self.rate(self.t + 1) * self.weight_decay
            theta = decay * real("theta", theta)
        return super().step(theta, gradient)


class Proximal:
    """A step of an optimizer, and then θ ← prox(θ).

    Parameters
    ----------
    optimizer : Optimizer
        Anything with ``step(theta, gradient)``.
    prox : callable
        θ → θ: ``lambda theta: soft_threshold(theta, eta * gamma)`` for an L₁
        penalty, ``lambda theta: np.clip(theta, -1, 1)`` to stay in a box.

    Notes
    -----
    Beyond the lecture: what the L₁ norm of slide 26 needs at θ = 0, where it has no
    derivative. Parikh & Boyd (2014), *Proximal algorithms*.
    """

    def __init__(self, optimizer, prox: Callable[[np.ndarray], np.ndarray]):
        self.optimizer = with_method("optimizer", optimizer, "step")
        self.prox = function("prox", prox)

    def step(self, theta: npt.ArrayLike, gradient: npt.ArrayLike) -> np.ndarray:
        """One update; shapes as in `Optimizer.step`."""
        with np.errstate(all="ignore"):
            return self.prox(self.optimizer.step(theta, gradient))
