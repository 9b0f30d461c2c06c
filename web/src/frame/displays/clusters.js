/** Events that stand close together as one disc at their middle, with their number. */

import { binned, cellAt, membersAt } from "cm/displays/bins";
import { classLimits, classOf, inkOn, short } from "cm/displays/cells";
import { grouped } from "cm/days";

const REACH = 64;

/** @param {CanvasRenderingContext2D} context @param {import("cm/points").Sight} sight @param {import("cm/points").Looks} looks @returns {import("cm/points").Drawn} */
export function clusters(context, sight, looks) {
  const bins = binned(sight, REACH);
  const middles = middlesOf(sight, bins);
  const limits = classLimits(bins.counts);
  context.font = "600 11px 'Source Sans', sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  const discs = [];
  bins.counts.forEach((count, at) => {
    if (!count) return;
    const level = classOf(count, limits);
    const disc = { x: middles.x[at] / count, y: middles.y[at] / count, size: count === 1 ? 5 : 11 + 3 * level };
    discs.push({ ...disc, at });
    context.beginPath();
    context.arc(disc.x, disc.y, disc.size, 0, 7);
    context.fillStyle = looks.ramp[level];
    context.globalAlpha = 0.9;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = 1.5;
    context.strokeStyle = looks.halo;
    context.stroke();
    context.fillStyle = inkOn(looks.ramp[level]);
    if (count > 1) context.fillText(short(count), disc.x, disc.y + 0.5);
  });
  return {
    at: (point) => membersOf(sight, bins, discs, point),
    marks: discs,
    words: `${grouped(sight.n)} events shown as ${grouped(discs.length)} clusters`,
  };
}

/** Sums of the pixels in each square. */
function middlesOf({ px, py, n }, bins) {
  const [x, y] = [new Float64Array(bins.counts.length), new Float64Array(bins.counts.length)];
  for (let k = 0; k < n; k++) {
    const at = cellAt(bins, px[k], py[k]);
    if (at < 0) continue;
    x[at] += px[k];
    y[at] += py[k];
  }
  return { x, y };
}

function membersOf(sight, bins, discs, point) {
  const disc = discs.find(({ x, y, size }) => Math.hypot(x - point.x, y - point.y) <= size + 2);
  if (!disc) return [];
  const corner = { x: bins.left + (disc.at % bins.across + 0.5) * bins.size, y: bins.top + (Math.floor(disc.at / bins.across) + 0.5) * bins.size };
  return membersAt(sight, bins, corner);
}
