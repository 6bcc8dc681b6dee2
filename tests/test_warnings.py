"""A warning is an error in every test: shown with a planted one."""

import subprocess
import sys
from pathlib import Path

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"
PLANTED = """
import warnings
import numpy as np

def test_silent():
    pass

def test_warns():
    warnings.warn("planted", UserWarning)

def test_deprecated():
    warnings.warn("planted", DeprecationWarning)

def test_overflow():
    np.float64(1e308) * 10
"""


def test_a_planted_warning_fails_under_our_settings(tmp_path):
    (tmp_path / "test_planted.py").write_text(PLANTED, "utf-8")
    command = [sys.executable, "-m", "pytest", "-c", str(PYPROJECT), "-n0", "-q"]
    command += ["--rootdir", str(tmp_path), "-p", "no:cacheprovider", str(tmp_path)]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    assert "3 failed, 1 passed" in run.stdout, run.stdout + run.stderr
