// Jupyter's own controls have no name but the letter beside them; a listener needs one.
// Here they get it, each time the figure's size changes: then it has just been shown.
function nameControls(figure) {
  for (const slider of figure.querySelectorAll('.widget-slider')) {
    const letter = slider.querySelector('.widget-label').textContent;
    slider.querySelectorAll('.noUi-handle, .widget-readout')
      .forEach(part => part.setAttribute('aria-label', letter));
    slider.querySelector('.widget-readout').setAttribute('role', 'textbox');
  }
}

// Keys that a control uses; with them JupyterLab would select another cell, and a show go
// on. All others are theirs: on a slider Space and Esc above all.
const ARROWS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'];
const USED = { 'select, .noUi-handle': ARROWS, button: [' ', 'Enter'] };

// In the show a clicker's keys are never a slider's: they are pressed on its cell instead.
const CLICKER = ['PageDown', 'PageUp'];

function keepKeys(figure) {
  const keep = ({ target, key }) => target.toggleAttribute?.('data-lm-suppress-shortcuts',
    Object.entries(USED).some(([who, keys]) => keys.includes(key) && target.matches(who)));
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

const modelOf = (model, name) => model.widget_manager.get_model(name.replace('IPY_MODEL_', ''));

// Where a slider stands in a figure, once it does.
async function placed(slider, figure) {
  const views = await Promise.all(Object.values(slider.views));
  return views.map(view => view.el).find(one => figure?.contains(one));
}

function renderWithControls({ model, el, ahead }) {
  const clean = render({ model, el, ahead }), lifts = [];
  ahead?.found.then(() => lifts.push(...model.get('holds').map(hold =>
    layRing(hold, { model, el, hand: new Hand(ahead) }))));
  let letGo;
  const resized = new ResizeObserver(() => {
    const figure = el.closest('.course-figure');
    if (!figure) return;
    ahead?.players.then(all => all.forEach(player => player.show(figure, el)));
    nameControls(figure);
    readNumbers(figure);
    letGo ??= keepKeys(figure);
  });
  resized.observe(el);
  return () => {
    resized.disconnect();
    letGo?.();
    lifts.forEach(lift => lift());
    ahead?.players.then(all => all.forEach(player => player.hide(el)));
    clean();
  };
}
