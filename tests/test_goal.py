"""A goal is kept by its figure, said, searched; lectures state what a search finds."""

import re

import ipywidgets
import numpy as np
import pytest

from course_utils import GradientDescent, absolute_value, descend, parabola
from course_utils.live import Curves, Goal, PathOnCurve, live, reached
from pages import grid_of
from pages.records import pack
from support.course import LANGUAGES, executed, source
from support.records import unpacked

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
    "02-rates-live": ("eta", {"theta0": 2.5, "steps": 20}, max, 0.83, "$0.83$"),
    "02-cobweb-live": ("eta", {}, min, 0.5, r"$\eta = \frac12$"),
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
}
ONLY = {"02-cobweb-live", "03-best-rate-live"}  # no other value will do
LECTURES = {"02": "02_gd_divergence", "03": "03_learning_rate"}


def of_lecture(cell: str):
    return executed(LECTURES[cell[:2]]).figures[cell]


def prose_after(cell: str) -> dict[str, str]:
    """What is said between a figure and the next code, by language."""
    cells = source(LECTURES[cell[:2]]).cells
    at = [one.id for one in cells].index(cell) + 1
    prose = dict.fromkeys(LANGUAGES, "")
    while cells[at].cell_type == "markdown":
        prose[cells[at].metadata["lang"]] += cells[at].source
        at += 1
    return prose


def test_every_figure_of_the_two_lectures_has_its_goal():
    figures = [f for name in LECTURES.values() for f in executed(name).figures.items()]
    assert {cell for cell, shown in figures if shown.goal} == set(ANSWERS)
    assert {cell for cell, _ in figures} == set(ANSWERS)


@pytest.mark.parametrize("cell", ANSWERS)
def test_the_answer_of_the_prose_is_the_one_the_grid_gives(cell):
    name, fixed, which, answer, written = ANSWERS[cell]
    found = reached(of_lecture(cell), name, **fixed)
    assert which(found) == answer
    assert (len(found) == 1) == (cell in ONLY)
    for language, prose in prose_after(cell).items():
        assert written in prose, language


def test_no_other_start_or_curvature_meets_a_goal():
    assert reached(of_lecture("02-rates-live"), "theta0", eta=0.5) == [2.5]
    stairs = reached(of_lecture("02-cobweb-live"), "theta0", eta=0.5)
    assert len(stairs) == 60 and 0 not in stairs
    assert reached(of_lecture("02-curvature-live"), "c", eta=0.1) == [10]
    assert reached(of_lecture("02-quartic-live"), "theta0", eta=0.1) == [1]
    assert reached(of_lecture("02-wells-live"), "theta0", eta=1.236) == []
    wells = reached(of_lecture("02-wells-live"), "theta0", eta=1.238)
    assert len(wells) == 28  # not ±1, 0
    assert reached(of_lecture("03-best-rate-live"), "kappa", eta=1.98) == [99]
    assert reached(of_lecture("03-promise-live"), "kappa", "alpha", eta=1) == [(9, 10)]


# On the pages.


def by_formula(cell: str, point: dict) -> bool:
    """Whether a goal is met, without a path where that can be."""
    match cell:
        case "02-rates-live":
            return formula(**point)
        case "02-cobweb-live":
            return point["eta"] == 0.5 and point["theta0"] != 0
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
        case _:
            return bool(shows(of_lecture(cell), point))


def shows(shown, point: dict) -> bool:
    """What compute and met say, called here."""
    result = shown.picture.compute(**point)
    return shown.goal.met(result, **{name: point[name] for name in shown.goal.wants})


@pytest.mark.parametrize(
    "cell",
    [
        c if c == "02-cobweb-live" else pytest.param(c, marks=pytest.mark.thorough)
        for c in ANSWERS
    ],
)
def test_a_page_has_the_bit_of_every_record(cell):
    shown = of_lecture(cell)
    shown.reset()
    grid = grid_of(source(LECTURES[cell[:2]]), cell, shown)
    expected = [by_formula(cell, point) for point in grid.points()]
    assert 0 < sum(expected) < len(expected) == len(grid)
    for language, text in pack(shown, grid).items():
        about, _ = unpacked(text)
        assert [bit == "1" for bit in about["met"]] == expected
        assert about["goal"] == shown.goal.about(language)
