/** Symbols of events and posts for canvas, markers and legend; their shapes come from geo/symbols.py. */

import { svg } from "cm/dom";
import { POST_MARKS, SHAPES } from "cm/shapes";

/** @param {string} shape @returns {Path2D} */
export const path2d = (shape) => new Path2D(SHAPES[shape] ?? SHAPES.circle);

/** An event's shape as a small picture. @param {string} shape @param {number} size in pixels @param {string} [colour] */
export function eventIcon(shape, size = 14, colour = "") {
  return svg(
    "svg",
    { width: size, height: size, viewBox: "-6 -6 12 12", "aria-hidden": "true" },
    svg("path", { d: SHAPES[shape] ?? SHAPES.circle, class: "event-shape", ...(colour ? { style: `fill: ${colour}` } : {}) }),
  );
}

/** A post as a framed mark. @param {string} kind @param {string} colour @param {string} edge @param {number} size */
export function postIcon(kind, colour, edge, size = 22) {
  const dashes = kind === "temporary_post" ? "2 1.6" : "none";
  return svg(
    "svg",
    { width: size, height: size, viewBox: "-8 -8 16 16", "aria-hidden": "true", class: "post-icon" },
    svg("rect", { x: -6.6, y: -6.6, width: 13.2, height: 13.2, rx: 2.4, fill: "#fff", stroke: "#fff", "stroke-width": 2.4 }),
    svg("rect", { x: -6, y: -6, width: 12, height: 12, rx: 2, fill: colour, "fill-opacity": 0.22, stroke: edge, "stroke-width": 1.6, "stroke-dasharray": dashes }),
    svg("path", { d: POST_MARKS[kind] ?? POST_MARKS.base, fill: "none", stroke: edge, "stroke-width": 1.5, "stroke-linecap": "round", "stroke-linejoin": "round" }),
  );
}
