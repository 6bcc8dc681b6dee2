"""In a real browser: a slider is dragged while the kernel has something else to do.

JupyterLab runs what a slider calls on another thread than the one that runs cells.
"""

import numpy as np
import pytest

from support.browser import needs_chromium
from support.course import executed, speaking
from support.figures import words_at
from support.lab_page import READY, Figure, errors, opened, run_all, show

NAME, CELL = "00_start", "00-sliders-live"

# Runs until a file is there. A cell of the notebook would be saved with it.
BUSY = """import pathlib
while not pathlib.Path({stop!r}).exists():
    {work}
"""
WORK = {
    "counts": "sum(range(10_000))",
    "draws": "live(run, PathOnCurve(parabola), eta=(0.0, 1.0, 0.05)).words()",
}
KERNEL = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"

pytestmark = [needs_chromium, pytest.mark.thorough]


@pytest.fixture
def page(chromium, lab):
    """A lecture that has run."""
    with opened(chromium, lab, f"en/{NAME}.ipynb") as page:
        assert not errors(run_all(page))
        yield page


def start(page, code: str) -> None:
    """Give the kernel something to run, as a cell does, and wait for nothing."""
    run = f"code => {{ window.running = {KERNEL}.requestExecute({{ code }}).done; }}"
    page.evaluate(run, code)


def drag(figure, shares, meanwhile=lambda: None) -> None:
    """Take the first handle along its track, to these shares of its length."""
    mouse = figure.page.mouse
    track = figure.box.locator(".noUi-target").first.bounding_box()
    handle = figure.box.locator(".noUi-handle").first.bounding_box()
    y = handle["y"] + handle["height"] / 2
    mouse.move(handle["x"] + handle["width"] / 2, y)
    mouse.down()
    for k, share in enumerate(shares):
        mouse.move(track["x"] + share * track["width"], y)
        if k == len(shares) // 2:
            meanwhile()
    mouse.up()


def expected(eta: float) -> str:
    """The words for this η, computed here."""
    figure = executed(NAME).figures[CELL]
    with speaking("en"):
        return words_at(figure, eta=eta)


TO_AND_FRO = [*np.linspace(0.1, 1, 12), *np.linspace(1, 0, 12), *np.linspace(0, 0.7, 9)]


@pytest.mark.parametrize("work", WORK)
def test_a_drag_while_a_cell_runs(page, tmp_path, work):
    stop = tmp_path / "stop"
    start(page, BUSY.format(stop=str(stop), work=WORK[work]))
    page.wait_for_function(f"{KERNEL}.status === 'busy'")
    show(page, CELL)
    figure = Figure(page, CELL)
    drag(figure, TO_AND_FRO)
    stop.touch()
    assert page.evaluate("running.then(reply => reply.content.status)") == "ok"
    eta = figure.chosen()
    assert 0.6 <= eta <= 0.8
    figure.wait_for(expected(eta))

    # The picture is the one of this value, painted now at leisure.
    arrived = figure.painted()
    figure.press("ArrowLeft")
    figure.wait_for(expected(round(eta - 0.05, 2)))
    figure.press("ArrowRight")
    figure.wait_for(expected(eta))
    assert all(map(np.array_equal, arrived, figure.painted()))
    assert not page.errors


def test_a_kernel_killed_in_a_drag(page):
    """As when memory is short; running the cells again brings the figure back."""
    show(page, CELL)
    figure = Figure(page, CELL)
    kill = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    drag(figure, TO_AND_FRO, meanwhile=lambda: start(page, kill))
    # "The kernel appears to have died. It will restart automatically."
    page.get_by_role("button", name="Ok", exact=True).click()
    page.wait_for_function(READY)
    assert not errors(run_all(page))
    show(page, CELL)
    figure = Figure(page, CELL)
    assert figure.words() == expected(0.1)
    figure.press("End")
    figure.wait_for(expected(1.0))
