"""The live figures of all lectures, the places of their sliders, what they say."""

from course_utils.live.sliders import choices, ends
from support.course import NAMES, code_cells, notebook, shows_a_figure, source


def figures_of(name: str) -> list[tuple[str, str]]:
    try:
        cells = code_cells(source(name).cells)
    except (SystemExit, Exception):
        return []  # the build refuses it: the tests of sources say so
    return [(name, cell.id) for cell in cells if shows_a_figure(cell)]


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
