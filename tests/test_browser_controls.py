"""In a real browser: what stands above a figure lines up; a typed number is read."""

import pytest
from playwright.sync_api import expect

from course_utils.live.figure import MANY
from support.browser import needs_chromium, new_page
from support.course import ROOT
from support.figures import ROW
from support.hand import taken
from support.lab_page import command

NUMBERS = (ROOT / "course_utils" / "live" / "numbers.js").read_text("utf-8")
DIMMED = "brightness(0.72) contrast(1.15)"

# Of each control: where its letter and its track begin, its top, the track's width.
PLACES = """box => [...box.querySelectorAll('.widget-inline-hbox')].map(one => {
    const part = name => one.querySelector(name).getBoundingClientRect();
    const letter = part('.widget-label'), track = part('.noUi-base, select');
    return [one.getBoundingClientRect().top, letter.right, track.left, track.width];
})"""

# Letters of several widths, a list, and sliders with 240, 241 and few values.
FIGURE = """
def many(R="x", beta1=0, eta=0.5, steps=10, k=0):
    return descend(parabola, [2.5], GradientDescent(eta), steps=steps)

few = {"R": ["x", "x²"], "beta1": (0, 239), "eta": (0, 1, 0.01), "steps": (1, 60)}
live(many, PathOnCurve(parabola), **few, k=(0, 240))
"""

pytestmark = [needs_chromium, pytest.mark.thorough]

# What is said of a number, and how it looks then: it stands so for two seconds alone.
JUDGED = """node => {
    window.judged = null;
    const note = () => {
        const invalid = node.getAttribute('aria-invalid');
        if (invalid) window.judged = [invalid, getComputedStyle(node).outlineColor];
    };
    new MutationObserver(note).observe(node, { attributeFilter: ['aria-invalid'] });
}"""

MEANT = {
    "0.5": 0.5,
    "0,838": 0.838,
    ".5": 0.5,
    "5.": 5,
    " 7 ": 7,
    "+3": 3,
    "-0.05": -0.05,
    "−0,05": -0.05,
    "1e-3": 0.001,
    "1/2": 0.5,
    "-1 / 4": -0.25,
    "1,5/2": 0.75,
    "½": 0.5,
    "−¾": -0.75,
}
UNKNOWN = [
    "",
    "abc",
    "1.000,5",
    "1,2,3",
    "1/2/3",
    "1½",
    "10²",
    "10⁻³",
    "0x10",
    "--1",
    "/",
]


def test_what_is_meant_by_what_is_typed(chromium):
    page = new_page(chromium, 300, 300)
    code = f"texts => {{ {NUMBERS}\nreturn texts.map(meant); }}"
    numbers = page.evaluate(code, list(MEANT))
    assert numbers == pytest.approx(list(MEANT.values()), abs=1e-12)
    assert page.evaluate(f"texts => ({code})(texts).map(isNaN)", UNKNOWN) == (
        [True] * len(UNKNOWN)
    )
    page.close()


@pytest.fixture(scope="module")
def reader(chromium, far):
    with taken(chromium, far, "typed") as hand:
        yield hand


def test_the_controls_of_a_figure_line_up(reader):
    """A list, sliders and a ▶ in two columns; a long slider in a row of its own."""
    reader.cell("free", FIGURE)
    box = reader.figure("free").box
    tops, letters, tracks, rooms = zip(*box.evaluate(PLACES), strict=True)
    assert len(set(tops)) == 3 and tops[0] == tops[1] < tops[2] == tops[3] < tops[4]
    for places in (letters, tracks):
        assert places[0] == pytest.approx(places[2], abs=1)
        assert places[1] == pytest.approx(places[3], abs=1)
        assert places[4] == pytest.approx(places[0], abs=1)
    assert min(rooms[1:4]) >= MANY, "a dot of the mouse for each value"
    assert rooms[4] >= ROW


def test_a_dark_page_dims_the_figure(reader):
    canvas = reader.figure("one").box.locator("canvas").first
    for theme, filter in [("Dark", DIMMED), ("Light", "none")]:
        command(reader.page, "apputils:change-theme", theme=f"JupyterLab {theme}")
        expect(canvas).to_have_css("filter", filter)
        # JupyterLab takes its splash away twice where themes change within 200 ms.
        expect(reader.page.locator("#jupyterlab-splash")).to_have_count(0)


@pytest.mark.parametrize(
    ("typed", "shown", "refused"),
    [
        ("1/2", "0.50", False),
        ("0,838", "0.84", False),
        ("½", "0.50", False),
        ("abc", "0.50", True),
        ("1/0", "0.50", True),
        ("-9", "0.00", True),
        ("0.1.2", "0.00", True),
        ("0.25", "0.25", False),
    ],
)
def test_a_typed_number_is_understood_or_seen_to_be_refused(
    reader, typed, shown, refused
):
    readout = reader.figure("one").box.locator(".widget-readout").first
    readout.evaluate(JUDGED)
    readout.click()
    reader.page.keyboard.press("Control+A")
    reader.page.keyboard.type(typed)
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_function("window.judged")
    expect(readout).to_have_text(shown)
    invalid, outline = reader.page.evaluate("window.judged")
    assert invalid == str(refused).lower()
    assert (outline == "rgb(211, 47, 47)") == refused


def test_every_button_has_a_name(reader):
    buttons = reader.figure("one").box.locator("button")
    titles = [one.get_attribute("title") for one in buttons.all()]
    assert len(titles) == 2 and all(titles), titles
