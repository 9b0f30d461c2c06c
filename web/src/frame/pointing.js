/** What happens under the pointer: hover lines, cards of one event, lists of several, and the tray of those without a place. */

import { el, button } from "cm/dom";
import { grouped } from "cm/days";

/** Events of one list: more are counted, not written. */
const LONGEST_LIST = 100;

export class Pointing {
  /**
   * @param {import("cm/cards").Cards} cards
   * @param {{ask: (question: any, key: string) => void, mark: (index: number) => void, told: () => void}} acts
   */
  constructor(cards, acts) {
    this.cards = cards;
    this.acts = acts;
    this.forget();
  }

  /** Positions of another revision mean other events. */
  forget() {
    this.group = [];
    this.title = "";
    this.picked = -1;
    /** @type {Map<string, any>} answers by key */
    this.known = new Map();
  }

  /** Events under a click: the card of one, the list of several. @param {number[]} group newest first @param {string} [title] */
  open(group, title = "") {
    Object.assign(this, { group, title });
    if (group.length === 1) this.pick(group[0]);
    else if (group.length) this.list();
    else this.leave();
  }

  list() {
    this.mark(-1);
    this.wanted = `lines ${this.group.slice(0, LONGEST_LIST).join()}`;
    this.show(this.wanted, { kind: "lines", indexes: this.group.slice(0, LONGEST_LIST) });
  }

  /** @param {number} index */
  pick(index) {
    this.mark(index);
    this.wanted = `event ${index}`;
    this.show(this.wanted, { kind: "event", index });
  }

  /** Ask the page once; its answers are kept. */
  show(key, question) {
    if (this.known.has(key)) this.write(key);
    else this.acts.ask(question, key);
  }

  /** @param {string} key @param {any} body */
  answered(key, body) {
    this.known.set(key, body);
    if (key === this.wanted) this.write(key);
    if (key === this.hovered) this.cards.showHover(body, this.hoverAt);
  }

  write(key) {
    const body = this.known.get(key);
    if (key.startsWith("lines ")) return this.cards.showList(this.listTitle(), this.listNote(), body.rows.map((row) => ({ ...row, act: () => this.pick(row.index) })));
    return this.cards.show(body, this.group.length > 1 ? { n: this.group.indexOf(this.picked), of: this.group.length, turn: (n) => this.pick(this.group[n]), list: () => this.list() } : null);
  }

  listTitle() {
    return this.title || `${grouped(this.group.length)} events here`;
  }

  listNote() {
    return this.group.length > LONGEST_LIST ? `The newest ${LONGEST_LIST} of ${grouped(this.group.length)} are listed; come closer or narrow the filters for the others.` : "";
  }

  /** @param {number[]} group @param {{x: number, y: number}} at */
  hover(group, at) {
    const key = group.length === 1 ? `event ${group[0]}` : "";
    this.hoverAt = at;
    if (group.length > 1) this.cards.showHover({ title: `${grouped(group.length)} events` }, at);
    else if (!group.length) { if (this.hovered !== undefined) this.cards.showHover(null); }
    else if (this.known.has(key)) this.cards.showHover(this.known.get(key), at);
    else if (key !== this.hovered) this.acts.ask({ kind: "event", index: group[0] }, key);
    this.hovered = group.length ? key : undefined;
  }

  mark(index) {
    this.picked = index;
    this.acts.mark(index);
    this.acts.told();
  }

  /** The card was closed, or speaks of something that is no longer shown. */
  leave() {
    this.group = [];
    this.wanted = "";
    this.mark(-1);
    this.cards.hide();
  }
}

/** Events of the window that no point or area stands for: counted beside the map, listed on demand, never a pin. */
export class Tray {
  /** @param {HTMLElement} host @param {(indexes: number[]) => void} open */
  constructor(host, open) {
    this.face = button("Events without a place on the map", "", () => open(this.indexes));
    this.box = el("div", { class: "tray", hidden: true }, this.face);
    L.DomEvent.disableClickPropagation(this.box);
    host.append(this.box);
  }

  /** @param {number[]} indexes newest first */
  show(indexes) {
    this.indexes = indexes;
    this.box.hidden = !indexes.length;
    this.face.textContent = `${grouped(indexes.length)} without a place`;
    this.face.setAttribute("aria-label", `${grouped(indexes.length)} events without a place on the map: list them`);
  }
}
