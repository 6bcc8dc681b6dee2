"""Figures that follow their sliders, stand still, and can be read aloud."""

from .charts import Bars, Curves, marked
from .figure import Live, live
from .goal import Goal, reached
from .maps import Graph, Images, Regions
from .passes import Passes
from .paths import PathOnContours, PathOnCurve
from .strokes import histogram, levels, straight_lines

__all__ = [
    "Bars",
    "Curves",
    "Goal",
    "Graph",
    "Images",
    "Live",
    "Passes",
    "PathOnContours",
    "PathOnCurve",
    "Regions",
    "histogram",
    "levels",
    "live",
    "marked",
    "reached",
    "straight_lines",
]
