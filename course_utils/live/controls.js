// Jupyter's own controls have no name but the letter beside them; a listener needs one.
// Here they get it, each time the figure's size changes: then it has just been shown.
const PLAY = ['andar o pausar · play or pause', 'detener · stop', 'repetir · repeat'];

function nameControls(figure) {
  // Or JupyterLab would take the arrow keys, and select another cell.
  for (const control of figure.querySelectorAll('select, .noUi-handle')) {
    control.dataset.lmSuppressShortcuts = true;
  }
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

// A number may have a comma for its point; with both, nobody knows what is meant.
function readCommas(figure) {
  const read = ({ target, key }) => {
    const text = target.textContent;
    if (key !== 'Enter' || !target.matches('.widget-readout') || !text.includes(',')) return;
    target.textContent = /^[^.,]*,[^.,]*$/.test(text) ? text.replace(',', '.') : '?';
  };
  figure.addEventListener('keydown', read, true);  // before Jupyter, which puts back a '?'
}

const READING = new WeakSet();  // figures; each is given its listeners once

function renderWithControls({ model, el, ahead }) {
  const clean = render({ model, el, ahead });
  const resized = new ResizeObserver(() => {
    const figure = el.closest('.course-figure');
    if (!figure) return;
    nameControls(figure);
    if (!READING.has(figure)) readCommas(figure);
    READING.add(figure);
  });
  resized.observe(el);
  return () => {
    resized.disconnect();
    clean();
  };
}
