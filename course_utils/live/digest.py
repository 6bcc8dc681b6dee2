"""A figure in exact words that tests compare: what moved in it changes its text."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator


def numbers(figure: Figure) -> str:
    """A figure as terse exact text, the same on every version of Matplotlib.

    Labels, limits and scales; of every artist its kind, colour, style and the count,
    smallest, largest, mean and order-weighted mean of its data: a curve that moved, or
    was turned round, changes this text; a redrawn font does not.
    """
    width, height = figure.bbox.size
    lines = [f"figure {width:g}x{height:g}"]
    for axes in figure.axes:
        lines += [_axes(axes)]
        lines += [f"  {text}" for text in _artists(axes)]
    return "\n".join(lines)


def _axes(axes: Axes) -> str:
    sides = []
    for side in (axes.xaxis, axes.yaxis):
        limits = _several(side.get_view_interval())
        scale = "" if side.get_scale() == "linear" else f" {side.get_scale()}"
        sides.append(f"{side.get_label_text()} [{limits}]{scale}{_ticks(side)}")
    return f"{axes.get_title().strip()} x: {sides[0]} y: {sides[1]}".strip()


def _ticks(axis: Axis) -> str:
    """Only those that the lecture chose: the others are Matplotlib's."""
    if not isinstance(axis.get_major_locator(), FixedLocator):
        return ""
    return f" ticks {' '.join(text.get_text() for text in axis.get_ticklabels())}"


def _artists(axes: Axes):
    for line in axes.lines:
        x, y = line.get_data()
        look = f"{to_hex(line.get_color())} {line.get_linestyle()}"
        name = "" if line.get_label().startswith("_") else f" {line.get_label()}"
        marker = "" if line.get_marker() == "None" else f" {line.get_marker()}"
        yield f"line{name} {look}{marker} x: {_summary(x)} y: {_summary(y)}"
    for image in axes.images:
        yield _image(image)
    for collection in axes.collections:
        yield _collection(collection)
    if axes.patches:
        corners = [patch.get_path().transformed(patch.get_patch_transform()).vertices
                   for patch in axes.patches]  # fmt: skip
        faces = " ".join(dict.fromkeys(to_hex(p.get_facecolor()) for p in axes.patches))
        yield f"{len(corners)} patches {faces} {_summary(np.concatenate(corners))}"
    for text in axes.texts:
        yield f"text {text.get_text()!r} at {_several(text.get_position())}"
    if axes.get_legend():
        yield f"legend {', '.join(t.get_text() for t in axes.get_legend().get_texts())}"


def _image(image) -> str:
    values = image.get_array()
    shape, place = "x".join(map(str, values.shape)), _several(image.get_extent())
    grey = f" from {_several(image.get_clim())}" if values.ndim == 2 else ""
    return f"image {shape} at {place}{grey}: {_summary(values)}"


def _collection(collection) -> str:
    text = type(collection).__name__
    if collection.get_array() is None:
        text += f" {_colours(collection.get_facecolor(), collection.get_edgecolor())}"
    paths = collection.get_paths()
    offsets = np.ma.filled(np.ma.asarray(collection.get_offsets(), float), np.nan)
    if np.any(offsets):
        text += f" at {_summary(offsets)}"
    elif paths:
        vertices = np.concatenate([path.vertices for path in paths])
        text += f" of {len(paths)}: {_summary(vertices)}"
    if collection.get_array() is not None:
        text += f" values {_summary(collection.get_array())}"
    return text


def _colours(*groups) -> str:
    """Faces / edges, each colour once; of a long scale the two ends."""
    texts = []
    for group in groups:
        colours = list(dict.fromkeys(to_hex(colour) for colour in group))
        few = colours if len(colours) < 5 else [colours[0], "…", colours[-1]]
        texts.append(" ".join(few))
    return " / ".join(texts)


def _summary(data) -> str:
    """Count, range and two means; the second notices the order."""
    data = np.ma.filled(np.ma.asarray(data, dtype=float), np.nan).ravel()
    kept = data[np.isfinite(data)]
    gone = f" gone={len(data) - len(kept)}" if len(kept) < len(data) else ""
    if not len(kept):
        return f"n=0{gone}"
    largest = np.abs(kept).max() or 1.0
    parts = kept / largest  # so that 1e300 has a mean
    means = np.mean(parts), np.mean(parts * np.linspace(1, 2, len(parts)))
    digits = (kept.min(), kept.max(), *(largest * mean for mean in means))
    digits = [_number(0.0 if abs(d) < 1e-9 * largest else d) for d in digits]
    names = zip(("min", "max", "mean", "order"), digits, strict=True)
    return f"n={len(kept)}{gone} " + " ".join(f"{k}={v}" for k, v in names)


def _number(value) -> str:
    return "0" if abs(value) < 1e-12 else f"{float(value):.4g}"


def _several(values) -> str:
    return ", ".join(_number(value) for value in values)
