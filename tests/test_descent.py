"""The one loop: copies, epochs, sweeps, divergence, tolerance."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_utils import (
    Adam,
    EmpiricalRisk,
    GradientDescent,
    Risk,
    descend,
    double_well,
    full_batch,
    iterates,
    mini_batches,
    parabola,
    quadratic,
    stochastic,
)
from support.close import silent
from support.refusals import refusals

X = np.array([0.0, 2.0, 4.0, 10.0])
# ½ the mean of (θ − xₛ)²: at η = 1 each step jumps to the mean of its batch.
risk = EmpiricalRisk(
    lambda theta, x: np.mean((theta - x) ** 2, -1) / 2,
    lambda theta, x: theta - x.mean(),
    X,
)
jump = GradientDescent(1.0)


def rng():
    return np.random.default_rng(3)


@given(st.integers(0, 30), st.integers(1, 3))
def test_a_path_has_steps_plus_one_points(steps, p):
    path = descend(parabola, np.ones(p), GradientDescent(0.1), steps=steps)
    assert path.shape == (steps + 1, p)
    np.testing.assert_allclose(path, 0.8 ** np.arange(steps + 1)[:, None] * np.ones(p))


@pytest.mark.parametrize("batches", [None, [[0], [1, 2]], mini_batches(4, 3, rng())])
def test_descend_collects_the_iterates(batches):
    one_by_one = islice(iterates(risk, [5.0], Adam(0.1), batches), 11)
    path = descend(risk, [5.0], Adam(0.1), batches, steps=10)
    np.testing.assert_array_equal(list(one_by_one), path)


@pytest.mark.parametrize("make", [full_batch, lambda N: stochastic(N, rng())])
def test_the_same_call_gives_the_same_path(make):
    optimizer, batches = Adam(0.1), make(4)
    optimizer.step([0.0], [1.0])  # used already: the path goes on from its state
    first = descend(risk, [5.0], optimizer, batches, steps=9)
    list(islice(iterates(risk, [5.0], optimizer, batches), 9))
    np.testing.assert_array_equal(
        first, descend(risk, [5.0], optimizer, batches, steps=9)
    )
    assert optimizer.t == 1


def test_iterates_copies_when_it_is_called():
    optimizer = Adam(0.1)
    points = iterates(parabola, [1.0], optimizer)
    optimizer.step([1.0], [100.0])
    fresh = descend(parabola, [1.0], Adam(0.1), steps=3)
    np.testing.assert_array_equal(list(islice(points, 4)), fresh)


def test_a_list_of_batches_is_visited_in_order_again_and_again():
    path = descend(risk, [7.0], jump, [[0], [3], [1, 2]], steps=7)
    assert path.ravel().tolist() == [7, 0, 10, 3, 0, 10, 3, 0]


def test_every_epoch_visits_every_example():
    path = descend(risk, [7.0], jump, stochastic(4, rng()), steps=40)
    epochs = path[1:].reshape(10, 4)
    assert (np.sort(epochs) == X).all()
    assert len(np.unique(epochs, axis=0)) > 1


def test_steps_are_updates_not_epochs():
    path = descend(risk, [7.0], jump, mini_batches(4, 3, rng()), steps=3)
    assert len(path) == 4


def test_a_plain_iterator_is_used_up_and_then_an_error():
    batches = iter([[0], [3], [1]])
    assert descend(risk, [7.0], jump, batches, steps=2).ravel().tolist() == [7, 0, 10]
    assert descend(risk, [7.0], jump, batches, steps=1).ravel().tolist() == [7, 2]
    with pytest.raises(ValueError, match="batches: exhausted"):
        descend(risk, [7.0], jump, batches, steps=1)
    with pytest.raises(ValueError, match="batches: exhausted"):
        descend(risk, [7.0], jump, [], steps=1)


def test_a_generator_without_end_is_read_as_it_goes():
    r = rng()
    endless = (r.integers(4, size=2) for _ in iter(int, 1))
    assert descend(risk, [7.0], jump, endless, steps=50).shape == (51, 1)


def test_a_sweep_of_etas_broadcasts_the_start():
    etas = np.linspace(0, 1.1, 1000)[:, None]
    path = descend(parabola, [3.0], GradientDescent(etas), steps=4)
    assert path.shape == (5, 1000, 1)
    assert (path[0] == 3).all()
    np.testing.assert_allclose(path[4], 3 * (1 - 2 * etas) ** 4, atol=1e-12)
    shapes = [p.shape for p in islice(iterates(parabola, 3, GradientDescent(etas)), 3)]
    assert shapes == [(), (1000, 1), (1000, 1)]


def test_no_steps_is_no_update():
    class Counted(GradientDescent):
        def step(self, theta, gradient):
            raise AssertionError("an update in secret")

    sweep = Counted(np.linspace(0, 1, 5)[:, None])
    assert descend(parabola, [3.0], sweep, steps=0).tolist() == [[3.0]]
    assert descend(risk, [7.0], sweep, iter([]), steps=0).tolist() == [[7.0]]


def test_many_starts_at_once():
    starts = np.linspace(-2, 2, 5)[:, None]
    path = descend(double_well, starts, GradientDescent(0.2), steps=200)
    np.testing.assert_allclose(path[-1].ravel(), [-1, -1, 0, 1, 1], atol=1e-12)


def test_divergence_is_silent_and_ends_in_nan():
    cube = Risk(lambda theta: (theta**4).sum(-1), lambda theta: 4 * theta**3)
    with silent():
        path = descend(cube, [2.0], GradientDescent(1.0), steps=20)
    gone = ~np.isfinite(path).all(-1)
    assert path.shape == (21, 1) and np.isinf(path).any() and np.isnan(path[-1])
    assert not gone[0] and (np.diff(gone.astype(int)) >= 0).all()


def test_a_homemade_rule_and_risk_diverge_silently_too():
    class Homemade:
        def step(self, theta, gradient):
            return theta - 1e300 * gradient

    class Exponential:
        def gradient(self, theta):
            return np.exp(np.abs(theta))

    with silent():
        path = descend(Exponential(), [1.0], Homemade(), steps=5, tolerance=1e-9)
    assert not np.isfinite(path[-1]).any()


def test_the_callers_own_warnings_stay_on_between_points():
    outside = np.geterr()
    points = iterates(parabola, [1.0], GradientDescent(10.0))
    for _ in range(3):
        next(points)
        assert np.geterr() == outside


def test_points_are_not_the_start_nor_each_other():
    start = np.array([1.0])
    path = descend(parabola, start, GradientDescent(0.1), steps=2)
    path[0] = 99
    assert start == 1
    first, second = islice(iterates(parabola, start, GradientDescent(0.1)), 2)
    assert not np.shares_memory(first, start) and not np.shares_memory(first, second)


@given(st.floats(1e-8, 1e-2), st.floats(0.05, 0.95))
def test_tolerance_stops_at_the_first_small_gradient(tolerance, eta):
    path = descend(
        parabola, [1.0], GradientDescent(eta), steps=10_000, tolerance=tolerance
    )
    slopes = np.abs(2 * path.ravel())
    assert slopes[-1] <= tolerance and (slopes[:-1] > tolerance).all()


def test_tolerance_waits_for_every_row_and_may_never_come():
    etas = np.array([[0.5], [0.1]])
    path = descend(parabola, [1.0], GradientDescent(etas), steps=500, tolerance=1e-6)
    assert len(path) == 1 + np.ceil(np.log(2e6) / -np.log(0.8))
    with silent():
        path = descend(parabola, [1.0], GradientDescent(9), steps=900, tolerance=1e-6)
    assert len(path) == 901


def test_tolerance_is_the_norm_of_the_gradient():
    # At (3, 4) ∇R = (3, 4): of norm 5.
    bowl, start = quadratic(np.eye(2)), [3.0, 4.0]
    for tolerance, points in [(5.0, 1), (4.99, 2)]:
        path = descend(bowl, start, jump, steps=9, tolerance=tolerance)
        assert len(path) == points


def test_tolerance_looks_at_the_whole_risk_not_at_a_batch():
    # After the batch {0} the gradient on it is 0, but that of the whole is not.
    path = descend(risk, [7.0], jump, [[0], [0, 1, 2, 3]], steps=9, tolerance=1e-9)
    assert path.ravel().tolist() == [7, 0, 4]


def test_no_tolerance_never_stops():
    assert len(descend(parabola, [0.0], jump, steps=5)) == 6
    assert len(descend(parabola, [0.0], jump, steps=5, tolerance=0)) == 1


test_bad_input = refusals(
    (lambda: iterates(parabola, [np.nan], jump), "theta0: must be finite"),
    (lambda: iterates(parabola, ["a"], jump), "theta0 = .*real numbers"),
    (lambda: descend(parabola, [np.inf], jump, steps=1), "theta0"),
    (lambda: descend(parabola, [1.0], jump, steps=-1), "steps = -1"),
    (lambda: descend(parabola, [1.0], jump, steps=2.0), "steps = 2.0"),
    (lambda: descend(parabola, [1.0], jump, steps=1, tolerance=-1), "tolerance = -1"),
    (lambda: descend(parabola, [1.0], jump, full_batch(4), steps=1), "EmpiricalRisk"),
    (lambda: descend(risk, [1.0], jump, 20, steps=1), "batches = 20"),
    (
        lambda: descend(risk, [1.0], jump, full_batch(3), steps=1),
        "N = 3.*the risk has 4",
    ),
    (lambda: descend(risk, [1.0], jump, [[4]], steps=1), "below N = 4"),
    (
        lambda: descend(quadratic(np.eye(2)), [1.0, 2.0, 3.0], jump, steps=1),
        r"theta has shape \(3,\): expected \(…, 2\)",
    ),
)
