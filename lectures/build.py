"""Lectures to notebooks: lectures/*.md → notebooks/{es,en}/*.ipynb, executed.

    python3 -m uv run python lectures/build.py            all lectures
    python3 -m uv run python lectures/build.py 02 03      those whose name begins so
    python3 -m uv run python lectures/build.py --pages    site/, which needs no kernel
    python3 -m uv run python lectures/build.py --redraw   every picture anew
    python3 -m uv run python lectures/build.py --student  copies without answers
    python3 -m uv run python lectures/build.py --teacher  what to ask in class

The code of a lecture runs once for each language, in the folder whose name tells the
course which one to speak: what it computes is the same. Building twice changes no byte:
cells have names (cells.py), no widget state is stored, and an output whose text did not
change keeps the picture it has. After a change that only the eye can see, in a colour
or a line width, `--redraw` draws them all.
"""

import copy
import importlib
import itertools
import os
import pathlib
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial

import jupytext
import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

import colab
from cells import of_language, take_names
from course_utils.jupyter import WIDGET
from course_utils.languages import LANGUAGES, print_any_letter
from minutes import SHOWN_ALONE, Minutes, kind, minutes, written

LECTURES = pathlib.Path(__file__).resolve().parent
NOTEBOOKS = LECTURES.parent / "notebooks"
SITE = LECTURES.parent / "site"
BUILD = LECTURES.parent / "build"
KERNEL = {
    "display_name": "Python 3 (ipykernel)",
    "language": "python",
    "name": "python3",
}


def sources(prefixes: list[str]) -> list[pathlib.Path]:
    """The lectures whose names begin with one of the prefixes; all without any."""
    found = sorted(LECTURES.glob("[0-9]*.md"))
    refuse_same_number(found)
    for prefix in prefixes:
        if not any(path.name.startswith(prefix) for path in found):
            names = ", ".join(path.stem for path in found)
            raise SystemExit(f"no lecture begins with {prefix!r}; there are {names}")
    return [p for p in found if not prefixes or p.name.startswith(tuple(prefixes))]


def refuse_same_number(found: list[pathlib.Path]) -> None:
    """Stop at two lectures whose cells could have the same names."""
    for one, other in itertools.pairwise(found):
        if one.stem.split("_")[0] == other.stem.split("_")[0]:
            raise SystemExit(f"{one.name} and {other.name} have the same number")


def named(source: pathlib.Path) -> NotebookNode:
    """The cells of a lecture in both languages, each with its name for an id."""
    lecture = jupytext.read(source, fmt="md:myst")
    take_names(source.name, lecture.cells)
    return lecture


def read(source: pathlib.Path) -> NotebookNode:
    """The same, once all is as it should be, with its minutes."""
    lecture = named(source)
    for cell in lecture.cells:
        if cell.cell_type == "markdown" and cell.metadata.get("lang") not in LANGUAGES:
            known = " or ".join(LANGUAGES)
            raise SystemExit(
                f"{source.name}, cell {cell.id}: prose needs a lang, {known}"
            )
        refuse_unknown(source.name, cell)
    refuse_unformatted(source.name, lecture.cells)
    write_minutes(source, lecture.cells)
    below_the_title = len(LANGUAGES)
    number = source.stem.split("_")[0]
    lecture.cells[below_the_title:below_the_title] = colab.opening(number)
    return lecture


def write_minutes(source: pathlib.Path, cells: list[NotebookNode]) -> None:
    """Where the prose says {study} or {class 02}, the number: see minutes.py."""

    @cache
    def of(number: str) -> Minutes:
        found = list(source.parent.glob(f"{number}_*.md")) if number else [source]
        if not found:
            raise SystemExit(f"{source.name}: there is no lecture {number}")
        return minutes(named(found[0]).cells)

    for cell in cells:
        if cell.cell_type == "markdown":
            cell.source = written(cell.source, of)


def refuse_unknown(name: str, cell: NotebookNode) -> None:
    """Stop at what `page` does not mean."""
    page = cell.metadata.get("page", False)
    if page is not False:
        raise SystemExit(
            f"{name}, cell {cell.id}: page: {page!r}: it can only be false; "
            "the grid of a figure is under grid:"
        )


def refuse_unformatted(name: str, cells: list[NotebookNode]) -> None:
    """Stop at a code cell that `ruff format` would change."""
    code = [cell for cell in cells if cell.cell_type == "code"]
    notebook = nbformat.v4.new_notebook(cells=[bare(cell) for cell in code])
    command = [
        sys.executable,
        "-m",
        "ruff",
        "format",
        "-",
        "--stdin-filename=cell.ipynb",
    ]
    written = nbformat.writes(notebook)
    run = subprocess.run(
        command, input=written, capture_output=True, text=True, encoding="utf-8"
    )
    if run.returncode:
        raise SystemExit(f"{name}: {run.stderr.strip()}")
    for cell, tidy in zip(code, nbformat.reads(run.stdout, 4).cells, strict=True):
        if cell.source != tidy.source:
            raise SystemExit(
                f"{name}, cell {cell.id}: ruff format would write\n{tidy.source}"
            )


def bare(cell: NotebookNode) -> NotebookNode:
    return nbformat.v4.new_code_cell(cell.source, id=cell.id)


def execute(notebook: NotebookNode) -> None:
    """Run the code in a fresh kernel, from where a student opens it."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    about = {"kernelspec": KERNEL, "lang": notebook.metadata.lang}
    client_of(nbformat.v4.new_notebook(cells=code, metadata=about)).execute()
    for cell in code:
        cell.metadata.pop("execution", None)  # when it ran is not worth a change
        cell.outputs = stored(cell.outputs)


def client_of(notebook: NotebookNode) -> NotebookClient:
    """What runs a notebook's cells, in a kernel that begins where a student does."""
    folder = NOTEBOOKS / notebook.metadata.lang
    folder.mkdir(parents=True, exist_ok=True)
    client = NotebookClient(
        notebook,
        timeout=120,
        extra_arguments=["--log-level=40"],  # progress without the kernel's warnings
        store_widget_state=False,
        resources={"metadata": {"path": str(folder)}},
    )
    client.comm_open_handlers = {}  # a widget needs no front end here
    return client


def stored(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """What a notebook keeps of the outputs of a cell."""
    outputs = joined(outputs)
    for output in outputs:
        output.get("data", {}).pop(WIDGET, None)
    return outputs


def joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """What was printed in pieces, as the kernel happened to send it, in one."""
    whole = []
    for output in outputs:
        name = output.get("name")
        if name and whole and whole[-1].get("name") == name:
            whole[-1].text += output.text
        else:
            whole.append(output)
    return whole


def translated(lecture: NotebookNode, language: str) -> NotebookNode:
    """The notebook in one language: its prose, and all of the code."""
    cells = copy.deepcopy(of_language(lecture.cells, language))
    for cell in cells:
        cell.metadata.pop("page", None)  # what only the pages need
        cell.metadata.pop("grid", None)
        if kind(cell) in SHOWN_ALONE:  # to be counted: a style sheet knows tags alone
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), "slide"]
    about = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"}
    return nbformat.v4.new_notebook(
        cells=cells,
        metadata={"kernelspec": KERNEL, "language_info": about, "lang": language},
    )


def reuse_pictures(new: NotebookNode, old: NotebookNode) -> None:
    """Where every text of an output is as it was, take the stored picture."""
    before = {cell.id: cell.get("outputs", []) for cell in old.cells}
    for cell in new.cells:
        stored = before.get(cell.id, [])
        for output, was in zip(cell.get("outputs", []), stored, strict=False):
            if without_pictures(output) == without_pictures(was) and "data" in output:
                output.data |= pictures(was)


def without_pictures(output: NotebookNode) -> dict:
    """An output but for its pictures and the number of its run."""
    output = copy.deepcopy(output)
    output.pop("execution_count", None)
    output["data"] = {
        k: v for k, v in output.get("data", {}).items() if "image" not in k
    }
    return output


def pictures(output: NotebookNode) -> dict:
    return {k: v for k, v in output.get("data", {}).items() if "image" in k}


def write(notebook: NotebookNode, target: pathlib.Path, redraw: bool = False) -> bool:
    """Write the notebook if it says anything new; whether it did."""
    target.parent.mkdir(parents=True, exist_ok=True)
    old = target.read_text("utf-8") if target.exists() else ""
    if old and not redraw:
        reuse_pictures(notebook, nbformat.reads(old, 4))
    nbformat.validate(notebook)
    new = nbformat.writes(notebook) + "\n"
    if new != old:
        target.write_text(new, "utf-8", newline="\n")
    return new != old


def build(source: pathlib.Path, redraw: bool = False) -> None:
    """One lecture, into both languages, with a line of progress."""
    start = time.perf_counter()
    print(f"{source.stem} …", end=" ", flush=True)
    lecture = read(source)
    changed = []
    for language in LANGUAGES:
        notebook = translated(lecture, language)
        execute(notebook)
        target = NOTEBOOKS / language / f"{source.stem}.ipynb"
        if write(notebook, target, redraw):
            changed.append(language)
    seconds = time.perf_counter() - start
    print(f"{seconds:.1f} s, changed: {', '.join(changed) or 'nothing'}")


def build_pages(source: pathlib.Path, site: pathlib.Path = SITE) -> None:
    """The pages of one lecture, from its notebooks as they are."""
    import pages
    from run import run

    lecture = read(source)
    figures = run(lecture.cells).figures
    for line in pages.write(lecture, source.stem, figures, NOTEBOOKS, site):
        print(line, flush=True)


def build_site(prefixes: list[str], site: pathlib.Path = SITE) -> None:
    """Pages of the lectures, several at a time, and the page that leads to them."""
    import pages

    with ProcessPoolExecutor() as pool:
        list(pool.map(partial(build_pages, site=site), sources(prefixes)))
    print(pages.write_index(NOTEBOOKS, site))


def build_students(prefixes: list[str], folder: pathlib.Path = BUILD) -> None:
    """Copies without answers, of the notebooks as they are."""
    import student

    for notebook in built(prefixes):
        target = folder / "student" / notebook.relative_to(NOTEBOOKS)
        print(student.write(notebook, target))


def build_teachers(prefixes: list[str], folder: pathlib.Path = BUILD) -> None:
    """What a teacher has at hand, of the notebooks as they are."""
    import teacher

    for notebook in built(prefixes):
        target = folder / "teacher" / notebook.relative_to(NOTEBOOKS)
        print(teacher.write(notebook, target.with_suffix(".html")))


def built(prefixes: list[str]) -> list[pathlib.Path]:
    """The notebooks of these lectures, in every language."""
    names = [f"{source.stem}.ipynb" for source in sources(prefixes)]
    found = [NOTEBOOKS / language / name for language in LANGUAGES for name in names]
    for path in found:
        if not path.is_file():
            raise SystemExit(f"{path} is missing: build.py {path.stem} writes it")
    return found


def find_fonts() -> None:
    """Have Matplotlib look for its fonts before a kernel does, and says so in a cell.

    It takes long the first time, where there are many. And if the home cannot be
    written, Matplotlib takes another folder, also in what is started from here.
    """
    importlib.import_module("matplotlib.font_manager")


KINDS = {
    "--pages": build_site,
    "--student": build_students,
    "--teacher": build_teachers,
}


def main(arguments: list[str]) -> None:
    prefixes = [word for word in arguments if not word.startswith("--")]
    options = [word for word in arguments if word.startswith("--")]
    known = [*KINDS, "--redraw"]
    for unknown in set(options) - set(known):
        raise SystemExit(f"{unknown} is unknown; there are {', '.join(known)}")
    if len(options) > 1:
        raise SystemExit(f"{' '.join(options)}: only one of them at a time")
    if options and options[0] in KINDS:
        KINDS[options[0]](prefixes)
    else:
        for source in sources(prefixes):
            build(source, redraw=bool(options))


if __name__ == "__main__":
    print_any_letter()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["IPYTHONDIR"] = folder  # not what its user has IPython run first
        find_fonts()
        try:
            main(sys.argv[1:])
        except PermissionError as problem:
            raise SystemExit(f"{problem.filename}: {problem.strerror}") from None
