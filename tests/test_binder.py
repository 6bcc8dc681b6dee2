"""Binder: what repo2docker would build of the course. It plans; no Docker is asked."""

import shutil
import tomllib
from contextlib import chdir
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from support.course import ROOT
from support.hub import needs_hub

pytestmark = [
    needs_hub,
    pytest.mark.thorough,
    # repo2docker takes its log's writer by a name that has since been moved.
    pytest.mark.filterwarnings("ignore:pythonjsonlogger.jsonlogger has been moved"),
]

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
ALLOWED = SpecifierSet(PROJECT["requires-python"])


def plan(folder: Path):
    """What repo2docker takes for a folder, as its `--no-build` does, and its steps."""
    from repo2docker.app import Repo2Docker

    app = Repo2Docker()
    with chdir(folder):
        packs = (kind(base_image=app.base_image) for kind in app.buildpacks)
        taken = next(pack for pack in packs if pack.detect())
        taken.platform = "linux/amd64"
        return taken, taken.render({"NB_USER": "student", "NB_UID": "1000"})


def test_binder_takes_its_own_file_and_a_python_of_the_course():
    taken, steps = plan(ROOT)
    assert taken.environment_yaml_path == "binder/environment.yml"
    assert taken.python_version in ALLOWED
    # And the course is copied before pip is to install it.
    _, copied, after = steps.partition("\nCOPY --chown=1000:1000 src/ ")
    assert copied and '--file "binder/environment.yml"' in after


def test_without_its_own_file_binder_would_take_a_python_that_is_too_old(tmp_path):
    """It would read conda's, whose `python>=3.11` it does not understand."""
    for name in ("pyproject.toml", "environment.yml"):
        shutil.copy(ROOT / name, tmp_path)
    taken, _ = plan(tmp_path)
    assert taken.environment_yaml_path == "environment.yml"
    assert taken.python_version not in ALLOWED
