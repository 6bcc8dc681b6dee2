"""A figure whose cell ran again and made a new one is closed, or the kernel would grow.

A cell is known by the `cellId` that JupyterLab and Notebook send with it; without one
nothing is closed. Nor is what another cell than its own has shown.
"""

import gc
import weakref

import ipywidgets as widgets
from IPython import get_ipython

MADE = weakref.WeakKeyDictionary()  # figures: the cell, and which run of it


def request() -> tuple[str, str] | None:
    """The cell that runs on this thread, and the message that runs it."""
    message = getattr(get_ipython(), "parent_header", None) or {}
    cell = message.get("metadata", {}).get("cellId")
    return (cell, message["header"]["msg_id"]) if cell else None


def made(figure) -> None:
    """A new figure: those that its cell made when it ran before are let go."""
    here = request()
    if here is None:
        return
    former = [
        other
        for other, (cell, run) in MADE.items()
        if cell == here[0] and run != here[1]
    ]
    for other in former:
        del MADE[other]
        other.let_go()
    if former:
        gc.collect()  # Matplotlib's rings: tens of megabytes would wait for it
    MADE[figure] = here


def shown(figure) -> None:
    """Another cell than its own may show it: then it stays."""
    here = request() or [None]
    if figure in MADE and MADE[figure][0] != here[0]:
        del MADE[figure]


def close(widget: widgets.Widget, kept: list) -> None:
    """Close a widget and its parts, but for those that are not ours."""
    if widget in kept:
        return
    parts = [getattr(widget, name, None) for name in ("layout", "style")]
    for part in [*getattr(widget, "children", ()), *parts]:
        if isinstance(part, widgets.Widget):
            close(part, kept)
    widget.close()
