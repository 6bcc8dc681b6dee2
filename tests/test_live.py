"""Live figures: sliders from abbreviations, one picture for each of their values."""

import base64
import io
import json
import subprocess
import sys
import threading

import ipywidgets
import matplotlib
import numpy as np
import pytest
from PIL import Image

from course_utils import GradientDescent, descend, parabola, quadratic
from course_utils.live import (
    Curves,
    Live,
    PathOnContours,
    PathOnCurve,
    canvas,
    figure,
    live,
    say,
)
from course_utils.live.sliders import choice, choices, ends, said, slider_for
from course_utils.live.view import View


def distance(path):
    return abs(path[:, 0])


def run(eta=0.9, x0=2.5, steps=20):
    return descend(parabola, [x0], GradientDescent(eta), steps=steps)


def one(**sliders) -> Live:
    sliders = sliders or {"eta": (-0.1, 1.2), "x0": (-3, 3)}
    return live(run, PathOnCurve(parabola), **sliders)


def value(default):
    """A function of one argument, for sliders of every kind."""

    def compute(a=default):
        return np.array([[1.0], [0.5]])

    return compute


def slider(short, default):
    return live(value(default), PathOnCurve(parabola), a=short).sliders["a"]


# Sliders from abbreviations, as in interact.


@pytest.mark.parametrize(
    ("short", "default", "kind", "limits"),
    [
        ((0, 10), 3, ipywidgets.IntSlider, (0, 10, 1)),
        ((0, 10, 5), 5, ipywidgets.IntSlider, (0, 10, 5)),
        ((0.0, 1.0), 0.3, ipywidgets.FloatSlider, (0, 1, 0.1)),
        ((-0.1, 1.2, 0.05), 0.9, ipywidgets.FloatSlider, (-0.1, 1.2, 0.05)),
        ((-3, 3), 2.5, ipywidgets.FloatSlider, (-3, 3, 0.1)),
        ((-3, 3, 1), 2.0, ipywidgets.FloatSlider, (-3, 3, 1)),
        ((0.0, 2.0), 1, ipywidgets.FloatSlider, (0, 2, 0.1)),
        ((0, 1, 0.01), 0.29, ipywidgets.FloatSlider, (0, 1, 0.01)),
    ],
)
def test_a_pair_or_triple_is_a_slider(short, default, kind, limits):
    made = slider(short, default)
    assert type(made) is kind
    assert (made.min, made.max, made.step) == limits
    assert made.value == default


def test_a_list_or_dict_is_a_dropdown_and_a_bool_a_box():
    assert slider(["Adam", "Adagrad"], "Adagrad").label == "Adagrad"
    assert slider({"Adam": 1, "Adagrad": 2}, 2).label == "Adagrad"
    box = slider(True, False)
    assert isinstance(box, ipywidgets.Checkbox)
    assert box.value is False
    own = ipywidgets.FloatLogSlider(value=0.1, min=-3, max=0)
    assert slider(own, 0.1) is own


@pytest.mark.parametrize(
    ("short", "default", "said"),
    [
        ((0.0, 1.0, 0.25), 0.3, "a = 0.3.*grid 0, 0.25, … 1.*nearest value is 0.25"),
        ((0.0, 1.0), 0.29, "a = 0.29.*nearest value is 0.3"),
        ((-1.0, 1.0), 1.7, "a = 1.7.*nearest value is 1$"),
        ((-1.0, 1.0), -9.0, "a = -9.*nearest value is -1$"),
        ((0.1, 1.0, 0.2), 1.0, "a = 1:.*nearest value is 0.9"),
        ((0, 10, 5), 4, "a = 4.*nearest value is 5"),
        ((0, 1, 0.001), 0.12345, "nearest value is 0.123$"),
        (["Adam", "Adagrad"], "AMSGrad", "'AMSGrad'.*one of Adam, Adagrad"),
        ({"Adam": 1}, "Adam", "'Adam'.*one of Adam$"),
        ((0.0, 1.0), "much", "a = 'much'"),
        ((0.0, 1.0), None, "a = None"),
        ((3, -3), 0.0, "slider 'a' = "),
        ((0, 1, -0.1), 0.0, "slider 'a' = "),
        (None, 0.0, "slider 'a' = None"),
        ("Adam", 0.0, "a = 0.0"),
        (True, 0.5, "a = 0.5"),
    ],
)
def test_a_wrong_slider_is_a_value_error_that_names_it(short, default, said):
    with pytest.raises(ValueError, match=said):
        slider(short, default)


@pytest.mark.parametrize(
    ("short", "default", "listed"),
    [
        ((0, 10, 5), 5, [0, 5, 10]),
        ((0.1, 1.0, 0.2), 0.3, [0.1, 0.3, 0.5, 0.7, 0.9]),  # as they are written
        (["Adam", "Adagrad"], "Adagrad", ["Adam", "Adagrad"]),
        ({"Adam": 1, "Adagrad": 2, "Adam + L₂": 4}, 2, [1, 2, 4]),
        (True, True, [False, True]),
    ],
)
def test_choices_are_what_a_slider_can_be_set_to(short, default, listed):
    made = slider(short, default)
    assert choices(made) == listed
    assert ends(made) == [listed[0], listed[-1]]
    for each in listed:
        made.value = each
        assert made.value == each


def test_what_is_typed_is_no_choice():
    assert choices(slider("Adam", "Adagrad")) is None
    assert choices(ipywidgets.FloatLogSlider()) is None


def test_what_compute_and_sliders_must_agree_on():
    with pytest.raises(ValueError, match="slider 'theta'.*only eta, x0, steps"):
        one(theta=(0, 1))
    with pytest.raises(ValueError, match="slider 'a'.*only none"):
        live(lambda: None, PathOnCurve(parabola), a=(0, 1))
    with pytest.raises(ValueError, match="argument 'x0' needs a default"):
        live(lambda x0: None, PathOnCurve(parabola), x0=(0, 1))
    with pytest.raises(ValueError, match="views: 0 given"):
        live(run, eta=(-0.1, 1.2))
    with pytest.raises(ValueError, match="views: 5 given; must be 1 to 4"):
        live(run, *[PathOnCurve(parabola)] * 5)


def test_every_value_of_a_grid_is_computed_without_noise():
    seen = []

    def compute(eta=0.1):
        seen.append(eta)
        return run(eta)

    shown = live(compute, PathOnCurve(parabola), eta=(0, 1.2, 0.1))
    for k in range(13):
        shown.sliders["eta"].value = k * 0.1  # 0.30000000000000004, as a browser says
    assert set(seen) == {
        0.0,
        0.1,
        0.2,
        0.3,
        0.4,
        0.5,
        0.6,
        0.7,
        0.8,
        0.9,
        1.0,
        1.1,
        1.2,
    }


def test_a_typed_value_is_computed_as_it_was_typed():
    shown = one(eta=(-0.1, 1.2, 0.1))
    shown.sliders["eta"].value = 0.4321
    assert shown.values["eta"] == 0.4321
    np.testing.assert_allclose(shown.picture.result[1], (1 - 2 * 0.4321) * 2.5)


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("eta", "η"),
        ("beta1", "β₁"),
        ("x0", "x₀"),
        ("theta_0", "θ₀"),
        ("steps", "t"),
        ("t", "t"),
        ("gamma", "γ"),
        ("lam", "λ"),
        ("epsilon", "ε"),
        ("N", "N"),
    ],
)
def test_sliders_wear_the_letter_of_the_formula(name, letter):
    scope = {}
    exec(f"def compute({name}=1):\n    return [[1.0], [0.5]]", scope)
    compute = scope["compute"]
    shown = live(
        lambda: None, PathOnCurve(parabola, lambda _: np.ones((2, 1)))
    )  # no slider at all: a figure that stands still
    assert shown.sliders == {}
    shown = live(compute, PathOnCurve(parabola, np.array), **{name: (0, 2)})
    assert shown.sliders[name].description == letter
    assert f"{letter} = 1" in shown.words()


# ▶ and ↺.


def controls(shown) -> tuple:
    """The widgets above the figure."""
    return shown.children[0].children


def test_controls_stand_in_columns_and_a_long_slider_in_a_row_of_its_own():
    def compute(eta=0.3, beta1=0.5, seed=1):
        return run()

    few, many = (0, 1, 0.1), (0, 1, 0.001)
    shown = live(compute, PathOnCurve(parabola), eta=few, beta1=many, seed=(0, 20))
    assert "course-controls" in shown.children[0]._dom_classes
    sliders = shown.sliders.values()
    widths = {slider.style.description_width for slider in sliders}
    assert widths == {f"{len('seed') + 1}ch"}
    long = [
        name for name, s in shown.sliders.items() if "course-long" in s._dom_classes
    ]
    assert long == ["beta1"]


@pytest.mark.parametrize("name", ["steps", "t"])
def test_the_page_walks_an_integer_slider_of_that_name(name):
    def compute(steps=20, t=5, other=3):
        return run(steps=steps)

    shown = live(compute, PathOnCurve(parabola), other=(1, 5), **{name: (1, 30)})
    assert shown.canvas.walks == [[shown.sliders[name], shown.values[name]]]
    assert controls(shown)[1:] == tuple(shown.sliders.values())


def test_it_walks_no_other_slider():
    shown = live(lambda t=0.5: np.ones((2, 1)), PathOnCurve(parabola), t=(0, 1, 0.1))
    assert shown.canvas.walks == []


def test_back_returns_all_sliders_to_their_defaults():
    shown = one(eta=(-0.1, 1.2), x0=(-3, 3), steps=(1, 50))
    first = shown.canvas.marks, shown.canvas.points, shown.words(), repr(shown)
    shown.sliders["eta"].value = 0.3
    shown.sliders["x0"].value = -1
    shown.sliders["steps"].value = 7
    assert shown.canvas.points != first[1]
    (back,) = (c for c in controls(shown) if isinstance(c, ipywidgets.Button))
    back.click()
    assert shown.values == {"eta": 0.9, "x0": 2.5, "steps": 20}
    assert (
        shown.canvas.marks,
        shown.canvas.points,
        shown.words(),
        repr(shown),
    ) == first


# What a cell stores.


def test_the_output_holds_a_picture_and_two_texts():
    shown = live(run, PathOnCurve(parabola), Curves(distance), eta=(-0.1, 1.2))
    data, about = shown._repr_mimebundle_()
    picture = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
    assert picture.format == "PNG"
    assert picture.size == (2 * 900, 2 * 360)
    assert about["image/png"]["width"] == 900
    assert about["image/png"]["alt"] == shown.words() == shown.canvas.words
    assert data["text/plain"] == repr(shown)
    assert data["text/plain"].startswith(
        "eta = 0.9 in [-0.1, 1.2] by 0.1\nfigure 900x360"
    )
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "0x" not in data["text/plain"].replace("900x360", "")
    spanish, english = shown.words().split(" — ")  # here no folder says which
    assert spanish.startswith("Con η = 0.9")
    assert english.startswith("With η = 0.9")


def test_two_times_the_same_is_the_same():
    first, second = one(), one()
    assert repr(first) == repr(first) == repr(second)
    assert first.words() == second.words()
    bundles = [shown._repr_mimebundle_() for shown in (first, first, second)]
    pictures = {bundle[0]["image/png"] for bundle in bundles}
    assert len(pictures) == 1


def test_a_picture_has_the_colours_of_what_it_shows():
    """256 colours are enough: the curve's blue is there, to the last few of 255."""
    data, _ = one()._repr_mimebundle_()
    picture = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
    pixels = np.asarray(picture.convert("RGB")).reshape(-1, 3).astype(int)
    blue = abs(pixels - [0x00, 0x72, 0xB2]).max(axis=1).min()
    white = abs(pixels - 255).max(axis=1).min()
    assert blue < 12
    assert white < 3


def test_a_dropdown_is_said_by_its_label():
    rules = {"GD": GradientDescent(0.1), "faster": GradientDescent(0.4)}

    def compute(rule=rules["GD"]):
        return descend(parabola, [1.0], rule, steps=5)

    shown = live(compute, PathOnCurve(parabola), rule=rules)
    shown.sliders["rule"].label = "faster"
    assert "rule = faster:" in shown.words()
    assert "rule = faster of GD, faster\n" in repr(shown)
    assert "object at" not in repr(shown) + shown.words()


def test_one_view_may_stand_in_two_figures():
    view, of = PathOnCurve(parabola), Curves(distance)
    first = live(run, view, of, eta=(-0.1, 1.2))
    second = live(run, view, of, x0=(-3, 3))
    before = repr(second), second.canvas.points
    first.sliders["eta"].value = 0.1
    second.follow()
    assert (repr(second), second.canvas.points) == before
    assert first.canvas.points != second.canvas.points


# A slider moves.


def test_a_slider_changes_the_record_and_the_texts():
    shown = one()
    seen = {shown.canvas.points}
    for eta in (0.1, 0.5, 1.0):
        shown.sliders["eta"].value = eta
        seen.add(shown.canvas.points)
        assert f"eta = {eta:g} in" in repr(shown)
        assert shown.canvas.words == shown.words()
    assert len(seen) == 4


def test_still_parts_are_drawn_once_for_all_values(monkeypatch):
    shown = one()
    count = []
    draw = matplotlib.backends.backend_agg.FigureCanvasAgg.draw
    monkeypatch.setattr(
        matplotlib.backends.backend_agg.FigureCanvasAgg,
        "draw",
        lambda canvas: count.append(1) or draw(canvas),
    )
    still = shown.canvas.still
    for eta in np.arange(1, 11) / 10:
        shown.sliders["eta"].value = eta
    assert not count
    assert shown.canvas.still is still
    shown._repr_mimebundle_()
    assert count == [1]


def test_one_move_is_one_computation_and_one_message():
    count = []

    def compute(eta=0.9):
        count.append(eta)
        return run(eta)

    shown = live(compute, PathOnCurve(parabola), eta=(0, 1.2))
    sent = []
    shown.canvas.send_state = lambda key=None: sent.append(set(key))
    del count[:]
    shown.sliders["eta"].value = 0.3
    assert count == [0.3]
    assert len(sent) == 1
    assert {"points", "words"} <= set(sent[0])


@pytest.mark.parametrize(
    ("eta", "steps"), [(1.1, 20), (1.1, 2000), (5.0, 2000), (-3.0, 20)]
)
def test_a_diverging_path_is_shown_leaving(eta, steps):
    """Warnings are errors here, as in every test."""
    shown = live(
        run,
        PathOnCurve(parabola),
        Curves(distance, yscale="log", ylim=(1e-3, 1e3), xlim=(0, 20)),
        eta=(-3.0, 5.0),
        steps=(1, 2000),
    )
    shown.sliders["steps"].value = steps
    shown.sliders["eta"].value = eta
    _, about = shown._repr_mimebundle_()
    assert shown.canvas.trouble == ""
    gone = not np.all(np.isfinite(shown.picture.result))
    assert gone == (steps == 2000 and abs(1 - 2 * eta) > 2)  # 1.4**2000 is finite
    spanish, english = about["image/png"]["alt"].split(" — ")
    assert "sobre R(θ), desde 2.5, θ diverge y sale de la figura en t = " in spanish
    assert "on R(θ), from 2.5, θ diverges and leaves the figure at t = " in english
    left = int(english.split("figure at t = ")[1].split(".")[0])
    path = shown.picture.result[:, 0]
    assert abs(path[left]) > 3 or not np.isfinite(path[left])
    assert np.all(abs(path[:left]) <= 3)
    stroke = shown.canvas.marks[0]
    assert stroke["n"][0] >= left + 1, "it is drawn as far as where it leaves"


@pytest.mark.parametrize("steps", [20, 2000])
def test_a_diverging_path_over_contours(steps):
    def compute(eta=0.1, steps=steps):
        return descend(
            quadratic([[1, 0], [0, 9]]), [1, 1], GradientDescent(eta), steps=steps
        )

    bowl = quadratic([[1, 0], [0, 9]])
    shown = live(compute, PathOnContours(bowl), eta=(0, 0.5))
    shown.sliders["eta"].value = 0.4
    shown._repr_mimebundle_()
    assert "θ diverge y sale de la figura" in shown.words()
    assert "θ diverges and leaves the figure" in shown.words()


# What goes wrong.


def broken(eta=0.5):
    if eta > 0.9:
        raise ZeroDivisionError("the slope is 0")
    return run(eta)


def test_trouble_in_a_cell_is_raised():
    with pytest.raises(ZeroDivisionError, match="the slope is 0"):
        live(lambda eta=1.0: broken(eta), PathOnCurve(parabola), eta=(0, 1.2))


def test_trouble_while_dragging_is_shown_and_goes_away():
    shown = live(broken, PathOnCurve(parabola), eta=(0, 1.2))
    assert shown.canvas.trouble == ""
    shown.sliders["eta"].value = 1.1
    trouble = shown.canvas.trouble
    assert "ZeroDivisionError" in trouble
    assert "the slope is 0" in trouble
    assert "eta = 1.1" in trouble
    assert trouble in repr(shown), "the text does not claim the figure before it"
    shown.sliders["eta"].value = 0.4
    assert shown.canvas.trouble == ""
    assert shown.canvas.points == shown.picture.at(eta=0.4)[1]


class Hatched(Curves):
    """A view that draws what cannot be said once its value is large."""

    def draw(self, ax, result):
        (self.bar,) = ax.bar([1], [1])
        return [*super().draw(ax, result), self.bar]

    def move(self, result):
        super().move(result)
        self.bar.set_hatch("/" if result[-1] > 1 else None)


class Silent(Curves):
    def says(self, result):
        yield say.CURVE, {"name": 1 / (1 - result[-1])}


def test_trouble_of_a_view_is_trouble_too():
    def compute(a=0.5):
        return np.array([0.0, a])

    shown = live(compute, Hatched(), a=(0.0, 2.0))
    shown.sliders["a"].value = 2.0
    assert "Rectangle: hatch = '/'" in shown.canvas.trouble
    shown.sliders["a"].value = 0.5
    assert shown.canvas.trouble == ""
    with pytest.raises(KeyError):
        live(compute, Silent(), a=(0.0, 2.0))
    shown = live(compute, Curves(), a=(0.0, 2.0))
    shown.picture.views[0].says = lambda result: 1 / 0
    shown.sliders["a"].value = 1.0
    assert "ZeroDivisionError" in shown.canvas.trouble


def test_names_that_come_and_go_are_trouble():
    def compute(n=1):
        return {name: np.array([0.0, 1.0]) for name in "abc"[:n]}

    shown = live(compute, Curves(), n=(1, 3))
    shown.sliders["n"].value = 2
    assert "'a', 'b'; the figure opened with 'a'" in shown.canvas.trouble


# Threads: JupyterLab runs what sliders ask for beside the cells.


def test_dragging_while_another_thread_draws():
    expected = {}
    shown = live(
        run,
        PathOnCurve(parabola, note=lambda path: rf"$\theta = {path[-1, 0]:.2f}$"),
        Curves(distance, ylabel=r"$|\theta_t|$"),
        eta=(0, 1.2, 0.05),
    )
    etas = [0.05 * k for k in range(21)]
    for eta in etas:
        shown.sliders["eta"].value = eta
        expected[shown.values["eta"]] = shown.canvas.points, repr(shown)
    texts = {text for _, text in expected.values()}
    problems, done = [], threading.Event()

    def drag():
        try:
            for eta in etas * 2:
                shown.sliders["eta"].value = eta
                with figure.LOCK:
                    now = shown.values["eta"]
                    assert (shown.canvas.points, repr(shown)) == expected[now]
        except BaseException as problem:
            problems.append(problem)
        finally:
            done.set()

    hand = threading.Thread(target=drag)
    hand.start()
    pictures = 0
    while not done.is_set():
        data, _ = shown._repr_mimebundle_()
        assert data["text/plain"] in texts, "of one slider value, never of two"
        live(run, Curves(distance, ylabel=r"$|\theta_t|$"), eta=(0, 1.2, 0.05))
        pictures += 1
    hand.join(timeout=60)
    assert not problems, problems
    assert not shown.canvas.trouble
    assert pictures > 0


def test_drawing_waits_for_the_lock():
    """The planted mistake: without the lock two threads would be inside at once."""
    inside, most = [], []

    def compute(eta=0.5):
        inside.append(1)
        most.append(len(inside))
        threading.Event().wait(0.002)
        inside.pop()
        return run(eta)

    shown = live(compute, PathOnCurve(parabola), eta=(0, 1.2, 0.1))
    threads = [
        threading.Thread(target=lambda: [shown.follow() for _ in range(5)])
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1


def test_figures_made_in_threads():
    made, problems = [], []

    def make():
        try:
            made.append(repr(one()))
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not problems
    assert set(made) == {repr(one())}


# Nothing else is touched.


def test_global_settings_stay_as_they_are():
    before = dict(matplotlib.rcParams)
    shown = one()
    shown.sliders["eta"].value = 0.2
    shown._repr_mimebundle_()
    assert dict(matplotlib.rcParams) == before


def loaded_by(statement: str) -> set[str]:
    """The modules that a fresh Python has loaded after this statement."""
    code = f"{statement}\nimport json, sys\nprint(json.dumps(list(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_the_mathematics_imports_nothing_of_the_figures():
    modules = "batches datasets descent gradient_check generative network perceptron"
    names = ", ".join(f"course_utils.{module}" for module in modules.split())
    loaded = loaded_by(f"import {names}")
    for forbidden in ("matplotlib", "ipywidgets", "anywidget", "PIL", "scipy"):
        assert forbidden not in loaded
    assert not any(name.startswith("course_utils.live") for name in loaded)
    assert not any(name.startswith("course_utils.exercises") for name in loaded)


def test_a_live_figure_does_not_import_pyplot():
    loaded = loaded_by(
        "import numpy as np\n"
        "from course_utils.live import live, Curves\n"
        "live(lambda a=1.0: np.array([a, 2.0]), Curves(), a=(0, 2))._repr_mimebundle_()"
    )
    assert "matplotlib.figure" in loaded
    assert "matplotlib.pyplot" not in loaded


def test_the_scripts_are_one_module_with_one_export():
    script = str(canvas.Canvas._esm)
    assert script.count("export ") == 1
    assert "function render(" in script and "function nameControls(" in script
    assert script.rstrip().rpartition("export default")[2].endswith("};")


@pytest.mark.parametrize(
    "painter", ["", "export { render as default };\n", 2 * canvas.EXPORT]
)
def test_a_painter_that_cannot_be_joined_is_refused(tmp_path, painter):
    for name in canvas.SCRIPTS:
        (tmp_path / name).write_text(
            "let a;\n" + painter * (name == "painter.js"), "utf-8"
        )
    with pytest.raises(ValueError, match=r"painter\.js: must say 'export default"):
        canvas.module(tmp_path)


def test_a_view_says_what_it_must_have():
    for method in ("draw", "move", "says"):
        with pytest.raises(NotImplementedError):
            getattr(View(), method)(*[None] * (2 if method == "draw" else 1))


@pytest.mark.parametrize(
    "short, default",
    [((-0.1, 1.2, 0.01), 0.9), ((1, 40), 20), (["GD", "Adam"], "GD"), (False, False)],
)
def test_one_choice_is_that_of_the_list_and_reads_as_the_slider_does(short, default):
    slider = slider_for("a", short, default)
    for place, value in enumerate(choices(slider)):
        slider.value = value
        assert choice(slider, place) == (value, said(slider))
