"""What painter.js makes of a live figure's traits, anywhere on a page; no Jupyter."""

import base64

from course_utils.live.canvas import Canvas

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
