"""Entry checks: bad input is refused once, by name, with what is allowed.

Only what a person types is checked here (data, θ₀, hyperparameters). Nothing
inside a step is: a path that diverges is a result, not an error.
"""

import numbers

import numpy as np
import numpy.typing as npt

__all__ = ["finite", "generator", "integer", "labels", "number", "shape"]


def finite(name: str, value: npt.ArrayLike) -> np.ndarray:
    """The value as an array of finite floats.

    Parameters
    ----------
    name : str
        What the message calls the value.
    value : array_like
        Any shape; numbers or booleans.

    Returns
    -------
    ndarray of float
        The same array, not a copy, if it was a float array already.

    Raises
    ------
    ValueError
        If something is not a real number, or is NaN or infinite.
    """
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            raise TypeError
    except (TypeError, ValueError):
        raise ValueError(f"{name} = {value!r}: must be real numbers") from None
    array = array.astype(float, copy=False)
    if not np.isfinite(array).all():
        raise ValueError(f"{name}: must be finite, but {_first_bad(array)}")
    return array


def _first_bad(array: np.ndarray) -> str:
    where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
    place = f" at {list(where)}" if where else ""
    return f"holds {array[where]}{place}"


def number(
    name: str,
    value: float,
    low: float | None = None,
    high: float | None = None,
    low_open: bool = False,
    high_open: bool = False,
) -> float:
    """The value as a finite float inside an interval.

    Parameters
    ----------
    name : str
        What the message calls the value.
    value : float
        One number (a 0-d array will do).
    low, high : float, optional
        Ends of the interval; None is no limit.
    low_open, high_open : bool
        Whether the end itself is refused.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        ``beta1 = 1.0: must be in [0, 1)``.
    """
    array = np.asarray(finite(name, value))
    if array.ndim:
        raise ValueError(f"{name} has shape {array.shape}: must be one number")
    x = float(array)
    above = low is None or x > low or (x == low and not low_open)
    below = high is None or x < high or (x == high and not high_open)
    if not (above and below):
        left = "(-inf" if low is None else f"{'(' if low_open else '['}{low}"
        right = "inf)" if high is None else f"{high}{')' if high_open else ']'}"
        raise ValueError(f"{name} = {x}: must be in {left}, {right}")
    return x


def integer(
    name: str, value: int, low: int | None = None, high: int | None = None
) -> int:
    """The value as an int with low ≤ value ≤ high.

    Parameters
    ----------
    name : str
        What the message calls the value.
    value : int
        A Python or NumPy integer; 3.0 and True are refused.
    low, high : int, optional
        Both allowed themselves; None is no limit.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        ``n = 0: must be an integer from 1 to 100``.
    """
    whole = isinstance(value, numbers.Integral) and not isinstance(value, bool)
    if (
        not whole
        or (low is not None and value < low)
        or (high is not None and value > high)
    ):
        limits = "" if low is None else f" from {low}"
        limits += "" if high is None else f" to {high}"
        raise ValueError(f"{name} = {value!r}: must be an integer{limits}")
    return int(value)


def shape(name: str, array: npt.ArrayLike, *expected) -> np.ndarray:
    """The array, if it has the expected shape.

    Parameters
    ----------
    name : str
        What the message calls the array.
    array : array_like
        The array.
    *expected : int, str, None or Ellipsis
        The length of each axis. A letter is a free length and says in the message
        what it counts; None is free too. A leading ``...`` stands for any leading
        axes.

    Returns
    -------
    ndarray

    Raises
    ------
    ValueError
        ``X has shape (3,): expected (N, 2)``.

    Examples
    --------
    ``shape("X", X, "N", 2)`` · ``shape("theta", theta, ..., 2)``
    """
    array = np.asarray(array)
    leading = expected[:1] == (...,)
    tail = expected[1:] if leading else expected
    got = array.shape[-len(tail) :] if leading else array.shape
    if len(got) != len(tail) or any(
        isinstance(want, numbers.Integral) and want != have
        for want, have in zip(tail, got, strict=True)
    ):
        raise ValueError(f"{name} has shape {array.shape}: expected {_spell(expected)}")
    return array


def labels(name, y, allowed=None) -> np.ndarray:
    """y as whole numbers 0, 1, … of shape (N,), N ≥ 1, else a ValueError.

    Parameters
    ----------
    allowed : sequence of int, optional
        The only labels there may be.
    """
    y = finite(name, y)
    if y.ndim != 1 or y.size == 0:
        raise ValueError(f"{name}: shape {y.shape}, must be (N,) with N ≥ 1")
    good = np.isin(y, allowed) if allowed is not None else (y >= 0) & (y % 1 == 0)
    if not good.all():
        which = f"in {set(allowed)}" if allowed is not None else "a class 0, 1, 2, …"
        raise ValueError(f"{name} = {y[~good][0]:g}: must be {which}")
    return y.astype(int)


def generator(rng) -> np.random.Generator:
    """The Generator, else a ValueError (a seed is not one)."""
    if not isinstance(rng, np.random.Generator):
        raise ValueError(f"rng = {rng!r}: must be a numpy.random.Generator")
    return rng


def _spell(expected: tuple) -> str:
    words = ["…" if n is ... else "any" if n is None else str(n) for n in expected]
    return f"({', '.join(words)}{',' if len(words) == 1 else ''})"
