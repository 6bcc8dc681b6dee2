// A start that a hand can take: a ring lies on it (hold.py says where); pull it, and the
// sliders go to their nearest values. They are `hand`'s: a Hand in Jupyter, a page's Figure.
const QUIET = 4;  // px that a click may move
const clamp = (low, z, high) => Math.min(Math.max(z, low), high);

// 0 at the low end of an axis, 1 at the high one.
function share([low, high, scale], value) {
  const of = scale === 'log' ? Math.log : Number;
  return (of(value) - of(low)) / (of(high) - of(low));
}

function nearestPlace(values, axis, at) {
  const off = values.map(value => Math.abs(share(axis, value) - at));
  return off.indexOf(Math.min(...off.filter(Number.isFinite)));
}

// The height of a curve at x; its points are those of a record: rounded, with gaps.
function heightAt(points, x) {
  for (let i = 2; i < points.length; i += 2) {
    const [x0, y0, x1, y1] = points.slice(i - 2, i + 2);
    if (x0 !== LIFT && x0 - 1 <= x && x <= x1 + 1) return y0 + (y1 - y0) * (x - x0) / (x1 - x0 || 1);
  }
}

// In figure pixels, as the sliders stand; what is out of the axes waits at their edge.
function startOf({ box, axes, sliders, curve }, hand, record) {
  const at = axes.map((axis, k) => clamp(0, share(axis, hand.at(sliders[k])) || 0, 1));
  const [x, y, w, h] = box, left = x + at[0] * w;
  if (!curve) return [left, y + (1 - at[1]) * h];
  const lowest = ([mark]) => mark.kind === 'path' && String(mark.clip) === String(box);
  const points = curve.length ? curve : record.parts.find(lowest)?.[1] ?? [];
  return [left, clamp(y, (heightAt(points, left * UNIT) ?? 0) / UNIT, y + h)];
}

// Lays a ring on a start, and keeps it there until what is returned is called.
function layRing(hold, { model, el, hand }) {
  const { sliders, axes, panel, box: [x, y, w, h] } = hold;
  const picture = el.querySelector('[role=img]'), ring = document.createElement('div');
  const canvas = picture.querySelectorAll('canvas')[panel];
  const width = model.get('width') / model.get('panels');
  Object.assign(ring, { className: 'course-ring', ariaHidden: 'true' });  // sliders do it too
  picture.append(ring);
  const place = () => {
    const [left, top] = startOf(hold, hand, hand.shown ?? standing(model));
    const scale = canvas.clientWidth / width;
    ring.style.left = `${canvas.offsetLeft + (left - panel * width) * scale}px`;
    ring.style.top = `${canvas.offsetTop + top * scale}px`;
  };
  const aim = (event, [dx, dy] = [0, 0]) => {  // shares of the axes
    const seen = canvas.getBoundingClientRect(), scale = seen.width / width;
    const [right, down] = [event.x - dx - seen.left, event.y - dy - seen.top];
    return [(right / scale + panel * width - x) / w, 1 - (down / scale - y) / h];
  };
  const pull = at => hand.pull(sliders.map((i, k) =>
    [i, nearestPlace(hand.values(i), axes[k], at[k])]));

  let grip = null, pressed = null;
  ring.onmousedown = event => event.preventDefault();  // the focus stays where it is
  ring.onpointerdown = event => {
    if (event.button || grip) return;
    const { left, top, width: size } = ring.getBoundingClientRect();
    grip = [event.x - left - size / 2, event.y - top - size / 2];
    ring.setPointerCapture(event.pointerId);
    hand.take(sliders);
  };
  ring.onpointermove = event => { if (grip) pull(aim(event, grip)); };
  ring.onlostpointercapture = () => { grip = null; hand.release(sliders); };
  canvas.onpointerdown = event => {  // of the mouse: a finger scrolls the page
    const inside = aim(event).every(z => z >= 0 && z <= 1);
    pressed = inside && event.pointerType === 'mouse' && event.button === 0 && event;
  };
  canvas.onpointerup = event => {
    if (!pressed || Math.hypot(event.x - pressed.x, event.y - pressed.y) > QUIET) return;
    hand.take(sliders);
    pull(aim(event));
    hand.release(sliders);
  };
  new ResizeObserver(place).observe(picture);  // it is called at once, too
  return hand.watch(place);
}
