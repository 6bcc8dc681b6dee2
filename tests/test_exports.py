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
from nbconvert.nbconvertapp import NbConvertApp
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
OWN_PAGE = """{%- extends 'lab/index.html.j2' -%}
{% block body_header %}{{ super() }}<p>mine</p>{% endblock %}
{% block data_png %}<img src="mine.png">{% endblock %}"""


def notebook(outputs: list) -> nbformat.NotebookNode:
    """One cell with these outputs, and the state of every widget among them."""
    model = {"model_name": "M", "model_module": "m", "model_module_version": "1"}
    state = {"1": {**model, "state": {}}}
    widgets = {STATE: {"version_major": 2, "version_minor": 0, "state": state}}
    cell = new_code_cell("", outputs=outputs, id="a")
    return new_notebook(cells=[cell], metadata={"widgets": widgets, "title": "θ"})


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The notebooks, and a user's own templates beside them."""
    folder = tmp_path_factory.mktemp("exports")
    for name, outputs in NOTEBOOKS.items():
        nbformat.write(notebook(outputs), folder / f"{name}.ipynb")
    own = folder / "mine"
    own.mkdir()
    for path in (folder / "mine.html.j2", own / "index.html.j2", own / "b.html.j2"):
        path.write_text(OWN_PAGE, "utf-8")
    about = {"base_template": "lab", "mimetypes": {"text/html": True}}
    (own / "conf.json").write_text(json.dumps(about), "utf-8")
    return folder


def command(folder: Path, *options: str, settings: str = "", course: bool = True):
    """The pages that `jupyter nbconvert` makes of the folder's notebooks, by name.

    Here in this process, which is quicker; with these settings of a user, and with
    those of the course or without.
    """
    environment, found = own_folders(folder), {}
    config = Path(environment["JUPYTER_CONFIG_DIR"])
    config.mkdir(exist_ok=True)
    own = f"c = get_config()\n{settings}"
    (config / "jupyter_nbconvert_config.py").write_text(own, "utf-8")
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as pages:
        patch.chdir(folder)
        for name, value in environment.items():
            patch.setenv(name, value)
        if not course:
            patch.setattr("jupyter_core.paths.ENV_CONFIG_PATH", [])
        app = NbConvertApp()
        app.initialize([*options, f"--output-dir={pages}", "*.ipynb"])
        app.start()
        for page in Path(pages).glob("*.html"):
            found[page.name.split(".")[0]] = lasting(page.read_text("utf-8"))
    return found


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


@pytest.fixture(scope="module", params=["html", "slides"])
def kind(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def ours(folder, kind) -> dict[str, str]:
    return command(folder, f"--to={kind}")


@pytest.fixture(scope="module")
def plain(folder, kind) -> dict[str, str]:
    return command(folder, f"--to={kind}", course=False)


def test_a_live_figure_is_its_picture_with_its_words(ours, plain):
    assert words(ours["figure"]) == [ALT, ALT]
    assert ours["figure"] == ours["picture"]
    assert words(plain["figure"]) == []
    assert plain["figure"].count(f'<script type="{WIDGET}">') == 2


@pytest.mark.parametrize("name", ["all_else", "foreign"])
def test_all_else_is_exported_as_without_the_course(ours, plain, name):
    assert ours[name] == plain[name]


def test_the_kind_of_page_is_the_one_asked_for(ours, kind):
    assert ('<div class="reveal">' in ours["figure"]) is (kind == "slides")


# A user's own template, by what they say to the command and by their settings.
OWN = {
    "by its name": (["--template=mine"], ""),
    "by its file": (["--template-file=mine.html.j2"], ""),
    "by both": (["--template=mine", "--template-file=b.html.j2"], ""),
    "for every format": ([], "c.TemplateExporter.template_name = 'mine'"),
    "for HTML": ([], "c.HTMLExporter.template_name = 'mine'"),
    "a file for HTML": ([], "c.HTMLExporter.template_file = 'mine.html.j2'"),
    "nbconvert's other one": (["--template=classic"], ""),
}


@pytest.mark.parametrize("options, settings", OWN.values(), ids=OWN)
def test_with_a_users_own_template_all_is_as_without_the_course(
    folder, options, settings
):
    own, without = (
        command(folder, "--to=html", *options, settings=settings, course=course)
        for course in (True, False)
    )
    assert own == without
    assert ("<p>mine</p>" in own["figure"]) is ("--template=classic" not in options)
    assert own["figure"].count(f'<script type="{WIDGET}">') == 2


PREPROCESSOR = """
def shout(notebook, resources):
    notebook.cells[0].source = "LOUD"
    return notebook, resources

"""


@pytest.mark.parametrize(
    "how", ["Exporter.{} = [shout]", "HTMLExporter.{}.append(shout)"]
)
@pytest.mark.parametrize("first", ["0", "1"])  # whose settings win: theirs, or ours
def test_a_users_own_preprocessor_runs_too(folder, kind, first, how, monkeypatch):
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", first)
    settings = PREPROCESSOR + "c." + how.format("preprocessors")
    page = command(folder, f"--to={kind}", settings=settings)["figure"]
    assert "LOUD" in page
    assert words(page) == [ALT, ALT]


def test_settings_that_outlive_the_course_change_nothing(
    folder, plain, kind, monkeypatch, capfd
):
    for name in ("course_utils", "course_utils.jupyter"):
        monkeypatch.setitem(sys.modules, name, None)  # an import is an error
    assert command(folder, f"--to={kind}") == plain
    assert "course" not in capfd.readouterr().err


def test_a_notebook_that_the_command_runs_first(tmp_path):
    """Its widgets are new; a page without a kernel could not show them."""
    code = """from course_utils.live import Curves, live
live(lambda a=1.0: [0, a], Curves(lambda path: path), a=(0, 2))"""
    nbformat.write(new_notebook(cells=[new_code_cell(code)]), tmp_path / "run.ipynb")
    run = [sys.executable, "-m", "nbconvert", "--to=html", "--execute", "run.ipynb"]
    subprocess.run(
        run, cwd=tmp_path, env=own_folders(tmp_path), check=True, capture_output=True
    )
    page = (tmp_path / "run.html").read_text("utf-8")
    [alt] = words(page)
    assert alt and not alt.startswith("No description")
    assert f'<script type="{WIDGET}">' not in page


def test_the_menu_says_the_same(lab, kind):
    url, token = lab
    page = fetch(f"{url}/nbconvert/{kind}/en/{NAME}.ipynb", token).decode()
    assert words(page) == list(pictures("en", NAME).values())


def test_the_menu_makes_the_page_of_the_command(lab, ours, kind):
    url, token = lab
    for name, outputs in NOTEBOOKS.items():
        sent = {"name": f"{name}.ipynb", "content": notebook(outputs)}
        body = json.dumps(sent, sort_keys=True).encode()
        page = fetch(f"{url}/nbconvert/{kind}", token, "POST", body).decode()
        assert lasting(page) == ours[name]
