"""Colab's own packages, and a stand-in for what Colab puts into a notebook.

Colab pins an old ipywidgets, and shows a widget of another package only where the
output says who manages it. An install of the course must leave those packages alone.
"""

import copy
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbclient import NotebookClient

import build
import colab
import pages
import teacher
from course_utils.jupyter import WIDGET
from pages.page import Lecture, Page
from support.course import ROOT, code_cells, notebook, shows_a_figure

# What Colab says of itself: googlecolab/backend-info, pip-freeze.txt, August 2026.
PYTHON = "3.12"
PINS = {
    "ipywidgets": "7.7.1",
    "ipykernel": "6.17.1",
    "ipython": "7.34.0",
    "anywidget": "0.9.21",
    "numpy": "2.1.3",
    "matplotlib": "3.10.0",
}
LECTURES = ["02_gd_divergence", "06_adagrad_adam", "07_backpropagation"]
UV = os.environ.get("UV", "uv")  # `uv run` says where it is
URL = "https://example.org/manager.js"
ADDRESS = "https://example.org/course"

# google.colab, as far as anywidget asks for it.
STAND_IN = f"""
import sys, types
names = "google", "google.colab", "google.colab.output"
google, colab, output = map(types.ModuleType, names)
output._widgets = types.SimpleNamespace(_installed_url=None)
def enable_custom_widget_manager():
    output._widgets._installed_url = {URL!r}
output.enable_custom_widget_manager = enable_custom_widget_manager
sys.modules.update(zip(names, (google, colab, output)))
"""


def uv(*words: str) -> str:
    done = subprocess.run([UV, *words], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def install(python: str, *packages: str) -> None:
    """From what uv has kept, else from the network; without both a test is skipped."""
    command = [UV, "pip", "install", "--quiet", "--python", python, *packages]
    for more in (["--offline"], []):
        done = subprocess.run(
            [*command, *more], cwd=ROOT, capture_output=True, text=True
        )
        if done.returncode == 0:
            return
    if re.search(UNREACHED, done.stderr):
        pytest.skip(f"uv has not kept {', '.join(packages)}, and reaches no network")
    raise AssertionError(done.stderr)


UNREACHED = (
    "Failed to fetch|error sending request|network (was|connectivity is) disabled"
)


def find_python() -> str | None:
    """One that runs: of pyenv's first, as what lies on PATH may be a shim."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    found = [*pyenv.glob(f"{PYTHON}.*/bin/python"), shutil.which(f"python{PYTHON}")]
    return next((str(one) for one in found if one and runs(one)), None)


def runs(python: str | Path) -> bool:
    return (
        subprocess.run([python, "-c", "import ssl"], capture_output=True).returncode
        == 0
    )


def listed(python: str) -> dict[str, str]:
    """The packages of an environment and their versions."""
    found = json.loads(uv("pip", "list", "--python", python, "--format", "json"))
    return {one["name"]: one["version"] for one in found}


@pytest.fixture(scope="module")
def bare(tmp_path_factory) -> str:
    """An interpreter with Colab's packages."""
    python = find_python()
    if not python:
        pytest.skip(f"Python {PYTHON} is not here")
    place = tmp_path_factory.mktemp("colab") / "venv"
    uv("venv", "--quiet", "--python", python, str(place))
    inside = str(place / "bin" / "python")
    pins = [f"{name}=={version}" for name, version in PINS.items()]
    install(inside, *pins)
    return inside


@pytest.fixture(scope="module")
def installed(bare) -> tuple[str, dict, dict]:
    """The same, then the course installed; what was there before, and after."""
    before = listed(bare)
    install(bare, ".")
    return bare, before, listed(bare)


@pytest.mark.thorough
def test_an_install_brings_the_course_and_nothing_else(installed):
    _, before, after = installed
    assert PINS.items() <= before.items()
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() == {"course-utils"}


@pytest.mark.thorough
@pytest.mark.parametrize("name", LECTURES)
def test_every_figure_is_live(installed, name, tmp_path):
    """Its canvas has a manager; its picture and its words stand beside it.

    And what is printed is what is stored.
    """
    python, *_ = installed
    lecture = notebook("es", name)
    before = nbformat.v4.new_code_cell(STAND_IN)
    cells = copy.deepcopy(lecture.cells)  # those of other tests stay as stored
    given = nbformat.v4.new_notebook(cells=[before, *cells])
    done = ran(given, python, tmp_path)
    assert [*map(printed, done.cells[1:])] == [*map(printed, lecture.cells)]
    shown = [cell for cell in code_cells(done.cells) if shows_a_figure(cell)]
    assert shown
    for cell in shown:
        [output] = [one for one in cell.outputs if WIDGET in one.get("data", {})]
        assert output.metadata[WIDGET]["colab"]["custom_widget_manager"]["url"] == URL
        assert output.metadata["image/png"]["alt"]
        assert output.data.keys() == {WIDGET, "image/png", "text/plain"}


def printed(cell) -> str:
    return "".join(output.get("text", "") for output in cell.get("outputs", []))


def ran(given, python: str, folder: Path):
    """The notebook, run by this interpreter's kernel; an error is an error here.

    In a folder `es`, which says what the course speaks.
    """
    spec = folder / "share" / "jupyter" / "kernels" / "colab"
    spec.mkdir(parents=True)
    (folder / "es").mkdir()
    start = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    about = {"argv": start, "display_name": "Colab", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(about), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder / "share" / "jupyter"))
        resources = {"metadata": {"path": str(folder / "es")}}
        NotebookClient(
            given, kernel_name="colab", timeout=120, resources=resources
        ).execute()
    return given


# The cell that installs the course there, once it has an address.


def pyproject(folder: Path, urls: str) -> Path:
    (folder / "pyproject.toml").write_text(f"[project]\nname = 'one'\n{urls}", "utf-8")
    return folder / "pyproject.toml"


@pytest.mark.parametrize(
    ("urls", "said"),
    [
        ("", ""),
        ("[project.urls]\nRepository = ''", ""),
        (f"[project.urls]\nRepository = '{ADDRESS}'", ADDRESS),
    ],
)
def test_the_address_is_said_in_one_place(tmp_path, monkeypatch, urls, said):
    assert colab.address(pyproject(tmp_path, urls)) == said
    monkeypatch.setattr(colab, "address", lambda: said)
    assert len(colab.opening("02")) == bool(said)


def test_an_address_that_is_none_is_refused(tmp_path):
    urls = "[project.urls]\nRepository = 'somewhere'"
    with pytest.raises(SystemExit, match="Repository = 'somewhere': must be https"):
        colab.address(pyproject(tmp_path, urls))


@pytest.mark.parametrize("there", [False, True])
def test_the_cell_acts_in_colab_only(there, monkeypatch):
    monkeypatch.setattr(colab, "address", lambda: ADDRESS)
    [cell] = colab.opening("02")
    assert sum(map(bool, cell.source.splitlines())) <= 4
    assert cell.metadata == {"slideshow": {"slide_type": "skip"}, "page": False}
    if there:
        monkeypatch.setitem(sys.modules, "google.colab", sys)
    asked = []
    shell = SimpleNamespace(run_line_magic=lambda *words: asked.append(words))
    exec(cell.source, {"get_ipython": lambda: shell})
    assert asked == [("pip", f"install -q git+{ADDRESS}")] * there


@pytest.mark.parametrize("length", [30, 60, 76])
def test_no_formatter_changes_the_cell_however_long_the_address(monkeypatch, length):
    monkeypatch.setattr(colab, "address", lambda: ADDRESS.ljust(length, "e"))
    cells = colab.opening("02")
    build.refuse_unformatted("02", cells)
    assert refused_by_ruff(cells) == ""


def refused_by_ruff(cells) -> str:
    """What `ruff check` says of a notebook with these cells."""
    written = nbformat.writes(nbformat.v4.new_notebook(cells=[*cells]))
    check = ["-m", "ruff", "check", "--quiet", "-", "--stdin-filename=cell.ipynb"]
    command = [sys.executable, *check]
    return subprocess.run(
        command, cwd=ROOT, input=written, capture_output=True, text=True
    ).stdout


@pytest.mark.thorough
def test_an_install_that_fails_says_so_in_the_notebook(bare, tmp_path, monkeypatch):
    """That interpreter has not even pip."""
    monkeypatch.setattr(colab, "address", lambda: "https://127.0.0.1:9/course")
    cells = [nbformat.v4.new_code_cell(STAND_IN), *colab.opening("02")]
    done = ran(nbformat.v4.new_notebook(cells=cells), bare, tmp_path)
    assert "No module named pip" in printed(done.cells[1])


def test_a_notebook_opens_with_it_and_no_page_does(monkeypatch):
    source = build.LECTURES / "02_gd_divergence.md"
    before = build.translated(build.read(source), "es").cells
    monkeypatch.setattr(colab, "address", lambda: ADDRESS)
    lecture = build.read(source)
    notebook = build.translated(lecture, "es")
    title, first, *others = notebook.cells
    assert first.id.endswith("-colab") and [title, *others] == before
    assert "page" not in first.metadata

    pages.refuse_stale(notebook, lecture, source)
    shown = Page(Lecture("02", lecture.cells, {}, build.NOTEBOOKS), "es", notebook)
    assert title in shown.cells and first not in shown.cells
    assert list(teacher.sections(notebook))
