"""`live`: sliders → compute → views → picture, fast enough to follow the hand.

The still parts of a figure are painted once. For every new slider value `compute` runs,
the views put its result into the moving artists, and only what those artists draw is
sent to the page. The same figure also stands still (a PNG, for print and for a page
without a kernel) and in words (for a listener, and for the tests that compare it).
"""

import base64
import copy
import io
import pathlib
import threading
from collections.abc import Callable

import anywidget
import ipywidgets as widgets
import numpy as np
import traitlets
from matplotlib import style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from .digest import numbers
from .recorder import record
from .sliders import defaults, letter, limits, player, said, slider_for, walks
from .speech import sentences, words
from .view import View, showing

# Slider callbacks run on other threads than cells do, and Matplotlib's parser of
# formulas is one for all figures: whoever computes and draws holds this lock.
LOCK = threading.RLock()

DPI = 100  # one figure pixel is one CSS pixel
SHARP = 2  # the still parts are painted with this many dots per CSS pixel
WIDE, PANEL, HEIGHT = 6.0, 4.5, 3.6  # inches: one view alone, one of several, all
# On top of Matplotlib's defaults, whatever style the user has chosen.
STYLE = {
    "font.size": 13,
    "axes.labelsize": 15,
    "axes.titlesize": 14,
    "legend.fontsize": 13,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "lines.linewidth": 2,
    "lines.markersize": 6,
    "text.hinting": "none",  # letters keep their places at every scale, as in the page
}
PANELS = 4  # at most: wider, and int16 does not reach


class Picture:
    """A figure with still and moving parts, and no widget.

    Parameters
    ----------
    compute : callable
        Takes the sliders' values by name; its result is handed to every view.
    views : sequence of View
        One panel each, from left to right.
    values : dict
        The values that the figure opens with.
    """

    def __init__(self, compute: Callable, views: tuple, values: dict):
        self.compute = compute
        self.views = [copy.copy(view) for view in views]  # one may serve two figures
        width = WIDE if len(views) == 1 else PANEL * len(views)
        with LOCK, style.context(["default", STYLE]):
            self.figure = Figure(figsize=(width, HEIGHT), dpi=DPI)
            self.agg = FigureCanvasAgg(self.figure)
            panels = np.ravel(self.figure.subfigures(1, len(self.views)))
            self.result = compute(**values)
            self.moving = []
            for panel, view in zip(panels, self.views, strict=True):
                with showing(view, self.result):
                    self.moving += view.setup(panel.subplots(), self.result)
            for artist in self.moving:
                artist.set_animated(True)  # left out of the still parts
            self._settle()
            self.still = self._paint([])
        self.size = self.figure.bbox.size.tolist()

    def _settle(self) -> None:
        """Find room for labels once, so that nothing shifts while a slider moves."""
        self.figure.set_layout_engine("constrained", w_pad=0.1, h_pad=0.08)
        for _ in range(2):  # panels find their room first, their labels then
            self.agg.draw()
        self.figure.set_layout_engine("none")

    def _paint(self, artists: list) -> bytes:
        """A PNG of the still parts with these artists on top, in 256 colours."""
        self.figure.set_dpi(DPI * SHARP)
        with style.context(["default", STYLE]):  # ticks, say, have room or not
            self.agg.draw()
            for artist in sorted(artists, key=lambda artist: artist.get_zorder()):
                artist.draw(self.agg.get_renderer())
        pixels = Image.fromarray(np.asarray(self.agg.buffer_rgba())[..., :3])
        self.figure.set_dpi(DPI)
        out = io.BytesIO()
        few = pixels.quantize(256, Image.Quantize.FASTOCTREE, dither=0)
        few.putpalette([255 if part > 251 else part for part in few.getpalette()])
        few.save(out, "png", optimize=True)  # its white is the page's white
        return out.getvalue()

    def at(self, **values) -> tuple[list[dict], bytes]:
        """What moves, written down, for these slider values."""
        with LOCK:
            self.result = self.compute(**values)
            for view in self.views:
                with showing(view, self.result):
                    view.update(self.result)
            return record(self.figure, self.moving)

    def png(self) -> bytes:
        """The whole figure as it stands, painted by Agg."""
        with LOCK:
            return self._paint(self.moving)


# Letters for a last row, a mark where the keyboard stands, no motion that nobody asked.
CSS = """
.course-figure .widget-inline-hbox { font-size: 17px; }
.course-figure :focus-visible {
  outline: 3px solid #0072b2 !important; outline-offset: 2px;
}
@media (prefers-reduced-motion: reduce) {
  .course-figure * { transition: none !important; }
}
"""


# What runs in Jupyter's page: one module, whose export is that of the last file.
SCRIPTS = ("painter.js", "controls.js")
EXPORT = "export default { render };\n"  # of painter.js, when it stands alone
HERE = pathlib.Path(__file__).parent


def module(folder: pathlib.Path = HERE) -> str:
    """The scripts, joined. The painter's own export is left out.

    A page without a kernel needs no names for Jupyter's controls: it takes painter.js
    and leaves out the same line.
    """
    text = "".join((folder / name).read_text("utf-8") for name in SCRIPTS)
    parts = text.split(EXPORT)
    if len(parts) != 2:
        raise ValueError(f"painter.js: must say {EXPORT.strip()!r} in a line, once")
    return "".join(parts)


class Canvas(anywidget.AnyWidget):
    """The page's side of a picture: painter.js paints what these traits hold."""

    _esm = module()
    _css = CSS
    width = traitlets.Float().tag(sync=True)
    height = traitlets.Float().tag(sync=True)
    panels = traitlets.Int().tag(sync=True)
    still = traitlets.Bytes().tag(sync=True)
    marks = traitlets.List().tag(sync=True)
    points = traitlets.Bytes().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    trouble = traitlets.Unicode().tag(sync=True)


class Live(widgets.VBox):
    """Sliders above a figure that follows them; made by `live`."""

    def __init__(self, compute: Callable, *views, **sliders):
        if not 1 <= len(views) <= PANELS:
            raise ValueError(f"views: {len(views)} given; must be 1 to {PANELS}")
        for view in views:
            if not isinstance(view, View):
                raise ValueError(f"views: {view!r} is no view")
        start = defaults(compute, sliders)
        self.sliders = {
            name: slider_for(name, short, start[name])
            for name, short in sliders.items()
        }
        self.picture = Picture(compute, views, self.values)
        width, height = self.picture.size
        self.canvas = Canvas(
            width=width, height=height, panels=len(views), still=self.picture.still
        )
        self._defaults = self.values
        self.follow()
        for slider in self.sliders.values():
            slider.observe(self.follow, "value")
        super().__init__([self._controls(), self.canvas])
        self.add_class("course-figure")

    @property
    def values(self) -> dict:
        """The sliders' values by name, without the noise of counting in steps."""
        values = {name: slider.value for name, slider in self.sliders.items()}
        return {
            name: round(value, 12) if isinstance(value, float) else value
            for name, value in values.items()
        }

    def follow(self, _change=None) -> None:
        """Compute, draw and send; what goes wrong is shown where the figure stood."""
        with LOCK, self.canvas.hold_sync():
            self._shown = {name: said(slider) for name, slider in self.sliders.items()}
            try:
                marks, points = self.picture.at(**self.values)
                spoken = self.words()
            except Exception as problem:
                if not self.children:  # still in its cell: there it is a traceback
                    raise
                self.canvas.trouble = self._trouble(problem)
                return
            self.canvas.marks, self.canvas.points = marks, points
            self.canvas.words, self.canvas.trouble = spoken, ""

    def reset(self, _button=None) -> None:
        """Back to the defaults."""
        for name, value in self._defaults.items():
            self.sliders[name].value = value

    def words(self) -> str:
        """One or two sentences for a listener, in all languages."""
        return words(*self._facts())

    def sentences(self) -> dict[str, str]:
        """The same, for a page in one language."""
        return sentences(*self._facts())

    def _facts(self) -> tuple[dict, list, object]:
        with LOCK:
            values = {letter(name): value for name, value in self._shown.items()}
            return values, self.picture.views, self.picture.result

    def __repr__(self) -> str:
        with LOCK:
            lines = [
                f"{name} = {value} {limits(self.sliders[name])}".rstrip()
                for name, value in self._shown.items()
            ]
            drawn = self.canvas.trouble or numbers(self.picture.figure)
            return "\n".join([*lines, drawn])

    def _trouble(self, problem: Exception) -> str:
        at = ", ".join(f"{name} = {value}" for name, value in self._shown.items())
        return f"{type(problem).__name__}: {problem}\n({at})"

    def _controls(self) -> widgets.Widget:
        back = widgets.Button(
            description="↺",
            tooltip="valores iniciales · back to the defaults",
            layout=widgets.Layout(width="3em", margin="2px 1em 2px 2px"),
        )
        back.on_click(self.reset)
        row = []
        for name, slider in self.sliders.items():
            walking = walks(name, slider)
            row.append(widgets.HBox([player(slider), slider]) if walking else slider)
        layout = widgets.Layout(flex_flow="row wrap")
        return widgets.HBox([back, *row], layout=layout)

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        with LOCK:
            bundle["text/plain"] = repr(self)
            bundle["image/png"] = base64.b64encode(self.picture.png()).decode()
            about = {"alt": self.words(), "width": round(self.picture.size[0])}
        return bundle, {"image/png": about}


def live(compute: Callable, *views, **sliders) -> Live:
    """A figure that follows its sliders.

    Parameters
    ----------
    compute : callable
        Plain NumPy, no drawing. Its defaults are the values the figure opens with.
    *views : View
        What to show of compute's result: one panel each.
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
        not lie on the slider's grid.
    """
    return Live(compute, *views, **sliders)
