"""The page's side of a live figure: its scripts, its style, what they are told."""

import pathlib

import anywidget
import traitlets
from ipywidgets import widget_serialization

# Letters for a last row, a mark where the keyboard stands, no motion that nobody asked.
CSS = """
.course-figure .widget-inline-hbox { font-size: 17px; }
.course-figure :focus-visible {
  outline: 3px solid #0072b2 !important; outline-offset: 2px;
}
.course-goal {
  position: relative; margin: 2px; line-height: 1.3;
  font-size: max(17px, var(--jp-widgets-font-size, 17px));
}
.course-goal.met { color: var(--jp-success-color0, #00694e); font-weight: bold; }
.course-goal [role=status] {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
}
.course-figure .course-play { flex: none; width: 40px; padding: 0; }
.course-figure .widget-slider:has(.course-play) {
  width: calc(var(--jp-widgets-inline-width) + 44px);
}
@media (prefers-reduced-motion: reduce) {
  .course-figure * { transition: none !important; }
}
"""

# As wide as a finger needs, and hardly seen until it is wanted.
RING = """
[role=img]:has(> .course-ring) { position: relative; overflow: hidden; }
.course-ring {
  position: absolute; width: 44px; height: 44px; margin: -22px; box-sizing: border-box;
  border: 2px solid rgb(0 114 178 / 0.4); border-radius: 50%;
  cursor: grab; touch-action: none; user-select: none;
}
.course-ring:hover, .course-ring:active {
  border-color: rgb(0 114 178 / 0.9); background: rgb(0 114 178 / 0.12);
}
.course-ring:active { cursor: grabbing; }
@media print { .course-ring { display: none; } }
"""

# What runs in Jupyter's page: one module, whose export is that of the last file.
SCRIPTS = (
    "painter.js",
    "hold.js",
    "controls.js",
    "play.js",
    "goal.js",
    "records.js",
    "hand.js",
    "ahead.js",
)
EXPORT = "export default { render };\n"  # of painter.js, when it stands alone
HERE = pathlib.Path(__file__).parent


def module(folder: pathlib.Path = HERE) -> str:
    """The scripts, joined. The painter's own export is left out.

    A page without a kernel needs no names for Jupyter's controls: it takes painter.js,
    where it leaves out the same line, goal.js and hold.js.
    """
    text = "".join((folder / name).read_text("utf-8") for name in SCRIPTS)
    parts = text.split(EXPORT)
    if len(parts) != 2:
        raise ValueError(f"painter.js: must say {EXPORT.strip()!r} in a line, once")
    return "".join(parts)


class Canvas(anywidget.AnyWidget):
    """The page's side of a picture: painter.js paints what these traits hold."""

    _esm = module()
    _css = CSS + RING
    width = traitlets.Float().tag(sync=True)
    height = traitlets.Float().tag(sync=True)
    panels = traitlets.Int().tag(sync=True)
    still = traitlets.Bytes().tag(sync=True)
    marks = traitlets.List().tag(sync=True)
    points = traitlets.Bytes().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    trouble = traitlets.Unicode().tag(sync=True)
    goal = traitlets.Dict(None, allow_none=True).tag(sync=True)
    met = traitlets.Bool().tag(sync=True)
    # Those whose places have numbers; none: the page keeps no records.
    sliders = traitlets.List().tag(sync=True, **widget_serialization)
    # The starts that a hand can take: see hold.py.
    holds = traitlets.List().tag(sync=True)
    # Those that a ▶ walks, each with its default.
    walks = traitlets.List().tag(sync=True, **widget_serialization)
