/** The legend's part on events: what marks mean, and rows that choose types and parties at once. */

import { el } from "cm/dom";
import { eventIcon } from "cm/symbols";

const HOW = {
  symbols: "Larger: more deaths. Hollow: low confidence. Dashed ring: approximate place. Faded in a ring: possible, its day is not certain.",
  dots: "One disc an event, larger with more deaths. Hollow: possible, its day is not certain.",
  clusters: "Discs stand for the number of events written in them.",
};

/**
 * @param {ReturnType<typeof import("cm/legend").onTheMap>} shown @param {any} words labels and definitions
 * @param {(kind: "types"|"parties", code: string) => void} toggle @returns {HTMLElement[]}
 */
export function eventRows({ types, parties, wanted, areas, display, ramp, colour, several }, words, toggle) {
  if (!types.length) return [];
  const typeRows = types.map((n) => {
    const { code, label, definition, symbol, colour: own } = words.types[n];
    return choice(eventIcon(symbol, 14, colour === "type" ? own : ""), label, definition, wanted.types, code, () => toggle("types", code));
  });
  const partyRows = parties.map((code) => choice(swatch(words.parties[code].colour), words.parties[code].label, "", wanted.parties, code, () => toggle("parties", code)));
  const rampRows = ramp ? [note(ramp.title), ...ramp.rows.filter(({ label }) => label).map((row) => plain(swatch(row.colour), row.label))] : [];
  return [
    ...typeRows,
    ...(partyRows.length ? [note("Parties"), ...partyRows, plain(swatch(several), "Several parties, or none stated")] : []),
    ...rampRows,
    ...(HOW[display] ? [note(HOW[display])] : []),
    ...(areas ? [note("Hatched, dotted outline: event somewhere in this area.")] : []),
  ];
}

/** A row that can be pressed: only what is pressed is shown; with nothing pressed, all is. */
function choice(picture, label, definition, wanted, code, act) {
  const row = el("button", { type: "button", class: wanted.length && !wanted.includes(code) ? "legend-row left-out" : "legend-row", title: definition || `Show ${label} only`, "aria-pressed": String(wanted.includes(code)) }, picture, el("span", {}, label));
  row.addEventListener("click", act);
  return row;
}

const plain = (picture, label) => el("div", { class: "legend-row" }, picture, el("span", {}, label));

const note = (words) => el("p", { class: "note" }, words);

function swatch(colour) {
  const box = el("span", { class: "colour-swatch" });
  box.style.background = colour;
  return box;
}
