"""Figures in words: every planted mistake changes the text, a new drawing does not."""

import ast
import inspect
import string

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from course_utils.live import charts, describe, maps, paths, view
from course_utils.live.describe import OPENINGS, WORDS, numbers, words


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
    assert "mean=0 " in describe._summary(x)
    assert describe._summary(x) == describe._summary(x + 1e-16)


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
    assert describe._summary(np.array(data)).startswith(text)


# Words for a listener.


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_say_the_same_facts(key):
    spanish, english = WORDS[key]
    assert fields(spanish) == fields(english) != set()


def texts_of(node) -> set[str]:
    """The texts that an expression may give: "a" or, of `"a" if so else "b"`, both."""
    if isinstance(node, ast.IfExp):
        return texts_of(node.body) | texts_of(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) else set()


def test_every_key_that_a_view_says_has_its_words_and_no_other():
    """Keys are read from the code of the views: "yield key, …" and "return key, …"."""
    said = set(charts.SHORTER.values())
    for module in (charts, maps, paths, view):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Yield | ast.Return):
                value = node.value
                if isinstance(value, ast.Tuple) and len(value.elts) == 2:
                    said |= texts_of(value.elts[0])
    assert said == set(WORDS)


class Says:
    def __init__(self, *facts):
        self.said = facts

    def facts(self, _result):
        yield from self.said


def test_spanish_comes_first():
    view = Says(
        ("against", {"x": "t"}),
        ("point", {"name": "θ", "value": 1.23456}),
        ("nothing", {"name": "R"}),
    )
    bars = Says(("bars", {"names": "a"}), ("heights", {"name": "q", "values": [1, -2]}))
    assert words({"η": 0.9, "x₀": -0.0}, (view, bars), None) == (
        "Con η = 0.9, x₀ = 0: contra t, θ está en 1.23; R no tiene valor. "
        "En las barras a, q mide 1, −2."
        " — With η = 0.9, x₀ = 0: against t, θ is at 1.23; R has no value. "
        "In the bars a, q measures 1, −2."
    )
    assert words({}, (view,), None).startswith("Contra t, θ está en 1.23; R no tiene")


@pytest.mark.parametrize("key", OPENINGS)
def test_an_opening_begins_with_a_word(key):
    """And so it can begin with a capital letter."""
    assert all(text.format_map(Blank())[:2].isalpha() for text in OPENINGS[key])


class Blank(dict):
    """Every field is "?"."""

    def __missing__(self, _name):
        return "?"


@pytest.mark.parametrize(
    ("text", "aloud"),
    [
        ("-0.5, (-2, -∞)", "−0.5, (−2, −∞)"),
        ("1.5e+09, 2e-06, 1e-17", "1.5e9, 2e−6, 1e−17"),
        ("a-1, 1-2, the -ing, e-mail", "a-1, 1-2, the -ing, e-mail"),
    ],
)
def test_numbers_are_written_as_they_are_read(text, aloud):
    assert describe._aloud(text) == aloud


@pytest.mark.parametrize(
    ("y", "english"),
    [
        ([3, 2, 2, 1], "R falls from 3 to 1"),
        ([1, 2, 3], "R rises from 1 to 3"),
        ([2, 2, 2 + 1e-15], "R stays at 2"),
        ([0, 0], "R stays at 0"),
        ([3, 1, 2], "R falls from 3 to 1 at t = 1 and rises to 2"),
        ([1, 2, 2, 1.5], "R rises from 1 to 2 at t = 1 and falls to 1.5"),
        ([3, 1, 2, 0], "R falls unsteadily from 3 to 0"),
        ([0, 2, 1, 3], "R rises unsteadily from 0 to 3"),
        ([1, 3, 0, 2], "R goes from 1 to 2 between 0 and 3"),
        ([2, 1, np.inf], "R starts at 2 and diverges, with minimum 1"),
        ([np.nan, 2, 1], "R falls from 2 to 1"),
        ([np.nan, np.nan], "R has no value"),
    ],
)
def test_how_a_curve_runs(y, english):
    view = charts.Curves(ylabel="R")
    with_it = words({}, (view,), np.array(y, float)).split(" — ")[1]
    assert with_it == f"Against t, {english}."


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "yes"),
        ("Adam", "Adam"),
        (1234.5678, "1235"),
        (-2000, "-2000"),
        (1.5e9, "1.5e+09"),
        (np.float64(0.12345), "0.123"),
        (np.array([1.0]), "1"),
        (np.array([1.0, -2.5]), "(1, -2.5)"),
        (np.inf, "∞"),
        (-np.inf, "-∞"),
        (np.nan, "no value"),
        ([1, np.nan], "1, no value"),
        (np.array([0.5, 1e-61]), "(0.5, 0)"),
        (7, "7"),
    ],
)
def test_values_for_the_ear(value, text):
    assert describe._short(value, "en") == text
