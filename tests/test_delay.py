"""The delay line of the tests: nothing lost, nothing out of order, nothing early."""

import contextlib
import socket
import threading
import time

import pytest

from support.delay import delayed


@pytest.fixture
def echo():
    """The port of a server that sends back what it is sent."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            with contextlib.suppress(OSError):
                while True:
                    there, _ = server.accept()
                    with there:
                        while data := there.recv(1 << 16):
                            there.sendall(data)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]


def sent_and_back(port: int, data: bytes) -> bytes:
    """What comes back; written and read side by side, then closed."""
    with socket.create_connection(("127.0.0.1", port)) as line:

        def write():
            line.sendall(data)
            line.shutdown(socket.SHUT_WR)

        hand = threading.Thread(target=write)
        hand.start()
        parts = iter(lambda: line.recv(1 << 16), b"")
        got = b"".join(parts)
        hand.join()
    return got


def test_bytes_arrive_whole_and_in_order_whatever_the_delays(echo):
    data = bytes(range(256)) * 4000
    with delayed(echo, least=0.0, most=0.01) as line:
        assert sent_and_back(line.port, data) == data
        assert line.up == line.down == len(data)


def test_each_way_takes_its_time(echo):
    with delayed(echo) as line:
        for seconds in (0.0, 0.05, 0.15):
            line.wait(seconds)
            begin = time.monotonic()
            assert sent_and_back(line.port, b"1") == b"1"
            assert time.monotonic() - begin >= 2 * seconds
