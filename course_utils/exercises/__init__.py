"""`check("2.1", answer)`: right, not yet, or wrong and why.

Each lecture's exercises stand in a small file of their own, `section_02.py` and so on:
for every exercise the test of a right answer and the mistakes that have a name. The
shared part is here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module

import numpy as np

__all__ = ["Exercise", "check", "close", "find", "holds", "verdict"]


@dataclass(frozen=True)
class Exercise:
    """What the check of one exercise needs to know.

    Parameters
    ----------
    right : callable
        Whether an answer is right.
    mistakes : dict
        Reason → whether an answer makes this mistake. The first that does is named.
    wants : str
        What an answer is, for one that cannot be tested at all (a word for a number).
    praise : str
        Said with the ✓: what the right answer shows.

    Every text is in both languages: "signo al revés · sign reversed".
    """

    right: Callable
    mistakes: dict[str, Callable] = field(default_factory=dict)
    wants: str = "un número · a number"
    praise: str = "correcto · right"


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


def verdict(exercise: Exercise, name: str, answer) -> str:
    """The line that `check` prints."""
    if answer is ...:
        return f"… {name}: todavía no · not yet"
    problem = None
    for reason, test in {None: exercise.right, **exercise.mistakes}.items():
        try:
            if holds(test, answer):
                return (
                    f"✗ {name}: {reason}" if reason else f"✓ {name}: {exercise.praise}"
                )
        except Exception as raised:  # the answer may be anything, a broken function too
            problem = problem or raised
    if problem is None:
        return f"✗ {name}: aún no es correcto · not right yet"
    short = f"{type(problem).__name__}: {problem}".splitlines()[0]
    return f"✗ {name}: se espera · expected: {exercise.wants} ({short})"


def holds(test: Callable, answer) -> bool:
    """Whether a test holds; overflow and nan on the way are no one's business."""
    with np.errstate(all="ignore"):
        return bool(test(answer))


def close(answer, value, tolerance: float = 1e-3) -> bool:
    """Whether an answer has value's shape and is within a relative tolerance of it."""
    answer, value = np.asarray(answer, float), np.asarray(value, float)
    if answer.shape != value.shape:
        return False
    return bool(np.allclose(answer, value, rtol=tolerance, atol=tolerance * 1e-3))


def find(name: str) -> Exercise:
    """The exercise of this name, "2.1" in section_02.py."""
    try:
        lecture = import_module(f".section_{int(name.split('.')[0]):02d}", __name__)
        return lecture.EXERCISES[name]
    except (ModuleNotFoundError, ValueError, KeyError, AttributeError):
        raise ValueError(
            f"name = {name!r}: no exercise has it; names look like '2.1'"
        ) from None
