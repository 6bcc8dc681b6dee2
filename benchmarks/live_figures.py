"""How fast is each live figure? Compute and record, on one core, in milliseconds.

    python3 -m uv run python -m benchmarks.live_figures            all lectures
    python3 -m uv run python -m benchmarks.live_figures 02 03      those that begin so
    python3 -m uv run python -m benchmarks.live_figures --corners  and every corner

For every figure: the default, and the slowest of the corners of its sliders (every
combination of their ends, and of all values of a dropdown), each a median of turns.
`!` marks more than 50 ms at the default, `!!` more than 100 ms at a corner: what a hand
on a slider would feel. One column says how many times as long the same figure takes
when Agg paints all of it and writes a PNG, in the same run: a busy machine slows both.
"""

import sys
from functools import partial
from itertools import product

from ipywidgets import Dropdown

from course_utils.live.sliders import choices, ends, labels
from support.course import NAMES, executed

from .report import table
from .timing import medians

DEFAULT, ANYWHERE = 50, 100  # ms
ROUNDS = 3
HEAD = [
    "lecture",
    "cell",
    "default",
    "slowest corner",
    "kB",
    "Agg + PNG",
    "corners",
    "the slowest",
]


def sides(slider) -> list[tuple[str, object]]:
    """A slider's ends as (text, value); all values of a dropdown or a box."""
    if isinstance(slider, Dropdown):
        return list(zip(labels(slider), choices(slider), strict=True))
    return [(f"{value}", value) for value in ends(slider)]


def corners(figure) -> dict[str, dict]:
    """What to call each corner, and the values of the sliders there."""
    everything = [
        [(f"{name} = {text}", name, value) for text, value in sides(slider)]
        for name, slider in figure.sliders.items()
    ]
    return {
        ", ".join(text for text, _, _ in at): {name: value for _, name, value in at}
        for at in product(*everything)
    }


def measured(figure) -> tuple[float, float, dict[str, float]]:
    """Milliseconds at the default, of Agg's PNG, and at every corner."""
    at = figure.picture.at
    places = {place: partial(at, **values) for place, values in corners(figure).items()}
    first = {"the default": partial(at, **figure.values), "Agg": figure.picture.png}
    home, painted, *others = medians(first | places, ROUNDS).values()
    return home, painted, dict(zip(places, others, strict=True))


def lines(name: str, cell: str, figure, every_corner: bool) -> list[list]:
    """A figure's row of the table, and one of each corner if wanted."""
    home, painted, others = measured(figure)
    place = max(others, key=others.get)
    _, points = figure.picture.at(**figure.values)
    sizes = f"{len(points) / 1000:.1f}", f"{painted / home:.1f}×", len(others)
    first = [name[:2], cell, at_home(home), at_corner(others[place]), *sizes, place]
    if not every_corner:
        return [first]
    return [first] + [
        ["", cell, "", at_corner(time), "", "", "", place]
        for place, time in others.items()
    ]


def at_home(time: float) -> str:
    return f"{time:.1f} !" if time > DEFAULT else f"{time:.1f}"


def at_corner(time: float) -> str:
    return f"{time:.1f} !!" if time > ANYWHERE else f"{time:.1f}"


def main(arguments: list[str]) -> None:
    every_corner = "--corners" in arguments
    beginnings = tuple(text for text in arguments if text != "--corners") or ("",)
    rows = []
    for name in NAMES:
        if name.startswith(beginnings):
            print(name, file=sys.stderr)
            for cell, figure in executed(name).figures.items():
                rows += lines(name, cell, figure, every_corner)
    late = [row for row in rows if "!" in row[2] + row[3]]
    print(table(HEAD, rows, words=(0, 1, 7)))
    print(f"\n{len(rows)} rows, {len(late)} too slow")


if __name__ == "__main__":
    main(sys.argv[1:])
