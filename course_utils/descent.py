"""The one loop of the course: θ₀, θ₁, θ₂, …"""

import copy
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, repeat

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
        Where to start. An η of shape (1000, 1) makes a thousand descents of it, from
        θ₁ on.
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
        θₜ: first θ₀ in its own shape, then one update for each gradient. If the path
        diverges it overflows to ±inf and then NaN, silently.

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
    gradients = _gradients(risk, batches)
    optimizer = copy.deepcopy(with_method("optimizer", optimizer, "step"))

    def walk(theta):
        yield theta.copy()
        for gradient in gradients:
            with np.errstate(all="ignore"):  # not around a yield: that is the caller's
                theta = optimizer.step(theta, gradient(theta))
            yield theta

    return walk(finite("theta0", theta0))


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
        Shorter if the tolerance was reached. θ₀ is broadcast to the shape of the
        others, if there are any: without an update it is alone, in its own shape.

    Raises
    ------
    ValueError
        As `iterates`, and if steps or tolerance is negative.
    """
    steps = integer("steps", steps, low=0)
    if tolerance is not None:
        tolerance = number("tolerance", tolerance, "[0, inf)")
    path = []
    for theta in islice(iterates(risk, theta0, optimizer, batches), steps + 1):
        path.append(theta)
        if tolerance is not None and _settled(risk, theta, tolerance):
            break
    path[0] = np.broadcast_to(path[0], np.shape(path[-1]))
    return np.array(path)


def _gradients(risk, batches: Iterable | None) -> Iterator[Callable]:
    """The gradient that each step uses."""
    if batches is None:
        return repeat(risk.gradient)
    return _epochs(risk, _checked(batches, risk))


def _epochs(risk, batches: Iterable) -> Iterator[Callable]:
    """Batch after batch, again and again."""
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
