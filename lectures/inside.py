"""Runs the cells of one notebook and notes what `check` said: started by sandbox.py.

    python lectures/inside.py cells.json marks.json MEGABYTES

What is printed counts for nothing: the marks are those that `check` itself remembers.
"""

import json
import sys
from contextlib import suppress
from pathlib import Path

FILE = 100_000_000  # bytes that may be written into one


def limit(megabytes: int) -> None:
    """As far as this system knows limits."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        size = megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (FILE, FILE))
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def run(sources: list[str], note: Path) -> None:
    """As Jupyter does: a cell that fails does not keep the next one from running."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    from course_utils.exercises import memory

    quiet = Config(HistoryManager={"enabled": False})
    shell = InteractiveShell.instance(config=quiet)
    for source in sources:
        shell.run_cell(source, silent=True)
        part = note.with_suffix(".part")
        part.write_text(json.dumps({n: memory.state(n) for n in memory.MARKS}), "utf-8")
        part.replace(note)


if __name__ == "__main__":
    cells, marks, megabytes = sys.argv[1:]
    limit(int(megabytes))
    run(json.loads(Path(cells).read_text("utf-8")), Path(marks))
