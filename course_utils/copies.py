"""A reader's own copies of the notebooks, in `mine/`, which Git ignores.

A copy whose cells have the sources that were shipped is not edited, whether it was
opened, run or saved: what it shows comes again when it runs. It is renewed when the
course brings something new. Every other copy is its reader's, also one that cannot be
read or may not be written: it stays, and what is new is laid beside it. What was
shipped is noted in `mine/.copied.json`; without that, a copy that differs is edited.
"""

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from .languages import LANGUAGES

__all__: list[str] = []  # for the start alone: see __main__.py


class Version(NamedTuple):
    """Digests of a notebook: of its cells' sources, and of the whole file."""

    sources: str
    file: str


class Copies:
    """The copies in a folder `mine` of the notebooks that are `shipped`.

    In both a notebook has the same name, such as ``"es/00_start.ipynb"``.
    """

    def __init__(self, shipped: Path, mine: Path):
        self.shipped, self.mine = shipped, mine
        found = [p for one in LANGUAGES for p in (shipped / one).glob("[0-9]*.ipynb")]
        self.names = sorted(path.relative_to(shipped).as_posix() for path in found)
        self.note = mine / ".copied.json"
        self.known = _noted(self.note)

    def update(self) -> Iterator[tuple[str, str]]:
        """Bring what is missing or new; yield what was done and to which file.

        That is ``"made"``, ``"renewed"``, or ``"beside"``: the copy is edited.

        Raises
        ------
        OSError
            In the end, if something could not be written; all else was.
        """
        problem = None
        for name in self.names:
            try:
                yield from self._bring(name, name)
            except OSError as error:
                problem = error
        self._write_note()
        if problem:
            raise problem

    def refresh(self, name: str) -> str:
        """Bring a clean copy; the name that the former one has now."""
        former = name
        while os.path.lexists(self.mine / former):
            former = _after(former, "old")
        copy = self.mine / name
        clean = copy.with_name(f".{copy.name}")
        _write(clean, (self.shipped / name).read_bytes())  # there is room for it
        if former != name:
            copy.rename(self.mine / former)
        clean.replace(copy)
        self.known[name] = version(copy)
        self._write_note()
        return former

    def _bring(self, name: str, to: str) -> Iterator[tuple[str, str]]:
        """A notebook to its place in `mine`, or beside what a reader has there."""
        copy, known = self.mine / to, self.known.get(to)
        new, here = version(self.shipped / name), version(copy)
        done = None
        if not os.path.lexists(copy):
            done = "made" if to == name else "beside"
        elif _is_readers(copy, here, [new, known]):
            if not here or new.sources not in _sources([here, known]):
                yield from self._bring(name, _after(to, "new"))
        elif known and known.file != new.file:
            done = "renewed"
        if done:
            _write(copy, (self.shipped / name).read_bytes())
            yield done, to
        self.known[to] = new

    def _write_note(self) -> None:
        """Nothing is lost without it, so that a full disk stops nobody."""
        with suppress(OSError):
            _write(self.note, json.dumps(self.known, indent=1).encode())


def version(path: Path) -> Version | None:
    """What a file says; None if it is no notebook that can be read."""
    try:
        content = path.read_bytes()
        cells = json.loads(content)["cells"]
        said = [[cell["cell_type"], "".join(cell["source"])] for cell in cells]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return Version(_digest(json.dumps(said).encode()), _digest(content))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _sources(versions: list[Version | None]) -> list[str]:
    return [one.sources for one in versions if one]


def _is_readers(copy: Path, here: Version | None, shipped: list) -> bool:
    """Whether a copy must stay: edited, unreadable, or not to be written."""
    if here is None or here.sources not in _sources(shipped):
        return True
    return not copy.stat().st_mode & stat.S_IWUSR


def _noted(note: Path) -> dict[str, Version]:
    """What was shipped, by name; nothing if the note is lost, or only half there."""
    try:
        found = json.loads(note.read_bytes())
        return {name: Version(*pair) for name, pair in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _after(name: str, word: str) -> str:
    """02_x.ipynb → 02_x.new.ipynb → 02_x.new2.ipynb → …"""
    stem, count = re.fullmatch(rf"(.*?)(?:\.{word}(\d*))?\.ipynb", name).groups()
    count = "" if count is None else int(count or 1) + 1
    return f"{stem}.{word}{count}.ipynb"


def _write(path: Path, content: bytes) -> None:
    """All of a file, or nothing of it: at no moment is it half there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
