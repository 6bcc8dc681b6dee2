"""Lectures to pages that need nothing: notebooks/{es,en}/*.ipynb → site/.

A page is one file: prose, formulas (MathML, with a typeface), code, results, and every
live figure as a picture with its words and with the records of its slider grid
(records.py), which figures.js hands to the painter that also works in Jupyter.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from cells import as_built, of_language
from course_utils.languages import LANGUAGES
from course_utils.live import Live

from .contents import contents
from .grid import Grid
from .page import Figure, Lecture, Page
from .records import pack
from .templates import fill
from .texts import TEXTS

FIGURE = r'<figure class="live".*?</figure>'

LIMITS = {"figure": 600_000, "page": 3_000_000, "site": 40_000_000}  # bytes


def write(
    source: NotebookNode, name: str, figures: dict, notebooks: Path, site: Path
) -> Iterator[str]:
    """Both pages of a lecture; yields a line of progress for each figure and page.

    Parameters
    ----------
    source : NotebookNode
        The cells in both languages, whose metadata say what a page shows.
    name : str
        Of the lecture's files.
    figures : dict of Live
        Its live figures, by cell.
    notebooks, site : Path
        Folders {es,en}/ to read from and to write to.
    """
    shown = {}
    for cell, figure in figures.items():
        figure.reset()
        grid = grid_of(source, cell, figure)
        records = pack(figure, grid)
        shown[cell] = Figure(figure, grid, records)
        size = max(map(len, records.values()))
        yield f"{name} {cell}: {len(grid)} points, {size / 1000:.0f} kB"
        refuse_large("figure", cell, size)
    lecture = Lecture(name, source.cells, shown, notebooks)
    for language in LANGUAGES:
        path = notebooks / language / f"{name}.ipynb"
        notebook = as_built(path)
        refuse_stale(notebook, source, path)
        target = site / language / f"{name}.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        page = Page(lecture, language, notebook)
        target.write_text(page.html(), "utf-8", newline="\n")
        shutil.copy(path, target.with_suffix(".ipynb"))
        size = target.stat().st_size
        yield f"{language}/{target.name}: {size / 1e6:.2f} MB"
        refuse_large("page", target.name, size)


def write_index(notebooks: Path, site: Path) -> str:
    """site/index.html: every page, in both languages; returns a line of progress."""
    page = fill(
        "index.html",
        title=" · ".join(texts["course"] for texts in TEXTS.values()),
        language="es",
        languages=TEXTS,
        lectures={language: contents(notebooks, language) for language in LANGUAGES},
        figures={language: first_figure(site / language) for language in LANGUAGES},
    )
    (site / "index.html").write_text(page, "utf-8", newline="\n")
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    refuse_large("site", str(site), size)
    return f"index.html; the whole site: {size / 1e6:.1f} MB"


def first_figure(folder: Path) -> str:
    """The first live figure of the pages in a folder, as one of them shows it."""
    for page in sorted(folder.glob("*.html")):
        found = re.search(FIGURE, page.read_text("utf-8"), re.S)
        if found:
            return found[0]
    return ""


def grid_of(source: NotebookNode, cell: str, figure: Live) -> Grid:
    """The grid of a figure, which stands at its defaults, as its cell wants it."""
    (wanted,) = [c.metadata.get("grid", {}) for c in source.cells if c.id == cell]
    return Grid(figure, wanted)


def refuse_large(what: str, name: str, size: int) -> None:
    if size > LIMITS[what]:
        raise SystemExit(f"{name}: {size} bytes; a {what} may have {LIMITS[what]}")


def refuse_stale(notebook: NotebookNode, source: NotebookNode, path: Path) -> None:
    ours = of_language(source.cells, notebook.metadata.lang)
    written = {cell.id: cell.source for cell in ours}
    if any(written.get(cell.id) != cell.source for cell in notebook.cells):
        raise SystemExit(f"{path.name} is not what its source builds: build it first")
