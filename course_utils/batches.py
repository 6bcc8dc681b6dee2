"""What one epoch visits: all the examples at once, one by one, or n at a time.

Slide 12, where the sentence under batch GD describes SGD: batch GD makes *one*
update per epoch, SGD N of them, mini-batches ⌈N/n⌉.
"""

from __future__ import annotations  # `np.random` in a hint would load all of it

import math
from collections.abc import Iterator

import numpy as np

from .validation import generator, integer

__all__ = ["Batches", "full_batch", "mini_batches", "stochastic"]


class Batches:
    """Batches of n out of N examples; each pass over it is one epoch.

    ``len(batches)`` is the number of updates per epoch, ⌈N/n⌉.

    Parameters
    ----------
    N : int
        Number of examples, ≥ 1.
    n : int
        Examples per batch, from 1 to N.
    rng : numpy.random.Generator or None
        Shuffles the examples anew at each epoch; None keeps their order.
    """

    def __init__(self, N: int, n: int, rng: np.random.Generator | None):
        self.examples = integer("N", N, low=1)
        self.size = integer("n", n, low=1, high=N)
        self.rng = None if rng is None else generator(rng)

    def __len__(self) -> int:
        return math.ceil(self.examples / self.size)

    def __iter__(self) -> Iterator[np.ndarray]:
        order = np.arange(self.examples)
        if self.rng is not None:
            self.rng.shuffle(order)
        for start in range(0, self.examples, self.size):
            yield order[start : start + self.size]


def full_batch(N: int) -> Batches:
    """Batch GD: one update per epoch, with all N examples.

    Parameters
    ----------
    N : int
        Number of examples, ≥ 1.
    """
    return Batches(N, N, None)


def stochastic(N: int, rng: np.random.Generator) -> Batches:
    """SGD: N updates per epoch, one example each, in a new order every epoch.

    Parameters
    ----------
    N : int
        Number of examples, ≥ 1.
    rng : numpy.random.Generator
        Source of the order.
    """
    return mini_batches(N, 1, rng)


def mini_batches(N: int, n: int, rng: np.random.Generator) -> Batches:
    """Mini-batch GD: ⌈N/n⌉ updates per epoch, the last batch may be smaller.

    Parameters
    ----------
    N : int
        Number of examples, ≥ 1.
    n : int
        Examples per batch, from 1 to N.
    rng : numpy.random.Generator
        Source of the order, which is new every epoch.
    """
    return Batches(N, n, generator(rng))
