"""Wrong answers to the exercise of the opening notebook."""

WRONG = {
    "0.1": [
        (1, "salta al otro lado · with η = 1 it jumps"),
        (0, "it does not move"),
        (-0.5, "it climbs"),
        (1.5, "it moves away"),
        (0.45, "no llega en un paso · it comes near, but not in one step"),
    ],
}
