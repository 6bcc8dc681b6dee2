"""What a teacher has at hand: notebooks/{es,en}/*.ipynb → build/teacher/{es,en}/*.html.

`build.py --teacher` writes one page for each lecture, from the notebook as it is: when
each section begins, what to ask and what to expect, what is wrong on the slides, the
exercises with their solutions and with the mistakes that `check` knows. What a lecture
does not say itself stands in its notes: cells whose `slide_type` is `notes`, which a
notebook folds and an export as slides shows to the speaker.
"""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

from nbformat import NotebookNode

from cells import as_built
from course_utils.exercises import find
from course_utils.languages import LANGUAGES
from minutes import counted, kind, main_path
from pages.contents import title
from pages.exercises import exercise, is_exercise, said
from pages.markup import anchor, coloured, phrase, prose
from pages.page import stored_picture
from pages.templates import fill
from pages.texts import TEXTS
from student import folded

BOX = re.compile(r"^> \*\*(?:Predi|Meta|Goal|Fe de erratas|Errat).*(?:\n>.*)*", re.M)
ERRATUM = re.compile(r"^> \*\*(?:Fe de erratas|Errat\w+) ([^*]*?)\.?\*\*", re.M)

WORDS = {
    "es": {
        "about": (
            "Para quien enseña: qué preguntar, qué esperar y dónde parar. Los minutos "
            "son de clase, contados con la regla de los de la lección. Se puede "
            "parar donde acaba cualquier sección."
        ),
        "section": "Sección",
        "minutes": "Minutos",
        "errata": "Fe de erratas",
        "mistakes": "Errores que `check` reconoce",
        "hint": "Pista",
    },
    "en": {
        "about": (
            "For the teacher: what to ask, what to expect and where to stop. The "
            "minutes are those in class, counted by the rule of the lecture's. One "
            "can stop where any section ends."
        ),
        "section": "Section",
        "minutes": "Minutes",
        "errata": "Errata",
        "mistakes": "Mistakes that `check` knows",
        "hint": "Hint",
    },
}


class Section(NamedTuple):
    """A part of a lecture that begins with a heading of the second level."""

    title: str  # as HTML
    begins: int | None  # its first minute in class; None if it is for later
    ends: int | None
    errata: list[str]
    parts: list[str]  # as HTML

    @property
    def anchor(self) -> str:
        return anchor(self.title)


def write(source: Path, target: Path) -> str:
    """The page of a notebook; returns a line of progress."""
    notebook = as_built(source)
    page = html(notebook, source.stem)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page, "utf-8", newline="\n")
    return f"{target.parent.name}/{target.name}: {len(page) / 1e6:.2f} MB"


def html(notebook: NotebookNode, name: str) -> str:
    language = notebook.metadata.lang
    return fill(
        "teacher.html",
        name=name,
        title=title(notebook),
        language=language,
        other=next(other for other in LANGUAGES if other != language),
        texts=TEXTS[language],
        words=WORDS[language],
        opening=prose(notebook.cells[0].source, language),
        sections=list(sections(notebook)),
    )


def sections(notebook: NotebookNode) -> Iterator[Section]:
    """Those that ask, expect, correct or take time."""
    language = notebook.metadata.lang
    today = {cell.id for cell in main_path(notebook.cells)}
    minute = 0
    for cells in divided(notebook.cells):
        heading = phrase(re.match(r"#+ (.*)", cells[0].source)[1])
        parts = [part for cell in cells for part in shown(cell, language)]
        errata = [one for cell in cells for one in ERRATUM.findall(cell.source)]
        if cells[0].id not in today:
            yield Section(heading, None, None, errata, parts)
            continue
        begins = minute
        minute += counted([cell for cell in cells if cell.id in today])[1]
        if parts or minute > begins:
            yield Section(heading, begins, minute, errata, parts)


def divided(cells: list[NotebookNode]) -> list[list[NotebookNode]]:
    """The cells of each section; before the first one stands the lecture's opening."""
    found = []
    for cell in cells:
        begins = cell.cell_type == "markdown" and cell.source.startswith("## ")
        if begins or not found:
            found.append([])
        found[-1].append(cell)
    return found


# The parts of a section


def shown(cell: NotebookNode, language: str) -> Iterator[str]:
    """What a teacher sees of a cell, as HTML."""
    fold = folded(cell)
    if fold:
        note = "note" if kind(cell) == "notes" else "expect"
        text = labelled(fold[1], prose(fold[2], language))
        yield f'<div class="{note}">\n{text}</div>'
    elif cell.cell_type == "markdown":
        yield from asked(cell, language)
    elif pictures(cell):
        yield picture(cell)
    elif is_exercise(cell):
        yield code(cell) + known(exercise(cell), language)
    elif "solution" in cell.metadata.get("tags", []):
        yield code(cell)


def asked(cell: NotebookNode, language: str) -> Iterator[str]:
    """The boxes of a cell of prose; all of it if it is the question of an exercise."""
    if cell.id.endswith("-question"):
        yield prose(cell.source, language)
    else:
        for box in BOX.finditer(cell.source):
            yield prose(box[0], language)


def pictures(cell: NotebookNode) -> list[NotebookNode]:
    """The outputs of a code cell that are pictures."""
    return [o for o in cell.get("outputs", []) if "image/png" in o.get("data", {})]


def picture(cell: NotebookNode) -> str:
    """A live figure as it is stored, which tells it from the others."""
    (output,) = pictures(cell)
    alt = escape(output.metadata["image/png"]["alt"])
    return f'<img alt="{alt}" src="data:image/png;base64,{stored_picture(cell)}">'


def code(cell: NotebookNode) -> str:
    return f'<pre class="code"><code>{coloured(cell.source)}</code></pre>\n'


def known(name: str, language: str) -> str:
    """The hint of an exercise, and what `check` says to the mistakes that it knows."""
    words, about = WORDS[language], find(name)
    hint = prose(about.hint[language], language) if about.hint else ""
    told = [f"<li>{phrase(said(text, language))}</li>" for text in about.mistakes]
    return labelled(words["hint"], hint) + labelled(
        phrase(words["mistakes"]), f"<ul>\n{''.join(told)}\n</ul>\n"
    )


def labelled(label: str, text: str) -> str:
    return f"<p><strong>{label}</strong></p>\n{text}"
