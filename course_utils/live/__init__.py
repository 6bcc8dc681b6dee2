"""Figures that follow their sliders, stand still, and can be read aloud."""

from .charts import Bars, Curves
from .figure import Live, live
from .maps import Graph, Images, Regions
from .passes import Passes
from .paths import PathOnContours, PathOnCurve

__all__ = [
    "Bars",
    "Curves",
    "Graph",
    "Images",
    "Live",
    "Passes",
    "PathOnContours",
    "PathOnCurve",
    "Regions",
    "live",
]
