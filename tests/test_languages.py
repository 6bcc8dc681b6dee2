"""One language is spoken in es/ and in en/; elsewhere all, until one is chosen."""

import subprocess
import sys

import numpy as np
import pytest

from course_utils import languages
from course_utils.exercises import language
from course_utils.languages import LANGUAGES, apart, spoken, told
from course_utils.live import Curves, Goal, live
from support.course import ROOT, speaking

CODE = """
import os
from course_utils.exercises import check
os.chdir("..")  # it was read once
check("2.1", ...)
"""
SAID = {
    "es": "… 2.1: todavía no\n",
    "en": "… 2.1: not yet\n",
    "mine": "… 2.1: todavía no\n… 2.1: not yet\n",
}


@pytest.mark.parametrize("folder", SAID)
def test_the_folder_says_which(tmp_path, folder):
    here = tmp_path / "es" / folder  # only its last part counts
    here.mkdir(parents=True)
    text = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{CODE}"
    command = [sys.executable, "-X", "utf8", "-c", text]
    run = subprocess.run(command, cwd=here, capture_output=True, encoding="utf-8")
    assert (run.stdout, run.stderr) == (SAID[folder], "")


def test_another_can_be_chosen():
    with speaking(*LANGUAGES):
        for one in LANGUAGES[::-1]:
            language(one)
            assert spoken() == (one,)
    assert languages.language is language


@pytest.mark.parametrize("name", ["fr", "", "ES", "es · en", None, 1, ["es"], ...])
def test_a_language_that_the_course_does_not_speak_is_refused(name):
    before = spoken()
    with pytest.raises(ValueError, match="^name = .*: must be one of es, en$"):
        language(name)
    assert spoken() == before


def test_what_is_told():
    texts = "sube", "it climbs"
    with speaking("es"):
        assert told(texts) == "sube"
    with speaking("en"):
        assert told(texts, " · ") == "it climbs"
    with speaking(*LANGUAGES):
        assert told(texts) == "sube\nit climbs"
        assert told(texts, " · ") == "sube · it climbs"
        assert told(["θ", "θ"]) == "θ", "once"


def test_a_text_that_is_missing_in_a_language_is_no_silence():
    with pytest.raises(ValueError):
        told(["sube"])


def test_apart():
    assert apart("sube · it climbs") == ("sube", "it climbs")
    assert apart("2⁵·5!") == ("2⁵·5!", "2⁵·5!")
    assert apart("") == ("", "")


# Figures.


def figure():
    return live(
        lambda a=1.0, t=2: np.array([a, 2.0, 1.0]),
        Curves(ylim=(0, 3)),
        goal=Goal({"es": "cerca", "en": "near"}, lambda result: False),
        a=(0, 2),
        t=(0, 3),
    )


@pytest.mark.parametrize(
    ("one", "with_", "goal", "said", "back", "play"),
    [
        ("es", "Con ", "cerca", "Meta cumplida: cerca.", "valores iniciales", "andar"),
        ("en", "With ", "near", "Goal met: near.", "back to the defaults", "play or"),
    ],
)
def test_a_figure_speaks_one_language(one, with_, goal, said, back, play):
    with speaking(one):
        shown = figure()
        button = shown.children[0].children[0]
        assert button.tooltip == back and shown.canvas.play.startswith(play)
        assert shown.canvas.goal["words"] == goal
        assert shown.canvas.goal["said"][1] == said
        for slider in shown.sliders.values():
            slider.value = 0
            assert shown.canvas.words == shown.words() == shown.sentences()[one]
            assert shown.words().startswith(with_) and "—" not in shown.words()
        about = shown._repr_mimebundle_()[1]["image/png"]["alt"]
        assert about == shown.words()
        assert shown.record((1, 1)).words.startswith(with_)


def test_what_a_figure_is_in_plain_text_has_no_language():
    texts = set()
    for one in [*((one,) for one in LANGUAGES), LANGUAGES]:
        with speaking(*one):
            shown = figure()
            texts |= {repr(shown), shown._repr_mimebundle_()[0]["text/plain"]}
    assert len(texts) == 1
    assert "goal ☐ cerca · near\n" in texts.pop()


def test_where_nothing_says_which_it_speaks_all():
    with speaking(*LANGUAGES):
        shown = figure()
    assert shown.canvas.goal["words"] == "cerca · near"
    assert shown.canvas.goal["said"][0].count(" — ") == 1
    assert shown.canvas.words == " — ".join(shown.sentences().values())
