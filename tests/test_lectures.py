"""Every lecture: built as committed, fit for slides, its figures never at a loss."""

import ast
import base64
import copy
import io
import json
import re
import statistics
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from support.course import (
    LANGUAGES,
    NAMES,
    ROOT,
    build,
    checked,
    code_cells,
    each_notebook,
    notebook,
    shows_a_figure,
    small,
    source,
    tags,
)

SLIDES = {"slide", "subslide", "fragment", "skip", "notes", "-"}
LONGEST, USUAL = 15, 5  # lines of a code cell, at most and by the median

each_lecture = pytest.mark.parametrize("name", NAMES)


def test_there_are_lectures():
    assert "02_gd_divergence" in NAMES


# Each rule is a function of cells, so that it can be seen to fail on a planted mistake.


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
        for kind in (r"^#+ ", r"\$\$", r"^!\[", r"^- ", r"^> "):
            found = [len(re.findall(kind, c.source, re.M)) for c in (spanish, english)]
            assert found[0] == found[1], f"{spanish.id}: the twins differ in {kind}"


def sentence_between(cells):
    """No two code cells in a row, in what one language shows."""
    for one, other in zip(cells, cells[1:], strict=False):
        kinds = one.cell_type, other.cell_type
        assert kinds != ("code", "code"), f"{one.id}, {other.id}: no sentence between"


def short(cells):
    lengths = []
    for cell in code_cells(cells):
        lines = cell.source.splitlines()
        lengths.append(len(lines))
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
            assert re.fullmatch(r".+\. — .+\.", about["alt"]), f"{cell.id}: {about}"


def text_of(output) -> str:
    return output.get("data", {}).get("text/plain", "")


def no_widget_state(book):
    assert set(book.metadata) == {"kernelspec", "language_info", "lang"}
    assert "widget" not in json.dumps(book.metadata)


SOURCE_RULES = [slides, pairs, short, no_plotting, figure_is_shown_by_its_cell]
NOTEBOOK_RULES = [
    sentence_between,
    executed_in_order,
    clean_outputs,
    pictures_beside_figures,
]


@pytest.mark.parametrize("rule", SOURCE_RULES, ids=lambda rule: rule.__name__)
@each_lecture
def test_sources(name, rule):
    rule(source(name).cells)


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


def code(text="x = 1", outputs=(), count=1, **metadata):
    return new_code_cell(
        text, outputs=list(outputs), execution_count=count, metadata=metadata
    )


def png(size=(1200, 720)) -> str:
    out = io.BytesIO()
    Image.new("RGB", size).save(out, "png")
    return base64.b64encode(out.getvalue()).decode()


def live_output(alt="Con η. — With η.", size=(1200, 720), width=600):
    return new_output(
        "display_data",
        {"text/plain": "eta = 1\nfigure 600x360\nx: θ", "image/png": png(size)},
        metadata={"image/png": {"alt": alt, "width": width}},
    )


SHOWN = code("live(run)", [live_output()])
GOOD = [
    prose(),
    prose("en", "A sentence."),
    code("print(1)", [new_output("stream", text="1\n")]),
]
BAD = [
    (slides, [new_markdown_cell("x", metadata={"lang": "es"})]),
    (slides, [prose(slide="slides")]),
    (pairs, [prose("es"), prose("es", "Otra.")]),
    (pairs, [prose("en", "One."), prose("es")]),
    (pairs, [prose("es"), code(), prose("en", "One.")]),
    (pairs, [prose("es"), prose("en", "One.", slide="fragment")]),
    (pairs, [prose("es"), prose("en", "One.", id="09-two")]),
    (pairs, [prose("es", "a"), prose("en", "a")]),
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
            [live_output(alt="Con η.")],
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


@each_lecture
def test_both_notebooks_have_the_same_code_and_outputs(name):
    spanish, english = (code_cells(notebook(one, name).cells) for one in LANGUAGES)
    assert spanish == english
    ids = [cell.id for cell in notebook("es", name).cells]
    assert len(set(ids)) == len(ids)


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
    built = nbformat.read(books[0], 4)
    pictures_beside_figures(built.cells)
    clean_outputs(built.cells)
    executed_in_order(built.cells)
    no_widget_state(built)


def test_an_option_that_is_not_there_is_refused():
    with pytest.raises(SystemExit, match="--redarw is unknown"):
        build.main(["--redarw", "02"])


def test_cells_know_what_they_check():
    cell = new_code_cell('a = ...\ncheck("2.1", a)\ncheck("2.2", a)')
    assert checked(cell) == ["2.1", "2.2"]
    assert shows_a_figure(new_code_cell("f = 1\nlive(f)"))
    assert not shows_a_figure(new_code_cell("print('live(f)')"))
    assert copy.copy(cell) == cell
