"""Nothing needs the network: it is closed, for the tests and for every lecture.

`closed/sitecustomize.py` closes it in each Python process, kernels of nbval included,
so that every other test here shows it too; these show that it is closed indeed.
"""

import subprocess
import sys
import urllib.request

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

ELSEWHERE = "192.0.2.1"  # an address that is kept for examples: RFC 5737
REACHES = {
    "a page": f"import urllib.request\nurllib.request.urlopen('http://{ELSEWHERE}')",
    "a name": "import socket\nsocket.getaddrinfo('example.org', 80)",
    "a datagram": "import socket\nsocket.socket(type=socket.SOCK_DGRAM)"
    f".sendto(b'x', ('{ELSEWHERE}', 9))",
    "in silence": "import socket\ntry:\n"
    f"    socket.create_connection(('{ELSEWHERE}', 9), timeout=1)\n"
    "except OSError:\n    pass",
}
CLOSED = "the network is closed"


LOOPBACK = """import socket
with (
    socket.create_server(("127.0.0.1", 0)) as server,
    socket.create_connection(("localhost", server.getsockname()[1]), timeout=9),
):
    pass
"""


@pytest.fixture(scope="module")
def answers() -> dict[str, list]:
    """What one kernel answers to each of these cells."""
    cells = [new_code_cell(code) for code in [*REACHES.values(), LOOPBACK]]
    book = new_notebook(cells=cells)
    NotebookClient(book, timeout=120, startup_timeout=300, allow_errors=True).execute()
    names = [*REACHES, "loopback"]
    return {name: c.outputs for name, c in zip(names, book.cells, strict=True)}


@pytest.mark.parametrize("name", REACHES)
def test_a_cell_that_reaches_out_fails(answers, name):
    (output,) = answers[name]
    assert output.output_type == "error"
    assert CLOSED in output.evalue


def test_a_test_or_a_program_that_reaches_out_fails():
    with pytest.raises(RuntimeError, match=CLOSED):
        urllib.request.urlopen(f"http://{ELSEWHERE}")
    command = [sys.executable, "-c", REACHES["a name"]]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode and CLOSED in ran.stderr


def test_the_machine_itself_can_be_reached(answers):
    assert answers["loopback"] == []
    exec(LOOPBACK, {})
