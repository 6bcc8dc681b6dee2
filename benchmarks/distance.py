"""How far behind the hand is a figure whose server is far away? JupyterLab in Chromium.

    python3 -m uv run python -m benchmarks.distance [rounds]

The first figure of lecture 02, and the same where a record takes 30 ms, behind a delay
line on loopback: 0, 50, 150 and 300 ms there and back. *Now* is the course as it is.
*Wire only*: its page's first message is not heard, so that it keeps no records.
*Without both*: nor does the server send each message at once. Each has a page and a
kernel of its own; they take turns, in changing order.

A turn: the second slider takes one step, so that the row is new. A mouse drags η from
end to end in four seconds; back again, so that every value has been seen; then to and
fro, five times in four seconds. At each display frame the page notes where the hand is,
as the slider says it, and which picture is there, as a listener hears it.

Close other programs first. Prints the tables of `benchmarks/README.md`.
"""

import bisect
import pathlib
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack

import nbformat
import numpy as np
from nbformat.v4 import new_code_cell, new_notebook

import build
from support.browser import new_page, running_chromium
from support.delay import Delay, delayed
from support.lab_page import READY, errors, run_all
from support.lab_server import running_lab

from .live import ASK, PACKAGES, pull, to_and_fro
from .report import machine, stop_politely, table

LECTURE = build.NOTEBOOKS / "en" / "02_gd_divergence.ipynb"
DELAYS = (0, 50, 150, 300)  # ms, there and back
LEAST = {"figure": 0.0, "slow figure": 0.03}  # s that `compute` takes
REST = 1.0  # s after release
NOW, WIRE, NEITHER = "now", "wire only", "without both"
WAYS = (NOW, WIRE, NEITHER)

DRAGS = ("first sweep", "to and fro")
HEAD = ["there and back", ""]
for drag in DRAGS:
    HEAD += [f"{drag}: pictures / values", "lag, median / 95 %", "kernel"]

DEAF = "from course_utils.live.ahead import Ahead\nAhead.hear = lambda *_: None"

# Wraps what the lecture calls `live`.
PACED = """
import functools, time

def paced(compute):
    @functools.wraps(compute)
    def slow(*args, **kwargs):
        end = time.perf_counter() + {least}
        result = compute(*args, **kwargs)
        while time.perf_counter() < end:
            pass
        return result
    return slow

def live(compute, *views, _live=live, **sliders):
    return _live(paced(compute), *views, **sliders)
"""

# The class of Jupyter's server under another name, which the course leaves in place.
PLAIN = """
from jupyter_server.services.kernels.connection import channels

class Plain(channels.ZMQChannelsWebsocketConnection):
    pass

c.ServerApp.kernel_websocket_connection_class = Plain
"""

WATCH = """() => {
    window.now = () => performance.timeOrigin + performance.now();
    window.seen = { hand: [], frames: [], down: 0, up: 0 };
    const readout = document.querySelector('.course-figure .widget-readout');
    const picture = document.querySelector('.course-live [role=img]');
    const number = text => parseFloat(text?.replace('−', '-'));  // not a hyphen
    const note = () => {
        const place = number(readout.textContent);
        if (place !== seen.hand.at(-1)?.[1]) seen.hand.push([now(), place]);
    };
    new MutationObserver(note).observe(readout,
        { childList: true, characterData: true, subtree: true });
    const frame = () => {
        note();
        const eta = /η = ([−0-9.]+)/.exec(picture.getAttribute('aria-label'))?.[1];
        seen.frames.push([now(), number(eta)]);
        requestAnimationFrame(frame);
    };
    frame();
    addEventListener('pointerdown', () => {
        Object.assign(seen, { hand: seen.hand.slice(-1), frames: [], down: now() });
    }, true);
    addEventListener('pointerup', () => { seen.up = now(); }, true);
}"""


def notebook(least: float, deaf: bool) -> str:
    """The lecture up to its first live figure."""
    cells = [c.source for c in nbformat.read(LECTURE, 4).cells if c.cell_type == "code"]
    last = next(k for k, text in enumerate(cells) if "\nlive(" in text)
    first = [cells[0], PACED.format(least=least), *([DEAF] if deaf else [])]
    code = [new_code_cell(text) for text in [*first, *cells[1 : last + 1]]]
    about = {"kernelspec": build.KERNEL}
    return nbformat.writes(new_notebook(cells=code, metadata=about))


class Server:
    """JupyterLab behind a delay line, with Jupyter's own connection class or ours."""

    def __init__(self, stack: ExitStack, plain: bool):
        folder, scratch = (
            pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
            for _ in range(2)
        )
        if plain:
            settings = scratch / "jupyter_config_dir" / "jupyter_server_config.py"
            settings.parent.mkdir()
            settings.write_text(PLAIN, "utf-8")
        url, self.token = stack.enter_context(running_lab(folder, scratch))
        self.folder = folder
        self.line: Delay = stack.enter_context(delayed(int(url.rpartition(":")[2])))

    def open(self, browser, name: str, least: float, deaf: bool):
        """A page with the figure, run."""
        (self.folder / f"{name}.ipynb").write_text(notebook(least, deaf), "utf-8")
        page = new_page(browser, 1280, 900)
        page.set_default_timeout(120_000)
        at = f"http://127.0.0.1:{self.line.port}/lab/tree/{name}.ipynb"
        page.goto(f"{at}?token={self.token}&reset")
        page.wait_for_function(READY)
        if wrong := errors(run_all(page)):
            raise RuntimeError(f"{name}: {wrong[0]['evalue']}")
        page.wait_for_selector(".course-live canvas")
        page.evaluate(WATCH)
        return page


class Figure:
    """One figure on its page, one way; what was measured of it, by delay."""

    def __init__(self, browser, server: Server, which: str, way: str):
        self.server, self.way = server, way
        name = f"{which} {way}".replace(" ", "_")
        self.page = server.open(browser, name, LEAST[which], deaf=way != NOW)
        self.handles = self.page.locator(".course-figure .noUi-handle")
        self.track = self.page.locator(".course-figure .noUi-base").first
        self.rows: dict[int, list[dict]] = {delay: [] for delay in DELAYS}

    def turn(self, delay: int) -> None:
        self.server.line.wait(delay / 2000)
        self.page.bring_to_front()
        self.press(1, "ArrowLeft")
        self.press(0, "Home")
        drags = [self.drag(lambda share: share)]
        self.drag(lambda share: 1 - share)
        self.press(0, "Home")
        drags += [self.drag(to_and_fro)]
        self.rows[delay].append(dict(zip(DRAGS, drags, strict=True)))
        self.server.line.wait(0)
        print(f"  {delay} ms, {self.way}:", *map(brief, drags), file=sys.stderr)

    def press(self, slider: int, key: str) -> None:
        self.handles.nth(slider).focus()
        self.page.keyboard.press(key)
        self.settle()

    def settle(self) -> None:
        """Until rows that are under way have come."""
        self.page.wait_for_timeout(1000 + 8000 * self.server.line.most)

    def drag(self, path: Callable[[float], float]) -> dict[str, float]:
        """Along this path, shares of the track by shares of the time."""
        cpu = self.cpu()
        pull(self.page.mouse, self.track.bounding_box(), path)
        self.page.mouse.up()
        self.page.wait_for_timeout(1000 * REST)
        cpu = self.cpu() - cpu
        seen = self.page.evaluate("({ ...seen })")
        self.settle()
        return followed(**seen) | {"cpu": 1000 * cpu}

    def cpu(self) -> float:
        """The kernel's processor time so far, all threads, in seconds."""
        return float(self.page.evaluate(ASK, "time.process_time()"))


def followed(hand: list, frames: list, down: float, up: float) -> dict:
    """What was seen of the values the hand stood at, and how far behind it was.

    Parameters
    ----------
    hand, frames : lists of [ms, value]
        When the hand came to a value; which value's picture was there at a frame.
    down, up : float
        When the mouse was pressed, and let go.

    Returns
    -------
    dict
        `values`, to how many others the hand came and was still there when a display
        frame was due: what it left sooner nothing could have shown; `pictures`, of how
        many of these stays the own picture was seen before the hand came there again;
        `lags`, for each frame of the drag, see `apart`.
    """
    came = [at for at, _ in hand]
    last: dict[float, int] = {}  # the latest stay at each value
    due: set[int] = set()
    seen: set[int] = set()
    stay = 0
    for at, value in frames:
        while stay < bisect.bisect_right(came, at):
            last[hand[stay][1]] = stay
            stay += 1
        due.add(stay - 1)
        if value in last:
            seen.add(last[value])
    due.discard(0)
    lags = [apart(hand, *frame) for frame in frames if down <= frame[0] <= up]
    known = [lag for lag in lags if lag is not None]
    return {"values": len(due), "pictures": len(seen & due), "lags": known}


def apart(hand: list, at: float, value: float) -> float | None:
    """How long ago (ms) the hand left the value whose picture is there.

    Of a neighbour that the hand has not reached, how long until it comes; `None` if
    it never comes.
    """
    left = [*(time for time, _ in hand[1:]), float("inf")]
    stays = [(a, b) for (a, one), b in zip(hand, left, strict=True) if one == value]
    before = [end for start, end in stays if start <= at]
    if before:
        return max(0.0, at - before[-1])
    return stays[0][0] - at if stays else None


def median(rows: list[dict], of: Callable[[dict], float]) -> float:
    """Over the rounds."""
    return statistics.median(map(of, rows))


def share(drag: dict) -> float:
    return drag["pictures"] / drag["values"]


def lag(drag: dict, quantile: float) -> float:
    return float(np.quantile(drag["lags"], quantile))


def brief(drag: dict) -> str:
    late = [lag(drag, quantile) for quantile in (0.5, 0.95)]
    seen = f"{drag['pictures']} / {drag['values']}"
    return f"{seen}, {late[0]:.0f} / {late[1]:.0f} ms, {drag['cpu']:.0f} ms;"


def cells(rows: list[dict], before: list[dict]) -> list[str]:
    """Three columns for one kind of drag; `before` is without both, at 0 ms."""
    values, pictures, cpu = (
        median(rows, lambda row, k=k: row[k]) for k in ("values", "pictures", "cpu")
    )
    late = [median(rows, lambda row, q=q: lag(row, q)) for q in (0.5, 0.95)]
    pairs = zip(rows, before, strict=True)
    times = statistics.median(a["cpu"] / b["cpu"] for a, b in pairs)
    return [
        f"{pictures:.0f} / {values:.0f} = {median(rows, share):.2f}",
        f"{late[0]:.0f} / {late[1]:.0f} ms",
        f"{cpu:.0f} ms = {times:.2g} ×",
    ]


def row(figure: Figure, delay: int, before: Figure) -> list[str]:
    columns = [
        cell
        for kind in DRAGS
        for cell in cells(
            [turn[kind] for turn in figure.rows[delay]],
            [turn[kind] for turn in before.rows[0]],
        )
    ]
    return [f"{delay} ms", figure.way, *columns]


def measure(stack: ExitStack, browser, rounds: int) -> dict[str, list[Figure]]:
    """All figures in all ways, in turns."""
    servers = {plain: Server(stack, plain) for plain in (False, True)}
    figures = {
        which: [Figure(browser, servers[way == NEITHER], which, way) for way in WAYS]
        for which in LEAST
    }
    for turn in range(rounds):
        print(f"round {turn + 1} of {rounds}", file=sys.stderr)
        for delay in DELAYS:
            for ways in figures.values():
                for k in range(len(ways)):
                    ways[(turn + k) % len(ways)].turn(delay)
    return figures


def main() -> None:
    stop_politely()
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with ExitStack() as stack, running_chromium() as browser:
        figures = measure(stack, browser, rounds)
        chromium = f"Chromium {browser.version}"
    print(f"{machine(*PACKAGES)}, {chromium}; {rounds} rounds")
    for which, ways in figures.items():
        rows = [row(one, delay, ways[-1]) for delay in DELAYS for one in ways]
        print(f"\nThe {which}:\n\n{table(HEAD, rows, words=(0, 1))}")


if __name__ == "__main__":
    main()
