// What is meant by what was typed: 0.5, 0,5, −0.5, 1/2, ½. Where nobody knows, NaN.
const PART = /^[-+]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d+)?$/i, FRACTION = /[¼-¾⅐-⅞]/g;

function meant(text) {
  if (/\d\s*[¼-¾⅐-⅞]/.test(text)) return NaN;  // 1½ is not 11/2
  const plain = text.replace(FRACTION, one => one.normalize('NFKC')).replace(/\s/g, '');
  const parts = plain.replace(/−/g, '-').split(/[/⁄]/);
  if (parts.length > 2 || !parts.every(part => PART.test(part))) return NaN;
  const [over, under = 1] = parts.map(part => Number(part.replace(',', '.')));
  return over / under;
}

// Jupyter reads a number at Enter alone; one that is left, with Tab or the mouse, is
// entered then. Where another number stands afterwards, that is seen for a while.
const ENTER = { key: 'Enter', keyCode: 13, bubbles: true, cancelable: true };
const SEEN = 2000;  // ms
let seen;

function judge(readout, value) {
  const shown = readout.textContent.replace('−', '-');
  const unit = 10 ** -(shown.split('.')[1] ?? '').length;
  readout.setAttribute('aria-invalid', !(Math.abs(shown - value) < 0.51 * unit));
  clearTimeout(seen);
  seen = setTimeout(() => readout.removeAttribute('aria-invalid'), SEEN);
}

const READING = new WeakSet();  // figures; each is given its listeners once

function readNumbers(figure) {
  if (READING.has(figure)) return;
  READING.add(figure);
  let typed = null;
  figure.addEventListener('input', ({ target }) => {
    typed = target.matches('.widget-readout') ? target : null;  // and no list
  });
  figure.addEventListener('focusout', ({ target }) => {
    if (target === typed) target.dispatchEvent(new KeyboardEvent('keydown', ENTER));
  });
  const read = ({ target, key }) => {
    if (key !== 'Enter' || !target.matches('.widget-readout')) return;
    typed = null;
    const value = meant(target.textContent);
    target.textContent = Number.isFinite(value) ? value : '?';
    setTimeout(() => judge(target, value));
  };
  figure.addEventListener('keydown', read, true);  // before Jupyter, which puts back a '?'
}
