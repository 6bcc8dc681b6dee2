"""`check("2.1", answer)`: right, not yet, or wrong and why.

Each lecture's exercises stand in a small file of their own, `section_02.py` and so on.
An exercise says what is right and which mistakes have a name, by the values that they
give; where a function is asked for, by functions that make them:

    "2.3": Exercise(right=40, mistakes={"es 4/η · that is 4/η": 80}),
    "2.4": Exercise(
        calls=("step(theta, gradient, eta)",),
        cases=((THETA, G, 0.1), (OTHER_THETA, OTHER_G, 0.25)),
        right=lambda theta, gradient, eta: theta - eta * gradient,
        mistakes={"sube · it climbs": lambda theta, g, eta: theta + eta * g},
    ),

In a value `ANY` is whatever stands there and `Between(0, 1)` any number between these;
`any_of` is one of several values or functions. `answers.py` says what an answer is,
`judge.py` what is said of it.
"""

from importlib import import_module

import numpy as np

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
    "verdict",
]


def check(name: str, answer) -> None:
    """Print whether an answer is right, and if it is wrong, why.

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
    print(verdict(find(name), name, answer))


def find(name: str) -> Exercise:
    """The exercise of this name, "2.1" in section_02.py."""
    try:
        lecture = import_module(f".section_{int(name.split('.')[0]):02d}", __name__)
        return lecture.EXERCISES[name]
    except (ModuleNotFoundError, ValueError, KeyError, AttributeError):
        raise ValueError(
            f"name = {name!r}: no exercise has it; names look like '2.1'"
        ) from None


def data(exercise: Exercise) -> dict | None:
    """An exercise of numbers as JSON can say it; None where a function is asked for.

    `right` is a list of patterns, `mistakes` one of [sentence, patterns], in the order
    in which they are tried. A pattern has an entry for each number: the number, null
    for whatever stands there, or [low, high] without the ends, where null is no end.
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
        "mistakes": [[text, patterns(m)] for text, m in exercise.mistakes.items()],
        "praise": exercise.praise,
    }


def entry(value) -> float | list | None:
    """One number of a pattern, as JSON can say it."""
    if isinstance(value, Between):
        return [end if np.isfinite(end) else None for end in (value.low, value.high)]
    return value if value is ANY else float(value)
