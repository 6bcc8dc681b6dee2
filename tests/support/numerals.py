r"""The numbers that prose says, and what the code of its section has for them.

A number is a literal in the text, or one in a formula that no letter is part of: what
stands between two relations or commas of `$\eta = 0.5$` or `$(0.695, -1.225)$`. The
coefficients, exponents and indices of `$2\eta\theta_{12}^3$` are none.
"""

import ast
import re
from collections.abc import Iterator
from math import inf
from typing import NamedTuple


class Number(NamedTuple):
    """A number as it is shown."""

    shown: str
    start: int
    end: int
    value: float
    half: float  # half of one in its last digit
    digits: int  # those that are significant


class Rule(NamedTuple):
    """What tells a number from one that only names a thing; an example of each."""

    pattern: str
    names: str  # here the numbers name something
    says: str  # here they say how much


PLAIN = r"\d+(?:\.\d+)?"
LIST = rf"{PLAIN}(?:(?:,| y| and| a| to|–| al| or| o)+ ?{PLAIN})*"

RULES = {
    "slide": Rule(
        rf"\b(?:[Dd]iapositivas?|[Ss]lides?) {LIST}",
        "las diapositivas 15 a 25 y 2",
        "de 25 diapositivas",
    ),
    "slide, said shortly": Rule(
        rf"(?<!de )\b[Ll]as? {LIST}(?= (?:usa|dicen?)\b|[.,;)])",
        "como en la 22; las 13 y 14 dicen «paso»",
        "lo resuelve una de las 21.",
    ),
    "lecture": Rule(
        rf"\b(?:[Ll]ecci(?:ón|ones)|[Ll]ectures?|[Ss]ecci[óo]n|[Ss]ection"
        rf"|[Cc]ap[íi]tulo|[Cc]hapter) {LIST}",
        "las lecciones 4, 6 y 7",
        "en 12 lecciones",
    ),
    "exercise": Rule(
        rf"\b(?:Ejercicio|Exercise) {PLAIN}", "### Ejercicio 5.12", "12 ejercicios"
    ),
    "goal": Rule(r"\b(?:[Mm]eta|[Gg]oal) \d\b", "(meta 1)", "la meta: 15"),
    "erratum": Rule(r"\bE\d+\b", "la errata E12", "12 erratas"),
    "title": Rule(
        r"(?:^# |\[)\d+ ·", "# 12 · Adam; [12 · Adam](12_adam.ipynb)", "## 12 puntos"
    ),
    "item": Rule(r"(?m)^ *\d+\. ", "1. **Inicia**", "Son 12. Y más"),
    "year": Rule(
        r"\((?:[^()$]*[,;] )?(?:1[5-9]|20)\d\d\)",
        "Kaczmarz (1937); (Robbins y Monro, 1951)",
        "los dígitos (son 1797)",
    ),
    "year, after two names": Rule(
        r"\b[A-Z]\w+ (?:y|and) [A-Z]\w+, (?:1[5-9]|20)\d\d(?=[,;])",
        "(Ng y Jordan, 2002, lo vieron)",
        "con Adam, 2000, y más",
    ),
    "minutes": Rule(
        r"\b\d+ minut[oe]s (?:de estudio|of study), \d+ (?=de clase|in class)",
        "55 minutos de estudio, 45 de clase",
        "55 pasos, 45 de clase",
    ),
    "reference": Rule(
        r"\*\*(?:Para leer|Further reading)\*\*.*",
        "**Para leer**: 22(3), 400–407",
        "de 400",
    ),
    "code": Rule(r"`[^`\n]+`", "`theta[41]`", "41"),
    "link": Rule(r"\]\([^)]*\)", "[Adam](06_adam.ipynb#s12)", "[Adam] (con 12)"),
    "tag": Rule(r"</?[a-z][^>\n]*>", '<img width="12">', "2 < 12 > 3"),
}

RELATION = re.compile(
    r"=|<|>|≤|≥|≈|→|;|:|&|\\\\|(?<!\\),|\\q?quad"
    r"|\\(?:leq?|geq?|approx|to|in|ne|mapsto|sim|propto|rightarrow|leftarrow"
    r"|Longrightarrow|Longleftrightarrow)(?![a-zA-Z])"
)
DIGIT = r"(?:\{\d+\}|\d)"
FRACTION = rf"\\[td]?frac *{DIGIT} *{DIGIT}|[½⅓¼⅛]"
THOUSANDS = r"\d{1,3}(?:(?: |\\,)\d{3})+(?![\d.])"
SIGN, LITERAL = r"(?<![\w.)}$])-?", rf"(?:{THOUSANDS}|\d+(?:\.\d+)?)(?!\w)"
POWER = r"(?:\\cdot *)?10\^(?:\{-?\d+\}|\d)"
PERCENT = r"(?:\\,|\s)*\\?%"
NUMBER = re.compile(
    rf"(?P<fraction>{FRACTION})|(?P<sign>{SIGN})"
    rf"(?:(?P<mantissa>{LITERAL})?(?P<power>{POWER})|(?P<literal>{LITERAL})(?:{PERCENT})?)"
)
FORMULA = re.compile(r"\$\$(?s:.+?)\$\$|\$[^$]+\$")
EXPONENT = r"(?<!10)[\^_](?:\{[^{}]*\}|\\?[\w*]+)"
# What may stand between the numbers of arithmetic; \frac and \cdot 10^k are of numbers.
BETWEEN = (
    r"\\(?:cdot(?! *10\^)|times|pm|sqrt|[lr]ceil|[lc]?dots|infty|left|right"
    r"|[bB]igg?[lr]?)(?![a-zA-Z])|\\[;! |{}]|\\,(?!\d{3})"
)
OF_NUMBERS = r"\\(?:[td]?frac|cdot)|\\[,%]"
FRACTIONS = {"½": (1, 2), "⅓": (1, 3), "¼": (1, 4), "⅛": (1, 8)}


def numbers(prose: str) -> list[Number]:
    """The numbers that prose says, from left to right."""
    text = blanked(prose, *(rule.pattern for rule in RULES.values()))
    found = []
    for formula in FORMULA.finditer(text):
        found += in_formula(text, *formula.span())
    words = re.sub(FORMULA, lambda match: "$" * len(match[0]), text)
    found += map(number, NUMBER.finditer(words))
    return sorted(found, key=lambda one: one.start)


def blanked(text: str, *patterns: str) -> str:
    """A text with as many spaces where a pattern is."""
    for pattern in patterns:
        text = re.sub(pattern, lambda match: " " * len(match[0]), text)
    return text


def in_formula(text: str, start: int, end: int) -> Iterator[Number]:
    """The numbers of those parts of a formula that have no letter in them."""
    inside = re.sub(EXPONENT, faded, blanked(text[:end], r"\$"))
    edges = [match.span() for match in RELATION.finditer(inside, start)]
    starts, ends = [start, *(b for _, b in edges)], [*(a for a, _ in edges), end]
    for first, last in zip(starts, ends, strict=True):
        part = " " * first + blanked(inside[first:last], BETWEEN)
        if not re.search(r"[^\W\d_]|\\", re.sub(OF_NUMBERS, " ", part)):
            yield from map(number, NUMBER.finditer(part))


def faded(exponent: re.Match) -> str:
    """An exponent or an index without its numbers; a symbol remains one."""
    return re.sub(r"\W|[\d_]", " ", exponent[0])


def number(match: re.Match) -> Number:
    """What a piece of text shows."""
    place = match[0], *match.span()
    if match["fraction"]:
        return fraction(place, match["fraction"])
    literal = re.sub(r" |\\,", "", match["mantissa"] or match["literal"] or "1")
    power = int(re.search(r"\^\{?(-?\d+)", match["power"])[1]) if match["power"] else 0
    value = float(f"{match['sign']}{literal}e{power}")
    unit = 10.0 ** (power - len(literal.partition(".")[2]))
    return Number(*place, value, unit / 2, significant(literal))


def fraction(place: tuple, shown: str) -> Number:
    """What ½, \frac12 or \frac{1}{12} shows."""
    parts = (int(part.strip("{}")) for part in re.findall(DIGIT, shown))
    over, under = FRACTIONS.get(shown) or parts
    digits = max(significant(str(over)), significant(str(under)))
    return Number(*place, over / under if under else inf, 1e-9, digits)


def significant(literal: str) -> int:
    """How many digits count: zeros before the first other one do not."""
    return len(literal.replace(".", "").lstrip("0")) or 1


def mutants(prose: str, one: Number) -> Iterator[str]:
    """The prose with the last digit of one number moved by one, up and down."""
    if one.shown in FRACTIONS:
        yield prose[: one.start] + ("⅓" if one.shown == "½" else "½") + prose[one.end :]
        return
    *_, last = re.finditer(r"\d", one.shown)
    at, digit = one.start + last.start(), int(last[0])
    for other in {max(digit - 1, 0), min(digit + 1, 9)} - {digit}:
        yield f"{prose[:at]}{other}{prose[at + 1 :]}"


# What the code of a section has: a value, and half of one in its last digit.

Value = tuple[float, float]


def settings(code: str) -> set[Value]:
    """The numbers of code, and what arithmetic of numbers alone gives."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant | ast.BinOp | ast.UnaryOp):
            try:
                value = eval(compile(ast.Expression(node), "<number>", "eval"), {})
            except (NameError, TypeError, ZeroDivisionError):
                continue
            if type(value) in (int, float):
                found.add((float(value), 0.0))
    return found


def printed(text: str) -> list[Value]:
    """The numbers of an output, from left to right."""
    found = re.findall(r"(?<![\w.])[-−]?\d+(?:\.\d+)?(?:e[-+]?\d+)?", text)
    return [(float(one.replace("−", "-")), last_digit(one) / 2) for one in found]


def last_digit(shown: str) -> float:
    """One in the last digit of 0.125 or 1.3e-5."""
    mantissa, _, power = shown.partition("e")
    return 10.0 ** (int(power or 0) - len(mantissa.partition(".")[2]))


def prints(value: float, shown: float, half: float) -> bool:
    """Whether a value is what is shown, to the last digit."""
    return abs(value - shown) <= half * (1 + 1e-9) + 1e-12 * abs(shown)


def is_there(number: Number, values: set[Value]) -> bool:
    """Whether a number is one of those that the code has.

    A whole number is not a rounded one; what is said without a sign may have one; and
    0.94 is 94 %.
    """
    half = 0 if number.half == 0.5 else number.half
    scales = (1, 100) if "%" in number.shown else (1,)
    return any(
        scale * rough <= number.half * (1 + 1e-9)
        and prints(scale * (v if number.value < 0 else abs(v)), number.value, half)
        for v, rough in values
        for scale in scales
    )
