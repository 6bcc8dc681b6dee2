"""Who has solved what: a folder of handed-in notebooks → a table, and a CSV.

    python3 -m uv run python lectures/collect.py FOLDER         as stored in the files
    python3 -m uv run python lectures/collect.py FOLDER --run   run anew

In FOLDER a student is a folder with notebooks, or one notebook whose file name says
whose it is. What is stored proves nothing: an output can be edited. `--run` runs each
notebook anew, for so long, in so much memory and without a network; whether an exercise
that is stored as solved is so again is then said. Nothing is written into FOLDER.
"""

import argparse
import csv
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from course_utils.__main__ import preferred
from course_utils.exercises import lecture, number
from course_utils.languages import LANGUAGES, print_any_letter
from handed import MARKS, Broken, Cell, asked, best, read, stored
from sandbox import Limits, can_close_the_network, run

ROOT = Path(__file__).resolve().parents[1]

SIGNS = {  # of a state, in the table; what is worth more comes first
    "reproduced": "✓",
    "solved": "✓",
    "not reproduced": "≠",
    "did not run": "?",
    "tried": "✗",
    "open": "…",
}
RIGHT = ("reproduced", "solved")

WORDS = {
    "es": {
        "stored": (
            "Como está guardado, lo que no prueba nada: una salida se puede editar."
        ),
        "run": "Ejecutado de nuevo.",
        "student": "estudiante",
        "remarks": "observaciones",
        "reproduced": "reproducido",
        "solved": "resuelto",
        "not reproduced": "no reproducido",
        "did not run": "no se ejecutó",
        "tried": "intentado",
        "open": "por resolver",
        "empty": "está vacío",
        "huge": "es demasiado grande, no se leyó: {}",
        "unread": "no se pudo leer: {}",
        "broken": "no es un cuaderno que se pueda leer",
        "foreign": "no tiene ningún ejercicio del curso",
        "other": "no es un cuaderno",
        "link": "es un enlace, no se siguió",
        "late": "no terminó a tiempo",
        "died": "terminó antes del final: ¿memoria?",
        "none": "no entregó ningún cuaderno",
    },
    "en": {
        "stored": "As stored, which proves nothing: an output can be edited.",
        "run": "Run anew.",
        "student": "student",
        "remarks": "remarks",
        "reproduced": "reproduced",
        "solved": "solved",
        "not reproduced": "not reproduced",
        "did not run": "did not run",
        "tried": "tried",
        "open": "open",
        "empty": "is empty",
        "huge": "is too large, and was not read: {}",
        "unread": "could not be read: {}",
        "broken": "is no notebook that can be read",
        "foreign": "has no exercise of the course",
        "other": "is no notebook",
        "link": "is a link, and was not followed",
        "late": "did not come to its end in time",
        "died": "ended before its end: memory?",
        "none": "handed in no notebook",
    },
}


class Student(NamedTuple):
    name: str
    states: dict[str, str]  # by exercise
    remarks: list[tuple[str, str, str]]  # a file, a key of WORDS, a detail


# What was handed in


def students(folder: Path) -> dict[str, list[Path]]:
    """The files of each student, in the order of their names."""
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith((".", "__MACOSX")) for part in parts):
            continue  # what systems and Jupyter leave behind
        if path.is_dir() and not path.is_symlink():
            found.setdefault(parts[0], [])
        else:
            name = parts[0] if len(parts) > 1 else own_name(path.stem)
            found.setdefault(name, []).append(path)
    return found


def own_name(stem: str) -> str:
    """ana of "ana_02_gd_divergence", or of the same words in the other order."""
    lectures = "|".join(path.stem for path in ROOT.glob("lectures/[0-9]*.md"))
    copy = r"(?:\.(?:new|old)\d*)?(?: ?\(\d+\))?"  # of a start, or of a browser
    left = re.sub(rf"[ _-]*(?:{lectures}){copy}[ _-]*", "", stem)
    return left or stem


def student(name: str, paths: list[Path], results: Callable) -> Student:
    """What a student has solved in all of these files together."""
    found, remarks = {}, []
    for path in paths:
        try:
            states, ended = of_file(path, results)
        except Broken as problem:
            remarks.append((path.name, *problem.args))
            continue
        if ended:
            remarks.append((path.name, ended, ""))
        for exercise, state in states.items():
            found.setdefault(exercise, []).append(state)
    if not found and not remarks:
        remarks.append(("", "none", ""))
    return Student(name, {n: best(s, SIGNS) for n, s in found.items()}, remarks)


def of_file(path: Path, results: Callable) -> tuple[dict[str, str], str]:
    """The state of each exercise of the lectures in a notebook, and how it ended."""
    if path.is_symlink() or path.suffix != ".ipynb":
        raise Broken("link" if path.is_symlink() else "other", "")
    cells = read(path)
    names = asked(cells)
    if not names:
        raise Broken("foreign", "")
    states, ended = results(cells, names)
    lectures = sorted({number(name) for name in names})
    return {one: states.get(one, "open") for n in lectures for one in lecture(n)}, ended


# Its results


def as_stored(cells: list[Cell], names: list[str]) -> tuple[dict[str, str], str]:
    return stored(cells), ""


def anew(
    cells: list[Cell], names: list[str], limits: Limits, alone: bool
) -> tuple[dict[str, str], str]:
    """What a run shows of each exercise that is checked, beside what is stored."""
    before, ran = stored(cells), run([cell.source for cell in cells], limits, alone)
    marks = {name: MARKS.get(mark, "open") for name, mark in ran.marks.items()}
    return {
        name: verdict(before.get(name), marks.get(name)) for name in names
    }, ran.ended


def verdict(before: str | None, now: str | None) -> str:
    """Of an exercise: how it is stored, and how it is once it has run."""
    if now is None:
        return "did not run"
    if before == "solved":
        return "reproduced" if now == "solved" else "not reproduced"
    return now


# Table and CSV


def table(found: list[Student], words: dict[str, str]) -> Iterator[str]:
    """A block for each lecture, then what there is to remark."""
    width = max([len(printable(one.name)) for one in found], default=0)
    for names in columns(found):
        yield f"{'':{width}}  {' '.join(names)}"
        for one in found:
            signs = [SIGNS.get(one.states.get(name), "") for name in names]
            marks = " ".join(f"{sign:^3}" for sign in signs)
            yield f"{printable(one.name):{width}}  {marks}".rstrip()
        solved = [sum(one.states.get(name) in RIGHT for one in found) for name in names]
        counts = " ".join(f"{count:^3}" for count in solved)
        yield f"{'✓':>{width}}  {counts}".rstrip() + "\n"
    used = {state for one in found for state in one.states.values()}
    yield "   ".join(f"{SIGNS[key]} {words[key]}" for key in SIGNS if key in used)
    for one in found:
        for remark in remarks(one, words):
            yield f"{printable(one.name)}: {remark}"


def columns(found: list[Student]) -> list[list[str]]:
    """The exercises of each lecture that somebody has handed in."""
    lectures = sorted({number(name) for one in found for name in one.states})
    return [list(lecture(n)) for n in lectures]


def remarks(one: Student, words: dict[str, str]) -> list[str]:
    return [
        f"{printable(file)} {words[key].format(detail)}".strip()
        for file, key, detail in one.remarks
    ]


def printable(text: str) -> str:
    """A name that stays on its line, whatever a student has called a file."""
    return "".join(c if c.isprintable() else "?" for c in text)


def write_csv(path: Path, found: list[Student], words: dict[str, str]) -> None:
    """A line for each student; with the mark by which spreadsheets know UTF-8."""
    names = [name for part in columns(found) for name in part]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([words["student"], *names, words["solved"], words["remarks"]])
        for one in found:
            states = [one.states.get(name) for name in names]
            said = [words[state] if state else "" for state in states]
            count = sum(state in RIGHT for state in states)
            told = "; ".join(remarks(one, words))
            rows.writerow([*map(text_only, [one.name, *said, count, told])])


def text_only(value: str | int) -> str:
    """No formula: a spreadsheet would compute a name that begins like one."""
    text = printable(str(value))
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


# The command


def positive(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def parser() -> argparse.ArgumentParser:
    command = argparse.ArgumentParser(prog="collect.py", allow_abbrev=False)
    command.add_argument("folder", type=Path, metavar="FOLDER")
    command.add_argument("--csv", type=Path, default=ROOT / "build" / "collected.csv")
    command.add_argument("--language", choices=LANGUAGES, default=preferred())
    command.add_argument("--run", action="store_true", help="run each notebook anew")
    command.add_argument(
        "--trust",
        action="store_true",
        help="run also where the network cannot be closed",
    )
    command.add_argument("--seconds", type=positive, default=120, help="a notebook")
    command.add_argument("--megabytes", type=positive, default=4000, help="a notebook")
    return command


def options(arguments: list[str]) -> argparse.Namespace:
    """What was asked for, if it can be done."""
    command = parser()
    asked = command.parse_args(arguments)
    folder = asked.folder.resolve()
    if not folder.is_dir():
        command.error(f"FOLDER: {asked.folder} is no folder")
    if asked.csv.resolve().is_relative_to(folder):
        command.error(f"--csv: {asked.csv} lies in FOLDER, where nothing is written")
    if asked.trust and not asked.run:
        command.error("--trust belongs to --run")
    asked.alone = asked.run and can_close_the_network()
    if asked.run and not asked.alone and not asked.trust:
        command.error(
            "--run: this machine cannot close the network (on Linux `unshare` does). "
            "--trust runs the notebooks all the same: with it they can send away "
            "whatever you can read"
        )
    return asked


def main(arguments: list[str]) -> None:
    asked = options(arguments)
    words, results = WORDS[asked.language], as_stored
    if asked.run:
        limits = Limits(asked.seconds, asked.megabytes)
        results = partial(anew, limits=limits, alone=asked.alone)
    found = []
    for name, paths in students(asked.folder).items():
        if asked.run:
            print(f"{printable(name)} …", file=sys.stderr, flush=True)
        found.append(student(name, paths, results))
    print(words["run" if asked.run else "stored"], end="\n\n")
    print("\n".join(table(found, words)))
    try:
        write_csv(asked.csv, found, words)
    except OSError as problem:
        raise SystemExit(f"--csv: {asked.csv}: {problem.strerror}") from None
    print(f"\n{asked.csv}")


if __name__ == "__main__":
    print_any_letter()
    main(sys.argv[1:])
