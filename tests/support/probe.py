"""A server extension that tells what only the server's own process can see.

`OwnConnection` and `own_hook` are what a user may have set.
"""

import os
import socket
import sys

from jupyter_server.base.handlers import APIHandler
from jupyter_server.services.kernels.connection.channels import (
    ZMQChannelsWebsocketConnection,
)
from tornado import web


def _load_jupyter_server_extension(server) -> None:
    server.web_app.add_handlers(".*$", [(r"/probe/(\d+)", Probe)])


def no_delay(port: int) -> bool | None:
    """TCP_NODELAY of the socket that this process has accepted from that port."""
    for descriptor in range(3, 1024):
        try:
            with socket.socket(fileno=os.dup(descriptor)) as accepted:
                if accepted.getpeername()[1] == port:
                    delay = accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
                    return bool(delay)
        except (OSError, IndexError):  # closed, no socket, or not one of TCP
            pass
    return None


class Probe(APIHandler):
    @web.authenticated
    def get(self, port: str) -> None:
        loaded = sorted({"course_utils.jupyter", "matplotlib"} & set(sys.modules))
        connection = self.settings["kernel_websocket_connection_class"].__name__
        about = {"modules": loaded, "connection": connection}
        self.finish(about | {"no_delay": no_delay(int(port))})


class OwnConnection(ZMQChannelsWebsocketConnection):
    pass


def own_hook(model: dict, **_more) -> None:
    if model["type"] == "notebook":
        model["content"]["metadata"]["own_hook"] = True
