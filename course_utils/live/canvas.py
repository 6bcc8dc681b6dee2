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
.course-figure .course-play { flex: none; width: 40px; margin: 0 4px 0 0; padding: 0; }
.course-figure .course-back { width: 3em; margin: 2px 0.6em 2px 0; }
.course-controls { flex-flow: row wrap; }
.course-figure .widget-readout[aria-invalid=true] {
  outline: 3px solid var(--jp-error-color1, #a00) !important;
}
@media (prefers-reduced-motion: reduce) {
  .course-figure * { transition: none !important; }
}
"""

# Away from slides: as wide as there is room, in columns; letters and ▶ stand in line.
CONTROLS = """
:not(.jp-Deck *) > .course-controls {
  display: grid; position: relative; overflow: visible; padding-left: 3.6em;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 24em), 1fr));
  column-gap: 2em; font-size: var(--jp-widgets-font-size, 13px);
  & > .course-back { position: absolute; left: 0; top: 0; }
  & > .widget-inline-hbox { width: auto; min-width: 0; margin: 2px 0; }
  & > .course-long { grid-column: 1 / -1; }
  & .widget-label { text-align: right; }
  & .widget-readout { min-width: 4em; }
  & .widget-dropdown > select { flex: 0 1 14em; margin-left: 6px; }
  &:has(.course-play) > .widget-inline-hbox:not(:has(.course-play)) {
    padding-left: 44px;
  }
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
    "numbers.js",
    "controls.js",
    "play.js",
    "goal.js",
    "records.js",
    "hand.js",
    "ahead.js",
)
EXPORT = "export default { render };\n"  # of painter.js, when it stands alone
HERE = pathlib.Path(__file__).parent
SLIDES = (HERE / "slides.css").read_text("utf-8")


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
    _css = CSS + CONTROLS + SLIDES + RING
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
    play = traitlets.Unicode().tag(sync=True)  # what a ▶ says of itself
