"""`check("2.1", answer)`: right, not yet, or wrong and why.

Each lecture's exercises stand in a small file of their own, `section_02.py` and so on.
An exercise says what is right and which mistakes have a name, as values or as tests:

    "2.3": Exercise(right=40, mistakes={"signo al revés · sign reversed": -40}),
    "3.4": Exercise(of=_step, right=2 / 3, mistakes={"sube · it climbs": _climbs}),

`of` reads an answer, once; here `_step` calls the student's function. A value is what
it must give; a test such as `_climbs` is asked about what it gave. In a value `ANY` is
whatever stands there: `(ANY, 1 / 9)` is a mistake in the second of two numbers.
`any_of` makes one test of several values, `near` gives one a tolerance of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = [
    "ANY",
    "Exercise",
    "any_of",
    "check",
    "close",
    "find",
    "holds",
    "near",
    "pair",
    "verdict",
]

ANY = np.nan  # in a value: whatever stands there
TOLERANCE = 1e-3
Test = Callable[[Any], bool]


def as_it_is(answer):
    """How most answers are read: a number is a number."""
    return answer


def pair(answer) -> np.ndarray:
    """How an answer of two numbers is read; another shape is an error."""
    numbers = np.asarray(answer, float)
    if numbers.shape != (2,):
        raise ValueError(f"{numbers.shape} ≠ (2,)")
    return numbers


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """What the check of one exercise needs to know.

    Parameters
    ----------
    of : callable
        Reads an answer: what it gives is compared and tested. A student's function is
        called here and nowhere else. If it raises, the answer is none.
    right : array_like or callable
        What `of` gives for a right answer, or a test of that.
    mistakes : dict
        Reason → what `of` gives for this mistake, or a test of that. The first that
        fits is named.
    tolerance : float
        How near to a value is near enough, see `close`.
    hint : dict
        Language → a sentence or two that help without telling, for the pages.
    wants : str
        What an answer is, for one that cannot be tested at all (a word for a number).
    praise : str
        Said with the ✓: what the right answer shows.

    Every other text is in both languages: "signo al revés · sign reversed".
    """

    of: Callable[[Any], Any] = as_it_is
    right: npt.ArrayLike | Test
    mistakes: dict[str, npt.ArrayLike | Test] = field(default_factory=dict)
    tolerance: float = TOLERANCE
    hint: dict[str, str] = field(default_factory=dict)
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
    try:  # the answer may be anything, a broken function too
        mistake = named(exercise, answer)
    except Exception as problem:
        short = f"{type(problem).__name__}: {problem}".splitlines()[0]
        mistake = f"se espera · expected: {exercise.wants} ({short})"
    return f"✗ {name}: {mistake}" if mistake else f"✓ {name}: {exercise.praise}"


def named(exercise: Exercise, answer) -> str | None:
    """What is wrong with an answer; None if it is right.

    A test that such an answer breaks is passed over: a later one may name the mistake.
    If none does, what the first one raised is raised.
    """
    with np.errstate(all="ignore"):
        given = exercise.of(answer)
    problem = None
    for mistake, wanted in {None: exercise.right, **exercise.mistakes}.items():
        try:
            if holds(wanted, given, exercise.tolerance):
                return mistake
        except Exception as raised:
            problem = problem or raised
    if problem is not None:
        raise problem
    return "aún no es correcto · not right yet"


def holds(wanted, given, tolerance: float = TOLERANCE) -> bool:
    """Whether a test holds or a value fits; overflow and nan are no one's business."""
    with np.errstate(all="ignore"):
        if callable(wanted):
            return bool(wanted(given))
        return fits(given, wanted, tolerance)


def fits(given, value, tolerance: float = TOLERANCE) -> bool:
    """Whether it is close to a value wherever that is not `ANY`."""
    given, value = np.asarray(given, float), np.asarray(value, float)
    matters = ~np.isnan(value)
    return given.shape == value.shape and close(
        given[matters], value[matters], tolerance
    )


def close(answer, value, tolerance: float = TOLERANCE) -> bool:
    """Whether an answer has value's shape and is within a relative tolerance of it."""
    answer, value = np.asarray(answer, float), np.asarray(value, float)
    if answer.shape != value.shape:
        return False
    return bool(np.allclose(answer, value, rtol=tolerance, atol=tolerance * 1e-3))


def near(value: npt.ArrayLike, tolerance: float) -> Test:
    """A test: is it this value, with a tolerance of its own?"""
    return lambda given: fits(given, value, tolerance)


def any_of(*values: npt.ArrayLike, tolerance: float = TOLERANCE) -> Test:
    """A test: is it one of these values?"""
    return lambda given: any(fits(given, value, tolerance) for value in values)


def find(name: str) -> Exercise:
    """The exercise of this name, "2.1" in section_02.py."""
    try:
        lecture = import_module(f".section_{int(name.split('.')[0]):02d}", __name__)
        return lecture.EXERCISES[name]
    except (ModuleNotFoundError, ValueError, KeyError, AttributeError):
        raise ValueError(
            f"name = {name!r}: no exercise has it; names look like '2.1'"
        ) from None
