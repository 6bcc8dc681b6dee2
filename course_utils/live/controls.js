// Jupyter's own controls have no name but the letter beside them; a listener needs one.
// Here they get it, each time the figure's size changes: then it has just been shown.
const PLAY = ['andar o pausar · play or pause', 'detener · stop', 'repetir · repeat'];

function nameControls(figure) {
  const name = (parts, ...names) => parts.forEach((part, i) =>
    part.setAttribute('aria-label', names[i % names.length]));
  for (const slider of figure.querySelectorAll('.widget-slider')) {
    const letter = slider.querySelector('.widget-label').textContent;
    name(slider.querySelectorAll('.noUi-handle, .widget-readout'), letter);
    slider.querySelector('.widget-readout').setAttribute('role', 'textbox');
    const player = slider.parentNode.querySelector('.widget-play');
    if (player) name(player.querySelectorAll('button'), ...PLAY.map(does => `${letter}: ${does}`));
  }
}

// Keys that a slider or a list uses; with them JupyterLab would select another cell, and a
// show go on. All others are theirs: Space and Esc above all.
const USED = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'];

// In the show a clicker's keys are never a slider's: they are pressed on its cell instead.
const CLICKER = ['PageDown', 'PageUp'];

function keepKeys(figure) {
  const keep = ({ target, key }) => target.toggleAttribute?.('data-lm-suppress-shortcuts',
    USED.includes(key) && target.matches('select, .noUi-handle'));
  const here = event => {
    if (!figure.contains(event.target)) return;
    const cell = CLICKER.includes(event.key) && event.target.closest('.jp-Deck .jp-Cell');
    if (!cell) { keep(event); return; }
    event.stopImmediatePropagation();
    event.preventDefault();
    cell.focus();
    cell.dispatchEvent(new KeyboardEvent('keydown', event));
  };
  window.addEventListener('keydown', here, true);  // JupyterLab listens to the document
  return () => window.removeEventListener('keydown', here, true);
}

// A number may have a comma for its point; with both, nobody knows what is meant. Jupyter
// reads it at Enter alone; so that one which is left, with Tab or the mouse, is not lost
// without a word, it is entered then.
const ENTER = { key: 'Enter', keyCode: 13, bubbles: true, cancelable: true };

function readCommas(figure) {
  let typed = null;
  figure.addEventListener('input', ({ target }) => { typed = target; });
  figure.addEventListener('focusout', ({ target }) => {
    if (target === typed) target.dispatchEvent(new KeyboardEvent('keydown', ENTER));
  });
  const read = ({ target, key }) => {
    const text = target.textContent;
    if (key !== 'Enter' || !target.matches('.widget-readout')) return;
    typed = null;
    if (!text.includes(',')) return;
    target.textContent = /^[^.,]*,[^.,]*$/.test(text) ? text.replace(',', '.') : '?';
  };
  figure.addEventListener('keydown', read, true);  // before Jupyter, which puts back a '?'
}

const READING = new WeakSet();  // figures; each is given its listeners once

function renderWithControls({ model, el, ahead }) {
  const clean = render({ model, el, ahead }), lifts = [];
  ahead?.found.then(() => lifts.push(...model.get('holds').map(hold =>
    layRing(hold, { model, el, hand: new Hand(ahead) }))));
  let letGo;
  const resized = new ResizeObserver(() => {
    const figure = el.closest('.course-figure');
    if (!figure) return;
    nameControls(figure);
    if (!READING.has(figure)) readCommas(figure);
    READING.add(figure);
    letGo ??= keepKeys(figure);
  });
  resized.observe(el);
  return () => {
    resized.disconnect();
    letGo?.();
    lifts.forEach(lift => lift());
    clean();
  };
}
