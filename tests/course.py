"""What tests know of the lectures: their cells, and their code once it has run."""

import ast
import contextlib
import importlib.util
import io
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import nbformat
import numpy as np

from course_utils.live import Live

ROOT = Path(__file__).parents[1]
LANGUAGES = ("es", "en")


def _module(path: Path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build = _module(ROOT / "lectures" / "build.py")
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


def tags(cell) -> list[str]:
    return cell.metadata.get("tags", [])


def shows_a_figure(cell) -> bool:
    """Whether a cell makes a live figure: `live(…)` is called in it."""
    calls = (n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.Call))
    return any(getattr(call.func, "id", "") == "live" for call in calls)


def checked(cell) -> list[str]:
    """The exercises that a cell checks: `check("2.1", …)` names one."""
    return [
        call.args[0].value
        for call in ast.walk(ast.parse(cell.source))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "check"
    ]


@dataclass
class Run:
    """A lecture's code after it ran here, without a kernel."""

    printed: dict[str, str] = field(default_factory=dict)  # by the id of the cell
    shown: dict[str, object] = field(default_factory=dict)  # what its last line gave
    raised: dict[str, str] = field(default_factory=dict)

    @property
    def figures(self) -> dict[str, Live]:
        return {k: value for k, value in self.shown.items() if isinstance(value, Live)}


def run(cells) -> Run:
    """Run cells one after the other, where a student runs them, as a kernel does."""
    done, names = Run(), {"__name__": "__main__"}
    folder = ROOT / "notebooks" / LANGUAGES[0]
    with np.printoptions(), contextlib.chdir(folder if folder.exists() else ROOT):
        for cell in code_cells(cells):
            out = io.StringIO()
            try:
                with contextlib.redirect_stdout(out):
                    done.shown[cell.id] = _run_cell(cell.source, names)
            except Exception as problem:
                if "raises-exception" not in tags(cell):
                    problem.add_note(f"in cell {cell.id}")
                    raise
                done.raised[cell.id] = f"{type(problem).__name__}: {problem}"
            done.printed[cell.id] = out.getvalue()
    return done


def _run_cell(text: str, names: dict):
    """Run a cell; the value of its last line if that is an expression."""
    tree = ast.parse(text)
    last = (
        tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    )
    exec(compile(tree, "<cell>", "exec"), names)
    if last is not None:
        return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
    return None


@cache
def executed(name: str) -> Run:
    return run(source(name).cells)


SMALL = """---
jupytext:
  text_representation: {{extension: .md, format_name: myst}}
---

+++ {{"lang": "es", "slideshow": {{"slide_type": "slide"}}}}

# Uno

+++ {{"lang": "en", "slideshow": {{"slide_type": "slide"}}}}

# One

```{{code-cell}}
import numpy as np

from course_utils.live import Curves, live
```

+++ {{"lang": "es"}}

Dos.

+++ {{"lang": "en"}}

Two.

```{{code-cell}}
:tags: [solution]
{code}
```
"""


def small(folder: Path, text: str = "print(1 + 1)") -> Path:
    path = folder / "09_small.md"
    path.write_text(SMALL.format(code=text), "utf-8")
    return path
