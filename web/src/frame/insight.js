/** What the map shows, as a list: every mark can be opened without a pointer. */

import { button, el } from "cm/dom";
import { grouped } from "cm/days";
import { icon } from "cm/icons";

/**
 * A button that lists what is in sight.
 * @param {HTMLElement} host @param {import("cm/cards").Cards} cards
 * @param {() => {events: number[], zones: Row[], posts: Row[], lines: Row[]}} seen what is in sight now
 * @param {(events: number[], title: string) => void} open
 * @typedef {{title: string, badge: string, act: () => void}} Row
 */
export function listButton(host, cards, seen, open) {
  const act = () => {
    const { events, zones, posts, lines } = seen();
    const title = `${grouped(events.length)} event${events.length === 1 ? "" : "s"} in sight`;
    const rows = [...zones, ...posts, ...lines].map(({ title: words, badge, act: show }) => ({ title: words, day: badge, act: show }));
    cards.showList("In sight on this day", "", [...(events.length ? [{ title, day: "open their list", act: () => open(events, title) }] : []), ...rows]);
    cards.card.focus({ preventScroll: true });
  };
  const bar = el("div", { class: "tools lists" }, button("List what is in sight", icon("list"), act));
  L.DomEvent.disableClickPropagation(bar);
  host.append(bar);
}
