"""Wrong answers to the exercises of lecture 2."""


def only_a_number(theta, gradient, eta):
    return theta - eta * gradient if gradient > 0 else theta + eta * gradient


WRONG = {
    "2.1": [
        (0.25, "falta una · one is missing"),
        ((0.25,), "falta una · one is missing"),
        ((0.75, 0.75), "falta una · one is missing"),
        ((0.5, 0.25), "llega en un solo paso · with η = ½ it arrives in one step"),
        ((-0.25, 0.25), "con η < 0 se aleja · with η < 0 it moves away"),
        ((0.3, 0.7), "aún no es correcto · not right yet"),
        ("un cuarto", "se espera · expected: (eta_1, eta_2)"),
    ],
    "2.2": [
        (1.2**10, "signo al revés: empieza en −1 · sign reversed"),
        (-(0.8**10), "esa es la regla corregida · that is the corrected rule"),
        (-(1.1**10), "falta el factor 2"),
        (-3.0, "no se suma 0.2 · times 1.2"),
        (-(1.2**9), "un paso de más o de menos · one step too many or too few"),
        (-(1.2**11), "un paso de más o de menos · one step too many or too few"),
        (0.0, "aún no es correcto · not right yet"),
    ],
    "2.3": [
        (20, "1/η llega en un paso"),
        (-40, "signo al revés · sign reversed"),
        (3, "no depende de dónde empieza"),
        (0.05, "aún no es correcto · not right yet"),
    ],
    "2.4": [
        (lambda theta, gradient, eta: theta + eta * gradient, "signo al revés"),
        (lambda theta, gradient, eta: theta - gradient, "falta η · η is missing"),
        (lambda theta, gradient, eta: theta - eta * abs(gradient), "la errata E3"),
        (lambda theta, gradient, eta: -eta * gradient, "falta sumarlo a θ"),
        (only_a_number, "no para un vector · for a number"),
        (lambda theta: theta, "se espera · expected: una función · a function"),
        (0.95, "se espera · expected: una función · a function"),
    ],
}
