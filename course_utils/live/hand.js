// A hand that moves the sliders of a figure from elsewhere: from a ring (hold.js). The
// picture follows from the page's records; the kernel hears of it in the end.
class Hand {
  constructor(ahead) {
    Object.assign(this, { ahead, moved: new Set() });
  }

  get shown() { return this.ahead.shown; }

  values(i) {
    const slider = this.ahead.sliders[i], [min, step] = ['min', 'step'].map(k => slider.get(k));
    const value = place => Number((min + place * step).toPrecision(12));  // 0.3, as Python has it
    return Array.from({ length: sizeOf(slider) }, (_, place) => value(place));
  }

  at(i) {  // a handle that is dragged is ahead of its slider
    const place = this.ahead.key[i];
    return place === null ? this.ahead.sliders[i].get('value') : this.values(i)[place];
  }

  take([i]) { this.ahead.take(i); }

  // Pairs of a slider and its new place: all change, and then the figure is looked at once.
  pull(places) {
    const { ahead } = this, far = ([i, place]) => Math.abs(place - ahead.key[i]);
    const moves = places.filter(far).sort((one, other) => far(one) - far(other));
    if (!moves.length) return;
    ahead.plane = places.map(([i]) => i);
    for (const [i, place] of moves.slice(0, -1)) ahead.key = along(ahead.key, i, place);
    ahead.move(...moves.at(-1));
    for (const [i, place] of moves) {
      const slider = ahead.sliders[i];
      slider.set('value', this.values(i)[place]);
      this.moved.add(slider);
      if (slider.get('continuous_update')) slider.save_changes();  // nobody keeps records
    }
  }

  release() {
    this.ahead.plane = null;
    this.moved.forEach(slider => slider.save_changes());
    this.moved.clear();
  }

  watch(place) {
    const { model, views, rings } = this.ahead;
    model.on('change', place);
    [views, rings].forEach(all => all.add(place));
    return () => {
      model.off('change', place);
      [views, rings].forEach(all => all.delete(place));
    };
  }
}

// A slider's places are counted from 0; one that was typed may be between two.
function placeOf(slider, value = slider.get('value')) {
  if (slider.get('index') != null) return slider.get('index');
  if (typeof value === 'boolean') return Number(value);
  const place = (value - slider.get('min')) / slider.get('step'), whole = Math.round(place);
  return Math.abs(place - whole) < 1e-6 ? whole : null;
}

function sizeOf(slider) {
  if (slider.get('index') != null) return slider.get('_options_labels').length;
  if (typeof slider.get('value') === 'boolean') return 2;
  return Math.floor((slider.get('max') - slider.get('min')) / slider.get('step') + 1e-9) + 1;
}

