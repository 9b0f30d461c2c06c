/** The axis of the time bar: a histogram of events over the years in sight, certain ones under possible ones. */

import { grouped, monthName, monthStart, toWords, yearOf, yearStart } from "cm/days";
import { vague } from "cm/table";

const BAR = 3;
const FOOT = 14;
const HEAD = 4;

/**
 * Events per bar. An event whose day is vague is spread evenly over the days on which it may have happened.
 * @param {import("cm/table").Events} events @param {Uint8Array} pass @param {number} from @param {number} to days, `to` exclusive @param {number} bars
 * @returns {{certain: Float32Array, possible: Float32Array}}
 */
export function histogram(events, pass, from, to, bars) {
  const certain = new Float32Array(bars);
  const possible = new Float32Array(bars);
  const perDay = bars / (to - from);
  for (let i = 0; i < events.n; i++) {
    if (!pass[i]) continue;
    const start = events.start[i] + events.base;
    if (!vague(events, i)) {
      const bar = Math.floor((start - from + 0.5) * perDay);
      if (bar >= 0 && bar < bars) certain[bar]++;
      continue;
    }
    const first = Math.floor((start - from) * perDay);
    const last = Math.floor((start + events.span[i] + 1 - from) * perDay - 1e-9);
    const each = 1 / (last - first + 1);
    for (let bar = Math.max(first, 0); bar <= Math.min(last, bars - 1); bar++) possible[bar] += each;
  }
  return { certain, possible };
}

export class Axis {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
  }

  /** Count anew: after a filter, a zoom of the axis or a new width. */
  count(events, pass, from, to) {
    const width = this.canvas.clientWidth;
    Object.assign(this, { from, to, bars: events && width ? histogram(events, pass, from, to, Math.max(Math.floor(width / BAR), 1)) : null });
    this.draw();
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!this.bars || !width) return;
    const ratio = window.devicePixelRatio || 1;
    Object.assign(this.canvas, { width: width * ratio, height: height * ratio });
    const context = this.canvas.getContext("2d");
    context.scale(ratio, ratio);
    const style = getComputedStyle(document.documentElement);
    this.columns(context, width, height, style);
    this.years(context, width, height, style);
  }

  /** The root keeps single events visible beside a war. */
  columns(context, width, height, style) {
    const { certain, possible } = this.bars;
    const [sure, unsure] = [style.getPropertyValue("--ink-soft"), style.getPropertyValue("--possible")];
    const most = Math.sqrt(certain.reduce((largest, count, n) => Math.max(largest, count + possible[n]), 1));
    const each = width / certain.length;
    certain.forEach((count, n) => {
      const total = count + possible[n];
      if (!total) return;
      const tall = Math.max((Math.sqrt(total) / most) * (height - FOOT - HEAD), 1.5);
      const solid = (tall * count) / total;
      context.fillStyle = sure;
      context.fillRect(n * each, height - FOOT - solid, each - 0.6, solid);
      context.fillStyle = unsure;
      context.fillRect(n * each, height - FOOT - tall, each - 0.6, tall - solid);
    });
  }

  years(context, width, height, style) {
    context.font = "11px 'Source Sans', sans-serif";
    context.textBaseline = "bottom";
    const [line, ink] = [style.getPropertyValue("--line"), style.getPropertyValue("--ink")];
    for (const { day, label } of datesOn(this.from, this.to, width)) {
      const x = ((day - this.from) / (this.to - this.from)) * width;
      context.fillStyle = line;
      context.fillRect(x, 0, 1, height);
      context.fillStyle = ink;
      if (x < width - 30) context.fillText(label, x + 3, height);
    }
  }

  /** What the bar under a pointer stands for. @param {number} share of the axis, 0 to 1 @returns {string} */
  words(share) {
    if (!this.bars) return "";
    const { certain, possible } = this.bars;
    const n = Math.min(Math.floor(share * certain.length), certain.length - 1);
    const days = (this.to - this.from) / certain.length;
    const first = Math.floor(this.from + n * days);
    const last = Math.max(Math.ceil(this.from + (n + 1) * days) - 1, first);
    const span = first === last ? toWords(first) : `${toWords(first)} to ${toWords(last)}`;
    const maybe = possible[n] && possible[n] < 0.1 ? "less than 0.1" : Math.round(possible[n] * 10) / 10;
    return `${span}: ${grouped(certain[n])} event${certain[n] === 1 ? "" : "s"}${maybe ? `, ${maybe} more possible` : ""}`;
  }
}

/** Years, months or days, as there is room. @param {number} from @param {number} to @param {number} width pixels */
function datesOn(from, to, width) {
  const perDay = width / (to - from);
  const dates = perDay > 9 ? dayLabels(from, to, perDay) : yearLabels(from, to, perDay * 365.25);
  return dates.filter(({ day }) => day >= from - 1 && day < to);
}

function yearLabels(from, to, perYear) {
  const every = perYear > 38 ? 1 : perYear > 16 ? 2 : perYear > 7 ? 5 : 20;
  const months = perYear > 420 ? 1 : perYear > 150 ? 3 : 12;
  const dates = [];
  for (let year = yearOf(Math.floor(from)); year <= yearOf(Math.ceil(to)); year++) {
    if (year % every === 0) dates.push({ day: yearStart(year), label: String(year) });
    for (let month = months; month < 12; month += months) dates.push({ day: monthStart(year, month), label: monthName(month) });
  }
  return dates;
}

function dayLabels(from, to, perDay) {
  const every = perDay > 26 ? 1 : 7;
  const dates = [];
  for (let day = Math.floor(from); day < to; day++) {
    const date = new Date(day * 86_400_000);
    const of = date.getUTCDate();
    if (of === 1) dates.push({ day, label: `${monthName(date.getUTCMonth())} ${date.getUTCFullYear()}` });
    else if (every === 1 || (of % every === 1 && of < 28)) dates.push({ day, label: String(of) });
  }
  return dates;
}
