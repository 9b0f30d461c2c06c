/** The legend: what is on the map on this day, nothing else. */

import { el } from "cm/dom";
import { eventRows } from "cm/eventlegend";
import { look, swatch } from "cm/patterns";
import { postIcon } from "cm/symbols";

export class Legend {
  /**
   * @param {HTMLElement} host @param {import("cm/patterns").Patterns} patterns @param {boolean} open
   * @param {(kind: "types"|"parties", code: string) => void} toggle a row of an event type or party was pressed
   */
  constructor(host, patterns, open, toggle) {
    Object.assign(this, { patterns, toggle });
    this.body = el("div", { class: "legend-body" });
    this.box = el("details", { class: "legend", open }, el("summary", {}, "Legend"), this.body);
    L.DomEvent.disableClickPropagation(this.box);
    L.DomEvent.disableScrollPropagation(this.box);
    // A row that its own press replaces is no longer inside the legend when Leaflet asks where the click was.
    this.box.addEventListener("click", (event) => event.stopPropagation());
    host.append(this.box);
  }

  /**
   * @param {ReturnType<typeof onTheMap>} shown
   * @param {any} words labels and definitions @param {any} looks statuses and parties of the zones
   */
  show(shown, words, looks) {
    const key = JSON.stringify(shown);
    if (key === this.key) return;
    this.key = key;
    this.body.replaceChildren(
      ...section("Ground", shown.zones.map((z) => {
        const status = words.statuses[z.status];
        const party = z.party ? words.parties[z.party] : undefined;
        const name = z.status === "assessed_control" && party ? `Held by ${party.label}` : party && z.kind !== "administrative" ? `${status.label}: ${party.label}` : status.label;
        return row(swatch(this.patterns, look(z, looks)), name, status.definition);
      })),
      ...section("Lines", shown.lines.map((kind) => row(lineSwatch(kind), words.lines[kind]))),
      ...section("Posts", shown.posts.map((p) => row(postIcon(p.kind, words.parties[p.contingent].colour, words.parties[p.contingent].edge, 18), `${words.posts[p.kind].label}, ${words.parties[p.contingent].label_short}`, words.posts[p.kind].definition))),
      ...section("Events", eventRows(shown, words, this.toggle)),
    );
  }
}

/** What the legend must explain: what is on the map on this day, nothing else. */
export function onTheMap({ words, view, shown, events, drawn, display, colours }) {
  const { hidden, asOf, colour } = view;
  const holding = (rows, group) => (hidden.has(group) ? [] : rows.filter((r) => r.start <= asOf && asOf < r.end));
  const zones = [...holding(words.zones, "zones").filter((z) => z.kind === "control"), ...holding(words.zones, "presence").filter((z) => z.kind !== "control")];
  const on = !hidden.has("events");
  return {
    zones: distinct(zones.map(({ kind, status, party }) => ({ kind, status, party }))),
    posts: distinct(holding(words.posts, "posts").map(({ kind, contingent }) => ({ kind, contingent }))),
    lines: distinct(holding(words.lines, "lines").map(({ kind }) => kind)),
    types: on ? words.types.map((_, n) => n).filter((n) => shown.types[n]) : [],
    parties: on && colour === "party" ? events.parties.filter((_, n) => shown.parties & (1 << n)) : [],
    wanted: { types: view.filters.types, parties: view.filters.parties },
    areas: shown.areas.size > 0, display, ramp: drawn.legend ?? null, colour, several: colours.at(-1)?.colour ?? "",
  };
}

function section(title, rows) {
  return rows.length ? [el("h3", {}, title), ...rows] : [];
}

function row(picture, label, definition = "") {
  return el("div", { class: "legend-row", title: definition }, picture, el("span", {}, label));
}

function lineSwatch(kind) {
  return el("span", { class: `line-swatch ${kind}` });
}

/** @template T @param {T[]} items @returns {T[]} */
function distinct(items) {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
