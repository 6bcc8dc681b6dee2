"""What an answer is, before whether it is right.

An answer is one number, several, or a function. `numbers` reads the first two,
`results` calls the third; both give arrays, which `judge.py` compares. What cannot be
read raises `Unreadable`, whose words are all that the student sees: NumPy's own stand
there only as the quoted exception of the student's function.
"""

import io
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from copy import deepcopy
from decimal import Decimal
from inspect import signature
from numbers import Complex, Real

import numpy as np

from ..languages import LANGUAGES, apart
from .sentences import NOT_YET, SENTENCES

Said = tuple[str, ...]  # a sentence in every language
Parts = list[np.ndarray]

KINDS = (  # the first that fits names a thing
    (type(None), "None: ¿falta un `return`? · None: is a `return` missing?"),
    (bool, "un valor lógico (bool) · a truth value (bool)"),
    (str, SENTENCES["text"]),
    (Real | Decimal, "un número · a number"),
    (Complex, "un número complejo · a complex number"),
    (set | frozenset, "un conjunto (set), sin orden · a set, which has no order"),
    (list, "una lista · a list"),
    (tuple, "una tupla · a tuple"),
    (np.ndarray, "un arreglo · an array"),
    (Callable, "una función: falta llamarla · a function: it must be called"),
)


class Unreadable(Exception):
    """An answer that cannot be judged: the mark, and what is said of it."""

    def __init__(self, sentence: str, mark: str = "✗", **values):
        super().__init__(sentence)
        self.said, self.mark = say(sentence, **values), mark


class Raised(Unreadable):
    """The student's function raised an exception of its own."""


def say(sentence: str, **values: str | Said) -> Said:
    """A sentence in every language; where a value differs, it is given in each."""
    same = {name: (v,) * len(LANGUAGES) for name, v in values.items()}
    each = same | {name: v for name, v in values.items() if isinstance(v, tuple)}
    return tuple(
        text.format(**{name: texts[language] for name, texts in each.items()})
        for language, text in enumerate(apart(sentence))
    )


def listed(names: Sequence[str]) -> Said:
    """Names, one after the other, in every language."""
    return tuple(map(", ".join, zip(*map(apart, names), strict=True)))


def kind(thing) -> Said:
    """What it is, in every language."""
    thing = thing.item() if isinstance(thing, np.generic) else thing
    if isinstance(thing, Real) and thing != thing:
        return apart(SENTENCES["nan"])
    for kinds, name in KINDS:
        if isinstance(thing, kinds):
            return apart(name)
    name = type(thing).__name__
    article = "an" if name[0] in "aeiou" else "a"
    return apart(f"de tipo {name} · {article} {name}")


# Numbers.


def plain(thing):
    """NumPy's arrays and scalars as Python's lists and numbers."""
    return np.asarray(thing).tolist() if hasattr(thing, "__array__") else thing


def leaves(thing) -> list:
    """Everything in it that is no list, one after the other."""
    thing = plain(thing)
    if isinstance(thing, list | tuple | range):
        return [leaf for item in thing for leaf in leaves(item)]
    return [thing]


def is_real(leaf) -> bool:
    return isinstance(leaf, Real | Decimal) and not isinstance(leaf, bool)


def is_number(leaf) -> bool:
    return is_real(leaf) and not np.isnan(real(leaf))


def real(leaf) -> float:
    """This number; anything else is a TypeError."""
    if not is_real(leaf):
        raise TypeError
    try:
        return float(leaf)
    except OverflowError:  # an int or a fraction beyond all floats
        return np.inf if leaf > 0 else -np.inf


def one_number(answer, name: str = "") -> np.ndarray:
    """The one real number that an answer holds, in whatever it is wrapped."""
    held = leaves(answer)
    what = tuple(f"{text}: " if text else "" for text in apart(name))
    if len(held) != 1:
        raise Unreadable(SENTENCES["one"], what=what, n=str(len(held)))
    if not is_number(held[0]):
        raise Unreadable(SENTENCES["number"], what=what, kind=kind(held[0]))
    return np.array(real(held[0]))


def numbers(answer, names: Sequence[str]) -> Parts:
    """The numbers that an answer holds, one for each name; a single one needs none."""
    held = leaves(answer)
    if not names and len(held) == 1 and held[0] is ...:
        raise Unreadable(NOT_YET, "…")
    if not names:
        return [one_number(answer)]
    items = held if len(held) == len(names) else among(answer, len(names))
    open_ones = [name for name, item in zip(names, items, strict=False) if item is ...]
    if open_ones:
        raise Unreadable(SENTENCES["to do"], "…", names=listed(open_ones))
    if len(items) != len(names):
        bare = len(items) == 1 and not is_number(items[0])
        there = say(SENTENCES["there are"], n=str(len(items)))
        if bare:
            there = say(SENTENCES["this is"], kind=kind(items[0]))
        raise Unreadable(
            SENTENCES["several"],
            k=str(len(names)),
            names=listed(names),
            there=there,
        )
    return [one_number(*pair) for pair in zip(items, names, strict=True)]


def among(answer, k: int) -> list:
    """The items of a list, without what is wrapped around it; else the thing alone."""
    items = plain(answer)
    while isinstance(items, list | tuple | range) and len(items) == 1 < k:
        items = plain(items[0])
    return list(items) if isinstance(items, list | tuple | range) else [items]


# Functions.


def functions(answer, calls: Sequence[str]) -> list[Callable]:
    """The functions that an answer holds, one for each call."""
    items = [answer] if len(calls) == 1 else answer
    if not isinstance(items, list | tuple) or len(items) != len(calls):
        raise Unreadable(
            "se piden {k} funciones, ({calls}) · "
            "{k} functions are asked for, ({calls})",
            k=str(len(calls)),
            calls=", ".join(calls),
        )
    for function, call in zip(items, calls, strict=True):
        if function is ...:
            raise Unreadable(
                "todavía no; por hacer: {call} · not yet; to do: {call}", "…", call=call
            )
        if not callable(function):
            raise Unreadable(
                "se pide una función, {call}, y esto es {kind} · "
                "a function, {call}, is asked for, and this is {kind}",
                call=call,
                kind=kind(function),
            )
    return list(items)


def argument_names(call: str) -> list[str]:
    """theta, eta for "step(theta, eta)"."""
    return call.rstrip(")").split("(")[1].split(", ")


def shown(call: str, case: tuple) -> str:
    """The arguments in short: the value of a number, the shape of an array."""
    return ", ".join(
        f"{name} {np.shape(value)}" if np.ndim(value) else f"{name} = {value:g}"
        for name, value in zip(argument_names(call), case, strict=True)
    )


@contextmanager
def quiet() -> Iterator[io.StringIO]:
    """Nothing is printed and nothing warns; gives what would have been printed."""
    printed = io.StringIO()
    with (
        redirect_stdout(printed),
        redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        yield printed


def returned(function: Callable, call: str, case: tuple):
    """What a student's function gives for copies of these arguments, in silence."""
    given = deepcopy(case)
    if not takes(function, given):
        raise Unreadable(
            "se llama {call}, con {n} argumentos, y la tuya no los admite · "
            "it is called {call}, with {n} arguments, and yours does not take them",
            call=call,
            n=str(len(case)),
        )
    with quiet() as printed:
        try:
            value = function(*given)
        except Exception as raised:
            raise Raised(
                "con {case}, tu función da un error{line}: {error} · "
                "with {case}, your function raises an error{line}: {error}",
                case=shown(call, case),
                line=line(raised, function),
                error=quoted(raised),
            ) from raised
    for name, now, before in zip(argument_names(call), given, case, strict=True):
        if not same(now, before):
            raise Unreadable(
                "tu función cambia {name}, que no es suya: trabaja con una copia · "
                "your function changes {name}, which is not its own: work on a copy",
                name=name,
            )
    if value is ...:
        raise Unreadable(NOT_YET, "…")
    if value is None:
        raise Unreadable(
            "tu función imprime y no devuelve nada: usa `return` · "
            "your function prints and returns nothing: use `return`"
            if printed.getvalue()
            else "tu función no devuelve nada: ¿falta `return`? · "
            "your function returns nothing: is `return` missing?"
        )
    return value


def takes(function: Callable, arguments: tuple) -> bool:
    """Whether it can be called with so many."""
    try:
        signature(function).bind(*arguments)
    except TypeError:
        return False
    except ValueError:  # some of C say nothing of themselves
        pass
    return True


def quoted(raised: Exception) -> str:
    """The exception's name and the beginning of what it says."""
    return short(f"{type(raised).__name__}: {raised}".splitlines()[0].strip(), 120)


def short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def line(raised: Exception, function: Callable) -> Said:
    """The line of the student's own function in which it was raised."""
    code = getattr(function, "__code__", None)
    own = [
        frame
        for frame in traceback.extract_tb(raised.__traceback__)
        if code is not None and frame.filename == code.co_filename
    ]
    if not own:
        return "", ""
    place = f"{own[-1].lineno} (`{short(own[-1].line, 60)}`)"
    return f" en la línea {place}", f" in line {place}"


def same(now, before) -> bool:
    """Whether two arguments, or two results, are the same throughout."""
    return type(now) is type(before) and repr(leaves(now)) == repr(leaves(before))


def results(answer, calls: Sequence[str], names: Sequence[str], case: tuple) -> Parts:
    """What the function, or all the functions, of an answer give in a case."""
    values = [
        returned(function, call, case)
        for function, call in zip(functions(answer, calls), calls, strict=True)
    ]
    if len(calls) == 1 and names:
        (values,) = values
        alone = hasattr(values, "__array__") and np.shape(values)[:1] != (len(names),)
        values = [values] if alone else among(values, 1)
        if len(values) != len(names):
            raise Unreadable(
                "tu función debe devolver {k} cosas, ({names}), y devuelve {n} · "
                "your function must return {k} things, ({names}), and returns {n}",
                k=str(len(names)),
                names=listed(names),
                n=str(len(values)),
            )
    return [array(value) for value in values]


def array(value) -> np.ndarray:
    """What a function gave, as an array of real numbers; nan may be among them."""
    try:
        return np.array(reals(value), float)
    except TypeError:
        wrong = next(leaf for leaf in leaves(value) if not is_real(leaf))
        raise Unreadable(
            "tu función debe devolver números, y da {kind} · "
            "your function must return numbers, and gives {kind}",
            kind=kind(wrong),
        ) from None
    except ValueError:
        raise Unreadable(
            "tu función devuelve filas que no miden lo mismo · "
            "your function returns rows of different lengths"
        ) from None


def reals(thing) -> float | list:
    """Lists of lists of numbers, as they are, but of floats."""
    thing = plain(thing)
    if isinstance(thing, list | tuple | range):
        return [reals(item) for item in thing]
    return real(thing)
