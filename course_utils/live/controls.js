// Jupyter's own controls have no name but the letter beside them; a listener needs one.
// Here they get it, each time the figure's size changes: then it has just been shown.
const PLAY = ['andar o pausar · play or pause', 'detener · stop', 'repetir · repeat'];

function nameControls(figure) {
  if (!figure) return;
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

function renderWithControls({ model, el }) {
  const clean = render({ model, el });
  const resized = new ResizeObserver(() => nameControls(el.closest('.course-figure')));
  resized.observe(el);
  return () => {
    resized.disconnect();
    clean();
  };
}

export default { render: renderWithControls };
