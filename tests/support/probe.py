"""A server extension that tells what only the server's own process can see.

`OwnConnection` and `own_hook` are what a user may have set.
"""

import gc
import os
import socket
import sys

from jupyter_server.base.handlers import APIHandler
from jupyter_server.services.kernels.connection.channels import (
    ZMQChannelsWebsocketConnection,
)
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from tornado import web


def _load_jupyter_server_extension(server) -> None:
    server.web_app.add_handlers(".*$", [(rf"{server.base_url}probe/(\d*)", Probe)])


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


def kernels_no_delay() -> list[bool]:
    """The same of each kernel's websocket; behind a proxy nobody knows their ports."""
    handlers = [
        one for one in gc.get_objects() if isinstance(one, KernelWebsocketHandler)
    ]
    lines = [one.ws_connection.stream for one in handlers if one.ws_connection]
    option = socket.IPPROTO_TCP, socket.TCP_NODELAY
    return [bool(line.socket.getsockopt(*option)) for line in lines if line.socket]


class Probe(APIHandler):
    @web.authenticated
    def get(self, port: str) -> None:
        loaded = sorted({"course_utils.jupyter", "matplotlib"} & set(sys.modules))
        connection = self.settings["kernel_websocket_connection_class"].__name__
        about = {"modules": loaded, "connection": connection}
        delay = no_delay(int(port)) if port else kernels_no_delay()
        self.finish(about | {"no_delay": delay})


class OwnConnection(ZMQChannelsWebsocketConnection):
    pass


def own_hook(model: dict, **_more) -> None:
    if model["type"] == "notebook":
        model["content"]["metadata"]["own_hook"] = True
