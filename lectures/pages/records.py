"""A live figure for a page without a kernel: the record of every point of its grid.

Nothing is interpolated: every picture that the page can show was computed by the
lecture's own code.
"""

import base64
import gzip
import json

import numpy as np

from course_utils.languages import LANGUAGES
from course_utils.live import Live
from course_utils.live.ledger import Ledger

from .grid import Grid


def pack(figure: Live, grid: Grid) -> dict[str, str]:
    """The records of a figure over its grid: for each language one text."""
    ledger, entries, spoken, met = Ledger(), [], [], ""
    for key in grid.keys():
        record = figure.record(key)
        if record.trouble:
            raise SystemExit(f"grid: {record.trouble}")
        entries.append(ledger.add(record.marks, record.points))
        spoken.append(record.sentences)
        met += str(int(record.met))
    about = {
        **grid.about(),
        "sizes": [*figure.picture.size, len(figure.picture.views)],
        "holds": grid.held(figure.canvas.holds),
        "still": base64.b64encode(figure.picture.still).decode(),
        "marks": [mark for entry in entries for mark in entry.marks],
        "rows": [entry.row for entry in entries],
    }
    chunks = (chunk for entry in entries for chunk in entry.chunks)
    where = b"".join(map(_differences, chunks))
    texts = {}
    for language in LANGUAGES:
        own = {"words": [words[language] for words in spoken]}
        if figure.goal:  # one bit a record, and what is shown and said of it
            own |= {"goal": figure.goal.about(language), "met": met}
        texts[language] = _text({**about, **own}, where)
    return texts


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
