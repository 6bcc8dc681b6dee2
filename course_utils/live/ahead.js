// Keeps the records of a figure that the kernel sends, paints the one that the hand is
// at, or the nearest of its row, and asks for what is not there: see ahead.py.
const EVERY = 33;  // ms between two wishes; a kernel has a third of its time for others
const SLOW = 10, PATIENCE = 3000;  // ms a record: then one wish at a time, for so long

// One for each figure, whatever the number of its views; `views` are told to paint.
class Ahead {
  constructor(model) {
    Object.assign(this, { model, views: new Set(), rings: new Set(), sliders: [], plane: null });
    Object.assign(this, { records: null, shown: null, hand: 0, last: 0, pace: 0 });
    model.on('msg:custom', (content, buffers) => this.hear(content, buffers));
    const found = model.get('sliders').map(name => modelOf(model, name));
    this.found = Promise.all(found).then(sliders => {
      this.sliders = sliders;
      this.key = sliders.map(slider => placeOf(slider));
      sliders.forEach((slider, i) => slider.on('change:value change:index', () =>
        this.move(i, placeOf(slider))));
      return sliders;
    });
    this.players = playersOf(model, this);
  }

  // The handles of a view move before their slider does; without them nothing changes.
  async tie(el, tries = 50) {
    const sliders = await this.found, box = el.closest('.course-figure');
    const here = await Promise.all(sliders.map(slider => placed(slider, box)));
    const handles = here.map(one => one?.querySelector('.noUi-target')?.noUiSlider);
    if (sliders.some((slider, i) => !here[i] || (slider.get('step') && !handles[i]))) {
      if (tries) setTimeout(() => this.tie(el, tries - 1), 100);  // not in the page yet
      else if (!this.id) this.model.send({ deaf: true });
      return;
    }
    here.forEach((one, i) => {
      handles[i]?.on('slide', (_, k, values) => this.move(i, placeOf(sliders[i], values[k])));
      one.addEventListener('pointerdown', () => this.take(i), true);
      one.addEventListener('focusin', () => this.take(i));
    });
    if (sliders.length && !this.id) this.hello();
  }

  end() {
    clearTimeout(this.timer);
    this.players.then(all => all.forEach(player => player.halt()));
    this.records?.clear();
  }

  hello() {
    this.id = Math.random();
    this.model.send({ hello: this.id });
  }

  send(content) {
    const { records } = this, { generation, evicted } = records;
    const some = Object.values(evicted).some(list => list.length);
    this.model.send({ ...content, generation, ...(some && { evicted }) });
    records.evicted = nothing();
  }

  take(i) {
    if (!this.records || this.key.includes(null)) return;
    const row = Array.from({ length: sizeOf(this.sliders[i]) }, (_, k) => along(this.key, i, k));
    const missing = row.filter(key => !this.records.has(key)).length;
    const what = `${this.records.row(this.key, i).name} ${missing}`;
    if (missing && what !== this.taken) this.send({ take: i, at: this.key });
    this.taken = what;
  }

  move(i, place) {
    if (place === this.key[i]) return;
    this.hand = i;
    this.key = along(this.key, i, place);
    this.due = true;  // before the answer to hello too
    this.rings.forEach(put => put());
    if (this.records) this.look();
  }

  look() {
    const { key, hand, records } = this;
    clearTimeout(this.timer);
    if (key.includes(null)) return;  // the kernel draws it and says so
    this.due = !records.has(key);
    this.show((this.plane ? records.nearby(key, this.plane)
      : records.nearest(key, hand, sizeOf(this.sliders[hand]))) ?? this.shown);
    if (this.due) this.ask(performance.now());
  }

  ask(now) {
    const under = this.asked && now - this.last < PATIENCE;
    if (under && (this.pace > SLOW || this.asked === String(this.key))) return;
    const wait = this.last + Math.max(EVERY, 1.5 * this.pace) - now;
    if (wait > 0) { this.timer = setTimeout(() => this.look(), wait); return; }
    this.last = now;
    this.asked = String(this.key);
    this.send({ want: this.key, slider: this.hand });
  }

  show(record) {
    if (record === this.shown) return;
    this.shown = record;
    this.views.forEach(paint => paint());
  }

  hear(content, buffers) {
    const { generation, packet, hello, standing, ms } = content;
    if (hello ? hello !== this.id && !this.records : !this.records) return;
    if (!this.records || generation > this.records.generation) {
      this.records?.clear();
      this.records = new Records(generation);
      this.asked = null;
      if (this.due) this.look();
    }
    if (generation < this.records.generation) return;
    if (standing) { this.due = false; this.show(null); }
    if (packet === undefined) return;
    if (this.records.packets === null) return;  // one was lost, and the kernel knows
    if (packet !== this.records.packets) { this.records.packets = null; this.hello(); return; }
    this.records.packets += 1;
    this.pace = ms;
    const { buffer, byteOffset = 0, byteLength } = buffers[0].buffer ? buffers[0] :
      { buffer: buffers[0] };
    this.records.add(content, buffer.slice(byteOffset, byteLength && byteOffset + byteLength));
    if (this.asked && this.records.has(this.asked)) this.asked = null;
    if (this.due) this.look();
  }
}

export default () => {
  let ahead = null;
  return {
    initialize({ model }) {
      if (!model.widget_manager?.get_model) { model.send({ deaf: true }); return; }
      ahead = new Ahead(model);
      return () => ahead.end();
    },
    render({ model, el }) {
      const clean = renderWithGoal({ model, el, ahead });
      ahead?.tie(el);
      return clean;
    },
  };
};
