"""What a number is compared with, and in silence."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np


@contextmanager
def silent() -> Iterator[None]:
    """Any warning inside is an error, whatever the command line says."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def central_differences(value, theta, h: float = 1e-6) -> np.ndarray:
    """∇R(θ) by (R(θ + h eᵢ) − R(θ − h eᵢ)) / 2h, one coordinate at a time."""
    theta = np.asarray(theta, float)
    steps = h * np.maximum(1, np.abs(theta)) * np.eye(len(theta))
    return np.array(
        [(value(theta + e) - value(theta - e)) / (2 * e.max()) for e in steps]
    )
