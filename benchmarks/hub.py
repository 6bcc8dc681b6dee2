"""A class logs in at one hub, all at once: seconds, memory, answers under a drag.

    python3 -m uv run --group hub python -m benchmarks.hub [students …]

JupyterHub with the course's own settings, for 1, 5 and 10 students unless other numbers
are given; a new hub for each class. A student posts the form of the login, waits for
the server as the page does, fetches the lecture, starts its kernel, runs its cells one
after the other, and moves the second slider of the first figure: a row that nobody has
seen, whose first record is waited for. When all have come so far, memory and processor
time are read; then all drag as in `classroom.py`.

There is no browser: this process speaks to the hub over HTTP and websockets, in JSON,
as a page does behind a proxy that lets no newer protocol be agreed on: this one. What a
page fetches besides (JupyterLab's own files) is left out.

Close other programs first. Prints the tables of `benchmarks/README.md`.
"""

import contextlib
import html
import json
import re
import select
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from statistics import median

import nbformat
import numpy as np
import psutil
import requests
import websocket
from jupyter_client.jsonutil import json_default
from jupyter_client.session import Session
from jupyter_server.services.kernels.connection.base import deserialize_binary_message

from support.course import code_cells, complain
from support.hub import LECTURE, at_home, running_hub

from .classroom import GRID, PATIENCE, SHARE, Keeper, Post, watch
from .report import machine, stop_politely, table

CLASSES = (1, 5, 10)
FIGURE = "slider = next(one for one in Out.values() if type(one).__name__ == 'Live')"
READ = "header", "parent_header", "content"  # what is read of a message
# The processes of each part, by a piece of their command.
PARTS = {
    "hub": "-m jupyterhub -f",
    "proxy": "configurable-http-proxy",
    "servers": "jupyterhub.singleuser",
    "kernels": "ipykernel_launcher",
}
SECONDS = [
    "students at once",
    "the server is up, median / last",
    "the lecture is run",
    "a slider has moved",
    "in a drag: first wish, median / 95 %",
    "let go",
]
TAKEN = ["students"] + [
    f"{part}{what}"
    for what in ("", ": processor")
    for part in ("hub", "proxy", "a server", "a kernel")
]
PACKAGES = ("jupyterhub", "jupyterlab", "ipykernel", "numpy", "matplotlib")


class Student(Keeper):
    """One who logs in and has a server, a kernel and the lecture's first figure."""

    more = (0,)  # `steps`, the third slider

    def __init__(self, hub: str, homes: Path, name: str):
        at_home(homes, name)
        self.places = cycle(GRID)
        self.hub, self.name = hub, name
        self.server = f"{hub}/user/{name}"
        self.web, self.session = requests.Session(), Session()

    def arrive(self) -> list[float]:
        """Seconds from the login: the server is up, the lecture run, a slider moved."""
        steps = self.log_in, self.run_lecture, self.move_a_slider
        self.web.get(f"{self.hub}/hub/login")
        start, moments = time.perf_counter(), []
        for step in steps:
            step()
            moments.append(time.perf_counter() - start)
        return moments

    def log_in(self) -> None:
        """The form, and the page that waits for the server."""
        form = {"username": self.name, "password": "any", "_xsrf": self.xsrf("/hub/")}
        page = self.web.post(f"{self.hub}/hub/login", form)
        while progress := re.search(r'EventSource\("([^"]+)"', page.text):
            self.web.get(self.hub + html.unescape(progress[1]))  # ends when it is up
            time.sleep(0.1)  # or when a busy hub broke off: then the page asks again
            page = self.web.get(page.url)
        page.raise_for_status()
        if not page.url.startswith(self.server):
            raise RuntimeError(f"{self.name}: no server, but {page.url}")

    def xsrf(self, path: str) -> str:
        return self.web.cookies.get("_xsrf", path=path)

    def run_lecture(self) -> None:
        """As *Run All* does it: a cell when the one before has been answered."""
        file = self.web.get(f"{self.server}/api/contents/{LECTURE}").json()
        self.connect(self.start_kernel())
        for cell in code_cells(nbformat.from_dict(file["content"]).cells):
            complain(cell, self.execute(cell.source))
        self.execute(FIGURE)
        self.slider = self.ask(f"{self.eta}.comm.comm_id").strip("'")
        self.greet()

    def start_kernel(self) -> str:
        """Its id."""
        about = {"path": LECTURE, "type": "notebook", "name": ""}
        answer = self.web.post(
            f"{self.server}/api/sessions",
            json=about | {"kernel": {"name": "python3"}},
            headers={"X-XSRFToken": self.xsrf(f"/user/{self.name}/")},
        )
        answer.raise_for_status()
        return answer.json()["kernel"]["id"]

    def connect(self, kernel: str) -> None:
        way = f"{self.server}/api/kernels/{kernel}/channels"
        request = self.web.prepare_request(requests.Request("GET", way))
        self.socket = websocket.create_connection(
            f"{way.replace('http', 'ws', 1)}?session_id={self.session.session}",
            cookie=request.headers["Cookie"],
            timeout=PATIENCE,
        )
        self.heard = self.socket.fileno()  # the poller of `Post` takes it

    def move_a_slider(self) -> None:
        post = Post([self])
        post.send(self, time.perf_counter(), self.visit)
        post.rest()

    def tell(self, kind: str, content: dict) -> str:
        message = self.session.msg(kind, content) | {"channel": "shell"}
        self.socket.send(json.dumps(message, default=json_default))
        return message["header"]["msg_id"]

    def come(self) -> Iterator[tuple[bytes, bytes, bytes]]:
        while select.select([self.heard], [], [], 0)[0]:
            yield self.next()

    def next(self) -> tuple[bytes, bytes, bytes]:
        """The next message, waited for; one with records comes in binary."""
        said = self.socket.recv()
        text = isinstance(said, str)
        message = json.loads(said) if text else deserialize_binary_message(said)
        return tuple(map(packed, (message[part] for part in READ)))

    def execute(self, code: str, **more) -> dict:
        """Run it; the kernel's reply, when it has said all about it."""
        content = {"code": code, "silent": False, "store_history": True} | more
        name = self.tell("execute_request", content | {"stop_on_error": False})
        reply, idle = None, False
        while not (reply and idle):
            header, parent, content = self.next()
            if json.loads(parent).get("msg_id") == name:
                kind = json.loads(header)["msg_type"]
                if kind == "execute_reply":
                    reply = json.loads(content)
                idle |= kind == "status" and b'"idle"' in content
        return reply

    def ask(self, expression: str) -> str:
        reply = self.execute("", silent=True, user_expressions={"it": expression})
        return reply["user_expressions"]["it"]["data"]["text/plain"]

    def close(self) -> None:
        self.socket.close()


def packed(part: dict) -> bytes:
    return json.dumps(part, default=json_default).encode()


def parts() -> tuple[Counter, Counter]:
    """Megabytes and processor seconds of each part of the hub, now.

    A page of memory that k processes share counts as 1/k in each of them (PSS), so that
    the parts add up.
    """
    memory, cpu = Counter(), Counter()
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):  # one that has just ended
            command = " ".join(process.cmdline())
            for part in [part for part, word in PARTS.items() if word in command]:
                memory[part] += process.memory_full_info().pss / 1e6
                cpu[part] += sum(process.cpu_times()[:2])
    return memory, cpu


def measured(size: int) -> tuple[list, list]:
    """A class's rows: its seconds and answers, and what its parts take."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        running_hub(Path(scratch)) as (url, homes),
    ):
        students = [Student(url, homes, f"student{k}") for k in range(size)]
        _, before = parts()
        with ThreadPoolExecutor(size) as pool:
            moments = list(pool.map(Student.arrive, students))
        memory, cpu = parts()
        cpu.subtract(before)
        late, _ = watch(students)
        for student in students:
            student.close()
    steps = zip(*moments, strict=True)
    waited = [f"{median(of):.1f} / {max(of):.1f} s" for of in steps]
    answers = [answered(late[kind]) for kind in ("wish", "value")]
    return [size, *waited, *answers], [size, *taken(size, memory, cpu)]


def answered(times: list[float]) -> str:
    return f"{1000 * median(times):.0f} / {1000 * np.quantile(times, SHARE):.0f} ms"


def taken(size: int, memory: Counter, cpu: Counter) -> list[str]:
    """Hub and proxy whole, servers and kernels for each student; and processor time."""
    each = {"hub": 1, "proxy": 1, "servers": size, "kernels": size}
    held = [f"{memory[part] / of:.0f} MB" for part, of in each.items()]
    return held + [f"{cpu[part] / size:.2f} s" for part in each]


def main(sizes: list[int]) -> None:
    stop_politely()
    print(machine(*PACKAGES))
    rows = []
    for size in sizes:
        print(f"{size} students", file=sys.stderr)
        rows.append(measured(size))
    for head, of in zip((SECONDS, TAKEN), zip(*rows, strict=True), strict=True):
        print(f"\n{table(head, list(of), words=())}")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or CLASSES)
