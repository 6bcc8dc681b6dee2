"""The one loop of the course: θ₀, θ₁, θ₂, …"""

import copy
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import numpy as np
import numpy.typing as npt

from .validation import finite, integer, number, with_method

__all__ = ["descend", "iterates"]


def iterates(
    risk, theta0: npt.ArrayLike, optimizer, batches: Iterable | None = None
) -> Iterator[np.ndarray]:
    """The points θ₀, θ₁, θ₂, … of a descent, without end.

    It works on copies of the optimizer and of the batches (their rng included), so
    the same call gives the same points.

    Parameters
    ----------
    risk : Risk
        Anything with ``gradient(theta)``; with batches, also ``on(batch)``.
    theta0 : array_like, shape (..., p)
        Where to start. It is broadcast to the shape of θ₁: an η of shape (1000, 1)
        makes a thousand descents of it.
    optimizer : Optimizer
        Anything with ``step(theta, gradient)``.
    batches : iterable, optional
        Each pass over it is one epoch, each of its batches one step: what
        `full_batch`, `stochastic` or `mini_batches` return, or a list of indices. A
        plain iterator cannot be copied, nor begun again: it is used up. Without
        batches each step uses the gradient of the whole risk.

    Yields
    ------
    ndarray, shape (..., p)
        θₜ. If the path diverges it overflows to ±inf and then NaN, silently.

    Raises
    ------
    ValueError
        If the risk or the optimizer is none, if θ₀ is not finite, if the batches do
        not fit the risk, or when there are no batches left.

    Notes
    -----
    Slides 9 (gradient descent) and 12 (its variants).
    """
    with_method("risk", risk, "gradient")
    with_method("optimizer", optimizer, "step")
    theta0 = finite("theta0", theta0)
    if batches is not None:
        batches = _checked(batches, risk)
    return _walk(theta0, _gradients(risk, batches), copy.deepcopy(optimizer))


def descend(
    risk,
    theta0: npt.ArrayLike,
    optimizer,
    batches: Iterable | None = None,
    *,
    steps: int,
    tolerance: float | None = None,
) -> np.ndarray:
    """The path θ₀, θ₁, …, θ_steps as one array.

    Parameters
    ----------
    risk, theta0, optimizer, batches
        As in `iterates`.
    steps : int
        Number of updates, ≥ 0: steps, not epochs.
    tolerance : float, optional
        Stop at the first θₜ with ‖∇R(θₜ)‖ ≤ tolerance, ∇R that of the whole risk
        (with leading axes: when all their points are there). Never, if None.

    Returns
    -------
    ndarray, shape (steps + 1, ..., p)
        Shorter if the tolerance was reached.

    Raises
    ------
    ValueError
        As `iterates`, and if steps or tolerance is negative.
    """
    steps = integer("steps", steps, low=0)
    if tolerance is not None:
        tolerance = number("tolerance", tolerance, low=0)
    path = []
    for theta in islice(iterates(risk, theta0, optimizer, batches), steps + 1):
        path.append(theta)
        if tolerance is not None and _settled(risk, theta, tolerance):
            break
    return np.array(path)


def _walk(theta, gradients: Iterator[Callable], optimizer) -> Iterator[np.ndarray]:
    def step(theta):
        # Not around a yield: the caller's own warnings are the caller's.
        with np.errstate(all="ignore"):
            return optimizer.step(theta, next(gradients)(theta))

    after = step(theta)
    yield np.broadcast_to(theta, np.shape(after)).copy()
    while True:
        yield after
        after = step(after)


def _gradients(risk, batches: Iterable | None) -> Iterator[Callable]:
    """The gradient that each step uses."""
    while batches is None:
        yield risk.gradient
    while True:
        left = False
        for batch in batches:
            left = True
            yield risk.on(batch).gradient
        if not left:
            raise ValueError("batches: exhausted, no batch is left for this step")


def _checked(batches, risk) -> Iterable:
    """The batches, copied if they can be, if they fit the risk."""
    try:
        again = iter(batches) is not batches
    except TypeError:
        raise ValueError(
            f"batches = {batches!r}: must be an iterable of batches"
        ) from None
    if not hasattr(risk, "on"):
        raise ValueError("risk: must be an EmpiricalRisk to be used with batches")
    N = getattr(batches, "examples", risk.examples)
    if N != risk.examples:
        raise ValueError(f"batches of N = {N} examples: the risk has {risk.examples}")
    return copy.deepcopy(batches) if again else batches


def _settled(risk, theta: np.ndarray, tolerance: float) -> bool:
    """Whether ‖∇R(θ)‖ ≤ tolerance at every point; never where it is NaN."""
    with np.errstate(all="ignore"):
        norms = np.sqrt(np.sum(risk.gradient(theta) ** 2, -1))
        return bool(np.all(norms <= tolerance))
