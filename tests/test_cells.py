"""Cells have names, which stay as they are when others come and go."""

import re

import pytest

from support.course import (
    LANGUAGES,
    NAMES,
    ROOT,
    build,
    notebook,
    shows_a_figure,
    small,
    source,
)

TWINS = """+++ {"id": "09-new", "lang": "es"}

Nueva.

+++ {"id": "09-new", "lang": "en"}

New.

"""
NEW = {"twins": TWINS, "code": "```{code-cell}\n:id: 09-new\nx = 1\n```\n\n"}
STARTS = r'^(?=\+\+\+ \{"id": "[\w-]+", "lang": "es"|```\{code-cell\})'  # of a cell
WRITTEN = ["ERRATA.md", "CONTRIBUTING.md", "tests/**/*.py", "benchmarks/*"]


def written(folder, *changes: tuple[str, str]):
    """A small lecture in which some text is another, each time it stands there."""
    path = small(folder)
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return path


def ids(lecture, language: str) -> list[str]:
    return [cell.id for cell in build.translated(lecture, language).cells]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cell_is_called_what_its_source_says(tmp_path, language):
    lecture = build.read(small(tmp_path))
    assert ids(lecture, language) == ["09-one", "09-imports", "09-two", "09-code"]
    assert all("id" not in cell.metadata for cell in lecture.cells)


@pytest.mark.parametrize("new", NEW.values(), ids=NEW)
@pytest.mark.parametrize("place", range(4))
def test_a_cell_put_in_anywhere_changes_no_other_name(tmp_path, new, place):
    path = small(tmp_path)
    before = {language: ids(build.read(path), language) for language in LANGUAGES}
    text = path.read_text("utf-8")
    at = [found.start() for found in re.finditer(STARTS, text, re.M)][place]
    path.write_text(text[:at] + new + text[at:], "utf-8")
    lecture = build.read(path)
    for language in LANGUAGES:
        after = ids(lecture, language)
        assert after.index("09-new") == place
        assert [name for name in after if name != "09-new"] == before[language]


@pytest.mark.parametrize(
    ("old", "position", "words"),
    [
        (":id: 09-imports\n", 3, "import numpy as np"),
        ('"id": "09-two", "lang": "en"', 5, "Two."),
    ],
)
def test_a_cell_without_a_name_is_refused(tmp_path, old, position, words):
    new = '"lang": "en"' if "lang" in old else ""
    says = rf"09_small\.md, cell {position}, which begins '{words}.*needs a name"
    with pytest.raises(SystemExit, match=says):
        build.read(written(tmp_path, (old, new)))


@pytest.mark.parametrize(
    ("old", "new", "position"),
    [
        ("id: 09-code", "id: 09-imports", 6),  # of code, twice
        ("id: 09-code", "id: 09-two", 6),  # of prose and code
        ('"09-two", "lang": "es"', '"09-one", "lang": "es"', 4),
        ('"09-two", "lang": "en"', '"09-one", "lang": "en"', 5),
        ('"09-two"', '"09-imports"', 4),  # of code and both twins
        ('"09-two", "lang": "en"', '"09-imports", "lang": "en"', 5),
    ],
)
def test_a_name_that_two_cells_have_is_refused(tmp_path, old, new, position):
    says = rf"09_small\.md, cell {position}, .*another cell has the name 09-\w+ already"
    with pytest.raises(SystemExit, match=says):
        build.read(written(tmp_path, (old, new)))


@pytest.mark.parametrize(
    "name",
    [
        "10-code",  # another lecture's
        "09",
        "09-",
        "09-005",  # a place
        "09-Code",
        "09-two_words",
        "09-two words",
        "09--code",
        "09-code-",
        "09-código",
        "code",
        "7",
        "[09-code]",
        "09-" + 62 * "a",
    ],
)
def test_what_is_no_name_of_this_lecture_is_refused(tmp_path, name):
    path = written(tmp_path, ("id: 09-code", f"id: {name}"))
    says = r"09_small\.md, cell 6, which begins 'print\(1 \+ 1\)': id: .*a name is 09-"
    with pytest.raises(SystemExit, match=says):
        build.read(path)


def test_a_name_may_have_as_many_characters_as_jupyter_allows(tmp_path):
    name = "09-" + 61 * "a"
    assert len(name) == 64
    lecture = build.read(written(tmp_path, ("id: 09-code", f"id: {name}")))
    assert lecture.cells[-1].id == name


def test_two_lectures_of_one_number_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "LECTURES", tmp_path)
    small(tmp_path)
    assert build.sources([])
    (tmp_path / "09_twin.md").touch()
    with pytest.raises(SystemExit, match=r"09_small\.md and 09_twin\.md have the same"):
        build.sources([])


# Every lecture


@pytest.mark.parametrize("name", NAMES)
def test_both_notebooks_have_the_same_names(name):
    found = [[cell.id for cell in notebook(one, name).cells] for one in LANGUAGES]
    assert all(one == found[0] for one in found)
    assert len(set(found[0])) == len(found[0])


def test_no_name_stands_in_two_lectures():
    found = [name for lecture in NAMES for name in ids(source(lecture), "en")]
    assert len(found) == len(set(found))


def test_the_name_of_a_live_figure_says_so():
    for cell in (cell for lecture in NAMES for cell in source(lecture).cells):
        live = cell.cell_type == "code" and shows_a_figure(cell)
        assert cell.id.endswith("-live") == live, cell.id


@pytest.mark.parametrize("pattern", WRITTEN)
def test_a_name_that_is_written_elsewhere_is_one_of_a_cell(pattern):
    names = {cell.id for lecture in NAMES for cell in source(lecture).cells}
    numbers = "|".join(lecture.split("_")[0] for lecture in NAMES)
    said = set()
    for path in ROOT.glob(pattern):
        if path.is_file() and path.suffix in (".md", ".py"):
            shape = rf"(?<![\w-])(?:{numbers})-[a-z][\w-]*"
            said |= set(re.findall(shape, path.read_text("utf-8")))
    assert said, "a name is written there"
    assert said <= names, f"no cell is called {sorted(said - names)}"
