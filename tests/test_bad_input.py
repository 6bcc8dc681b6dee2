"""Thousands of bad inputs: each is refused by name, or the result is right.

One argument at a time of each good call is replaced by something else. What no
parameter of its kind may be (a word for a number, NaN in data, η of the wrong sign)
must be refused, with a message that names the parameter. What it may be, or might be
(another shape, another dtype, a number so large that it overflows), is either refused
like that or gives what the same call gives for the same numbers as plain floats.
Nothing else is allowed: no NaN, no warning, no other exception, no waiting.
"""

import contextlib
import io
import re
import threading
import warnings
from importlib import import_module
from inspect import isclass, isroutine
from pkgutil import walk_packages

import numpy as np
import pytest

import course_utils
from support.good_calls import CALLS, DIVERGE, VIEWS, Good, allowed

EACH, EACH_FIGURE = 60, 12  # inputs of one callable; a figure takes a tenth of a second
PATIENCE = 20  # seconds
HUGE = 1e100  # beyond it squares and products may overflow

pytestmark = pytest.mark.thorough


# What to put in place of an argument.

WRONG = [
    *("two", "", b"x", 1j, {}, {"a": 1}, {1.0, 2.0}, object(), print, float, ...),
    *(
        None,
        None,
        [[1], [2, 3]],
        [1, "a"],
        [None],
        ["AND"],
        iter([1.0]),
        np.datetime64("2020"),
    ),
    *(np.array([1j, 2]), np.array([None, 1.0]), np.array(["a", "b"]), np.array("x")),
    np.array([(1, 2.0)], "i4,f8"),
]
NUMBERS = [
    *(-1, 0, 1, 2, 3, 0.5, 0.3, -0.5, 1.0, 2.0, -0.0, 1e-300, 1e9, 1e300, -1e308),
    *(np.nan, np.inf, -np.inf, True, False, 10**9, 10**20, -(10**20), 2**63),
    *(np.float32(0.5), np.int8(1), np.uint64(2**64 - 1), np.array(2), np.array(0.5)),
    *([], [[]], np.zeros((2, 0)), [1], [0.5, 0.5], [[1.0]], [np.nan], [1, 0, 1, 0, 1]),
    *(np.ones((1,) * 7), np.array([True, False]), range(3), (1, 2)),
]


def mutants(value, rng) -> list:
    """The same numbers, with something wrong or odd about them."""
    a = np.array(value, dtype=float)
    if not a.size:
        return [a]
    strange = rng.choice([np.nan, np.inf, -np.inf, -1, 0, 0.5, 7, 1e9, 1e300, -1e308])
    spoiled = a.copy()
    spoiled.flat[rng.integers(a.size)] = strange
    types = [np.float32, np.float16, np.int8, np.uint8, bool, complex, object, str]
    with np.errstate(all="ignore"):
        cast = [a.astype(kind) for kind in types] + [a.astype(">f8")]
    shapes = [a[None], a[..., None], a.T, a.ravel()]
    if a.ndim:
        shapes += [
            a[:0],
            a[::-1],
            a[:-1],
            a[..., :-1],
            np.concatenate([a, a]),
            np.stack([a, a]),
        ]
        shapes += [np.concatenate([a, a], -1), a[..., :0], a * 0, a * 1e300]
    frozen = a.copy()
    frozen.flags.writeable = False
    return [spoiled, spoiled, spoiled, *cast, *shapes, frozen, a.tolist()]


def spoil(value, rng):
    """Something in place of a good value."""
    pools = [WRONG, NUMBERS]
    if is_numbers(value):
        pools += [mutants(value, rng)] * 2
    elif isinstance(value, list | tuple):
        pools += [[list(value)[:-1], [*value, value[-1]], [*value[:-1], None]]]
        pools += [[[*value[:-1], other] for other in (0, -1, 1.5, "x", 10**9, [1])]]
    pool = pools[rng.integers(len(pools))]
    pool = [one for one in pool if not (callable(value) and callable(one))]
    return pool[rng.integers(len(pool))]


# What may be anything, and what may be None; "callable.name".
ANYTHING = {
    *("check.answer", "solution.answer"),
    *("split.y", "split.X", "shape.X", "sequence.s"),
    *("Curves.ylabel", "Curves.dots", "Goal.words"),
}
OPTIONAL = {
    *("descend.batches", "descend.tolerance", "iterates.batches", "blobs.covariance"),
    *("one_hot.classes", "classical_perceptron.theta0", "Batches.rng"),
    *("Risk.is_weight", "EmpiricalRisk.is_weight", "Penalty.is_weight"),
    *(f"{view}.{name}" for view in VIEWS for name in ("of", "note", "still", "names")),
}


def is_numbers(value) -> bool:
    """Arrays and lists of numbers, and single numbers that are not counts."""
    if isinstance(value, str | bool | int | range) or callable(value):
        return False
    try:
        return np.asarray(value).dtype.kind in "iuf"
    except (TypeError, ValueError):
        return False


def is_count(value) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def real_array(value) -> np.ndarray | None:
    """The value as floats if it is made of real numbers."""
    if isinstance(value, str | bytes | set | dict) or value is None:
        return None
    try:
        array = np.asarray(value)
    except (TypeError, ValueError):
        return None
    return array.astype(float) if array.dtype.kind in "biuf" else None


def must_be_refused(key: str, good: Good, name: str, right, value) -> bool:
    """Whether no good call can have this value: the documentation says so."""
    if f"{key}.{name}" in ANYTHING:
        return False
    if value is None:
        return f"{key}.{name}" not in OPTIONAL
    if name == "eta" and callable(value):
        return key == "classical_perceptron"
    if name == "result":  # of another kind than the view's
        return real_array(value) is None
    if name == "batches":  # of one example each
        return not isinstance(value, list | tuple | np.ndarray)
    if is_count(right) and not is_count(value):
        return not (name == "size" and real_array(value) is not None)
    if is_numbers(right) or is_count(right):
        return not all_inside(key, good, name, value)
    if isinstance(right, str | bool | np.random.Generator):
        return type(value) is not type(right) or isinstance(value, str)
    return type(value) is not type(right) and not (callable(right) and callable(value))


def all_inside(key: str, good: Good, name: str, value) -> bool:
    """Real numbers, finite if they must be, and each in the parameter's range."""
    numbers = real_array(value)
    if numbers is None:
        return False
    if name not in good.computed and not np.isfinite(numbers).all():
        return False
    with np.errstate(invalid="ignore"):
        return bool(np.all(allowed(key, name)(numbers) | np.isnan(numbers)))


# What comes of it.


class Late(Exception):
    pass


def within_patience(call):
    """What a call gives or raises, in a thread of its own that may be left behind."""
    box = {}

    def work():
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("error")
            try:
                box["result"] = call()
            except BaseException as problem:
                box["problem"] = problem

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return box or {"problem": Late(f"no answer after {PATIENCE} s")}


def parts(result) -> list:
    """All the numbers of a result, and its other parts, one after the other."""
    if isinstance(result, tuple | list):
        return [part for one in result for part in parts(one)]
    if isinstance(result, dict):
        return parts(list(result.values()))
    if hasattr(result, "__dataclass_fields__"):
        return parts([getattr(result, name) for name in result.__dataclass_fields__])
    array = np.asarray(result)
    return [array] if array.dtype.kind in "biuf" else [str(result)]


def same(one, other) -> bool:
    return len(one) == len(other) and all(
        np.shape(a) == np.shape(b)
        and (a == b if isinstance(a, str) else np.array_equal(a, b, equal_nan=True))
        for a, b in zip(one, other, strict=True)
    )


def has_nan(result: list) -> bool:
    return any(not isinstance(part, str) and np.isnan(part).any() for part in result)


def overflows(key: str, name: str, value) -> bool:
    """Whether NaN is what the documentation says: from NaN, or beyond all reason."""
    numbers = real_array(value)
    if numbers is None or not (name in CALLS[key].computed or key in DIVERGE):
        return False
    with np.errstate(invalid="ignore"):
        return not np.all(np.abs(numbers) < HUGE)


def verdict(key: str, good: Good, name: str, value) -> str:
    """What is wrong with what a call makes of a value in place of a good argument."""
    arguments = good.arguments()
    refuse = must_be_refused(key, good, name, arguments[name], value)
    was = within_patience(lambda: good.call(**{**good.arguments(), name: value}))
    if problem := was.get("problem"):
        if not isinstance(problem, ValueError | TypeError):
            return f"{type(problem).__name__}: {problem}"
        words = [good.names.get(name, name)]
        if not refuse:  # two that do not fit together: either is to blame
            words += [good.names.get(other, other) for other in arguments]
        return "" if says(problem, words) else f"no name: {problem}"
    if refuse:
        return f"accepted, and gave {was['result']!r:.60}"
    found = parts(was["result"])
    free = f"{key}.{name}" in ANYTHING
    if has_nan(found) and not free and not overflows(key, name, value):
        return f"silent NaN: {was['result']!r:.60}"
    numbers = real_array(value)
    if is_numbers(arguments[name]) and numbers is not None:
        if name in ("sizes", "batch"):
            numbers = numbers.astype(int)
        floats = {**good.arguments(), name: numbers}
        plain = within_patience(lambda: good.call(**floats))
        if "problem" in plain or not same(parts(plain["result"]), found):
            return f"{was['result']!r:.60}, but for the same as floats {plain!r:.60}"
    return ""


def says(problem: Exception, words: list[str]) -> bool:
    """Whether a message is about one of these: "eta = …", "X has shape …", "X: …"."""
    pattern = rf"(?<!\w)({'|'.join(words)})(\[\d+\])?( =|:| has | of shape )"
    return re.search(pattern, str(problem)) is not None


def inputs(key: str) -> list[tuple]:
    """(parameter, value) to try, the same every time."""
    good = CALLS[key]
    names = list(good.arguments())
    rng = np.random.default_rng(sum(map(ord, key)))
    many = (EACH_FIGURE if good.slow else EACH) if names else 0
    drawn = [names[k % len(names)] for k in range(many)]
    return [(name, spoil(good.arguments()[name], rng)) for name in drawn]


@pytest.mark.parametrize("key", CALLS)
def test_bad_input_is_refused_by_name_or_the_result_is_right(key):
    wrong = []
    for name, value in inputs(key):
        if said := verdict(key, CALLS[key], name, value):
            wrong.append(" ".join(f"{key}({name}={value!r:.70}): {said}".split()))
    assert not wrong, f"{len(wrong)} of {len(inputs(key))}\n" + "\n".join(wrong)


# What needs no good call, and why.
BEHIND = {
    *("Activation", "Loss", "GradientCheck", "Trace"),  # made by us, not by people
    *("Exercise", "Between", "Called", "When", "any_of"),  # an exercise's data
    *("close", "data", "find", "verdict"),
}
INSIDE = {
    *("rate", "direction", "remember", "bias_correction"),  # of an optimizer's step
    *("setup", "update", "draw", "move", "says", "facts", "legend"),  # of a figure
    *("follow", "reset", "words", "sentences"),  # a figure's, without arguments
    *("draw", "sizes", "record", "hush", "let_go"),  # a figure's, for its page
    *("refuse_unknown", "at", "shown", "about"),  # of a goal, for its figure
    "rights",  # of an exercise
}


def public() -> dict[str, object]:
    """Every public function, class and risk of every module, by its name."""
    found = {}
    for module in walk_packages(course_utils.__path__, "course_utils."):
        module = import_module(module.name)
        names = getattr(module, "__all__", ())
        found |= {name: getattr(module, name) for name in names}
    return {name: thing for name, thing in found.items() if callable(thing)}


def methods(kind: type) -> set[str]:
    """The public methods that the course itself gives a class."""
    ours = [one for one in kind.__mro__ if one.__module__.startswith("course_utils")]
    members = {name: member for one in ours for name, member in vars(one).items()}
    return {
        name
        for name, member in members.items()
        if name in ("__call__", "__mul__") or name[0] != "_"
        if name not in INSIDE and isroutine(getattr(member, "__func__", member))
    }


def untried(things: dict[str, object]) -> set[str]:
    """What has no good call; a method may have it in a class above or below."""
    missing = set(things) - set(CALLS) - BEHIND
    kinds = {name: thing for name, thing in things.items() if isclass(thing)}
    for name, kind in kinds.items():
        near = [k for k, other in kinds.items() if issubclass(other, kind)]
        near += [above.__name__ for above in kind.__mro__]
        missing |= {
            f"{name}.{method}"
            for method in methods(kind)
            if not any(f"{other}.{method}" in CALLS for other in near)
        }
    return missing


def test_every_public_callable_is_tried():
    assert untried(public()) == set()
    assert {key.split(".")[0] for key in CALLS} | BEHIND == set(public())


def test_what_is_not_tried_is_found():
    assert untried({"one_hot": course_utils.one_hot, "new": print}) == {"new"}

    class Risk(course_utils.Risk):
        def fall(self):
            """A method that nobody tries."""

    Risk.__module__ = "course_utils.risk"
    assert untried({"Risk": Risk}) == {"Risk.fall"}


def test_there_are_thousands_of_bad_inputs():
    assert sum(len(inputs(key)) for key in CALLS) >= 5000


@pytest.mark.parametrize("key", CALLS)
def test_a_good_call_is_good(key):
    good = CALLS[key]
    was = within_patience(lambda: good.call(**good.arguments()))
    assert "problem" not in was, was["problem"]
    assert not has_nan(parts(was["result"]))
