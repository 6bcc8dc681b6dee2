"""How far apart two colours are, as WCAG 2.2 counts it."""

import numpy as np
from matplotlib.colors import to_rgb


def linear(colour) -> np.ndarray:
    """Linear RGB of a colour of sRGB."""
    parts = np.array(to_rgb(colour))
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one, other) -> float:
    """From 1, the same, to 21, black on white."""
    light = [linear(colour) @ (0.2126, 0.7152, 0.0722) for colour in (one, other)]
    return (max(light) + 0.05) / (min(light) + 0.05)
