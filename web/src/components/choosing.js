/** What the person decided, in the browser: every key is answered here, and Python hears of it a little later. */

export const NOT_A_PLACE = "-";
export const STATES = { resolved: "found", review: "to be settled", not_found: "unknown", chosen: "your choice", rejected: "not a place" };
const BY_HAND = "@";
const OPEN = ["review", "not_found"];

/** A position by hand as one choice, and back. */
export const handChoice = ({ lon, lat, km }) => `${BY_HAND}${lon.toFixed(5)},${lat.toFixed(5)},${km}`;
const handSpot = (choice) => {
  const [lon, lat, km] = choice.slice(1).split(",").map(Number);
  return { lon, lat, km, why: "placed by hand" };
};

/** @typedef {{start: number, end: number, name: string, group: string, status: string, place: string, method: string, confidence: number, reading: number, spot: any}} Mark */

export class Choosing {
  constructor() {
    Object.assign(this, { report: "", n: 0, choices: {}, learnt: {}, past: [], current: 0, all: true });
  }

  /** Take what Python says, unless the person has gone on since. */
  take({ report, n, view, choices, learnt }) {
    const other = report !== this.report;
    if (other) Object.assign(this, { report, n: 0, past: [], current: 0, all: true });
    if (other || n >= this.n) Object.assign(this, { n, choices: { ...choices }, learnt: { ...learnt } });
    Object.assign(this, { marks: view.marks, readings: view.readings, places: { ...view.places, ...(other ? {} : this.places) } });
    this.groups = new Map();
    this.marks.forEach(({ group }, i) => {
      if (!this.groups.has(group)) this.groups.set(group, []);
      this.groups.get(group).push(i);
    });
    this.current = Math.max(0, Math.min(this.current, this.marks.length - 1));
    if (other) this.current = Math.max(0, this.marks.findIndex((_, i) => this.isOpen(i)));
  }

  get mark() { return this.marks[this.current]; }

  /** What a mark means now. @param {number} i */
  of(i) {
    const mark = this.marks[i];
    const choice = this.choices[mark.start];
    if (choice === NOT_A_PLACE) return { state: "rejected", place: null, spot: null, confidence: null };
    if (choice?.startsWith(BY_HAND)) return { state: "chosen", place: null, spot: handSpot(choice), confidence: null };
    if (choice) return { state: "chosen", place: this.places[choice] ?? null, spot: null, confidence: null };
    return { state: mark.status, place: mark.place ? this.places[mark.place] : null, spot: mark.spot, confidence: mark.confidence };
  }

  isOpen(i) { return OPEN.includes(this.marks[i].status) && this.choices[this.marks[i].start] === undefined; }

  /** Candidates of a mark, best first. @param {number} i */
  candidates(i) { return this.readings[this.marks[i].reading] ?? []; }

  /** Names, and how many of them are open. */
  counts() {
    const open = new Set(this.marks.filter((_, i) => this.isOpen(i)).map(({ group }) => group));
    return { names: this.groups.size, open: open.size };
  }

  /** The next open mark after the current one, around the end; -1 if none is left. */
  nextOpen() {
    const { length } = this.marks;
    for (let step = 1; step <= length; step += 1) {
      const i = (this.current + step) % length;
      if (this.isOpen(i)) return i;
    }
    return -1;
  }

  /** The mark before the current one that was doubtful, or that the person decided; -1 if there is none. */
  previous() {
    const { length } = this.marks;
    for (let step = 1; step < length; step += 1) {
      const i = (this.current - step + length) % length;
      if (OPEN.includes(this.marks[i].status) || this.choices[this.marks[i].start] !== undefined) return i;
    }
    return -1;
  }

  /** Decide the current mark, and all others of its name unless the person wants only this one. */
  decide(choice, learn = "") {
    const { group, start, name } = this.mark;
    const starts = this.all || learn ? this.groups.get(group).map((i) => this.marks[i].start) : [start];
    this.past.push({ current: this.current, choices: { ...this.choices }, learnt: { ...this.learnt } });
    for (const at of starts) {
      if (choice) this.choices[at] = choice;
      else delete this.choices[at];
    }
    if (learn) this.learnt[name] = learn;
    this.n += 1;
  }

  /** Take the last decision back; false if there is none. */
  undo() {
    const before = this.past.pop();
    if (!before) return false;
    Object.assign(this, before);
    this.n += 1;
    return true;
  }

  /** What Python is told. */
  said() { return { report: this.report, n: this.n, choices: this.choices, learnt: this.learnt }; }
}
