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


def each_point_alone(risk, theta: np.ndarray, atol: float = 0.0) -> None:
    """θ of shape (..., p) is so many points: R and ∇R are those of each alone."""
    points = theta.reshape(-1, theta.shape[-1])
    assert risk(theta).shape == theta.shape[:-1]
    assert risk.gradient(theta).shape == theta.shape
    values, slopes = risk(theta).ravel(), risk.gradient(theta).reshape(points.shape)
    np.testing.assert_allclose(values, [risk(one) for one in points], atol=atol)
    np.testing.assert_allclose(slopes, [risk.gradient(z) for z in points], atol=atol)
