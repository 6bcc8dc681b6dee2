"""In a real browser: every lecture is opened, run, moved, presented and saved.

In Spanish by the menu, and the figures are moved on their slides; in English with the
keyboard alone, every control of every figure, and the slides are looked at.
"""

import json

import numpy as np
import pytest

from course_utils.live import Live
from course_utils.live.sliders import ends
from minutes import main_path
from support.browser import needs_chromium
from support.course import (
    LANGUAGES,
    NAMES,
    executed,
    notebook,
    shows_a_figure,
    speaking,
)
from support.deck import overflows, slide, slides
from support.figures import pictures, words_at
from support.keyboard import operate_all, run_by_keys
from support.lab_page import (
    Figure,
    command,
    errors,
    opened,
    run_all,
    show,
    stands_still,
)
from support.lab_server import fetch

QUICK = "en/00_start"  # in the ordinary test command; test_browser.py has a Spanish one


def lecture(language: str, name: str):
    quick = f"{language}/{name}" == QUICK
    return pytest.param(language, name, marks=[] if quick else pytest.mark.thorough)


LECTURES = [lecture(language, name) for language in LANGUAGES for name in NAMES]

pytestmark = needs_chromium


def saved_figures(lab, file: str) -> list[list[str]]:
    """What a saved notebook holds of each figure: a picture and words, no widget."""
    url, token = lab
    content = json.loads(fetch(f"{url}/api/contents/{file}", token))["content"]
    cells = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
    data = [output.get("data", {}) for cell in cells for output in cell["outputs"]]
    return [sorted(one) for one in data if "image/png" in one]


def on_slides(language: str, name: str) -> list[str]:
    """The figures that a class sees: those for later are on no slide."""
    main = main_path(notebook(language, name).cells)
    code = [cell for cell in main if cell.cell_type == "code"]
    return [cell.id for cell in code if shows_a_figure(cell)]


def present(page, figures) -> None:
    """As slides: none is larger than the screen; these figures are live on theirs."""
    moved, overflowing = set(), []
    for here in slides(page):
        overflowing += [here] * overflows(here)
        for cell in (set(here["figures"]) & set(figures)) - moved:
            moves(page, cell, figures[cell])
            moved.add(cell)
            overflowing += [now for now in [slide(page)] if overflows(now)]
    assert overflowing == []
    assert moved == set(figures)


def moves(page, cell: str, figure: Live) -> None:
    """Home and End on the first slider: the words are right, the picture another."""
    shown, seen = Figure(page, cell), []
    name, slider = next(iter(figure.sliders.items()))
    for key, end in zip(["Home", "End"], ends(slider), strict=True):
        shown.press(key)
        shown.wait_for(words_at(figure, **{name: end}))
        seen.append(shown.painted())
    assert not all(map(np.array_equal, *seen)), cell


# What is saved of a figure is the same in all of them, and what opens it.
AGAIN = [QUICK, "en/08_tychonoff_regularization"]
HANDS = {"es": (run_all, moves), "en": (run_by_keys, operate_all)}


@pytest.mark.parametrize(("language", "name"), LECTURES)
def test_a_lecture_from_its_opening_to_the_next(chromium, lab, language, name):
    stored, file = pictures(language, name), f"{language}/{name}.ipynb"
    figures = executed(name).figures
    assert list(stored) == list(figures)

    with speaking(language), opened(chromium, lab, file) as page:
        for cell in stored:
            stands_still(page, cell)
        run, move = HANDS[language]
        assert not errors(run(page))
        presented = on_slides(language, name) if language == "es" else []
        for cell in set(figures) - set(presented):
            show(page, cell)
            move(page, cell, figures[cell])
        present(page, {cell: figures[cell] for cell in presented})
        command(page, "docmanager:save")
        assert saved_figures(lab, file) == [["image/png", "text/plain"]] * len(stored)
        assert not page.errors

    if f"{language}/{name}" in AGAIN:
        with opened(chromium, lab, file) as again:
            for cell in stored:
                stands_still(again, cell)
            assert not again.errors
