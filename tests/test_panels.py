"""What can be read in every panel: named axes, maps without a squint, whole texts."""

import numpy as np
import pytest
from matplotlib.text import Text

from course_utils.live import Curves, PathOnContours, live
from course_utils.live.view import typeset
from support.course import executed
from support.figures import FIGURES, corners, cut, meeting, nameless, text_boxes


@pytest.mark.parametrize(("name", "cell"), FIGURES)
def test_an_axis_with_numbers_has_a_name(name, cell):
    assert not nameless(executed(name).figures[cell].picture)


@pytest.mark.parametrize(("name", "cell"), FIGURES)
def test_a_map_of_level_lines_has_equal_axes(name, cell):
    """One unit of θ₁ is as long as one of θ₂, in pixels: right angles are right."""
    views = executed(name).figures[cell].picture.views
    for view in [view for view in views if isinstance(view, PathOnContours)]:
        for ax in view.maps.values() or [view.ax]:
            corner, one = ax.transData.transform([[0, 0], [1, 1]])
            across, up = one - corner
            assert across == pytest.approx(up, rel=0.01)


# Where a square, a right angle or a circle is what should be seen.
EQUAL = {"02-cobweb-live": 0, "05-interpolation-live": 0, "08-elastic-net-live": 0}


@pytest.mark.parametrize(("name", "cell"), [f for f in FIGURES if f[1] in EQUAL])
def test_a_square_is_drawn_as_a_square(name, cell):
    ax = executed(name).figures[cell].picture.views[EQUAL[cell]].ax
    across, up = np.diff(ax.transData.transform([[0, 0], [1, 1]]), axis=0)[0]
    assert across == pytest.approx(up, rel=0.01)


# What the prose beside a figure says of a grey line without a name.
NAMELESS = {"08-elastic-net-live": {"_axes"}, "07-step-h-live": {"_₊", "_±"}}


@pytest.mark.parametrize(("name", "cell"), FIGURES)
def test_a_curve_that_stands_still_has_its_name_on_it(name, cell):
    views = executed(name).figures[cell].picture.views
    for view in [view for view in views if isinstance(view, Curves)]:
        written = [text.get_text() for text in view.ax.texts]
        names = {name.removeprefix("_") for name in view.still}  # "_R" goes on from "R"
        unsaid = {name for name in names if typeset(name) not in written}
        assert {f"_{name}" for name in unsaid} <= NAMELESS.get(cell, set())


PHONE = 390 - 2 * 18  # pixels: a page's width on a phone, less its margins
READ = 12


@pytest.mark.parametrize(("name", "cell"), FIGURES)
def test_letters_can_be_read_on_a_phone(name, cell):
    """There each panel has the whole width, those of a single one too."""
    picture = executed(name).figures[cell].picture
    texts = [t for t in picture.figure.findobj(Text) if t.get_text().strip()]
    least = min(text.get_fontsize() for text in texts) * picture.figure.dpi / 72
    panel = picture.size[0] / len(picture.views)
    assert least * min(1, PHONE / panel) >= READ


@pytest.mark.parametrize(("name", "cell"), FIGURES)
def test_texts_do_not_meet_and_are_not_cut(name, cell):
    """At home, at both ends of each slider, and at corners."""
    figure = executed(name).figures[cell]
    for place in [{}, *corners(figure)]:
        figure.picture.at(**{**figure.values, **place})
        boxes = text_boxes(figure.picture)
        assert not meeting(boxes), place
        assert not cut(boxes, figure.picture.size), place


# Planted.


def picture_of(**frame):
    look = {"ylabel": "y", "xlim": (0, 9), "ylim": (0, 9), **frame}
    return live(lambda a=1.0: np.arange(3.0) * a, Curves(**look), a=(0, 2)).picture


def test_a_figure_in_order_passes():
    picture = picture_of(still={"one": np.ones(9), "five": 5 * np.ones(9)})
    boxes = text_boxes(picture)
    assert {"one", "five", "t", "y", "8"} <= {text for text, _ in boxes}
    assert not (nameless(picture) or meeting(boxes) or cut(boxes, picture.size))


def test_an_axis_without_a_name_is_found():
    assert nameless(picture_of(ylabel="")) == ["y"]
    assert nameless(picture_of(xlabel="", ylabel="")) == ["x", "y"]
    assert not nameless(picture_of(ylabel="", yticks=[]))


def test_a_power_below_a_logarithmic_axis_is_not_seen():
    """10⁻¹⁰ is next to 10⁻⁸ in numbers, and far below it on paper."""
    picture = picture_of(yscale="log", ylim=(1e-8, 10))
    assert not cut(text_boxes(picture), picture.size)


def test_two_names_on_one_line_are_found():
    boxes = text_boxes(picture_of(still={"one": np.ones(9), "again": np.ones(9)}))
    assert meeting(boxes) == [("one", "again")]


def test_a_note_that_grows_out_of_the_picture_is_found():
    note = "a note that is far too long " * 4
    picture = picture_of(note=lambda y: note if y[1] > 1 else "short")
    assert not cut(text_boxes(picture), picture.size)
    picture.at(a=2.0)
    assert len(cut(text_boxes(picture), picture.size)) == 1
