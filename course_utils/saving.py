"""What Jupyter keeps of a live figure when a notebook is saved: its picture.

A widget lives only as long as its kernel: in a notebook that is opened again it is an
error message. The picture beside it needs nothing.
"""

__all__: list[str] = []  # Jupyter's server alone asks for what is here

WIDGET = "application/vnd.jupyter.widget-view+json"


def keep_pictures(model: dict, **_more) -> None:
    """Leave out, in place, every widget that has a picture beside it.

    A `pre_save_hook` of Jupyter's server: `model` is a file about to be written. The
    page that is being saved keeps its widgets.
    """
    if model["type"] != "notebook":
        return
    for cell in model["content"].get("cells", []):
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                output["data"].pop(WIDGET, None)
