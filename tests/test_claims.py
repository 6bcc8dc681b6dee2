"""What the prose says is so: its numbers, and the words that numbers could refute.

A claim of tests/claims/section_NN.py is words of a lecture beside a computation.
"""

import pytest

import support.claims
from support.claims import (
    Claim,
    cell_of,
    claims_of,
    faults,
    paragraphs,
    planted,
    survivors,
    unbound,
    values_of,
)
from support.course import LANGUAGES, NAMES
from support.numerals import RULES, mutants, numbers, printed, settings

# Numbers of one digit that could be others, and no test would see it: at most so many
# in both languages. These may only get fewer.
SINGLE = {
    "00_start": 0,
    "01_risk_minimization": 232,
    "02_gd_divergence": 202,
    "03_learning_rate": 210,
    "04_perceptron_gd": 332,
    "05_batch_variants": 165,
    "06_adagrad_adam": 126,
    "07_backpropagation": 267,
    "08_tychonoff_regularization": 250,
}

each_lecture = pytest.mark.parametrize("name", NAMES)


def every_cell(name):
    """Each cell of prose: its name, its text, what its section has, its claims."""
    claims = claims_of(name)
    for language in LANGUAGES:
        said = [(cell_of(one, name, language), one.words[language]) for one in claims]
        for cell, values in paragraphs(name, language):
            words = [one for where, one in said if where == cell.id]
            yield f"{cell.id} ({language})", cell.source, values, words


@each_lecture
def test_every_number_is_accounted_for(name):
    """By the code of its section, by what that printed, or by a claim."""
    free = [
        f"{cell}: {one.shown}"
        for cell, text, values, words in every_cell(name)
        for one in unbound(text, values, words)
        if one.digits > 1
    ]
    assert free == [], "a claim has to compute these"


@each_lecture
def test_no_number_could_be_another(name):
    """The last digit of each, moved by one, is seen."""
    alive = [
        (f"{cell}: {one.shown}", one.digits > 1)
        for cell, text, values, words in every_cell(name)
        for one in survivors(text, values, words)
    ]
    assert [number for number, long in alive if long] == []
    single = sum(not long for _, long in alive)
    assert single == SINGLE[name], f"{single} numbers of one digit could be others"


def test_every_lecture_has_its_bound():
    assert set(SINGLE) == set(NAMES)


# Each claim

each_claim = pytest.mark.parametrize(
    ("name", "claim"),
    [
        pytest.param(name, claim, id=f"{claim.cell}-{claim.holds.__name__}")
        for name in NAMES
        for claim in claims_of(name)
    ],
)


@each_claim
def test_the_words_of_a_claim_are_in_the_prose(name, claim):
    for language in LANGUAGES:
        assert cell_of(claim, name, language), f"no cell says: {claim.words[language]}"


@pytest.mark.thorough
@each_claim
def test_a_claim_holds_and_its_opposite_does_not(name, claim):
    values = values_of(claim)
    assert faults(claim, name, values) == []
    for mistake, others in planted(claim, name, values):
        assert faults(claim, name, others), f"nobody sees {mistake}"


# What finds them


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_number_that_only_names_something_is_told_apart(rule):
    assert numbers(rule.names) == []
    assert numbers(rule.says) != []


@pytest.mark.parametrize(
    ("prose", "values"),
    [
        ("con 150 flores", [150]),
        ("20 000 pasos y 1 500", [20000, 1500]),
        ("$20\\,000$ pasos", [20000]),
        ("el 94 %, 94% y $18\\,\\%$", [94, 94, 18]),
        ("una red 64-32-10", [64, 32, 10]),
        ("una red 64-$H$-10", [64, 10]),
        ("½ delante", [0.5]),
        (
            r"$\frac12$, $\frac{15000}{249}$, $\tfrac1{11}$",
            [1 / 2, 15000 / 249, 1 / 11],
        ),
        (r"$R < 10^{-6}$ y $3\cdot10^{-8}$", [1e-6, 3e-8]),
        (r"$c = (0.8, -1.4)$", [0.8, -1.4]),
        (r"$\lambda = 4, 1, 0.25$", [4, 1, 0.25]),
        (r"$0 < \eta < 2$", [0, 2]),
        (r"$\theta_2 \le -1.330$", [-1.33]),
        (r"$\eta \approx 20\cdot0.34 = 6.8$", [20, 0.34, 6.8]),
        (r"$0.5\cdot(-0.131) + (-0.6)\cdot 0.07$", [0.5, -0.131, -0.6, 0.07]),
        (r"$\lceil 12/5 \rceil = 3$ y $\sqrt{10}$", [12, 5, 3, 10]),
        (r"$3^2 + 4^2 = 25$", [3, 4, 25]),
        (r"$$\theta^* = 7, \qquad 2\gamma\theta$$", [7]),
        # Coefficients, exponents and indices of symbols are none.
        (r"$2\eta\gamma\theta_{12}^3$, $W^{(2)}$, $4^{-K}$, $300/n$", []),
        (r"$\frac1N\sum_{i=1}^N$, $\frac{150-n}{149\,n}$, $t^{-1/4}$", []),
        ("L2, x1 y θ₂", []),
    ],
)
def test_what_a_number_is(prose, values):
    assert [one.value for one in numbers(prose)] == values


@pytest.mark.parametrize(
    ("prose", "digits"),
    [("0.05", 1), ("0.10", 2), ("10", 2), ("0.0027", 2), ("½", 1), ("$10^{-12}$", 1)],
)
def test_how_many_digits_count(prose, digits):
    assert [one.digits for one in numbers(prose)] == [digits]


@pytest.mark.parametrize(
    ("prose", "others"),
    [
        ("a 0.238 b", {"a 0.237 b", "a 0.239 b"}),
        ("en 29", {"en 28"}),
        ("20 000", {"20 001"}),
        ("94 %", {"93 %", "95 %"}),
        ("$10^{-6}$", {"$10^{-5}$", "$10^{-7}$"}),
        (r"$\frac1{11}$", {r"$\frac1{10}$", r"$\frac1{12}$"}),
        ("½", {"⅓"}),
    ],
)
def test_a_last_digit_is_moved_by_one(prose, others):
    [one] = numbers(prose)
    assert set(mutants(prose, one)) == others


def test_the_numbers_of_code_and_of_what_it_printed():
    code = "f(0.2, t=-20_000)\nx = (1797 - 56 * 32) / n\ny = 'of 7', True, 2 / 3"
    found = {value for value, _ in settings(code)}
    assert found == {0.2, 20000, -20000, 1797, 56, 32, 1792, 5, 2, 3, 2 / 3}
    text = "R = 0.238 → -1.5e-05  W1 −3 [2 3] 11–233 v1.2"
    values = [0.238, -1.5e-5, -3, 2, 3, 11, 233]
    assert [value for value, _ in printed(text)] == values


CODE = settings("walk(0.2, steps=60, n=12)") | set(printed("29 climbs, 0.0578, 0.94"))


@pytest.mark.parametrize(
    ("prose", "free"),
    [
        ("29 de 60 pasos con $\\eta = 0.2$", []),
        ("28 de 61 pasos", ["28", "61"]),
        ("llega a 0.058, el 94 %", []),
        ("llega a 0.059, a 0.05780, el 95 %", ["0.059", "0.05780", "95 %"]),
        ("1 de 0", ["1", "0"]),
    ],
)
def test_a_number_that_nothing_accounts_for_is_found(prose, free):
    assert [one.shown for one in unbound(prose, CODE, [])] == free
    assert unbound(prose, CODE, [prose]) == [], "its claim has to compute it"


def test_a_number_that_could_be_another_is_found():
    code = settings("f(28, 60)") | set(printed("29"))
    text = "sube en 29 de 60"
    assert [one.shown for one in survivors(text, code, [])] == ["29"]
    assert survivors(text, code, ["en 29 de"]) == []


@pytest.fixture
def lecture(monkeypatch):
    """A lecture of one cell in each language."""
    said = {"es": "sube en 29\nde 60 pasos, y baja", "en": "climbs in 29 of 60 steps"}
    texts = lambda _, language: {"one": said[language]}  # noqa: E731
    monkeypatch.setattr(support.claims, "prose", texts)


def of(holds, es="sube en 29 de 60 pasos", en="climbs in 29 of 60 steps"):
    return Claim("one", {"es": es, "en": en}, holds)


def climbs():
    return 29, 60, 29 < 60 / 2


def always():
    return 29, 60, all(a < b for a, b in [])


@pytest.mark.usefixtures("lecture")
@pytest.mark.parametrize(
    ("claim", "fault"),
    [
        (of(lambda: (28, 60)), "29 is 28"),
        (of(lambda: (29, 60, False)), "not so"),
        (of(lambda: 29), "says 2 numbers; computed: [29]"),
        (of(lambda: []), "not so"),
        (of(climbs, es="baja en 29"), "no cell says: baja en 29"),
        (of(climbs, en="climbs in 29 of 6 steps"), "no cell says: climbs in 29 of 6"),
    ],
)
def test_a_claim_that_is_not_so_is_found(claim, fault):
    assert fault in " ".join(faults(claim, "09_small", values_of(claim)))


@pytest.mark.usefixtures("lecture")
def test_a_comparison_that_could_be_its_opposite_is_found():
    def unseen(claim):
        values = values_of(claim)
        assert faults(claim, "09_small", values) == []
        mistakes = planted(claim, "09_small", values)
        return [text for text, each in mistakes if not faults(claim, "09_small", each)]

    assert unseen(of(climbs)) == []
    assert unseen(of(always)) == ["not a < b"]
