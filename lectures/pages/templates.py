"""The templates, and what every page brings along, since nothing can be fetched."""

import base64
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from course_utils.live.canvas import EXPORT, RING

HERE = Path(__file__).resolve().parent
LIVE = HERE.parents[1] / "course_utils" / "live"
PAINTER, BESIDE = LIVE / "painter.js", [LIVE / "goal.js", LIVE / "hold.js"]
STYLES = ("page.css", "exercises.css")
LEAD = (
    "formulas.js",
    "folds.js",
    "figures.js",
    "slides.js",
    "swipe.js",
    "paper.js",
    "typed.js",
    "exercises.js",
    "page.js",
)

# A page asks for nothing, whatever is written into it: its browser refuses the rest.
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'unsafe-inline'",
        "style-src 'unsafe-inline'",
        "img-src data: blob:",
        "font-src data:",
        "form-action 'none'",
        "base-uri 'none'",
    ]
)

TEMPLATES = Environment(
    loader=FileSystemLoader(HERE),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def fill(template: str, **about) -> str:
    """A whole page: `page.html`, or what extends it."""
    own = {"style": style(), "behaviour": behaviour(), "policy": POLICY}
    return TEMPLATES.get_template(template).render(**own, **about)


@cache
def style() -> str:
    font = base64.b64encode((HERE / "math.woff2").read_bytes()).decode()
    css = "".join((HERE / name).read_text("utf-8") for name in STYLES)
    return css.replace("math.woff2", font) + RING


@cache
def behaviour() -> str:
    """The painter, the goal, the rings, and what leads them: one module."""
    painter, export, rest = PAINTER.read_text("utf-8").partition(EXPORT)
    if not export:
        raise SystemExit(f"{PAINTER.name} has no line {EXPORT.strip()!r}")
    scripts = [*BESIDE, *(HERE / name for name in LEAD)]
    return "\n".join([painter + rest, *(one.read_text("utf-8") for one in scripts)])
