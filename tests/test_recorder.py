"""The record against Agg: every kind of artist, painted twice and compared.

The record is painted here by a small reader of its own, from the marks and the array
alone: what painter.js does in a page. Both pictures have two dots for each figure
pixel. A dot agrees if its colour lies within what the other picture shows no more than
one dot (half a figure pixel) away, give or take 24 of 255. Letters are compared by
where their ink lies, without hints of the font, which would move them in Agg.
"""

import re
from functools import cache

import numpy as np
import pytest
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox

from course_utils.live.recorder import LIFT, REACH, UNIT, Unsayable, record
from support.records import read, stand

WIDTH, HEIGHT, SHARP = 300, 240, 2
PAD = 60  # our painter paints past the edge, so that Agg does not cut for us
TOLERANCE = 24  # of 255
AGREE = 0.01  # the share of the ink that may disagree


def panel(**limits):
    figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100)
    FigureCanvasAgg(figure)
    ax = figure.add_axes((0.2, 0.2, 0.6, 0.6))
    ax.set(**{"xlim": (0, 10), "ylim": (0, 10), **limits})
    return ax


# Two painters of the same artists: Agg, and ours that sees only the record.


def by_agg(ax, artists) -> np.ndarray:
    ax.figure.set_dpi(100 * SHARP)
    renderer = RendererAgg(WIDTH * SHARP, HEIGHT * SHARP, 100 * SHARP)
    for artist in sorted(artists, key=lambda artist: artist.get_zorder()):
        artist.draw(renderer)
    ax.figure.set_dpi(100)
    return on_white(renderer)


def by_record(marks, points) -> np.ndarray:
    renderer = RendererAgg((WIDTH + 2 * PAD) * SHARP, (HEIGHT + 2 * PAD) * SHARP, 72)
    for mark, parts in read(marks, np.frombuffer(points, "<i2").astype(int)):
        PAINT[mark["kind"]](renderer, mark, *parts)
    edge = PAD * SHARP
    return on_white(renderer)[edge:-edge, edge:-edge]


def on_white(renderer) -> np.ndarray:
    rgba = np.asarray(renderer.buffer_rgba()).astype(float)
    alpha = rgba[..., 3:] / 255
    return (rgba[..., :3] * alpha + 255 * (1 - alpha)).astype(np.int16)


def device(x0=0.0, y0=0.0):
    """Units of the record, moved to a place, to the dots of the renderer."""
    place = Affine2D().translate(x0, y0)
    place = place.scale(SHARP / UNIT, -SHARP / UNIT).translate(0, HEIGHT * SHARP)
    return place.translate(PAD * SHARP, PAD * SHARP)


def pen(renderer, mark, stroke):
    gc = renderer.new_gc()
    gc.set_snap(False)
    gc.set_linewidth(mark.get("width", 0) * SHARP if stroke else 0)
    if stroke and "width" in mark:
        gc.set_foreground(to_rgba(mark["stroke"]), isRGBA=True)
        gc.set_joinstyle(mark["join"])
        gc.set_capstyle(mark["cap"].replace("square", "projecting"))
        dashes = [dash * SHARP for dash in mark.get("dash", [])]
        gc.set_dashes(mark.get("offset", 0) * SHARP, dashes or None)
    if "clip" in mark:
        x, y, width, height = np.multiply(mark["clip"], SHARP)
        gc.set_clip_rectangle(
            Bbox.from_bounds(x, HEIGHT * SHARP - y - height, width, height).transformed(
                Affine2D().translate(PAD * SHARP, PAD * SHARP)
            )
        )
    return gc


def trace(pairs) -> Path:
    """Strokes between lifts of the pen; one that ends where it began is closed."""
    vertices, codes = [], []
    lifts = np.flatnonzero(pairs[:, 0] == LIFT)
    for stroke in np.split(pairs, lifts):
        stroke = stroke[stroke[:, 0] != LIFT]
        code = np.full(len(stroke), Path.LINETO)
        code[:1] = Path.MOVETO
        if len(stroke) > 2 and np.array_equal(stroke[0], stroke[-1]):
            code[-1] = Path.CLOSEPOLY
        vertices.append(stroke)
        codes.append(code)
    return Path(np.concatenate(vertices), np.concatenate(codes))


def paint_path(renderer, mark, pairs, place=(0, 0)):
    outline = trace(pairs)
    if "fill" in mark:
        renderer.draw_path(
            pen(renderer, mark, False), outline, device(*place), to_rgba(mark["fill"])
        )
    if "width" in mark:
        renderer.draw_path(pen(renderer, mark, True), outline, device(*place))


def paint_stamps(renderer, mark, shape, places, colours=None):
    for k, place in enumerate(places):
        if colours is not None:
            fill, stroke = mark["palette"][colours[k, 0]]
            mark = {**mark, "fill": fill, "stroke": stroke}
        paint_path(renderer, mark, shape, place)


def paint_image(renderer, mark, corners, colours):
    width, height = mark["size"]
    palette = np.array(mark["palette"], "<u4").view("u1").reshape(-1, 4) / 255
    rgba = palette[colours.ravel()] * [1, 1, 1, mark["alpha"]]
    columns, rows = (
        np.linspace(*corners[:, k], n + 1) for k, n in ((0, width), (1, height))
    )
    gc = pen(renderer, mark, False)
    gc.set_antialiased(False)
    for k, colour in enumerate(rgba):
        row, column = divmod(k, width)
        x, y = columns[[column, column + 1]], rows[[row, row + 1]]
        square = Path(np.stack([x[[0, 1, 1, 0]], y[[0, 0, 1, 1]]], axis=-1))
        renderer.draw_path(gc, square, device(), tuple(colour))


PAINT = {"path": paint_path, "stamps": paint_stamps, "image": paint_image}


# How the two pictures are compared.


def ink(picture) -> np.ndarray:
    return np.any(picture < 255 - TOLERANCE, axis=-1)


def disagreement(one, other) -> float:
    """The share of the ink where some colour is out of reach of the other picture."""
    off = np.zeros(ink(one).shape, bool)
    for here, there in ((one, other), (other, one)):
        low, high = nearby(np.minimum, there), nearby(np.maximum, there)
        off |= np.any((here < low - TOLERANCE) | (high + TOLERANCE < here), axis=-1)
    return off.sum() / max(1, ink(one).sum(), ink(other).sum())


def nearby(choose, picture) -> np.ndarray:
    """The smallest or largest of each dot and its eight neighbours."""
    for axis in (0, 1):
        left, right = (np.roll(picture, step, axis) for step in (-1, 1))
        picture = choose(choose(left, right), picture)
    return picture


def lettering(picture) -> np.ndarray:
    """Where the ink lies: middle and edges (figure pixels), and how much there is."""
    rows, columns = np.nonzero(ink(picture))
    weights = (255 - picture).sum(axis=-1)[rows, columns]
    middle = [np.average(columns, weights=weights), np.average(rows, weights=weights)]
    edges = [columns.min(), columns.max(), rows.min(), rows.max()]
    return np.array([*middle, *edges]) / SHARP, weights.sum()


def assert_lettering(one, other):
    (places, amount), (there, much) = lettering(one), lettering(other)
    assert abs(places - there)[:2].max() < 1, "the middle of the text is elsewhere"
    assert abs(places - there)[2:].max() < 2.5, "an edge of the text is elsewhere"
    assert much == pytest.approx(amount, rel=0.15)
    colours = [picture[ink(picture)].min(axis=0) for picture in (one, other)]
    assert abs(np.subtract(*colours)).max() < TOLERANCE


def assert_same(one, other):
    assert disagreement(one, other) < AGREE


# What the views draw, and a little more.

LONG = np.linspace(-5, 15, 40)
WAVE = 5 + 8 * np.sin(LONG)
GAPS = np.where(np.arange(40) % 7 == 3, np.nan, WAVE)


def line(x=LONG, y=WAVE, limits=None, **look):
    def draw():
        ax = panel(**(limits or {}))
        return ax, ax.plot(x, y, **{"lw": 3, "color": "#0072b2", **look})

    return draw


def bars():
    ax = panel(ylim=(-4, 6))
    heights = [3, -2, 5, 40]
    return ax, [*ax.bar([1, 4, 7, 9], heights, color="#d55e00", ec="k", lw=1.5)]


def polygon():
    ax = panel()
    corners = [(-3, 2), (5, 14), (9, 1), (5, 5)]
    return ax, [ax.add_patch(Polygon(corners, fc="#009e73", ec="#cc79a7", lw=4))]


def circle():
    ax = panel()
    return ax, [ax.add_patch(Circle((9, 5), 3, fc="#e69f0080", ec="k"))]


def scatter(**look):
    def draw():
        ax = panel()
        rng = np.random.default_rng(0)
        x, y = rng.uniform(-1, 11, (2, 60))
        return ax, [ax.scatter(x, y, **{"s": 90, "ec": "k", **look})]

    return draw


def contours():
    ax = panel()
    t = np.linspace(0, 2 * np.pi, 80)
    circles = [np.stack([5 + r * np.cos(t), 5 + r * np.sin(t)], -1) for r in (2, 4, 6)]
    colours = ["#0072b2", "#d55e00", "#009e73"]
    return ax, [ax.add_collection(LineCollection(circles, colors=colours, lw=2))]


def one_wire():
    ax = panel()
    return ax, [ax.add_collection(LineCollection([[(1, 1), (9e6, 9e6)]], lw=3))]


def one_polygon():
    ax = panel()
    corners = [[(2, 2), (8, 2), (8, 30)]]
    return ax, [ax.add_collection(PolyCollection(corners, fc="#0072b2", ec="k"))]


def image(**look):
    def draw():
        ax = panel()
        pixels = np.random.default_rng(1).uniform(size=(5, 4))
        look_ = {"interpolation": "nearest", "extent": (-2, 8, 1, 9), **look}
        shown = ax.imshow(pixels, **look_)
        ax.set(xlim=(0, 10), ylim=(0, 10), aspect="auto")
        return ax, [shown]

    return draw


def colour_image():
    ax = panel()
    pixels = np.random.default_rng(2).uniform(size=(7, 6, 3)).round(1)
    shown = ax.imshow(pixels, extent=(0, 10, 0, 10), interpolation="none")
    ax.set(aspect="auto")
    return ax, [shown]


def hole_image():
    ax = panel()
    pixels = np.arange(12.0).reshape(3, 4)
    pixels[1, 2] = np.nan
    shown = ax.imshow(pixels, extent=(2, 8, 2, 8), interpolation="nearest")
    return ax, [shown]


def overlap():
    """Three shapes over each other: the order of zorder decides who is on top."""
    ax = panel()
    disc = ax.add_patch(Circle((5, 5), 2.5, fc="#e69f00", zorder=2))
    (stroke,) = ax.plot([0, 10], [0, 10], color="#0072b2", lw=12, alpha=0.5, zorder=3)
    (under,) = ax.plot([0, 10], [10, 0], color="#cc79a7", lw=12, zorder=1)
    return ax, [stroke, disc, under]


def text(words="θ₂₀ = 0.0288", **look):
    def draw():
        ax = panel()
        return ax, [ax.text(5, 5, words, **{"size": 20, "ha": "center", **look})]

    return draw


def legend():
    ax = panel()
    ax.plot([0, 1], [0, 1], "--", color="#0072b2", label="Adam", lw=3)
    ax.plot([0, 1], [1, 0], "o", color="#d55e00", label="Adagrad")
    return ax, [ax.legend(loc="center", fontsize=16)]


CASES = {
    "line": line(),
    "thin line": line(lw=0.8),
    "dashes": line(LONG[8:], WAVE[8:], ls="--"),
    "dots and dashes": line(LONG[8:], WAVE[8:], ls="-.", lw=2),
    "dash that begins far to the left": line([-40, 14], [2, 8], ls=(0, (6, 3))),
    "dash with offset": line([0, 10], [5, 5], ls=(4, (6, 3))),
    "square caps": line([2, 8], [3, 7], lw=12, solid_capstyle="projecting"),
    "mitre joins": line([1, 5, 9], [1, 8, 1], lw=10, solid_joinstyle="miter"),
    "round joins": line(
        np.arange(11), [2, 8, 2, 8, 2, 8, 2, 8, 2, 8, 2], lw=9, solid_joinstyle="round"
    ),
    "markers": line(ls="", marker="o", ms=9, mec="k"),
    "line with markers": line(marker="D", ms=8, mew=2, mec="#d55e00"),
    "empty markers": line(ls="", marker="s", ms=9, mfc="none", mew=2),
    "every second marker": line(marker="v", markevery=2),
    "one marker": line([5], [5], marker="P", ms=30, mec="k"),
    "gaps": line(y=GAPS),
    "gaps with markers": line(y=GAPS, marker="^"),
    "all gone": line(y=np.full(40, np.nan), marker="o"),
    "log scale": line(
        np.arange(20),
        10.0 ** np.arange(-8, 12),
        {"xlim": (0, 20), "ylim": (1e-3, 1e3), "yscale": "log"},
        marker="o",
    ),
    "not positive on a log scale": line(
        np.arange(20),
        np.cos(np.arange(20)),
        {"xlim": (0, 20), "ylim": (1e-2, 1e1), "yscale": "log"},
    ),
    "leaving": line([1, 2, 3, 4, 5], [5, 6, -40, 9e4, -9e8]),
    "leaving for infinity": line(
        [1, 2, 3, 4, 5, 6, 7], [5, 6, -40, 1e300, -1e300, np.inf, np.nan], marker="o"
    ),
    "not clipped": line([-2, 12], [5, 8], clip_on=False),
    "half transparent": line(alpha=0.4, lw=9),
    "many points": line(np.linspace(0, 10, 3000), 5 + 3 * np.sin(np.arange(3000) / 80)),
    "steps": line(drawstyle="steps-post"),
    "bars": bars,
    "polygon": polygon,
    "circle": circle,
    "scatter": scatter(color="#0072b2"),
    "scatter in colours": scatter(c=np.arange(60)),
    "scatter in sizes": scatter(c=np.arange(60), s=np.arange(60) * 3),
    "scatter without edges": scatter(ec="none", c=["#0072b2", "#d55e00"] * 30),
    "scatter of rings": scatter(fc="none", ec=["#0072b2", "#d55e00"] * 30, lw=2),
    "scatter with dashed edges": scatter(
        c=np.arange(60), s=900, lw=3, linestyle="--", alpha=0.7
    ),
    "scatter with varied edges": scatter(c=np.arange(60), lw=[1, 2, 3] * 20),
    "contours": contours,
    "a single wire that leaves": one_wire,
    "a single polygon": one_polygon,
    "image": image(),
    "image, first row below": image(origin="lower"),
    "image, half transparent": image(alpha=0.5, cmap="gray"),
    "image in colours": colour_image,
    "image with a hole": hole_image,
    "overlap": overlap,
}
WORDS = {
    "text": text(color="#0072b2"),
    "rotated": text(rotation=60, color="#d55e00"),
    "two lines": text("0.5\n−12.25", va="center"),
    "left and top": text(ha="left", va="top", size=13),
    "faint": text(alpha=0.5),
    "beside the axes": text("η", position=(-1.5, 11)),
}
MIXED = {
    "box": text(bbox={"facecolor": "#e69f00", "edgecolor": "k", "pad": 8}),
    "legend": legend,
}


@cache
def both(draw):
    """Agg's picture, and the record."""
    ax, artists = draw()
    return by_agg(ax, artists), *record(ax.figure, artists)


@pytest.mark.parametrize("name", CASES)
def test_the_record_paints_what_agg_paints(name):
    agg, marks, points = both(CASES[name])
    assert_same(agg, by_record(marks, points))
    assert ink(agg).any() == (name != "all gone")


@pytest.fixture
def no_hints():
    with rc_context({"text.hinting": "none"}):
        yield


@pytest.mark.usefixtures("no_hints")
@pytest.mark.parametrize("name", WORDS)
def test_letters_stand_where_agg_sets_them(name):
    agg, marks, points = both(WORDS[name])
    assert_lettering(agg, by_record(marks, points))


@pytest.mark.usefixtures("no_hints")
@pytest.mark.parametrize("name", MIXED)
def test_what_has_letters_and_lines(name):
    """Letters differ by their last dot; all else is as exact as it is alone."""
    agg, marks, points = both(MIXED[name])
    ours = by_record(marks, points)
    assert disagreement(agg, ours) < 0.12
    assert_lettering(agg, ours)


def outside(name) -> bool:
    """Whether something is drawn beyond the clip, so that a missing one shows."""
    return name in (
        "line,thin line,dashes,markers,bars,polygon,circle,scatter,contours,image,"
        "leaving for infinity,half transparent,scatter in colours,log scale"
    ).split(",")


# Each comparison is seen to fail: a mistake is planted in a record that is right.


def shifted(marks, points):
    array = np.frombuffer(points, "<i2").copy()
    for mark, parts in read(marks, array):
        x = stand(mark, parts)[:, 0]
        x[x != LIFT] += 2 * UNIT
    return marks, array.tobytes()


def recoloured(marks, points):
    def other(css):
        red, green, blue = (int(css[k : k + 2], 16) for k in (1, 3, 5))
        return f"#{255 - red:02x}{255 - green:02x}{blue:02x}{css[7:]}"

    changed = []
    for mark in marks:
        mark = {k: other(v) if k in ("fill", "stroke") else v for k, v in mark.items()}
        if mark["kind"] == "stamps" and "palette" in mark:
            mark["palette"] = [[other(c) for c in pair] for pair in mark["palette"]]
        if mark["kind"] == "image":
            mark["palette"] = [colour ^ 0xFFFF for colour in mark["palette"]]
        changed.append(mark)
    return changed, points


def without(*keys):
    def change(marks, points):
        kept = [{k: v for k, v in mark.items() if k not in keys} for mark in marks]
        return kept, points

    return change


def wider(marks, points):
    return [{**mark, "width": 1.5 * mark["width"] + 1} for mark in marks], points


def lower(marks, points):
    return marks[::-1], points


def bevelled(marks, points):
    return [{**mark, "join": "bevel"} for mark in marks], points


PLANTED = [
    *((name, shifted) for name in CASES if name != "all gone"),
    *((name, recoloured) for name in CASES if name != "all gone"),
    *((name, without("clip")) for name in CASES if outside(name)),
    *((name, without("dash")) for name in CASES if "dash" in name),
    ("dash with offset", without("offset")),
    ("line", wider),
    ("markers", without("fill")),
    ("square caps", without("cap")),
    ("round joins", bevelled),
]


def defaults(mark):
    """What a canvas takes where a mark says nothing."""
    return {"join": "miter", "cap": "butt", **mark}


@pytest.mark.parametrize(
    ("name", "mistake"), PLANTED, ids=lambda case: getattr(case, "__name__", case)
)
def test_a_planted_mistake_is_seen(name, mistake):
    agg, marks, points = both(CASES[name])
    marks, points = mistake(marks, points)
    ours = by_record([defaults(mark) for mark in marks], points)
    with pytest.raises(AssertionError):
        assert_same(agg, ours)


@pytest.mark.usefixtures("no_hints")
@pytest.mark.parametrize("mistake", [shifted, recoloured])
@pytest.mark.parametrize("name", WORDS)
def test_a_planted_mistake_in_letters_is_seen(name, mistake):
    agg, marks, points = both(WORDS[name])
    with pytest.raises(AssertionError):
        assert_lettering(agg, by_record(*mistake(marks, points)))


def test_the_lowest_is_painted_first():
    agg, marks, points = both(overlap)
    ends = np.cumsum([mark["length"] for mark in marks])[:-1]
    chunks = np.split(np.frombuffer(points, "<i2"), ends)
    turned = np.concatenate(chunks[::-1]).tobytes()
    with pytest.raises(AssertionError):
        assert_same(agg, by_record(marks[::-1], turned))


# What cannot be said is an error that names the artist.


def hatched():
    ax = panel()
    return ax, [*ax.bar([5], [5], hatch="//")]


def hatched_collection():
    ax = panel()
    return ax, [ax.scatter([1, 5], [1, 5], hatch="//", s=99)]


def smooth():
    return image(interpolation="bilinear")()


def cut_by_a_circle():
    ax, (stroke,) = line()()
    stroke.set_clip_path(Circle((5, 5), 3, transform=ax.transData))
    return ax, [stroke]


def shaded():
    ax = panel()
    corners = [0, 5, 9], [0, 9, 0]
    return ax, [ax.tripcolor(*corners, [1, 2, 3], shading="gouraud")]


def filtered():
    ax, (stroke,) = line()()
    stroke.set_agg_filter(lambda image, dpi: (image, 0, 0))
    return ax, [stroke]


def filtered_inside():
    ax, (key,) = legend()
    key.get_texts()[0].set_agg_filter(lambda image, dpi: (image, 0, 0))
    return ax, [key]


def sketched():
    ax, (stroke,) = line()()
    stroke.set_sketch_params(2)
    return ax, [stroke]


def varied_alpha():
    return image(alpha=np.full((5, 4), 0.5))()


def too_many_colours():
    ax = panel()
    pixels = np.zeros((200, 200, 3), np.uint8)
    pixels[..., 0], pixels[..., 1] = np.mgrid[:200, :200]
    return ax, [ax.imshow(pixels, interpolation="nearest", extent=(0, 10, 0, 10))]


UNSAYABLE = {
    hatched: ("Rectangle", "hatch = '//'"),
    hatched_collection: ("PathCollection", "hatch = '//'"),
    smooth: ("AxesImage", "interpolation = 'bilinear'"),
    cut_by_a_circle: ("Line2D", "rectangle"),
    shaded: ("TriMesh", "triangles"),
    filtered: ("Line2D", "filter"),
    filtered_inside: ("Legend", "filter"),
    sketched: ("Line2D", "sketched"),
    varied_alpha: ("AxesImage", "alpha"),
    too_many_colours: ("AxesImage", "colours"),
}


@pytest.mark.parametrize("draw", UNSAYABLE, ids=lambda draw: draw.__name__)
def test_what_cannot_be_said_is_an_error_that_names_the_artist(draw):
    ax, artists = draw()
    artist, reason = UNSAYABLE[draw]
    with pytest.raises(Unsayable, match=f"^{artist}.*{re.escape(reason)}"):
        record(ax.figure, artists)
    assert issubclass(Unsayable, ValueError)


# The record itself.


def test_an_invisible_artist_says_nothing():
    ax, (stroke,) = line()()
    stroke.set_visible(False)
    assert record(ax.figure, [stroke]) == ([], b"")
    assert record(ax.figure, []) == ([], b"")


@pytest.mark.parametrize("name", [*CASES, *WORDS, *MIXED])
def test_recording_twice_says_the_same(name):
    ax, artists = {**CASES, **WORDS, **MIXED}[name]()
    first = record(ax.figure, artists)
    by_agg(ax, artists)
    assert record(ax.figure, artists) == first


def test_a_small_change_makes_a_small_record():
    """Two lines of 21 points: about 2.5 kB were measured for such a figure."""
    ax = panel()
    t = np.arange(21)
    lines = [ax.plot(t, 0.9**t, marker="o")[0], ax.plot(t, 0.5**t, "--")[0]]
    _, points = record(ax.figure, lines)
    assert len(points) < 2500


def test_no_place_wraps_around():
    """Far places stay far: int16 ends at 2047 px, and nothing returns from there."""
    ax, artists = CASES["leaving for infinity"]()
    _, points = record(ax.figure, artists)
    array = np.frombuffer(points, "<i2")
    assert np.all(abs(array[array != LIFT]) <= REACH * UNIT)
