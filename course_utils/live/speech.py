"""A figure in words that a listener can use, in every language."""

import re

import numpy as np

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
