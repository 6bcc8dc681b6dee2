"""Prose, formulas and code as HTML."""

import html
import re

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from .formulas import formula, lines, pieces
from .texts import TEXTS

# A quotation says in its first words what it is.
BOXES = {
    "predict": ("Predice", "Predict"),
    "goal": ("Meta", "Goal"),
    "erratum": ("Fe de erratas", "Erratum", "Errata"),
}

# No line begins with what touches a formula from behind, nor ends with what touches it
# from before. A formula of so many signs may be wider than a phone: it comes in pieces,
# and one that is still as long has a box of its own, with what touches it inside.
MATH = r'<math display="inline"[^>]*>(?:(?!</math>).)*</math>'
TOUCH = r"[^\s<>]"
BEHIND = rf"({MATH})(</(?:a|em|strong)>)({TOUCH}+)"
BOXED = rf'({TOUCH}*)<span class="long">({MATH})</span>({TOUCH}*)'
TIED = rf"({TOUCH}+{MATH}{TOUCH}*|{MATH}{TOUCH}+)"
LONG = 24

# In a row of a table | is the edge of a cell, in a formula too: there it has a name.
ROW = re.compile(r"^\|.*\|$", re.M)
BARS = {r"\|": r"\Vert ", "|": r"\vert "}


def _reader() -> MarkdownIt:
    """CommonMark with tables, formulas, and quotation marks that open and close."""
    reader = MarkdownIt("commonmark", {"html": True, "typographer": True})
    reader.enable(["table", "smartquotes"])
    reader.use(dollarmath_plugin, double_inline=True)

    def inline(tokens, at, *_):
        tex = tokens[at].content
        math = formula(tex)
        shown = "".join(map(_boxed, pieces(math))) if _long(math) else math
        return _sourced(shown, f"${tex}$")

    def display(tokens, at, *_):
        tex = tokens[at].content
        equations = map("".join, lines(formula(tex, True)))
        spans = "".join(f"<span>{equation}</span>" for equation in equations)
        return f'<div class="formula">{_sourced(spans, f"$${tex}$$")}</div>\n'

    reader.renderer.rules["math_inline"] = inline
    for kind in ("math_block", "math_inline_double"):
        reader.renderer.rules[kind] = display
    return reader


READER = _reader()


def _long(math: str) -> bool:
    return len(untagged(math)) >= LONG


def _sourced(math: str, tex: str) -> str:
    """A formula whose first piece says how it is written, for who copies it."""
    said = f' data-tex="{html.escape(tex)}"'
    return re.sub("<math[^>]*", lambda tag: tag[0] + said, math, count=1)


def _boxed(piece: str) -> str:
    return f'<span class="long">{piece}</span>' if _long(piece) else piece


def prose(source: str, language: str, folder: str = "") -> str:
    """A prose cell; what is wider than a phone gets a box of its own to move in."""
    text = _tied(READER.render(ROW.sub(_barred, source)))
    text = re.sub(r'href="(\d\d_\w+)\.ipynb', rf'href="{folder}\1.html', text)
    text = re.sub(r"<h([23])>(.*?)</h\1>", lambda z: _heading(z, language), text)
    text = re.sub(r"<blockquote>\s*<p><strong>([^<]*)", _box, text)
    wide = f'<div class="wide" role="group" aria-label="{TEXTS[language]["table"]}">'
    return re.sub(r"<table>.*?</table>", rf"{wide}\g<0></div>", text, flags=re.S)


def phrase(line: str) -> str:
    """A line of prose, such as a heading, without an element around it."""
    return _tied(READER.renderInline(line))


def _barred(row: re.Match) -> str:
    """A row of a table, the bars of its formulas by their names."""

    def named(math: re.Match) -> str:
        return re.sub(r"\\?\|", lambda bar: BARS[bar[0]], math[0])

    return re.sub(r"\$[^$]+\$", named, row[0])


def _tied(text: str) -> str:
    text = re.sub(BEHIND, r"\1\3\2", text, flags=re.S)
    text = re.sub(TIED, r'<span class="tied">\1</span>', text, flags=re.S)
    return re.sub(BOXED, r'<span class="long">\1\2\3</span>', text, flags=re.S)


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
