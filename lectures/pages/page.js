
// A page without a kernel. Every figure brings its records: each state that its sliders
// can reach, computed by the course's code and packed by frames.py.

// Figures

async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const whole = await new Response(stream).arrayBuffer();
  const n = new DataView(whole).getUint32(0, true);
  const about = JSON.parse(new TextDecoder().decode(new Uint8Array(whole, 4, n)));
  return { ...about, steps: new Int16Array(whole, 4 + n) };
}

// A row of numbers: mark, chunk, mark, chunk, … Chunks lie in the order of their first use.
function read({ rows, marks }) {
  const begins = [0];
  return rows.map(row => {
    const state = [];
    for (let i = 0; i < row.length; i += 2) {
      const mark = marks[row[i]], chunk = row[i + 1];
      begins[chunk + 1] ??= begins[chunk] + mark.length;
      state.push([mark, begins[chunk]]);
    }
    return state;
  });
}

// All x of a chunk, then all y, are kept as steps from point to point: add them up,
// modulo 2¹⁶ as they were made. A number that has no partner stands at the end.
function points(state, steps) {
  const out = new Int16Array(state.reduce((sum, [mark]) => sum + mark.length, 0));
  let at = 0;
  for (const [{ length }, begin] of state) {
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
    this.states = read(this.data);
    this.sheet = this.data.sheets[0];
    const still = Uint8Array.from(atob(this.data.still), c => c.charCodeAt(0));
    const [width, height, panels] = this.data.sizes;
    this.model = { width, height, panels, still, trouble: '' };
    this.inputs.forEach((input, k) => { this.put(k, this.data.starts[k]); });
    this.choose();
    const box = document.createElement('div');
    render({ model: this, el: box });
    this.node.querySelector('.picture').replaceChildren(box);
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

  // Only the sliders of one sheet vary at the same time; the others go home. So take
  // the sheet on which the fewest have to.
  moved(k) {
    this.say(k);
    const away = other => this.place(other) !== this.data.starts[other];
    const kept = sheet => sheet.includes(k) ? 1 + sheet.filter(away).length : 0;
    for (const sheet of this.data.sheets) {
      if (kept(sheet) > kept(this.sheet)) this.sheet = sheet;
    }
    this.inputs.forEach((_, other) => {
      if (!this.sheet.includes(other)) this.put(other, this.data.starts[other]);
    });
    this.choose();
    this.listeners.forEach(listener => listener());
  }

  reset() {
    this.inputs.forEach((_, k) => this.put(k, this.data.starts[k]));
    [this.sheet] = this.data.sheets;
    this.choose();
    this.listeners.forEach(listener => listener());
  }

  choose() {
    const { counts, sheets, words, steps } = this.data;
    let at = 0;
    for (const sheet of sheets) {
      if (sheet === this.sheet) break;
      at += sheet.reduce((product, k) => product * counts[k], 1);
    }
    at += sheet_place(this.sheet, counts, k => this.place(k));
    const state = this.states[at];
    this.model.marks = state.map(([mark]) => mark);
    this.model.points = points(state, steps);
    this.model.words = words[at];
  }

  walk(button, slider) {
    const stop = () => { clearInterval(this.timer); this.timer = 0; button.textContent = '▶'; };
    if (this.timer) return stop();
    if (slider.value === slider.max) slider.value = 0;
    else slider.stepUp();
    const step = () => {
      this.moved(this.inputs.indexOf(slider));
      if (slider.value === slider.max || !button.isConnected) return stop();
      slider.stepUp();
    };
    button.textContent = '⏸';
    step();
    this.timer = setInterval(step, Math.max(40, 4000 / slider.max));
  }
}

// The last slider varies fastest.
function sheet_place(sheet, counts, place) {
  return sheet.reduce((at, k) => at * counts[k] + place(k), 0);
}

function figures() {
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

// Slides: the same cells, one slide at a time, as the lecture's metadata say

const deck = document.querySelector('.deck');
const cells = [...document.querySelectorAll('.cell')];
const slides = [];  // of steps, each a list of cells that appear together
const LEAST = 0.8;  // of the letters of a slide
let now = 0, step = 0;

// What would need letters too small for the last row goes on in another slide; the
// sentence before a piece of code goes with it.
function plan() {
  slides.length = 0;
  for (const cell of cells) {
    const kind = cell.dataset.slide, last = slides.at(-1);
    if (kind === 'skip' || kind === 'notes') continue;
    if (kind === 'slide' || kind === 'subslide' || !last) slides.push([[cell]]);
    else if (!roomFor([...last.flat(), cell])) slides.push([[...leading(last, cell), cell]]);
    else if (kind === 'fragment') last.push([cell]);
    else last.at(-1).push(cell);
  }
}

function roomFor(group) {
  show(group);
  return fits(LEAST);
}

function leading(slide, cell) {
  const step = slide.at(-1), before = step.at(-1);
  const isCode = one => Boolean(one.querySelector('.code'));
  const alone = slide.length === 1 && step.length === 1;
  if (alone || isCode(before) || !isCode(cell) || !roomFor([before, cell])) return [];
  if (step.length === 1) slide.pop(); else step.pop();
  return [before];
}

function show(group) {
  cells.forEach(cell => cell.classList.remove('shown', 'later'));
  group.forEach(cell => cell.classList.add('shown'));
}

// Whether the slide that is shown fits the screen, with letters of this size.
function fits(size) {
  document.documentElement.style.setProperty('--slide', size);
  const main = document.querySelector('main');
  const boxes = [...main.querySelectorAll('.shown pre, .shown .wide, .shown .formula')];
  return main.scrollHeight <= main.clientHeight &&
    boxes.every(box => box.scrollWidth <= box.clientWidth);
}

// As large as the screen allows: what is still to come has its room already.
function fit() {
  let low = 0.3, high = 1;
  if (fits(high)) return;
  for (let i = 0; i < 7; i++) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle; else high = middle;
  }
  fits(low);
}

function present() {
  const slide = slides[now];
  show(slide.flat());
  slide.slice(step + 1).flat().forEach(cell => cell.classList.add('later'));
  deck.querySelector('.count').textContent = `${now + 1} / ${slides.length}`;
  fit();
  history.replaceState(null, '', `?slides#${slide[0][0].id}`);
}

function go(way) {
  if (way > 0 && step < slides[now].length - 1) step += 1;
  else if (way > 0 && now < slides.length - 1) [now, step] = [now + 1, 0];
  else if (way < 0 && step > 0) step -= 1;
  else if (way < 0 && now > 0) [now, step] = [now - 1, slides[now - 1].length - 1];
  present();
}

function start() {
  const place = cells.find(cell => `#${cell.id}` === location.hash) ?? seen();
  document.body.classList.add('slides');
  plan();
  const before = cells.slice(0, cells.indexOf(place) + 1);
  now = Math.max(0, slides.findLastIndex(slide => before.includes(slide[0][0])));
  step = 0;
  deck.hidden = false;
  present();
}

function leave() {
  const place = slides[now][0][0];
  document.body.classList.remove('slides');
  deck.hidden = true;
  if (document.fullscreenElement) document.exitFullscreen();
  history.replaceState(null, '', `${location.pathname}#${place.id}`);
  place.scrollIntoView();
}

const KEYS = {
  ArrowRight: () => go(1), ArrowDown: () => go(1), PageDown: () => go(1),
  ArrowLeft: () => go(-1), ArrowUp: () => go(-1), PageUp: () => go(-1),
  Home: () => { [now, step] = [0, 0]; present(); },
  End: () => { [now, step] = [slides.length - 1, 0]; present(); },
  Escape: leave,
};

function pressed(event) {
  if (!document.body.classList.contains('slides')) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const own = event.target.closest('input, select') && event.key !== 'Escape';
  const space = event.key === ' ' && !event.target.closest('button, input, select, summary, a');
  if (space) go(event.shiftKey ? -1 : 1);
  else if (own || !KEYS[event.key]) return;
  else KEYS[event.key]();
  event.preventDefault();
}

// The page

// The first cell that stands on the screen: a place that both languages have.
function seen() {
  return cells.find(cell => cell.id && cell.getBoundingClientRect().bottom > 60) ?? cells[0];
}

function switching(event) {
  const slides = document.body.classList.contains('slides');
  const place = slides ? location.hash : `#${seen().id}`;
  event.currentTarget.href = event.currentTarget.href.split(/[?#]/)[0] +
    (slides ? '?slides' : '') + place;
}

// What moves sideways inside its own box can be reached with the keyboard.
function reachable() {
  for (const box of document.querySelectorAll('pre, .wide, .formula, .long')) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0; else box.removeAttribute('tabindex');
  }
}

let folded = [];
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('details:not([open])')];
  folded.forEach(fold => { fold.open = true; });
});
addEventListener('afterprint', () => folded.forEach(fold => { fold.open = false; }));
addEventListener('resize', () => {
  reachable();
  if (document.body.classList.contains('slides')) present();
});
addEventListener('keydown', pressed);

if (deck) {
  document.querySelector('.present').hidden = false;
  document.querySelector('.present').addEventListener('click', () => {
    history.replaceState(null, '', location.pathname + location.search);
    start();
  });
  deck.querySelector('.back').addEventListener('click', () => go(-1));
  deck.querySelector('.forth').addEventListener('click', () => go(1));
  deck.querySelector('.read').addEventListener('click', leave);
  deck.querySelector('.full').addEventListener('click', () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  });
  document.querySelector('.language').addEventListener('click', switching);
  if (new URLSearchParams(location.search).has('slides')) document.fonts.ready.then(start);
}
reachable();
figures();
