"""A descent, walking on the graph of its risk or over the level lines of it."""

from collections.abc import Callable

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from ..risk import Risk
from ..validation import flag, function, sequence
from . import say
from .hold import held
from .view import (
    FEW,
    PALE,
    STILL,
    SUBSCRIPTS,
    View,
    level_lines,
    looks,
    named,
    own_edges,
    same_names,
    seen_whole,
)


class _Paths(View):
    """What the two views of a path share: the walk, its ends, its words.

    Each has a ground that the path walks on, and says how to draw it (`_ground`), how
    to give it its shape (`_shape`), where a path stands on it (`_place`), and how many
    directions it has (`directions`).
    """

    marks = 6, 2.5, 11  # their sizes: of a short walk, of a long one, where it stands
    maps: dict = {}  # by name, where each path has axes of its own

    def __init__(
        self,
        risk: Risk | Callable,
        of: Callable | None = None,
        *,
        hold: str | tuple[str, ...] | None = None,
        thin: tuple[str, ...] = (),
        **frame,
    ):
        super().__init__(of, **frame)
        self.thin = sequence("thin", thin)
        self.hold = held(hold, self.directions)
        self.moves = not isinstance(risk, Risk)
        self.risk = function("risk", risk) if self.moves else lambda _result: risk

    def setup(self, ax: Axes, result) -> list[Artist]:
        if not self.note and len(self._paths(result)) == 1:
            self.above = self._where
        return super().setup(ax, result)

    def draw(self, ax, result):
        self.ground = self._ground(ax)
        self._shape(result)
        return [*([self.ground] if self.moves else []), *self._walks(ax, result)]

    def move(self, result):
        if self.moves:
            self._shape(result)
        for name, path in same_names(self._paths(result), self.walks).items():
            self._walk(name, *self._place(path, result))

    def _paths(self, result) -> dict[str, np.ndarray]:
        return named(self.of(result), "θ")

    def _walks(self, ax: Axes, result) -> list[Artist]:
        """Two moving artists a path: the walk, and a larger mark where it stands."""
        self.walks = {}
        for name, colour, dash, marker in looks(self._paths(result)):
            look = {"ls": dash, "marker": marker, "lw": 1.5, "zorder": 3}
            if name in self.thin:
                look = {"ls": "-", "lw": 1, "zorder": 2}
            place, mark = self.maps.get(name, ax), {"mec": "k", "ms": self.marks[2]}
            walk = place.plot([], [], color=colour, **look)
            last = place.plot([], [], color=colour, marker=marker, zorder=4, **mark)
            seen_whole(last[0], place)
            self.walks[name] = walk + last
        self.legend(ax, {name: walk for name, (walk, _) in self.walks.items()})
        return [line for lines in self.walks.values() for line in lines]

    def _walk(self, name: str, x: np.ndarray, y: np.ndarray) -> None:
        walk, last = self.walks[name]
        walk.set_data(x, y)
        walk.set_markersize(self.marks[0] if len(x) <= FEW else self.marks[1])
        last.set_data(x[-1:], y[-1:])

    def _where(self, result) -> str:
        """θ₂₀ = 0.0288   R = 0.00083"""
        (path,) = self._paths(result).values()
        t = str(len(path) - 1).translate(SUBSCRIPTS)
        if not np.all(np.isfinite(path[-1])):
            return f"θ{t} → ∞"
        theta = ", ".join(f"{z:.3g}" for z in np.ravel(path[-1] + 0.0))
        theta = theta if np.size(path[-1]) == 1 else f"({theta})"
        return f"θ{t} = {theta}    R = {self._risks(path[-1:], result)[0]:.3g}"

    def _risks(self, path: np.ndarray, result) -> np.ndarray:
        with np.errstate(over="ignore", invalid="ignore"):
            return self.risk(result)(path)

    def says(self, result):
        begun = None
        paths = self._paths(result)
        if self.hold:  # the sliders have said where it begins
            yield say.ON, {"risk": self.surface}
        for name, path in paths.items():
            if not self.hold and (begun is None or np.any(path[0] != begun)):
                begun = path[0]
                yield say.OVER, {"risk": self.surface, "start": begun}
            yield self._end(name, path, self._risks(path, result), len(paths) == 1)

    def _end(self, name: str, path, risks, alone: bool) -> tuple[say.Phrase, dict]:
        """Where a path ends, or when it leaves the figure for good."""
        out = ~self._inside(path)
        if out[-1] and not risks[-1] <= risks[0]:
            leaves = len(out) - np.argmin(out[::-1]) if not out.all() else 0
            return say.DIVERGES, {"name": name, "leaves": leaves}
        facts = {"name": name, "end": path[-1]}
        if not alone or self.note:  # a note of the lecture says what it is about
            return say.ENDS, facts
        return say.PATH, {**facts, "steps": len(path) - 1, "smallest": np.nanmin(risks)}

    def _inside(self, path: np.ndarray) -> np.ndarray:
        """Which points of the path stand in the figure."""
        limits = np.array([self.ax.get_xlim(), self.ax.get_ylim()])[: path.shape[-1]]
        with np.errstate(invalid="ignore"):
            inside = (limits[:, 0] <= path) & (path <= limits[:, 1])
        return inside.all(axis=-1)


class PathOnCurve(_Paths):
    """The iterates of a one-parameter descent, walking on the graph of its risk.

    Parameters
    ----------
    risk : Risk or callable
        The curve; a function of the result where the curve itself moves.
    of : callable, optional
        Picks the path, (steps + 1, 1), or a dict of paths by name.
    hold : str, optional
        The slider of the start: a ring on it can be pulled along the curve.
    thin : sequence of str
        The names drawn as thin whole lines, without dots, behind the others.
    """

    directions = 1

    frame = {"xlabel": "θ", "ylabel": "R(θ)", "xlim": (-3, 3)}
    surface = property(lambda self: self.frame["ylabel"])

    def _ground(self, ax):
        self.theta = np.linspace(*self.frame["xlim"], 241)
        return ax.plot([], [], color=STILL, zorder=1)[0]

    def _shape(self, result):
        height = self._risks(self.theta[:, None], result)
        self.ground.set_data(self.theta, height)
        if "ylim" not in self.frame:
            room = 0.05 * np.ptp(height)
            self.frame["ylim"] = height.min() - room, height.max() + room

    def _place(self, path, result):
        return path[:, 0], self._risks(path, result)


class PathOnContours(_Paths):
    """A two-parameter descent over the level lines of its risk.

    Parameters
    ----------
    risk : Risk or callable
        The surface; a function of the result where the surface itself moves.
    of : callable, optional
        Picks the path, (steps + 1, 2), or a dict of paths by name.
    hold : tuple of str, optional
        The two sliders of the start: a ring on it can be pulled.
    thin : sequence of str
        The names drawn as thin whole lines, without dots, behind the others.
    apart : bool
        Each path on a small map of its own, two in a row, under its name; the ring lies
        on the first.
    """

    directions = 2

    frame = {
        "xlabel": "θ₁",
        "ylabel": "θ₂",
        "xlim": (-2, 2),
        "ylim": (-2, 2),
        "aspect": "equal",  # a step of descent is seen to cross at right angles
    }
    surface = property(lambda self: "R({xlabel}, {ylabel})".format(**self.frame))
    levels, points = 14, 81

    def __init__(self, risk, of=None, *, apart=False, **more):
        super().__init__(risk, of, **more)
        self.apart = flag("apart", apart)
        if apart:  # there is less room
            self.levels, self.points, self.marks = 8, 41, (3, 1.5, 7)
            self.key = False

    def setup(self, ax, result):
        if self.apart:
            self.maps = _parted(ax, [*self._paths(result)])
            ax = next(iter(self.maps.values()))
        moving = super().setup(ax, result)
        for name, small in self.maps.items():
            small.set(**self.frame)
            small.set_title(name, fontsize=13, pad=2)
            small.locator_params(nbins=4)
            small.label_outer()
            own_edges(small)
        return moving

    def draw(self, ax, result):
        moving = super().draw(ax, result)
        return [*(self.grounds[1:] if self.moves else []), *moving]

    def _ground(self, ax):
        sides = (
            np.linspace(*self.frame[side], self.points) for side in ("xlim", "ylim")
        )
        self.x, self.y = np.meshgrid(*sides)
        self.grounds = [_level_lines(place) for place in self.maps.values() or [ax]]
        return self.grounds[0]

    def _shape(self, result):
        """Levels that lie closer together near the bottom, where the path ends."""
        height = self._risks(np.stack([self.x, self.y], axis=-1), result)
        low, high = height.min(), height.max()
        levels = low + (high - low) * (np.arange(1, self.levels + 1) / self.levels) ** 3
        lines = level_lines(self.x, self.y, height, levels)
        for ground in self.grounds:
            ground.set_segments(lines)

    def _place(self, path, _result):
        return path.T


def _parted(ax: Axes, names: list[str]) -> dict[str, Axes]:
    """Axes for each name, two in a row, in the place of these."""
    grid = ax.get_subplotspec().subgridspec(-(-len(names) // 2), 2)
    ax.remove()
    maps = grid.subplots(sharex=True, sharey=True, squeeze=False).ravel()
    for spare in maps[len(names) :]:
        spare.remove()
    return dict(zip(names, maps, strict=False))


def _level_lines(ax: Axes) -> LineCollection:
    lines = LineCollection([], colors=PALE, linewidths=1.1, zorder=1)
    return ax.add_collection(lines, autolim=False)
