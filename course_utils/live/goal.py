"""A goal is code: a figure shows it and keeps it, a search of its grid finds it."""

import inspect
from collections.abc import Callable
from itertools import product

from ..languages import LANGUAGES, spoken
from ..validation import flag, function
from . import say
from .sliders import choices, chosen
from .speech import sentences

BOXES = "☐☑"  # of what is not met, and of what is


class Goal:
    """What a figure asks for, and whether it is met.

    Parameters
    ----------
    words : str or dict of str
        What must hold, as it is shown and said. A formula serves every language;
        words come in each: ``{"es": "periodo 4", "en": "period 4"}``.
    met : callable
        Takes the result of compute and, by name, whichever of compute's arguments it
        wants: ``met(path, theta0)``. True or False wherever the sliders stand.

    Raises
    ------
    ValueError
        If a language is missing, or `met` takes no result.
    """

    def __init__(self, words: str | dict[str, str], met: Callable):
        self.texts = _texts(words)
        self.met = function("met", met)
        self.wants, self.wants_all = _wants(met)

    def refuse_unknown(self, arguments: dict) -> None:
        """Stop at a name that is no argument of compute."""
        for name in self.wants:
            if name not in arguments:
                allowed = ", ".join(arguments) or "nothing"
                raise ValueError(f"met: takes {name!r}; compute takes only {allowed}")

    def at(self, result, values: dict) -> bool:
        """Whether it is met by a result, computed with these values."""
        names = values if self.wants_all else self.wants
        wanted = {name: values[name] for name in names}
        return flag("met(result)", self.met(result, **wanted))

    def shown(self, met: bool, *languages: str) -> str:
        """A box, ticked or not, and the words; in all languages if none is named."""
        return f"{BOXES[met]} {self._words(languages)}"

    def facts(self, met: bool) -> list[tuple[say.Phrase, dict]]:
        """What a listener should know, as a view says it."""
        return [(say.MET if met else say.NOT_MET, {"goal": self.texts})]

    def about(self, *languages: str) -> dict:
        """What a page shows, and what it says after a change; see goal.js.

        In the language that is spoken, if none is named.
        """
        said = [sentences({}, (), None, self.facts(met)) for met in (False, True)]
        languages = languages or spoken()
        return {
            "words": self._words(languages),
            "said": [" — ".join(texts[one] for one in languages) for texts in said],
        }

    def _words(self, languages: tuple) -> str:
        texts = [self.texts[language] for language in languages or LANGUAGES]
        return " · ".join(dict.fromkeys(texts))  # a formula is shown once


def _texts(words: str | dict[str, str]) -> dict[str, str]:
    """The words in each language."""
    texts = words if isinstance(words, dict) else dict.fromkeys(LANGUAGES, words)
    good = all(isinstance(text, str) and text.strip() for text in texts.values())
    if not good or set(texts) != set(LANGUAGES):
        allowed = " and ".join(map(repr, LANGUAGES))
        raise ValueError(f"words = {words!r}: must be a text, or one for {allowed}")
    return {language: texts[language] for language in LANGUAGES}


def _wants(met: Callable) -> tuple[list[str], bool]:
    """What `met` takes by name beside the result; True if all there is."""
    try:
        _first, *rest = inspect.signature(met).parameters.values()
    except ValueError:
        raise ValueError(f"met = {met!r}: must take the result of compute") from None
    names = [p.name for p in rest if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    return names, any(p.kind is p.VAR_KEYWORD for p in rest)


def reached(figure, *names: str, **fixed) -> list:
    """Where a figure's goal is met: its sliders are searched, and none is moved.

    Parameters
    ----------
    figure : Live
        One with a goal.
    *names : str
        Sliders, of which all values are tried.
    **fixed
        Where others stand. Those that are not mentioned are at their defaults.

    Returns
    -------
    list
        The values that meet the goal, in the order of the slider; of several sliders
        tuples, in which the last one varies fastest.

    Raises
    ------
    ValueError
        If the figure has no goal, a name is no slider, or a value is none of its own.

    Examples
    --------
    >>> max(reached(figure, "eta", theta0=2.5, steps=20))  # doctest: +SKIP
    0.83
    """
    goal = getattr(figure, "goal", None)
    if not isinstance(goal, Goal):
        raise ValueError(f"figure = {figure!r:.60}: must be a live figure with a goal")
    grid = [_everything(name, figure.sliders) for name in _different(names, fixed)]
    values = dict(figure.start)
    for name, value in fixed.items():
        values[name] = chosen(name, _slider(name, figure.sliders), value)
    found = []
    for point in product(*grid):
        values |= zip(names, point, strict=True)
        if goal.at(figure.picture.compute(**values), values):
            found.append(point)
    return [value for (value,) in found] if len(names) == 1 else found


def _different(names: tuple, fixed: dict) -> tuple:
    """The names of the sliders to search, each once and none of them fixed."""
    if not names:
        raise ValueError("names: none given; must be the sliders to search")
    for name in names:
        if not isinstance(name, str):
            raise ValueError(f"names: {name!r} is no name of a slider")
        if name in fixed or names.count(name) > 1:
            raise ValueError(f"names: {name!r} is given twice")
    return names


def _slider(name: str, sliders: dict):
    if name not in sliders:
        raise ValueError(f"slider {name!r}: the figure has only {', '.join(sliders)}")
    return sliders[name]


def _everything(name: str, sliders: dict) -> list:
    """All the values of a slider."""
    listed = choices(_slider(name, sliders))
    if listed is None:
        raise ValueError(f"slider {name!r}: its values have no end")
    return listed
