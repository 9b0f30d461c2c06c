/** Where events are dense: their number, smoothed over the neighbourhood. A picture of reporting, not of danger. */

import { binned } from "cm/displays/bins";
import { nearest } from "cm/displays/dots";
import { grouped } from "cm/days";

const SIDE = 6;
/** Squares over which an event is spread on each side; three passes come close to a bell. */
const SPREAD = 2;
const PASSES = 3;
const FAINTEST = 0.04;

/** @param {CanvasRenderingContext2D} context @param {import("cm/points").Sight} sight @param {import("cm/points").Looks} looks @returns {import("cm/points").Drawn} */
export function heat(context, sight, looks) {
  const bins = binned(sight, SIDE);
  let density = Float32Array.from(bins.counts);
  for (let pass = 0; pass < PASSES; pass++) density = smoothed(smoothed(density, bins.across, bins.down, 1, bins.across), bins.down, bins.across, bins.across, 1);
  let most = 0;
  for (const value of density) if (value > most) most = value;
  density.forEach((value, at) => {
    // The root keeps a village visible beside a capital.
    const share = most ? Math.sqrt(value / most) : 0;
    if (share < FAINTEST) return;
    context.globalAlpha = 0.25 + 0.55 * share;
    context.fillStyle = looks.ramp[Math.min(Math.floor(share * looks.ramp.length), looks.ramp.length - 1)];
    context.fillRect(bins.left + (at % bins.across) * SIDE, bins.top + Math.floor(at / bins.across) * SIDE, SIDE, SIDE);
  });
  context.globalAlpha = 1;
  return {
    at: (point) => nearest(sight, point),
    marks: [],
    words: `${grouped(sight.n)} events shown as density`,
    legend: { title: "Density of events", rows: looks.ramp.map((colour, n) => ({ colour, label: ["lowest", "", "", "", "highest"][n] ?? "" })) },
  };
}

/** A running mean along one direction. @param {Float32Array} values @param {number} length of a line @param {number} lines @param {number} step from one value of a line to the next @param {number} skip from one line to the next */
function smoothed(values, length, lines, step, skip) {
  const made = new Float32Array(values.length);
  for (let line = 0; line < lines; line++) {
    let sum = 0;
    const from = line * skip;
    for (let k = 0; k < Math.min(SPREAD, length); k++) sum += values[from + k * step];
    for (let k = 0; k < length; k++) {
      if (k + SPREAD < length) sum += values[from + (k + SPREAD) * step];
      if (k - SPREAD - 1 >= 0) sum -= values[from + (k - SPREAD - 1) * step];
      made[from + k * step] = sum / (2 * SPREAD + 1);
    }
  }
  return made;
}
