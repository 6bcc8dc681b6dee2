"""In a real browser: ▶ walks a slider from the records that the page keeps.

By counts: which steps were seen, what the page sent, what the kernel computed.
"""

import re

import pytest
from playwright.sync_api import expect

from support.browser import PATIENCE, needs_chromium
from support.deck import ON_SCREEN
from support.hand import CELLS
from support.lab_page import NOTEBOOK, Figure, command

# The steps that were painted, one after the other, in the figure of a cell. Where the
# page keeps records, the nearest is painted until the right one has come: no step yet.
LISTEN = """(picture, keeps) => {
    window.seen = [];
    const figure = picture.closest('.course-figure');
    const slider = [...figure.querySelectorAll('.widget-readout')].at(-1);
    const look = () => {
        const [, t] = picture.getAttribute('aria-label').match(/t = (\\d+)/);
        if (keeps && t !== slider.textContent) return;
        if (window.seen.at(-1) !== Number(t)) window.seen.push(Number(t));
    };
    new MutationObserver(look).observe(picture, { attributeFilter: ['aria-label'] });
}"""

SLIDES = f"""() => {NOTEBOOK}.widgets.forEach(
    cell => cell.model.setMetadata('slideshow', {{ slide_type: 'slide' }}))"""

SOURCE = f"""{NOTEBOOK}.widgets.find(cell => cell.model.id === 'begin')
    .model.sharedModel.getSource()"""

# A page whose first message nobody answers keeps no records.
DEAF = "from course_utils.live.ahead import Ahead\nAhead.hear = lambda *_: None"

REST = 700  # ms, some steps long: whoever still walks is seen to

pytestmark = [needs_chromium, pytest.mark.thorough]


class Walker:
    """A figure of `hand`, its ▶, and which steps were seen."""

    def __init__(self, hand, cell="one", keeps=True):
        self.keeps = keeps
        self.hand, self.page, self.figure = hand, hand.page, hand.figure(cell)
        self.button = self.figure.box.get_by_role("button", name="play or pause")
        self.back = self.figure.box.get_by_role("button", name="↺")
        self.listen()

    def listen(self) -> None:
        self.figure.picture.evaluate(LISTEN, self.keeps)

    def seen(self) -> list[int]:
        return self.page.evaluate("window.seen")

    def wait(self, t: int) -> None:
        """Until this step, or one behind it, has been seen."""
        self.page.wait_for_function(f"Math.max(...window.seen) >= {t}", polling=10)

    def walks(self, button=None) -> bool:
        return (button or self.button).get_attribute("aria-pressed") == "true"

    def rests(self) -> bool:
        """Whether nothing is seen any more."""
        self.page.wait_for_timeout(100)  # the last one may be about to be painted
        before = self.seen()
        self.page.wait_for_timeout(REST)
        return self.seen() == before

    def walk(self) -> None:
        """From one end to the other."""
        self.button.click()
        self.wait(30)
        expect(self.button).to_have_attribute("aria-pressed", "false")
        self.hand.settle()


def step_by_step(seen: list[int], last: int) -> bool:
    """From the first step to this one, forwards; a busy page skips one now and then."""
    skipped = last - len(seen)
    return (seen[0], seen[-1]) == (1, last) and seen == sorted(seen) and skipped <= 3


def moves(hand) -> list[int]:
    """The values of sliders that the page sent."""
    return [data["state"]["value"] for data in hand.sent() if "state" in data]


def test_every_step_is_painted_from_records_and_the_end_is_saved(hand):
    hand.line.wait(0.02)
    walker = Walker(hand)
    walker.walk()
    assert step_by_step(walker.seen(), 30)
    assert moves(hand) == [30]
    assert hand.computed() < 100
    hand.forget()
    walker.listen()
    walker.walk()
    assert step_by_step(walker.seen(), 30), "from the end it begins again"
    assert hand.computed() == 0
    assert [data.get("method") for data in hand.sent()] == ["update"]
    assert moves(hand) == [30]
    assert hand.ask("fig.values")["steps"] == 30
    assert hand.words() == walker.figure.words()


@pytest.mark.oldest
def test_a_pause_is_saved_and_the_walk_goes_on_from_there(hand):
    walker = Walker(hand)
    walker.walk()
    hand.forget()
    walker.listen()
    for stop in (10, 20):  # 10 is the default
        walker.button.click()
        walker.wait(stop)
        walker.button.click()
        assert walker.rests()
        at = walker.seen()[-1]
        assert moves(hand)[-1] == at == hand.ask("fig.values")["steps"]
        assert step_by_step(walker.seen(), at)
    assert len(moves(hand)) == 2
    assert hand.computed() == 0


def test_play_soon_after_a_pause_far_away(hand):
    walker = Walker(hand)
    walker.walk()
    hand.line.wait(0.3)
    walker.listen()
    walker.button.click()
    walker.wait(4)
    walker.button.click()
    walker.button.click()  # the kernel has not heard of the pause
    walker.wait(14)
    assert walker.walks()
    assert step_by_step(walker.seen(), walker.seen()[-1])


@pytest.mark.parametrize("deaf", [False, True])
def test_back_stops_it(hand, deaf):
    if deaf:
        hand.cell("begin", hand.page.evaluate(SOURCE) + "\n" + DEAF)
        hand.cell("one")
    walker = Walker(hand, keeps=not deaf)
    home = walker.figure.words()
    for seconds in (0, 0.15):
        hand.line.wait(seconds)
        walker.listen()
        walker.button.click()
        walker.wait(4)
        walker.back.click()
        expect(walker.button).to_have_attribute("aria-pressed", "false")
        walker.figure.wait_for(home)
        hand.settle()
        assert walker.seen()[-1] == 10 and walker.rests()
        assert hand.ask("fig.values") == {"eta": 0.3, "steps": 10}
        assert hand.words() == walker.figure.words() == home
        text = walker.figure.box.locator(".widget-readout").nth(1)
        expect(text).to_have_text("10")
    walker.listen()
    walker.button.click()
    walker.wait(2)
    assert walker.seen()[0] == 1
    walker.button.click()


def test_without_an_answer_each_step_is_sent_and_computed(hand):
    hand.cell("begin", hand.page.evaluate(SOURCE) + "\n" + DEAF)
    hand.cell("one")
    walker = Walker(hand, keeps=False)
    hand.forget()
    walker.walk()
    assert walker.seen()[-1] == 30 and len(walker.seen()) > 15
    assert len(moves(hand)) > 15 and moves(hand)[-1] == 30
    assert hand.computed() > 15
    assert hand.ask("fig.values")["steps"] == 30
    assert hand.words() == walker.figure.words()


def alone(hand) -> Walker:
    """The figure of one cell, which no other cell shows."""
    hand.cell("again", "pass")
    long = CELLS["one"].strip().replace("30", "300")  # it walks for twelve seconds
    hand.cell("one", f"former = fig\n{long}")
    return Walker(hand)


@pytest.mark.oldest
def test_a_cell_that_runs_again_stops_it(hand):
    walker = alone(hand)
    assert hand.ask("former.comm is None") is False, "another cell showed it"
    walker.button.click()
    walker.wait(4)
    kept = "globalThis[Symbol.for('course.records')]"
    assert hand.page.evaluate(f"{kept}.bytes") > 0
    hand.cell("one")
    again = Walker(hand)
    assert hand.ask("former.comm is None") is True
    assert hand.page.evaluate(f"{kept}.bytes") == 0, "its records went with it"
    hand.forget()
    hand.page.wait_for_timeout(REST)
    assert hand.computed() == 0 and hand.sent() == []
    assert not again.walks() and again.seen() == []


def test_a_cleared_output_stops_it_and_its_place_is_saved(hand):
    walker = alone(hand)
    walker.button.click()
    walker.wait(4)
    command(hand.page, "notebook:clear-cell-output")
    expect(walker.figure.box).to_have_count(0)
    hand.settle()
    at = hand.ask("fig.values")["steps"]
    assert 4 <= at < 300 and at != 10
    hand.forget()
    hand.page.wait_for_timeout(REST)
    assert hand.computed() == 0 and hand.sent() == []
    hand.cell("again", "fig")
    other = Walker(hand, "again")
    assert not other.walks()
    assert f"t = {at}" in other.figure.words()
    other.button.click()
    other.wait(at + 1)
    assert at < other.seen()[0] <= at + 3, "on from there; a busy page skips one"


def test_two_views_have_one_timer(hand):
    hand.cell("again")
    one = Walker(hand)
    two = Figure(hand.page, "again")
    other = two.box.get_by_role("button", name="play or pause")
    for button in (one.button, other):
        expect(button).to_have_count(1)
    one.walk()
    one.listen()
    one.button.click()
    one.wait(5)
    expect(other).to_have_attribute("aria-pressed", "true")
    other.click()
    assert not one.walks()
    assert one.rests()
    assert step_by_step(one.seen(), one.seen()[-1])
    hand.settle()
    assert one.figure.words() == two.words() == hand.words()
    one.listen()
    one.button.click()
    one.wait(8)
    command(hand.page, "notebook:clear-cell-output")  # one view is left
    expect(other).to_have_attribute("aria-pressed", "true")
    two.wait_for("t = 30")
    hand.settle()
    assert hand.ask("fig.values")["steps"] == 30


def test_other_sliders_move_while_it_walks_and_its_own_stops_it(hand):
    walker = Walker(hand)
    walker.button.click()
    walker.wait(3)
    hand.drag([0.5, 0.6, 0.7])
    assert walker.walks()
    walker.wait(12)
    hand.drag([0.1], slider=1)
    assert not walker.walks()
    assert walker.rests()
    hand.settle()
    assert hand.words() == walker.figure.words()
    assert "η = 0.7" in hand.words()


@pytest.mark.parametrize("key", ["Space", "Enter"])
def test_with_the_keyboard(hand, key):
    walker = Walker(hand)
    name = "t: andar o pausar · play or pause"
    button = walker.figure.box.get_by_role("button", name=name, exact=True)
    button.focus()
    hand.page.keyboard.press(key)
    walker.wait(4)
    hand.page.keyboard.press(key)
    assert not walker.walks() and walker.rests()
    expect(button).to_be_focused()
    hand.page.keyboard.press("Tab")
    assert hand.page.evaluate("document.activeElement.className").count("noUi-handle")
    walker.back.focus()
    hand.page.keyboard.press(key)
    walker.figure.wait_for("t = 10")


def test_as_slides(hand):
    """Space goes on with the show, except from a button."""
    walker = Walker(hand)
    hand.page.evaluate(SLIDES)
    command(hand.page, "notebook:enter-command-mode")
    command(hand.page, "deck:start")
    shown = f"{ON_SCREEN}.map(one => one.model.id)"
    hand.page.wait_for_function(f"() => {shown}.includes('one')")
    here = hand.page.evaluate(shown)
    walker = Walker(hand)
    for key in ("Space", "Enter"):
        walker.button.focus()
        hand.page.keyboard.press(key)
        walker.wait(3)
        hand.page.keyboard.press(key)
        assert not walker.walks() and walker.rests()
        assert hand.page.evaluate(shown) == here
    walker.figure.box.locator(".noUi-handle").nth(1).focus()
    hand.page.keyboard.press("Space")
    hand.page.wait_for_function(f"here => {shown}.join() !== here.join()", arg=here)
    command(hand.page, "deck:stop")


def test_in_notebook_7(hand_of_7):
    walker = Walker(hand_of_7)
    walker.walk()
    assert step_by_step(walker.seen(), 30)
    assert moves(hand_of_7) == [30]


def test_a_slow_record_is_waited_for_but_not_for_ever(hand):
    slow = "import time\ndef slow(eta=0.3, steps=10):\n    time.sleep({})\n"
    slow += "    return run(eta=eta, steps=steps)\n"
    figure = "live(slow, PathOnCurve(parabola), eta=(0.0, 1.0), steps=(1, {}))"
    hand.cell("free", (slow + figure).format(0.3, 16))
    walker = Walker(hand, "free")
    walker.button.click()
    walker.wait(8)
    assert walker.seen()[:8] == [*range(1, 9)], "longer than a step, yet each is seen"
    walker.button.click()
    hand.settle()
    hand.cell("free", (slow + figure).format(1.6, 12))
    walker = Walker(hand, "free")
    walker.button.click()
    walker.page.wait_for_function("window.seen.includes(12)", timeout=PATIENCE)
    assert len(walker.seen()) < 12 and walker.seen() == sorted(walker.seen())
    said = re.compile("t = 12")
    expect(walker.figure.picture).to_have_attribute("aria-label", said)
