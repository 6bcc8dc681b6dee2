"""The cells of a lecture: what names them, and the language in which they speak.

And its notebooks, as the build has written them.
"""

import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode, ValidationError

from course_utils.languages import LANGUAGES

LONGEST = 64  # characters of an id, in Jupyter


def take_names(lecture: str, cells: list[NotebookNode]) -> None:
    """Make the name that each cell's metadata give, `id`, the cell's id.

    A name begins with the number of its lecture, so that no other lecture has it. Only
    a cell and its twin in another language share one.
    """
    taken = set()
    for position, cell in enumerate(cells, start=1):
        where = f"{lecture}, cell {position}, which begins {cell.source[:40]!r}"
        name = cell.metadata.pop("id", None)
        refuse_malformed(where, lecture.split("_")[0], name)
        lang = cell.metadata.get("lang")
        mine = {(name, language) for language in ([lang] if lang else LANGUAGES)}
        if mine & taken:
            raise SystemExit(f"{where}: another cell has the name {name} already")
        taken |= mine
        cell.id = name


def refuse_malformed(where: str, number: str, name: object) -> None:
    """Stop at a name that is missing, or that is no name of this lecture."""
    if name is None:
        raise SystemExit(f"{where}: a cell needs a name, as in id: {number}-factor")
    shape = rf"{number}-[a-z][a-z0-9]*(-[a-z0-9]+)*"
    if not re.fullmatch(shape, str(name)) or len(name) > LONGEST:
        raise SystemExit(
            f"{where}: id: {name}: a name is {number}- and what the cell is about, in "
            f"lower case with hyphens, and has at most {LONGEST} characters"
        )


def as_built(notebook: Path) -> NotebookNode:
    """A notebook of a lecture, as it is; stop at a file that is none."""
    try:
        found = nbformat.read(notebook, 4)
    except (ValueError, LookupError, TypeError, AttributeError, ValidationError):
        found = None
    if not found or not found.cells or found.metadata.get("lang") not in LANGUAGES:
        raise SystemExit(f"{notebook}: is no notebook of the course that can be read")
    return found


def of_language(cells: list[NotebookNode], language: str) -> list[NotebookNode]:
    """The prose in this language, and all of the code."""
    return [cell for cell in cells if cell.metadata.get("lang", language) == language]
