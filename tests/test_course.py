"""The eight lectures as one course: what is said of one elsewhere is what it says."""

import re

import pytest
from nbformat.v4 import new_code_cell

from minutes import kind
from support.course import LANGUAGES, NAMES, ROOT, code_cells, notebook, run
from support.prose import ERRATA, LECTURES, opening, prose, rows

READMES = {"es": ROOT / "README.es.md", "en": ROOT / "README.md"}
NO_NUMBER = ("E19", "E23")  # wording, and a citation
# What proves a slip is on no slide, unless the lecture itself needs what it shows.
NEEDED = {
    "06-step-length-table": "three ways to correct Adam, compared in the next figure",
    "08-adamw-step": "why AdamW takes the penalty out of the gradient",
    "08-pull": "why the penalty L₁ makes zeros",
}

both = pytest.mark.parametrize("language", LANGUAGES)
each = pytest.mark.parametrize(
    ("language", "name"), [(one, name) for one in LANGUAGES for name in LECTURES]
)


def plain(title):
    """x², whether the page can show a formula or not."""
    return title.replace("$x^2$", "x²")


def test_eight_lectures():
    assert [name[:2] for name in LECTURES] == [f"{k:02d}" for k in range(1, 9)]


@each
def test_what_the_tables_say_of_a_lecture(language, name):
    title, slides, minutes = opening(language, name)
    tables = {"README": READMES[language].read_text("utf-8")}
    tables["map"] = "\n".join(prose(language, "00_start"))
    for where, table in tables.items():
        named = [r for r in rows(table) if f"{name}.ipynb" in "".join(r)]
        text = [plain(" | ".join(row)) for row in named]
        said = [r for r in text if plain(title) in r]
        assert said, f"{where}: no row with the title {title!r} of {name}"
        assert f"| {slides} | {minutes} |" in said[0], f"{where}: {said[0]}"


@each
def test_every_lecture_opens_and_closes_alike(language, name):
    cells = prose(language, name)
    promise, memory, reading, forward = {
        "es": ("Aquí verás", "## Para recordar", "**Para leer**", "**Sigue**"),
        "en": (
            "Here you will see",
            "## What to remember",
            "**Further reading**",
            "**Next**",
        ),
    }[language]
    assert promise in cells[0]
    closing = "\n".join(cells[-2:])  # one slide or two
    for phrase in (memory, reading, forward):
        assert phrase in closing, phrase


@each
def test_every_lecture_leads_to_the_next(language, name):
    place = NAMES.index(name)
    after = NAMES[(place + 1) % len(NAMES)]  # the last one leads back to the start
    last = prose(language, name)[-1]
    assert (
        f"({after}.ipynb)"
        in last[last.index("**Sigue**" if language == "es" else "**Next**") :]
    )


@each
def test_predictions_and_goals(language, name):
    text = "\n".join(prose(language, name))
    ask, aim = {"es": ("> **Predice", "> **Meta"), "en": ("> **Predict", "> **Goal")}[
        language
    ]
    assert text.count(ask) >= 3
    assert text.count(aim) >= 3


def test_every_slip_has_its_row():
    named = [row[0].strip("*") for row in rows(ERRATA) if row[0].startswith("**E")]
    assert named == [f"E{k}" for k in range(1, 27)]


@pytest.mark.parametrize("row", [r for r in rows(ERRATA) if r[0].startswith("**E")])
def test_a_slip_is_shown_where_the_list_says(row):
    number, where = row[0].strip("*"), row[-1]
    if number in NO_NUMBER:
        assert where == "—"
        return
    place = re.match(r"\[([\w-]+)\]\(notebooks/es/(\w+)\.ipynb\)", where)
    for language in LANGUAGES:
        assert f"notebooks/{language}/{place[2]}.ipynb" in where
        cells = notebook(language, place[2]).cells
        at = next(k for k, cell in enumerate(cells) if cell.id == place[1])
        assert cells[at].cell_type == "code"
        assert cells[at].outputs, "a cell that prints nothing shows nothing"
        assert (kind(cells[at]) == "skip") != (place[1] in NEEDED), place[1]
        before = [c.source for c in cells[:at] if c.cell_type == "markdown"]
        assert any(re.search(rf"\b{number}\b", text) for text in before[-3:]), number


@both
def test_every_slip_is_boxed_in_its_lecture(language):
    box = {"es": r"> \*\*Fe de erratas", "en": r"> \*\*Errat(?:um|a)"}[language]
    text = "\n".join(source for name in LECTURES for source in prose(language, name))
    boxes = "\n".join(re.findall(rf"{box}[^\n]*", text))
    found = {int(number) for number in re.findall(r"\bE(\d+)\b", boxes)}
    assert found >= {k for k in range(1, 27) if f"E{k}" not in NO_NUMBER}


def commands(language: str) -> list[str]:
    """All that stands apart in a README to be typed or read as code."""
    text = READMES[language].read_text("utf-8")
    return re.findall(r"^(```\w*\n.*?)^```", text, re.M | re.S)


def test_both_readmes_say_the_same():
    """Same sections in the same order, the same commands and the same Python."""
    spanish, english = (READMES[one].read_text("utf-8") for one in ("es", "en"))
    levels = [re.findall(r"^(#+) ", text, re.M) for text in (spanish, english)]
    assert levels[0] == levels[1]
    starts = [
        one.replace("course_utils es\n", "course_utils en\n") for one in commands("es")
    ]
    assert starts == commands("en")


MARKS = {
    "es": {"probado": "tried", "leído": "read", "no se sabe": "not known"},
    "en": {one: one for one in ("tried", "read", "not known")},
}


def where_it_runs(language: str) -> list[tuple]:
    """Row by row: the names of the places, the files that are named, and one mark."""
    text = READMES[language].read_text("utf-8")
    title = r"\n## (?:Dónde corre|Where it runs)\n"
    (section,) = re.findall(rf"{title}(.*?)\n## ", text, re.S)
    for mark in MARKS[language]:
        assert f"*{mark.capitalize()}*: " in section, "it is said what that means"
    found = []
    for place, how, said in rows(section)[2:]:
        (mark,) = re.findall(r"\*([^*]+)\*", said)
        names, files = re.findall(r"\w*[A-Z]\w+", place), re.findall(r"`[^`]+`", how)
        found.append((names, files, MARKS[language][mark]))
    return found


def test_both_readmes_know_as_much_of_each_place():
    assert where_it_runs("es") == where_it_runs("en")
    marks = {name: mark for names, _, mark in where_it_runs("en") for name in names}
    assert marks["JupyterLab"] == marks["JupyterHub"] == "tried"
    assert marks["Windows"] == marks["macOS"] == "not known"
    assert where_it_runs("en")[-1] == ([], [], "not known")  # elsewhere


@both
def test_a_readme_starts_the_course_in_its_own_language(language):
    """With uv, on Windows, with conda; by module, so that the folder may be moved."""
    typed = "".join(commands(language))
    assert typed.count(f"-m course_utils {language}\n") == 3
    text = READMES[language].read_text("utf-8")
    assert set(re.findall(r"-m course_utils (\w+)", text)) == {language}
    assert not re.search(r"uv run (jupyter|pytest)|^jupyter lab|^pytest", text, re.M)


def test_the_python_of_the_readmes_prints_what_they_say():
    (code,) = re.findall(
        r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S
    )
    done = run([new_code_cell(code, id="readme")])  # a warning would be an error
    assert done.printed["readme"] == re.search(r"print\(.*\)  # (.+\n)", code)[1]
    assert list(done.figures) == ["readme"]


def missing(guide: str) -> list[str]:
    """Files and names in a guide's `code` that are not in the course."""
    sources = [p for f in ("course_utils", "tests") for p in (ROOT / f).rglob("*.py")]
    text = "".join(path.read_text("utf-8") for path in sources)
    said = set(re.findall(r"`([\w./*]+)`", guide)) - {"lang"}
    paths = {one for one in said if "/" in one or one.endswith(".py")}
    gone = [one for one in paths if "NN" not in one and not any(ROOT.glob(f"**/{one}"))]
    return gone + [one for one in said - paths if one not in text]


def test_what_the_guide_for_contributors_names_is_there():
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert missing(guide) == []
    for name in ("LOSSES", "tests/test_network.py", "course_utils/live/"):
        wrong = name.replace("S", "Z").replace("net", "nut").replace("live", "life")
        assert missing(guide.replace(f"`{name}`", f"`{wrong}`")) == [wrong]
    for section in guide.split("\n## ")[1:]:
        lines = section.strip().splitlines()[2:]
        assert len(lines) <= 10, lines


@both
def test_the_opening_notebook_maps_the_code(language):
    """Each symbol of the table that is a name of the package is one."""
    import course_utils

    text = "\n".join(prose(language, NAMES[0]))
    for name in ("risk.gradient", "descend", "l1", "l2"):
        assert f"`{name}" in text
    assert {"descend", "l1", "l2", "Risk"} <= set(dir(course_utils))
    assert len(code_cells(notebook(language, NAMES[0]).cells)) >= 3
