"""What a teacher has at hand says what the lecture holds, and asks for nothing."""

import re
from html import unescape

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import student
import teacher
from course_utils.exercises import find
from course_utils.languages import LANGUAGES
from minutes import counted, kind, of_one
from pages.markup import phrase, plain, prose, untagged
from pages.page import Lecture, Page
from support.course import (
    NAMES,
    build,
    checked,
    code_cells,
    each_notebook,
    notebook,
    shows_a_figure,
    source,
    tags,
)
from support.prose import ERRATA, LECTURES, opening, rows
from support.small_site import written

NOTES = 2  # for each lecture at least


def page(language: str, name: str) -> str:
    return teacher.html(notebook(language, name), name)


def notes(cells) -> list:
    return [cell for cell in cells if kind(cell) == "notes"]


# What it says


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LECTURES)
def test_the_minutes_of_the_sections_are_those_of_the_lecture(language, name):
    found = [
        s for s in teacher.sections(notebook(language, name)) if s.begins is not None
    ]
    _, _, minutes = opening(language, name)
    assert found[0].begins == 0
    assert [one.ends for one in found[:-1]] == [one.begins for one in found[1:]]
    assert f"| {found[-1].ends:.0f}" in f"| {minutes.split(' | ')[1]}"
    assert len(found) > 4


@each_notebook
def test_all_that_is_asked_and_answered_is_there(language, name):
    text, cells = page(language, name), notebook(language, name).cells
    for cell in cells:
        if fold := student.folded(cell):
            assert prose(fold[2], language) in text, cell.id
        elif cell.id.endswith("-question"):
            assert prose(cell.source, language) in text, cell.id
        elif cell.cell_type == "markdown":
            for box in re.findall(r"(?m)^> \*\*.*(?:\n>.*)*", cell.source):
                said = prose(box, language)
                assert (said in text) == ('<blockquote class="' in said), cell.id
    for cell in code_cells(cells):
        if "solution" in tags(cell):
            assert teacher.code(cell) in text
        if shows_a_figure(cell):
            (picture,) = teacher.pictures(cell)
            assert picture.data["image/png"].replace("\n", "") in text
            assert picture.metadata["image/png"]["alt"] in unescape(text)
    for exercise in {one for cell in code_cells(cells) for one in checked(cell)}:
        for said in find(exercise).mistakes:
            assert phrase(said.split(" · ")[LANGUAGES.index(language)]) in text, said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slip_that_a_lecture_boxes_is_in_its_table_with_its_slides(language):
    for row in (r for r in rows(ERRATA) if r[0].startswith("**E")):
        number, slides, place = row[0].strip("*"), row[1], row[-1]
        if place == "—":
            continue
        name = re.search(r"notebooks/es/(\w+)\.ipynb", place)[1]
        found = [
            e for s in teacher.sections(notebook(language, name)) for e in s.errata
        ]
        mine = [one for one in found if re.search(rf"\b{number}\b", one)]
        assert mine, number
        assert set(re.findall(r"\d+", slides)) & set(
            re.findall(r"\d+", " ".join(mine).replace(number, ""))
        ), (number, mine)


@pytest.mark.parametrize("name", NAMES)
def test_both_pages_have_the_same_sections_and_parts(name):
    one, other = (list(teacher.sections(notebook(x, name))) for x in LANGUAGES)
    assert [(s.begins, s.ends, len(s.parts), len(s.errata)) for s in one] == [
        (s.begins, s.ends, len(s.parts), len(s.errata)) for s in other
    ]


@each_notebook
def test_it_asks_for_nothing_and_links_to_what_is_beside_it(language, name):
    text = page(language, name)
    assert "default-src &#39;none&#39;" in text.partition("<title>")[0]
    body = re.sub(r"<script.*?</script>", "", text, flags=re.S)
    anchors = set(re.findall(r'id="([^"]+)"', body))
    for link in re.findall(r'(?:src|href)="([^"]+)"', body):
        if link.startswith("#"):
            assert link[1:] in anchors, link
        elif not re.match(r"https://|data:image/png", link):
            beside = re.fullmatch(r"(?:\.\./(?:es|en)/)?(\w+)\.html", link)
            assert beside and beside[1] in NAMES, link


def test_writing_twice_changes_no_byte(tmp_path):
    for folder in ("one", "two"):
        build.build_teachers(["02"], tmp_path / folder)
    for language in LANGUAGES:
        place = f"teacher/{language}/02_gd_divergence.html"
        texts = [(tmp_path / one / place).read_bytes() for one in ("one", "two")]
        assert texts[0] == texts[1]


# Notes for teachers


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LECTURES)
def test_every_lecture_has_notes_that_only_a_teacher_sees(language, name):
    cells = notebook(language, name).cells
    found = notes(cells)
    assert len(found) >= NOTES
    text = untagged(page(language, name))
    lecture = Lecture(name, source(name).cells, {}, None)
    shown = [
        cell.id for cell in Page(lecture, language, notebook(language, name)).cells
    ]
    copy = student.without_answers(notebook(language, name), name)
    for note in found:
        assert student.folded(note)[1] in ("Para quien enseña", "For the teacher")
        assert untagged(prose(student.folded(note)[2], language)).strip() in text
        assert note.id.endswith("-note") and note.id not in shown
        assert note.id not in [cell.id for cell in copy.cells]


def noted(text="**One**, two.") -> list:
    about = {"lang": "en", "slideshow": {"slide_type": "notes"}}
    fold = f"<details><summary>For the teacher</summary>\n\n{text}\n\n</details>"
    return [
        new_markdown_cell("# 9 · One", id="09-title", metadata={"lang": "en"}),
        new_markdown_cell(fold, id="09-note", metadata=about),
    ]


def test_a_note_takes_no_minute():
    cells = noted("what " * 400)
    assert of_one(cells) == of_one(cells[:1])
    assert counted(cells) == counted(cells[:1])
    cells[1].metadata.slideshow.slide_type = "skip"
    assert of_one(cells) != of_one(cells[:1])


def test_a_note_is_on_no_page(tmp_path):
    about = {"slideshow": {"slide_type": "notes"}}
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    shown, _ = written(tmp_path / "a", "Only for one.")
    hidden, _ = written(tmp_path / "b", "Only for one.", **{"09-more": about})
    for language in LANGUAGES:
        at = f"{language}/09_small.html"
        assert "Only for one." in (shown / at).read_text("utf-8")
        assert "Only for one." not in (hidden / at).read_text("utf-8")


def test_a_note_is_told_apart_from_an_answer():
    cells = noted()
    html = teacher.html(new_notebook(cells=cells, metadata={"lang": "en"}), "09")
    assert '<div class="note">\n<p><strong>For the teacher</strong></p>' in html
    cells[1].metadata.slideshow.slide_type = "skip"
    html = teacher.html(new_notebook(cells=cells, metadata={"lang": "en"}), "09")
    assert '<div class="expect">\n<p><strong>For the teacher</strong></p>' in html


def test_sections_and_their_minutes():
    def prose(text, name, kind):
        about = {"lang": "en", "slideshow": {"slide_type": kind}}
        return new_markdown_cell(text, id=name, metadata=about)

    cells = [
        prose("# 9 · One", "09-a", "slide"),
        prose("## Two\n\n> **Predict.** Three?", "09-b", "slide"),
        new_code_cell("live(f, a=(0, 1))", id="09-c-live"),
        prose("## Four · for later\n\n> **Goal.** Five.", "09-d", "skip"),
        prose("## Six", "09-e", "skip"),
        prose("> **Erratum E99 (slide 7).** Seven.", "09-f", "skip"),
        prose("## Eight", "09-g", "slide"),
        prose("## Nine", "09-h", "skip"),
    ]
    found = list(teacher.sections(new_notebook(cells=cells, metadata={"lang": "en"})))
    assert [(plain(s.title), s.begins, s.ends) for s in found] == [
        ("9 · One", 0, 1),
        ("Two", 1, 5),  # a slide, a figure, a prediction
        ("Four · for later", None, None),
        ("Six", 5, 5),
        ("Eight", 5, 6),
    ]
    assert [len(s.parts) for s in found] == [0, 1, 1, 1, 0]
    assert [s.errata for s in found] == [[], [], [], ["E99 (slide 7)"], []]
