"""What a lecture says of its minutes is counted from its cells."""

import math

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from cells import of_language
from minutes import Minutes, kind, main_path, minutes, of_one, written
from support.course import LANGUAGES, NAMES, build, small, source

STUDY, CLASS = 90, 60  # at most, without what is for later


def prose(text, name="09-a", kind="", **about):
    about["slideshow"] = {"slide_type": kind}
    return new_markdown_cell(text, id=name, metadata=about)


def code(text, name="09-c", kind=""):
    return new_code_cell(text, id=name, metadata={"slideshow": {"slide_type": kind}})


LECTURE = [
    prose("# One\n\n" + "word " * 298, kind="slide"),  # 300 with # and One
    code("a = 1\n\nb = 2"),
    prose("> **Predict.** " + "what " * 148, kind="subslide"),
    code("live(f, a=(0, 1))\nb", kind="fragment"),
    code("def alive(): ...\n\n\nalive()"),
    prose("### Exercise " + "so " * 500, "09-b-question", "skip"),
    code("a = ...", "09-b-answer", "skip"),
    prose("so " * 500, "09-b-why", "skip"),
    code("a = 1", "09-b-solution", "skip"),
    prose("## More · for later", kind="slide"),
    prose("### Of this " + "so " * 500, kind="slide"),
    code("live(f, a=(0, 1))", kind="slide"),
    prose("## The end", kind="slide"),
]


def test_minutes_are_those_of_a_hand_count():
    # 300 + 150 + 3 words, 6 lines, a figure, an exercise; three slides, one prediction
    study = math.ceil(453 / 150 + 6 * 0.2 + 4 + 5)
    assert of_one(LECTURE) == Minutes(study, 3 + 2 + 1) == (14, 6)


def test_what_is_for_later_ends_with_the_next_title_of_its_level():
    cells = [prose(t) for t in ["# a", "## b · para después", "### c", "d", "# e", "f"]]
    assert [c.source for c in main_path(cells)] == ["# a", "# e", "f"]


def test_the_language_that_takes_longer_counts():
    short, long = prose("a", lang="es"), prose("a " * 301, lang="en")
    assert minutes([short, long]) == Minutes(3, 0)


def test_where_minutes_are_written():
    text = "{study} y {class}; de la otra {study 02}, {class 02}; {studies}"
    said = written(text, {"": Minutes(70, 50), "02": Minutes(60, 40)}.get)
    assert said == "70 y 50; de la otra 60, 40; {studies}"


def test_the_build_writes_them_where_the_prose_asks(tmp_path):
    path = small(tmp_path)
    text = path.read_text("utf-8").replace("Dos.", "{study} y {class 09}.")
    path.write_text(text, "utf-8")
    assert [cell.source for cell in build.translated(build.read(path), "es").cells][
        2
    ] == "1 y 1."
    path.write_text(text.replace("09}", "08}"), "utf-8")
    with pytest.raises(SystemExit, match=r"09_small\.md: there is no lecture 08"):
        build.read(path)


@pytest.mark.parametrize("name", NAMES)
def test_no_lecture_is_too_long(name):
    study, hall = minutes(source(name).cells)
    assert study <= STUDY and hall <= CLASS


@pytest.mark.parametrize("name", NAMES)
def test_what_is_for_later_is_on_no_slide(name):
    for language in LANGUAGES:
        cells = of_language(source(name).cells, language)
        today = {cell.id for cell in main_path(cells)}
        assert {kind(c) for c in cells if c.id not in today} <= {"skip"}
