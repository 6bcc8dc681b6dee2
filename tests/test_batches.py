"""What an epoch visits (slide 12)."""

import copy

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from course_utils import full_batch, mini_batches, stochastic
from support.refusals import refusals

sizes = st.integers(1, 40).flatmap(lambda N: st.tuples(st.just(N), st.integers(1, N)))


def rng():
    return np.random.default_rng(7)


@given(sizes)
def test_an_epoch_visits_every_example_once(size):
    N, n = size
    for batches in (full_batch(N), stochastic(N, rng()), mini_batches(N, n, rng())):
        for _ in range(3):
            epoch = list(batches)
            assert len(epoch) == len(batches)
            assert sorted(np.concatenate(epoch)) == list(range(N))


@given(sizes)
def test_sizes(size):
    N, n = size
    assert [len(b) for b in full_batch(N)] == [N]
    assert [len(b) for b in stochastic(N, rng())] == [1] * N
    whole, rest = divmod(N, n)
    expected = [n] * whole + [rest] * (rest > 0)
    assert [len(b) for b in mini_batches(N, n, rng())] == expected


def test_a_hundred_in_batches_of_32():
    batches = mini_batches(100, 32, rng())
    assert len(batches) == 4
    assert [len(b) for b in batches] == [32, 32, 32, 4]


def test_every_epoch_has_its_own_order():
    batches = mini_batches(50, 10, rng())
    first, second = np.concatenate(list(batches)), np.concatenate(list(batches))
    assert not np.array_equal(first, second)
    assert not np.array_equal(first, np.arange(50))


def test_the_order_is_that_of_the_rng():
    one, twin = stochastic(30, rng()), stochastic(30, rng())
    assert np.concatenate(list(one)).tolist() == np.concatenate(list(twin)).tolist()
    kept = copy.deepcopy(one)
    assert np.concatenate(list(one)).tolist() == np.concatenate(list(kept)).tolist()


def test_batches_of_one_epoch_may_be_kept():
    batches = stochastic(5, rng())
    kept = list(batches)
    before = np.concatenate(kept).tolist()
    list(batches)
    assert np.concatenate(kept).tolist() == before


test_bad_input = refusals(
    (lambda: full_batch(0), "N = 0"),
    (lambda: stochastic(0, rng()), "N = 0"),
    (lambda: mini_batches(0, 1, rng()), "N = 0"),
    (lambda: mini_batches(10, 0, rng()), "n = 0: must be an integer from 1 to 10"),
    (lambda: mini_batches(10, 11, rng()), "n = 11"),
    (lambda: mini_batches(10, 2.5, rng()), "n = 2.5"),
    (lambda: full_batch("10"), "N = '10'"),
    (lambda: stochastic(10, 0), "rng = 0: must be a numpy.random.Generator"),
    (
        lambda: mini_batches(10, 2, np.random),
        "rng = .*: must be a numpy.random.Generator",
    ),
    (lambda: mini_batches(10, 2, None), "rng = None"),
)
