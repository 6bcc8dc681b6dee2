"""The grid of a page's figure: the values of its sliders, and which vary together.

Which sliders move, and in which steps, the cell of the figure says in its metadata::

    grid:
      eta: 0.05                        # every multiple of 0.05, the ends, the default
      kappa: [1, 4, [10, 50, 10]]      # these, 10 to 50 by 10, and the default
      together: [[eta, steps], [eta, kappa]]     # what varies at the same time

A slider without an entry has all of its values, unless `together` leaves it out: it
then stays at its default, and the page says so. Without `grid` all sliders vary.
"""

import math
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import ipywidgets as widgets

from course_utils.live import Live
from course_utils.live.ahead import Key
from course_utils.live.sliders import choices, labels, letter, said, walks

MOST = 20_000  # points of one figure: more would not fit a page, and take minutes


class Control(NamedTuple):
    """A slider as a person sees it."""

    name: str
    letter: str
    kind: str  # range, select or check
    texts: list[str]  # its values, as they are read
    stops: list[int]  # where they stand among all that it has in Jupyter
    most: int  # the last of those places
    start: int  # the place of its default among them
    walks: bool  # whether it has a ▶


class Grid:
    """The points that a page has of a figure.

    Parameters
    ----------
    figure : Live
        It stands at its defaults, and is not moved.
    wanted : dict
        What the cell's metadata says; see the top of this file.

    Attributes
    ----------
    home : dict
        The point where the figure stands.
    values : dict of list
        Of each slider that moves.
    together : list of list of str
        Groups of sliders that vary at the same time; the others are then at home.
    controls : list of Control
        Of each slider that moves.
    fixed : dict of str
        Where the others stand, by letter.
    choices : dict of list
        Of each slider, all that it has in Jupyter.
    """

    def __init__(self, figure: Live, wanted: dict):
        steps = {name: step for name, step in wanted.items() if name != "together"}
        together = wanted.get("together", [list(figure.sliders)])
        moving = [name for group in together for name in group]
        for name in [*steps, *moving]:
            if name not in figure.sliders:
                allowed = ", ".join(figure.sliders)
                raise SystemExit(f"grid: {name}: the sliders are {allowed}")
        self.home, self.values, self.controls, self.fixed = figure.values, {}, [], {}
        self.choices = {
            name: choices(slider) for name, slider in figure.sliders.items()
        }
        for name, slider in figure.sliders.items():
            if name in moving:
                values = values_of(name, slider, steps.get(name))
                start = values.index(self.home[name])
                self.values[name] = values
                self.controls += [_control(name, slider, values, start)]
            else:
                self.fixed[letter(name)] = said(slider)
        self.together = [[n for n in self.values if n in group] for group in together]
        if len(self) > MOST:
            counts = " · ".join(f"{n}: {len(z)} values" for n, z in self.values.items())
            raise SystemExit(f"grid: {len(self)} points, at most {MOST} ({counts})")

    def __len__(self) -> int:
        return sum(
            math.prod(len(self.values[name]) for name in group)
            for group in self.together
        )

    def points(self) -> Iterator[dict]:
        """Every point of every group; the last slider of a group varies fastest."""
        for group in self.together:
            for values in product(*(self.values[name] for name in group)):
                yield {**self.home, **dict(zip(group, values, strict=True))}

    def keys(self) -> Iterator[Key]:
        """The same, as places among all the values that each slider has."""
        for point in self.points():
            yield tuple(self.choices[name].index(z) for name, z in point.items())

    def about(self) -> dict:
        """How the page finds the record of a point: by places among the values."""
        names = list(self.values)
        return {
            "counts": [len(values) for values in self.values.values()],
            "starts": [control.start for control in self.controls],
            "together": [[names.index(name) for name in g] for g in self.together],
        }

    def held(self, holds: list[dict]) -> list[dict]:
        """The starts that a hand can take: those whose sliders vary together here."""
        moving, here = list(self.values), []
        for hold in holds:
            names = [list(self.home)[place] for place in hold["sliders"]]
            if any(set(names) <= set(group) for group in self.together):
                places = [moving.index(name) for name in names]
                here.append({**hold, "sliders": places})
        return here


def _control(name: str, slider, values: list, start: int) -> Control:
    kind = "range"
    if isinstance(slider, widgets.Dropdown):
        kind, texts = "select", labels(slider)
    elif isinstance(slider, widgets.Checkbox):
        kind, texts = "check", ["", ""]
    elif isinstance(slider, widgets.FloatSlider):
        texts = [format(value, slider.readout_format) for value in values]
    else:
        texts = [str(value) for value in values]
    everything = choices(slider)
    stops = [everything.index(value) for value in values]
    most, walking = len(everything) - 1, walks(name, slider)
    return Control(name, letter(name), kind, texts, stops, most, start, walking)


def values_of(name: str, slider, wanted) -> list:
    """The values of one slider that a page has; see the top of this file."""
    everything = choices(slider)
    if wanted is None:
        return everything
    if not isinstance(slider, widgets.IntSlider | widgets.FloatSlider):
        raise SystemExit(f"grid: {name}: only a slider of numbers has a grid")
    numbers = [*_numbers(name, everything[0], everything[-1], wanted), slider.value]
    places = {_place(name, everything, z) for z in numbers}
    return [everything[place] for place in sorted(places)]


def _numbers(name: str, low: float, high: float, wanted) -> Iterator[float]:
    """What is wanted of a slider, number by number."""
    if not isinstance(wanted, list):
        if not wanted > 0:
            raise SystemExit(f"grid: {name} = {wanted}: a step is a positive number")
        first = math.ceil(low / wanted - 1e-9) * wanted
        yield from (low, *_multiples(first, high, wanted), high)
        return
    for part in wanted:
        span = part if isinstance(part, list) else [part, part, 1]
        if len(span) != 3 or not span[2] > 0:
            raise SystemExit(f"grid: {name} = {span}: a span is low, high, step")
        yield from _multiples(*span)


def _multiples(low: float, high: float, step: float) -> list[float]:
    count = math.floor((high - low) / step + 1e-9)
    return [low + step * place for place in range(count + 1)]


def _place(name: str, values: list, z: float) -> int:
    """Where z stands among the slider's values."""
    place = min(range(len(values)), key=lambda place: abs(values[place] - z))
    if not math.isclose(values[place], z, rel_tol=1e-9, abs_tol=1e-9):
        raise SystemExit(f"grid: {name} = {z:g} is no value of its slider")
    return place
