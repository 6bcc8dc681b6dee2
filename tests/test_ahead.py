"""What the kernel sends ahead of the hand, and when: counted, on a canvas of paper."""

import asyncio
import threading
import time

import numpy as np
import pytest

from course_utils import GradientDescent, descend, parabola
from course_utils.live import PathOnCurve, live
from course_utils.live import ahead as module
from course_utils.live.ahead import ROW, SPACE, Ahead, Cells, Record, order

MARK = {"kind": "path", "n": [2], "length": 4}


class Paper:
    """A canvas that keeps what it is sent; `hears` is what a page does."""

    def __init__(self):
        self.sent = []

    def on_msg(self, hear):
        self.hear = hear

    def send(self, content, buffers=()):
        self.sent.append((content, list(buffers)))

    def packets(self) -> list[dict]:
        return [content for content, _ in self.sent if "packet" in content]

    def keys(self) -> list[tuple]:
        return [tuple(r[0]) for packet in self.packets() for r in packet["records"]]


class Kernel:
    """One figure and its loop; `computed` says what was."""

    def __init__(self, sizes=(21, 5), takes=0.0, length=4):
        self.sizes, self.takes, self.length = list(sizes), takes, length
        self.computed, self.welcomed, self.during = [], [], lambda key: None
        self.paper = Paper()
        self.ahead = Ahead(
            self.paper,
            lambda: self.sizes,
            self.record,
            lambda: self.welcomed.append(1),
            threading.RLock(),
        )

    def record(self, key) -> Record:
        self.computed.append(key)
        time.sleep(self.takes)
        self.during(key)
        if key[0] == 13:
            return Record([], b"", "", "ZeroDivisionError: 13")
        points = np.full(self.length, key[0], "<i2").tobytes()
        return Record([{**MARK, "length": self.length}], points, f"at {key}", "")

    def hears(self, *contents, until=lambda: False, seconds=0.5) -> None:
        """Messages one after the other, and then what the loop does with them."""

        async def page():
            for content in contents:
                known = {"generation": self.ahead.generation.number}
                self.paper.hear(None, {**known, **content}, [])
            end = time.monotonic() + seconds
            while not until() and time.monotonic() < end:
                await asyncio.sleep(0.001)
                if not (self.ahead.row or self.ahead.wish):
                    break

        asyncio.run(page())

    def greeted(self) -> "Kernel":
        self.hears({"hello": 1})
        return self


@pytest.fixture(autouse=True)
def quiet():
    yield
    Cells.running = False
    module.FIGURES.clear()


# The row.


def test_the_order_of_a_row():
    near = [11, 9, 12, 8, 13, 7, 14, 6]
    assert order(10, 40)[:8] == near
    assert order(10, 40)[8:13] == [18, 2, 26, 34, 22]  # every 8th, and every 4th
    assert sorted(order(10, 40)) == [*range(10), *range(11, 40)]
    assert order(0, 2) == [1]
    assert order(0, 1) == []


def test_a_hand_that_takes_a_slider_has_its_row_sent():
    kernel = Kernel().greeted()
    kernel.hears({"take": 0, "at": [10, 2]})
    assert kernel.computed == [(place, 2) for place in order(10, 21)]
    assert kernel.paper.keys() == kernel.computed
    assert {packet["slider"] for packet in kernel.paper.packets()} == {0}


def test_a_row_ends_after_so_many_until_the_hand_asks_again():
    kernel = Kernel(sizes=(200,)).greeted()
    kernel.hears({"take": 0, "at": [100]})
    assert len(kernel.computed) == ROW
    kernel.hears({"take": 0, "at": [100]})
    assert len(kernel.computed) == 2 * ROW
    for _ in range(3):
        kernel.hears({"take": 0, "at": [100]})
    assert len(set(kernel.computed)) == len(kernel.computed) == 199


def test_nothing_is_computed_twice_in_a_generation():
    kernel = Kernel().greeted()
    for place in [*range(21), *range(21)]:
        kernel.hears({"want": [place, 2], "slider": 0})
    assert len(kernel.computed) == len(set(kernel.computed)) == 21
    before = len(kernel.paper.sent)
    kernel.hears({"want": [4, 2], "slider": 0}, {"take": 0, "at": [4, 2]})
    assert len(kernel.paper.sent) == before


def test_packets_are_small():
    kernel = Kernel(sizes=(40,), length=6000).greeted()
    kernel.hears({"take": 0, "at": [0]})
    sizes = [sum(map(len, buffers)) for _, buffers in kernel.paper.sent if buffers]
    assert len(sizes) > 5
    assert max(sizes) < SPACE + 2 * 6000 + 1
    kernel = Kernel(sizes=(10,), takes=0.008).greeted()
    kernel.hears({"take": 0, "at": [0]})
    assert max(len(packet["records"]) for packet in kernel.paper.packets()) <= 2


# Wishes.


def test_the_newest_wish_is_heard_before_anything_is_computed():
    kernel = Kernel().greeted()
    wishes = [{"want": [place, 2], "slider": 0} for place in (3, 4, 5, 16)]
    kernel.hears(*wishes)
    assert kernel.computed[0] == (16, 2)
    assert kernel.computed[1] == (17, 2), "and its row next"


def test_a_wish_comes_before_the_row_that_is_under_way():
    kernel = Kernel(sizes=(60, 5), takes=0.006).greeted()
    kernel.hears(
        {"take": 0, "at": [30, 2]}, until=lambda: len(kernel.computed) > 4, seconds=5
    )
    before = len(kernel.computed)
    kernel.hears({"want": [30, 4], "slider": 1})
    assert kernel.computed[before] == (30, 4)
    after = kernel.computed[before + 1 :]
    assert after == [(30, 3), (30, 2), (30, 1), (30, 0)], "the other row is given up"


def test_a_slow_figure_computes_no_row_while_the_hand_moves():
    kernel = Kernel(takes=0.02).greeted()
    places = []
    for place in range(3, 11):
        kernel.hears({"want": [place, 2], "slider": 0}, seconds=0.05)
        places.append((place, 2))
    slow = [key for key in kernel.computed if key not in places]
    assert len(slow) <= 2, "not before it is known to be slow"
    kernel.hears({"want": [10, 2], "slider": 0}, seconds=2)
    assert len(kernel.computed) > len(places) + 5, "it is, once the hand rests"


def test_messages_that_come_together_are_answered_in_one_turn():
    """Between two packets the kernel hears others, however many messages there were."""
    kernel, rounds = Kernel(sizes=(30, 5), takes=0.008).greeted(), []

    async def page():
        round_ = 0
        kernel.during = lambda key: rounds.append(round_)
        for place in range(10):
            take = {"generation": 1, "take": 0, "at": [place, 2]}
            kernel.paper.hear(None, take, [])
        while kernel.ahead.row:
            round_ += 1
            await asyncio.sleep(0)

    asyncio.run(page())
    assert len(kernel.computed) == 29
    assert max(map(rounds.count, rounds)) <= 2, "12 ms of computing in a round"


# Generations.


def test_hello_is_answered_and_begins_a_generation():
    kernel = Kernel()
    assert not kernel.ahead.listening
    kernel.greeted()
    assert kernel.paper.sent == [({"generation": 1, "hello": 1}, [])]
    assert kernel.ahead.listening and kernel.welcomed == [1]
    kernel.hears({"want": [3, 2], "slider": 0})
    kernel.hears({"hello": 2})
    assert kernel.paper.sent[-1] == ({"generation": 2, "hello": 2}, [])
    before = len(kernel.computed)
    kernel.hears({"want": [3, 2], "slider": 0})
    assert kernel.computed[before] == (3, 2), "the new page has none"
    assert kernel.paper.packets()[-1]["generation"] == 2
    newest = [p for p in kernel.paper.packets() if p["generation"] == 2]
    assert [packet["packet"] for packet in newest] == list(range(len(newest)))
    assert newest[0]["marks"] and newest[0]["sizes"] == [8]


def test_what_is_of_another_generation_is_not_heard():
    kernel = Kernel().greeted()
    kernel.hears({"want": [3, 2], "slider": 0, "generation": 0})
    assert kernel.computed == []


def test_a_cell_that_ends_begins_a_generation_where_something_was_sent():
    used, unused, deaf = Kernel().greeted(), Kernel().greeted(), Kernel()
    used.hears({"want": [3, 2], "slider": 0})
    Cells.begin()
    Cells.end()
    assert used.paper.sent[-1] == ({"generation": 2}, [])
    assert unused.paper.sent == [({"generation": 1, "hello": 1}, [])]
    assert deaf.paper.sent == []
    before = len(used.computed)
    used.hears({"want": [3, 2], "slider": 0})
    assert used.computed[before] == (3, 2)


def test_a_record_under_way_when_a_cell_ends_names_the_old_generation():
    kernel = Kernel().greeted()
    kernel.during = lambda key: Cells.end() if key == (3, 2) else None
    kernel.hears({"want": [3, 2], "slider": 0})
    assert {"generation": 2} in [content for content, _ in kernel.paper.sent]
    assert kernel.paper.keys() == [(3, 2)], "and the row is given up"
    assert kernel.paper.packets()[0]["generation"] == 1
    assert not kernel.ahead.generation.done


def test_while_a_cell_runs_only_the_newest_wish_is_computed():
    kernel = Kernel().greeted()
    Cells.begin()
    kernel.hears({"want": [3, 2], "slider": 0}, seconds=0.1)
    kernel.hears({"want": [5, 2], "slider": 0}, seconds=0.1)
    assert kernel.computed == [(3, 2), (5, 2)]


# What the page lets go; what goes wrong.


def test_what_the_page_lets_go_is_computed_and_sent_again():
    kernel = Kernel(sizes=(2,)).greeted()
    kernel.hears({"want": [0], "slider": 0})
    assert kernel.computed == [(0,), (1,)]
    evicted = {"records": [[0]], "marks": [0], "chunks": [0]}
    kernel.hears({"take": 0, "at": [1], "evicted": evicted})
    assert kernel.computed == [(0,), (1,), (0,)]
    content, (buffer,) = kernel.paper.sent[-1]
    assert content["records"][0][:2] == [[0], [1, 2]], "counted on, never again 0"
    assert content["marks"] == [{**MARK, "length": 4}]
    assert buffer == np.zeros(4, "<i2").tobytes()


def test_marks_and_chunks_are_sent_once():
    kernel = Kernel(sizes=(6,)).greeted()
    kernel.hears({"take": 0, "at": [0]})
    assert sum(len(packet["marks"]) for packet in kernel.paper.packets()) == 1
    assert sum(len(packet["sizes"]) for packet in kernel.paper.packets()) == 5


def test_trouble_is_a_record_too():
    kernel = Kernel().greeted()
    kernel.hears({"want": [13, 2], "slider": 0})
    (first, *_) = kernel.paper.packets()[0]["records"]
    assert first == [[13, 2], [], "", "ZeroDivisionError: 13", False]
    assert len(kernel.computed) == 21, "the row goes on"


def test_two_pages_are_heard_on_two_threads():
    """The loop of a page that is gone does not hold the figure."""
    kernel = Kernel().greeted()

    async def gone():
        kernel.paper.hear(None, {"generation": 1, "take": 0, "at": [3, 2]}, [])

    asyncio.run(gone())  # its loop ends before anything is computed
    assert kernel.computed == []
    kernel.hears({"take": 1, "at": [3, 2]})
    assert kernel.computed == [(3, 3), (3, 1), (3, 4), (3, 0)]


# A live figure whose page keeps records.


def run(eta=0.9, x0=2.5, rule="GD", far=False):
    if x0 == 0:
        raise ZeroDivisionError("x0 is 0")
    return descend(parabola, [x0], GradientDescent(eta), steps=20)


class Shown:
    """A live figure, what it computed, and what its page is sent."""

    def __init__(self):
        self.computed = []

        def compute(eta=0.9, x0=2.5, rule="GD", far=False):
            self.computed.append((eta, x0, rule, far))
            return run(eta, x0)

        self.figure = live(
            compute,
            PathOnCurve(parabola),
            eta=(-0.1, 1.2),
            x0=(-3, 3),
            rule=["GD", "Adam"],
            far=True,
        )
        self.sent = []
        self.figure.canvas.send = lambda content, buffers=(): self.sent.append(content)
        del self.computed[:]

    def hears(self, **content):
        known = {"generation": self.figure.ahead.generation.number}
        asyncio.run(self._hears({**known, **content}))

    async def _hears(self, content):
        self.figure.ahead.hear(None, content, [])


HOME = (0.9, 2.5, "GD", False)


def test_without_hello_a_slider_is_followed_at_once():
    shown = Shown()
    shown.figure.sliders["eta"].value = 0.3
    assert shown.computed == [(0.3, 2.5, "GD", False)]
    assert shown.figure.sliders["eta"].continuous_update
    assert shown.sent == []


def test_once_a_page_listens_nothing_is_computed_until_somebody_asks():
    shown = Shown()
    shown.hears(hello=1)
    assert shown.sent == [{"generation": 1, "hello": 1}]
    assert not shown.figure.sliders["eta"].continuous_update
    before = shown.figure.canvas.points
    shown.figure.sliders["eta"].value = 0.3
    shown.figure.sliders["rule"].value = "Adam"
    assert shown.computed == []
    assert shown.figure.values["eta"] == 0.3
    assert "η = 0.3, x₀ = 2.5, rule = Adam" in shown.figure.words()
    assert shown.computed == [(0.3, 2.5, "Adam", False)]
    assert shown.figure.canvas.points != before
    assert repr(shown.figure).startswith("eta = 0.3 in")
    shown.figure.sentences()
    assert len(shown.computed) == 1


@pytest.mark.parametrize("ask", ["__repr__", "words", "_repr_mimebundle_"])
def test_after_a_row_a_figure_is_said_and_painted_at_its_sliders(ask):
    shown, other = Shown().figure, Shown().figure
    expected = getattr(other, ask)()
    for key in [(0, 5, 1, 1), (12, 60, 0, 0), (3, 30, 0, 0)]:
        shown.record(key)
    answer = getattr(shown, ask)()
    if isinstance(answer, tuple):
        for each in (answer, expected):
            each[0].pop("application/vnd.jupyter.widget-view+json")
    assert answer == expected


def test_a_record_is_the_picture_of_its_place():
    shown = Shown()
    record = shown.figure.record((4, 40, 1, 1))
    assert shown.computed == [(0.3, 1.0, "Adam", True)]
    picture = shown.figure.picture
    assert (record.marks, record.points) == picture.at(eta=0.3, x0=1.0)
    assert "η = 0.3, x₀ = 1, rule = Adam, far = " in record.words
    sliders = shown.figure.sliders
    for name, value in {"eta": 0.3, "x0": 1.0, "rule": "Adam", "far": True}.items():
        sliders[name].value = value
    assert record.words == shown.figure.words()
    assert record.points == shown.figure.canvas.points


def test_an_error_in_compute_is_a_record_with_its_text():
    shown = Shown()
    record = shown.figure.record((4, 30, 0, 0))
    said = "ZeroDivisionError: x0 is 0\n(eta = 0.3, x0 = 0, rule = GD, far = False)"
    assert record == Record([], b"", "", said)
    shown.figure.sliders["eta"].value = 0.3
    shown.figure.sliders["x0"].value = 0
    assert shown.figure.canvas.trouble == said


def test_what_is_typed_between_two_places_is_drawn_by_the_kernel():
    shown = Shown()
    shown.hears(hello=1)
    shown.figure.sliders["eta"].value = 0.4321
    assert shown.computed == [(0.4321, 2.5, "GD", False)]
    assert shown.sent[-1] == {"generation": 1, "standing": True}
    shown.figure.sliders["eta"].value = 0.4
    assert len(shown.computed) == 1, "it has a key: the page asks"


def test_for_a_deaf_page_the_figure_is_drawn_though_another_listens():
    shown = Shown()
    shown.hears(hello=1)
    shown.hears(deaf=True)
    before = shown.figure.canvas.points
    shown.figure.sliders["eta"].value = 0.3
    assert shown.computed == [(0.3, 2.5, "GD", False)]
    assert shown.figure.canvas.points != before
    assert not shown.figure.sliders["eta"].continuous_update  # once, when it is let go
    shown.figure.sliders["eta"].value = 0.4321
    assert shown.sent[-1] == {"generation": 1, "standing": True}


def test_a_second_page_opens_with_the_values_of_now():
    shown = Shown()
    shown.hears(hello=1)
    shown.figure.sliders["eta"].value = 0.3
    shown.hears(hello=2)
    assert shown.computed == [(0.3, 2.5, "GD", False)]
    assert shown.figure.canvas.words == shown.figure.words()


def test_sliders_without_numbered_places_are_followed_as_ever():
    figure = live(lambda a="x": run(), PathOnCurve(parabola), a="x")
    assert figure.canvas.sliders == []
    assert Shown().figure.canvas.sliders != []
