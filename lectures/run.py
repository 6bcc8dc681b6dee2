"""Run a lecture's code here, without a kernel, and keep what every cell gave."""

import ast
import contextlib
import io
import pathlib
from dataclasses import dataclass, field

import nbformat
import numpy as np

from course_utils.live import Live

ROOT = pathlib.Path(__file__).resolve().parents[1]


@dataclass
class Run:
    """What the code cells of a lecture gave, by the id of the cell."""

    printed: dict[str, str] = field(default_factory=dict)
    shown: dict[str, object] = field(default_factory=dict)  # what its last line gave
    raised: dict[str, str] = field(default_factory=dict)
    names: dict[str, object] = field(default_factory=dict)  # what the cells defined

    @property
    def figures(self) -> dict[str, Live]:
        return {k: value for k, value in self.shown.items() if isinstance(value, Live)}


def run(cells: list[nbformat.NotebookNode]) -> Run:
    """Run cells one after the other, where a student runs them, as a kernel does."""
    done = Run(names={"__name__": "__main__"})
    folder = ROOT / "notebooks" / "es"
    with np.printoptions(), contextlib.chdir(folder if folder.exists() else ROOT):
        for cell in cells:
            if cell.cell_type != "code":
                continue
            out = io.StringIO()
            try:
                with contextlib.redirect_stdout(out):
                    done.shown[cell.id] = _run_cell(cell.source, done.names)
            except Exception as problem:
                if "raises-exception" not in cell.metadata.get("tags", []):
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
