"""A live figure for a page without a kernel: its records over a grid of slider values.

Nothing is interpolated: every picture that the page can show was computed by the
lecture's own code. Which sliders move, and in which steps, the cell of the figure
says in its metadata::

    grid:
      eta: 0.05                        # every multiple of 0.05, the ends, the default
      kappa: [1, 4, [10, 50, 10]]      # these, 10 to 50 by 10, and the default
      together: [[eta, steps], [eta, kappa]]     # what varies at the same time

A slider without an entry has all of its values, unless `together` leaves it out: it
then stays at its default, and the page says so. Without `grid` all sliders vary.
"""

import base64
import gzip
import json
import math
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import ipywidgets as widgets
import numpy as np

from course_utils.languages import LANGUAGES
from course_utils.live import Live
from course_utils.live.ledger import Ledger
from course_utils.live.sliders import choices, letter, said, walks

MOST = 20_000  # states of one figure: more would not fit a page, and take minutes


def grid(name: str, slider, wish) -> list:
    """The values of one slider that a page has; see the top of this file."""
    everything = choices(slider)
    if wish is None:
        return everything
    if not isinstance(slider, widgets.IntSlider | widgets.FloatSlider):
        raise SystemExit(f"grid: {name}: only a slider of numbers has a grid")
    wanted = [*_wanted(name, everything[0], everything[-1], wish), slider.value]
    places = {_place(name, everything, z) for z in wanted}
    return [everything[place] for place in sorted(places)]


def _wanted(name: str, low: float, high: float, wish) -> Iterator[float]:
    """The values that a wish names."""
    if not isinstance(wish, list):
        if not wish > 0:
            raise SystemExit(f"grid: {name} = {wish}: a step is a positive number")
        first = math.ceil(low / wish - 1e-9) * wish
        yield from (low, *_multiples(first, high, wish), high)
        return
    for part in wish:
        span = part if isinstance(part, list) else [part, part, 1]
        if len(span) != 3 or not span[2] > 0:
            raise SystemExit(f"grid: {name} = {span}: a span is low, high, step")
        yield from _multiples(*span)


def _multiples(low: float, high: float, step: float) -> list[float]:
    count = math.floor((high - low) / step + 1e-9)
    return [low + step * place for place in range(count + 1)]


def _place(name: str, values: list, z: float) -> int:
    """Where z stands among the slider's values."""
    place = min(range(len(values)), key=lambda place: abs(values[place] - z))
    if not math.isclose(values[place], z, rel_tol=1e-9, abs_tol=1e-9):
        raise SystemExit(f"grid: {name} = {z:g} is no value of its slider")
    return place


class Control(NamedTuple):
    """A slider as a person sees it."""

    name: str
    letter: str
    kind: str  # range, select or check
    texts: list[str]  # its values, as they are read
    start: int  # the place of its default among them
    walks: bool  # whether it has a ▶


class Sheets:
    """The sliders of a page's figure: their values, and which vary at the same time.

    Parameters
    ----------
    figure : Live
    page : dict
        What the cell's metadata says; see the top of this file.
    """

    def __init__(self, figure: Live, page: dict):
        figure.reset()
        self.figure, self.home = figure, figure.values
        names = list(figure.sliders)
        wishes = {k: v for k, v in page.items() if k != "together"}
        self.together = page.get("together", [names])
        used = [name for names in self.together for name in names]
        for name in [*wishes, *used]:
            if name not in names:
                raise SystemExit(f"grid: {name}: the sliders are {', '.join(names)}")
        self.values = {
            name: grid(name, slider, wishes.get(name))
            for name, slider in figure.sliders.items()
            if name in used
        }
        self.together = [[n for n in self.values if n in s] for s in self.together]
        counts = [math.prod(len(self.values[n]) for n in s) for s in self.together]
        self.states = sum(counts)
        if self.states > MOST:
            grids = " · ".join(f"{n}: {len(z)} values" for n, z in self.values.items())
            raise SystemExit(f"grid: {self.states} states, at most {MOST} ({grids})")

    def __len__(self) -> int:
        return self.states

    def places(self) -> Iterator[dict]:
        """Every point of every sheet; the last slider of a sheet varies fastest."""
        for names in self.together:
            for point in product(*(self.values[name] for name in names)):
                yield {**self.home, **dict(zip(names, point, strict=True))}

    def about(self) -> dict:
        """How the page finds a state: counts, where each slider starts, the sheets."""
        names = list(self.values)
        return {
            "counts": [len(values) for values in self.values.values()],
            "starts": [v.index(self.home[name]) for name, v in self.values.items()],
            "sheets": [[names.index(name) for name in s] for s in self.together],
        }

    def controls(self) -> list[Control]:
        """What a person sees of every slider that moves."""
        return [
            self._control(name, values, self.figure.sliders[name])
            for name, values in self.values.items()
        ]

    def _control(self, name: str, values: list, slider) -> Control:
        kind = "range"
        if isinstance(slider, widgets.Dropdown):
            kind, texts = "select", list(slider._options_labels)
        elif isinstance(slider, widgets.Checkbox):
            kind, texts = "check", ["", ""]
        elif isinstance(slider, widgets.FloatSlider):
            texts = [format(value, slider.readout_format) for value in values]
        else:
            texts = [str(value) for value in values]
        start = values.index(self.home[name])
        return Control(name, letter(name), kind, texts, start, walks(name, slider))

    def fixed(self) -> dict[str, str]:
        """The letters of the sliders that do not move, and where they stand."""
        return {
            letter(name): said(slider)
            for name, slider in self.figure.sliders.items()
            if name not in self.values
        }


def pack(figure: Live, page: dict) -> dict[str, str]:
    """The records of a figure over its grid: for each language one text."""
    sheets = Sheets(figure, page)
    ledger, entries, spoken = Ledger(), [], []
    for place in sheets.places():
        entries.append(ledger.add(*_record(figure, place)))
        spoken.append(figure.sentences())
    figure.reset()
    about = {
        **sheets.about(),
        "sizes": [*figure.picture.size, len(figure.picture.views)],
        "still": base64.b64encode(figure.picture.still).decode(),
        "marks": [mark for entry in entries for mark in entry.marks],
        "rows": [entry.row for entry in entries],
    }
    chunks = (chunk for entry in entries for chunk in entry.chunks)
    where = b"".join(map(_differences, chunks))
    return {
        language: _text(
            {**about, "words": [words[language] for words in spoken]}, where
        )
        for language in LANGUAGES
    }


def _record(figure: Live, place: dict) -> tuple[list[dict], bytes]:
    """Marks and points of one state."""
    for name, value in place.items():
        figure.sliders[name].value = value  # as a hand does it
    if figure.canvas.trouble:
        raise SystemExit(f"grid: {figure.canvas.trouble}")
    return figure.canvas.marks, figure.canvas.points


def _differences(chunk: bytes) -> bytes:
    """All x, then all y, each as steps from point to point.

    One letter is then the same wherever it stands, and what is alike lies together.
    """
    points = np.frombuffer(chunk, "<i2")
    pairs = points[: len(points) // 2 * 2].reshape(-1, 2)
    steps = np.diff(pairs, axis=0, prepend=np.zeros((1, 2), "<i2"))  # modulo 2¹⁶
    return steps.T.tobytes() + points[pairs.size :].tobytes()


def _text(about: dict, where: bytes) -> str:
    """Four bytes of length, JSON, int16: compressed, and as text for a page."""
    head = json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode()
    head += b" " * (len(head) % 2)  # the int16 begin at an even place
    whole = len(head).to_bytes(4, "little") + head + where
    return base64.b64encode(gzip.compress(whole, 9, mtime=0)).decode()
