"""What tests know of the lectures: their cells, and their code once it has run."""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import nbformat
import pytest

import build
import pages
from course_utils import languages
from course_utils.languages import LANGUAGES
from run import Run, run

__all__ = ["LANGUAGES", "build", "pages", "run"]

ROOT = Path(__file__).parents[2]
SOURCES = build.sources([])
NAMES = [source.stem for source in SOURCES]


@cache
def source(name: str) -> nbformat.NotebookNode:
    """A lecture in both languages, as the build reads it."""
    return build.read(ROOT / "lectures" / f"{name}.md")


@cache
def notebook(language: str, name: str) -> nbformat.NotebookNode:
    """A committed notebook."""
    return nbformat.read(ROOT / "notebooks" / language / f"{name}.ipynb", 4)


def code_cells(cells) -> list[nbformat.NotebookNode]:
    return [cell for cell in cells if cell.cell_type == "code"]


each_notebook = pytest.mark.parametrize(
    ("language", "name"), [(one, name) for one in LANGUAGES for name in NAMES]
)


def tags(cell) -> list[str]:
    return cell.metadata.get("tags", [])


def complain(cell, reply: dict) -> None:
    """Raise what a kernel replied to a cell, if it is an error and not meant."""
    if reply["status"] == "error" and "raises-exception" not in tags(cell):
        raise RuntimeError(f"{cell.id}: {reply['evalue']}")


def shows_a_figure(cell) -> bool:
    """Whether a cell makes a live figure: `live(…)` is called in it."""
    return bool(called(cell, "live"))


def called(cell, *names: str) -> list[ast.Call]:
    """Where a cell calls one of these functions."""
    calls = (n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.Call))
    return [call for call in calls if getattr(call.func, "id", "") in names]


def checked(cell) -> list[str]:
    """The exercises of a cell: `check("2.1", …)` names one, as does `solution`."""
    return [call.args[0].value for call in called(cell, "check", "solution")]


@contextmanager
def speaking(*spoken: str) -> Iterator[None]:
    """These languages are spoken in the block."""
    before = languages.spoken()
    languages._spoken = spoken
    try:
        yield
    finally:
        languages._spoken = before


@cache
def executed(name: str) -> Run:
    """What the code of a lecture gives where all languages are spoken."""
    return run(source(name).cells)


SMALL = """---
jupytext:
  text_representation: {{extension: .md, format_name: myst}}
---

+++ {{"id": "09-one", "lang": "es", "slideshow": {{"slide_type": "slide"}}}}

# Uno

+++ {{"id": "09-one", "lang": "en", "slideshow": {{"slide_type": "slide"}}}}

# One

```{{code-cell}}
:id: 09-imports
import numpy as np

from course_utils.live import Curves, live
```

+++ {{"id": "09-two", "lang": "es"}}

Dos.

+++ {{"id": "09-two", "lang": "en"}}

Two.

```{{code-cell}}
:id: 09-code
:tags: [solution]
{code}
```
"""


def small(folder: Path, text: str = "print(1 + 1)") -> Path:
    path = folder / "09_small.md"
    path.write_text(SMALL.format(code=text), "utf-8")
    return path
