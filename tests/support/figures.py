"""The live figures of all lectures, the places of their sliders, what they say."""

from ipywidgets import Checkbox, Dropdown, IntSlider

from support.course import NAMES, code_cells, notebook, shows_a_figure, source


def figures_of(name: str) -> list[tuple[str, str]]:
    try:
        cells = code_cells(source(name).cells)
    except (SystemExit, Exception):
        return []  # the build refuses it: the tests of sources say so
    return [(name, cell.id) for cell in cells if shows_a_figure(cell)]


FIGURES = [figure for name in NAMES for figure in figures_of(name)]


def choices(slider) -> list | None:
    """All values of a dropdown or a box; a slider on a grid has none to list."""
    if isinstance(slider, Dropdown):
        return [value for _, value in slider._options_full]
    return [False, True] if isinstance(slider, Checkbox) else None


def ends(slider) -> list:
    listed = choices(slider)
    return [listed[0], listed[-1]] if listed else [slider.min, slider.max]


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
    if listed := choices(slider):
        return listed[rng.integers(len(listed))]
    places = int((slider.max - slider.min) / slider.step + 1e-9)
    value = slider.min + slider.step * int(rng.integers(places + 1))
    return value if isinstance(slider, IntSlider) else round(value, 12)


def words_at(figure, **values) -> str:
    """The figure's words at these values, the others at home; computed here."""
    figure.reset()
    for name, value in values.items():
        figure.sliders[name].value = value
    words = figure.words()
    figure.reset()
    return words


def pictures(language: str, name: str) -> dict[str, str]:
    """The cells of a committed notebook that hold a picture, and its alt text."""
    return {
        cell.id: output.metadata["image/png"]["alt"]
        for cell in code_cells(notebook(language, name).cells)
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    }
