"""Prose, formulas and code as HTML."""

import html
import re

from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from .texts import TEXTS

# A quotation says in its first words what it is.
BOXES = {
    "predict": ("Predice", "Predict"),
    "goal": ("Meta", "Goal"),
    "erratum": ("Fe de erratas", "Erratum", "Errata"),
}

# The page knows the letters of other alphabets by their characters alone.
ALPHABETS = {
    "double-struck": {"E": "𝔼", "N": "ℕ", "P": "ℙ", "R": "ℝ", "Z": "ℤ"},
    "script": {"B": "ℬ", "D": "𝒟", "L": "ℒ", "N": "𝒩", "X": "𝒳", "Y": "𝒴"},
    "normal": {},
}

# What the converter leaves to be said: a minus after a relation is a sign, a bar
# belongs to what it encloses, a slash and a full stop need no room, a tilde is a
# relation, Greek capitals stand upright, a prime is raised as it is, without being made
# small, and a function keeps a thin space from its neighbours, but not from a bracket.
NAMES = "ln|log|exp|sin|tanh"
THIN = '<mspace width="0.167em" />'
TIDY = {
    r"(<mo[^>]*>(?:[=≤≥≈→←,(]|&lt;|&gt;)</mo>)<mo>−</mo>": (
        r'\1<mo form="prefix">−</mo>'
    ),
    r'<mo(?: stretchy="false")?>([/|‖∥.])</mo>': (
        r'<mo stretchy="false" lspace="0" rspace="0">\1</mo>'
    ),
    r"<msup>(<m[io][^>]*>[^<]+</m[io]>)<mi>([′″])</mi></msup>": (
        r'<mrow>\1<mo lspace="0" rspace="0">\2</mo></mrow>'
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
}

# No line begins with the comma after a formula, nor ends with the bracket before it.
# One of so many signs may be wider than a phone, and is not tied.
MATH = r'<math display="inline">(?:(?!</math>).)*</math>'
TIED = rf"([(«“¿¡]+{MATH}[.,;:?!)»”…]*|{MATH}[.,;:?!)»”…]+)"
LONG = 24


def formula(tex: str, display: bool = False) -> str:
    """TeX as MathML."""
    tex = tex.strip().replace(r"\arg\min", r"\operatorname{arg\,min}")
    math = convert(tex, display="block" if display else "inline")
    math = math.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "")
    math = re.sub(r"&#x([0-9A-Fa-f]+);", _character, math)
    math = re.sub(r'<mi mathvariant="([\w-]+)">(\w)</mi>', _letter, math)
    for pattern, better in TIDY.items():
        math = re.sub(pattern, better, math)
    return math


def _character(found: re.Match) -> str:
    return html.escape(chr(int(found[1], 16)))


def _letter(found: re.Match) -> str:
    alphabet, letter = found.groups()
    if alphabet == "normal":
        return found[0]
    return f"<mi>{ALPHABETS[alphabet][letter]}</mi>"


def _reader() -> MarkdownIt:
    """CommonMark with tables and formulas."""
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    reader.use(dollarmath_plugin, double_inline=True)

    def inline(tokens, at, *_):
        math = formula(tokens[at].content)
        return (
            math if len(untagged(math)) < LONG else f'<span class="long">{math}</span>'
        )

    def display(tokens, at, *_):
        return f'<div class="formula">{formula(tokens[at].content, True)}</div>\n'

    reader.renderer.rules["math_inline"] = inline
    for kind in ("math_block", "math_inline_double"):
        reader.renderer.rules[kind] = display
    return reader


READER = _reader()


def prose(source: str, language: str, folder: str = "") -> str:
    """A prose cell; what is wider than a phone gets a box of its own to move in."""
    text = _tied(READER.render(source))
    text = re.sub(r'href="(\d\d_\w+)\.ipynb', rf'href="{folder}\1.html', text)
    text = re.sub(r"<h([23])>(.*?)</h\1>", lambda z: _heading(z, language), text)
    text = re.sub(r"<blockquote>\s*<p><strong>([^<]*)", _box, text)
    wide = f'<div class="wide" role="group" aria-label="{TEXTS[language]["table"]}">'
    return re.sub(r"<table>.*?</table>", rf"{wide}\g<0></div>", text, flags=re.S)


def phrase(line: str) -> str:
    """A line of prose, such as a heading, without an element around it."""
    return _tied(READER.renderInline(line))


def _tied(text: str) -> str:
    return re.sub(TIED, r'<span class="tied">\1</span>', text, flags=re.S)


def _heading(found: re.Match, language: str) -> str:
    """A heading that can be linked."""
    level, inside = found.groups()
    name, label = anchor(inside), TEXTS[language]["link"]
    link = f'<a href="#{name}" class="anchor" aria-label="{label}">#</a>'
    return f'<h{level} id="{name}">{inside} {link}</h{level}>'


def anchor(heading: str) -> str:
    """The name of a heading: its words, without markup."""
    return re.sub(r"\W+", "-", untagged(heading).lower()).strip("-")


def _box(found: re.Match) -> str:
    for name, words in BOXES.items():
        if found[1].startswith(words):
            return found[0].replace("<blockquote>", f'<blockquote class="{name}">')
    return found[0]


def coloured(source: str) -> str:
    """Python, its words in spans."""
    return highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip()


def untagged(text: str) -> str:
    """HTML without its elements."""
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def plain(markdown: str) -> str:
    """A line of prose without its markup: $x^2$ is x²."""
    return re.sub(r"[$*\\]", "", markdown.replace("^2", "²")).strip()
