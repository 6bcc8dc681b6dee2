// What is typed into a field, as numbers: 1/2, 0,838, −1.2^10, (7 − √17)/2; or several.

const OPEN = '…', TEXT = 'text';  // what is left to do, and what is no number
const VALUES = new Map(Object.entries(
  { e: Math.E, pi: Math.PI, π: Math.PI, inf: Infinity, '∞': Infinity, nan: NaN }));
const CALLS = new Map(Object.entries(
  { ln: Math.log, log: Math.log, exp: Math.exp, sqrt: Math.sqrt, '√': Math.sqrt }));
const TOKEN = /(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|\*\*|[-+*/^()√∞]|\p{L}+/giu;

// A sum of products of signed powers, as in Python. A bracket may be left open.
class Arithmetic {
  constructor(text) {
    if (text.replace(TOKEN, '').trim()) throw new SyntaxError(text);
    this.rest = text.match(TOKEN) ?? [];
  }

  take(...wanted) {
    return wanted.includes(this.rest[0]) ? this.rest.shift() : '';
  }

  all() {
    const found = [];
    while (this.rest.length) if (!this.take(')')) found.push(this.sum());
    return found;
  }

  sum() {
    let value = this.product(), sign;
    while ((sign = this.take('+', '-'))) value += (sign === '-' ? -1 : 1) * this.product();
    return value;
  }

  product() {
    let value = this.signed(), by;
    while ((by = this.take('*', '/'))) value = by === '*' ? value * this.signed() : value / this.signed();
    return value;
  }

  signed() {
    if (this.take('-')) return -this.signed();
    return this.take('+') ? this.signed() : this.power();
  }

  power() {
    const base = this.atom();
    return this.take('^', '**') ? base ** this.signed() : base;
  }

  atom() {
    const token = (this.rest.shift() ?? '').toLowerCase();
    if (CALLS.has(token)) return CALLS.get(token)(this.atom());
    if (VALUES.has(token)) return VALUES.get(token);
    if (/^[\d.]/.test(token)) return Number(token);
    if (token !== '(') throw new SyntaxError(token);
    const inside = this.sum();
    this.take(')');
    return inside;
  }
}

// With the signs that a keyboard has: − as -, × as *, ½ as (1/2), [ as (.
function spelled(text) {
  return text.trim()
    .replace(/[−–]/g, '-').replace(/[×·⋅]/g, '*').replace(/[÷⁄]/g, '/')
    .replace(/[¼½¾⅓⅔]/g, c => `(${c.normalize('NFKC').replace('⁄', '/')})`)
    .replace(/\[/g, '(').replace(/\]/g, ')');
}

// A comma is a decimal one, unless a blank follows it, or several numbers are asked for
// and nothing else parts them; between several groups of three digits it is none.
const PARTS = /;|,\s|\d\s+[-\d.]/;
const GROUPS = /(^|[^\d.,])(\d{1,3}(?:(?:\s\d{3})+|(?:,\d{3}){2,}))(?![\d.,])/g;

function parted(text, several) {
  const whole = several ? text : text.replace(GROUPS, (_, before, n) => before + n.replace(/[\s,]/g, ''));
  const tight = several && !PARTS.test(whole);
  return whole.replace(/,\s+/g, ';').replace(/,/g, tight ? ';' : '.').split(';');
}

// A number each, OPEN or TEXT; none of an empty field.
function numbersIn(text, several) {
  return parted(spelled(text), several).flatMap(part => {
    const bare = part.replace(/^[^=]*=/, '').trim();  // “η = 1/2”
    if (bare === '…' || bare === '...') return [OPEN];
    try { return new Arithmetic(bare).all(); } catch { return [TEXT]; }
  });
}
