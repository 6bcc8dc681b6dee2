"""How many students dragging at once does one machine hold?

Each student is a real kernel with the live figure of `contenders.py`, and a hand that
drags η for four seconds, rests for one, and drags again. No browser, no server: this
process speaks to the kernels on the loopback device, on the same cores, and says what
that costs. Three ways:

- *records in the page*: a row that was seen before needs no kernel; letting go is one
  message. Every 20 seconds the hand takes a new row: its first wish is asked for, and
  64 records are sent.
- *each value asked for*, as by a page that keeps no records: a message each 100 ms of
  the drag.
- *A*, `interact` with `plt.show`: the same messages.

A message has been answered when the kernel has published the last one about it, a wish
when its record is there. A machine holds a class if 95 % of the values are answered
within 200 ms, and 95 % of the first wishes within 300 ms; one that does not is tried
once more. The size of the class is doubled until it does not hold, then halved in
between. The first two ways take turns, size by size: a machine may be slow for a while.

Where A does not hold one student, the ratio of classes says nothing; so kernels of the
last two ways are also driven as fast as they go (each new value as soon as the last
one has been answered), in turns, and compared by updates per second.

Close other programs first. Prints the table of `benchmarks/README.md`.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Generator, Hashable, Iterator
from itertools import cycle

import numpy as np
import zmq
from jupyter_client.manager import KernelManager

from course_utils.live.ahead import ROW

from .contenders import cell
from .report import machine, stop_politely, table

PACE, DRAG, REST, VISIT = 0.1, 4.0, 1.0, 20.0  # s
LATE = {"value": 0.2, "wish": 0.3}  # s
SHARE = 0.95  # of the answers in time
MEMORY = 0.15e9  # bytes a student takes
ROUNDS, SPRINT = 5, 3.0  # turns of driving as fast as it goes, seconds each
HEAD = [
    "",
    "students at once",
    "updates per second, as fast as they go",
    "kernel CPU per update",
    "of it all, this process",
]
PATIENCE = 120  # seconds; a kernel that says nothing for longer counts as broken
GRID = [round(0.01 * k, 2) for k in (*range(1, 101), *range(99, 1, -1))]  # to and fro
ROWS = 41  # of η: the places of the second slider

Name = tuple[str, Hashable]  # what is waited for: "value" or "wish", and which


class Student:
    """A kernel that shows one figure, and a hand that asks it for each value."""

    words = "each value asked for"
    show = "with_rows"
    eta = "slider.sliders['eta']"

    def __init__(self):
        self.places = cycle(GRID)
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
        self.slider = self.ask(f"{self.eta}.comm.comm_id").strip("'")
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

    def hand(self, drag: int) -> list[tuple[float, Callable[[], Name]]]:
        """What this hand does, and when (s) since the start of its drag."""
        return [(PACE * k, self.move) for k in range(round(DRAG / PACE))]

    def move(self) -> Name:
        """Send the slider's next value."""
        return self.send(self.slider, update(next(self.places)))

    def send(self, comm: str, data: dict) -> Name:
        """A message as a page sends it; what its answer will be known by."""
        return "value", self.tell("comm_msg", {"comm_id": comm, "data": data})

    def tell(self, kind: str, content: dict) -> str:
        """A message to the kernel; its name."""
        message = self.client.session.msg(kind, content)
        self.client.shell_channel.send(message)
        return message["header"]["msg_id"]

    def come(self) -> Iterator[tuple[bytes, bytes, bytes]]:
        """The messages that have come: header, parent's header, content."""
        while self.heard.poll(0):
            frames = self.heard.recv_multipart()
            start = frames.index(b"<IDS|MSG>")  # signature, header, parent, …, content
            header, parent, _, content = frames[start + 2 : start + 6]
            yield header, parent, content

    def answered(self) -> Iterator[Name]:
        """What the kernel has said the last word about."""
        for header, parent, content in self.come():
            if b'"status"' in header and b'"idle"' in content:
                yield "value", json.loads(parent).get("msg_id")
            elif b'"packet"' in content:
                for key, *_ in json.loads(content)["data"]["content"]["records"]:
                    yield "wish", (self.slider, *key)

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


class Peer(Student):
    """The same hand on A."""

    words = "A: `interact` + `plt.show`"
    show = "show_rerun"
    eta = "slider"


class Keeper(Student):
    """Records in the page: it asks for what it has not, and says where it stopped."""

    words = "records in the page"
    more = ()  # the places of other sliders than the first two

    def open(self) -> None:
        super().open()
        self.greet()

    def greet(self) -> None:
        """As a page that can keep records, and has none."""
        self.rows = iter(range(ROWS))
        self.page = self.ask("slider.canvas.comm.comm_id").strip("'")
        self.send(self.page, {"method": "custom", "content": {"hello": 1}})
        self.generation = int(self.ask("slider.ahead.generation.number"))

    def hand(self, drag: int) -> list[tuple[float, Callable[[], Name]]]:
        new = drag % round(VISIT / (DRAG + REST)) == 0
        return [(0.0, self.visit)] * new + [(DRAG, self.move)]

    def visit(self) -> Name:
        """The first wish of a row that the page has nothing of."""
        key = [0, next(self.rows), *self.more]
        wish = {"want": key, "slider": 0, "generation": self.generation}
        self.send(self.page, {"method": "custom", "content": wish})
        return "wish", (self.slider, *key)

    def first_visit(self) -> float:
        """The kernel's seconds for a new row."""
        cpu, sent = self.cpu(), self.visit()
        place = sent[1][-1]
        keys = ROW + 1
        while keys:
            keys -= sum(
                kind == "wish" and of[-1] == place for kind, of in self.answered()
            )
            time.sleep(0.01)
        return self.cpu() - cpu


def update(value: float) -> dict:
    return {"method": "update", "state": {"value": value}, "buffer_paths": []}


class Class:
    """Students of one kind; more come when they are needed."""

    def __init__(self, kind: type[Student]):
        self.kind, self.students = kind, []
        self.load = 0.0  # cores that this process took while the last class held

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        for student in self.students:
            student.close()

    def first(self, size: int) -> list[Student]:
        """So many of them, and no more; kernels start side by side, a few at a time."""
        while len(self.students) > size:
            self.students.pop().close()
        while (missing := size - len(self.students)) > 0:
            fresh = [self.kind() for _ in range(min(4, missing))]
            self.students += fresh  # first, so that they are closed whatever happens
            for student in fresh:
                student.open()
        return self.students

    def holds(self, size: int) -> bool:
        """Are 95 % of each kind of message answered in time, in one of two tries?"""
        return self._holds(size) or self._holds(size)

    def _holds(self, size: int) -> bool:
        times, load = watch(self.first(size))
        slow = {kind: float(np.quantile(of, SHARE)) for kind, of in times.items()}
        seen = ", ".join(f"{kind} {1000 * t:.0f} ms" for kind, t in slow.items())
        print(f"{self.kind.words}: {size} students, 95 %: {seen}", file=sys.stderr)
        held = all(slow[kind] <= LATE[kind] for kind in slow)
        if held:
            self.load = load
        return held

    def share(self, size: int) -> str:
        """Of the cores, what this process took, in words."""
        return f"{self.load:.2f} cores" if size else "–"

    def sprint(self) -> tuple[float, float]:
        """Two students for each core, as fast as they go: updates/s, CPU s/update."""
        students = self.first(2 * len(os.sched_getaffinity(0)))
        cpu = sum(student.cpu() for student in students)
        answers = race(students)
        cpu = sum(student.cpu() for student in students) - cpu
        return len(answers) / (answers[-1] - answers[0]), cpu / len(answers)


def watch(students: list[Student]) -> tuple[dict[str, list[float]], float]:
    """Their hands for 20 seconds, each begun a little later than the one before.

    Returns the times until the answers (s), by kind, and the cores that this process
    took. What is sent late, because the machine is busy, counts as waiting.
    """
    start, cpu = time.perf_counter() + PACE, time.process_time()
    post, acts = Post(students), timetable(students)
    for due, act, student in acts:
        post.until(start + due)
        if post.late() > (1 - SHARE) * len(acts):
            break  # nothing that comes now can save it
        post.send(student, start + due, act)
    load = (time.process_time() - cpu) / (time.perf_counter() - start)
    post.rest()
    return post.times, load


def timetable(students: list[Student]) -> list[tuple[float, Callable, Student]]:
    """What all hands do in 20 seconds, by time; their drags are spread evenly."""
    period, drags = DRAG + REST, round(VISIT / (DRAG + REST))
    acts = [
        (period * (drag + k / len(students)) + due, act, student)
        for k, student in enumerate(students)
        for drag in range(drags)
        for due, act in student.hand(drag + k)
    ]
    return sorted(acts, key=lambda act: act[0])


def race(students: list[Student]) -> list[float]:
    """Each sends its next value as soon as the last one is answered; when that was."""
    post, answers = Post(students), []
    start = time.perf_counter()
    for student in students:
        post.send(student, start, student.move)
    while (now := time.perf_counter()) < start + SPRINT:
        for student in post.take(start + SPRINT - now):
            answers.append(time.perf_counter())
            post.send(student, answers[-1], student.move)
    post.rest()
    return answers


class Post:
    """Sends, and notes how long the answers took."""

    def __init__(self, students: list[Student]):
        self.sent: dict[Name, float] = {}  # when
        self.times: dict[str, list[float]] = {}
        self.came_late = 0
        self.poller = zmq.Poller()
        self.students = {student.heard: student for student in students}
        for socket in self.students:
            self.poller.register(socket, zmq.POLLIN)

    def send(self, student: Student, moment: float, act: Callable[[], Name]) -> None:
        """`moment` is when it was due: a late start counts as waiting."""
        self.sent[act()] = moment

    def take(self, seconds: float) -> list[Student]:
        """Those who were answered, the first within so many seconds."""
        answered = []
        for socket, _ in self.poller.poll(1000 * seconds):
            student = self.students[socket]
            for name in student.answered():
                if name in self.sent:
                    self._note(name[0], time.perf_counter() - self.sent.pop(name))
                    answered.append(student)
        return answered

    def _note(self, kind: str, seconds: float) -> None:
        self.times.setdefault(kind, []).append(seconds)
        self.came_late += seconds > LATE[kind]

    def until(self, moment: float) -> None:
        while (left := moment - time.perf_counter()) > 0:
            self.take(left)

    def late(self) -> int:
        """How many answers came late, or have not come in time."""
        now = time.perf_counter()
        times = [(kind, now - sent) for (kind, _), sent in self.sent.items()]
        return self.came_late + sum(t > LATE[kind] for kind, t in times)

    def rest(self) -> None:
        """The others, however late."""
        end = time.perf_counter() + PATIENCE
        while self.sent:
            self.take(1.0)
            if time.perf_counter() > end:
                raise RuntimeError(f"{len(self.sent)} messages were never answered")


def room() -> int:
    """Students that the free memory has room for, a quarter of it for another class."""
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return int(0.75 * free / MEMORY)


def search(most: int) -> Generator[int, bool, int]:
    """Sizes to be tried, by doubling and then by halving in between; the largest held.

    Whether the size holds is what is sent back.
    """
    low, high = 0, 1
    while high <= most and (yield high):
        low, high = high, 2 * high
    high = min(high, most + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if (yield middle) else (low, middle)
    return low


def capacities(classes: dict[Hashable, Callable[[int], bool]], most: int) -> dict:
    """The largest class of each kind that holds; the kinds take turns."""
    searches = {kind: search(most) for kind in classes}
    sizes, held = {kind: next(one) for kind, one in searches.items()}, {}
    while sizes:
        for kind, size in list(sizes.items()):
            try:
                sizes[kind] = searches[kind].send(classes[kind](size))
            except StopIteration as end:
                held[kind] = end.value
                del sizes[kind]
    return held


def main() -> None:
    stop_politely()
    most = room()
    print(machine("numpy", "matplotlib", "ipykernel", "ipywidgets", "anywidget"))
    sprints = sprint_in_turns(Student, Peer)
    with Class(Keeper) as keepers, Class(Student) as students, Class(Peer) as peers:
        classes = {one.kind: one for one in (keepers, students, peers)}
        ours = {kind: classes[kind].holds for kind in (Keeper, Student)}
        sizes = capacities(ours, most) | capacities({Peer: peers.holds}, most)
        rows = [
            [kind.words, sizes[kind], *speed(sprints.get(kind)), one.share(sizes[kind])]
            for kind, one in classes.items()
        ]
    print(f"\n{table(HEAD, rows)}\n\n{reached(sizes, sprints, most)}")


def sprint_in_turns(*kinds: type[Student]) -> dict[type[Student], list]:
    with Class(kinds[0]) as one, Class(kinds[1]) as other:
        turns = [(one.sprint(), other.sprint()) for _ in range(ROUNDS)]
    return dict(zip(kinds, zip(*turns, strict=True), strict=True))


def speed(seen: list[tuple[float, float]] | None) -> tuple[str, str]:
    """Medians of the turns."""
    if seen is None:
        return "–", "–"
    updates, cpu = (statistics.median(column) for column in zip(*seen, strict=True))
    return f"{updates:.1f}", f"{1000 * cpu:.1f} ms"


def reached(sizes: dict, sprints: dict, most: int) -> str:
    """The goals, and what was measured."""
    pairs = zip(sprints[Student], sprints[Peer], strict=True)
    faster = statistics.median(mine[0] / other[0] for mine, other in pairs)
    with Class(Keeper) as students:
        (one,) = students.first(1)
        visits = statistics.median(one.first_visit() for _ in range(ROUNDS))
    return "\n".join(
        [
            f"- {sizes[Keeper]} students with records in the page (room for {most}), "
            f"{sizes[Keeper] / sizes[Student]:.1f} × as many as without (goal: ≥ 3)",
            f"- a new row takes {visits:.2f} s of the kernel, median of {ROUNDS}",
            f"- without: {sizes[Student]} students to A's {sizes[Peer]}; "
            f"{faster:.0f} × as many updates per second (goal: ≥ 20)",
        ]
    )


if __name__ == "__main__":
    main()
