"""In a real browser: a lecture with the keyboard alone; the mouse is never touched."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from course_utils.exercises import find, verdict
from support.browser import PATIENCE, needs_chromium
from support.course import (
    checked,
    code_cells,
    notebook,
    speaking,
    tags,
)
from support.deck import ON_SCREEN
from support.keyboard import run_by_keys, tab
from support.lab_page import (
    NOTEBOOK,
    Figure,
    command,
    opened,
)

ACTIVE = f"{NOTEBOOK}.activeCell.model.id"

LECTURE, CELL = "02_gd_divergence", "02-rates-live"

GO_ON = ["Space", "PageDown"]  # the second one is a clicker's
GO_BACK = ["Shift+Space", "PageUp"]

PLAY = "t: play or pause"

pytestmark = [needs_chromium, pytest.mark.thorough]


@pytest.fixture(scope="module")
def page(chromium, lab) -> Iterator:
    """A lecture whose cells have all run."""
    with opened(chromium, lab, f"en/{LECTURE}.ipynb") as page:
        run_by_keys(page)
        yield page


def select(page, language: str, name: str, cell: str) -> None:
    """To a cell with the arrow keys, in command mode."""
    ids = [one.id for one in notebook(language, name).cells]
    page.keyboard.press("Escape")
    for _ in range(2 * len(ids)):  # JupyterLab may miss one while it scrolls
        way = ids.index(cell) - ids.index(page.evaluate(ACTIVE))
        if way == 0:
            break
        page.keyboard.press("ArrowDown" if way > 0 else "ArrowUp")
        page.wait_for_timeout(50)
    assert page.evaluate(ACTIVE) == cell
    page.locator(f"[data-id='{cell}'] .jp-OutputArea-output").last.wait_for()


def test_play_and_pause(page):
    select(page, "en", LECTURE, CELL)
    shown = Figure(page, CELL)
    before = shown.words()
    tab(page, CELL, PLAY)
    page.keyboard.press("Space")
    expect(shown.picture).not_to_have_attribute("aria-label", before, timeout=PATIENCE)
    page.keyboard.press("Space")


def test_an_exercise_from_its_question_to_its_tick(chromium, lab):
    """A wrong answer is told why, a right one is praised."""
    exercise = "2.2"
    with opened(chromium, lab, f"es/{LECTURE}.ipynb") as page:
        run_by_keys(page)
        (starter,) = (
            cell
            for cell in code_cells(notebook("es", LECTURE).cells)
            if checked(cell) == [exercise] and "solution" not in tags(cell)
        )
        said = page.locator(f"[data-id='{starter.id}'] .jp-OutputArea-output")
        typed = "..."
        for answer in ["1.2**10", "-1.2**10"]:
            select(page, "es", LECTURE, starter.id)
            for key in ["Enter", "Control+Home", "End", *["Backspace"] * len(typed)]:
                page.keyboard.press(key)
            page.keyboard.type(answer)
            page.keyboard.press("Shift+Enter")
            with speaking("es"):
                expected = verdict(find(exercise), exercise, eval(answer))
            expect(said).to_have_text(expected, timeout=PATIENCE)
            typed = answer
        assert expected.startswith("✓")
        assert not page.errors


def test_the_show_goes_on_after_a_slider_was_touched(page):
    """As both READMEs promise; arrow keys move the slider, and Esc ends the show."""
    went = {}
    select(page, "en", LECTURE, CELL)
    command(page, "deck:start")
    shown = f"{ON_SCREEN}.map(one => one.model.id)"
    page.wait_for_function(f"() => {shown}.includes('{CELL}')")
    handle = page.locator(f"[data-id='{CELL}'] .noUi-handle").first
    for key in GO_ON + GO_BACK:
        handle.focus()
        here, words = page.evaluate(shown), Figure(page, CELL).words()
        page.keyboard.press("ArrowLeft")
        page.wait_for_function(
            "([picture, words]) => picture.getAttribute('aria-label') !== words",
            arg=[Figure(page, CELL).picture.element_handle(), words],
        )
        assert page.evaluate(shown) == here
        value = handle.get_attribute("aria-valuetext")
        page.keyboard.press(key)
        page.wait_for_function(f"here => {shown}.join() !== here.join()", arg=here)
        went[key] = page.evaluate(shown)
        assert handle.get_attribute("aria-valuetext") == value
        command(page, "deck:stop")
        select(page, "en", LECTURE, CELL)
        command(page, "deck:start")
        page.wait_for_function(f"() => {shown}.includes('{CELL}')")
    on, on_too, back, back_too = map(went.get, GO_ON + GO_BACK)
    assert on == on_too != back == back_too
    handle.focus()
    page.keyboard.press("Escape")
    page.wait_for_function(f"() => {ON_SCREEN}.length === 0")
