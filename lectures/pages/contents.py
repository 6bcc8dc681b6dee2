"""The lectures in one language, as the index and a page's neighbours know them."""

from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode

from .markup import plain, prose


class Entry(NamedTuple):
    name: str  # of its files
    title: str
    about: str  # the line below its title, as HTML


def contents(notebooks: Path, language: str) -> list[Entry]:
    """All lectures, in their order."""
    return [
        entry(source, language)
        for source in sorted((notebooks / language).glob("*.ipynb"))
    ]


def entry(source: Path, language: str) -> Entry:
    notebook = nbformat.read(source, 4)
    below = "".join(notebook.cells[0].source.splitlines()[2:3])
    about = below if below.startswith("*") else ""
    links = f"{language}/"
    return Entry(source.stem, title(notebook), prose(about, language, links))


def title(notebook: NotebookNode) -> str:
    return plain(notebook.cells[0].source.splitlines()[0].lstrip("# "))
