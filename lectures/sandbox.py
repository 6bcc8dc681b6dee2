"""Handed-in cells, run anew: for so long, in so much memory, and without a network.

A process of its own runs them (inside.py), in an empty folder. On Linux `unshare` gives
it no network and ends whatever it has started. It is not kept from the files of whoever
runs this, so that nothing else than these three promises is made.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from course_utils.__main__ import environment as as_at_the_start

HERE = Path(__file__).resolve().parent
ALONE = ["unshare", "--map-root-user", "--net", "--pid", "--fork", "--kill-child"]


class Limits(NamedTuple):
    seconds: int
    megabytes: int


class Ran(NamedTuple):
    """What a run has shown: a mark for each exercise, and how it ended."""

    marks: dict[str, str]
    ended: str  # "", or a key of the words in collect.py: "late", "died"


def can_close_the_network() -> bool:
    if not sys.platform.startswith("linux") or not shutil.which("unshare"):
        return False
    return not subprocess.run([*ALONE, "true"], capture_output=True).returncode


def run(sources: list[str], limits: Limits, alone: bool) -> Ran:
    """Run code cells, without a network if `alone`."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        cells, marks = Path(folder, "cells.json"), Path(folder, "marks.json")
        cells.write_text(json.dumps(sources), "utf-8")
        inside = [sys.executable, HERE / "inside.py", cells, marks, limits.megabytes]
        command = [*(ALONE if alone else []), *map(str, inside)]
        ended = wait(command, folder, limits.seconds)
        return Ran(marks_in(marks), ended)


def wait(command: list[str], folder: str, seconds: int) -> str:
    """How a command ended; what is left of it then is killed."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return "died" if process.wait(seconds) else ""
    except subprocess.TimeoutExpired:
        return "late"
    finally:
        kill(process)


def kill(process: subprocess.Popen) -> None:
    """The process, and on systems that know groups whatever it has started."""
    with suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    process.wait()


def environment(folder: str) -> dict[str, str]:
    """The course is found; one thread, so that memory is what the cells ask for."""
    own = {
        "PYTHONUTF8": "1",
        "IPYTHONDIR": folder,
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    return as_at_the_start() | own


def marks_in(path: Path) -> dict[str, str]:
    """As far as the run came; nothing if it has written nothing that can be read."""
    try:
        found = json.loads(path.read_bytes())
        return {str(name): str(mark) for name, mark in found.items()}
    except (OSError, ValueError, AttributeError):
        return {}
