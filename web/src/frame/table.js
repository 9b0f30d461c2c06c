/** The binary event table (geo/layers/events.py describes the layout) and what of it is shown. */

export const PIN = 0;
export const NEAR = 1;
export const AREA = 2;
export const UNPLACED = 3;
const STEPS = 2 ** 24 - 1;
const TYPES = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i4: Int32Array };

/**
 * @typedef {{n: number, base: number, revision: number, parties: string[], start: ArrayLike<number>, span: ArrayLike<number>,
 *   type: Uint8Array, flags: Uint8Array, mask: ArrayLike<number>, x: Uint32Array, y: Uint32Array, longest: number}} Events
 * @typedef {{types: number[], parties: number, confidences: number[]}} Wanted positions in the vocabulary; empty wants all
 * @typedef {{indexes: Int32Array, possible: number, unplaced: number, areas: Map<number, number>}} Shown
 */

/** @param {ArrayBuffer} buffer @returns {Events} */
export function decode(buffer) {
  const view = new DataView(buffer);
  if (view.getUint32(0) !== 0x434d4556) throw new Error("not an event table");
  const length = view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const columns = {};
  let at = 8 + length;
  for (const [name, kind] of header.columns) {
    const width = Number(kind[1]);
    // A copy: the columns need not stand at an address that their type could be read from.
    const bytes = buffer.slice(at, at + header.n * width);
    columns[name] = kind === "u3" ? threes(new Uint8Array(bytes)) : new TYPES[kind](bytes);
    at += header.n * width;
  }
  const { parties: mask, ...rest } = columns;
  return { ...rest, mask, n: header.n, base: header.base, revision: header.revision, parties: header.parties, longest: rest.span.reduce((most, span) => Math.max(most, span), 0) };
}

/** @param {Uint8Array} bytes */
function threes(bytes) {
  const values = new Uint32Array(bytes.length / 3);
  for (let i = 0; i < values.length; i++) values[i] = bytes[3 * i] | (bytes[3 * i + 1] << 8) | (bytes[3 * i + 2] << 16);
  return values;
}

/** @param {Events} events @param {number} i */
export const lon = (events, i) => (events.x[i] / STEPS) * 360 - 180;
/** @param {Events} events @param {number} i */
export const lat = (events, i) => (events.y[i] / STEPS) * 180 - 90;
/** @param {Events} events @param {number} i */
export const mark = (events, i) => events.flags[i] & 3;
/** @param {Events} events @param {number} i */
export const vague = (events, i) => (events.flags[i] >> 2) & 1;
/** @param {Events} events @param {number} i */
export const confidence = (events, i) => (events.flags[i] >> 3) & 3;
/** Class of the number of dead, 0 to 5. @param {Events} events @param {number} i */
export const deaths = (events, i) => events.flags[i] >> 5;

/** First position whose start is at least `day`. @param {Events} events @param {number} day */
export function lowerBound(events, day) {
  let low = 0;
  let high = events.n;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events.start[middle] + events.base < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a filter lets an event through. @param {Events} events @param {Wanted} wanted @returns {(i: number) => boolean} */
export function passes(events, wanted) {
  const types = wanted.types.length ? new Set(wanted.types) : null;
  const sure = wanted.confidences.length ? new Set(wanted.confidences) : null;
  return (i) =>
    (!types || types.has(events.type[i])) &&
    (!sure || sure.has(confidence(events, i))) &&
    (!wanted.parties || (events.mask[i] & wanted.parties) !== 0);
}

/**
 * The events whose span meets the closed window, with what is counted beside the map.
 * @param {Events} events @param {number} first @param {number} last @param {Wanted} wanted @returns {Shown}
 */
export function select(events, first, last, wanted) {
  const lower = lowerBound(events, first - events.longest);
  const upper = lowerBound(events, last + 1);
  const pass = passes(events, wanted);
  const indexes = new Int32Array(Math.max(upper - lower, 0));
  const areas = new Map();
  let count = 0;
  let possible = 0;
  let unplaced = 0;
  for (let i = lower; i < upper; i++) {
    const start = events.start[i] + events.base;
    const end = start + events.span[i];
    if (end < first || !pass(i)) continue;
    indexes[count++] = i;
    if (isPossible(events, i, first, last)) possible++;
    if (mark(events, i) === UNPLACED) unplaced++;
    if (mark(events, i) === AREA) areas.set(events.x[i], (areas.get(events.x[i]) ?? 0) + 1);
  }
  return { indexes: indexes.subarray(0, count), possible, unplaced, areas };
}

/** Its day is not known and may lie outside the window. @param {Events} events @param {number} i @param {number} first @param {number} last */
export function isPossible(events, i, first, last) {
  const start = events.start[i] + events.base;
  return vague(events, i) === 1 && (start < first || start + events.span[i] > last);
}
