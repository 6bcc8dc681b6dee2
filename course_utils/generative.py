"""Generative classifiers: p(x, y) = p(x|y) p(y), with Gaussian p(x|y) (slide 5).

What the slide leaves out: p(y|x) = p(x, y) / Σ p(x, y'), a softmax of ln p(x, y), so a
generative model classifies too.
"""

import math
from dataclasses import dataclass, fields

import numpy as np

from .activations import softmax
from .datasets import one_hot
from .risk import Risk
from .validation import finite, flag, labels, number, positive_definite, shape

__all__ = ["LDA", "GaussianNaiveBayes", "gaussian_error", "hybrid_risk"]


class _Generative:
    """What follows from ln p(x, y), whatever the model."""

    def __post_init__(self):
        for f in fields(self):
            setattr(self, f.name, finite(f.name, getattr(self, f.name)))
        shape("priors", _positive("priors", self.priors), "C")
        shape("means", self.means, len(self.priors), "n")

    def log_joint(self, X) -> np.ndarray:
        """ln p(x, y) for every class, shape (N, C)."""
        X = finite("X", X, "N", self.means.shape[1])
        with np.errstate(all="ignore"):
            log_joint = np.log(self.priors) + self._log_density(X[:, None] - self.means)
        if not np.isfinite(log_joint).all():
            raise ValueError("X: too large, or too far from the means for p(x) > 0")
        return log_joint

    def predict_proba(self, X) -> np.ndarray:
        """p(y|x) for every class, shape (N, C)."""
        return softmax(self.log_joint(X))

    def predict(self, X) -> np.ndarray:
        """The most probable class, shape (N,)."""
        return self.log_joint(X).argmax(-1)

    @property
    def b(self) -> float:
        """Of the posterior σ(w·x + b) of class 1, if there are two classes."""
        middle = self.means.sum(0) / 2
        return float(np.log(self.priors[1] / self.priors[0]) - self.w @ middle)


@dataclass
class GaussianNaiveBayes(_Generative):
    """Coordinates that are independent and normal within each class.

    Attributes
    ----------
    priors : ndarray, shape (C,)
        p(y).
    means, variances : ndarray, shape (C, n)
        Of p(xⱼ|y).
    """

    priors: np.ndarray
    means: np.ndarray
    variances: np.ndarray

    def __post_init__(self):
        super().__post_init__()
        shape("variances", _positive("variances", self.variances), *self.means.shape)

    @classmethod
    def fit(cls, X, y, shared: bool = False) -> "GaussianNaiveBayes":
        """Maximum likelihood: counts, means, variances (over N) of the classes.

        Parameters
        ----------
        X : array_like, shape (N, n)
        y : array_like of int, shape (N,)
            Classes 0, 1, …, each with an example.
        shared : bool
            One variance for all classes: then the posterior is logistic, with `w`, `b`.

        Raises
        ------
        ValueError
            If the shapes do not fit, a class is empty or a variance is 0.
        """
        X, y = _classes(X, y)
        flag("shared", shared)
        priors, means = _priors_and_means(X, y)
        squares = _deviations(X, means[y]) ** 2
        members = one_hot(y).T
        variances = members @ squares / members.sum(1, keepdims=True)
        if shared:
            variances = np.tile(squares.mean(0), (len(priors), 1))
        if not (variances > 0).all():
            c, j = np.argwhere(~(variances > 0))[0]
            raise ValueError(f"X: no spread in column {j} of class {c}, variance 0")
        return cls(priors, means, variances)

    def _log_density(self, gap):
        z2 = gap**2 / self.variances
        return -(z2 + np.log(2 * np.pi * self.variances)).sum(-1) / 2

    @property
    def w(self) -> np.ndarray:
        """w of the posterior σ(w·x + b) of class 1: two classes, shared variances."""
        _two_classes(self.means)
        if (self.variances[0] != self.variances[1]).any():
            raise ValueError("variances: must be shared for a logistic posterior")
        return (self.means[1] - self.means[0]) / self.variances[0]


@dataclass
class LDA(_Generative):
    """Linear discriminant analysis: normal classes with one covariance Σ.

    Between two classes the posterior is exactly that of the sigmoid perceptron,
    σ(w·x + b) with w = Σ⁻¹(m₁ − m₀), b = −w·(m₀ + m₁)/2 + ln(π₁/π₀).

    Attributes
    ----------
    priors : ndarray, shape (C,)
    means : ndarray, shape (C, n)
    covariance : ndarray, shape (n, n)
    """

    priors: np.ndarray
    means: np.ndarray
    covariance: np.ndarray

    def __post_init__(self):
        super().__post_init__()
        positive_definite("covariance", self.covariance, self.means.shape[1])

    @classmethod
    def fit(cls, X, y) -> "LDA":
        """Maximum likelihood: counts, means, and the covariance around them (over N).

        Parameters
        ----------
        X : array_like, shape (N, n)
        y : array_like of int, shape (N,)
            Classes 0, 1, …, each with an example.

        Raises
        ------
        ValueError
            If the shapes do not fit, a class is empty or Σ is singular, as it is when
            there are fewer examples than classes and coordinates together.
        """
        X, y = _classes(X, y)
        priors, means = _priors_and_means(X, y)
        gap = _deviations(X, means[y])
        covariance = gap.T @ gap / len(X)
        if np.linalg.matrix_rank(covariance) < len(covariance):
            raise ValueError(f"X: {X.shape} gives a singular covariance")
        return cls(priors, means, covariance)

    def _log_density(self, gap):
        z2 = (gap * (gap @ np.linalg.inv(self.covariance))).sum(-1)
        _, log_det = np.linalg.slogdet(2 * np.pi * self.covariance)
        return -(z2 + log_det) / 2

    @property
    def w(self) -> np.ndarray:
        """w of the posterior σ(w·x + b) of class 1, if there are two classes."""
        _two_classes(self.means)
        return np.linalg.solve(self.covariance, self.means[1] - self.means[0])


def gaussian_error(w, b, means, covariance) -> float:
    """How often the sign of w·x + b is wrong on two normal classes, equally frequent.

    Exact: w·x + b is normal with mean w·m + b and variance s² = wᵀΣw, so the error is
    the mean of Φ((w·m₀ + b)/s) and Φ(−(w·m₁ + b)/s). The least that any rule reaches
    is Φ(−½√(μᵀΣ⁻¹μ)), μ = m₁ − m₀, at LDA's w and b.

    Parameters
    ----------
    w : array_like, shape (n,), not 0
    b : float
    means : array_like, shape (2, n)
    covariance : array_like, shape (n, n)
        Of both classes: symmetric and positive definite.
    """
    w, b = finite("w", w, "n"), number("b", b)
    means = finite("means", means, 2, len(w))
    covariance = positive_definite("covariance", covariance, len(w))
    with np.errstate(all="ignore"):
        variance = w @ covariance @ w
        low, high = (means @ w + b) / np.sqrt(variance)
    if not 0 < variance < np.inf:
        raise ValueError(f"w = {w}: wᵀΣw = {variance:g}, must be > 0 and finite")
    if np.isnan(low + high):
        raise ValueError(f"means = {means.tolist()}: too large for w = {w}")
    return (math.erfc(-low / math.sqrt(2)) + math.erfc(high / math.sqrt(2))) / 4


def hybrid_risk(X_labelled, y, X_unlabelled, alpha) -> Risk:
    """Between generative (α = 0) and discriminative (α = 1): a blend of both.

        R(θ) = −(1/M) { Σ_lab ln p(y|x) + (1 − α) Σ_all ln p(x) },

    M the number of all examples, labelled and not. The model: equally frequent classes,
    p(x|y) normal around the class mean with covariance I. θ are the means.

    Parameters
    ----------
    X_labelled : array_like, shape (N, n)
    y : array_like of int, shape (N,)
        Classes 0, 1, …, each with an example.
    X_unlabelled : array_like, shape (U, n)
        U may be 0. At α = 1 they play no part.
    alpha : float or array_like, in [0, 1]
        An array broadcasts with the leading axes of θ: (A,) for θ of shape (A, p).

    Returns
    -------
    Risk
        Over θ = (m₀, m₁, …) of shape (..., C·n); ``theta.reshape(C, n)`` are the means.

    Notes
    -----
    C. M. Bishop and J. Lasserre, "Generative or discriminative? Getting the best of
    both worlds", Bayesian Statistics 8, 3–24, 2007; the slides' reference [1] (E23).
    They name such a blend as a heuristic of others; their own joins two parameters by
    a prior.
    """
    X, y = _classes(X_labelled, y, "X_labelled")
    more = finite("X_unlabelled", X_unlabelled, "U", X.shape[1])
    alpha = finite("alpha", alpha)
    if not ((alpha >= 0) & (alpha <= 1)).all():
        raise ValueError(f"alpha = {alpha}: must be in [0, 1]")
    generative = 1 - alpha[..., None]  # against (..., M)
    C, n = y.max() + 1, X.shape[1]
    T = np.vstack([one_hot(y), np.zeros((len(more), C))])  # no label: a row of zeros
    labelled = T.sum(-1)
    X = _deviations(np.vstack([X, more]), 0.0)
    M = len(X)
    # ln p(x, y) without its terms in μ: −ln C − ½‖x‖² − ½ n ln 2π.
    rest = -np.log(C) - (X**2).sum(-1) / 2 - n * np.log(2 * np.pi) / 2

    def joint(theta):
        """ln p(x, y), shape (..., M, C), and the means."""
        theta = shape("theta", theta, ..., C * n)
        means = theta.reshape(*theta.shape[:-1], C, n)
        a = means @ X.T - (means**2).sum(-1)[..., None] / 2 + rest
        return a.swapaxes(-1, -2), means

    def value(theta):
        log_joint, _ = joint(theta)
        log_p = np.logaddexp.reduce(log_joint, -1)
        conditional = (T * log_joint).sum(-1) - labelled * log_p
        return -(conditional + generative * log_p).mean(-1)

    def gradient(theta):
        log_joint, means = joint(theta)
        # ∂R/∂ ln p(x, y): softmax comes from the sum over y' in p(y|x) and in p(x).
        d = -(T + (generative - labelled)[..., None] * softmax(log_joint)) / M
        slope = d.swapaxes(-1, -2) @ X - d.sum(-2)[..., None] * means
        return slope.reshape(theta.shape)

    return Risk(value, gradient)


def _classes(X, y, name="X"):
    """X and y, checked: every class 0 … C − 1 has an example."""
    X = finite(name, X, "N", "n")
    y = shape("y", labels("y", y), len(X))
    # Among N + 1 classes one has no example: no need to count up to a huge label.
    empty = np.setdiff1d(np.arange(min(y.max(), len(y)) + 1), y)
    if len(empty):
        raise ValueError(f"y: class {empty[0]} has no example")
    return X, y


def _priors_and_means(X, y):
    members = one_hot(y).T
    counts = members.sum(1, keepdims=True)
    return counts[:, 0] / len(y), members @ X / counts


def _deviations(X, means):
    """X − its means, if its squares can be added up."""
    with np.errstate(all="ignore"):
        gap = X - means
        if not np.isfinite((gap**2).sum()):
            raise ValueError(f"X: holds {np.abs(X).max():g}, its square overflows")
    return gap


def _positive(name, array):
    if not (array > 0).all():
        raise ValueError(f"{name} = {array.min():g}: must be > 0")
    return array


def _two_classes(means):
    if len(means) != 2:
        raise ValueError(f"{len(means)} classes: must be 2 for a logistic posterior")
