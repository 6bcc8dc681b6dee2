"""Copies for students: notebooks/{es,en}/*.ipynb → build/student/{es,en}/*.ipynb.

`build.py --student` writes them from the notebooks as they are, and runs nothing. Whole
cells are left out: solutions, folded answers, notes for teachers. So is every output,
since it belongs to whoever runs the cell. An exercise and its `check` stay; what is
right stands in course_utils/exercises, for whoever looks.
"""

import copy
import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from cells import as_built
from minutes import kind

FOLDED = r"<details><summary>([^<]+)</summary>\n\n(.*)\n\n</details>"  # a whole cell


def write(source: Path, target: Path) -> str:
    """A student's copy of a notebook; returns a line of progress."""
    students = without_answers(as_built(source), source.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(nbformat.writes(students) + "\n", "utf-8", newline="\n")
    return f"{target.parent.name}/{target.name}: {len(students.cells)} cells"


def without_answers(notebook: NotebookNode, name: str) -> NotebookNode:
    """The notebook as it is before anybody has worked with it."""
    cells = [copy.deepcopy(cell) for cell in notebook.cells if not answers(cell)]
    for cell in cells:
        refuse_half_folded(cell, name)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return nbformat.v4.new_notebook(cells=cells, metadata=notebook.metadata)


def answers(cell: NotebookNode) -> bool:
    """Whether a cell says what a student is to find."""
    is_solution = "solution" in cell.metadata.get("tags", [])
    return is_solution or kind(cell) == "notes" or bool(folded(cell))


def folded(cell: NotebookNode) -> re.Match | None:
    """The title and the text of a cell of prose that is folded as a whole."""
    prose = cell.cell_type == "markdown"
    return re.fullmatch(FOLDED, cell.source, re.S) if prose else None


def refuse_half_folded(cell: NotebookNode, name: str) -> None:
    """Stop at an answer that would stay, as it shares its cell with other prose."""
    if cell.cell_type == "markdown" and "<details" in cell.source:
        raise SystemExit(
            f"{name}, cell {cell.id}: <details> must be the whole cell, "
            "else its answer stays in a student's copy"
        )
