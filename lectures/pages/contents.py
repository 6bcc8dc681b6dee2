"""The lectures in one language, as the index and a page's neighbours know them."""

from pathlib import Path
from typing import NamedTuple

from nbformat import NotebookNode

from cells import as_built

from .markup import plain, prose


class Entry(NamedTuple):
    name: str  # of its files
    title: str
    about: str  # the line below its title, as HTML
    picture: str  # its first one, PNG in base64; or nothing


def contents(notebooks: Path, language: str) -> list[Entry]:
    """All lectures, in their order."""
    return [
        entry(source, language)
        for source in sorted((notebooks / language).glob("*.ipynb"))
    ]


def entry(source: Path, language: str) -> Entry:
    notebook = as_built(source)
    below = "".join(notebook.cells[0].source.splitlines()[2:3])
    about = below if below.startswith("*") else ""
    links = f"{language}/"
    said = prose(about, language, links)
    return Entry(source.stem, title(notebook), said, first_picture(notebook))


def first_picture(notebook: NotebookNode) -> str:
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    data = (output.get("data", {}) for output in outputs)
    found = (one["image/png"] for one in data if "image/png" in one)
    return next(found, "").replace("\n", "")


def title(notebook: NotebookNode) -> str:
    return plain(notebook.cells[0].source.splitlines()[0].lstrip("# "))
