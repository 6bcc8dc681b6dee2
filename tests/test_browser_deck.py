"""In a real browser: the slides of a lecture, as the last row sees them."""

import pytest

from support.browser import needs_chromium
from support.course import executed
from support.deck import FIGURE, LAST_ROW, SCREENS, SLIDES_COUNTED, begin, room, slide
from support.figures import grown, least_number
from support.lab_page import NOTEBOOK, command, errors, opened, run_all

# Two panels and a ▶, one panel, seven controls.
SHOWN = {
    "es/02_gd_divergence": ["02-rates-live", "02-cobweb-live"],
    "en/06_adagrad_adam": ["06-surfaces-live"],
}
GO = f"""id => {{
    const notebook = {NOTEBOOK};
    notebook.activeCellIndex = notebook.widgets.findIndex(c => c.model.id === id);
}}"""

pytestmark = [needs_chromium, pytest.mark.thorough]


def fills_its_slide(page, cell: str, figure, screen: tuple[int, int]) -> None:
    width, height = screen
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(GO, cell)
    assert slide(page)["figures"] == [cell]
    seen = page.evaluate(FIGURE)
    for what in ("meet", "under", "cut"):
        assert seen[what] == [], (cell, what)
    assert (seen["code"], seen["scrolls"]) == (0, 0)
    assert seen["bottom"] <= height
    assert [*map(round, room(screen, len(figure.sliders)))] <= seen["room"]
    scale = grown(figure, seen["room"])
    assert seen["width"] == pytest.approx(scale * figure.picture.size[0], abs=1)
    assert seen["height"] == pytest.approx(scale * figure.picture.size[1], abs=1)
    assert scale * least_number(figure) >= LAST_ROW * height


@pytest.mark.parametrize("name", SHOWN)
def test_a_figure_fills_its_slide(chromium, lab, name):
    figures = executed(name[3:]).figures
    with opened(chromium, lab, f"{name}.ipynb") as page:
        assert not errors(run_all(page))
        begin(page)
        for screen in SCREENS:
            for cell in SHOWN[name]:
                fills_its_slide(page, cell, figures[cell], screen)
        counted, number, total = page.evaluate(SLIDES_COUNTED)
        assert counted > 20
        assert (number, total) == ('counter(slide) " /"', "counter(slide)")
        command(page, "deck:stop")  # or the next page opens as slides
        assert not page.errors
