import numpy as np
import pytest
import sklearn.datasets

from course_utils import datasets
from course_utils.datasets import blobs, digits, gate, iris, moons, one_hot, split
from support.refusals import refusals


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(iris, sklearn.datasets.load_iris), (digits, sklearn.datasets.load_digits)],
)
def test_real_data_are_scikit_learns(ours, theirs):
    X, y = ours()
    np.testing.assert_array_equal(X, theirs().data)
    np.testing.assert_array_equal(y, theirs().target)
    assert X.dtype == float and y.dtype.kind == "i"


def test_iris_has_the_two_rows_that_are_often_wrong_right():
    X, y = iris()
    assert X[34].tolist() == [4.9, 3.1, 1.5, 0.2]
    assert X[37].tolist() == [4.9, 3.6, 1.4, 0.1]
    assert np.bincount(y).tolist() == [50, 50, 50]
    assert datasets.IRIS_CLASSES == tuple(sklearn.datasets.load_iris().target_names)
    names = sklearn.datasets.load_iris().feature_names
    assert [f"{name} (cm)" for name in datasets.IRIS_FEATURES] == names


def test_digits_are_whole_numbers_up_to_16():
    X, y = digits()
    assert X.shape == (1797, 64)
    assert set(np.unique(X)) == set(range(17))
    assert set(y) == set(range(10))


def test_what_is_loaded_can_be_changed_without_harm():
    iris()[0][:] = 0
    assert iris()[0].max() > 7


def test_gates():
    X, _ = gate("AND")
    a, b = X.astype(bool).T
    answers = {"AND": a & b, "OR": a | b, "NAND": ~(a & b), "XOR": a ^ b}
    assert set(answers) == set(datasets.GATES)
    for name, answer in answers.items():
        np.testing.assert_array_equal(gate(name)[1], answer)
    with pytest.raises(ValueError, match="name = 'NOR': must be one of AND, OR"):
        gate("NOR")


def test_blobs_have_their_means_and_covariance():
    covariance = [[2.0, 0.6], [0.6, 0.5]]
    X, y = blobs(np.random.default_rng(0), (20_000, 10), ((3, 1), (0, 0)), covariance)
    assert np.bincount(y).tolist() == [20_000, 10]
    np.testing.assert_allclose(X[y == 0].mean(0), [3, 1], atol=0.05)
    np.testing.assert_allclose(np.cov(X[y == 0].T), covariance, atol=0.06)


def test_moons_without_noise_are_half_circles():
    X, y = moons(np.random.default_rng(0), 50, noise=0)
    np.testing.assert_allclose(np.linalg.norm(X[y == 0], axis=1), 1)
    np.testing.assert_allclose(np.linalg.norm(X[y == 1] - [1, 0.5], axis=1), 1)
    assert (X[y == 0][:, 1] >= 0).all() and (X[y == 1][:, 1] <= 0.5).all()


@pytest.mark.parametrize("make", [blobs, moons, lambda rng: split(rng, *iris())])
def test_the_same_generator_gives_the_same_data(make):
    np.random.seed(0)  # noqa: NPY002, to see that nothing touches the global state
    state = np.random.get_state()[1].copy()  # noqa: NPY002
    first, again, other = (make(np.random.default_rng(seed)) for seed in (0, 0, 1))
    np.testing.assert_array_equal(first[0], again[0])
    assert not np.array_equal(first[0], other[0])
    np.testing.assert_array_equal(np.random.get_state()[1], state)  # noqa: NPY002


def test_one_hot():
    np.testing.assert_array_equal(one_hot([2, 0]), [[0, 0, 1], [1, 0, 0]])
    assert one_hot([0, 1], classes=5).shape == (2, 5)


@pytest.mark.parametrize(("N", "part", "held"), [(150, 0.2, 30), (3, 0.01, 1)])
def test_split_shares_every_example_once(N, part, held):
    X = np.arange(N)
    X1, y1, X2, y2 = split(np.random.default_rng(0), X[:, None], X, part)
    assert len(X2) == held
    assert sorted([*y1, *y2]) == X.tolist()
    np.testing.assert_array_equal(X1[:, 0], y1)
    np.testing.assert_array_equal(X2[:, 0], y2)


rng = np.random.default_rng(0)


test_bad_input_is_named = refusals(
    (lambda: blobs(0), "rng = 0: must be a numpy.random.Generator"),
    (lambda: moons(0), "rng = 0"),
    (lambda: blobs(rng, 0), "size = 0"),
    (lambda: blobs(rng, (1, 2, 3)), r"size has shape \(3,\): expected \(2,\)"),
    (lambda: blobs(rng, 5, (1, 2)), r"means: shape \(2,\)"),
    (lambda: blobs(rng, 5, ((np.nan, 2),)), "means: must be finite"),
    (lambda: blobs(rng, covariance=[[1, 2], [2, 1]]), "positive definite"),
    (lambda: blobs(rng, covariance=[[1, 0.5], [0, 1]]), "symmetric"),
    (lambda: blobs(rng, covariance=np.eye(3)), r"covariance has shape \(3, 3\)"),
    (lambda: moons(rng, noise=-1), "noise = -1.0"),
    (lambda: moons(rng, 2.5), "size = 2.5"),
    (lambda: one_hot([0, 1.5]), "y = 1.5: must be a class"),
    (lambda: one_hot([-1]), "y = -1"),
    (lambda: one_hot([]), "N ≥ 1"),
    (lambda: one_hot([3], classes=3), "y = 3: must be below classes = 3"),
    (lambda: split(rng, [1, 2], [1], 0.5), r"y has shape \(1,\): expected \(2,\)"),
    (lambda: split(rng, [1, 2], [1, 2], 1.0), "held_out = 1.0"),
    (lambda: split(rng, [1], [1]), "at least 2"),
)
