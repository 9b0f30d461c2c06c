/** Hover line, click card and list. Every word is written as text; links are opened by the page, not from here. */

import { button, el } from "cm/dom";

/**
 * @typedef {{title: string, other?: string, badge?: string, rows: [string, string][], text?: string, links: string[],
 *   acts?: {label: string, act: () => void}[]}} Card
 * @typedef {{n: number, of: number, turn: (n: number) => void, list: () => void}} Paging which of several events it is
 */
export class Cards {
  /** @param {HTMLElement} host @param {{open: (url: string) => void, closed: () => void}} acts */
  constructor(host, acts) {
    this.acts = acts;
    this.hover = el("div", { class: "hover", hidden: true });
    this.card = el("section", { class: "card", hidden: true, "aria-label": "Details", tabindex: "-1" });
    L.DomEvent.disableClickPropagation(this.card);
    L.DomEvent.disableScrollPropagation(this.card);
    // A button that a click removes is no longer inside the card when Leaflet asks where the click was.
    this.card.addEventListener("click", (event) => event.stopPropagation());
    host.append(this.hover, this.card);
    this.card.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      event.stopPropagation();
    });
  }

  /** @param {Card|null} card @param {{x: number, y: number}} [at] in pixels of the map */
  showHover(card, at) {
    this.hover.hidden = !card;
    if (!card || !at) return;
    this.hover.replaceChildren(el("strong", {}, card.title), ...(card.badge ? [el("span", {}, card.badge)] : []));
    const room = this.hover.parentElement.clientWidth;
    this.hover.style.left = `${Math.min(at.x + 14, room - this.hover.offsetWidth - 6)}px`;
    this.hover.style.top = `${Math.max(at.y - this.hover.offsetHeight - 8, 4)}px`;
  }

  /** @param {Card} card @param {Paging|null} [paging] */
  show(card, paging = null) {
    const facts = el("dl", {});
    for (const [label, words] of card.rows) if (words) facts.append(el("dt", {}, label), el("dd", {}, words));
    this.#write(card.title,
      ...(card.other ? [el("p", { class: "other" }, card.other)] : []),
      ...(card.badge ? [el("p", { class: "badge" }, card.badge)] : []),
      ...(card.text ? [el("p", { class: "text" }, card.text)] : []),
      facts,
      ...card.links.map((url) => this.#link(url)),
      ...(card.acts ?? []).map(({ label, act }) => el("p", { class: "act" }, button(label, label, act))),
      ...(paging ? [pages(paging)] : []),
    );
  }

  /** @param {string} title @param {string} note @param {{day: string, title: string, act: () => void}[]} rows */
  showList(title, note, rows) {
    const items = rows.map(({ day, title: words, act }) => el("li", {}, button(`${words}, ${day}`, el("span", {}, el("b", {}, words), el("small", {}, day)), act)));
    this.#write(title, ...(note ? [el("p", { class: "other" }, note)] : []), el("ol", { class: "event-lines" }, ...items));
  }

  #write(title, ...parts) {
    this.showHover(null);
    const hadFocus = this.card.contains(document.activeElement);
    this.card.replaceChildren(el("header", {}, el("h2", {}, title), button("Close the card", "×", () => this.close())), ...parts);
    this.card.hidden = false;
    this.card.scrollTop = 0;
    if (hadFocus) this.card.focus({ preventScroll: true });
  }

  /** Without a word to anyone: what closes it knows. */
  hide() {
    this.card.hidden = true;
  }

  close() {
    if (this.card.hidden) return;
    this.hide();
    this.acts.closed();
  }

  #link(url) {
    const words = url.replace(/^https?:\/\//, "");
    const link = el("a", { href: "#", role: "link", title: url }, words.length > 46 ? `${words.slice(0, 45)}…` : words);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.acts.open(url);
    });
    return el("p", { class: "source" }, link);
  }
}

/** @param {Paging} paging */
function pages({ n, of, turn, list }) {
  const by = (step) => turn((n + step + of) % of);
  return el("footer", {}, button("Back to the list", "List", list), el("span", { class: "gap" }), button("Previous at this place", "‹", () => by(-1)), el("span", {}, `${n + 1} of ${of} here`), button("Next at this place", "›", () => by(1)));
}
