"""A reader of records, apart from recorder.py: each mark and its parts of the array."""

import base64
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from support.course import executed

# By kind, how many numbers each of the things has that a mark counts in `n`: points
# have two, colours one.
WIDTHS = {"path": [2], "stamps": [2, 2, 1], "image": [2, 1]}


def read(marks: list[dict], units: np.ndarray) -> Iterator[tuple[dict, list]]:
    """Each mark with its parts of the array, one for each of its `n`: no copies."""
    for mark in marks:
        chunk, units = np.split(units, [mark["length"]])
        parts = []
        for n, width in zip(mark["n"], WIDTHS[mark["kind"]], strict=False):
            part, chunk = np.split(chunk, [n * width])
            parts.append(part.reshape(n, width))
        assert not len(chunk), "a mark is longer than what it counts"
        yield mark, parts
    assert not len(units), "the marks do not say what the whole array is for"


def stand(mark: dict, parts: list[np.ndarray]) -> np.ndarray:
    """Where a mark stands, (n, 2): the places of a stamp, not its shape."""
    return parts[1] if mark["kind"] == "stamps" else parts[0]


def unpacked(text: str) -> tuple[dict, np.ndarray]:
    """What figures.js reads of a page: the JSON, and the int16 behind it."""
    whole = gzip.decompress(base64.b64decode(text))
    n = int.from_bytes(whole[:4], "little")
    return json.loads(whole[4 : 4 + n]), np.frombuffer(whole[4 + n :], "<i2")


def packed(site: Path, language: str, lecture: str) -> dict[str, str]:
    """What a page has of each of its figures, by the name of its cell."""
    page = (site / language / f"{lecture}.html").read_text("utf-8")
    texts = re.findall('<script type="text/plain">(.*?)</script>', page)
    return dict(zip(executed(lecture).figures, texts, strict=True))
