"""Risks: functions R(θ) that know their gradient (slide 3).

A penalised risk is written as in the formula, ``risk + gamma * l2``.
"""

from __future__ import annotations

import copy
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from .validation import booleans, finite, function, number, real

__all__ = ["EmpiricalRisk", "Risk"]


class Risk:
    """A risk R: call it for R(θ), and `gradient` for ∇R(θ).

    Risks are added, ``risk + penalty``, and multiplied by a number,
    ``gamma * penalty``. Far from a minimum R and ∇R may overflow: they are then
    ±inf or NaN, without a warning.

    Parameters
    ----------
    value : callable
        θ of shape (..., p) → R(θ) of shape (...).
    gradient : callable
        θ of shape (..., p) → ∇R(θ) of shape (..., p).
    is_weight : ndarray of bool, shape (p,), optional
        Which coordinates of θ are weights, that is, may be penalised; false on
        biases. Only carried along, for ``risk + gamma * l2.over(risk.is_weight)``.

    Notes
    -----
    Slide 3 calls any R: Θ → ℝ a risk.
    """

    # NumPy scalars and arrays then leave `np.float64(2) * risk` to __rmul__.
    __array_ufunc__ = None

    data: tuple[np.ndarray, ...] = ()  # an EmpiricalRisk has some

    def __init__(self, value: Callable, gradient: Callable, *, is_weight=None):
        self._value = function("value", value)
        self._gradient = function("gradient", gradient)
        self.is_weight = None if is_weight is None else booleans("is_weight", is_weight)

    def __call__(self, theta: npt.ArrayLike) -> np.ndarray:
        """R(θ), of shape (...) for θ of shape (..., p)."""
        with np.errstate(all="ignore"):
            return self._value(real("theta", theta), *self.data)

    def gradient(self, theta: npt.ArrayLike) -> np.ndarray:
        """∇R(θ), of the shape of θ, (..., p)."""
        with np.errstate(all="ignore"):
            return self._gradient(real("theta", theta), *self.data)

    def __add__(self, other: Risk) -> Risk:
        if not isinstance(other, Risk):
            return NotImplemented
        k = len(self.data)  # the first k data are ours, the rest the other's

        def value(theta, *data):
            return self._value(theta, *data[:k]) + other._value(theta, *data[k:])

        def gradient(theta, *data):
            ours = self._gradient(theta, *data[:k])
            return ours + other._gradient(theta, *data[k:])

        is_weight = other.is_weight if self.is_weight is None else self.is_weight
        return _risk(value, gradient, *self.data, *other.data, is_weight=is_weight)

    def __mul__(self, factor: float) -> Risk:
        c = number("factor", factor)
        return _risk(
            lambda theta, *data: c * self._value(theta, *data),
            lambda theta, *data: c * self._gradient(theta, *data),
            *self.data,
            is_weight=self.is_weight,
        )

    __rmul__ = __mul__


class EmpiricalRisk(Risk):
    """The mean loss over N examples, R(θ) = (1/N) Σₛ ℓ(θ; xₛ, yₛ).

    `on` restricts it to a mini-batch. Adding a penalty or multiplying by a number
    leaves it empirical, so that a mini-batch keeps its penalty.

    Parameters
    ----------
    value : callable
        (θ, *data) → R(θ): the mean over whichever examples it is given.
    gradient : callable
        (θ, *data) → ∇R(θ).
    *data : array_like, shape (N, ...)
        The examples, one along the first axis: X, Y, …
    is_weight : ndarray of bool, shape (p,), optional
        As in `Risk`.

    Raises
    ------
    ValueError
        If there are no data or no examples, if the data disagree about N, or hold
        NaN or infinity.

    Notes
    -----
    Vapnik (1998), *Statistical Learning Theory*; slides 3 and 12.
    """

    def __init__(self, value: Callable, gradient: Callable, *data, is_weight=None):
        super().__init__(value, gradient, is_weight=is_weight)
        self.data = tuple(finite(f"data[{i}]", d) for i, d in enumerate(data))
        shapes = [d.shape for d in self.data]
        lengths = {s[:1] for s in shapes}
        if len(lengths) != 1:
            listed = " and ".join(map(str, shapes)) or "none"
            raise ValueError(f"data of shapes {listed}: all need the same N")
        if lengths <= {(), (0,)}:
            raise ValueError(f"data of shape {shapes[0]}: must hold N ≥ 1 examples")

    @property
    def examples(self) -> int:
        """N, the number of examples."""
        return len(self.data[0])

    def on(self, batch: npt.ArrayLike) -> EmpiricalRisk:
        """The same risk, over the examples of a mini-batch only.

        Parameters
        ----------
        batch : array_like of int, shape (n,)
            Indices of examples, 0 … N−1; a mask of N booleans will do.

        Raises
        ------
        ValueError
            If the batch is empty or names an example that does not exist.
        """
        try:
            batch = np.atleast_1d(batch)
        except ValueError:  # ragged
            batch = np.array(None)
        if batch.dtype.kind not in "iub" or batch.ndim != 1:
            raise ValueError(f"batch = {batch!r}: must be indices, of shape (n,)")
        part = copy.copy(self)
        try:
            part.data = tuple([d[batch] for d in self.data])
        except IndexError:
            raise ValueError(
                f"batch = {batch!r}: must be indices below N = {self.examples}"
            ) from None
        if not part.examples:
            raise ValueError(f"batch = {batch!r}: must name n ≥ 1 examples")
        return part


def _risk(value: Callable, gradient: Callable, *data, is_weight) -> Risk:
    """Empirical as soon as there are data."""
    kind = EmpiricalRisk if data else Risk
    return kind(value, gradient, *data, is_weight=is_weight)
