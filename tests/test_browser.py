"""In a real browser: JupyterLab opens a lecture, and a hand moves η."""

import re

import numpy as np
import pytest

from support.browser import needs_chromium, pixels, share_off
from support.lab_page import Figure, errors, opened, run_all, show

pytestmark = needs_chromium


def ending(words: str) -> tuple[float, float, int]:
    """θ₀, the last θ and its t, as a listener hears them."""
    found = re.search(
        r"θ₀ = (\S+), t = \d+: on R\(θ\), θ reaches (\S+) at t = (\d+)", words
    )
    return float(found[1]), float(found[2]), int(found[3])


def test_a_key_moves_eta_in_lecture_02(chromium, lab):
    # Figures grow to 1.25 of their size here; so each dot of the stored PNG is one.
    name = "en/02_gd_divergence.ipynb"
    with opened(chromium, lab, name, (1600, 900), sharp=2 / 1.25) as page:
        outputs = run_all(page)
        assert not errors(outputs)
        show(page, "02-rates-live")
        figure = Figure(page, "02-rates-live")

        # What the page paints is what Matplotlib paints.
        (png, *_) = [
            one["data"] for one in outputs if "image/png" in one.get("data", {})
        ]
        before = figure.painted()
        side_by_side = np.concatenate(before, axis=1)
        stored = pixels(png["image/png"], like=side_by_side)
        assert share_off(side_by_side, stored) < 0.01

        # η = 0.9 → 0.85, and θ ends at (1 − 2η)ᵗ θ₀.
        assert "η = 0.9," in figure.words()
        figure.press("ArrowLeft", 5)
        figure.wait_for("η = 0.85,")
        start, end, steps = ending(figure.words())
        assert end == pytest.approx((1 - 2 * 0.85) ** steps * start, rel=5e-3)
        after = figure.painted()
        assert all(share_off(*pair) > 0.001 for pair in zip(before, after, strict=True))

        # And back: the same picture to the last pixel.
        figure.press("ArrowRight", 5)
        figure.wait_for("η = 0.9,")
        again = figure.painted()
        assert all(np.array_equal(*pair) for pair in zip(before, again, strict=True))
        assert not page.errors
