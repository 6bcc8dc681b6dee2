"""What every benchmark says of the machine, its tables, and how it stops."""

import os
import platform
import signal
from importlib.metadata import version


def machine(*packages: str) -> str:
    """Cores, Python and these packages, in neutral words."""
    cores = len(os.sched_getaffinity(0))
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return f"{cores} cores, Python {platform.python_version()}, {versions}"


def stop_politely() -> None:
    """A kill closes kernels, servers and browsers too, as Ctrl-C does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def table(head: list[str], rows: list[list], words: tuple[int, ...] = (0,)) -> str:
    """In Markdown; columns of words to the left, of numbers to the right."""
    rule = ["---" if k in words else "--:" for k in range(len(head))]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in (head, rule, *rows))
