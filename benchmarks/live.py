"""How well does a live figure follow the hand? In JupyterLab, in Chromium.

    python3 -m uv run --with ipympl python -m benchmarks.live

One figure, `contenders.py`, drawn by `course_utils.live`, by `interact` with a new
pyplot figure for every value (A), by ipympl (C; left out if it is not installed), and,
as the limit of what any figure can reach, a slider that only changes a text. Each has
a page and a kernel of its own, and they take turns: the cell is run again, so that no
page has a record yet; → is pressed on the slider, again and again, each time when the
picture has followed; then a mouse drags the handle to and fro for four seconds. The
page itself looks at the picture before each display frame, and counts the bytes of its
websockets.

Needs Chromium or Chrome on the path (Debian: `apt install chromium`) and Playwright's
Python package, which belongs to the development dependencies; no browser is downloaded.
Close other programs first. Prints the table of `benchmarks/README.md`.
"""

import ast
import importlib.util
import os
import pathlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

import build
from support.browser import new_page, running_chromium
from support.lab_page import READY, run_all
from support.lab_server import running_lab

from .contenders import cell
from .report import machine, stop_politely, table

PACKAGES = "numpy matplotlib ipykernel ipywidgets anywidget jupyterlab".split()
ROUNDS = 5
KEYS = 3.0  # seconds of pressing →
DRAG = 4.0  # seconds of dragging
SWEEPS = 5  # from end to end within one drag; odd, so that it ends on the right
TICK = 1 / 60  # seconds between two moves of the mouse
OURS, RERUN, REDRAW, LABEL = "course_utils.live", "A", "C", "limit"

# Each contender: how it is shown, where in the page its picture stands, what it is.
CONTENDERS = {
    OURS: ("show_ours", ".course-live canvas", "`course_utils.live`"),
    RERUN: ("show_rerun", ".jp-OutputArea-output img", "A: `interact` + `plt.show`"),
    REDRAW: ("show_redraw", ".jupyter-widgets canvas", "C: ipympl, `draw_idle`"),
    LABEL: ("show_label", ".follows", "limit: only a text changes"),
}

HEAD = [
    "",
    "kernel CPU per update",
    "to ours",
    "received per update",
    "fps in a drag",
    "to ours",
    "right picture after release",
    "renders after release (most)",
]

# Before anything else runs in the page: count what its websockets receive.
COUNT = """
window.meter = { bytes: 0, heard: 0, changes: [], seen: null };
window.now = () => performance.timeOrigin + performance.now();
window.WebSocket = class extends WebSocket {
    constructor(...where) {
        super(...where);
        this.addEventListener('message', ({ data }) => {
            meter.bytes += data.byteLength ?? data.size ?? data.length;
            meter.heard = now();
        });
    }
};
"""

# Before each display frame: is it another picture than the last? An image, not yet
# decoded, is none; of a canvas every seventh dot counts, so that looking costs little.
WATCH = """where => {
    const dots = canvas => {
        const { width, height } = canvas;
        if (!width || !height) return 0;
        const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
        const words = new Uint32Array(data.buffer);
        let sum = 0;
        for (let i = 0; i < words.length; i += 7) sum = Math.imul(sum, 31) + words[i];
        return sum | 0;
    };
    const look = node => node.tagName === 'CANVAS' ? dots(node)
        : node.tagName === 'IMG' ? node.complete && node.src : node.textContent;
    const watch = () => {
        const seen = [...document.querySelectorAll(where)].map(look).join();
        if (seen && seen !== 'false' && seen !== meter.seen) {
            meter.seen = seen;
            meter.changes.push(now());
        }
        requestAnimationFrame(watch);
    };
    watch();
    addEventListener('pointerdown', () => { meter.down = now(); }, true);
    addEventListener('pointerup', () => { meter.up = now(); }, true);
}"""

# Nothing has come for a while, and the kernel has nothing to do.
QUIET = """() => {
    const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
    const last = Math.max(meter.heard, meter.changes.at(-1) ?? 0);
    return kernel.status === 'idle' && now() - last > 600;
}"""

ASK = """async it => {
    const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
    const question = { code: '', silent: true, user_expressions: { it } };
    const { content } = await kernel.requestExecute(question).done;
    return content.user_expressions.it.data['text/plain'];
}"""


class Contender:
    """One page with one slider, its picture and its kernel."""

    def __init__(self, browser, lab: tuple[str, str], folder: pathlib.Path, name: str):
        show, self.where, self.words = CONTENDERS[name]
        self.rows: list[dict[str, float]] = []
        path = folder / f"{show}.ipynb"
        path.write_text(notebook(show), "utf-8")
        self.page = new_page(browser, 1280, 800)
        self.page.set_default_timeout(120_000)
        self.page.add_init_script(COUNT)
        url, token = lab
        self.page.goto(f"{url}/lab/tree/{path.name}?token={token}&reset")
        self.page.wait_for_function(READY)
        wrong = [out for out in run_all(self.page) if out["output_type"] == "error"]
        if wrong:
            raise RuntimeError(f"{self.words}: {wrong[0]['evalue']}")
        self.page.wait_for_selector(self.where)
        self.page.evaluate(WATCH, self.where)
        self.handle = self.page.locator(".noUi-handle").first
        self.track = self.page.locator(".noUi-base").first
        self.settle()

    def turn(self) -> None:
        """One round: the cell anew, the keys, then the mouse."""
        self.page.bring_to_front()
        run_all(self.page)
        self.page.wait_for_selector(self.where)
        self.settle()
        self.rows.append(self.press() | self.drag())
        print(f"  {self.words}: {self.rows[-1]}", file=sys.stderr)

    def press(self) -> dict[str, float]:
        """→ on the slider, each time when the picture has followed."""
        self.press_one("Home")
        cpu, bytes_before, pressed = self.cpu(), self.meter("bytes"), 0
        end = time.monotonic() + KEYS
        while time.monotonic() < end and pressed < 95:
            self.press_one("ArrowRight", settle=False)
            pressed += 1
        self.settle()
        received = self.meter("bytes") - bytes_before
        used = self.cpu() - cpu
        return {"cpu": 1000 * used / pressed, "kB": received / pressed / 1000}

    def press_one(self, key: str, settle: bool = True) -> None:
        """A key on the slider's handle; return when another picture stands there."""
        self.handle.focus()
        seen, before = self.meter("changes.length"), self.value()
        self.page.keyboard.press(key)
        self.page.evaluate("new Promise(requestAnimationFrame)")
        if self.value() != before:
            self.page.wait_for_function("n => meter.changes.length > n", arg=seen)
        if settle:
            self.settle()

    def value(self) -> str:
        """The number beside the slider; `aria-valuenow` is rounded to one decimal."""
        return self.page.locator(".widget-readout").first.inner_text()

    def drag(self) -> dict[str, float]:
        """To and fro with the mouse; what was seen until, and after, it let go."""
        self.press_one("End")
        right = self.meter("seen")
        self.press_one("Home")
        self.move()
        down, up = self.meter("down"), self.meter("up")
        self.settle()
        if self.meter("seen") != right:
            raise RuntimeError(f"{self.words}: ended on a wrong picture")
        changes = [at for at in self.meter("changes") if at > down]
        late = [at - up for at in changes if at > up]
        return {
            "fps": 1000 * (len(changes) - len(late)) / (up - down),
            "after": max(late, default=0.0),
            "queued": sum(1000 * at > up for at in self.computed()),
        }

    def move(self) -> None:
        """The handle from end to end, and let go at the right one."""
        box, mouse = self.track.bounding_box(), self.page.mouse
        pull(mouse, box, to_and_fro)
        mouse.move(box["x"] + box["width"] + 5, box["y"] + box["height"] / 2)
        mouse.up()

    def settle(self) -> None:
        """Wait until nothing moves any more: page, websocket and kernel."""
        self.page.wait_for_function(QUIET)

    def meter(self, what: str):
        return self.page.evaluate(f"meter.{what}")

    def cpu(self) -> float:
        """The kernel's processor time so far, all threads, in seconds."""
        return float(self.ask("time.process_time()"))

    def computed(self) -> list[float]:
        """When each update so far was computed, in seconds since 1970."""
        return ast.literal_eval(self.ask("contenders.computed"))

    def ask(self, expression: str) -> str:
        """What the kernel says to a Python expression."""
        return self.page.evaluate(ASK, expression)


def to_and_fro(share: float) -> float:
    """From end to end, SWEEPS times: 0 → 1 → 0 → 1 …"""
    return abs((share * SWEEPS + 1) % 2 - 1)


def pull(mouse, track: dict, path: Callable[[float], float]) -> None:
    """Press the mouse and pull for DRAG seconds; it is not yet let go.

    `path`: shares of the slider's track by shares of the time.
    """
    y = track["y"] + track["height"] / 2
    mouse.move(track["x"] + path(0.0) * track["width"], y)
    mouse.down()
    start = time.monotonic()
    while (passed := time.monotonic() - start) < DRAG:
        mouse.move(track["x"] + path(passed / DRAG) * track["width"], y)
        time.sleep(max(0.0, TICK - (time.monotonic() - start - passed)))


def notebook(show: str) -> str:
    """One cell that shows one contender."""
    cells, about = [new_code_cell(cell(show))], {"kernelspec": build.KERNEL}
    return nbformat.writes(new_notebook(cells=cells, metadata=about))


def find_all_extensions() -> None:
    """`uv run --with` lays one environment over another; Jupyter looks in one only."""
    sites = [pathlib.Path(one) for one in sys.path if one.endswith("site-packages")]
    for variable, folder in (
        ("JUPYTER_PATH", "share/jupyter"),
        ("JUPYTER_CONFIG_PATH", "etc/jupyter"),
    ):
        found = [site.parents[2] / folder for site in sites]
        os.environ[variable] = os.pathsep.join(str(one) for one in found)


def installed() -> list[str]:
    """The contenders that can take part."""
    if importlib.util.find_spec("ipympl"):
        return list(CONTENDERS)
    return [name for name in CONTENDERS if name != REDRAW]


def median(contender: Contender, column: str) -> float:
    return statistics.median(row[column] for row in contender.rows)


def ratio(one: Contender, other: Contender, column: str) -> float:
    """Round by round, so that a busy moment disturbs both."""
    pairs = zip(one.rows, other.rows, strict=True)
    return statistics.median(a[column] / b[column] for a, b in pairs)


def row(one: Contender, ours: Contender) -> list[str]:
    """Medians over the rounds."""
    most = max(row["queued"] for row in one.rows)
    return [
        one.words,
        f"{median(one, 'cpu'):.1f} ms",
        f"{ratio(one, ours, 'cpu'):.3g} ×",
        f"{median(one, 'kB'):.1f} kB",
        f"{median(one, 'fps'):.1f}",
        f"{ratio(one, ours, 'fps'):.2g} ×",
        f"{median(one, 'after'):.0f} ms",
        f"{median(one, 'queued'):.0f} ({most})",
    ]


def absent(name: str) -> list[str]:
    return [CONTENDERS[name][-1], "not installed", *[""] * (len(HEAD) - 2)]


def reached(all_of: dict[str, Contender]) -> str:
    """The goals, and what was measured."""
    ours, peer, limit = (all_of[name] for name in (OURS, RERUN, LABEL))
    queued = max(row["queued"] for row in ours.rows)
    return "\n".join(
        [
            f"- kernel CPU 1/{ratio(peer, ours, 'cpu'):.0f} of A's (goal: ≤ 1/25)",
            f"- a drag shows {ratio(ours, peer, 'fps'):.0f} × A's pictures (goal: ≥ 10)"
            f", {ratio(ours, limit, 'fps'):.2f} of the limit (goal: ≥ 0.8)",
            f"- {queued} renders after release at most (goal: ≤ 2)",
            f"- {median(ours, 'kB'):.1f} kB per update (goal: ≤ 20)",
        ]
    )


def main() -> None:
    stop_politely()
    find_all_extensions()
    with (
        tempfile.TemporaryDirectory() as scratch,
        tempfile.TemporaryDirectory() as folder,
        running_lab(pathlib.Path(folder), pathlib.Path(scratch)) as lab,
        running_chromium() as browser,
    ):
        all_of = {
            name: Contender(browser, lab, pathlib.Path(folder), name)
            for name in installed()
        }
        for turn in range(ROUNDS):
            print(f"round {turn + 1} of {ROUNDS}", file=sys.stderr)
            names = list(all_of)
            shift = turn % len(names)
            for name in names[shift:] + names[:shift]:
                all_of[name].turn()
        chromium = f"Chromium {browser.version}"
        print(f"{machine(*PACKAGES)}, {chromium}; {ROUNDS} rounds\n")
    rows = [
        row(all_of[name], all_of[OURS]) if name in all_of else absent(name)
        for name in CONTENDERS
    ]
    print(table(HEAD, rows), reached(all_of), sep="\n\n")


if __name__ == "__main__":
    main()
