"""What several tests need: a silent check, and derivatives that are not our own."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from hypothesis import settings

# The same examples every time; a loaded machine is not a failure.
settings.register_profile("course", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("course")


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
