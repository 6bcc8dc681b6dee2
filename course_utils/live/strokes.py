"""Shapes that `Curves` draws as one: pairs (x, y), with NaN between two pieces."""

import numpy as np
import numpy.typing as npt

from ..validation import finite, fitting, interval, real

__all__ = ["cobweb", "columns", "histogram", "levels", "staircase", "straight_lines"]

REACH = 100.0  # half the length of a straight line: beyond the frame of any figure


def cobweb(path: npt.ArrayLike) -> tuple:
    """The corners of a cobweb: from the diagonal to the next value, and across to it.

    Parameters
    ----------
    path : array_like, shape (n,)
        θ₀, θ₁, …, each made of the one before by the same function.

    Returns
    -------
    tuple of ndarray, shapes (2n − 1,)
        (x, y): (θ₀, θ₀), (θ₀, θ₁), (θ₁, θ₁), (θ₁, θ₂), …
    """
    twice = np.repeat(real("path", path, "n"), 2)
    return twice[:-1], twice[1:]


def columns(x: npt.ArrayLike, heights: npt.ArrayLike) -> tuple:
    """Loose points above one place, or above several: see `dots` of `Curves`.

    Parameters
    ----------
    x : float or array_like, shape (m,)
        The places.
    heights : array_like, shape (n,) or (n, m)
        What stands above each of them.

    Returns
    -------
    tuple of ndarray, shapes (n,) or (nm,)
        (x, y), a point for each height.
    """
    x, heights = finite("x", x), real("heights", heights)
    with fitting(x=x, heights=heights):
        x, heights = np.broadcast_arrays(x, heights)
    return x.ravel(), heights.ravel()


def histogram(values: npt.ArrayLike, edges: npt.ArrayLike) -> tuple:
    """The outline of a histogram: which part of the values lies between two edges.

    Parameters
    ----------
    values : array_like, shape (n,)
        A value on an edge counts to its right; one outside of all edges, nowhere.
    edges : array_like, shape (m + 1,)
        From left to right.

    Returns
    -------
    tuple of ndarray, shapes (2m,)
        (x, y): two corners for each of the m intervals.
    """
    values, edges = finite("values", values, "n"), _increasing(edges)
    if len(values) < 1:
        raise ValueError(f"values = {values}: must be n ≥ 1")
    return staircase(edges, np.histogram(values, edges)[0] / len(values))


def staircase(edges: npt.ArrayLike, heights: npt.ArrayLike) -> tuple:
    """A function that is constant between two edges: its treads, and upright risers.

    Parameters
    ----------
    edges : array_like, shape (m + 1,)
        From left to right.
    heights : array_like, shape (m,)
        One for each tread.

    Returns
    -------
    tuple of ndarray, shapes (2m,)
        (x, y): two corners for each tread.
    """
    edges = _increasing(edges)
    heights = finite("heights", heights, len(edges) - 1)
    return np.repeat(edges, 2)[1:-1], np.repeat(heights, 2)


def _increasing(edges: npt.ArrayLike) -> np.ndarray:
    edges = finite("edges", edges, "m + 1")
    if len(edges) < 2 or not np.all(edges[:-1] < edges[1:]):
        raise ValueError(f"edges = {edges}: must be two or more, from left to right")
    return edges


def levels(heights: npt.ArrayLike, xlim: npt.ArrayLike) -> tuple:
    """Level lines at some heights, such as ±√V, from one end of xlim to the other.

    Parameters
    ----------
    heights : array_like, shape (n,)
    xlim : array_like, shape (2,)

    Returns
    -------
    tuple of ndarray, shapes (3n,)
        (x, y), with a NaN in each after every line.
    """
    left, right = interval("xlim", xlim)
    heights = finite("heights", heights, "n")
    return _pieces([[(left, y), (right, y)] for y in heights])


def straight_lines(normals: npt.ArrayLike, offsets: npt.ArrayLike) -> tuple:
    """The lines a · θ = y of the plane, one for each row a of `normals`.

    Parameters
    ----------
    normals : array_like, shape (n, 2)
        None of them 0.
    offsets : array_like, shape (n,)
        The y of each.

    Returns
    -------
    tuple of ndarray, shapes (3n,)
        (x, y), with a NaN in each after every line.
    """
    a = finite("normals", normals, "n", 2)
    y = finite("offsets", offsets, len(a))
    length = np.hypot(*a.T)
    if not np.all(length > 0):
        raise ValueError(f"normals = {normals!r}: none may be 0")
    a, y = a / length[:, None], y / length
    nearest = a * y[:, None]  # to the origin
    along = REACH * np.column_stack([-a[:, 1], a[:, 0]])
    return _pieces(np.stack([nearest - along, nearest + along], axis=1))


def _pieces(strokes: npt.ArrayLike) -> tuple:
    """(x, y) of strokes (n, points, 2) with the pen lifted after each."""
    strokes = np.asarray(strokes, float).reshape(-1, 2, 2)
    lifted = np.full((len(strokes), 1, 2), np.nan)
    return tuple(np.concatenate([strokes, lifted], axis=1).reshape(-1, 2).T)
