"""Wrong answers to the exercises of lecture 1, and what each should be told."""

from math import inf, log

import numpy as np


def line(m0, m1, Sigma, pi1):
    w = np.linalg.solve(Sigma, m1 - m0)
    return w, -w @ (m0 + m1) / 2, log(pi1 / (1 - pi1))


def other_class(*model):
    w, half, prior = line(*model)
    return -w, -half - prior


def wrong_sign_of_w(*model):
    w, half, prior = line(*model)
    return -w, half + prior


def wrong_sign_of_b(*model):
    w, half, prior = line(*model)
    return w, -half - prior


def diagonal_only(m0, m1, Sigma, pi1):
    w = (m1 - m0) / np.diag(Sigma)
    return w, -w @ (m0 + m1) / 2 + log(pi1 / (1 - pi1))


def without_priors(*model):
    w, half, _prior = line(*model)
    return w, half


def priors_upside_down(*model):
    w, half, prior = line(*model)
    return w, half - prior


def one_prior(m0, m1, Sigma, pi1):
    w, half, _prior = line(m0, m1, Sigma, pi1)
    return w, half + log(pi1)


def without_half(*model):
    w, half, prior = line(*model)
    return w, 2 * half + prior


def wrong_sign_of_half(*model):
    w, half, prior = line(*model)
    return w, -half + prior


def not_inverted(m0, m1, Sigma, pi1):
    w = Sigma @ (m1 - m0)
    return w, -w @ (m0 + m1) / 2 + log(pi1 / (1 - pi1))


def without_covariance(m0, m1, Sigma, pi1):
    return m1 - m0, log(pi1 / (1 - pi1))


def other_bias(*model):
    return line(*model)[0], 0.0


WRONG = {
    "1.1": [
        (-1.5 * log(2), "sign reversed"),
        (1.5, "in bits"),
        (0, "H(q) is missing"),
        (log(3), "uniform"),
        (5 * log(2), "weighted by q"),
        (2.0, "not right yet"),
        (1.0, "give three more digits"),
        ("1.0397", "this is text"),
        (None, "this is None"),
        (float("nan"), "this is nan"),
    ],
    "1.2": [
        (-log(2), "sign reversed"),
        (1, "in bits"),
        (0, "misses one hill"),
        (log(4), "q is half of p"),
        (float("inf"), "the forward one"),
        (0.68877, "give the exact limit"),
        ("ln 2", "this is text"),
        (0.69, "nearly"),
    ],
    "1.3": [
        ((0, 20), "another order: (c_squared, c_absolute)"),
        ((20, 20), "median does not see"),
        ((0, 0), "the square does see"),
        ((25, 0), "the mean of the five"),
        ((20, 7), "right: c_squared; wrong: c_absolute"),
        (20, "(c_squared, c_absolute), and there are 1"),
        (("20", "0"), "c_squared: a number is asked for, and this is text"),
        ((20 + 0j, 0), "c_squared: a number is asked for, and this is a complex"),
        ((20, None), "c_absolute: a number is asked for, and this is None"),
    ],
    "1.4": [
        (1.25, "½ of the risk"),
        (0.63, "give three more digits"),
        (0.62, "give three more digits"),
        (2, "the direction kept"),
        (4, "the direction kept"),
        (0.5, "one lost direction"),
        (5.25, "λ₁ is kept"),
        (2.5, "λ₁ is kept"),
        (0.125, "one lost direction"),
    ],
    "1.5": [
        (other_class, "sign reversed: that is p(y=0|x)"),
        (wrong_sign_of_w, "sign reversed in w"),
        (wrong_sign_of_b, "sign reversed in b"),
        (diagonal_only, "not its diagonal alone"),
        (without_priors, "ln(π₁/π₀) is missing"),
        (priors_upside_down, "upside down"),
        (one_prior, "π₀ is missing"),
        (without_half, "½ in b is missing"),
        (wrong_sign_of_half, "sign reversed in b"),
        (not_inverted, "Σ instead of Σ⁻¹"),
        (without_covariance, "Σ⁻¹ is missing in w"),
        (other_bias, "right: w; wrong: b"),
        (lambda *model: line(*model)[0], "2 things, (w, b), and returns 1"),
        (lambda *model: print(*line(*model)), "prints and returns nothing"),
        (lambda *model: None, "is `return` missing?"),
        (3.0, "posterior(m0, m1, Sigma, pi1), is asked for, and this is a number"),
    ],
    "1.6": [
        (0.25, "that is 1 − α"),
        (2 / 3, "the 10 labelled ones have their ln p(x) too"),
        (1 / 3, "the 10 labelled ones have their ln p(x) too"),
        (0.5, "the 40 terms weigh 20"),
        (0, "each term weighs 1"),
        (1, "have no weight"),
        (0.76, "give three more digits"),
        (0.6, "not right yet"),
        ("3/4", "this is text"),
    ],
    "1.7": [
        (3839, "the point itself counts too"),
        (3838, "a count is exact"),
        (3841, "a count is exact"),
        (3839.9, "whole numbers"),
        (inf, "whole numbers"),
        (120, "signs are missing"),
        (32, "permutations are missing"),
        (152, "they multiply"),
        (240, "each unit has its sign"),
        (48, "that is for 3 units"),
    ],
}
