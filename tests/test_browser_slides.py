"""In a real browser: a lecture presented as slides, "Start Deck"."""

from pathlib import Path

import pytest
from browser import needs_chromium
from lab_page import command, open_lecture

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
LECTURES = sorted(f"{path.parent.name}/{path.name}" for path in NOTEBOOKS.glob("*/*"))

# The height of what is on a slide, its fragments included, and its first words.
SLIDE = """() => {
    const notebook = window.jupyterapp.shell.currentWidget.content;
    const cells = notebook.widgets.map(cell => cell.node)
        .filter(node => node.classList.contains('jp-deck-mod-onscreen'));
    const boxes = cells.map(node => node.getBoundingClientRect());
    const top = Math.min(...boxes.map(box => box.top));
    const bottom = Math.max(...boxes.map(box => box.bottom));
    return [notebook.activeCellIndex, cells[0].innerText.slice(0, 60), bottom - top];
}"""

pytestmark = [needs_chromium, pytest.mark.thorough]


def go(page, name: str, **arguments) -> None:
    command(page, name, **arguments)
    page.wait_for_timeout(300)  # the slide is laid out and its fade is over


def slides(page):
    """Where the deck stands, and what is on the slide; Space, until the end."""
    go(page, "notebook:enter-command-mode")
    page.evaluate("window.jupyterapp.shell.currentWidget.content.activeCellIndex = 0")
    go(page, "deck:start")
    page.wait_for_timeout(1000)
    place, before = page.evaluate(SLIDE), None
    while place != before:
        yield place
        go(page, "deck:go", direction="down", alternate="forward")
        place, before = page.evaluate(SLIDE), place
    go(page, "deck:stop")  # or the next page opens as slides


@pytest.mark.parametrize("lecture", LECTURES)
def test_every_slide_fits_the_screen(chromium, lab, lecture):
    page = open_lecture(chromium, lab, lecture, 1280, 720)
    command(page, "notebook:run-all-cells")
    tall = {words: round(height) for _, words, height in slides(page) if height > 720}
    assert not tall
    assert not page.errors
    page.close()
