"""What has been answered since the kernel started."""

from collections.abc import Sequence

from ..languages import apart
from .answers import Said

MARKS: dict[str, list[str]] = {}  # of every exercise that was run, in order
STATES = {  # an exercise is in the first whose mark it has ever had
    "✓": "resueltos · solved",
    "✗": "intentados · tried",
    "…": "por resolver · open",
}


def keep(name: str, mark: str) -> None:
    """Remember how an answer was judged."""
    MARKS.setdefault(name, []).append(mark)


def wrong(name: str) -> int:
    """How many wrong answers an exercise has had."""
    return MARKS.get(name, []).count("✗")


def state(name: str) -> str:
    """The best mark of an exercise; it is open if it was not run."""
    return next((mark for mark in STATES if mark in MARKS.get(name, [])), "…")


def summary(names: Sequence[str]) -> Said:
    """A line for each state in which there are exercises, in every language."""
    of = {mark: [name for name in names if state(name) == mark] for mark in STATES}
    said = [
        [f"{mark} {text}: {', '.join(of[mark])}" for text in apart(STATES[mark])]
        for mark in STATES
        if of[mark]
    ]
    if not said:
        return apart("… ningún ejercicio se ha ejecutado · … no exercise was run")
    return tuple(map("\n".join, zip(*said, strict=True)))
