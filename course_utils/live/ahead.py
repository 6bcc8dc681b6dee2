"""Records ahead of the hand: the page keeps what it was sent and asks for the rest.

A record is known by its key, the places of the sliders, and belongs to a generation: a
cell that runs may change what `compute` does, a page that says hello has nothing yet.

page → kernel, each but the first two with the generation that the page is in::

    {hello: id}                    a page that can keep records; it has none
    {deaf: true}                   one that cannot
    {want: key, slider: i}         what the hand is at, the newest wish
    {take: i, at: key}             a hand took slider i: its row will be wanted
    {evicted: {records, marks, chunks}}            goes along: the page let these go

kernel → page::

    {hello: id, generation}        the answer
    {generation}                   a new one has begun
    {generation, standing: true}   paint what the traits hold: these values have no key
    {generation, packet, slider, ms, records: [[key, row, words, trouble, met], …],
     marks: [those that are new], sizes: [of the new chunks]} and the chunks, a buffer

A front end that says no hello is followed as ever, at each move. Where another page of
the same kernel has said it the sliders are silent while they are dragged; for one that
is deaf, the figure is then drawn whenever they are let go.
"""

import asyncio
import time
import weakref
from collections.abc import Callable, Mapping
from itertools import count
from threading import RLock
from typing import NamedTuple

from IPython import get_ipython

from .ledger import Ledger

Key = tuple[int, ...]

PACKET, SPACE = 0.012, 48_000  # s of computing, bytes: then others have their turn
ROW = 64  # records: then it waits until the hand asks again
SLOW, REST = 0.010, 1.0  # s for a record, s since the hand's last wish
TURN, PAUSE = 0.002, 0.03  # s until the next packet, s until it is looked at again


class Record(NamedTuple):
    """What a page paints and says for one place of the sliders."""

    marks: list[dict]
    points: bytes
    words: str
    trouble: str
    met: bool = False  # the figure's goal
    sentences: Mapping[str, str] = {}  # its words in every language


class Generation:
    """What the page has of the records computed in one state of the kernel."""

    def __init__(self, number: int):
        self.number, self.ledger, self.packets = number, Ledger(), count()
        self.done: set[Key] = set()  # those that the page keeps
        self.used = False  # something was computed in it


class Ahead:
    """The kernel's side of one figure.

    Whoever computes takes the generation first: a message names the one that its
    numbers belong to, and the page drops what is older than its own.

    Parameters
    ----------
    canvas : Canvas
        What the page's messages come from, and go to.
    sizes : callable
        How many places each slider has.
    record : callable
        The record of a key.
    welcome : callable
        What is to be done once a page can keep records.
    lock : RLock
        Held while a record is computed: two pages are heard on two threads.
    """

    def __init__(
        self,
        canvas,
        sizes: Callable[[], list[int]],
        record: Callable[[Key], Record],
        welcome: Callable[[], None],
        lock: RLock,
    ):
        self.canvas, self.sizes, self.record = canvas, sizes, record
        self.welcome, self.lock = welcome, lock
        self.generation, self.listening, self.deaf = Generation(0), False, False
        self.wish: Key | None = None
        self.row: list[Key] = []
        self.slider = 0  # the one that the hand is on
        self.pace = 0.0  # s that a record takes, about
        self.moved = 0.0  # when the hand last asked
        canvas.on_msg(self.hear)
        FIGURES.add(self)

    def renew(self) -> None:
        """The next generation."""
        self.generation = Generation(self.generation.number + 1)
        self.wish, self.row = None, []

    def close(self) -> None:
        """Whatever was to be sent is not."""
        self.listening, self.wish, self.row, self._turn = False, None, [], None
        FIGURES.discard(self)

    def tell(self, **content) -> None:
        """A short message to the page."""
        self.canvas.send({"generation": self.generation.number, **content})

    def hear(self, _canvas, content: dict, _buffers) -> None:
        """Only take note: what is queued behind this message is heard first."""
        with self.lock:
            if "hello" in content:
                self.renew()
                self.listening = True
                self.tell(hello=content["hello"])
                self.welcome()
            elif "deaf" in content:
                self.deaf = True
            elif content.get("generation") == self.generation.number:
                self._note(**content)
                self._later(TURN)

    def _note(self, want=None, take=None, at=None, slider=0, evicted=None, **_):
        if evicted:
            self.generation.done.difference_update(map(tuple, evicted["records"]))
            self.generation.ledger.forget(evicted["marks"], evicted["chunks"])
        if want is not None:
            self.wish, self.moved = tuple(want), time.perf_counter()
            take, at = slider, want
        if take is not None:
            self.slider = take
            self.row = self._around(tuple(at), take)

    def _around(self, key: Key, slider: int) -> list[Key]:
        """The row of a slider, without what the page has."""
        places = order(key[slider], self.sizes()[slider])
        keys = [(*key[:slider], place, *key[slider + 1 :]) for place in places]
        return [key for key in keys if key not in self.generation.done][:ROW]

    def _later(self, seconds: float) -> None:
        """Go on in this thread's loop, and in no other: the last one that heard."""
        self._turn = turn = object()
        asyncio.get_running_loop().call_later(seconds, self.go_on, turn)

    def go_on(self, turn: object) -> None:
        """The newest wish, or a packet of the row; then others have their turn."""
        with self.lock:
            if turn is not self._turn:
                return
            generation, wish, self.wish = self.generation, self.wish, None
            if wish is not None:
                self._send(generation, [wish])
            elif not self._waits():
                self._send(generation, self.row)
            if self.wish is not None or self.row:
                self._later(PAUSE if self._waits() else TURN)

    def _waits(self) -> bool:
        """Whether the row must: for a cell, or for a hand on a slow figure."""
        moves = time.perf_counter() - self.moved < REST
        return Cells.running or (moves and self.pace > SLOW)

    def _send(self, generation: Generation, keys: list[Key]) -> None:
        """A packet of these; they are taken from the list."""
        begin, generation.used = time.perf_counter(), True
        records, marks, chunks, took, size = [], [], [], 0.0, 0
        while keys and took < PACKET and size < SPACE:
            key = keys.pop(0)
            if key in generation.done:
                continue
            record = self.record(key)
            entry = generation.ledger.add(record.marks, record.points)
            generation.done.add(key)
            said = record.words, record.trouble, record.met
            records.append([list(key), entry.row, *said])
            marks += entry.marks
            chunks += entry.chunks
            took = time.perf_counter() - begin
            size = sum(map(len, chunks))
        if not records:
            return
        self.pace += 0.3 * (took / len(records) - self.pace)
        content = {
            "generation": generation.number,
            "packet": next(generation.packets),
            "slider": self.slider,
            "ms": 1000 * self.pace,
            "records": records,
            "marks": marks,
            "sizes": [len(chunk) for chunk in chunks],
        }
        self.canvas.send(content, buffers=[b"".join(chunks)])


def order(at: int, size: int) -> list[int]:
    """The places around one: the four nearest, every 8th, 4th, 2nd, all."""
    far = [range(1, 5), *(range(step, size, step) for step in (8, 4, 2, 1))]
    places = [at + side * d for distances in far for d in distances for side in (1, -1)]
    return list(dict.fromkeys(place for place in places if 0 <= place < size))


FIGURES: weakref.WeakSet[Ahead] = weakref.WeakSet()


class Cells:
    """What the kernel's cells are doing: while one runs, no row is computed."""

    running = False

    @classmethod
    def begin(cls, *_) -> None:
        cls.running = True

    @classmethod
    def end(cls, *_) -> None:
        """What `compute` uses may have changed."""
        cls.running = False
        for ahead in list(FIGURES):
            if ahead.listening and ahead.generation.used:
                ahead.renew()
                ahead.tell()


if shell := get_ipython():  # none in a plain Python: there no cells run
    shell.events.register("pre_run_cell", Cells.begin)
    shell.events.register("post_run_cell", Cells.end)
