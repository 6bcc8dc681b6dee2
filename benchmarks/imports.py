"""What does importing the course add to importing what it stands on?

In a fresh interpreter each time: first what a notebook has anyway, then the course; the
second import is timed. The two cases take turns. Where the time goes is told by
`python3 -m uv run python -X importtime -c "import course_utils.live"`. Milliseconds.
"""

import statistics
import subprocess
import sys

from .report import table

ROUNDS = 25

# What is there already, what is imported then, and how long that may take.
CASES = [
    ("numpy", "course_utils", 50),
    ("matplotlib.pyplot, ipywidgets", "course_utils.live", 100),
]

PROGRAM = """
from time import perf_counter
start = perf_counter()
import {before}
middle = perf_counter()
import {then}
print(middle - start, perf_counter() - middle)
"""


def imports(before: str, then: str) -> list[float]:
    """Milliseconds of the first and of the second import."""
    program = PROGRAM.format(before=before, then=then)
    told = subprocess.check_output([sys.executable, "-c", program], text=True)
    return [1000 * float(seconds) for seconds in told.split()]


def main():
    times = {case: [] for case in CASES}
    for _ in range(ROUNDS):
        for case in CASES:
            times[case].append(imports(*case[:2]))
    rows = []
    for (before, then, budget), pairs in times.items():
        first, second = map(statistics.median, zip(*pairs, strict=True))
        rows.append([f"{then} after {before}", f"{first:.0f}", f"{second:.0f}", budget])
    print(table(["", "before", "adds", "at most"], rows))


if __name__ == "__main__":
    main()
