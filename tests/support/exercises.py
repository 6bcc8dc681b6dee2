"""The exercises of the course, and the answers that tests throw at them."""

import importlib
from itertools import product

import numpy as np

from course_utils.exercises import Exercise, data, find

from .course import NAMES


def numbered(name: str) -> int:
    return int(name.split("_")[0])


def listed(number: int) -> dict[str, Exercise]:
    """The exercises of one lecture."""
    module = importlib.import_module(f"course_utils.exercises.section_{number:02d}")
    return module.EXERCISES


def wrong(number: int) -> dict[str, list[tuple]]:
    return importlib.import_module(f"wrong_answers.section_{number:02d}").WRONG


EVERY = [name for number in map(numbered, NAMES) for name in listed(number)]
OF_NUMBERS = [name for name in EVERY if not find(name).calls]
OF_FUNCTIONS = [name for name in EVERY if find(name).calls]


def swarm(name: str) -> list[tuple[float, ...]]:
    """All values that the data of an exercise speak of, and more between them."""
    d = data(find(name))
    k = len(d["names"]) or 1
    stops = {0.0, 1.0, -1.0, 0.5, 2.0, 1e-9, 1e6}
    for pattern in [*d["right"], *(p for _, ps in d["mistakes"] for p in ps)]:
        for wanted in pattern:
            ends = wanted if isinstance(wanted, list) else [wanted]
            stops |= {float(end) for end in ends if end is not None}
    near = {stop * f for stop in stops for f in (1, 1.0005, 0.997, 1.04, 0.9, 3, -1)}
    if k == 1:
        return [(n,) for n in sorted(near)]
    rng = np.random.default_rng(1)
    some = [tuple(rng.choice(sorted(near), k)) for _ in range(400)]
    full = [p for p in product(sorted(stops), repeat=k)] if k == 2 else []
    return some + full[:2000]
