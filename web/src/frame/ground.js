/** Zones, lines, areas and posts: what holds on a day is on the map, the rest is not. */

import { postIcon } from "cm/symbols";
import { look } from "cm/patterns";

const LINE_STYLES = {
  line_of_contact: { color: "#B3261E", weight: 2.2, dashArray: null, opacity: 0.95 },
  corridor_road: { color: "#5B2A86", weight: 2.4, dashArray: "6 5", opacity: 0.9 },
};
/** Pixels between posts that share a place. */
const STEP = 18;
/** An event somewhere in an area: hatched, so that it looks like no holder's ground. */
const AREA_LOOK = { colour: "#5A5A5A", edge: "#5A5A5A", fill: 0.06, texture: "plain", hatch: "diagonal" };

/**
 * One layer of rows with intervals.
 * @typedef {{start: number, end: number, layer: L.Layer, group: string, shift?: number, row?: number}} Timed
 */
export class Ground {
  /**
   * @param {L.Map} map @param {import("cm/patterns").Patterns} patterns
   * @param {(kind: string, row: number, how: string, at?: any) => void} tell
   * @param {string} [suffix] of its panes, when a second day stands on the map
   */
  constructor(map, patterns, tell, suffix = "") {
    Object.assign(this, { map, patterns, tell, suffix });
    /** @type {Timed[]} */
    this.timed = [];
    /** @type {Map<number, L.Layer>} */
    this.areas = new Map();
    this.words = { statuses: {}, parties: {} };
    const panes = [["zones", 410], ["areas", 415], ["lines", 420], ["posts", 600]].map(([name, z]) => [name, Object.assign(map.createPane(name + suffix), { style: `z-index: ${z}` })]);
    this.panes = panes.map(([, pane]) => pane);
    this.renderers = Object.fromEntries(["zones", "areas", "lines"].map((name) => [name, L.svg({ pane: name + suffix, padding: 0.4 })]));
  }

  /** Take a layer that the folium tree brought. @param {string} name @param {any} rows */
  add(name, rows) {
    if (name === "zones") this.#zones(rows);
    if (name === "lines") rows.forEach((row) => this.#line(row));
    if (name === "posts") this.#posts(rows);
  }

  /** The name that a post shows on hover. @param {{posts: {card: {title: string}}[]}} words */
  setNames({ posts }) {
    for (const { layer, group, row } of this.timed) if (group === "posts") layer.options.title = posts[row].card.title;
  }

  /** The areas of events, sent with the words. @param {{area: number, geometry: object}[]} rows */
  setAreas(rows) {
    for (const layer of this.areas.values()) layer.remove();
    this.areas.clear();
    rows.forEach((row) => this.#area(row));
  }

  /** Show what holds on the day. @param {number} day @param {Set<string>} hidden names of layers */
  show(day, hidden) {
    for (const { start, end, layer, group } of this.timed) {
      const wanted = start <= day && day < end && !hidden.has(group);
      if (wanted !== this.map.hasLayer(layer)) wanted ? layer.addTo(this.map) : layer.remove();
    }
  }

  /** Positions of the rows of a group that hold on the day and lie in the map's window. @param {string} group @param {number} day @param {Set<string>} hidden */
  inSight(group, day, hidden) {
    const bounds = this.map.getBounds();
    const touches = (layer) => (layer.getLatLng ? bounds.contains(layer.getLatLng()) : bounds.intersects(layer.getBounds()));
    return this.timed.filter((t) => t.group === group && !hidden.has(group) && t.start <= day && day < t.end && touches(t.layer)).map((t) => t.row);
  }

  /** Where the posts of the day stand, in pixels. @param {number} day @param {Set<string>} hidden */
  postsOn(day, hidden) {
    if (hidden.has("posts")) return [];
    const posts = this.timed.filter((t) => t.group === "posts" && t.start <= day && day < t.end);
    return posts.map(({ layer, shift }) => {
      const { x, y } = this.map.latLngToContainerPoint(layer.getLatLng());
      return { x: x + shift, y, size: 9 };
    });
  }

  /** Show the areas of the events in the window. @param {Map<number, number>} counts events by area */
  showAreas(counts) {
    for (const [area, layer] of this.areas) {
      const wanted = counts.has(area);
      if (wanted !== this.map.hasLayer(layer)) wanted ? layer.addTo(this.map) : layer.remove();
    }
  }

  #zones(data) {
    this.words = { statuses: data.statuses, parties: data.parties };
    for (const row of data.rows) {
      const style = look(row, this.words);
      const layer = L.geoJSON(row.geometry, {
        pane: `zones${this.suffix}`,
        renderer: this.renderers.zones,
        style: { color: style.edge, weight: style.weight, opacity: row.status === "assessed_control" ? 0.6 : 0.9, dashArray: style.dash, fill: row.kind !== "administrative", fillColor: this.patterns.fill(style), fillOpacity: 1, className: `zone-${row.kind}` },
        bubblingMouseEvents: false,
      });
      this.#answer(layer, "zones", row.row);
      this.timed.push({ start: row.start, end: row.end, layer, group: row.kind === "control" ? "zones" : "presence", row: row.row });
    }
  }

  #line(row) {
    const layer = L.geoJSON(row.geometry, { pane: `lines${this.suffix}`, renderer: this.renderers.lines, style: { ...LINE_STYLES[row.kind], fill: false } });
    this.#answer(layer, "lines", row.row);
    this.timed.push({ start: row.start, end: row.end, layer, group: "lines", row: row.row });
  }

  #area(row) {
    const layer = L.geoJSON(row.geometry, {
      pane: `areas${this.suffix}`,
      renderer: this.renderers.areas,
      style: { color: "#3A3A3A", weight: 1.4, dashArray: "2 4", fillColor: this.patterns.fill(AREA_LOOK), fillOpacity: 1, className: "event-area" },
    });
    layer.on("click", (event) => this.tell("areas", row.area, "click", event.latlng));
    layer.on("mouseover mousemove", (event) => this.tell("areas", row.area, "hover", event.latlng));
    layer.on("mouseout", () => this.tell("areas", row.area, "leave"));
    this.areas.set(row.area, layer);
  }

  #posts(rows) {
    const seen = new Map();
    for (const row of rows) {
      const key = `${row.lon},${row.lat}`;
      const place = seen.get(key) ?? 0;
      seen.set(key, place + 1);
      // Posts of one town stand in a row instead of hiding each other.
      const shift = place * STEP;
      const icon = L.divIcon({ html: postIcon(row.kind, row.colour, row.edge), className: "post", iconSize: [22, 22], iconAnchor: [11 - shift, 11] });
      const marker = L.marker([row.lat, row.lon], { icon, keyboard: false, riseOnHover: true, pane: `posts${this.suffix}` });
      this.#answer(marker, "posts", row.row);
      this.timed.push({ start: row.start, end: row.end, layer: marker, group: "posts", shift, row: row.row });
    }
  }

  #answer(layer, kind, row) {
    layer.on("click", (event) => {
      L.DomEvent.stop(event);
      this.tell(kind, row, "click", event.latlng);
    });
    layer.on("mouseover mousemove", (event) => this.tell(kind, row, "hover", event.latlng));
    layer.on("mouseout", () => this.tell(kind, row, "leave"));
  }
}
