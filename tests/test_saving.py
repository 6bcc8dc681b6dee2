"""A saved notebook keeps a live figure's picture and words, not its widget."""

import copy
import json
import subprocess
import sys

import nbformat
import pytest

from course_utils.saving import WIDGET, keep_pictures
from support.lab_server import own_folders


def saved(data: dict) -> dict:
    """What is left of an output when its notebook is saved."""
    output = nbformat.v4.new_output("display_data", data)
    cell = nbformat.v4.new_code_cell("", outputs=[output])
    content = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(), cell])
    keep_pictures(model={"type": "notebook", "content": content}, path="", more=None)
    return content.cells[1].outputs[0].data


def test_a_widget_with_a_picture_leaves_the_picture():
    kept = {"image/png": "", "text/plain": "θ = 1"}
    assert saved({WIDGET: {"model_id": "1"}, **kept}) == kept


@pytest.mark.parametrize("data", [{WIDGET: {}, "text/plain": ""}, {"image/png": ""}])
def test_all_else_stays(data):
    assert saved(copy.deepcopy(data)) == data


def test_a_file_that_is_no_notebook_stays():
    model = {"type": "file", "content": "image/png"}
    keep_pictures(model=model)
    assert model == {"type": "file", "content": "image/png"}


def test_the_server_does_so(tmp_path):
    command = [sys.executable, "-m", "jupyter_server", "--show-config-json"]
    shown = subprocess.run(
        command, env=own_folders(tmp_path), capture_output=True, check=True, text=True
    )
    hook = json.loads(shown.stdout)["FileContentsManager"]["pre_save_hook"]
    assert hook == f"{keep_pictures.__module__}.{keep_pictures.__name__}"
