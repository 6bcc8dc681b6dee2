"""What painter.js makes of a live figure's traits, anywhere on a page; no Jupyter.

And whether it is what Agg makes of them. Agg moves lines to whole dots, a canvas does
not. So both pictures are blurred by one dot, and a colour may be found one dot away:
LEVELS and SHARE say how much may be off.
"""

import base64

import numpy as np
from PIL import Image, ImageFilter

from course_utils.live.canvas import Canvas

LEVELS = 48  # of 255
# Of the dots, by scale: a line that runs along its own way, dashes that cross.
SHARE = {1: 0.005, 2: 0.002}

TRAITS = "width", "height", "panels", "marks", "words", "trouble"

# A model as the painter expects one, and what it has painted two frames later.
PAINT = """async (place, { painter, still, points, ...state }) => {
    const { render } = (await import(painter)).default();
    const bytes = text => new DataView(
        Uint8Array.from(atob(text), letter => letter.charCodeAt(0)).buffer);
    const traits = { ...state, still: bytes(still), points: bytes(points) };
    const model = { get: name => traits[name], on() {}, off() {} };
    const el = document.createElement('div');
    place.append(el);
    const clean = render({ model, el });
    const canvases = [...el.querySelectorAll('canvas')];
    const frame = () => new Promise(requestAnimationFrame);
    while (canvases.some(canvas => canvas.width === 300)) await frame();  // untouched
    await frame();
    await frame();
    clean();
    el.remove();
    return canvases.map(canvas => canvas.toDataURL('image/png'));
}"""


def paint(place, canvas: Canvas) -> list[str]:
    """Its panels, painted in this element of a page and gone again, as data URLs."""
    state = {name: getattr(canvas, name) for name in TRAITS}
    for name in ("still", "points"):
        state[name] = encoded(getattr(canvas, name))
    script = encoded(canvas._esm.encode())
    return place.evaluate(
        PAINT, state | {"painter": f"data:text/javascript;base64,{script}"}
    )


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def blurred(dots: np.ndarray) -> np.ndarray:
    picture = Image.fromarray(dots.astype(np.uint8)).filter(ImageFilter.BoxBlur(1))
    return np.asarray(picture).astype(np.int16)


def around(extreme: np.ufunc, dots: np.ndarray) -> np.ndarray:
    """The least or the greatest of each dot and its eight neighbours, by channel."""
    rows, columns, _ = dots.shape
    wide = np.pad(dots, ((1, 1), (1, 1), (0, 0)), mode="edge")
    tall = extreme.reduce([wide[:, k : k + columns] for k in range(3)])
    return extreme.reduce([tall[k : k + rows] for k in range(3)])


def stray(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Where `one` has a colour that `other` has nowhere near."""
    low, high = around(np.minimum, other), around(np.maximum, other)
    return ((one < low - LEVELS) | (one > high + LEVELS)).any(axis=-1)


def share_astray(one: np.ndarray, other: np.ndarray) -> float:
    one, other = blurred(one), blurred(other)
    return float((stray(one, other) | stray(other, one)).mean())
