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
    this[kind].push({ what, size, uses: 0, kind, number: this[kind].length });
    KEPT.bytes += size;
  }

  add({ slider, records, marks, sizes }, bytes) {
    let at = 0;
    for (const mark of marks) this.enter('marks', mark, JSON.stringify(mark).length);
    for (const size of sizes) {
      this.enter('chunks', new Int16Array(bytes.slice(at, at + size)), size);
      at += size;
    }
    for (const [key, numbers, words, trouble] of records) {
      const things = numbers.map((n, k) => this[k % 2 ? 'chunks' : 'marks'][n]);
      if (things.includes(undefined)) {  // let go while this message was under way
        this.evicted.records.push(key);
        continue;
      }
      const row = this.row(key, slider), size = 2 * (words.length + 8 * things.length);
      const pairs = numbers.filter((_, k) => k % 2).map((_, k) => things.slice(2 * k, 2 * k + 2));
      const parts = pairs.map(pair => pair.map(thing => thing.what));
      const record = { key, parts, words, trouble, things, row, size };
      things.forEach(thing => { thing.uses += 1; });
      KEPT.bytes += size;
      this.all.set(String(key), record);
      row.records.add(record);
      makeRoom(record);
    }
  }

  drop(record) {
    const { evicted } = this;
    this.all.delete(String(record.key));
    record.row.records.delete(record);
    evicted.records.push(record.key);
    KEPT.bytes -= record.size;
    for (const thing of record.things) {
      thing.uses -= 1;
      if (thing.uses) continue;
      delete this[thing.kind][thing.number];
      evicted[thing.kind].push(thing.number);
      KEPT.bytes -= thing.size;
    }
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
    if (record !== latest) row.of.drop(record);
  }
}
