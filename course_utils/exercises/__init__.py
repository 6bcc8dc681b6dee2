"""`check("2.1", answer)`: right, not yet, or wrong and why.

And what belongs to it: `hint("2.1")`, `solution("2.1", answer)`, and `progress()` at
the end of a lecture. All of it in the language of the notebook, or in that which was
chosen by `language("en")`.

Each lecture's exercises stand in a small file of their own, `section_02.py` and so on.
An exercise says what is right and which mistakes have a name, by the values that they
give; where a function is asked for, by functions that make them:

    "2.2": Exercise(right=-(1.2**10), mistakes={"signo · sign": 1.2**10}),
    "2.4": Exercise(
        calls=("step(theta, gradient, eta)",),
        cases=((THETA, G, 0.1), (OTHER_THETA, OTHER_G, 0.25)),
        right=lambda theta, gradient, eta: theta - eta * gradient,
        mistakes={"sube · it climbs": lambda theta, g, eta: theta + eta * g},
    ),

In a value `ANY` is whatever stands there and `Between(0, 1)` any number between these;
`any_of` is one of several values or functions. `answers.py` says what an answer is,
`judge.py` what is said of it, `memory.py` what has been answered.
"""

from importlib import import_module
from typing import NamedTuple

import numpy as np

from ..languages import LANGUAGES, apart, language, told
from . import memory
from .answers import say
from .judge import (
    ANY,
    EXACT,
    Between,
    Called,
    Exercise,
    When,
    alternatives,
    any_of,
    close,
    judged,
    lines,
    verdict,
)

__all__ = [
    "ANY",
    "EXACT",
    "Between",
    "Called",
    "Exercise",
    "When",
    "any_of",
    "check",
    "close",
    "data",
    "find",
    "hint",
    "language",
    "progress",
    "solution",
    "verdict",
]

STUCK = 2  # wrong answers, before the hint is named


def check(name: str, answer) -> None:
    """Print whether an answer is right, and if it is wrong, why.

    After two wrong answers it names the hint.

    Parameters
    ----------
    name : str
        The exercise's number, such as ``"2.1"``.
    answer
        The student's answer; ``...`` means "not yet".

    Raises
    ------
    ValueError
        If there is no exercise of that name.
    """
    mark, said = judged(find(name), answer)
    memory.keep(name, mark)
    if mark == "✗" and memory.wrong(name) >= STUCK:
        clue = say('una pista: hint("{name}") · for a hint: hint("{name}")', name=name)
        said = tuple(map("{}\n  {}".format, said, clue))
    print(told(lines(mark, name, said)))


def solution(name: str, answer) -> None:
    """Print that a solution is right; for `progress` it is no answer of the student's.

    Parameters
    ----------
    name : str
        The exercise's number, such as ``"2.1"``.
    answer
        What the lecture says.

    Raises
    ------
    ValueError
        If there is no exercise of that name.
    """
    mark, said = judged(find(name), answer)
    passes = apart("la solución es correcta · the solution is right")
    print(told(lines(mark, name, passes if mark == "✓" else said)))


class Hint(NamedTuple):
    """A text that Jupyter shows with its formulas."""

    text: str

    def __repr__(self) -> str:
        return self.text

    _repr_markdown_ = __repr__


def hint(name: str) -> Hint:
    """What helps with an exercise, without telling: the last line of a cell shows it.

    Parameters
    ----------
    name : str
        The exercise's number, such as ``"2.1"``.

    Returns
    -------
    Hint
        One or two sentences.

    Raises
    ------
    ValueError
        If there is no exercise of that name.
    """
    texts = find(name).hint
    return Hint(told([texts[one] for one in LANGUAGES], between="\n\n"))


def progress() -> None:
    """Print what is solved, tried and open since the kernel started.

    Of the lectures of which an exercise was run.
    """
    begun = sorted({number(name) for name in memory.MARKS})
    print(told(memory.summary([name for n in begun for name in lecture(n)])))


def number(name: str) -> int:
    """The lecture of an exercise: 2 of "2.1"."""
    return int(name.split(".")[0])


def lecture(number: int) -> dict[str, Exercise]:
    """The exercises of a lecture: 2 has those in section_02.py."""
    return import_module(f".section_{number:02d}", __name__).EXERCISES


def find(name: str) -> Exercise:
    """The exercise of this name, "2.1" in section_02.py."""
    try:
        return lecture(number(name))[name]
    except (ModuleNotFoundError, ValueError, KeyError, AttributeError):
        raise ValueError(
            f"name = {name!r}: no exercise has it; names look like '2.1'"
        ) from None


def data(exercise: Exercise) -> dict | None:
    """An exercise of numbers as JSON can say it; None where a function is asked for.

    `right` is a list of patterns, `mistakes` one of [sentence, patterns], in the order
    in which they are tried, but for those that only a function knows. A pattern has an
    entry for each number: the number, null for whatever stands there, or [low, high]
    without the ends, where null is no end.
    """
    if exercise.calls:
        return None

    def patterns(wanted) -> list[list]:
        return [[*map(entry, p)] for (p,) in alternatives(exercise, wanted)]

    return {
        "names": list(exercise.names),
        "times": list(exercise.times),
        "tolerance": exercise.nearness,
        "counts": exercise.counts,
        "right": patterns(exercise.right),
        "mistakes": [
            [text, patterns(wanted)]
            for text, wanted in exercise.mistakes.items()
            if not isinstance(wanted, When)
        ],
        "praise": exercise.praise,
    }


def entry(value) -> float | list | None:
    """One number of a pattern, as JSON can say it."""
    if isinstance(value, Between):
        return [end if np.isfinite(end) else None for end in (value.low, value.high)]
    return value if value is ANY else float(value)
