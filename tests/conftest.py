"""What several tests need: silence, derivatives that are not our own, a browser."""

import os
import runpy
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from browser import running_chromium
from hypothesis import settings
from lab_server import running_lab

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"

# No test needs the network: it is closed here, and in every Python started from here.
CLOSED = str(Path(__file__).with_name("closed"))
inherited = os.environ.get("PYTHONPATH", "").split(os.pathsep)
if CLOSED not in inherited:
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [CLOSED, *inherited]))
    runpy.run_path(f"{CLOSED}/sitecustomize.py")

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


@pytest.fixture(scope="session")
def lab(tmp_path_factory) -> Iterator[tuple[str, str]]:
    """JupyterLab over a copy of the notebooks: its address and its token."""
    scratch = tmp_path_factory.mktemp("lab")
    copy = shutil.copytree(NOTEBOOKS, scratch / "notebooks")
    with running_lab(copy, scratch) as address:
        yield address


@pytest.fixture(scope="module")  # its event loop is in the way of other modules
def chromium() -> Iterator:
    """A browser."""
    with running_chromium() as browser:
        yield browser
