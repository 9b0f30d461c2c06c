/** Up to some hundred events: a shape by type with a halo, larger with deaths; those of one pixel with their count. */

import { metresPerPixel } from "cm/mercator";
import { NEAR, confidence, deaths, isPossible, lat, mark } from "cm/table";

/** Half the size of a symbol in pixels, by class of the number of dead. */
const SIZES = [5, 5, 6.5, 8, 9.5, 11.5];
/** Uncertainty drawn around an approximate place, in metres: as the data set states it. */
const NEAR_METRES = 5000;
const REACH = 12;
const PICKED = "#D55E00";

/** @param {CanvasRenderingContext2D} context @param {import("cm/points").Sight} sight @param {import("cm/points").Looks} looks @returns {import("cm/points").Drawn} */
export function symbols(context, sight, looks) {
  const places = together(sight);
  for (const place of places) symbol(context, place, sight, looks);
  return { at: (point) => nearest(places, point), marks: places };
}

/** Events of the same pixel are one symbol with a count. */
function together({ events, indexes, px, py, n }) {
  const places = new Map();
  for (let k = 0; k < n; k++) {
    const [x, y] = [px[k], py[k]];
    const key = (Math.round(x) << 16) ^ Math.round(y);
    const size = SIZES[deaths(events, indexes[k])];
    const place = places.get(key);
    if (place) {
      place.members.push(indexes[k]);
      place.size = Math.max(place.size, size);
    } else places.set(key, { x, y, size, members: [indexes[k]] });
  }
  return [...places.values()];
}

function symbol(context, { x, y, size, members }, { events, first, last, map }, looks) {
  const i = members[members.length - 1];
  const possible = members.every((m) => isPossible(events, m, first, last));
  const ink = looks.colours ? looks.colours[looks.of(i)] ?? looks.ink : looks.ink;
  context.save();
  context.translate(x, y);
  if (members.some((m) => mark(events, m) === NEAR)) ring(context, Math.max(NEAR_METRES / metresPerPixel(map, lat(events, i)), size + 4), looks.ink, [3, 3]);
  if (possible) ring(context, size + 3, looks.ink, []);
  context.globalAlpha = possible ? 0.5 : 1;
  context.scale(size / 5, size / 5);
  context.lineJoin = "round";
  context.strokeStyle = looks.halo;
  context.lineWidth = 2.4;
  const path = looks.paths[events.type[i]];
  context.stroke(path);
  context.fillStyle = ink;
  // Low confidence is drawn hollow: weaker, and not only by colour.
  if (confidence(events, i) === 2) {
    context.fillStyle = looks.halo;
    context.fill(path);
    context.strokeStyle = ink;
    context.lineWidth = 1.1;
    context.stroke(path);
  } else context.fill(path);
  context.restore();
  if (members.length > 1) count(context, x + size, y - size, members.length, looks);
  if (members.includes(looks.picked)) halt(context, x, y, size + 6, looks);
}

function ring(context, radius, ink, dashes) {
  context.beginPath();
  context.arc(0, 0, radius, 0, 7);
  context.setLineDash(dashes);
  context.lineWidth = 1.1;
  context.strokeStyle = ink;
  context.stroke();
  context.setLineDash([]);
}

function count(context, x, y, n, { ink, halo }) {
  const words = n > 99 ? "99+" : String(n);
  context.font = "600 10px 'Source Sans', sans-serif";
  const width = Math.max(context.measureText(words).width + 7, 14);
  context.fillStyle = ink;
  context.strokeStyle = halo;
  context.lineWidth = 1.5;
  context.beginPath();
  context.roundRect(x - width / 2, y - 7, width, 14, 7);
  context.fill();
  context.stroke();
  context.fillStyle = halo;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(words, x, y + 0.5);
}

/** The ring around the picked event. */
export function halt(context, x, y, radius, { halo }) {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.lineWidth = 4;
  context.strokeStyle = halo;
  context.stroke();
  context.lineWidth = 2;
  context.strokeStyle = PICKED;
  context.stroke();
}

function nearest(places, point) {
  let best = null;
  let least = Infinity;
  for (const place of places) {
    const distance = (place.x - point.x) ** 2 + (place.y - point.y) ** 2;
    if (distance < least && distance <= Math.max(REACH, place.size + 3) ** 2) [best, least] = [place, distance];
  }
  return best ? [...best.members].reverse() : [];
}
