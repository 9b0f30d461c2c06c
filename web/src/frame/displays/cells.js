/** More events than points can show: their number in each square, always labelled as what it is. */

import { binned, membersAt } from "cm/displays/bins";
import { grouped } from "cm/days";

const SIDE = 32;
const CLASSES = 5;

/** @param {CanvasRenderingContext2D} context @param {import("cm/points").Sight} sight @param {import("cm/points").Looks} looks @returns {import("cm/points").Drawn} */
export function cells(context, sight, looks) {
  const bins = binned(sight, SIDE);
  const limits = classLimits(bins.counts);
  context.font = "600 10.5px 'Source Sans', sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  let filled = 0;
  bins.counts.forEach((count, at) => {
    if (!count) return;
    filled++;
    const x = bins.left + (at % bins.across) * SIDE;
    const y = bins.top + Math.floor(at / bins.across) * SIDE;
    const level = classOf(count, limits);
    context.globalAlpha = 0.82;
    context.fillStyle = looks.ramp[level];
    context.fillRect(x + 0.5, y + 0.5, SIDE - 1, SIDE - 1);
    context.globalAlpha = 1;
    context.fillStyle = inkOn(looks.ramp[level]);
    context.fillText(short(count), x + SIDE / 2, y + SIDE / 2);
  });
  return {
    at: (point) => membersAt(sight, bins, point),
    marks: [],
    words: `${grouped(sight.n)} events shown as ${grouped(filled)} cells`,
    legend: { title: "Events in a cell", rows: limits.map((from, level) => ({ colour: looks.ramp[level], label: classWords(from, limits[level + 1]) })) },
  };
}

/** Lower bounds of the classes: equal steps of the logarithm, as counts of towns and villages need. @param {Int32Array} counts */
export function classLimits(counts) {
  let most = 1;
  for (const count of counts) if (count > most) most = count;
  const step = most ** (1 / CLASSES);
  const limits = [1];
  for (let level = 1; level < CLASSES; level++) {
    const limit = Math.ceil(step ** level);
    if (limit > limits[limits.length - 1] && limit <= most) limits.push(limit);
  }
  return limits;
}

/** @param {number} count @param {number[]} limits */
export const classOf = (count, limits) => limits.findLastIndex((limit) => count >= limit);

const classWords = (from, next) => (next === undefined ? `${grouped(from)} or more` : next - 1 === from ? grouped(from) : `${grouped(from)} to ${grouped(next - 1)}`);

/** 12400 -> "12k". @param {number} count */
export const short = (count) => (count < 1000 ? String(count) : count < 10_000 ? `${(count / 1000).toFixed(1)}k` : count < 1_000_000 ? `${Math.round(count / 1000)}k` : `${(count / 1_000_000).toFixed(1)}M`);

/** Dark words on a light colour and the other way round. @param {string} colour #rrggbb */
export function inkOn(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b > 140 ? "#16191d" : "#ffffff";
}
