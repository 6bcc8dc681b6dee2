"""Exercises that ask for numbers: what a page needs to judge them, in one language.

`exercises.js` reads it, and says of an answer what `check` says of it in a notebook.
"""

import re
from typing import NamedTuple

from nbformat import NotebookNode

from course_utils.exercises import data, find
from course_utils.exercises.sentences import SENTENCES
from course_utils.languages import LANGUAGES, apart


class Question(NamedTuple):
    """A field of a page."""

    name: str  # of the exercise
    variable: str  # what the answer is called in the notebook
    about: dict  # what is right and which mistakes have a sentence


def is_exercise(cell: NotebookNode) -> bool:
    """Whether a code cell waits for an answer."""
    return "check(" in cell.source and "..." in cell.source


def exercise(cell: NotebookNode) -> str:
    """The name of the exercise that a cell checks."""
    (name,) = re.findall(r'check\("([^"]+)"', cell.source)
    return name


def question(cell: NotebookNode, language: str) -> Question | None:
    """What a cell asks for; None if that is no number."""
    if not is_exercise(cell) or not (about := data(find(exercise(cell)))):
        return None
    (variable,) = re.findall(r"^(\w+) = \.\.\.", cell.source, re.M)
    told = {
        "names": [said(name, language) for name in about["names"]],
        "mistakes": [[said(text, language), ps] for text, ps in about["mistakes"]],
        "praise": said(about["praise"], language),
    }
    return Question(exercise(cell), variable, about | told)


def sentences(language: str) -> dict[str, str]:
    """What is said of numbers, whatever the exercise."""
    return {key: said(text, language) for key, text in SENTENCES.items()}


def said(text: str, language: str) -> str:
    return apart(text)[LANGUAGES.index(language)]
