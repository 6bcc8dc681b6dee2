"""Who has solved what: whatever was handed in is read, or named with a reason."""

import csv
import json
import os
import socket
import sys
import time

import pytest
from nbformat.v4 import new_code_cell, new_output

import collect
import handed
import sandbox
from collect import WORDS, main, own_name, printable, students, text_only, verdict
from course_utils.languages import LANGUAGES
from support.exercises import listed
from support.handed import RIGHT, WRONG, answered, cell_of, contents, save

ALL = set(RIGHT)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "handed in"
    place.mkdir()
    return place


@pytest.fixture
def collected(folder, tmp_path, capsys):
    """What a command gives: each student's row of the CSV, and what it printed."""

    def collected(*more, language="en"):
        target = tmp_path / "out" / "who.csv"
        before = contents(folder)
        main([str(folder), "--csv", str(target), "--language", language, *more])
        assert contents(folder) == before, "nothing is written there"
        with target.open(encoding="utf-8-sig", newline="") as file:
            found = list(csv.DictReader(file))
        key = WORDS[language]["student"]
        return {row[key]: row for row in found}, capsys.readouterr().out

    return collected


# As stored


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_in_any_language_says_what_is_solved(folder, collected, language):
    save(answered(language, RIGHT), folder / "ana" / "02.ipynb")
    save(answered(language, WRONG), folder / "beto" / "sub" / "mine.ipynb")
    rows, text = collected()
    assert [rows["ana"][one] for one in sorted(ALL)] == ["solved"] * 4
    assert [rows["beto"][one] for one in sorted(ALL)] == [
        *("tried", "tried", "open", "tried")
    ]
    assert [rows[one]["solved"] for one in ("ana", "beto")] == ["4", "0"]
    assert "which proves nothing" in text
    names = listed(2)
    ana, beto = (
        " ".join(sign if name in answers else "…" for name in names)
        for sign, answers in (("✓", RIGHT), ("✗", WRONG))
    )
    solved = " ".join(str(int(name in RIGHT)) for name in names)
    assert " ".join(text.split()).count(f"ana {ana} beto {beto} ✓ {solved}") == 1


def test_the_table_speaks_spanish_too(folder, collected):
    save(answered("en", RIGHT), folder / "ana" / "02.ipynb")
    rows, text = collected(language="es")
    assert rows["ana"]["2.1"] == "resuelto" and "no prueba nada" in text
    assert all(set(WORDS[one]) == set(WORDS["es"]) for one in LANGUAGES)


def test_only_what_a_check_has_printed_counts(folder, collected):
    book = answered("es", {"2.1": RIGHT["2.1"]})
    said = [new_output("stream", text="✓ 2.2: correcto\n✓ 9.9: correcto\n")]
    book.cells.append(new_code_cell("print('✓ 2.2: correcto')", outputs=said))
    solution = [new_output("stream", text="✓ 2.3: la solución es correcta\n")]
    book.cells.append(new_code_cell('solution("2.3", (1, 2))', outputs=solution))
    save(book, folder / "ana" / "02.ipynb")
    (row,) = collected()[0].values()
    assert [row[one] for one in sorted(ALL)] == ["solved", "open", "open", "open"]


def test_the_best_of_several_files_and_cells_counts(folder, collected):
    """As after an update: the edited copy, and the new one beside it."""
    save(answered("es", {"2.1": RIGHT["2.1"]}), folder / "ana" / "02_x.ipynb")
    both = WRONG | {"2.2": RIGHT["2.2"]}
    save(answered("en", both), folder / "ana" / "02_x.new.ipynb")
    rows, _ = collected()
    assert [rows["ana"][one] for one in sorted(ALL)] == [
        *("solved", "solved", "open", "tried")
    ]


def test_other_lectures_have_columns_of_their_own(folder, collected):
    save(answered("es", RIGHT), folder / "ana" / "02.ipynb")
    save(answered("es", {"0.1": "0.5"}, "00_start"), folder / "beto" / "00.ipynb")
    rows, _ = collected()
    assert (rows["ana"]["0.1"], rows["beto"]["0.1"]) == ("", "solved")
    assert rows["beto"]["2.1"] == ""


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("ana_02_gd_divergence", "ana"),
        ("02_gd_divergence-Ana Pérez", "Ana Pérez"),
        ("beto-02_gd_divergence.new", "beto"),
        ("beto 02_gd_divergence.old2 (1)", "beto"),
        ("02_gd_divergence", "02_gd_divergence"),
        ("homework", "homework"),
    ],
)
def test_a_file_says_whose_it_is(stem, name):
    assert own_name(stem) == name


def test_a_student_is_a_folder_or_a_file(folder):
    for name in ("ana/02.ipynb", "ana/x/03.ipynb", "beto_02_gd_divergence.ipynb"):
        save(answered("es", {}), folder / name)
    for left in ("ana/.ipynb_checkpoints/02.ipynb", "__MACOSX/._02.ipynb", ".x"):
        save(answered("es", {}), folder / left)
    (folder / "carla").mkdir()
    found = {name: len(paths) for name, paths in students(folder).items()}
    assert found == {"ana": 2, "beto": 1, "carla": 0}


# What cannot be read

CELL = {"cell_type": "code", "source": "x", "outputs": [], "metadata": {}}
BROKEN = {
    "half": b'{"cells": [',
    "text": b"ana",
    "binary": bytes(range(256)),
    "a list": b"[]",
    "no cells": b"{}",
    "cells of text": b'{"cells": "abc"}',
    "cells of numbers": b'{"cells": [1]}',
    "no kind": b'{"cells": [{}]}',
    "no source": b'{"cells": [{"cell_type": "code"}]}',
    "a number for a source": json.dumps({"cells": [CELL | {"source": 1}]}).encode(),
    "outputs of text": json.dumps({"cells": [CELL | {"outputs": "ab"}]}).encode(),
    "outputs none": json.dumps({"cells": [CELL | {"outputs": None}]}).encode(),
    "a number printed": json.dumps(
        {"cells": [CELL | {"outputs": [{"text": 1}]}]}
    ).encode(),
    "nested": b"[" * 100_000,
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_named_and_the_others_are_read(folder, collected, content):
    save(answered("es", RIGHT), folder / "ana" / "02.ipynb")
    (folder / "beto").mkdir()
    (folder / "beto" / "02.ipynb").write_bytes(content)
    rows, text = collected()
    assert rows["ana"]["solved"] == "4" and rows["beto"]["solved"] == "0"
    assert rows["beto"]["remarks"] == "02.ipynb is no notebook that can be read"
    assert "beto: 02.ipynb is no notebook that can be read" in text


def test_what_else_is_no_notebook_is_named(folder, collected):
    for name in ("empty", "huge", "foreign", "pdf", "link", "none"):
        (folder / name).mkdir()
    (folder / "empty" / "02.ipynb").touch()
    with (folder / "huge" / "02.ipynb").open("wb") as file:
        file.truncate(handed.MOST + 1)
    foreign = answered("es", {})
    foreign.cells = [new_code_cell("print(1)")]
    save(foreign, folder / "foreign" / "own.ipynb")
    (folder / "pdf" / "02.pdf").write_bytes(b"%PDF")
    (folder / "link" / "02.ipynb").symlink_to(folder / "foreign" / "own.ipynb")
    said = {name: row["remarks"] for name, row in collected()[0].items()}
    assert said == {
        "empty": "02.ipynb is empty",
        "huge": "02.ipynb is too large, and was not read: 50 MB",
        "foreign": "own.ipynb has no exercise of the course",
        "pdf": "02.pdf is no notebook",
        "link": "02.ipynb is a link, and was not followed",
        "none": "handed in no notebook",
    }


def test_a_file_that_may_not_be_read_is_named(folder, collected, monkeypatch):
    path = save(answered("es", RIGHT), folder / "ana" / "02.ipynb")

    def refused(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "read_bytes", refused)
    with pytest.raises(handed.Broken, match="unread.*Permission denied"):
        handed.read(path)


def test_an_empty_folder_is_no_error(collected):
    rows, text = collected()
    assert rows == {} and "which proves nothing" in text


@pytest.mark.parametrize("name", ["=cmd()", "+1", "-1", "@a"])
def test_a_name_is_no_formula(folder, collected, name):
    save(answered("es", RIGHT), folder / name / "02.ipynb")
    assert list(collected()[0]) == [f"'{name}"]
    assert text_only("ana-1") == "ana-1"


def test_a_name_stays_on_its_line():
    assert printable("a\nb\x1b[31m\udcff") == "a?b?[31m?"


# What is refused


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere"], "FOLDER: nowhere is no folder"),
        ([".", "--csv", "x/y.csv"], "--csv: x/y.csv lies in FOLDER"),
        ([".", "--csv", "."], "--csv: . lies in FOLDER"),
        ([".", "--seconds", "0"], "--seconds: '0' is no whole number above 0"),
        ([".", "--seconds", "2.5"], "--seconds: '2.5' is no whole number above 0"),
        ([".", "--megabytes", "-1"], "--megabytes: '-1' is no whole number above 0"),
        ([".", "--trust"], "--trust belongs to --run"),
        ([".", "--language", "fr"], "--language: invalid choice: 'fr'"),
        ([], "FOLDER"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(
    folder, monkeypatch, capsys, arguments, says
):
    monkeypatch.chdir(folder)
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2 and says in capsys.readouterr().err
    assert contents(folder) == {}


def test_a_csv_that_cannot_be_written_is_named(folder, tmp_path):
    (tmp_path / "file").touch()
    target = tmp_path / "file" / "who.csv"
    with pytest.raises(SystemExit, match=r"^--csv: .*who\.csv: "):
        main([str(folder), "--csv", str(target)])


def test_where_the_network_stays_open_nothing_runs_without_trust(
    folder, monkeypatch, capsys
):
    monkeypatch.setattr(collect, "can_close_the_network", lambda: False)
    with pytest.raises(SystemExit):
        main([str(folder), "--run"])
    assert "--run: this machine cannot close the network" in capsys.readouterr().err
    assert not collect.options([str(folder), "--run", "--trust"]).alone


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_only_linux_can_close_it(monkeypatch, platform):
    monkeypatch.setattr(sys, "platform", platform)
    assert not sandbox.can_close_the_network()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sandbox, "ALONE", ["unshare", "--no-such-option"])
    assert not sandbox.can_close_the_network()


# Run anew


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ("solved", "solved", "reproduced"),
        ("solved", "tried", "not reproduced"),
        ("solved", "open", "not reproduced"),
        ("solved", None, "did not run"),
        ("tried", None, "did not run"),
        (None, None, "did not run"),
        (None, "solved", "solved"),
        ("tried", "solved", "solved"),
        ("open", "tried", "tried"),
        (None, "open", "open"),
    ],
)
def test_what_is_stored_beside_what_is_run(before, now, said):
    assert verdict(before, now) == said


LIMITS = sandbox.Limits(60, 4000)
START = "from course_utils.exercises import check"
SOLVED = f'check("2.1", {RIGHT["2.1"]})'


def ran(*sources, limits=LIMITS, alone=False):
    return sandbox.run([START, *sources], limits, alone)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("sources", "marks"),
    [
        ([SOLVED], {"2.1": "✓"}),
        (['check("2.1", ...)'], {"2.1": "…"}),
        ([SOLVED.replace("1 / 4", "1 / 5"), SOLVED], {"2.1": "✓"}),
        (["1 / 0", "def f(:", "%nothing", "raise SystemExit", SOLVED], {"2.1": "✓"}),
        (["print('✓ 2.1: right')"], {}),
        (["check = lambda *_: print('✓ 2.1: right')", SOLVED], {}),
        (["open('here', 'w').write('a')", "input()", SOLVED], {"2.1": "✓"}),
        (["await __import__('asyncio').sleep(0)", SOLVED], {"2.1": "✓"}),
    ],
)
def test_cells_are_run_as_jupyter_runs_them(sources, marks):
    assert ran(*sources) == (marks, "")


@pytest.mark.thorough
def test_what_does_not_end_is_ended():
    late = ran(SOLVED, "while True: pass", SOLVED, limits=sandbox.Limits(8, 4000))
    assert late == ({"2.1": "✓"}, "late")


@pytest.mark.thorough
def test_what_dies_keeps_what_it_had():
    assert ran(SOLVED, "import os; os._exit(3)") == ({"2.1": "✓"}, "died")
    assert ran("import os; os.kill(os.getpid(), 9)") == ({}, "died")


@pytest.mark.thorough
@pytest.mark.skipif(os.name == "nt", reason="Windows limits no memory")
def test_memory_is_limited():
    take = f"import numpy\nfull = numpy.empty({{}})\n{SOLVED}"  # it is never touched
    limits = sandbox.Limits(60, 2000)
    assert ran(take.format(10), limits=limits) == ({"2.1": "✓"}, "")
    assert ran(take.format(300_000_000), limits=limits) == ({}, "")


needs_unshare = pytest.mark.skipif(
    not sandbox.can_close_the_network(), reason="this machine cannot close the network"
)
REACHES = """import socket
lo = socket.socket()
lo.settimeout(1)
try:
    lo.connect(("127.0.0.1", {port}))
    reached = True
except OSError:
    reached = False
check("2.1", (1/4, 3/4) if reached else ...)
"""


@pytest.mark.thorough
@needs_unshare
def test_there_is_no_network():
    """Not even this machine's own; nor does anything live on that was started."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        reach = REACHES.format(port=server.getsockname()[1])
        assert ran(reach, alone=False).marks == {"2.1": "✓"}
        assert ran(reach, alone=True).marks == {"2.1": "…"}


@pytest.mark.thorough
@needs_unshare
def test_what_was_started_does_not_live_on(tmp_path):
    left = tmp_path / "left"
    code = f"import time; time.sleep(4); open({str(left)!r}, 'w').write('a')"
    command = f"[sys.executable, '-c', {code!r}], start_new_session=True"
    start = f"import subprocess, sys\nsubprocess.Popen({command})"
    assert ran(start, SOLVED, alone=True) == ({"2.1": "✓"}, "")
    time.sleep(5)
    assert not left.exists()


def test_an_edited_output_is_found_only_by_a_run(folder, collected, monkeypatch):
    """Without a process: what a run would give is planted."""
    book = answered("es", {"2.1": RIGHT["2.1"]})
    cell_of(book, "2.2").outputs = [new_output("stream", text="✓ 2.2: correcto\n")]
    save(book, folder / "ana" / "02.ipynb")
    assert collected()[0]["ana"]["solved"] == "2"
    seen = []

    def fake(sources, limits, alone):
        seen.append((sources, limits))
        return sandbox.Ran({"2.1": "✓", "2.2": "…", "2.3": "…", "7": "x"}, "late")

    monkeypatch.setattr(collect, "run", fake)
    monkeypatch.setattr(collect, "can_close_the_network", lambda: True)
    rows, text = collected("--run", "--seconds", "7", "--megabytes", "900")
    assert [rows["ana"][one] for one in sorted(ALL)] == [
        *("reproduced", "not reproduced", "open", "did not run")
    ]
    assert rows["ana"]["solved"] == "1" and seen[0][1] == (7, 900)
    assert rows["ana"]["remarks"] == "02.ipynb did not come to its end in time"
    assert " ✓   ≠   …   ?" in text
