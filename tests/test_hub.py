"""The course on a real JupyterHub: a student logs in, and a figure follows the hand."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
import yaml
from jupyter_server.serverapp import ServerApp
from jupyter_server.services.kernels.kernelmanager import MappingKernelManager
from nbformat.v4 import new_output

from benchmarks.hub import PARTS, parts
from course_utils.jupyter import WIDGET
from support.browser import needs_chromium, new_page
from support.course import ROOT, code_cells
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
from support.lab_server import own_folders

TESTS = str(ROOT / "tests")

pytestmark = [needs_chromium, needs_hub, pytest.mark.thorough]


# Does a page listen to a figure? Then records are sent ahead of the hand.
LISTENING = """any(
    one.ahead.listening for one in __import__('gc').get_objects()
    if type(one).__name__ == 'Live')"""


# What the student's server says of itself, asked from a page of it.
PROBE = """async path => {
    const [, token] = document.cookie.match(/_xsrf=([^;]+)/);
    const answer = await fetch(path, { headers: { 'X-XSRFToken': token } });
    return answer.json();
}"""


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    """One whose servers tell what only they can see."""
    scratch = tmp_path_factory.mktemp("hub")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", TESTS, prepend=os.pathsep)
        config = Path(own_folders(scratch)["JUPYTER_CONFIG_DIR"])
        config.mkdir()
        more = {"ServerApp": {"jpserver_extensions": {"support.probe": True}}}
        (config / "jupyter_server_config.json").write_text(json.dumps(more), "utf-8")
        with running_hub(scratch) as address:
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
    figure.drag([0.7, 0.6, 0.5, 0.4])
    eta = figure.chosen()
    assert 0.37 < eta < 0.47  # 0.4 of the way from -0.1 to 1.2
    figure.wait_for(f"η = {eta},")
    for one, other in zip(before, figure.painted(), strict=True):
        assert (one != other).any()

    assert page.evaluate(ASK, LISTENING) == "True"
    assert page.evaluate(PROBE, "/user/student/probe/") == {
        "modules": ["course_utils.jupyter"],
        "connection": "PromptConnection",
        "no_delay": [True],
    }

    memory, _ = parts()  # as the benchmark tells them
    assert memory.keys() == PARTS.keys() and min(memory.values()) > 0

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


def test_a_page_waits_as_long_as_its_server_may_take():
    """The proxy hands on what is said of a start when that is over, or drops it."""
    [_, option] = settings().ConfigurableHTTPProxy.command
    milliseconds = 1000 * settings().Spawner.start_timeout
    assert option == f"--proxy-timeout={milliseconds}"


# How a teacher's update reaches a notebook that was run and answered.


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    command = ["git", *who, *words]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def pull(source: Path, copy: Path) -> None:
    command = [sys.executable, "-m", "nbgitpuller.pull", str(source), "main", str(copy)]
    who = {f"GIT_{who}_{part}": "test@example.org" for who in WHO for part in WHAT}
    done = subprocess.run(command, env=os.environ | who, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


WHO, WHAT = ("AUTHOR", "COMMITTER"), ("NAME", "EMAIL")


def test_an_update_is_merged_into_a_notebook_that_was_run_and_answered(tmp_path):
    source, copy = tmp_path / "course", tmp_path / "copy"
    source.mkdir()
    git(source, "init", "-q", "-b", "main")
    shutil.copy(ROOT / "notebooks" / "en" / LECTURE, source)
    git(source, "add", ".")
    git(source, "commit", "-q", "-m", "as it was")
    pull(source, copy)

    with changed(copy / LECTURE) as cells:
        run_anew(cells, painted_alike="02-wells-live")
        cells["02-halve-answer"].source = "answer = 0.25  # mine"
        cells["02-halve-answer"].outputs = [new_output("stream", text="mine")]
    code = "2 + 2  # is new\n"
    with changed(source / LECTURE) as cells:
        cells["02-title"].source = "# A new title"
        cells["02-rates-live"].source = code + cells["02-rates-live"].source
        for name in ("02-wells-live", "02-rates-live"):
            picture(cells[name])["image/png"] = THEIRS
    git(source, "commit", "-q", "-am", "an update")
    pull(source, copy)

    with changed(copy / LECTURE) as merged:
        assert merged["02-title"].source == "# A new title"
        assert merged["02-rates-live"].source.startswith(code)
        assert picture(merged["02-wells-live"])["image/png"] == THEIRS
        assert picture(merged["02-rates-live"])["image/png"] == MINE, "until it is run"
        assert merged["02-halve-answer"].source == "answer = 0.25  # mine"
        [said] = merged["02-halve-answer"].outputs
        assert said.text == "mine"
        counts = [cell.execution_count for cell in code_cells(merged.values())]
        assert counts == [*range(SECOND, SECOND + len(counts))]
    assert "<<<<" not in (copy / LECTURE).read_text("utf-8")


MINE, THEIRS = "bWluZQ==", "dGhlaXJz"  # pictures
SECOND = 101  # what a second *Run All* begins to count with


@contextmanager
def changed(path: Path) -> Iterator[dict]:
    """The cells of a notebook by name, written as the block leaves them."""
    notebook = nbformat.read(path, 4)
    nbformat.validate(notebook)
    yield {cell.id: cell for cell in notebook.cells}
    nbformat.write(notebook, path)


def picture(cell) -> dict:
    [output] = [one for one in cell.outputs if "image/png" in one.get("data", {})]
    return output.data


def run_anew(cells: dict, painted_alike: str) -> None:
    """As a student's machine stores a run: its own counts, and its own pictures.

    But for one that comes out as it was.
    """
    for count, cell in enumerate(code_cells(cells.values()), SECOND):
        cell.execution_count = count
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = count
            if "image/png" in output.get("data", {}) and cell.id != painted_alike:
                output.data["image/png"] = MINE


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


def values() -> dict:
    """What a cluster is told."""
    return yaml.safe_load((ROOT / "hub" / "values.yaml").read_text("utf-8"))


def test_the_values_of_a_cluster_are_yaml_with_known_keys():
    """As the chart's documentation names them: its schema is in no package."""
    assert values().keys() == {"singleuser", "cull"}
    singleuser = values()["singleuser"]
    assert singleuser.keys() <= {
        "image",
        "defaultUrl",
        "memory",
        "extraEnv",
        "extraFiles",
    }
    # The same as on one machine.
    assert singleuser["extraEnv"] == settings().Spawner.environment


def told_to_servers() -> dict[str, dict]:
    """The settings of Jupyter that a cluster puts into each student's server."""
    files = values()["singleuser"]["extraFiles"].values()
    return {name: of for file in files for name, of in file["data"].items()}


def test_every_setting_of_a_cluster_s_servers_is_one_that_they_have():
    known = {one.__name__: one for one in (ServerApp, MappingKernelManager)}
    for name, of in told_to_servers().items():
        assert of.keys() <= known[name].class_traits().keys()


def test_whoever_has_left_costs_as_little_on_a_cluster_as_on_one_machine():
    kernels = told_to_servers()["MappingKernelManager"]
    assert settings().Spawner.args == [
        f"--MappingKernelManager.cull_idle_timeout={kernels['cull_idle_timeout']}",
        f"--MappingKernelManager.cull_connected={kernels['cull_connected']}",
        f"--ServerApp.shutdown_no_activity_timeout={values()['cull']['timeout']}",
    ]
