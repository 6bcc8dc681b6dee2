"""What every view shares. A view sets up one panel and puts each new result into it.

Every view takes `of`, a function that picks its part of the result (by default all of
it), `note`, a function from the result to a short text above the axes, `key`, whether
the names stand above it, and whatever `Axes.set` takes: xlim, ylim, xlabel, ylabel,
xscale, yscale. Labels are mathematics, so that one figure serves every language.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import cycle

import numpy as np
from contourpy import contour_generator
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.ticker import AutoLocator, MaxNLocator
from matplotlib.transforms import Bbox, TransformedBbox

from ..validation import flag, function, interval
from . import say

# After Okabe and Ito, whose colours the colour-blind can tell apart ("Color universal
# design", 2008): their pink a little bluer, and two dark colours for their orange and
# sky blue, too pale on white. A line style and a marker stand beside each.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#c37cb2", "#6f3d00", "#332288")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)))
MARKERS = "osD^vP"
STILL = "0.4"  # the grey of what does not move: dark, as pale green and pink look grey
PALE = "0.58"  # what lies behind: level lines, and the way that is still to go
GOAL = "#00694e"  # where a goal's number stands: green as the words of the goal are
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
TICKS = 6  # at most, so that their numbers do not touch
IN_A_ROW = 4  # so many names or fewer
FEW = 60  # a longer sequence is drawn without a dot for each member
BESIDE = 0.05  # of the frame: so far outside it a mark is seen whole, not cut in half


class View:
    """One panel of a live figure; the views below say what stands in it."""

    frame: dict = {}  # what Axes.set is told unless the lecture says otherwise
    hold: tuple[str, ...] = ()  # the sliders that a hand moves by a point of it

    def __init__(self, of: Callable | None = None, *, note=None, key=True, **frame):
        self.key = flag("key", key)
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
        own_edges(ax)
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
            self.text.set_text(typeset(self.above(result)))

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
            name: line for name, line in lines.items() if name[:1] not in ("", "_", "…")
        }
        if len(named) > 1 and self.key:
            ax.legend(
                named.values(),
                named.keys(),
                loc="lower center",
                bbox_to_anchor=(0.5, 1.1 if self.above else 1.0),
                ncols=len(named) if len(named) <= IN_A_ROW else 3,
                frameon=False,
                columnspacing=0.6,
                handlelength=1.5,
                handletextpad=0.3,
                borderpad=0,
            )


def typeset(text: str) -> str:
    """Numbers as the prose writes them: 2.62·10⁻¹⁴ for 2.62e-14, −0.5 for -0.5."""
    text = re.sub(r"\b(\d[\d.]*)e([+-]\d+)", _power, text)
    return re.sub(r"(?<![\w)])-(?=[\d.∞])", "−", text)


def _power(said: re.Match) -> str:
    power = "10" + str(int(said[2])).translate(SUPERSCRIPTS)
    return power if said[1] == "1" else f"{said[1]}·{power}"


def own_edges(ax: Axes) -> None:
    """The edges of marks are looked up now, else when drawn, in the user's style."""
    for line in ax.lines:
        line.set_markeredgecolor(line.get_markeredgecolor())


def seen_whole(artist: Artist, ax: Axes, sides: tuple[float, float] = (1, 1)) -> None:
    """A mark on the frame is not cut in half; `sides` says where: in x, in y."""
    x, y = BESIDE * np.array(sides)
    artist.set_clip_box(TransformedBbox(Bbox([[-x, -y], [1 + x, 1 + y]]), ax.transAxes))


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
    """A colour, a line style and a marker for each name; "_R" looks as "R" does."""
    own = [name for name in names if name[:1] != "_" or name[1:] not in names]
    looks = zip(cycle(COLOURS), cycle(DASHES), cycle(MARKERS), strict=False)
    look = dict(zip(own, looks, strict=False))
    for name in names:
        yield name, *look[name if name in look else name[1:]]


def level_lines(
    x: np.ndarray, y: np.ndarray, height: np.ndarray, levels: Iterable[float]
) -> list[np.ndarray]:
    """Where height = level, each as one stroke (n, 2): nan between its pieces."""
    field = contour_generator(x, y, height)  # of one map: it takes as long as a line
    return [_stroke(field.lines(level)) for level in levels]


def _stroke(lines: list[np.ndarray]) -> np.ndarray:
    gap = np.full((1, 2), np.nan)
    pieces = [part for line in lines for part in (line, gap)]
    return np.concatenate(pieces[:-1]) if pieces else np.empty((0, 2))
