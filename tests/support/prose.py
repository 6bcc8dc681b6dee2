"""What the lectures and the documents say, as text and as tables."""

import re

from support.course import NAMES, ROOT, notebook

LECTURES = [name for name in NAMES if not name.startswith("00")]
ERRATA = (ROOT / "ERRATA.md").read_text("utf-8")


def prose(language, name):
    cells = notebook(language, name).cells
    return [cell.source for cell in cells if cell.cell_type == "markdown"]


def opening(language, name):
    """Title, slides and minutes, as a lecture's first cell gives them."""
    first = prose(language, name)[0]
    title = re.match(r"# \d · (.+)", first)[1]
    line = re.search(r"^\*\w+ ([\w –]+) · (\d+) minut[\w ]+, (\d+) ", first, re.M)
    slides = "–".join(re.findall(r"\d+", line[1]))  # "10 y 11", "2 to 6"
    return title, slides, f"{line[2]} | {line[3]}"


def rows(text):
    """The cells of every row of the Markdown tables in a text."""
    return [
        [part.strip() for part in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in text.splitlines()
        if line.startswith("|")
    ]
