"""The pages that need no kernel: in a real browser, from disk, without a network."""

import re
from pathlib import Path

import numpy as np
import pytest

from pages import LIMITS, grid_of
from pages.grid import Grid
from support.browser import (
    grave,
    hear,
    letters,
    needs_chromium,
    running_chromium,
    until,
)
from support.course import LANGUAGES, NAMES, executed, source
from support.deck import LAST_ROW as LAST_ROW_OF_PANELS
from support.deck import SCREENS
from support.figures import grown, least_number
from support.painting import paint

PHONE, DESK, PROJECTOR = (390, 844), (1280, 900), (1280, 720)
TARGET = 44  # CSS pixels: what a finger needs
LAST_ROW = 22  # CSS pixels of 720: text on a slide that the last row can read
PAGES = [f"{language}/{name}" for name in NAMES for language in LANGUAGES]

pytestmark = [needs_chromium, pytest.mark.thorough]


@pytest.fixture(scope="module")
def chromium():
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def opened(chromium, site):
    """Opens a page from disk, its network closed; hears what it asks and complains."""
    contexts = []

    def open_one(name: str, screen=DESK, query: str = "", **more):
        width, height = screen
        size = {"width": width, "height": height}
        context = chromium.new_context(viewport=size, offline=True, **more)
        contexts.append(context)
        page = context.new_page()
        page.errors, page.asked = [], []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda said: hear(page, said))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(f"{(site / f'{name}.html').as_uri()}{query}")
        return page

    yield open_one
    for context in contexts:
        context.close()


# Every figure opens when it comes near the screen: bring each there.
OPEN_ALL = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const nodes = [...document.querySelectorAll('figure.live')]
        .filter(node => node.checkVisibility() || node.closest('.cell'));
    for (const node of nodes) {
        node.scrollIntoView();
        while (!node.classList.contains('moves')) await frame();
    }
    await frame();
    scrollTo(0, 0);
    return nodes.length;
}"""


def figure_cells(name: str) -> list[str]:
    return list(executed(name).figures)


@pytest.mark.parametrize("name", ["index", *PAGES])
def test_a_page_opens_from_disk_and_asks_for_nothing(opened, site, name):
    page = opened(name)
    figures = page.evaluate(OPEN_ALL)
    assert figures == (1 if name == "index" else len(figure_cells(Path(name).name)))
    assert [url for url in page.asked if not url.startswith("blob:")] == [page.url]
    assert not page.errors
    links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    assert links
    for link in links:
        if link.startswith("https://arxiv.org/"):  # to read on, for who has a network
            continue
        assert link.startswith("file://"), link
        file, _, place = link.partition("#")
        target = Path(
            page.evaluate("u => decodeURIComponent(new URL(u).pathname)", file)
        )
        assert target.exists(), link
        if place and file == page.url:
            assert page.evaluate(
                "id => !!document.getElementById(decodeURIComponent(id))", place
            ), link


LOADED = "all => all.every(one => one.complete && one.naturalWidth > 0)"


@pytest.mark.parametrize("screen", [PHONE, DESK])
def test_the_index_opens_with_a_moving_figure_and_every_lecture(opened, screen):
    page = opened("index", screen)
    for language in LANGUAGES:
        page.locator(f"header a[hreflang={language}]").click()
        page.wait_for_selector(f"#{language} figure.moves")  # nobody has scrolled to it
        canvas = page.locator(f"#{language} canvas").first.bounding_box()
        assert canvas["y"] + canvas["height"] / 2 < screen[1]
        lectures = page.locator(f"#{language} > ul > li")
        assert lectures.count() == lectures.locator("img").count() == len(NAMES)
        assert lectures.locator("img").evaluate_all(LOADED)
        assert page.locator(f"#{language} .start").count() == 1
        assert lectures.first.locator(".start").is_visible()


def test_sizes_and_the_index(opened, site):
    pages = sorted(site.glob("*/*.html"))
    assert [f"{p.parent.name}/{p.stem}" for p in pages] == sorted(PAGES)
    assert max(page.stat().st_size for page in pages) < LIMITS["page"]
    whole = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    assert whole < LIMITS["site"]
    index = opened("index")
    links = index.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    assert {page.as_uri() for page in pages} <= set(links)
    for page in pages:
        assert page.with_suffix(".ipynb").exists()


CANVASES = (
    "node => [...node.querySelectorAll('.picture canvas')].map(c => c.toDataURL())"
)

# Puts sliders where they are told, as a hand does; waits two display frames.
MOVE = """async (node, places) => {
    const inputs = [...node.querySelectorAll('form input, form select')];
    node.querySelector('form').reset();
    for (const [k, place] of places) {
        const input = inputs[k];
        if (input.tagName === 'SELECT') input.selectedIndex = place;
        else if (input.type === 'checkbox') input.checked = place === 1;
        else input.value = JSON.parse(input.dataset.stops)[place];
        input.dispatchEvent(new Event('input', { bubbles: true }));
    }
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return node.querySelector('[role=img]').getAttribute('aria-label');
}"""


def three_places(grid: Grid) -> list[dict]:
    """The default, the far end of every slider of one group, and somewhere else."""
    rng = np.random.default_rng(0)
    at_ends, anywhere = grid.together[-1], grid.together[0]
    starts = {control.name: control.start for control in grid.controls}
    last = {name: len(values) - 1 for name, values in grid.values.items()}
    return [
        {},
        {name: 0 if starts[name] == last[name] else last[name] for name in at_ends},
        {name: int(rng.integers(len(grid.values[name]))) for name in anywhere},
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_paints_what_jupyter_paints(opened, name):
    """At three places of every figure's sliders: the same canvas, dot for dot."""
    page = opened(f"en/{name}", bypass_csp=True)  # Jupyter's painter is brought along
    page.evaluate(OPEN_ALL)
    nodes = page.locator("figure.live").all()
    for node, (cell, figure) in zip(nodes, executed(name).figures.items(), strict=True):
        node.scroll_into_view_if_needed()
        figure.reset()
        grid, seen = grid_of(source(name), cell, figure), []
        order = list(grid.values)
        for places in three_places(grid):
            figure.reset()
            for slider, place in places.items():
                figure.sliders[slider].value = grid.values[slider][place]
            moves = [[order.index(slider), place] for slider, place in places.items()]
            words = node.evaluate(MOVE, moves)
            assert words == figure.sentences()["en"], cell
            there = node.evaluate(CANVASES)
            jupyters = paint(node.locator(".picture"), figure.canvas)
            assert there == jupyters, (cell, places)
            seen.append(there)
        assert seen[0] != seen[1], cell
        figure.reset()
    assert not page.errors


# For everyone

PAPER = """() => getComputedStyle(document.documentElement).backgroundColor
    .match(/\\d+/g).slice(0, 3).map(Number)"""
WIDE = "() => [document.scrollingElement.scrollWidth, innerWidth]"
SMALL = """least => [...document.querySelectorAll(
        'a.language, nav a, nav button, .controls input, .controls select, ' +
        '.controls button, summary, .around a')]
    .filter(node => node.checkVisibility())
    .map(node => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
    .filter(([, box]) => box.height < least || box.width < least)
    .map(([text, box]) => `${text} ${box.width}×${box.height}`)"""
STACKED = """() => [...document.querySelectorAll('figure.live')].filter(node => {
    const canvases = [...node.querySelectorAll('canvas')];
    const boxes = canvases.map(canvas => canvas.getBoundingClientRect());
    return boxes.some((box, k) => k && box.top < boxes[k - 1].bottom - 1 ||
        box.left < 0 || box.right > innerWidth);
}).length"""


@pytest.mark.parametrize("name", ["index", *PAGES])
def test_a_page_fits_a_phone(opened, name):
    page = opened(name, PHONE, has_touch=True, is_mobile=True)
    page.evaluate(OPEN_ALL)
    page.eval_on_selector_all("details", "all => all.forEach(d => { d.open = true; })")
    content, screen = page.evaluate(WIDE)
    assert content <= screen == PHONE[0]
    assert page.evaluate(SMALL, TARGET) == []
    assert page.evaluate(STACKED) == 0, "panels do not stand one below the other"
    letters(page, 32)
    assert page.evaluate(WIDE) == [PHONE[0]] * 2, "with letters twice as large"


@pytest.mark.parametrize("width", [PHONE[0], 706, 707, DESK[0]])
def test_left_and_right_are_explained_where_panels_are_stacked(opened, width):
    page = opened("en/02_gd_divergence", (width, 900))
    page.evaluate(OPEN_ALL)
    stacked = page.evaluate(STACKED) == 0
    assert page.locator(".narrow").is_visible() == stacked == (width < 707)


def test_without_javascript_nothing_is_stacked_and_nothing_explained(opened):
    page = opened("en/02_gd_divergence", PHONE, java_script_enabled=False)
    assert page.locator(".hello").first.is_visible()
    assert not page.locator(".narrow").is_visible()


# Both languages of a lecture have the same figures and colours: one is looked at by
# day, the other by night.
SCHEMES = [("index", "light"), ("index", "dark")]
SCHEMES += [(name, "dark" if name.startswith("es") else "light") for name in PAGES]


@pytest.mark.parametrize(("name", "scheme"), SCHEMES)
def test_nothing_serious_for_those_who_do_not_see_or_point(opened, name, scheme):
    page = opened(name, PHONE if scheme == "dark" else DESK, color_scheme=scheme)
    page.evaluate(OPEN_ALL)
    page.eval_on_selector_all("details", "all => all.forEach(d => { d.open = true; })")
    paper = page.evaluate(PAPER)
    assert (min(paper) > 200) == (scheme == "light"), paper
    assert grave(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_without_javascript_every_figure_has_its_picture_and_its_words(opened, name):
    page = opened(name, java_script_enabled=False)
    language, stem = name.split("/")
    figures = executed(stem).figures.values()
    nodes = page.locator("figure.live").all()
    for node, figure in zip(nodes, figures, strict=True):
        figure.reset()
        said = figure.sentences()[language]
        picture = node.locator("img")
        assert picture.is_visible()
        assert picture.bounding_box()["height"] > 100
        assert picture.get_attribute("alt") == said
        assert node.locator("figcaption").is_visible()
        assert not node.locator("form").is_visible()


def click(page, what: str) -> None:
    """With the mouse, where it stands: Playwright's own click first scrolls to it."""
    box = page.locator(what).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_the_other_language_opens_at_the_same_place(opened):
    page = opened("es/02_gd_divergence")
    page.evaluate(OPEN_ALL)
    cell = page.locator(".cell[id]:has(h2)").nth(4)
    cell.evaluate("node => node.scrollIntoView()")
    name = cell.get_attribute("id")
    click(page, "a.language")
    page.wait_for_url(f"**/en/02_gd_divergence.html#{name}")
    top = page.locator(f"[id='{name}']").bounding_box()["y"]
    assert -5 < top < 200
    click(page, "a.language")
    page.wait_for_url(f"**/es/02_gd_divergence.html#{name}")


SEEN = """node => {
    window.seen = [];
    const words = () => node.getAttribute('aria-label'), home = words();
    const see = () => { if (words() !== home || seen.length) seen.push(words()); };
    new MutationObserver(see).observe(node, { attributeFilter: ['aria-label'] });
}"""


def test_the_keyboard_does_everything(opened):
    """Tab reaches every control of a figure, arrows move it, ▶ walks, ↺ returns."""
    page = opened("en/02_gd_divergence")
    page.evaluate(OPEN_ALL)
    figure = page.locator("figure.live").first
    words = figure.locator("[role=img]")
    home = words.get_attribute("aria-label")
    figure.locator("button[type=reset]").focus()
    reached = []
    for _ in range(figure.locator("input, select, button").count() - 1):
        page.keyboard.press("Tab")
        inside = "node => node.contains(document.activeElement)"
        assert figure.evaluate(inside)
        reached.append(page.evaluate("document.activeElement.outerHTML.slice(0, 60)"))
    assert len(set(reached)) == len(reached)
    figure.locator("input[type=range]").first.focus()
    page.keyboard.press("End")
    assert words.get_attribute("aria-label") != home
    figure.locator("button[type=reset]").focus()
    page.keyboard.press("Enter")
    assert words.get_attribute("aria-label") == home
    words.evaluate(SEEN)
    figure.locator("button.play").focus()
    page.keyboard.press("Enter")
    until(page, "seen.length > 1")
    assert "t = 1:" in page.evaluate("seen[0]"), "the first step"
    figure.locator("button[type=reset]").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(400)
    assert words.get_attribute("aria-label") == home, "and it walks no more"


# Goals

BOXES = {False: "☐", True: "☑"}
TOLD = """node => {
    const status = node.querySelector('[role=status]');
    window.told = [];
    new MutationObserver(() => window.told.push(status.textContent))
        .observe(status, { childList: true });
}"""
LASTS = 900  # ms: longer than a change must last to be said


@pytest.mark.parametrize("name", [n for n in PAGES if n[3:5] in ("02", "03")])
def test_a_page_keeps_the_goals(opened, name):
    """At three places of every figure's sliders the box is as compute and met say."""
    page, language = opened(name, PHONE), name[:2]
    page.evaluate(OPEN_ALL)
    nodes = page.locator("figure.live").all()
    figures = executed(name[3:]).figures
    for node, (cell, figure) in zip(nodes, figures.items(), strict=True):
        figure.reset()
        grid = grid_of(source(name[3:]), cell, figure)
        order, line = list(grid.values), node.locator(".course-goal")
        assert line.bounding_box()["y"] < node.locator("form").bounding_box()["y"]
        for places in three_places(grid):
            point = {**figure.start, **figure.values}
            point |= {slider: grid.values[slider][k] for slider, k in places.items()}
            met = figure.goal.at(figure.picture.compute(**point), point)
            node.evaluate(
                MOVE, [[order.index(slider), k] for slider, k in places.items()]
            )
            shown = line.locator("span").first.inner_text()
            assert shown == f"{BOXES[met]} {figure.goal.texts[language]}", (
                cell,
                places,
            )
    assert not page.errors


def test_a_page_says_a_change_once(opened):
    page = opened("es/02_gd_divergence")
    page.evaluate(OPEN_ALL)
    node = page.locator("figure.live").first
    seen = node.locator(".course-goal span").first
    node.evaluate(TOLD)
    goal = "θ₀ = 2.5, |θ₂₀| < 10⁻³"
    node.locator("input[type=range]").first.focus()

    def press(key: str, box: str) -> None:
        page.keyboard.press(key)
        assert seen.inner_text() == f"{box} {goal}"

    for _ in range(6):  # η = 0.9, 0.89, … 0.84
        press("ArrowLeft", "☐")
    for key, box in [("ArrowLeft", "☑"), ("ArrowRight", "☐"), ("ArrowLeft", "☑")]:
        press(key, box)
    assert page.evaluate("told") == []
    page.wait_for_timeout(LASTS)
    press("ArrowLeft", "☑")
    page.wait_for_timeout(LASTS)
    assert page.evaluate("told") == [f"Meta cumplida: {goal}."]
    node.locator("button[type=reset]").click()
    page.wait_for_timeout(LASTS)
    assert page.evaluate("told")[1:] == [f"Meta sin cumplir: {goal}."]


# Slides

SLIDE = """() => {
    const main = document.querySelector('main');
    const shown = [...document.querySelectorAll('.cell.shown')];
    const text = shown.flatMap(cell => [...cell.querySelectorAll('p, li, td')])
        .filter(node => node.checkVisibility());
    return {
        count: document.querySelector('.deck .count').textContent,
        words: shown[0].innerText.slice(0, 60),
        tall: main.scrollHeight - main.clientHeight,
        wide: document.scrollingElement.scrollWidth - innerWidth,
        least: Math.min(99, ...text.map(n => parseFloat(getComputedStyle(n).fontSize))),
        more: shown.some(cell => cell.querySelector(
            'h1, h2, h3, pre, li, table, blockquote, .live, .formula')),
        said: shown.map(cell => cell.innerText).join(' ').split(/\\s+/).length,
    };
}"""
FEWEST = 20  # words of a slide that is nothing but words


def decks(page):
    """Every slide of the deck, by the arrow key."""
    before = None
    for _ in range(500):
        now = page.evaluate(SLIDE)
        if now["count"] != before:
            yield now
        before = now["count"]
        here, _, all_ = before.partition(" / ")
        if here == all_:
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError("the deck has no end")


@pytest.mark.parametrize("name", PAGES)
def test_slides_fit_a_projector(opened, name):
    page = opened(name, PROJECTOR, "?slides")
    shown = list(decks(page))
    assert len(shown) == int(shown[-1]["count"].partition(" / ")[2]) > 3
    assert not [s for s in shown if s["tall"] > 0 or s["wide"] > 0]
    small = {s["words"]: s["least"] for s in shown if s["least"] < LAST_ROW}
    assert not small
    assert not [s["words"] for s in shown if not s["more"] and s["said"] < FEWEST]
    page.keyboard.press("Escape")
    assert not page.locator("body.slides").count()
    assert not page.errors


def test_sliders_live_on_slides(opened):
    page = opened("es/02_gd_divergence", PROJECTOR, "?slides")
    for _ in decks(page):
        slider = page.locator(".cell.shown:not(.later) input[type=range]:visible")
        if slider.count():
            break
        assert not page.errors
    node = page.locator("figure.live:visible").first
    before, count = node.evaluate(CANVASES), page.locator(".deck .count").inner_text()
    slider.first.focus()
    page.keyboard.press("ArrowLeft")
    assert node.evaluate(CANVASES) != before
    shown = page.locator(".deck .count").inner_text
    assert shown() == count, "the slider moved, not the deck"

    # A clicker's keys and Space are the deck's, and leave the slider where it is.
    values = page.evaluate(RANGES)
    for key in ("PageDown", " "):
        slider.first.focus()
        page.keyboard.press(key)
        assert shown() != count, key
        page.keyboard.press("PageUp")
        assert shown() == count
    assert page.evaluate(RANGES) == values


RANGES = "[...document.querySelectorAll('input[type=range]')].map(one => one.value)"


def test_slides_begin_in_the_frame_of_another_page(opened, site):
    """JupyterLab shows an HTML file so: a frame without an address of its own."""
    page = opened("index", PROJECTOR)
    page.goto("about:blank")
    text = (site / "en" / "02_gd_divergence.html").read_text("utf-8")
    page.set_content("<iframe style='width: 100%; height: 90vh'></iframe>")
    page.locator("iframe").evaluate("(frame, text) => { frame.srcdoc = text; }", text)
    frame = page.frame_locator("iframe")
    frame.locator(".present").click()
    count = frame.locator(".deck .count")
    assert count.inner_text().startswith("1 /")
    frame.locator(".forth").click()
    assert not count.inner_text().startswith("1 /")
    frame.locator(".read").click()
    assert not frame.locator("body.slides").count()
    assert not page.errors


# The panels of the figure that is shown, the box they may fill, what touches above it.
FILLS = """() => {
    const box = node => node.getBoundingClientRect();
    const node = document.querySelector('.shown:not(.later) .live');
    const panels = [...node.querySelectorAll('canvas')].map(box);
    const free = box(node.querySelector('.picture'));
    return [panels.at(-1).right - panels[0].left, panels[0].height,
        free.width, free.height, box(node.querySelector('form')).bottom - free.top];
}"""


@pytest.mark.parametrize("screen", SCREENS)
def test_a_figure_fills_its_slide_of_the_pages(opened, screen):
    page, seen = opened("es/02_gd_divergence", screen, "?slides"), []
    figures = executed("02_gd_divergence").figures
    for _ in decks(page):
        shown = page.locator(".cell.shown:not(.later):has(.live)")
        if not shown.count():
            continue
        shown.locator("canvas").first.wait_for()
        figure = figures[shown.get_attribute("id")[1:]]
        width, height, *free, over = page.evaluate(FILLS)
        scale = grown(figure, free)
        assert [width, height] == pytest.approx(
            [scale * side for side in figure.picture.size], abs=1
        )
        assert scale * least_number(figure) >= LAST_ROW_OF_PANELS * screen[1]
        assert over <= 0
        seen.append(figure)
    assert len(seen) == len(figures)


def test_paper_has_everything_but_the_sliders(opened):
    page = opened("en/02_gd_divergence", (700, 900))
    page.evaluate(OPEN_ALL)
    page.emulate_media(media="print")
    assert page.locator("figure.live canvas").first.is_visible()
    assert not page.locator("figure.live form:visible").count()
    content, screen = page.evaluate(WIDE)
    assert content <= screen


MM = 96 / 25.4  # CSS pixels
SHEET = round((210 - 2 * 15) * MM), (297 - 2 * 15) * MM  # A4, within its margins
EMPTY = 0.1  # of all the paper, and the end of the last sheet


@pytest.mark.parametrize("name", ["en/02_gd_divergence", "es/07_backpropagation"])
def test_paper_is_full(opened, name):
    """A figure or a box that begins a new sheet leaves little of the one before."""
    width, height = SHEET
    page = opened(name, (width, 900))
    page.evaluate(OPEN_ALL)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    needed = page.evaluate("document.documentElement.scrollHeight") / height
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= needed / (1 - EMPTY) + 1
