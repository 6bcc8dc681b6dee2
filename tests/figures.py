"""What a browser test expects of the figures of a lecture, from the course's code."""

import numpy as np
from browser import painted
from course import code_cells, notebook
from lab_page import Figure
from test_figures import ends

from course_utils.live import Live


def pictures(language: str, name: str) -> dict[str, str]:
    """The cells of a committed notebook that hold a picture, and its alt text."""
    return {
        cell.id: output.metadata["image/png"]["alt"]
        for cell in code_cells(notebook(language, name).cells)
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    }


def words_at_both_ends(figure: Live) -> list[str]:
    """What the figure says at the ends of its first slider, computed here."""
    figure.reset()
    slider, spoken = next(iter(figure.sliders.values())), []
    for end in ends(slider):
        slider.value = end
        spoken.append(figure.words())
    figure.reset()
    return spoken


def moves(page, cell: str, figure: Live) -> None:
    """Home and End on the first slider: the words are right, the picture another."""
    shown, seen = Figure(page, cell), []
    for key, words in zip(["Home", "End"], words_at_both_ends(figure), strict=True):
        shown.press(key)
        shown.wait_for(words)
        seen.append([painted(canvas) for canvas in shown.canvases])
    assert not all(map(np.array_equal, *seen)), cell
