"""In a real JupyterLab: the prose of a lecture, by the settings of the course."""

import pytest

from support.browser import needs_chromium
from support.lab_page import NOTEBOOK, command, opened
from support.lines import parted

LETTERS = 100  # at most in a line that an eye follows back to its beginning
FORMULAS = "mjx-container:not([display])"

# JupyterLab adds the cells one by one while it has nothing to do, and stops where it is
# when the mode is another; their formulas come later.
ALL_THERE = f"""() =>
    document.querySelectorAll('.jp-Cell').length >= {NOTEBOOK}.widgets.length"""
ALL_CELLS = f"""() => {{
    {NOTEBOOK}.notebookConfig = {{...{NOTEBOOK}.notebookConfig, windowingMode: 'none'}};
}}"""
SET = f"() => document.querySelectorAll('.jp-MarkdownCell {FORMULAS}').length > 100"

# How many letters a paragraph has in a line, of those with more than three lines.
LINES = """() => [...document.querySelectorAll('.jp-RenderedMarkdown > p')].map(p => {
    const height = parseFloat(getComputedStyle(p).lineHeight);
    return [p.textContent.length, Math.round(p.clientHeight / height)];
}).filter(([, lines]) => lines > 3).map(([letters, lines]) => letters / lines)"""

pytestmark = [needs_chromium, pytest.mark.thorough]


def test_lines_are_short_and_no_formula_is_parted_from_what_it_touches(chromium, lab):
    with opened(chromium, lab, "es/02_gd_divergence.ipynb", (1920, 1080)) as page:
        page.wait_for_function(ALL_THERE)
        page.evaluate(ALL_CELLS)
        page.wait_for_function(SET)
        lines = page.evaluate(LINES)
        assert lines and max(lines) < LETTERS
        widths = range(700, 1500, 80)
        assert parted(page, FORMULAS, widths) == {}
        loose = f"{FORMULAS} {{ white-space: normal !important; }}"
        page.add_style_tag(content=loose)
        assert parted(page, FORMULAS, widths), "without the style there are some"


def test_esc_ends_a_show_in_which_nothing_has_the_focus(chromium, lab):
    showing = "document.body.dataset.jpDeckMode === 'presenting'"
    with opened(chromium, lab, "en/00_start.ipynb") as page:
        command(page, "deck:start")
        page.wait_for_function(showing)
        page.wait_for_timeout(1500)  # until the focus is where it will be
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("Escape")
        page.wait_for_function(f"!({showing})")
