"""In a real browser: records are sent ahead of the hand, kept in the page, and right.

By counts, not by times: what the kernel computed, what the page sent. One JupyterLab
behind a delay line, and a small notebook.
"""

import json
import time

import numpy as np
import pytest
from playwright.sync_api import expect

from course_utils.live.canvas import Canvas
from support.browser import PATIENCE, needs_chromium, new_page, painted, pixels
from support.colours import contrast
from support.hand import KERNEL, WATCH
from support.lab_page import (
    NAME_CELLS,
    READY,
    Figure,
    command,
    open_lecture,
    show,
    stands_still,
)
from support.painting import SHARE, encoded, share_astray

# What the page has for a place of the sliders: its marks, and its points as bytes.
KEPT = """key => {
    const { rows } = globalThis[Symbol.for('course.records')];
    const records = [...rows].flatMap(row => [...row.records]);
    const { parts } = records.find(record => String(record.key) === String(key));
    const bytes = parts.flatMap(([, points]) => [...new Uint8Array(points.buffer)]);
    return [parts.map(([mark]) => mark), bytes];
}"""

# Packets that the page is to lose, as if the way to it had.
LOSE = f"""() => {{
    window.lost = 0;
    for (const comm of {KERNEL}._comms.values()) {{
        const hear = comm.onMsg;
        comm.onMsg = msg => {{
            const lose = !window.lost && msg.content.data.content?.packet > 0;
            if (lose) window.lost += 1;
            else return hear(msg);
        }};
    }}
}}"""

# What the page asked for and what it got, in the order of its line: keys of records.
TALK = f"""() => {{
    window.talk = [];
    {KERNEL}.anyMessage.connect((_, {{ msg, direction }}) => {{
        const {{ want, records }} = msg.content.data?.content ?? {{}};
        if (want && direction === 'send') window.talk.push(['want', want]);
        if (records) window.talk.push(['got', ...records.map(([key]) => key)]);
    }});
}}"""

# The colours, of 255, of letters and of what is behind them.
LETTERS_ON_PAPER = """node => {
    const rgb = text => text.match(/[\\d.]+/g).map(Number);
    const of = (node, what) => rgb(getComputedStyle(node)[what]);
    let paper = node;
    while (of(paper, 'backgroundColor')[3] === 0) paper = paper.parentElement;
    return [of(node, 'color'), of(paper, 'backgroundColor')].map(c => c.slice(0, 3));
}"""

# The next packet that comes is kept back, and delivered by `window.deliver`.
KEEP_BACK = f"""() => {{
    for (const comm of {KERNEL}._comms.values()) {{
        const hear = comm.onMsg;
        comm.onMsg = msg => {{
            if (window.deliver || msg.content.data.content?.packet === undefined)
                return hear(msg);
            window.deliver = () => hear(msg);
        }};
    }}
}}"""

# What a front end without a manager of models is sent.
WITHOUT_MODELS = """async figure => {
    const sent = [], model = { send: what => sent.push(what) };
    (await import(figure)).default().initialize({ model });
    return sent;
}"""

# How many records the page has of each row of the first slider, oldest row first.
ROWS = """() => [...globalThis[Symbol.for('course.records')].rows]
    .filter(row => row.name.startsWith('0')).map(row => [row.name, row.records.size])"""

SLOWLY = """
import time

def slowly(eta=0.3, x0=2.5):
    time.sleep(0.03)
    return run(eta, x0)

slow = live(slowly, PathOnCurve(parabola), eta=(0.0, 0.9), x0=(-3.0, 3.0, 0.1))
slow
"""

pytestmark = [needs_chromium]
thorough = pytest.mark.thorough
oldest = pytest.mark.oldest  # and thorough


def test_a_second_sweep_computes_nothing_and_sends_nothing(hand):
    figure = hand.figure()
    hand.line.wait(0.05)
    sweep = [*np.linspace(0, 0.9, 46), *np.linspace(0.9, 0.5, 21)]
    hand.drag(sweep)
    hand.settle()
    assert hand.computed() > 30
    hand.drag(sweep)
    hand.forget()
    hand.drag([*reversed(sweep), 0.3])
    hand.settle()
    assert hand.computed() == 0
    (update,) = hand.sent()
    assert update["state"]["value"] == pytest.approx(0.3, abs=0.011)
    figure.wait_for(hand.words())


@thorough
def test_a_hand_that_is_there_before_the_answer_to_hello(hand):
    hand.line.wait(0.5)
    hand.cell("one")
    show(hand.page, "one")
    figure = Figure(hand.page, "one")
    figure.press("End")
    figure.press("ArrowLeft", 10)
    hand.settle()
    assert hand.ask("fig.values")["eta"] == 0.8
    assert figure.words() == hand.words()


def shared(figure: Figure) -> list[np.ndarray]:
    return [painted(canvas) for canvas in figure.canvases]


@thorough
@oldest
def test_keys_a_list_and_a_box(hand):
    figure = hand.figure()
    figure.press("ArrowRight", 3)
    figure.wait_for("η = 0.36, t = 10")
    figure.press("Home")
    figure.wait_for("η = 0, t = 10")
    hand.settle()
    assert hand.ask("fig.values") == {"eta": 0.0, "steps": 10}
    assert hand.words() == figure.words()
    other = hand.figure("two")
    other.press("ArrowDown")
    other.wait_for("rule = Adam, far = no")
    other.box.locator("input[type=checkbox]").click()
    other.wait_for("rule = Adam, far = yes")
    other.press("ArrowUp")
    other.wait_for("rule = GD, far = yes")
    hand.forget()
    other.press("ArrowDown", 2)
    other.wait_for("rule = Ada, far = yes")
    hand.settle()
    assert hand.computed() == 0, "each is kept"
    assert len(hand.sent()) == 2, "a message for each key"


@thorough
@oldest
def test_what_is_typed(hand):
    figure = hand.figure()
    readout = figure.box.locator(".widget-readout").first

    def typed(text, expected, leave="Enter"):
        readout.click()
        hand.page.keyboard.press("Control+a")
        hand.page.keyboard.type(text)
        hand.page.keyboard.press(leave)
        figure.wait_for(expected)
        hand.settle()
        assert hand.words() == figure.words()

    typed("0,5", "η = 0.5, t")
    typed("0.4321", "η = 0.4321, t")  # between two places: the kernel draws
    typed("0.52", "η = 0.52, t")
    typed("0.4321", "η = 0.4321, t")
    typed(",3", "η = 0.3, t")
    typed("1,234.5", "η = 0.3, t")  # refused
    expect(readout).to_have_text("0.30")
    typed("much", "η = 0.3, t")
    typed("0.7", "η = 0.7, t", "Tab")
    typed("0,4321", "η = 0.4321, t", "Tab")
    typed("1,234.5", "η = 0.4321, t", "Tab")
    expect(readout).to_have_text("0.43")
    readout.click()
    figure.box.locator(".widget-label").first.click()  # left, and nothing was typed
    hand.settle()
    assert hand.ask("fig.values")["eta"] == 0.4321
    readout.click()
    hand.page.keyboard.press("Control+a")
    hand.page.keyboard.type("0.5")
    figure.picture.click()
    figure.wait_for("η = 0.5, t")


@thorough
@oldest
def test_back_and_values_from_python(hand):
    figure = hand.figure()
    home = figure.words(), shared(figure)
    hand.drag([0.8, 0.9, 0.7])
    hand.settle()
    hand.figure().box.get_by_role("button", name="↺").click()
    figure.wait_for(home[0])
    hand.settle()
    assert all(map(np.array_equal, shared(figure), home[1]))
    hand.cell("free", "fig.sliders['eta'].value = 0.8")
    figure = hand.figure()
    figure.wait_for("η = 0.8, t = 10")
    assert hand.words() == figure.words()


@thorough
@oldest
def test_an_error_in_compute_and_after_it(hand):
    figure = hand.figure()
    figure.press("End")
    alert = figure.box.get_by_role("alert")
    expect(alert).to_contain_text("ZeroDivisionError: too far", timeout=PATIENCE)
    expect(alert).to_contain_text("(eta = 1, steps = 10)")
    assert "too far" in hand.ask("repr(fig)")
    for theme in ("Dark", "Light"):
        command(hand.page, "apputils:change-theme", theme=f"JupyterLab {theme}")
        seen = alert.evaluate(LETTERS_ON_PAPER)
        assert contrast(*np.divide(seen, 255)) >= 4.5, theme
        expect(hand.page.locator("#jupyterlab-splash")).to_have_count(0)
    figure.press("Home")
    expect(alert).to_have_text("", timeout=PATIENCE)
    figure.wait_for("η = 0, t = 10")


@thorough
def test_a_changed_global_and_a_changed_function(hand):
    figure = hand.figure()
    hand.drag([0.2, 0.5, 0.2, 0.5, 0.2])
    hand.settle()
    before = figure.words()
    hand.cell("free", "scale = 0.5")
    figure = hand.figure()
    assert figure.words() == before, "until the hand moves"
    figure.press("ArrowRight")
    figure.press("ArrowLeft")
    hand.settle()
    half = figure.words()
    assert half != before and half == hand.words()
    hand.cell("free", "def descend(*a, **b):\n    raise RuntimeError('mine')")
    figure = hand.figure()
    figure.press("ArrowRight")
    alert = figure.box.get_by_role("alert")
    expect(alert).to_contain_text("RuntimeError: mine", timeout=PATIENCE)


@thorough
@oldest
def test_two_views(hand):
    hand.cell("again")
    hand.figure("again")
    figure = hand.figure()
    other = Figure(hand.page, "again")
    hand.drag(np.linspace(0.3, 0.8, 20))
    hand.settle()
    assert figure.words() == other.words() == hand.words()
    expect(other.box.locator(".widget-readout").first).to_have_text(
        figure.box.locator(".widget-readout").first.inner_text()
    )


@thorough
def test_two_tabs_and_a_page_that_is_loaded_again(hand, chromium):
    figure = hand.figure()
    hand.drag(np.linspace(0.3, 0.8, 20))
    hand.settle()
    said = figure.words()
    hand.save()
    second = open_lecture(chromium, hand.lab, hand.name)
    first, hand.page = hand.page, second
    hand.cell("again")
    again = hand.figure("again")
    again.wait_for(said)
    hand.drag(np.linspace(0.5, 0.2, 20))
    hand.settle()
    assert again.words() == hand.words() != said
    hand.page = first
    figure.wait_for(again.words())
    figure = hand.figure()
    figure.press("ArrowRight")
    hand.settle()
    assert figure.words() == again.words() == hand.words()
    second.close()


@thorough
def test_a_record_of_another_generation_that_comes_late_is_dropped(hand):
    """The cell that has run since may have changed what `compute` does."""
    figure = hand.figure()
    hand.cell("free", "scale = 1.0")  # nothing is kept, and a packet is to come
    figure = hand.figure()
    hand.page.evaluate(KEEP_BACK)
    figure.press("ArrowRight")
    hand.page.wait_for_function("window.deliver")
    hand.cell("free", "scale = 0.5")
    hand.forget()
    figure = hand.figure()
    figure.press("ArrowLeft")
    figure.press("ArrowRight")
    hand.settle()
    half = figure.words()
    hand.page.evaluate("window.deliver()")
    hand.settle()
    assert figure.words() == half == hand.words()
    assert not [said for said in hand.sent() if "hello" in said.get("content", {})]
    hand.page.evaluate("window.deliver()")  # twice the same: nor is it counted


# A front end whose sliders have no handle that can be found.
NO_HANDLES = """const find = Element.prototype.querySelector;
    Element.prototype.querySelector = function (what) {
        return what === '.noUi-target' ? null : find.call(this, what);
    };"""


@thorough
def test_a_tab_that_cannot_keep_records_beside_one_that_does(hand, chromium):
    figure = hand.figure()
    hand.save()
    second = open_lecture(chromium, hand.lab, hand.name, first=NO_HANDLES)
    second.evaluate(WATCH)
    first, hand.page = hand.page, second
    hand.cell("again")
    again = hand.figure("again")
    second.wait_for_function("sent.some(({ content }) => content.data?.content?.deaf)")
    again.press("ArrowRight", 3)
    again.wait_for("η = 0.36, t = 10")
    hand.page = first
    figure.wait_for("η = 0.36, t = 10")
    hand.figure().press("ArrowRight")
    again.wait_for("η = 0.38, t = 10")
    second.close()


@thorough
@oldest
def test_a_front_end_that_has_no_models_says_that_it_is_deaf(chromium):
    """As an anywidget of another maker may: no sliders can be found."""
    page = new_page(chromium, 800, 600, 1)
    script = f"data:text/javascript;base64,{encoded(Canvas._esm.encode())}"
    assert page.evaluate(WITHOUT_MODELS, script) == [{"deaf": True}]


@thorough
def test_a_page_that_is_loaded_anew(hand):
    """F5: the kernel goes on; the figure is its picture until its cell has run."""
    hand.figure()
    hand.drag(np.linspace(0.3, 0.8, 20))
    hand.settle()
    said = hand.words()
    hand.save()
    hand.page.reload()
    hand.page.wait_for_function(READY)
    hand.page.evaluate(NAME_CELLS)
    stands_still(hand.page, "one")
    hand.cell("again")
    figure = hand.figure("again")
    figure.wait_for(said)
    hand.drag(np.linspace(0.8, 0.2, 20))
    hand.settle()
    assert figure.words() == hand.words() != said
    hand.cell("one")
    figure = hand.figure("one")
    figure.wait_for("η = 0.3, t = 10")
    hand.drag(np.linspace(0.3, 0.6, 20))
    hand.settle()
    assert figure.words() == hand.words()
    assert hand.ask("fig.values")["eta"] == pytest.approx(0.6, abs=0.011)


@thorough
@oldest
def test_a_packet_that_is_lost(hand):
    """The page begins anew, once, and all is right."""
    figure = hand.figure()
    hand.page.evaluate(LOSE)
    hand.forget()
    sweep = np.linspace(0.3, 0.8, 20)
    hand.drag(sweep)
    hand.settle()
    assert hand.page.evaluate("window.lost") == 1
    hellos = [said for said in hand.sent() if "hello" in said.get("content", {})]
    assert len(hellos) == 1
    assert figure.words() == hand.words()
    hand.drag([*sweep, *reversed(sweep)])
    hand.forget()
    hand.drag([*sweep, 0.4])
    hand.settle()
    assert hand.computed() == 0 and len(hand.sent()) == 1
    assert figure.words() == hand.words()


@thorough
@oldest
def test_a_slow_figure_has_one_wish_under_way(hand):
    """And the newest is sent after it."""
    hand.cell("free", SLOWLY)
    figure = hand.figure("free")
    figure.press("ArrowRight")  # now it is known to be slow
    hand.settle()
    hand.page.evaluate(TALK)
    hand.line.wait(0.05)
    hand.drag(np.linspace(0.1, 0.9, 40), slider=1)
    hand.settle()
    talk, wishes = hand.page.evaluate("window.talk"), 0
    under_way = None
    for kind, *keys in talk:
        if kind == "want":
            assert under_way is None, talk
            (under_way,), wishes = keys, wishes + 1
        elif under_way in keys:
            under_way = None
    assert under_way is None
    assert wishes > 2
    assert figure.words() == hand.words("slow")


@thorough
@oldest
def test_a_kernel_that_is_started_again(hand):
    hand.figure()
    hand.drag(np.linspace(0.3, 0.8, 20))
    hand.page.evaluate(f"{KERNEL}.restart().then(() => 0)")
    hand.page.wait_for_function(READY)
    hand.run()
    figure = hand.figure()
    figure.wait_for("η = 0.3, t = 10")
    hand.drag(np.linspace(0.3, 0.6, 20))
    hand.settle()
    assert figure.words() == hand.words()


@thorough
def test_the_row_that_was_taken_longest_ago_goes_first(hand):
    figure = hand.figure()
    # t = 10. And back: where a row is taken, the record is not sent along with it.
    hand.drag([*np.linspace(0.3, 0.8, 20), 0.3])
    hand.settle()
    figure.box.locator(".noUi-handle").nth(1).focus()
    hand.page.keyboard.press("End")
    hand.drag(np.linspace(0.8, 0.3, 20))  # t = 30
    hand.settle()
    (older, many), (younger, most) = hand.page.evaluate(ROWS)
    assert older != younger and many == 51
    assert most in (50, 51), "one may have come along the other slider"
    kept = "globalThis[Symbol.for('course.records')]"
    assert hand.page.evaluate(f"{kept}.room") == 32e6
    hand.page.evaluate(f"{kept}.room = 0.8 * {kept}.bytes")
    figure.press("Home")  # known
    figure.box.locator(".noUi-handle").nth(1).focus()
    hand.page.keyboard.press("ArrowLeft")  # new: something comes, and room is made
    hand.settle()
    rows = dict(hand.page.evaluate(ROWS))
    left = rows.get(older, 0)
    assert left < 51 and (left == 0 or rows[younger] == most)


@thorough
def test_a_small_room(hand):
    figure = hand.figure()
    room = "Symbol.for('course.records')"
    hand.page.evaluate(f"globalThis[{room}].room = 20000")
    rng = np.random.default_rng(1)
    for _ in range(4):
        hand.drag(rng.uniform(0, 0.9, 15))
        hand.drag(rng.uniform(0, 0.9, 15), slider=1)
    hand.settle()
    assert hand.page.evaluate(f"globalThis[{room}].bytes") <= 20000
    assert figure.words() == hand.words()
    eta = hand.ask("fig.values")["eta"]
    drawn = shared(figure)
    figure.press("ArrowRight")
    figure.press("ArrowLeft")
    hand.settle()
    assert hand.ask("fig.values")["eta"] == eta
    assert all(map(np.array_equal, shared(figure), drawn))


@thorough
def test_a_picture_and_its_text_after_a_row(hand):
    hand.figure()
    hand.drag(np.linspace(0.3, 0.8, 20))
    hand.settle()
    same = (
        "(lambda a, b: (a[0]['image/png'] == b[0]['image/png'], a[1] == b[1],"
        " a[0]['text/plain'] == b[0]['text/plain']))(fig._repr_mimebundle_(),"
        " (lambda f: ([setattr(f.sliders[k], 'value', v) for k, v in"
        " fig.values.items()], f._repr_mimebundle_())[1])(live(run,"
        " PathOnCurve(parabola), eta=(0.0, 1.0, 0.02), steps=(1, 30))))"
    )
    assert hand.ask(same) == (True, True, True)


@thorough
def test_as_slides(hand):
    figure = hand.figure()
    command(hand.page, "notebook:enter-command-mode")
    command(hand.page, "deck:start")
    hand.settle()
    figure.press("ArrowRight", 2)
    figure.wait_for("η = 0.34, t = 10")
    hand.drag(np.linspace(0.3, 0.8, 20))
    hand.settle()
    assert figure.words() == hand.words()
    command(hand.page, "deck:stop")


@thorough
def test_in_notebook_7(hand_of_7):
    hand, figure = hand_of_7, hand_of_7.figure()
    sweep = np.linspace(0.3, 0.8, 20)
    hand.drag(sweep)
    hand.settle()
    hand.drag([*sweep, *reversed(sweep)])
    hand.forget()
    hand.drag([*sweep, 0.4])
    hand.settle()
    assert hand.computed() == 0
    assert figure.words() == hand.words()


def by_agg(hand, columns: int) -> np.ndarray:
    """The figure as Agg paints it, so many dots wide."""
    sharp = "setattr(__import__('course_utils.live.picture').live.picture, 'SHARP', {})"
    png = "__import__('base64').b64encode(fig.picture.png()).decode()"
    scale = f"{columns} / fig.canvas.width"
    at = "fig.picture.at(**fig.values)"  # a row may have left it elsewhere
    paint = f"({sharp.format(scale)}, {at}, {png}, {sharp.format(2)})[2]"
    return pixels(hand.ask(paint))


def wait_for_the_picture(hand, figure) -> None:
    """Until the canvas, where the hand is, shows what Agg paints, where the kernel is.

    On a busy machine a message may be under way though nothing is heard for a while.
    """
    end = time.monotonic() + PATIENCE / 1000
    while True:
        (seen,) = figure.painted()
        if share_astray(seen, by_agg(hand, seen.shape[1])) < SHARE[1]:
            return
        assert time.monotonic() < end
        hand.page.wait_for_timeout(200)


@thorough
def test_a_thousand_moves_with_random_delays(hand):
    """The last one counts: in the kernel, in the page's record, on the screen."""
    figure = hand.figure()
    rng = np.random.default_rng(7)
    keys = ["ArrowLeft", "ArrowRight"]
    moves = 0
    for turn in range(25):
        hand.line.wait(0, rng.uniform(0, 0.15))
        hand.drag(rng.uniform(0, 0.7, 28), slider=turn % 2)
        figure.box.locator(".noUi-handle").nth(turn % 2).focus()
        for key in rng.choice(keys, 12):
            hand.page.keyboard.press(key)
        moves += 40
        if turn % 5 == 4:
            hand.line.wait(0)
            hand.settle()
            wait_for_the_picture(hand, figure)
            values = hand.ask("fig.values")
            place = [round(values["eta"] / 0.02), values["steps"] - 1]
            kept, points = hand.page.evaluate(KEPT, place)
            at = "fig.picture.at(**fig.values)"
            assert bytes(points).hex() == hand.ask(f"{at}[1].hex()")
            assert kept == json.loads(hand.ask(f"__import__('json').dumps({at}[0])"))
            texts = figure.box.locator(".widget-readout").all_inner_texts()
            assert [float(text) for text in texts] == [values["eta"], values["steps"]]
            assert figure.words() == hand.words()
    assert moves == 1000
