/**
 * The map frame: a sandboxed page without network or identity. The page around it sends words, events
 * and the view; the frame draws, filters by time on its own, and tells what the person did.
 */

import { Candidates } from "cm/candidates";
import { Cards } from "cm/cards";
import { Comparing } from "cm/comparing";
import { toDay } from "cm/days";
import { el } from "cm/dom";
import { Gestures } from "cm/gestures";
import { Ground } from "cm/ground";
import { listButton } from "cm/insight";
import { Labels } from "cm/labels";
import { Legend, onTheMap } from "cm/legend";
import { Patterns } from "cm/patterns";
import { Pointing, Tray } from "cm/pointing";
import { Points } from "cm/points";
import { Selecting } from "cm/selecting";
import { path2d } from "cm/symbols";
import { UNPLACED, decode, passing, select } from "cm/table";
import { TimeBar, countWords } from "cm/timebar";
import { axisOf, colouring, viewFrom, wantedBy, windowOf } from "cm/view";
import { ask, listen, send, tellSoon, told } from "cm/wire";

const RAMPS = { light: ["#e3d9ee", "#c2a8d9", "#9d74bd", "#74449a", "#48206b"], dark: ["#4a3a5e", "#6c4f8e", "#9069b8", "#b78fdd", "#e0c8f7"] };
const layers = window.conflictmapLayers ?? [];
const map = layers[0].map;
const state = { view: null, words: null, events: null, shown: null, pass: null, stamp: -1, moved: false };

map.attributionControl.setPrefix(false);
map.zoomControl.setPosition("topleft");
L.control.scale({ imperial: false, position: "bottomright", maxWidth: 120 }).addTo(map);
const stage = map.getContainer();
const patterns = new Patterns(map);
const cards = new Cards(stage, { open: (url) => send({ type: "open", url }), closed: () => pointing.leave() });
const pointing = new Pointing(cards, { ask, mark: (index) => mark(index), told: () => tell() });
const gestures = new Gestures(map, state, { ground: () => ground, cards, pointing, points: () => points });
const heard = (...what) => gestures.onGround(...what);
const ground = new Ground(map, patterns, heard);
layers.forEach(({ name, rows }) => ground.add(name, rows));
const comparing = new Comparing(map, patterns, { rows: layers, ask, tell: heard });
const labels = new Labels().addTo(map);
const legend = new Legend(stage, patterns, window.innerWidth > 1000, (kind, code) => toggle(kind, code));
const tray = new Tray(stage, (indexes) => pointing.open(indexes, "Events without a place"));
const selecting = new Selecting(map, (ring) => chooseArea(ring));
listButton(stage, cards, () => gestures.inSight(), (events, title) => pointing.open(events, title));
const credits = el("footer", { class: "disclaimer" });
document.body.append(credits);
const bar = new TimeBar(document.body, (time) => change(time));
const candidates = new Candidates(map);
let points = null;

/** First message: everything that does not change with the view. */
function start({ words, areas, events, view, theme }) {
  state.words = words;
  state.events = decode(events);
  state.stamp = -1; // positions of another revision mean other events: what the page says counts
  points ??= new Points({ paths: words.types.map((type) => path2d(type.symbol)), colours: null, of: () => 0, picked: -1, ink: "#22262b", halo: "#ffffff", ramp: RAMPS.light }, onDrawn).addTo(map);
  pointing.forget();
  ground.setAreas(areas);
  ground.setNames(words);
  writeWords(words);
  bar.setRange({ ...axisOf(words, state.events, toDay(view.as_of)), keyDates: words.key_dates.map(({ day, label }) => ({ day: toDay(day), label })) });
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

/** A report's places instead of events and ground: the same map, without its time bar. */
function takeReport({ places, words, theme }) {
  document.documentElement.dataset.mode = "report";
  writeWords(words);
  fit();
  takeTheme({ theme });
  candidates.show(places);
  send({ type: "drawn" });
}

/** Beside a report's text: the current mention, or a position that is being typed. */
const inReport = () => document.documentElement.dataset.mode === "report";
const follow = (message) => candidates.follow(message);
const probe = ({ spot }) => candidates.probe(spot);
map.on("click", ({ latlng }) => {
  if (!inReport()) return;
  const { lng, lat } = latlng.wrap();
  send({ type: "spot", lon: Number(lng.toFixed(4)), lat: Number(lat.toFixed(4)) });
});
window.addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey }) => {
  if (inReport() && key.length === 1 && !ctrlKey && !metaKey && !altKey) send({ type: "key", key });
});

function writeWords(words) {
  labels.setLabels(words.labels);
  credits.replaceChildren(el("span", {}, words.disclaimer), el("span", { class: "credits" }, words.credits.join(" · ")));
}

function takeView({ view }) {
  const fresh = view.stamp !== state.stamp;
  state.stamp = view.stamp;
  const mine = state.view;
  state.view = viewFrom(view, mine, fresh);
  // A page that has not yet heard of a press in the legend still says the filters of before.
  const said = JSON.stringify(view.filters);
  if (mine && !fresh && said === state.saidFilters) state.view.filters = mine.filters;
  state.saidFilters = said;
  document.documentElement.dataset.bare = view.bare ? "yes" : "no";
  if (fresh && view.centre) map.setView([view.centre[1], view.centre[0]], view.centre[2], { animate: false });
  applyFilters();
  applyColours();
  toggleLayers();
  draw();
  if (fresh && view.picked >= 0) focus(view.picked);
}

/** Which events pass, once per filter and selection. */
function applyFilters() {
  const { view, words, events } = state;
  const key = JSON.stringify([view.filters, view.area, events.revision]);
  if (key === state.filtered) return;
  state.filtered = key;
  state.pass = passing(events, wantedBy(view, words, events));
  selecting.show(view.area);
  bar.setEvents(events, state.pass);
}

function applyColours() {
  const { view, words, events } = state;
  const several = document.documentElement.dataset.theme === "dark" ? "#c9ced4" : "#4a4f55";
  state.colouring = colouring(view.colour, words, events, several);
  points.setDisplay(view.display);
  Object.assign(points.looks, { colours: state.colouring.colours, of: state.colouring.of });
}

function toggleLayers() {
  const { hidden } = state.view;
  for (const [name, layer] of [["labels", labels], ["events", points]]) {
    const on = !hidden.has(name);
    if (on !== map.hasLayer(layer)) on ? layer.addTo(map) : layer.remove();
  }
  map.getPane("base").classList.toggle("without-lines", hidden.has("boundaries"));
}

/** The person moved time: drawn with the next picture of the screen. @param {Partial<import("cm/timebar").Time>} time */
function change(time) {
  Object.assign(state.view, time);
  if (!state.due) {
    state.due = true;
    requestAnimationFrame(() => { state.due = false; draw(); });
  }
  bar.show(state.view, bar.counts.textContent);
  tell();
}

/** The person pressed a type or party in the legend. @param {"types"|"parties"} kind @param {string} code */
function toggle(kind, code) {
  const wanted = state.view.filters[kind];
  const changed = wanted.includes(code) ? wanted.filter((other) => other !== code) : [...wanted, code];
  state.view.filters = { ...state.view.filters, [kind]: changed.sort() };
  applyFilters();
  draw();
  tell();
}

/** The person chose a part of the map, or all of it again. */
function chooseArea(ring) {
  state.view.area = ring;
  applyFilters();
  draw();
  tell();
}

function draw() {
  const started = performance.now();
  const { view, events } = state;
  const [first, last] = windowOf(view);
  const shown = select(events, first, last, state.pass);
  state.shown = shown;
  if (view.picked >= 0 && !isShown(view.picked, first, last)) pointing.leave();
  ground.show(view.asOf, view.hidden);
  ground.showAreas(view.hidden.has("events") ? new Map() : shown.areas);
  comparing.show(view.versus, view.asOf, view.hidden, ground);
  tray.show(shown.unplaced ? Array.from(shown.indexes).filter((i) => (events.flags[i] & 3) === UNPLACED).reverse() : []);
  points.setShown(events, shown, first, last);
  if (!map.hasLayer(points)) onDrawn({ marks: [] });
  showSymbols();
  drawLegend();
  document.documentElement.dataset.drawMs = (performance.now() - started).toFixed(2);
}

/** Whether an event passes the filters and meets the window. */
function isShown(i, first, last) {
  const { events, pass } = state;
  const begun = events.start[i] + events.base;
  return pass[i] === 1 && begun <= last && begun + events.span[i] >= first;
}

/** After every drawing of the events, also when only the map moved: what the display says of itself. */
function onDrawn(drawn) {
  const { view, events, shown } = state;
  const counts = countWords({ n: shown.indexes.length, of: events.n, possible: shown.possible, unplaced: shown.unplaced });
  bar.show(view, view.hidden.has("events") ? "events are hidden" : drawn.words ? `${counts} · ${drawn.words}` : counts);
  if (state.drawnLegend !== JSON.stringify(drawn.legend)) drawLegend();
}

/** Names keep clear of symbols, wherever the map was moved. */
function showSymbols() {
  labels.setObstacles([...ground.postsOn(state.view.asOf, state.view.hidden), ...(map.hasLayer(points) ? points.drawn.marks : [])]);
}

function drawLegend() {
  const { words, view, shown, events } = state;
  const drawn = map.hasLayer(points) ? points.drawn : { marks: [] };
  state.drawnLegend = JSON.stringify(drawn.legend);
  const display = points.canvas?.dataset.display ?? "symbols";
  legend.show(onTheMap({ words, view, shown, events, drawn, display, colours: state.colouring.legend }), { ...words.vocabulary, parties: words.parties, types: words.types }, ground.words);
}

const tell = () => tellSoon(() => told(state.view, map, state.moved));

/** Ring the picked event, or none. */
function mark(index) {
  if (!state.view || state.view.picked === index) return;
  state.view.picked = index;
  points.setLooks({ picked: index });
}

/** Bring an event that the page picked into sight. @param {number} index */
function focus(index) {
  const where = points.where(index);
  if (where && !map.getBounds().pad(-0.1).contains(where)) map.panTo(where, { animate: false });
  pointing.open([index]);
}

/** The page's answer to a question of this frame. */
function takeAnswer({ key, body }) {
  if (key.startsWith("diff ")) return comparing.answered(key, body);
  if (key.startsWith("here ")) return gestures.answered(key, body);
  return pointing.answered(key, body);
}

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
  const [ink, halo] = ["--map-ink", "--map-halo"].map((name) => style.getPropertyValue(name).trim());
  labels.setColours(ink, halo);
  if (state.view) applyColours();
  points?.setLooks({ ink, halo, ramp: RAMPS[theme] });
  bar.draw();
}

listen({ start, view: takeView, answer: takeAnswer, theme: takeTheme, font: takeFont, report: takeReport, follow, probe });
send({ type: "ready" });
