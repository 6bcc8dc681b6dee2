"""What every view shares. A view sets up one panel and puts each new result into it.

Every view takes `of`, a function that picks its part of the result (by default all of
it), `note`, a function from the result to a short text above the axes, and whatever
`Axes.set` takes: xlim, ylim, xlabel, ylabel, xscale, yscale. Labels are mathematics,
so that one figure serves every language.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice

import numpy as np
from contourpy import contour_generator
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.ticker import AutoLocator, MaxNLocator

from ..validation import function, interval
from . import say

# After Okabe and Ito, whose colours the colour-blind can tell apart ("Color universal
# design", 2008): their pink a little bluer, and two dark colours for their orange and
# sky blue, too pale on white. A line style and a marker stand beside each.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#c37cb2", "#6f3d00", "#332288")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)))
MARKERS = "osD^vP"
STILL = "0.4"  # the grey of what does not move: dark, as pale green and pink look grey
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
TICKS = 6  # at most, so that their numbers do not touch
FEW = 60  # a longer sequence is drawn without a dot for each member


class View:
    """One panel of a live figure; the views below say what stands in it."""

    frame: dict = {}  # what Axes.set is told unless the lecture says otherwise
    hold: tuple[str, ...] = ()  # the sliders that a hand moves by a point of it

    def __init__(self, of: Callable | None = None, *, note=None, **frame):
        self.of = (lambda result: result) if of is None else function("of", of)
        self.note = None if note is None else function("note", note)
        self.above = self.note  # a view may write there what the lecture does not
        self.frame = {**type(self).frame, **frame}
        for side in self.frame.keys() & {"xlim", "ylim"}:
            interval(side, self.frame[side])

    def setup(self, ax: Axes, result) -> list[Artist]:
        """Draw the still parts and return the moving artists, up to date."""
        self.ax, self.frame = ax, dict(self.frame)  # a copy has its own limits
        moving = self.draw(ax, result)
        ax.set(**self.frame)
        for line in ax.lines:  # else looked up when drawn, in the user's style
            line.set_markeredgecolor(line.get_markeredgecolor())
        ax.autoscale(False)  # the frame stands still, the curve moves
        for axis in (ax.xaxis, ax.yaxis):
            if isinstance(axis.get_major_locator(), AutoLocator):  # none of its own
                whole = axis.get_label_text() == "t"
                axis.set_major_locator(
                    MaxNLocator(TICKS, steps=[1, 2, 5, 10], integer=whole)
                )
        if self.above:
            ax.set_title(" ")  # keeps room for it
            self.text = ax.text(
                0.5, 1.02, "", transform=ax.transAxes, ha="center", va="bottom", size=14
            )
            moving = [*moving, self.text]
        self.update(result)
        return moving

    def update(self, result) -> None:
        """Put a new result into the moving artists."""
        self.move(result)
        if self.above:
            self.text.set_text(self.above(result))

    def draw(self, ax: Axes, result) -> list[Artist]:
        """The still parts; returns the artists that `move` changes."""
        raise NotImplementedError

    def move(self, result) -> None:
        """Set the data of the moving artists."""
        raise NotImplementedError

    def says(self, result) -> Iterator[tuple[say.Phrase, dict]]:
        """What a listener should know: phrases of say.py and their values."""
        raise NotImplementedError

    def facts(self, result) -> Iterator[tuple[say.Phrase, dict]]:
        """What `says` says, and the lecture's note."""
        yield from self.says(result)
        if self.note:
            yield say.NOTE, {"note": " ".join(self.note(result).split())}

    def legend(self, ax: Axes, lines: dict) -> None:
        """Names above the axes, where no curve can run into them."""
        named = {
            name: line for name, line in lines.items() if name[:1] not in ("", "_")
        }
        if len(named) > 1:
            ax.legend(
                named.values(),
                named.keys(),
                loc="lower center",
                bbox_to_anchor=(0.5, 1.1 if self.above else 1.0),
                ncols=min(len(named), 3),
                frameon=False,
                columnspacing=1.2,
                handlelength=1.8,
            )


@contextmanager
def showing(view, result) -> Iterator[None]:
    """What goes wrong inside is an error that names the view and the result."""
    try:
        yield
    except Warning:  # where warnings are errors, it stays one
        raise
    except Exception as problem:
        what = f"{type(view).__name__}: cannot show {result!r:.80}"
        raise ValueError(f"{what}: {type(problem).__name__}: {problem}") from problem


def named(part, name: str) -> dict:
    return part if isinstance(part, dict) else {name: part}


def same_names(part: dict, names: dict) -> dict:
    """The names are those that the figure opened with: none comes and none goes."""
    if part.keys() != names.keys():
        said, opened = (", ".join(map(repr, keys)) for keys in (part, names))
        raise ValueError(f"the result names {said}; the figure opened with {opened}")
    return part


def looks(names: dict) -> Iterator[tuple]:
    """A colour, a line style and a marker for each name."""
    looks = zip(cycle(COLOURS), cycle(DASHES), cycle(MARKERS), strict=False)
    for name, look in zip(names, islice(looks, len(names)), strict=True):
        yield name, *look


def ink(colour) -> str:
    """White or black letters, whichever is easier to read on this colour."""
    luminance = np.power(to_rgb(colour), 2.2) @ (0.2126, 0.7152, 0.0722)
    return "w" if luminance < 0.18 else "k"  # there, both have the same contrast


def level_line(x: np.ndarray, y: np.ndarray, height: np.ndarray, level: float):
    """Where height = level, as one stroke (n, 2) with gaps of nan between pieces."""
    gap = np.full((1, 2), np.nan)
    lines = contour_generator(x, y, height).lines(level)
    pieces = [part for line in lines for part in (line, gap)]
    return np.concatenate(pieces[:-1]) if pieces else np.empty((0, 2))
