"""What lecture 0 claims: the map with its minutes, and the first figure."""

import inspect
import math
import re
from datetime import date
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from course_utils import l2, soft_threshold
from course_utils.exercises import find
from support.claims import Claims, prose
from support.course import (
    LANGUAGES,
    NAMES,
    called,
    checked,
    code_cells,
    notebook,
    shows_a_figure,
)

claim = Claims("00_start")
code = claim.code
LECTURES = NAMES[1:]
ASKED = "-question", "-answer", "-why", "-solution"  # the cells of an exercise
ASKED += ("-colab",)  # and what acts in Colab alone


@claim("00-welcome", "13 a 17 de enero de 2020", "13 to 17 January 2020")
def a_week_of_classes():
    monday, friday = date(2020, 1, 13), date(2020, 1, 17)
    week = monday.isocalendar()[:2] == friday.isocalendar()[:2]
    return monday.day, friday.day, monday.year, week, friday.isoweekday() == 5


# The map: its rows are what the build wrote, its numbers are counted here


def row(lecture, language):
    """What the map says of a lecture."""
    lines = prose(NAMES[0], language)["00-map"].splitlines()
    [found] = [line for line in lines if f"({lecture}.ipynb)" in line]
    return found


def slides(lecture):
    """The first and the last slide of a lecture, as it says at its top; or the one."""
    opening = next(iter(prose(lecture, "es").values()))
    return [int(n) for n in re.findall(r"\d+", re.search(r"\*Diapos[^·]+", opening)[0])]


def today(cells):
    """The cells of a notebook that are not for later, nor for whoever teaches."""
    level = 9  # of the title over what is for later
    for cell in cells:
        marks, _, title = cell.source.split("\n")[0].partition(" ")
        if cell.cell_type == "markdown" and set(marks) == {"#"} and len(marks) <= level:
            later = title.endswith((" para después", " for later"))
            level = len(marks) if later else 9
        slide = cell.metadata.get("slideshow", {}).get("slide_type")
        if level == 9 and slide != "notes":
            yield cell


def study(language, lecture):
    """150 words a minute, a line of code 12 s, a figure 4 minutes, an exercise 5."""
    cells = list(today(notebook(language, lecture).cells))
    exercises = {name for c in code_cells(cells) for name in checked(c)}
    taught = [c for c in cells if not c.id.endswith(ASKED)]
    code = code_cells(taught)
    lines = sum(len(re.findall(r"^.*\S", c.source, re.M)) for c in code)
    words = sum(len(c.source.split()) for c in taught if c not in code)
    figures = sum(map(shows_a_figure, code))
    return words / 150 + lines * 12 / 60 + 4 * figures + 5 * len(exercises)


def in_class(language, lecture):
    """A slide 1 minute, and 2 more for a figure and 1 for a prediction."""
    cells = list(today(notebook(language, lecture).cells))
    shown = [c.metadata.get("slideshow", {}).get("slide_type", "") for c in cells]
    asked = "\n".join(c.source for c in cells).count("\n> **Predi")
    figures = sum(len(called(c, "live")) for c in code_cells(cells))
    return sum(kind.endswith("slide") for kind in shown) + 2 * figures + asked


def longest(minutes, lecture):
    return max(math.ceil(minutes(language, lecture)) for language in LANGUAGES)


for lecture in LECTURES:

    @claim("00-map", *(row(lecture, language) for language in LANGUAGES))
    def what_the_map_says(lecture=lecture):
        minutes = longest(study, lecture), longest(in_class, lecture)
        return int(lecture[:2]), slides(lecture), minutes


@claim("00-study", "Las lecciones van en orden", "The lectures go in order")
def each_goes_on_where_the_one_before_ended():
    each = list(map(slides, LECTURES))
    begin = [before[-1] + 1 == after[0] for before, after in pairwise(each)]
    return each[0][0] == 2, each[-1][-1] == 28, begin


@claim("00-study", "del ejercicio 2.1", "for exercise 2.1")
def there_is_a_first_exercise_of_lecture_2():
    cells = code_cells(notebook("es", LECTURES[1]).cells)
    first = next(name for cell in cells for name in checked(cell))
    return float(first), set(find(first).hint) == set(LANGUAGES)


# The first figure

DEFAULTS = {
    name: slider.default
    for name, slider in inspect.signature(code.run).parameters.items()
}


@cache
def after(eta, steps):
    """How far from the bottom the ball is."""
    return abs(code.run(eta, steps)[-1, 0])


@claim(
    "00-sliders",
    r"Después de 10 pasos, ¿queda más cerca del fondo con $\eta = 0.1$ o",
    r"After 10 steps, is it nearer to the bottom with $\eta = 0.1$ or",
)
def what_the_figure_opens_with():
    return DEFAULTS["steps"], DEFAULTS["eta"]


@claim(
    "00-sliders-predicted",
    r"Con $\eta = 0.45$: tras 10 pasos queda a menos de $10^{-9}$ del fondo. Con "
    r"$\eta = 0.1$, todavía a $0.27$",
    r"With $\eta = 0.45$: after 10 steps it is less than $10^{-9}$ from the bottom. "
    r"With $\eta = 0.1$ it is still $0.27$ away",
)
def which_is_nearer():
    eta, steps = 0.45, DEFAULTS["steps"]
    far = after(DEFAULTS["eta"], steps)
    return eta, steps, 1e-9, DEFAULTS["eta"], far, after(eta, steps) < 1e-9


@claim(
    "00-sliders",
    r"con la que $\theta_1 = 0$ exactamente",
    r"for which $\theta_1 = 0$ exactly",
)
def one_rate_arrives_at_once():
    exact = [eta for eta in np.arange(21) * 0.05 if after(eta, 1) == 0]
    return after(exact[0], 1), len(exact) == 1


@claim(
    "00-one-step-why",
    r"y $1 - 2\eta = 0$ da $\eta = \frac12$",
    r"and $1 - 2\eta = 0$ gives $\eta = \frac12$",
)
def the_rate_that_arrives_at_once():
    factors = [code.run(eta, 1)[-1, 0] / 2.5 for eta in (0.0, 0.3, 0.5, 1.0)]
    is_so = np.allclose(factors, [1 - 2 * eta for eta in (0.0, 0.3, 0.5, 1.0)])
    return factors[2], 1 / 2, is_so


# Symbols


@claim("00-symbols", r"`gamma` | número $\ge 0$", r"`gamma` | number $\ge 0$")
def gamma_is_not_negative():
    with pytest.raises(ValueError, match="must be ≥ 0"):
        soft_threshold(1.0, np.nextafter(0, -1))
    return soft_threshold(1.0, 0) - 1


@claim("00-symbols", "sin ½ ni sesgos", "no ½, no biases")
def the_penalty_has_no_half():
    return 1 / l2.gradient(np.ones(1))[0]  # which it would take to make this θ
