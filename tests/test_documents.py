"""The numbers of ERRATA.md and of the READMEs are those of the place that holds them.

The slides of a slip are those that its lecture names, a reference is the one that a
lecture gives to read. Minutes are those of the opening lecture's map, which are
counted. What was measured stands in benchmarks/README.md, beside how it was.
"""

import math
import re
from collections.abc import Iterator
from functools import cache, partial

import pytest
import yaml

from benchmarks.contenders import LEVELS, STEPS
from support.course import LANGUAGES, NAMES, ROOT
from support.numerals import (
    LIST,
    NUMBER,
    Number,
    blanked,
    mutants,
    number,
    numbers,
    printed,
    prints,
)
from support.prose import LECTURES, opening, prose, rows

READMES = {"es": "README.es.md", "en": "README.md"}
LONG = r"(?<![\w.])\d{2,}(?:\.\d+)?(?!\w)"


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def long(text: str) -> set[str]:
    """The numbers of two digits or more that a text says."""
    return set(re.findall(LONG, text))


@cache
def paragraphs(word: str) -> list[str]:
    """Those of the lectures that have this word, in both languages."""
    return [
        paragraph
        for language in LANGUAGES
        for name in LECTURES
        for text in prose(language, name)
        for paragraph in re.split(r"\n(?:> ?)?\n", text)
        if re.search(rf"\b{word}\b", paragraph)
    ]


OPENING = long(prose("es", NAMES[0])[0])  # the days of the class, and the year

# ERRATA.md

LAST = str(int(re.findall(r"\d+", opening("en", LECTURES[-1])[1])[-1]) + 1)
ONLY_HERE = {"2121", "2159"}  # pages of a journal, which no lecture gives


def faults_of_errata(text: str) -> Iterator[str]:
    """The numbers that no lecture has where the list needs them."""
    for row in rows(text):
        if row[0].startswith("**E"):
            yield from faults_of_row(row)
    for line in text.splitlines():
        if re.match(r"\d\. ", line):
            yield from long(line) - given(*author_and_year(line)) - ONLY_HERE
        elif not line.startswith("| **E"):
            yield from long(line) - OPENING - {LAST}


def faults_of_row(row: list[str]) -> set[str]:
    """The slides of a row are those of its boxes; the rest stands beside the boxes."""
    slip, own = row[0].strip("*"), set(re.findall(r"\d+", row[1]))
    beside = {one for text in paragraphs(slip) for one in re.findall(r"\d+", text)}
    boxed = slides_in_boxes(slip) or own
    source = {LAST} if slip == "E23" else set()  # the slip is in the references
    return (own ^ boxed) | ((own | long(" ".join(row[2:4]))) - beside - source)


def slides_in_boxes(slip: str) -> set[str]:
    """19 to 21, where a box is headed "Erratum E24 (slides 19 to 21)"."""
    heads = re.findall(r"> \*\*(?:Fe|Errat)[^*]*", "\n".join(paragraphs(slip)))
    named = [h for h in heads if re.search(rf"\b{slip}\b", h)]
    found = re.findall(rf"(?:diapositivas?|slides?) {LIST}", " ".join(named))
    return set(re.findall(r"\d+", " ".join(found)))


def author_and_year(line: str) -> tuple[str, str]:
    """Of "4. J. Duchi, E. Hazan (2011). …": Duchi, 2011."""
    return re.match(r"\d\. (?:\w\. )+(\w+).*?\((\d{4})\)", line).groups()


@cache
def given(author: str, year: str) -> set[str]:
    """The numbers of a reference as the lectures give it, from its author on."""
    reference = rf"\b{author}\b[^(\n]*\({year}\)[^\n·]*?(?:\. [A-Z]\.|·|\n|$)"
    found = [re.findall(reference, text) for text in paragraphs(author)]
    return long(" ".join(one for each in found for one in each))


# The READMEs

BENCHMARKS = read("benchmarks/README.md")
PEER = "A: `interact` + `plt.show`"


def section(title: str) -> list[list[str]]:
    """The rows of the table under a title of the benchmarks."""
    return rows(BENCHMARKS.partition(f"\n## {title}")[2].partition("\n## ")[0])


TABLE = {row[0]: row[1:] for row in section("The live figure")}
HELD = {  # and where each stands
    "3.11": ("pyproject.toml", 'requires-python = ">=3.11"'),
    "2.1": ("lectures/02_gd_divergence.md", 'check("2.1", '),
    "4.0": ("LICENSE", "(CC BY 4.0)"),
    "700": ("README.md", "700 MB (`du -sh .venv`"),  # how to measure it
}


def faults_of_readme(language: str, text: str) -> Iterator[str]:
    """The numbers that are not those of the place which holds them."""
    text = re.sub(r"(?ms)^```.*?^```", "", text)  # run by another test
    before, measured, after = re.split(r"\n## (?:Qué tan|How f|Lic)[^\n]*", text)
    yield from faults_of_speed(measured)
    for line in (before + after).splitlines():
        lecture = re.search(r"(\d\d_\w+)\.ipynb", line)
        if lecture and line.startswith("|") and lecture[1] in LECTURES:
            yield from faults_of_lecture(language, lecture[1], line)
        else:
            said = {one.shown for one in numbers(line) if one.digits > 1}
            yield from said - OPENING - set(HELD)


def faults_of_lecture(language: str, lecture: str, line: str) -> list[str]:
    """Slides and minutes, which are those of the map."""
    _, _, *said = rows(line)[0][:5]
    told = "\n".join(prose(language, NAMES[0]))
    [row] = [row for row in rows(told) if f"({lecture}.ipynb)" in row[1]]
    return [] if said == row[2:5] else said


def faults_of_speed(text: str) -> Iterator[str]:
    """What was measured, in the order in which it is said."""
    said, measured = numbers(text), list(speed())
    if len(said) != len(measured):
        yield f"{[one.shown for one in said]}: measured {measured}"
    for one, value in zip(said, measured, strict=False):
        if not prints(value, one.value, one.half):
            yield f"{one.shown} is {value}"


def speed() -> Iterator[float]:
    """What the section says, from where it was written down."""
    ours, peer, limit = (
        first_number_of_each(TABLE[name])
        for name in (
            "`course_utils.live`",
            "A: `interact` + `plt.show`",
            "limit: only a text changes",
        )
    )
    far = distance("now"), distance("without both")
    yield from (LEVELS, STEPS, 300, far[0][-1][0], 95)
    yield max(lag[1] for lag in far[0])
    yield from far[1][-1]
    for column in (0, 2):  # kernel, received
        yield from (ours[column], peer[column])
    yield from (limit[3], ours[3], peer[3], ours[5], peer[5])
    yield from students_at_once()


def first_number_of_each(row: list[str]) -> list[float]:
    return [printed(part)[0][0] for part in row]


def distance(way: str) -> list[tuple[float, float]]:
    """The lag of a first sweep, median and 95 %, at 0, 50, 150 and 300 ms."""
    section = BENCHMARKS.partition("\nThe figure:\n")[2]
    table = rows(section.partition("\nThe slow figure:\n")[0])
    lags = [printed(row[3]) for row in table if row[1] == way]
    return [(median, most) for (median, _), (most, _) in lags]


def students_at_once() -> list[float]:
    """How many answers are in time, what that is, and the largest class of each."""
    late = r"(\d+) % of the values are answered\s+within (\d+) ms"
    bounds = map(int, re.search(late, BENCHMARKS).groups())
    largest = {row[0]: row[1] for row in section("Students at once")}
    return [*bounds, int(largest["records in the page"]), int(largest[PEER])]


# The plan of a hub: what was measured, times the students

PLAN = (30, 100, 300, 3000)
HOME = 5  # MB


def hub_at_ten() -> tuple[list[float], float]:
    """What hub, proxy, a server and a kernel hold, MB; what a student takes, s.


    Of the last table, the class of ten; seconds of a core, up to the run lecture.
    """
    _, *row = section("A class on a hub")[-1]
    (values, _) = zip(*(one for part in row for one in printed(part)), strict=True)
    return list(values[:4]), sum(values[4:])


def of_a_student() -> float:
    """MB: a server, and the kernel that takes most."""
    (_, _, server, _), _ = hub_at_ten()
    return server + max(int(row[1].split()[0]) for row in section("A kernel")[2:])


def planned(students: int) -> list[str]:
    """Memory with the largest kernels, cores while all drag, the start, homes."""
    (hub, proxy, _, _), seconds = hub_at_ten()
    memory = (hub + proxy + students * of_a_student()) / 1000
    cores = int(re.search(r"(\d+) cores", BENCHMARKS)[1])
    *_, dragging, _ = students_at_once()
    needed = math.ceil(students * cores / dragging)
    return [
        f"{students:,}",
        f"{memory:,.0f} GB",
        f"{needed}",
        f"{students * seconds / needed / 60:.1f} minutes",
        f"{students * HOME / 1000:.1f} GB",
    ]


def test_the_plan_of_a_hub_is_what_was_measured_times_the_students():
    _, _, *plan = rows(read("hub/README.md"))
    assert plan == [planned(students) for students in PLAN]


def test_a_cluster_guarantees_what_a_student_takes():
    memory = yaml.safe_load(read("hub/values.yaml"))["singleuser"]["memory"]
    taken, text = of_a_student(), read("hub/README.md")
    assert memory.keys() == {"guarantee", "limit"} and memory["limit"] == "1G"
    guaranteed = int(memory["guarantee"].removesuffix("M"))
    assert taken <= guaranteed < 1.25 * taken
    assert f"{taken:.0f} MB" in text and f"{guaranteed} MB" in text


def test_a_hundred_logins_take_what_one_takes_a_hundred_times():
    seconds = round(hub_at_ten()[1], 1)
    text = " ".join(read("hub/README.md").split())
    assert f"takes {seconds} s of a core" in text
    assert (
        f"take {100 * seconds:.0f} s, on four cores {100 * seconds / 4 / 60:.1f}"
        in text
    )


def test_a_home_has_room_for_the_lectures():
    size = sum(path.stat().st_size for path in ROOT.glob("notebooks/*/*.ipynb"))
    assert prints(size / 1e6, HOME, 0.5) and f"{HOME} MB" in read("hub/README.md")


# Each number, and what is seen of another

FAULTS = {"ERRATA.md": faults_of_errata} | {
    name: partial(faults_of_readme, language) for language, name in READMES.items()
}
each_document = pytest.mark.parametrize("name", FAULTS)


@each_document
def test_every_number_is_held(name):
    assert list(FAULTS[name](read(name))) == []


@each_document
def test_no_number_could_be_another(name):
    """The last digit of each, moved by one, is seen."""
    text = read(name)
    said = [one for one in numbers_said(name, text) if one.digits > 1]
    assert len(said) > 30
    unseen = [
        one
        for one in said
        if not all(list(FAULTS[name](other)) for other in mutants(text, one))
    ]
    assert unseen == []


def numbers_said(name: str, text: str) -> Iterator[Number]:
    """All but those of code and links; of ERRATA.md the numbers of slides too."""
    text = blanked(text, r"(?ms)^```.*?^```", r"\[[^\]]*\]\([^)]*\)")
    return map(number, NUMBER.finditer(text)) if name == "ERRATA.md" else numbers(text)


@pytest.mark.parametrize("number", HELD)
def test_what_a_readme_says_only_once_stands_there(number):
    name, words = HELD[number]
    assert words in read(name)
