"""Copies for students: nothing that answers is left, and nothing else is gone."""

import json
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import student
from course_utils.exercises import find, memory
from course_utils.exercises.judge import judged
from run import Run
from support.course import (
    LANGUAGES,
    NAMES,
    build,
    called,
    checked,
    code_cells,
    each_notebook,
    notebook,
    run,
    speaking,
)

TITLES = (
    "Solución|Solution|Respuesta de la predicción|Answer to the prediction|"
    "Respuesta de la meta|Answer to the goal|Para quien enseña|For the teacher"
)


def says_an_answer(cell) -> bool:
    """Told by what a reader sees, not by how student.py finds it."""
    titled = re.match(rf"<details><summary>({TITLES})</summary>", cell.source)
    return bool(titled) or cell.source.startswith("# Solución ")


def seen(cell) -> tuple:
    return cell.id, cell.cell_type, cell.source, cell.metadata


@each_notebook
def test_a_copy_is_the_notebook_without_what_answers(language, name):
    whole = notebook(language, name)
    before = [cell.outputs for cell in code_cells(whole.cells)]
    copy = student.without_answers(whole, name)
    kept = [cell for cell in whole.cells if not says_an_answer(cell)]
    assert len(kept) < len(whole.cells)
    assert [*map(seen, copy.cells)] == [*map(seen, kept)]
    assert copy.metadata == whole.metadata
    assert all(
        not c.outputs and c.execution_count is None for c in code_cells(copy.cells)
    )
    assert [cell.outputs for cell in code_cells(whole.cells)] == before


def test_writing_twice_changes_no_byte(tmp_path):
    for folder in ("one", "two"):
        build.build_students([], tmp_path / folder)
    written = sorted((tmp_path / "one").rglob("*.ipynb"))
    assert len(written) == len(LANGUAGES) * len(NAMES)
    for path in written:
        other = tmp_path / "two" / path.relative_to(tmp_path / "one")
        assert path.read_bytes() == other.read_bytes(), path.name
        nbformat.validate(nbformat.read(path, 4))


# Run, it says "not yet" and gives all else.


def ran(cells, language: str = "es") -> Run:
    """In a kernel's first run: nothing is remembered of an answer."""
    memory.MARKS.clear()
    with speaking(language):
        return run(cells)


def given(done: Run, cell: str) -> str:
    """What a cell shows: what it has printed, then its last line's value."""
    shown = done.shown.get(cell)
    return done.printed[cell] + ("" if shown is None else f"{shown!r}\n")


def stored(cell) -> str:
    """The same of a notebook."""
    return "".join(o.get("text") or o.data["text/plain"] + "\n" for o in cell.outputs)


def differing(cells, done: Run, language: str = "es") -> list[str]:
    """Those of a notebook's cells that say something else than is stored.

    Of cells that were run; an exercise must say "not yet", and nothing else.
    """
    found = []
    for cell in code_cells(cells):
        if cell.id in done.printed:
            wanted = stored(cell)
            if called(cell, "check"):
                [exercise] = checked(cell)
                wanted = f"… {exercise}: {not_yet(exercise, language)}\n"
            found += [cell.id] if given(done, cell.id) != wanted else []
    return found


def not_yet(name: str, language: str) -> str:
    """What is said of `...`."""
    mark, said = judged(find(name), ...)
    assert mark == "…" and "todavía no" in said[0] and "not yet" in said[1]
    return said[LANGUAGES.index(language)]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("language", "name"), [*(("es", name) for name in NAMES), ("en", NAMES[2])]
)
def test_a_copy_runs_and_says_not_yet(language, name, monkeypatch):
    """All in one language, as the code is the same; one in the other."""
    monkeypatch.setattr(memory, "MARKS", {})
    whole = notebook(language, name)
    copy = code_cells(student.without_answers(whole, name).cells)
    assert any(called(cell, "check") for cell in copy)
    done = ran(copy, language)
    assert list(done.printed) == [cell.id for cell in copy]
    assert differing(whole.cells, done, language) == []


def test_a_copy_that_says_something_else_is_found(monkeypatch):
    monkeypatch.setattr(memory, "MARKS", {})
    start = new_code_cell("from course_utils.exercises import check\nn = 1", id="09-a")
    ask = new_code_cell('both = ...\ncheck("2.1", both)', id="09-b")
    two = [
        new_output("stream", text="1\n"),
        new_output("execute_result", {"text/plain": "2"}),
    ]
    late = new_code_cell("print(n)\nn + 1", id="09-c", outputs=two)
    good = [start, ask, late]
    assert differing(good, ran(good)) == []
    answered = new_code_cell(ask.source.replace("...", "(1, 2)"), id="09-b")
    other = new_code_cell("print(n + 1)\nn + 1", id="09-c")
    value = new_code_cell("print(n)\nn + 2", id="09-c")
    more = new_code_cell(ask.source + "\nprint(1)", id="09-b")
    for cells in ([start, answered], [start, more], [start, other], [start, value]):
        assert differing(good, ran(cells)) == [cells[1].id]


# What is refused


def test_an_answer_that_shares_its_cell_is_refused():
    cell = new_markdown_cell(
        "One.\n\n<details><summary>Solution</summary>\n\n2\n\n</details>"
    )
    cell.id = "09-half"
    with pytest.raises(
        SystemExit, match=r"^09\.ipynb, cell 09-half: <details> must be"
    ):
        student.without_answers(new_notebook(cells=[cell]), "09.ipynb")


def test_a_notebook_that_is_missing_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "NOTEBOOKS", tmp_path)
    with pytest.raises(SystemExit, match=r"es.02_gd_divergence\.ipynb is missing"):
        build.build_students(["02"], tmp_path)


WHOLE = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"lang": "es"}}
BROKEN = [
    *(b"", b"{", b"[]", b"\xff", b"<<<<<<< HEAD", b'{"cells": 3}'),
    json.dumps(WHOLE | {"cells": []}).encode(),
    json.dumps(WHOLE | {"cells": [{}]}).encode(),
    json.dumps(WHOLE | {"nbformat": 3}).encode(),
    nbformat.writes(new_notebook(cells=[new_code_cell("1", id="09-one")])).encode(),
]


@pytest.mark.parametrize("content", BROKEN)
@pytest.mark.parametrize("kind", ["students", "teachers"])
def test_a_notebook_that_is_broken_is_named(tmp_path, monkeypatch, kind, content):
    monkeypatch.setattr(build, "NOTEBOOKS", tmp_path)
    for language in LANGUAGES:
        (tmp_path / language).mkdir()
        (tmp_path / language / "02_gd_divergence.ipynb").write_bytes(content)
    with pytest.raises(SystemExit, match=r"es.02_gd_divergence\.ipynb: is no notebook"):
        getattr(build, f"build_{kind}")(["02"], tmp_path / "build")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--student", "--teacher"], "--student --teacher: only one"),
        (["--student", "77"], "no lecture begins with '77'"),
        (["--students"], "--students is unknown; there are --pages, --student, "),
    ],
)
def test_what_makes_no_sense_is_refused(arguments, says):
    with pytest.raises(SystemExit, match=says):
        build.main(arguments)
