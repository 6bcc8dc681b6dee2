"""Numbers against numbers: curves, and bars."""

import numpy as np

from ..validation import flag, number, real, sequence
from . import say
from .view import (
    COLOURS,
    FEW,
    GOAL,
    PALE,
    STILL,
    View,
    looks,
    named,
    same_names,
    seen_whole,
    typeset,
)

# Of more curves than these, a listener hears only where each ends, or lies.
SAID = 3
UP_AND_DOWN = say.DIP, say.PEAK, say.WAVERS_UP, say.WAVERS_DOWN, say.WANDERS
SHORTER = dict.fromkeys([say.RISES, say.FALLS, *UP_AND_DOWN], say.ENDS)
SHORTER[say.DOTS] = say.CLOUD
# Sizes of loose points, of a handful, of a few, of many.
HANDFUL = 6
LARGE, USUAL, SMALL = 9, 6, 3


class Curves(View):
    """Sequences and functions by name, each a line.

    An array is a sequence: its member t stands at t, and a short one has a dot for
    each. A pair (x, y) is the graph of a function, or of a single point. A name that
    begins with "_" is kept out of the legend and out of the words.

    Parameters
    ----------
    of : callable, optional
        Picks a dict by name, or one sequence or pair alone.
    still : dict, optional
        Curves that do not move, drawn once in grey behind the others; each carries its
        name where it leaves the figure.
    at : dict, optional
        The x at which a still curve carries its name instead.
    below : sequence of str
        The still curves whose names stand under them: another runs close above.
    dots : sequence of str
        The names drawn as loose points instead of a line.
    signs : sequence of str
        The names of points that are drawn as these letters themselves: ✓, ✗.
    thin : sequence of str
        The names drawn as thin whole lines, without dots: noise has dashes of its own.
        Loose points are small.
    thick : sequence of str
        The names drawn broad and behind the others, which lie on it.
    ghosts : sequence of str
        The names drawn thin and pale behind the others, and kept out of the words: the
        way that is still to go. One that begins with "…" is not in the legend either.
    goal : float, optional
        The number of y that a goal asks for: a green line.
    """

    frame = {"xlabel": "t"}

    def __init__(
        self,
        of=None,
        *,
        still=None,
        at=None,
        below=(),
        dots=(),
        signs=(),
        thin=(),
        thick=(),
        ghosts=(),
        goal=None,
        **frame,
    ):
        super().__init__(of, **frame)
        if not isinstance(still, dict | None):
            raise ValueError(f"still = {still!r}: must be a dict of curves by name")
        self.still, self.below = still or {}, sequence("below", below)
        self.dots, self.signs = sequence("dots", dots), sequence("signs", signs)
        self.thin, self.thick = sequence("thin", thin), sequence("thick", thick)
        self.ghosts = sequence("ghosts", ghosts)
        self.goal = None if goal is None else number("goal", goal)
        self.at = {name: number(f"at[{name!r}]", x) for name, x in (at or {}).items()}
        if self.at.keys() - self.still.keys():
            raise ValueError(f"at = {at!r}: must name curves of still: {[*self.still]}")
        for curve in self.still.values():
            _graph(curve, "still")

    def draw(self, ax, result):
        curves = named(self.of(result), "")
        self._draw_the_still(ax)
        self.lines, self.bare = {}, set()
        for name, colour, dash, marker in looks(curves):
            (self.lines[name],) = ax.plot([], [], color=colour, ls=dash, zorder=3)
            self._shape(ax, name, curves[name], marker)
        self._fit([_graph(curve) for curve in [*curves.values(), *self.still.values()]])
        self._name_the_still(ax)
        if self.goal is not None:
            self._draw_the_goal(ax)
        lines = self.lines.items()
        self.legend(ax, {name: line for name, line in lines if name not in self.signs})
        return list(self.lines.values())

    def _draw_the_still(self, ax):
        for name, _colour, dash, _marker in looks(self.still):
            x, y = _graph(self.still[name])
            dots = {"ls": "", "marker": ".", "ms": SMALL if len(x) > FEW else USUAL}
            look = dots if name in self.dots else {"ls": dash}
            ax.plot(x, y, color=STILL, **look)

    def _shape(self, ax, name, curve, marker):
        """What a curve is drawn as: a sign, a point, loose points, a line."""
        line, n = self.lines[name], len(_graph(curve)[0])
        if name in self.signs:
            line.set(ls="", marker=f"${name}$", markersize=12, color="k", mec="none")
            seen_whole(line, ax)
        elif n == 1:
            line.set(ls="", marker=marker, markersize=11, mec="k", zorder=4)
            seen_whole(line, ax)
        elif name in self.dots:
            self._loosen(line, name, marker, n)
            seen_whole(line, ax)
        elif name in self.ghosts:
            line.set(ls="-", lw=1)
        elif name in self.thin:
            line.set(ls="-", lw=1, zorder=2.5)
        elif name in self.thick:
            line.set(ls="-", lw=6, zorder=2.5)
        elif np.ndim(curve) == 1 and n <= FEW:
            line.set(marker=marker, markersize=5)
            seen_whole(line, ax, (1, 0))  # the first and the last
        else:
            self.bare.add(name)
        if name in self.ghosts:
            line.set(color=PALE, zorder=2)

    def _loosen(self, line, name, marker, n):
        """Loose points: a handful is seen among many."""
        small = name in self.thin or n > FEW
        size = SMALL if small else USUAL if n > HANDFUL else LARGE
        shape = "o" if name in self.ghosts else marker
        line.set(ls="", marker=shape, markersize=size)

    def _name_the_still(self, ax):
        """Each name on its line: at its last point in the frame, or where told."""
        for name, curve in self.still.items():
            x, y = _inside(*_graph(curve), self.frame["xlim"], self.frame["ylim"])
            if name[:1] in ("", "_") or not len(x):
                continue
            k = np.argmin(abs(x - self.at.get(name, x.max())))
            beside = "left" if y[-1] < y[0] else "center"  # it is above what falls
            side = beside if name in self.at else "right"
            va = "top" if name in self.below else "bottom"
            _label(ax, typeset(name), (x[k], y[k]), STILL, side, va)

    def _draw_the_goal(self, ax):
        ax.axhline(self.goal, color=GOAL, lw=1.2, zorder=1)
        small = 0 < abs(self.goal) < 0.01
        powers = np.format_float_scientific(self.goal, trim="-")
        said = powers if small else f"{self.goal:g}"
        place = self.frame["xlim"][1], self.goal
        _label(ax, typeset(f" {said}"), place, GOAL, "left", va="center")

    def _fit(self, drawn):
        """The first result sets the limits that the lecture did not give."""
        for side, data in zip("xy", zip(*drawn, strict=True), strict=True):
            log = self.frame.get(f"{side}scale") == "log"
            room = 0.05 if side == "y" else 0
            limits = _limits(np.concatenate(data), room, log)
            self.frame.setdefault(f"{side}lim", limits)

    def move(self, result):
        curves = same_names(named(self.of(result), ""), self.lines)
        for name, curve in curves.items():
            x, y = _graph(curve)
            self.lines[name].set_data(x, y)
            if name in self.bare:  # of one point, at t = 0 say, no line can be seen
                self.lines[name].set_marker("o" if len(x) == 1 else "None")

    def says(self, result):
        curves = {
            name: curve
            for name, curve in named(self.of(result), "").items()
            if not (name.startswith("_") or name in self.ghosts)
        }
        x, y = self.frame["xlabel"], self.frame.get("ylabel", "")
        places = {"x": x, "y": y or "y"}
        if curves:
            own = y and not {"", y} & curves.keys()  # a name of its own
            yield (say.WITHIN if own else say.AGAINST), places
        for name, curve in curves.items():
            phrase, facts = _course(*_graph(curve), loose=name in self.dots)
            if len(curves) > SAID:
                phrase = SHORTER.get(phrase, phrase)
            yield phrase, {"name": name or places["y"], **places, **facts}
        still = [name for name in self.still if name[:1] not in ("", "_")]
        if still:
            yield say.GREY, {"names": ", ".join(still)}


# Under letters in a bar: paper, to be read whatever a page does to colours.
PLATE = {"facecolor": "w", "edgecolor": "none", "pad": 1}


class Bars(View):
    """Heights by name, side by side or one on top of the other.

    Parameters
    ----------
    of : callable, optional
        Picks the heights: an array (n,), or a dict of such arrays by name.
    names : sequence of str, optional
        What stands under each of the n places, in one line or two; without it
        1, 2, …, n.
    stacked : bool
        Pile the heights of one place up instead of standing them side by side.
    """

    frame = {"xlabel": ""}
    labelled = 8  # so many bars or fewer carry their number
    least = 0.08  # of the frame: in a part of a pile that is thinner it has no room

    def __init__(self, of=None, names=None, *, stacked=False, **frame):
        super().__init__(of, **frame)
        self.names = None if names is None else sequence("names", names)
        self.stacked = flag("stacked", stacked)

    def draw(self, ax, result):
        heights = named(self.of(result), "")
        n, groups = len(next(iter(heights.values()))), len(heights)
        if self.names is not None and len(self.names) != n:
            raise ValueError(f"names = {self.names}: must be {n} of them")
        piles = np.array([real("heights", part) for part in heights.values()])
        tops = piles.sum(axis=0) if self.stacked else piles
        self.frame.setdefault("ylim", _limits(np.append(tops, 0), 0.1, log=False))
        self.places = np.arange(1, n + 1)
        self.width = 0.8 if self.stacked else 0.8 / groups
        self.bars, self.numbers = {}, {}
        for k, name in enumerate(heights):
            left = 0 if self.stacked else (k - (groups - 1) / 2) * self.width
            x, look = self.places + left, {"color": COLOURS[k], "edgecolor": "k"}
            self.bars[name] = ax.bar(x, np.ones(n), self.width, **look)
            few = n * groups <= self.labelled
            plate = PLATE if self.stacked else None  # in a bar, or above it
            self.numbers[name] = [
                ax.text(place, 0, "", ha="center", size=12, bbox=plate)
                for place in x
                if few
            ]
        if self.names is not None or n <= 12:
            ax.set_xticks(self.places, self.names or self.places)
        if not self.stacked:
            ax.axhline(0, color="k", lw=0.8)
        self.legend(ax, self.bars)
        numbers = [text for texts in self.numbers.values() for text in texts]
        return [bar for bars in self.bars.values() for bar in bars] + numbers

    def move(self, result):
        bottom = np.zeros(len(self.places))
        least = self.least * np.ptp(self.ax.get_ylim()) * self.stacked
        for name, heights in same_names(named(self.of(result), ""), self.bars).items():
            for bar, low, height in zip(self.bars[name], bottom, heights, strict=True):
                bar.set(y=low, height=height)
            for text, low, height in zip(self.numbers[name], bottom, heights):  # noqa: B905
                above = height > 0 and not self.stacked
                text.set(y=low + (height / 2 if self.stacked else height))
                text.set(va="bottom" if above else "center" if self.stacked else "top")
                fits = abs(height) >= least
                text.set_text(typeset(f"{height:.3g}") if fits else "")
            bottom += np.asarray(heights) * self.stacked

    def says(self, result):
        groups = named(self.of(result), "")
        n = len(self.places)
        names = range(1, n + 1)
        if self.names is not None:
            names = [" ".join(str(name).split()) for name in self.names]
        few = n * len(groups) <= self.labelled
        listed = names if few else (names[0], "…", names[-1])
        yield say.BARS, {"names": ", ".join(map(str, listed))}
        for name, heights in groups.items():
            said = {"name": name or self.frame.get("ylabel", "")}
            if few:
                yield say.HEIGHTS, {**said, "values": list(heights)}
                continue
            low, high = np.argmin(heights), np.argmax(heights)
            said |= {"low": heights[low], "lowest": names[low]}
            yield say.MANY, {**said, "high": heights[high], "highest": names[high]}


def marked(curves: dict, x: float) -> dict:
    """Curves by name, and on each a mark where it is at x.

    Parameters
    ----------
    curves : dict of (x, y)
        Graphs for `Curves`, each x increasing.
    x : float
        Where the slider stands. Between two points of a curve its mark lies on the line
        that joins them.

    Returns
    -------
    dict
        The curves, and the marks under their names with a "_" before: kept out of the
        legend and out of the words.
    """
    x, marks = number("x", x), {}
    for name, curve in curves.items():
        along, heights = _graph(curve, name)
        if np.any(np.diff(along) <= 0):
            raise ValueError(f"{name}: its x must increase")
        marks[f"_{name}"] = x, float(np.interp(x, along, heights))
    return curves | marks


def _limits(data: np.ndarray, room: float, log: bool) -> tuple[float, float]:
    """Smallest and largest, with some room; a flat line gets some too."""
    data = data[np.isfinite(data)]
    if log:
        data = np.log10(data[data > 0])
    low, high = (data.min(), data.max()) if len(data) else (0.0, 1.0)
    room = room * (high - low) if low < high else 0.5
    return (
        (10 ** (low - room), 10 ** (high + room)) if log else (low - room, high + room)
    )


def _graph(curve, name="curve") -> tuple[np.ndarray, np.ndarray]:
    """(x, y) of a pair, or of a sequence over t = 0, 1, 2, …"""
    if isinstance(curve, tuple) and len(curve) == 2:
        x, y = (np.atleast_1d(real(name, side)) for side in curve)
    else:
        y = real(name, curve)
        x = np.arange(y.size, dtype=float)
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError(f"{name} of shapes {x.shape} and {y.shape}: must be (n,) both")
    return x, y


def _inside(x, y, xlim, ylim) -> tuple[np.ndarray, np.ndarray]:
    """The points of a graph that stand in the frame."""
    (left, right), (low, high) = sorted(xlim), sorted(ylim)
    kept = (left <= x) & (x <= right) & (low <= y) & (y <= high)
    return x[kept], y[kept]


def _label(ax, text: str, place: tuple, colour, side: str, va: str = "bottom") -> None:
    """A name or a number, right above a point of its line, under it, or beside it."""
    look = {"color": colour, "size": 12, "ha": side, "va": va, "zorder": 2}
    up = {"bottom": 2, "top": -3, "center": 0}[va]
    ax.annotate(text, place, (0, up), textcoords="offset points", **look)


def _course(x: np.ndarray, y: np.ndarray, loose: bool) -> tuple[say.Phrase, dict]:
    """How a graph runs: in which words, and its numbers."""
    kept = np.isfinite(x) & np.isfinite(y)
    if not kept.any():
        return say.NOTHING, {}
    if len(y) == 1:
        return say.POINT, {"value": (x[0], y[0])}
    gone, x, y = not kept[-1], x[kept], y[kept]
    left, right, low, high = x.min(), x.max(), y.min(), y.max()
    box = {"left": left, "right": right, "low": low, "high": high}
    if loose:
        return say.DOTS, {"n": len(y), "middle": (np.mean(x), np.mean(y)), **box}
    if np.any(np.diff(x) < 0):  # no function of x
        ends = {"start": (x[0], y[0]), "end": (x[-1], y[-1])}
        closed = not kept.all() or np.allclose(ends["start"], ends["end"])
        return (say.OUTLINE if closed else say.CURVE), {**ends, **box}
    if gone:
        return say.ENDLESS, {"start": y[0], "low": low}
    return _shape(x, y)


def _shape(x: np.ndarray, y: np.ndarray) -> tuple[say.Phrase, dict]:
    """Level, one way, with one turn, or neither; a rounding error is no turn."""
    steps = np.diff(y)
    steps[abs(steps) <= 1e-9 * abs(y).max()] = 0
    facts = {"start": y[0], "end": y[-1], "low": y.min(), "high": y.max()}
    if not steps.any():
        return say.LEVEL, facts
    ways = steps[steps != 0] > 0
    turns = np.flatnonzero(np.diff(ways))
    if not len(turns):
        return (say.RISES if ways[0] else say.FALLS), facts
    at = np.argmax(y) if ways[0] else np.argmin(y)
    if len(turns) == 1:
        return (say.PEAK if ways[0] else say.DIP), {**facts, "turn": y[at], "at": x[at]}
    if {y[0], y[-1]} == {y.min(), y.max()}:
        return (say.WAVERS_UP if y[0] < y[-1] else say.WAVERS_DOWN), facts
    return say.WANDERS, facts
