"""A lecture with the keyboard alone; the mouse is never touched."""

from ipywidgets import Checkbox, Dropdown
from playwright.sync_api import expect

from course_utils.live import Live
from course_utils.live.sliders import choices, ends
from support.figures import words_at
from support.lab_page import FORGET, Figure, have_run

# What has the focus: the cell it is in, and what a listener hears of it.
FOCUS = """() => {
    const here = document.activeElement;
    const said = here.getAttribute('aria-label') || here.labels?.[0]?.innerText;
    return [here.closest('.jp-Cell')?.dataset.id, here.localName, said || here.title];
}"""

BACK = "back to the defaults"


def run_by_keys(page) -> list[dict]:
    """Run all cells by the command palette; all that they put out."""
    page.evaluate(FORGET)
    page.keyboard.press("Control+Shift+C")
    expect(page.locator(".lm-CommandPalette-input")).to_be_focused()
    page.keyboard.type("Run All Cells")
    item = page.locator(".lm-CommandPalette-item.lm-mod-active")
    expect(item).to_have_attribute("data-command", "notebook:run-all-cells")
    page.keyboard.press("Enter")
    return have_run(page)


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


def operate_all(page, cell: str, figure: Live) -> None:
    """Every control of a figure, one after the other, and back to the defaults."""
    shown, moved = Figure(page, cell), {}
    for key, slider in figure.sliders.items():
        tab(page, cell, slider.description)
        moved[key] = operate(page, slider)
        shown.wait_for(words_at(figure, **moved))
    tab(page, cell, BACK, "Shift+Tab")
    page.keyboard.press("Space")
    shown.wait_for(words_at(figure))
