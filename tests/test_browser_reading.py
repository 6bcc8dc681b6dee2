"""A small page in a real browser: on a phone, on paper, and what it lets in."""

import base64
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from support.browser import hear, letters, needs_chromium, pixels, until
from support.deck import LAST_ROW, SCREENS
from support.lines import parted
from support.small_site import written

PHONE, DESK = (390, 844), (1280, 900)

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAA"
    "SUVORK5CYII="
)  # a picture of one pixel

pytestmark = [needs_chromium, pytest.mark.thorough]

SLIDE = {"slideshow": {"slide_type": "slide"}}

PROSE = r"""
$$a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p + q$$

$$a = b + c + d + e, \qquad f = g + h + i + j, \qquad k = l$$

$$x$$

Then $\sqrt{2}$ and $\sqrt{\sqrt t}$.

And $x$, ($y$), "$z$"; so $a + b + c + d + e + f + g + h + i + j + k + l + m + n$.

<details><summary>Answer</summary>

It is 42.

- Or $(1 - \eta a)(\theta_0 - c) + d$.

</details>

### Backpropagationwards

Twenty signs: $(1 - \eta a)(\theta_0 - c) + d$ in `parabola.gradient_of_all`.

Small if $|\theta_0| < \frac{1}{2\eta}$, as *said*.

- One, $\sqrt t$.
- Two.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return written(tmp_path_factory.mktemp("site"), PROSE, **{"09-two": SLIDE})[0]


@pytest.fixture
def opened(chromium, site):
    """Opens the small page; hears what it complains of."""
    contexts = []

    def open_one(screen=DESK, query: str = "", name="es/09_small", **more):
        width, height = screen
        size = {"width": width, "height": height}
        contexts.append(chromium.new_context(viewport=size, **more))
        page = contexts[-1].new_page()
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda said: hear(page, said))
        page.goto(f"{(site / f'{name}.html').as_uri()}{query}")
        page.evaluate("document.fonts.ready")
        return page

    yield open_one
    for context in contexts:
        context.close()


# What a page lets in

PLANTED = """async address => {
    const image = new Image();
    const shown = new Promise(done => { image.onload = image.onerror = done; });
    image.src = `${address}image.png`;
    document.body.append(image);
    const refused = await fetch(`${address}words`, { mode: 'no-cors' })
        .then(() => 'it came', error => error.name);
    return [(await shown).type, refused];
}"""


class Told(BaseHTTPRequestHandler):
    """Notes what it is asked for, and gives something."""

    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(DOT)

    def log_message(self, *_):
        """It is in `asked`."""


@pytest.fixture
def elsewhere():
    with ThreadingHTTPServer(("127.0.0.1", 0), Told) as server:
        server.asked = []
        server.address = f"http://127.0.0.1:{server.server_port}/"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.parametrize("name", ["index", "es/09_small", "en/09_small"])
def test_a_page_lets_nothing_in_from_elsewhere(opened, elsewhere, name):
    page = opened(name=name)
    assert page.evaluate(PLANTED, elsewhere.address) == ["error", "TypeError"]
    assert elsewhere.asked == []
    refused = " ".join(e for e in page.errors if "Content Security Policy" in e)
    assert "/words" in refused and "/image.png" in refused


def test_without_that_word_both_would_come(chromium, elsewhere, tmp_path):
    """The same plant in a page that refuses nothing: the test above can fail."""
    (tmp_path / "free.html").write_text("<title>Free</title>", "utf-8")
    page = chromium.new_page()
    page.goto((tmp_path / "free.html").as_uri())
    assert page.evaluate(PLANTED, elsewhere.address) == ["load", "it came"]
    assert sorted(elsewhere.asked) == ["/image.png", "/words"]
    page.close()


# Formulas


def edge(box, which: str) -> float:
    """How far the upper edge of a box of nothing but paper is from that colour."""
    png = box.screenshot(animations="disabled")
    colours = pixels(base64.b64encode(png).decode())
    paper = np.median(colours.reshape(-1, 3), axis=0)
    column = colours[:, 1 if which == "left" else -2]
    return float(np.median(abs(column - paper).max(axis=1)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_cut_has_a_shadow_at_that_edge(opened, scheme):
    page = opened(PHONE, color_scheme=scheme)
    wide, _, short = page.locator(".formula").all()
    assert wide.evaluate("box => box.scrollWidth > box.clientWidth")
    assert edge(wide, "left") == 0 and edge(wide, "right") > 30
    wide.evaluate("box => { box.scrollLeft = 1e6; }")
    assert edge(wide, "left") > 30 and edge(wide, "right") == 0
    assert edge(short, "left") == 0 and edge(short, "right") == 0


def test_equations_side_by_side_are_broken_where_there_is_no_room(opened):
    rows = """box => [...box.children].map(node => node.getBoundingClientRect())
        .filter((one, k, all) => !k || one.top >= all[k - 1].bottom).length"""
    for screen, count in [(PHONE, 2), (DESK, 1)]:
        formula = opened(screen).locator(".formula").nth(1)
        assert formula.evaluate("box => box.scrollWidth <= box.clientWidth")
        assert formula.evaluate(rows) == count


GAPS = """() => [...document.querySelectorAll('msqrt')].map(root => {
    const end = node => node.getBoundingClientRect().right +
        parseFloat(getComputedStyle(node).marginRight);
    return end(root) - end(root.lastElementChild);
})"""


def test_there_is_no_gap_behind_a_root(opened):
    page = opened()
    until(page, "document.querySelector('msqrt').style.marginRight")
    assert max(map(abs, page.evaluate(GAPS))) < 0.5


def test_no_line_begins_with_what_stands_behind_a_formula(opened):
    page = opened()
    assert parted(page, "p math", range(200, 420, 8)) == {}
    page.add_style_tag(content=".tied, .long { white-space: normal !important; }")
    assert parted(page, "p math", range(200, 420, 8)), (
        "without the style there are some"
    )


# Copies

SELECT = """([start, end]) => {
    const [first, last] = [start, end].map(which => document.querySelector(which));
    getSelection().setBaseAndExtent(first, 0, last, last.childNodes.length);
    addEventListener('copy', event => { window.ours = event.defaultPrevented; });
    return getSelection().toString();
}"""
SMALL = r"Small if $|\theta_0| < \frac{1}{2\eta}$, as said."
SUM = "$a + b + c + d + e + f + g + h + i + j + k + l + m + n$."
ROW = r"$$a = b + c + d + e, \qquad f = g + h + i + j, \qquad k = l$$"


def copied(page) -> str:
    """What is selected, copied with the keys and pasted into a field for text."""
    page.keyboard.press("Control+C")
    page.evaluate("document.body.append(document.createElement('textarea'))")
    field = page.locator("textarea").last
    field.press("Control+V")
    return field.input_value().strip()


COPIES = [
    ("p:has(mfrac)", "p:has(mfrac)", SMALL),
    ("p:has(mfrac)", "p + ul > li + li", f"{SMALL}\n\nOne, $\\sqrt t$.\nTwo."),
    ("mfrac mn", "p:has(mfrac)", SMALL.removeprefix("Small if ")),
    ("mfrac mn", "mfrac mn", r"$|\theta_0| < \frac{1}{2\eta}$"),
    (".long math mi", "p:has(.long)", SUM),
    ("span:last-child > math + math", "span:last-child > math + math", ROW),
]


def test_a_formula_is_copied_as_it_is_written(opened):
    page = opened()
    for start, end, text in COPIES:
        page.evaluate(SELECT, [start, end])
        assert copied(page) == text
        assert page.evaluate("ours")
    assert not page.errors


def test_text_without_formulas_is_copied_as_it_is_seen(opened):
    page = opened()
    seen = page.evaluate(SELECT, ["h1", "pre"])
    assert "Uno" in seen and copied(page) == seen.strip()
    assert not page.evaluate("ours")


# Letters as large as their reader wants them

WIDE = "document.documentElement.scrollWidth"
BOXES = """() => [...document.querySelectorAll(':is(p, li)[tabindex]')]
    .map(box => box.textContent.slice(0, 6))"""


def test_large_letters_make_no_page_wider_than_a_phone(chromium, grouped):
    page, _ = figure_of(chromium, grouped, PHONE)
    assert page.evaluate(BOXES) == []
    letters(page, 32)
    assert page.evaluate(WIDE) == PHONE[0]
    page.locator("summary", has_text="Answer").click()
    until(page, f"({BOXES})().length === 1")
    assert page.evaluate(BOXES) == ["Or (1−"], "what is wider moves in a box"
    assert page.evaluate(WIDE) == PHONE[0]
    page.close()


# Folds and figures

CURVES = """def line(eta=1.0, n=2, t=2):
    return np.array([eta, n, t])


live(line, Curves(ylim=(0, 30)), eta=(0.0, 2.0, 0.25), n=(1, 20), t=(-20, 20))"""
GRID = {"eta": [0, 0.25, 2], "n": [1, 2, 20], "together": [["eta", "t"], ["n", "t"]]}


@pytest.fixture(scope="module")
def grouped(tmp_path_factory):
    """Three sliders in two groups; η and n have a few of their values."""
    folder = tmp_path_factory.mktemp("grouped")
    about = {"grid": GRID, "tags": [], "slideshow": {"slide_type": "slide"}}
    return written(folder, PROSE, CURVES, **{"09-code": about, "09-more": SLIDE})[0]


def figure_of(chromium, grouped, screen=DESK, **more):
    width, height = screen
    page = chromium.new_page(viewport={"width": width, "height": height}, **more)
    page.goto((grouped / "es" / "09_small.html").as_uri())
    node = page.locator("figure.live")
    node.scroll_into_view_if_needed()
    page.wait_for_selector("figure.moves")
    return page, node


def test_code_has_a_fold_on_a_phone_and_none_on_a_desk(opened):
    for screen, folded in [(PHONE, True), (DESK, False)]:
        page = opened(screen)
        code = page.locator("pre.code").first
        assert code.is_visible() != folded
        assert page.locator(".fold > summary").first.is_visible() == folded
        assert page.locator(".present").is_visible() != folded
    page.set_viewport_size({"width": 390, "height": 844})
    until(page, "!document.querySelector('.fold').open")


def test_a_stop_stands_where_its_value_is(chromium, grouped):
    page, node = figure_of(chromium, grouped)
    eta, n, _ = node.locator("input[type=range]").all()
    outputs = node.locator("output").all()
    track = "node => (node.value - node.min) / (node.max - node.min)"
    for slider, output, keys, value, share in [
        (eta, outputs[0], ["Home"], "0.00", 0),
        (eta, outputs[0], ["ArrowRight"], "0.25", 1 / 8),
        (eta, outputs[0], ["ArrowRight"], "1.00", 1 / 2),
        (eta, outputs[0], ["ArrowRight"], "2.00", 1),
        (eta, outputs[0], ["ArrowLeft"], "1.00", 1 / 2),
        (n, outputs[1], ["ArrowRight"], "20", 1),
        (n, outputs[1], ["ArrowLeft"], "2", 1 / 19),
    ]:
        slider.focus()
        for key in keys:
            page.keyboard.press(key)
        assert output.inner_text() == value
        assert slider.evaluate(track) == pytest.approx(share)
    box = n.bounding_box()
    page.mouse.click(box["x"] + 0.4 * box["width"], box["y"] + box["height"] / 2)
    assert outputs[1].inner_text() == "2", "the nearest, not the next one"
    assert "n = 2," in node.locator("[role=img]").get_attribute("aria-label")
    page.close()


def test_a_negative_value_has_the_sign_of_the_axes(chromium, grouped):
    page, node = figure_of(chromium, grouped)
    slider = node.locator("input[type=range]").last
    slider.focus()
    page.keyboard.press("Home")
    assert node.locator("output").last.inner_text() == "−20"
    assert slider.get_attribute("aria-valuetext") == "−20"
    page.close()


def test_a_slider_that_falls_back_says_so(chromium, grouped):
    page, node = figure_of(chromium, grouped)
    eta, n, t = node.locator("input[type=range]").all()
    line = node.locator(".fell")

    def press(slider) -> str:
        slider.focus()
        page.keyboard.press("ArrowRight")
        return line.inner_text()

    assert press(eta) == press(t) == ""
    assert press(n) == "Volvió al principio: η = 1.00."
    assert press(t) == "Volvió al principio: η = 1.00.", "it is said until it is moved"
    assert press(eta) == "Volvió al principio: n = 2."
    node.locator("button[type=reset]").click()
    assert line.inner_text() == ""
    assert not node.locator(".back").count()
    page.close()


def test_sliders_stay_in_sight_on_a_phone(chromium, grouped):
    page, node = figure_of(chromium, grouped, PHONE, has_touch=True, is_mobile=True)
    canvas, reset = node.locator("canvas"), node.locator("button[type=reset]")
    first = node.locator("input[type=range]").first
    page.evaluate("y => scrollBy(0, y)", canvas.bounding_box()["y"] - 300)
    header = page.locator("header").bounding_box()
    for control in (reset, first):
        box = control.bounding_box()
        assert header["y"] + header["height"] - 1 <= box["y"] < 150
    assert abs(reset.bounding_box()["y"] - first.bounding_box()["y"]) < 10, "one row"
    page.close()


# A finger


def swipe(page, *places: tuple[float, float]) -> str:
    """A finger laid down, moved from place to place, lifted: the slide then shown."""
    hand = page.context.new_cdp_session(page)
    kinds = ["touchStart", *["touchMove"] * (len(places) - 1)]
    for kind, (x, y) in zip(kinds, places, strict=True):
        points = [{"x": x, "y": y}]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    return page.locator(".deck .count").inner_text().partition(" / ")[0]


def middle(box) -> tuple[float, float]:
    at = box.bounding_box()
    return at["x"] + at["width"] / 2, at["y"] + at["height"] / 2


def test_a_finger_turns_slides_unless_it_holds_what_moves_itself(chromium, grouped):
    more = {"has_touch": True, "is_mobile": True}
    size = {"width": PHONE[0], "height": PHONE[1]}
    page = chromium.new_page(viewport=size, **more)
    page.goto((grouped / "es" / "09_small.html").as_uri() + "?slides")
    page.wait_for_selector("body.slides", state="attached")
    left, right = (60, 500), (330, 520)
    assert swipe(page, left, right) == "1", "there is none before the first"
    assert swipe(page, right, (200, 510), left) == "2"
    assert swipe(page, (200, 300), (270, 600)) == "2", "up and down is to read"
    assert swipe(page, left, right) == "1"
    swipe(page, right, left)
    slider = page.locator("input[type=range]:visible").first
    x, y = middle(slider)
    assert swipe(page, (x, y), (x - 150, y)) == "2"
    assert slider.input_value() != "4", "the slider moved"
    assert swipe(page, right, left) == "3"
    x, y = middle(page.locator(".formula:visible").first)
    assert swipe(page, (x, y), (x + 150, y)) == "3", "a formula would scroll"
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 16
    page.close()


# Paper

SEEN = (
    "() => [...document.querySelectorAll('details p')].some(p => p.checkVisibility())"
)
BEFORE = "dispatchEvent(new Event('beforeprint'))"
AFTER = "dispatchEvent(new Event('afterprint'))"


@pytest.mark.parametrize(("query", "told"), [("", False), ("?solutions", True)])
def test_paper_tells_an_answer_only_where_it_is_asked_for(opened, query, told):
    page = opened(PHONE, query, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate(BEFORE)
    assert page.evaluate(SEEN) == told
    assert page.locator("pre.code").first.is_visible(), "code is open, on a phone too"
    style = "getComputedStyle(document.documentElement)"
    assert page.evaluate(f"{style}.backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(f"{style}.color") == "rgb(0, 0, 0)"
    page.evaluate(AFTER)
    assert not page.evaluate(SEEN), "and afterwards all is as it was"


def test_all_slides_are_printed_one_on_a_sheet(opened):
    page = opened(query="?slides")
    page.wait_for_selector("body.slides", state="attached")
    count = int(page.locator(".deck .count").inner_text().partition(" / ")[2])
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == count > 1
    assert page.locator(".deck .count").inner_text().startswith("1 / ")


# What the last row reads of the deck

COUNTER = "parseFloat(getComputedStyle(document.querySelector('.count')).fontSize)"


@pytest.mark.parametrize("screen", SCREENS)
def test_the_counter_has_a_fiftieth_of_the_height_at_least(opened, screen):
    page = opened(screen, "?slides")
    page.wait_for_selector("body.slides", state="attached")
    assert 0.02 <= page.evaluate(COUNTER) / screen[1] < LAST_ROW


# The page that leads to the others


def test_the_index_shows_one_language_and_a_figure_that_can_be_moved(opened):
    page = opened(PHONE, name="index")
    switch = page.locator("header a[hreflang=en]")
    assert switch.bounding_box()["y"] < 60
    for language, other in [("es", "en"), ("en", "es")]:
        assert page.locator(f"#{language}").is_visible()
        assert not page.locator(f"#{other}").is_visible()
        page.wait_for_selector(f"#{language} figure.moves")
        box = page.locator(f"#{language} canvas").first.bounding_box()
        assert box["y"] < 0.6 * PHONE[1]
        switch.click()
    assert not page.errors
