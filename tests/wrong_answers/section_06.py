"""Wrong answers to the exercises of lecture 6, and what the student must be told."""

import numpy as np


def adam(square=2, inside=False, scale=-1, hats=False, lost=(0, 0), shift=0):
    """One step of Adam with a slip."""

    def step(theta, g, m, nu, t, eta, beta1, beta2, epsilon):
        m = beta1 * m + (lost[0] or 1 - beta1) * g
        nu = beta2 * nu + (lost[1] or 1 - beta2) * g**square
        t = t + shift
        m_hat, nu_hat = m / (1 - beta1**t), nu / (1 - beta2**t)
        root = np.sqrt(nu_hat + epsilon) if inside else np.sqrt(nu_hat) + epsilon
        theta = theta + scale * eta * m_hat / root
        return (theta, m_hat, nu_hat) if hats else (theta, m, nu)

    return step


def powerless(theta, g, m, nu, t, eta, beta1, beta2, epsilon):
    return adam()(theta, g, m, nu, 1, eta, beta1, beta2, epsilon)


def without_eta(theta, g, m, nu, t, eta, beta1, beta2, epsilon):
    return adam()(theta, g, m, nu, t, 1, beta1, beta2, epsilon)


def late(theta, g, m, nu, t, eta, beta1, beta2, epsilon):
    m_hat, nu_hat = m / (1 - beta1**t), nu / (1 - beta2**t)
    theta_next = theta - eta * m_hat / (np.sqrt(nu_hat) + epsilon)
    return theta_next, *adam()(theta, g, m, nu, t, eta, beta1, beta2, epsilon)[1:]


def uncorrected(theta, g, m, nu, t, eta, beta1, beta2, epsilon):
    m, nu = beta1 * m + (1 - beta1) * g, beta2 * nu + (1 - beta2) * g**2
    return theta - eta * m / (np.sqrt(nu) + epsilon), m, nu


def unrooted(theta, g, m, nu, t, eta, beta1, beta2, epsilon):
    m, nu = beta1 * m + (1 - beta1) * g, beta2 * nu + (1 - beta2) * g**2
    m_hat, nu_hat = m / (1 - beta1**t), nu / (1 - beta2**t)
    return theta - eta * m_hat / (nu_hat + epsilon), m, nu


def swapped(theta, g, m, nu, t, eta, beta1, beta2, epsilon):
    return adam()(theta, g, m, nu, t, eta, 1 - beta1, beta2, epsilon)


def swapped_nu(theta, g, m, nu, t, eta, beta1, beta2, epsilon):
    return adam()(theta, g, m, nu, t, eta, beta1, 1 - beta2, epsilon)


def forgetful(theta, g, m, nu, t, eta, beta1, beta2, epsilon):
    return adam()(theta, g, m, nu, t, eta, beta1, beta2, epsilon)[0], m, nu


def exchanged(theta, g, m, nu, t, eta, beta1, beta2, epsilon):
    return adam()(theta, g, m, nu, t, eta, beta2, beta1, epsilon)


def product(theta, g, m, nu, t, eta, beta1, beta2, epsilon):
    m, nu = beta1 * m + (1 - beta1) * g, beta2 * nu + (1 - beta2) * g**2
    m_hat, nu_hat = m / (1 - beta1 * t), nu / (1 - beta2 * t)
    return theta - eta * m_hat / (np.sqrt(nu_hat) + epsilon), m, nu


def without_epsilon(theta, g, m, nu, t, eta, beta1, beta2, epsilon):
    return adam()(theta, g, m, nu, t, eta, beta1, beta2, 0.0)


def root_first(theta, g, m, nu, t, eta, beta1, beta2, epsilon):
    m, nu = beta1 * m + (1 - beta1) * g, beta2 * nu + (1 - beta2) * g**2
    root = np.sqrt(nu) / (1 - beta2**t)
    return theta - eta * m / (1 - beta1**t) / (root + epsilon), m, nu


def short_form(theta, g, m, nu, t, eta, beta1, beta2, epsilon):
    """The end of section 2 of Kingma and Ba."""
    m, nu = beta1 * m + (1 - beta1) * g, beta2 * nu + (1 - beta2) * g**2
    eta_t = eta * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return theta - eta_t * m / (np.sqrt(nu) + epsilon), m, nu


def in_place(theta, g, m, nu, t, eta, beta1, beta2, epsilon):
    m *= beta1
    m += (1 - beta1) * g
    return adam()(theta, g, m, nu, t, eta, 0.0, beta2, epsilon)


def only_theta(*arguments):
    return adam()(*arguments)[0]


WRONG = {
    "6.1": [
        (10, "not η/t"),
        (10**0.5, "√t = 10"),
        (99, "t begins at 1"),
        ("cien", "this is text"),
        ([100, 1], "here are 2"),
        (True, "a truth value"),
        (100.5, "whole numbers"),
        (50, "not right yet"),
    ],
    "6.2": [
        ((1, 1), "not allowed"),
        ((0, 1.0), "not allowed"),
        ((-1, 0), "β ∈ [0, 1)"),
        ((0, 0.999), "the other still fails"),
        ((0.9, 0.99), "as t → ∞"),
        ((0.9, 0.999), "they already differ"),
        ((1e-9, 1e-9), "they already differ"),
        ((0, None), "beta_2: a number is asked for, and this is None"),
        ((float("nan"), 0), "beta_1: a number is asked for, and this is nan"),
        ((0, 0, 0), "(beta_1, beta_2), and there are 3"),
        (0, "(beta_1, beta_2), and there are 1"),
    ],
    "6.3": [
        (adam(square=1), "square in ν"),
        (powerless, "power t"),
        (adam(inside=True), "outside the root"),
        (adam(scale=1), "sign reversed"),
        (adam(hats=True), "without the hats"),
        (adam(lost=(1, 0)), "m: 1 − β₁ is missing"),
        (adam(lost=(0, 1)), "ν: 1 − β₂ is missing"),
        (adam(shift=-1), "t is already this step's"),
        (without_eta, "η is missing"),
        (late, "first m and ν, then θ"),
        (uncorrected, "correction 1 − βᵗ is missing"),
        (unrooted, "root of ν is missing"),
        (swapped, "m: β₁ y 1 − β₁ cambiados"),
        (swapped_nu, "ν: β₂ y 1 − β₂ cambiados"),
        (forgetful, "did not change"),
        (exchanged, "β₁ belongs to m and β₂ to ν"),
        (product, "βᵗ is a power"),
        (without_epsilon, "ε is missing"),
        (root_first, "correct ν before the root"),
        (short_form, "another ε"),
        (lambda *given: np.roll(adam()(*given), 1, axis=0), "(theta, m, nu) is asked"),
        (lambda *given: adam()(*given)[::2], "3 things, (theta, m, nu), and returns 2"),
        (in_place, "your function changes m"),
        (only_theta, "3 things, (theta, m, nu), and returns 1"),
        (3.0, "is asked for, and this is a number"),
    ],
    "6.4": [
        (0.001**0.5, "that is 1 − β₁"),
        (0.999, "the root is missing"),
        (0.999**0.5, "not √β₂"),
        (0.9, "jumps further"),
        (0.9683, "jumps further"),
        (0.96845, "a smaller one"),
        (0.97, "a smaller one"),
        (None, "this is None"),
        (0.98, "a smaller one"),
        (1.0, "β₁ ∈ [0, 1)"),
    ],
    "6.5": [
        (-8, "you added the slopes"),
        (8, "you added the slopes"),
        (1 / 3, "that is per step"),
        (0, "two against one"),
        (3, "one goes down and two go up"),
        (-1, "sign is reversed"),
        (1.001, "give the exact value"),
        (0.70267, "not right yet"),  # with the beta_2 of the lecture
        (1 + 0j, "a complex number"),
        (None, "this is None"),
        ("uno", "this is text"),
    ],
}
