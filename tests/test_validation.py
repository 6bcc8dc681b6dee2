"""Bad input is a ValueError that says what was wrong and what is allowed."""

import ast
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import course_utils
from course_utils.validation import finite, integer, number, shape


def test_finite_returns_floats():
    assert finite("X", [[1, 2], [3, 4]]).dtype == float
    assert finite("y", [True, False]).tolist() == [1.0, 0.0]
    x = np.array([1.5, 2.5])
    assert finite("x", x) is x


@pytest.mark.parametrize(
    "value, message",
    [
        ([1, np.nan], r"X: must be finite, but holds nan at \[1\]"),
        ([[0, 1], [np.inf, 3]], r"X: must be finite, but holds inf at \[1, 0\]"),
        (-np.inf, "X: must be finite, but holds -inf$"),
        ("two", "X = 'two': must be real numbers"),
        (None, "X = None: must be real numbers"),
        (1j, "X = 1j: must be real numbers"),
        ([[1, 2], [3]], "must be real numbers"),
    ],
)
def test_finite_refuses(value, message):
    with pytest.raises(ValueError, match=message):
        finite("X", value)


def test_number_accepts_the_closed_ends():
    assert number("beta", 0, low=0, high=1, high_open=True) == 0
    assert number("gamma", np.float64(2), low=0) == 2
    assert type(number("gamma", np.float64(2))) is float


@pytest.mark.parametrize(
    "value, limits, message",
    [
        (
            1.0,
            {"low": 0, "high": 1, "high_open": True},
            r"beta1 = 1.0: must be in \[0, 1\)",
        ),
        (0, {"low": 0, "low_open": True}, r"beta1 = 0.0: must be in \(0, inf\)"),
        (-1, {"low": 0}, r"beta1 = -1.0: must be in \[0, inf\)"),
        (2, {"high": 1}, r"beta1 = 2.0: must be in \(-inf, 1\]"),
        ([1, 2], {}, r"beta1 has shape \(2,\): must be one number"),
        (np.nan, {}, "beta1: must be finite"),
        ("a", {}, "beta1 = 'a'"),
    ],
)
def test_number_refuses(value, limits, message):
    with pytest.raises(ValueError, match=message):
        number("beta1", value, **limits)


def test_integer_accepts_its_ends():
    assert [integer("n", n, 1, 3) for n in (1, np.int64(2), 3)] == [1, 2, 3]


@pytest.mark.parametrize("value", [0, 101, 2.0, True, "3", None, np.nan])
def test_integer_refuses(value):
    with pytest.raises(ValueError, match="n = .*: must be an integer from 1 to 100"):
        integer("n", value, 1, 100)


def test_shape_accepts():
    X = np.zeros((5, 2))
    assert shape("X", X, 5, 2) is X
    assert shape("X", X, "N", 2) is X
    assert shape("X", X, ..., 2) is X
    assert shape("X", X[0], ..., 2).shape == (2,)


@pytest.mark.parametrize(
    "expected, spelled",
    [
        ((5, 3), r"\(5, 3\)"),
        (("N", 3), r"\(N, 3\)"),
        ((None, 3), r"\(any, 3\)"),
        ((..., 3), r"\(…, 3\)"),
        ((..., 1, 5, 2), r"\(…, 1, 5, 2\)"),
        ((5,), r"\(5,\)"),
        ((), r"\(\)"),
    ],
)
def test_shape_says_both_shapes(expected, spelled):
    with pytest.raises(ValueError, match=r"X has shape \(5, 2\): expected " + spelled):
        shape("X", np.zeros((5, 2)), *expected)


# The package as a whole


FLAT = sorted(p.stem for p in Path(course_utils.__file__).parent.glob("[a-z]*.py"))
ABOVE = {"live", "exercises"}


@pytest.mark.parametrize("name", [n for n in FLAT if n != "validation"])
def test_every_public_name_is_re_exported(name):
    module = import_module(f"course_utils.{name}")
    for public in module.__all__:
        assert getattr(course_utils, public) is getattr(module, public)
        assert public in course_utils.__all__


@pytest.mark.parametrize("name", FLAT)
def test_the_mathematics_imports_numpy_and_itself_only(name):
    source = Path(course_utils.__file__).with_name(f"{name}.py").read_text("utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level:
            assert (node.module or "").split(".")[0] not in ABOVE
        elif isinstance(node, ast.Import | ast.ImportFrom):
            modules = [getattr(node, "module", None) or a.name for a in node.names]
            for module in modules:
                root = module.split(".")[0]
                assert root == "numpy" or root in sys.stdlib_module_names
