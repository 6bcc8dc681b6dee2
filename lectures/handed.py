"""A notebook as it was handed in: read with suspicion, and never written.

Whatever a file holds, it is read or it is `Broken`, with the reason.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from course_utils.exercises import find
from course_utils.exercises.memory import STATES

MOST = 50_000_000  # bytes of a file; a lecture with all its pictures has a million

CHECK = re.compile(r"""\bcheck\(\s*["'](\d+\.\d+)["']""")
SAID = re.compile(rf"^([{''.join(STATES)}]) (\d+\.\d+):", re.M)

MARKS = dict(zip(STATES, ("solved", "tried", "open"), strict=True))


class Broken(Exception):
    """Why a file is no notebook: a key of the words in collect.py, and a detail."""


class Cell(NamedTuple):
    """A code cell: its source, and what it printed."""

    source: str
    printed: str


def read(path: Path) -> list[Cell]:
    """The code cells of a notebook.

    Raises
    ------
    Broken
        If it cannot be read, whatever the reason.
    """
    try:
        size = path.stat().st_size
        if not 0 < size <= MOST:
            raise Broken("huge" if size else "empty", f"{size / 1e6:.0f} MB")
        cells = json.loads(path.read_bytes())["cells"]
        return [code_cell(cell) for cell in cells if cell["cell_type"] == "code"]
    except OSError as problem:
        raise Broken("unread", problem.strerror or "") from None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Broken("broken", "") from None


def code_cell(cell: dict) -> Cell:
    printed = [output.get("text", "") for output in cell.get("outputs", [])]
    return Cell("".join(cell["source"]), "\n".join(map("".join, printed)))


def asked(cells: list[Cell]) -> list[str]:
    """The exercises of the course that are checked."""
    names = [name for cell in cells for name in CHECK.findall(cell.source)]
    return [name for name in dict.fromkeys(names) if exists(name)]


def exists(name: str) -> bool:
    try:
        return bool(find(name))
    except ValueError:
        return False


def stored(cells: list[Cell]) -> dict[str, str]:
    """The state of each exercise that has one, as the outputs of its cells say."""
    found = {}
    for cell in cells:
        checked = CHECK.findall(cell.source)
        for mark, name in SAID.findall(cell.printed):
            if name in checked:
                found.setdefault(name, []).append(MARKS[mark])
    return {name: best(states) for name, states in found.items()}


def best(states: Iterable[str], order: Iterable[str] = tuple(MARKS.values())) -> str:
    """The first of these, in the order of what is worth more."""
    return next(state for state in order if state in states)
