// Exercises that ask for numbers. What is said of an answer is what `check` says of it in
// a notebook: the same sentences, from the same data, in the order of judge.py.

const EXACT = 1e-6, NEARLY = 0.05;
const STUCK = 2;  // wrong answers, before the hint is named

const isNumber = item => typeof item === 'number' && !Number.isNaN(item);

function orders(items) {
  if (items.length < 2) return [items];
  return items.flatMap((item, i) => orders(items.filter((_, j) => j !== i)).map(rest => [item, ...rest]));
}

// null is whatever stands there, [low, high] is between, without the ends.
function near(part, wanted, tolerance) {
  if (wanted === null) return true;
  if (!Array.isArray(wanted)) {
    return Math.abs(part - wanted) <= tolerance * 1e-6 + tolerance * Math.abs(wanted);
  }
  const [low, high] = wanted;
  return (low === null || low < part) && (high === null || part < high);
}

class Exercise {
  constructor(about, sentences) {
    Object.assign(this, about);
    this.sentences = sentences;
  }

  say(key, values) {
    return this.sentences[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  judged(items) {
    const unread = this.unread(items);
    if (unread) return unread;
    const { times } = this;
    const parts = times.length ? [items.reduce((sum, item, i) => sum + times[i] * item, 0)] : items;
    const mistake = this.mistake(parts);
    return mistake ? ['✗', mistake] : ['✓', this.praise];
  }

  // What cannot be compared: the mark, and why.
  unread(items) {
    const { names } = this, wanted = names.length || 1, n = items.length;
    const kind = item => this.sentences[item] ?? this.sentences.nan;
    if (!n || (n === 1 && items[0] === OPEN)) return ['…', this.say('not yet')];
    const open = names.filter((_, i) => items[i] === OPEN);
    if (open.length) return ['…', this.say('to do', { names: open.join(', ') })];
    if (n !== wanted && wanted === 1) return ['✗', this.say('one', { what: '', n })];
    if (n !== wanted) {
      const bare = n === 1 && !isNumber(items[0]);
      const there = bare ? this.say('this is', { kind: kind(items[0]) }) : this.say('there are', { n });
      return ['✗', this.say('several', { k: wanted, names: names.join(', '), there })];
    }
    const i = items.findIndex(item => !isNumber(item));
    if (i < 0) return null;
    const what = names.length ? `${names[i]}: ` : '';
    return ['✗', this.say('number', { what, kind: kind(items[i]) })];
  }

  fits(parts, patterns, tolerance = this.tolerance) {
    return patterns.some(pattern => parts.every((part, i) => near(part, pattern[i], tolerance)));
  }

  // The first sentence that is true of a wrong answer; none of a right one.
  mistake(parts) {
    if (this.fits(parts, this.right)) return '';
    if (orders(parts).some(moved => this.fits(moved, this.right))) {
      return this.say('order', { names: this.names.join(', ') });
    }
    const named = this.mistakes.find(([, patterns]) => this.fits(parts, patterns));
    if (named) return named[0];
    if (this.fits(parts.map(part => -part), this.right)) return this.say('sign');
    if (this.counts && parts.some(part => part % 1 !== 0)) return this.say('whole');
    if (this.fits(parts, this.right, NEARLY)) return this.say(this.missing());
    return this.inPart(parts) ?? this.say('wrong');
  }

  missing() {
    if (this.counts) return 'count';
    return this.tolerance <= EXACT ? 'exact' : 'digits';
  }

  inPart(parts) {
    for (const pattern of this.right) {
      const right = this.names.filter((_, i) => near(parts[i], pattern[i], this.tolerance));
      const wrong = this.names.filter(name => !right.includes(name));
      if (parts.length > 1 && right.length && wrong.length) {
        return this.say('part', { right: right.join(', '), wrong: wrong.join(', ') });
      }
    }
    return null;
  }
}

// What was solved, where the browser allows to keep it; null forgets it.
function keep(name, text) {
  try {
    if (text === null) localStorage.removeItem(name); else localStorage.setItem(name, text);
  } catch { /* then it is not kept */ }
}

function kept(name) {
  try { return localStorage.getItem(name); } catch { return null; }
}

// What was understood, where it is not what stands in the field.
function understood(items, text) {
  const shown = items.map(item => (isNumber(item) ? Number(item.toPrecision(6)) : '?')).join('; ');
  const same = !items.length || shown === text.trim();
  return same ? '' : `= ${items.length > 1 ? `(${shown})` : shown}`;
}

function openExercise(form, sentences) {
  const exercise = new Exercise(JSON.parse(form.dataset.exercise), sentences);
  const [field, value, verdict] = ['input', '.value', 'output'].map(one => form.querySelector(one));
  const { name, helps } = form.dataset, key = `course_utils ${name}`;
  const items = () => numbersIn(field.value, exercise.names.length > 1);
  let wrong = 0;

  function show() {
    const [mark, said] = exercise.judged(items());
    const lost = mark === '✗' && (++wrong >= STUCK || said === sentences.wrong);
    verdict.textContent = `${mark} ${name}: ${said}${lost ? `\n${helps}` : ''}`;
    verdict.dataset.mark = mark;
    return mark;
  }
  form.addEventListener('input', () => {
    value.textContent = understood(items(), field.value);
    verdict.textContent = '';
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    const mark = show();
    if (mark === '✓') keep(key, field.value);
    if (mark === '…') keep(key, null);
  });
  field.value = kept(key) ?? '';
  if (exercise.judged(items())[0] === '✓') show(); else field.value = '';
  form.hidden = false;
  form.closest('.cell').classList.add('asked');
}

function openExercises() {
  const forms = document.querySelectorAll('form.exercise');
  if (!forms.length) return;
  const sentences = JSON.parse(document.querySelector('[data-sentences]').dataset.sentences);
  forms.forEach(form => openExercise(form, sentences));
}
