/** Fills of zones: the party's colour and texture, the status's hatch, as SVG patterns. */

import { svg } from "cm/dom";

const CONTESTED = "#D55E00";
const TILE = 12;

/** Lines and dots of each pattern inside one tile. @type {Record<string, string>} */
const STROKES = {
  diagonal: "M-3,3L3,-3M0,12L12,0M9,15L15,9",
  cross: "M-3,3L3,-3M0,12L12,0M9,15L15,9M-3,9L3,15M0,0L12,12M9,-3L15,3",
  vertical: "M3,0V12M9,0V12",
  horizontal: "M0,3H12M0,9H12",
};

/** Line styles as dash arrays. @type {Record<string, string|null>} */
export const DASHES = { solid: null, dashed: "7 4", dotted: "1 4", none: "0 9999" };

/**
 * Colours and pattern of a zone row.
 * @param {{kind: string, status: string, party: string}} zone
 * @param {{statuses: Record<string, {pattern: string, edge: string}>, parties: Record<string, {colour: string, edge: string, pattern: string}>}} words
 */
export function look(zone, words) {
  const status = words.statuses[zone.status];
  const party = words.parties[zone.party] ?? { colour: "#9A9A9A", edge: "#5F5F5F", pattern: "plain" };
  const contested = zone.status === "contested";
  const outline = zone.kind === "administrative";
  const presence = zone.kind === "presence" || zone.kind === "influence";
  return {
    colour: contested ? CONTESTED : party.colour,
    edge: contested ? "#A34700" : party.edge,
    fill: outline || presence ? 0 : contested ? 0.16 : 0.32,
    texture: outline || presence || contested ? "plain" : party.pattern,
    hatch: outline ? "none" : status.pattern,
    dash: DASHES[status.edge],
    weight: contested ? 1.6 : presence ? 1.8 : 1.1,
  };
}

/** One `<pattern>` for a look. @param {string} id @param {ReturnType<typeof look>} style */
function pattern(id, style) {
  const tile = svg("pattern", { id, width: TILE, height: TILE, patternUnits: "userSpaceOnUse" });
  if (style.fill) tile.append(svg("rect", { width: TILE, height: TILE, fill: style.colour, "fill-opacity": style.fill }));
  const [width, opacity] = style.heavy ? [2.2, 0.9] : [1.1, 0.75];
  tile.append(...marks(style.texture, style.edge, 0.7, 0.38), ...marks(style.hatch, style.edge, width, opacity));
  return tile;
}

/** @param {string} name @param {string} colour @param {number} width @param {number} opacity */
function marks(name, colour, width, opacity) {
  if (name === "stipple") {
    const dots = [[3, 3], [9, 9]].map(([cx, cy]) => svg("circle", { cx, cy, r: 1.2, fill: colour, "fill-opacity": opacity }));
    return dots;
  }
  if (!(name in STROKES)) return [];
  return [svg("path", { d: STROKES[name], fill: "none", stroke: colour, "stroke-width": width, "stroke-opacity": opacity })];
}

/** @param {SVGPatternElement} tile @param {{x: number, y: number}} corner */
function put(tile, { x, y }) {
  tile.setAttribute("x", x);
  tile.setAttribute("y", y);
  return tile;
}

/** Patterns made so far; asking twice gives the same id. */
export class Patterns {
  /** @param {L.Map} map */
  constructor(map) {
    this.corner = { x: 0, y: 0 };
    this.defs = svg("defs");
    document.body.append(svg("svg", { width: 0, height: 0, style: "position:absolute", "aria-hidden": "true" }, this.defs));
    /** @type {Set<string>} */
    this.made = new Set();
    // Leaflet counts pixels from a corner of its own each time that it draws anew: tiles keep to the ground.
    const keep = () => {
      const { x, y } = map.getPixelOrigin();
      this.corner = { x: -x % TILE, y: -y % TILE };
      for (const tile of this.defs.children) put(tile, this.corner);
    };
    map.whenReady(keep);
    map.on("viewreset zoom zoomend", keep);
  }

  /** @param {ReturnType<typeof look>} style @returns {string} a fill */
  fill(style) {
    const id = ["z", style.colour.slice(1), style.fill * 100, style.texture, style.hatch, style.heavy ? "heavy" : ""].join("-");
    if (!this.made.has(id)) {
      this.defs.append(put(pattern(id, style), this.corner));
      this.made.add(id);
    }
    return `url(#${id})`;
  }
}

/** A swatch for the legend. @param {Patterns} patterns @param {ReturnType<typeof look>} style */
export function swatch(patterns, style) {
  return svg(
    "svg",
    { width: 26, height: 16, "aria-hidden": "true" },
    svg("rect", { x: 1, y: 1, width: 24, height: 14, fill: patterns.fill(style), stroke: style.edge, "stroke-width": style.weight, "stroke-dasharray": style.dash ?? "none" }),
  );
}
