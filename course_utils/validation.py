"""Entry checks: bad input is a ValueError that names it and says what is allowed.

What a person types (data, θ₀, hyperparameters) must be finite. What a model computes
(θ, a, φ) must be real numbers and no more: a path that diverges is a result. Each check
takes first the name that its message calls the value by, and gives the value back.
"""

from __future__ import annotations  # `np.random` in a hint would load all of it

import math
import numbers

import numpy as np
import numpy.typing as npt

__all__ = [
    "booleans",
    "finite",
    "fitting",
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
    "with_method",
]

FLOAT = np.dtype(float)
HALF = np.finfo(float).max / 4
MOST = 10**8  # of anything that is counted: beyond it memory ends, or patience


def real(name: str, value: npt.ArrayLike, *expected) -> np.ndarray:
    """An array of floats, NaN and infinity among them; of this `shape`, if given."""
    if type(value) is not np.ndarray or value.dtype is not FLOAT:  # a step asks often
        value = _floats(name, value)
    return shape(name, value, *expected) if expected else value


def _floats(name: str, value: npt.ArrayLike) -> np.ndarray:
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            raise TypeError
    except (TypeError, ValueError):
        raise ValueError(f"{name} = {value!r}: must be real numbers") from None
    return array.astype(float, copy=False)


def finite(name: str, value: npt.ArrayLike, *expected) -> np.ndarray:
    """An array of finite floats; of this `shape`, if given: finite("X", X, "N", 2)."""
    array = real(name, value)
    if not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        place = f" at {list(where)}" if where else ""
        raise ValueError(f"{name}: must be finite, but holds {array[where]}{place}")
    return shape(name, array, *expected) if expected else array


def number(name: str, value: float, allowed: str = "(-inf, inf)") -> float:
    """A finite float in an interval, written as in "beta1 = 1.0: must be in [0, 1)"."""
    array = finite(name, value)
    if array.ndim:
        raise ValueError(f"{name} has shape {array.shape}: must be one number")
    x = float(array)
    low, high = map(float, allowed[1:-1].split(","))
    left = x >= low if allowed[0] == "[" else x > low
    right = x <= high if allowed[-1] == "]" else x < high
    if not (left and right):
        raise ValueError(f"{name} = {x}: must be in {allowed}")
    return x


def integer(name: str, value: int, low: float = -math.inf, high: int = MOST) -> int:
    """An int with low ≤ value ≤ high, of Python or NumPy; 3.0 and True are refused."""
    whole = isinstance(value, numbers.Integral) and not isinstance(value, bool)
    if not whole or not low <= value <= high:
        limits = f" from {low}" if low > -math.inf else ""
        raise ValueError(f"{name} = {value!r}: must be an integer{limits} to {high}")
    return int(value)


def shape(name: str, array: npt.ArrayLike, *expected) -> np.ndarray:
    """An array of this shape: ("X", X, "N", 2), or ("theta", theta, ..., 2).

    A word is any length, and says in the message what it counts; None is any length
    too; a leading ``...`` stands for any leading axes.
    """
    try:
        array = np.asarray(array)
    except ValueError:  # rows of different lengths
        raise ValueError(f"{name} = {array!r}: must be an array") from None
    leading = expected[:1] == (...,)
    wanted = expected[1:] if leading else expected
    got = array.shape[-len(wanted) :] if leading else array.shape
    if len(got) != len(wanted) or not all(map(_may_be, wanted, got)):
        raise ValueError(f"{name} has shape {array.shape}: expected {_spell(expected)}")
    return array


def _may_be(wanted: int | str | None, length: int) -> bool:
    return wanted == length or wanted is None or isinstance(wanted, str)


def _spell(expected: tuple) -> str:
    words = ["…" if n is ... else "any" if n is None else str(n) for n in expected]
    return f"({', '.join(words)}{',' if len(words) == 1 else ''})"


class fitting:
    """``with fitting(theta=theta, eta=eta):`` arrays that must broadcast inside it.

    Costs half a microsecond if they do; if not, the message says all their shapes.
    """

    def __init__(self, **arrays: npt.ArrayLike):
        self.arrays = arrays

    def __enter__(self):
        return self

    def __exit__(self, kind, _problem, _trace):
        if kind is not ValueError:
            return
        shapes = {name: np.shape(array) for name, array in self.arrays.items()}
        try:
            np.broadcast_shapes(*shapes.values())
        except ValueError:
            said = ", ".join(f"{name} has shape {s}" for name, s in shapes.items())
            raise ValueError(f"{said}: they must broadcast") from None


def labels(name: str, y: npt.ArrayLike, allowed=None) -> np.ndarray:
    """Whole numbers 0, 1, … (or only those allowed), of shape (N,) with N ≥ 1."""
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
    """One of the words that are allowed."""
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"{name} = {value!r}: must be one of {', '.join(allowed)}")
    return value


def interval(name: str, value) -> np.ndarray:
    """(low, high) with low < high, both finite."""
    low, high = ends = finite(name, value, 2)
    if not 0 < high / 2 - low / 2 < HALF:  # half of each: it cannot overflow
        raise ValueError(f"{name} = {value!r}: must be (low, high) with low < high")
    return ends


def sequence(name: str, value) -> list:
    """The members of a list, a tuple or an array."""
    array = isinstance(value, np.ndarray) and value.ndim > 0
    if not (array or isinstance(value, list | tuple)):
        raise ValueError(f"{name} = {value!r}: must be a list")
    return list(value)


def flag(name: str, value: bool) -> bool:
    """True or False."""
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{name} = {value!r}: must be True or False")
    return bool(value)


def booleans(name: str, value: npt.ArrayLike) -> np.ndarray:
    """A vector of booleans, shape (p,)."""
    array = shape(name, value, "p")
    if array.dtype != bool:
        raise ValueError(f"{name}: holds {array.dtype}, must be True or False")
    return array


def function(name: str, value):
    """Something that can be called."""
    if not callable(value):
        raise ValueError(f"{name} = {value!r}: must be a function")
    return value


def with_method(name: str, value, method: str):
    """An object that has this method."""
    if isinstance(value, type) or not callable(getattr(value, method, None)):
        raise ValueError(f"{name} = {value!r}: must have a method {method!r}")
    return value


def positive_definite(name: str, value: npt.ArrayLike, n: int) -> np.ndarray:
    """A symmetric, positive definite (n, n)."""
    matrix = finite(name, value, n, n)
    with np.errstate(all="ignore"):
        good = np.allclose(matrix, matrix.T) and (np.linalg.eigvalsh(matrix) > 0).all()
    if not good:
        said = "must be symmetric and positive definite"
        raise ValueError(f"{name} = {matrix.tolist()}: {said}")
    return matrix


def generator(rng) -> np.random.Generator:
    """A numpy.random.Generator (a seed is not one)."""
    if not isinstance(rng, np.random.Generator):
        raise ValueError(f"rng = {rng!r}: must be a numpy.random.Generator")
    return rng
