"""One lecture in one language, as page.html asks for it."""

import json
import re
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from nbformat import NotebookNode

from course_utils.exercises import find
from course_utils.languages import LANGUAGES
from course_utils.live import Live
from minutes import kind

from .contents import Entry, contents, title
from .exercises import Question, exercise, is_exercise, question, sentences
from .grid import Grid
from .markup import anchor, coloured, phrase, prose
from .templates import fill
from .texts import COMMAND, TEXTS

SOLUTION = r"<details><summary>Solu(?:ción|tion)</summary>\n"


class Figure(NamedTuple):
    """A live figure, and what its page knows of it."""

    live: Live
    grid: Grid
    records: dict[str, str]  # by language


class Lecture(NamedTuple):
    """What both of its pages show."""

    name: str  # of its files
    cells: list[NotebookNode]  # of the source: their metadata say what a page shows
    figures: dict[str, Figure]  # by cell
    notebooks: Path  # a folder {es,en}/


class Page:
    """What a lecture's page shows in one language.

    Parameters
    ----------
    lecture : Lecture
    language : str
    notebook : NotebookNode
        The lecture in this language, with its outputs.
    """

    def __init__(self, lecture: Lecture, language: str, notebook: NotebookNode):
        self.lecture, self.language, self.notebook = lecture, language, notebook
        self.texts = TEXTS[language]
        self.about = {cell.id: cell.metadata for cell in lecture.cells}
        self.cells = [
            cell
            for cell in notebook.cells
            if self.about[cell.id].get("page") is not False and kind(cell) != "notes"
        ]

    def html(self) -> str:
        return fill(
            "page.html",
            page=self,
            name=self.lecture.name,
            figures=self.lecture.figures,
            title=title(self.notebook),
            language=self.language,
            other=next(other for other in LANGUAGES if other != self.language),
            texts=self.texts,
            command=COMMAND.format(self.language),
            coloured=coloured,
            printed=printed,
            stored_picture=stored_picture,
            is_exercise=is_exercise,
            json=partial(json.dumps, ensure_ascii=False),
        )

    # Around the lecture

    def headings(self) -> Iterator[tuple[str, str]]:
        """The second-level headings, and their anchors."""
        for cell in self.cells:
            if cell.cell_type == "markdown":
                for line in re.findall(r"^## (.+)$", cell.source, re.M):
                    heading = phrase(line)
                    yield heading, anchor(heading)

    def neighbours(self) -> tuple[list[Entry], list[Entry]]:
        """The lecture before this one and the one after it, if there is one."""
        entries = contents(self.lecture.notebooks, self.language)
        at = [entry.name for entry in entries].index(self.lecture.name)
        return entries[at - 1 : at], entries[at + 1 : at + 2]

    # The lecture

    def groups(self) -> Iterator[tuple[bool, list[NotebookNode]]]:
        """The cells in the order of the page; True with those of a solution."""
        folded = {
            cell.id: is_solution(self.cells[i : i + 2])
            for i, cell in enumerate(self.cells)
        }
        for fold, cells in groupby(self.cells, lambda cell: folded[cell.id]):
            yield fold, list(cells)

    def slide(self, cell: NotebookNode) -> str:
        """A figure has a slide of its own, its code has none."""
        return "skip" if cell.id in self.lecture.figures else kind(cell) or "-"

    def figure_slide(self, cell: NotebookNode) -> str:
        return "skip" if kind(cell) == "skip" else "subslide"

    def prose(self, cell: NotebookNode) -> str:
        return prose(unfolded(cell.source), self.language)

    def has_questions(self) -> bool:
        """Whether an exercise can be answered on the page."""
        return any(map(self.question, self.cells))

    def question(self, cell: NotebookNode) -> Question | None:
        return question(cell, self.language)

    def sentences(self) -> dict[str, str]:
        return sentences(self.language)

    def hint(self, cell: NotebookNode) -> str:
        name = exercise(cell)
        hint = find(name).hint
        if not hint:
            raise SystemExit(f"exercise {name}: a hint is missing")
        return prose(hint[self.language], self.language)

    # A live figure

    def has_panels(self) -> bool:
        """Whether any figure has a left and a right."""
        figures = self.lecture.figures.values()
        return any(len(figure.live.picture.views) > 1 for figure in figures)

    def remark(self, grid: Grid) -> str:
        """What stands still on this page, and what varies at the same time."""
        texts, said = self.texts, []
        letters = {control.name: control.letter for control in grid.controls}
        if len(grid.together) > 1:
            groups = [", ".join(letters[n] for n in group) for group in grid.together]
            either = f" {texts['either']} ".join(groups)
            said += [f"{texts['together']}: {either}. {texts['apart']}."]
        if grid.fixed:
            still = ", ".join(f"{k} = {value}" for k, value in grid.fixed.items())
            said += [f"{texts['still']}: {still}."]
        return " ".join(said)


def is_solution(cells: list[NotebookNode]) -> bool:
    """Whether the first of these two cells is a solution, or the prose before one."""
    tagged = ["solution" in cell.metadata.get("tags", []) for cell in cells]
    before = re.match(SOLUTION, cells[0].source)
    return tagged[0] or (bool(before) and tagged[1:] == [True])


def unfolded(source: str) -> str:
    """The prose of a solution, which the page folds together with the code."""
    whole = re.fullmatch(rf"{SOLUTION}\n(.*)\n\n</details>", source, re.S)
    return whole[1] if whole else source


def printed(cell: NotebookNode) -> list[str]:
    texts = [o.text for o in cell.outputs if o.output_type == "stream"]
    data = [o.data for o in cell.outputs if "data" in o]
    return texts + [d["text/plain"] for d in data if "image/png" not in d]


def stored_picture(cell: NotebookNode) -> str:
    (found,) = [o.data["image/png"] for o in cell.outputs if "image/png" in o.data]
    return found.replace("\n", "")
