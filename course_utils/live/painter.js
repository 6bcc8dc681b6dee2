// Paints a Matplotlib figure: its still parts are one picture, what moves is a list of
// marks (how) and one array of int16 (where), written by recorder.py.
const UNIT = 16, LIFT = -32768;
const GROW = 1.25;  // of its size in points, where the page has room (on a projector, say)

const PAINT = {
  path: (g, mark, points) => draw(g, mark, trace(points)),
  stamps(g, mark, points) {
    const [n, places] = mark.n, end = 2 * (n + places);
    const shape = trace(points.subarray(0, 2 * n));
    for (let i = 0; i < places; i++) {
      const [x, y] = points.subarray(2 * (n + i));
      if (mark.palette) [mark.fill, mark.stroke] = mark.palette[points[end + i]];
      g.translate(x / UNIT, y / UNIT);
      draw(g, mark, shape);
      g.translate(-x / UNIT, -y / UNIT);
    }
  },
  image(g, mark, points) {
    const [x0, y0, x1, y1] = points.subarray(0, 4).map(Number);
    g.imageSmoothingEnabled = false;
    g.globalAlpha = mark.alpha;
    g.translate(x0 / UNIT, y0 / UNIT);
    g.scale((x1 - x0) / UNIT, (y1 - y0) / UNIT);
    g.drawImage(bitmap(mark, points.subarray(4)), 0, 0, 1, 1);
  },
};

function draw(g, mark, path) {
  if (mark.fill) { g.fillStyle = mark.fill; g.fill(path); }
  if (mark.width) { g.strokeStyle = mark.stroke; g.stroke(path); }
}

// Pairs of int16 to strokes; a stroke that ends where it began is a closed one.
function trace(points) {
  const path = new Path2D();
  let begin = 0;
  for (let i = 0; i <= points.length; i += 2) {
    if (i < points.length && points[i] !== LIFT) {
      const x = points[i] / UNIT, y = points[i + 1] / UNIT;
      if (i === begin) path.moveTo(x, y); else path.lineTo(x, y);
      continue;
    }
    const closed = points[i - 2] === points[begin] && points[i - 1] === points[begin + 1];
    if (closed && i - begin > 4) path.closePath();
    begin = i + 2;
  }
  return path;
}

function bitmap({ size: [width, height], palette }, colours) {
  const small = document.createElement('canvas');
  Object.assign(small, { width, height });
  const g = small.getContext('2d'), image = g.createImageData(width, height);
  const rgba = new DataView(image.data.buffer);
  colours.forEach((colour, i) => rgba.setUint32(4 * i, palette[colour], true));
  g.putImageData(image, 0, 0);
  return small;
}

function paintMark(g, mark, points) {
  g.save();
  if (mark.clip) { g.beginPath(); g.rect(...mark.clip); g.clip(); }
  Object.assign(g, { lineWidth: mark.width, lineJoin: mark.join, lineCap: mark.cap });
  g.setLineDash(mark.dash || []);
  g.lineDashOffset = mark.offset || 0;
  PAINT[mark.kind](g, mark, points);
  g.restore();
}

// What the traits of a model hold, as a record; ahead.js has some that came alone.
const standing = model => ({
  words: model.get('words'),
  trouble: model.get('trouble'),
  get parts() {
    const bytes = model.get('points');  // a copy starts on an even address, as int16 must
    const copy = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    let rest = new Int16Array(copy);
    return model.get('marks').map(mark => {
      const points = rest.subarray(0, mark.length);
      rest = rest.subarray(mark.length);
      return [mark, points];
    });
  },
});

function render({ model, el, ahead = null }) {
  const [width, height, panels] = ['width', 'height', 'panels'].map(k => model.get(k));
  const panel = width / panels;
  const still = new Image(), box = document.createElement('div');
  const trouble = document.createElement('pre');
  const canvases = Array.from({ length: panels }, () => document.createElement('canvas'));
  el.classList.add('course-live');
  el.style.setProperty('--ratio', width / height);
  box.setAttribute('role', 'img');
  box.style.cssText = 'display:flex; flex-wrap:wrap; max-width:100%';
  trouble.setAttribute('role', 'alert');
  trouble.style.cssText = 'color:var(--jp-error-color1, #a00); white-space:pre-wrap; font-size:16px';
  for (const canvas of canvases) {
    canvas.style.cssText = `flex:1 1 ${Math.min(panel, 330)}px; min-width:0; ` +
      `max-width:${GROW * panel}px; aspect-ratio:${panel}/${height}`;
  }
  box.append(...canvases);
  el.append(box, trouble);

  function paintPanel(canvas, k, parts) {
    const sharp = (canvas.clientWidth || panel) / panel * (window.devicePixelRatio || 1);
    const w = Math.round(panel * sharp), h = Math.round(height * sharp);
    if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
    const g = canvas.getContext('2d'), zoom = still.naturalWidth / width;
    g.setTransform(1, 0, 0, 1, 0, 0);
    g.imageSmoothingQuality = 'high';
    g.drawImage(still, k * panel * zoom, 0, panel * zoom, height * zoom, 0, 0, w, h);
    g.setTransform(w / panel, 0, 0, h / height, -k * w, 0);
    for (const [mark, points] of parts) paintMark(g, mark, points);
  }

  function paint() {
    const record = ahead?.shown ?? standing(model);
    trouble.textContent = record.trouble;
    box.hidden = Boolean(record.trouble);
    box.style.display = box.hidden ? 'none' : 'flex';
    box.setAttribute('aria-label', record.words);
    if (!still.naturalWidth || box.hidden) return;
    const { parts } = record;
    canvases.forEach((canvas, k) => paintPanel(canvas, k, parts));
  }

  let frame = 0;
  function soon() {  // once a frame, whatever the hand does
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(paint);
  }

  still.onload = paint;
  still.src = URL.createObjectURL(new Blob([model.get('still')], { type: 'image/png' }));
  model.on('change', paint);
  const resized = new ResizeObserver(paint);
  canvases.forEach(canvas => resized.observe(canvas));
  ahead?.views.add(soon);
  return () => {
    ahead?.views.delete(soon);
    cancelAnimationFrame(frame);
    model.off('change', paint);
    resized.disconnect();
    URL.revokeObjectURL(still.src);
  };
}

export default { render };
