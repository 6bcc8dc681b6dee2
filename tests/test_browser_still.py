"""In a real browser: the figures where our JupyterLab is not, stored or live."""

import subprocess
import sys

import pytest

from support.browser import needs_chromium, new_page
from support.course import LANGUAGES, NAMES, ROOT, build, executed
from support.figures import pictures
from support.lab_page import Figure, errors, opened, run_all, show, stands_still
from support.lab_server import own_folders, running_lab

pytestmark = [needs_chromium, pytest.mark.thorough]


@pytest.fixture(scope="module")
def notebook_7(tmp_path_factory):
    """A server of its own."""
    with running_lab(build.NOTEBOOKS, tmp_path_factory.mktemp("notebook_7")) as address:
        yield address


# Between them they have every kind of view and every kind of control.
LIVE = ["00_start", "04_perceptron_gd", "07_backpropagation"]


def kinds(names: list[str]) -> set[type]:
    figures = [figure for name in names for figure in executed(name).figures.values()]
    parts = [[*figure.picture.views, *figure.sliders.values()] for figure in figures]
    return {type(part) for each in parts for part in each}


def test_every_kind_of_view_and_control_is_looked_at_live():
    assert kinds(LIVE) == kinds(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_notebook_7_shows_every_figure(chromium, notebook_7, name):
    """As a picture before its cell has run; then live and with its words."""
    stored, file = pictures("en", name), f"en/{name}.ipynb"
    with opened(chromium, notebook_7, file, where="notebooks") as page:
        for cell in stored:
            stands_still(page, cell)
        own = list(page.errors)  # Notebook 7's, before any figure is live
        if name in LIVE:
            assert not errors(run_all(page))
            for cell, alt in stored.items():
                show(page, cell)
                Figure(page, cell).wait_for(alt)
        assert page.errors == own


@pytest.mark.parametrize("language", LANGUAGES)
def test_nbconvert_shows_every_figure(chromium, tmp_path, language):
    """As HTML, from disk; only what sets the formulas is asked of the network."""
    files = [str(ROOT / "notebooks" / language / f"{name}.ipynb") for name in NAMES]
    command = [sys.executable, "-m", "nbconvert", "--to=html", *files]
    command += [f"--output-dir={tmp_path}"]
    subprocess.run(command, env=own_folders(tmp_path), check=True, capture_output=True)
    page, asked = new_page(chromium, 1280, 900), []
    page.route("http*://**", lambda route: (asked.append(route.request), route.abort()))
    for name in NAMES:
        page.goto((tmp_path / f"{name}.html").as_uri())
        images = page.locator(".jp-OutputArea-output img")
        seen = "all => all.map(i => [i.alt, i.naturalWidth > 0, i.checkVisibility()])"
        expected = [[alt, True, True] for alt in pictures(language, name).values()]
        assert images.evaluate_all(seen) == expected
    assert {request.resource_type for request in asked} <= {"script"}
    page.close()
