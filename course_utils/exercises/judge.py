"""Whether an answer is right, and if not, which sentence is true of it.

An answer, read by `answers.py`, is a list of cases, in each a list of parts: one case
of k numbers, or what a function gives in each of its cases. Whatever it is compared
with has the same form, and the first that holds is said: what is right; one of the
exercise's own mistakes; a diagnosis that can be made of any exercise. Each sentence
belongs to one predicate, and so is never said of an answer that it does not describe.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations
from typing import Any

import numpy as np

from ..languages import apart, told
from .answers import (
    Parts,
    Raised,
    Said,
    Unreadable,
    functions,
    listed,
    numbers,
    quiet,
    results,
    same,
    say,
    shown,
)
from .sentences import NOT_YET, SENTENCES

Given = list[Parts]  # for each case, the parts

ANY = None  # in a value: whatever stands there
TOLERANCE = 1e-3
EXACT = 1e-6  # what float32 can keep
NEARLY = 0.05


@dataclass(frozen=True)
class Between:
    """A value's place for any number between two, without the ends; ∞ is no end."""

    low: float
    high: float


@dataclass(frozen=True)
class AnyOf:
    values: tuple


def any_of(*values) -> AnyOf:
    """One of several values, or of several functions."""
    return AnyOf(values)


@dataclass(frozen=True)
class When:
    """A test of what a function gave: an array, one item, or one row, for each case."""

    test: Callable[[np.ndarray], bool]


@dataclass(frozen=True)
class Called:
    """A function that raises, but does well with other arguments.

    `change` makes those arguments, `gives` what comes out, by default as it should.
    """

    change: Callable[..., tuple]
    gives: Callable | AnyOf | None = None


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """What the check of one exercise needs to know, as data.

    Parameters
    ----------
    right : float, tuple, Between, AnyOf or callable
        The number or the numbers asked for; `ANY` and `Between` may stand for one of
        them. Where a function is asked for, a right one.
    mistakes : dict
        Sentence → the value that this mistake gives, or the function that makes it;
        there also `When` and `Called`. The first that fits is said.
    names : tuple of str
        What several numbers, or several results of a function, are called.
    times : tuple of float
        Only the sum of the numbers, each times this, is compared.
    calls : tuple of str
        How the function, or each of the functions, is called: "step(theta, eta)".
    cases : tuple of tuple
        The arguments that it is tried on: of different shapes and values, so that
        no number written into the body can pass for an argument.
    without : str
        The name of what a function must not use, as it is what is asked for.
    tolerance : float
        How near to a value is near enough, relative to it; `EXACT` where the exercise
        asks for the value itself.
    counts : bool
        The numbers are counts: compared exactly.
    hint : dict
        Language → a sentence or two that help without telling: for `hint`, and the
        pages.
    praise : str
        Said with the ✓: what the right answer shows.

    Every other text is in both languages, "signo al revés · sign reversed", of which a
    notebook says its own: each must be whole.
    """

    right: Any
    mistakes: dict[str, Any] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    times: tuple[float, ...] = ()
    calls: tuple[str, ...] = ()
    cases: tuple[tuple, ...] = ()
    without: str = ""
    tolerance: float = TOLERANCE
    counts: bool = False
    hint: dict[str, str] = field(default_factory=dict)
    praise: str = "correcto · right"

    @cached_property
    def rights(self) -> list[Given]:
        """Every right answer, in the form of one that was read."""
        return list(alternatives(self, self.right))

    @property
    def parts(self) -> tuple[str, ...]:
        """What its several numbers or results are called; none if there is one."""
        if self.times:
            return ()
        return self.names or (self.calls if len(self.calls) > 1 else ())

    @property
    def nearness(self) -> float:
        return EXACT if self.counts else self.tolerance


def judged(exercise: Exercise, answer) -> tuple[str, Said]:
    """A mark (✓ right, ✗ wrong, … not yet), and what is said of an answer."""
    if answer is ...:
        return "…", apart(NOT_YET)
    try:
        mistake = named(exercise, answer)
    except Unreadable as problem:
        return problem.mark, problem.said
    return ("✗", mistake) if mistake else ("✓", apart(exercise.praise))


def lines(mark: str, name: str, said: Said) -> Said:
    """As it is printed."""
    return tuple(f"{mark} {name}: {text}" for text in said)


def verdict(exercise: Exercise, name: str, answer) -> str:
    """What `check` prints, in the language that is spoken."""
    mark, said = judged(exercise, answer)
    return told(lines(mark, name, said))


def named(exercise: Exercise, answer) -> Said | None:
    """What is wrong with an answer; None if it is right."""
    try:
        given = read(exercise, answer)
    except Raised:
        for sentence, wanted in exercise.mistakes.items():
            if isinstance(wanted, Called) and works(exercise, answer, wanted):
                return apart(sentence)
        if swapped := arguments_in_another_order(exercise, answer):
            return swapped
        raise
    if fits_any(given, exercise.rights, exercise.nearness):
        return used(exercise, answer)
    if sentence := in_another_order(exercise, given):
        return sentence
    for sentence, wanted in exercise.mistakes.items():
        if holds(exercise, wanted, given):
            return apart(sentence)
    for diagnosis in DIAGNOSES:
        if sentence := diagnosis(exercise, given):
            return sentence
    return (
        arguments_in_another_order(exercise, answer)
        or right_in_some_cases(exercise, given)
        or apart(SENTENCES["wrong"])
    )


def added(times: tuple[float, ...], parts: Parts) -> float:
    """From left to right, as a page does; `np.dot` has an order of its own."""
    total = 0.0
    for each, part in zip(times, parts, strict=True):
        total += each * part
    return total


def read(exercise: Exercise, answer) -> Given:
    """An answer as it is compared; a function is called once in each case.

    And once more in the first: one that remembers, or draws lots, cannot be judged.
    """
    if not exercise.calls:
        parts = numbers(answer, exercise.names)
        with np.errstate(all="ignore"):  # ∞ − ∞
            return [[added(exercise.times, parts)] if exercise.times else parts]
    first, *others = exercise.cases
    given = [outcome(exercise, answer, case) for case in (first, *others, first)]
    if not all(map(same, given[0], given.pop())):
        raise Unreadable(
            "tu función da otra cosa la segunda vez, con lo mismo: ¿guarda memoria? · "
            "your function gives something else the second time: does it remember?"
        )
    return given


def outcome(exercise: Exercise, answer, case: tuple) -> Parts:
    return results(answer, exercise.calls, exercise.names, case)


def used(exercise: Exercise, answer) -> Said | None:
    """A right function that only passes on what is asked for; None if it does not."""
    for function in functions(answer, exercise.calls) if exercise.without else ():
        code = getattr(function, "__code__", None)
        names = {getattr(function, "__name__", ""), *(code.co_names if code else ())}
        if exercise.without in names:
            return say(
                "escríbela sin {name} · write it without {name}", name=exercise.without
            )
    return None


# Comparing.


def alternatives(exercise: Exercise, wanted) -> Iterator[Given]:
    """What a right answer, or a mistake, gives, in the form of an answer that was read.

    Several forms if it is `any_of`.
    """
    several = bool(exercise.parts)
    if isinstance(wanted, AnyOf):
        for value in wanted.values:
            yield from alternatives(exercise, value)
    elif callable(wanted):
        with np.errstate(all="ignore"):
            given = [wanted(*deepcopy(case)) for case in exercise.cases]
        yield [list(parts) if several else [parts] for parts in given]
    else:
        yield [list(wanted) if several else [wanted]]


def holds(exercise: Exercise, wanted, given: Given) -> bool:
    """Whether a mistake, as it stands in an exercise, was made."""
    if isinstance(wanted, Called):
        return False
    if isinstance(wanted, When):
        with quiet(), suppress(Exception):
            return bool(wanted.test(np.squeeze(given)))
        return False
    return fits_any(given, alternatives(exercise, wanted), exercise.nearness)


def fits_any(given: Given, patterns, tolerance: float) -> bool:
    return any(fits(given, pattern, tolerance) for pattern in patterns)


def fits(given: Given, pattern: Given, tolerance: float) -> bool:
    """Whether every part of every case is as it should be."""
    return all(
        len(parts) == len(wanted) and all(matching(parts, wanted, tolerance))
        for parts, wanted in zip(given, pattern, strict=True)
    )


def matching(parts: Parts, wanted: list, tolerance: float) -> list[bool]:
    """Of each part, whether it is as it should be."""
    return [part_fits(*pair, tolerance) for pair in zip(parts, wanted, strict=True)]


def part_fits(part: np.ndarray, wanted, tolerance: float) -> bool:
    if wanted is ANY:
        return True
    if isinstance(wanted, Between):
        above = wanted.low == -np.inf or wanted.low < part
        return bool(above and (wanted.high == np.inf or part < wanted.high))
    return close(part, wanted, tolerance)


def close(part, wanted, tolerance: float = TOLERANCE) -> bool:
    """Whether it has the shape of what is wanted and is near it, relative to its size.

    One number is a number, whatever its shape; near nan is nothing.
    """
    part, wanted = np.asarray(part, float), np.asarray(wanted, float)
    if wanted.ndim == 0 and part.size == 1:
        part = part.reshape(())
    if part.shape != wanted.shape:
        return False
    return np.allclose(part, wanted, rtol=tolerance, atol=tolerance * 1e-6)


# Diagnoses that can be made of any exercise: the sentence if it is true, else None.


def in_another_order(exercise: Exercise, given: Given) -> Said | None:
    k = len(given[0])
    orders = list(permutations(range(k)))[1:] if k <= 4 else []
    for order in orders:
        moved = [[parts[i] for i in order] for parts in given]
        if fits_any(moved, exercise.rights, exercise.nearness):
            return say(SENTENCES["order"], names=listed(exercise.parts))
    return None


def of_another_shape(exercise: Exercise, given: Given) -> Said | None:
    """Only of functions: numbers have none."""
    for case, parts, wanted in zip(
        exercise.cases, given, exercise.rights[0], strict=False
    ):
        for part, value in zip(parts, wanted, strict=True):
            if part.shape != np.shape(value) and not (part.size == np.size(value) == 1):
                return say(
                    "tu función da la forma {shape}, y se pide {wanted}, con {case} · "
                    "your function gives the shape {shape}, and {wanted} is asked for, "
                    "with {case}",
                    shape=str(part.shape),
                    wanted=str(np.shape(value)),
                    case=shown(exercise.calls[0], case),
                )
    return None


def no_number(exercise: Exercise, given: Given) -> Said | None:
    for case, parts in zip(exercise.cases, given, strict=False):
        if any(np.isnan(part).any() for part in parts):
            return say(
                "tu función da nan, con {case}: ¿0/0, ∞ − ∞? · "
                "your function gives nan, with {case}: 0/0, ∞ − ∞?",
                case=shown(exercise.calls[0], case),
            )
    return None


def of_the_other_sign(exercise: Exercise, given: Given) -> Said | None:
    other = [[-part for part in parts] for parts in given]
    if fits_any(other, exercise.rights, exercise.nearness):
        return apart(SENTENCES["sign"])
    return None


def no_count(exercise: Exercise, given: Given) -> Said | None:
    if exercise.counts and not all(float(part).is_integer() for part in given[0]):
        return apart(SENTENCES["whole"])
    return None


def nearly(exercise: Exercise, given: Given) -> Said | None:
    if exercise.calls and rounded(given, exercise.rights[0]):
        return apart("casi: no redondees · nearly: do not round")
    if not fits_any(given, exercise.rights, NEARLY):
        return None
    if exercise.calls:
        return apart("casi, pero no es lo mismo · nearly, but not the same")
    if exercise.counts:
        return apart(SENTENCES["count"])
    if exercise.tolerance <= EXACT:
        return apart(SENTENCES["exact"])
    return apart(SENTENCES["digits"])


def rounded(given: Given, right: Given) -> bool:
    """Whether these are the right values with fewer decimals."""
    return any(
        fits(given, [[np.round(value, n) for value in parts] for parts in right], EXACT)
        for n in range(4)
    )


def right_in_part(exercise: Exercise, given: Given) -> Said | None:
    names = exercise.parts
    for pattern in exercise.rights:
        fit = np.all(
            [
                matching(parts, wanted, exercise.nearness)
                for parts, wanted in zip(given, pattern, strict=True)
            ],
            axis=0,
        )
        if fit.any() and not fit.all():
            return say(
                SENTENCES["part"],
                right=listed([name for name, ok in zip(names, fit, strict=True) if ok]),
                wrong=listed(
                    [name for name, ok in zip(names, fit, strict=True) if not ok]
                ),
            )
    return None


def right_in_some_cases(exercise: Exercise, given: Given) -> Said | None:
    if not exercise.calls:
        return None
    fit = [
        fits([parts], [wanted], exercise.nearness)
        for parts, wanted in zip(given, exercise.rights[0], strict=True)
    ]
    if not any(fit) or all(fit):
        return None
    return say(
        "tu función acierta a veces, pero falla con {case} · "
        "your function is right sometimes, but fails with {case}",
        case=shown(exercise.calls[0], exercise.cases[fit.index(False)]),
    )


DIAGNOSES = (
    of_another_shape,
    no_number,
    of_the_other_sign,
    no_count,
    nearly,
    right_in_part,
)


def arguments_in_another_order(exercise: Exercise, answer) -> Said | None:
    """Whether the student's function would be right with its arguments moved."""
    k = len(exercise.cases[0]) if exercise.cases else 0
    for order in list(permutations(range(k)))[1:] if k <= 4 else ():
        if works(exercise, answer, Called(lambda *a, o=order: [a[i] for i in o])):
            return say(
                "los argumentos van en otro orden: {call} · "
                "the arguments come in another order: {call}",
                call=", ".join(exercise.calls),
            )
    return None


def works(exercise: Exercise, answer, called: Called) -> bool:
    """Whether with the other arguments it gives in every case what it should."""
    wanted = called.gives or exercise.right
    with suppress(Unreadable):
        given = [
            outcome(exercise, answer, tuple(called.change(*deepcopy(case))))
            for case in exercise.cases
        ]
        return fits_any(given, alternatives(exercise, wanted), exercise.nearness)
    return False
