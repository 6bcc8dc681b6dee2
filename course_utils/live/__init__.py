"""Figures that follow their sliders, stand still, and can be read aloud."""

from .charts import Bars, Curves, marked
from .figure import Live, live
from .maps import Graph, Images, Regions
from .paths import PathOnContours, PathOnCurve

__all__ = [
    "Bars",
    "Curves",
    "Graph",
    "Images",
    "Live",
    "PathOnContours",
    "PathOnCurve",
    "Regions",
    "live",
    "marked",
]
