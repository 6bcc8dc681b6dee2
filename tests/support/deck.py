"""A lecture open in JupyterLab, presented as slides: "Start Deck"."""

from collections.abc import Iterator
from math import ceil

from support.lab_page import NOTEBOOK, command

WIDTH, HEIGHT = 1280, 720
SCREENS = [(WIDTH, HEIGHT), (1920, 1080)]
LAST_ROW = 0.025  # of the height: a number that the last row can read

ON_SCREEN = f"""{NOTEBOOK}.widgets
    .filter(cell => cell.node.classList.contains('jp-deck-mod-onscreen'))"""

# What MathJax says of a formula to a listener nobody sees, yet it has a width; and a
# slide that fades in ends up where one ends that is there at once.
STYLE = """
    mjx-assistive-mml { display: none !important; }
    * { transition: none !important; }
"""

# Once nothing has moved for three frames.
SETTLED = f"""async () => {{
    const frame = () => new Promise(requestAnimationFrame);
    const look = () => JSON.stringify({ON_SCREEN}
        .map(cell => [cell.model.id, cell.node.getBoundingClientRect()]));
    for (let before, same = 0; same < 3; await frame()) {{
        const now = look();
        same = now === before ? same + 1 : 0;
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


def slide(page) -> dict:
    page.evaluate(SETTLED)
    return page.evaluate(SLIDE)


def begin(page) -> None:
    """Start Deck, at the first slide."""
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.add_style_tag(content=STYLE)
    command(page, "notebook:enter-command-mode")
    page.evaluate(f"{NOTEBOOK}.activeCellIndex = 0")
    command(page, "deck:start")
    page.wait_for_function(f"() => {ON_SCREEN}.length > 0")


def slides(page) -> Iterator[dict]:
    """Start Deck; what is on the slide, and the next one, until the end."""
    begin(page)
    here, before = slide(page), None
    while here["active"] != before:
        yield here
        before = here["active"]
        command(page, "deck:go", direction="down", alternate="forward")
        here = slide(page)
    command(page, "deck:stop")  # or the next page opens as slides


def overflows(here: dict) -> bool:
    return here["height"] > HEIGHT or here["right"] > WIDTH or here["wide"] != []


# A figure's slide: its panels and the box they may fill, what stands around them, and
# what is cut, lies on something else, or has to be scrolled to.
FIGURE = f"""() => {{
    const box = node => node.getBoundingClientRect();
    const shown = {ON_SCREEN}.map(cell => cell.node);
    const figure = document.querySelector('.jp-deck-mod-onscreen .course-figure');
    const panels = [...figure.querySelectorAll('canvas')].map(box);
    const parts = [...figure.querySelectorAll('.course-goal, .widget-hbox > *, ' +
        '.widget-label, .slider, .widget-readout, .course-play, canvas')];
    const met = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    const alone = parts.flatMap((a, i) => parts.slice(i + 1)
        .filter(b => !a.contains(b) && met(box(a), box(b))).map(b => [a, b]));
    const remote = box(document.querySelector('.jp-Deck-Remote'));
    const outer = document.querySelector('.jp-Deck .jp-WindowedPanel-outer');
    const filled = box(figure.querySelector('.course-live'));
    return {{
        width: panels.at(-1).right - panels[0].left,
        height: panels[0].height,
        room: [filled.width, filled.height],
        bottom: Math.max(...parts.map(part => box(part).bottom)),
        meet: alone.map(pair => pair.map(part => part.className).join(' | ')),
        under: [...shown, ...parts].filter(part => met(box(part), remote))
            .map(part => part.className),
        cut: parts.filter(part => part.scrollWidth > part.clientWidth + 1
            && getComputedStyle(part).overflowX !== 'visible')
            .map(part => part.className),
        scrolls: outer.scrollHeight - outer.clientHeight,
        code: shown.filter(cell => cell.querySelector('.course-figure')
            && cell.querySelector('.jp-Editor').checkVisibility()).length,
    }};
}}"""

# The slides that a style sheet counts, and what it writes where it counts them.
SLIDES_COUNTED = """() => {
    const tagged = '[data-jpf-cell-tags*=",slide,"]';
    const after = selector =>
        getComputedStyle(document.querySelector(selector), '::after').content;
    return [document.querySelectorAll('.jp-Deck .jp-Cell' + tagged).length,
        after('.jp-Deck .jp-deck-mod-onscreen' + tagged),
        after('.jp-Deck .jp-WindowedPanel-viewport')];
}"""


def room(screen: tuple[int, int], sliders: int) -> tuple[float, float]:
    """What the panels of a figure have at least, in pixels: slides.css says so.

    Beside them are the edges; above them the goal, and three sliders in a row.
    """
    width, height = screen
    return width - 90, 0.91 * height - 30 - 0.056 * height * ceil(sliders / 3)
