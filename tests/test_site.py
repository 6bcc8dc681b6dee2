"""The pages that need no kernel: their records, their limits, their links."""

import re
from html import unescape
from itertools import product
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_utils.exercises import Exercise, section_02
from course_utils.live import Bars, Curves, Images, live
from pages import templates
from pages.formulas import formula
from pages.grid import Grid, values_of
from pages.markup import anchor, prose, untagged
from pages.page import Lecture, Page, is_solution, unfolded
from pages.records import pack
from pages.texts import TEXTS
from support.course import (
    LANGUAGES,
    NAMES,
    ROOT,
    build,
    each_notebook,
    executed,
    notebook,
    pages,
    source,
)
from support.records import unpacked
from support.small_site import written

HERE = Path(pages.__file__).parent
SETTINGS = (
    ROOT / "jupyter_data/share/jupyter/lab/settings/overrides.d/course_utils.json"
)


def wave(c=1.0, steps=3, f="sin", loud=True):
    t = np.arange(steps + 1)
    return {"y": (1 + loud) * c * getattr(np, f)(t / 3), "n": steps}


def figure():
    """One slider of each kind; marks of each kind."""
    image = Images(lambda r: (np.outer(r["y"], r["y"])[None, :2, :2], ["y"]))
    curve = Curves(lambda r: r["y"], dots=(), ylim=(-3, 3), note=lambda r: f"{r['n']}")
    sliders = {"c": (0.0, 2.0, 0.25), "steps": (1, 6), "f": ["sin", "cos"]}
    return live(wave, curve, image, Bars(lambda r: r["y"][:2]), **sliders, loud=True)


def records(about: dict, steps: np.ndarray):
    """Marks, points and words of every record, put together as figures.js does it."""
    begins = [0]
    for row, words in zip(about["rows"], about["words"], strict=True):
        marks, points = [], []
        for number, chunk in zip(row[::2], row[1::2], strict=True):
            marks.append(about["marks"][number])
            size = marks[-1]["length"]
            if chunk + 1 == len(begins):
                begins.append(begins[-1] + size)
            part = steps[begins[chunk] : begins[chunk] + size]
            pairs = part[: size // 2 * 2].reshape(2, -1)
            points += [
                np.cumsum(pairs, axis=1, dtype="<i2").T.ravel(),
                part[pairs.size :],
            ]
        yield marks, np.concatenate(points).tobytes(), words


# Records


@pytest.mark.parametrize(
    "wanted",
    [
        {"c": 0.5},
        {
            "c": [0, 2],
            "steps": [1, [4, 6, 2]],
            "together": [["steps", "f"], ["loud", "c"]],
        },
        {"together": [["f"]]},
    ],
)
def test_a_page_shows_what_live_shows(wanted):
    shown = figure()
    grid = Grid(shown, wanted)
    packed = pack(shown, grid)
    assert shown.values == grid.home, "the figure is back at its defaults"
    for language in LANGUAGES:
        found = list(records(*unpacked(packed[language])))
        assert len(found) == len(list(grid.points())) == len(grid)
        for point, (marks, points, words) in zip(grid.points(), found, strict=True):
            for name, value in point.items():
                shown.sliders[name].value = value
            assert marks == shown.canvas.marks
            assert points == shown.canvas.points
            assert words == shown.sentences()[language]


def test_the_page_finds_a_record_by_counting():
    """The last slider of a group varies fastest; groups follow each other."""
    grid = Grid(figure(), {"together": [["c", "f"], ["steps"]], "c": 1})
    about = grid.about()
    assert about["counts"] == [3, 6, 2]
    assert about["together"] == [[0, 2], [1]]
    values = list(grid.values.values())
    assert [v[k] for v, k in zip(values, about["starts"], strict=True)] == [1, 3, "sin"]
    points = [tuple(point[n] for n in grid.values) for point in grid.points()]
    first = [(c, 3, f) for c, f in product([0, 1, 2], ["sin", "cos"])]
    assert points == first + [(1, t, "sin") for t in range(1, 7)]
    assert grid.fixed == {"loud": "True"}


def test_records_are_the_same_every_time():
    one, other = figure(), figure()
    assert pack(one, Grid(one, {"c": 1})) == pack(other, Grid(other, {"c": 1}))


# Grids


@pytest.mark.parametrize(
    ("wanted", "values"),
    [
        (None, [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]),
        (0.75, [0, 0.75, 1, 1.5, 2]),  # the ends and the default too
        ([0.25, 1.75], [0.25, 1, 1.75]),
        ([0, [1.5, 2, 0.25]], [0, 1, 1.5, 1.75, 2]),
    ],
)
def test_the_values_of_a_grid(wanted, values):
    assert values_of("c", figure().sliders["c"], wanted) == values


def test_a_grid_moves_no_slider():
    shown = figure()
    shown.sliders["c"].value = 2.0
    Grid(shown, {"c": 0.5})
    assert shown.values["c"] == 2.0


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"c": [0.1]}, r"grid: c = 0\.1 is no value of its slider"),
        ({"c": [[0, 3, 0.5]]}, r"grid: c = 2\.5 is no value of its slider"),
        ({"eta": 1}, "grid: eta: the sliders are c, steps, f, loud"),
        ({"together": [["x"]]}, "grid: x: the sliders are"),
        ({"steps": [1.5]}, r"grid: steps = 1\.5 is no value"),
        ({"c": 0}, r"grid: c = 0: a step is a positive number"),
        ({"c": -0.5}, r"grid: c = -0\.5: a step"),
        ({"f": 2}, "grid: f: only a slider of numbers has a grid"),
        ({"c": [[0, 1]]}, r"grid: c = \[0, 1\]: a span is low, high, step"),
    ],
)
def test_metadata_that_makes_no_sense_is_refused(wanted, message):
    with pytest.raises(SystemExit, match=message):
        Grid(figure(), wanted)


def test_too_many_points_are_refused(monkeypatch):
    monkeypatch.setattr("pages.grid.MOST", 200)
    with pytest.raises(SystemExit, match=r"216 points, at most 200 \(c: 9 values"):
        Grid(figure(), {})


# Pages of a small lecture, from notebooks that no kernel ran


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return written(tmp_path_factory.mktemp("site"))


def test_what_the_site_holds(site):
    folder, said = site
    found = {
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()
    }
    pages = {f"{one}/09_small.{end}" for one in LANGUAGES for end in ("html", "ipynb")}
    assert found == {"index.html", *pages}
    assert any("09-code: 5 points" in line for line in said), said
    assert re.search(r"the whole site: 0\.\d MB", said[-1])


@pytest.mark.parametrize("page", ["index.html", "es/09_small.html", "en/09_small.html"])
def test_every_link_leads_somewhere_and_nothing_is_fetched(site, page):
    path = site[0] / page
    text = path.read_text("utf-8")
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids)), "an id is unique"
    for link in re.findall(r'<a [^>]*href="([^"]+)"', text):
        target, _, place = link.partition("#")
        assert not target or (path.parent / target).exists(), link
        assert target or place in ids, link
    body = re.sub(r"<script.*?</script>", "", text, flags=re.S)
    for fetched in re.findall(r'(?:src|href|url\()="?([^" )]+)', body):
        assert not re.match(r"https?:|//", fetched), fetched


@pytest.mark.parametrize("page", ["index.html", "es/09_small.html", "en/09_small.html"])
def test_every_page_says_that_it_asks_for_nothing(site, page):
    """Before anything that could be refused."""
    head = (site[0] / page).read_text("utf-8").partition("<title>")[0]
    said = (
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
        "img-src data: blob:; font-src data:; form-action 'none'; base-uri 'none'"
    )
    assert said in unescape(head) and 'http-equiv="Content-Security-Policy"' in head


def test_the_index_links_to_every_page(site):
    text = (site[0] / "index.html").read_text("utf-8")
    for language in LANGUAGES:
        assert f'href="{language}/09_small.html"' in text


def test_the_real_index_has_a_picture_for_each_lecture_and_names_the_start():
    for language in LANGUAGES:
        listed = pages.contents(build.NOTEBOOKS, language)
        assert [entry.name for entry in listed] == NAMES
        assert all(entry.picture for entry in listed)
    index = (ROOT / "lectures" / "pages" / "index.html").read_text("utf-8")
    assert index.count('class="start"') == 1
    assert [name for name in NAMES if name.startswith("00")] == NAMES[:1]


def test_what_the_index_says_of_a_lecture_links_into_its_folder(tmp_path):
    text = index_of(tmp_path, "# 9\n\n*Before: [lecture 8](08_before.ipynb).*")
    found = re.findall(r'href="([^"#]+)"', text)
    assert found == ["en/09_small.html", "en/08_before.html"]


def index_of(folder, text: str) -> str:
    """The index of one lecture, in English, that begins with this text."""
    (folder / "en").mkdir()
    about = {"lang": "en"}
    notebook = new_notebook(cells=[new_markdown_cell(text)], metadata=about)
    nbformat.write(notebook, folder / "en" / "09_small.ipynb")
    pages.write_index(folder, folder)
    return (folder / "index.html").read_text("utf-8")


def test_a_title_is_text_and_no_markup(tmp_path):
    text, said = '# If 0 < 1 & "so" on', "If 0 &lt; 1 &amp; &#34;so&#34; on"
    assert f">{said}</a>" in index_of(tmp_path, text)
    notebook = nbformat.read(tmp_path / "en" / "09_small.ipynb", 4)
    page = Page(Lecture("09_small", notebook.cells, {}, tmp_path), "en", notebook)
    assert f"<title>{said}</title>" in page.html()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_without_javascript_is_its_picture_and_its_words(site, language):
    text = (site[0] / language / "09_small.html").read_text("utf-8")
    found = re.search(r'<figure class="live".*?</figure>', text, re.S)[0]
    controls = re.search(r'<form class="controls" hidden>', found)
    picture = re.search(r'<img alt="([^"]+)" [^>]*src="data:image/png;base64,', found)
    caption = re.search(r"<figcaption>([^<]+)</figcaption>", found)
    assert controls.start() < picture.start() < caption.start()
    opening = {"es": "Con a = 1", "en": "With a = 1"}[language]
    assert picture[1] == caption[1] and caption[1].startswith(opening)


def test_pages_and_records_are_the_same_every_time(site, tmp_path):
    again, _ = written(tmp_path)
    for path in site[0].rglob("*.html"):
        other = again / path.relative_to(site[0])
        assert path.read_bytes() == other.read_bytes(), path.name


def test_a_figure_has_one_grid_for_both_pages(tmp_path, monkeypatch):
    built, init = [], Grid.__init__

    def count(self, *parts):
        built.append(self)
        init(self, *parts)

    monkeypatch.setattr(Grid, "__init__", count)
    written(tmp_path)
    assert len(built) == 1


@pytest.mark.parametrize("what", ["figure", "page", "site"])
def test_what_is_too_large_is_refused(tmp_path, monkeypatch, what):
    monkeypatch.setitem(pages.LIMITS, what, 1000)
    with pytest.raises(SystemExit, match=rf"\d+ bytes; a {what} may have 1000"):
        written(tmp_path)


def test_a_cell_that_speaks_of_notebooks_is_left_out(site, tmp_path):
    away = {"09-two": {"page": False}}
    without, _ = written(tmp_path, **away)
    for language, words in (("es", "Dos."), ("en", "Two.")):
        name = f"{language}/09_small.html"
        assert words in (site[0] / name).read_text("utf-8")
        assert words not in (without / name).read_text("utf-8")
        assert words in (without / name).with_suffix(".ipynb").read_text("utf-8")


@pytest.mark.parametrize(
    ("kind", "of_the_figure"),
    [("subslide", "subslide"), ("fragment", "subslide"), ("skip", "skip")],
)
def test_a_live_figure_has_a_slide_of_its_own_and_its_code_none(
    tmp_path, kind, of_the_figure
):
    about = {"tags": [], "slideshow": {"slide_type": kind}}
    folder, _ = written(tmp_path, **{"09-code": about})
    text = (folder / "es" / "09_small.html").read_text("utf-8")
    found = re.findall(r'data-slide="([^"]+)" id="(.)09-code"', text)
    assert found == [("skip", "c"), (of_the_figure, "f")]


def test_an_old_notebook_is_refused(tmp_path):
    written(tmp_path)
    path = tmp_path / "notebooks" / "en" / "09_small.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells[0].source = "# Old"
    nbformat.write(notebook, path)
    lecture = build.read(tmp_path / "09_small.md")
    with pytest.raises(SystemExit, match=r"09_small\.ipynb is not what its source"):
        pages.refuse_stale(notebook, lecture, path)


# What every page brings along


def test_a_painter_that_cannot_be_led_is_refused(tmp_path, monkeypatch):
    """A page is one module: an export in it would be an error that nobody sees."""
    painter = tmp_path / "painter.js"
    monkeypatch.setattr(templates, "PAINTER", painter)
    painter.write_text("export { render as default };", "utf-8")
    with pytest.raises(SystemExit, match="painter.js has no line 'export default"):
        templates.behaviour.__wrapped__()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_beside_the_lecture_is_said_somewhere(language):
    sources = [*HERE.glob("*.html"), HERE / "markup.py", HERE / "page.py"]
    code = "".join(path.read_text("utf-8") for path in sources)
    said = set(re.findall(r"texts\.(\w+)|\[[\"'](\w+)[\"']\]", code))
    assert set(TEXTS[language]) <= {a or b for a, b in said}


# Signs of the trade


def test_quotation_marks_open_and_close_and_code_keeps_its_own():
    said = prose("""Newton's "step", 'so' and `"x"`""", "en")
    assert "Newton’s “step”, ‘so’ and <code>&quot;x&quot;</code>" in said


@each_notebook
def test_no_prose_of_a_page_has_a_typewriters_quotation_mark(language, name):
    for cell in notebook(language, name).cells:
        if cell.cell_type == "markdown":
            shown = prose(unfolded(cell.source), language)
            words = re.sub(r"<(math|code)\b.*?</\1>|<[^>]+>", "", shown, flags=re.S)
            assert not re.findall(r".{0,20}[\"'].{0,20}", unescape(words)), cell.id


def test_a_dark_page_dims_figures_as_a_dark_jupyterlab_does():
    (dimmed,) = re.findall(r'"filter": "(.*)"', SETTINGS.read_text("utf-8"))
    dark = re.search(r"@media[^{]*dark\).*?\n}", templates.style(), re.S)[0]
    assert f".picture, .contents li img {{ filter: {dimmed}; }}" in dark


# Every lecture


def test_a_missing_hint_is_refused(monkeypatch):
    monkeypatch.setitem(section_02.EXERCISES, "2.1", Exercise(right=1))
    cell = new_code_cell('a = ...\ncheck("2.1", a)', id="09-exercise")
    lecture = Lecture("02", [cell], {}, None)
    page = Page(lecture, "en", new_notebook(cells=[cell]))
    with pytest.raises(SystemExit, match=r"exercise 2\.1: a hint is missing"):
        page.hint(cell)


# What the lectures ask for: the values of predictions, goals and answers.
ASKED = {
    "00-sliders-live": {"eta": [0.1, 0.45, 0.5], "steps": [1, 10]},
    "01-flattery-live": {"N": [5, 20, 21], "seed": [2]},
    "01-pile-live": {"z1": [1.8], "z2": [1.1], "z3": [0]},
    "01-hills-live": {"a": [2.5, 2.8, 2.9, 3, 5]},
    "01-bell-live": {"c": [0.5], "s": [0.7]},
    "01-autoencoder-live": {"k": [1, 2, 3, 4], "t": [49, 50, 23, 89, 209]},
    "01-denoising-live": {"s": [0.55, 0.6, 1.5]},
    "01-duel-live": {"rho": [0, 0.15, 0.5], "j": [3, 4]},
    "01-hybrid-live": {
        "alpha": [0, 0.86, 0.87, 0.91, 0.92, 0.95, 1],
        "tau": [1, 1.6, 2, 3],
    },
    "01-landscapes-live": {
        "theta1": [0.1, 0.15],
        "theta2": [0, 0.05],
        "t": [200],
    },
    "02-rates-live": {"eta": [-0.1, 0.5, 0.83, 0.84, 1, 1.1], "steps": [1, 20]},
    "02-cobweb-live": {"eta": [-0.1, 0.2, 0.5, 0.8, 1], "theta0": [2]},
    "02-curvature-live": {
        "eta": [0.1, 0.16, 0.17, 0.2, 0.25, 0.3, 0.5],
        "c": [4, 8, 10],
    },
    "02-quartic-live": {
        "eta": [0.1, 0.49, 0.5],
        "theta0": [1, 2.23, 2.24],
        "steps": [100],
    },
    "02-wells-live": {"eta": [0.9, 1, 1.1, 1.236, 1.238, 1.25, 1.3]},
    "03-u-curve-live": {
        "eta": [0.002, 0.01, 0.1, 0.25, 0.75, 0.752, 0.99],
        "k": [6, 12],
    },
    "03-valley-live": {
        "kappa": [1, 19, 200],
        "eta": [1, 1.9, 2],
        "alpha": [45, 90],
        "steps": [40],
    },
    "03-best-rate-live": {"kappa": [9, 99], "eta": [1, 1.8, 1.97, 1.98, 1.99, 2]},
    "03-promise-live": {
        "kappa": [1, 9],
        "eta": [1, 2, 2.5, 2.67, 2.68],
        "alpha": [0, 10, 90],
    },
    "03-race-live": {"eta0": [0.3, 0.33, 0.34, 1, 1.1], "theta0": [2.5]},
    "04-six-examples-live": {"w": [2, 10], "b": [-1]},
    "04-online-live": {"eta": [0.1, 0.13, 0.14], "t": [0, 100, 200, 300, 400, 500]},
    "04-gates-live": {"eta": [1, 3.6, 3.7], "t": [5, 15, 16, 20]},
    "04-sure-and-wrong-live": {"theta0": [-6, -4.5, -4.4], "eta": [1], "t": [100]},
    "04-long-valley-live": {"eta": [0.25, 0.311, 0.322, 0.323], "t": [50]},
    "04-runaway-live": {"eta": [1, 1.1], "t": [100, 1000, 10_000]},
    "05-race-live": {"eta": [0.09, 0.1, 0.17, 0.18], "t": [5]},
    "05-flower-race-live": {"eta": [1, 6], "n": [2, 10, 50], "t": [10, 20, 30, 60]},
    "05-noise-live": {"n": [1, 6], "c": [0, 1]},
    "05-ball-live": {"eta": [0.1, 0.66, 0.67, 1, 1.9], "n": [1, 10, 100]},
    "05-decreasing-live": {"eta": [0.01, 0.015, 0.02, 0.1, 0.2]},
    "05-interpolation-live": {"eta": [1, 1.2], "d": [0], "t": [39, 40, 53, 54]},
    "06-gd-adagrad-live": {"c": [1, 10], "eta": [0.14, 0.15, 1]},
    "06-corrections-live": {"beta1": [0, 0.9], "beta2": [0.99, 0.999]},
    "06-inertia-live": {
        "eta": [0.1],
        "beta1": [0.71, 0.72, 0.9],
        "steps": [12, 19, 60],
    },
    "06-memory-live": {"C": [1.5, 2, 3, 10], "beta2": [0.1, 0.47, 0.48]},
    "06-surfaces-live": {
        "eta": [0.03, 0.04, 0.07, 0.08, 0.15, 0.16, 0.2, 0.21],
        "beta2": [0.9, 0.999],
    },
    "07-walk-live": {
        "t": [0, 6, 8],
        "E": ["E11", "E12", "E17", "E20"],
        "x2": [-3, -2.5],
    },
    "07-step-h-live": {"t": [14, 20, 40], "seed": [0]},
    "07-depth-live": {"K": [10], "c": [1, 2, 16, 26, 27, 40], "seed": [0]},
    "07-xor-live": {
        "t": [11, 15, 500],
        "H": [1, 2],
        "eta": [1, 3.5, 8],
        "seed": [1, 2, 6, 9],
    },
    "07-errors-live": {"t": [9], "H": [4, 8]},
    "08-shrinkage-live": {"gamma": [0.1, 0.23, 0.24]},
    "08-early-stop-live": {"gamma": [0.04, 0.05], "t": [50]},
    "08-elastic-net-live": {"gamma1": [0.55, 0.6, 1.55, 1.6]},
    "08-runaway-live": {"k": [-2.75, -2.5]},
    "08-box-live": {"delta": [0.2, 0.75, 0.8, 1]},
    "08-moons-live": {"k": [-5, -2.5, -0.5], "t": [180, 1000]},
    "08-digits-live": {"k": [-5, -2.5, -2, 0], "p": [0, 0.2]},
}


@pytest.mark.parametrize("name", NAMES)
def test_every_experiment_can_be_done_on_its_page(name):
    lecture, figures = source(name), executed(name).figures
    assert set(figures) == {cell for cell in ASKED if cell[:2] == name[:2]}
    for cell, figure in figures.items():
        grid = pages.grid_of(lecture, cell, figure)
        for slider, wanted in ASKED[cell].items():
            assert slider in grid.values, f"{cell}: {slider} does not move"
            missing = set(wanted) - set(grid.values[slider])
            assert not missing, f"{cell}: {slider} lacks {missing}"


# Markup


def test_formulas_are_mathml():
    text = prose(r"Con $\eta < \frac12$ y $$\theta_{t+1} = -\theta_t$$", "es")
    assert text.count("<math") == 3  # one of them in two pieces; its TeX is said once
    written = [unescape(tex) for tex in re.findall('data-tex="([^"]*)"', text)]
    assert written == [r"$\eta < \frac12$", r"$$\theta_{t+1} = -\theta_t$$"]
    assert "$" not in untagged(text)
    assert '<div class="formula">' in text and "<mfrac>" in text
    assert "<mi>𝔼</mi>" in formula(r"\mathbb{E}")


def test_no_line_parts_a_formula_from_the_comma_after_it_or_the_bracket_before():
    assert "</math>,</span>" in prose("Con $a$, $b$.", "es")
    assert '<span class="tied">(<math' in prose("Sin nada ($p = 0$) o más", "es")
    assert '<span class="tied">(<math' in prose("Sin nada ($p = 0$ o más)", "es")
    long = "$a + b + c + d + e + f + g + h + i + j + k + l + m$, y"
    assert 'class="long"' in prose(long, "es")


def test_a_wide_thing_moves_inside_its_own_box():
    text = prose("| a | b |\n|--|--|\n| 1 | 2 |", "en")
    assert re.search(r'<div class="wide"[^>]*><table>.*</table></div>', text, re.S)


def test_a_heading_can_be_linked():
    text = prose("## El problema de $x^2$", "es")
    name = re.search(r'<h2 id="([^"]+)"', text)[1]
    assert f'href="#{name}"' in text
    assert anchor("¿Qué <em>es</em> η?") == "qué-es-η"


def test_a_link_between_lectures_becomes_one_between_pages():
    assert 'href="02_gd.html"' in prose("[a](02_gd.ipynb)", "es")


@pytest.mark.parametrize(
    ("words", "name"),
    [("Predice.", "predict"), ("Goal 1.", "goal"), ("Fe de erratas E1.", "erratum")],
)
def test_a_box_says_what_it_is(words, name):
    assert f'<blockquote class="{name}">' in prose(f"> **{words}** …", "es")


def test_solutions_are_folded_with_the_prose_before_them():
    folded = "<details><summary>Solución</summary>\n\nEl **mínimo**.\n\n</details>"
    words = new_markdown_cell(folded)
    answer = new_code_cell("a = 1", metadata={"tags": ["solution"]})
    other = new_code_cell("b = 2")
    assert is_solution([words, answer]) and is_solution([answer, other])
    assert not is_solution([words, other])
    assert not is_solution([other, answer])
    assert unfolded(folded) == "El **mínimo**.", "a fold in a fold needs two clicks"
    goal = folded.replace("Solución", "Respuesta de la meta")
    assert unfolded(goal) == goal and not is_solution([new_markdown_cell(goal), answer])
