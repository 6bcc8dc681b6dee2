"""Other systems, as far as this one can tell: names, line ends, folders, locales."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import pytest

import build
from course_utils.copies import version
from support.course import ROOT, small

# What Windows refuses of a name, and what clashes where A and a are one letter.

DEVICES = r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?"
UNNAMEABLE = re.compile(rf'{DEVICES}|.*[<>:"|?*\\\x00-\x1f].*|.*[. ]', re.I | re.S)
LONGEST = 120  # of the 260 characters of a path; the rest is for where the course lies


def refused(names: Iterable[str]) -> list[str]:
    """The names of files that cannot all be there on Windows, or on a Mac."""
    paths = [PurePosixPath(name) for name in names]
    everything = {part for path in paths for part in [path, *path.parents]}
    alike = Counter(str(path).casefold() for path in everything)
    return sorted(
        str(path)
        for path in everything
        if UNNAMEABLE.fullmatch(path.name)
        or alike[str(path).casefold()] > 1
        or len(str(path)) > LONGEST
    )


def git(*words: str) -> str:
    command = ["git", *words]
    return subprocess.check_output(command, cwd=ROOT, encoding="utf-8")


from_git = pytest.mark.skipif(not (ROOT / ".git").exists(), reason="a copy without Git")


@from_git
def test_every_file_has_a_name_that_windows_takes():
    names = git("ls-files", "-z").split("\0")[:-1]
    assert len(names) > 200 and refused(names) == []


@pytest.mark.parametrize(
    "names",
    [
        ["docs/aux.md"],
        ["NUL/one.py"],
        ["com1"],
        ["a:b.md"],
        ["what?.md"],
        ["a\\b.md"],
        ["docs./one.md"],
        ["one .md", "docs /one.md"],
        ["README.md", "Readme.md"],
        ["docs/one.md", "Docs/two.md"],
        ["a" * 121],
    ],
)
def test_a_name_that_windows_refuses_is_seen(names):
    assert refused(names)


def test_no_other_name_is_refused():
    good = ["auxiliary.md", "docs/a.b.md", ".ci/run", "console/one two.md", "año.md"]
    assert refused(good) == []


# Line ends.


@from_git
def test_git_gives_every_text_the_line_ends_of_unix():
    """On Windows too, where it would change them: `.gitattributes` says so."""
    told = git("ls-files", "--eol").splitlines()
    texts = [line for line in told if "i/-text" not in line]
    assert len(texts) > 200
    assert [one for one in texts if "attr/text=auto eol=lf" not in one] == []
    assert [one for one in texts if not one.startswith(("i/lf", "i/none"))] == []


def windows(path: Path) -> Path:
    """The same text with the line ends that an editor on Windows writes."""
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    return path


def test_a_lecture_is_the_same_with_the_line_ends_of_windows(tmp_path):
    path = small(tmp_path, 'print("""θ\n1""")')
    written = build.named(path)
    assert build.named(windows(path)) == written


def test_so_is_a_notebook(tmp_path):
    """It is not built anew, and a reader's copy counts as not edited."""
    notebook = build.translated(build.named(small(tmp_path)), "es")
    target = tmp_path / "09_small.ipynb"
    assert build.write(notebook, target)
    before = version(target)
    assert version(windows(target)).sources == before.sources
    assert not build.write(notebook, target)


# A folder with spaces and accents, without Git, that may only be read.

NEEDED = "course_utils", "jupyter_data", "notebooks", "lectures", "pyproject.toml"
TEXTS = "README.md", "LICENSE"
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
RIGHTS = "-dac_override,-dac_read_search"  # without these root writes where it may
SETPRIV = ["setpriv", f"--bounding-set={RIGHTS}", f"--inh-caps={RIGHTS}"]
on_unix = pytest.mark.skipif(
    os.name == "nt" or (IS_ROOT and not shutil.which("setpriv")),
    reason="nothing here keeps this user from writing",
)


def close(folder: Path, writable: int = 0) -> None:
    """Nobody writes there any more; or its owner again. Links lead elsewhere."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~0o222 | writable)


@pytest.fixture(scope="module")
def unwritable(tmp_path_factory):
    place = tmp_path_factory.mktemp("año 1") / "mi curso"
    place.mkdir()
    for name in NEEDED + TEXTS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, place / name)
    close(place)
    yield place
    close(place, writable=0o200)


def asked(command: list, cwd: Path, **more: str) -> subprocess.CompletedProcess:
    """As a user who may write only where it is allowed, to a file of plain ASCII."""
    given = {name: os.environ[name] for name in os.environ if name != "PYTHONPATH"}
    given |= {"PYTHONIOENCODING": "ascii", **more}
    return subprocess.run(
        [*(SETPRIV if IS_ROOT else []), *map(str, command)],
        cwd=cwd,
        env=given,
        capture_output=True,
        encoding="utf-8",
    )


@on_unix
@pytest.mark.thorough
def test_the_start_says_that_it_cannot_write(unwritable):
    command = [sys.executable, "-m", "course_utils", "es", "--", "--version"]
    ended = asked(command, unwritable)
    assert ended.returncode == 0, ended.stderr
    *said, version = ended.stdout.splitlines()
    assert said == [
        "No se pudo escribir en mine/: Permission denied. Se abre lo que hay.",
        "Tus cuadernos están en notebooks/es.",
    ]
    assert version[0].isdigit(), "JupyterLab was run"


@on_unix
@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["--student", "--teacher"])
def test_a_build_says_that_it_cannot_write(unwritable, kind):
    ended = asked([sys.executable, "lectures/build.py", kind, "00"], unwritable)
    assert ended.returncode == 1
    assert ended.stderr == f"{unwritable / 'build'}: Permission denied\n"


FIGURE = """
import course_utils
from course_utils import GradientDescent, Risk, descend
from course_utils.live import PathOnCurve, live

R = Risk(lambda theta: (theta**2).sum(-1), lambda theta: 2 * theta)

def run(eta=0.25):
    return descend(R, [4.0], GradientDescent(eta), steps=2)

data, _ = live(run, PathOnCurve(R), eta=(0.0, 1.0, 0.25))._repr_mimebundle_()
print(course_utils.__file__, len(data["image/png"]) > 1000, run()[-1], sep="\\n")
"""


UV = [os.environ.get("UV", "uv"), "--offline", "--quiet"]


def by_uv(place: Path, course: Path) -> Iterator[list]:
    """The commands that make an environment there and bring the course into it."""
    yield [*UV, "venv", "--python", sys.executable, place]
    bring = "pip install --no-deps --link-mode=copy --python".split()
    yield [*UV, *bring, place, course]


def by_pip(place: Path, course: Path) -> Iterator[list]:
    """The same with Python's own; what builds the course is one that uv has kept."""
    yield [sys.executable, "-m", "venv", place]
    build = [*UV, "pip", "install", "--python", place, "hatchling"]
    if subprocess.run(build, capture_output=True).returncode:
        pytest.skip("uv has not kept hatchling, which pip needs to build the course")
    bring = "-m pip install --quiet --no-index --no-deps --no-build-isolation".split()
    yield [place / "bin" / "python", *bring, course]


@on_unix
@pytest.mark.thorough
@pytest.mark.parametrize("commands", [by_uv, by_pip])
def test_it_is_installed_from_there_and_draws(unwritable, tmp_path, commands):
    """Without a network, and what is installed may only be read as well."""
    place = tmp_path / "other"
    for command in commands(place, unwritable):
        ended = asked(command, tmp_path)
        assert ended.returncode == 0, ended.stderr
    close(place)
    with_these = os.path.dirname(os.path.dirname(pytest.__file__))  # NumPy and others
    ended = asked(
        [place / "bin" / "python", "-c", FIGURE], tmp_path, PYTHONPATH=with_these
    )
    close(place, writable=0o200)
    assert ended.returncode == 0, ended.stderr
    file, drawn, end = ended.stdout.splitlines()
    assert Path(file).is_relative_to(place) and (drawn, end) == ("True", "[1.]")


# Locales: C knows neither θ nor á; of those for Spanish, made here with a byte for each
# letter, es_MX writes numbers with a point, es_ES with a comma.

LOCALES = {"C": ".", "es_MX": ".", "es_ES": ","}


def speaking(name: str, folder: Path) -> dict[str, str]:
    """An environment with this locale, which is made in the folder if it must be."""
    given = {one: os.environ[one] for one in os.environ if one != "PYTHONIOENCODING"}
    if name != "C" and not made(name, folder):
        pytest.skip(f"nothing here makes the locale {name}")
    own = {"LC_ALL": name, "LOCPATH": str(folder), "LANGUAGE": ""}
    return given | own | {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def made(name: str, folder: Path) -> bool:
    if shutil.which("localedef"):
        make = ["localedef", "-c", "-i", name, "-f", "ISO-8859-1", str(folder / name)]
        subprocess.run(make, capture_output=True)
    return (folder / name).is_dir()


def said(words: list[str], environment: dict[str, str]) -> str:
    command = [sys.executable, *words]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True)
    assert ended.returncode == 0, ended.stderr.decode("utf-8", "replace")
    return ended.stdout.decode("utf-8")


@pytest.mark.thorough
@pytest.mark.parametrize("name", LOCALES)
def test_the_start_speaks_in_any_locale(name, tmp_path):
    given = speaking(name, tmp_path) | {"JUPYTERHUB_USER": "ana"}
    start = ["-m", "course_utils", "es", "--", "--version"]
    first, version = said(start, given).splitlines()
    assert first == "Tus cuadernos están en notebooks/es." and version[0].isdigit()


NUMBERS = """
import hashlib, locale
locale.setlocale(locale.LC_ALL, "")  # as a library may do
print(locale.localeconv()["decimal_point"])

from course_utils.exercises import check, hint, progress
from course_utils.languages import print_any_letter
print_any_letter()
check("2.1", (1.5, 2.25))
check("2.2", 1.2**10)
hint("2.2")
progress()
"""


def test_numbers_are_written_alike_in_every_locale(tmp_path):
    """In what `check` says, in the words of a figure, and on its axes."""
    script = NUMBERS + FIGURE + SEEN
    wanted = None
    for name, point in LOCALES.items():
        begins, _, rest = said(["-c", script], speaking(name, tmp_path)).partition("\n")
        assert begins == point
        wanted = wanted or rest
        assert rest == wanted
    assert "✗ 2.1:" in wanted and "θ" in wanted and "0.25" in wanted


SEEN = """
print(data["text/plain"], hashlib.sha256(data["image/png"].encode()).hexdigest())
"""
