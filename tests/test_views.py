"""The views: what stands still, what moves, and what each says of itself."""

from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from course_utils import (
    GradientDescent,
    Network,
    Risk,
    descend,
    live,
    parabola,
    quadratic,
)
from course_utils.live import (
    Bars,
    Curves,
    Graph,
    Images,
    Passes,
    PathOnContours,
    PathOnCurve,
    Regions,
    marked,
    say,
)
from course_utils.live.recorder import record
from course_utils.live.speech import words
from course_utils.live.view import GOAL, PALE, STILL, View, typeset
from support.good_calls import VIEWS

BOWL = quadratic([[1, 0], [0, 4]])
POINTS = np.array([[-1.0, 0], [1, 0], [2, 2], [-2, 1]]), np.array([0, 1, 1, 0])


def walk(eta, start=(2.5,), risk=parabola):
    return descend(risk, start, GradientDescent(eta), steps=20)


def half_plane(w1):
    return lambda X: 1 / (1 + np.exp(-w1 * X[:, 0]))


def wired(z):
    return {
        "nodes": [["x₁", "x₂"], [f"h\n{z:.2f}"]],
        "edges": [[[f"{z:.1f}", "−1"]]],
        "lit": {("nodes", 1), ("edges", 0)} if z > 1 else set(),
    }


def slides_22_to_25(t):
    """The network of slides 22 to 25 at step t, its weights [out, in]."""
    network = Network((2, 2, 2), hidden="identity")
    Ws = [np.array([[0.1, 0.2], [0.3, -0.4]]), np.array([[0.5, 0.7], [-0.6, 0.8]])]
    theta = network.pack(Ws, [[0, 0], [0, 0]])
    trace = network.trace(theta, [1, 2], [1, 0], "half_squared_error")
    return t, trace, Ws, [np.outer(trace.d[k], trace.h[k - 1]) for k in (1, 2)]


# A view and two results: the one that it opens with, and another.
CASES = {
    "PathOnCurve": (lambda **k: PathOnCurve(parabola, **k), walk(0.9), walk(0.2)),
    "PathOnCurve of a moving curve": (
        lambda **k: PathOnCurve(lambda r: r["c"] * parabola, lambda r: r["path"], **k),
        {"c": 1, "path": walk(0.1)},
        {"c": 0.5, "path": walk(0.1)},
    ),
    "PathOnContours": (
        lambda **k: PathOnContours(BOWL, **k),
        walk(0.1, (2, 1), BOWL),
        walk(0.2, (2, 1), BOWL),
    ),
    "Curves": (Curves, np.array([1.0, 0.5]), np.array([0.9, -0.5])),
    "Curves by name": (
        Curves,
        {"GD": np.arange(4.0), "Adam": (np.arange(3), np.arange(3))},
        {"GD": np.arange(4.0)[::-1], "Adam": (np.arange(3), np.ones(3))},
    ),
    "Bars": (Bars, np.array([1.0, 2.0]), np.array([1.0, -2.0])),
    "Bars stacked": (
        lambda **k: Bars(stacked=True, **k),
        {"a": np.array([1.0, 2.0]), "b": np.array([2.0, 1.0])},
        {"a": np.array([1.5, 2.0]), "b": np.array([1.5, 1.0])},
    ),
    "Regions": (lambda **k: Regions(POINTS, **k), half_plane(1), half_plane(-1)),
    "Images": (
        Images,
        (np.eye(4)[None] * [[[1.0]], [[2.0]]], ["1", "2"]),
        (np.ones((2, 4, 4)), ["3", "4"]),
    ),
    "Graph": (lambda **k: Graph((2, 1), **k), wired(0.5), wired(1.5)),
    "Passes": (
        lambda **k: Passes((2, 2, 2), **k),
        slides_22_to_25(4),
        slides_22_to_25(8),
    ),
}
CASES["PathOnContours of a moving surface"] = (
    lambda **k: PathOnContours(
        lambda r: quadratic(np.diag([1, r])), lambda r: np.ones((2, 2)) / r, **k
    ),
    2,
    3,
)


def test_every_view_is_tried():
    """Here, with good and bad inputs, and under a user's style."""
    offered = [getattr(live, name) for name in live.__all__]
    views = {v.__name__ for v in offered if isinstance(v, type) and issubclass(v, View)}
    assert views == {case.split()[0] for case in CASES} == set(VIEWS)
    styled = Path(__file__).with_name("test_style.py").read_text("utf-8")
    assert [name for name in views if f" {name}(" not in styled] == []


def shown(view, result):
    figure = Figure(figsize=(6, 4), dpi=100)
    FigureCanvasAgg(figure)
    ax = figure.subplots()
    moving = view.setup(ax, result)
    return ax, moving


def frame(ax):
    return ax.get_xlim(), ax.get_ylim(), ax.get_xlabel(), ax.get_ylabel()


@pytest.mark.parametrize("name", CASES)
def test_a_new_result_moves_the_artists_and_not_the_frame(name):
    make, first, second = CASES[name]
    view = make()
    ax, moving = shown(view, first)
    assert moving
    before, at_first = frame(ax), record(ax.figure, moving)
    artists = len(ax.get_children())
    view.update(second)
    assert record(ax.figure, moving) != at_first
    assert frame(ax) == before
    assert len(ax.get_children()) == artists, "an update makes no new artist"
    view.update(first)
    assert record(ax.figure, moving) == at_first


@pytest.mark.parametrize("name", CASES)
def test_setup_leaves_nothing_to_update(name):
    make, first, _ = CASES[name]
    view = make()
    ax, moving = shown(view, first)
    at_first = record(ax.figure, moving)
    view.update(first)
    assert record(ax.figure, moving) == at_first


@pytest.mark.parametrize("name", CASES)
def test_a_note_is_a_function_of_the_result(name):
    make, first, second = CASES[name]
    said = []
    view = make(note=lambda result: said.append(result) or f"note {len(said)}")
    ax, moving = shown(view, first)
    assert view.text in moving
    assert view.text.get_text() == "note 1"
    view.update(second)
    assert view.text.get_text() == "note 2"
    assert said[1] is second


@pytest.mark.parametrize("name", CASES)
def test_what_a_view_says_are_words_of_both_languages(name):
    make, first, second = CASES[name]
    view = make()
    shown(view, first)
    texts = [words({}, (view,), result) for result in (first, second)]
    for text in texts:
        spanish, english = text.split(" — ")
        assert "{" not in text
        assert spanish and english
    assert all(isinstance(phrase, say.Phrase) for phrase, _ in view.facts(first))
    assert texts[0] != texts[1] or "moving" in name


@pytest.mark.parametrize("name", CASES)
def test_labels_and_limits_can_be_given(name):
    make, first, _ = CASES[name]
    view = make(xlabel="η", ylabel="μ", xlim=(-1, 4), ylim=(-2, 5))
    ax, _ = shown(view, first)
    assert frame(ax) == ((-1, 4), (-2, 5), "η", "μ")


@pytest.mark.parametrize("name", CASES)
def test_setting_up_one_figure_leaves_the_class_alone(name):
    make, first, second = CASES[name]
    view = make()
    before = dict(type(view).frame)
    shown(view, first)
    assert type(view).frame == before


def test_letters_are_large_enough_for_the_last_row():
    from course_utils.live.picture import Picture

    picture = Picture(lambda: walk(0.9), (PathOnCurve(parabola),), {})
    picture.png()
    (ax,) = picture.figure.axes
    texts = [*ax.texts, ax.xaxis.label, ax.yaxis.label, *ax.get_xticklabels()]
    assert min(text.get_size() for text in texts) >= 12


# Each view.


def test_path_on_curve_draws_the_path_on_the_graph():
    view = PathOnCurve(parabola)
    ax, moving = shown(view, walk(0.1))
    (line, last) = view.walks["θ"]
    np.testing.assert_allclose(line.get_xdata(), 2.5 * 0.8 ** np.arange(21))
    np.testing.assert_allclose(line.get_ydata(), line.get_xdata() ** 2)
    assert last.get_xdata() == line.get_xdata()[-1]
    assert view.ground not in moving, "a curve that is the same for all values is still"
    np.testing.assert_allclose(view.ground.get_ydata(), view.ground.get_xdata() ** 2)
    assert view.text.get_text() == "θ₂₀ = 0.0288    R = 0.000831"


def test_path_on_curve_bends_a_curve_that_moves():
    make, first, second = CASES["PathOnCurve of a moving curve"]
    view = make()
    _, moving = shown(view, first)
    assert view.ground in moving
    view.update(second)
    np.testing.assert_allclose(
        view.ground.get_ydata(), view.ground.get_xdata() ** 2 / 2
    )


def test_names_become_a_legend_and_looks_differ():
    view = PathOnCurve(parabola)
    ax, _ = shown(view, {"GD": walk(0.1), "Adam": walk(0.2), "_hidden": walk(0.3)})
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["GD", "Adam"]
    lines = [walk for walk, _ in view.walks.values()]
    for look in ("color", "linestyle", "marker"):
        assert len({str(getattr(line, f"get_{look}")()) for line in lines}) == 3
    assert not view.above, "several paths have no one place to note"


def test_one_name_needs_no_legend():
    ax, _ = shown(Curves(), {"Adam": np.arange(3.0)})
    assert ax.get_legend() is None


def test_a_view_may_leave_its_names_to_the_panel_beside_it():
    ax, _ = shown(Curves(key=False), {"GD": np.arange(3.0), "Adam": np.ones(3)})
    assert ax.get_legend() is None


def test_four_names_stand_in_one_row():
    ax, _ = shown(Curves(), {name: np.arange(3.0) for name in "abcd"})
    assert ax.get_legend()._ncols == 4


def test_a_still_curve_carries_its_name_where_it_leaves_the_frame():
    still = {"η⁻¹": (np.arange(9.0), np.arange(9.0)), "_bare": np.zeros(3)}
    view = Curves(still=still, xlim=(0, 10), ylim=(0, 6))
    ax, _ = shown(view, {"GD": np.arange(3.0), "Adam": np.ones(3)})
    (text,) = ax.texts
    assert (text.get_text(), text.xy) == ("η⁻¹", (6, 6))
    assert to_hex(text.get_color()) == to_hex(STILL)
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["GD", "Adam"]


def test_a_name_stands_where_it_is_told():
    still = {"R*": (np.arange(9.0), np.arange(9.0))}
    ax, _ = shown(Curves(still=still, at={"R*": 2.2}), np.arange(3.0))
    assert (ax.texts[0].xy, ax.texts[0].get_ha()) == ((2, 2), "center")
    falls = {"R*": (np.arange(9.0), -np.arange(9.0))}
    ax, _ = shown(Curves(still=falls, at={"R*": 2.2}), np.arange(3.0))
    assert ax.texts[0].get_ha() == "left"  # where there is room above it
    with pytest.raises(ValueError, match=r"at = .*'R': 2.*must name curves of still"):
        Curves(still=still, at={"R": 2})


def test_the_number_of_a_goal_is_drawn():
    ax, _ = shown(Curves(goal=1e-3, yscale="log"), np.array([1.0, 0.1, 0.01]))
    (number,) = ax.texts
    assert (number.get_text(), number.xy) == (" 10⁻³", (2, 1e-3))  # beside the frame
    green = [line for line in ax.lines if to_hex(line.get_color()) == GOAL]
    assert [list(line.get_ydata()) for line in green] == [[1e-3, 1e-3]]
    with pytest.raises(ValueError, match="goal = 'far'"):
        Curves(goal="far")


@pytest.mark.parametrize(
    ("goal", "said"),
    [(20, "20"), (0, "0"), (0.98, "0.98"), (-0.05, "−0.05"), (-5e-3, "−5·10⁻³")],
)
def test_how_the_number_of_a_goal_is_written(goal, said):
    ax, _ = shown(Curves(goal=goal), np.array([1.0, 0.1, 0.01]))
    assert [t.get_text() for t in ax.texts] == [f" {said}"]


def test_a_sign_is_drawn_as_itself():
    view = Curves(signs=["✓"])
    ax, _ = shown(view, {"GD": np.arange(3.0), "Adam": np.ones(3), "✓": (2, 1)})
    assert view.lines["✓"].get_marker() == "$✓$"
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["GD", "Adam"]


def test_thin_curves_and_ghosts():
    """Both whole lines without dots; a ghost is pale, behind, and never said."""
    curves = {"GD": np.arange(3.0), "SGD": np.arange(3.0), "all": np.arange(9.0)}
    view = Curves(thin=["SGD"], ghosts=["all"])
    ax, _ = shown(view, curves)
    _, thin, ghost = view.lines.values()
    for line in (thin, ghost):
        assert (line.get_linestyle(), line.get_marker()) == ("-", "None")
    assert to_hex(ghost.get_color()) == to_hex(PALE)
    assert ghost.get_zorder() < thin.get_zorder()
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["GD", "SGD", "all"]
    assert "all" not in words({}, (view,), curves)


def test_a_name_stands_under_its_line_where_it_is_told():
    still = {"above": np.ones(9), "under": np.zeros(9)}
    ax, _ = shown(Curves(still=still, below=["under"]), np.arange(3.0))
    for text in ax.texts:
        box, line = text.get_window_extent(), ax.transData.transform(text.xy)
        assert (box.y1 < line[1]) == (text.get_text() == "under")
        assert (box.y0 > line[1]) == (text.get_text() == "above")


def test_a_mark_has_the_look_of_its_curve():
    curves = {
        "f": np.arange(70.0),
        "_f": (1.0, 1.0),
        "g": np.ones(70),
        "_h": np.ones(70),
    }
    view = Curves()
    shown(view, curves)
    colours = {name: to_hex(line.get_color()) for name, line in view.lines.items()}
    assert colours["f"] == colours["_f"]
    assert len(set(colours.values())) == 3, "a name of its own has its own colour"
    assert view.lines["g"].get_linestyle() == "--", "marks use up no look"


def test_a_handful_of_loose_points_is_seen_among_many():
    def size(n, thin=False):
        view = Curves(dots=["y"], thin=["y"] if thin else [])
        shown(view, {"y": (np.arange(1.0 * n), np.ones(n))})
        return view.lines["y"].get_markersize()

    assert size(3) > size(30) > size(300) == size(30, thin=True)


def test_loose_points_may_be_pale_and_behind():
    view = Curves(dots=["x", "y"], ghosts=["x"])
    shown(view, {"y": (np.arange(9.0), np.ones(9)), "x": (np.arange(9.0), np.ones(9))})
    y, x = view.lines.values()
    assert (to_hex(x.get_color()), x.get_marker()) == (to_hex(PALE), "o")
    assert x.get_linestyle() == "None" and x.get_zorder() < y.get_zorder()


def test_a_thick_curve_lies_behind_the_others():
    view = Curves(thick=["ρ"])
    shown(view, {"ρ": np.arange(3.0), "λ": np.arange(3.0), "_ρ": (1.0, 1.0)})
    thick, line, mark = view.lines.values()
    assert thick.get_linewidth() > 2 * line.get_linewidth()
    assert thick.get_zorder() < line.get_zorder() < mark.get_zorder()


def test_the_ghost_of_the_way_is_named_nowhere():
    curves = {"GD": np.arange(3.0), "SGD": np.arange(3.0), "…GD": np.arange(9.0)}
    ax, _ = shown(Curves(ghosts=["…GD"]), curves)
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["GD", "SGD"]


def test_a_mark_has_the_colour_of_its_curve():
    curves = marked({"f": ([0.0, 1.0], [2.0, 3.0]), "g": ([0.0, 1.0], [1.0, 1.0])}, 0.5)
    view = Curves()
    shown(view, {**curves, "_other": (0.5, 0.5)})
    f, g, mark_f, mark_g, other = map(
        to_hex, (line.get_color() for line in view.lines.values())
    )
    assert (mark_f, mark_g) == (f, g) and other not in (f, g)


def test_a_thin_path_is_a_whole_line_behind_the_others():
    paths = {"GD": walk(0.1, (2, 1), BOWL), "SGD": walk(0.2, (2, 1), BOWL)}
    view = PathOnContours(BOWL, thin=["SGD"])
    shown(view, paths)
    (thick, _), (thin, last) = view.walks.values()
    assert (thin.get_linestyle(), thin.get_marker()) == ("-", "None")
    assert thin.get_linewidth() < thick.get_linewidth()
    assert thin.get_zorder() < thick.get_zorder() < last.get_zorder()


def test_a_mark_on_the_frame_is_seen_whole():
    """Agg's mark at a corner of the frame has as many pixels as one in the middle."""
    diamond = {"a": ([9.0], [9.0]), "b": ([9.0], [9.0])}  # far away, but for the third

    def inked(x, y):
        figure = Figure(figsize=(3, 3), dpi=100)
        view = Curves(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[], xlabel="")
        view.key = False
        for artist in view.setup(figure.subplots(), {**diamond, "c": ([x], [y])}):
            artist.set_visible(True)
        view.ax.spines[:].set_visible(False)
        agg = FigureCanvasAgg(figure)
        agg.draw()
        return np.sum(np.asarray(agg.buffer_rgba())[..., :3].min(axis=-1) < 255)

    assert inked(1, 1) >= 0.97 * inked(0.5, 0.5)


def test_the_axes_of_a_map_are_equal():
    ax, _ = shown(PathOnContours(BOWL), walk(0.1, (2, 1), BOWL))
    assert ax.get_aspect() == 1


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("θ₂₀ = 2.62e-14", "θ₂₀ = 2.62·10⁻¹⁴"),
        ("1e-05, 1e+05, -0.859", "10⁻⁵, 10⁵, −0.859"),
        ("(-1, -.5) → -∞", "(−1, −.5) → −∞"),
        ("R - R* at t-1", "R - R* at t-1"),
    ],
)
def test_numbers_are_set_as_in_the_prose(said, seen):
    assert typeset(said) == seen


def test_of_picks_the_part_of_the_result():
    view = PathOnContours(BOWL, of=lambda result: result["path"])
    shown(view, {"path": walk(0.1, (2, 1), BOWL)})
    np.testing.assert_allclose(view.walks["θ"][0].get_xdata()[:2], [2, 1.8])
    said = view.says({"path": walk(0.1, (2, 1), BOWL)})
    assert [phrase for phrase, _ in said] == [say.OVER, say.PATH]


def test_paths_apart_have_a_small_map_each():
    """Under its name: its own path, in its own look, over the same level lines."""
    paths = {f"η{k}": walk(k / 10, (2, 1), BOWL) for k in (1, 2, 3)}
    view, all_in_one = PathOnContours(lambda _: BOWL, apart=True), PathOnContours(BOWL)
    _, moving = shown(view, paths)
    shown(all_in_one, paths)
    assert [ax.get_title() for ax in view.maps.values()] == [*paths]
    for (name, ax), ground in zip(view.maps.items(), view.grounds, strict=True):
        (lines,) = ax.collections
        assert lines is ground and ground in moving
        assert np.size(ground.get_segments()[3])
        assert ax.lines[:] == view.walks[name]
        np.testing.assert_array_equal(ax.lines[0].get_xydata(), paths[name])
        for ours, other in zip(ax.lines, all_in_one.walks[name], strict=True):
            assert ours.get_color() == other.get_color()
            assert ours.get_marker() == other.get_marker()
        assert ax.get_aspect() == 1 and ax.get_legend() is None
        assert (ax.get_xlim(), ax.get_ylim()) == ((-2, 2), (-2, 2))
    labels = [(ax.get_xlabel(), ax.get_ylabel()) for ax in view.maps.values()]
    assert labels[0] == ("", "θ₂") and labels[2] == ("θ₁", "θ₂")


def test_contours_are_level_lines():
    view = PathOnContours(BOWL)
    shown(view, walk(0.1, (2, 1), BOWL))
    assert view.levels >= 10
    for segment in view.ground.get_segments():
        points = np.reshape(segment, (-1, 2))  # one that is not in sight is empty
        points = points[~np.isnan(points).any(axis=1)]
        values = BOWL(points)
        # A level line is straight between grid points: within (step²/8)·curvature.
        assert not len(values) or np.ptp(values) < 4 * 0.05**2
    assert view.ground.get_zorder() < view.walks["θ"][0].get_zorder()


@pytest.mark.parametrize(
    ("end", "phrase"),
    [
        (0.5, say.PATH),
        (2.9, say.PATH),
        (5.0, say.DIVERGES),
        (np.inf, say.DIVERGES),
        (np.nan, say.DIVERGES),
    ],
)
def test_a_path_that_left_for_good_diverges(end, phrase):
    view = PathOnCurve(parabola)
    path = np.array([[1.0], [4.0], [2.0], [end]])
    shown(view, path)
    _, (said, facts) = view.says(path)
    assert said is phrase
    if phrase is say.DIVERGES:
        assert facts["leaves"] == 3, "not when it was outside and came back"
        assert f"t = {3}" in words({}, (view,), path)


def test_a_note_of_the_lecture_says_when_a_path_ends():
    """The last points of a long walk: how many they are is no time."""
    view = PathOnCurve(parabola, note=lambda path: f"θ₁₀₀₀ = {path[-1, 0]:.3g}")
    path = walk(0.1)[-3:]
    shown(view, path)
    *_, (phrase, facts), (note, _) = view.facts(path)
    assert (phrase, note) == (say.ENDS, say.NOTE)
    assert facts == {"name": "θ", "end": path[-1]}


def test_a_path_that_begins_outside_and_comes_in_is_a_path():
    view = PathOnCurve(parabola, xlim=(-1, 1), ylim=(0, 1))
    path = np.array([[5.0], [2.0], [0.5]])
    shown(view, path)
    assert [phrase for phrase, _ in view.says(path)] == [say.OVER, say.PATH]


def test_a_path_to_a_better_place_out_of_sight_does_not_diverge():
    view = PathOnCurve(parabola, xlim=(2, 3), ylim=(0, 9))
    path = walk(0.1)
    shown(view, path)
    assert [phrase for phrase, _ in view.says(path)] == [say.OVER, say.PATH]


def test_a_risk_that_is_a_function_of_the_result_is_not_mistaken_for_a_risk():
    assert not PathOnCurve(Risk(lambda t: t[..., 0], lambda t: np.ones_like(t))).moves


def test_curves_are_sequences_graphs_and_single_points():
    view = Curves(still={"_0": (np.array([0, 9]), np.zeros(2))}, dots=("cloud",))
    result = {
        "R": np.array([4.0, 1.0, 0.5]),
        "f": (np.array([0.0, 0.5, 9.0]), np.array([0.0, 1.0, 2.0])),
        "x": (2.0, 3.0),
        "cloud": (np.arange(5.0), np.ones(5)),
    }
    ax, moving = shown(view, result)
    np.testing.assert_array_equal(view.lines["R"].get_xdata(), [0, 1, 2])
    np.testing.assert_array_equal(view.lines["f"].get_xdata(), [0, 0.5, 9])
    assert view.lines["x"].get_linestyle() == "None"
    assert view.lines["cloud"].get_linestyle() == "None"
    assert len(ax.lines) == len(moving) + 1, "the still curve does not move"
    assert ax.get_xlim() == (0, 9)
    assert [phrase for phrase, _ in view.says(result)] == KINDS


def test_marks_stand_on_their_curves():
    curves = {"f": (np.array([0.0, 1, 4]), np.array([0.0, 2, 5])), "g": [3.0, 7, 1]}
    both = marked(curves, 2)
    assert list(both) == ["f", "g", "_f", "_g"]
    assert both["_f"] == (2, 3), "a third of the way from (1, 2) to (4, 5)"
    assert both["_g"] == (2, 1), "a sequence stands at 0, 1, 2"
    assert both["f"] is curves["f"] and "_f" not in curves
    with pytest.raises(ValueError, match="f: its x must increase"):
        marked({"f": ([0, 0, 1], [1, 2, 3])}, 0)
    with pytest.raises(ValueError, match="x ="):
        marked(curves, "two")


KINDS = [say.AGAINST, say.ENDS, say.ENDS, say.POINT, say.CLOUD]  # of four in one panel


def test_what_is_drawn_is_told_by_its_kind():
    circle = np.exp(2j * np.pi * np.linspace(0, 1, 5))
    view = Curves(still={"y": np.ones(2)}, dots=("dots",), xlabel="a", ylabel="b")
    shape = {"circle": (circle.real, circle.imag)}
    shown(view, shape)
    assert (
        "In b against a, circle spans a from −1 to 1 and b from −1 to 1; in grey, y."
        in (words({}, (view,), shape))
    )
    line = {"path": (np.array([1.0, 2, 0]), np.array([0.0, 1, 5]))}
    assert "path goes from (1, 0) to (0, 5)" in words({}, (view,), line)
    loose = {"dots": (np.arange(3.0), np.ones(3)), "_own": np.ones(2)}
    text = words({}, (view,), loose)
    assert "there are 3 dots dots, a from 0 to 2, b from 1 to 1" in text
    assert "_own" not in text


@pytest.mark.parametrize(
    "data",
    [[1.0, 1.0], [0.0], [np.nan, np.nan], [2.0, np.inf], [-1.0, -2.0], [0.0, 0.0]],
)
@pytest.mark.parametrize("scale", ["linear", "log"])
def test_curves_find_limits_for_everything(data, scale):
    """A flat curve, one point, none at all, nothing positive: no warning, no error."""
    view = Curves(yscale=scale)
    ax, moving = shown(view, np.array(data))
    low, high = ax.get_ylim()
    assert low < high
    assert scale == "linear" or low > 0
    record(ax.figure, moving)
    words({}, (view,), np.array(data))


def test_a_curve_without_end_is_said_to_diverge():
    view = Curves(ylim=(0, 9), ylabel="R")
    result = np.array([1.0, 0.5, 1e300, np.inf])
    shown(view, result)
    text = words({}, (view,), result)
    assert "Contra t, R empieza en 1 y diverge, con mínimo 0.5" in text
    assert "Against t, R starts at 1 and diverges, with minimum 0.5" in text
    assert "R has no value" in words({}, (view,), np.full(3, np.nan))


def test_bars_stand_where_their_numbers_are():
    view = Bars(names=["a", "b"])
    result = {"η": np.array([1.0, -2.0]), "γ": np.array([0.5, 3.0])}
    ax, _ = shown(view, result)
    heights = [[bar.get_height() for bar in bars] for bars in view.bars.values()]
    assert heights == [[1, -2], [0.5, 3]]
    assert [t.get_text() for t in ax.get_xticklabels()] == ["a", "b"]
    assert [t.get_text() for t in view.numbers["η"]] == ["1", "−2"]
    assert [t.get_va() for t in view.numbers["η"]] == ["bottom", "top"]
    left, right = (bars[0].get_x() for bars in view.bars.values())
    assert right == pytest.approx(left + view.width), (
        "side by side, not over each other"
    )
    assert ["η", "γ"] == [t.get_text() for t in ax.get_legend().get_texts()]


def test_stacked_bars_stand_on_each_other():
    make, first, second = CASES["Bars stacked"]
    view = make()
    shown(view, first)
    view.update(second)
    low, high = view.bars["a"][0], view.bars["b"][0]
    assert low.get_y() == 0
    assert high.get_y() == low.get_height() == 1.5


def test_a_part_of_a_pile_that_is_too_thin_carries_no_number():
    view, thick = Bars(stacked=True, ylim=(-6, 6)), 0.97  # 8 % of 12
    shown(view, {"H": [thick, -thick], "KL": [0.95, -0.95]})
    numbers = [[t.get_text() for t in view.numbers[name]] for name in view.bars]
    assert numbers == [["0.97", "−0.97"], ["", ""]]
    beside = Bars(ylim=(-6, 6))
    shown(beside, [0.1, 0.2])
    assert [t.get_text() for t in beside.numbers[""]] == ["0.1", "0.2"]


def test_many_bars_carry_no_numbers():
    view = Bars()
    shown(view, np.arange(1.0, 30.0))
    assert not any(view.numbers.values())
    _, (phrase, facts) = view.says(np.arange(1.0, 30.0))
    assert (phrase, facts["high"], facts["highest"]) == (say.MANY, 29, 29)


def test_regions_are_coloured_by_the_class():
    view = Regions(POINTS)
    ax, _ = shown(view, half_plane(50))
    colours = view.image.get_array()
    left, right = colours[30, 5], colours[30, -5]
    blue, vermilion = left, right
    assert blue[2] > blue[0], "class 0 is blue"
    assert vermilion[0] > vermilion[2], "class 1 is vermilion"
    np.testing.assert_allclose(view.border.get_xdata(), 0, atol=0.1)
    assert view.text.get_text() == "✓ 4 / 4"
    view.update(half_plane(-50))
    assert view.text.get_text() == "✓ 0 / 4"
    assert to_hex(view.dots[0].get_color()) != to_hex(view.dots[1].get_color())
    view.update(lambda X: np.full(len(X), 0.5))
    assert view.text.get_text() == "✓ 0 / 4", "a tie is not right"


def view_of(centres, model):
    return {"data": (centres, np.arange(3)), "model": model}


def test_regions_of_three_classes_and_moving_points():
    centres = np.array([[-2.0, 0], [2, 0], [0, 2]])

    def nearest(X):
        d = -((X[:, None] - centres) ** 2).sum(axis=-1)
        e = np.exp(d - d.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    view = Regions(lambda r: r["data"], lambda r: r["model"])
    shown(view, view_of(centres, nearest))
    assert len(view.dots) == 3
    assert view.text.get_text() == "✓ 3 / 3"
    view.update(view_of(-centres, nearest))
    np.testing.assert_array_equal(view.dots[0].get_xdata(), [2])
    assert view.text.get_text() != "✓ 3 / 3"
    _, *shares = view.says(view_of(-centres, nearest))
    # The third class has what lies above both diagonals.
    percents = [facts["share"] for _, facts in shares]
    assert percents == pytest.approx([37.5, 37.5, 25], abs=1.5)


def test_images_stand_in_rows_with_captions():
    pictures = np.stack([np.full((4, 4), float(k)) for k in range(1, 4)])
    view = Images(columns=2)
    shown(view, (pictures, ["0", "1", "2"]))
    whole = np.asarray(view.image.get_array())
    assert whole.shape == (2 * 7, 2 * 5)
    for k, (top, left) in enumerate([(0, 0), (0, 5), (7, 0)], start=1):
        assert np.all(whole[top : top + 4, left : left + 4] == k)
    assert [text.get_text() for text in view.captions] == ["0", "1", "2"]
    below = [text.get_position()[1] > 3 for text in view.captions]
    assert all(below)


def test_a_graph_lights_up_where_it_is_told():
    view = Graph((2, 1))
    shown(view, wired(0.5))
    assert [len(texts) for texts in view.texts] == [2, 1]
    assert view.texts[1][0].get_text() == "h\n0.50"
    dark = to_hex(view.nodes[1].get_facecolor()[0])
    view.update(wired(1.5))
    assert view.labels[0][0][0].get_text() == "1.5"
    assert to_hex(view.nodes[1].get_facecolor()[0]) != dark
    assert to_hex(view.nodes[0].get_facecolor()[0]) == dark
    assert "h 1.50" in words({}, (view,), wired(1.5))


# By hand, on paper: f = σ(Wᵀh), d_out = (f − y) f (1 − f), d₁ = W d_out, with h = Uᵀx.
PAPER = [
    ("x", "x 1.000", [0], []),
    ("a⁽¹⁾", "a 0.500", [1], [0]),
    ("h⁽¹⁾", "h 0.500", [1], []),
    ("a⁽²⁾", "a −0.100", [2], [1]),
    ("φ", "φ 0.475", [2], []),
    ("d⁽²⁾", "d −0.131", [2], []),
    ("d⁽¹⁾", "d −0.110", [1], [1]),
    ("∂ℓ/∂W⁽²⁾", None, [], [1]),
    ("∂ℓ/∂W⁽¹⁾", None, [], [0]),
]


@pytest.mark.parametrize("t", range(9))
def test_two_passes_show_each_quantity_when_it_is_known(t):
    view = Passes((2, 2, 2))
    shown(view, slides_22_to_25(t))
    name, line, nodes, edges = PAPER[t]
    assert view.text.get_text() == f"{name}     ℓ = 0.193"
    lit = view.of(slides_22_to_25(t))["lit"]
    assert lit == [("nodes", k) for k in nodes] + [("edges", k) for k in edges]
    layer = (*nodes, 0)[0]
    first = view.texts[layer][0].get_text().split("\n")
    assert line is None or first[-1] == line
    told = [text.get_text() for texts in view.texts for text in texts]
    lines = [line for text in told for line in text.split("\n") if line]
    assert len(lines) == 2 * min(t + 1, 7), "both units of a layer, and nothing ahead"


def test_at_the_end_of_two_passes_the_edges_show_their_derivatives():
    view = Passes((2, 2, 2))
    weights = [[".1", ".2"], [".3", "-.4"]], [[".5", ".7"], ["-.6", ".8"]]
    found = (
        [["-.11", "-.22"], ["-.033", "-.066"]],
        [["-.065", ".065"], [".037", "-.037"]],
    )
    for t, first, second in ((6, 0, 0), (7, 0, 1), (8, 1, 1)):
        edges = view.of(slides_22_to_25(t))["edges"]
        assert edges == [(weights, found)[first][0], (weights, found)[second][1]]


def test_a_network_without_hidden_layers_has_two_passes_too():
    network = Network((1, 1))
    trace = network.trace([0.0, 0.0], [3.0], 1.0, "half_squared_error")
    assert (trace.phi, trace.d[1]) == (0.5, -0.125)
    view, W, dW = Passes((1, 1)), [np.zeros((1, 1))], [np.array([[-0.375]])]
    whole = view.of((4, trace, W, dW))
    assert whole["nodes"] == [["x 3.000"], ["a 0.000\nφ 0.500\nd -0.125"]]
    assert (whole["edges"], whole["lit"]) == ([[["-.38"]]], [("edges", 0)])
