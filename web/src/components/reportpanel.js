/** The panel of the current mention: what it was taken for, how sure that is and why, and what else it may mean. */

import { el, foreign, keyButton } from "./element.js";
import { STATES } from "./choosing.js";

const ABOUT = { chosen: "You decided it.", rejected: "You said that it is no place." };

export const meaning = ({ name, kind, where }) => `${name}, ${kind}${where ? ` in ${where}` : ""}`;

/** @param {import("./choosing.js").Choosing} choosing @param {any} words of terms and methods @param {Record<string, Function>} acts */
export function panel(choosing, words, acts) {
  if (!choosing.mark) return [el("p", { class: "note" }, "No place name was found in this text.")];
  return [taken(choosing, words, acts), choices(choosing, acts), why(choosing, words)];
}

function taken(choosing, { methods }, acts) {
  const { mark, current } = choosing;
  const { state, place, spot, confidence } = choosing.of(current);
  const same = choosing.groups.get(mark.group);
  const where = same.length > 1 ? [el("span", { class: "note" }, `mention ${same.indexOf(current) + 1} of ${same.length}`)] : [];
  const said = state === "chosen" || state === "rejected" ? ABOUT[state] : methods[mark.method];
  const learnt = mark.method === "learnt" && state === "resolved" ? [keyButton("forget", "Forget this", "", acts.forget)] : [];
  return el("section", { class: "taken", "aria-label": "Taken for" },
    el("h3", {}, foreign(mark.name), el("span", { class: `state ${state}` }, STATES[state]), ...where),
    el("p", { class: "as" }, foreign(takenFor(state, place, spot))),
    ...(confidence ? [meter(confidence, place ? " sure" : " sure that it is 1")] : []),
    el("p", { class: "note" }, said, ...(spot ? [" ", foreign(`Within ${spot.km} km: ${spot.why}.`)] : [])),
    ...learnt);
}

function takenFor(state, place, spot) {
  if (state === "rejected") return "Not a place";
  if (place) return meaning(place);
  if (state === "chosen" && spot) return `${spot.lat.toFixed(3)}, ${spot.lon.toFixed(3)}`;
  return state === "not_found" ? "No place of the gazetteer" : "Open: choose what it means";
}

function meter(confidence, of) {
  const percent = Math.round(confidence * 100);
  const bar = el("div", { class: "bar", role: "meter", "aria-label": "Confidence", "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": percent }, el("span", {}));
  bar.firstChild.style.width = `${percent}%`;
  return el("p", { class: "meter" }, bar, el("b", {}, `${percent} %`), of);
}

function choices(choosing, acts) {
  const list = choosing.candidates(choosing.current);
  const { place } = choosing.of(choosing.current);
  const rows = list.map(({ place: id }, at) => el("li", {}, keyButton(`pick-${at + 1}`, [foreign(meaning(choosing.places[id]))], String(at + 1), () => acts.pick(at + 1), { "aria-pressed": String(place?.id === id) })));
  const none = rows.length ? [] : [el("p", { class: "note" }, "Nothing in the gazetteer bears this name. Give it the name of a listed place, or place it by hand.")];
  return el("section", { class: "choices", "aria-label": "May mean" }, el("h4", {}, "May mean"), el("ol", {}, ...rows), ...none);
}

/** The terms of the score of the place taken, or of the best candidate while the name is open. */
function why(choosing, { terms }) {
  const list = choosing.candidates(choosing.current);
  const { place } = choosing.of(choosing.current);
  const at = Math.max(0, list.findIndex((candidate) => candidate.place === place?.id));
  const shown = list[at];
  if (!shown || (place && shown.place !== place.id)) return el("section", { class: "why", hidden: true });
  const rows = Object.entries(shown.terms).sort(([, a], [, b]) => Math.abs(b) - Math.abs(a)).map(([code, value]) =>
    el("tr", { class: value < 0 ? "against" : "" }, el("th", { scope: "row" }, terms[code]), el("td", {}, signed(value))));
  const rival = list.find((_, other) => other !== at);
  const sum = rival ? `Sum; the next place has ${rival.score.toFixed(2)}` : "Sum; no other place bears the name";
  const total = el("tr", { class: "sum" }, el("th", { scope: "row" }, sum), el("td", {}, shown.score.toFixed(2)));
  const table = el("table", {}, el("tbody", {}, ...rows, total));
  return el("section", { class: "why", tabindex: "0", "aria-label": "Why here" }, el("h4", {}, place ? "Why here" : "What speaks for 1"), table);
}

const signed = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
