"""What a reader is sent: every record arrives, every mark and chunk of it only once."""

import json
from collections import Counter
from itertools import count

import numpy as np
import pytest

from course_utils.live import Bars, Curves, Images, live
from course_utils.live.ledger import Entry, Ledger


def wave(c=1.0, steps=3):
    t = np.arange(steps + 1)
    return c * np.sin(t / 3), np.outer(t, c + t)


@pytest.fixture(scope="module")
def sweep() -> list[tuple[list[dict], bytes]]:
    """Records of all kinds of marks; there and back, so that each comes twice."""
    image = Images(lambda r: (r[1][None], ["t"]))
    curve = Curves(lambda r: r[0], ylim=(-3, 3), note=lambda r: f"t = {len(r[0])}")
    bars = Bars(lambda r: r[0][:2])
    figure = live(wave, curve, image, bars, c=(0.0, 2.0, 0.5), steps=(3, 6))
    at = figure.picture.at
    there = [at(c=c, steps=3) for c in np.arange(0, 2.1, 0.5)]
    kinds = {mark["kind"] for marks, _ in there for mark in marks}
    assert kinds == {"path", "stamps", "image"}
    return there + there[::-1]


class Reader:
    """The other side: it counts what it is sent, and looks up what a row names."""

    def __init__(self):
        self.marks, self.chunks = [], []

    def hear(self, entry) -> tuple[list[dict], bytes]:
        """The record that was sent."""
        self.marks += json.loads(json.dumps(entry.marks))
        self.chunks += entry.chunks
        marks = [self.marks[k] for k in entry.row[::2]]
        return marks, b"".join(self.chunks[k] for k in entry.row[1::2])

    def forget(self, row: list[int]) -> None:
        for k, j in zip(row[::2], row[1::2], strict=True):
            self.marks[k] = self.chunks[j] = None


def assert_all_arrives(ledger, records):
    reader = Reader()
    assert [reader.hear(ledger.add(*record)) for record in records] == records


def assert_sent_once(ledger, records):
    entries = [ledger.add(*record) for record in records]
    marks = Counter(json.dumps(mark) for entry in entries for mark in entry.marks)
    chunks = Counter(chunk for entry in entries for chunk in entry.chunks)
    assert set(marks.values()) == set(chunks.values()) == {1}
    assert not any(
        entry.marks or entry.chunks for entry in entries[len(entries) // 2 :]
    )


def assert_sent_again(ledger, records):
    """What the reader let go, and nothing else; then all arrives as it was."""
    reader = Reader()
    entries = [ledger.add(*record) for record in records]
    [reader.hear(entry) for entry in entries]
    gone = entries[0].row
    ledger.forget(marks=gone[::2], chunks=gone[1::2])
    reader.forget(gone)
    again = ledger.add(*records[0])
    assert len(again.marks) == len(set(gone[::2]))
    assert len(again.chunks) == len(set(gone[1::2]))
    assert reader.hear(again) == records[0]
    assert ledger.add(*records[0]) == (again.row, [], [])
    assert [reader.hear(ledger.add(*record)) for record in records] == records


PROMISES = [assert_all_arrives, assert_sent_once, assert_sent_again]


@pytest.mark.parametrize("promise", PROMISES)
def test_a_ledger_keeps_its_promise(promise, sweep):
    promise(Ledger(), sweep)


def test_a_record_without_marks_has_an_empty_row():
    assert Ledger().add([], b"") == ([], [], [])


# Planted mistakes


class OffByOne(Ledger):
    def add(self, marks, points):
        cut = [{**mark, "length": mark["length"] - 1} for mark in marks]
        row, _, chunks = super().add(cut, points)
        return Entry(row, marks, chunks)


class Forgetful(Ledger):
    """All is sent each time, under the numbers that it has."""

    def add(self, marks, points):
        row, _, _ = super().add(marks, points)
        whole = Ledger().add(marks, points)
        return Entry(row, whole.marks, whole.chunks)


class Stubborn(Ledger):
    def forget(self, marks=(), chunks=()):
        pass


class Reusing(Ledger):
    """A new number is how many are known: after a loss one that another has."""

    def forget(self, marks=(), chunks=()):
        super().forget(marks, chunks)
        for numbers in (self._marks, self._chunks):
            numbers.next = count(len(numbers.known))


@pytest.mark.parametrize(
    ("wrong", "promise"),
    [
        (OffByOne, assert_all_arrives),
        (Forgetful, assert_all_arrives),
        (Forgetful, assert_sent_once),
        (Stubborn, assert_sent_again),
        (Reusing, assert_sent_again),
    ],
)
def test_a_planted_mistake_is_seen(wrong, promise, sweep):
    with pytest.raises((AssertionError, IndexError, TypeError)):
        promise(wrong(), sweep)
