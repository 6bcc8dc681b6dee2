"""Figures that follow their sliders, stand still, and can be read aloud."""

from .charts import Bars, Curves
from .figure import Live, live
from .maps import Graph, Images, Regions
from .paths import PathOnContours, PathOnCurve
from .strokes import histogram, levels, straight_lines

__all__ = [
    "Bars",
    "Curves",
    "Graph",
    "Images",
    "Live",
    "PathOnContours",
    "PathOnCurve",
    "Regions",
    "histogram",
    "levels",
    "live",
    "straight_lines",
]
