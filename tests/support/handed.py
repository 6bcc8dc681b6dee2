"""Notebooks as students hand them in: answered, spoiled, run or not."""

import contextlib
import copy
import io
from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_output

import student
from course_utils.exercises import check, memory
from support.course import called, checked, code_cells, notebook, speaking

NAME = "02_gd_divergence"
RIGHT = {
    "2.1": "(1 / 4, 3 / 4)",
    "2.2": "-(1.2**10)",
    "2.3": "(2 / 3, 1 / 3)",
    "2.4": "lambda theta, gradient, eta: theta - eta * gradient",
}
WRONG = {"2.1": "(1, 2)", "2.2": "1.2**10", "2.4": "lambda theta, gradient, eta: theta"}


@cache
def blank(language: str, name: str) -> NotebookNode:
    """A student's copy of which nothing has run."""
    return student.without_answers(notebook(language, name), name)


def answered(language: str, answers: dict[str, str], name: str = NAME) -> NotebookNode:
    """A copy with these answers, which has run: what it printed is stored."""
    book = copy.deepcopy(blank(language, name))
    for cell in exercises(book):
        (exercise,) = checked(cell)
        cell.source = cell.source.replace("...", answers.get(exercise, "..."))
        cell.outputs = [new_output("stream", text=printed(cell.source, language))]
    return book


def exercises(book: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in code_cells(book.cells) if called(cell, "check")]


def cell_of(book: NotebookNode, exercise: str) -> NotebookNode:
    [found] = [cell for cell in exercises(book) if checked(cell) == [exercise]]
    return found


def printed(source: str, language: str) -> str:
    """What a cell of an exercise prints in a notebook of this language."""
    out, before = io.StringIO(), dict(memory.MARKS)
    with speaking(language), contextlib.redirect_stdout(out):
        exec(source, {"check": check})
    memory.MARKS.clear()
    memory.MARKS.update(before)
    return out.getvalue()


def save(book: NotebookNode, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(book), "utf-8")
    return path


def insert(book: NotebookNode, source: str) -> NotebookNode:
    """The notebook with a cell of the student's own in front of its exercises."""
    at = book.cells.index(exercises(book)[0])
    book.cells.insert(at, nbformat.v4.new_code_cell(source))
    return book


def contents(folder: Path) -> dict[str, tuple]:
    """All that is in a folder: bytes, times and rights."""
    return {
        path.relative_to(folder).as_posix(): (
            path.stat().st_mtime_ns,
            path.stat().st_mode,
            path.stat().st_size,
            path.read_bytes() if path.is_file() and path.stat().st_size < 1e7 else b"",
        )
        for path in sorted(folder.rglob("*"))
    }
