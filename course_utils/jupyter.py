"""What the course adds to Jupyter, beside a user's own settings and never over them.

A widget lives only as long as its kernel: in a notebook that is opened again it is an
error message. The picture beside it needs nothing, so it stays, in a saved notebook
and in an exported page. And what a kernel says goes to the page at once, so that a
figure follows the hand.

Every server in the environment loads this module, so nothing of Matplotlib is here.
"""

from jupyter_server.services.kernels.connection.channels import (
    ZMQChannelsWebsocketConnection,
)
from traitlets.config import Configurable

__all__: list[str] = []  # Jupyter alone asks for what is here

WIDGET = "application/vnd.jupyter.widget-view+json"

# nbconvert's own page, its own slides, and what the course makes of both.
OWN = [("lab", "index.html.j2"), ("reveal", "index.html.j2")]
OURS = "course/pictures.html.j2"


def _load_jupyter_server_extension(server) -> None:
    """Add the course's part to a server that starts, which asks for this name.

    What others may still replace comes last of all: Jupytext, say, puts its own
    contents manager in place.
    """
    # As jupyter_nbconvert_config.py for the command; the server does not read that.
    server.web_app.settings["config"].HTMLExporter.preprocessors.append(Pictures)
    server.io_loop.add_callback(_add_to, server)


async def _start_jupyter_server_extension(server) -> None:
    """The last part, when all extensions are there; a newer server asks for this too.

    A hub's server lets the loop run while it loads them, so that the callback above
    comes too early.
    """
    _add_to(server)


def _add_to(server) -> None:
    """All may be added twice: the second time finds nothing left to do."""
    server.contents_manager.register_pre_save_hook(keep_pictures)
    settings = server.web_app.settings
    if settings["kernel_websocket_connection_class"] is ZMQChannelsWebsocketConnection:
        settings["kernel_websocket_connection_class"] = PromptConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """Jupyter's own way from a kernel to a page, without Nagle's algorithm.

    The answer to a slider is several small messages. Nagle's algorithm holds the second
    one back until the page has acknowledged the first, which it puts off for 40 ms: see
    docs/tcp_nodelay.md.
    """

    def connect(self):
        self.websocket_handler.set_nodelay(True)
        return super().connect()


def keep_pictures(model: dict, **_more) -> None:
    """Leave out, in place, every widget that has a picture with words beside it.

    A `pre_save_hook` of Jupyter's server: `model` is a file about to be written. The
    page that is being saved keeps its widgets. Only live figures say their words.
    """
    if model["type"] != "notebook":
        return
    for cell in model["content"].get("cells", []):
        for output in cell.get("outputs", []):
            if output.get("metadata", {}).get("image/png", {}).get("alt"):
                output["data"].pop(WIDGET, None)


class Pictures(Configurable):
    """Exports a live figure as its picture, with its words, on nbconvert's own pages.

    A template that is named in settings wins over the command's `--template-file`. So
    this stands among the preprocessors, where there is room beside a user's own: each
    exporter makes one as it is made itself, and has by then the template that the user
    has chosen. The notebook stays as it is.
    """

    def __init__(self, parent, **more):
        super().__init__(parent=parent, **more)
        if (parent.template_name, parent.template_file) in OWN:
            parent.template_file = OURS

    def __call__(self, notebook: dict, resources: dict) -> tuple[dict, dict]:
        return notebook, resources
