"""What repo2docker would build of the course, for Binder and for a cluster.

It plans; no Docker is asked.
"""

import re
import shlex
import shutil
import tomllib
from contextlib import chdir
from pathlib import Path

import pytest
import yaml
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


# The image of a cluster

REGISTRY = "registry.example.org"
HOME = "/home/jovyan"  # where zero-to-jupyterhub lays a student's volume


def typed(address: str) -> list[str]:
    """What hub/README.md gives repo2docker, with a registry and this address."""
    text = (ROOT / "hub" / "README.md").read_text("utf-8")
    [line] = re.findall(
        r"^ *python3 -m uv run --group hub repo2docker (.*)$", text, re.M
    )
    line = line.replace("REGISTRY", REGISTRY).replace("ADDRESS", shlex.quote(address))
    return shlex.split(line)


def test_the_image_of_a_cluster_has_the_course_outside_the_home(capsys):
    from repo2docker.__main__ import make_r2d

    app = make_r2d(["--no-build", *typed(str(ROOT))])
    values = yaml.safe_load((ROOT / "hub" / "values.yaml").read_text("utf-8"))
    image = values["singleuser"]["image"]
    named = image["name"].replace("REGISTRY", REGISTRY)
    assert app.output_image_spec == f"{named}:{image['tag']}"
    assert (app.user_id, f"/home/{app.user_name}", app.run) == (1000, HOME, False)
    assert not Path(app.target_repo_dir).is_relative_to(HOME)
    app.start()
    plan = capsys.readouterr().out
    assert "WORKDIR ${REPO_DIR}\n" in plan  # all that is copied and installed is there
    assert '--file "binder/environment.yml"' in plan.partition(" src/ ${REPO_DIR}/")[2]


def test_a_student_of_a_cluster_has_files_in_the_home():
    """What is beside the course is gone with the server."""
    values = yaml.safe_load((ROOT / "hub" / "values.yaml").read_text("utf-8"))
    home = values["singleuser"]["extraFiles"]["home"]
    assert home["data"] == {"ServerApp": {"root_dir": HOME}}
