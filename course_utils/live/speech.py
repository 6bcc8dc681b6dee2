"""A figure in words that a listener can use, in every language."""

import math
import re
from collections.abc import Iterable

import numpy as np

from ..languages import LANGUAGES, told
from . import say
from .view import showing

PLAIN = {"True": say.YES, "False": say.NO, "nan": say.NO_VALUE}


def words(values: dict, views: tuple, result, more: Iterable = ()) -> str:
    """What `sentences` says, in the language that is spoken."""
    return spoken(sentences(values, views, result, more))


def spoken(sentences: dict[str, str]) -> str:
    """Of sentences in every language, those that are spoken."""
    return told(sentences.values(), between=" — ")


def sentences(
    values: dict, views: tuple, result, more: Iterable = ()
) -> dict[str, str]:
    """Sentences about a figure, in each language.

    Parameters
    ----------
    values : dict
        The sliders' values by their letters.
    views : sequence of View
        Each says what it shows of `result`.
    more : iterable of (Phrase, dict)
        What is said after them.
    """
    said = []
    for view in views:
        with showing(view, result):
            said += view.facts(result)
    said += more
    return {language: _told(values, said, language) for language in LANGUAGES}


def _told(values: dict, said: list, language: str) -> str:
    """A sentence for each opening; the sliders stand before the first."""
    sentences = []
    for phrase, facts in said:
        texts = {name: _short(value, language) for name, value in facts.items()}
        text = phrase.texts[language].format(**texts)
        if isinstance(phrase, say.Opening) or not sentences:
            sentences.append([text])
        else:
            sentences[-1].append(text)
    told = [f"{first}, {'; '.join(more)}".strip(", ") for first, *more in sentences]
    sliders = ", ".join(f"{k} = {_short(v, language)}" for k, v in values.items())
    if sliders:
        told[0] = f"{say.WITH.texts[language]} {sliders}: {told[0]}"
    return _aloud(" ".join(f"{text[0].upper()}{text[1:]}." for text in told))


def _aloud(text: str) -> str:
    """A hyphen is not read as a minus, nor e-06 as a number."""
    text = re.sub(r"(?<=\d)e([+-])0*(?=\d)", lambda e: f"e{e[1].strip('+')}", text)
    return re.sub(r"(?<![\w)])-(?=[\d.∞])|(?<=\de)-(?=\d)", "−", text)


def _short(value, language: str) -> str:
    """About three digits: for the ear, not for a comparison."""
    if isinstance(value, str | bool):
        text = str(value)
        return PLAIN[text].texts[language] if text in PLAIN else text
    if isinstance(value, dict):  # a text in each language
        return value[language]
    if isinstance(value, list):
        return ", ".join(_short(part, language) for part in value)
    if np.ndim(value):
        value = np.asarray(value, float)
        noise = abs(value) < 1e-9 * np.max(np.abs(value), initial=0)
        inside = ", ".join(_short(v, language) for v in np.where(noise, 0, value))
        return inside if len(value) == 1 else f"({inside})"
    if math.isnan(value):
        return say.NO_VALUE.texts[language]
    digits = ".0f" if 1000 <= abs(value) < 1e6 else ".3g"  # 2000, not 2e+03
    return f"{float(value) + 0.0:{digits}}".replace("inf", "∞")
