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

function stopsOf(slider) {
  return JSON.parse(slider.dataset.stops);
}

// Which of its stops a slider stands at, or nearest to.
function nearest(slider) {
  const stops = stopsOf(slider), far = stops.map(stop => Math.abs(stop - slider.value));
  return far.indexOf(Math.min(...far));
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
    this.form.addEventListener('input', event => this.touched(this.inputs.indexOf(event.target)));
    this.form.addEventListener('pointerdown', event => { this.held = event.target; });
    addEventListener('pointerup', () => { this.held = null; });
    addEventListener('pointercancel', () => { this.held = null; });
    this.form.addEventListener('submit', event => event.preventDefault());
    this.form.addEventListener('reset', event => { event.preventDefault(); this.reset(); });
    for (const button of this.form.querySelectorAll('.play')) {
      const slider = button.parentNode.querySelector('input');
      button.addEventListener('click', () => this.walk(button, slider));
    }
  }

  // On the page that leads to the others the first figure walks at once.
  opening() {
    const button = this.form.querySelector('.play');
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (button && !calm && this.node.closest('.opening')) button.click();
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
    return input.type === 'checkbox' ? Number(input.checked) : nearest(input);
  }

  put(k, place) {
    const input = this.inputs[k];
    if (input.tagName === 'SELECT') input.selectedIndex = place;
    else if (input.type === 'checkbox') input.checked = place === 1;
    else input.value = stopsOf(input)[place];
    this.say(k);
  }

  say(k) {
    const input = this.inputs[k];
    if (input.type !== 'range') return;
    const text = JSON.parse(input.dataset.values)[this.place(k)].replace('-', '−');
    input.setAttribute('aria-valuetext', text);
    input.parentNode.querySelector('output').textContent = text;
  }

  // A page has some of a slider's values, each at its true place. A pointer takes the
  // nearest one; a key, whose step may be too short to leave it, takes the next.
  touched(k) {
    const input = this.inputs[k];
    if (input.type === 'range') {
      const way = Math.sign(input.value - stopsOf(input)[this.places[k]]);
      const near = this.place(k), held = this.held === input;
      this.put(k, near === this.places[k] && !held ? near + way : near);
    }
    this.moved(k);
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
    const fallen = [...this.inputs.keys()].filter(k => !this.group.includes(k) && away(k));
    fallen.forEach(other => this.put(other, this.data.starts[other]));
    this.tell(fallen, ks);
    this.choose();
    this.listeners.forEach(listener => listener());
  }

  // Whoever moves a slider sees which others went back, until one of these is moved.
  tell(fallen, moved) {
    const line = this.node.querySelector('.fell');
    const labels = this.inputs.map(input => input.closest('label'));
    if (!fallen.length && !moved.some(k => labels[k].classList.contains('back'))) return;
    labels.forEach((label, k) => label.classList.toggle('back', fallen.includes(k)));
    const names = fallen.map(k => this.name(labels[k])).join(', ');
    line.textContent = names && `${line.dataset.said}: ${names}.`;
  }

  name(label) {
    const value = label.querySelector('output, option:checked')?.textContent.trim();
    const letter = label.querySelector('.letter').textContent;
    return value ? `${letter} = ${value}` : letter;
  }

  reset() {
    this.stop?.();
    this.inputs.forEach((_, k) => this.put(k, this.data.starts[k]));
    [this.group] = this.data.together;
    this.tell([], [...this.inputs.keys()]);
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
    this.places = this.inputs.map((_, k) => this.place(k));
    this.model.marks = record.map(([mark]) => mark);
    this.model.points = pointsOf(record, steps);
    this.model.words = words[at];
    this.model.met = met?.[at] === '1';
  }

  walk(button, slider) {
    const stop = () => { clearInterval(this.timer); this.timer = 0; button.textContent = '▶'; };
    if (this.timer) return this.stop();
    this.stop = stop;
    const k = this.inputs.indexOf(slider), last = this.data.counts[k] - 1, from = this.place(k);
    let next = from === last || from === this.data.starts[k] ? 0 : from + 1;
    const tick = () => {
      this.put(k, next);
      this.moved(k);
      next = this.place(k) + 1;  // a hand may have moved it
      if (next > last || !button.isConnected) stop();
    };
    button.textContent = '‖';  // of more typefaces than the sign for it
    tick();
    this.timer = setInterval(tick, Math.max(40, 4000 / last));
  }
}

function openFigures() {
  if (!('DecompressionStream' in window)) return;  // its picture and its words remain
  const near = new IntersectionObserver(entries => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      const figure = new Figure(target);
      figure.open().then(() => { dispatchEvent(new Event('resize')); figure.opening(); });
    }
  }, { rootMargin: '1500px' });
  document.querySelectorAll('figure.live').forEach(node => near.observe(node));
}
