"""How many students dragging at once does one machine hold?

Each student is a real kernel with the live figure of `contenders.py` and a hand that
sends its slider a new value every 100 ms, as a page does. No browser, no server: this
process speaks to the kernels on the loopback device, on the same cores, and says what
that costs. An update has arrived when the kernel has published the last message about
it; it is late after 200 ms, and a machine holds a class if 95 % arrive in time. The
size of the class is doubled until it does not hold, then halved in between.

Where `interact` (A) does not hold one student, the ratio of classes says nothing; so
the same kernels are also driven as fast as they go (each new value as soon as the last
one has arrived), in turns, and compared by updates per second.

Close other programs first. Prints the table of `benchmarks/README.md`.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle

import numpy as np
import zmq
from jupyter_client.manager import KernelManager

from .contenders import cell
from .report import machine, stop_politely, table

PACE, LATE, SHARE = 0.1, 0.2, 0.95  # s between updates, s, of the updates in time
TRIAL, MOST = 4.0, 64  # seconds that a class is watched; students at most
ROUNDS, SPRINT = 5, 3.0  # turns of driving as fast as it goes, seconds each
OURS, RERUN = "show_ours", "show_rerun"
WORDS = {OURS: "`course_utils.live`", RERUN: "A: `interact` + `plt.show`"}
HEAD = [
    "",
    "students at once",
    "updates per second, as fast as they go",
    "kernel CPU per update",
    "of it all, this process",
]
PATIENCE = 120  # seconds; a kernel that says nothing for longer counts as broken
GRID = [round(0.01 * k, 2) for k in (*range(1, 101), *range(99, 1, -1))]  # to and fro


class Student:
    """A kernel that shows one figure, and a hand on its slider."""

    def __init__(self, show: str):
        self.show, self.places = show, cycle(GRID)
        self.manager = KernelManager()
        self.manager.start_kernel(extra_arguments=["--log-level=40"])  # errors
        self.client = self.manager.blocking_client()
        self.client.start_channels()

    def open(self) -> None:
        """Run the cell; kernels start side by side, so this is not done above."""
        self.client.wait_for_ready(timeout=PATIENCE)
        self.client.execute_interactive(
            cell(self.show), timeout=PATIENCE, output_hook=lambda message: None
        )
        self.slider = self.ask("slider.comm.comm_id").strip("'")
        self.heard = self.client.iopub_channel.socket

    def ask(self, expression: str) -> str:
        """What the kernel says to a Python expression."""
        reply = self.client.execute_interactive(
            "",
            silent=True,
            user_expressions={"it": expression},
            timeout=PATIENCE,
            output_hook=lambda message: None,
        )
        return reply["content"]["user_expressions"]["it"]["data"]["text/plain"]

    def cpu(self) -> float:
        """The kernel's processor time so far, all threads, in seconds."""
        return float(self.ask("time.process_time()"))

    def move(self) -> str:
        """Send the slider's next value; what this update will be known by."""
        state = {"value": next(self.places)}
        data = {"method": "update", "state": state, "buffer_paths": []}
        content = {"comm_id": self.slider, "data": data}
        message = self.client.session.msg("comm_msg", content)
        self.client.shell_channel.send(message)
        return message["header"]["msg_id"]

    def arrived(self) -> Iterator[str]:
        """The updates of which the last message is here."""
        while self.heard.poll(0):
            frames = self.heard.recv_multipart()
            start = frames.index(b"<IDS|MSG>")  # signature, header, parent, …, content
            if b'"status"' in frames[start + 2] and b'"idle"' in frames[start + 5]:
                yield json.loads(frames[start + 3])["msg_id"]

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


class Class:
    """Students with the same kind of figure; more come when they are needed."""

    def __init__(self, show: str):
        self.show, self.students = show, []
        self.load = 0.0  # cores that this process took while the last class held

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        for student in self.students:
            student.close()

    def first(self, size: int) -> list[Student]:
        """So many of them; kernels start side by side, a few at a time."""
        while (missing := size - len(self.students)) > 0:
            fresh = [Student(self.show) for _ in range(min(4, missing))]
            self.students += fresh  # first, so that they are closed whatever happens
            for student in fresh:
                student.open()
        return self.students[:size]

    def holds(self, size: int) -> bool:
        """Do 95 % of the updates of so many students arrive in time?"""
        in_time, slowest, load = watch(self.first(size))
        print(
            f"{WORDS[self.show]}: {size} students, {in_time:.1%} in time, "
            f"95 % within {1000 * slowest:.0f} ms",
            file=sys.stderr,
        )
        if in_time >= SHARE:
            self.load = load
        return in_time >= SHARE

    def sprint(self) -> tuple[float, float]:
        """Two students for each core, as fast as they go: updates/s, CPU s/update."""
        students = self.first(2 * len(os.sched_getaffinity(0)))
        cpu = sum(student.cpu() for student in students)
        arrived = race(students)
        cpu = sum(student.cpu() for student in students) - cpu
        return len(arrived) / (arrived[-1] - arrived[0]), cpu / len(arrived)


def watch(students: list[Student]) -> tuple[float, float, float]:
    """Each sends a value every 100 ms, whether the last one has arrived or not.

    Returns the share of updates in time, the time within which 95 % arrived (s), and
    the cores that this process took.
    """
    turns = int(TRIAL / PACE)
    start, cpu = time.perf_counter() + PACE, time.process_time()
    post, times = Post(students), []
    for k in range(turns * len(students)):
        due = start + PACE * k / len(students)
        times += [now - sent for sent, now, _ in post.until(due)]
        late = sum(t > LATE for t in times) + post.overdue()
        if late > (1 - SHARE) * turns * len(students):
            break  # nothing that comes now can save it
        post.send(students[k % len(students)], due)
    load = (time.process_time() - cpu) / (time.perf_counter() - start)
    times += [now - sent for sent, now, _ in post.rest()]
    in_time = sum(t <= LATE for t in times) / (turns * len(students))
    return in_time, float(np.quantile(times, SHARE)), load


def race(students: list[Student]) -> list[float]:
    """Each sends its next value as soon as the last one has arrived; when they did."""
    post, arrived = Post(students), []
    start = time.perf_counter()
    for student in students:
        post.send(student, start)
    for _, now, student in post.until(start + SPRINT):
        arrived.append(now)
        post.send(student, now)
    return arrived + [now for _, now, _ in post.rest()]


class Post:
    """Sends updates and waits for them to arrive."""

    def __init__(self, students: list[Student]):
        self.sent: dict[str, float] = {}  # when, by the update's name
        self.poller = zmq.Poller()
        self.students = {student.heard: student for student in students}
        for socket in self.students:
            self.poller.register(socket, zmq.POLLIN)

    def send(self, student: Student, moment: float) -> None:
        """`moment` is when it was due: a late start counts as waiting."""
        self.sent[student.move()] = moment

    def until(self, moment: float) -> Iterator[tuple[float, float, Student]]:
        """(sent, arrived, by whom) of every update that arrives before `moment`."""
        while (left := moment - time.perf_counter()) > 0:
            for socket, _ in self.poller.poll(1000 * left):
                yield from self._take(self.students[socket])

    def rest(self) -> Iterator[tuple[float, float, Student]]:
        """The others, however late."""
        while self.sent:
            heard = self.poller.poll(1000 * PATIENCE)
            if not heard:
                raise RuntimeError(f"{len(self.sent)} updates never arrived")
            for socket, _ in heard:
                yield from self._take(self.students[socket])

    def overdue(self) -> int:
        now = time.perf_counter()
        return sum(now - sent > LATE for sent in self.sent.values())

    def _take(self, student: Student) -> Iterator[tuple[float, float, Student]]:
        for update in student.arrived():
            if update in self.sent:
                yield self.sent.pop(update), time.perf_counter(), student


def capacity(holds: Callable[[int], bool]) -> int:
    """The largest class that holds, by doubling and then by halving in between."""
    low, high = 0, 1
    while high <= MOST and holds(high):
        low, high = high, 2 * high
    high = min(high, MOST + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def main() -> None:
    stop_politely()
    print(machine("numpy", "matplotlib", "ipykernel", "ipywidgets", "anywidget"))
    with Class(OURS) as ours, Class(RERUN) as peer:
        sprints = {ours: [], peer: []}
        for _ in range(ROUNDS):
            for one, seen in sprints.items():
                seen.append(one.sprint())
        sizes = {one: capacity(one.holds) for one in sprints}
        rows = [row(one, seen, sizes[one]) for one, seen in sprints.items()]
        print(f"\n{table(HEAD, rows)}\n\n{reached(ours, peer, sprints, sizes)}")


def row(one: Class, seen: list[tuple[float, float]], size: int) -> list:
    """Medians of the turns."""
    speed, cpu = (statistics.median(column) for column in zip(*seen, strict=True))
    load = f"{one.load:.2f} cores" if size else "–"
    return [WORDS[one.show], size, f"{speed:.1f}", f"{1000 * cpu:.1f} ms", load]


def reached(ours: Class, peer: Class, sprints: dict, sizes: dict) -> str:
    """The goal, and what was measured."""
    pairs = zip(sprints[ours], sprints[peer], strict=True)
    faster = statistics.median(mine[0] / other[0] for mine, other in pairs)
    many = (
        f"{sizes[ours] / sizes[peer]:.0f} × as many students"
        if sizes[peer]
        else f"{sizes[ours]} students to none"
    )
    return f"- {many}; {faster:.0f} × as many updates per second (goal: ≥ 20)"


if __name__ == "__main__":
    main()
