"""`live`: sliders → compute → views → picture, fast enough to follow the hand.

The still parts of a figure are painted once. For every new slider value `compute` runs,
the views put its result into the moving artists, and only what those artists draw is
sent to the page. The same figure also stands still (a PNG, for print and for a page
without a kernel) and in words (for a listener, and for the tests that compare it).
"""

import base64
from collections.abc import Callable
from typing import NamedTuple

import ipywidgets as widgets

from . import closing, say
from .ahead import Ahead, Key, Record
from .canvas import Canvas
from .digest import numbers
from .goal import Goal
from .hold import holds
from .picture import LOCK, PANELS, Picture
from .sliders import (
    choice,
    choices,
    defaults,
    letter,
    limits,
    place,
    said,
    slider_for,
    walks,
)
from .speech import sentences, spoken, words
from .view import View

WIDGET = "application/vnd.jupyter.widget-view+json"
MANY = 240  # a slider with more values has a row to itself: a dot for each of them


class Left(NamedTuple):
    """What stays of a figure that was let go."""

    text: str
    words: str
    sentences: dict[str, str]


class Live(widgets.VBox):
    """Sliders above a figure that follows them; made by `live`."""

    _ipython_display_ = None  # that of ipywidgets 7 would leave out the picture
    _left: Left | None = None

    def __init__(self, compute: Callable, *views, goal: Goal | None = None, **sliders):
        if not 1 <= len(views) <= PANELS:
            raise ValueError(f"views: {len(views)} given; must be 1 to {PANELS}")
        for view in views:
            if not isinstance(view, View):
                raise ValueError(f"views: {view!r} is no view")
        if goal is not None and not isinstance(goal, Goal):
            raise ValueError(f"goal = {goal!r}: must be a Goal")
        self.goal, self.start = goal, defaults(compute, sliders)
        if goal:
            goal.refuse_unknown(self.start)
        self.sliders = {
            name: slider_for(name, short, self.start[name])
            for name, short in sliders.items()
        }
        self.picture = Picture(compute, views, self.values)
        countable = all(choices(slider) for slider in self.sliders.values())
        starts = holds(self.picture, self.sliders)
        each = self.sliders.items()
        width, height = self.picture.size
        self.canvas = Canvas(
            width=width,
            height=height,
            panels=len(views),
            still=self.picture.still,
            sliders=list(self.sliders.values()) if countable else [],
            goal=goal and goal.about(),
            holds=starts if countable else [],
            play=say.PLAY.label(),
            walks=[[one, one.value] for name, one in each if walks(name, one)],
        )
        self._defaults = self.values
        self.ahead = Ahead(self.canvas, self.sizes, self.record, self.hush, LOCK)
        self.draw()
        for slider in self.sliders.values():
            slider.observe(self.follow, "value")
        super().__init__([self._controls(), self.canvas])
        self.add_class("course-figure")
        self._given = [
            short for short in sliders.values() if isinstance(short, widgets.Widget)
        ]
        closing.made(self)

    @property
    def values(self) -> dict:
        """The sliders' values by name, without the noise of counting in steps."""
        values = {name: slider.value for name, slider in self.sliders.items()}
        return {
            name: round(value, 12) if isinstance(value, float) else value
            for name, value in values.items()
        }

    def follow(self, _change=None) -> None:
        """Draw what the sliders say; a page that keeps records asks for them itself."""
        with LOCK:
            if self._left:  # let go, while this was under way
                return
            self._stale = True
            heard = self.ahead.listening
            between = None in map(place, self.sliders.values())  # typed
            if between or self.ahead.deaf or not heard:
                self.draw()
            if between and heard:
                self.ahead.tell(standing=True)

    def draw(self) -> None:
        """Compute, draw and send; what goes wrong is shown where the figure stood."""
        with LOCK, self.canvas.hold_sync():
            self._stale = False
            self._shown = {name: said(slider) for name, slider in self.sliders.items()}
            try:
                marks, points = self.picture.at(**self.values)
                self.canvas.met = self._met(self.values)
                spoken = self.words()
            except Exception as problem:
                self.canvas.met = False
                if not self.children:  # still in its cell: there it is a traceback
                    raise
                self.canvas.trouble = _trouble(problem, self._shown)
                return
            self.canvas.marks, self.canvas.points = marks, points
            self.canvas.words, self.canvas.trouble = spoken, ""

    def sizes(self) -> list[int]:
        """How many places each slider has."""
        return [len(choices(slider)) for slider in self.sliders.values()]

    def record(self, key: Key) -> Record:
        """What is seen and heard at these places of the sliders; they stay."""
        self._stale = True
        sliders = list(zip(self.sliders.items(), key, strict=True))
        chosen = {name: choice(slider, k) for (name, slider), k in sliders}
        values = {name: value for name, (value, _) in chosen.items()}
        shown = {name: text for name, (_, text) in chosen.items()}
        try:
            marks, points = self.picture.at(**values)
            met = self._met(values)
            said = sentences(*self._told(shown, met))
            return Record(marks, points, spoken(said), "", met, said)
        except Exception as problem:
            return Record([], b"", "", _trouble(problem, shown))

    def hush(self) -> None:
        """A page keeps records: its sliders need not speak while they are dragged."""
        for slider in self.sliders.values():
            if slider.has_trait("continuous_update"):
                slider.continuous_update = False
        self._refresh()

    def _refresh(self) -> None:
        """Back to what the sliders say, if something else was drawn since."""
        if self._stale:
            self.draw()

    def reset(self, _button=None) -> None:
        """Back to the defaults."""
        for name, value in self._defaults.items():
            self.sliders[name].value = value

    def let_go(self) -> None:
        """Close it; its values and its words stay."""
        with LOCK:
            if self._left:
                return
            self._left = Left(repr(self), self.words(), self.sentences())
            self.ahead.close()
            for slider in self.sliders.values():
                slider.unobserve(self.follow, "value")
            closing.close(self, self._given)
            self.children, self.canvas, self.picture, self.ahead = (), None, None, None

    def words(self) -> str:
        """One or two sentences for a listener, in the language that is spoken."""
        return self._left.words if self._left else words(*self._facts())

    def sentences(self) -> dict[str, str]:
        """The same in every language."""
        return self._left.sentences if self._left else sentences(*self._facts())

    def _facts(self) -> tuple:
        with LOCK:
            self._refresh()
            return self._told(self._shown, self.canvas.met)

    def _told(self, shown: dict, met: bool) -> tuple[dict, list, object, list]:
        """What there is to say of what was drawn last."""
        more = self.goal.facts(met) if self.goal else []
        return _lettered(shown), self.picture.views, self.picture.result, more

    def _met(self, values: dict) -> bool:
        """Whether what was drawn last, with these values, meets the goal."""
        return bool(self.goal) and self.goal.at(
            self.picture.result, {**self.start, **values}
        )

    def __repr__(self) -> str:
        with LOCK:
            if self._left:
                return self._left.text
            self._refresh()
            lines = [
                f"{name} = {value} {limits(self.sliders[name])}".rstrip()
                for name, value in self._shown.items()
            ]
            if self.goal:
                lines.append(f"goal {self.goal.shown(self.canvas.met)}")
            drawn = self.canvas.trouble or numbers(self.picture.figure)
            return "\n".join([*lines, drawn])

    def _controls(self) -> widgets.Widget:
        back = widgets.Button(
            description="↺",
            tooltip=say.BACK.label(),
        )
        back.on_click(self.reset)
        back.add_class("course-back")
        sliders = list(self.sliders.values())
        longest = max((len(slider.description) for slider in sliders), default=0)
        for slider in sliders:
            slider.style.description_width = f"{longest + 1}ch"
            if len(choices(slider) or []) > MANY:
                slider.add_class("course-long")
        controls = widgets.HBox([back, *sliders])
        controls.add_class("course-controls")
        return controls

    def _repr_mimebundle_(self, **kwargs):
        closing.shown(self)
        bundle, about = self.canvas._repr_mimebundle_()  # Colab reads who shows it
        bundle[WIDGET] |= {"model_id": self.model_id}
        with LOCK:
            bundle["text/plain"] = repr(self)
            bundle["image/png"] = base64.b64encode(self.picture.png()).decode()
            picture = {"alt": self.words(), "width": round(self.picture.size[0])}
        return bundle, {**about, "image/png": picture}


def _lettered(shown: dict) -> dict:
    return {letter(name): value for name, value in shown.items()}


def _trouble(problem: Exception, shown: dict) -> str:
    at = ", ".join(f"{name} = {value}" for name, value in shown.items())
    return f"{type(problem).__name__}: {problem}\n({at})"


def live(compute: Callable, *views, goal: Goal | None = None, **sliders) -> Live:
    """A figure that follows its sliders.

    Parameters
    ----------
    compute : callable
        Plain NumPy, no drawing. Its defaults are the values the figure opens with.
    *views : View
        What to show of compute's result: one panel each.
    goal : Goal, optional
        What the sliders should reach: shown above them, ticked while it is met.
    **sliders
        One for each argument that varies, abbreviated as in `ipywidgets.interact`:
        ``(low, high)``, ``(low, high, step)``, a list, a dict, a bool or a widget.
        An integer slider named ``steps`` or ``t`` gets a ▶.

    Returns
    -------
    Live
        A widget; as the last line of a cell it shows itself.

    Raises
    ------
    ValueError
        If a slider is no argument of `compute`, has no default, or its default does
        not lie on the slider's grid; if the goal wants something else.
    """
    return Live(compute, *views, goal=goal, **sliders)
