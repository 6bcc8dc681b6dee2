"""Exercises: right answers are praised, wrong ones are told why, "..." is not yet."""

import importlib
import pkgutil
import re

import numpy as np
import pytest

import course_utils.exercises
import wrong_answers
from course_utils.exercises import (
    ANY,
    Exercise,
    any_of,
    check,
    close,
    find,
    holds,
    near,
    pair,
    verdict,
)
from support.course import LANGUAGES, NAMES, checked, code_cells, executed, source, tags

LETTERS = "áéíóúñ"
FEWEST, WRONGS = 3, 2  # exercises of a lecture, planted wrong answers of an exercise
LONGEST = 110  # letters of a message, both languages together


def numbered(name: str) -> int:
    return int(name.split("_")[0])


def listed(number: int) -> dict[str, Exercise]:
    """The exercises of one lecture."""
    module = importlib.import_module(f"course_utils.exercises.section_{number:02d}")
    return module.EXERCISES


def wrong(number: int) -> dict[str, list[tuple]]:
    return importlib.import_module(f"wrong_answers.section_{number:02d}").WRONG


each_lecture = pytest.mark.parametrize("name", NAMES)


# The shared part.


HALF = Exercise(
    right=lambda x: close(x, 0.5),
    mistakes={
        "signo al revés · sign reversed": lambda x: close(x, -0.5),
        "negativo · negative": lambda x: x < 0,
    },
)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (..., "… 9.1: todavía no · not yet"),
        (0.5, "✓ 9.1: correcto · right"),
        (np.float64(0.5001), "✓ 9.1: correcto · right"),
        (-0.5, "✗ 9.1: signo al revés · sign reversed"),
        (-0.7, "✗ 9.1: negativo · negative"),
        (0.7, "✗ 9.1: aún no es correcto · not right yet"),
        (np.nan, "✗ 9.1: aún no es correcto · not right yet"),
        (np.inf, "✗ 9.1: aún no es correcto · not right yet"),
    ],
)
def test_a_verdict(answer, said):
    assert verdict(HALF, "9.1", answer) == said


@pytest.mark.parametrize("answer", ["much", None, [[1], [2, 3]], print, {}])
def test_an_answer_that_is_none_is_told_what_is_expected(answer):
    said = verdict(HALF, "9.1", answer)
    assert said.startswith("✗ 9.1: se espera · expected: un número · a number (")
    assert len(said.splitlines()) == 1


def test_a_students_function_may_break():
    exercise = Exercise(right=lambda f: close(f(2.0), 4), wants="f(x)")
    assert "✓" in verdict(exercise, "9.1", lambda x: x**2)
    assert "ZeroDivisionError" in verdict(exercise, "9.1", lambda x: 1 / 0)
    assert "TypeError" in verdict(exercise, "9.1", lambda: 4)
    assert "… 9.1" in verdict(exercise, "9.1", ...)


def test_a_mistake_is_named_though_the_right_answer_is_of_another_shape():
    exercise = Exercise(
        right=lambda both: close(np.sort(both), [0.25, 0.75]),
        mistakes={"falta una · one is missing": lambda one: close(one, 0.25)},
    )
    assert verdict(exercise, "9.1", 0.25) == "✗ 9.1: falta una · one is missing"
    assert "AxisError" in verdict(exercise, "9.1", 0.3)


def test_overflow_on_the_way_is_no_ones_business():
    assert not holds(lambda x: np.exp(np.float64(x)) < 1, 1000.0)


@pytest.mark.parametrize(
    ("answer", "value", "same"),
    [
        (0.5, 0.5, True),
        (0.5004, 0.5, True),
        (0.501, 0.5, False),
        (-0.5, 0.5, False),
        ([1, 2], [1.0, 2.0], True),
        ([[1, 2]], [1.0, 2.0], False),
        (1.0, [1.0, 1.0], False),
        (1e-9, 0.0, True),
        (1e-3, 0.0, False),
        (np.nan, 0.5, False),
        (1e-12, 2e-12, True),  # of such numbers a check must say its own scale
    ],
)
def test_close(answer, value, same):
    assert close(answer, value) is same


@pytest.mark.parametrize(
    ("wanted", "given", "tolerance", "held"),
    [
        (0.5, 0.5004, 1e-3, True),
        (0.5, 0.5004, 1e-4, False),
        (0.5, None, 1e-3, False),
        ((1, 2), [1, 2], 1e-3, True),
        ((1, 2), 1, 1e-3, False),
        ((1, ANY), [1, 7], 1e-3, True),
        ((1, ANY), [1, np.nan], 1e-3, True),
        ((1, ANY), [2, 7], 1e-3, False),
        ((1, ANY), [1, 7, 7], 1e-3, False),
        ((ANY, ANY), 1, 1e-3, False),
        (any_of(2, 4), 4, 1e-3, True),
        (any_of(2, 4), 3, 1e-3, False),
        (any_of((2, ANY), (4, ANY)), (4, 7), 1e-3, True),
        (any_of(2, 4, tolerance=0.1), 4.2, 1e-3, True),
        (near(2, 0.1), 2.1, 1e-3, True),
        (near(2, 1e-6), 2.0001, 1e-3, False),
        (lambda given: given > 2, 3, 1e-3, True),
        (lambda given: given > 2, 1, 1e-3, False),
    ],
)
def test_a_value_fits_or_a_test_holds(wanted, given, tolerance, held):
    assert holds(wanted, given, tolerance) is held


def test_an_exercise_has_a_tolerance():
    rough = Exercise(right=0.5, mistakes={"uno · one": 1}, tolerance=0.1)
    assert "✓" in verdict(rough, "9.1", 0.52)
    assert "uno · one" in verdict(rough, "9.1", 1.05)
    assert "not right yet" in verdict(rough, "9.1", 0.7)


def test_an_answer_is_read_once():
    calls = []

    def square(x):
        calls.append(x)
        return x**2

    exercise = Exercise(
        of=lambda f: f(3.0),
        right=27,
        mistakes={"2x": 6, "x": lambda given: given == 3, "x²": any_of(9)},
    )
    assert "x²" in verdict(exercise, "9.1", square)
    assert calls == [3.0]


def test_what_cannot_be_read_is_told_what_is_expected():
    exercise = Exercise(of=pair, right=(1, 2), wants="(a, b)")
    assert "✓" in verdict(exercise, "9.1", [1, 2])
    assert "(a, b) (ValueError: (3,) ≠ (2,))" in verdict(exercise, "9.1", (1, 2, 3))
    assert "(a, b) (ValueError: () ≠ (2,))" in verdict(exercise, "9.1", 1)
    assert "(a, b) (TypeError" in verdict(exercise, "9.1", {})


@pytest.mark.parametrize("name", ["2.99", "99.1", "2", "two.one", "", "2,1", 2.1, None])
def test_an_unknown_exercise_is_a_value_error(name):
    with pytest.raises(ValueError, match=f"name = {re.escape(repr(name))}"):
        check(name, ...)


def test_check_prints_the_verdict(capsys):
    check("2.1", ...)
    assert capsys.readouterr().out == "… 2.1: todavía no · not yet\n"


# The exercises of each lecture.


@each_lecture
def test_every_exercise_stands_in_its_lecture(name):
    """And no lecture asks for one that is not there."""
    number = numbered(name)
    asked = {e for cell in code_cells(source(name).cells) for e in checked(cell)}
    assert asked == set(listed(number))
    assert len(asked) >= (FEWEST if number else 1)  # the opening only shows how
    assert [find(e) is listed(number)[e] for e in asked]
    assert all(e.startswith(f"{number}.") for e in asked)


@each_lecture
def test_a_starter_says_not_yet_and_its_solution_is_right(name):
    printed = executed(name).printed
    starters, solutions = {}, {}
    for cell in code_cells(source(name).cells):
        for exercise in checked(cell):
            solution = "solution" in tags(cell)
            (solutions if solution else starters)[exercise] = cell
            said = printed[cell.id]
            if solution:
                assert f"✓ {exercise}: " in said, f"{cell.id}: {said}"
                folded = cell.metadata.get("jupyter", {}).get("source_hidden")
                assert folded, f"{cell.id}: a solution needs jupyter: source_hidden"
                assert "..." not in cell.source, cell.id
            else:
                assert f"… {exercise}: todavía no · not yet\n" in said, said
                assert "..." in cell.source, cell.id
    assert set(starters) == set(solutions) == set(listed(numbered(name)))


def in_both_languages(text: str) -> bool:
    """Formulas and the names of functions belong to no language."""
    prose = re.sub(r"\w+\([^)]*\)|\([^)]*\)", "", text)
    return " · " in text or not re.search(rf"[a-z{LETTERS}]{{4,}}", prose)


@each_lecture
def test_messages_are_short_and_in_both_languages(name):
    for exercise in listed(numbered(name)).values():
        for text in (*exercise.mistakes, exercise.praise, exercise.wants):
            assert in_both_languages(text), text
            assert len(text) <= LONGEST, text


@each_lecture
def test_every_exercise_has_a_hint_in_both_languages(name):
    for number, exercise in listed(numbered(name)).items():
        assert list(exercise.hint) == list(LANGUAGES), number
        assert all(exercise.hint.values()), number
        assert exercise.hint["es"] != exercise.hint["en"], number


def test_a_text_in_one_language_is_found():
    assert not in_both_languages("signo al revés")
    assert not in_both_languages("sign reversed")
    assert in_both_languages("signo · sign")
    assert in_both_languages("β ∈ [0, 1)")
    assert in_both_languages("backward(x, y, W1) → (dW1, db1)")


@each_lecture
def test_a_value_says_something(name):
    """A nan that was computed would be `ANY`, and so fit everything."""
    for number, exercise in listed(numbered(name)).items():
        for wanted in (exercise.right, *exercise.mistakes.values()):
            assert callable(wanted) or not np.isnan(wanted).all(), number


@each_lecture
def test_wrong_answers_are_told_why(name):
    number = numbered(name)
    planted = wrong(number)
    assert set(planted) == set(listed(number))
    for exercise, pairs in planted.items():
        assert len(pairs) >= WRONGS, f"{exercise}: plant at least {WRONGS}"
        told = set()
        for answer, fragment in pairs:
            said = verdict(find(exercise), exercise, answer)
            assert said.startswith(f"✗ {exercise}: "), f"{answer!r}: {said}"
            assert fragment in said, f"{answer!r}: {said}"
            told.add(said)
        assert len(told) >= WRONGS, f"{exercise}: {told} is one reason"


def spoiling(*arguments):
    """A student's function that changes what it is given."""
    for argument in arguments:
        if isinstance(argument, np.ndarray):
            argument[...] = 7
        elif isinstance(argument, list):
            argument.clear()


@each_lecture
def test_an_answer_spoils_nothing_for_the_next(name):
    number = numbered(name)
    for exercise, pairs in wrong(number).items():
        for answer in (spoiling, (spoiling, spoiling)):
            assert "✗" in verdict(find(exercise), exercise, answer)
        for answer, fragment in pairs:
            said = verdict(find(exercise), exercise, answer)
            assert fragment in said, f"{answer!r}: {said}"


@each_lecture
def test_every_named_mistake_is_planted(name):
    """A reason that no answer reaches is dead, or stands behind a wider one."""
    number = numbered(name)
    for exercise, pairs in wrong(number).items():
        said = [verdict(find(exercise), exercise, answer) for answer, _ in pairs]
        for reason in find(exercise).mistakes:
            assert any(reason in one for one in said), f"{exercise}: {reason}"


def test_no_file_is_left_without_its_lecture():
    numbers = {numbered(name) for name in NAMES}
    for package in (course_utils.exercises, wrong_answers):
        modules = [module.name for module in pkgutil.iter_modules(package.__path__)]
        assert {int(module.removeprefix("section_")) for module in modules} <= numbers
