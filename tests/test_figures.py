"""Every live figure of every lecture, over its corners and random points."""

import io
import json
import re
from base64 import b64decode
from itertools import combinations
from math import ceil

import numpy as np
import pytest
from matplotlib.colors import to_hex
from PIL import Image

from course_utils.live import PathOnContours
from course_utils.live.sliders import choices, letter
from course_utils.live.speech import sentences
from course_utils.live.view import COLOURS, GOAL, PALE, STILL
from support.course import (
    build,
    code_cells,
    each_notebook,
    executed,
    notebook,
    run,
    shows_a_figure,
    small,
    speaking,
)
from support.deck import LAST_ROW, SCREENS, room
from support.figures import (
    FIGURES,
    ROW,
    corners,
    grown,
    least_number,
    pictures,
    random_point,
    words_at,
)

RANDOM = 50  # points of the sliders, beside their corners
LISTEN = 480  # letters at most, in each language: half a minute, at 16 a second
UNSPEAKABLE = re.compile(r"nan|—|\binf\b|object|\{|[|]{3}|(?<!\w)-\d|\de[+-]|  ")
# Of what does not move, or is not told apart.
GREYS = {to_hex(colour) for colour in (STILL, PALE, GOAL, "k")}
PALETTE = GREYS | {to_hex(colour) for colour in (*COLOURS, "w", "#ffe0b0")}


def spoken(figure) -> list[str]:
    """What is said of the result, without the values of the sliders."""
    said = sentences({}, figure.picture.views, figure.picture.result)
    return list(said.values())


def refuse_unspeakable(texts: list[str], room: int = 0) -> None:
    """Each a listener can use: whole sentences, not too many, numbers that are read."""
    for text in texts:
        assert len(text) + room <= LISTEN, text
        assert not UNSPEAKABLE.search(text), text
        assert text.endswith(".") and text[0].isupper(), text


def sweep(figure, points: int) -> None:
    """No exception, no warning (pytest makes one an error), and the picture changes.

    So do the words, and they stay within bounds.
    """
    rng = np.random.default_rng(0)
    places = [*corners(figure), *(random_point(figure, rng) for _ in range(points))]
    records, moved = set(), {name: set() for name in figure.sliders}
    heard = {name: set() for name in figure.sliders}
    sliders = max(map(len, figure.sentences().values())) - max(map(len, spoken(figure)))
    for place in [{}, *places]:
        marks, where = figure.picture.at(**{**figure.values, **place})
        refuse_unspeakable(spoken(figure), room=sliders)
        record = hash((json.dumps(marks), where))
        records.add(record)
        for name in moved if not place else place if len(place) == 1 else ():
            moved[name].add(record)
            heard[name].add(spoken(figure)[0])
    assert len(records) > 1, "nothing moves"
    dead = [name for name, seen in moved.items() if len(seen) < 2]
    assert not dead, f"the picture is the same at home and at both ends of {dead}"
    silent = [name for name, texts in heard.items() if len(texts) < 2]
    assert not silent, f"the words are the same at home and at both ends of {silent}"


@pytest.mark.parametrize(("name", "cell"), FIGURES)
def test_a_figure_over_all_of_its_sliders(name, cell):
    done = executed(name)
    assert cell in done.figures, "the cell's last line is not its figure"
    sweep(done.figures[cell], RANDOM)


@pytest.mark.parametrize(("name", "cell"), FIGURES)
def test_a_figure_moves_without_trouble(name, cell):
    """The same through the sliders themselves, and back with ↺."""
    figure = executed(name).figures[cell]
    figure.reset()
    figure.follow()
    before = figure.canvas.points, repr(figure)
    rng = np.random.default_rng(1)
    for slider, value in random_point(figure, rng).items():
        figure.sliders[slider].value = value
    assert figure.canvas.trouble == ""
    figure.reset()
    assert (figure.canvas.points, repr(figure)) == before


@each_notebook
def test_the_stored_texts_of_figures_are_those_of_this_code(language, name):
    """What nbval compares, compared without a kernel."""
    figures = executed(name).figures
    for cell in code_cells(notebook(language, name).cells):
        if shows_a_figure(cell):
            figures[cell.id].reset()
            figures[cell.id].follow()
            stored = [output.data["text/plain"] for output in cell.outputs]
            assert stored == [repr(figures[cell.id])]


@each_notebook
def test_every_stored_picture_has_its_words_in_its_language(language, name):
    figures = executed(name).figures
    for cell, alt in pictures(language, name).items():
        with speaking(language):
            assert alt == words_at(figures[cell])
        refuse_unspeakable([alt])
        assert alt.startswith({"es": "Con ", "en": "With "}[language])
        for slider in figures[cell].sliders:
            assert f" {letter(slider)} = " in alt.partition(":")[0]


@pytest.mark.parametrize(("name", "cell"), FIGURES)
def test_colour_is_not_all_that_tells_curves_apart(name, cell):
    """In a panel, moving curves of two colours differ in dashes, markers or width."""
    for axes in executed(name).figures[cell].picture.figure.axes:
        lines = [line for line in axes.lines if to_hex(line.get_color()) not in GREYS]
        looks = {(to_hex(line.get_color()), dashes(line)) for line in lines}
        for (colour, one), (other_colour, other) in combinations(looks, 2):
            assert colour == other_colour or one != other, (colour, other_colour)


def dashes(line) -> tuple:
    """How a line looks to one who sees no colour."""
    look = line.get_linestyle(), line.get_marker(), line.get_linewidth()
    return str(line._unscaled_dash_pattern), *look


@pytest.mark.parametrize(("name", "cell"), FIGURES)
def test_figures_have_the_colours_of_the_palette(name, cell):
    """And so what test_palette.py computes holds for them."""
    for axes in executed(name).figures[cell].picture.figure.axes:
        drawn = [line.get_color() for line in axes.lines]
        drawn += [patch.get_facecolor() for patch in axes.patches]
        drawn += [text.get_color() for text in axes.texts]
        drawn += [colour for c in axes.collections for colour in c.get_edgecolor()]
        drawn += [colour for c in axes.collections for colour in c.get_facecolor()]
        assert {to_hex(colour) for colour in drawn} <= PALETTE


@pytest.mark.parametrize(("name", "cell"), FIGURES)
def test_level_lines_are_pale(name, cell):
    """They lie behind: no path may have their colour."""
    views = executed(name).figures[cell].picture.views
    maps = [view for view in views if isinstance(view, PathOnContours)]
    lines = [colour for v in maps for g in v.grounds for colour in g.get_edgecolor()]
    assert {to_hex(colour) for colour in lines} <= {to_hex(PALE)}


DIFFERENT = 32  # of 255, in one of the three colours of a pixel
SHARE = 0.005  # of the pixels: letters of another release of Matplotlib


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def share_of_different(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.mean(abs(one - other).max(axis=2) > DIFFERENT))


@pytest.mark.thorough
@each_notebook
def test_a_stored_picture_is_what_the_code_draws(language, name):
    """The build keeps a picture as long as its text stays: `--redraw` draws it anew."""
    for cell in code_cells(notebook(language, name).cells):
        if shows_a_figure(cell):
            figure = executed(name).figures[cell.id]
            figure.reset()
            figure.draw()
            (stored,) = [output.data["image/png"] for output in cell.outputs]
            kept, drawn = pixels(b64decode(stored)), pixels(figure.picture.png())
            assert share_of_different(kept, drawn) <= SHARE, cell.id


def test_another_line_is_a_difference_of_pictures():
    paper, drawn = np.full((2, 720, 900, 3), 255)
    drawn[300:306, 100:800] = 0
    assert share_of_different(paper, drawn) > SHARE
    assert share_of_different(paper, paper + 9) == 0


@pytest.mark.parametrize(("name", "cell"), FIGURES)
def test_a_mouse_can_set_a_slider_to_every_value(name, cell):
    sliders = executed(name).figures[cell].sliders
    most = {name: len(choices(slider)) for name, slider in sliders.items()}
    assert max(most.values()) <= ROW, most


# Planted mistakes, in a small lecture of our own.


def small_figure(folder, text):
    (figure,) = run(build.read(small(folder, text)).cells).figures.values()
    return figure


# On a slide.

PAGES_ROOM = 0.9, 52, 0.077  # of the height, less the bar, less a row of three sliders


def pages_room(screen: tuple[int, int], sliders: int) -> tuple[float, float]:
    """The same on a slide of the pages."""
    (width, height), (share, bar, row) = screen, PAGES_ROOM
    return 0.94 * width, share * height - bar - row * height * ceil(sliders / 3)


@pytest.mark.parametrize("free", [room, pages_room])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(("name", "cell"), FIGURES)
def test_the_last_row_can_read_the_numbers_of_a_figure(name, cell, screen, free):
    figure = executed(name).figures[cell]
    scale = grown(figure, free(screen, len(figure.sliders)))
    assert scale * least_number(figure) >= LAST_ROW * screen[1]


def test_a_figure_that_moves_passes_the_sweep(tmp_path):
    sweep(
        small_figure(
            tmp_path,
            "live(lambda a=1.0: np.array([a, 2.0]), Curves(ylim=(0, 3)), a=(0, 2))",
        ),
        RANDOM,
    )


@pytest.mark.parametrize(
    "body",
    [
        "np.ones(2)",  # nothing moves
        "2 / (np.arange(3) + a)",  # a warning, at one corner
        "[1, [a][int(a > 1.5)]]",  # an exception, not at the default
    ],
)
def test_a_figure_that_is_wrong_fails_the_sweep(tmp_path, body):
    text = f"live(lambda a=1.0: {body}, Curves(ylim=(0, 3)), a=(0, 2))"
    with pytest.raises((AssertionError, RuntimeWarning, IndexError)):
        sweep(small_figure(tmp_path, text), RANDOM)
