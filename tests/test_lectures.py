"""Every lecture: built as committed, fit for slides, its figures never at a loss."""

import ast
import base64
import copy
import io
import itertools
import json
import re
import statistics
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from minutes import SHOWN_ALONE, kind, of_exercise
from support.course import (
    LANGUAGES,
    NAMES,
    ROOT,
    build,
    called,
    checked,
    code_cells,
    each_notebook,
    notebook,
    shows_a_figure,
    small,
    source,
    tags,
)

SLIDES = {"slide", "subslide", "fragment", "skip", "notes"}  # a "-" is never seen
LONGEST, USUAL = 15, 5  # lines of a code cell, at most and by the median

each_lecture = pytest.mark.parametrize("name", NAMES)


def test_there_are_lectures():
    assert "02_gd_divergence" in NAMES


# Each rule is a function of cells, so that it can be seen to fail on a planted mistake.


# What hides an answer, in plain words; a note for teachers is on no slide of theirs.
NOTES = {"es": "Para quien enseña", "en": "For the teacher"}
SUMMARIES = {
    "es": ("Solución", "Respuesta de la predicción", "Respuesta de la meta"),
    "en": ("Solution", "Answer to the prediction", "Answer to the goal"),
}


def slides(cells):
    for cell in cells:
        if cell.cell_type == "markdown":
            kind = cell.metadata.get("slideshow", {}).get("slide_type")
            assert kind in SLIDES, f"{cell.id}: slide_type = {kind!r}"


def pairs(cells):
    """A Spanish cell and its English twin after it: one name, one kind of slide."""
    places = [k for k, cell in enumerate(cells) if cell.cell_type == "markdown"]
    prose = [cells[k] for k in places]
    assert [cell.metadata.lang for cell in prose] == ["es", "en"] * (len(prose) // 2)
    for k, spanish, english in zip(places[::2], prose[::2], prose[1::2], strict=True):
        assert cells[k + 1] is english, spanish.id
        assert spanish.id == english.id, f"{spanish.id}: its twin is {english.id}"
        one, other = (dict(cell.metadata, lang="") for cell in (spanish, english))
        assert one == other, f"{spanish.id}: the twins differ in {one} {other}"
        assert spanish.source.strip() != english.source.strip(), spanish.id
        for mark in (r"^#+ ", r"\$\$", r"^!\[", r"^- ", r"^> "):
            found = [len(re.findall(mark, c.source, re.M)) for c in (spanish, english)]
            assert found[0] == found[1], f"{spanish.id}: the twins differ in {mark}"


def sentence_between(cells):
    """No two code cells in a row, in what one language shows."""
    for one, other in zip(cells, cells[1:], strict=False):
        kinds = one.cell_type, other.cell_type
        assert kinds != ("code", "code"), f"{one.id}, {other.id}: no sentence between"


def short(cells):
    lengths = []
    for cell in code_cells(cells):
        lines = cell.source.splitlines()
        lengths.append(len(lines) - cell.source.startswith("# Solución"))
        assert 0 < len(lines) <= LONGEST, f"{cell.id}: {len(lines)} lines"
        assert max(map(len, lines)) <= 88, (
            f"{cell.id}: a line of {max(map(len, lines))}"
        )
        assert not lines[-1].rstrip().endswith(";"), f"{cell.id} ends in ;"
    assert statistics.median(lengths) <= USUAL


def no_plotting(cells):
    for cell in code_cells(cells):
        assert not re.search(r"\bplt\b|matplotlib|pyplot", cell.source), cell.id


def figure_is_shown_by_its_cell(cells):
    """A figure is the value of its cell's last line, else no one sees it."""
    for cell in code_cells(cells):
        if shows_a_figure(cell):
            last = ast.parse(cell.source).body[-1]
            assert isinstance(last, ast.Expr), f"{cell.id}: the last line is no figure"


def executed_in_order(cells):
    counts = [cell.execution_count for cell in code_cells(cells)]
    assert counts == list(range(1, len(counts) + 1))


def clean_outputs(cells):
    for cell in code_cells(cells):
        kinds = [output.output_type for output in cell.outputs]
        assert ("error" in kinds) == ("raises-exception" in tags(cell)), cell.id
        for output in cell.outputs:
            assert output.get("name") != "stderr", f"{cell.id}: {output.text}"
        text = json.dumps(cell.outputs)
        text = re.sub(r'"image/png": "[^"]*"', "", text)
        for forbidden in (
            r"np\.float\d+\(",
            r"np\.(int|bool)\w*\(",
            r"0x[0-9a-f]{6,}",
            r"model_id",
            r"widget-view",
            r"widget-state",
            r"/(home|root|work|tmp|Users)/",
            r"-0\.0+(?![0-9])",
        ):
            assert not re.search(forbidden, text), f"{cell.id}: {forbidden} in {text}"


def pictures_beside_figures(cells):
    for cell in code_cells(cells):
        figures = [
            output
            for output in cell.outputs
            if re.search(r"^figure \d+x\d+$", text_of(output), re.M)
            or "image/png" in output.get("data", {})
        ]
        assert len(figures) == shows_a_figure(cell), cell.id
        for output in figures:
            assert "image/png" in output.data, f"{cell.id}: no picture"
            width, height = re.search(r"figure (\d+)x(\d+)\n", text_of(output)).groups()
            picture = Image.open(io.BytesIO(base64.b64decode(output.data["image/png"])))
            assert picture.size == (2 * int(width), 2 * int(height))
            about = output.metadata["image/png"]
            assert about["width"] == int(width)
            assert re.fullmatch(r"[^—]+\.", about["alt"]), f"{cell.id}: {about}"


def text_of(output) -> str:
    return output.get("data", {}).get("text/plain", "")


def no_widget_state(book):
    assert set(book.metadata) == {"kernelspec", "language_info", "lang"}
    assert "widget" not in json.dumps(book.metadata)


def folded(cells):
    """What is folded is a whole cell, is no slide, and says in plain words what it is.

    Markdown and its formulas are read between blank lines alone.
    """
    for cell in cells:
        if cell.cell_type == "markdown" and re.search("<details|<summary", cell.source):
            note = NOTES[cell.metadata.lang]
            summary = "|".join([*SUMMARIES[cell.metadata.lang], note])
            whole = (
                rf"<details><summary>({summary})</summary>\n\n"
                r"(?!\s)((?!</?details).)+(?<!\s)\n\n</details>"
            )
            assert re.fullmatch(whole, cell.source, re.S), f"{cell.id}: {cell.source}"
            wanted = "notes" if f"<summary>{note}<" in cell.source else "skip"
            assert kind(cell) == wanted, cell.id
        assert kind(cell) != "notes" or "<details" in cell.source, cell.id


def solutions(cells):
    """The prose of a solution is folded; its code opens with a comment.

    JupyterLab shows the first line of a cell that is folded. And it is no answer of the
    student's: `solution` says that it is right, and nobody else calls it.
    """
    for cell in cells:
        if cell.id.endswith("-why"):
            summary = SUMMARIES[cell.metadata.lang][0]
            assert f"<summary>{summary}</summary>" in cell.source, cell.id
    for cell in code_cells(cells):
        is_solution = "solution" in tags(cell)
        assert bool(called(cell, "solution")) == is_solution, cell.id
        assert not (is_solution and called(cell, "check")), cell.id
        if is_solution:
            (number,) = set(checked(cell))
            first = f"# Solución {number} · Solution {number}\n"
            assert cell.source.startswith(first), f"{cell.id}: {cell.source}"


def exercises_are_for_readers(cells):
    """On no slide is an exercise: a class would wait for one, and see the answer."""
    for cell in filter(of_exercise, cells):
        assert kind(cell) == "skip", f"{cell.id}: an exercise on a slide"


def progress_at_the_end(cells):
    places = [k for k, c in enumerate(cells) if called_in(c, "progress")]
    assert len(places) == 1, f"progress() stands in {len(places)} cells"
    assert cells[places[0]].source == "progress()"
    assert not any(called_in(c, "check") for c in cells[places[0] :])


def called_in(cell, name: str) -> bool:
    return cell.cell_type == "code" and bool(called(cell, name))


def read_without_stopping(cells):
    """No value named inside a call; no zeros added to give something its shape."""
    for cell in code_cells(cells):
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, ast.NamedExpr), f"{cell.id}: a walrus"
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
                sides = [ast.unparse(side) for side in (node.left, node.right)]
                zeros = [side for side in sides if re.match(r"0 \*|.* \* 0$", side)]
                assert not zeros, f"{cell.id}: + {zeros[0]}"


def answers(cells):
    """Each prediction has its answer in its section, folded; so have the goals.

    Where an exercise asks for the goal, its solution is the answer.
    """
    asks = {"es": ("Predice", "Meta"), "en": ("Predict", "Goal")}
    for language, (predict, goal) in asks.items():
        mine = build.of_language(cells, language)
        text = "\n".join(c.source for c in mine if c.cell_type == "markdown")
        solution, predicted, reached = SUMMARIES[language]
        for section in re.split(r"(?m)^## ", text):
            title = section.partition("\n")[0]
            found = section.count(f"<summary>{predicted}</summary>")
            assert section.count(f"> **{predict}.**") == found, title
            if f"> **{goal}" in section:
                assert re.search(f"<summary>({reached}|{solution})<", section), title


# What a class sees: on a slide is what begins it and what follows, until the next one.

ERRATUM = r"^> \*\*(Fe de erratas|Errat)"
FEWEST = 20  # words of a slide that is nothing but words


def decks(cells) -> list[list]:
    """The cells of each slide, in what one language shows."""
    found = []
    for cell in cells:
        if kind(cell) in SHOWN_ALONE:
            found.append([cell])
        elif kind(cell) == "fragment":
            found[-1].append(cell)
    return found


def errata_are_for_readers(cells):
    """On no slide is a box of errata, nor what proves it; and it quotes its slide.

    Where a slide goes on after a box, the next cell's name says so.
    """
    after = False
    for cell in cells:
        begins = kind(cell) in SHOWN_ALONE or cell.id.endswith("-then")
        assert not after or begins or kind(cell) == "skip", (
            f"{cell.id} proves an erratum"
        )
        after = after and not begins
        if cell.cell_type == "markdown" and re.search(ERRATUM, cell.source, re.M):
            assert kind(cell) == "skip", f"{cell.id}: an erratum on a slide"
            assert re.search(r"[«“\"$]", cell.source), f"{cell.id}: quotes nothing"
            after = True


def prints(cell) -> bool:
    return bool(cell.get("outputs"))


def nothing_only_feeds_a_figure(cells):
    """No code that prints nothing, since a slide that prints or opens a section."""
    waiting = []
    for slide in decks(cells):
        code = code_cells(slide)
        if any(map(shows_a_figure, code)):
            assert not waiting, f"{waiting} only feed {code[0].id}"
        if any(map(prints, code)) or slide[0].source.startswith("#"):
            waiting = []
        waiting += [cell.id for cell in code if not any(map(prints, code))]


def code_leads_somewhere(cells):
    """What a slide's code defines and does not print, later code of the show reads."""
    shown = [cell for slide in decks(cells) for cell in code_cells(slide)]
    for k, cell in enumerate(shown):
        read = {name for later in shown[k + 1 :] for name in names_in(later, ast.Load)}
        used = names_in(cell, ast.Store) & read
        assert prints(cell) or used, f"{cell.id}: no slide needs it"


def names_in(cell, use: type) -> set[str]:
    """The names that a cell reads, or those that it gives to something."""
    nodes = list(ast.walk(ast.parse(cell.source)))
    names = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, use)}
    defined = {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    return names | defined if use is ast.Store else names


ASKED = r"^> \*\*(Predice|Predict|Meta|Goal)\b"


def nothing_alone_before_a_figure(cells):
    """What one should do with a figure is no lonely sentence on the slide before it."""
    shown = [cell for slide in decks(cells) for cell in slide]
    for cell, after in zip(shown, shown[1:], strict=False):
        prose = cell.cell_type == "markdown" and not re.search(ASKED, cell.source, re.M)
        if is_a_figure(after) and prose:
            assert len(cell.source.split()) >= FEWEST, f"{cell.id}: {cell.source}"


def is_a_figure(cell) -> bool:
    return cell.cell_type == "code" and shows_a_figure(cell)


def a_figure_has_its_question(cells):
    """Beside a figure are its goal, or a question, and no other code."""
    for slide in decks(cells):
        code = code_cells(slide)
        if any(map(shows_a_figure, code)):
            asked = any("?" in cell.source for cell in slide if cell not in code)
            assert len(code) == 1, f"{code[0].id}: more code"
            assert "goal=" in code[0].source or asked, code[0].id


def nothing_between_a_figure_and_its_question(cells):
    """The cell above a figure has its boxes: one screen shows question and figure."""
    for above, cell in itertools.pairwise([new_markdown_cell(), *cells]):
        if cell.cell_type == "code" and shows_a_figure(cell):
            asked = re.search(ASKED, above.source, re.M)
            assert asked, f"{cell.id}: {above.id} stands between it and its question"


def no_lonely_sentence(cells):
    """One sentence alone is no slide."""
    for slide in decks(cells):
        text = "\n".join(cell.source for cell in slide)
        more = code_cells(slide) or re.search(r"^(#|>|- |\||\$\$|!\[)", text, re.M)
        sentences = len(re.findall(r"[.!?…:](?=[\s*_)»”]|$)", text))
        alone = not more and (sentences < 2 or len(text.split()) < FEWEST)
        assert not alone, f"{slide[0].id}: {text}"


SOURCE_RULES = [
    slides,
    pairs,
    short,
    no_plotting,
    figure_is_shown_by_its_cell,
    read_without_stopping,
]
FOLDED_RULES = [folded, solutions, exercises_are_for_readers, progress_at_the_end]
SLIDE_RULES = [
    errata_are_for_readers,
    nothing_only_feeds_a_figure,
    code_leads_somewhere,
    nothing_alone_before_a_figure,
    a_figure_has_its_question,
    nothing_between_a_figure_and_its_question,
    no_lonely_sentence,
]
NOTEBOOK_RULES = [
    *SLIDE_RULES,
    sentence_between,
    executed_in_order,
    clean_outputs,
    pictures_beside_figures,
]


@pytest.mark.parametrize("rule", SOURCE_RULES, ids=lambda rule: rule.__name__)
@each_lecture
def test_sources(name, rule):
    rule(source(name).cells)


@each_lecture
def test_nothing_is_seen_before_it_is_asked(name):
    cells = source(name).cells
    for rule in FOLDED_RULES:
        rule(cells)


@each_lecture
def test_every_prediction_and_goal_has_its_answer(name):
    answers(source(name).cells)


@pytest.mark.parametrize("rule", NOTEBOOK_RULES, ids=lambda rule: rule.__name__)
@each_notebook
def test_notebooks(language, name, rule):
    rule(notebook(language, name).cells)


@each_notebook
def test_no_widget_state_is_stored(language, name):
    no_widget_state(notebook(language, name))


# The rules are seen to fail.


def prose(lang="es", text="Una frase.", slide="slide", id="09-one"):
    metadata = {"lang": lang, "slideshow": {"slide_type": slide}}
    return new_markdown_cell(text, metadata=metadata, id=id)


def code(text="x = 1", outputs=(), count=1, slide="", **metadata):
    if slide:
        metadata["slideshow"] = {"slide_type": slide}
    return new_code_cell(
        text, id="09-code", outputs=[*outputs], execution_count=count, metadata=metadata
    )


def png(size=(1200, 720)) -> str:
    out = io.BytesIO()
    Image.new("RGB", size).save(out, "png")
    return base64.b64encode(out.getvalue()).decode()


def live_output(alt="Con η.", size=(1200, 720), width=600):
    return new_output(
        "display_data",
        {"text/plain": "eta = 1\nfigure 600x360\nx: θ", "image/png": png(size)},
        metadata={"image/png": {"alt": alt, "width": width}},
    )


def fold(summary: str, text: str) -> str:
    return f"<details><summary>{summary}</summary>\n\n{text}\n\n</details>"


SHOWN = code("live(run)", [live_output()])
ANSWER = prose("en", fold("Answer to the prediction", "One."), "skip")
GOOD_FOLDS = [
    prose("en", "## Here\n\n> **Predict.** One?"),
    ANSWER,
    code('check("9.1", ...)'),
    prose("es", fold("Para quien enseña", "Una."), "notes"),
    prose("es", fold("Solución", "Una, $x$.\n\n$$x$$"), "skip", "09-one-why"),
    code('# Solución 9.1 · Solution 9.1\nsolution("9.1", 1)', tags=["solution"]),
    code("progress()"),
]
BOX = "> **Fe de erratas E1 (diapositiva 1).** Dice «dos»."
QUESTION = "> **Predice.** ¿Uno?\n\n> **Meta.** $\\eta > 1$."
GOAL = 'live(run, goal=Goal("η > 1", met))'
FED = code("live(run)", [live_output()], slide="subslide")
GOOD_SLIDES = [
    prose(text="## Uno\n\nY una frase."),
    code(slide="fragment"),
    prose(text=BOX, slide="skip"),
    code(slide="skip"),
    prose(text="Vamos con cuidado. " * 10),
    code("print(x)", [new_output("stream", text="1\n")], slide="fragment"),
    code(slide="skip"),
    prose(text="Y ahora a moverla. " * 10, slide="subslide"),
    prose(text=QUESTION, slide="fragment"),
    code(GOAL, [live_output()], slide="subslide"),
]
GOOD = [
    prose(text="# Una frase."),
    prose("en", "# A sentence."),
    code("print(1)", [new_output("stream", text="1\n")]),
]
BAD = [
    (slides, [new_markdown_cell("x", metadata={"lang": "es"})]),
    (slides, [prose(slide="slides")]),
    (slides, [prose(slide="-")]),
    (pairs, [prose("es"), prose("es", "Otra.")]),
    (pairs, [prose("en", "One."), prose("es")]),
    (pairs, [prose("es"), code(), prose("en", "One.")]),
    (pairs, [prose("es"), prose("en", "One.", slide="fragment")]),
    (pairs, [prose("es"), prose("en", "One.", id="09-two")]),
    (pairs, [prose("es", "a"), prose("en", "a")]),
    *(
        (folded, [prose("es", text, slide)])
        for slide, text in (
            ("slide", fold("Solución", "Una.")),
            ("skip", "Primero. " + fold("Solución", "Una.")),
            ("skip", fold("Solución", "Una.") + "\n\nDespués."),
            ("skip", fold("Solution", "Una.")),
            ("skip", fold("Ábreme", "Una.")),
            ("skip", fold("Solución", "")),
            ("skip", fold("Solución", "Una.").replace("\n\n", "\n")),
            ("skip", fold("Solución", fold("Solución", "Una."))),
            ("skip", fold("Para quien enseña", "Una.")),
            ("notes", fold("Solución", "Una.")),
            ("notes", "Una."),
        )
    ),
    (solutions, [prose("es", "**Solución**: una.", id="09-one-why")]),
    (solutions, [prose("en", fold("Answer to the goal", "One."), id="09-one-why")]),
    *(
        (solutions, [code(text, tags=["solution"])])
        for text in (
            "a = 1\nsolution('9.1', a)",
            "# Solución 9.2 · Solution 9.2\nsolution('9.1', 1)",
            "# Solución 9.1 · Solution 9.1\ncheck('9.1', 1)",
            "# Solución 9.1 · Solution 9.1\ncheck('9.1', 1)\nsolution('9.1', 1)",
        )
    ),
    (solutions, [code("# Solución 9.1 · Solution 9.1\nsolution('9.1', 1)")]),
    *(
        (exercises_are_for_readers, [prose("es", slide=slide, id=f"09-one-{part}")])
        for slide, part in [
            ("slide", "question"),
            ("fragment", "answer"),
            ("notes", "why"),
            ("subslide", "solution"),
        ]
    ),
    (progress_at_the_end, [code()]),
    (progress_at_the_end, [code("progress()"), code("progress()")]),
    (progress_at_the_end, [code("progress()"), code("check('9.1', ...)")]),
    (progress_at_the_end, [code("a = 1\nprogress()")]),
    (answers, [prose("es", "> **Predice.** ¿Uno?")]),
    (answers, [prose("en", fold("Answer to the prediction", "One."))]),
    (answers, [prose("en", "> **Predict.** One?"), prose("en", "## Later"), ANSWER]),
    (answers, [prose("es", "> **Predice.** ¿Uno?"), ANSWER]),
    (answers, [prose("es", "> **Meta.** Uno.")]),
    (answers, [prose("en", "> **Predict.** One?\n\n> **Goal 1.** One."), ANSWER]),
    *(
        (errata_are_for_readers, cells)
        for cells in (
            [prose("es", BOX)],
            [prose("en", BOX.replace("Fe de erratas", "Erratum"), "subslide")],
            [prose("es", f"## Uno\n\n{BOX}")],
            [prose("es", BOX, "skip"), prose("es", "Y esto.", "fragment")],
            [prose("es", BOX, "skip"), code(slide="fragment")],
            [prose("es", BOX.partition(" Dice")[0], "skip")],
        )
    ),
    *(
        (nothing_only_feeds_a_figure, [prose(), *cells, FED])
        for cells in (
            [code(slide="fragment")],
            [code(slide="subslide")],
            [code(slide="subslide"), prose("es", "Mueve η.", "subslide")],
        )
    ),
    *(
        (code_leads_somewhere, [prose(), code(slide="fragment"), *cells])
        for cells in (
            [],
            [code("print(y)", slide="fragment")],
            [code("print(x)", slide="skip")],
            [code("x = 2", slide="fragment"), FED],
        )
    ),
    (nothing_alone_before_a_figure, [prose("en", "Move η."), FED]),
    (nothing_alone_before_a_figure, [prose(text="## A " + "b " * 30), prose(), FED]),
    (a_figure_has_its_question, [FED]),
    (a_figure_has_its_question, [code(GOAL, slide="slide"), code(slide="fragment")]),
    *(
        (nothing_between_a_figure_and_its_question, [prose(text=QUESTION), *cells, FED])
        for cells in (
            [code(slide="skip")],
            [prose(text="Mueve η.", slide="skip")],
            [code(slide="skip"), prose(text="Mueve η. ¿Uno?", slide="fragment")],
            [prose(text=BOX, slide="skip")],
        )
    ),
    (nothing_between_a_figure_and_its_question, [FED]),
    (no_lonely_sentence, [prose()]),
    (no_lonely_sentence, [prose("en", "Slowly, with care. " * 6)]),
    (no_lonely_sentence, [prose("en", "Slowly, with care, " * 20 + "we go.")]),
    (pairs, [prose("es", "- a\n- b"), prose("en", "- one")]),
    (pairs, [prose("es", "$$x$$"), prose("en", "nothing")]),
    (sentence_between, [code(), code()]),
    (short, [code("x = 1\n" * 16)]),
    (short, [code("x = 1\n" * 6)]),
    (short, [code("x = '" + 90 * "a" + "'")]),
    (short, [code("x = 1;")]),
    (short, [code("")]),
    (no_plotting, [code("import matplotlib.pyplot as p")]),
    (no_plotting, [code("plt.plot(x)")]),
    (figure_is_shown_by_its_cell, [code("f = live(run)")]),
    (executed_in_order, [code(count=2)]),
    (executed_in_order, [code(count=None)]),
    (executed_in_order, [code(count=1), code(count=1)]),
    (clean_outputs, [code(outputs=[new_output("stream", name="stderr", text="a")])]),
    (read_without_stopping, [code("print(y := 2)")]),
    (read_without_stopping, [code("z = y + 0 * x")]),
    (clean_outputs, [code(outputs=[new_output("error", ename="ValueError")])]),
    (clean_outputs, [code(tags=["raises-exception"])]),
    *(
        (clean_outputs, [code(outputs=[new_output("stream", text=text)])])
        for text in (
            "np.float64(1.1)",
            "np.int64(3)",
            "np.True_ np.bool_(True)",
            "<f at 0x7fd3a8>",
            "-0.0000",
            "/home/ana/x.py",
        )
    ),
    (clean_outputs, [code(outputs=[new_output("display_data", {"a": "model_id"})])]),
    *(
        (pictures_beside_figures, [code("live(run)", outputs)])
        for outputs in (
            [],
            [live_output(alt="Con η. — With η.")],
            [live_output(alt="Con η")],
            [live_output(size=(600, 360))],
            [live_output(width=1200)],
            [new_output("display_data", {"text/plain": "figure 6x3"})],
        )
    ),
    (pictures_beside_figures, [code("x = 1", [live_output()])]),
]


@pytest.mark.parametrize(
    ("rule", "cells"), BAD, ids=lambda case: getattr(case, "__name__", "")
)
def test_a_planted_mistake_breaks_its_rule(rule, cells):
    with pytest.raises(AssertionError):
        rule(cells)


def test_good_cells_break_no_rule():
    for rule in [*SOURCE_RULES, *NOTEBOOK_RULES]:
        rule(GOOD if rule is not pictures_beside_figures else [SHOWN])
    for rule in [*FOLDED_RULES, answers]:
        rule(GOOD_FOLDS)
    for rule in SLIDE_RULES:
        rule(GOOD_SLIDES)
    with pytest.raises(AssertionError):
        no_widget_state(new_notebook(metadata={"widgets": {}}))


# The committed notebooks are what the sources build.


def skeleton(book) -> list[tuple]:
    return [
        (cell.id, cell.cell_type, cell.source, cell.metadata) for cell in book.cells
    ]


@each_notebook
def test_a_notebook_is_what_its_source_builds(language, name):
    built = build.translated(source(name), language)
    committed = notebook(language, name)
    assert skeleton(built) == skeleton(committed)
    assert built.metadata == committed.metadata


def without_words(cell):
    """A code cell but for what it says in one language, and for its pictures.

    A picture is drawn for each; that all its lines and points are the same is in the
    text beside it.
    """
    cell = copy.deepcopy(cell)
    for output in cell.outputs:
        output.get("data", {}).pop("image/png", None)
        output.get("metadata", {}).get("image/png", {}).pop("alt", None)
        if called(cell, "check", "solution", "progress"):
            output.text = re.sub(r"^[✓✗…] .*\n", "", output.get("text", ""), flags=re.M)
        if called(cell, "check_gradient"):
            output.text = re.sub(r"[✓✗] .*", numbers_of, output.get("text", ""))
    return cell


def numbers_of(verdict: re.Match) -> str:
    """What a gradient check says in every language."""
    return " ".join([verdict[0][0], *re.findall(r"-?\d[\d.e-]*", verdict[0])])


@each_lecture
def test_both_notebooks_have_the_same_code_and_outputs(name):
    spanish, english = (code_cells(notebook(one, name).cells) for one in LANGUAGES)
    assert [*map(without_words, spanish)] == [*map(without_words, english)]
    ids = [cell.id for cell in notebook("es", name).cells]
    assert len(set(ids)) == len(ids)


def printed(text, source='check("9.1", 1)'):
    return code(source, [new_output("stream", text=text)])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (printed("✗ 9.1: sube\n1\n"), printed("✗ 9.1: it climbs\n1\n"), True),
        (printed("✗ 9.1: sube\n1\n"), printed("✗ 9.1: it climbs\n2\n"), False),
        (printed("✓ a\n", "print(a)"), printed("✓ b\n", "print(a)"), False),
        (
            printed("✓ error relativo menor que 1e-06\n", "check_gradient(R, x)"),
            printed("✓ relative error below 1e-06\n", "check_gradient(R, x)"),
            True,
        ),
        (
            printed("✓ error relativo menor que 1e-06\n", "check_gradient(R, x)"),
            printed("✓ relative error below 1e-05\n", "check_gradient(R, x)"),
            False,
        ),
        (code(outputs=[live_output()]), code(outputs=[live_output("With η.")]), True),
        (code(outputs=[live_output()]), code(outputs=[live_output(width=1)]), False),
    ],
)
def test_two_languages_may_differ_only_in_their_words(one, other, same):
    assert (without_words(one) == without_words(other)) is same


def test_no_notebook_is_left_without_its_source():
    for language in LANGUAGES:
        found = {path.stem for path in (ROOT / "notebooks" / language).glob("*.ipynb")}
        assert found == set(NAMES)


@each_notebook
def test_a_notebook_is_written_as_the_build_writes_it(language, name):
    path = ROOT / "notebooks" / language / f"{name}.ipynb"
    assert path.read_text("utf-8") == nbformat.writes(notebook(language, name)) + "\n"


# Links lead somewhere.


def anchors(cells) -> set[str]:
    heads = [re.findall(r"^#+ (.+)$", cell.source, re.M) for cell in cells]
    return {head.strip().replace(" ", "-") for found in heads for head in found}


def broken_links(folder: Path, cells) -> list[str]:
    broken = []
    for cell in cells:
        if cell.cell_type != "markdown":
            continue
        for link in re.findall(r"\]\(<?([^)>]+)>?\)", cell.source):
            if re.match(r"https?://", link):
                continue
            path, _, anchor = link.partition("#")
            target = folder / path if path else None
            if target and not target.exists():
                broken.append(link)
            if anchor and target is None and anchor not in anchors(cells):
                broken.append(link)
    return broken


@each_notebook
def test_links_lead_somewhere(language, name):
    folder = ROOT / "notebooks" / language
    assert not broken_links(folder, notebook(language, name).cells)


def test_a_broken_link_is_found(tmp_path):
    (tmp_path / "a.ipynb").touch()
    cells = [prose(text="# Uno dos\n[a](a.ipynb) [b](b.ipynb) [c](#Uno-dos) [d](#x)")]
    assert broken_links(tmp_path, cells) == ["b.ipynb", "#x"]


# A small lecture of our own: the build.


def test_reading_is_always_the_same(tmp_path):
    first, again = (build.read(small(tmp_path)) for _ in range(2))
    assert first == again
    spanish, english = (build.translated(first, one) for one in LANGUAGES)
    assert [cell.source for cell in spanish.cells][::2] == ["# Uno", "Dos."]
    assert [cell.source for cell in english.cells][::2] == ["# One", "Two."]
    assert code_cells(spanish.cells) == code_cells(english.cells)
    assert build.translated(again, "es") == spanish
    assert first == again, "translating leaves the lecture as it is"
    spanish.cells[0].source = "changed"
    assert first == again, "a translation is a copy"


@pytest.mark.parametrize("text", ["x=1", "print( 1 )", "x = 'a'", "f(  # a\n1)"])
def test_code_that_ruff_would_write_otherwise_is_refused(tmp_path, text):
    with pytest.raises(SystemExit, match=r"09_small\.md, cell 09-code: ruff format"):
        build.read(small(tmp_path, text))


def test_code_that_cannot_be_parsed_is_refused(tmp_path):
    with pytest.raises(SystemExit, match=r"09_small\.md"):
        build.read(small(tmp_path, "print((1)"))


def test_prose_without_a_language_is_refused(tmp_path):
    path = small(tmp_path)
    text = path.read_text("utf-8").replace('"lang": "es"}', '"lang": "fr"}')
    path.write_text(text, "utf-8")
    with pytest.raises(SystemExit, match="09-two: prose needs a lang"):
        build.read(path)


@pytest.mark.parametrize("said", ['{"eta": 0.05}', "true", "eta"])
def test_a_grid_is_not_under_page(tmp_path, said):
    path = small(tmp_path)
    text = path.read_text("utf-8").replace(":tags: [solution]", f":page: {said}")
    path.write_text(text, "utf-8")
    with pytest.raises(SystemExit, match="09-code: page: .* is under grid:"):
        build.read(path)


@pytest.mark.parametrize("said", ["page: false", 'grid: {"eta": 0.05}'])
def test_what_only_the_pages_need_is_not_in_the_notebooks(tmp_path, said):
    path = small(tmp_path)
    text = path.read_text("utf-8").replace(":tags: [solution]", f":{said}")
    path.write_text(text, "utf-8")
    lecture = build.read(path)
    assert set(lecture.cells[-1].metadata) == {said.partition(":")[0]}
    assert not build.translated(lecture, "en").cells[-1].metadata


def test_an_unknown_lecture_is_refused():
    with pytest.raises(SystemExit, match="no lecture begins with '77'"):
        build.sources(["77"])
    assert [path.stem for path in build.sources(["02"])] == ["02_gd_divergence"]


def with_figure(text="eta = 1", picture="one", alt="a — b"):
    data = {"text/plain": text, "image/png": picture}
    output = new_output("display_data", data, metadata={"image/png": {"alt": alt}})
    return new_notebook(cells=[new_code_cell("x", id="09-figure", outputs=[output])])


@pytest.mark.parametrize(
    ("new", "kept"),
    [
        (with_figure(picture="two"), True),
        (with_figure(picture="two", text="eta = 2"), False),
        (with_figure(picture="two", alt="c — d"), False),
    ],
)
def test_a_picture_is_kept_while_its_text_is_the_same(new, kept):
    build.reuse_pictures(new, with_figure())
    picture = new.cells[0].outputs[0].data["image/png"]
    assert picture == ("one" if kept else "two")


def test_writing_twice_changes_no_byte(tmp_path):
    target = tmp_path / "es" / "02.ipynb"
    assert build.write(with_figure(), target)
    before = target.read_bytes()
    assert not build.write(with_figure(picture="two"), target)
    assert target.read_bytes() == before
    assert build.write(with_figure(picture="two"), target, redraw=True)
    assert target.read_bytes() != before
    assert build.write(with_figure(text="eta = 2", picture="two"), target)
    assert b"\r" not in target.read_bytes()


@pytest.mark.thorough
@pytest.mark.filterwarnings("default::DeprecationWarning")
def test_building_twice_changes_no_byte(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(build, "NOTEBOOKS", tmp_path / "notebooks")
    path = small(
        tmp_path,
        "live(lambda a=1.0: np.array([a, 2.0]), Curves(ylim=(0, 3)), a=(0, 2))",
    )
    books = [tmp_path / "notebooks" / one / "09_small.ipynb" for one in LANGUAGES]
    build.build(path)
    before = [book.read_bytes() for book in books]
    build.build(path)
    assert [book.read_bytes() for book in books] == before
    assert "changed: nothing" in capsys.readouterr().out
    for book, with_ in zip(books, ("Con a = 1", "With a = 1"), strict=True):
        built = nbformat.read(book, 4)
        pictures_beside_figures(built.cells)
        clean_outputs(built.cells)
        executed_in_order(built.cells)
        no_widget_state(built)
        (figure,) = built.cells[-1].outputs
        assert figure.metadata["image/png"]["alt"].startswith(with_)


def test_an_option_that_is_not_there_is_refused():
    with pytest.raises(SystemExit, match="--redarw is unknown"):
        build.main(["--redarw", "02"])


def test_cells_know_what_they_check():
    cell = new_code_cell('a = ...\ncheck("2.1", a)\ncheck("2.2", a)')
    assert checked(cell) == ["2.1", "2.2"]
    assert shows_a_figure(new_code_cell("f = 1\nlive(f)"))
    assert not shows_a_figure(new_code_cell("print('live(f)')"))
    assert copy.copy(cell) == cell
