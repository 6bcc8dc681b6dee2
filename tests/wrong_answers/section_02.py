"""Wrong answers to the exercises of lecture 2."""

from math import log


def only_a_number(theta, gradient, eta):
    return theta - eta * gradient if gradient > 0 else theta + eta * gradient


def in_place(theta, gradient, eta):
    theta -= eta * gradient
    return theta


WRONG = {
    "2.1": [
        (0.25, "(eta_1, eta_2), and there are 1"),
        ((0.25,), "(eta_1, eta_2), and there are 1"),
        ((0.25, 0.75, 0.75), "(eta_1, eta_2), and there are 3"),
        ((0.75, 0.75), "falta una: |1 − 2η| = ½ tiene dos soluciones · one is missing"),
        ((0.5, 0.25), "llega en un solo paso · with η = ½ it arrives in one step"),
        ((-0.25, 0.25), "con η < 0 se aleja · with η < 0 it moves away"),
        ((0.25, 1.25), "con η > 1 se aleja · with η > 1 it moves away"),
        ((1 / 8, 3 / 8), "not 1 − 4η"),
        ((0.25, 1), "right: eta_1; wrong: eta_2"),
        ((0.3, 0.7), "aún no es correcto · not right yet"),
        ((0.2, 0.8), "aún no es correcto · not right yet"),
        ((0.25 + 5j, 0.75), "eta_1: a number is asked for, and this is a complex"),
        ({0.25, 0.75}, "this is a set, which has no order"),
        ("1/4, 3/4", "(eta_1, eta_2), and this is text"),
    ],
    "2.2": [
        (1.2**10, "signo al revés: empieza en −1 · sign reversed"),
        (-(0.8**10), "esa es la regla corregida · that is the corrected rule"),
        (-(1.1**10), "falta el factor 2"),
        (-3.0, "no se suma 0.2 · it is multiplied by 1.2"),
        (-(1.2**9), "un paso de más o de menos · one step too many or too few"),
        (-(1.2**11), "un paso de más o de menos · one step too many or too few"),
        (0.0, "aún no es correcto · not right yet"),
        (-6.2, "casi: da tres cifras más · nearly: give three more digits"),
        ("-6.1917", "va sin comillas"),
    ],
    "2.3": [
        ((1 / 3, 2 / 3), "another order: (limit, best)"),
        ((2, 1), "the curvature at θ = 0; use that of the minimum"),
        ((2 / log(3), 1 / log(3)), "ln 3 is the place of the minimum"),
        ((1 / 3, 1 / 6), "−1 at 2/R″ and 0 at 1/R″"),
        ((3, 1 / 3), "that is the curvature"),
        ((2 / 3, 3), "that is the curvature"),
        ((2 / 3, 1 / 2), "right: limit; wrong: best"),
        ((0.67, 0.33), "casi: da tres cifras más · nearly: give three more digits"),
        (2 / 3, "(limit, best), and there are 1"),
    ],
    "2.4": [
        (lambda theta, gradient, eta: theta + eta * gradient, "signo al revés"),
        (lambda theta, gradient, eta: theta - gradient, "falta η · η is missing"),
        (lambda theta, gradient, eta: theta - 0.1 * gradient, "use the argument eta"),
        (lambda theta, gradient, eta: theta - eta * abs(gradient), "la errata E3"),
        (lambda theta, gradient, eta: -eta * gradient, "falta sumarlo a θ"),
        (lambda theta, gradient, eta: theta - 10 * eta * gradient, "without a loop"),
        (only_a_number, "no para un vector · it works for a number"),
        (lambda theta, gradient, eta: None, "¿falta `return`?"),
        (lambda theta, gradient, eta: print(theta - eta * gradient), "returns nothing"),
        (lambda theta, gradient, eta: theta - eta * gradient + 0j, "a complex number"),
        (lambda theta, gradient, eta: theta[0] - eta, "shape (), and (2,) is asked"),
        (in_place, "your function changes theta"),
        (lambda theta, gradient: theta, "step(theta, gradient, eta), with 3 arguments"),
        (0.95, "se pide una función, step(theta, gradient, eta), y esto es un número"),
    ],
}
