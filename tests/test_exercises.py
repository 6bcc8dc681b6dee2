"""Exercises: right answers are praised, wrong ones are told why, "..." is not yet.

What is asked of every exercise, whatever it is about: the same forty kinds of answer
are thrown at it. A right one passes in any fair form; what is no answer is told what it
is; and no sentence is said that its predicate, computed here anew, does not bear out.
"""

import json
import pkgutil
import re
import unicodedata
import warnings
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

import course_utils.exercises
import wrong_answers
from course_utils.exercises import (
    ANY,
    Between,
    Called,
    Exercise,
    When,
    any_of,
    check,
    close,
    data,
    find,
    hint,
    memory,
    progress,
    solution,
)
from course_utils.exercises.judge import holds, judged, read
from course_utils.languages import apart
from support.course import (
    LANGUAGES,
    NAMES,
    checked,
    code_cells,
    executed,
    source,
    speaking,
    tags,
)
from support.exercises import (
    EVERY,
    OF_FUNCTIONS,
    OF_NUMBERS,
    listed,
    numbered,
    swarm,
    wrong,
)

LETTERS = "áéíóúñ"
FEWEST, WRONGS = 3, 2  # exercises of a lecture, planted wrong answers of an exercise
LONGEST = 80  # letters of a message, in one language


def verdict(exercise: Exercise, name: str, answer) -> str:
    """What is said, in both languages and in one line: "✗ 2.1: sube · it climbs"."""
    mark, said = judged(exercise, answer)
    return f"{mark} {name}: {' · '.join(dict.fromkeys(said))}"


each_lecture = pytest.mark.parametrize("name", NAMES)


# The shared part.


HALF = Exercise(right=0.5, mistakes={"negativo · negative": Between(-np.inf, 0)})
PAIR = Exercise(names=("uno · one", "b"), right=(1, 2), mistakes={"c": (3, ANY)})
COUNT = Exercise(right=40, counts=True)
SQUARE = Exercise(
    calls=("f(x, times)",),
    cases=((np.array([1.0, -2]), 2.0), (np.array([0.5, 3, 2]), 3.0)),
    right=lambda x, times: times * x**2,
    mistakes={"falta x² · x² is missing": lambda x, times: times * x},
)


@pytest.mark.parametrize(
    ("exercise", "answer", "said"),
    [
        (HALF, ..., "… 9.1: todavía no · not yet"),
        (HALF, 0.5, "✓ 9.1: correcto · right"),
        (HALF, np.float64(0.5001), "✓ 9.1: correcto · right"),
        (HALF, -0.7, "✗ 9.1: negativo · negative"),
        (HALF, 0.7, "✗ 9.1: aún no es correcto · not right yet"),
        (HALF, np.inf, "✗ 9.1: aún no es correcto · not right yet"),
        (HALF, -(10**400), "✗ 9.1: negativo · negative"),
        (HALF, 0.48, "✗ 9.1: casi: da tres cifras más · "
         "nearly: give three more digits"),
        (COUNT, 41, "✗ 9.1: casi, pero la cuenta debe ser exacta · "
         "nearly, but a count is exact"),
        (COUNT, 40.01, "✗ 9.1: se cuentan cosas: números enteros · "
         "things are counted: whole numbers"),
        (COUNT, -40, "✗ 9.1: el signo está al revés · the sign is reversed"),
        (PAIR, (1, 2), "✓ 9.1: correcto · right"),
        (PAIR, (2, 1), "✗ 9.1: está bien, pero en otro orden: se pide (uno, b) · "
         "right, but in another order: (one, b) is asked for"),
        (PAIR, (1, ...), "… 9.1: todavía no; por hacer: b · not yet; to do: b"),
        (PAIR, (1, 7), "✗ 9.1: bien: uno; mal: b · right: one; wrong: b"),
        (PAIR, (3, 7), "✗ 9.1: c"),
        (PAIR, 1, "✗ 9.1: se piden 2 números, (uno, b), y hay 1 · "
         "2 numbers are asked for, (one, b), and there are 1"),
    ],
)  # fmt: skip
def test_a_verdict(exercise, answer, said):
    assert verdict(exercise, "9.1", answer) == said


def remembers():
    calls = []

    def f(x, times):
        calls.append(x)
        return times * x**2 + len(calls)

    return f


def changes(x, times):
    x *= x
    return times * x


def fails(x, times):
    root = x[7]
    return root


FALSE_FUNCTIONS = {
    "f(x, times), is asked for, and this is a number": 4.0,
    "f(x, times), is asked for, and this is an array": np.ones(2),
    "f(x, times), with 2 arguments, and yours does not take them": lambda x: x,
    "is `return` missing?": lambda x, times: None,
    "prints and returns nothing": lambda x, times: print(x),
    "your function changes x, which is not its own": changes,
    "gives something else the second time": remembers(),
    "error in line {line} (`root = x[7]`): IndexError: index 7": fails,
    "shape (2, 2), and (2,) is asked for, with x (2,), times = 2": (
        lambda x, times: np.outer(x, x)
    ),
    "rows of different lengths": lambda x, times: [[1, 2], [3]],
    "must return numbers, and gives text": lambda x, times: ["a", "b"],
    "must return numbers, and gives a complex number": lambda x, times: x + 0j,
    "must return numbers, and gives a truth value": lambda x, times: x > 0,
    "must return numbers, and gives None": lambda x, times: [None, 1.0],
    "gives nan, with x (2,), times = 2": lambda x, times: x * np.nan,
    "x² is missing": lambda x, times: times * x,
    "right sometimes, but fails with x (3,), times = 3": lambda x, times: 2 * x**2,
    "the arguments come in another order: f(x, times)": lambda a, x: a * x**2,
    "the sign is reversed": lambda x, times: -times * x**2,
    "nearly, but not the same": lambda x, times: 1.02 * times * x**2,
    "not right yet": lambda x, times: x + 1.0,
}


@pytest.mark.parametrize("part", FALSE_FUNCTIONS)
def test_a_function_is_told_what_is_wrong_with_it(part, capsys):
    said = verdict(SQUARE, "9.1", FALSE_FUNCTIONS[part])
    assert said.startswith("✗ 9.1: ") and len(said.splitlines()) == 1
    line = fails.__code__.co_firstlineno + 1
    assert part.replace("{line}", str(line)) in said
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("answer", "value", "same"),
    [
        (0.5, 0.5, True),
        (0.5004, 0.5, True),
        (0.501, 0.5, False),
        (-0.5, 0.5, False),
        ([1, 2], [1.0, 2.0], True),
        ([[1, 2]], [1.0, 2.0], False),
        ([[1.0]], 1.0, True),
        (1.0, [1.0, 1.0], False),
        (1e-12, 0.0, True),
        (1e-6, 0.0, False),
        (np.nan, 0.5, False),
        (1e-12, 2e-12, True),  # of such numbers a check must say its own scale
    ],
)
def test_close(answer, value, same):
    assert close(answer, value) is same


@pytest.mark.parametrize(
    ("wanted", "given", "held"),
    [
        ((1, 2), (1, 2), True),
        ((1, ANY), (1, 7), True),
        ((1, ANY), (2, 7), False),
        ((ANY, Between(0, 1)), (5, 0.5), True),
        ((ANY, Between(0, 1)), (5, 1.0), False),
        ((ANY, Between(0, 1)), (5, 0.0), False),
        ((ANY, Between(0, np.inf)), (5, np.inf), True),
        ((ANY, Between(-np.inf, 0)), (5, -np.inf), True),
        (any_of((2, ANY), (4, ANY)), (4, 7), True),
        (any_of((2, ANY), (4, ANY)), (3, 7), False),
    ],
)
def test_a_value_fits(wanted, given, held):
    assert holds(PAIR, wanted, read(PAIR, given)) is held


def test_an_exercise_has_a_tolerance():
    rough = Exercise(right=0.5, mistakes={"uno · one": 1}, tolerance=0.1)
    assert "✓" in verdict(rough, "9.1", 0.52)
    assert "uno · one" in verdict(rough, "9.1", 1.05)
    assert "not right yet" in verdict(rough, "9.1", 0.7)


def test_a_name_may_be_forbidden():
    given = Exercise(calls=("f(x)",), cases=((2.0,),), right=abs, without="fabs")
    assert "write it without fabs" in verdict(given, "9.1", lambda x: np.fabs(x))
    assert "write it without fabs" in verdict(given, "9.1", np.fabs)
    assert "✓" in verdict(given, "9.1", lambda x: max(x, -x))


def test_a_function_that_raises_may_do_well_with_other_arguments():
    calls, cases = ("f(x)",), ((np.array([1.0, 2]),),)
    alone = Called(lambda x: (x[0],), lambda x: x[0])
    exercise = Exercise(
        calls=calls, cases=cases, right=lambda x: x, mistakes={"un número · one": alone}
    )
    assert "one" in verdict(exercise, "9.1", lambda x: x if x > 0 else -x)
    assert "ValueError" in verdict(exercise, "9.1", lambda x: x + 1 if x > 0 else -x)


def test_a_test_of_all_cases():
    exercise = Exercise(
        calls=("f(x)",),
        cases=((1,), (2,)),
        right=lambda x: x,
        mistakes={"sube · up": When(lambda y: y[1] > y[0]), "a": When(lambda y: y[9])},
    )
    assert "up" in verdict(exercise, "9.1", lambda x: 7 * x)
    assert "not right yet" in verdict(exercise, "9.1", lambda x: 7 - x**3)


@pytest.mark.parametrize("name", ["2.99", "99.1", "2", "two.one", "", "2,1", 2.1, None])
def test_an_unknown_exercise_is_a_value_error(name):
    with pytest.raises(ValueError, match=f"name = {re.escape(repr(name))}"):
        check(name, ...)


# In which language, and what is remembered.


@pytest.fixture
def fresh(monkeypatch):
    """Nothing has been answered."""
    monkeypatch.setattr(memory, "MARKS", {})


IN_TURN = {  # each language alone, and all where nothing says which
    ("es",): "… 2.1: todavía no\n",
    ("en",): "… 2.1: not yet\n",
    ("es", "en"): "… 2.1: todavía no\n… 2.1: not yet\n",
}


@pytest.mark.parametrize("spoken", IN_TURN)
def test_check_prints_the_verdict(spoken, capsys, fresh):
    with speaking(*spoken):
        check("2.1", ...)
    assert capsys.readouterr().out == IN_TURN[spoken]


def test_what_a_student_quotes_belongs_to_no_language(capsys, fresh):
    def step(theta, gradient, eta):
        raise ValueError("mine · my own {x}")

    with speaking("es"):
        check("2.4", step)
    assert capsys.readouterr().out.endswith("ValueError: mine · my own {x}\n")


def test_the_second_wrong_answer_names_the_hint(capsys, fresh):
    with speaking("en"):
        for answer in (..., 3, 3.0, ..., -(1.2**10)):
            check("2.2", answer)
        check("2.1", (0, 7))
    wrong = "✗ 2.2: it is multiplied by 1.2, 0.2 is not added\n"
    assert capsys.readouterr().out == (
        f'… 2.2: not yet\n{wrong}{wrong}  for a hint: hint("2.2")\n'
        "… 2.2: not yet\n✓ 2.2: −1.2¹⁰: it diverges\n✗ 2.1: with η > 1 it moves away\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hint_is_shown_with_its_formulas(language):
    with speaking(language):
        shown = hint("2.1")
    assert shown._repr_markdown_() == repr(shown) == find("2.1").hint[language]


def test_where_no_language_is_known_a_hint_is_in_all_of_them():
    es, en = find("2.1").hint.values()
    assert repr(hint("2.1")) == f"{es}\n\n{en}"


@pytest.mark.parametrize("name", ["2.99", "two", None])
def test_an_unknown_exercise_has_no_hint_and_no_solution(name):
    for ask in (hint, lambda name: solution(name, 1)):
        with pytest.raises(ValueError, match=f"name = {name!r}"):
            ask(name)


def test_a_solution_passes_or_is_told_why_not(capsys, fresh):
    with speaking("es"):
        solution("2.2", -(1.2**10))
        solution("2.2", 1.2**10)
        solution("2.2", ...)
    right, wrong, open_ = capsys.readouterr().out.splitlines()
    assert right == "✓ 2.2: la solución es correcta"
    assert wrong == "✗ 2.2: signo al revés: empieza en −1"
    assert open_ == "… 2.2: todavía no"
    assert memory.MARKS == {}, "it is no answer of the student's"


def report(capsys, *spoken: str) -> list[str]:
    capsys.readouterr()
    with speaking(*spoken):
        progress()
    return capsys.readouterr().out.splitlines()


def test_progress_says_what_is_solved_tried_and_open(capsys, fresh):
    assert report(capsys, "en") == ["… no exercise was run"]
    solution("2.1", (0.25, 0.75))
    assert report(capsys, "en") == ["… no exercise was run"]
    check("2.2", ...)
    assert report(capsys, "en") == [f"… open: {', '.join(listed(2))}"]
    for name, answer in {"2.1": 3, "2.2": 0, "2.3": (2 / 3, 1 / 3)}.items():
        check(name, answer)
    check("2.2", -(1.2**10))
    check("2.2", 0)  # what was solved stays so
    check("2.3", ...)
    left = ", ".join([*listed(2)][3:])
    solved = ["✓ solved: 2.2, 2.3", "✗ tried: 2.1", f"… open: {left}"]
    assert report(capsys, "en") == solved
    assert report(capsys, "es") == [
        "✓ resueltos: 2.2, 2.3",
        "✗ intentados: 2.1",
        f"… por resolver: {left}",
    ]
    assert len(report(capsys, *LANGUAGES)) == 6


def test_progress_knows_every_lecture_that_was_begun(capsys, fresh):
    check("2.1", ...)
    check("0.1", 0.5)
    assert report(capsys, "en") == [
        "✓ solved: 0.1",
        f"… open: {', '.join(listed(2))}",
    ]


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
            is_solution = "solution" in tags(cell)
            (solutions if is_solution else starters)[exercise] = cell
            said = printed[cell.id]
            if is_solution:
                assert f"✓ {exercise}: " in said, f"{cell.id}: {said}"
                folded = cell.metadata.get("jupyter", {}).get("source_hidden")
                assert folded, f"{cell.id}: a solution needs jupyter: source_hidden"
                assert "..." not in cell.source, cell.id
            else:
                assert f"… {exercise}: todavía no\n… {exercise}: not yet\n" in said
                assert "..." in cell.source, cell.id
    assert set(starters) == set(solutions) == set(listed(numbered(name)))


def in_both_languages(text: str) -> bool:
    """Formulas and the names of functions belong to no language."""
    prose = re.sub(r"\w+\([^)]*\)|\([^)]*\)", "", text)
    return " · " in text or not re.search(rf"[a-z{LETTERS}]{{4,}}", prose)


@each_lecture
def test_messages_are_short_and_in_both_languages(name):
    for exercise in listed(numbered(name)).values():
        for text in (*exercise.mistakes, exercise.praise):
            assert in_both_languages(text), text
        for text in (*exercise.mistakes, exercise.praise, *exercise.names):
            assert text.count(" · ") < 2, f"{text}: neither Spanish nor English"
            assert max(map(len, apart(text))) <= LONGEST, text
            assert whole(text), text


def whole(text: str) -> bool:
    """What can be said alone: either language has all the numbers and letters."""
    signs = r"[\d½¼¾⁰¹²³⁴-⁹]+|[α-ωΑ-Ω∇√∞]"
    one, other = (sorted(re.findall(signs, half)) for half in apart(text))
    return one == other


def test_half_a_sentence_is_found():
    assert whole("con ¼ y ¾ · with ¼ and ¾") and whole("2⁵·5!")
    for half in ("con ¼ y · and ¾", "η₁ = 0: no · η₁", "α = 1: solo · only 3"):
        assert not whole(half)


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
            assert len(said.splitlines()) == 1, said
            assert fragment in said, f"{answer!r}: {said}"
            told.add(said)
        assert len(told) >= WRONGS, f"{exercise}: {told} is one reason"


@each_lecture
def test_a_wrong_answer_is_told_in_one_language(name, capsys, monkeypatch):
    """And the piece of a sentence that the student must read is in that language."""
    for exercise, pairs in wrong(numbered(name)).items():
        for answer, fragment in pairs:
            monkeypatch.setattr(memory, "MARKS", {})
            heard = dict.fromkeys(LANGUAGES)
            for language in LANGUAGES:
                with speaking(language):
                    check(exercise, answer)
                heard[language] = capsys.readouterr().out.splitlines()[0]
                assert " · " not in heard[language], heard
            one, *other = fragment.split(" · ")
            assert one in heard["es"] if other else one in " ".join(heard.values())
            assert all(piece in heard["en"] for piece in other), heard


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


# Forty kinds of answer, for every exercise.


def right_numbers(name: str) -> tuple[float, ...]:
    """A right answer: the first pattern, an interval by a number in it."""
    special = {"4.4": (0.0, 0.0, 0.0, 1.0), "6.4": (0.9684,), "5.4": (0.02, 4)}
    pattern = data(find(name))["right"][0]
    return special.get(name) or tuple(pattern)


def as_int(number: float):
    return int(number) if number == int(number) else number


def exact(number) -> Fraction:
    return Fraction(float(number))


FAIR = {
    "tuple": tuple,
    "list": list,
    "array": np.array,
    "float32": lambda numbers: np.array(numbers, np.float32),
    "column": lambda numbers: np.array(numbers)[:, None],
    "row": lambda numbers: np.array(numbers)[None, :],
    "lists of one": lambda numbers: [[number] for number in numbers],
    "list of a list": lambda numbers: [list(numbers)],
    "0-d arrays": lambda numbers: [np.array(number) for number in numbers],
    "scalars": lambda numbers: [np.float64(number) for number in numbers],
    "Fractions": lambda numbers: [exact(number) for number in numbers],
    "Decimals": lambda numbers: [Decimal(float(number)) for number in numbers],
    "ints": lambda numbers: [as_int(number) for number in numbers],
    "objects": lambda numbers: np.array([exact(n) for n in numbers], object),
}
NO_NUMBER = {  # what is put for the first number, and a word that must be said of it
    "bool": (True, "(bool)"),
    "numpy bool": (np.bool_(True), "(bool)"),
    "str": ("1/2", "(str)"),
    "complex": (0.5 + 0j, "complex"),
    "numpy complex": (np.complex128(1), "complex"),
    "set": ({0.5}, "a set"),
    "None": (None, "None"),
    "nan": (np.nan, "nan"),
    "dict": ({"a": 1}, "a dict"),
    "function": (print, "a function: it must be called"),
    "generator": ((n for n in (1,)), "a generator"),
    "object": (object(), "an object"),
    "two of them": ([1.0, 2.0, 3.0, 4.0, 5.0], "5"),
    "bytes": (b"1", "bytes"),
}
UNSEEMLY = re.compile(
    r"Error|array\(|dtype|operand|broadcast|ufunc|argument must|<|\bobject at\b"
)


@pytest.mark.parametrize("form", FAIR)
@pytest.mark.parametrize("name", OF_NUMBERS)
def test_right_numbers_are_right_in_any_fair_form(name, form):
    numbers = right_numbers(name)
    answers = [FAIR[form](numbers)]
    if len(numbers) == 1:
        answers.append(answers[0][0])
    for answer in answers:
        assert verdict(find(name), name, answer) == f"✓ {name}: {find(name).praise}"


@pytest.mark.parametrize("what", NO_NUMBER)
@pytest.mark.parametrize("name", OF_NUMBERS)
def test_what_is_no_number_is_told_what_it_is(name, what, recwarn):
    thing, word = NO_NUMBER[what]
    _, *others = right_numbers(name)
    for answer in [(thing, *others)] + ([] if what == "two of them" else [thing]):
        said = verdict(find(name), name, answer)
        assert said.startswith(f"✗ {name}: ") and word in said, said
        assert not UNSEEMLY.search(said.replace("<", "")), said
        assert not any(mistake in said for mistake in find(name).mistakes), said
    assert not recwarn


@pytest.mark.parametrize("name", OF_NUMBERS)
def test_too_few_too_many_swapped_and_half_done(name):
    exercise, numbers = find(name), right_numbers(name)
    k = len(numbers)
    assert f"{k + 1}" in verdict(exercise, name, (*numbers, 1.0))
    assert "0" in verdict(exercise, name, ())
    started = (..., *numbers[1:])
    assert verdict(exercise, name, started).startswith(f"… {name}: todavía no")
    if k == 1:
        return
    assert f"{k - 1}" in verdict(exercise, name, numbers[1:])
    assert "to do: " in verdict(exercise, name, started)
    if not exercise.times and (numbers[::-1] != numbers) and name != "2.1":
        said = verdict(exercise, name, numbers[::-1])
        assert "in another order" in said, said


def test_four_numbers_may_stand_as_a_table():
    assert "✓" in verdict(find("4.4"), "4.4", [[0, 0], [0, 1]])
    assert "it adds nothing" in verdict(find("4.4"), "4.4", np.ones((2, 2)))


# The data of an exercise, read as a page would: no code of the judge.


def fits_data(d: dict, pattern: list, numbers, tolerance: float) -> bool:
    if d["times"]:
        total = 0.0  # from left to right: `sum` adds otherwise from Python 3.12 on
        for times, number in zip(d["times"], numbers, strict=True):
            total += times * number
        numbers = [total]
    for wanted, number in zip(pattern, numbers, strict=True):
        if wanted is None:
            continue
        if isinstance(wanted, list):
            low, high = wanted
            if not (low is None or low < number) or not (high is None or number < high):
                return False
        elif not abs(number - wanted) <= tolerance * abs(wanted) + 1e-6 * tolerance:
            return False
    return True


def said_by_data(d: dict, numbers) -> str | None:
    """Right, or the mistake that the data name; None if they name none."""
    if any(fits_data(d, p, numbers, d["tolerance"]) for p in d["right"]):
        return d["praise"]
    for sentence, patterns in d["mistakes"]:
        if any(fits_data(d, p, numbers, d["tolerance"]) for p in patterns):
            return sentence
    return None


def test_a_mistake_that_only_a_function_knows_is_none_of_the_data():
    """No exercise of the course has one: in one that is made up."""
    even = When(lambda number: number % 2 == 0)
    made = Exercise(right=3, mistakes={"par · even": even, "uno · one": 1})
    assert verdict(made, "9.9", 8) == "✗ 9.9: par · even"
    assert data(made)["mistakes"] == [["uno · one", [[1.0]]]]


@pytest.mark.parametrize("name", OF_NUMBERS)
def test_what_is_said_of_numbers_is_what_the_data_say(name):
    exercise = find(name)
    d = json.loads(json.dumps(data(exercise), allow_nan=False))
    heard = set()
    for numbers in swarm(name):
        said = verdict(exercise, name, numbers)
        by_data = said_by_data(d, numbers)
        moved = "in another order" in said
        if by_data is None:
            assert not any(said.endswith(f": {m}") for m in exercise.mistakes), said
        elif not moved:
            mark = "✓" if by_data == exercise.praise else "✗"
            assert said == f"{mark} {name}: {by_data}", numbers
        generic(d, numbers, said)
        heard.add(by_data)
    if len(numbers) <= 2:
        assert heard >= {exercise.praise, *exercise.mistakes}


def generic(d: dict, numbers, said: str) -> None:
    """Whatever sentence is said of all exercises, its predicate holds."""

    def right(numbers, tolerance=d["tolerance"]):
        return any(fits_data(d, p, numbers, tolerance) for p in d["right"])

    assert ("✓" in said) == right(numbers)
    if "in another order" in said:
        assert any(right(p) for p in permutations(numbers))
    if said.endswith("the sign is reversed"):
        assert right([-n for n in numbers])
    if said.endswith(("three more digits", "a count is exact", "the exact value")):
        assert right(numbers, 0.05)
    if said.endswith("whole numbers"):
        assert any(n != int(n) for n in numbers)
    if found := re.search(r"right: (.*); wrong: (.*)$", said):
        fits = [name.split(" · ")[-1] for name in d["names"]]
        good, bad = (part.split(", ") for part in found.groups())
        assert sorted([*good, *bad]) == sorted(fits)
        assert any(
            all(
                fits_data(d, [w], [n], d["tolerance"]) == (name in good)
                for w, n, name in zip(p, numbers, fits, strict=True)
            )
            for p in d["right"]
        )


@pytest.mark.parametrize("name", EVERY)
def test_no_mistake_is_true_of_a_right_answer(name):
    exercise = find(name)
    for given in exercise.rights:
        middle = [
            [np.array((p.low + p.high) / 2 if isinstance(p, Between) else p) for p in c]
            for c in given
        ]
        if any(not np.isfinite(part).all() for case in middle for part in case):
            middle = read(exercise, right_numbers(name))
        for sentence, wanted in exercise.mistakes.items():
            assert not holds(exercise, wanted, middle), sentence


# Functions.


def taught(name: str):
    """A right answer: the exercise's own function, or functions."""
    exercise = find(name)
    if len(exercise.calls) == 1:
        return exercise.right
    return tuple(
        lambda *given, i=i: exercise.right(*given)[i]
        for i in range(len(exercise.calls))
    )


def each(change, name: str):
    """The right answer with every function in it changed."""
    right = taught(name)
    return tuple(map(change, right)) if isinstance(right, tuple) else change(right)


def ending(change):
    """Changes what a function returns."""
    return lambda function: lambda *given: change(function(*given))


def deep(change):
    """Does it to every array or number that was returned."""

    def changed(value):
        return tuple(map(changed, value)) if isinstance(value, tuple) else change(value)

    return ending(changed)


def prints(function):
    def loud(*given):
        print(given)
        return function(*given)

    return loud


def printing(function):
    return lambda *given: print(function(*given))


def warns(function):
    def warning(*given):
        warnings.warn("look out", stacklevel=1)
        return function(*given)

    return warning


class Callable_:
    def __init__(self, function):
        self.function = function

    def __call__(self, *given):
        return self.function(*given)


def raises(*given):
    raise KeyError("mine")


def spoils(function):
    def spoiling(*given):
        value = function(*given)
        for argument in given:
            if isinstance(argument, np.ndarray):
                argument += 1
        return value

    return spoiling


FAIR_FUNCTIONS = {
    "as it is": lambda function: function,
    "an object that can be called": Callable_,
    "partial": partial,
    "it prints, too": prints,
    "it warns, too": warns,
    "lists": deep(lambda value: np.asarray(value).tolist()),
    "arrays": deep(np.asarray),
    "one number in a list": deep(lambda v: v if np.ndim(v) else [v]),
    "one number in a matrix": deep(lambda v: v if np.ndim(v) else np.array([[v]])),
    "a list of parts": ending(lambda v: list(v) if isinstance(v, tuple) else v),
}
UNFAIR_FUNCTIONS = {
    "nothing": (ending(lambda value: None), "is `return` missing?"),
    "printed": (printing, "prints and returns nothing"),
    "raises": (lambda function: raises, "KeyError: 'mine'"),
    "one argument": (lambda function: lambda x, y, z, *, a: 0, "does not take them"),
    "str": (deep(str), "gives text"),
    "bool": (deep(lambda value: True), "gives a truth value"),
    "complex": (deep(lambda value: value + 0j), "gives a complex number"),
    "a set": (deep(lambda value: {1.0}), "gives a set"),
    "dict": (deep(lambda value: {}), "gives a dict"),
    "ragged": (deep(lambda value: [[1.0], [1.0, 2.0]]), "different lengths"),
    "nan": (deep(lambda value: np.asarray(value) * np.nan), "gives nan"),
    "too big": (deep(lambda value: np.ones((2, 3, 2))), "the shape (2, 3, 2)"),
    "not called": (lambda function: 3.0, "and this is a number"),
    "none": (lambda function: None, "and this is None"),
    "text": (lambda function: "x", "and this is text"),
    "reversed": (deep(lambda value: -np.asarray(value)), "sign"),
}


@pytest.mark.parametrize("form", FAIR_FUNCTIONS)
@pytest.mark.parametrize("name", OF_FUNCTIONS)
def test_a_right_function_is_right_in_any_fair_form(name, form, capsys, recwarn):
    answer = each(FAIR_FUNCTIONS[form], name)
    said = verdict(find(name), name, answer)
    assert said == f"✓ {name}: {find(name).praise}"
    assert capsys.readouterr() == ("", "") and not recwarn


@pytest.mark.parametrize("form", UNFAIR_FUNCTIONS)
@pytest.mark.parametrize("name", OF_FUNCTIONS)
def test_what_is_no_function_or_gives_nothing_is_told_so(name, form, capsys, recwarn):
    change, word = UNFAIR_FUNCTIONS[form]
    said = verdict(find(name), name, each(change, name))
    own = {"nan", "too big", "reversed"} & {form} and name in ("3.5", "4.2")
    assert said.startswith(f"✗ {name}: ") and (own or word in said), said
    assert (form == "raises") == ("Error" in said)
    assert capsys.readouterr() == ("", "") and not recwarn


@pytest.mark.parametrize("what", [what for what in NO_NUMBER if what != "function"])
@pytest.mark.parametrize("name", OF_FUNCTIONS)
def test_what_is_no_function_is_told_what_it_is(name, what, capsys, recwarn):
    thing, word = NO_NUMBER[what]
    exercise = find(name)
    for answer in [thing, tuple(thing for _ in exercise.calls)]:
        said = verdict(exercise, name, answer)
        assert said.startswith(f"✗ {name}: "), said
        alone = len(exercise.calls) == 1 and answer is thing
        assert word in said or not alone or what == "two of them", said
        assert not UNSEEMLY.search(said.replace("<", "")), said
        assert not any(mistake in said for mistake in exercise.mistakes), said
    assert capsys.readouterr() == ("", "") and not recwarn


@pytest.mark.parametrize("name", OF_FUNCTIONS)
def test_a_function_that_changes_its_input_is_told_so(name):
    said = verdict(find(name), name, each(spoils, name))
    arrays = any(np.ndim(part) for part in find(name).cases[0])
    assert ("which is not its own" in said) == arrays, said


@pytest.mark.parametrize("name", OF_FUNCTIONS)
def test_no_argument_can_be_ignored(name):
    """Each in turn is what it was in another case: no number, no size written down."""
    cases = find(name).cases
    for case in cases:
        for place in range(len(case)):

            def deaf(function, place=place, case=case):
                def ignoring(*given):
                    return function(
                        *given[:place], deepcopy(case[place]), *given[place + 1 :]
                    )

                return ignoring

            assert "✗" in verdict(find(name), name, each(deaf, name)), (place, case)


@pytest.mark.parametrize("name", OF_FUNCTIONS)
def test_no_constant_passes(name):
    for case in find(name).cases:
        frozen = each(lambda f, case=case: lambda *given: f(*deepcopy(case)), name)
        assert "✗" in verdict(find(name), name, frozen)


@pytest.mark.parametrize("name", OF_FUNCTIONS)
def test_the_cases_differ_in_shape_and_value(name):
    cases = find(name).cases
    assert len(cases) >= 2
    for arguments in zip(*cases, strict=True):
        assert len({repr(argument) for argument in arguments}) > 1
    shapes = [[np.shape(argument) for argument in case] for case in cases]
    assert shapes[0] != shapes[1] or not any(map(len, shapes[0]))


def alike(name: str, one, other) -> bool:
    """Whether two functions give the same in every case."""
    for case in find(name).cases:
        with np.errstate(all="ignore"):
            pairs = [function(*deepcopy(case)) for function in (one, other)]
        if not find(name).parts:
            pairs = [(value,) for value in pairs]
        for a, b in zip(*pairs, strict=True):
            if a is None or b is None:
                return False
            if np.shape(a) != np.shape(b):
                return False
            if not np.allclose(a, b, rtol=1e-3, atol=1e-9, equal_nan=True):
                return False
    return True


@pytest.mark.parametrize("name", OF_FUNCTIONS)
def test_a_function_that_makes_a_mistake_is_told_that_mistake(name):
    """The first that it makes, if it makes two: those of an exercise differ."""
    exercise = find(name)
    for sentence, wanted in exercise.mistakes.items():
        for wrong_one in getattr(wanted, "values", [wanted]):
            if not callable(wrong_one):
                continue
            assert not alike(name, wrong_one, exercise.right), sentence
            answer = partial(filled, exercise, wrong_one)
            if len(exercise.calls) > 1:
                answer = tuple(
                    lambda *given, i=i, whole=answer: whole(*given)[i]
                    for i in range(len(exercise.calls))
                )
            assert verdict(exercise, name, answer) == f"✗ {name}: {sentence}"


def filled(exercise: Exercise, wrong_one, *given):
    """A wrong answer; in the parts of which the mistake says nothing, it is right."""
    values = wrong_one(*given)
    if not exercise.parts:
        return values
    right = exercise.right(*given)
    pairs = zip(values, right, strict=True)
    return tuple(right if value is None else value for value, right in pairs)


def test_no_file_is_left_without_its_lecture():
    numbers = {numbered(name) for name in NAMES}
    for package in (course_utils.exercises, wrong_answers):
        modules = [module.name for module in pkgutil.iter_modules(package.__path__)]
        assert {
            int(name[8:]) for name in modules if name.startswith("section_")
        } <= numbers


def test_no_message_has_a_mark_beside_its_letter():
    """Where all letters are as wide, a typeface puts the hat of a ν next to it."""
    (folder,) = map(Path, course_utils.exercises.__path__)
    for path in folder.glob("*.py"):
        marks = [
            sign for sign in path.read_text("utf-8") if unicodedata.combining(sign)
        ]
        assert not marks, path.name
