// Slides: the same cells, one slide at a time, as the lecture's metadata say.

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
    else if (kind === 'fragment' && !narrow.matches) last.push([cell]);
    else last.at(-1).push(cell);
  }
}

function roomFor(group) {
  show(group);
  return fits(LEAST);
}

function leading(slide, cell) {
  const lastStep = slide.at(-1), before = lastStep.at(-1);
  const isCode = one => Boolean(one.querySelector('.code'));
  const alone = slide.length === 1 && lastStep.length === 1;
  if (alone || isCode(before) || !isCode(cell) || !roomFor([before, cell])) return [];
  if (lastStep.length === 1) slide.pop(); else lastStep.pop();
  return [before];
}

function show(group) {
  cells.forEach(cell => cell.classList.remove('shown', 'later'));
  group.forEach(cell => cell.classList.add('shown'));
}

// Whether the slide that is shown fits the screen, with letters of this size. A phone's are
// never small: there a slide is scrolled, and so is what is wide.
function fits(size) {
  document.documentElement.style.setProperty('--slide', size);
  const main = document.querySelector('main');
  const boxes = narrow.matches ? [] :
    [...main.querySelectorAll('.shown pre, .shown .wide, .shown .formula')];
  return main.scrollHeight <= main.clientHeight &&
    boxes.every(box => box.scrollWidth <= box.clientWidth);
}

// As large as the screen allows: what is still to come has its room already.
function fit() {
  let low = 0.3, high = 1;
  if (fits(high) || narrow.matches) return;
  for (let i = 0; i < 7; i++) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle; else high = middle;
  }
  while (!fits(low) && low > 0.3) low -= 0.01;  // from larger letters Firefox breaks lines anew
}

// What the address says, where the page has one of its own: in another's frame it has not.
function address(place) {
  try { history.replaceState(null, '', place); } catch { /* a frame */ }
}

function presenting() {
  return document.body.classList.contains('slides');
}

function present() {
  const slide = slides[now];
  show(slide.flat());
  slide.slice(step + 1).flat().forEach(cell => cell.classList.add('later'));
  deck.querySelector('.count').textContent = `${now + 1} / ${slides.length}`;
  fit();
  address(`?slides#${slide[0][0].id}`);
}

function go(way) {
  if (way > 0 && step < slides[now].length - 1) step += 1;
  else if (way > 0 && now < slides.length - 1) [now, step] = [now + 1, 0];
  else if (way < 0 && step > 0) step -= 1;
  else if (way < 0 && now > 0) [now, step] = [now - 1, slides[now - 1].length - 1];
  document.querySelector('main').scrollTop = 0;
  present();
}

// The first cell that stands on the screen: a place that both languages have.
function seen() {
  return cells.find(cell => cell.id && cell.getBoundingClientRect().bottom > 60) ?? cells[0];
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
  address(`${location.pathname}#${place.id}`);
  place.scrollIntoView();
}

const KEYS = {
  ArrowRight: () => go(1), ArrowDown: () => go(1), PageDown: () => go(1),
  ArrowLeft: () => go(-1), ArrowUp: () => go(-1), PageUp: () => go(-1),
  Home: () => { [now, step] = [0, 0]; present(); },
  End: () => { [now, step] = [slides.length - 1, 0]; present(); },
  Escape: leave,
};

// A slider's keys are its own, but for these: a clicker's, and the one that ends the show.
const SHOWS = ['PageDown', 'PageUp', 'Escape'];

function pressed(event) {
  if (!presenting()) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const own = event.target.closest('input, select') && !SHOWS.includes(event.key);
  const used = 'button, select, summary, a, input:not([type=range])';
  const space = event.key === ' ' && !event.target.closest(used);
  if (space) go(event.shiftKey ? -1 : 1);
  else if (own || !KEYS[event.key]) return;
  else KEYS[event.key]();
  event.preventDefault();
}
