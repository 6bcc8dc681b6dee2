"""In a real browser: a figure's goal follows the hand, and a change of it is said once.

On pages without a kernel: test_browser_pages.py.
"""

import nbformat
import pytest
from playwright.sync_api import expect

from support.browser import PATIENCE, needs_chromium
from support.lab_page import NOTEBOOK, Figure, errors, opened, run_all, show
from support.lab_server import running_lab

pytestmark = [needs_chromium, pytest.mark.thorough]

# η from 0 to 1 by 0.02; the goal is met from 0.4 to 0.6.
CELLS = {
    "begin": """
from course_utils import GradientDescent, descend, parabola
from course_utils.live import Goal, PathOnCurve, live

def run(eta=0.3, steps=10):
    return descend(parabola, [2.5], GradientDescent(eta), steps=steps)

def met(path, eta):
    return 0.39 < eta < 0.61

def figure():
    goal = Goal({"es": "cerca", "en": "near"}, met)
    return live(run, PathOnCurve(parabola), goal=goal, eta=(0.0, 1.0, 0.02))
""",
    "one": "fig = figure()\nfig",
    "again": "fig",
    "alone": """
silent = figure()
silent.canvas.on_msg(silent.ahead.hear, remove=True)
silent
""",
    "plain": "live(run, PathOnCurve(parabola), eta=(0.0, 1.0, 0.02))",
}
KERNEL = NOTEBOOK.replace(".content", ".sessionContext.session.kernel")

# What goes to the kernel, and what a listener is told, from now on.
WATCH = f"""() => {{
    window.sent = [];
    window.told = [];
    {KERNEL}.anyMessage.connect((_, {{ msg, direction }}) => {{
        if (direction === 'send') window.sent.push(msg.header.msg_type);
    }});
    for (const status of document.querySelectorAll('[role=status]')) {{
        if (!status.closest('.course-goal')) continue;
        new MutationObserver(() => window.told.push(status.textContent))
            .observe(status, {{ childList: true, characterData: true, subtree: true }});
    }}
}}"""
LASTS = 900  # ms: longer than a change must last to be said
OFF, ON = "☐ cerca · near", "☑ cerca · near"
GONE = "Meta sin cumplir: cerca. — Goal not met: near."
MET = "Meta cumplida: cerca. — Goal met: near."


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """JupyterLab, and a small notebook with figures that have a goal."""
    scratch = tmp_path_factory.mktemp("goal")
    folder = scratch / "notebooks"
    folder.mkdir()
    code = [nbformat.v4.new_code_cell(t.strip(), id=i) for i, t in CELLS.items()]
    about = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = nbformat.v4.new_notebook(cells=code, metadata=about)
    nbformat.write(notebook, folder / "goal.ipynb")
    with running_lab(folder, scratch) as lab:
        yield lab


@pytest.fixture
def page(chromium, small):
    with opened(chromium, small, "goal.ipynb", (1280, 2400)) as page:
        assert not errors(run_all(page))
        yield page
        assert not page.errors


def at(page, cell: str):
    """A figure on the screen, and the line of its goal."""
    show(page, cell)
    figure = Figure(page, cell)
    return figure, figure.box.locator(".course-goal")


def seen(line) -> str:
    return line.locator("span").first.inner_text()


def wait_for(line, text: str) -> None:
    expect(line.locator("span").first).to_have_text(text, timeout=PATIENCE)


def hold(page, figure):
    """Press on the first slider; what then takes the hand to a share of its way."""
    track = figure.box.locator(".noUi-target").first.bounding_box()
    handle = figure.box.locator(".noUi-handle").first.bounding_box()
    y = handle["y"] + handle["height"] / 2
    page.mouse.move(handle["x"] + handle["width"] / 2, y)
    page.mouse.down()

    def move(share: float, wait: int = 30) -> None:
        page.mouse.move(track["x"] + share * track["width"], y)
        page.wait_for_timeout(wait)

    return move


def test_the_box_follows_the_hand_without_a_message_and_says_a_change_once(page):
    figure, line = at(page, "one")
    assert seen(line) == OFF
    slider = figure.box.locator(".noUi-target").first.bounding_box()
    assert line.bounding_box()["y"] + 15 < slider["y"], "above the sliders"
    move = hold(page, figure)
    for k in range(51):
        move(k / 50, 60)
    move(0.3, 1500)
    page.mouse.up()
    page.wait_for_timeout(1500)

    page.evaluate(WATCH)
    move = hold(page, figure)
    boxes = []
    for share in (0.3, 0.5, 0.2, 0.56, 0.7, 0.46, 0.3, 0.5):  # over the border and back
        move(share)
        boxes.append(seen(line))
    assert boxes == [OFF, ON, OFF, ON, OFF, ON, OFF, ON]
    assert page.evaluate("told") == [], "not on each of a drag's steps"
    move(0.52, LASTS)
    move(0.54, LASTS)
    assert page.evaluate("told") == [MET]
    assert page.evaluate("sent") == [], "from records that were there"
    page.mouse.up()
    page.wait_for_timeout(LASTS)
    assert page.evaluate("told") == [MET]
    figure.press("ArrowRight")
    assert seen(line) == ON
    page.wait_for_timeout(LASTS)
    assert page.evaluate("told") == [MET], "no change, no word"
    figure.press("End")
    wait_for(line, OFF)
    page.wait_for_timeout(LASTS)
    assert page.evaluate("told") == [MET, GONE]
    assert figure.words().endswith("Goal not met: near.")


def test_back_and_a_value_between_two_places(page):
    figure, line = at(page, "one")
    figure.press("ArrowRight", 6)
    wait_for(line, ON)
    figure.box.get_by_role("button", name="↺").click()
    wait_for(line, OFF)
    readout = figure.box.locator(".widget-readout").first
    for text, box in (("0.4321", ON), ("0.6543", OFF), ("0.5", ON), ("0.4321", ON)):
        readout.click()
        page.keyboard.press("Control+a")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        figure.wait_for(f"η = {float(text):.3g}")
        wait_for(line, box)


def test_two_views_say_it_once(page):
    figure, line = at(page, "one")
    _, other = at(page, "again")
    page.evaluate(WATCH)
    figure.press("ArrowRight", 6)
    wait_for(line, ON)
    wait_for(other, ON)
    page.wait_for_timeout(LASTS)
    assert page.evaluate("told") == [MET]


def test_without_records_it_is_the_kernel_that_ticks_it(page):
    figure, line = at(page, "alone")
    assert seen(line) == OFF
    page.evaluate(WATCH)
    figure.press("ArrowRight", 6)
    wait_for(line, ON)
    page.wait_for_timeout(LASTS)
    assert page.evaluate("told") == [MET]
    assert page.evaluate("sent.length") > 0
    figure.press("Home")
    wait_for(line, OFF)


def test_a_figure_without_a_goal_has_no_line(page):
    _, line = at(page, "plain")
    assert line.count() == 0
