"""A Matplotlib figure with still and moving parts, and no widget."""

import copy
import io
import threading
from collections.abc import Callable

import numpy as np
from matplotlib import style
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from .recorder import record
from .view import showing

# Slider callbacks run on other threads than cells do, and Matplotlib's parser of
# formulas is one for all figures: whoever computes and draws holds this lock.
LOCK = threading.RLock()

DPI = 100  # one figure pixel is one CSS pixel
SHARP = 2  # the still parts are painted with this many dots per CSS pixel
PANEL, HEIGHT = 4.5, 3.6  # inches: every view, so that all have letters of one size
# On top of Matplotlib's defaults, whatever style the user has chosen.
STYLE = {
    "font.size": 13,
    "axes.labelsize": 15,
    "axes.titlesize": 14,
    "legend.fontsize": 13,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.major.pad": 6,  # the first number of x does not meet the first of y
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
        with LOCK, style.context(["default", STYLE]):
            self.figure = Figure(figsize=(PANEL * len(views), HEIGHT), dpi=DPI)
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
        agg = FigureCanvasAgg(self.figure)
        for _ in range(2):  # panels find their room first, their labels then
            agg.draw()
        self.figure.set_layout_engine("none")

    def _paint(self, artists: list) -> bytes:
        """A PNG of the still parts with these artists on top, in 256 colours."""
        self.figure.set_dpi(DPI * SHARP)
        agg = FigureCanvasAgg(self.figure)
        with style.context(["default", STYLE]):  # ticks, say, have room or not
            agg.draw()
            for artist in sorted(artists, key=lambda artist: artist.get_zorder()):
                artist.draw(agg.get_renderer())
        pixels = Image.fromarray(np.asarray(agg.buffer_rgba())[..., :3])
        FigureCanvasBase(self.figure)  # Agg's, and its megabytes, go
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
