"""A figure in words: one text that tests compare, one that a listener can use."""

import re

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator

from ..languages import LANGUAGES
from .view import showing

# What a view can say of itself, in Spanish and in English. A view's `says` yields
# (key, values); every key stands here and nowhere else. An opening begins a sentence,
# what follows it goes on.
OPENINGS = {
    "over": ("sobre {risk}, desde {start}", "on {risk}, from {start}"),
    "against": ("contra {x}", "against {x}"),
    "within": ("en {y} contra {x}", "in {y} against {x}"),
    "bars": ("en las barras {names}", "in the bars {names}"),
    "regions": (
        "en las regiones de decisión, {right} de {all} ejemplos quedan bien",
        "in the decision regions, {right} of {all} examples are right",
    ),
    "images": (
        "hay {n} imágenes ({captions}) con valores de {smallest} a {largest}",
        "there are {n} pictures ({captions}) with values from {smallest} to {largest}",
    ),
    "graph": ("en la red de {n} capas", "in the network of {n} layers"),
}
WORDS = OPENINGS | {
    "path": (
        "{name} llega a {end} en t = {steps} y su menor R es {smallest}",
        "{name} reaches {end} at t = {steps} and its smallest R is {smallest}",
    ),
    "ends": ("{name} termina en {end}", "{name} ends at {end}"),
    "diverges": (
        "{name} diverge y sale de la figura en t = {leaves}",
        "{name} diverges and leaves the figure at t = {leaves}",
    ),
    "level": ("{name} se queda en {end}", "{name} stays at {end}"),
    "rises": ("{name} sube de {start} a {end}", "{name} rises from {start} to {end}"),
    "falls": ("{name} baja de {start} a {end}", "{name} falls from {start} to {end}"),
    "dip": (
        "{name} baja de {start} a {turn} en {x} = {at} y sube a {end}",
        "{name} falls from {start} to {turn} at {x} = {at} and rises to {end}",
    ),
    "peak": (
        "{name} sube de {start} a {turn} en {x} = {at} y baja a {end}",
        "{name} rises from {start} to {turn} at {x} = {at} and falls to {end}",
    ),
    "wavers up": (
        "{name} sube con altibajos de {start} a {end}",
        "{name} rises unsteadily from {start} to {end}",
    ),
    "wavers down": (
        "{name} baja con altibajos de {start} a {end}",
        "{name} falls unsteadily from {start} to {end}",
    ),
    "wanders": (
        "{name} va de {start} a {end} entre {low} y {high}",
        "{name} goes from {start} to {end} between {low} and {high}",
    ),
    "endless": (
        "{name} empieza en {start} y diverge, con mínimo {low}",
        "{name} starts at {start} and diverges, with minimum {low}",
    ),
    "curve": ("{name} va de {start} a {end}", "{name} goes from {start} to {end}"),
    "outline": (
        "{name} abarca {x} de {left} a {right} y {y} de {low} a {high}",
        "{name} spans {x} from {left} to {right} and {y} from {low} to {high}",
    ),
    "dots": (
        "hay {n} puntos {name}, {x} de {left} a {right}, {y} de {low} a {high}",
        "there are {n} dots {name}, "
        "{x} from {left} to {right}, {y} from {low} to {high}",
    ),
    "cloud": (
        "hay {n} puntos {name} alrededor de {middle}",
        "there are {n} dots {name} around {middle}",
    ),
    "point": ("{name} está en {value}", "{name} is at {value}"),
    "nothing": ("{name} no tiene valor", "{name} has no value"),
    "grey": ("en gris, {names}", "in grey, {names}"),
    "heights": ("{name} mide {values}", "{name} measures {values}"),
    "many": (
        "{name} va de {low} en {lowest} a {high} en {highest}",
        "{name} goes from {low} at {lowest} to {high} at {highest}",
    ),
    "share": (
        "la clase {c} ocupa {share} % del plano",
        "class {c} takes {share} % of the plane",
    ),
    "layer": ("capa {k}: {nodes}", "layer {k}: {nodes}"),
    "note": ("arriba, {note}", "above, {note}"),
}
WITH = "con", "with"
PLAIN = {"True": ("sí", "yes"), "False": ("no", "no"), "nan": ("sin valor", "no value")}


def words(values: dict, views: tuple, result) -> str:
    """What `sentences` says, in all languages."""
    return " — ".join(sentences(values, views, result).values())


def sentences(values: dict, views: tuple, result) -> dict[str, str]:
    """Sentences about a figure, in each language.

    Parameters
    ----------
    values : dict
        The sliders' values by their letters.
    views : sequence of View
        Each says what it shows of `result`.
    """
    said = []
    for view in views:
        with showing(view, result):
            said += view.facts(result)
    return {language: _told(values, said, language) for language in LANGUAGES}


def _in(language: str, texts: tuple[str, ...]) -> str:
    return texts[LANGUAGES.index(language)]


def _told(values: dict, said: list, language: str) -> str:
    """A sentence for each opening; the sliders stand before the first."""
    sentences = []
    for key, facts in said:
        texts = {name: _short(value, language) for name, value in facts.items()}
        text = _in(language, WORDS[key]).format(**texts)
        if key in OPENINGS or not sentences:
            sentences.append([text])
        else:
            sentences[-1].append(text)
    told = [f"{first}, {'; '.join(more)}".strip(", ") for first, *more in sentences]
    sliders = ", ".join(f"{k} = {_short(v, language)}" for k, v in values.items())
    if sliders:
        told[0] = f"{_in(language, WITH)} {sliders}: {told[0]}"
    return _aloud(" ".join(f"{text[0].upper()}{text[1:]}." for text in told))


def _aloud(text: str) -> str:
    """A hyphen is not read as a minus, nor e-06 as a number."""
    text = re.sub(r"(?<=\d)e([+-])0*(?=\d)", lambda e: f"e{e[1].strip('+')}", text)
    return re.sub(r"(?<![\w)])-(?=[\d.∞])|(?<=\de)-(?=\d)", "−", text)


def _short(value, language: str) -> str:
    """About three digits: for the ear, not for a comparison."""
    if isinstance(value, str | bool):
        text = str(value)
        return _in(language, PLAIN[text]) if text in PLAIN else text
    if isinstance(value, list):
        return ", ".join(_short(part, language) for part in value)
    if np.ndim(value):
        value = np.asarray(value, float)
        noise = abs(value) < 1e-9 * np.max(np.abs(value), initial=0)
        inside = ", ".join(_short(v, language) for v in np.where(noise, 0, value))
        return inside if len(value) == 1 else f"({inside})"
    if np.isnan(value):
        return _in(language, PLAIN["nan"])
    digits = ".0f" if 1000 <= abs(value) < 1e6 else ".3g"  # 2000, not 2e+03
    return f"{float(value) + 0.0:{digits}}".replace("inf", "∞")


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
