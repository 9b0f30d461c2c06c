/** Events as points on one canvas: shapes by type with a white halo, larger with deaths. */

import { path2d } from "cm/symbols";
import { NEAR, confidence, deaths, isPossible, lat, lon, mark } from "cm/table";

/** Half the size of a symbol in pixels, by class of the number of dead. */
const SIZES = [5, 5, 6.5, 8, 9.5, 11.5];
/** Uncertainty drawn around an approximate place, in metres: as the data set states it. */
const NEAR_METRES = 5000;
const REACH = 12;

export const Points = L.Layer.extend({
  /** @param {string[]} shapes the shape of each event type */
  initialize(shapes) {
    this.paths = shapes.map(path2d);
    /** @type {{x: number, y: number, size: number, members: number[]}[]} */
    this.drawn = [];
    this.picked = -1;
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
    this.drawn = [];
  },

  /** @param {import("cm/table").Events} events @param {import("cm/table").Shown} shown @param {number} first @param {number} last */
  setShown(events, shown, first, last) {
    Object.assign(this, { events, shown, first, last });
    this.draw();
  },

  setPicked(index) {
    this.picked = index;
    this.draw();
  },

  setColours(ink, halo) {
    Object.assign(this, { ink, halo });
    this.draw();
  },

  draw() {
    if (!this.map || !this.events) return;
    const size = this.map.getSize();
    const ratio = window.devicePixelRatio || 1;
    L.DomUtil.setPosition(this.canvas, this.map.containerPointToLayerPoint([0, 0]));
    this.canvas.width = size.x * ratio;
    this.canvas.height = size.y * ratio;
    this.canvas.style.width = `${size.x}px`;
    this.canvas.style.height = `${size.y}px`;
    const context = this.canvas.getContext("2d");
    context.scale(ratio, ratio);
    this.drawn = this.places(size);
    for (const place of this.drawn) this.symbol(context, place);
  },

  /** Events of the same pixel are one symbol with a count. @param {L.Point} size */
  places(size) {
    const places = new Map();
    const { events } = this;
    const project = this.projection();
    for (const i of this.shown.indexes) {
      if (mark(events, i) > NEAR) continue;
      const { x, y } = project(lon(events, i), lat(events, i));
      if (x < -20 || y < -20 || x > size.x + 20 || y > size.y + 20) continue;
      const key = (Math.round(x) << 16) ^ Math.round(y);
      const place = places.get(key);
      if (place) place.members.push(i);
      else places.set(key, { x, y, members: [i], size: 0 });
    }
    for (const place of places.values()) place.size = Math.max(...place.members.map((i) => SIZES[deaths(events, i)]));
    return [...places.values()];
  },

  /** Web Mercator to pixels without an object per point. */
  projection() {
    const scale = this.map.options.crs.scale(this.map.getZoom());
    const origin = this.map.getPixelOrigin().subtract(this.map._getMapPanePos());
    return (lng, latitude) => {
      const sin = Math.sin((latitude * Math.PI) / 180);
      return {
        x: (lng / 360 + 0.5) * scale - origin.x,
        y: (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * scale - origin.y,
      };
    };
  },

  symbol(context, { x, y, size, members }) {
    const { events } = this;
    const i = members[members.length - 1];
    const faded = members.every((m) => isPossible(events, m, this.first, this.last));
    context.save();
    context.translate(x, y);
    if (members.some((m) => mark(events, m) === NEAR)) this.ring(context, lat(events, i), size);
    context.globalAlpha = faded ? 0.5 : 1;
    context.scale(size / 5, size / 5);
    context.lineJoin = "round";
    context.strokeStyle = this.halo;
    context.lineWidth = 2.4;
    const path = this.paths[events.type[i]];
    context.stroke(path);
    context.fillStyle = this.ink;
    // Low confidence is drawn hollow: weaker, and not only by colour.
    if (confidence(events, i) === 2) {
      context.fillStyle = this.halo;
      context.fill(path);
      context.strokeStyle = this.ink;
      context.lineWidth = 1.1;
      context.stroke(path);
    } else context.fill(path);
    context.restore();
    if (members.length > 1) this.count(context, x + size, y - size, members.length);
    if (members.includes(this.picked)) this.halt(context, x, y, size + 6);
  },

  ring(context, latitude, size) {
    const metres = 40075016.7 * Math.cos((latitude * Math.PI) / 180) / this.map.options.crs.scale(this.map.getZoom());
    context.beginPath();
    context.arc(0, 0, Math.max(NEAR_METRES / metres, size + 4), 0, 7);
    context.setLineDash([3, 3]);
    context.lineWidth = 1.1;
    context.strokeStyle = this.ink;
    context.stroke();
    context.setLineDash([]);
  },

  count(context, x, y, n) {
    const words = n > 99 ? "99+" : String(n);
    context.font = "600 10px 'Source Sans', sans-serif";
    const width = Math.max(context.measureText(words).width + 7, 14);
    context.fillStyle = this.ink;
    context.strokeStyle = this.halo;
    context.lineWidth = 1.5;
    context.beginPath();
    context.roundRect(x - width / 2, y - 7, width, 14, 7);
    context.fill();
    context.stroke();
    context.fillStyle = this.halo;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(words, x, y + 0.5);
  },

  halt(context, x, y, radius) {
    context.beginPath();
    context.arc(x, y, radius, 0, 7);
    context.lineWidth = 4;
    context.strokeStyle = this.halo;
    context.stroke();
    context.lineWidth = 2;
    context.strokeStyle = "#D55E00";
    context.stroke();
  },

  /** Events at or nearest to a container point, newest first. @param {L.Point} point @returns {number[]} */
  at(point) {
    let best = null;
    let least = Infinity;
    for (const place of this.drawn) {
      const distance = (place.x - point.x) ** 2 + (place.y - point.y) ** 2;
      if (distance < least && distance <= Math.max(REACH, place.size + 3) ** 2) [best, least] = [place, distance];
    }
    return best ? [...best.members].reverse() : [];
  },

  /** Where an event stands, or null when it has no point. @param {number} i */
  where(i) {
    return mark(this.events, i) <= NEAR ? [lat(this.events, i), lon(this.events, i)] : null;
  },
});

