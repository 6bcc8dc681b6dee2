"""In a real browser: a page says of an answer what `check` says of it in Python."""

from math import inf, log, nan, sqrt
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_utils.exercises import check, data, find, memory
from course_utils.exercises.answers import is_real
from course_utils.exercises.judge import judged, lines
from course_utils.languages import LANGUAGES, apart
from pages.page import Lecture, Page
from pages.texts import TEXTS
from support.browser import grave, needs_chromium, new_page
from support.course import speaking
from support.exercises import OF_FUNCTIONS, OF_NUMBERS, swarm, wrong

pytestmark = [needs_chromium, pytest.mark.thorough]

PHONE, DESK, TARGET = (390, 844), (1280, 900), 44
PRINTED = [new_output("stream", name="stdout", text="…")]
SAME = [  # exercise, what is typed on the page, the answer in Python
    # Right, in several forms.
    ("0.1", "1/2", 1 / 2),
    ("0.1", "0.5", 0.5),
    ("0.1", "0,5", 0.5),
    ("0.1", " .5 ", 0.5),
    ("0.1", "½", 0.5),
    ("0.1", "5e-1", 5e-1),
    ("0.1", "η = 1/2", 0.5),
    ("1.1", "1.5 * ln(2)", 1.5 * log(2)),
    ("1.1", "1,5 × ln 2", 1.5 * log(2)),
    ("1.1", "3 log(2) / 2", (3, log(2) / 2)),
    ("2.2", "-1.2^10", -(1.2**10)),
    ("2.2", "−1,2**10", -(1.2**10)),
    ("2.2", "-(6 + 0.19174)", -6.19174),
    ("4.5", "48/(7 + √17)", 48 / (7 + sqrt(17))),
    ("1.3", "20; 0", (20, 0)),
    ("1.3", "(20, 0)", (20, 0)),
    ("1.3", "[20,0]", [20, 0]),
    ("1.3", "20 0", (20, 0)),
    ("2.1", "0,25; 0,75", (0.25, 0.75)),
    ("2.1", "0,25, 0,75", (0.25, 0.75)),
    ("2.1", "0,25 0,75", (0.25, 0.75)),
    ("2.1", "eta_1 = 1/4; eta_2 = 3/4", (1 / 4, 3 / 4)),
    ("2.1", "(1/4, (1 + 2)/4)", (1 / 4, (1 + 2) / 4)),
    ("3.6", "1e10", 1e10),
    ("3.6", "10^10", 10**10),
    ("3.6", "10 000 000 000", 10_000_000_000),
    ("3.6", "10,000,000,000", 10_000_000_000),
    ("4.4", "0; 0; 0; 1", (0, 0, 0, 1)),
    ("7.1", "41; 41; 92", (41, 41, 92)),
    # Mistakes: a value, a set of values, an interval, anything; 2^3^2 as in Python.
    ("0.1", "1", 1),
    ("0.1", "-3", -3),
    ("0.1", "2^3^2", 2**3**2),
    ("0.1", "0,3", 0.3),
    ("1.2", "0,69", 0.69),
    ("1.2", "∞", inf),
    ("1.4", "2 - -2", 2 - -2),
    ("2.1", "1/4; 1/4", (1 / 4, 1 / 4)),
    ("2.1", "7; 1/2", (7, 1 / 2)),
    ("4.4", "1; 1; 1; 1", (1, 1, 1, 1)),
    ("4.4", "∞; ∞; 0; 0", (inf, inf, 0, 0)),
    ("5.4", "0.01; 2", (0.01, 2)),
    # What can be said of any exercise.
    ("2.3", "1/3; 2/3", (1 / 3, 2 / 3)),
    ("7.1", "92; 41; 41", (92, 41, 41)),
    ("1.4", "-0.625", -0.625),
    ("1.7", "3840.5", 3840.5),
    ("1.7", "3,840", 3.84),
    ("1.7", "inf", inf),
    ("1.7", "3850", 3850),
    ("6.5", "1.01", 1.01),
    ("1.4", "0.63", 0.63),
    ("1.4", "0.625*1.049", 0.625 * 1.049),
    ("1.4", "0.625*1.051", 0.625 * 1.051),
    ("0.1", "9e-10", 9e-10),
    ("0.1", "2e-9", 2e-9),
    ("8.5", "1386; 5545; 7", (1386, 5545, 7)),
    ("3.6", "7", 7),
    # Too few, too many.
    ("2.1", "1/4", 1 / 4),
    ("2.1", "1/4;", (1 / 4,)),
    ("2.1", "1/4; 3/4; 1", (1 / 4, 3 / 4, 1)),
    ("0.1", "1/2; 1/2", (1 / 2, 1 / 2)),
    # No number.
    ("0.1", "nan", nan),
    ("0.1", "0/0", nan),
    ("0.1", "ln(-1)", nan),
    ("2.1", "NaN; 3/4", (nan, 3 / 4)),
    ("2.1", "nan", nan),
    ("0.1", "no sé", "no sé"),
    ("0.1", "1/", "1/"),
    ("0.1", "0.5 m", "0.5 m"),
    ("0.1", "1..2", (1, 0.2)),
    ("2.1", "muchos", "muchos"),
    ("2.1", "1/4; muchos", (1 / 4, "muchos")),
    ("0.1", "constructor", "constructor"),
    ("0.1", "<b>1</b>", "<b>1</b>"),
    # Not yet.
    ("0.1", "", ...),
    ("0.1", "  ", ...),
    ("0.1", "...", ...),
    ("2.1", "", ...),
    ("2.1", "…; 3/4", (..., 3 / 4)),
    ("7.1", "41; ...; ...", (41, ..., ...)),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """A page with every exercise of the course, in both languages."""
    folder = tmp_path_factory.mktemp("exercises")
    names = [*OF_NUMBERS, *OF_FUNCTIONS]
    code = [
        new_code_cell(f'a = ...\ncheck("{n}", a)', id=f"09-{i}", outputs=PRINTED)
        for i, n in enumerate(names)
    ]
    notebook = new_notebook(cells=[new_markdown_cell("# 9", id="09-title"), *code])
    for one in LANGUAGES:
        notebook.metadata["lang"] = one
        (folder / one).mkdir()
        nbformat.write(notebook, folder / one / "09.ipynb")
        page = Page(Lecture("09", notebook.cells, {}, folder), one, notebook)
        (folder / one / "09.html").write_text(page.html(), "utf-8")
    return folder


@pytest.fixture
def opened(chromium, site):
    """Opens that page; at the end, closes it, which has not complained."""
    pages = []

    def open_one(one: str, screen=DESK, before: str = ""):
        page = new_page(chromium, *screen)
        page.add_init_script(before)
        page.goto((site / one / "09.html").as_uri())
        pages.append(page)
        return page

    yield open_one
    for page in pages:
        assert not page.errors
        page.context.close()


def form(page, name: str):
    return page.locator(f'form[data-name="{name}"]')


def answer(page, name: str, text: str) -> list[str]:
    """The lines that the page says of what is typed, as a hand does it."""
    field = form(page, name).locator("input")
    field.fill(text)
    field.press("Enter")
    return form(page, name).locator("output").inner_text().splitlines()


@pytest.fixture
def checked(capsys):
    """What Python's `check` prints of a first answer, in one language."""

    def say(one: str, name: str, value) -> str:
        memory.MARKS.clear()
        with speaking(one):
            check(name, value)
        return capsys.readouterr().out.rstrip("\n")

    yield say
    memory.MARKS.clear()


@pytest.mark.parametrize("one", LANGUAGES)
def test_sixty_answers_are_told_the_same(opened, checked, one):
    assert len(SAME) >= 60
    page = opened(one)
    for name, typed, value in SAME:
        assert answer(page, name, typed)[0] == checked(one, name, value), typed


def written(value) -> str | None:
    """An answer in Python as it is typed; None of one that is no plain number."""
    items = value if isinstance(value, list | tuple) else [value]
    if not items or not all(map(is_real, items)):
        return None
    return "; ".join(repr(float(item)) for item in items)


# Types one after the other; gives the first line that is said of each.
SAY_ALL = """(form, typed) => typed.map(text => {
    form.querySelector('input').value = text;
    form.requestSubmit();
    return form.querySelector('output').textContent.split('\\n')[0];
})"""


@pytest.mark.parametrize("name", OF_NUMBERS)
def test_every_mistake_and_every_number_is_told_the_same(opened, name):
    """What tests plant in Python, and a swarm of numbers around what the data say."""
    exercise = find(name)
    planted = [value for value, _ in wrong(int(name[0]))[name]]
    some = [tuple(map(float, numbers)) for numbers in swarm(name)[::3]]
    answers = [value for value in planted + some if written(value)]
    told = [lines(*judgement(exercise, name, value)) for value in answers]
    for k, one in enumerate(LANGUAGES):
        typed = [written(value) for value in answers]
        heard = form(opened(one), name).evaluate(SAY_ALL, typed)
        assert heard == [said[k] for said in told]
        mistakes = {apart(text)[k] for text, _ in data(exercise)["mistakes"]}
        assert mistakes <= {said.partition(": ")[2] for said in heard}


def judgement(exercise, name: str, value):
    mark, said = judged(exercise, value)
    return mark, name, said


def test_the_hint_is_named_to_who_is_stuck(opened):
    page = opened("en")
    assert answer(page, "0.1", "") == ["… 0.1: not yet"]
    assert len(answer(page, "0.1", "1")) == 1
    assert len(answer(page, "0.1", "...")) == 1, "no answer is no wrong one"
    assert answer(page, "0.1", "0")[1:] == [TEXTS["en"]["helps"]]
    assert len(answer(page, "0.1", "1/2")) == 1
    unnamed = ["✗ 1.4: not right yet", TEXTS["en"]["helps"]]
    assert answer(page, "1.4", "7") == unnamed, "nothing else is said of it"


def test_what_was_understood_is_shown(opened):
    page = opened("en")
    for name, typed, shown in [
        ("0.1", "1/2", "= 0.5"),
        ("0.1", "0.5", ""),
        ("1.7", "3,840", "= 3.84"),
        ("2.1", "1/4, 3/4", "= (0.25; 0.75)"),
        ("2.1", "1/4; no", "= (0.25; ?)"),
        ("2.1", "", ""),
    ]:
        form(page, name).locator("input").fill(typed)
        assert form(page, name).locator(".value").inner_text() == shown, typed


def test_a_verdict_is_of_what_stands_in_the_field(opened):
    page = opened("en")
    assert answer(page, "0.1", "1")
    page.keyboard.type("2")
    assert form(page, "0.1").locator("output").inner_text() == ""
    form(page, "0.1").get_by_role("button", name="Check").click()
    assert "it moves away" in form(page, "0.1").locator("output").inner_text()


def test_what_is_typed_is_text(opened):
    page = opened("en")
    answer(page, "0.1", "<img src=x onerror=window.run=1>")
    assert not page.locator("form img").count()
    assert page.evaluate("window.run") is None


def state(page, name: str) -> tuple[str, str]:
    """What stands in a field, and what is said below."""
    here = form(page, name)
    return here.locator("input").input_value(), here.locator("output").inner_text()


def test_what_is_solved_is_remembered_in_both_languages(opened, site):
    page = opened("es")
    answer(page, "0.1", "0,5")
    answer(page, "1.4", "0.625")
    answer(page, "1.4", "7")
    answer(page, "1.6", "7")
    page.goto((site / "en" / "09.html").as_uri())
    assert state(page, "0.1") == ("0,5", "✓ 0.1: 1 − 2η = 0")
    assert state(page, "1.4") == ("0.625", "✓ 1.4: ½(λ₂ + λ₃)"), "solved is solved"
    assert state(page, "1.6") == ("", ""), "it was not right"
    answer(page, "0.1", "")
    page.evaluate("localStorage.setItem('course_utils 1.4', '0.5')")
    page.reload()
    assert state(page, "0.1") == ("", ""), "an empty field forgets"
    assert state(page, "1.4") == ("", ""), "what is right no more is not shown"


CLOSED = """Object.defineProperty(window, 'localStorage', {
    get() { throw new DOMException('denied', 'SecurityError'); } });"""
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full'); };"


@pytest.mark.parametrize("before", [CLOSED, FULL])
def test_where_the_browser_keeps_nothing_an_answer_is_told_all_the_same(opened, before):
    page = opened("en", before=before)
    assert answer(page, "0.1", "1/2") == ["✓ 0.1: 1 − 2η = 0"]
    answer(page, "0.1", "")
    page.reload()
    assert state(page, "0.1") == ("", "")


SHOWN = """() => [...document.querySelectorAll('.cell:has(> .elsewhere)')]
    .map(cell => ['form', '.code', '.out', '.elsewhere', 'details:not(.fold)']
        .map(one => Boolean(cell.querySelector(one)?.checkVisibility())))"""


def test_a_field_or_the_notebook(opened):
    """On paper the notebook's code; what a right answer was is not told, nor a hint."""
    page = opened("es")
    field, notebook = [True, False, False, False, True], [False, True, True, True, True]
    n, m = len(OF_NUMBERS), len(OF_FUNCTIONS)
    assert page.evaluate(SHOWN) == [field] * n + [notebook] * m
    page.emulate_media(media="print")
    assert page.evaluate(SHOWN) == [[False, True, True, True, False]] * (n + m)


@pytest.mark.parametrize(("one", "screen"), [("es", PHONE), ("en", DESK)])
def test_fields_fit_a_finger_and_are_named(opened, one, screen):
    page = opened(one, screen)
    for name in OF_NUMBERS:
        answer(page, name, "7; 8; 9; 10; 11")
        for thing in form(page, name).locator("input, button").all():
            box = thing.bounding_box()
            assert min(box["height"], box["width"]) >= TARGET
            assert box["x"] >= 0 and box["x"] + box["width"] <= screen[0]
    assert page.evaluate("document.scrollingElement.scrollWidth") <= screen[0]
    assert grave(page) == []
