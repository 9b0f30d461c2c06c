/** The one way in and out of the frame: messages to and from the page that hosts it. */

import { toIso } from "cm/days";

const DEBOUNCE = 120;
const DAYS = ["from", "to", "day"];

/** @param {object} message @param {Transferable[]} [transfer] */
export const send = (message, transfer = []) => window.parent.postMessage({ conflictmap: true, ...message }, "*", transfer);

/** Ask the page for words; the answer comes back under the key. Days travel as ISO text. @param {Record<string, any>} question @param {string} key */
export function ask(question, key) {
  send({ type: "ask", key, question: Object.fromEntries(Object.entries(question).map(([name, value]) => [name, DAYS.includes(name) ? toIso(value) : value])) });
}

/** @param {Record<string, (message: any) => void>} acts by type of message */
export function listen(acts) {
  window.addEventListener("message", ({ source, data }) => {
    if (source === window.parent && data?.conflictmap) acts[data.type]?.(data);
  });
}

let timer = 0;
/** Tell the page what is shown, once the hand rests. @param {() => any} view */
export function tellSoon(view) {
  clearTimeout(timer);
  timer = setTimeout(() => send({ type: "view", view: view() }), DEBOUNCE);
}

/**
 * The view as the page keeps it. @param {import("cm/view").View} view @param {L.Map} map
 * @param {boolean} moved whether the person chose a part of the map; else the page fits it
 */
export function told({ asOf, mode, days, start, picked, area, filters }, map, moved) {
  const { lng, lat } = map.getCenter().wrap();
  const bounds = map.getBounds();
  const within = (lon) => Math.min(Math.max(lon, -180), 180);
  const rounded = (values) => (moved ? values.map((value) => Number(value.toFixed(4))) : null);
  return {
    as_of: toIso(asOf), mode, days, start: start === null ? null : toIso(start), picked, area, types: filters.types, parties: filters.parties,
    centre: rounded([lng, lat, map.getZoom()]), bbox: rounded([within(bounds.getWest()), bounds.getSouth(), within(bounds.getEast()), bounds.getNorth()]),
  };
}
