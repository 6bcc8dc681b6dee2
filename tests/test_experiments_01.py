"""Lecture 01, minimising the risk: exact facts, and slides 4 and 6 (E1, E2)."""

import itertools
from fractions import Fraction
from math import log, pi

import numpy as np
import pytest
import scipy.optimize
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from course_utils.activations import softmax
from course_utils.datasets import blobs
from course_utils.descent import descend
from course_utils.generative import (
    LDA,
    GaussianNaiveBayes,
    gaussian_error,
    hybrid_risk,
)
from course_utils.gradient_check import check_gradient
from course_utils.losses import (
    cross_entropy,
    entropy,
    half_squared_error,
    kl_divergence,
)
from course_utils.network import Network
from course_utils.optimizers import Adam, GradientDescent
from course_utils.perceptron import perceptron_risk
from course_utils.risk import Risk

logits = st.lists(st.floats(-4, 4), min_size=3, max_size=3).map(np.array)
q = np.array([0.5, 0.25, 0.25])


# 1A. Cross-entropy is entropy plus divergence.


@given(logits, logits)
def test_cross_entropy_minus_divergence_is_the_entropy_of_the_data(z, data):
    q = softmax(data)
    constant = cross_entropy(q, softmax(z)) - kl_divergence(q, softmax(z))
    assert constant == pytest.approx(entropy(q), abs=1e-12)


@given(logits)
def test_the_gradient_along_the_logits_is_phi_minus_q(z):
    phi = softmax(z)
    jacobian = np.diag(phi) - np.outer(phi, phi)
    np.testing.assert_allclose(jacobian @ (-q / phi), phi - q, atol=1e-12)
    risk = Risk(lambda z: cross_entropy(q, softmax(z)), lambda z: softmax(z) - q)
    assert check_gradient(risk, z).ok


def minimised_at_the_data(risk):
    """Exercise 1A and E1: the risk of φ is least at φ = q, where it is H(q)."""
    least = risk(q)
    assert least == pytest.approx(1.5 * log(2), abs=1e-15)
    for z in itertools.product(np.linspace(-4, 4, 9), repeat=3):
        assert risk(softmax(np.array(z))) >= least - 1e-12


def test_e1_the_cross_entropy_has_a_minus():
    minimised_at_the_data(lambda phi: cross_entropy(q, phi))
    with pytest.raises(AssertionError):
        minimised_at_the_data(lambda phi: (q * np.log(phi)).sum())


def convex_and_bounded_below(risk, second_derivative):
    """For a Bernoulli with probability ¼, along φ."""
    phi = np.linspace(0.01, 0.99, 99)
    values = np.array([risk(p) for p in phi])
    assert (np.diff(values, 2) > 0).all()
    assert second_derivative > 0
    assert risk(1e-300) > 0


def test_e1_without_the_minus_the_data_are_a_maximum_and_there_is_no_least():
    def right(phi):
        return cross_entropy([0.25, 0.75], [phi, 1 - phi])

    curvature = 1 / (0.25 * 0.75)  # at φ = q the second derivative is 1/(q(1 − q))
    convex_and_bounded_below(right, curvature)
    with pytest.raises(AssertionError):
        convex_and_bounded_below(lambda phi: -right(phi), -curvature)
    h = 1e-4
    measured = (right(0.25 + h) - 2 * right(0.25) + right(0.25 - h)) / h**2
    assert measured == pytest.approx(curvature, rel=1e-5)


# 1B. Forward and reverse divergence.


def pair_of_normals(a):
    """A grid and the probabilities of ½N(−a, 1) + ½N(a, 1) on it."""
    x = np.linspace(-a - 9, a + 9, 2001)
    density = scipy.stats.norm.pdf(x, -a) + scipy.stats.norm.pdf(x, a)
    return x, density * (x[1] - x[0]) / 2


def normal(x, m, s):
    return scipy.stats.norm.pdf(x, m, s) * (x[1] - x[0])


def fitted(a, divergence, start):
    x, q = pair_of_normals(a)
    found = scipy.optimize.minimize(
        lambda z: divergence(q, normal(x, z[0], np.exp(z[1]))), start, tol=1e-10
    )
    return found.x[0], np.exp(found.x[1]), found.fun


@pytest.mark.parametrize("a", [0, 1, 2.5, 5])
def test_the_forward_fit_has_the_moments_of_the_data(a):
    m, s, _ = fitted(a, kl_divergence, (0.3, 0.8))
    assert m == pytest.approx(0, abs=1e-3)
    assert s == pytest.approx(np.sqrt(1 + a**2), abs=1e-3)


@pytest.mark.parametrize(
    ("a", "start", "m", "s", "value"),
    [
        (1, (0, 0), 0, None, 0.01089),
        (2, (0, 0.7), 0, 2.047, 0.22651),
        (3, (2.5, 0), 2.984, 1.023, 0.68877),
        (3, (-2.5, 0), -2.984, 1.023, 0.68877),
        (4, (4, 0), None, None, 0.69305),
        (5, (5, 0), 5, 1, log(2)),
    ],
)
def test_the_reverse_fit_covers_or_seeks_a_mode(a, start, m, s, value):
    found_m, found_s, found = fitted(a, lambda q, p: kl_divergence(p, q), start)
    assert found == pytest.approx(value, abs=2e-5)
    if m is not None:
        assert found_m == pytest.approx(m, abs=2e-3)
    if s is not None:
        assert found_s == pytest.approx(s, abs=2e-3)


def test_the_divergence_is_not_symmetric():
    x = np.linspace(-25, 25, 20_001)
    one, two = normal(x, 0, 1), normal(x, 0, 2)
    assert kl_divergence(one, two) == pytest.approx(log(2) - 3 / 8, abs=1e-9)
    assert kl_divergence(two, one) == pytest.approx(3 / 2 - log(2), abs=1e-9)


# 1C. Squared error is Gaussian likelihood.


@pytest.mark.parametrize("s", [0.2, 1.0, 3.0])
@pytest.mark.parametrize("c", [-1.0, 0.0, 2.5])
def test_likelihood_minus_squared_error_does_not_depend_on_the_fit(c, s):
    y = np.random.default_rng(0).normal(size=20)
    nll = -scipy.stats.norm.logpdf(y, c, s).mean()
    rest = nll - half_squared_error(y, np.full(20, c)) / s**2
    assert rest == pytest.approx(log(s) + log(2 * pi) / 2, abs=1e-12)


def test_one_outlier_moves_the_mean_and_not_the_median():
    y = np.array([0, 0, 0, 0, 100.0])
    grid = np.linspace(-10, 110, 1201)
    squared = [half_squared_error(y, np.full(5, c)) for c in grid]
    absolute = [np.abs(y - c).mean() for c in grid]
    assert grid[np.argmin(squared)] == pytest.approx(20)
    assert grid[np.argmin(absolute)] == pytest.approx(0, abs=1e-9)


# Optimism: the training risk flatters.


@pytest.mark.parametrize("N", [2, 3, 5])
def test_the_training_risk_is_optimistic_exactly(N):
    """Every sample of N fair signs (mean 0, variance 1), in exact fractions."""
    training, population = [], []
    for y in itertools.product([Fraction(-1), Fraction(1)], repeat=N):
        mean = sum(y) / N
        training.append(sum((v - mean) ** 2 for v in y) / (2 * N))
        population.append((1 + mean**2) / 2)
    assert sum(training) / 2**N == Fraction(1, 2) * (1 - Fraction(1, N))
    assert sum(population) / 2**N == Fraction(1, 2) * (1 + Fraction(1, N))


# 1D. A linear autoencoder is PCA.


def centred(n=200):
    X = np.random.default_rng(0).normal(size=(n, 5)) * [2, 1.5, 1, 0.7, 0.4]
    X = X @ np.linalg.qr(np.random.default_rng(1).normal(size=(5, 5)))[0]
    X -= X.mean(0)
    values, vectors = np.linalg.eigh(X.T @ X / n)
    return X, values[::-1], vectors[:, ::-1]


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_the_linear_autoencoder_reaches_the_bound_of_pca_and_no_less(k):
    X, values, V = centred()
    network = Network((5, k, 5), hidden="identity", output="identity")
    risk = network.risk(X, X, "half_squared_error")
    bound = values[k:].sum() / 2
    V = V[:, :k]
    theta = network.pack([V.T, V], [np.zeros(k), np.zeros(5)])
    assert risk(theta) == pytest.approx(bound, abs=1e-12)
    np.testing.assert_allclose(risk.gradient(theta), 0, atol=1e-12)
    start = network.initial(np.random.default_rng(2))
    found = scipy.optimize.minimize(risk, start, jac=risk.gradient, method="BFGS")
    assert bound - 1e-12 <= found.fun <= bound + 1e-5
    (W1, _), (W2, _) = network.unpack(found.x)
    np.testing.assert_allclose(W2 @ W1, V @ V.T, atol=0.01)


def test_exercise_of_the_autoencoder():
    X = np.diag(np.sqrt([4, 1, 0.25])) * np.sqrt(3)
    X = np.vstack([X, -X])  # its eigenvalues are 4, 1, ¼
    network = Network((3, 1, 3), hidden="identity", output="identity")
    first = np.array([[1.0, 0, 0]])
    theta = network.pack([first, first.T], [[0], [0, 0, 0]])
    assert network.risk(X, X, "half_squared_error")(theta) == pytest.approx(0.625)


def test_denoising_shrinks_as_ridge_with_twice_gamma_equal_to_the_noise():
    lam, s2 = np.array([4.0, 1, 0.25]), 0.3

    def risk(W):  # ½E‖x − W(x + noise)‖², exactly
        rest = np.eye(3) - W
        return (rest * lam * rest).sum() / 2 + s2 * (W * W).sum() / 2

    best = np.diag(lam / (lam + s2))
    assert risk(best) == pytest.approx((lam * s2 / (lam + s2)).sum() / 2)
    rng = np.random.default_rng(0)
    assert all(
        risk(best + 0.1 * rng.normal(size=(3, 3))) > risk(best) for _ in range(50)
    )


# 1E. Discriminative against generative.


def mean_errors(rho, n, reps=20):
    """Mean exact error of naive Bayes and of logistic regression, ten coordinates."""
    covariance = np.full((10, 10), rho) + (1 - rho) * np.eye(10)
    means = np.zeros((2, 10))
    means[1, :7] = 1.5 / np.sqrt(7)
    errors = []
    for seed in range(reps):
        X, y = blobs(np.random.default_rng(seed), n // 2, means, covariance)
        bayes = GaussianNaiveBayes.fit(X, y, shared=True)
        gd = GradientDescent(0.5)
        theta = descend(perceptron_risk(X, y), np.zeros(11), gd, steps=300)[-1]
        both = (bayes.w, bayes.b), (theta[:-1], theta[-1])
        errors.append([gaussian_error(*wb, means, covariance) for wb in both])
    lda = LDA(np.array([0.5, 0.5]), means, covariance)
    return *np.mean(errors, 0), gaussian_error(lda.w, lda.b, means, covariance)


@pytest.mark.thorough
def test_naive_bayes_leads_with_few_examples_and_is_overtaken():
    bayes, logistic, least = mean_errors(rho=0.15, n=20)
    assert least < bayes < logistic
    bayes, logistic, least = mean_errors(rho=0.15, n=1280)
    assert least < logistic < bayes


def test_where_its_model_is_true_naive_bayes_leads():
    bayes, logistic, least = mean_errors(rho=0.0, n=20, reps=10)
    assert least == pytest.approx(scipy.stats.norm.cdf(-0.75), rel=1e-12)  # .2266
    assert least < bayes < logistic


# 1F. The hybrid.


def hybrid_errors(sd, alphas, reps):
    """Mean exact error at each α: 3 labels a class, 200 unlabelled, sd along y."""
    centres, covariance = np.array([[-1.5, 0], [1.5, 0]]), np.diag([1, sd**2])
    errors = np.zeros((reps, len(alphas)))
    for seed in range(reps):
        rng = np.random.default_rng(seed)
        X, y = blobs(rng, 3, centres, covariance)
        more, _ = blobs(rng, 100, centres, covariance)
        start = np.array([X[y == c].mean(0) for c in (0, 1)]).ravel()
        risk = hybrid_risk(X, y, more, alphas)
        path = descend(risk, [start] * len(alphas), Adam(0.05), steps=400)
        for i, theta in enumerate(path[-1]):
            model = LDA(np.array([0.5, 0.5]), theta.reshape(2, 2), np.eye(2))
            errors[seed, i] = gaussian_error(model.w, model.b, centres, covariance)
    return errors.mean(0)


@pytest.mark.thorough
def test_the_hybrid_lies_between_generative_and_discriminative():
    alphas = [0.0, 0.99, 1.0]
    generative, _, discriminative = hybrid_errors(1.0, alphas, reps=25)
    assert generative < discriminative  # the model is true
    generative, blend, discriminative = hybrid_errors(2.0, alphas, reps=25)
    assert blend < generative and blend < discriminative + 0.01
    generative, _, discriminative = hybrid_errors(3.0, alphas, reps=25)
    assert discriminative < generative  # the model is badly wrong


# Slide 6: what a minimum is.


def is_global_minimum(values, i, below):
    """values[i] is below every value, its own included, in the sense given."""
    assert all(below(values[i], value) for value in values)


def test_e2_no_minimum_is_strictly_below_itself():
    values = np.linspace(-2, 2, 41) ** 2
    is_global_minimum(values, 20, lambda a, b: a <= b)
    with pytest.raises(AssertionError):
        is_global_minimum(values, 20, lambda a, b: a < b)


def test_e2_a_network_has_as_many_equal_minima_as_symmetries():
    H = 3
    network = Network((2, H, 1))
    rng = np.random.default_rng(0)
    risk = network.risk(rng.normal(size=(8, 2)), np.arange(8) % 2, "half_squared_error")
    (W1, b1), (W2, b2) = network.unpack(rng.normal(size=network.p))
    values = set()
    points = []
    for order in itertools.permutations(range(H)):
        for signs in itertools.product([-1, 1], repeat=H):
            s, order = np.array(signs), list(order)
            Ws = [s[:, None] * W1[order], W2[:, order] * s]
            points.append(network.pack(Ws, [s * b1[order], b2]))
            values.add(float(risk(points[-1])))
    assert len(np.unique(points, axis=0)) == 48 == 2**3 * 6
    assert max(values) - min(values) < 1e-14


def test_a_vanishing_gradient_is_not_enough():
    saddle = Risk(
        lambda t: t[..., 0] ** 2 - t[..., 1] ** 2,
        lambda t: t * np.array([2.0, -2.0]),
    )
    assert not saddle.gradient(np.zeros(2)).any()
    assert saddle([0, 0.1]) < saddle([0, 0]) < saddle([0.1, 0])
    network = Network((2, 3, 1))
    X, y = np.random.default_rng(0).normal(size=(8, 2)), np.arange(8) % 2
    risk = network.risk(X, y, "half_squared_error")
    assert not risk.gradient(np.zeros(network.p)).any()
    start = network.initial(np.random.default_rng(1))
    better = descend(risk, start, GradientDescent(1.0), steps=300)[-1]
    assert risk(better) < risk(np.zeros(network.p)) - 0.01


def test_e2_separable_data_have_no_minimum_and_no_stationary_point():
    risk = perceptron_risk([[1.0], [-1.0]], [1, 0])
    w = np.linspace(-5, 30, 71)
    theta = np.stack([w, np.zeros(71)], axis=-1)
    np.testing.assert_allclose(risk(theta), np.log1p(np.exp(-w)), rtol=1e-9)
    assert (risk.gradient(theta)[:, 0] < 0).all()
    assert (np.diff(risk(theta)) < 0).all()
