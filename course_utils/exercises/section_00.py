"""The one exercise of the opening notebook: how an exercise works."""

from . import Exercise

EXERCISES = {
    "0.1": Exercise(
        of=float,
        right=0.5,
        mistakes={
            "con η = 1 salta al otro lado · with η = 1 it jumps to the other side": 1,
            "con η = 0 no se mueve · with η = 0 it does not move": 0,
            "con η < 0 sube · with η < 0 it climbs": lambda eta: eta < 0,
            "con η > 1 se aleja · with η > 1 it goes away": lambda eta: eta > 1,
            "se acerca, pero no llega en un paso · near, but not in one step": (
                lambda eta: 0 < eta < 1
            ),
        },
        hint={
            "es": r"Con una $\eta$, $\theta_1 = \theta_0 - 2\eta\,\theta_0$. Saca "
            r"$\theta_0$ como factor común.",
            "en": r"With one $\eta$, $\theta_1 = \theta_0 - 2\eta\,\theta_0$. Take "
            r"$\theta_0$ out as a common factor.",
        },
        praise="1 − 2η = 0",
    ),
}
