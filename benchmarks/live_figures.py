"""How fast is each live figure? Compute and record, on one core, in milliseconds.

    python3 -m uv run python benchmarks/live_figures.py            all lectures
    python3 -m uv run python benchmarks/live_figures.py 02 03      those that begin so

For every figure: the default, and the slowest of the corners of its sliders, each a
median. One `!` marks more than 50 ms at the default, two `!!` more than 100 ms at a
corner: what a hand on a slider would feel. The last column says how many times as long
the same figure takes when Agg paints all of it and writes a PNG, in the same run: a
busy machine slows both.
"""

import os
import pathlib
import statistics
import sys
import time
from functools import partial
from itertools import product

for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"  # before NumPy is there

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "tests"))

from course import NAMES, executed  # noqa: E402
from ipywidgets import Checkbox, Dropdown  # noqa: E402

DEFAULT, ANYWHERE = 50, 100  # ms
REPEATS = 7


def ends(slider) -> list[tuple[str, object]]:
    """A slider's ends as (text, value); all values of a dropdown or a box."""
    if isinstance(slider, Dropdown):
        return list(slider._options_full)
    box = isinstance(slider, Checkbox)
    return [(f"{z}", z) for z in ((False, True) if box else (slider.min, slider.max))]


def corners(figure) -> list[dict]:
    sides = [ends(slider) for slider in figure.sliders.values()]
    return [dict(zip(figure.sliders, at, strict=True)) for at in product(*sides)]


def values(corner: dict) -> dict:
    return {name: value for name, (_, value) in corner.items()}


def milliseconds(function, repeats: int = REPEATS) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        function()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def row(name: str, cell: str, figure) -> tuple[float, float]:
    picture = figure.picture
    home = milliseconds(lambda: picture.at(**figure.values))
    painted = milliseconds(picture.png, repeats=3)
    by_corner = {
        milliseconds(partial(picture.at, **values(at)), repeats=3): at
        for at in corners(figure)
    }
    worst = max(by_corner, default=home)
    _, points = picture.at(**figure.values)
    flag = "!!" if worst > ANYWHERE else "! " if home > DEFAULT else "  "
    place = ", ".join(f"{k} = {t}" for k, (t, _) in by_corner.get(worst, {}).items())
    print(
        f"{flag} {name:28} {cell:8} {home:7.1f} {worst:7.1f} {len(points) / 1000:7.1f}"
        f" {painted / home:6.1f}x   {place}"
    )
    return home, worst


def main(prefixes: list[str]) -> None:
    print(f"   {'lecture':28} {'cell':8} default   worst      kB  Agg+PNG   worst at")
    rows = [
        row(name, cell, figure)
        for name in NAMES
        if not prefixes or name.startswith(tuple(prefixes))
        for cell, figure in executed(name).figures.items()
    ]
    slow = sum(home > DEFAULT or worst > ANYWHERE for home, worst in rows)
    print(f"{len(rows)} figures, {slow} too slow")


if __name__ == "__main__":
    main(sys.argv[1:])
