/** What the page wants shown, as the frame keeps it. */

import { toDay } from "cm/days";
import { insideRing } from "cm/mercator";

/**
 * @typedef {{asOf: number, mode: "day"|"window"|"since", days: number, start: number|null, hidden: Set<string>,
 *   filters: {types: string[], parties: string[], confidences: string[]}, area: [number, number][]|null, picked: number,
 *   display: string, colour: string, versus: number|null}} View
 */

/**
 * Filters and looks always count; time, place, selection and pick only when the page itself changed them.
 * @param {any} said the page's message @param {View|null} mine @param {boolean} fresh whether the page changed them @returns {View}
 */
export function viewFrom(said, mine, fresh) {
  const { hidden, filters, display, colour } = said;
  const time = fresh || !mine
    ? { asOf: toDay(said.as_of), mode: said.mode, days: said.days, start: said.start ? toDay(said.start) : null, area: said.area, picked: said.picked }
    : { asOf: mine.asOf, mode: mine.mode, days: mine.days, start: mine.start, area: mine.area, picked: mine.picked };
  return { ...time, hidden: new Set(hidden), filters, display, colour, versus: said.versus ? toDay(said.versus) : null };
}

/** Codes to positions. @param {View} view @param {any} words @param {import("cm/table").Events} events @returns {import("cm/table").Wanted} */
export function wantedBy({ filters, area }, words, events) {
  return {
    types: filters.types.map((code) => words.types.findIndex((type) => type.code === code)),
    confidences: filters.confidences.map((code) => words.confidences.findIndex((term) => term.code === code)),
    parties: filters.parties.reduce((mask, code) => mask | (1 << events.parties.indexOf(code)), 0),
    inside: area ? insideRing(area) : null,
  };
}

/** First and last day of the closed event window. @param {View} view */
export function windowOf({ asOf, mode, days, start }) {
  if (mode === "day") return [asOf, asOf];
  return mode === "window" ? [asOf - days + 1, asOf] : [start ?? -1e9, asOf];
}

/** First and last day of the axis: the situation's, and whatever was imported or asked for beyond it, but no slip of a key. */
export function axisOf(words, events, asOf) {
  const future = Date.now() / 86_400_000 + 366;
  let last = -Infinity;
  for (let i = 0; i < events.n; i++) {
    const end = events.start[i] + events.base + events.span[i];
    if (end > last && end <= future) last = end;
  }
  const days = events.n ? [asOf, events.start[0] + events.base, last] : [asOf];
  return { first: Math.min(toDay(words.first_day), ...days), last: Math.max(toDay(words.last_day), ...days) };
}

/**
 * Colours of events and which of them each has. @param {string} colour plain, type or party
 * @param {any} words @param {import("cm/table").Events} events @param {string} several colour of events of more than one party
 * @returns {{colours: string[]|null, of: (i: number) => number, legend: {colour: string, label: string}[]}}
 */
export function colouring(colour, words, events, several) {
  if (colour === "type") {
    const families = [...new Map(words.types.map(({ family, colour: own }) => [family, own]))];
    return { colours: words.types.map((type) => type.colour), of: (i) => events.type[i], legend: families.map(([label, own]) => ({ colour: own, label })) };
  }
  if (colour === "party") {
    const parties = events.parties.map((code) => words.parties[code]);
    const of = (i) => { const mask = events.mask[i]; return mask && !(mask & (mask - 1)) ? 31 - Math.clz32(mask) : parties.length; };
    return { colours: [...parties.map((party) => party.colour), several], of, legend: [...parties.map((party) => ({ colour: party.colour, label: party.label })), { colour: several, label: "Several parties, or none stated" }] };
  }
  return { colours: null, of: () => 0, legend: [] };
}
