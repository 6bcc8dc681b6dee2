"""One figure, drawn in several ways: what `live.py` and `classroom.py` compare.

A hundred steps of gradient descent over thirty level lines, and the risk against t on
a logarithmic scale; a slider moves η. Each function below shows it in the cell that
calls it and returns the slider. The peers are written as their own guides do.
"""

import time

import ipywidgets as widgets
import numpy as np
from IPython.display import display

from course_utils import GradientDescent, descend, quadratic
from course_utils.live import Curves, Live, PathOnContours, live
from course_utils.live.picture import DPI, HEIGHT, PANEL, STYLE
from course_utils.live.view import COLOURS, typeset

from . import FIND

STEPS, LEVELS, START = 100, 30, (-1.8, 1.4)
ETA = {"min": 0.01, "max": 1.0, "step": 0.01}
SQUARE = {"xlim": (-2, 2), "ylim": (-2, 2), "xlabel": "θ₁", "ylabel": "θ₂"}
FALL = {"yscale": "log", "xlim": (0, STEPS), "ylim": (1e-12, 10)}
FALL |= {"xlabel": "t", "ylabel": "R"}

bowl = quadratic([[1.2, 0.6], [0.6, 0.9]])
computed: list[float] = []  # when an update was computed, in seconds since 1970


def run(eta=0.3, x1=START[0]):
    """The path; every contender calls this once for each update."""
    computed.append(time.time())
    return descend(bowl, (x1, START[1]), GradientDescent(eta), steps=STEPS)


def cell(show: str) -> str:
    """The code of a cell that shows one of them, in a kernel started anywhere."""
    start = f"{FIND}\nimport time\nfrom benchmarks import contenders\n"
    return f"{start}slider = contenders.{show}()"


class Contours(PathOnContours):
    levels = LEVELS


def ours() -> Live:
    """The figure as a lecture writes it."""
    views = Contours(bowl, **SQUARE), Curves(bowl, **FALL)
    return live(run, *views, eta=tuple(ETA.values()))


def with_rows() -> Live:
    """The same figure with a second slider, for which η has another row."""
    views = Contours(bowl, **SQUARE), Curves(bowl, **FALL)
    return live(run, *views, eta=tuple(ETA.values()), x1=(-2.0, 2.0, 0.1))


def show_ours() -> widgets.Widget:
    """`course_utils.live`."""
    figure = ours()
    display(figure)
    return figure.sliders["eta"]


def show_rerun() -> widgets.Widget:
    """A: `interact`, and a new pyplot figure for every value."""
    import matplotlib.pyplot as plt

    def show(eta=0.3):
        plot(plt, run(eta))
        plt.show()

    return widgets.interact(show, eta=tuple(ETA.values())).widget.children[0]


def show_redraw() -> widgets.Widget:
    """C: one ipympl figure, whose lines get new data and then `draw_idle`."""
    import matplotlib.pyplot as plt

    plt.switch_backend("module://ipympl.backend_nbagg")
    slider = widgets.FloatSlider(0.3, **ETA)
    with plt.ioff():
        figure, note, (path, last, risk) = plot(plt, run())

    def follow(change):
        walk = run(change.new)
        path.set_data(*walk.T)
        last.set_data(*walk[-1:].T)
        risk.set_ydata(bowl(walk))
        note.set_text(ending(walk))
        figure.canvas.draw_idle()

    slider.observe(follow, "value")
    display(slider, figure.canvas)
    return slider


def show_label() -> widgets.Widget:
    """The limit: no figure at all, only a text that follows the slider."""
    slider, text = widgets.FloatSlider(0.3, **ETA), widgets.Label("η = 0.3")

    def follow(change):
        computed.append(time.time())
        text.value = f"η = {change.new:.2f}"

    text.add_class("follows")
    slider.observe(follow, "value")
    display(slider, text)
    return slider


def plot(plt, walk: np.ndarray) -> tuple:
    """The figure in pyplot's words: (figure, the text above, the moving lines)."""
    plt.rcParams.update(STYLE)  # the same fonts and frames
    figure, axes = plt.subplots(1, 2, figsize=(2 * PANEL, HEIGHT), dpi=DPI)
    x, y = np.meshgrid(np.linspace(-2, 2, 81), np.linspace(-2, 2, 81))
    height = bowl(np.stack([x, y], axis=-1))
    low, high = height.min(), height.max()
    levels = low + (high - low) * (np.arange(1, LEVELS + 1) / LEVELS) ** 3
    axes[0].contour(x, y, height, levels, linewidths=1.2)
    look = {"color": COLOURS[0], "marker": "o"}
    path = axes[0].plot(*walk.T, markersize=2.5, linewidth=1.5, **look)
    last = axes[0].plot(*walk[-1:].T, markersize=11, markeredgecolor="k", **look)
    note = axes[0].set_title(ending(walk))
    axes[0].set(**SQUARE)
    risk = axes[1].plot(bowl(walk), color=COLOURS[0])
    axes[1].set(**FALL)
    return figure, note, path + last + risk


def ending(walk: np.ndarray) -> str:
    """What stands above the path."""
    (a, b), risk = walk[-1], bowl(walk[-1])
    return typeset(f"θ₁₀₀ = ({a:.3g}, {b:.3g})    R = {risk:.3g}")
