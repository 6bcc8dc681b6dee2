"""Measurements. Each module but three is a program, run from the project's folder:

    python3 -m uv run python -m benchmarks.imports

`contenders`, `report` and `timing` are what they share; they share what the tests share
too. A peer that is compared with comes along by `uv run --with`, as the program and
README.md say, and is left out where it is absent. All keep to one thread, NumPy and
torch too: said here, as it must be said before either is imported.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "lectures")]

# What a kernel that was started elsewhere runs first, to find this package.
FIND = f"import sys; sys.path.insert(0, {str(ROOT)!r})"

for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"
