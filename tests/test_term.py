"""A term, walked through as a teacher does: the guide's own steps, twenty hand-ins."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_output

import collect
import sandbox
from minutes import LATER
from support.course import LANGUAGES, NAMES, ROOT, notebook
from support.exercises import listed
from support.handed import (
    NAME,
    RIGHT,
    WRONG,
    answered,
    cell_of,
    contents,
    insert,
    save,
)
from support.prose import opening, rows

GUIDES = {"es": "docs/teaching.es.md", "en": "docs/teaching.md"}
UV = "python3 -m uv run python "

both = pytest.mark.parametrize("language", LANGUAGES)


def guide(language: str) -> str:
    return (ROOT / GUIDES[language]).read_text("utf-8")


def blocks(language: str) -> list[list[str]]:
    """What a guide says to type, block by block."""
    found = re.findall(r"^```\n(.*?)^```", guide(language), re.M | re.S)
    return [block.splitlines() for block in found]


# The guide


def test_both_guides_give_the_same_commands_and_the_same_plan():
    assert blocks("es") == blocks("en") and len(blocks("es")) == 3
    spanish, english = (
        re.findall(r"`(git [^`]*)`", guide(one)) for one in ("es", "en")
    )
    assert [one.replace("DIRECCIÓN", "ADDRESS") for one in spanish] == english
    spanish, english = (rows(guide(one)) for one in ("es", "en"))
    assert len(spanish) == len(english) == 2 + 14
    for one, other in zip(spanish[2:], english[2:], strict=True):
        assert (one[0], *one[2:]) == (other[0], *other[2:])
    assert [row[0] for row in spanish[2:]] == [str(week) for week in range(1, 15)]


def faults_of_plan(language: str, text: str) -> list[str]:
    """What a row of the plan says otherwise than its lecture does."""
    faults = []
    for week, said, minutes, homework in rows(text)[2:]:
        (name,) = [one for one in NAMES if one.startswith(said[:2])]
        names = list(listed(int(name[:2])))
        if homework and homework.split("–") != [*dict.fromkeys([names[0], names[-1]])]:
            faults.append(f"{week}: {homework}")
        if minutes and minutes != opening(language, name)[2].split(" | ")[1]:
            faults.append(f"{week}: {minutes}")
        faults += [f"{week}: {one}" for one in later(said) - for_later(language, name)]
    return faults


def later(said: str) -> set[str]:
    return set(re.findall(r"\*([^*]+)\*", said))


def for_later(language: str, name: str) -> set[str]:
    """The titles of a lecture's sections that are for later."""
    text = "\n".join(cell.source for cell in notebook(language, name).cells)
    return {
        title.removesuffix(end).strip()
        for title in re.findall(r"^##+ (.+)$", text, re.M)
        for end in LATER
        if title.endswith(end)
    }


@both
def test_the_plan_is_that_of_the_lectures(language):
    text = guide(language)
    assert faults_of_plan(language, text) == []
    weeks = [row[1][:2] for row in rows(text)[2:]]
    assert sorted(set(weeks)) == [f"{k:02d}" for k in range(9)]
    homework = f"2.1–{[*listed(2)][-1]}"
    for old, new in ((homework, "2.1–2.9"), ("| 43 |", "| 44 |"), ("Adam ", "adam ")):
        assert len(faults_of_plan(language, text.replace(old, new, 1))) == 1, old


@both
def test_a_guide_fits_on_a_page_or_two_and_its_readme_leads_to_it(language):
    assert len(guide(language).splitlines()) <= 100
    prose = [line for line in guide(language).splitlines() if line[:1] != "|"]
    assert max(map(len, prose)) <= 92
    readme = {"es": "README.es.md", "en": "README.md"}[language]
    assert f"({GUIDES[language]})" in (ROOT / readme).read_text("utf-8")


def test_what_the_guide_says_of_a_run_is_what_collect_does():
    command = collect.parser()
    assert command.get_default("seconds") == 2 * 60
    assert command.get_default("megabytes") == 4 * 1000
    assert command.get_default("csv") == ROOT / "build" / "collected.csv"


# Before the term, distributing, updating: the commands, one after the other


def copy_of_the_course(folder: Path) -> Path:
    for name in ("course_utils", "lectures", "notebooks", "docs"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__py*")
        )
    for name in (".gitignore", "pyproject.toml", "README.md", "README.es.md"):
        shutil.copy(ROOT / name, folder / name)
    return folder


class Desk:
    """A clone on somebody's computer, where commands are typed."""

    def __init__(self, folder: Path):
        self.folder = folder

    def type(self, line: str) -> str:
        """A line as a guide has it, with this Python for the one that uv finds."""
        words = f"{sys.executable} {line[len(UV) :]}" if line.startswith(UV) else line
        here = {
            "LC_ALL": "C",
            "PYTHONPATH": os.pathsep.join([str(self.folder), os.environ["PYTHONPATH"]]),
            "GIT_CONFIG_GLOBAL": os.devnull,
            **{
                f"GIT_{who}_{what}": "ana@example.org"
                for who in ("AUTHOR", "COMMITTER")
                for what in ("NAME", "EMAIL")
            },
        }
        done = subprocess.run(
            words,
            shell=True,
            cwd=self.folder,
            env=os.environ | here,
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, f"{line}: {done.stdout}{done.stderr}"
        return done.stdout

    def start(self) -> str:
        """The README's start, but that JupyterLab only says its version."""
        return self.type(f"{UV}-m course_utils es -- --version")


@pytest.fixture
def desks(tmp_path) -> dict[str, Desk]:
    """Whoever keeps the course, a teacher, and the place where they meet."""
    keeper = Desk(copy_of_the_course(tmp_path / "keeper"))
    for line in (
        "git init -q -b main",
        "git add -A",
        "git commit -q -m One",
        "git clone -q --bare . ../course.git",
        "git remote add origin ../course.git",
        "git clone -q ../course.git ../teacher",
    ):
        keeper.type(line)
    return {"keeper": keeper, "teacher": Desk(tmp_path / "teacher")}


def changed(desk: Desk, name: str, text: str) -> None:
    """The course brings something new in a lecture, in both languages."""
    for language in LANGUAGES:
        path = desk.folder / "notebooks" / language / f"{name}.ipynb"
        book = nbformat.read(path, 4)
        book.cells[0].source += text
        path.write_text(nbformat.writes(book) + "\n", "utf-8")


@pytest.mark.thorough
def test_the_steps_of_the_guide_one_after_the_other(desks, tmp_path):
    teacher, keeper = desks["teacher"], desks["keeper"]
    (prepare,), distribute, collecting = blocks("en")
    teacher.type(prepare)
    for language in LANGUAGES:
        pages = teacher.folder / "build" / "teacher" / language
        assert {path.stem for path in pages.glob("*.html")} == set(NAMES)
    assert teacher.type("git status --porcelain") == ""

    # Distribute; the same lines will update.
    for line in ["git switch -c class", *distribute]:
        teacher.type(line)
    (pack,) = re.findall(r"`(git archive [^`]*)`", guide("en"))
    teacher.type(pack)
    teacher.type("git clone -q -b class ../course.git ../ana")
    ana, beto = Desk(tmp_path / "ana"), unpacked(teacher, tmp_path / "beto")
    for student in (ana, beto):
        student.start()
        copy = student.folder / "mine" / "es" / f"{NAME}.ipynb"
        assert b"solution" not in re.sub(rb"import [^\"]*", b"", copy.read_bytes())
        save(answered("es", RIGHT), copy)
    assert ana.type("git status --porcelain") == ""

    # The course brings something new; the teacher updates, then the students.
    for name in (NAME, "03_learning_rate"):
        changed(keeper, name, "\n\nNuevo.")
    for line in ("git commit -q -am Two", "git push -q origin main"):
        keeper.type(line)
    for line in ["git switch main", "git pull", *distribute]:
        teacher.type(line)
    teacher.type(pack)
    ana.type("git pull")
    later = unpacked(teacher, tmp_path / "beto, later")
    (beto.folder / "mine").rename(later.folder / "mine")
    for student in (ana, later):
        was_updated(student)

    # Collect, from her folder and from a file; then a short one is run.
    handed_in = teacher.folder / "handed_in"
    shutil.copytree(ana.folder / "mine" / "es", handed_in / "Ana")
    save(answered("en", WRONG), handed_in / f"beto_{NAME}.ipynb")
    as_stored, anew = collecting
    text, found = who_solved(teacher, as_stored)
    assert "lo que no prueba nada" in text
    assert found == {"Ana": "resuelto", "beto": "intentado"}
    shutil.rmtree(handed_in)
    save(answered("es", RIGHT), handed_in / "Ana" / f"{NAME}.ipynb")
    shorter(handed_in)
    if sandbox.can_close_the_network():
        text, found = who_solved(teacher, anew)
        assert "Ejecutado de nuevo." in text
        assert found == {"Ana": "reproducido"}
    assert teacher.type("git status --porcelain") == "", (
        "the class is sent nothing of it"
    )


def unpacked(teacher: Desk, folder: Path) -> Desk:
    """The file that a teacher hands out, for somebody without Git."""
    with zipfile.ZipFile(teacher.folder / "build" / "course.zip") as packed:
        packed.extractall(folder)
    assert not (folder / "build").exists()
    return Desk(folder)


def was_updated(student: Desk) -> None:
    """The next start brings what is new, and takes away nothing."""
    assert f"{NAME}.new.ipynb" in student.start()
    mine = student.folder / "mine" / "es"
    kept = cell_of(nbformat.read(mine / f"{NAME}.ipynb", 4), "2.1")
    assert kept.source.startswith("both = (1 / 4")
    for name in (f"{NAME}.new.ipynb", "03_learning_rate.ipynb"):
        book = nbformat.read(mine / name, 4)
        assert "Nuevo." in book.cells[0].source
        assert not any(cell.get("outputs") for cell in book.cells)


def who_solved(teacher: Desk, line: str) -> tuple[str, dict[str, str]]:
    """What a line of the guide prints, and who has solved 2.1 in the file it writes."""
    before = contents(teacher.folder / "handed_in")
    text = teacher.type(line)
    assert contents(teacher.folder / "handed_in") == before
    written = teacher.folder / "build" / "collected.csv"
    with written.open(encoding="utf-8-sig") as file:
        found = {row["estudiante"]: row["2.1"] for row in csv.DictReader(file)}
    assert all(name in text for name in found)
    return text, found


# Twenty hand-ins

READS_THE_NET = "import urllib.request\nurllib.request.urlopen('http://192.0.2.1')"


def hand_in(folder: Path) -> None:
    """What twenty students hand in, as a learning platform packs it."""
    for name, language in (("ana", "es"), ("bruno", "en")):
        save(answered(language, RIGHT), folder / name / f"{NAME}.ipynb")
    save(answered("es", WRONG), folder / "carla" / f"{NAME}.ipynb")
    save(answered("en", RIGHT | {"2.2": "1.2**10"}), folder / "diego" / "tarea.ipynb")
    half = save(answered("es", RIGHT), folder / "elena" / f"{NAME}.ipynb")
    half.write_bytes(half.read_bytes()[:5000])
    save(answered("es", {}), folder / "fabio" / f"{NAME}.ipynb").write_bytes(b"")
    (folder / "gina").mkdir()
    (folder / "gina" / "tarea.pdf").write_bytes(b"%PDF-1.4")
    (folder / "hugo").mkdir()
    save(answered("es", RIGHT), folder / f"irma_{NAME}.ipynb")
    forged = answered("es", {"2.1": RIGHT["2.1"]})
    for exercise in ("2.2", "2.3", "2.4"):
        said = new_output("stream", text=f"✓ {exercise}: correcto\n")
        cell_of(forged, exercise).outputs = [said]
    save(forged, folder / "juan" / f"{NAME}.ipynb")
    cleared = answered("en", RIGHT)
    for exercise in RIGHT:
        cell_of(cleared, exercise).outputs = []
    save(cleared, folder / "karla" / f"{NAME}.ipynb")
    with save(cleared, folder / "luis" / f"{NAME}.ipynb").open("wb") as file:
        file.truncate(80_000_000)
    # After an update: the edited copy and the new one, and one that was run again.
    save(answered("es", {"2.1": RIGHT["2.1"]}), folder / "mona" / f"{NAME}.ipynb")
    save(answered("es", {"2.2": RIGHT["2.2"]}), folder / "mona" / f"{NAME}.new.ipynb")
    again = insert(answered("es", RIGHT), "# Otra vez\nx = 1")
    again.cells[0].source += "\n\nNuevo."
    save(again, folder / "nico" / f"{NAME}.ipynb")
    own = answered("es", {})
    own.cells = [new_code_cell("print('hola')")]
    save(own, folder / "olga" / "mio.ipynb")
    save(answered("en", RIGHT), folder / "pepe" / f"{NAME}.ipynb")
    save(answered("es", {"0.1": "0.5"}, "00_start"), folder / "pepe" / "00_start.ipynb")
    endless = insert(answered("es", RIGHT), "while True:\n    pass")
    save(endless, folder / "quique" / f"{NAME}.ipynb")
    failing = insert(answered("en", RIGHT), "1 / 0")
    save(failing, folder / "rosa" / f"{NAME}.ipynb")
    reaching = insert(answered("es", RIGHT), READS_THE_NET)
    save(reaching, folder / "saul" / f"{NAME}.ipynb")
    save(answered("es", {}), folder / "=tere()" / f"{NAME}.ipynb")


SOLVED = {  # as stored, and what is remarked
    "ana": ("4", ""),
    "bruno": ("4", ""),
    "carla": ("0", ""),
    "diego": ("3", ""),
    "elena": ("0", f"{NAME}.ipynb is no notebook that can be read"),
    "fabio": ("0", f"{NAME}.ipynb is empty"),
    "gina": ("0", "tarea.pdf is no notebook"),
    "hugo": ("0", "handed in no notebook"),
    "irma": ("4", ""),
    "juan": ("4", ""),  # forged
    "karla": ("0", ""),  # saved without outputs
    "luis": ("0", f"{NAME}.ipynb is too large, and was not read: 80 MB"),
    "mona": ("2", ""),
    "nico": ("4", ""),
    "olga": ("0", "mio.ipynb has no exercise of the course"),
    "pepe": ("5", ""),
    "quique": ("4", ""),
    "rosa": ("4", ""),
    "saul": ("4", ""),
    "'=tere()": ("0", ""),
}


@pytest.fixture
def classroom(tmp_path) -> Path:
    hand_in(tmp_path / "handed_in")
    return tmp_path / "handed_in"


def collected(folder: Path, *more: str) -> dict[str, dict]:
    """The rows of the CSV; nothing is written into the folder."""
    target, before = folder.parent / "who.csv", contents(folder)
    collect.main([str(folder), "--csv", str(target), "--language", "en", *more])
    assert contents(folder) == before
    with target.open(encoding="utf-8-sig", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


@pytest.mark.thorough
def test_twenty_hand_ins_as_stored(classroom):
    found = collected(classroom)
    assert len(found) == 20
    assert {k: (row["solved"], row["remarks"]) for k, row in found.items()} == SOLVED
    assert found["diego"]["2.2"] == "tried" and found["karla"]["2.1"] == "open"


@pytest.mark.thorough
@pytest.mark.skipif(
    not sandbox.can_close_the_network(), reason="this machine cannot close the network"
)
def test_some_of_them_run_anew(classroom):
    """What an output has claimed, a run finds out."""
    some = {"ana", "juan", "karla", "saul", "quique", "elena"}
    for path in classroom.iterdir():
        if path.name not in some:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shorter(classroom)
    late = classroom.parent / "late"
    late.mkdir()
    (classroom / "quique").rename(late / "quique")
    found = collected(classroom, "--run")
    found |= collected(late, "--run", "--seconds", "5")
    states = {k: [row[e] for e in sorted(RIGHT)] for k, row in found.items()}
    forged = "not reproduced"
    assert states == {
        "ana": ["reproduced"] * 4,
        "elena": [""] * 4,
        "juan": ["reproduced", forged, forged, forged],
        "karla": ["solved"] * 4,
        "quique": ["did not run"] * 4,
        "saul": ["reproduced"] * 4,
    }
    assert found["quique"]["remarks"] == f"{NAME}.ipynb did not come to its end in time"
    assert "no notebook" in found["elena"]["remarks"]


def shorter(folder: Path) -> None:
    """Without the figures, so that a run takes a second."""
    for path in folder.rglob("*.ipynb"):
        try:
            book = json.loads(path.read_text("utf-8"))
        except ValueError:
            continue
        kept = [c for c in book["cells"] if "live(" not in "".join(c["source"])]
        path.write_text(json.dumps(book | {"cells": kept}), "utf-8")
