"""The one exercise of the opening notebook: how an exercise works."""

from math import inf

from . import Between, Exercise, any_of

EXERCISES = {
    "0.1": Exercise(
        right=0.5,
        mistakes={
            "con η = 1 salta al otro lado · with η = 1 it jumps to the other side": 1,
            "con η = 0 no se mueve · with η = 0 it does not move": 0,
            "con η < 0 sube · with η < 0 it climbs": Between(-inf, 0),
            "con η > 1 se aleja · with η > 1 it moves away": Between(1, inf),
            "se acerca, pero no llega en un paso · "
            "it comes near, but not in one step": (
                any_of(Between(0, 0.5), Between(0.5, 1))
            ),
        },
        hint={
            "es": r"Tras un paso, $\theta_1 = \theta_0 - 2\eta\,\theta_0$. Saca "
            r"$\theta_0$ como factor común.",
            "en": r"After one step, $\theta_1 = \theta_0 - 2\eta\,\theta_0$. Take "
            r"$\theta_0$ out as a common factor.",
        },
        praise="1 − 2η = 0",
    ),
}
