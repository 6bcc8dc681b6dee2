// Figures without a kernel. Each brings its records, one for every point of its grid,
// computed by the course's code and packed by records.py.

async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const whole = await new Response(stream).arrayBuffer();
  const n = new DataView(whole).getUint32(0, true);
  const about = JSON.parse(new TextDecoder().decode(new Uint8Array(whole, 4, n)));
  return { ...about, steps: new Int16Array(whole, 4 + n) };
}

// A row of numbers: mark, chunk, mark, chunk, … Chunks lie in the order of their first use.
function recordsOf({ rows, marks }) {
  const begins = [0];
  return rows.map(row => {
    const record = [];
    for (let i = 0; i < row.length; i += 2) {
      const mark = marks[row[i]], chunk = row[i + 1];
      begins[chunk + 1] ??= begins[chunk] + mark.length;
      record.push([mark, begins[chunk]]);
    }
    return record;
  });
}

// All x of a chunk, then all y, are kept as steps from point to point: add them up,
// modulo 2¹⁶ as they were made. A number that has no partner stands at the end.
function pointsOf(record, steps) {
  const out = new Int16Array(record.reduce((sum, [mark]) => sum + mark.length, 0));
  let at = 0;
  for (const [{ length }, begin] of record) {
    const n = length >> 1;
    for (let i = 0, x = 0, y = 0; i < n; i++) {
      out[at + 2 * i] = x += steps[begin + i];
      out[at + 2 * i + 1] = y += steps[begin + n + i];
    }
    if (length % 2) out[at + length - 1] = steps[begin + length - 1];
    at += length;
  }
  return new Uint8Array(out.buffer);
}

class Figure {
  constructor(node) {
    this.node = node;
    this.form = node.querySelector('form');
    this.inputs = [...this.form.querySelectorAll('input, select')];
    this.listeners = new Set();
  }

  async open() {
    this.data = await unpack(this.node.querySelector('script').textContent);
    this.records = recordsOf(this.data);
    [this.group] = this.data.together;
    const still = Uint8Array.from(atob(this.data.still), c => c.charCodeAt(0));
    const { goal, holds, sizes: [width, height, panels] } = this.data;
    this.model = { width, height, panels, still, goal, trouble: '' };
    this.inputs.forEach((input, k) => { this.put(k, this.data.starts[k]); });
    this.choose();
    const box = document.createElement('div');
    render({ model: this, el: box });
    holds.forEach(hold => layRing(hold, { model: this, el: box, hand: this }));
    this.node.querySelector('.picture').replaceChildren(box);
    if (goal) this.node.prepend(keepGoal(this).line);
    this.form.hidden = false;
    this.node.classList.add('moves');
    this.form.addEventListener('input', event => this.moved(this.inputs.indexOf(event.target)));
    this.form.addEventListener('submit', event => event.preventDefault());
    this.form.addEventListener('reset', event => { event.preventDefault(); this.reset(); });
    for (const button of this.form.querySelectorAll('.play')) {
      const slider = button.parentNode.querySelector('input');
      button.addEventListener('click', () => this.walk(button, slider));
    }
  }

  // What the painter asks of a model
  get(name) { return this.model[name]; }
  on(_event, listener) { this.listeners.add(listener); }
  off(_event, listener) { this.listeners.delete(listener); }

  // What a ring asks of a hand: see hold.js
  values(k) { return JSON.parse(this.inputs[k].dataset.values).map(Number); }
  at(k) { return this.values(k)[this.place(k)]; }
  watch(listener) { this.listeners.add(listener); }
  take() {}
  release() {}
  pull(places) {
    const moves = places.filter(([k, place]) => place !== this.place(k));
    moves.forEach(([k, place]) => this.put(k, place));
    if (moves.length) this.moved(...places.map(([k]) => k));
  }

  place(k) {
    const input = this.inputs[k];
    if (input.tagName === 'SELECT') return input.selectedIndex;
    return input.type === 'checkbox' ? Number(input.checked) : Number(input.value);
  }

  put(k, place) {
    const input = this.inputs[k];
    if (input.tagName === 'SELECT') input.selectedIndex = place;
    else if (input.type === 'checkbox') input.checked = place === 1;
    else input.value = place;
    this.say(k);
  }

  say(k) {
    const input = this.inputs[k];
    if (input.type !== 'range') return;
    const text = JSON.parse(input.dataset.values)[input.value];
    input.setAttribute('aria-valuetext', text);
    input.parentNode.querySelector('output').textContent = text;
  }

  // Only the sliders of one group vary at the same time; the others go home. So take
  // the group for which the fewest have to.
  moved(...ks) {
    ks.forEach(k => this.say(k));
    const away = other => this.place(other) !== this.data.starts[other];
    const kept = group =>
      ks.every(k => group.includes(k)) ? 1 + group.filter(away).length : 0;
    for (const group of this.data.together) {
      if (kept(group) > kept(this.group)) this.group = group;
    }
    this.inputs.forEach((_, other) => {
      if (!this.group.includes(other)) this.put(other, this.data.starts[other]);
    });
    this.choose();
    this.listeners.forEach(listener => listener());
  }

  reset() {
    this.stop?.();
    this.inputs.forEach((_, k) => this.put(k, this.data.starts[k]));
    [this.group] = this.data.together;
    this.choose();
    this.listeners.forEach(listener => listener());
  }

  // The records lie group after group; in each the last slider varies fastest.
  choose() {
    const { counts, together, words, steps, met } = this.data;
    let at = 0;
    for (const group of together) {
      if (group === this.group) break;
      at += group.reduce((product, k) => product * counts[k], 1);
    }
    at += this.group.reduce((sum, k) => sum * counts[k] + this.place(k), 0);
    const record = this.records[at];
    this.model.marks = record.map(([mark]) => mark);
    this.model.points = pointsOf(record, steps);
    this.model.words = words[at];
    this.model.met = met?.[at] === '1';
  }

  walk(button, slider) {
    const stop = () => { clearInterval(this.timer); this.timer = 0; button.textContent = '▶'; };
    if (this.timer) return this.stop();
    this.stop = stop;
    const k = this.inputs.indexOf(slider);
    if (slider.value === slider.max || this.place(k) === this.data.starts[k]) slider.value = 0;
    else slider.stepUp();
    const tick = () => {
      this.moved(k);
      if (slider.value === slider.max || !button.isConnected) return stop();
      slider.stepUp();
    };
    button.textContent = '⏸';
    tick();
    this.timer = setInterval(tick, Math.max(40, 4000 / slider.max));
  }
}

function openFigures() {
  if (!('DecompressionStream' in window)) return;  // its picture and its words remain
  const near = new IntersectionObserver(entries => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      new Figure(target).open().then(() => dispatchEvent(new Event('resize')));
    }
  }, { rootMargin: '1500px' });
  document.querySelectorAll('figure.live').forEach(node => near.observe(node));
}
