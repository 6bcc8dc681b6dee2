// What a page has of a figure's records; the room for them is one for all its figures.
// The row that was taken longest ago goes first.
const KEPT = globalThis[Symbol.for('course.records')] ??=
  { room: 32e6, bytes: 0, rows: new Set() };

const nothing = () => ({ records: [], marks: [], chunks: [] });
const along = (key, i, place) => key.map((own, j) => j === i ? place : own);

// What the page has of one generation.
class Records {
  constructor(generation) {
    Object.assign(this, { generation, packets: 0, marks: [], chunks: [] });
    Object.assign(this, { all: new Map(), rows: new Map(), evicted: nothing() });
  }

  has(key) { return this.all.has(String(key)); }

  nearest(key, i, size) {
    for (let d = 0; d < size; d++) for (const place of [key[i] - d, key[i] + d]) {
      const found = this.all.get(String(along(key, i, place)));
      if (found) return found;
    }
  }

  // The same for two sliders that a hand moves at once.
  nearby(key, plane) {
    const other = key.map((_, i) => i).filter(i => !plane.includes(i));
    let found, least = Infinity;
    for (const record of this.all.values()) {
      if (other.some(i => record.key[i] !== key[i])) continue;
      const far = Math.hypot(...plane.map(i => record.key[i] - key[i]));
      if (far < least) [found, least] = [record, far];
    }
    return found;
  }

  // The row of a slider, now the youngest.
  row(key, i) {
    const name = `${i}: ${along(key, i, '*')}`;
    if (!this.rows.has(name)) this.rows.set(name, { name, of: this, records: new Set() });
    const row = this.rows.get(name);
    KEPT.rows.delete(row);
    KEPT.rows.add(row);
    return row;
  }

  enter(kind, what, size) {
    const thing = { what, size, uses: 0, kind, number: this[kind].length };
    this[kind].push(thing);
    KEPT.bytes += size;
    return thing;
  }

  add({ slider, records, marks, sizes }, bytes) {
    let at = 0;
    const fresh = [
      ...marks.map(mark => this.enter('marks', mark, JSON.stringify(mark).length)),
      ...sizes.map(size => {
        const chunk = new Int16Array(bytes.slice(at, at + size));
        at += size;
        return this.enter('chunks', chunk, size);
      }),
    ];
    for (const record of records) this.keep(record, slider);
    for (const thing of fresh) if (!thing.uses) this.release(thing);
    makeRoom(records.at(-1)[0]);
  }

  keep([key, numbers, words, trouble, met], slider) {
    const things = numbers.map((n, k) => this[k % 2 ? 'chunks' : 'marks'][n]);
    if (things.includes(undefined)) {  // let go while this message was under way
      this.evicted.records.push(key);
      return;
    }
    const marks = things.filter(thing => thing.kind === 'marks');
    const parts = marks.map((mark, k) => [mark.what, things[2 * k + 1].what]);
    const row = this.row(key, slider), size = 2 * (words.length + 8 * things.length);
    this.all.set(String(key), { key, parts, words, trouble, met, things, row, size });
    row.records.add(this.all.get(String(key)));
    things.forEach(thing => { thing.uses += 1; });
    KEPT.bytes += size;
  }

  drop(record) {
    const { row } = record;
    this.all.delete(String(record.key));
    row.records.delete(record);
    if (!row.records.size) {
      this.rows.delete(row.name);
      KEPT.rows.delete(row);
    }
    this.evicted.records.push(record.key);
    KEPT.bytes -= record.size;
    for (const thing of record.things) if (!--thing.uses) this.release(thing);
  }

  release(thing) {
    delete this[thing.kind][thing.number];
    this.evicted[thing.kind].push(thing.number);
    KEPT.bytes -= thing.size;
  }

  clear() {
    for (const thing of [...this.marks, ...this.chunks]) KEPT.bytes -= thing?.size ?? 0;
    for (const record of this.all.values()) KEPT.bytes -= record.size;
    for (const row of this.rows.values()) KEPT.rows.delete(row);
  }
}

function makeRoom(latest) {
  for (const row of KEPT.rows) for (const record of row.records) {
    if (KEPT.bytes <= KEPT.room) return;
    if (record.key !== latest) row.of.drop(record);
  }
}
