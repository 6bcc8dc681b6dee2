"""The live figures of all lectures, the places of their sliders, what they say."""

from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from course_utils.live.sliders import choices, ends
from support.course import NAMES, code_cells, notebook, shows_a_figure, source


def figures_of(name: str) -> list[tuple[str, str]]:
    try:
        cells = code_cells(source(name).cells)
    except (SystemExit, Exception):
        return []  # the build refuses it: the tests of sources say so
    return [(name, cell.id) for cell in cells if shows_a_figure(cell)]


ROW = 650  # pixels of a slider in a row to itself, in a window of 1280

FIGURES = [figure for name in NAMES for figure in figures_of(name)]


def corners(figure) -> list[dict]:
    """Each slider at its ends, the others at home; and the first three together."""
    points = [{name: end} for name, s in figure.sliders.items() for end in ends(s)]
    everything = [{}]
    for name, slider in list(figure.sliders.items())[:3]:
        everything = [{**p, name: end} for p in everything for end in ends(slider)]
    return points + everything


def random_point(figure, rng) -> dict:
    return {name: anywhere(slider, rng) for name, slider in figure.sliders.items()}


def anywhere(slider, rng):
    listed = choices(slider)
    return listed[rng.integers(len(listed))]


def words_at(figure, **values) -> str:
    """The figure's words at these values, the others at home; computed here."""
    there = {**figure._defaults, **values}
    places = (choices(one).index(there[name]) for name, one in figure.sliders.items())
    words = figure.record(tuple(places)).words
    figure.draw()  # as it stands
    return words


def pictures(language: str, name: str) -> dict[str, str]:
    """The cells of a committed notebook that hold a picture, and its alt text."""
    return {
        cell.id: output.metadata["image/png"]["alt"]
        for cell in code_cells(notebook(language, name).cells)
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    }


def grown(figure, free: tuple[float, float]) -> float:
    """How much larger than drawn a figure is that fills this room, one way or both."""
    return min(at / of for at, of in zip(free, figure.picture.size, strict=True))


def least_number(figure) -> float:
    """The size of the smallest number in a figure as drawn, in pixels."""
    texts = figure.picture.figure.findobj(Text)
    said = [text for text in texts if any(map(str.isdigit, text.get_text()))]
    return min(text.get_fontsize() for text in said) * figure.picture.figure.dpi / 72


def nameless(picture) -> list[str]:
    """The axes that carry numbers and no name."""
    axes = [(s, getattr(ax, f"{s}axis")) for ax in picture.figure.axes for s in "xy"]
    return [
        side
        for side, axis in axes
        if any(any(map(str.isdigit, text)) for text, _ in _numbers(axis))
        and not axis.get_label_text()
    ]


def _numbers(axis) -> list[tuple[str, Text]]:
    """What stands at the ticks that are drawn."""
    along = axis.get_transform().transform  # on a logarithmic axis, powers
    low, high = sorted(along(axis.get_view_interval()))
    room = 1e-9 * (high - low)
    return [
        (tick.label1.get_text(), tick.label1)
        for tick in axis.get_major_ticks()
        if low - room <= along(tick.get_loc()) <= high + room
        if tick.label1.get_visible()
    ]


def text_boxes(picture) -> list[tuple[str, Bbox]]:
    """Every text that is seen in a picture as it stands, and its room in pixels."""
    figure, ticks, drawn = picture.figure, set(), set()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            major, minor = axis.get_major_ticks(), axis.get_minor_ticks()
            ticks |= {
                t for tick in (*major, *minor) for t in (tick.label1, tick.label2)
            }
            drawn |= {label for _, label in _numbers(axis)}
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # names of axes stand where a painting has put them: here, at our dpi
    agg = canvas.get_renderer()
    return [
        (text.get_text(), text.get_window_extent(agg))
        for text in figure.findobj(Text)
        if text.get_visible() and text.get_text().strip()
        if text not in ticks or text in drawn
    ]


def meeting(boxes: list[tuple[str, Bbox]]) -> list[tuple[str, str]]:
    """Texts that lie on each other by more than a pixel, both ways."""
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1
        and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ]


def cut(boxes: list[tuple[str, Bbox]], size) -> list[str]:
    """Texts that stand out of the picture by more than a pixel."""
    return [
        text
        for text, box in boxes
        if min(box.x0, box.y0) < -1 or box.x1 > size[0] + 1 or box.y1 > size[1] + 1
    ]
