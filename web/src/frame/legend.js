/** The legend: what is on the map on this day, nothing else. */

import { el } from "cm/dom";
import { look, swatch } from "cm/patterns";
import { eventIcon, postIcon } from "cm/symbols";

export class Legend {
  /** @param {HTMLElement} host @param {import("cm/patterns").Patterns} patterns @param {boolean} open */
  constructor(host, patterns, open) {
    this.patterns = patterns;
    this.body = el("div", { class: "legend-body" });
    this.box = el("details", { class: "legend", open }, el("summary", {}, "Legend"), this.body);
    L.DomEvent.disableClickPropagation(this.box);
    L.DomEvent.disableScrollPropagation(this.box);
    host.append(this.box);
  }

  /**
   * @param {{zones: any[], posts: any[], lines: any[], types: number[], areas: boolean}} shown
   * @param {any} words labels and definitions @param {any} looks statuses and parties of the zones
   */
  show(shown, words, looks) {
    const key = JSON.stringify([
      shown.zones.map((z) => [z.kind, z.status, z.party]),
      shown.posts.map((p) => [p.kind, p.contingent]),
      shown.lines.map((l) => l.kind),
      shown.types,
      shown.areas,
    ]);
    if (key === this.key) return;
    this.key = key;
    this.body.replaceChildren(
      ...section("Ground", distinct(shown.zones, (z) => `${z.kind} ${z.status} ${z.party}`).map((z) => {
        const status = words.statuses[z.status];
        const party = z.party ? words.parties[z.party] : undefined;
        const name = z.status === "assessed_control" && party ? `Held by ${party.label}` : party && z.kind !== "administrative" ? `${status.label}: ${party.label}` : status.label;
        return row(swatch(this.patterns, look(z, looks)), name, status.definition);
      })),
      ...section("Lines", distinct(shown.lines, (l) => l.kind).map((l) => row(lineSwatch(l.kind), words.lines[l.kind]))),
      ...section("Posts", distinct(shown.posts, (p) => `${p.kind} ${p.contingent}`).map((p) => row(postIcon(p.kind, words.parties[p.contingent].colour, words.parties[p.contingent].edge, 18), `${words.posts[p.kind].label}, ${words.parties[p.contingent].label_short}`, words.posts[p.kind].definition))),
      ...section("Events", [
        ...shown.types.map((t) => row(eventIcon(words.types[t].symbol), words.types[t].label, words.types[t].definition)),
        ...(shown.types.length ? [el("p", { class: "note" }, "Larger: more deaths. Hollow: low confidence. Dashed ring: approximate place.")] : []),
        ...(shown.areas ? [el("p", { class: "note" }, "Dotted outline: event somewhere in this area.")] : []),
      ]),
    );
  }
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

/** @template T @param {T[]} items @param {(item: T) => string} key @returns {T[]} */
function distinct(items, key) {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
