"""Figures in words for a listener: the same facts in every language."""

import inspect
import re
import string

import numpy as np
import pytest

from course_utils.languages import LANGUAGES
from course_utils.live import charts, figure, goal, maps, paths, say, speech, view
from course_utils.live.speech import words

PHRASES = {
    name: phrase for name, phrase in vars(say).items() if isinstance(phrase, say.Phrase)
}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("name", PHRASES)
def test_all_languages_say_the_same_facts(name):
    texts = PHRASES[name].texts
    assert tuple(texts) == LANGUAGES
    assert len({frozenset(fields(text)) for text in texts.values()}) == 1


def test_every_phrase_is_said_somewhere_and_no_other():
    sources = map(inspect.getsource, (charts, figure, goal, maps, paths, speech, view))
    assert set(re.findall(r"\bsay\.([A-Z_]+)\b", "".join(sources))) == set(PHRASES)


class Says:
    def __init__(self, *facts):
        self.said = facts

    def facts(self, _result):
        yield from self.said


def test_spanish_comes_first():
    view = Says(
        (say.AGAINST, {"x": "t"}),
        (say.POINT, {"name": "θ", "value": 1.23456}),
        (say.NOTHING, {"name": "R"}),
    )
    heights = {"name": "q", "values": [1, -2]}
    bars = Says((say.BARS, {"names": "a"}), (say.HEIGHTS, heights))
    assert words({"η": 0.9, "x₀": -0.0}, (view, bars), None) == (
        "Con η = 0.9, x₀ = 0: contra t, θ está en 1.23; R no tiene valor. "
        "En las barras a, q mide 1, −2."
        " — With η = 0.9, x₀ = 0: against t, θ is at 1.23; R has no value. "
        "In the bars a, q measures 1, −2."
    )
    assert words({}, (view,), None).startswith("Contra t, θ está en 1.23; R no tiene")


@pytest.mark.parametrize("name", PHRASES)
def test_an_opening_begins_with_a_word(name):
    """And so it can begin with a capital letter."""
    for text in PHRASES[name].texts.values():
        begins = text.format_map(Blank())[:2]
        assert begins.isalpha() or not isinstance(PHRASES[name], say.Opening)


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
    assert speech._aloud(text) == aloud


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
    assert speech._short(value, "en") == text
