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


def said_of(folder: Path, planted: str, *options: str) -> str:
    """What pytest says of these tests, under our settings."""
    (folder / "test_planted.py").write_text(planted, "utf-8")
    command = [sys.executable, "-m", "pytest", "-c", str(PYPROJECT), "-n0", "-q"]
    command += ["--rootdir", str(folder), *options, str(folder)]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    return run.stdout + run.stderr


def test_a_planted_warning_fails_under_our_settings(tmp_path):
    said = said_of(tmp_path, PLANTED, "-p", "no:cacheprovider")
    assert "3 failed, 1 passed" in said, said


def test_a_folder_in_which_nothing_can_be_kept_is_no_failure(tmp_path):
    (tmp_path / "file").touch()
    kept = f"cache_dir={tmp_path / 'file' / 'cache'}"
    said = said_of(tmp_path, "def test_silent(): pass", "-o", kept)
    assert "1 passed" in said, said
