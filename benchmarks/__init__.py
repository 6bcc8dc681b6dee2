"""Measurements; each is a program: ``python -m benchmarks.live``.

They share what the tests share, and keep to one thread, NumPy and torch too: said here,
as it must be said before either is imported.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "lectures")]

for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"
