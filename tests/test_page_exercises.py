"""What a page brings along to judge the answers of its exercises."""

import json
import re
from html import unescape

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_utils.exercises import data, find
from course_utils.exercises.sentences import SENTENCES
from course_utils.languages import apart
from pages.exercises import exercise, is_exercise, question, sentences
from pages.page import Lecture, Page
from pages.texts import TEXTS
from support.course import LANGUAGES, NAMES, code_cells, source

NUMBERS = new_code_cell('both = ...  # (eta_1, eta_2)\ncheck("2.1", both)', id="09-a")
FUNCTION = new_code_cell('step = ...\ncheck("2.4", step)', id="09-b")
ELSE = new_code_cell('solution("2.1", (0.25, 0.75))', id="09-c")


def page(tmp_path, language: str, *cells) -> str:
    """A page of these cells alone."""
    title, about = new_markdown_cell("# 9", id="09-title"), {"lang": language}
    notebook = new_notebook(cells=[title, *cells], metadata=about)
    folder = tmp_path / language
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / "09.ipynb")
    return Page(Lecture("09", notebook.cells, {}, tmp_path), language, notebook).html()


@pytest.mark.parametrize("name", NAMES)
def test_each_exercise_of_numbers_has_a_field_and_no_other_cell_has(name):
    """Both languages have the same cells of code: they are of the lecture."""
    for cell in code_cells(source(name).cells):
        asked = question(cell, "en")
        wanted = is_exercise(cell) and not find(exercise(cell)).calls
        assert bool(asked) == wanted, cell.source
        if asked:
            assert cell.source.startswith(f"{asked.variable} = ...")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_told_all_that_check_knows_in_its_language(language):
    k = LANGUAGES.index(language)
    name, variable, about = question(NUMBERS, language)
    assert (name, variable) == ("2.1", "both")
    known = data(find("2.1"))
    for key in ("right", "times", "tolerance", "counts"):
        assert about[key] == known[key]
    assert about["praise"] == apart(known["praise"])[k]
    told = [[apart(text)[k], patterns] for text, patterns in known["mistakes"]]
    assert about["mistakes"] == told
    here = sentences(language)
    assert here == {key: apart(text)[k] for key, text in SENTENCES.items()}
    assert " · " not in json.dumps([about, here], ensure_ascii=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_an_exercise_is_the_notebooks(tmp_path, language):
    text = page(tmp_path, language, NUMBERS, FUNCTION, ELSE)
    forms = re.findall(r'<form class="exercise"[^>]*>', text)
    assert len(forms) == 1 and " hidden " in forms[0]
    assert text.count(TEXTS[language]["answer"]) == 2
    assert text.count(f"<summary>{TEXTS[language]['hint']}</summary>") == 2
    words = re.sub(r"<[^>]+>|\s+", "", unescape(text))
    for name in ("2.1", "2.4"):
        said = re.split(r"[$*`]", find(name).hint[language])[0]
        assert "".join(said.split()) in words, "what `hint` says"
    about = re.search(r'data-exercise="([^"]*)"', forms[0])[1]
    assert json.loads(unescape(about)) == question(NUMBERS, language).about


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_where_its_answers_are_if_it_has_any(tmp_path, language):
    words = {
        "es": "Las respuestas están en el código fuente",
        "en": "in the page’s source",
    }
    text = unescape(page(tmp_path, language, NUMBERS))
    assert words[language] in text
    without = unescape(page(tmp_path / "other", language, FUNCTION, ELSE))
    assert words[language] not in without
