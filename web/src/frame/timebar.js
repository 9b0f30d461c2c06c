/** The time bar: a histogram of events under a window that is dragged, stepped, typed or played. */

import { button, el, svg } from "cm/dom";
import { grouped, monthName, monthStart, toIso, toLongWords, toWords, yearOf, yearStart } from "cm/days";
import { passes } from "cm/table";

const SPEEDS = [
  { label: "1 day/s", days: 1 },
  { label: "1 week/s", days: 7 },
  { label: "1 month/s", days: 30 },
  { label: "1 year/s", days: 365 },
];
const SHORTEST_SPAN = 30;
const MARK_WIDTH = 7;
const ICONS = { play: "M4,2.5L13,8L4,13.5Z", pause: "M4,3H6.6V13H4ZM9.4,3H12V13H9.4Z", back: "M11,3L5,8L11,13Z", on: "M5,3L11,8L5,13Z", in: "M8,3V13M3,8H13", out: "M3,8H13", all: "M2,8H14M5,5L2,8L5,11M11,5L14,8L11,11" };

/**
 * @typedef {{asOf: number, mode: "day"|"window"|"since", days: number, start: number|null}} Time
 */
export class TimeBar {
  /** @param {HTMLElement} host @param {(time: Partial<Time>) => void} change */
  constructor(host, change) {
    this.change = change;
    this.playing = false;
    this.build(host);
    new ResizeObserver(() => this.resize()).observe(this.axis);
    window.addEventListener("keydown", (event) => {
      if (!event.target.closest("input, select, textarea, button, .card, summary")) this.onKey(event);
    });
  }

  /** @param {{first: number, last: number, keyDates: {day: number, label: string}[]}} range */
  setRange(range) {
    this.range = range;
    this.from = range.first;
    this.to = range.last + 1;
    this.ticks();
  }

  /** @param {import("cm/table").Events} events @param {import("cm/table").Wanted} wanted */
  setEvents(events, wanted) {
    Object.assign(this, { events, wanted });
    this.draw();
  }

  /** @param {Time} time @param {string} counts */
  show(time, counts) {
    this.time = time;
    this.date.textContent = toLongWords(time.asOf);
    this.counts.textContent = counts;
    this.windows(time);
    this.axis.setAttribute("aria-valuenow", String(time.asOf));
    this.axis.setAttribute("aria-valuetext", `${toLongWords(time.asOf)}; ${counts}`);
    if (time.asOf < this.range.first || time.asOf > this.range.last) this.setRange({ ...this.range, first: Math.min(this.range.first, time.asOf), last: Math.max(this.range.last, time.asOf) });
    this.reveal(time.asOf);
    this.handle();
  }

  /** The choices of the event window, with a typed length among them. @param {Time} time */
  windows({ mode, days }) {
    const lengths = [...new Set([7, 30, 90, 365, days])].sort((a, b) => a - b);
    const key = lengths.join();
    if (key !== this.lengths) {
      this.lengths = key;
      this.reach.replaceChildren(el("option", { value: "day" }, "events of the day"), ...lengths.map((n) => el("option", { value: `window ${n}` }, `events, ${n} days`)), el("option", { value: "since" }, "all events so far"));
    }
    this.reach.value = mode === "window" ? `window ${days}` : mode;
  }

  build(host) {
    this.play = button("Play", icon("play"), () => this.toggle());
    this.date = el("output", { class: "date" });
    this.reach = el("select", { "aria-label": "Events shown" });
    this.speed = el("select", { "aria-label": "Speed", class: "speed" }, ...SPEEDS.map(({ label, days }) => el("option", { value: days }, label)));
    this.speed.value = "30";
    this.counts = el("span", { class: "counts" });
    this.canvas = el("canvas", { "aria-hidden": "true" });
    this.window = el("div", { class: "window" });
    this.grip = el("div", { class: "grip" });
    this.marks = el("div", { class: "marks" });
    this.axis = el("div", { class: "axis", role: "slider", tabindex: "0", "aria-label": "Day shown" }, this.canvas, this.window, this.grip);
    this.bar = el("section", { class: "timebar", "aria-label": "Time" },
      el("div", { class: "controls" },
        this.play, button("One day back", icon("back"), () => this.step(-1)), button("One day on", icon("on"), () => this.step(1)), this.date,
        this.reach, this.counts,
        el("span", { class: "zoomers" }, this.speed, button("Closer in time", icon("in"), () => this.zoom(0.5)), button("Wider in time", icon("out"), () => this.zoom(2)), button("All years", icon("all"), () => this.zoom(Infinity)))),
      this.axis, this.marks);
    host.append(this.bar);
    this.reach.addEventListener("change", () => {
      const [mode, days] = this.reach.value.split(" ");
      this.change(days ? { mode, days: Number(days) } : { mode });
    });
    this.axis.addEventListener("pointerdown", (event) => this.drag(event));
    this.axis.addEventListener("wheel", (event) => { event.preventDefault(); this.zoom(event.deltaY > 0 ? 1.25 : 0.8, this.dayAt(event)); }, { passive: false });
  }

  /** Keys as on any slider; shift steps a week. @param {KeyboardEvent} event */
  onKey(event) {
    const week = event.shiftKey ? 7 : 1;
    const acts = {
      ArrowLeft: () => this.step(-week), ArrowDown: () => this.step(-week), ArrowRight: () => this.step(week), ArrowUp: () => this.step(week),
      PageDown: () => this.step(-30), PageUp: () => this.step(30), Home: () => this.go(this.range.first), End: () => this.go(this.range.last), " ": () => this.toggle(),
    };
    if (!acts[event.key] || event.target.closest(".leaflet-marker-icon")) return;
    event.preventDefault();
    event.stopPropagation();
    acts[event.key]();
  }

  step(by) {
    this.go(this.time.asOf + by);
  }

  go(day) {
    this.change({ asOf: Math.min(Math.max(day, this.range.first), this.range.last) });
  }

  toggle() {
    this.playing = !this.playing;
    this.play.replaceChildren(icon(this.playing ? "pause" : "play"));
    this.play.setAttribute("aria-label", this.playing ? "Pause" : "Play");
    if (!this.playing) return;
    if (this.time.asOf >= this.range.last) this.go(this.range.first);
    let before = performance.now();
    let due = 0;
    const tick = (now) => {
      if (!this.playing) return;
      due += ((now - before) / 1000) * Number(this.speed.value);
      before = now;
      if (due >= 1) {
        this.step(Math.floor(due));
        due %= 1;
      }
      if (this.time.asOf >= this.range.last) this.toggle();
      else requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  /** @param {PointerEvent} event */
  drag(event) {
    this.axis.setPointerCapture(event.pointerId);
    const move = (e) => this.go(this.dayAt(e));
    move(event);
    this.axis.addEventListener("pointermove", move);
    const stop = () => this.axis.removeEventListener("pointermove", move);
    for (const end of ["pointerup", "pointercancel"]) this.axis.addEventListener(end, stop, { once: true });
  }

  dayAt(event) {
    const box = this.axis.getBoundingClientRect();
    return Math.floor(this.from + ((event.clientX - box.left) / box.width) * (this.to - this.from));
  }

  /** Change the years on the axis; factor below 1 is closer. @param {number} factor @param {number} [around] */
  zoom(factor, around = this.time.asOf) {
    const whole = this.range.last + 1 - this.range.first;
    const span = Math.min(Math.max((this.to - this.from) * factor, SHORTEST_SPAN), whole);
    const share = Math.min(Math.max((around - this.from) / (this.to - this.from), 0), 1);
    const from = Math.min(Math.max(around - share * span, this.range.first), this.range.last + 1 - span);
    this.setSpan(from, from + span);
  }

  setSpan(from, to) {
    Object.assign(this, { from, to });
    this.ticks();
    this.draw();
  }

  /** Scroll a zoomed axis so that the day stays in sight. @param {number} day */
  reveal(day) {
    if (day >= this.from && day < this.to) return;
    const span = this.to - this.from;
    const from = Math.min(Math.max(day - span / 2, this.range.first), Math.max(this.range.last + 1 - span, this.range.first));
    this.setSpan(from, from + span);
  }

  share(day) {
    return (day - this.from) / (this.to - this.from);
  }

  handle() {
    const { asOf, mode, days, start } = this.time;
    const first = mode === "day" ? asOf : mode === "window" ? asOf - days + 1 : start ?? this.range.first;
    const left = Math.max(this.share(first), 0);
    const right = this.share(asOf + 1);
    this.window.style.left = `${left * 100}%`;
    this.window.style.width = `${Math.max(right - left, 0) * 100}%`;
    this.grip.style.left = `${this.share(asOf + 0.5) * 100}%`;
  }

  resize() {
    if (this.range) this.ticks();
    this.draw();
  }

  /** Key dates as marks that jump; their names show on hover and focus. */
  ticks() {
    this.axis.setAttribute("aria-valuemin", String(this.range.first));
    this.axis.setAttribute("aria-valuemax", String(this.range.last));
    const inside = this.range.keyDates.filter(({ day }) => day >= this.from && day < this.to);
    const width = this.axis.clientWidth || 1;
    const places = sideBySide(inside.map(({ day }) => this.share(day) * width), width);
    this.marks.replaceChildren(...inside.map(({ day, label }, n) => {
      const mark = button(`${label}, ${toWords(day)}`, "", () => this.go(day));
      mark.style.left = `${places[n]}px`;
      mark.className = places[n] > 0.8 * width ? "key-date edge-right" : places[n] < 0.2 * width ? "key-date edge-left" : "key-date";
      mark.dataset.day = toIso(day);
      return mark;
    }));
    if (this.time) this.handle();
  }

  draw() {
    if (!this.events || !this.axis.clientWidth) return;
    const ratio = window.devicePixelRatio || 1;
    const { clientWidth: width, clientHeight: height } = this.axis;
    Object.assign(this.canvas, { width: width * ratio, height: height * ratio });
    const context = this.canvas.getContext("2d");
    context.scale(ratio, ratio);
    const style = getComputedStyle(this.axis);
    this.bars(context, width, height, style.getPropertyValue("--ink-soft"));
    this.years(context, width, height, style);
    if (this.time) this.handle();
  }

  /** Events per three pixels; the root keeps single events visible beside a war. */
  bars(context, width, height, colour) {
    const cells = Math.max(Math.floor(width / 3), 1);
    const counts = new Float64Array(cells);
    const pass = passes(this.events, this.wanted);
    for (let i = 0; i < this.events.n; i++) {
      const cell = Math.floor(this.share(this.events.start[i] + this.events.base + 0.5) * cells);
      if (cell >= 0 && cell < cells && pass(i)) counts[cell]++;
    }
    const most = Math.sqrt(Math.max(...counts, 1));
    context.fillStyle = colour;
    counts.forEach((count, cell) => {
      const bar = (Math.sqrt(count) / most) * (height - 18);
      if (count) context.fillRect((cell * width) / cells, height - 14 - bar, width / cells - 0.6, bar);
    });
  }

  years(context, width, height, style) {
    context.font = "11px 'Source Sans', sans-serif";
    context.textBaseline = "bottom";
    const line = style.getPropertyValue("--line");
    const ink = style.getPropertyValue("--ink");
    for (const { day, label } of this.dates(width)) {
      const x = this.share(day) * width;
      context.fillStyle = line;
      context.fillRect(x, 0, 1, height);
      context.fillStyle = ink;
      if (x < width - 30) context.fillText(label, x + 3, height);
    }
  }

  /** Years, or months when there is room for them. */
  dates(width) {
    const perYear = (365.25 / (this.to - this.from)) * width;
    const dates = [];
    const every = perYear > 38 ? 1 : perYear > 16 ? 2 : 5;
    for (let year = yearOf(this.from); year <= yearOf(this.to); year++) {
      if (year % every === 0) dates.push({ day: yearStart(year), label: String(year) });
      const months = perYear > 420 ? 1 : perYear > 150 ? 3 : 12;
      for (let month = months; month < 12; month += months) dates.push({ day: monthStart(year, month), label: monthName(month) });
    }
    return dates.filter(({ day }) => day >= this.from - 1 && day < this.to);
  }
}

/** Marks of neighbouring days pushed apart, so that each can be reached. @param {number[]} places sorted @param {number} width */
function sideBySide(places, width) {
  const apart = [];
  for (const place of places) apart.push(Math.max(place, (apart.at(-1) ?? -Infinity) + MARK_WIDTH));
  let limit = width - MARK_WIDTH / 2;
  for (let n = apart.length - 1; n >= 0 && apart[n] > limit; n--) {
    apart[n] = limit;
    limit -= MARK_WIDTH;
  }
  return apart;
}

/** @param {keyof typeof ICONS} name */
function icon(name) {
  const filled = ["play", "pause", "back", "on"].includes(name);
  return svg("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" },
    svg("path", { d: ICONS[name], fill: filled ? "currentColor" : "none", stroke: filled ? "none" : "currentColor", "stroke-width": 1.6 }));
}

/** "4 of 98 events shown · 1 possible" @param {{n: number, of: number, possible: number, unplaced: number}} figures */
export function countWords({ n, of, possible, unplaced }) {
  const parts = [`${grouped(n)} of ${grouped(of)} events shown`];
  if (possible) parts.push(`${grouped(possible)} possible`);
  if (unplaced) parts.push(`${grouped(unplaced)} without a place`);
  return parts.join(" · ");
}
