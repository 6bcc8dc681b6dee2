"""Claims: what the prose says, beside the computation that could refute it."""

import ast
import importlib.util
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
from nbformat import NotebookNode

from support.course import LANGUAGES, executed, notebook, source
from support.numerals import (
    Number,
    Value,
    is_there,
    mutants,
    numbers,
    printed,
    prints,
    settings,
)


class Claim(NamedTuple):
    """Words of a cell, by language, and a function that finds out whether they hold.

    It returns truths, which must be true, and numbers: all those that the words say, in
    their order.
    """

    cell: str
    words: dict[str, str]
    holds: Callable[[], object]


class Claims(list):
    """The claims of a lecture: `claim = Claims("05_batch_variants")`, `@claim(…)`."""

    def __init__(self, lecture: str):
        super().__init__()
        self.code = Code(lecture)

    def __call__(self, cell: str, es: str, en: str | None = None) -> Callable:
        """Add one; words of formulas only may be the same in both languages."""

        def add(holds: Callable) -> Callable:
            words = dict(zip(LANGUAGES, (es, en or es), strict=True))
            self.append(Claim(cell, words, holds))
            return holds

        return add


class Code:
    """What the cells of a lecture define: `code.walk`, once all of them have run."""

    def __init__(self, lecture: str):
        self._lecture = lecture

    def __getattr__(self, name: str) -> object:
        return executed(self._lecture).names[name]

    def printed(self, cell: str) -> list[float]:
        """The numbers that a cell printed, from left to right, as they are stored."""
        return [
            value for value, _ in printed(outputs(self._lecture, LANGUAGES[0])[cell])
        ]


def claims_of(lecture: str) -> Claims:
    """What tests/claims/section_NN.py claims; nothing as long as it is not there."""
    name = f"claims.section_{lecture[:2]}"
    if importlib.util.find_spec(name) is None:
        return Claims(lecture)
    return importlib.import_module(name).claim


# The words of a claim


@cache
def prose(lecture: str, language: str) -> dict[str, str]:
    """The prose of a lecture, by the name of its cell."""
    cells = source(lecture).cells
    return {c.id: c.source for c in cells if c.metadata.get("lang") == language}


def place(words: str, text: str) -> re.Match | None:
    """Where words stand in a text, however its lines are broken."""
    return re.search(r"\s+".join(map(re.escape, words.split())), text)


def cell_of(claim: Claim, lecture: str, language: str) -> str | None:
    """The cell that says the words: the claim's own or, if it was divided, another."""
    texts = prose(lecture, language)
    for name in (claim.cell, *texts):
        if place(claim.words[language], texts.get(name, "")):
            return name
    return None


def numbers_said(claim: Claim, lecture: str, language: str) -> list[Number]:
    """The numbers that a claim's words say, where they stand."""
    text = prose(lecture, language)[cell_of(claim, lecture, language)]
    start, end = place(claim.words[language], text).span()
    return [one for one in numbers(text) if start <= one.start and one.end <= end]


# Whether it holds


def values_of(claim: Claim) -> list:
    """What a claim computes, one after the other."""
    return list(flat(claim.holds()))


def flat(result: object) -> Iterator:
    """One after the other; an array of truths is one."""
    if isinstance(result, np.ndarray) and result.dtype == bool:
        yield result.all()
    elif isinstance(result, tuple | list | np.ndarray | Iterator):
        for each in result:
            yield from flat(each)
    else:
        yield result


def faults(claim: Claim, lecture: str, values: list) -> list[str]:
    """What is wrong with a claim: words that are gone, or that do not hold."""
    truths = [value for value in values if isinstance(value, bool | np.bool_)]
    computed = [value for value in values if not isinstance(value, bool | np.bool_)]
    found = [] if all(truths) and values else ["it is not so"]
    for language, words in claim.words.items():
        if cell_of(claim, lecture, language) is None:
            found.append(f"no cell says: {words}")
            continue
        said = numbers_said(claim, lecture, language)
        if len(said) != len(computed):
            found.append(f"{words} says {len(said)} numbers; computed: {computed}")
        found += [
            f"{words}: {one.shown} is {value}"
            for one, value in zip(said, computed, strict=False)
            if not prints(value, one.value, one.half)
        ]
    return found


def planted(claim: Claim, lecture: str, values: list) -> Iterator[tuple[str, list]]:
    """The claim with each of its values, and each of its comparisons, made false."""
    said = iter(numbers_said(claim, lecture, LANGUAGES[0]))
    for i, value in enumerate(values):
        truth = isinstance(value, bool | np.bool_)
        other = not value if truth else value + 2 * next(said).half
        yield f"{value} as {other}", [*values[:i], other, *values[i + 1 :]]
    for text, holds in negations(claim.holds):
        try:
            yield text, values_of(claim._replace(holds=holds))
        except Exception:  # a mistake that is seen
            continue


OPPOSITE = {
    ast.Lt: ast.GtE,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.GtE: ast.Lt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


def negations(function: Callable) -> Iterator[tuple[str, Callable]]:
    """A function of a claim with one comparison negated, for each that is in it."""
    text = textwrap.dedent(inspect.getsource(function))
    for i in range(len(comparisons(ast.parse(text)))):
        tree = ast.parse(text)
        tree.body[0].decorator_list = []
        compared = comparisons(tree)[i]
        said = ast.unparse(compared)
        compared.ops[-1] = OPPOSITE[type(compared.ops[-1])]()
        names = {}
        exec(compile(tree, "<negated>", "exec"), function.__globals__, names)
        yield f"not {said}", names[function.__name__]


def comparisons(tree: ast.AST) -> list[ast.Compare]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Compare)]


# The numbers of a lecture


@cache
def outputs(lecture: str, language: str) -> dict[str, str]:
    """What each code cell printed or showed, as it is stored, by its name."""
    cells = notebook(language, lecture).cells
    return {cell.id: text_of(cell) for cell in cells if cell.cell_type == "code"}


def text_of(cell: NotebookNode) -> str:
    shown = ((o.get("text"), o.get("data", {}).get("text/plain")) for o in cell.outputs)
    return "\n".join(text or data or "" for text, data in shown)


def sections(lecture: str) -> Iterator[list[NotebookNode]]:
    """The cells from one heading `##` to the next."""
    section = []
    for cell in source(lecture).cells:
        first = cell.metadata.get("lang") == LANGUAGES[0]
        if first and cell.source.startswith("## "):
            yield section
            section = []
        section.append(cell)
    yield section


def paragraphs(
    lecture: str, language: str
) -> Iterator[tuple[NotebookNode, set[Value]]]:
    """Each cell of prose, with the numbers that the code of its section has."""
    shown = outputs(lecture, language)
    for section in sections(lecture):
        values = set()
        for cell in section:
            if cell.cell_type == "code":
                values |= settings(cell.source) | set(printed(shown.get(cell.id, "")))
        for cell in section:
            if cell.metadata.get("lang") == language:
                yield cell, values


def unbound(text: str, values: set[Value], words: list[str]) -> list[Number]:
    """The numbers that neither the code nor the words of a claim account for."""
    spans = [where.span() for one in words if (where := place(one, text))]
    return [
        one
        for one in numbers(text)
        if not any(start <= one.start and one.end <= end for start, end in spans)
        and not is_there(one, values)
    ]


def survivors(text: str, values: set[Value], words: list[str]) -> list[Number]:
    """The numbers that could be others, and nothing would be seen."""
    free = len(unbound(text, values, words))

    def unseen(other: str) -> bool:
        there = all(place(each, other) for each in words)
        return there and len(unbound(other, values, words)) <= free

    return [one for one in numbers(text) if any(map(unseen, mutants(text, one)))]
