// ▶, a button before its slider, in every view of a figure.
const WALK = 4000;  // ms from one end of a slider to the other, about
const LATE = 1000;  // ms that a step waits for the record of the one before

// One timer for a figure, whatever the number of its views. The slider moves as if the
// kernel had moved it, which hears of it in the end; where no records are kept, each step.
class Player {
  constructor(slider, home, ahead, label) {
    Object.assign(this, { slider, home, ahead, label, buttons: new Map() });
    slider.on('change:value', () => this.moving || this.moved(slider.get('value')));
  }

  // By someone else; or the kernel repeats what it was sent at a pause, and ▶ is further.
  moved(value) {
    if (this.timer && value === this.sent) queueMicrotask(() => this.put(this.at));
    else this.halt(null);
  }

  async show(figure, el) {
    const one = await placed(this.slider, figure);
    if (!one || one.querySelector('.course-play')) return;
    const button = document.createElement('button');
    button.className = 'jupyter-widgets jupyter-button widget-button course-play';
    button.title = this.label;
    button.setAttribute('aria-label', `${this.slider.get('description')}: ${this.label}`);
    button.addEventListener('click', () => this.press());
    one.prepend(button);
    one.addEventListener('pointerdown', ({ target }) => button.contains(target) || this.stop());
    figure.addEventListener('click', event => this.back(event), true);
    this.buttons.set(el, button);
    this.say();
  }

  hide(el) {
    this.buttons.delete(el);
    if (!this.buttons.size) this.stop();
  }

  say() {
    for (const button of this.buttons.values()) {
      button.setAttribute('aria-pressed', Boolean(this.timer));
      button.innerHTML = `<i class="fa fa-${this.timer ? 'pause' : 'play'}"></i>`;
    }
  }

  press() {
    if (this.timer) return this.stop();
    const { value, min, max, step } = this.slider.attributes;
    const again = value + step > max || (value === this.home && value !== this.left);
    this.timer = setInterval(() => this.tick(), Math.max(40, WALK * step / (max - min)));
    this.say();
    this.step(again && value > min ? min : Math.min(value + step, max));
  }

  tick() {
    const { records, due } = this.ahead;
    if (records && due && performance.now() - this.since < LATE) return;
    this.step(this.slider.get('value') + this.slider.get('step'));
  }

  step(value) {
    const { slider, ahead } = this;
    this.since = performance.now();
    this.put(this.at = value);
    if (value + slider.get('step') > slider.get('max')) this.stop();
    else if (!ahead.records || ahead.key.includes(null)) this.save();
  }

  put(value) {
    this.moving = true;
    this.slider.set_state({ value });
    this.moving = false;
  }

  halt(left) {
    clearInterval(this.timer);
    Object.assign(this, { timer: 0, left });
    this.say();
  }

  stop() {
    if (!this.timer) return;
    this.halt(this.slider.get('value'));
    this.save();
  }

  save() {
    const { slider } = this;
    if (!slider.comm) return;  // closed
    this.sent = slider.get('value');
    const saved = this.saved = new Promise(heard => {
      const status = ({ content }) => content.execution_state === 'idle' && heard();
      slider.save({ value: this.sent }, { patch: true, callbacks: { iopub: { status } } });
    });
    saved.then(() => { if (this.saved === saved) this.sent = this.saved = null; });
  }

  // ↺ is heard after the last step, or it would be undone.
  back(event) {
    const button = event.target.closest('.course-back');
    if (!button) return;
    this.stop();
    this.left = null;
    if (!this.saved) return;
    event.stopImmediatePropagation();
    this.saved.then(() => button.click());
  }
}

const playersOf = (model, ahead) => Promise.all(model.get('walks').map(async ([name, home]) =>
  new Player(await modelOf(model, name), home, ahead, model.get('play'))));
