from math import inf, isnan, log

import numpy as np
import pytest
import scipy.special
import scipy.stats
import sklearn.metrics
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course_utils import losses
from course_utils.losses import (
    binary_cross_entropy,
    cross_entropy,
    entropy,
    half_squared_error,
    kl_divergence,
)
from support.refusals import refusals

PAIRS = ["cross_entropy", "kl_divergence", "binary_cross_entropy", "half_squared_error"]
shapes = hnp.array_shapes(min_dims=1, max_dims=3, max_side=4)


def positive(shape, seed=0, low=0.1, high=0.9):
    return np.random.default_rng(seed).uniform(low, high, shape)


def test_entropy_of_known_distributions():
    assert entropy([0.5, 0.25, 0.25]) == pytest.approx(1.5 * log(2), abs=1e-15)
    assert entropy([1.0, 0.0]) == 0
    assert entropy([[0.5, 0.5], [1, 0]]) == pytest.approx(log(2) / 2)  # the mean


def test_values_are_scipys_and_scikit_learns():
    q, p = positive((5, 3), 3), positive((5, 3), 4)
    q, p = q / q.sum(1, keepdims=True), p / p.sum(1, keepdims=True)
    relative = scipy.special.rel_entr(q, p).sum(1).mean()
    assert kl_divergence(q, p) == pytest.approx(relative, rel=1e-12)
    assert entropy(q) == pytest.approx(scipy.stats.entropy(q, axis=1).mean(), rel=1e-12)
    y = np.array([0, 1, 1, 0, 1])
    log_loss = sklearn.metrics.log_loss(y, p[:, 0], labels=[0, 1])
    assert binary_cross_entropy(y, p[:, 0]) == pytest.approx(log_loss, rel=1e-12)
    assert cross_entropy(np.eye(3)[y], p) == pytest.approx(
        -np.log(p[np.arange(5), y]).mean(), rel=1e-12
    )


def test_examples_and_outputs():
    y, phi = positive((6,), 5), positive((6,), 6)
    assert half_squared_error(y, phi) == pytest.approx(((y - phi) ** 2).mean() / 2)
    one, two = (a.reshape(3, 2) for a in (y, phi))
    # Half as many examples, each with two outputs: twice the mean.
    for loss in (half_squared_error, binary_cross_entropy):
        assert loss(one, two) == pytest.approx(2 * loss(y, phi), rel=1e-12)
        assert loss(y[:, None], phi[:, None]) == pytest.approx(loss(y, phi), rel=1e-12)


@given(shapes, st.integers(0, 1000))
def test_cross_entropy_is_entropy_plus_divergence(shape, seed):
    q, p = positive(shape, seed, 0, 1), positive(shape, seed + 1, 0.01, 1)
    together = entropy(q) + kl_divergence(q, p)
    assert cross_entropy(q, p) == pytest.approx(together, rel=1e-10, abs=1e-12)


@given(shapes, st.integers(0, 1000), st.sampled_from(PAIRS))
def test_a_loss_is_one_number(shape, seed, name):
    q, p = positive(shape, seed), positive(shape, seed + 1)
    assert isinstance(getattr(losses, name)(q, p), float)


def test_zeros_count_nothing_and_impossible_is_infinite():
    with np.errstate(all="raise"):
        assert cross_entropy([1, 0], [1, 0]) == 0
        assert kl_divergence([1, 0], [1, 0]) == 0
        assert cross_entropy([0.5, 0.5], [1, 0]) == inf
        assert kl_divergence([0.5, 0.5], [1, 0]) == inf
        assert kl_divergence([1, 0], [0.5, 0.5]) == pytest.approx(log(2))
        assert binary_cross_entropy([0, 1], [0, 1]) == 0
        assert binary_cross_entropy([1, 1], [0, 1]) == inf


@pytest.mark.parametrize("name", PAIRS)
def test_a_diverged_model_gives_nan_without_a_warning(name):
    y, phi = [0.0, 1.0], [0.5, np.nan]
    with np.errstate(all="raise"):
        assert isnan(getattr(losses, name)(y, phi))
        assert half_squared_error(y, [1e300, np.inf]) == inf


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize(
    ("y", "phi", "says"),
    [
        ([0.5, 0.5], [0.5, 0.2, 0.3], r"\(3,\).*\(2,"),
        ([0.5, 0.5], [[0.5], [0.5]], r"\(2, 1\).*\(2,"),
        ([0.5, np.nan], [0.5, 0.5], "finite"),
        ([], [], "at least one"),
        (0.5, 0.5, "at least one"),
        (["a"], [0.5], "real numbers"),
    ],
)
def test_bad_input_is_named(name, y, phi, says):
    with pytest.raises(ValueError, match=says):
        getattr(losses, name)(y, phi)


test_what_is_no_probability_is_refused = refusals(
    (lambda: cross_entropy([-0.5, 1.5], [0.5, 0.5]), "q = -0.5: must be ≥ 0"),
    (lambda: kl_divergence([0.5, 0.5], [-0.1, 1.1]), "p = -0.1: must be ≥ 0"),
    (lambda: binary_cross_entropy([2.0], [0.5]), r"y = 2: must be in \[0, 1\]"),
    (lambda: binary_cross_entropy([1.0], [1.5]), r"phi = 1.5: must be in \[0, 1\]"),
)
