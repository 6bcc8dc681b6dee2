"""Closes the network for a Python process: it can reach only its own machine.

Python imports a module of this name at every start, wherever `PYTHONPATH` leads to it;
`conftest.py` sets that, so that the tests, their kernels and their servers all have it.
An audit hook needs no rights and works on every system; a namespace without a network
does not. It sees what goes through Python's sockets, which is all that a lecture has.
"""

import socket
import sys

ASKS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
SENDS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
HERE = {"", "localhost", "::1", "::", "0.0.0.0", "None", socket.gethostname()}


class Reached(RuntimeError):
    """No OSError: who tries the network and goes on without is to be seen too."""


def is_here(host) -> bool:
    text = host.decode() if isinstance(host, bytes) else str(host)
    return text in HERE or text.startswith("127.")


def refuse(event: str, arguments: tuple) -> None:
    if event in ASKS:
        host = arguments[0]
    elif event in SENDS and isinstance(arguments[1], tuple):
        host = arguments[1][0]  # other addresses are files of this machine
    else:
        return
    if not is_here(host):
        raise Reached(f"{event} to {host!r}: the network is closed")


sys.addaudithook(refuse)
