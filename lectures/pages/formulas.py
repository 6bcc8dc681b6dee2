"""Formulas: TeX to MathML, in pieces where a narrow screen may break the line."""

import html
import re
from itertools import pairwise
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert

# The page knows the letters of other alphabets by their characters alone.
ALPHABETS = {
    "double-struck": {"E": "𝔼", "N": "ℕ", "P": "ℙ", "R": "ℝ", "Z": "ℤ"},
    "script": {"B": "ℬ", "D": "𝒟", "L": "ℒ", "N": "𝒩", "X": "𝒳", "Y": "𝒴"},
    "normal": {},
}

# What the converter leaves to be said: a minus after a relation is a sign, a bar
# belongs to what it encloses, a slash and a full stop need no room, a tilde is a
# relation, Greek capitals stand upright, a prime is raised as it is, without being made
# small, a function keeps a thin space from its neighbours, but not from a bracket, and
# an accent is the character that is drawn close to its letter. ∂ is a letter, ; and ±
# are none, and an operator that stands alone has its spaces from the sentence.
NAMES = "ln|log|exp|sin|tanh"
THIN = '<mspace width="0.167em" />'
TIGHT = 'lspace="0" rspace="0"'
ACCENTS = {"^": "ˆ", "~": "˜", "¯": "¯"}
TIDY = {
    r"<mi>([;:±⟹⟺])</mi>": r"<mo>\1</mo>",
    r"<mo>∂</mo>": "<mi>∂</mi>",
    r"(<mo[^>]*>(?:[=≤≥≈→←,(]|&lt;|&gt;)</mo>)<mo>([−±])</mo>": (
        r'\1<mo form="prefix">\2</mo>'
    ),
    r'<mo(?: stretchy="false")?>([/|‖∥.])</mo>': (
        rf'<mo stretchy="false" {TIGHT}>\1</mo>'
    ),
    r"<msup>(<m[io][^>]*>[^<]+</m[io]>)<mi>([′″])</mi></msup>": (
        rf"<mrow>\1<mo {TIGHT}>\2</mo></mrow>"
    ),
    r"(<mo[^>]*>)\\\|</mo>": r"\1‖</mo>",
    r'<mo accent="true">―</mo>': '<mo stretchy="true">‾</mo>',
    r"<mo>∞</mo>": "<mi>∞</mi>",
    r"<mi>~</mi>": '<mo stretchy="false" lspace="0.278em" rspace="0.278em">~</mo>',
    r"<mrow><mo>(max|min)</mo></mrow>": r"<mi>\1</mi>",
    r"<mo>(max|min)</mo>": r'<mo lspace="0" rspace="0.167em">\1</mo>',
    rf"(</m(?:i|n|sub|sup|frac)>|\)</mo>)<mi>({NAMES})</mi>": rf"\1{THIN}<mi>\2</mi>",
    rf"(?<!<ms.[bp]>)<mi>({NAMES})</mi>(?=<m[infs])": rf"<mi>\1</mi>{THIN}",
    r"<mi>([ΓΔΘΛΞΠΣΦΨΩ])</mi>": r'<mi mathvariant="normal">\1</mi>',
    r"^(<math[^>]*><mrow>)<mo>([^<]+)</mo>(</mrow></math>)$": (
        rf"\1<mo {TIGHT}>\2</mo>\3"
    ),
}
ACCENTED = (
    r'<mover(?: accent="true")?>((?:(?!<mover).)*?)<mo[^>]*>([\^~¯])</mo></mover>'
)

# A line may be broken before a relation, and at a wide space.
RELATIONS = set("=≤≥≈≠<>→←↦∝∈⟹⟺~")
WIDE = {"1em", "2em"}
OPEN, CLOSE = set("([{"), set(")]}")


def formula(tex: str, display: bool = False) -> str:
    """TeX as MathML."""
    tex = re.sub(r"\\arg\\min *(?=[A-Za-z])", r"\\text{arg min}\\,", tex.strip())
    tex = tex.replace(r"\arg\min", r"\text{arg min}")
    math = convert(tex, display="block" if display else "inline")
    math = math.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "")
    math = re.sub(r"&#x([0-9A-Fa-f]+);", _character, math)
    math = re.sub(r'<mi mathvariant="([\w-]+)">(\w)</mi>', _letter, math)
    for pattern, better in TIDY.items():
        math = re.sub(pattern, better, math)
    return re.sub(ACCENTED, _accent, math)


def _character(found: re.Match) -> str:
    return html.escape(chr(int(found[1], 16)))


def _letter(found: re.Match) -> str:
    alphabet, letter = found.groups()
    if alphabet == "normal":
        return found[0]
    return f"<mi>{ALPHABETS[alphabet][letter]}</mi>"


def _accent(found: re.Match) -> str:
    below, sign = found.groups()
    accent = f'<mo stretchy="false">{ACCENTS[sign]}</mo>'
    return f'<mover accent="true">{below}{accent}</mover>'


def pieces(math: str) -> list[str]:
    """A formula as several, which set side by side are the same."""
    whole = ElementTree.fromstring(math)
    return [_written(whole, part) for part in _parts(whole[0])]


def lines(math: str) -> list[list[str]]:
    """The pieces of each of the equations that wide spaces part."""
    whole = ElementTree.fromstring(math)
    found = [[]]
    for part in _parts(whole[0]):
        wide = _is_wide(part[-1])
        found[-1].append(_written(whole, part[:-1] if wide else part))
        if wide:
            found.append([])
    return found


def _written(whole: Element, part: list[Element]) -> str:
    said = "".join(f' {name}="{value}"' for name, value in whole.items())
    inside = "".join(ElementTree.tostring(node, "unicode") for node in part)
    return f"<math{said}><mrow>{inside}</mrow></math>"


def _parts(row: Element) -> list[list[Element]]:
    """The elements of a row in groups that no end of a line parts."""
    parts, depth = [[]], 0
    for before, node in pairwise([None, *row]):
        sign = node.text if node.tag == "mo" else ""
        depth += (sign in OPEN) - (sign in CLOSE)
        if depth == 0 and parts[-1] and (sign in RELATIONS or _is_wide(before)):
            parts.append([])
        parts[-1].append(node)
    return parts


def _is_wide(node: Element) -> bool:
    return node.tag == "mspace" and node.get("width") in WIDE
