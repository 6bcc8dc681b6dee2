"""An exported page shows a live figure as its picture, and all else as it would be.

Of two doors: the command and JupyterLab's menu, whose server reads other settings.
"""

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from course_utils.jupyter import WIDGET
from support.figures import pictures
from support.lab_server import fetch, own_folders

NAME = "02_gd_divergence"
STATE = "application/vnd.jupyter.widget-state+json"
ALT = 'θ "1" < 2'
ABOUT = {"image/png": {"alt": ALT, "width": 72}}
PICTURE = {"image/png": "cGljdHVyZQ==", "text/plain": "θ"}
VIEW = {"model_id": "1", "version_major": 2, "version_minor": 0}
KINDS = ["display_data", "execute_result"]
ALL_ELSE = [
    new_output("display_data", PICTURE),
    new_output("display_data", {"text/html": "<b>θ</b>", **PICTURE}, metadata=ABOUT),
    new_output("display_data", {"image/svg+xml": "<svg></svg>"}),
    new_output("execute_result", {"text/plain": "1"}),
    new_output("stream", text="θ"),
    new_output("error", ename="E", evalue="", traceback=["E"]),
]
FOREIGN = [new_output(k, {WIDGET: VIEW, "text/plain": "θ"}) for k in KINDS] + [
    new_output(k, {WIDGET: VIEW, **PICTURE}) for k in KINDS
]
NOTEBOOKS = {
    "figure": [new_output(k, {WIDGET: VIEW, **PICTURE}, metadata=ABOUT) for k in KINDS],
    "picture": [new_output(k, PICTURE, metadata=ABOUT) for k in KINDS],
    "all_else": ALL_ELSE,
    "foreign": FOREIGN,
}
OWN_PAGE = """{%- extends 'classic/index.html.j2' -%}
{% block body %}<p>mine</p>{{ super() }}{% endblock %}
{% block data_png %}<img src="mine.png">{% endblock %}"""
WITHOUT_US = "--HTMLExporter.template_file=index.html.j2"


def notebook(outputs: list) -> nbformat.NotebookNode:
    """One cell with these outputs, and the state of every widget among them."""
    model = {"model_name": "M", "model_module": "m", "model_module_version": "1"}
    state = {"1": {**model, "state": {}}}
    widgets = {STATE: {"version_major": 2, "version_minor": 0, "state": state}}
    cell = new_code_cell("", outputs=outputs, id="a")
    return new_notebook(cells=[cell], metadata={"widgets": widgets, "title": "θ"})


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The notebooks, and a user's own template beside them."""
    folder = tmp_path_factory.mktemp("exports")
    for name, outputs in NOTEBOOKS.items():
        nbformat.write(notebook(outputs), folder / f"{name}.ipynb")
    own = folder / "mine"
    own.mkdir()
    (own / "index.html.j2").write_text(OWN_PAGE)
    about = {"base_template": "classic", "mimetypes": {"text/html": True}}
    (own / "conf.json").write_text(json.dumps(about))
    return folder


def command(folder: Path, *options: str, only: str = "*") -> dict[str, str]:
    """The pages that `jupyter nbconvert` makes of the folder's notebooks, by name."""
    with TemporaryDirectory() as pages:
        run = [sys.executable, "-m", "nbconvert", *options, f"--output-dir={pages}"]
        run += sorted(path.name for path in folder.glob(f"{only}.ipynb"))
        environment = own_folders(folder)
        subprocess.run(
            run, cwd=folder, env=environment, check=True, capture_output=True
        )
        found = {p.name.split(".")[0]: p for p in Path(pages).glob("*.html")}
        return {name: lasting(path.read_text("utf-8")) for name, path in found.items()}


def lasting(page: str) -> str:
    """A page without the numbers that nbconvert makes up for each widget anew."""
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", page)


def words(page: str) -> list[str | None]:
    """The alt text of every picture of a page."""
    found = []

    class Images(HTMLParser):
        def handle_starttag(self, tag, attributes):
            if tag == "img":
                found.append(dict(attributes).get("alt"))

    Images().feed(page)
    return found


@pytest.fixture(scope="module")
def ours(folder) -> dict[str, str]:
    return command(folder, "--to=html")


@pytest.fixture(scope="module")
def plain(folder) -> dict[str, str]:
    return command(folder, "--to=html", WITHOUT_US)


def test_a_live_figure_is_its_picture_with_its_words(ours, plain):
    assert words(ours["figure"]) == [ALT, ALT]
    assert ours["figure"] == ours["picture"]
    assert words(plain["figure"]) == []


@pytest.mark.parametrize("name", ["all_else", "foreign"])
def test_all_else_is_exported_as_without_the_course(ours, plain, name):
    assert ours[name] == plain[name]


def test_a_users_own_template_is_taken(folder):
    """It says how a picture is shown; a live figure is one there too."""
    own, bare = (
        command(folder, "--to=html", "--template=mine", *more)
        for more in ([], [WITHOUT_US])
    )
    assert own["all_else"] == bare["all_else"]
    assert own["foreign"] == bare["foreign"]
    assert "<p>mine</p>" in own["figure"]
    assert own["figure"].count('src="mine.png"') == 2


def test_slides_say_the_same(folder):
    slides = command(folder, "--to=slides", only="*ure")
    assert '<div class="reveal">' in slides["figure"]
    assert slides["figure"] == slides["picture"]
    assert words(slides["figure"]) == [ALT, ALT]


def test_a_notebook_that_the_command_runs_first(tmp_path):
    """Its widgets are new; a page without a kernel could not show them."""
    code = """from course_utils.live import Curves, live
live(lambda a=1.0: [0, a], Curves(lambda path: path), a=(0, 2))"""
    nbformat.write(new_notebook(cells=[new_code_cell(code)]), tmp_path / "run.ipynb")
    page = command(tmp_path, "--to=html", "--execute")["run"]
    [alt] = words(page)
    assert alt and not alt.startswith("No description")
    assert f'<script type="{WIDGET}">' not in page


@pytest.mark.parametrize("kind", ["html", "slides"])
def test_the_menu_says_the_same(lab, kind):
    url, token = lab
    page = fetch(f"{url}/nbconvert/{kind}/en/{NAME}.ipynb", token).decode()
    assert words(page) == list(pictures("en", NAME).values())


def test_the_menu_makes_the_page_of_the_command(lab, ours):
    url, token = lab
    for name, outputs in NOTEBOOKS.items():
        sent = {"name": f"{name}.ipynb", "content": notebook(outputs)}
        body = json.dumps(sent, sort_keys=True).encode()
        page = fetch(f"{url}/nbconvert/html", token, "POST", body).decode()
        assert lasting(page) == ours[name]
