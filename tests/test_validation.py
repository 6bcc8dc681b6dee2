"""Bad input is a ValueError that says what was wrong and what is allowed."""

import ast
import re
import sys
import warnings
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import course_utils
from course_utils.validation import finite, integer, number, shape
from support.good_calls import CALLS, RANGES, allowed, ends


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
    assert number("beta", 0, "[0, 1)") == 0
    assert number("gamma", np.float64(2), "[0, inf)") == 2
    assert type(number("gamma", np.float64(2))) is float


@pytest.mark.parametrize(
    "value, allowed, message",
    [
        (
            1.0,
            "[0, 1)",
            r"beta1 = 1.0: must be in \[0, 1\)",
        ),
        (0, "(0, inf)", r"beta1 = 0.0: must be in \(0, inf\)"),
        (-1, "[0, inf)", r"beta1 = -1.0: must be in \[0, inf\)"),
        (2, "(-inf, 1]", r"beta1 = 2.0: must be in \(-inf, 1\]"),
        ([1, 2], "[0, 1]", r"beta1 has shape \(2,\): must be one number"),
        (np.nan, "[0, 1]", "beta1: must be finite"),
        ("a", "[0, 1]", "beta1 = 'a'"),
    ],
)
def test_number_refuses(value, allowed, message):
    with pytest.raises(ValueError, match=message):
        number("beta1", value, allowed)


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


# The ranges of numbers, as every call of `number` and `integer` has them


def checks(source: str) -> set[tuple[str, str]]:
    """(callable, argument) of each call of `number` or `integer` in a module."""
    found = set()
    for outer in ast.parse(source).body:
        inside = outer.body if isinstance(outer, ast.ClassDef) else [outer]
        for function in inside:
            names = [getattr(node, "name", "") for node in (outer, function)]
            key = names[0] if function is outer or names[1] == "__init__" else names
            key = key if isinstance(key, str) else ".".join(names)
            for call in (n for n in ast.walk(function) if isinstance(n, ast.Call)):
                if getattr(call.func, "id", "") in ("number", "integer"):
                    name = call.args[0]  # a slider's is whatever the figure calls it
                    found |= {(key, name.value)} if hasattr(name, "value") else set()
    return found


def modules() -> list[Path]:
    return sorted(Path(course_utils.__file__).parent.rglob("*.py"))


CHECKED = sorted(
    (key, name)
    for module in modules()
    if module.stem != "validation"
    for key, name in checks(module.read_text("utf-8"))
)


def around(interval: str, whole: bool) -> list[float]:
    """Both ends of an interval, and what lies just inside and just outside of each."""
    low, high = ends(interval)
    near = [(end - 1, end, end + 1) for end in (low, high) if np.isfinite(end)]
    if not whole:
        tiny = [np.nextafter(end, [-np.inf, np.inf]) for end in (low, high)]
        return [1.0, *(float(x) for pair in tiny for x in pair), low, high]
    return [int(x) for three in near for x in three]


def is_refused(key: str, name: str, value) -> bool:
    """Whether a good call with this value in it is refused because of its range."""
    good = CALLS[key]
    right = good.arguments()[name]
    value = [*right[:-1], value] if isinstance(right, list | tuple) else value
    try:
        with warnings.catch_warnings(action="ignore"):
            good.call(**{**good.arguments(), name: value})
    except ValueError as problem:
        return (
            re.match(
                rf"{name}( =.*must be (in|an integer)|: must be finite)", str(problem)
            )
            is not None
        )
    return False


@pytest.mark.parametrize(("key", "name"), CHECKED)
def test_a_number_is_refused_exactly_outside_of_its_range(key, name):
    said = RANGES.get(f"{key}.{name}", RANGES.get(name))
    assert said is not None, f"what {name} of {key} may be stands in no range"
    whole = isinstance(CALLS[key].arguments()[name], int | tuple)
    for value in around(said, whole):
        inside = allowed(key, name)(value) and np.isfinite(value)
        assert is_refused(key, name, value) != inside, value


def test_every_check_of_a_number_is_found():
    source = "class A:\n  def __init__(self, b):\n    number('b', b, '[0, 1)')\n"
    source += "  def c(self, d):\n    integer('d', d)\n\n\n"
    source += "def e(f):\n  return number('f', f)\n"
    assert checks(source) == {("A", "b"), ("A.c", "d"), ("e", "f")}
    text = "".join(path.read_text("utf-8") for path in modules())
    calls = len(re.findall(r"(?<!def )\b(?:number|integer)\(", text))
    assert len(CHECKED) > 15 and calls >= len(CHECKED)


def test_a_range_that_is_off_by_one_end_is_noticed(monkeypatch):
    for wrong in ("[0, 1]", "(0, 1)", "[0, 2)"):
        monkeypatch.setitem(RANGES, "beta1", wrong)
        with pytest.raises(AssertionError):
            test_a_number_is_refused_exactly_outside_of_its_range("Adam", "beta1")


# The package as a whole


JUPYTER = {"jupyter", "saving"}  # what its server asks for: no mathematics
ALL = {p.stem for p in Path(course_utils.__file__).parent.glob("[a-z]*.py")}
FLAT = sorted(ALL - JUPYTER)
ABOVE = {"live", "exercises"}


@pytest.mark.parametrize(
    "name", [n for n in FLAT if n not in ("validation", "languages")]
)
def test_every_public_name_is_re_exported(name):
    module = import_module(f"course_utils.{name}")
    for public in module.__all__:
        assert getattr(course_utils, public) is getattr(module, public)


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
