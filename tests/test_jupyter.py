"""What the course adds to Jupyter's server, and that it harms nobody's own settings.

A saved notebook keeps a live figure's picture and words, not its widget; a kernel's
messages wait for nothing. Each server here is a process of its own, with a plain user's
settings or with those of a user who has their own.
"""

import contextlib
import copy
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import nbformat
import pytest

from course_utils.jupyter import WIDGET, keep_pictures
from support.lab_server import fetch, own_folders, running_server

TESTS = Path(__file__).parent
EXTENSION, PROBE = "course_utils.jupyter", "support.probe"
SLOW = ["jupyterlab", "notebook", "jupyter_lsp", "jupyter_server_terminals"]
FIGURE = {WIDGET: {"model_id": "1"}, "image/png": "", "text/plain": "θ = 1"}
PICTURE = {"image/png": "", "text/plain": "θ = 1"}
ABOUT = {"image/png": {"alt": "θ = 1"}}  # a live figure says its words
FOREIGN = {WIDGET: {"model_id": "1"}, "image/png": "", "text/plain": "Canvas()"}
OWN_HOOK = {"FileContentsManager": {"pre_save_hook": "support.probe.own_hook"}}
OWN_HOOK_ELSEWHERE = {"ContentsManager": OWN_HOOK["FileContentsManager"]}
OWN_EXPORT = {"HTMLExporter": {"template_file": "mine.html.j2"}}
OLD_HOOK = {
    "FileContentsManager": {"pre_save_hook": "course_utils.saving.keep_pictures"}
}


def notebook(data: dict, about: dict | None = None) -> nbformat.NotebookNode:
    """A notebook with one output."""
    output = nbformat.v4.new_output("display_data", data, metadata=about or {})
    cell = nbformat.v4.new_code_cell("", outputs=[output])
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(), cell])


def saved(data: dict, about: dict | None = None) -> dict:
    """What is left of an output when its notebook is saved."""
    content = notebook(data, about)
    keep_pictures(model={"type": "notebook", "content": content}, path="", more=None)
    return content.cells[1].outputs[0].data


def test_a_widget_with_a_picture_leaves_the_picture():
    assert saved(FIGURE, ABOUT) == PICTURE


@pytest.mark.parametrize("data", [{WIDGET: {}, "text/plain": ""}, {"image/png": ""}])
@pytest.mark.parametrize("about", [{}, {"image/png": {"width": 72}}])
def test_all_else_stays(data, about):
    assert saved(copy.deepcopy(data), about) == data


@pytest.mark.parametrize("about", [{}, {"image/png": {"width": 72}}])
def test_a_widget_that_is_not_ours_stays_beside_its_picture(about):
    """Such as a figure of ipympl's: it is its view that the page goes on with."""
    assert saved(copy.deepcopy(FOREIGN), about) == FOREIGN


def test_a_file_that_is_no_notebook_stays():
    model = {"type": "file", "content": "image/png"}
    keep_pictures(model=model)
    assert model == {"type": "file", "content": "image/png"}


class Server(NamedTuple):
    """A running server: where it is, and what it says."""

    url: str
    token: str
    log: Path

    def ask(self, path: str, method: str = "GET", body: dict | None = None) -> dict:
        sent = json.dumps(body).encode() if body is not None else None
        return json.loads(fetch(f"{self.url}/{path}", self.token, method, sent))

    def save(self) -> nbformat.NotebookNode:
        """What is on disk when the page has saved a notebook with a live figure."""
        content = notebook(FIGURE, ABOUT)
        body = {"type": "notebook", "format": "json", "content": content}
        self.ask("api/contents/a.ipynb", "PUT", body)
        return nbformat.read(self.log.with_name("a.ipynb"), as_version=4)

    def probe(self) -> dict:
        """What the server's process sees of itself and of a kernel's websocket."""
        kernel = self.ask("api/kernels", "POST", {"name": "python3"})["id"]
        with websocket(self, f"api/kernels/{kernel}/channels") as connection:
            return self.ask(f"probe/{connection.getsockname()[1]}")


@contextlib.contextmanager
def websocket(server: Server, path: str) -> Iterator[socket.socket]:
    """The page's end of a websocket that the server has agreed to."""
    where = urlsplit(server.url)
    lines = [
        f"GET /{path} HTTP/1.1",
        f"Host: {where.netloc}",
        f"Authorization: token {server.token}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]
    with socket.create_connection((where.hostname, where.port), 30) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        answer = connection.recv(1000)
        assert answer.startswith(b"HTTP/1.1 101"), answer
        yield connection


@contextlib.contextmanager
def serving(
    scratch: Path, settings: dict | None = None, *, without: tuple = (), first: str = ""
) -> Iterator[Server]:
    """A server for a user with these settings, and modules found in `first` first.

    Jupytext stays, as it puts its own contents manager in place; what only takes time
    is left out.
    """
    settings = settings or {}
    environment = own_folders(scratch)
    modules = [first, str(TESTS), environment["PYTHONPATH"]]
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, modules))
    extensions = {PROBE: True} | dict.fromkeys([*SLOW, *without], False)
    server = {"jpserver_extensions": extensions} | settings.get("ServerApp", {})
    config = Path(environment["JUPYTER_CONFIG_DIR"])
    config.mkdir()
    text = json.dumps(settings | {"ServerApp": server})
    (config / "jupyter_server_config.json").write_text(text, "utf-8")
    command = [sys.executable, "-m", "jupyter_server", "--allow-root"]
    with running_server(command, scratch, environment) as (url, token):
        yield Server(url, token, scratch / "server.log")


def test_the_server_keeps_pictures_and_delays_nothing(tmp_path):
    with serving(tmp_path) as server:
        assert server.save().cells[1].outputs[0].data == PICTURE
        assert server.probe() == {
            "modules": [EXTENSION],  # without Matplotlib, in every server of a hub
            "connection": "PromptConnection",
            "no_delay": True,
        }


def test_no_trait_is_set_in_a_file_of_settings():
    """Only that the extension is on: what a file sets, no user can take back."""
    folder = TESTS.parent / "jupyter_data/etc/jupyter/jupyter_server_config.d"
    [file] = folder.glob("*.json")
    settings = json.loads(file.read_text("utf-8"))
    assert settings == {"ServerApp": {"jpserver_extensions": {EXTENSION: True}}}


@pytest.mark.parametrize("hook", [OWN_HOOK, OWN_HOOK_ELSEWHERE, OLD_HOOK])
def test_what_a_user_has_set_stays(tmp_path, hook):
    own = {"kernel_websocket_connection_class": "support.probe.OwnConnection"}
    settings = {"ServerApp": own, **hook, **OWN_EXPORT}
    with serving(tmp_path, settings) as server:
        (tmp_path / "mine.html.j2").write_text("mine", "utf-8")
        kept = server.save()
        assert kept.metadata.get("own_hook", False) is (hook is not OLD_HOOK)
        assert kept.cells[1].outputs[0].data == PICTURE
        seen = server.probe()
        assert (seen["connection"], seen["no_delay"]) == ("OwnConnection", False)
        page = fetch(f"{server.url}/nbconvert/html/a.ipynb", server.token)
        assert page == b"mine"


@pytest.mark.parametrize("without", [(), (EXTENSION,)])
def test_the_settings_of_an_older_install_do_no_harm(tmp_path, without):
    """They name the hook where it once was; beside the extension, or alone."""
    with serving(tmp_path, OLD_HOOK, without=without) as server:
        assert server.save().cells[1].outputs[0].data == PICTURE
        assert server.probe()["no_delay"] is not bool(without)


def test_settings_that_outlive_the_course_are_a_warning(tmp_path):
    """The course has been uninstalled, or its folder moved: Jupyter runs."""
    gone = tmp_path / "gone"
    gone.mkdir()
    missing = "No module named 'course_utils'"
    (gone / "course_utils.py").write_text(
        f'raise ModuleNotFoundError("{missing}")', "utf-8"
    )
    with serving(tmp_path, first=str(gone)) as server:
        assert WIDGET in server.save().cells[1].outputs[0].data
        seen = server.probe()
        assert (seen["modules"], seen["no_delay"]) == ([], False)
    said = server.log.read_text("utf-8").splitlines()
    [about] = [line for line in said if line.startswith("[") and EXTENSION in line]
    assert about.startswith("[W") and missing in about


@pytest.mark.thorough
def test_the_report_on_tcp_nodelay_can_be_repeated(tmp_path):
    """Its script runs; the milliseconds belong to the machine."""
    report = (TESTS.parent / "docs" / "tcp_nodelay.md").read_text("utf-8")
    [script] = re.findall(r"```python\n(.+?)```", report, re.DOTALL)
    (tmp_path / "nodelay.py").write_text(script, "utf-8")
    command = [sys.executable, "nodelay.py", "5", "1"]
    run = subprocess.run(
        command, cwd=tmp_path, env=own_folders(tmp_path), capture_output=True, text=True
    )
    seen = re.findall(r"^(\w+) +[0-9.]+ ms$", run.stdout, re.MULTILINE)
    assert seen == ["AsItIs", "NoDelay"], run.stderr
