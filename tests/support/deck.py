"""A lecture open in JupyterLab, presented as slides: "Start Deck"."""

from collections.abc import Iterator

from support.lab_page import NOTEBOOK, command

WIDTH, HEIGHT = 1280, 720

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


def slides(page) -> Iterator[dict]:
    """Start Deck; what is on the slide, and the next one, until the end."""
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.add_style_tag(content=STYLE)
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
