/** Events with a point, on one canvas: which are in sight, and in which display they are drawn. */

import { cells } from "cm/displays/cells";
import { clusters } from "cm/displays/clusters";
import { dots } from "cm/displays/dots";
import { heat } from "cm/displays/heat";
import { symbols } from "cm/displays/symbols";
import { placement } from "cm/mercator";
import { NEAR, lat, lon, mark } from "cm/table";

/** Events in sight up to which each is a symbol of its own shape. */
const MOST_SYMBOLS = 1500;
/** Events in sight beyond which points merge into a blot at any zoom. */
const MOST_DOTS = 60_000;
/** Events to each 4 x 4 pixels that hold any, beyond which points hide one another. */
const CROWDED = 4;
const BIN = 4;
/** Pixels around the map's window in which a symbol still shows a part of itself. */
const MARGIN = 20;
const DISPLAYS = { symbols, dots, cells, heat, clusters };

/**
 * @typedef {{events: import("cm/table").Events, indexes: Int32Array, px: Float32Array, py: Float32Array, n: number,
 *   first: number, last: number, width: number, height: number, map: L.Map, zoom: number,
 *   scale: number, left: number, top: number}} Sight events in the map's window, with their pixels; oldest first
 * @typedef {{at: (point: {x: number, y: number}) => number[], marks: {x: number, y: number, size: number}[], words?: string,
 *   legend?: {title: string, rows: {colour: string, label: string}[]}}} Drawn what a display drew, and how it is read
 * @typedef {{ink: string, halo: string, paths: Path2D[], colours: string[]|null, of: (i: number) => number, picked: number, ramp: string[]}} Looks
 *   `colours` by the number that `of` gives an event; null draws all in ink
 */
export const Points = L.Layer.extend({
  /** @param {Looks} looks @param {(drawn: Drawn) => void} told called after every drawing */
  initialize(looks, told) {
    this.looks = looks;
    this.told = told;
    this.display = "auto";
    /** @type {Drawn} */
    this.drawn = { at: () => [], marks: [] };
  },

  onAdd(map) {
    this.map = map;
    const pane = map.getPane("events") ?? map.createPane("events");
    pane.style.zIndex = "640"; // above posts, which are larger
    pane.style.pointerEvents = "none";
    this.canvas = L.DomUtil.create("canvas", "events leaflet-zoom-hide", pane);
    map.on("moveend zoomend resize viewreset", this.draw, this);
    this.draw();
  },

  onRemove(map) {
    map.off("moveend zoomend resize viewreset", this.draw, this);
    this.canvas.remove();
    this.map = null;
    this.drawn = { at: () => [], marks: [] };
  },

  /** @param {import("cm/table").Events} events @param {import("cm/table").Shown} shown @param {number} first @param {number} last */
  setShown(events, shown, first, last) {
    Object.assign(this, { events, shown, first, last });
    this.draw();
  },

  /** @param {Partial<Looks>} looks */
  setLooks(looks) {
    Object.assign(this.looks, looks);
    this.draw();
  },

  /** @param {string} display auto, or one of the displays */
  setDisplay(display) {
    this.display = display;
  },

  draw() {
    if (!this.map || !this.events) return;
    const { x: width, y: height } = this.map.getSize();
    const ratio = window.devicePixelRatio || 1;
    L.DomUtil.setPosition(this.canvas, this.map.containerPointToLayerPoint([0, 0]));
    Object.assign(this.canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    const context = this.canvas.getContext("2d");
    context.scale(ratio, ratio);
    const sight = this.sight(width, height);
    const display = this.display === "auto" ? fitting(sight) : this.display === "points" ? pointwise(sight) : this.display;
    this.canvas.dataset.display = display;
    this.drawn = DISPLAYS[display](context, sight, this.looks);
    this.told(this.drawn);
  },

  /** @param {number} width @param {number} height @returns {Sight} */
  sight(width, height) {
    const { events, shown } = this;
    const { scale, left, top } = placement(this.map);
    const { wx, wy, flags } = events;
    const most = shown.indexes.length;
    const [indexes, px, py] = [new Int32Array(most), new Float32Array(most), new Float32Array(most)];
    let n = 0;
    for (let k = 0; k < most; k++) {
      const i = shown.indexes[k];
      if ((flags[i] & 3) > NEAR) continue;
      const x = wx[i] * scale - left;
      const y = wy[i] * scale - top;
      if (x < -MARGIN || y < -MARGIN || x > width + MARGIN || y > height + MARGIN) continue;
      indexes[n] = i;
      px[n] = x;
      py[n++] = y;
    }
    return { events, indexes, px, py, n, first: this.first, last: this.last, width, height, map: this.map, zoom: this.map.getZoom(), scale, left, top };
  },

  /** Events at or nearest to a point of the map's window, newest first. @param {L.Point} point @returns {number[]} */
  at(point) {
    return this.map ? this.drawn.at(point) : [];
  },

  /** The events with a point in the map's window, newest first. @returns {number[]} */
  inSight() {
    if (!this.map || !this.shown) return [];
    const { width, height } = this.canvas.getBoundingClientRect();
    const { indexes, n } = this.sight(width, height);
    return Array.from(indexes.subarray(0, n)).reverse();
  },

  /** Where an event stands, or null when it has no point. @param {number} i */
  where(i) {
    return mark(this.events, i) <= NEAR ? [lat(this.events, i), lon(this.events, i)] : null;
  },
});

/** Single marks as long as they can be told apart, else counts per cell. @param {Sight} sight */
function fitting(sight) {
  if (sight.n <= MOST_SYMBOLS) return "symbols";
  return sight.n > MOST_DOTS || sight.n > CROWDED * filledBins(sight) ? "cells" : "dots";
}

/** @param {Sight} sight */
const pointwise = (sight) => (sight.n <= MOST_SYMBOLS ? "symbols" : "dots");

/** @param {Sight} sight */
function filledBins({ px, py, n, width }) {
  const across = Math.ceil((width + 2 * MARGIN) / BIN) + 1;
  const filled = new Set();
  for (let k = 0; k < n; k++) filled.add(Math.floor((py[k] + MARGIN) / BIN) * across + Math.floor((px[k] + MARGIN) / BIN));
  return filled.size;
}
