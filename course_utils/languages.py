"""The languages of the course, and in which of them it speaks.

A notebook in `es/` is spoken to in Spanish, one in `en/` in English: the name of the
working directory is read once, at import. Elsewhere every language is spoken, until
`language("en")`.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from .validation import one_of

__all__ = ["language"]

LANGUAGES = ("es", "en")  # what is said in all of them is said in this order

_here = Path.cwd().name
_spoken = (_here,) if _here in LANGUAGES else LANGUAGES


def language(name: str) -> None:
    """Speak this language from now on: in checks, hints, and figures yet to be made.

    Parameters
    ----------
    name : str
        ``"es"`` or ``"en"``.

    Raises
    ------
    ValueError
        If the course does not speak it.
    """
    global _spoken
    _spoken = (one_of("name", name, LANGUAGES),)


def spoken() -> tuple[str, ...]:
    """The language that is spoken; all of them where nothing says which."""
    return _spoken


def print_any_letter() -> None:
    """For a program, before it prints: in a file on Windows there would be no θ."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def told(texts: Iterable[str], between: str = "\n") -> str:
    """What is said of a text that is there in every language."""
    said = dict(zip(LANGUAGES, texts, strict=True))
    return between.join(dict.fromkeys(said[one] for one in _spoken))


def apart(text: str) -> tuple[str, ...]:
    """Every language of "sube · it climbs"; a text without words serves all."""
    texts = tuple(text.split(" · "))
    return texts if len(texts) == len(LANGUAGES) else (text,) * len(LANGUAGES)
