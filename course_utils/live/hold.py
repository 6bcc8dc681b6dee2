"""A start that a hand can take: which sliders it moves, and where it stands.

The page paints a ring on it (hold.js). What it must know is sent once, for each view
that has a ``hold``::

    {panel, sliders: [places among `Canvas.sliders`],
     box: [x, y, width, height] of the axes, in figure pixels, y downwards,
     axes: [[low, high, "linear" or "log"], …], one for each of the sliders,
     curve: None if the second slider is the height; else the curve that the start
            stands on, as points of a record; [] if it moves: the record has it}
"""

import ipywidgets as widgets
import numpy as np

from .picture import Picture
from .recorder import record, rectangle
from .view import View

NAMES = {1: "the name of a slider", 2: "the names of two sliders"}


def held(hold: str | tuple[str, ...] | None, count: int) -> tuple[str, ...]:
    """The names in a view's ``hold``, as many as it has directions."""
    if hold is None:
        return ()
    names = (hold,) if isinstance(hold, str) else hold
    words = isinstance(names, tuple | list) and all(isinstance(n, str) for n in names)
    if not words or not len(names) == len(set(names)) == count:
        raise ValueError(f"hold = {hold!r}: must be {NAMES[count]}")
    return tuple(names)


def holds(picture: Picture, sliders: dict[str, widgets.Widget]) -> list[dict]:
    """What the page must know of every start that can be taken."""
    for view in picture.views:
        _refuse_unknown(view.hold, sliders)
    return [
        {
            "panel": panel,
            "sliders": [list(sliders).index(name) for name in view.hold],
            "box": rectangle(view.ax.bbox, picture.size[1]),
            "axes": [_axis(view, side) for side in "xy"[: len(view.hold)]],
            "curve": _curve(picture, view) if len(view.hold) == 1 else None,
        }
        for panel, view in enumerate(picture.views)
        if view.hold
    ]


def _refuse_unknown(names: tuple[str, ...], sliders: dict[str, widgets.Widget]) -> None:
    for name in names:
        if name not in sliders:
            known = ", ".join(sliders) or "none"
            raise ValueError(f"hold: {name!r} is no slider; the sliders are {known}")
        if not isinstance(sliders[name], widgets.IntSlider | widgets.FloatSlider):
            raise ValueError(f"hold: {name!r} is no slider of numbers")


def _axis(view: View, side: str) -> list:
    scale = getattr(view.ax, f"get_{side}scale")()
    if scale not in ("linear", "log"):
        raise ValueError(f"hold: {side}scale = {scale!r}: must be 'linear' or 'log'")
    return [*map(float, getattr(view.ax, f"get_{side}lim")()), scale]


def _curve(picture: Picture, view: View) -> list[int]:
    if view.moves:
        return []
    _, points = record(picture.figure, [view.ground])
    return np.frombuffer(points, "<i2").tolist()
