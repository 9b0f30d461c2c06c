/**
 * The map frame: a sandboxed page without network or identity. The page around it sends words, events
 * and the view; the frame draws, filters by time on its own, and tells what the person did.
 */

import { Cards } from "cm/cards";
import { el } from "cm/dom";
import { toDay, toIso } from "cm/days";
import { Ground } from "cm/ground";
import { Labels } from "cm/labels";
import { Legend } from "cm/legend";
import { Patterns } from "cm/patterns";
import { Points } from "cm/points";
import { TimeBar, countWords } from "cm/timebar";
import { AREA, decode, select } from "cm/table";
import { Candidates } from "cm/candidates";

const DEBOUNCE = 120;
const layers = window.conflictmapLayers ?? [];
const map = layers[0].map;
const state = { view: null, words: null, events: null, shown: null, stamp: -1, group: [], cards: new Map() };

map.attributionControl.setPrefix(false);
map.zoomControl.setPosition("topleft");
L.control.scale({ imperial: false, position: "bottomright", maxWidth: 120 }).addTo(map);
const stage = map.getContainer();
const patterns = new Patterns();
const cards = new Cards(stage, { open: (url) => send({ type: "open", url }), closed: () => pick([]), turned: (n) => turn(n) });
const ground = new Ground(map, patterns, (kind, row, how, at) => onGround(kind, row, how, at));
layers.forEach(({ name, rows }) => ground.add(name, rows));
const labels = new Labels().addTo(map);
const legend = new Legend(stage, patterns, window.innerWidth > 1000);
const note = el("footer", { class: "disclaimer" });
document.body.append(note);
const bar = new TimeBar(document.body, (time) => change(time));
const candidates = new Candidates(map);
let points = null;

/** @param {object} message @param {Transferable[]} [transfer] */
const send = (message, transfer = []) => window.parent.postMessage({ conflictmap: true, ...message }, "*", transfer);

window.addEventListener("message", ({ source, data }) => {
  if (source !== window.parent || !data?.conflictmap) return;
  const acts = { start, view: takeView, card: takeCard, theme: takeTheme, font: takeFont, report: takeReport };
  acts[data.type]?.(data);
});

/** First message: everything that does not change with the view. */
function start({ words, events, view, theme }) {
  state.words = words;
  state.events = decode(events);
  state.stamp = -1; // positions of another revision mean other events: what the page says counts
  state.group = [];
  points ??= new Points(words.types.map((type) => type.symbol)).addTo(map);
  state.cards.clear();
  labels.setLabels(words.labels);
  note.replaceChildren(el("span", {}, words.disclaimer), el("span", { class: "credits" }, words.credits.join(" · ")));
  bar.setRange({ ...range(words, view), keyDates: words.key_dates.map(({ day, label }) => ({ day: toDay(day), label })) });
  state.moved = Boolean(view.centre);
  takeTheme({ theme });
  takeView({ view });
  fit();
  send({ type: "drawn" });
}

/** The whole situation, as long as the person has not chosen a part of it. */
function fit() {
  state.fitting = true; // these moves are ours, not the person's
  map.invalidateSize({ animate: false });
  if (state.view && !state.moved) {
    const [west, south, east, north] = state.words.extent;
    map.fitBounds([[south, west], [north, east]], { animate: false });
  }
  state.fitting = false;
}
new ResizeObserver(fit).observe(stage);

/** First and last day of the axis: the situation's, and whatever was imported or asked for beyond it. */
function range(words, view) {
  const { events } = state;
  const ends = Array.from(events.start, (start, i) => start + events.base + events.span[i]);
  const days = [toDay(view.as_of), ...(events.n ? [events.start[0] + events.base, ends.reduce((last, end) => Math.max(last, end), -Infinity)] : [])];
  return { first: Math.min(toDay(words.first_day), ...days), last: Math.max(toDay(words.last_day), ...days) };
}

/** A report's places instead of events and ground: the same map, without its time bar. */
function takeReport({ places, words, theme }) {
  document.documentElement.dataset.mode = "report";
  labels.setLabels(words.labels);
  note.replaceChildren(el("span", {}, words.disclaimer));
  map.invalidateSize({ animate: false });
  takeTheme({ theme });
  candidates.show(places);
  send({ type: "drawn" });
}

/** The page's view: filters always count, time and place only when the page itself changed them. */
function takeView({ view }) {
  const mine = state.view;
  const fresh = view.stamp !== state.stamp;
  state.stamp = view.stamp;
  const time = fresh || !mine ? { asOf: toDay(view.as_of), mode: view.mode, days: view.days, start: view.start ? toDay(view.start) : null } : mine;
  state.view = { ...time, hidden: new Set(view.hidden), wanted: wanted(view.filters), picked: fresh ? view.picked : mine.picked };
  if (fresh && view.centre) map.setView([view.centre[1], view.centre[0]], view.centre[2], { animate: false });
  bar.setEvents(state.events, state.view.wanted);
  toggleLayers();
  draw();
  if (fresh && view.picked >= 0) focus(view.picked);
}

/** Codes to positions. @returns {import("cm/table").Wanted} */
function wanted({ types, parties, confidences }) {
  const { words } = state;
  return {
    types: types.map((code) => words.types.findIndex((type) => type.code === code)),
    confidences: confidences.map((code) => words.confidences.findIndex((term) => term.code === code)),
    parties: parties.reduce((mask, code) => mask | (1 << state.events.parties.indexOf(code)), 0),
  };
}

function toggleLayers() {
  const { hidden } = state.view;
  for (const [name, layer] of [["labels", labels], ["events", points]]) {
    const on = !hidden.has(name);
    if (on !== map.hasLayer(layer)) on ? layer.addTo(map) : layer.remove();
  }
  map.getPane("base").classList.toggle("without-lines", hidden.has("boundaries"));
}

/** The person moved time. @param {Partial<import("cm/timebar").Time>} time */
function change(time) {
  Object.assign(state.view, time);
  draw();
  tell();
}

/** First and last day of the closed event window. */
function span() {
  const { asOf, mode, days, start } = state.view;
  if (mode === "day") return [asOf, asOf];
  return mode === "window" ? [asOf - days + 1, asOf] : [start ?? -1e9, asOf];
}

function draw() {
  const started = performance.now();
  const { view, events } = state;
  const [first, last] = span();
  const shown = select(events, first, last, view.wanted);
  state.shown = shown;
  if (view.picked >= 0 && !shown.indexes.includes(view.picked)) leave();
  ground.show(view.asOf, view.hidden);
  ground.showAreas(view.hidden.has("events") ? new Map() : shown.areas);
  points.setShown(events, shown, first, last);
  showSymbols();
  bar.show(view, countWords({ n: shown.indexes.length, of: events.n, possible: shown.possible, unplaced: shown.unplaced }));
  drawLegend();
  document.documentElement.dataset.drawMs = (performance.now() - started).toFixed(2);
}

/** Names keep clear of symbols, wherever the map was moved. */
function showSymbols() {
  labels.setObstacles([...ground.postsOn(state.view.asOf, state.view.hidden), ...points.drawn]);
}

function drawLegend() {
  const { words, view, shown, events } = state;
  const holding = (rows, group) => (view.hidden.has(group) ? [] : rows.filter((row) => row.start <= view.asOf && view.asOf < row.end));
  const zones = [...holding(words.zones, "zones").filter((z) => z.kind === "control"), ...holding(words.zones, "presence").filter((z) => z.kind !== "control")];
  const types = view.hidden.has("events") ? [] : [...new Set(Array.from(shown.indexes, (i) => events.type[i]))].sort((a, b) => a - b);
  legend.show({ zones, posts: holding(words.posts, "posts"), lines: holding(words.lines, "lines"), types, areas: shown.areas.size > 0 && types.length > 0 }, { ...words.vocabulary, parties: words.parties, types: words.types }, ground.words);
}

let timer = 0;
/** Tell the page, once the hand rests. */
function tell() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const { view } = state;
    const { lng, lat } = map.getCenter();
    const centre = state.moved ? [lng, lat, map.getZoom()].map((value) => Number(value.toFixed(4))) : null;
    const bounds = map.getBounds();
    const bbox = state.moved ? [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((value) => Number(value.toFixed(4))) : null;
    send({ type: "view", view: { bbox, as_of: toIso(view.asOf), mode: view.mode, days: view.days, start: view.start === null ? null : toIso(view.start), centre, picked: view.picked } });
  }, DEBOUNCE);
}

/** @param {number[]} group events at one place, newest first */
function pick(group, n = 0) {
  state.group = group;
  state.view.picked = group[n] ?? -1;
  points.setPicked(state.view.picked);
  if (group.length) ask("event", group[n], { n, of: group.length });
  tell();
}

/** The picked event is no longer in the window: its card would speak of another day. */
function leave() {
  state.view.picked = -1;
  state.group = [];
  points.setPicked(-1);
  cards.close();
}

const turn = (n) => pick(state.group, n);

/** Bring an event that the page picked into sight. @param {number} index */
function focus(index) {
  state.group = [index];
  points.setPicked(index);
  const where = points.where(index);
  if (where && !map.getBounds().pad(-0.1).contains(where)) map.panTo(where, { animate: false });
  ask("event", index, { n: 0, of: 1 });
}

/** Words of one event: read by the page, remembered here. */
function ask(kind, index, page) {
  state.page = page;
  if (state.cards.has(index)) cards.show(state.cards.get(index), page);
  else send({ type: "ask", kind, index });
}

function takeCard({ index, card }) {
  state.cards.set(index, card);
  if (state.view.picked === index) cards.show(card, state.page);
  if (state.hovered === index) cards.showHover(card, state.hoverAt);
}

/** Pointer on a zone, line, post or area. */
function onGround(kind, row, how, at) {
  if (how === "leave") return cards.showHover(null);
  const members = kind === "areas" ? Array.from(state.shown.indexes).filter((i) => (state.events.flags[i] & 3) === AREA && state.events.x[i] === row).reverse() : [];
  const here = at ? map.latLngToContainerPoint(at) : null;
  const events = here && !state.view.hidden.has("events") ? points.at(here) : [];
  if (how === "hover") return events.length || cards.showHover(members.length ? { title: `${members.length} event${members.length > 1 ? "s" : ""} in this area` } : state.words[kind][row].card, here);
  if (events.length || members.length) return pick(events.length ? events : members);
  state.view.picked = -1;
  points.setPicked(-1);
  return cards.show(state.words[kind][row].card);
}

map.on("click", ({ containerPoint }) => {
  const group = state.shown && !state.view.hidden.has("events") ? points.at(containerPoint) : [];
  if (group.length) pick(group);
  else cards.close();
});

map.on("mousemove", ({ containerPoint }) => {
  const [index] = state.shown && !state.view.hidden.has("events") ? points.at(containerPoint) : [];
  stage.classList.toggle("over-event", index !== undefined);
  if (index === undefined) {
    if (state.hovered !== undefined) cards.showHover(null);
  } else if (state.cards.has(index)) cards.showHover(state.cards.get(index), containerPoint);
  else if (index !== state.hovered) send({ type: "ask", kind: "event", index });
  Object.assign(state, { hovered: index, hoverAt: containerPoint });
});

map.on("moveend", () => {
  if (!state.view) return;
  showSymbols();
  if (state.fitting) return;
  state.moved = true;
  tell();
});

/** The page's own typeface, sent as bytes: the frame may not load anything. @param {{font: ArrayBuffer}} message */
async function takeFont({ font }) {
  document.fonts.add(await new FontFace("Source Sans", font, { weight: "200 900" }).load());
  labels.draw();
  bar.draw();
}

/** Small symbols from afar. */
const scaleSymbols = () => stage.classList.toggle("far", map.getZoom() < 9);
map.on("zoomend", scaleSymbols);
scaleSymbols();

/** @param {{theme: "light"|"dark"}} message */
function takeTheme({ theme }) {
  document.documentElement.dataset.theme = theme;
  const style = getComputedStyle(document.documentElement);
  for (const layer of [labels, points]) layer?.setColours(style.getPropertyValue("--map-ink").trim(), style.getPropertyValue("--map-halo").trim());
  bar.draw();
}

send({ type: "ready" });
