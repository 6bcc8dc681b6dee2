"""The order of the house: what holds of every module of ours, whatever it is about.

Each rule is a function of paths or of a source, so that it sees a planted mistake too.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = "course_utils", "lectures", "benchmarks", "tests"
MODULES = [p.relative_to(ROOT) for f in FOLDERS for p in (ROOT / f).rglob("*.py")]
SUPPORT = [path for path in MODULES if path.parts[:2] == ("tests", "support")]
PATH_OF_THE_BENCHMARKS = Path("benchmarks/__init__.py")


def source(path: Path) -> str:
    return (ROOT / path).read_text("utf-8")


def shadows(path: Path) -> bool:
    """Is it, or a package it is in, named like a module of the standard library?"""
    return not sys.stdlib_module_names.isdisjoint(path.with_suffix("").parts)


def silences_the_order(text: str) -> list[str]:
    """Comments that let an import stand below other code."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    comments = (token.string for token in tokens if token.type == tokenize.COMMENT)
    return [comment for comment in comments if re.search(r"noqa:.*\bE402", comment)]


def edits_the_path(text: str) -> list[str]:
    """Where `sys.path` is set, or a method of it named: only an edit needs one."""
    found = []
    for node in ast.walk(ast.parse(text)):
        match node:
            case (
                ast.Attribute(ast.Name("sys"), "path", ast.Store() | ast.Del())
                | ast.Subscript(
                    ast.Attribute(ast.Name("sys"), "path"), _, ast.Store() | ast.Del()
                )
                | ast.Attribute(ast.Attribute(ast.Name("sys"), "path"))
            ):
                found.append(ast.unparse(node))
    return found


def imported(text: str) -> Iterator[str]:
    """Every name that an import statement mentions."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names]
            for dotted in [*names, getattr(node, "module", None) or ""]:
                yield from dotted.split(".")


def imports_tests(text: str) -> list[str]:
    return [n for n in imported(text) if n == "conftest" or n.startswith("test_")]


def leaves_the_encoding(text: str) -> list[str]:
    """Where a file of text is opened in whatever encoding the system has."""
    found = []
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(ast.Attribute(_, "read_text"), args):
                enough = len(args) > 0
            case ast.Call(ast.Attribute(_, "write_text"), args):
                enough = len(args) > 1
            case ast.Call(
                ast.Name("open"), [_, ast.Constant(str(mode)), *_]
            ) | ast.Call(ast.Attribute(_, "open"), [ast.Constant(str(mode)), *_]):
                enough = "b" in mode or not set(mode) <= set("rwxa+t")
            case ast.Call(ast.Name("open")):
                enough = False
            case _:
                continue
        if not enough and all(one.arg != "encoding" for one in node.keywords):
            found.append(ast.unparse(node))
    return found


def leaves_the_letters(text: str) -> bool:
    """Is it a program that prints, and only what the system's encoding has?"""
    program = "__name__ == '__main__'" in ast.unparse(ast.parse(text))
    return program and "print(" in text and "    print_any_letter()\n" not in text


def test_there_are_modules_to_look_at():
    assert len(MODULES) > 100 and len(SUPPORT) > 5
    assert {path.parts[0] for path in MODULES} == set(FOLDERS)


def test_no_module_is_named_like_one_of_the_standard_library():
    assert [path for path in MODULES if shadows(path)] == []


def test_every_import_stands_above_the_code():
    assert [path for path in MODULES if silences_the_order(source(path))] == []


def test_only_the_benchmarks_say_where_modules_are():
    assert [path for path in MODULES if edits_the_path(source(path))] == [
        PATH_OF_THE_BENCHMARKS
    ]


def test_every_file_of_text_is_opened_with_an_encoding():
    found = {str(path): leaves_the_encoding(source(path)) for path in MODULES}
    assert {path: calls for path, calls in found.items() if calls} == {}


def test_every_program_prints_any_letter():
    """But for the benchmarks, which are for who works on the course."""
    ours = [path for path in MODULES if path.parts[0] in ("course_utils", "lectures")]
    assert [path for path in ours if leaves_the_letters(source(path))] == []


def test_nothing_imports_a_test():
    """What tests share is in tests/support."""
    assert [path for path in MODULES if imports_tests(source(path))] == []


@pytest.mark.parametrize(
    "path", ["tests/support/statistics.py", "course_utils/html/__init__.py"]
)
def test_a_planted_name_is_seen(path):
    assert shadows(Path(path))


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (silences_the_order, "import os  # noqa: E402"),
        (silences_the_order, "import os  # noqa: F401, E402"),
        (edits_the_path, "import sys\nsys.path.insert(0, '..')"),
        (edits_the_path, "import sys\nsys.path[:0] = ['..']"),
        (edits_the_path, "import sys\nsys.path += ['..']"),
        (edits_the_path, "import sys\nsys.path = ['..']"),
        (edits_the_path, "import sys\ndel sys.path[0]"),
        (imports_tests, "import conftest"),
        (imports_tests, "def late():\n    from test_figures import ends"),
        (imports_tests, "from tests.test_views import walk"),
        (imports_tests, "from .. import test_views"),
        (leaves_the_encoding, "path.read_text()"),
        (leaves_the_encoding, "path.write_text(f'θ')"),
        (leaves_the_encoding, "path.write_text('θ', newline='')"),
        (leaves_the_encoding, "open(path)"),
        (leaves_the_encoding, "open(path, 'w', newline='')"),
        (leaves_the_encoding, "with path.open('a') as file:\n    pass"),
        (leaves_the_letters, "print('θ')\nif __name__ == '__main__':\n    main()\n"),
    ],
)
def test_a_planted_mistake_is_seen(rule, text):
    assert rule(text)


@pytest.mark.parametrize(
    "rule",
    [
        silences_the_order,
        edits_the_path,
        imports_tests,
        leaves_the_encoding,
        leaves_the_letters,
    ],
)
def test_what_is_allowed_is_no_mistake(rule):
    """Other silences, a look at the path, the same words in a text."""
    assert not rule(
        "import sys, pytest  # noqa: F401\n"
        "from support.course import small\n"
        "found = [one for one in sys.path if one]\n"
        "first = sys.path[0]\n"
        "text = 'sys.path += []; import conftest  # noqa: E402; open(path)'\n"
        "path.write_text(path.read_text('utf-8'), encoding='utf-8')\n"
        "Image.open('θ.png'), open(path, 'rb'), path.open('w', encoding='utf-8')\n"
        "if __name__ == '__main__':\n    print_any_letter()\n    print('θ')\n"
    )
