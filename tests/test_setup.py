"""The set-up keeps its promises: one list of dependencies, JupyterLab's settings."""

import ast
import json
import os
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
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
OVERRIDES = "jupyter_data/share/jupyter/lab/settings/overrides.d/course_utils.json"


def split(requirement: str) -> tuple[str, str]:
    """`numpy>=1.26` → (`numpy`, `1.26`): a name and one lower bound, nothing else."""
    found = re.fullmatch(r"([a-z][a-z0-9-]*)>=(\d+(?:\.\d+)*)", requirement)
    assert found, f"{requirement!r}: write name>=version"
    return found[1], found[2]


def declared() -> dict[str, str]:
    """Every dependency of pyproject.toml, and Python itself, with its lower bound."""
    groups = PYPROJECT["dependency-groups"]  # what `lab` asks for wins
    listed = PYPROJECT["project"]["dependencies"] + groups["lab"] + groups["dev"]
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


BINDER = yaml.safe_load((ROOT / "binder" / "environment.yml").read_text("utf-8"))


def test_binder_has_what_one_reads_and_presents_with_and_what_a_hub_needs():
    """And a Python that repo2docker understands: `python=3.x`, no bound."""
    python, pip, inside = BINDER["dependencies"]
    groups = PYPROJECT["dependency-groups"]
    asked = {one for one in groups["hub"] if one.startswith("nbgitpuller")}
    asked |= set(groups["lab"]) - {"jupyter>=1.1"}  # the image has it
    assert re.fullmatch(r"python=3\.\d+", python) and pip == "pip"
    assert set(inside["pip"][:-1]) == asked and len(asked) == 3


@pytest.mark.parametrize("file", ["environment.yml", "binder/environment.yml"])
def test_conda_installs_the_course_itself(file):
    """It runs pip in the folder of the file."""
    inside = yaml.safe_load((ROOT / file).read_text("utf-8"))["dependencies"][-1]
    option, path = inside["pip"][-1].split()
    assert option == "-e" and (ROOT / file).parent.joinpath(path).resolve() == ROOT


def test_uv_brings_the_lab_by_itself():
    assert PYPROJECT["tool"]["uv"]["default-groups"] == ["lab", "dev"]


def imported(file: Path) -> set[str]:
    """The packages that a module of the course imports, its own apart."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module)
    return {name.partition(".")[0] for name in names} - sys.stdlib_module_names


# What a dependency brings with it; and what a server has that loads the course's part.
BROUGHT = {"contourpy", "PIL", "IPython", "traitlets"}
A_SERVERS = {"jupyter_server", "nbconvert"}


def test_the_course_depends_on_what_it_imports():
    files = (ROOT / "course_utils").rglob("*.py")
    found = set().union(*map(imported, files)) - {"course_utils"}
    asked = {split(one)[0] for one in PYPROJECT["project"]["dependencies"]}
    assert found - BROUGHT - A_SERVERS == asked


def test_a_codespace_is_set_up_as_the_readme_says():
    about = json.loads(
        (ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8")
    )
    assert about["postCreateCommand"].endswith("python3 -m uv sync")
    assert about["image"] == BINDER["dependencies"][0].replace("=", ":")
    vscode = about["customizations"]["vscode"]
    assert "ms-toolsai.jupyter" in vscode["extensions"]
    assert vscode["settings"]["python.defaultInterpreterPath"].startswith(".venv/")


def test_the_three_systems_run_what_the_readme_says():
    """Where a workflow is read; it has not run here."""
    file = ROOT / ".github" / "workflows" / "tests.yml"
    (job,) = yaml.safe_load(file.read_text("utf-8"))["jobs"].values()
    matrix = job["strategy"]["matrix"]
    systems = {name.partition("-")[0] for name in matrix["os"]}
    assert systems == {"ubuntu", "windows", "macos"}
    assert f">={matrix['python'][0]}" == PYPROJECT["project"]["requires-python"]
    typed = [step["run"] for step in job["steps"] if "run" in step]
    assert [line.partition(" ")[0] for line in typed] == ["python"] * 2
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [
        line for line in typed if line.replace("python", "python3", 1) not in readme
    ] == []


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
    for plugin, ours in json.loads((ROOT / OVERRIDES).read_text("utf-8")).items():
        answer = json.loads(fetch(f"{url}/lab/api/settings/{quote(plugin)}", token))
        properties = answer["schema"]["properties"]
        assert {name: properties[name]["default"] for name in ours} == ours


def test_only_the_start_lets_root_in(tmp_path):
    """An environment that has the course refuses root like any other."""
    command = [sys.executable, "-m", "jupyterlab", "--show-config-json"]
    shown = subprocess.run(
        command, env=own_folders(tmp_path), capture_output=True, check=True, text=True
    )
    settings = json.loads(shown.stdout)["ServerApp"]
    assert "allow_root" not in settings
    assert "course_utils.jupyter" in settings["jpserver_extensions"]  # they are read


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


def test_no_kernel_here_runs_what_a_user_has_ipython_run_first():
    script = "from IPython.paths import get_ipython_dir; print(get_ipython_dir())"
    command = [sys.executable, "-c", script]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert Path(said.strip()) == Path(os.environ["IPYTHONDIR"])
    assert Path.home() not in Path(said.strip()).parents


AFTER = """
import subprocess, sys
import build
{}
later = [sys.executable, "-c", "import matplotlib.font_manager"]
print(subprocess.run(later, capture_output=True, text=True).stderr, end="")
"""


@pytest.mark.skipif(os.name != "posix", reason="elsewhere $HOME is not the home")
@pytest.mark.parametrize("first", ["build.find_fonts()", ""])
def test_a_home_that_cannot_be_written_is_said_in_no_cell(tmp_path, first):
    (tmp_path / "home").touch()  # a file
    foreign = ("MPLCONFIGDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    where = {name: os.environ[name] for name in os.environ if name not in foreign}
    where |= {"HOME": str(tmp_path / "home"), "PYTHONPATH": f"{ROOT / 'lectures'}"}
    command = [sys.executable, "-c", AFTER.format(first)]
    said = subprocess.run(command, env=where, capture_output=True, check=True).stdout
    assert bool(said) == (not first), said
