"""Lectures to pages that need nothing: notebooks/{es,en}/*.ipynb → site/.

A page is one file: prose, formulas (MathML, with a typeface), code, results, and every
live figure as a picture with its words and with the records of its slider grid
(frames.py), which page.js hands to the painter that also works in Jupyter.
"""

import base64
import html
import json
import re
import shutil
from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course_utils.exercises import find

from .frames import Sheets, pack
from .markup import code, output, plain, prose, tag
from .texts import COMMAND, TEXTS

HERE = Path(__file__).resolve().parent
PAINTER = HERE.parents[1] / "course_utils" / "live" / "painter.js"
LIMITS = {"figure": 600_000, "page": 3_000_000, "site": 40_000_000}  # bytes


def write(lecture: NotebookNode, name: str, figures: dict, notebooks: Path, site: Path):
    """Both pages of a lecture; yields a line of progress for each figure and page.

    Parameters
    ----------
    lecture : NotebookNode
        The cells in both languages, whose metadata say what a page shows.
    name : str
        Of the lecture's files.
    figures : dict of Live
        Its live figures, by cell.
    notebooks, site : Path
        Folders {es,en}/ to read from and to write to.
    """
    records = {}
    for cell, figure in figures.items():
        wishes = wishes_of(lecture, cell)
        records[cell] = pack(figure, wishes)
        kilobytes = len(records[cell]["es"]) / 1000
        yield f"{name} {cell}: {len(Sheets(figure, wishes))} states, {kilobytes:.0f} kB"
        refuse_large("figure", cell, len(records[cell]["es"]))
    for language in TEXTS:
        source = notebooks / language / f"{name}.ipynb"
        notebook = nbformat.read(source, 4)
        refuse_stale(notebook, lecture, source)
        page = Page(notebook, lecture, name, figures, records, language, notebooks)
        target = site / language / f"{name}.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page.html(), "utf-8", newline="\n")
        shutil.copy(source, target.with_suffix(".ipynb"))
        size = target.stat().st_size
        yield f"{language}/{target.name}: {size / 1e6:.2f} MB"
        refuse_large("page", target.name, size)


def wishes_of(lecture: NotebookNode, cell: str) -> dict:
    (found,) = [c.metadata.get("page", {}) for c in lecture.cells if c.id == cell]
    return found


def refuse_large(what: str, name: str, size: int) -> None:
    if size > LIMITS[what]:
        raise SystemExit(f"{name}: {size} bytes; a {what} may have {LIMITS[what]}")


def refuse_stale(notebook: NotebookNode, lecture: NotebookNode, source: Path) -> None:
    written = {cell.id: cell.source for cell in lecture.cells}
    if any(written.get(cell.id) != cell.source for cell in notebook.cells):
        raise SystemExit(f"{source.name} is not what its source builds: build it first")


class Page:
    """One lecture in one language."""

    def __init__(self, notebook, lecture, name, figures, records, language, notebooks):
        self.notebook, self.name, self.language = notebook, name, language
        self.figures, self.records, self.notebooks = figures, records, notebooks
        self.texts = TEXTS[language]
        self.other = next(other for other in TEXTS if other != language)
        self.about = {cell.id: cell.metadata.get("page", {}) for cell in lecture.cells}
        self.cells = [c for c in notebook.cells if self.about[c.id] is not False]
        self.places = places(lecture)

    def html(self) -> str:
        return document(
            self.language,
            title(self.notebook),
            self.header(),
            tag("main", self.contents(), self.body(), id="main"),
            self.footer(),
        )

    # Around the lecture

    def header(self) -> str:
        texts = self.texts
        twin = f"../{self.other}/{self.name}.html"
        switch = {"href": twin, "class_": "language", "hreflang": self.other}
        buttons = tag(
            "button", texts["slides"], type="button", class_="present", hidden=True
        )
        bar = {"class_": "deck", "hidden": True, "role": "group"}
        deck = tag(
            "div",
            tag("button", "‹", type="button", class_="back", aria_label=texts["back"]),
            tag("output", class_="count"),
            tag(
                "button", "›", type="button", class_="forth", aria_label=texts["forth"]
            ),
            tag("button", texts["full"], type="button", class_="full"),
            tag("button", texts["read"], type="button", class_="read"),
            **bar,
            aria_label=texts["slides"],
        )
        nav = tag(
            "nav",
            tag("a", texts["contents"], href="../index.html"),
            buttons,
            tag("a", texts["language"], lang=self.other, **switch),
            aria_label=texts["contents"],
        )
        return tag("a", texts["skip"], href="#main", class_="skip") + tag(
            "header", nav, deck
        )

    def contents(self) -> str:
        """The headings, folded."""
        found = [
            tag("li", tag("a", prose(line, self.language)[3:-5], href=f"#{name}"))
            for line, name in headings(self.cells, self.language)
        ]
        summary = tag("summary", self.texts["here"])
        return tag("details", summary, tag("ol", *found), class_="toc")

    def footer(self) -> str:
        texts, source = self.texts, f"{self.name}.ipynb"
        here = tag("a", source, href=source, download=True)
        around = [
            tag("a", f"{texts[side]}: {name}", href=href, rel=rel)
            for side, rel, href, name in self.neighbours()
        ]
        return tag(
            "footer",
            tag("h2", texts["notebook"], id="notebook"),
            tag("p", f"{texts['beside']}: {here}. {texts['run']}"),
            tag("pre", tag("code", html.escape(COMMAND)), class_="code"),
            tag("nav", *around, class_="around", aria_label=texts["contents"]),
            tag("p", texts["credit"], " ", texts["licence"], class_="small"),
        )

    def neighbours(self):
        """The lectures before and after this one."""
        names = sorted(p.stem for p in (self.notebooks / self.language).glob("*.ipynb"))
        at = names.index(self.name)
        around = {"previous": names[at - 1 : at], "next": names[at + 1 : at + 2]}
        for side, rel in (("previous", "prev"), ("next", "next")):
            for name in around[side]:
                beside = self.notebooks / self.language / f"{name}.ipynb"
                yield side, rel, f"{name}.html", title(nbformat.read(beside, 4))

    # The lecture

    def body(self) -> str:
        """The cells in the order of the page, a solution in a fold."""
        parts, folded = [], []
        for i, cell in enumerate(self.cells):
            if is_solution(self.cells[i : i + 2]):
                folded += [self.inside(cell)]
                folded += [self.figure(cell)] if cell.id in self.figures else []
                continue
            parts += self.fold(folded)
            folded = []
            parts += [self.cell(cell)]
            if i == 0:
                hello = tag("p", self.texts["hello"], class_="hello")
                if any(len(f.picture.views) > 1 for f in self.figures.values()):
                    hello += tag("p", self.texts["narrow"], class_="narrow")
                parts += [tag("div", hello, class_="cell", data_slide="skip")]
        return "\n".join([*parts, *self.fold(folded)])

    def fold(self, folded: list[str]) -> list[str]:
        if not folded:
            return []
        summary = tag("summary", self.texts["solution"])
        inside = tag("details", summary, *folded, class_="solution")
        return [tag("div", inside, class_="cell", data_slide="skip")]

    def cell(self, cell: NotebookNode) -> str:
        slide = cell.metadata.get("slideshow", {}).get("slide_type", "-")
        about = {"id": f"c{self.places[cell.id]}"}
        if cell.cell_type == "code":  # the prose before it has its place
            about["id"] = f"c{cell.id}"
        alive = cell.id in self.figures
        if alive and slide == "subslide":  # a slide for the figure; its code goes on
            slide = "fragment"
        whole = tag("div", self.inside(cell), class_="cell", data_slide=slide, **about)
        if not alive:
            return whole
        figure = {"class_": "cell", "data_slide": "subslide", "id": f"f{cell.id}"}
        return whole + tag("div", self.figure(cell), **figure)

    def inside(self, cell: NotebookNode) -> str:
        if cell.cell_type == "markdown":
            return prose(cell.source.replace(self.texts["folded"], ""), self.language)
        parts = [code(cell.source, self.language)]
        parts += [output(text, self.language) for text in printed(cell)]
        if "check(" in cell.source and "..." in cell.source:
            parts += [self.answer(), self.hint(cell)]
        return "".join(parts)

    def answer(self) -> str:
        """Below an exercise: where it can be done."""
        source, texts = f"{self.name}.ipynb", self.texts
        there = tag("a", source, href=source, download=True)
        how = tag("a", texts["how"], href="#notebook")
        return tag("p", f"{texts['answer']} {there} ({how}).", class_="small")

    def hint(self, cell: NotebookNode) -> str:
        """Folded; on the page nobody says what is wrong with an answer."""
        (exercise,) = re.findall(r'check\("([^"]+)"', cell.source)
        hint = find(exercise).hint
        if not hint:
            raise SystemExit(f"exercise {exercise}: a hint is missing")
        summary = tag("summary", self.texts["hint"])
        return tag("details", summary, prose(hint[self.language], self.language))

    # A live figure

    def figure(self, cell: NotebookNode) -> str:
        """Its sliders, its picture with words, and its records."""
        figure = self.figures[cell.id]
        sheets = Sheets(figure, self.about[cell.id])
        words = figure.sentences()[self.language]
        width, height = figure.picture.size
        png = stored_picture(cell).replace("\n", "")
        picture = tag(
            "img", alt=words, width=f"{width:g}", src=f"data:image/png;base64,{png}"
        )
        records = self.records[cell.id][self.language]
        return tag(
            "figure",
            tag("form", self.controls(sheets), class_="controls", hidden=True),
            self.remark(sheets),
            tag("div", picture, class_="picture"),
            tag("figcaption", html.escape(words)),
            tag("script", records, type="text/plain"),
            class_="live",
            style=f"--ratio:{width / height:g}",
        )

    def controls(self, sheets: Sheets) -> str:
        reset = tag("button", "↺", type="reset", aria_label=self.texts["reset"])
        return reset + "".join(map(self.control, sheets.controls()))

    def control(self, about: dict) -> str:
        """One slider, list or box; all of them tell the place of their value."""
        values, start = about["values"], about["start"]
        letter = tag("span", html.escape(about["letter"]), class_="letter")
        if about["kind"] == "select":
            listed = (
                tag("option", html.escape(text), selected=place == start)
                for place, text in enumerate(values)
            )
            return tag("label", letter, tag("select", *listed))
        if about["kind"] == "check":
            return tag(
                "label", letter, tag("input", type="checkbox", checked=start > 0)
            )
        listed = json.dumps(values, ensure_ascii=False)
        last = {"min": 0, "max": len(values) - 1, "value": start}
        slider = tag("input", type="range", **last, data_values=listed)
        label = tag("label", letter, slider, tag("output", values[start]))
        if not about["plays"]:
            return label
        walk = f"{self.texts['walk']} {about['letter']}"
        play = tag("button", "▶", type="button", class_="play", aria_label=walk)
        return tag("span", play, label, class_="walk")

    def remark(self, sheets: Sheets) -> str:
        """What stands still on this page, and what varies at the same time."""
        texts, said = self.texts, []
        letters = {about["name"]: about["letter"] for about in sheets.controls()}
        if len(sheets.together) > 1:
            groups = [", ".join(letters[n] for n in names) for names in sheets.together]
            said += [f"{texts['together']}: {' · '.join(groups)}; {texts['apart']}."]
        if sheets.fixed():
            still = ", ".join(f"{k} = {value}" for k, value in sheets.fixed().items())
            said += [f"{texts['still']}: {still}."]
        remark = tag("p", html.escape(" ".join(said)), class_="small remark")
        return remark if said else ""


def places(lecture: NotebookNode) -> dict[str, str]:
    """For every cell the id of its place, which Spanish and English share."""
    found, last = {}, ""
    for cell in lecture.cells:
        last = last if cell.metadata.get("lang") == "en" else cell.id
        found[cell.id] = last
    return found


def is_solution(cells: list[NotebookNode]) -> bool:
    """Whether the first of these two cells is a solution, or the prose before one."""
    tagged = ["solution" in cell.metadata.get("tags", []) for cell in cells]
    before = cells[0].source.startswith(("**Soluci", "**Solution"))
    return tagged[0] or (before and tagged[1:] == [True])


def printed(cell: NotebookNode) -> list[str]:
    texts = [o.text for o in cell.outputs if o.output_type == "stream"]
    data = [o.data for o in cell.outputs if "data" in o]
    return texts + [d["text/plain"] for d in data if "image/png" not in d]


def stored_picture(cell: NotebookNode) -> str:
    (found,) = [o.data["image/png"] for o in cell.outputs if "image/png" in o.data]
    return found


def title(notebook: NotebookNode) -> str:
    return plain(notebook.cells[0].source.splitlines()[0].lstrip("# "))


def headings(cells: list[NotebookNode], language: str):
    """The second-level headings, and their anchors."""
    for cell in cells:
        if cell.cell_type == "markdown":
            for line in re.findall(r"^## (.+)$", cell.source, re.M):
                found = re.search(r'<h2 id="([^"]+)"', prose(f"## {line}", language))
                yield line, found[1]


# Every page


def document(language: str, name: str, header: str, main: str, footer: str) -> str:
    """One file with all that it needs."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", html.escape(name)),
        tag("style", style()),
    )
    script = tag("script", behaviour(), type="module")
    page = tag("html", head, tag("body", header, main, footer, script), lang=language)
    return f"<!doctype html>\n{page}\n"


@cache
def style() -> str:
    font = base64.b64encode((HERE / "math.woff2").read_bytes()).decode()
    return (HERE / "page.css").read_text("utf-8").replace("math.woff2", font)


@cache
def behaviour() -> str:
    """The painter, and what leads it; one module, since nothing can be fetched."""
    painter = PAINTER.read_text("utf-8").replace("export default { render };", "")
    return painter + (HERE / "page.js").read_text("utf-8")


def write_index(notebooks: Path, site: Path) -> str:
    """site/index.html: every page, in both languages; returns a line of progress."""
    course = " · ".join(texts["course"] for texts in TEXTS.values())
    lists = tag(
        "div", *(listed(notebooks, language) for language in TEXTS), class_="contents"
    )
    credits = (
        tag("p", texts["credit"], " ", texts["licence"], class_="small", lang=language)
        for language, texts in TEXTS.items()
    )
    main, footer = tag("main", lists, id="main"), tag("footer", *credits)
    page = document("es", course, "", main, footer)
    (site / "index.html").write_text(page, "utf-8", newline="\n")
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    refuse_large("site", str(site), size)
    return f"index.html; the whole site: {size / 1e6:.1f} MB"


def listed(notebooks: Path, language: str) -> str:
    """The lectures in one language, each with the line below its title."""
    texts, items = TEXTS[language], []
    for source in sorted((notebooks / language).glob("*.ipynb")):
        notebook = nbformat.read(source, 4)
        link = tag(
            "a", html.escape(title(notebook)), href=f"{language}/{source.stem}.html"
        )
        below = "".join(notebook.cells[0].source.splitlines()[2:3])
        about = prose(below, language) if below.startswith("*") else ""
        items += [tag("li", link, about.replace('href="', f'href="{language}/'))]
    return tag(
        "section",
        tag("h1", texts["course"]),
        tag("p", texts["index"]),
        tag("ul", *items),
        lang=language,
    )
