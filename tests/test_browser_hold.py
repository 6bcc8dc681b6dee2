"""In a real browser: a start is taken in the hand, and the sliders follow.

Where a point stands on the screen, Matplotlib says; what was computed and what was sent
is counted. In JupyterLab, as slides, and on a page without a kernel.
"""

import json
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect

from pages import templates
from pages.grid import Grid
from pages.page import Figure as Shown
from pages.records import pack
from support.browser import needs_chromium
from support.deck import ON_SCREEN
from support.delay import delayed
from support.hand import Hand
from support.lab_page import command, opened
from support.lab_server import running_lab

BEGIN = """
import numpy as np
from course_utils import GradientDescent, Risk, descend, parabola, quadratic
from course_utils.live import PathOnContours, PathOnCurve, live

computed, figures = [], {}
bowl = quadratic([[1, 0], [0, 4]])
slope = Risk(lambda t: np.log10(t[..., 0]) ** 2, lambda t: np.log10(t) / t)


def line(theta0=2.5, eta=0.2):
    computed.append(theta0)
    return descend(parabola, [theta0], GradientDescent(eta), steps=5)


def cut(theta0=2.5, eta=0.2):
    return line(theta0, eta)[2:]


def moving(c=1.0, theta0=2.5):
    return {"risk": c * parabola, "path": line(theta0)}


def plane(x1=1.5, x2=1.0, eta=0.2):
    computed.append((x1, x2))
    return descend(bowl, [x1, x2], GradientDescent(eta), steps=5)
"""

SHOWN = {
    "line": 'live(line, PathOnCurve(parabola, hold="theta0"),'
    " theta0=(-3.0, 3.0, 0.1), eta=(0.1, 0.9, 0.1))",
    "cut": 'live(cut, PathOnCurve(parabola, hold="theta0"), theta0=(-3.0, 3.0, 0.1))',
    "log": 'live(line, PathOnCurve(slope, hold="theta0", xscale="log", xlim=(0.1, 100),'
    " ylim=(-0.5, 4.5)), theta0=(0.5, 50.0, 0.5))",
    "moving": 'live(moving, PathOnCurve(lambda r: r["risk"], lambda r: r["path"],'
    ' hold="theta0", ylim=(-1, 20)), c=(0.5, 2.0, 0.5), theta0=(-3.0, 3.0, 0.1))',
    "plane": "live(plane, PathOnContours(bowl),"
    ' PathOnContours(bowl, hold=("x1", "x2")),'
    " x1=(-2.0, 2.0, 0.1), x2=(-2.0, 2.0, 0.1), eta=(0.1, 0.3, 0.1))",
}
HEIGHT = {
    "line": lambda x: x**2,
    "cut": lambda x: x**2,
    "log": lambda x: np.log10(x) ** 2,
    "moving": lambda x: x**2,
}
ALONE = ["line", "cut", "log", "moving"]  # with one slider

# The middle of an element on the screen, and its width.
MIDDLE = """node => {
    const { left, top, width, height } = node.getBoundingClientRect();
    return [left + width / 2, top + height / 2, width];
}"""

pytestmark = [needs_chromium]
thorough = pytest.mark.thorough
oldest = pytest.mark.oldest  # and thorough


class Start:
    """The ring of a figure in a page, and where Matplotlib has its points."""

    def __init__(self, page, box, figure):
        self.page, self.box, self.figure = page, box, figure
        self.panel = [bool(view.hold) for view in figure.picture.views].index(True)
        self.canvas = box.locator("canvas").nth(self.panel)
        self.ring = box.locator(".course-ring")
        self.ring.wait_for()

    def stands(self) -> list[float]:
        return self.ring.evaluate(MIDDLE)[:2]

    def screen(self, x: float, y: float) -> list[float]:
        """Where these numbers of the axes are on the screen now."""
        width, height = self.figure.picture.size
        wide = width / len(self.figure.picture.views)
        ax = self.figure.picture.views[self.panel].ax
        right, up = ax.transData.transform((x, y))
        canvas = self.canvas.bounding_box()
        scale = canvas["width"] / wide
        across = right - self.panel * wide
        return [canvas["x"] + across * scale, canvas["y"] + (height - up) * scale]

    def pull(self, *points, release=True) -> None:
        """Take the ring at its middle, and through these points of the axes."""
        mouse = self.page.mouse
        mouse.move(*self.stands())
        mouse.down()
        for point in points:
            mouse.move(*self.screen(*point))
            self.page.wait_for_timeout(20)
        if release:
            mouse.up()

    def lies_at(self, x: float, y: float) -> None:
        self.page.wait_for_timeout(100)  # two frames, and more
        assert np.hypot(*np.subtract(self.stands(), self.screen(x, y))) < 1.5


def made(name: str):
    """The same figure, here."""
    names = {}
    exec(BEGIN, names)
    return eval(SHOWN[name], names)


class Taking(Hand):
    """What a hand does to the figures of this notebook, and what came of it."""

    def start(self, name: str) -> Start:
        figure = self.figure(name)
        start = Start(self.page, figure.box, made(name))
        start.ring.scroll_into_view_if_needed()
        return start

    def words(self, name: str) -> str:
        return self.ask(f"figures[{name!r}].words()")

    def values(self, name: str) -> dict:
        return self.ask(f"figures[{name!r}].values")

    def updates(self) -> list[dict]:
        """Sliders' values that went to the kernel."""
        return [data["state"] for data in self.sent() if data["method"] == "update"]


@pytest.fixture(scope="module")
def hand(chromium, tmp_path_factory):
    scratch = tmp_path_factory.mktemp("hold")
    folder = scratch / "notebooks"
    folder.mkdir()
    code = [new_code_cell(BEGIN.strip(), id="begin")]
    code += [new_code_cell("pass", id="free")]
    for name, text in SHOWN.items():
        show = f'figures["{name}"] = {text}\nfigures["{name}"]'
        code.append(new_code_cell(show, id=name))
    for cell in code:
        cell.metadata["slideshow"] = {"slide_type": "slide"}
    about = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(new_notebook(cells=code, metadata=about), folder / "small.ipynb")
    with running_lab(folder, scratch) as (url, token):
        with delayed(int(url.rpartition(":")[2])) as line:
            line.wait(0)
            lab = f"http://127.0.0.1:{line.port}", token
            with opened(chromium, lab, "small.ipynb") as page:
                yield Taking(page, lab, line, "small.ipynb").run()
                assert not page.errors


def test_a_point_is_pulled_in_the_plane_and_each_slider_speaks_once(hand):
    start = hand.start("plane")
    start.lies_at(1.5, 1.0)
    hand.forget()
    start.pull((0.52, 1.3), (-1.03, 0.98), (-0.77, -1.24), release=False)
    hand.settle()
    assert hand.updates() == [], "silent while it is pulled"
    assert {(-1.0, 1.0), (-0.8, -1.2)} <= set(hand.ask("computed"))
    start.lies_at(-0.8, -1.2)
    hand.page.mouse.up()
    hand.settle()
    assert sorted(state["value"] for state in hand.updates()) == [-1.2, -0.8]
    assert hand.values("plane") == {"x1": -0.8, "x2": -1.2, "eta": 0.2}
    assert hand.words("plane") == hand.shown.words()


# Half way between 0.5 and 1 lies 0.75; on a logarithmic axis, 0.707.
@thorough
@pytest.mark.parametrize(
    ("name", "x", "nearest"),
    [
        ("line", 1.234, 1.2),
        ("line", -2.96, -3.0),
        ("line", 5.0, 3.0),
        ("cut", 0.04, 0.0),
        ("log", 0.73, 1.0),
        ("log", 0.68, 0.5),
        ("log", 46.0, 46.0),
        ("moving", -1.77, -1.8),
    ],
)
def test_along_a_curve_to_the_nearest_value(hand, name, x, nearest):
    start = hand.start(name)
    hand.forget()
    start.pull((x, 1.0), (x, 3.0))
    hand.settle()
    assert hand.values(name)["theta0"] == nearest
    assert [state["value"] for state in hand.updates()] == [nearest]
    assert hand.words(name) == hand.shown.words()
    start.lies_at(nearest, HEIGHT[name](nearest))


@thorough
@pytest.mark.parametrize("name", ALONE)
def test_over_a_known_row_nothing_is_computed_and_nothing_sent(hand, name):
    hand.cell("free")  # a generation begins
    start = hand.start(name)
    sweep = [(x, 1.0) for x in [*np.linspace(0.6, 2.9, 20), *np.linspace(2.9, 1, 20)]]
    hand.line.wait(0.05)
    start.pull(*sweep)
    hand.settle()
    assert hand.computed() > 5
    start.pull(*sweep)
    hand.forget()
    start.pull(*reversed(sweep), release=False)
    hand.settle()
    assert hand.sent() == [] and hand.computed() == 0
    hand.page.mouse.up()
    hand.settle()
    assert len(hand.updates()) == len(hand.sent()) == 1
    assert hand.computed() == 0
    hand.line.wait(0)


@thorough
def test_the_ring_follows_sliders_the_window_and_the_zoom(hand):
    start = hand.start("moving")
    handle = hand.shown.box.locator(".noUi-handle")
    handle.first.focus()
    hand.page.keyboard.press("End")  # c = 2: the curve is another
    handle.nth(1).focus()
    hand.page.keyboard.press("End")
    start.lies_at(3.0, 18.0)
    hand.page.keyboard.press("ArrowLeft")
    start.lies_at(2.9, 2 * 2.9**2)
    start = hand.start("plane")
    for size in [(700, 900), (1280, 900)]:
        hand.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        hand.page.wait_for_timeout(300)
        now = hand.values("plane")
        start.lies_at(now["x1"], now["x2"])
        assert start.ring.evaluate(MIDDLE)[2] == 44
    hand.page.evaluate("document.body.style.zoom = 0.8")
    start.lies_at(now["x1"], now["x2"])
    start.pull((0.9, 0.9))
    start.lies_at(0.9, 0.9)
    hand.page.evaluate("document.body.style.zoom = 1")


@thorough
def test_a_dragged_slider_takes_the_ring_along_before_it_is_let_go(hand):
    hand.cell("free")  # nothing is kept, and the kernel is far
    start = hand.start("line")
    hand.line.wait(0.5)
    track = hand.shown.box.locator(".noUi-target").first.bounding_box()
    handle = hand.shown.box.locator(".noUi-handle").first.bounding_box()
    y = handle["y"] + handle["height"] / 2
    hand.page.mouse.move(handle["x"] + handle["width"] / 2, y)
    hand.page.mouse.down()
    hand.page.mouse.move(track["x"] + 0.25 * track["width"], y)
    start.lies_at(-1.5, 2.25)
    hand.page.mouse.up()
    hand.line.wait(0)
    hand.settle()


@thorough
@oldest
def test_the_mouse_clicks_where_it_shall_be_and_a_drag_elsewhere_does_nothing(hand):
    start = hand.start("plane")
    hand.page.mouse.click(*start.screen(-1.21, 1.58))
    hand.settle()
    assert hand.values("plane") == {"x1": -1.2, "x2": 1.6, "eta": 0.2}
    start.lies_at(-1.2, 1.6)
    hand.forget()
    hand.page.mouse.move(*start.screen(0, 0))
    hand.page.mouse.down()
    hand.page.mouse.move(*start.screen(0.5, 0.5))
    hand.page.mouse.up()
    hand.page.mouse.click(*start.screen(-2.3, 0), button="left")  # a number of the axis
    hand.page.mouse.click(*start.screen(1, 1), button="right")
    hand.page.keyboard.press("Escape")
    hand.settle()
    assert hand.updates() == []


@thorough
def test_the_ring_is_grabbed_and_nobody_hears_of_it(hand):
    start = hand.start("line")
    look = "node => [getComputedStyle(node).cursor, getComputedStyle(node).touchAction]"
    assert start.ring.evaluate(look) == ["grab", "none"]
    assert start.canvas.evaluate(look)[1] == "auto"
    expect(start.ring).to_have_attribute("aria-hidden", "true")
    start.pull((1, 1), release=False)
    assert start.ring.evaluate(look)[0] == "grabbing"
    hand.page.mouse.up()


@thorough
@oldest
def test_as_slides_the_focus_stays_with_the_show(hand):
    command(hand.page, "notebook:enter-command-mode")
    start = hand.start("line")
    command(hand.page, "deck:start")
    hand.settle()
    start.ring.scroll_into_view_if_needed()
    focus = "document.activeElement.className"
    before = hand.page.evaluate(focus)
    start.pull((1.0, 1.0), (-1.0, 1.0))
    hand.settle()
    assert hand.values("line")["theta0"] == -1.0
    start.lies_at(-1.0, 1.0)
    assert hand.page.evaluate(focus) == before
    shown = f"{ON_SCREEN}.map(cell => cell.model.id)"
    assert hand.page.evaluate(shown) == ["line"]
    hand.page.mouse.click(*start.screen(0.5, 4.0))
    start.lies_at(0.5, 0.25)
    assert hand.page.evaluate(shown) == ["line"]
    hand.page.keyboard.press("Space")
    hand.page.wait_for_function(f"() => {shown}.join() === 'cut'")
    command(hand.page, "deck:stop")


# On a page without a kernel: the values that it has are fewer

GRIDS = {
    "line": {"theta0": 0.5, "eta": [0.2, 0.4]},
    "log": {"theta0": [0.5, 1, 2, 5, 10, 20, 50]},
    "moving": {"theta0": 1, "c": 0.5},
    "plane": {"x1": 0.5, "x2": 0.5, "together": [["eta"], ["x1", "x2"]]},
    "apart": {"x1": 0.5, "x2": 0.5, "together": [["x1"], ["x2"]]},
}
DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def written(name: str) -> str:
    """A page with one figure, and with room to scroll."""
    figure = made("plane" if name == "apart" else name)
    grid = Grid(figure, GRIDS[name])
    shown = templates.TEMPLATES.get_template("figure.html").render(
        figures={name: Shown(figure, grid, pack(figure, grid))},
        cell=SimpleNamespace(id=name),
        page=SimpleNamespace(remark=lambda grid: ""),
        texts={"reset": "reset", "walk": "walk", "fell": "back"},
        language="en",
        json=json.dumps,
        stored_picture=lambda cell: "",
    )
    return f"""<!doctype html><meta name="viewport" content="width=device-width">
        <style>{templates.style()}</style>
        <main><div class="cell">{shown}</div><div style="height: 2000px"></div></main>
        <script type="module">{templates.behaviour()}</script>"""


@pytest.fixture
def opened_page(chromium, tmp_path):
    contexts = []

    def open_one(name: str, screen=DESK, ring=True):
        (tmp_path / "page.html").write_text(written(name), "utf-8")
        contexts.append(chromium.new_context(offline=True, **screen))
        page = contexts[-1].new_page()
        page.goto((tmp_path / "page.html").as_uri())
        page.locator("figure.moves canvas").first.wait_for()
        figure = made("plane" if name == "apart" else name)
        return Start(page, page.locator("figure"), figure) if ring else page

    yield open_one
    for context in contexts:
        context.close()


def told(start) -> list[float]:
    """What stands beside the sliders."""
    told = start.box.locator("output").all_inner_texts()
    return [float(text.replace("−", "-")) for text in told]


@thorough
@pytest.mark.parametrize(
    ("name", "to", "expected"),
    [
        ("line", (-1.3, 2), {"theta0": -1.5, "eta": 0.2}),
        ("log", (3.6, 2), {"theta0": 5.0}),
        ("log", (7.2, 2), {"theta0": 10.0}),
        ("moving", (-0.9, 2), {"c": 1.0, "theta0": -1.0}),
        ("plane", (-0.3, -1.6), {"x1": -0.5, "x2": -1.5, "eta": 0.2}),
    ],
)
@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_on_a_page(opened_page, name, to, expected, screen):
    start = opened_page(name, screen)
    start.canvas.scroll_into_view_if_needed()
    start.box.locator("input").last.focus()
    start.page.keyboard.press("End")  # it is not at home, and it has the focus
    start.pull(to)
    if name == "line":
        expected = expected | {"eta": 0.4}
    assert dict(zip(expected, told(start), strict=True)) == expected
    start.figure.reset()
    for slider, value in expected.items():
        start.figure.sliders[slider].value = value
    heard = start.figure.sentences()["en"]
    expect(start.box.locator("[role=img]")).to_have_attribute("aria-label", heard)
    held = [expected[slider] for slider in start.figure.picture.views[-1].hold]
    start.lies_at(*held if len(held) == 2 else (held[0], HEIGHT[name](held[0])))
    expect(start.box.locator("input").last).to_be_focused()
    wide = "document.scrollingElement.scrollWidth <= window.innerWidth"
    assert start.page.evaluate(wide)


@thorough
def test_sliders_that_do_not_vary_together_have_no_ring(opened_page):
    page = opened_page("apart", ring=False)
    page.wait_for_timeout(200)
    assert page.locator(".course-ring").count() == 0


def swipe(start, begin, end) -> None:
    """A finger, from one place of the screen to another."""
    finger = start.page.context.new_cdp_session(start.page)

    def touch(kind, *points):
        places = [{"x": float(x), "y": float(y)} for x, y in points]
        about = {"type": f"touch{kind}", "touchPoints": places}
        finger.send("Input.dispatchTouchEvent", about)
        start.page.wait_for_timeout(30)

    touch("Start", begin)
    for part in np.linspace(0, 1, 12)[1:]:
        touch("Move", np.add(begin, np.subtract(end, begin) * part))
    touch("End")
    start.page.wait_for_timeout(300)


@thorough
@oldest
def test_a_finger_pulls_the_ring_and_elsewhere_it_scrolls(opened_page):
    start = opened_page("line", PHONE)
    scrolled = "document.scrollingElement.scrollTop"
    elsewhere = start.screen(-1.0, 7.0)
    swipe(start, elsewhere, np.subtract(elsewhere, [0, 150]))
    assert start.page.evaluate(scrolled) > 50
    assert told(start) == [2.5, 0.2]
    start.page.evaluate("scrollTo(0, 0)")
    start.page.wait_for_timeout(300)
    start.page.touchscreen.tap(*start.screen(-1.0, 7.0))
    assert told(start) == [2.5, 0.2], "a tap is no pull"
    swipe(start, start.stands(), start.screen(-2.0, 1.0))
    assert start.page.evaluate(scrolled) == 0
    assert told(start) == [-2.0, 0.2]


@thorough
@oldest
def test_the_mouse_clicks_on_a_page_too(opened_page):
    start = opened_page("plane")
    start.page.mouse.click(*start.screen(-0.9, 0.6))
    assert told(start)[:2] == [-1.0, 0.5]
    start.lies_at(-1.0, 0.5)
