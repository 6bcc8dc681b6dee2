"""In a real browser: a lecture with the keyboard alone; the mouse is never touched."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from ipywidgets import Checkbox, Dropdown
from playwright.sync_api import expect

from course_utils.exercises import find, verdict
from course_utils.live.sliders import choices, ends
from support.browser import PATIENCE, needs_chromium
from support.course import (
    NAMES,
    checked,
    code_cells,
    executed,
    notebook,
    speaking,
    tags,
)
from support.deck import ON_SCREEN
from support.figures import words_at
from support.lab_page import (
    FORGET,
    HAVE_RUN,
    NOTEBOOK,
    READY,
    Figure,
    command,
    opened,
    show,
)

ACTIVE = f"{NOTEBOOK}.activeCell.model.id"

# What has the focus: the cell it is in, and what a listener hears of it.
FOCUS = """() => {
    const here = document.activeElement;
    const said = here.getAttribute('aria-label') || here.labels?.[0]?.innerText;
    return [here.closest('.jp-Cell')?.dataset.id, here.localName, said || here.title];
}"""

WALKS = [("02_gd_divergence", "02-rates-live")]

GO_ON = ["Space", "PageDown"]  # the second one is a clicker's
GO_BACK = ["Shift+Space", "PageUp"]

BACK, PLAY = "back to the defaults", "t: play or pause"

pytestmark = [needs_chromium, pytest.mark.thorough]


@contextmanager
def run_by_keys(browser, lab, file: str) -> Iterator:
    """A lecture whose cells have all run: by the command palette."""
    with opened(browser, lab, file) as page:
        page.evaluate(FORGET)
        page.keyboard.press("Control+Shift+C")
        expect(page.locator(".lm-CommandPalette-input")).to_be_focused()
        page.keyboard.type("Run All Cells")
        item = page.locator(".lm-CommandPalette-item.lm-mod-active")
        expect(item).to_have_attribute("data-command", "notebook:run-all-cells")
        page.keyboard.press("Enter")
        page.wait_for_function(HAVE_RUN)
        page.wait_for_function(READY)
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


def tab(page, cell: str, said: str, key: str = "Tab") -> None:
    """Tab until the focus is on a control of this name; never past the figure.

    A slider has two stops, its number too; no figure has more than seven of them.
    """
    seen = []
    while not (seen and seen[-1][0] == cell and seen[-1][2] == said):
        page.keyboard.press(key)
        seen.append(page.evaluate(FOCUS))
        assert seen[-1][0] == cell and len(seen) < 20, f"{said}: {seen}"


def operate(page, slider) -> object:
    """Change the control that has the focus; the value that it should have now."""
    if isinstance(slider, Checkbox):
        page.keyboard.press("Space")
        return not slider.value
    low, high = ends(slider)
    up = slider.value != high
    if isinstance(slider, Dropdown):
        page.keyboard.press("ArrowDown" if up else "ArrowUp")
        return choices(slider)[slider.index + (1 if up else -1)]
    page.keyboard.press("End" if up else "Home")
    return high if up else low


@pytest.mark.parametrize("name", NAMES)
def test_every_control_of_every_figure(chromium, lab, name):
    figures = executed(name).figures
    with speaking("en"), run_by_keys(chromium, lab, f"en/{name}.ipynb") as page:
        for cell, figure in figures.items():
            show(page, cell)
            shown, moved = Figure(page, cell), {}
            for key, slider in figure.sliders.items():
                tab(page, cell, slider.description)
                moved[key] = operate(page, slider)
                shown.wait_for(words_at(figure, **moved))
            tab(page, cell, BACK, "Shift+Tab")
            page.keyboard.press("Space")
            shown.wait_for(words_at(figure))
        assert not page.errors


@pytest.mark.parametrize(("name", "cell"), WALKS)
def test_play_and_pause(chromium, lab, name, cell):
    with run_by_keys(chromium, lab, f"en/{name}.ipynb") as page:
        select(page, "en", name, cell)
        shown = Figure(page, cell)
        before = shown.words()
        tab(page, cell, PLAY)
        page.keyboard.press("Space")
        expect(shown.picture).not_to_have_attribute(
            "aria-label", before, timeout=PATIENCE
        )
        page.keyboard.press("Space")


def test_an_exercise_from_its_question_to_its_tick(chromium, lab):
    """A wrong answer is told why, a right one is praised."""
    name, exercise = "02_gd_divergence", "2.2"
    with run_by_keys(chromium, lab, f"es/{name}.ipynb") as page:
        (starter,) = (
            cell
            for cell in code_cells(notebook("es", name).cells)
            if checked(cell) == [exercise] and "solution" not in tags(cell)
        )
        said = page.locator(f"[data-id='{starter.id}'] .jp-OutputArea-output")
        typed = "..."
        for answer in ["1.2**10", "-1.2**10"]:
            select(page, "es", name, starter.id)
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


@pytest.mark.parametrize(("name", "cell"), WALKS)
def test_the_show_goes_on_after_a_slider_was_touched(chromium, lab, name, cell):
    """As both READMEs promise; arrow keys move the slider, and Esc ends the show."""
    went = {}
    with run_by_keys(chromium, lab, f"en/{name}.ipynb") as page:
        select(page, "en", name, cell)
        command(page, "deck:start")
        shown = f"{ON_SCREEN}.map(one => one.model.id)"
        page.wait_for_function(f"() => {shown}.includes('{cell}')")
        handle = page.locator(f"[data-id='{cell}'] .noUi-handle").first
        for key in GO_ON + GO_BACK:
            handle.focus()
            here, words = page.evaluate(shown), Figure(page, cell).words()
            page.keyboard.press("ArrowLeft")
            page.wait_for_function(
                "([picture, words]) => picture.getAttribute('aria-label') !== words",
                arg=[Figure(page, cell).picture.element_handle(), words],
            )
            assert page.evaluate(shown) == here
            value = handle.get_attribute("aria-valuetext")
            page.keyboard.press(key)
            page.wait_for_function(f"here => {shown}.join() !== here.join()", arg=here)
            went[key] = page.evaluate(shown)
            assert handle.get_attribute("aria-valuetext") == value
            command(page, "deck:stop")
            select(page, "en", name, cell)
            command(page, "deck:start")
            page.wait_for_function(f"() => {shown}.includes('{cell}')")
        on, on_too, back, back_too = map(went.get, GO_ON + GO_BACK)
        assert on == on_too != back == back_too
        handle.focus()
        page.keyboard.press("Escape")
        page.wait_for_function(f"() => {ON_SCREEN}.length === 0")
