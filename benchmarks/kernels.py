"""What does a student's kernel hold, and how long does *Run All* take?

    python3 -m uv run python -m benchmarks.kernels

A new kernel for each row, alone: first nothing, then one import after the other, then
each lecture, cell by cell. Memory is what belongs to the kernel alone (USS). Twice: as
a kernel is started anywhere, and with the environment that `hub/jupyterhub_config.py`
gives. Close other programs first. Prints the table of `benchmarks/README.md`.
"""

import os
import sys
import time
from typing import NamedTuple

import psutil
from jupyter_client.manager import KernelManager
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from support.course import NAMES, ROOT, code_cells, complain, notebook
from support.hub import settings

from .classroom import PATIENCE
from .report import machine, stop_politely, table

PACKAGES = ("numpy", "matplotlib", "ipykernel", "ipywidgets", "anywidget")
IMPORTS = {
    "a kernel alone": "",
    "+ numpy": "import numpy",
    "+ matplotlib": "import matplotlib.pyplot",
    "+ ipywidgets, anywidget": "import ipywidgets, anywidget",
    "+ course_utils": "import course_utils",
    "+ course_utils.live": "import course_utils.live",
    "+ course_utils.exercises": "import course_utils.exercises",
}
HEAD = ["", "holds", "on the hub", "*Run All* takes", "its processor time"]


class Kernel(NamedTuple):
    """What was seen of one."""

    megabytes: float
    seconds: float
    processor: float


def run(cells: list[NotebookNode], environment: dict[str, str]) -> Kernel:
    """A new kernel runs these cells, each when the one before has been answered."""
    manager = KernelManager()
    manager.start_kernel(env=os.environ | environment, cwd=ROOT / "notebooks" / "en")
    client = manager.blocking_client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=PATIENCE)
        process = psutil.Process(manager.provisioner.pid)
        start, before = time.perf_counter(), process.cpu_times()
        for cell in cells:
            reply = client.execute_interactive(
                cell.source,
                timeout=PATIENCE,
                stop_on_error=False,
                output_hook=lambda _: None,
            )
            complain(cell, reply["content"])
        seconds, after = time.perf_counter() - start, process.cpu_times()
        own = process.memory_full_info().uss / 1e6
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return Kernel(own, seconds, sum(after[:2]) - sum(before[:2]))


def row(name: str, cells: list[NotebookNode]) -> list[str]:
    print(name, file=sys.stderr)
    anywhere, hub = run(cells, {}), run(cells, settings().Spawner.environment)
    held = [f"{one.megabytes:.0f} MB" for one in (anywhere, hub)]
    return [name, *held, f"{anywhere.seconds:.1f} s", f"{anywhere.processor:.1f} s"]


def main() -> None:
    stop_politely()
    print(machine(*PACKAGES))
    lines = [new_code_cell(line) for line in IMPORTS.values()]
    rows = [row(name, lines[: k + 1]) for k, name in enumerate(IMPORTS)]
    rows += [row(name, code_cells(notebook("en", name).cells)) for name in NAMES]
    print(f"\n{table(HEAD, rows)}")


if __name__ == "__main__":
    main()
