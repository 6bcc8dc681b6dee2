"""How long a lecture takes, from its cells: for a student alone, and in class.

Prose says `{study}` and `{class}` where the build is to write the minutes; of another
lecture, `{study 02}`. A section whose title ends in one of `LATER` counts for nothing,
an exercise as a whole.
"""

import math
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from nbformat import NotebookNode

from cells import of_language
from course_utils.languages import LANGUAGES

LATER = ("· para después", "· for later")
PLACE = re.compile(r"\{(study|class)(?: (\d\d))?\}")

WORDS = 150  # read in a minute
LINE, FIGURE, EXERCISE = 0.2, 4, 5  # minutes of study
SLIDE, SHOWN, PREDICTION = 1, 2, 1  # minutes in class
SHOWN_ALONE = ("slide", "subslide")  # with what follows, until the next of them


class Minutes(NamedTuple):
    study: int
    hall: int


def minutes(cells: list[NotebookNode]) -> Minutes:
    """In the language that takes longer."""
    each = [of_one(of_language(cells, language)) for language in LANGUAGES]
    return Minutes(*map(max, zip(*each, strict=True)))


def of_one(cells: list[NotebookNode]) -> Minutes:
    """In one language, rounded up."""
    return Minutes(*map(math.ceil, counted(list(main_path(cells)))))


def counted(cells: list[NotebookNode]) -> tuple[float, float]:
    """Of study and in class, for all of these cells but the notes for teachers."""
    cells = [cell for cell in cells if kind(cell) != "notes"]
    taught = [cell for cell in cells if not of_exercise(cell)]
    text = [cell.source for cell in taught if cell.cell_type == "markdown"]
    code = [cell.source for cell in taught if cell.cell_type == "code"]
    words = sum(len(source.split()) for source in text)
    lines = sum(bool(line.strip()) for source in code for line in source.split("\n"))
    figures = sum(bool(re.search(r"^live\(", source, re.M)) for source in code)
    exercises = sum(cell.id.endswith("-question") for cell in cells)
    slides = sum(kind(cell) in SHOWN_ALONE for cell in cells)
    predictions = sum(source.count("> **Predi") for source in text)
    return (
        words / WORDS + LINE * lines + FIGURE * figures + EXERCISE * exercises,
        SLIDE * slides + SHOWN * figures + PREDICTION * predictions,
    )


def main_path(cells: list[NotebookNode]) -> Iterator[NotebookNode]:
    """The cells that are not in a section for later."""
    later = math.inf  # the level of its heading
    for cell in cells:
        heading = re.match(r"(#+) (.*)", cell.source)
        if cell.cell_type == "markdown" and heading and len(heading[1]) <= later:
            later = len(heading[1]) if heading[2].endswith(LATER) else math.inf
        if later == math.inf:
            yield cell


def of_exercise(cell: NotebookNode) -> bool:
    return cell.id.endswith(("-question", "-answer", "-why", "-solution"))


def kind(cell: NotebookNode) -> str:
    return cell.metadata.get("slideshow", {}).get("slide_type", "")


def written(text: str, of: Callable[[str], Minutes]) -> str:
    """A text with its minutes; `of` knows them by a lecture's number, "" is its own."""

    def number(place: re.Match) -> str:
        study, hall = of(place[2] or "")
        return str(study if place[1] == "study" else hall)

    return PLACE.sub(number, text)
