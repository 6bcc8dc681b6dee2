"""After *Run All* one can go back: any code cell, run again, gives what is stored."""

import ast
import random
import symtable
from collections import Counter

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from support.course import NAMES, build, code_cells, notebook, source, tags

each_lecture = pytest.mark.parametrize("name", NAMES)


def said(outputs) -> list:
    """Outputs but for pictures, the number of the run and where an error happened."""
    kept = [build.without_pictures(output) for output in outputs]
    for output in kept:
        output.pop("traceback", None)
        output.pop("metadata", None)
    return kept


def differing(cells, order=None) -> list[str]:
    """The cells that, run again after all have run, give other outputs than stored.

    Strictly: a live figure says in its text/plain every line and point of its picture.
    """
    stored = {cell.id: said(cell.outputs) for cell in cells}
    again = [new_code_cell(cell.source, id=cell.id) for cell in cells]
    client = build.client_of(
        new_notebook(cells=again, metadata={"kernelspec": build.KERNEL, "lang": "es"})
    )
    client.allow_errors = True
    places = list(range(len(again)))
    with client.setup_kernel():
        for place in places:
            client.execute_cell(again[place], place)
        for place in order or random.Random(0).sample(places, len(places)):
            client.execute_cell(again[place], place)
    return [c.id for c in again if said(build.stored(c.outputs)) != stored[c.id]]


@pytest.mark.thorough
@pytest.mark.filterwarnings("default::DeprecationWarning")
@each_lecture
def test_every_cell_can_be_run_again(name):
    assert differing(code_cells(notebook("es", name).cells)) == []


def cell(place, text, printed):
    return new_code_cell(
        text, id=f"09-{place}", outputs=[new_output("stream", text=printed)]
    )


@pytest.mark.thorough
@pytest.mark.filterwarnings("default::DeprecationWarning")
def test_a_cell_that_cannot_be_run_again_is_found():
    cells = [
        cell("one", "a = 1\nprint(a)", "1\n"),
        cell("same", "print(a + 1)", "2\n"),  # of the last cell's a
        cell("more", "b = globals().get('b', 0) + 1\nprint(b)", "1\n"),
        cell("two", "a = 2\nprint(a)", "2\n"),
    ]
    assert differing(cells, order=[0, 1, 2, 3]) == ["09-more"]
    assert differing(cells, order=[1, 0, 2, 3]) == ["09-same", "09-more"]


# One name, one meaning: another order of cells, or a slider that moves later, would
# find the wrong one.


AT_ONCE = ("genexpr", "listcomp", "setcomp", "dictcomp")  # scopes that do not wait


def scopes(table: symtable.SymbolTable, later=False):
    """A cell's scopes, and whether each is read only when a function is called."""
    yield table, later
    for inner in table.get_children():
        yield from scopes(inner, later or inner.get_name() not in AT_ONCE)


def of_comprehensions(statement) -> set[str]:
    """The names that run inside a list or a sum: Python 3.12 has them at the top."""
    return {
        node.id
        for part in ast.walk(statement)
        if isinstance(part, ast.comprehension)
        for node in ast.walk(part.target)
        if isinstance(node, ast.Name)
    }


def names_of(cell) -> tuple[dict[str, str], set[str], set[str]]:
    """What a cell binds at its top, and how; what it reads; what its functions read."""
    bound, read, in_functions = {}, set(), set()
    for statement in ast.parse(cell.source).body:
        text = ast.unparse(statement)
        top, *inner = scopes(symtable.symtable(text, cell.id, "exec"))
        own = of_comprehensions(statement)
        for one in top[0].get_symbols():
            if one.get_name() in own:
                continue
            if one.is_assigned() or one.is_imported():
                bound[one.get_name()] = text
            if one.is_referenced():
                read.add(one.get_name())
        for table, later in inner:
            used = {one.get_name() for one in table.get_symbols() if one.is_global()}
            (in_functions if later else read).update(used)
    return bound, read, in_functions


def with_two_meanings(cells) -> list[str]:
    """Names that two cells bind, and that a third or a function reads.

    What two cells say in the same words is one meaning.
    """
    taught = [
        names_of(cell)
        for cell in cells
        if "solution" not in tags(cell) and not cell.id.endswith("-answer")
    ]
    times = Counter(
        name for name, _ in {p for bound, *_ in taught for p in bound.items()}
    )
    twice = {name for name in times if times[name] > 1}
    found = set()
    for bound, read, in_functions in taught:
        found |= twice & (in_functions | (read - bound.keys()))
    return sorted(found)


@each_lecture
def test_no_name_means_two_things(name):
    assert with_two_meanings(code_cells(source(name).cells)) == []


def test_a_name_that_means_two_things_is_found():
    one = new_code_cell("end = 1\nprint(end)", id="09-one")
    two = new_code_cell("def end(r):\n    return r", id="09-two")
    three = new_code_cell("print(end)", id="09-three")
    assert with_two_meanings([one, two]) == [], "each its own"
    assert with_two_meanings([one, three]) == []
    assert with_two_meanings([one, two, three]) == ["end"]
    grid = new_code_cell("x = 1\ndef f():\n    return x", id="09-grid")
    assert with_two_meanings([grid, new_code_cell("x = 2", id="09-x")]) == ["x"]
    again = new_code_cell("x = 1\nprint(x)", id="09-again")
    assert with_two_meanings([grid, again]) == [], "the same, in the same words"
    at_once = new_code_cell("x = 3\nprint([x for _ in '12'])", id="09-list")
    assert with_two_meanings([new_code_cell("x = 2", id="09-x"), at_once]) == []
    inside = new_code_cell("print([x for x in '12'])", id="09-inside")
    assert with_two_meanings([new_code_cell("x = 2", id="09-x"), inside, again]) == []
    solved = new_code_cell("x = 2", id="09-x-answer")
    assert with_two_meanings([grid, solved]) == []


# What only a solution defines.


def defined(cell) -> set[str]:
    """The names that a cell gives a value at its top."""
    names = set()
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.alias):
            names.add((node.asname or node.name).split(".")[0])
    return names


def used(cell) -> set[str]:
    nodes = ast.walk(ast.parse(cell.source))
    return {
        node.id
        for node in nodes
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def borrowed(cells) -> list[str]:
    """Names that a cell uses though only solutions and answers have defined them.

    A student who solves the exercise otherwise, or not at all, has others there.
    """
    taught, asked, found = set(), set(), []
    for cell in cells:
        if "solution" in tags(cell) or cell.id.endswith("-answer"):
            asked |= defined(cell)
            continue
        taught |= defined(cell)
        found += [f"{cell.id}: {name}" for name in used(cell) & asked - taught]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_uses_what_only_a_solution_defines(name):
    assert borrowed(code_cells(source(name).cells)) == []


def test_what_is_borrowed_from_a_solution_is_found():
    solution = new_code_cell("def f(x):\n    return x\nb = 1", id="09-f-solution")
    solution.metadata.tags = ["solution"]
    answer = new_code_cell("a = ...", id="09-f-answer")
    later = [new_code_cell("print(f(1), a)\nb = 2\nprint(b)", id="09-later")]
    assert sorted(borrowed([answer, solution, *later])) == [
        "09-later: a",
        "09-later: f",
    ]
    assert (
        borrowed([new_code_cell("f = abs\na = 3", id="09-o"), solution, *later]) == []
    )
