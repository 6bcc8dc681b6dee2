"""The course on a real JupyterHub: a student logs in, and a figure follows the hand."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml

from course_utils.jupyter import WIDGET
from support.browser import needs_chromium, new_page
from support.course import ROOT
from support.hand import ASK
from support.hub import LECTURE, at_home, needs_hub, running_hub, settings
from support.lab_page import (
    NAME_CELLS,
    NOTEBOOK,
    READY,
    Figure,
    command,
    errors,
    run_all,
    show,
)

pytestmark = [needs_chromium, needs_hub, pytest.mark.thorough]


# Does a page listen to a figure? Then records are sent ahead of the hand.
LISTENING = """any(
    one.ahead.listening for one in __import__('gc').get_objects()
    if type(one).__name__ == 'Live')"""


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    with running_hub(tmp_path_factory.mktemp("hub")) as address:
        yield address


def log_in(chromium, url: str, name: str):
    """A page on the student's own server."""
    page = new_page(chromium, 1280, 900)
    page.goto(f"{url}/hub/login")
    page.fill("#username_input", name)
    page.fill("#password_input", "any")
    page.click("#login_submit")
    page.wait_for_url(f"{url}/user/{name}/lab**", timeout=120_000)
    return page


def logged_in(chromium, url: str, homes: Path, name: str):
    """A lecture, open there."""
    at_home(homes, name)
    page = log_in(chromium, url, name)
    page.goto(f"{url}/user/{name}/lab/tree/{LECTURE}?reset")
    page.wait_for_function(READY, timeout=120_000)
    page.evaluate(NAME_CELLS)
    return page


def test_a_figure_follows_the_hand_and_is_kept(chromium, hub):
    url, homes = hub
    page = logged_in(chromium, url, homes, "student")
    assert not errors(run_all(page))
    show(page, "02-rates-live")
    figure = Figure(page, "02-rates-live")
    assert "η = 0.9," in figure.words()
    before = figure.painted()
    figure.press("ArrowLeft", 5)
    figure.wait_for("η = 0.85,")
    for one, other in zip(before, figure.painted(), strict=True):
        assert (one != other).any()

    assert page.evaluate(ASK, LISTENING) == "True"

    # The course's part of the server is at work: the picture is kept, with its words,
    # and a saved notebook has no widget that would be dead tomorrow.
    command(page, "docmanager:save")
    page.wait_for_function(f"!{NOTEBOOK}.model.dirty")
    saved = json.loads((homes / "student" / LECTURE).read_text("utf-8"))
    shown = [
        output
        for cell in saved["cells"]
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert shown
    for output in shown:
        assert output["metadata"]["image/png"]["alt"] and WIDGET not in output["data"]
    page.close()


def test_whoever_has_an_account_is_let_in():
    """Where nothing says so, JupyterHub 5 lets nobody in."""
    assert settings().Authenticator.allow_all is True


# How a teacher's update reaches a notebook that was run and answered.


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    command = ["git", *who, *words]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def pull(source: Path, copy: Path) -> None:
    command = [sys.executable, "-m", "nbgitpuller.pull", str(source), "main", str(copy)]
    who = {f"GIT_{who}_{part}": "test@example.org" for who in WHO for part in PARTS}
    done = subprocess.run(command, env=os.environ | who, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


WHO, PARTS = ("AUTHOR", "COMMITTER"), ("NAME", "EMAIL")


def test_an_update_is_merged_into_an_answered_notebook(tmp_path):
    source, copy = tmp_path / "course", tmp_path / "copy"
    source.mkdir()
    git(source, "init", "-q", "-b", "main")
    shutil.copy(ROOT / "notebooks" / "en" / LECTURE, source)
    git(source, "add", ".")
    git(source, "commit", "-q", "-m", "as it was")
    pull(source, copy)

    change(copy / LECTURE, "02-halve-answer", "answer = 0.25  # mine", ran=True)
    change(source / LECTURE, "02-title", "# A new title")
    git(source, "commit", "-q", "-am", "an update")
    pull(source, copy)

    merged = {cell.id: cell for cell in nbformat.read(copy / LECTURE, 4).cells}
    assert merged["02-title"].source == "# A new title"
    assert merged["02-halve-answer"].source == "answer = 0.25  # mine"
    [said] = merged["02-halve-answer"].outputs
    assert said.text == "mine"
    assert "<<<<" not in (copy / LECTURE).read_text("utf-8")


def link(hub: str, address: str) -> str:
    """The one of hub/README.md."""
    text = (ROOT / "hub" / "README.md").read_text("utf-8")
    [shape] = [line for line in text.splitlines() if line.startswith("HUB/")]
    return shape.replace("HUB", hub, 1).replace("ADDRESS", address, 1)


def test_the_link_copies_the_course_and_opens_a_lecture(chromium, hub, tmp_path):
    url, homes = hub
    (homes / "reader").mkdir(parents=True)
    names = ["es/00_start.ipynb", "en/00_start.ipynb"]
    for name in names:
        (tmp_path / "notebooks" / name).parent.mkdir(parents=True)
        shutil.copy(ROOT / "notebooks" / name, tmp_path / "notebooks" / name)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "the course")

    page = log_in(chromium, url, "reader")
    page.goto(link(url, str(tmp_path)))
    page.wait_for_function(READY, timeout=120_000)
    assert page.url.endswith("/lab/tree/course/notebooks/en/00_start.ipynb")
    for name in names:
        assert (homes / "reader" / "course" / "notebooks" / name).is_file()
    page.close()


def change(path: Path, name: str, source: str, ran: bool = False) -> None:
    """Another text in one cell, and what it put out if it was run."""
    notebook = nbformat.read(path, 4)
    [cell] = [cell for cell in notebook.cells if cell.id == name]
    cell.source = source
    if ran:
        cell.execution_count = 7
        cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text="mine")]
    nbformat.write(notebook, path)


def test_the_values_of_a_cluster_are_yaml_with_known_keys():
    """As the chart's documentation names them: its schema is in no package."""
    values = yaml.safe_load((ROOT / "hub" / "values.yaml").read_text("utf-8"))
    assert values.keys() == {"singleuser", "cull"}
    assert values["singleuser"].keys() <= {
        "image",
        "defaultUrl",
        "memory",
        "extraEnv",
        "extraFiles",
    }
    # The same as on one machine.
    assert values["singleuser"]["extraEnv"] == settings().Spawner.environment
