/** Thousands of events: one small disc each, stamped into the picture's own bytes. */

import { halt } from "cm/displays/symbols";
import { deaths, isPossible } from "cm/table";

/** Half the size of a disc in pixels, by class of the number of dead. */
const RADII = [2, 2, 2.5, 3, 4, 5];
const REACH = 8;

/** @param {CanvasRenderingContext2D} context @param {import("cm/points").Sight} sight @param {import("cm/points").Looks} looks @returns {import("cm/points").Drawn} */
export function dots(context, sight, looks) {
  const ratio = context.getTransform().a;
  const { width, height } = context.canvas;
  const picture = context.createImageData(width, height);
  const pixels = new Uint32Array(picture.data.buffer);
  const stamps = RADII.map((radius) => stamp(radius * ratio, width));
  const inks = (looks.colours ?? [looks.ink]).map(packed);
  const rim = packed(looks.halo);
  const { events, indexes, px, py, n, first, last } = sight;
  for (let k = 0; k < n; k++) {
    const i = indexes[k];
    const x = Math.round(px[k] * ratio);
    const y = Math.round(py[k] * ratio);
    const { inner, outer, reach } = stamps[deaths(events, i)];
    if (x < reach || y < reach || x >= width - reach || y >= height - reach) continue;
    const at = y * width + x;
    const ink = inks[looks.colours ? looks.of(i) : 0] ?? inks[0];
    for (const offset of outer) pixels[at + offset] = rim;
    // A possible event is a ring: its day may lie outside the window.
    if (!isPossible(events, i, first, last)) for (const offset of inner) pixels[at + offset] = ink;
    else for (const offset of inner) if (pixels[at + offset] === rim) pixels[at + offset] = (ink & 0x00ffffff) | 0x80000000;
  }
  context.putImageData(picture, 0, 0);
  for (let k = 0; k < n; k++) if (indexes[k] === looks.picked) halt(context, px[k], py[k], 9, looks);
  return { at: (point) => nearest(sight, point), marks: [] };
}

/** Offsets of a disc and of its rim in the picture. @param {number} radius @param {number} width */
function stamp(radius, width) {
  const reach = Math.ceil(radius + 1);
  const [inner, outer] = [[], []];
  for (let y = -reach; y <= reach; y++)
    for (let x = -reach; x <= reach; x++) {
      const distance = Math.hypot(x, y);
      if (distance <= radius) inner.push(y * width + x);
      else if (distance <= radius + 0.9) outer.push(y * width + x);
    }
  return { inner, outer, reach };
}

/** A colour as one number in the order of a picture's bytes. @param {string} colour #rrggbb */
function packed(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

/** All events within reach of the nearest one's pixel, newest first. @param {import("cm/points").Sight} sight */
export function nearest({ indexes, px, py, n }, { x, y }) {
  let best = -1;
  let least = REACH ** 2;
  for (let k = 0; k < n; k++) {
    const distance = (px[k] - x) ** 2 + (py[k] - y) ** 2;
    if (distance <= least) [best, least] = [k, distance];
  }
  if (best < 0) return [];
  const found = [];
  for (let k = n - 1; k >= 0; k--) if (Math.abs(px[k] - px[best]) < 1.5 && Math.abs(py[k] - py[best]) < 1.5) found.push(indexes[k]);
  return found;
}
