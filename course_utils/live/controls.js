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

function keepKeys(figure) {
  const keep = ({ target, key }) => target.toggleAttribute?.('data-lm-suppress-shortcuts',
    Object.entries(USED).some(([who, keys]) => keys.includes(key) && target.matches(who)));
  const here = event => figure.contains(event.target) && keep(event);
  window.addEventListener('keydown', here, true);  // JupyterLab listens to the document
  return () => window.removeEventListener('keydown', here, true);
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

const modelOf = (model, name) => model.widget_manager.get_model(name.replace('IPY_MODEL_', ''));

// Where a slider stands in a figure, once it does.
async function placed(slider, figure) {
  const views = await Promise.all(Object.values(slider.views));
  return views.map(view => view.el).find(one => figure?.contains(one));
}

const READING = new WeakSet();  // figures; each is given its listeners once

function renderWithControls({ model, el, ahead }) {
  const clean = render({ model, el, ahead });
  let letGo;
  const resized = new ResizeObserver(() => {
    const figure = el.closest('.course-figure');
    if (!figure) return;
    ahead?.players.then(all => all.forEach(player => player.show(figure, el)));
    nameControls(figure);
    if (!READING.has(figure)) readCommas(figure);
    READING.add(figure);
    letGo ??= keepKeys(figure);
  });
  resized.observe(el);
  return () => {
    resized.disconnect();
    letGo?.();
    ahead?.players.then(all => all.forEach(player => player.hide(el)));
    clean();
  };
}
