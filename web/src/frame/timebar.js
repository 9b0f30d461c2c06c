/** The time bar: a histogram of events under a window that is dragged, stepped, typed or played. */

import { Axis } from "cm/axis";
import { DayField } from "cm/dayfield";
import { button, el } from "cm/dom";
import { grouped, toDay, toIso, toLongWords, toWords } from "cm/days";
import { icon } from "cm/icons";
import { Player } from "cm/player";

const SHORTEST_SPAN = 20;
const MARK_WIDTH = 7;
/** Pixels around an end of the window in which a drag takes that end. */
const GRASP = 8;
const [EARLIEST, LATEST] = [toDay("1800-01-01"), toDay("2199-12-31")];
const LONGEST_WINDOW = 36_525;

/**
 * @typedef {{asOf: number, mode: "day"|"window"|"since", days: number, start: number|null}} Time
 */
export class TimeBar {
  /** @param {HTMLElement} host @param {(time: Partial<Time>) => void} change */
  constructor(host, change) {
    this.change = change;
    this.player = new Player({ step: (days) => this.go(this.time.asOf + days), isAtEnd: () => this.time.asOf >= this.range.last, rewind: () => this.go(this.range.first) });
    this.build(host);
    new ResizeObserver(() => this.resize()).observe(this.axis);
    window.addEventListener("keydown", (event) => {
      if (!event.target.closest("input, select, textarea, button, .card, summary, [role=slider], .leaflet-container")) this.onKey(event, false);
    });
  }

  /** @param {{first: number, last: number, keyDates: {day: number, label: string}[]}} range */
  setRange(range) {
    this.range = range;
    this.from = range.first;
    this.to = range.last + 1;
    this.listKeyDates();
    this.ticks();
  }

  /** @param {import("cm/table").Events} events @param {Uint8Array} pass */
  setEvents(events, pass) {
    Object.assign(this, { events, pass });
    this.recount();
  }

  recount() {
    if (this.range) this.picture.count(this.events, this.pass, this.from, this.to);
  }

  draw() {
    this.picture.draw();
  }

  /** @param {Time} time @param {string} counts */
  show(time, counts) {
    this.time = time;
    const first = this.firstDay();
    this.end.show(time.asOf, toLongWords(time.asOf));
    this.start.show(first ?? this.range.first, first === null ? "the beginning" : toWords(first));
    this.bar.dataset.mode = time.mode;
    this.counts.textContent = counts;
    this.windows(time);
    if (time.asOf < this.range.first || time.asOf > this.range.last) this.setRange({ ...this.range, first: Math.min(this.range.first, time.asOf), last: Math.max(this.range.last, time.asOf) });
    describe(this.axis, time.asOf, `${toLongWords(time.asOf)}; ${counts}`, this.range.first, this.range.last);
    describe(this.opener, first ?? this.range.first, first === null ? "no first day" : toLongWords(first), this.range.first, time.asOf);
    this.reveal(time.asOf);
    this.handle();
  }

  /** First day of the window; null when all events so far are shown. */
  firstDay() {
    const { asOf, mode, days, start } = this.time;
    return mode === "day" ? asOf : mode === "window" ? asOf - days + 1 : start;
  }

  /** The choices of the event window, with a typed length among them. @param {Time} time */
  windows({ mode, days }) {
    const lengths = [...new Set([7, 30, 90, 365, days])].sort((a, b) => a - b);
    const key = lengths.join();
    if (key !== this.lengths) {
      this.lengths = key;
      this.reach.replaceChildren(el("option", { value: "day" }, "events of the day"), ...lengths.map((n) => el("option", { value: `window ${n}` }, n === 1 ? "events, 1 day" : `events, ${n} days`)), el("option", { value: "since" }, "all events so far"));
    }
    this.reach.value = mode === "window" ? `window ${days}` : mode;
  }

  build(host) {
    this.start = new DayField("First day", (day) => this.begin(day));
    this.end = new DayField("Day shown", (day) => this.change({ asOf: clamped(day, EARLIEST, LATEST) }));
    this.end.element.classList.add("end");
    this.start.element.classList.add("start");
    this.reach = el("select", { "aria-label": "Events shown" });
    this.counts = el("p", { class: "counts" });
    this.canvas = el("canvas", { "aria-hidden": "true" });
    this.picture = new Axis(this.canvas);
    this.window = el("div", { class: "window" });
    this.grip = el("div", { class: "grip" });
    this.opener = el("div", { class: "opener", role: "slider", tabindex: "0", "aria-label": "First day of the window" });
    this.peek = el("div", { class: "peek", hidden: true, "aria-hidden": "true" });
    this.marks = el("div", { class: "marks", "aria-hidden": "true" });
    this.jump = el("select", { "aria-label": "Jump to a key date", class: "jump" });
    this.jump.addEventListener("change", () => { if (this.jump.value) this.go(Number(this.jump.value)); this.jump.value = ""; });
    this.axis = el("div", { class: "axis", role: "slider", tabindex: "0", "aria-label": "Day shown" }, this.canvas, this.window, this.grip);
    this.track = el("div", { class: "track" }, this.axis, this.opener, this.peek);
    const { play, speed, loop } = this.player;
    this.bar = el("section", { class: "timebar", "aria-label": "Time" },
      el("div", { class: "controls" },
        play, button("One day back", icon("back"), () => this.step(-1)), button("One day on", icon("on"), () => this.step(1)),
        el("span", { class: "days" }, this.start.element, el("span", { class: "dash" }, "–"), this.end.element),
        this.reach, speed, loop, this.jump,
        el("span", { class: "zoomers" }, button("Closer in time", icon("in"), () => this.zoom(0.5)), button("Wider in time", icon("out"), () => this.zoom(2)), button("All years", icon("all"), () => this.zoom(Infinity)))),
      this.counts, this.track, this.marks);
    host.append(this.bar);
    this.reach.addEventListener("change", () => {
      const [mode, days] = this.reach.value.split(" ");
      this.change(days ? { mode, days: Number(days) } : { mode, start: null });
    });
    this.axis.addEventListener("keydown", (event) => this.onKey(event, false));
    this.opener.addEventListener("keydown", (event) => this.onKey(event, true));
    this.track.addEventListener("pointerdown", (event) => this.drag(event));
    this.track.addEventListener("pointermove", (event) => this.onPeek(event));
    this.track.addEventListener("pointerleave", () => { this.peek.hidden = true; });
    this.axis.addEventListener("wheel", (event) => { event.preventDefault(); this.zoom(event.deltaY > 0 ? 1.25 : 0.8, this.dayAt(event)); }, { passive: false });
  }

  /** Keys as on any slider; shift steps a week. @param {KeyboardEvent} event @param {boolean} opens whether the first day is meant */
  onKey(event, opens) {
    const week = event.shiftKey ? 7 : 1;
    const step = (by) => (opens ? this.begin((this.firstDay() ?? this.range.first) + by) : this.step(by));
    const acts = {
      ArrowLeft: () => step(-week), ArrowDown: () => step(-week), ArrowRight: () => step(week), ArrowUp: () => step(week),
      PageDown: () => step(-30), PageUp: () => step(30),
      Home: () => (opens ? this.begin(this.range.first) : this.go(this.range.first)), End: () => (opens ? this.begin(this.time.asOf) : this.go(this.range.last)),
      " ": () => this.player.toggle(),
    };
    if (!acts[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    acts[event.key]();
  }

  step(by) {
    this.go(this.time.asOf + by);
  }

  go(day) {
    this.change({ asOf: clamped(day, this.range.first, this.range.last) });
  }

  /** Put the first day of the window: its length follows, or the start when all events so far are shown. */
  begin(day) {
    const { asOf, mode } = this.time;
    const first = clamped(day, EARLIEST, asOf);
    if (mode === "since") this.change({ start: first });
    else this.change({ mode: "window", days: Math.min(asOf - first + 1, LONGEST_WINDOW) });
  }

  /** An end of the window, the whole of it, or the day under the pointer. @param {PointerEvent} event */
  drag(event) {
    this.track.setPointerCapture(event.pointerId);
    const held = this.heldAt(event);
    const from = this.dayAt(event);
    const before = this.time.asOf;
    let moved = held !== "inside";
    this.dragging = true; // the axis stands still under the hand
    const move = (e) => {
      const day = clamped(this.dayAt(e), Math.floor(this.from), Math.ceil(this.to) - 1);
      if (day !== from) moved = true;
      if (held === "start") this.begin(day);
      else if (moved) this.go(held === "inside" ? before + day - from : day);
    };
    if (held === "outside") move(event);
    this.track.addEventListener("pointermove", move);
    const stop = () => {
      this.track.removeEventListener("pointermove", move);
      this.dragging = false;
      if (moved) this.reveal(this.time.asOf);
      else this.go(from); // a click, not a drag
    };
    for (const end of ["pointerup", "pointercancel"]) this.track.addEventListener(end, stop, { once: true });
  }

  /** @returns {"start"|"end"|"inside"|"outside"} */
  heldAt(event) {
    const box = this.axis.getBoundingClientRect();
    const x = event.clientX - box.left;
    const first = this.firstDay();
    const left = first === null ? -Infinity : this.share(first) * box.width;
    const right = this.share(this.time.asOf + 1) * box.width;
    if (Math.abs(x - this.share(this.time.asOf + 0.5) * box.width) <= GRASP / 2) return "end";
    if (this.time.mode !== "day" && Math.abs(x - left) <= GRASP) return "start";
    return this.time.mode === "window" && x > left && x < right ? "inside" : "outside";
  }

  onPeek(event) {
    const box = this.axis.getBoundingClientRect();
    const share = clamped((event.clientX - box.left) / box.width, 0, 0.9999);
    this.peek.textContent = this.picture.words(share);
    this.peek.hidden = !this.peek.textContent;
    this.peek.style.left = `${clamped(share * box.width - this.peek.offsetWidth / 2, 0, Math.max(box.width - this.peek.offsetWidth, 0))}px`;
  }

  dayAt(event) {
    const box = this.axis.getBoundingClientRect();
    return Math.floor(this.from + ((event.clientX - box.left) / box.width) * (this.to - this.from));
  }

  /** Change the years on the axis; factor below 1 is closer. @param {number} factor @param {number} [around] */
  zoom(factor, around = this.time.asOf) {
    const whole = this.range.last + 1 - this.range.first;
    const span = clamped((this.to - this.from) * factor, Math.min(SHORTEST_SPAN, whole), whole);
    const share = clamped((around - this.from) / (this.to - this.from), 0, 1);
    const from = clamped(around - share * span, this.range.first, this.range.last + 1 - span);
    this.setSpan(from, from + span);
  }

  setSpan(from, to) {
    Object.assign(this, { from, to });
    this.ticks();
    this.recount();
  }

  /** Scroll a zoomed axis so that the day stays in sight. @param {number} day */
  reveal(day) {
    if (this.dragging || (day >= this.from && day < this.to)) return;
    const span = this.to - this.from;
    const from = clamped(day - span / 2, this.range.first, Math.max(this.range.last + 1 - span, this.range.first));
    this.setSpan(from, from + span);
  }

  share(day) {
    return (day - this.from) / (this.to - this.from);
  }

  handle() {
    const first = this.firstDay() ?? this.range.first;
    const left = clamped(this.share(first), 0, 1);
    const right = clamped(this.share(this.time.asOf + 1), 0, 1);
    this.window.style.left = `${left * 100}%`;
    this.window.style.width = `${Math.max(right - left, 0) * 100}%`;
    this.grip.style.left = `${this.share(this.time.asOf + 0.5) * 100}%`;
    this.opener.style.left = `${left * 100}%`;
    this.opener.classList.toggle("beyond", first < this.from || first >= this.to);
  }

  resize() {
    if (this.range) this.ticks();
    this.recount();
  }

  /** Key dates as marks that jump; their names show on hover. The list of them says the same to keyboard and screen reader. */
  ticks() {
    const width = this.axis.clientWidth || 1;
    const inside = this.range.keyDates.filter(({ day }) => day >= this.from && day < this.to);
    this.marks.replaceChildren(...together(inside, (day) => this.share(day) * width).map((dates) => {
      const place = this.share(dates[0].day) * width;
      const edge = place > 0.8 * width ? " edge-right" : place < 0.2 * width ? " edge-left" : "";
      const label = dates.map((date) => `${date.label}, ${toWords(date.day)}`).join("; ");
      const mark = el("span", { class: `key-date${edge}`, "data-day": toIso(dates[0].day), "data-label": label });
      mark.style.left = `${place}px`;
      mark.addEventListener("click", () => this.go((dates.find(({ day }) => day > this.time.asOf) ?? dates[0]).day));
      return mark;
    }));
    if (this.time) this.handle();
  }

  listKeyDates() {
    this.jump.hidden = !this.range.keyDates.length;
    this.jump.replaceChildren(el("option", { value: "" }, "key dates"), ...this.range.keyDates.map(({ day, label }) => el("option", { value: day }, `${toWords(day)}: ${label}`)));
  }
}

const clamped = (value, low, high) => Math.min(Math.max(value, low), high);

/** What a screen reader says of a slider. */
function describe(slider, value, words, low, high) {
  for (const [name, given] of Object.entries({ valuenow: value, valuetext: words, valuemin: low, valuemax: high })) slider.setAttribute(`aria-${name}`, String(given));
}

/** Key dates whose marks would touch share one, which goes from date to date. @param {{day: number, label: string}[]} dates @param {(day: number) => number} place */
function together(dates, place) {
  const groups = [];
  for (const date of [...dates].sort((one, other) => one.day - other.day)) {
    const last = groups.at(-1);
    if (last && place(date.day) - place(last[0].day) < MARK_WIDTH) last.push(date);
    else groups.push([date]);
  }
  return groups;
}

/** "4 of 98 events shown · 1 possible" @param {{n: number, of: number, possible: number, unplaced: number}} figures */
export function countWords({ n, of, possible, unplaced }) {
  const parts = [`${grouped(n)} of ${grouped(of)} events shown`];
  if (possible) parts.push(`${grouped(possible)} possible`);
  if (unplaced) parts.push(`${grouped(unplaced)} without a place`);
  return parts.join(" · ");
}
