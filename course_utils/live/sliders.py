"""Sliders from abbreviations, each starting on its own grid."""

import inspect
import math
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

import ipywidgets as widgets
from traitlets import TraitError

from ..validation import flag, function, number
from .view import SUBSCRIPTS


def defaults(compute: Callable, sliders: dict) -> dict:
    """What compute's signature says; every slider must find its default there."""
    function("compute", compute)
    parameters = inspect.signature(compute).parameters
    for name in sliders:
        if name not in parameters:
            allowed = ", ".join(parameters) or "none"
            raise ValueError(f"slider {name!r}: compute takes only {allowed}")
    for name, parameter in parameters.items():
        if parameter.default is parameter.empty:
            raise ValueError(f"compute's argument {name!r} needs a default value")
    return {name: parameter.default for name, parameter in parameters.items()}


def slider_for(name: str, short, default) -> widgets.Widget:
    """What `interact` makes of an abbreviation, standing at its default."""
    if isinstance(short, tuple) and isinstance(default, float):
        short = tuple(float(number) for number in short)  # (-3, 3) around 2.5
    try:
        slider = widgets.interactive.widget_from_abbrev(short)
    except (ValueError, TraitError) as problem:  # (3, -3), say
        raise ValueError(f"slider {name!r} = {short!r}: {problem}") from None
    if isinstance(short, type) or not isinstance(slider, widgets.ValueWidget):
        raise ValueError(
            f"slider {name!r} = {short!r}: not an abbreviation of interact"
        )
    _on_grid(name, slider, default)
    try:
        slider.value = default
    except TraitError:
        raise ValueError(f"{name} = {default!r}: no value of {short!r}") from None
    slider.description = letter(name)
    if isinstance(slider, widgets.FloatSlider):
        slider.readout_format = f".{_decimals(slider.step)}f"
    return slider


def said(slider) -> str:
    """A slider's value as it is shown: of a dropdown its label."""
    return slider.label if isinstance(slider, widgets.Dropdown) else _said(slider.value)


def labels(dropdown: widgets.Dropdown) -> list[str]:
    """What is shown for each of its choices."""
    return list(dropdown._options_labels)


def _said(value) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def place(slider) -> int | None:
    """Where it stands among its choices; what was typed may stand between two."""
    if isinstance(slider, widgets.Dropdown):
        return slider.index
    if isinstance(slider, widgets.Checkbox):
        return int(slider.value)
    at = (slider.value - slider.min) / slider.step
    return round(at) if abs(at - round(at)) < 1e-6 else None


def choices(slider) -> list | None:
    """All that a slider can be set to; of a text, say, there is no end."""
    if isinstance(slider, widgets.Dropdown):
        return [value for _, value in slider._options_full]
    if isinstance(slider, widgets.Checkbox):
        return [False, True]
    if not isinstance(slider, widgets.IntSlider | widgets.FloatSlider):
        return None
    count = math.floor((slider.max - slider.min) / slider.step + 1e-9)
    return [_number_at(slider, place) for place in range(count + 1)]


def choice(slider, place: int) -> tuple:
    """One of its choices and what is shown for it, without a list of all of them."""
    if isinstance(slider, widgets.Dropdown):
        return choices(slider)[place], labels(slider)[place]
    boxed = isinstance(slider, widgets.Checkbox)
    value = bool(place) if boxed else _number_at(slider, place)
    return value, _said(value)


def chosen(name: str, slider, value):
    """The choice that somebody means by this value."""
    if isinstance(slider, widgets.Checkbox):
        return flag(name, value)
    if not isinstance(slider, widgets.IntSlider | widgets.FloatSlider):
        _on_grid(name, slider, value)
        return value
    value = number(name, value)
    _on_grid(name, slider, value)
    return min(choices(slider), key=lambda choice: abs(choice - value))


def _number_at(slider, place: int) -> int | float:
    value = slider.min + slider.step * place
    return value if isinstance(slider, widgets.IntSlider) else round(value, 12)


def ends(slider) -> list:
    """The first and the last of its choices."""
    listed = choices(slider)
    return [listed[0], listed[-1]]


def walks(name: str, slider) -> bool:
    """Whether it has a ▶."""
    return name in ("steps", "t") and isinstance(slider, widgets.IntSlider)


def _on_grid(name: str, slider, default) -> None:
    """A default off the grid would jump at the first touch."""
    if isinstance(slider, widgets.Dropdown):
        if default not in choices(slider):
            allowed = ", ".join(labels(slider))
            raise ValueError(f"{name} = {default!r}: must be one of {allowed}")
    if not isinstance(slider, widgets.IntSlider | widgets.FloatSlider):
        return
    if not isinstance(default, int | float):
        raise ValueError(f"{name} = {default!r}: must be a number")
    places = round((default - slider.min) / slider.step)
    nearest = slider.min + places * slider.step
    nearest = min(max(nearest, slider.min), slider.max)
    if abs(default - nearest) > 1e-9 * slider.step:
        grid = f"{slider.min:g}, {slider.min + slider.step:g}, … {slider.max:g}"
        raise ValueError(
            f"{name} = {default:g}: must lie on the slider's grid {grid}; "
            f"the nearest value is {nearest:.10g}"
        )


def _decimals(step: float) -> int:
    return max(0, -Decimal(f"{step:.10g}").normalize().as_tuple().exponent)


def letter(name: str) -> str:
    """The formula's letter: eta → η, beta1 → β₁, x0 → x₀, steps → t."""
    stem, digits = re.fullmatch(r"(.*?)_?(\d*)", name).groups()
    stem = {"steps": "t", "lam": "lamda"}.get(stem, stem)
    try:
        stem = unicodedata.lookup(f"GREEK SMALL LETTER {stem}")
    except KeyError:
        pass  # a Latin letter stands for itself
    return stem + digits.translate(SUBSCRIPTS)


def limits(slider) -> str:
    """What a slider can be moved to."""
    if isinstance(slider, widgets.Dropdown):
        return f"of {', '.join(labels(slider))}"
    if not hasattr(slider, "min"):
        return ""
    return f"in [{slider.min:g}, {slider.max:g}] by {slider.step:g}"
