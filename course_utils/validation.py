"""Entry checks: bad input is refused once, by name, with what is allowed.

What a person types (data, θ₀, hyperparameters) must be finite. What a model computes
(θ, a, φ) must be real numbers and no more: a path that diverges is a result, not an
error.
"""

from __future__ import annotations  # `np.random` in a hint would load all of it

import numbers

import numpy as np
import numpy.typing as npt

__all__ = [
    "booleans",
    "finite",
    "flag",
    "function",
    "generator",
    "integer",
    "interval",
    "labels",
    "number",
    "one_of",
    "positive_definite",
    "real",
    "sequence",
    "shape",
    "together",
    "with_method",
]

FLOAT = np.dtype(float)
HALF = np.finfo(float).max / 4
MOST = 10**8  # of anything that is counted: beyond it memory ends, or patience


def real(name: str, value: npt.ArrayLike) -> np.ndarray:
    """The value as an array of floats, NaN and infinity among them.

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
        If something is not a real number.
    """
    if type(value) is np.ndarray and value.dtype is FLOAT:
        return value  # at once, as this stands in every step
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            raise TypeError
    except (TypeError, ValueError):
        raise ValueError(f"{name} = {value!r}: must be real numbers") from None
    return array.astype(float, copy=False)


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
    array = real(name, value)
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


def integer(name: str, value: int, low: int | None = None, high: int = MOST) -> int:
    """The value as an int with low ≤ value ≤ high.

    Parameters
    ----------
    name : str
        What the message calls the value.
    value : int
        A Python or NumPy integer; 3.0 and True are refused.
    low, high : int, optional
        Both allowed themselves; low = None is no limit.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        ``n = 0: must be an integer from 1 to 100``.
    """
    whole = isinstance(value, numbers.Integral) and not isinstance(value, bool)
    if not whole or value > high or (low is not None and value < low):
        limits = "" if low is None else f" from {low}"
        limits += f" to {high}"
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
    try:
        array = np.asarray(array)
    except ValueError:  # rows of different lengths
        raise ValueError(f"{name} = {array!r}: must be an array") from None
    leading = expected[:1] == (...,)
    tail = expected[1:] if leading else expected
    got = array.shape[-len(tail) :] if leading else array.shape
    if len(got) != len(tail) or any(
        isinstance(want, numbers.Integral) and want != have
        for want, have in zip(tail, got, strict=True)
    ):
        raise ValueError(f"{name} has shape {array.shape}: expected {_spell(expected)}")
    return array


def together(**arrays: npt.ArrayLike) -> None:
    """A ValueError with all the shapes, if these (true arrays) do not broadcast."""
    shapes = {name: np.shape(array) for name, array in arrays.items()}
    try:
        np.broadcast_shapes(*shapes.values())
    except ValueError:
        said = ", ".join(f"{name} has shape {size}" for name, size in shapes.items())
        raise ValueError(f"{said}: they must broadcast") from None


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
    whole = (y >= 0) & (y % 1 == 0) & (y < MOST)
    good = np.isin(y, allowed) if allowed is not None else whole
    if not good.all():
        which = f"in {set(allowed)}" if allowed is not None else "a class 0, 1, 2, …"
        raise ValueError(f"{name} = {y[~good][0]:g}: must be {which}")
    return y.astype(int)


def one_of(name: str, value: str, allowed) -> str:
    """The value, if it is one of the words that are allowed, else a ValueError."""
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"{name} = {value!r}: must be one of {', '.join(allowed)}")
    return value


def interval(name: str, value) -> np.ndarray:
    """The value as (low, high) with low < high, both finite, else a ValueError."""
    ends = shape(name, finite(name, value), 2)
    if not 0 < ends[1] / 2 - ends[0] / 2 < HALF:  # half of each: it cannot overflow
        raise ValueError(f"{name} = {value!r}: must be (low, high) with low < high")
    return ends


def sequence(name: str, value) -> list:
    """The members of a list, a tuple or an array, else a ValueError."""
    array = isinstance(value, np.ndarray) and value.ndim > 0
    if not (array or isinstance(value, list | tuple)):
        raise ValueError(f"{name} = {value!r}: must be a list")
    return list(value)


def flag(name: str, value: bool) -> bool:
    """The value, if it is True or False, else a ValueError."""
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{name} = {value!r}: must be True or False")
    return bool(value)


def booleans(name: str, value: npt.ArrayLike) -> np.ndarray:
    """The value as a vector of booleans, shape (p,), else a ValueError."""
    array = shape(name, value, "p")
    if array.dtype != bool:
        raise ValueError(f"{name}: holds {array.dtype}, must be True or False")
    return array


def function(name: str, value):
    """The value, if it can be called, else a ValueError."""
    if not callable(value):
        raise ValueError(f"{name} = {value!r}: must be a function")
    return value


def with_method(name: str, value, method: str):
    """The value, an object that has the method, else a ValueError."""
    if isinstance(value, type) or not callable(getattr(value, method, None)):
        raise ValueError(f"{name} = {value!r}: must have a method {method!r}")
    return value


def positive_definite(name: str, value: npt.ArrayLike, n: int) -> np.ndarray:
    """The value, if it is a symmetric, positive definite (n, n), else a ValueError."""
    matrix = shape(name, finite(name, value), n, n)
    with np.errstate(all="ignore"):
        good = np.allclose(matrix, matrix.T) and (np.linalg.eigvalsh(matrix) > 0).all()
    if not good:
        raise ValueError(
            f"{name} = {matrix.tolist()}: must be symmetric and positive definite"
        )
    return matrix


def generator(rng) -> np.random.Generator:
    """The Generator, else a ValueError (a seed is not one)."""
    if not isinstance(rng, np.random.Generator):
        raise ValueError(f"rng = {rng!r}: must be a numpy.random.Generator")
    return rng


def _spell(expected: tuple) -> str:
    words = ["…" if n is ... else "any" if n is None else str(n) for n in expected]
    return f"({', '.join(words)}{',' if len(words) == 1 else ''})"
