"""A user's Matplotlib style changes no live figure, and no figure changes the style."""

import threading

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib import rc_context

from course_utils import GradientDescent, Network, descend, parabola, quadratic
from course_utils.live import (
    Bars,
    Curves,
    Graph,
    Images,
    Passes,
    PathOnContours,
    PathOnCurve,
    Regions,
    live,
)

# usetex, where there is no LaTeX, fails at the first letter; xkcd cannot be said.
STYLES = {
    "dark": lambda: plt.style.use("dark_background"),
    "classic": lambda: plt.style.use("classic"),
    "usetex": lambda: plt.rcParams.update({"text.usetex": True}),
    "xkcd": lambda: plt.xkcd(),
    "serif, markers, grid": lambda: plt.rcParams.update(
        {
            "font.family": "serif",
            "mathtext.fontset": "stix",
            "lines.marker": "x",
            "axes.grid": True,
            "axes.facecolor": "0.8",
        }
    ),
}
BOWL = quadratic([[1.0, 0], [0, 4]])
POINTS = np.array([[-1.0, 0], [1, 0], [2, 2], [-2, 1]]), np.array([0, 1, 1, 0])
TRACE = Network((1, 1)).trace([0.0, 0.0], [1.0], 1.0, "half_squared_error")


def walk(risk, start, eta):
    return descend(risk, start, GradientDescent(eta), steps=5)


def results(eta=0.1):
    """One result for each view."""
    z = f"$\\eta$ = {eta:.2f}"
    return {
        "curve": walk(parabola, [1.5], eta),
        "bowl": walk(BOWL, [1.0, 1.0], eta),
        "fall": {"R": np.array([3.0, 2, 1]) * eta, "S": np.array([1.0, 2, 3])},
        "bars": {"a": [eta, 1], "b": [1, eta]},
        "regions": lambda X: 1 / (1 + np.exp(-X[:, 0] / eta)),
        "images": (np.ones((1, 3, 3)) * eta, [z]),
        "graph": {"nodes": [["x"], [z]], "edges": [[["1"]]], "lit": {("nodes", 1)}},
        "passes": (1, TRACE, [np.ones((1, 1)) * eta], [np.ones((1, 1))]),
    }


def figures() -> list:
    """All views, four to a figure; some have a note."""
    note = {"note": lambda r: "$R$ above"}
    views = [
        PathOnCurve(parabola, lambda r: r["curve"], xlim=(-2, 2), **note),
        PathOnContours(BOWL, lambda r: r["bowl"], xlim=(-2, 2), ylim=(-2, 2)),
        Curves(lambda r: r["fall"], ylim=(0, 4), yscale="linear"),
        Bars(lambda r: r["bars"], names=("p", "q")),
        Regions(POINTS, lambda r: r["regions"]),
        Images(lambda r: r["images"]),
        Graph((1, 1), lambda r: r["graph"]),
        Passes((1, 1), lambda r: r["passes"]),
    ]
    fours = (views[k : k + 4] for k in range(0, len(views), 4))
    return [live(results, *four, eta=(0.1, 0.9, 0.2)) for four in fours]


def seen(figure) -> tuple:
    """All that a reader or a test can get of it, at another place than the first."""
    figure.sliders["eta"].value = 0.5
    return figure.picture.at(eta=0.5), figure.picture.png(), repr(figure)


@pytest.fixture(scope="module")
def plain() -> list[tuple]:
    with rc_context():
        plt.rcdefaults()
        return [seen(figure) for figure in figures()]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("name", STYLES)
def test_a_style_changes_nothing(name, when, plain):
    with rc_context():
        made = figures() if when == "after" else []
        STYLES[name]()
        chosen = dict(plt.rcParams)
        made = made or figures()
        assert [seen(figure) for figure in made] == plain
        assert dict(plt.rcParams) == chosen


def test_a_row_computed_in_a_thread_leaves_the_settings_of_the_others_alone():
    """Settings are one dict for all threads: `at` changes it not even for a while."""
    with rc_context():
        plt.style.use("dark_background")
        chosen, met = dict(plt.rcParams), []

        def note(_result):
            met.append(dict(plt.rcParams) == chosen)
            return "here"

        figure = live(
            lambda c=1.0: np.array([c, 2]), Curves(ylim=(0, 9), note=note), c=(0.0, 9.0)
        )
        met.clear()
        row = threading.Thread(
            target=lambda: [figure.picture.at(c=c) for c in range(9)]
        )
        row.start()
        while row.is_alive():
            assert dict(plt.rcParams) == chosen
        row.join()
        assert met == [True] * 9
