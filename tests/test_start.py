"""The start of the course: what is a reader's stays, whatever happens meanwhile."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import nbformat
import pytest

from course_utils import __main__ as start
from course_utils import copies
from course_utils.copies import Copies
from course_utils.languages import LANGUAGES
from course_utils.needed import NO_NUMPY
from support.course import NAMES, ROOT, speaking

LECTURE = "es/02_gd_divergence.ipynb"
NEW = "es/02_gd_divergence.new.ipynb"
OLD = "es/02_gd_divergence.old.ipynb"


def notebook(*sources: str, **metadata) -> str:
    """A file with a cell of code for each source."""
    cells = [
        nbformat.v4.new_code_cell(source, id=f"c{k}", metadata=metadata)
        for k, source in enumerate(sources)
    ]
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells))


class Course:
    """A small course: one lecture and the start, in two languages."""

    def __init__(self, root: Path):
        self.root, self.mine = root, root / "mine"
        for language in LANGUAGES:
            (root / "notebooks" / language).mkdir(parents=True)
            for name in ("00_start", "02_gd_divergence"):
                self.ship("theta = 1", name=f"{language}/{name}.ipynb")

    def ship(self, *sources: str, name: str = LECTURE, **metadata) -> None:
        text = notebook(*sources, **metadata)
        (self.root / "notebooks" / name).write_text(text, "utf-8")

    def copies(self) -> Copies:
        return Copies(self.root / "notebooks", self.mine)

    def update(self) -> list[tuple[str, str]]:
        return list(self.copies().update())

    def write(self, text: str, name: str = LECTURE) -> None:
        (self.mine / name).write_text(text, "utf-8")

    def sources(self, name: str = LECTURE) -> list[str]:
        found = nbformat.read(self.mine / name, 4)
        return [cell.source for cell in found.cells]

    def files(self) -> list[str]:
        """All that is in mine/, but for the note."""
        found = (p for p in self.mine.rglob("*") if p.is_file())
        return sorted(
            p.relative_to(self.mine).as_posix() for p in found if p.suffix == ".ipynb"
        )

    def rubbish(self) -> list[Path]:
        note = self.mine / ".copied.json"
        return [p for p in self.mine.rglob(".*") if p != note]


@pytest.fixture
def course(tmp_path) -> Course:
    """One whose copies have been made."""
    made = Course(tmp_path / "año 1 · curso")
    assert {done for done, _ in made.update()} == {"made"}
    return made


def test_the_first_start_copies_every_lecture_in_both_languages(tmp_path):
    mine = Copies(ROOT / "notebooks", tmp_path / "mine")
    expected = sorted(f"{one}/{name}.ipynb" for one in LANGUAGES for name in NAMES)
    assert mine.names == expected
    assert list(mine.update()) == [("made", name) for name in expected]
    for name in expected:
        assert (tmp_path / "mine" / name).read_bytes() == (
            ROOT / "notebooks" / name
        ).read_bytes()


def test_the_second_start_changes_nothing(course):
    before = {name: (course.mine / name).stat().st_mtime_ns for name in course.files()}
    assert course.update() == []
    assert before == {n: (course.mine / n).stat().st_mtime_ns for n in course.files()}


def test_a_copy_that_is_missing_is_made_again(course):
    (course.mine / LECTURE).unlink()
    assert course.update() == [("made", LECTURE)]


def opened_and_run(text: str) -> str:
    """What JupyterLab saves: other metadata, a count, an output; the same sources."""
    found = nbformat.reads(text, 4)
    found.metadata["language_info"] = {"name": "python", "version": "3.99"}
    for cell in found.cells:
        cell.execution_count = 7
        cell.outputs = [nbformat.v4.new_output("stream", text="1\n")]
        cell.metadata["scrolled"] = True
    return nbformat.writes(found)


def test_a_copy_that_was_opened_and_run_is_renewed(course):
    course.write(opened_and_run((course.mine / LECTURE).read_text("utf-8")))
    assert course.update() == [], "nothing is new: its outputs stay"
    assert "3.99" in (course.mine / LECTURE).read_text("utf-8")
    course.ship("theta = 2")
    assert course.update() == [("renewed", LECTURE)]
    assert course.sources() == ["theta = 2"]
    assert course.update() == []


def test_it_is_renewed_too_where_only_its_slides_or_pictures_are_new(course):
    course.ship("theta = 1", slideshow={"slide_type": "skip"})
    assert course.update() == [("renewed", LECTURE)]


def test_an_edited_copy_stays_and_the_new_one_lies_beside(course):
    course.write(notebook("theta = 1", "my_own = 3"))
    assert course.update() == [], "nothing is new"
    course.ship("theta = 2")
    assert course.update() == [("beside", NEW)]
    assert course.sources() == ["theta = 1", "my_own = 3"]
    assert course.sources(NEW) == ["theta = 2"]
    assert course.update() == [], "it is said once"
    (course.mine / NEW).unlink()
    assert course.update() == [], "and what was thrown away does not come back"


def test_what_lies_beside_is_a_copy_like_any_other(course):
    course.write(notebook("mine"))
    course.ship("theta = 2")
    course.update()
    course.ship("theta = 3")
    assert course.update() == [("renewed", NEW)]
    course.write(notebook("theta = 3", "mine too"), NEW)
    course.ship("theta = 4")
    newer = NEW.replace(".new", ".new2")
    assert course.update() == [("beside", newer)]
    assert course.sources() == ["mine"]
    assert course.sources(NEW) == ["theta = 3", "mine too"]
    assert course.sources(newer) == ["theta = 4"]
    (course.mine / NEW).replace(course.mine / LECTURE)
    (course.mine / newer).replace(course.mine / LECTURE)
    course.ship("theta = 5")
    assert course.update() == [("renewed", LECTURE)], "taken over, it is one again"


def test_an_empty_cell_more_or_cells_in_another_order_are_an_edit(course):
    course.ship("a", "b")
    course.update()
    for edited in (notebook("a", "b", ""), notebook("b", "a"), notebook("a")):
        course.write(edited)
        course.ship("a", "b", "c")
        assert course.update() == [("beside", NEW)]
        assert (course.mine / LECTURE).read_text("utf-8") == edited
        course.ship("a", "b")
        (course.mine / NEW).unlink()
        course.update()
        (course.mine / NEW).unlink(missing_ok=True)


HALF = ["", "{", '{"cells": 3}', '{"cells": [{}]}', "[]", "null", '{"cells": [[1]]}']


@pytest.mark.parametrize("half", HALF)
def test_a_half_written_copy_stays_and_a_clean_one_lies_beside(course, half):
    course.write(half)
    assert course.update() == [("beside", NEW)]
    assert (course.mine / LECTURE).read_text("utf-8") == half
    assert course.sources(NEW) == ["theta = 1"]
    assert course.update() == []


def test_bytes_that_are_no_text_and_a_folder_of_the_name_stay_too(course):
    (course.mine / LECTURE).write_bytes(b"\xff\xfe\x00")
    (course.mine / "en/00_start.ipynb").unlink()
    (course.mine / "en/00_start.ipynb").mkdir()
    assert course.update() == [("beside", "en/00_start.new.ipynb"), ("beside", NEW)]
    assert (course.mine / LECTURE).read_bytes() == b"\xff\xfe\x00"
    assert (course.mine / "en/00_start.ipynb").is_dir()


def test_a_copy_that_is_read_only_stays(course):
    (course.mine / LECTURE).chmod(0o444)
    assert course.update() == []
    course.ship("theta = 2")
    assert course.update() == [("beside", NEW)]
    assert course.sources() == ["theta = 1"]
    assert course.update() == []
    (course.mine / NEW).unlink()
    (course.mine / LECTURE).chmod(0o644)


def test_copies_of_read_only_notebooks_can_be_written(tmp_path):
    course = Course(tmp_path)
    (course.root / "notebooks" / LECTURE).chmod(0o444)
    course.update()
    assert (course.mine / LECTURE).stat().st_mode & 0o200


@pytest.mark.parametrize("note", [None, "", "{", '{"es', "[1]", '{"a": 1}', "\0"])
def test_without_the_note_what_differs_is_edited(course, note):
    path = course.mine / ".copied.json"
    if note is None:
        path.unlink()
    else:
        path.write_text(note, "utf-8")
    course.ship("theta = 2")
    assert course.update() == [("beside", NEW)]
    assert course.sources() == ["theta = 1"]
    assert course.update() == [], "it is whole again"


def test_without_the_note_what_is_the_same_is_not(course):
    (course.mine / ".copied.json").unlink()
    assert course.update() == []
    course.ship("theta = 2")
    assert course.update() == [("renewed", LECTURE)]


def full(monkeypatch, room: int = 0) -> None:
    """From now on the disk takes so many more bytes of each file, and no more."""
    write_bytes = Path.write_bytes

    def some(path: Path, content: bytes) -> int:
        write_bytes(path, content[:room])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", some)


@pytest.mark.parametrize("room", [0, 20])
def test_a_full_disk_takes_nothing_away(course, monkeypatch, room):
    course.write(notebook("mine"))
    before = {name: (course.mine / name).read_bytes() for name in course.files()}
    note = (course.mine / ".copied.json").read_bytes()
    course.ship("theta = 2")
    course.ship("theta = 2", name="en/00_start.ipynb")
    with monkeypatch.context() as disk:
        full(disk, room)
        with pytest.raises(OSError, match="No space left"):
            course.update()
        with pytest.raises(OSError, match="No space left"):
            course.copies().refresh(LECTURE)
    assert before == {n: (course.mine / n).read_bytes() for n in course.files()}
    assert note == (course.mine / ".copied.json").read_bytes()
    assert course.rubbish() == []
    assert course.update() == [("renewed", "en/00_start.ipynb"), ("beside", NEW)]


def test_one_file_that_cannot_be_written_keeps_no_other_from_it(course, monkeypatch):
    names = [LECTURE, "en/00_start.ipynb", "es/00_start.ipynb"]
    for name in names:
        course.ship("theta = 2", name=name)
    write = copies._write

    def some(path: Path, content: bytes) -> None:
        if path == course.mine / "en/00_start.ipynb":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        write(path, content)

    monkeypatch.setattr(copies, "_write", some)
    done = []
    with pytest.raises(PermissionError):
        done.extend(course.copies().update())
    monkeypatch.undo()
    assert course.sources("es/00_start.ipynb") == course.sources() == ["theta = 2"]
    assert course.update() == [("renewed", "en/00_start.ipynb")]


def test_fresh_renames_the_former_copy_and_brings_a_clean_one(course):
    course.write(notebook("mine"))
    assert course.copies().refresh(LECTURE) == OLD
    assert course.sources() == ["theta = 1"]
    assert course.sources(OLD) == ["mine"]
    course.write(notebook("mine too"))
    assert course.copies().refresh(LECTURE) == OLD.replace("old", "old2")
    assert course.sources(OLD) == ["mine"], "nothing takes its place"
    assert course.sources(OLD.replace("old", "old2")) == ["mine too"]
    assert course.update() == [] and course.rubbish() == []
    course.ship("theta = 2")
    assert course.update() == [("renewed", LECTURE)]


def test_fresh_where_there_is_no_copy(course):
    (course.mine / LECTURE).unlink()
    assert course.copies().refresh(LECTURE) == LECTURE
    assert course.sources() == ["theta = 1"]


# What the command says, and how it starts JupyterLab.


@pytest.fixture
def begin(course, monkeypatch, capsys):
    """The command in that course, but for JupyterLab; what it opens, what it says."""
    monkeypatch.setattr(start, "ROOT", course.root)
    for name in start.HUBS:
        monkeypatch.delenv(name, raising=False)
    ran = []
    monkeypatch.setattr(start, "run", lambda *asked: ran.append(asked) or 0)

    def call(*arguments: str) -> tuple[str, list[str]]:
        with speaking(*LANGUAGES):
            assert start.main([*arguments]) == 0
        (command, _), said = ran.pop(), capsys.readouterr().out.splitlines()
        (page,) = (one for one in command if one.startswith("--LabApp.default_url="))
        return page.partition("=")[2], said

    call.ran = ran
    return call


@pytest.mark.parametrize(
    ("language", "here"),
    [
        ("es", "Tus cuadernos están en mine/es."),
        ("en", "Your notebooks are in mine/en."),
    ],
)
def test_it_opens_the_first_notebook_of_a_language(begin, language, here):
    page = f"/lab/tree/mine/{language}/00_start.ipynb"
    assert begin(language) == (page, [here])


def test_without_a_language_it_speaks_that_of_the_computer(begin, monkeypatch):
    names = {
        "en_GB": "en",
        "English_United States": "en",
        "es_MX": "es",
        "Spanish_Mexico": "es",
        "fr_FR": "es",
        None: "es",
    }
    for name, language in names.items():
        monkeypatch.setattr(start.locale, "getlocale", lambda name=name: (name, None))
        assert begin()[0] == f"/lab/tree/mine/{language}/00_start.ipynb"


def test_where_python_does_not_know_the_locale_it_speaks_spanish(begin, monkeypatch):
    def unknown():
        raise ValueError("unknown locale: xx-001")

    monkeypatch.setattr(start.locale, "getlocale", unknown)
    assert begin()[0] == "/lab/tree/mine/es/00_start.ipynb"


def test_it_says_in_a_line_what_was_renewed_and_what_lies_beside(begin, course):
    course.write(notebook("mine"))
    course.ship("theta = 2")
    course.ship("theta = 2", name="es/00_start.ipynb")
    _, said = begin("es")
    assert said == [
        f"Lo tuyo se queda como está; lo nuevo del curso está al lado, en mine/{NEW}.",
        "Sin cambios tuyos, y ahora como en el curso: es/00_start.ipynb.",
        "Tus cuadernos están en mine/es.",
    ]


def test_it_says_where_the_former_copy_is(begin, course):
    course.write(notebook("mine"))
    _, said = begin("es", "--fresh", "02")
    assert said[0] == f"mine/{LECTURE} se llama ahora {Path(OLD).name}."
    assert (course.sources(OLD), course.sources()) == (["mine"], ["theta = 1"])
    assert len(course.files()) == 5, "of the language that was asked for, alone"


def test_on_a_full_disk_it_opens_what_is_there(begin, course, monkeypatch):
    (course.mine / "es/00_start.ipynb").unlink()
    full(monkeypatch)
    assert begin("en")[0] == "/lab/tree/mine/en/00_start.ipynb"
    page, said = begin("es")
    assert page == "/lab/tree/notebooks/es/00_start.ipynb"
    assert said == [
        "No se pudo escribir en mine/: No space left on device. Se abre lo que hay.",
        "Tus cuadernos están en notebooks/es.",
    ]


def test_a_file_called_mine_is_left_alone(begin, course):
    course.mine.rename(course.root / "elsewhere")
    course.mine.write_text("a shopping list", "utf-8")
    page, said = begin("en")
    assert page == "/lab/tree/notebooks/en/00_start.ipynb"
    assert said[0].startswith("Nothing could be written in mine/: ")
    assert course.mine.read_text("utf-8") == "a shopping list"


@pytest.mark.parametrize("name", start.HUBS)
def test_where_a_hub_keeps_the_copies_there_are_no_others(
    begin, course, monkeypatch, name
):
    course.mine.rename(course.root / "elsewhere")
    monkeypatch.setenv(name, "ana")
    assert begin("es")[0] == "/lab/tree/notebooks/es/00_start.ipynb"
    assert not course.mine.exists()
    with pytest.raises(SystemExit, match="^--fresh: .* notebooks/"):
        begin("es", "--fresh", "02")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fr"], "argument language: invalid choice: 'fr' (choose from 'es', 'en')"),
        (["ES"], "invalid choice: 'ES'"),
        (["es", "--fresh", "03"], "argument --fresh: invalid choice: '03'"),
        (["es", "--fresh"], "argument --fresh: expected one argument"),
        (["es", "--fr", "02"], "unrecognized arguments: --fr 02"),
    ],
)
def test_a_wrong_argument_is_named_with_what_is_allowed(begin, capsys, arguments, said):
    with pytest.raises(SystemExit) as stopped:
        begin(*arguments)
    assert stopped.value.code == 2
    words = capsys.readouterr().err.replace(
        "choose from es, en", "choose from 'es', 'en'"
    )
    assert said in words and not begin.ran


def test_what_it_says_can_go_into_a_file_of_any_encoding():
    """A file on Windows, a bare container: there θ and á are no letters."""
    plain = os.environ | {"PYTHONIOENCODING": "ascii", "JUPYTERHUB_USER": "ana"}
    command = [sys.executable, "-m", "course_utils", "es", "--", "--version"]
    ended = subprocess.run(command, cwd=ROOT, env=plain, capture_output=True)
    assert ended.returncode == 0
    said, version = ended.stdout.decode("utf-8").splitlines()
    assert said == "Tus cuadernos están en notebooks/es." and version[0].isdigit()


def test_without_jupyterlab_it_says_so_in_one_line(begin, monkeypatch):
    monkeypatch.setattr(start, "find_spec", lambda name: None)
    with pytest.raises(SystemExit) as stopped:
        begin("en")
    assert stopped.value.code == start.NO_LAB[1] and "\n" not in start.NO_LAB[1]


def test_without_numpy_it_says_so_in_one_line_a_language():
    bare = [sys.executable, "-S", "-m", "course_utils"]  # -S: nothing is installed
    ended = subprocess.run(bare, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert ended.returncode == 1 and ended.stdout == ""
    assert ended.stderr.splitlines() == [*NO_NUMPY]


def test_without_the_course_it_says_so_in_one_line(begin, course):
    (course.root / "notebooks").rename(course.root / "elsewhere")
    with pytest.raises(SystemExit, match=r"^Falta la carpeta .*notebooks: "):
        begin("es")


def test_it_runs_jupyterlab_as_a_module_of_this_python(monkeypatch):
    opened = start.ROOT / "mine" / "es" / "00_start.ipynb"
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    plain = start.command(opened, ["--no-browser"])
    assert plain == [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={ROOT}",
        "--LabApp.default_url=/lab/tree/mine/es/00_start.ipynb",
        "--no-browser",
    ]
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert set(start.command(opened, [])) - set(plain) == {"--allow-root"}


def test_a_page_has_the_slashes_of_an_address_on_windows_too(monkeypatch):
    course = PureWindowsPath("C:\\año 1\\curso")
    monkeypatch.setattr(start, "ROOT", course)
    monkeypatch.delattr(os, "geteuid", raising=False)
    assert start.command(course / "mine" / "es" / "00_start.ipynb", [])[3:] == [
        "--ServerApp.root_dir=C:\\año 1\\curso",
        "--LabApp.default_url=/lab/tree/mine/es/00_start.ipynb",
    ]


def test_what_stands_behind_two_dashes_is_for_jupyterlab():
    assert start.split(["es", "--", "--no-browser"]) == (["es"], ["--no-browser"])
    assert start.split(["es"]) == (["es"], [])


def test_another_programs_backend_reaches_no_kernel(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "module://of_another_program")
    given = start.environment()
    assert "MPLBACKEND" not in given and given["PATH"] == os.environ["PATH"]


def test_the_fonts_are_found_before_a_first_cell_is_run(tmp_path, monkeypatch):
    monkeypatch.setattr(start.signal, "signal", lambda *_: None)
    lab = [sys.executable, "-c", "raise SystemExit(3)"]
    assert start.run(lab, start.environment() | {"MPLCONFIGDIR": str(tmp_path)}) == 3
    assert list(tmp_path.glob("fontlist-*.json"))


def test_the_package_is_found_beside_the_notebooks(tmp_path):
    """Also where what was installed names a folder that is no longer there."""
    code = "import importlib.util as u; print(u.find_spec('course_utils').origin)"
    command = [sys.executable, "-S", "-c", code]  # -S: nothing that is installed
    found = subprocess.run(
        command, cwd=tmp_path, env=start.environment(), capture_output=True, text=True
    )
    assert Path(found.stdout.strip()) == ROOT / "course_utils" / "__init__.py"


def test_the_note_is_one_that_a_person_can_read(course):
    noted = json.loads((course.mine / ".copied.json").read_text("utf-8"))
    assert set(noted) == set(course.files())
