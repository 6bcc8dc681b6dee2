"""In a real browser: a clone is opened, read, run and saved, and stays clean."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest

from support.browser import needs_chromium
from support.course import ROOT
from support.lab_page import NOTEBOOK, errors, opened, run_all
from support.lab_server import own_folders, running_server

NAME = "02_gd_divergence"
LECTURE = f"notebooks/es/{NAME}.ipynb"
COURSE = "course_utils", "notebooks", "jupyter_data", ".gitignore"
SOON = 2  # s between two saves that nobody asks for; JupyterLab's own are 120 apart
AUTHOR = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org"]

pytestmark = [needs_chromium, pytest.mark.thorough]


def git(folder: Path, *words: str) -> str:
    """What Git says, in a folder, whatever the user has set."""
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", *AUTHOR, *words]
    done = subprocess.run(
        command, cwd=folder, env=os.environ | alone, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def origin(tmp_path) -> Path:
    """The course as it is now, in a repository of its own."""
    folder = tmp_path / "origin"
    folder.mkdir()
    for name in COURSE:
        where = ROOT / name
        copy = shutil.copytree if where.is_dir() else shutil.copy
        copy(where, folder / name)
    shutil.rmtree(folder / "mine", ignore_errors=True)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "The course")
    return folder


@contextlib.contextmanager
def begun(clone: Path, scratch: Path) -> Iterator[tuple[str, str]]:
    """The README's command in a clone, in a JupyterLab that saves by itself, soon."""
    environment = own_folders(scratch)
    own = Path(environment["JUPYTERLAB_SETTINGS_DIR"]) / "@jupyterlab"
    settings = own / "docmanager-extension" / "plugin.jupyterlab-settings"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"autosaveInterval": SOON}), "utf-8")
    command = [sys.executable, "-m", "course_utils", "es", "--"]
    command += ["--expose-app-in-browser"]
    with running_server(command, scratch, environment, cwd=clone) as address:
        yield address


def wait_for_a_save(page, copy: Path) -> None:
    """Until JupyterLab has written the file by itself."""
    saved = f"() => !{NOTEBOOK}.model.dirty"
    page.wait_for_function(saved)
    assert "nbconvert_exporter" in copy.read_text("utf-8"), "JupyterLab's own words"


def test_a_clone_that_was_used_is_clean_and_can_be_updated(chromium, origin, tmp_path):
    clone = tmp_path / "Cursó 1 · moved, with an Í"
    git(tmp_path, "clone", "-q", str(origin), str(clone))
    copy = clone / "mine" / "es" / f"{NAME}.ipynb"
    with begun(clone, tmp_path) as lab:
        with urllib.request.urlopen(f"{lab[0]}/?token={lab[1]}", timeout=60) as first:
            assert urlsplit(first.url).path == "/lab/tree/mine/es/00_start.ipynb"
        shipped = copy.read_bytes()
        assert shipped == (clone / LECTURE).read_bytes()
        with opened(chromium, lab, f"mine/es/{NAME}.ipynb") as page:
            assert not errors(run_all(page))
            wait_for_a_save(page, copy)
            assert copy.read_bytes() != shipped
            assert not page.errors
        assert git(clone, "status", "--porcelain") == ""

    # The course goes on, and an update is no conflict.
    changed = nbformat.read(origin / LECTURE, 4)
    changed.cells[0].source += "\n\nNuevo."
    nbformat.write(changed, origin / LECTURE)
    git(origin, "commit", "-qam", "More")
    git(clone, "pull", "-q")
    with begun(clone, tmp_path):
        assert nbformat.read(copy, 4).cells[0].source.endswith("Nuevo.")
        assert git(clone, "status", "--porcelain") == ""
    said = (tmp_path / "server.log").read_text("utf-8")
    assert f"como en el curso: es/{NAME}.ipynb." in said


def test_every_lecture_is_told_by_its_name_in_the_file_browser(chromium, lab):
    with opened(chromium, lab, "es/00_start.ipynb") as page:
        names = page.locator(".jp-DirListing-itemText")
        names.nth(8).wait_for()
        cut = names.evaluate_all(
            "all => all.filter(one => one.scrollWidth > one.clientWidth)"
            ".map(one => one.innerText)"
        )
    assert cut == []
