"""Data to learn from: gates, blobs and moons, and two real sets shipped as small files.

Everything returns (X, y): X of shape (N, n) with one example a row, y of shape (N,)
with its class 0, 1, … as an integer. Randomness is the Generator that is passed in.
Sources and licence of the real data: `data/README.md`.
"""

import os

import numpy as np

from .validation import (
    finite,
    generator,
    integer,
    labels,
    number,
    one_of,
    positive_definite,
    sequence,
    shape,
)

__all__ = [
    "GATES",
    "IRIS_CLASSES",
    "IRIS_FEATURES",
    "blobs",
    "digits",
    "gate",
    "iris",
    "moons",
    "one_hot",
    "split",
]

# The answers to (0, 0), (0, 1), (1, 0), (1, 1).
GATES = {
    "AND": (0, 0, 0, 1),
    "OR": (0, 1, 1, 1),
    "NAND": (1, 1, 1, 0),
    "XOR": (0, 1, 1, 0),
}
IRIS_CLASSES = ("setosa", "versicolor", "virginica")
IRIS_FEATURES = ("sepal length", "sepal width", "petal length", "petal width")

DATA = os.path.join(os.path.dirname(__file__), "data")


def gate(name: str) -> tuple[np.ndarray, np.ndarray]:
    """The truth table of a logical gate: "AND", "OR", "NAND" or "XOR".

    Returns
    -------
    X : ndarray, shape (4, 2)
        (0, 0), (0, 1), (1, 0), (1, 1).
    y : ndarray, shape (4,)
    """
    one_of("name", name, GATES)
    X = np.array([(0, 0), (0, 1), (1, 0), (1, 1)], float)
    return X, np.array(GATES[name])


def blobs(rng, size=50, means=((-1.5, 0), (1.5, 0)), covariance=None):
    """One Gaussian cloud for each class, all of the same covariance.

    Parameters
    ----------
    rng : numpy.random.Generator
    size : int or sequence of int, ≥ 1
        Examples of each class, or of all alike.
    means : array_like, shape (C, n)
        The centres of the classes.
    covariance : array_like, shape (n, n), optional
        Symmetric and positive definite; the identity if not given.

    Returns
    -------
    X : ndarray, shape (N, n)
        Class after class, not shuffled.
    y : ndarray, shape (N,)
    """
    means = finite("means", means)
    if means.ndim != 2 or means.size == 0:
        raise ValueError(f"means: shape {means.shape}, must be (classes, coordinates)")
    classes, n = means.shape
    sizes = [size] * classes if np.isscalar(size) else sequence("size", size)
    shape("size", sizes, classes)
    y = np.repeat(np.arange(classes), [integer("size", s, low=1) for s in sizes])
    L = (
        np.eye(n)
        if covariance is None
        else np.linalg.cholesky(positive_definite("covariance", covariance, n))
    )
    return means[y] + generator(rng).standard_normal((len(y), n)) @ L.T, y


def moons(rng, size=100, noise=0.1) -> tuple[np.ndarray, np.ndarray]:
    """Two half circles that reach into each other: no line separates them.

    Class 0 is the upper half of the unit circle, class 1 the lower half of the circle
    around (1, ½).

    Parameters
    ----------
    rng : numpy.random.Generator
    size : int, ≥ 1
        Examples of each class.
    noise : float, ≥ 0
        Standard deviation of the Gaussian noise added to each coordinate.
    """
    size, noise = integer("size", size, low=1), number("noise", noise, "[0, inf)")
    angle = generator(rng).uniform(0, np.pi, (2, size))
    x = np.stack([np.cos(angle[0]), 1 - np.cos(angle[1])])
    y = np.stack([np.sin(angle[0]), 0.5 - np.sin(angle[1])])
    X = np.column_stack([x.ravel(), y.ravel()])
    return X + noise * rng.standard_normal(X.shape), np.repeat([0, 1], size)


def iris() -> tuple[np.ndarray, np.ndarray]:
    """Fisher's irises: 150 flowers, 4 lengths in cm, 3 species of 50 each.

    Names: `IRIS_FEATURES` and `IRIS_CLASSES`. R. A. Fisher, Annals of Eugenics, 1936.

    Returns
    -------
    X : ndarray, shape (150, 4)
    y : ndarray, shape (150,)
    """
    return _table("iris.csv", skiprows=1)


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Handwritten digits: 1797 images of 8×8 pixels, each 0 … 16, and their digit.

    E. Alpaydin and C. Kaynak, 1998. `X[i].reshape(8, 8)` is the picture.

    Returns
    -------
    X : ndarray, shape (1797, 64)
    y : ndarray, shape (1797,)
    """
    return _table("digits.csv.gz")


def one_hot(y, classes: int | None = None) -> np.ndarray:
    """Rows with a 1 at the place of the class: [2, 0] → [[0, 0, 1], [1, 0, 0]].

    Parameters
    ----------
    y : array_like of int, shape (N,)
        Classes 0, 1, …
    classes : int, optional
        How many there are; max(y) + 1 if not given.

    Returns
    -------
    ndarray, shape (N, classes)
    """
    y = labels("y", y)
    classes = y.max() + 1 if classes is None else integer("classes", classes, low=1)
    if y.max() >= classes:
        raise ValueError(f"y = {y.max()}: must be below classes = {classes}")
    return (y[:, None] == np.arange(classes)).astype(float)


def split(rng, X, y, held_out=0.25):
    """Shuffle, and hold a part of the examples out of training.

    Parameters
    ----------
    rng : numpy.random.Generator
    X, y : array_like, first axis of length N
    held_out : float, in (0, 1)
        The part to hold out; rounded to whole examples, at least one on each side.

    Returns
    -------
    X_train, y_train, X_held_out, y_held_out : ndarray
    """
    held_out = number("held_out", held_out, "(0, 1)")
    X, y = _examples("X", X), _examples("y", y)
    shape("y", y, len(X), *y.shape[1:])
    if len(X) < 2:
        raise ValueError(f"X: {len(X)} examples, at least 2 are needed")
    n = min(max(1, round(held_out * len(X))), len(X) - 1)
    order = generator(rng).permutation(len(X))
    return X[order[n:]], y[order[n:]], X[order[:n]], y[order[:n]]


def _examples(name, data):
    """Anything with one example after the other: numbers, words, …"""
    try:
        array = np.asarray(data)
    except ValueError:  # rows of different lengths
        array = np.empty(())
    if not array.ndim:
        raise ValueError(f"{name} = {data!r}: must be an array, an example a row")
    return array


def _table(name, skiprows=0):
    rows = np.loadtxt(os.path.join(DATA, name), delimiter=",", skiprows=skiprows)
    return rows[:, :-1], rows[:, -1].astype(int)
