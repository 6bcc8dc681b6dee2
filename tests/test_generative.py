import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.naive_bayes import GaussianNB

from course_utils.activations import sigmoid
from course_utils.datasets import blobs, iris
from course_utils.generative import (
    LDA,
    GaussianNaiveBayes,
    gaussian_error,
    hybrid_risk,
)
from course_utils.gradient_check import check_gradient
from support.close import silent
from support.refusals import refusals


def test_naive_bayes_is_scikit_learns():
    X, y = iris()
    ours, theirs = GaussianNaiveBayes.fit(X, y), GaussianNB(var_smoothing=0).fit(X, y)
    np.testing.assert_allclose(ours.means, theirs.theta_)
    np.testing.assert_allclose(ours.variances, theirs.var_)
    np.testing.assert_allclose(ours.predict_proba(X), theirs.predict_proba(X))
    np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))


def test_lda_is_scikit_learns():
    X, y = iris()
    ours = LDA.fit(X, y)
    theirs = LinearDiscriminantAnalysis(solver="lsqr", store_covariance=True).fit(X, y)
    np.testing.assert_allclose(ours.covariance, theirs.covariance_)
    np.testing.assert_allclose(
        ours.predict_proba(X), theirs.predict_proba(X), atol=1e-10
    )


def test_joint_densities_are_scipys():
    X, y = iris()
    lda, bayes = LDA.fit(X, y), GaussianNaiveBayes.fit(X, y)
    for c in range(3):
        normal = scipy.stats.multivariate_normal(lda.means[c], lda.covariance)
        expected = normal.logpdf(X) + np.log(lda.priors[c])
        np.testing.assert_allclose(lda.log_joint(X)[:, c], expected)
        normal = scipy.stats.norm(bayes.means[c], np.sqrt(bayes.variances[c]))
        expected = normal.logpdf(X).sum(1) + np.log(bayes.priors[c])
        np.testing.assert_allclose(bayes.log_joint(X)[:, c], expected)


@pytest.mark.parametrize(
    "fit", [LDA.fit, lambda X, y: GaussianNaiveBayes.fit(X, y, shared=True)]
)
def test_with_one_covariance_the_posterior_is_logistic(fit):
    covariance = [[1.0, 0.3], [0.3, 2.0]]
    X, y = blobs(np.random.default_rng(0), (30, 50), covariance=covariance)
    model = fit(X, y)
    expected = sigmoid(X @ model.w + model.b)
    np.testing.assert_allclose(model.predict_proba(X)[:, 1], expected, atol=1e-12)


def test_the_formula_of_the_exercise_for_w_and_b():
    S = np.array([[1.0, 0.3], [0.3, 2.0]])
    m0, m1, priors = np.array([0.0, 1.0]), np.array([2.0, -1.0]), np.array([0.3, 0.7])
    lda, inverse = LDA(priors, np.array([m0, m1]), S), np.linalg.inv(S)
    np.testing.assert_allclose(lda.w, inverse @ (m1 - m0))
    b = -(m1 @ inverse @ m1 - m0 @ inverse @ m0) / 2 + np.log(0.7 / 0.3)
    assert lda.b == pytest.approx(b)


def test_the_exact_error_is_the_measured_one_and_lda_is_the_best():
    rng = np.random.default_rng(0)
    means, S = np.array([[0.0, 0.0], [1.5, 0.5]]), np.array([[1.0, 0.4], [0.4, 1.0]])
    w, b = np.array([1.0, -0.2]), -0.5
    X, y = blobs(rng, 100_000, means, S)
    measured = ((X @ w + b > 0) != y).mean()
    assert gaussian_error(w, b, means, S) == pytest.approx(measured, abs=0.005)
    lda = LDA(np.array([0.5, 0.5]), means, S)
    least = gaussian_error(lda.w, lda.b, means, S)
    mu = means[1] - means[0]
    formula = scipy.stats.norm.cdf(-np.sqrt(mu @ np.linalg.solve(S, mu)) / 2)
    assert least == pytest.approx(formula, rel=1e-12)
    for _ in range(100):
        w, b = rng.normal(size=2), rng.normal()
        assert gaussian_error(w, b, means, S) >= least


def hybrid(alpha, classes=2, n=2, unlabelled=10):
    rng = np.random.default_rng(0)
    X, y = blobs(rng, 4, rng.normal(size=(classes, n)))
    risk = hybrid_risk(X, y, rng.normal(size=(unlabelled, n)), alpha)
    return risk, X, y, rng.normal(size=classes * n)


@given(
    st.floats(0, 1), st.integers(1, 4), st.integers(1, 3), st.sampled_from([0, 1, 7])
)
def test_the_hybrids_gradient_agrees_with_central_differences(alpha, C, n, U):
    risk, *_, theta = hybrid(alpha, C, n, U)
    assert check_gradient(risk, theta, tolerance=1e-7).ok


@pytest.mark.parametrize("alpha", [0.0, 0.3, 1.0])
def test_the_hybrid_is_bishop_and_lasserres_objective(alpha):
    rng = np.random.default_rng(0)
    X, y = blobs(rng, 3)
    more, theta = rng.normal(size=(5, 2)), rng.normal(size=(2, 2))

    def joint(X):
        return np.array(
            [scipy.stats.multivariate_normal(m).pdf(X) / 2 for m in theta]
        ).T

    conditional = np.log(joint(X)[range(6), y] / joint(X).sum(1)).sum()
    marginal = np.log(joint(X).sum(1)).sum() + np.log(joint(more).sum(1)).sum()
    expected = -(conditional + (1 - alpha) * marginal) / 11
    risk = hybrid_risk(X, y, more, alpha)
    assert risk(theta.ravel()) == pytest.approx(expected, rel=1e-12)


def test_alpha_broadcasts_with_the_leading_axes_of_theta():
    alphas = np.array([0.0, 0.4, 1.0])
    theta = np.random.default_rng(1).normal(size=(5, 3, 4))
    many, *_ = hybrid(alphas)
    for i, alpha in enumerate(alphas):
        one, *_ = hybrid(alpha)
        np.testing.assert_allclose(many(theta)[:, i], one(theta[:, i]))
        np.testing.assert_allclose(
            many.gradient(theta)[:, i], one.gradient(theta[:, i])
        )


def test_the_discriminative_end_ignores_the_unlabelled():
    risk, X, y, theta = hybrid(1.0)
    other = hybrid_risk(X, y, np.full((10, 2), 7.0), 1.0)
    assert other(theta) == pytest.approx(risk(theta), rel=1e-14)
    np.testing.assert_allclose(other.gradient(theta), risk.gradient(theta), rtol=1e-12)
    blend, *_ = hybrid(0.9)
    changed = hybrid_risk(X, y, np.full((10, 2), 7.0), 0.9)
    assert abs(changed(theta) - blend(theta)) > 0.1


def test_the_generative_end_without_unlabelled_is_the_mean_of_each_class():
    X, y = blobs(np.random.default_rng(0), 5)
    risk = hybrid_risk(X, y, np.empty((0, 2)), 0.0)
    means = np.array([X[y == c].mean(0) for c in (0, 1)])
    np.testing.assert_allclose(risk.gradient(means.ravel()), 0, atol=1e-15)


def test_a_diverged_path_is_silent():
    risk, *_ = hybrid(0.5)
    with silent():
        for far in (1e3, 1e200, np.inf, np.nan):
            theta = far * np.array([1.0, -1.0, 2.0, 0.5])
            assert risk(theta).shape == ()
            assert risk.gradient(theta).shape == (4,)


X, y = np.eye(4, 2) + [[1, 2], [3, 4], [2, 0], [7, 1]], [0, 0, 1, 1]
two = np.eye(2)


test_bad_input_is_named = refusals(
    (lambda: LDA.fit(X, [0, 0, 2, 2]), "y: class 1 has no example"),
    (lambda: LDA.fit(X, [0, 0, 1]), r"y has shape \(3,\): expected \(4,\)"),
    (lambda: LDA.fit(X, [0, 0, 0.5, 1]), "y = 0.5"),
    (lambda: LDA.fit(X * np.nan, y), "X: must be finite"),
    (lambda: LDA.fit(np.ones((4, 2)), y), "singular"),
    (lambda: LDA.fit(X, y).log_joint(np.ones((2, 3))), r"X has shape \(2, 3\)"),
    (lambda: LDA.fit(*iris()).w, "3 classes: must be 2"),
    (lambda: LDA.fit(*iris()).b, "3 classes: must be 2"),
    (lambda: GaussianNaiveBayes.fit(X, y).w, "shared"),
    (lambda: LDA([0.5, 0.5], [[0, 1]], two), r"means has shape \(1, 2\)"),
    (lambda: LDA([0.5, np.nan], two, two), "priors: must be finite"),
    (
        lambda: GaussianNaiveBayes.fit(np.column_stack([[1, 2, 3, 3]]), y),
        "no spread in column 0 of class 1",
    ),
    (lambda: gaussian_error([0, 0], 0, two, two), "must be > 0"),
    (lambda: gaussian_error([1, 0], 0, np.eye(3), two), r"means has shape \(3, 3"),
    (lambda: gaussian_error([1, 0], 0, two, np.eye(3)), "covariance has shape"),
    (lambda: hybrid_risk(X, y, X, 1.5), r"alpha = 1.5: must be in \[0, 1\]"),
    (lambda: hybrid_risk(X, y, [[1.0]], 0.5), r"X_unlabelled has shape \(1, 1\)"),
    (lambda: hybrid_risk(X, y, X, 0.5)(np.zeros(3)), "theta has shape"),
)
