"""For every test: the network is closed; for those that ask, a server and a browser."""

import os
import runpy
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import build
from support.browser import running_chromium
from support.hand import far_lab, taken
from support.lab_server import running_lab

# No test needs the network: it is closed here, and in every Python started from here.
CLOSED = str(Path(__file__).with_name("closed"))
inherited = os.environ.get("PYTHONPATH", "").split(os.pathsep)
if CLOSED not in inherited:
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [CLOSED, *inherited]))
    runpy.run_path(f"{CLOSED}/sitecustomize.py")

# Nor does any kernel see what a user has IPython run at its start.
IPYTHON = tempfile.TemporaryDirectory()
os.environ["IPYTHONDIR"] = IPYTHON.name

# And none is the first that looks for fonts, or finds that the home cannot be written.
build.find_fonts()

# The same examples every time; a loaded machine is not a failure.
settings.register_profile("course", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("course")


@pytest.fixture(scope="session")
def lab(tmp_path_factory) -> Iterator[tuple[str, str]]:
    """JupyterLab over a copy of the notebooks: its address and its token."""
    scratch = tmp_path_factory.mktemp("lab")
    copy = shutil.copytree(build.NOTEBOOKS, scratch / "notebooks")
    with running_lab(copy, scratch) as address:
        yield address


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The site in $COURSE_SITE; else built once, by the first process that asks."""
    if "COURSE_SITE" in os.environ:
        return Path(os.environ["COURSE_SITE"]).resolve()
    shared = tmp_path_factory.getbasetemp().parent
    folder, done = shared / "site", shared / "site.done"
    try:
        folder.mkdir()
    except FileExistsError:
        while not done.exists():
            time.sleep(0.5)
        assert done.read_text("utf-8") == "built"
        return folder
    try:
        build.build_site([], folder)
        done.write_text("built", "utf-8")
    finally:
        if not done.exists():
            done.write_text("failed: the other process says why", "utf-8")
    return folder


@pytest.fixture(scope="module")  # its event loop is in the way of other modules
def chromium() -> Iterator:
    """A browser."""
    with running_chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def far(tmp_path_factory) -> Iterator:
    """JupyterLab behind a delay line, over a small notebook."""
    with far_lab(tmp_path_factory.mktemp("far")) as address:
        yield address


@pytest.fixture
def hand(chromium, far, request) -> Iterator:
    """A page of its own with that notebook, run."""
    with taken(chromium, far, request.node.name) as hand:
        yield hand


@pytest.fixture
def hand_of_7(chromium, tmp_path) -> Iterator:
    """The same in Notebook 7, on a server of its own."""
    with far_lab(tmp_path) as far:
        with taken(chromium, far, "seven", where="notebooks") as hand:
            yield hand
            hand.page.errors.clear()  # of Notebook's own
