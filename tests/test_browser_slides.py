"""In a real browser: a lecture presented as slides, "Start Deck"."""

from collections.abc import Iterator

import pytest
from browser import needs_chromium
from course import LANGUAGES, NAMES, executed
from figures import moves
from lab_page import NOTEBOOK, close, command, errors, open_lecture, run_all

WIDTH, HEIGHT = 1280, 720

ON_SCREEN = f"""{NOTEBOOK}.widgets
    .filter(cell => cell.node.classList.contains('jp-deck-mod-onscreen'))"""

# Once nothing fades and nothing has moved for three frames.
SETTLED = f"""async () => {{
    const frame = () => new Promise(requestAnimationFrame);
    const look = () => JSON.stringify({ON_SCREEN}
        .map(cell => [cell.model.id, cell.node.getBoundingClientRect()]));
    for (let before, same = 0; same < 3; await frame()) {{
        const now = look(), fades = document.getAnimations().length;
        same = now === before && !fades ? same + 1 : 0;
        before = now;
    }}
}}"""

# What is on a slide, its fragments included: its first words, its height, how far it
# stands out on a side, the parts that are wider inside than outside, its figures.
SLIDE = f"""() => {{
    const cells = {ON_SCREEN}, nodes = cells.map(cell => cell.node);
    const boxes = nodes.map(node => node.getBoundingClientRect());
    const parts = nodes.flatMap(node => [...node.querySelectorAll(
        '.jp-OutputArea-output, .jp-RenderedHTMLCommon, .cm-scroller, .course-live')]);
    const seen = parts.filter(part => part.checkVisibility());
    const rights = seen.map(part => part.getBoundingClientRect().right);
    return {{
        active: {NOTEBOOK}.activeCellIndex,
        words: nodes[0].innerText.slice(0, 60),
        height: Math.max(...boxes.map(box => box.bottom))
            - Math.min(...boxes.map(box => box.top)),
        right: Math.max(0, ...boxes.map(box => box.right), ...rights),
        wide: seen.filter(part => part.scrollWidth > part.clientWidth + 1)
            .map(part => part.innerText.slice(0, 60)),
        figures: cells.filter(cell => cell.node.querySelector('.course-live'))
            .map(cell => cell.model.id),
    }};
}}"""

pytestmark = [needs_chromium, pytest.mark.thorough]


def slide(page) -> dict:
    page.evaluate(SETTLED)
    return page.evaluate(SLIDE)


def slides(page) -> Iterator[dict]:
    """Start Deck; what is on the slide, and the next one, until the end."""
    command(page, "notebook:enter-command-mode")
    page.evaluate(f"{NOTEBOOK}.activeCellIndex = 0")
    command(page, "deck:start")
    page.wait_for_function(f"() => {ON_SCREEN}.length > 0")
    here, before = slide(page), None
    while here["active"] != before:
        yield here
        before = here["active"]
        command(page, "deck:go", direction="down", alternate="forward")
        here = slide(page)
    command(page, "deck:stop")  # or the next page opens as slides


def overflows(here: dict) -> bool:
    return here["height"] > HEIGHT or here["right"] > WIDTH or here["wide"] != []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_slide_fits_the_screen_and_is_live(chromium, lab, language, name):
    page = open_lecture(chromium, lab, f"{language}/{name}.ipynb", WIDTH, HEIGHT)
    assert not errors(run_all(page))
    figures, moved, overflowing = executed(name).figures, set(), []
    for here in slides(page):
        overflowing += [here] * overflows(here)
        for cell in set(here["figures"]) - moved:
            moves(page, cell, figures[cell])
            moved.add(cell)
            overflowing += [now for now in [slide(page)] if overflows(now)]
    assert overflowing == []
    assert moved == set(figures)
    assert not page.errors
    close(page, lab)
