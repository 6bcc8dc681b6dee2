"""Figures in exact words: every planted mistake changes them, a redrawing does not."""

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from course_utils.live.digest import _summary, numbers


def figure() -> Figure:
    """One of each: lines, dots, bars, an image, letters, a legend, chosen ticks."""
    figure = Figure(figsize=(8, 4), dpi=100)
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2)
    t = np.arange(12.0)
    left.plot(t, 0.8**t, color="#0072b2", label="Adam")
    left.plot(t, 0.5**t, "--", marker="o", color="#d55e00", label="Adagrad")
    left.scatter(t, t / 12, color="#009e73")
    left.text(2, 0.5, "θ₁₁ = 0.0859")
    left.set(xlabel="t", ylabel="R(θ)", xlim=(0, 11), ylim=(1e-4, 2), yscale="log")
    left.legend()
    right.imshow(np.arange(12.0).reshape(3, 4), cmap="gray")
    right.bar([0, 1, 2], [1, 2, 1.5], color="#e69f00")
    right.set_xticks([0, 1, 2], ["a", "b", "c"])
    return figure


def left(figure):
    return figure.axes[0]


def right(figure):
    return figure.axes[1]


# Each is something that an author, or a new release of a dependency, might get wrong.
MISTAKES = {
    "a moved curve": lambda f: left(f).lines[0].set_ydata(0.81 ** np.arange(12)),
    "one point moved": lambda f: left(f).lines[0].get_ydata().__setitem__(5, 0.4),
    "the order reversed": lambda f: (
        left(f).lines[0].set_ydata(left(f).lines[0].get_ydata()[::-1].copy())
    ),
    "a missing point": lambda f: (
        left(f).lines[0].set_data(np.arange(11), 0.8 ** np.arange(11))
    ),
    "a point gone to nan": lambda f: (
        left(f).lines[0].set_ydata([*0.8 ** np.arange(11), np.nan])
    ),
    "another colour": lambda f: left(f).lines[0].set_color("#0072b3"),
    "another line style": lambda f: left(f).lines[0].set_linestyle(":"),
    "another marker": lambda f: left(f).lines[1].set_marker("s"),
    "another name": lambda f: left(f).lines[0].set_label("AMSGrad"),
    "another name in the legend": lambda f: (
        left(f).get_legend().get_texts()[0].set_text("AMSGrad")
    ),
    "another axis label": lambda f: left(f).set_ylabel("|θ|"),
    "another title": lambda f: left(f).set_title("η = 1"),
    "other limits": lambda f: left(f).set_ylim(1e-3, 2),
    "another scale": lambda f: left(f).set_yscale("linear"),
    "curves in another order": lambda f: left(f).lines[0].remove(),
    "dots moved": lambda f: left(f).collections[0].set_offsets(np.ones((12, 2))),
    "dots of another colour": lambda f: left(f).collections[0].set_facecolor("k"),
    "other edges of dots": lambda f: left(f).collections[0].set_edgecolor("k"),
    "another note": lambda f: left(f).texts[0].set_text("θ₁₁ = 0.0860"),
    "a note elsewhere": lambda f: left(f).texts[0].set_position((3, 0.5)),
    "other grey values": lambda f: right(f).images[0].set_data(np.ones((3, 4))),
    "an image upside down": lambda f: (
        right(f).images[0].set_data(np.arange(12.0).reshape(3, 4)[::-1])
    ),
    "an image elsewhere": lambda f: right(f).images[0].set_extent((0, 4, 3, 0)),
    "black and white elsewhere": lambda f: right(f).images[0].set_clim(0, 20),
    "a higher bar": lambda f: right(f).patches[1].set_height(2.1),
    "bars in another order": lambda f: [
        bar.set_height(height)
        for bar, height in zip(right(f).patches, (2, 1, 1.5), strict=True)
    ],
    "bars of another colour": lambda f: right(f).patches[2].set_facecolor("k"),
    "other names under the bars": lambda f: right(f).set_xticks([0, 1, 2], list("acb")),
    "another size": lambda f: f.set_size_inches(8, 5),
    "a panel too many": lambda f: f.add_axes((0, 0, 0.1, 0.1)),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_planted_mistake_changes_the_text(mistake):
    wrong = figure()
    MISTAKES[mistake](wrong)
    assert numbers(wrong) != numbers(figure())


def test_the_text_stays_when_nothing_is_wrong():
    drawn = figure()
    before = numbers(drawn)
    drawn.canvas.draw()
    assert numbers(drawn) == before
    drawn.set_dpi(200)
    drawn.canvas.draw()
    drawn.set_dpi(100)
    assert numbers(drawn) == before == numbers(figure())


def test_another_font_changes_no_text():
    with matplotlib.rc_context({"font.family": "serif", "font.size": 17}):
        other = figure()
        other.canvas.draw()
        assert numbers(other) == numbers(figure())


def test_the_text_does_not_know_the_last_digits():
    """They vary with the processor; four digits are compared."""
    other = figure()
    y = left(other).lines[0].get_ydata()
    left(other).lines[0].set_ydata(y * (1 + 1e-12))
    assert numbers(other) == numbers(figure())


def test_what_is_nearly_zero_is_zero():
    """A mean of symmetric data is 0 or 1e-17, as the processor likes."""
    x = np.linspace(-3, 3, 241)
    assert "mean=0 " in _summary(x)
    assert _summary(x) == _summary(x + 1e-16)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ([1.0, 2.0, 3.0], "n=3 min=1 max=3 mean=2 order=3.333"),
        ([np.nan, 2.0, np.inf], "n=1 gone=2 min=2 max=2 mean=2 order=2"),
        ([], "n=0"),
        ([np.nan], "n=0 gone=1"),
        ([0.0, 0.0], "n=2 min=0 max=0 mean=0 order=0"),
        ([1e300, -1e300, 1e308], "n=3 min=-1e+300 max=1e+308 mean=3.333e+307"),
    ],
)
def test_a_summary(data, text):
    """By hand: the weights of "order" run from 1 to 2, (1·1 + 1.5·2 + 2·3) / 3."""
    assert _summary(np.array(data)).startswith(text)
