/** What a pointer does on the map: hover and click on events and ground, and on spots where no mark stands. */

import { inArea } from "cm/table";
import { ask, send } from "cm/wire";

export class Gestures {
  /**
   * @param {L.Map} map @param {any} state the view and what is shown
   * @param {{ground: () => import("cm/ground").Ground, cards: import("cm/cards").Cards, pointing: import("cm/pointing").Pointing, points: () => any}} parts
   */
  constructor(map, state, parts) {
    Object.assign(this, { map, state, ...parts });
    map.on("click", (event) => this.onClick(event));
    map.on("mousemove", ({ containerPoint }) => this.onMove(containerPoint));
  }

  /** @param {{x: number, y: number}} point @returns {number[]} */
  eventsAt(point) {
    return this.state.shown && !this.state.view.hidden.has("events") ? this.points().at(point) : [];
  }

  /** Pointer on a zone, line, post or area. @param {string} kind @param {number} row @param {string} how @param {L.LatLng} at */
  onGround(kind, row, how, at) {
    const { cards, pointing, state } = this;
    if (how === "leave") return cards.showHover(null);
    const members = kind === "areas" ? inArea(state, row) : [];
    const title = `${members.length} event${members.length > 1 ? "s" : ""} somewhere in this area`;
    const here = this.map.latLngToContainerPoint(at);
    const near = this.eventsAt(here);
    if (how === "hover") return near.length || cards.showHover(members.length ? { title } : state.words[kind][row].card, here);
    if (near.length) return pointing.open(near);
    if (members.length) return pointing.open(members, members.length > 1 ? title : "");
    pointing.leave();
    return this.showGround(kind, row);
  }

  onClick({ containerPoint, latlng }) {
    if (document.documentElement.dataset.mode === "report") return;
    const group = this.eventsAt(containerPoint);
    if (group.length) return this.pointing.open(group);
    this.pointing.leave();
    const [lon, lat] = [latlng.wrap().lng, latlng.lat].map((value) => Number(value.toFixed(4)));
    const day = this.state.view.asOf;
    this.pointing.wanted = `here ${lon} ${lat} ${day}`;
    ask({ kind: "here", lon, lat, day }, this.pointing.wanted);
  }

  /** What the page knows of a spot; an answer to an older click is left. */
  answered(key, card) {
    if (key === this.pointing.wanted) this.cards.show(withFigures(card, card.about));
  }

  onMove(point) {
    const group = this.eventsAt(point);
    this.map.getContainer().classList.toggle("over-event", group.length > 0);
    this.pointing.hover(group, point);
  }

  showGround(kind, row) {
    const { card, about } = this.state.words[kind][row];
    this.cards.show(withFigures(card, about));
  }

  /** Every mark in the map's window, for the list. */
  inSight() {
    const { view, words } = this.state;
    const rows = (kind, group = kind) => this.ground().inSight(group, view.asOf, view.hidden).map((row) => {
      const { title, badge } = words[kind][row].card;
      return { title, badge, act: () => this.showGround(kind, row) };
    });
    return { events: this.points().inSight(), zones: [...rows("zones"), ...rows("zones", "presence")], posts: rows("posts"), lines: rows("lines") };
  }
}

/** A card of ground leads to what happened there over time. */
function withFigures(card, about) {
  return about ? { ...card, acts: [{ label: "Figures over time", act: () => send({ type: "figures", about }) }] } : card;
}
