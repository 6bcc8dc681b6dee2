"""What a reader of records has been sent: each mark and each chunk of points once.

Most marks and many chunks (letters, a curve that stands) come again and again. So a
record is a row of their numbers, and only what the reader has not yet is sent along.
"""

import json
from collections.abc import Collection
from itertools import count
from typing import NamedTuple


class Entry(NamedTuple):
    """A record as it is sent."""

    row: list[int]  # mark, chunk, mark, chunk, …
    marks: list[dict]  # those that are new
    chunks: list[bytes]  # those that are new: little-endian int16


class Ledger:
    """The marks and chunks that one reader has, by number.

    Both are counted as they are sent, 0, 1, 2, …; no number is given twice.
    """

    def __init__(self):
        self._marks, self._chunks = _Numbers(), _Numbers()

    def add(self, marks: list[dict], points: bytes) -> Entry:
        """Enter a record, as `recorder.record` gives it."""
        entry, at = Entry([], [], []), 0
        for mark in marks:
            end = at + 2 * mark["length"]  # an int16 is two bytes
            chunk, at = points[at:end], end
            entry.row.append(self._marks.of(json.dumps(mark), mark, entry.marks))
            entry.row.append(self._chunks.of(chunk, chunk, entry.chunks))
        return entry

    def forget(self, marks: Collection = (), chunks: Collection = ()) -> None:
        """The reader let these go: when they come again they are new."""
        self._marks.forget(marks)
        self._chunks.forget(chunks)


class _Numbers:
    """A number for each key, in the order of their first use."""

    def __init__(self):
        self.known, self.next = {}, count()

    def of(self, key, thing, new: list) -> int:
        """The key's number; if it had none, its thing is one of the new ones."""
        if key not in self.known:
            self.known[key] = next(self.next)
            new.append(thing)
        return self.known[key]

    def forget(self, gone: Collection) -> None:
        self.known = {key: n for key, n in self.known.items() if n not in gone}
