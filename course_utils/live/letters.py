"""Letters as paths, so that the page needs no font.

A text above a figure has new numbers at each place of a slider, and to lay out a text
takes Matplotlib as long as all the rest of a record. But digits are set one beside the
other without kerning: each digit and each piece between digits is laid out once.
"""

import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

SIZE = text_to_path.FONT_SCALE  # all lengths below are for letters of this size
PIECES = re.compile(r"\d|\D+")


class Letters(NamedTuple):
    """A text laid out: its outlines and how much room they take."""

    vertices: np.ndarray  # (n, 2), the baseline at y = 0
    codes: np.ndarray
    width: float
    height: float  # with the descent
    descent: float  # below the baseline

    @property
    def path(self) -> Path:
        return Path(self.vertices, self.codes)


@lru_cache(maxsize=512)
def letters(s: str, font: FontProperties, ismath=False) -> Letters:
    """The letters of a text; a formula is laid out as a whole."""
    if ismath:
        return _laid_out(s, font, ismath)
    pieces = [_laid_out(piece, font, False) for piece in PIECES.findall(s)]
    vertices, codes, widths, heights, descents = zip(*pieces, strict=True)
    starts = np.cumsum([0, *widths[:-1]])
    moved = [place + [x, 0] for place, x in zip(vertices, starts, strict=True)]
    above = max(h - d for h, d in zip(heights, descents, strict=True))
    below = max(descents)
    return Letters(
        np.concatenate(moved), np.concatenate(codes), sum(widths), above + below, below
    )


@lru_cache(maxsize=512)
def _laid_out(s: str, font: FontProperties, ismath) -> Letters:
    """As Matplotlib does it."""
    vertices, codes = text_to_path.get_text_path(font, s, ismath=ismath)
    large = font.copy()
    large.set_size(SIZE)
    room = text_to_path.get_text_width_height_descent(s, large, ismath)
    return Letters(np.reshape(vertices, (-1, 2)), np.asarray(codes, int), *room)
