"""How long something takes: in turns, as medians."""

import statistics
import time
from collections.abc import Callable
from importlib import import_module

__all__ = ["medians", "milliseconds", "peer", "times_as_long"]


def peer(name: str):
    """A library to compare with, or None if it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        return None


def milliseconds(function: Callable) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    function()
    return 1000 * (time.perf_counter() - start)


def medians(contenders: dict[str, Callable], rounds: int) -> dict[str, float]:
    """The median of each, in milliseconds.

    They take turns, and each goes first equally often: what disturbs one of them
    disturbs all alike.
    """
    times = {name: [] for name in contenders}
    names = list(contenders)
    for turn in range(rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            times[name].append(milliseconds(contenders[name]))
    return {name: statistics.median(t) for name, t in times.items()}


def times_as_long(time: float | None, ours: float) -> str:
    """`12.3 (4.5×)`: a time and how many times ours it is."""
    return "not installed" if time is None else f"{time:.1f} ({time / ours:.1f}×)"
