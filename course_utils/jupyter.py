"""What the course adds to Jupyter's server, beside a user's own settings.

A widget lives only as long as its kernel: in a notebook that is opened again it is an
error message. The picture beside it needs nothing, so it stays, in a saved notebook
and in an exported page. And what a kernel says goes to the page at once, so that a
figure follows the hand.

Every server in the environment loads this module, so nothing of Matplotlib is here.
"""

from jupyter_server.services.kernels.connection.channels import (
    ZMQChannelsWebsocketConnection,
)
from traitlets.config import Config

__all__: list[str] = []  # Jupyter's server alone asks for what is here

WIDGET = "application/vnd.jupyter.widget-view+json"

# What jupyter_nbconvert_config.json tells the command; the server does not read that.
EXPORT = {"HTMLExporter": {"template_file": "course/pictures.html.j2"}}


def _load_jupyter_server_extension(server) -> None:
    """Add the course's part to a server that starts, which asks for this name.

    Last of all: another extension may put its own contents manager in place, as
    Jupytext does.
    """
    server.io_loop.add_callback(_add_to, server)


def _add_to(server) -> None:
    server.contents_manager.register_pre_save_hook(keep_pictures)
    settings = server.web_app.settings
    if settings["kernel_websocket_connection_class"] is ZMQChannelsWebsocketConnection:
        settings["kernel_websocket_connection_class"] = PromptConnection
    export = Config(EXPORT)
    export.merge(settings["config"])  # the user's own words win
    settings["config"] = export


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
