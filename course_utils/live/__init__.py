"""Figures that follow their sliders, stand still, and can be read aloud."""

from .charts import Bars, Curves, marked
from .figure import Live, live
from .goal import Goal, reached
from .maps import Graph, Images, Regions
from .passes import Passes
from .paths import PathOnContours, PathOnCurve
from .strokes import cobweb, columns, histogram, levels, staircase, straight_lines

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
    "cobweb",
    "columns",
    "histogram",
    "levels",
    "live",
    "marked",
    "reached",
    "staircase",
    "straight_lines",
]
