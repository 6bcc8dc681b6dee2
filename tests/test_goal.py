"""A goal is kept by its figure, said, searched; lectures state what a search finds."""

import re

import ipywidgets
import numpy as np
import pytest

from course_utils import GradientDescent, absolute_value, descend, parabola
from course_utils.live import Curves, Goal, PathOnCurve, live, reached
from course_utils.live.sliders import choices, labels
from pages import grid_of
from pages.records import pack
from support.course import LANGUAGES, NAMES, executed, source
from support.records import packed, unpacked

WORDS = "θ₀ = 2.5, |θ₂₀| < 10⁻³"
SLIDERS = {"eta": (-0.1, 1.2, 0.01), "theta0": (-3, 3, 0.1), "steps": (1, 40)}


def run(eta=0.9, theta0=2.5, steps=20):
    return descend(parabola, [theta0], GradientDescent(eta), steps=steps)


def near(path, theta0):
    return theta0 == 2.5 and len(path) > 20 and abs(path[20, 0]) < 1e-3


def formula(eta, theta0=2.5, steps=20) -> bool:
    """The same without a path: θ₂₀ = (1 − 2η)²⁰ θ₀."""
    return theta0 == 2.5 and steps >= 20 and 2.5 * abs(1 - 2 * eta) ** 20 < 1e-3


def figure(met=near, words=WORDS, **sliders):
    curve = PathOnCurve(parabola, xlim=(-4, 4), ylim=(-1, 16))
    return live(run, curve, goal=Goal(words, met), **(sliders or SLIDERS))


def settings(c=1.0, kind="sin", loud=True, silent=3):
    return {"y": np.array([c, 2.0]), "at": (kind, loud, silent)}


def chosen(met, **sliders):
    """A figure with a list, a box, and an argument that has no slider."""
    sliders = sliders or {"c": (0.0, 2.0, 0.5), "kind": ["sin", "cos"], "loud": True}
    view = Curves(lambda r: r["y"], ylim=(0, 3))
    return live(settings, view, goal=Goal("c", met), **sliders)


# The words.


def test_a_formula_serves_every_language_and_words_come_in_each():
    assert Goal("a", near).shown(True) == "☑ a"
    both = Goal({"en": "period 4", "es": "periodo 4"}, near)
    assert both.shown(False) == "☐ periodo 4 · period 4"
    assert both.shown(True, "en") == "☑ period 4"


@pytest.mark.parametrize(
    "words", ["", " ", 3, None, {}, {"es": "a"}, {"es": "a", "en": 2}, ["a", "b"]]
)
def test_words_that_are_none_are_refused(words):
    with pytest.raises(ValueError, match="words = .*: must be a text, or one for 'es'"):
        Goal(words, near)


@pytest.mark.parametrize("more", ["fr", "ES"])
def test_a_language_that_is_not_ours_is_refused(more):
    with pytest.raises(ValueError, match="words"):
        Goal({"es": "a", "en": "a", more: "a"}, near)


# What `met` takes and gives.


def test_met_takes_by_name_what_it_wants():
    seen = []

    def met(result, kind, *, c):
        seen.append((result["at"], kind, c))
        return True

    shown = chosen(met)
    assert seen == [(("sin", True, 3), "sin", 1.0)], "tried once"
    shown.sliders["kind"].value = "cos"
    assert seen[1:] == [(("cos", True, 3), "cos", 1.0)]


def test_met_may_take_all_there_is_and_what_has_no_slider():
    seen = []
    chosen(lambda _, **all_: bool(seen.append(all_)) or True)
    assert seen == [{"c": 1.0, "kind": "sin", "loud": True, "silent": 3}]
    assert chosen(lambda _, silent: silent == 3).canvas.met


def test_a_name_that_compute_does_not_take_is_refused():
    said = "met: takes 'gamma'; compute takes only eta, theta0, steps"
    with pytest.raises(ValueError, match=said):
        figure(lambda path, gamma: True)


@pytest.mark.parametrize("value", [1, 0, None, "yes", np.array([True]), 0.5])
def test_only_true_and_false_will_do(value):
    with pytest.raises(ValueError, match="met.*: must be True or False"):
        figure(lambda path: value)
    assert figure(lambda path: np.True_).canvas.met is True


@pytest.mark.parametrize("met", ["near", None, 3, lambda: True])
def test_what_cannot_take_a_result_is_refused(met):
    with pytest.raises(ValueError, match="met = .*: must"):
        Goal(WORDS, met)


@pytest.mark.parametrize("goal", ["|θ| < 1", near, Goal])
def test_only_a_goal_is_a_goal(goal):
    with pytest.raises(ValueError, match="goal = .*: must be a Goal"):
        live(run, PathOnCurve(parabola), goal=goal, **SLIDERS)


def test_what_goes_wrong_at_first_is_a_traceback_and_later_trouble():
    def met(path, eta):
        return 1 / (eta - 0.5) > 0

    with pytest.raises(ZeroDivisionError):
        live(lambda eta=0.5: run(eta), PathOnCurve(parabola), eta=(0, 1.0, 0.1),
             goal=Goal(WORDS, met))  # fmt: skip
    shown = figure(met)
    assert shown.canvas.met
    shown.sliders["eta"].value = 0.5
    assert shown.canvas.trouble.startswith("ZeroDivisionError: ")
    assert "(eta = 0.5, theta0 = 2.5, steps = 20)" in shown.canvas.trouble
    assert not shown.canvas.met
    assert "goal ☐" in repr(shown)
    record = shown.record((60, 55, 19))  # the same place
    assert record.trouble == shown.canvas.trouble and not record.met
    shown.sliders["eta"].value = 0.6
    assert shown.canvas.met and not shown.canvas.trouble


# Where it is seen and heard.


def test_the_box_follows_the_sliders():
    shown = figure()
    for eta in (0.83, 0.84, 0.17, 0.16, 0.5):
        shown.sliders["eta"].value = eta
        assert shown.canvas.met is formula(eta), eta
    shown.reset()
    assert shown.canvas.met is False


def test_the_exact_text_holds_it():
    shown = figure()
    assert f"\ngoal ☐ {WORDS}\nfigure" in repr(shown)
    shown.sliders["eta"].value = 0.83
    assert f"\ngoal ☑ {WORDS}\nfigure" in repr(shown)
    assert shown._repr_mimebundle_()[0]["text/plain"] == repr(shown)


def test_without_a_goal_nothing_is_said_or_shown():
    plain = live(run, PathOnCurve(parabola), **SLIDERS)
    assert "goal" not in repr(plain)
    assert "meta" not in plain.words().lower()
    assert plain.canvas.goal is None and plain.canvas.met is False


def test_the_words_for_a_listener_say_it_last():
    shown = figure(words={"es": "cerca", "en": "near -1"})
    told = shown.sentences()
    assert told["es"].endswith(" Meta sin cumplir: cerca.")
    assert told["en"].endswith(" Goal not met: near −1."), "a minus can be heard"
    shown.sliders["eta"].value = 0.83
    assert shown.sentences()["en"].endswith(" Goal met: near −1.")
    assert shown._repr_mimebundle_()[1]["image/png"]["alt"] == shown.words()
    assert "Meta cumplida: cerca. — " in shown.words()


def test_what_a_page_is_told():
    goal = Goal({"es": "cerca", "en": "near"}, near)
    assert goal.about("en") == {
        "words": "near",
        "said": ["Goal not met: near.", "Goal met: near."],
    }
    assert goal.about()["words"] == "cerca · near"
    assert goal.about()["said"][1] == "Meta cumplida: cerca. — Goal met: near."
    assert figure().canvas.goal == Goal(WORDS, near).about()


def test_a_record_has_the_bit_and_the_words():
    shown = figure()
    for place in range(131):
        record = shown.record((place, 55, 19))
        eta = place / 100 - 0.1
        assert record.met is formula(eta), eta
        heard = "Goal met: " if record.met else "Goal not met: "
        assert record.words.endswith(f"{heard}{WORDS}.")
    assert shown.canvas.met is False, "the sliders did not move"
    assert "goal ☐" in repr(shown)


def test_a_packet_has_the_bit_of_each_record():
    shown, sent = figure(), []
    shown.canvas.send = lambda content, buffers=(): sent.append(content)
    keys = [(93, 55, 19), (94, 55, 19), (93, 54, 19)]
    for key in keys:
        shown.ahead._send(shown.ahead.generation, [key])
    records = [record for packet in sent for record in packet["records"]]
    assert [tuple(key) for key, *_ in records] == keys
    assert [record[-1] for record in records] == [True, False, False]


# The search.

ETAS = [round(0.01 * k - 0.1, 12) for k in range(131)]
STARTS = [round(0.1 * k - 3, 12) for k in range(61)]


def test_a_search_finds_what_a_loop_finds():
    shown = figure()
    assert reached(shown, "eta") == [eta for eta in ETAS if formula(eta)]
    assert reached(shown, "eta", theta0=2.5, steps=20) == reached(shown, "eta")
    assert max(reached(shown, "eta", theta0=2.5, steps=20)) == 0.83
    assert reached(shown, "eta", steps=19) == reached(shown, "eta", theta0=2.4) == []
    loop = [(e, x) for e in ETAS for x in STARTS if formula(e, x)]
    assert reached(shown, "eta", "theta0") == loop
    assert sorted(loop) == sorted((e, x) for x, e in reached(shown, "theta0", "eta"))
    assert reached(shown, "steps", eta=0.5) == list(range(20, 41))


def test_a_search_knows_lists_and_boxes_and_what_has_no_slider():
    shown = chosen(lambda r: r["at"] == ("cos", False, 3) and r["y"][0] > 0.9)
    assert reached(shown, "c", kind="cos", loud=False) == [1.0, 1.5, 2.0]
    assert reached(shown, "kind", "loud") == [("cos", False)]
    assert reached(shown, "kind") == []


def test_a_search_moves_nothing_and_computes_each_point_once():
    computed = []

    def counted(eta=0.9, theta0=2.5):
        computed.append((eta, theta0))
        return run(eta, theta0)

    shown = live(counted, PathOnCurve(parabola), goal=Goal(WORDS, near),
                 eta=SLIDERS["eta"], theta0=SLIDERS["theta0"])  # fmt: skip
    shown.sliders["theta0"].value = 1.0
    before, marks = repr(shown), shown.canvas.marks
    computed.clear()
    assert reached(shown, "eta")[-1] == 0.83, "from the default, not from where it is"
    assert computed == [(eta, 2.5) for eta in ETAS]
    assert repr(shown) == before and shown.canvas.marks is marks


@pytest.mark.parametrize(
    ("names", "fixed", "said"),
    [
        ([], {}, "names: none given"),
        (["beta"], {}, "slider 'beta': the figure has only eta, theta0, steps"),
        (["eta"], {"beta": 1}, "slider 'beta': the figure has only eta, theta0, steps"),
        (["eta"], {"eta": 0.5}, "'eta' is given twice"),
        ([3], {}, "names: 3 is no name of a slider"),
        (["eta", "eta"], {}, "'eta' is given twice"),
        (["eta"], {"theta0": 2.55}, "theta0 = 2.55: must lie on the slider's grid"),
        (["eta"], {"theta0": 9}, "theta0 = 9: must lie on the slider's grid"),
        (["eta"], {"theta0": "far"}, "theta0 = 'far': must be real numbers"),
        (["eta"], {"theta0": np.nan}, "theta0: must be finite"),
        (["eta"], {"theta0": np.inf}, "theta0: must be finite"),
    ],
)
def test_a_search_refuses_by_name(names, fixed, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        reached(figure(), *names, **fixed)


def test_a_search_refuses_other_values_of_a_list_and_a_box():
    shown = chosen(lambda r: True)
    with pytest.raises(ValueError, match="kind = 'tan': must be one of sin, cos"):
        reached(shown, "c", kind="tan")
    with pytest.raises(ValueError, match="loud = 2: must be True or False"):
        reached(shown, "c", loud=2)
    text = chosen(lambda r: True, c=(0.0, 2.0), kind=ipywidgets.Text())
    with pytest.raises(ValueError, match="slider 'kind': its values have no end"):
        reached(text, "kind")


def test_a_search_needs_a_goal():
    for shown in (None, live(run, PathOnCurve(parabola), steps=(1, 40))):
        with pytest.raises(ValueError, match="must be a live figure with a goal"):
            reached(shown, "steps")


# The goals of the lectures: by cell, what is searched, which of the values found the
# prose names, that value, and how the prose after the figure writes it.

ANSWERS = {
    "00-sliders-live": ("eta", {"steps": 10}, min, 0.5, r"$\eta = \frac12$"),
    "01-flattery-live": ("seed", {"N": 5}, min, 2, "$2$"),
    "01-pile-live": ("z1", {"z2": 1.1, "z3": 0}, min, 1.8, "z = (1.8, 1.1, 0)"),
    "01-hills-live": ("a", {}, min, 2.9, "$a = 2.9$"),
    "01-bell-live": ("c", {"s": 0.7}, min, 0.5, "$c = 0.5$, $s = 0.7$"),
    "01-autoencoder-live": ("t", {"k": 2}, min, 117, "$t = 117$"),
    "01-denoising-live": ("s", {}, min, 0.6, "$s = 0.6$"),
    "01-duel-live": ("j", {"rho": 0.15}, min, 4, "$N = 160$"),
    "01-hybrid-live": ("alpha", {"tau": 2, "seed": 9}, min, 0.87, "$0.87$"),
    "01-landscapes-live": (
        "theta1",
        {"R": "¼Σ(θᵢ² − 1)² + θ₁/8", "theta2": 0.05, "t": 200},
        min,
        0.15,
        r"$\theta_1 = 0.15$",
    ),
    "02-rates-live": ("eta", {"theta0": 2.5, "steps": 20}, max, 0.83, "$0.83$"),
    "02-cobweb-live": ("eta", {"theta0": 2}, min, 0.8, r"$\eta = 0.8$"),
    "02-curvature-live": ("eta", {"c": 10}, max, 0.16, "$\\eta = 0.16$"),
    "02-quartic-live": ("eta", {"theta0": 1}, max, 0.49, "$0.49$"),
    "02-wells-live": ("eta", {}, min, 1.238, "$1.238$"),
    "03-u-curve-live": ("eta", {"k": 6}, max, 0.75, "$0.750$"),
    "03-valley-live": (
        "eta",
        {"kappa": 19, "alpha": 45, "steps": 40},
        max,
        1.9,
        r"$\eta = 1.90$",
    ),
    "03-best-rate-live": ("eta", {"kappa": 99}, min, 1.98, r"$\eta^* = 1.98$"),
    "03-promise-live": ("eta", {"kappa": 9, "alpha": 10}, max, 2.67, "$2.67$"),
    "03-race-live": ("eta0", {"R": absolute_value, "theta0": 2.5}, min, 0.34, "$0.34$"),
    "04-six-examples-live": ("b", {"w": 2}, min, -1, "$b = -1$"),
    "04-online-live": ("eta", {"t": 500}, min, 0.14, r"$\eta = 0.14$"),
    "04-gates-live": ("eta", {"f": "OR", "t": 5}, min, 3.7, r"$\eta = 3.7$"),
    "04-sure-and-wrong-live": ("theta0", {}, min, -4.4, r"$\theta_0 = -4.4$"),
    "04-long-valley-live": ("eta", {"t": 50}, max, 0.322, r"$\eta = 0.322$"),
    "04-runaway-live": ("eta", {"t": 1000}, min, 1.1, r"$\eta = 1.1$"),
    "05-race-live": ("eta", {"t": 5}, max, 0.17, r"$\eta = 0.17$"),
    "05-flower-race-live": ("eta", {"n": 2, "t": 30}, min, 0.8, r"$\eta = 0.8$"),
    "05-noise-live": ("n", {}, min, 6, "$n = 6$"),
    "05-ball-live": ("eta", {"n": 10}, max, 0.66, "$0.66$"),
    "05-decreasing-live": ("eta", {}, min, 0.015, r"$\eta = 0.015$"),
    "05-interpolation-live": ("t", {"d": 0, "eta": 1}, min, 54, "54 "),
    "06-gd-adagrad-live": ("eta", {"R": "cθ²"}, min, 0.15, r"$\eta = 0.15$"),
    "06-corrections-live": ("beta2", {"beta1": 0.9}, min, 0.99, r"$\beta_2 = 0.99$"),
    "06-inertia-live": ("beta1", {}, max, 0.71, r"$\beta_1 = 0.71$"),
    "06-memory-live": ("beta2", {"C": 3}, min, 0.48, r"$\beta_2 = 0.48$"),
    "06-surfaces-live": (
        "eta",
        {"R": "Rosenbrock", "beta2": 0.9},
        min,
        0.21,
        r"$\eta = 0.21$",
    ),
    "07-walk-live": ("x2", {"E": "E12"}, max, -2.5, "$x_2 = -2.5$"),
    "07-step-h-live": ("t", {"seed": 0}, min, 14, "$t = 14$"),
    "07-depth-live": ("c", {"seed": 0}, min, 27, "$c = 27$"),
    "07-xor-live": ("t", {"H": 2, "eta": 3.5, "seed": 9}, min, 11, "$t = 11$"),
    "07-errors-live": ("H", {"t": 9}, min, 8, "$H = 8$"),
    "08-shrinkage-live": ("gamma", {}, min, 0.24, r"$\gamma = 0.24$"),
    "08-early-stop-live": ("gamma", {"t": 50}, min, 0.04, r"$\gamma = 0.04$"),
    "08-elastic-net-live": ("gamma1", {}, min, 1.6, r"$\gamma_1 = 1.6$"),
    "08-runaway-live": ("k", {}, max, -2.75, "$k = -2.75$"),
    "08-box-live": ("delta", {}, max, 0.75, r"$\delta = 0.75$"),
    "08-moons-live": ("k", {"t": 1000}, min, -2.5, "$k = -2.5$"),
    "08-digits-live": ("k", {"p": 0.2}, min, -2, "$k = -2$"),
}
# No other value will do.
ONLY = {
    "00-sliders-live",
    "01-bell-live",
    "01-pile-live",
    "02-cobweb-live",
    "03-best-rate-live",
    "04-six-examples-live",
    "05-decreasing-live",
    "05-noise-live",
    "06-corrections-live",
    "07-errors-live",
    "08-digits-live",
    "08-early-stop-live",
    "08-moons-live",
}
LECTURES = {name[:2]: name for name in NAMES}


def of_lecture(cell: str):
    return executed(LECTURES[cell[:2]]).figures[cell]


def by_label(shown, fixed: dict) -> dict:
    """Where sliders stand; of a list, the choice that has this label."""
    labelled = {
        name: dict(zip(labels(slider), choices(slider), strict=True))
        for name, slider in shown.sliders.items()
        if hasattr(slider, "options")
    }
    return {
        name: labelled.get(name, {}).get(value, value) for name, value in fixed.items()
    }


def prose_after(cell: str) -> dict[str, str]:
    """What is said between a figure and the next section, by language."""
    cells = source(LECTURES[cell[:2]]).cells
    at = [one.id for one in cells].index(cell) + 1
    prose = dict.fromkeys(LANGUAGES, "")
    while not cells[at].source.startswith("## "):
        if cells[at].cell_type == "markdown":
            prose[cells[at].metadata["lang"]] += cells[at].source
        at += 1
    return prose


def test_every_figure_of_these_lectures_has_its_goal():
    figures = [f for name in LECTURES.values() for f in executed(name).figures.items()]
    assert {cell for cell, shown in figures if shown.goal} == set(ANSWERS)
    assert {cell for cell, _ in figures} == set(ANSWERS)


@pytest.mark.parametrize("cell", ANSWERS)
def test_no_figure_opens_with_its_goal_met(cell):
    shown = of_lecture(cell)
    assert not shown.goal.at(shown.picture.compute(**shown.start), shown.start)


@pytest.mark.parametrize("cell", ANSWERS)
def test_the_answer_of_the_prose_is_the_one_the_grid_gives(cell):
    name, fixed, which, answer, written = ANSWERS[cell]
    shown = of_lecture(cell)
    found = reached(shown, name, **by_label(shown, fixed))
    assert which(found) == answer
    assert (len(found) == 1) == (cell in ONLY)
    for language, prose in prose_after(cell).items():
        assert written in prose, language


def test_no_other_start_or_curvature_meets_a_goal():
    assert reached(of_lecture("02-rates-live"), "theta0", eta=0.5) == [2.5]
    assert reached(of_lecture("02-cobweb-live"), "theta0", eta=0.8) == [2]
    assert reached(of_lecture("02-curvature-live"), "c", eta=0.1) == [10]
    assert reached(of_lecture("02-quartic-live"), "theta0", eta=0.1) == [1]
    assert reached(of_lecture("02-wells-live"), "theta0", eta=1.236) == []
    wells = reached(of_lecture("02-wells-live"), "theta0", eta=1.238)
    assert len(wells) == 28  # not ±1, 0
    assert reached(of_lecture("03-best-rate-live"), "kappa", eta=1.98) == [99]
    assert reached(of_lecture("03-promise-live"), "kappa", "alpha", eta=1) == [(9, 10)]
    assert reached(of_lecture("06-corrections-live"), "beta1", beta2=0.99) == [0.9]
    assert reached(of_lecture("06-inertia-live"), "eta", beta1=0.5) == [0.1]
    assert reached(of_lecture("06-memory-live"), "C", beta2=0.9) == [3]


def test_adam_needs_a_shorter_memory_on_rosenbrock():
    shown = of_lecture("06-surfaces-live")
    bent = by_label(shown, {"R": "Rosenbrock"})
    assert reached(shown, "eta", beta2=0.999, **bent) == []
    rates = reached(shown, "eta", beta2=0.9, **bent)
    assert (len(rates), rates[0], rates[-1]) == (15, 0.21, 0.49)
    assert reached(shown, "R", beta2=0.9, eta=0.21) == list(bent.values())


def test_the_goals_of_the_perceptron_hold_what_the_prose_asks_for():
    assert reached(of_lecture("04-six-examples-live"), "w", "b") == [(2, -1)]
    assert reached(of_lecture("04-online-live"), "eta", delta=-1, t=500) == []
    gates = of_lecture("04-gates-live")
    assert reached(gates, "f", "b", eta=5, t=5) == [("OR", True)]
    duel = of_lecture("04-sure-and-wrong-live")
    assert reached(duel, "theta0", eta=1.5) == reached(duel, "theta0", t=99) == []
    assert reached(of_lecture("04-runaway-live"), "t", eta=5) == [1000]


def test_what_lecture_01_says_of_all_that_meets_its_goals():
    seeds = reached(of_lecture("01-flattery-live"), "seed", N=5)
    assert seeds == [2, 3, 4, 6, 9, 13, 18]
    assert reached(of_lecture("01-flattery-live"), "seed", N=21) == []
    assert reached(of_lecture("01-bell-live"), "c", "s") == [(0.5, 0.7)]
    assert reached(of_lecture("01-pile-live"), "z1", "z2", z3=0) == [(1.8, 1.1)]
    assert reached(of_lecture("01-autoencoder-live"), "t", k=3) == []
    times = reached(of_lecture("01-autoencoder-live"), "t", k=2)
    assert times == list(range(117, 241))
    assert reached(of_lecture("01-duel-live"), "j", rho=0.15) == [4, 5, 6, 7]
    alphas = reached(of_lecture("01-hybrid-live"), "alpha", tau=2, seed=9)
    assert alphas == [0.87, 0.88, 0.89, 0.9, 0.91]


def test_sgd_is_near_in_an_interval_of_rates_by_the_clock_of_epochs():
    shown = of_lecture("05-race-live")
    assert reached(shown, "eta") == [round(0.01 * k, 2) for k in range(10, 18)]
    assert reached(shown, "dt", eta=0.15) == [12]
    assert reached(shown, "t", eta=0.15) == [5]


def test_a_larger_batch_needs_a_larger_rate():
    shown = of_lecture("05-flower-race-live")
    least = [reached(shown, "eta", n=n)[:1] for n in (2, 5, 10, 20, 50)]
    assert least == [[0.8], [1.7], [3.5], [], []]


def test_half_of_the_data_divide_the_trace_by_eleven_at_every_theta():
    found = reached(of_lecture("05-noise-live"), "n", "c")
    assert len(found) == 21 and {n for n, c in found} == {6}


def test_the_projections_arrive_and_stay():
    shown = of_lecture("05-interpolation-live")
    assert reached(shown, "t", d=0, eta=1) == list(range(54, 121))
    assert reached(shown, "eta", "d", t=120) == [(1, 0)]


def test_of_the_errata_only_e12_is_off_by_more_than_a_half():
    shown = of_lecture("07-walk-live")
    assert reached(shown, "E", "x2") == [("E12", -3), ("E12", -2.5)]
    assert set(range(14, 21)) <= set(reached(of_lecture("07-step-h-live"), "t"))


def test_only_two_units_in_fifteen_steps_count():
    shown = of_lecture("07-xor-live")
    assert reached(shown, "H", eta=3.5, seed=9, t=11) == [2]
    assert 15 < max(t for t in range(501) if right(shown, t)), "later it is right too"
    assert max(reached(shown, "t", H=2, eta=3.5, seed=9)) <= 15


def right(shown, t: int) -> bool:
    phi = shown.picture.compute(t=t, H=2, eta=3.5, seed=9)["phi"]
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    return list(phi(corners) > 0.5) == [False, True, True, False]


def test_eight_hidden_units_read_enough_digits_at_one_epoch():
    found = reached(of_lecture("07-errors-live"), "H", "t")
    assert [t for H, t in found if H == 8] == [9]
    assert {H for H, t in found} == {8, 16}


def test_no_gamma2_makes_a_zero():
    shown = of_lecture("08-elastic-net-live")
    found = reached(shown, "gamma2", "gamma1")
    assert {g1 for g2, g1 in found} == {round(0.05 * k, 2) for k in range(32, 41)}
    assert len(found) == 41 * 9


def test_a_goal_of_regularization_asks_for_its_own_setting():
    assert reached(of_lecture("08-early-stop-live"), "t", gamma=0.04) == [50]
    assert reached(of_lecture("08-moons-live"), "t", k=-2.5) == [1000]
    assert reached(of_lecture("08-digits-live"), "p", k=-2) == [0.2]


# On the pages.


def by_formula(cell: str, point: dict) -> bool:
    """Whether a goal is met, without a path where that can be."""
    match cell:
        case "01-flattery-live":
            y = np.random.default_rng(point["seed"]).standard_normal(5)
            return point["N"] == 5 and y.var() > 1 + y.mean() ** 2
        case "01-bell-live":
            return (point["c"], point["s"]) == (0.5, 0.7)
        case "01-duel-live":
            return point["rho"] == 0.15 and point["j"] >= 4
        case "02-rates-live":
            return formula(**point)
        case "02-cobweb-live":
            return (point["eta"], point["theta0"]) == (0.8, 2)
        case "02-curvature-live":
            return point["c"] == 10 and 2.5 * abs(1 - 10 * point["eta"]) ** 20 < 1e-3
        case "02-quartic-live":
            return point["theta0"] == 1 and point["eta"] < 0.5
        case "03-u-curve-live":
            return point["k"] == 6 and 0.2494 <= point["eta"] <= 0.7506
        case "03-best-rate-live":
            return point["kappa"] == 99 and point["eta"] == 1.98
        case "03-promise-live":
            place = point["kappa"], point["alpha"]
            return place == (9, 10) and 0 < point["eta"] < 2.676
        case "05-noise-live":
            return point["n"] == 6
        case "05-ball-live":
            return point["n"] == 10 and point["eta"] < 2 / 3
        case "08-shrinkage-live":
            lam = np.array([4, 1, 0.25, 0.04])
            return np.sum(lam / (lam + 2 * point["gamma"])) <= 2
        case "08-elastic-net-live":
            return point["gamma1"] > 1.59
        case "08-runaway-live":  # R′(4) < 0 if w* > 4
            return 2 * 10 ** point["k"] * 4 < 1 / (1 + np.exp(4))
        case _:
            return bool(shows(of_lecture(cell), point))


def shows(shown, point: dict) -> bool:
    """What compute and met say, called here."""
    result = shown.picture.compute(**point)
    return shown.goal.met(result, **{name: point[name] for name in shown.goal.wants})


def keeps_its_bits(cell: str, texts: dict[str, str]) -> None:
    """What a page has of a figure says of each record whether the goal is met."""
    shown = of_lecture(cell)
    shown.reset()
    grid = grid_of(source(LECTURES[cell[:2]]), cell, shown)
    expected = [by_formula(cell, point) for point in grid.points()]
    assert 0 < sum(expected) < len(expected) == len(grid)
    for language, text in texts.items():
        about, _ = unpacked(text)
        assert [bit == "1" for bit in about["met"]] == expected
        assert about["goal"] == shown.goal.about(language)


def test_what_is_packed_has_the_bit_of_every_record():
    shown = of_lecture("02-cobweb-live")
    shown.reset()
    grid = grid_of(source(LECTURES["02"]), "02-cobweb-live", shown)
    keeps_its_bits("02-cobweb-live", pack(shown, grid))


@pytest.mark.thorough
@pytest.mark.parametrize("cell", ANSWERS)
def test_a_page_has_the_bit_of_every_record(site, cell):
    lecture = LECTURES[cell[:2]]
    texts = {one: packed(site, one, lecture)[cell] for one in LANGUAGES}
    keeps_its_bits(cell, texts)
