"""Exercises of lecture 2: where gradient descent fails."""

from math import inf, log

import numpy as np

from . import ANY, Between, Called, Exercise, any_of

STEPS = (  # θ, ∇R, η for 2.4: two sizes, two rates, both signs in each gradient
    (np.array([1.0, -2.0]), np.array([0.5, -3.0]), 0.1),
    (np.array([0.5, 2.0, -1.0]), np.array([-1.0, 0.3, 2.0]), 0.25),
)


def _step(theta, gradient, eta):
    return theta - eta * gradient


EXERCISES = {
    "2.1": Exercise(
        names=("eta_1", "eta_2"),
        right=any_of((1 / 4, 3 / 4), (3 / 4, 1 / 4)),
        mistakes={
            "falta una: |1 − 2η| = ½ tiene dos soluciones · "
            "one is missing: |1 − 2η| = ½ has two solutions": (
                any_of((1 / 4, 1 / 4), (3 / 4, 3 / 4))
            ),
            "con η = ½ llega en un solo paso · with η = ½ it arrives in one step": (
                any_of((1 / 2, ANY), (ANY, 1 / 2))
            ),
            "con η < 0 se aleja · with η < 0 it moves away": (
                any_of((Between(-inf, 0), ANY), (ANY, Between(-inf, 0)))
            ),
            "con η > 1 se aleja · with η > 1 it moves away": (
                any_of((Between(1, inf), ANY), (ANY, Between(1, inf)))
            ),
            "el factor es 1 − 2η, no 1 − 4η · the factor is 1 − 2η, not 1 − 4η": (
                any_of((1 / 8, 3 / 8), (3 / 8, 1 / 8))
            ),
        },
        hint={
            "es": r"Cada paso multiplica la distancia por $|1-2\eta|$. El valor "
            r"absoluto da dos ecuaciones.",
            "en": r"Each step multiplies the distance by $|1-2\eta|$. The absolute "
            r"value gives two equations.",
        },
        praise="|1 − 2η| = ½ con ¼ y ¾ · |1 − 2η| = ½ with ¼ and ¾",
    ),
    "2.2": Exercise(
        right=-(1.2**10),
        mistakes={
            "signo al revés: empieza en −1 · sign reversed: it starts at −1": 1.2**10,
            "esa es la regla corregida · that is the corrected rule": (
                any_of(0.8**10, -(0.8**10))
            ),
            "falta el factor 2 de R′ = 2θ · the factor 2 of R′ = 2θ is missing": (
                any_of(1.1**10, -(1.1**10))
            ),
            "se multiplica por 1.2, no se suma 0.2 · "
            "it is multiplied by 1.2, 0.2 is not added": any_of(3, -3),
            "un paso de más o de menos · one step too many or too few": (
                any_of(*(sign * 1.2**t for sign in (1, -1) for t in (9, 11)))
            ),
        },
        hint={
            "es": r"Con $\nabla R = 2\theta$, ¿por qué número se multiplica $\theta$ "
            r"en cada paso si se **suma** $\eta\,\nabla R$?",
            "en": r"With $\nabla R = 2\theta$, by which number is $\theta$ multiplied "
            r"at each step if $\eta\,\nabla R$ is **added**?",
        },
        praise="−1.2¹⁰: diverge · −1.2¹⁰: it diverges",
    ),
    "2.3": Exercise(
        names=("límite · limit", "mejor · best"),
        right=(2 / 3, 1 / 3),
        mistakes={
            "esa es la curvatura en θ = 0; usa la del mínimo · "
            "that is the curvature at θ = 0; use that of the minimum": (2, 1),
            "ln 3 es el lugar del mínimo; falta la curvatura ahí · "
            "ln 3 is the place of the minimum; the curvature there is missing": (
                (2 / log(3), 1 / log(3))
            ),
            "el factor 1 − ηR″ es −1 en 2/R″ y 0 en 1/R″ · "
            "the factor 1 − ηR″ is −1 at 2/R″ and 0 at 1/R″": (1 / 3, 1 / 6),
            "esa es la curvatura; falta η · that is the curvature; η is missing": (
                any_of((3, ANY), (ANY, 3))
            ),
        },
        hint={
            "es": r"¿Dónde es $e^\theta - 3 = 0$, y cuánto vale ahí $R''$? Cerca de "
            r"ese punto cada paso multiplica la distancia por $1-\eta R''$.",
            "en": r"Where is $e^\theta - 3 = 0$, and what is $R''$ there? Near that "
            r"point each step multiplies the distance by $1-\eta R''$.",
        },
        praise="2/R″(θ*), 1/R″(θ*)",
    ),
    "2.4": Exercise(
        calls=("step(theta, gradient, eta)",),
        cases=STEPS,
        right=_step,
        mistakes={
            "signo al revés: sube · sign reversed: it climbs": (
                lambda theta, gradient, eta: theta + eta * gradient
            ),
            "falta η · η is missing": lambda theta, gradient, eta: theta - gradient,
            "usa el argumento eta: ahí dice siempre 0.1 · "
            "use the argument eta: there it is always 0.1": (
                lambda theta, gradient, eta: theta - 0.1 * gradient
            ),
            "un solo signo para todas las componentes, la errata E3 · "
            "one sign for all components, the slip E3": (
                lambda theta, gradient, eta: theta - eta * abs(gradient)
            ),
            "es el paso, falta sumarlo a θ · that is the step, to be added to θ": (
                lambda theta, gradient, eta: -eta * gradient
            ),
            "es un solo paso, sin ciclo · it is one step, without a loop": any_of(
                lambda theta, gradient, eta: theta - 10 * eta * gradient,
                lambda theta, gradient, eta: theta - 100 * eta * gradient,
            ),
            "sirve para un número, no para un vector · "
            "it works for a number, not for a vector": Called(
                lambda theta, gradient, eta: (theta[0], gradient[0], eta),
                any_of(  # with the slip E3, too
                    lambda theta, gradient, eta: _step(theta, gradient, eta)[0],
                    lambda theta, gradient, eta: _step(theta, abs(gradient), eta)[0],
                ),
            ),
        },
        hint={
            "es": "Es la línea de código que calculó el primer paso de esta lección. "
            "NumPy la aplica a todas las componentes a la vez.",
            "en": "It is the line of code that took the first step of this lecture. "
            "NumPy applies it to all components at once.",
        },
        praise="θ − η∇R",
    ),
}
