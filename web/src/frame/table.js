/** The binary event table (geo/layers/events.py describes the layout) and what of it is shown. */

import { worldX, worldY } from "cm/mercator";

export const PIN = 0;
export const NEAR = 1;
export const AREA = 2;
export const UNPLACED = 3;
const STEPS = 2 ** 24 - 1;
const TYPES = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i4: Int32Array };

/**
 * @typedef {{n: number, base: number, revision: number, parties: string[], start: ArrayLike<number>, span: ArrayLike<number>,
 *   type: Uint8Array, flags: Uint8Array, mask: ArrayLike<number>, x: Uint32Array, y: Uint32Array, longest: number,
 *   wx: Float32Array, wy: Float32Array}} Events wx, wy are Web Mercator, 0 to 1 from the north-west
 * @typedef {{types: number[], parties: number, confidences: number[], inside: ((lon: number, lat: number) => boolean)|null}} Wanted
 *   positions in the vocabulary; empty wants all
 * @typedef {{indexes: Int32Array, possible: number, unplaced: number, areas: Map<number, number>, types: Uint8Array, parties: number}} Shown
 *   `types` and `parties` tell which are in the window at all, also those that a filter leaves out
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
  const events = { ...rest, mask, n: header.n, base: header.base, revision: header.revision, parties: header.parties, longest: most(rest.span) };
  return { ...events, ...projected(events) };
}

/** @param {ArrayLike<number>} values @returns {number} */
function most(values) {
  let largest = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > largest) largest = values[i];
  return largest;
}

/** @param {Uint8Array} bytes */
function threes(bytes) {
  const values = new Uint32Array(bytes.length / 3);
  for (let i = 0, at = 0; i < values.length; i++, at += 3) values[i] = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);
  return values;
}

/** Every position once on the plane of the map: a move then costs a multiplication an event. */
function projected(events) {
  const wx = new Float32Array(events.n);
  const wy = new Float32Array(events.n);
  for (let i = 0; i < events.n; i++) {
    wx[i] = worldX(lon(events, i));
    wy[i] = worldY(lat(events, i));
  }
  return { wx, wy };
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

/** 1 for each event that the filters let through; made once per filter, read at every move. @param {Events} events @param {Wanted} wanted */
export function passing(events, { types, parties, confidences, inside }) {
  const pass = new Uint8Array(events.n).fill(1);
  const keep = (isWanted) => { for (let i = 0; i < events.n; i++) if (pass[i] && !isWanted(i)) pass[i] = 0; };
  if (types.length) keep(among(types, (i) => events.type[i]));
  if (confidences.length) keep(among(confidences, (i) => confidence(events, i)));
  if (parties) keep((i) => (events.mask[i] & parties) !== 0);
  // An area that is drawn whole has no point of its own: only points can lie in a selection.
  if (inside) keep((i) => mark(events, i) <= NEAR && inside(lon(events, i), lat(events, i)));
  return pass;
}

/** @param {number[]} wanted @param {(i: number) => number} value */
function among(wanted, value) {
  const table = new Uint8Array(256);
  for (const code of wanted) table[code] = 1;
  return (i) => table[value(i)] === 1;
}

/**
 * The events whose span meets the closed window, with what is counted beside the map.
 * @param {Events} events @param {number} first @param {number} last @param {Uint8Array} pass @returns {Shown}
 */
export function select(events, first, last, pass) {
  const { start, span, flags, base, type, mask } = events;
  const lower = lowerBound(events, first - events.longest);
  const upper = lowerBound(events, last + 1);
  const indexes = new Int32Array(Math.max(upper - lower, 0));
  const areas = new Map();
  const types = new Uint8Array(256);
  let parties = 0;
  let count = 0;
  let possible = 0;
  let unplaced = 0;
  for (let i = lower; i < upper; i++) {
    const begun = start[i] + base;
    const ended = begun + span[i];
    if (ended < first) continue;
    types[type[i]] = 1;
    parties |= mask[i];
    if (!pass[i]) continue;
    indexes[count++] = i;
    const flag = flags[i];
    if (flag & 4 && (begun < first || ended > last)) possible++;
    const kind = flag & 3;
    if (kind === UNPLACED) unplaced++;
    else if (kind === AREA) areas.set(events.x[i], (areas.get(events.x[i]) ?? 0) + 1);
  }
  return { indexes: indexes.subarray(0, count), possible, unplaced, areas, types, parties };
}

/** Its day is not known and may lie outside the window. @param {Events} events @param {number} i @param {number} first @param {number} last */
export function isPossible(events, i, first, last) {
  const start = events.start[i] + events.base;
  return vague(events, i) === 1 && (start < first || start + events.span[i] > last);
}

/** The shown events of an area, newest first. @param {{events: Events, shown: Shown}} state @param {number} area */
export function inArea({ events, shown }, area) {
  return Array.from(shown.indexes).filter((i) => mark(events, i) === AREA && events.x[i] === area).reverse();
}
