"""The cell that brings the course into Colab, once the course has an address."""

import pathlib
import tomllib

import nbformat
from nbformat import NotebookNode

PYPROJECT = pathlib.Path(__file__).resolve().parent.parent / "pyproject.toml"

# `%pip` in plain Python: the cell shows what pip complains of. The address has a line
# of its own, which no formatter breaks.
INSTALL = """\
import sys

address = "{address}"
if "google.colab" in sys.modules:  # all that the course needs is there already
    get_ipython().run_line_magic("pip", f"install -q git+{{address}}")"""


def address(pyproject: pathlib.Path = PYPROJECT) -> str:
    """The course's own, `Repository` in pyproject.toml; "" while there is none."""
    urls = tomllib.loads(pyproject.read_text("utf-8"))["project"].get("urls", {})
    found = urls.get("Repository", "")
    if found and not found.startswith("https://"):
        raise SystemExit(f"{pyproject.name}: Repository = {found!r}: must be https://…")
    return found


def opening(number: str) -> list[NotebookNode]:
    """An install for Colab alone, on no page; none without an address."""
    if not address():
        return []
    about = {"slideshow": {"slide_type": "skip"}, "page": False}
    source = INSTALL.format(address=address())
    cell = nbformat.v4.new_code_cell(source, id=f"{number}-colab", metadata=about)
    return [cell]
