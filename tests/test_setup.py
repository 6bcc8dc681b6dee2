"""The set-up keeps its promises: one list of dependencies, JupyterLab's settings."""

import json
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml

from support.lab_server import fetch, own_folders

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text())
OVERRIDES = "jupyter_data/share/jupyter/lab/settings/overrides.d/course_utils.json"


def split(requirement: str) -> tuple[str, str]:
    """`numpy>=1.26` → (`numpy`, `1.26`): a name and one lower bound, nothing else."""
    found = re.fullmatch(r"([a-z][a-z0-9-]*)>=(\d+(?:\.\d+)*)", requirement)
    assert found, f"{requirement!r}: write name>=version"
    return found[1], found[2]


def declared() -> dict[str, str]:
    """Every dependency of pyproject.toml, and Python itself, with its lower bound."""
    listed = (
        PYPROJECT["project"]["dependencies"] + PYPROJECT["dependency-groups"]["dev"]
    )
    python = PYPROJECT["project"]["requires-python"]
    return dict(map(split, [*listed, f"python{python}"]))


def conda(environment: dict) -> dict[str, str]:
    """The same of environment.yml; any key that we do not know is an error."""
    assert set(environment) == {"name", "channels", "dependencies"}
    assert environment["name"] == PYPROJECT["project"]["name"]
    assert environment["channels"] == ["conda-forge"]
    *listed, pip = environment["dependencies"]
    assert set(pip) == {"pip"}
    assert pip["pip"][-1] == "-e ."
    assert "pip" in listed
    listed.remove("pip")
    found = [split(one) for one in [*listed, *pip["pip"][:-1]]]
    assert len(dict(found)) == len(found), "a dependency is listed twice"
    return dict(found)


def test_environment_yml_says_what_pyproject_says():
    assert conda(CONDA) == declared()


@pytest.mark.parametrize(
    "change",
    [
        {"prefix": "/opt/conda"},
        {"channels": ["conda-forge", "defaults"]},
        {"dependencies": [*CONDA["dependencies"][:-1], {"npm": ["x"]}]},
        {"dependencies": ["numpy==1.26", *CONDA["dependencies"]]},
        {"dependencies": ["numpy>=1.26", *CONDA["dependencies"]]},
    ],
)
def test_environment_yml_refuses_what_it_does_not_know(change):
    with pytest.raises(AssertionError):
        conda(CONDA | change)


def test_a_changed_bound_is_seen():
    other = [
        "numpy>=2" if "numpy" in str(one) else one for one in CONDA["dependencies"]
    ]
    assert conda(CONDA | {"dependencies": other}) != declared()


@pytest.mark.parametrize("name", ["README.md", "README.es.md"])
def test_the_readme_points_at_files_that_exist(name):
    links = re.findall(r"\]\((?!\w+:)([^)#]+)", (ROOT / name).read_text("utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_a_running_server_has_our_settings(lab):
    url, token = lab
    for plugin, ours in json.loads((ROOT / OVERRIDES).read_text()).items():
        answer = json.loads(fetch(f"{url}/lab/api/settings/{quote(plugin)}", token))
        properties = answer["schema"]["properties"]
        assert {name: properties[name]["default"] for name in ours} == ours


def test_the_server_runs_as_root(lab, tmp_path):
    """Root is refused without `allow_root`, so that a server that runs shows it."""
    command = [sys.executable, "-m", "jupyterlab", "--show-config-json"]
    shown = subprocess.run(
        command, env=own_folders(tmp_path), capture_output=True, check=True, text=True
    )
    assert json.loads(shown.stdout)["ServerApp"]["allow_root"] is True
    url, token = lab
    assert json.loads(fetch(f"{url}/api/status", token))["started"]


def test_the_wheel_brings_every_setting_to_its_place():
    """And none that is no longer ours; what is installed is a wheel that was built."""
    files = metadata.files(PYPROJECT["project"]["name"])
    placed = [file.locate().resolve() for file in files or []]
    base, source = Path(sys.prefix).resolve(), ROOT / "jupyter_data"
    folders = base / "etc", base / "share"
    found = {p for p in placed if any(p.is_relative_to(f) for f in folders)}
    ours = {p.relative_to(source) for p in source.rglob("*") if p.is_file()}
    assert found == {base / path for path in ours}
    assert {path: (base / path).read_bytes() for path in ours} == {
        path: (source / path).read_bytes() for path in ours
    }
