/** Hover line and click card. Every word is written as text; links are opened by the page, not from here. */

import { button, el } from "cm/dom";

/**
 * @typedef {{title: string, other?: string, badge?: string, rows: [string, string][], text?: string, links: string[]}} Card
 */
export class Cards {
  /** @param {HTMLElement} host @param {{open: (url: string) => void, closed: () => void, turned: (n: number) => void}} acts */
  constructor(host, acts) {
    this.acts = acts;
    this.hover = el("div", { class: "hover", role: "status", hidden: true });
    this.card = el("section", { class: "card", hidden: true, "aria-live": "polite", tabindex: "-1" });
    L.DomEvent.disableClickPropagation(this.card);
    L.DomEvent.disableScrollPropagation(this.card);
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

  /** @param {Card} card @param {{n: number, of: number}} [page] which of several at one place */
  show(card, page = { n: 0, of: 1 }) {
    this.showHover(null);
    const head = el("header", {}, el("h2", {}, card.title), button("Close the card", "×", () => this.close()));
    const facts = el("dl", {});
    for (const [label, words] of card.rows) if (words) facts.append(el("dt", {}, label), el("dd", {}, words));
    this.card.replaceChildren(
      head,
      ...(card.other ? [el("p", { class: "other" }, card.other)] : []),
      ...(card.badge ? [el("p", { class: "badge" }, card.badge)] : []),
      ...(card.text ? [el("p", { class: "text" }, card.text)] : []),
      facts,
      ...card.links.map((url) => this.#link(url)),
      ...(page.of > 1 ? [this.#pages(page)] : []),
    );
    this.card.hidden = false;
  }

  close() {
    if (this.card.hidden) return;
    this.card.hidden = true;
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

  #pages({ n, of }) {
    const turn = (by) => this.acts.turned((n + by + of) % of);
    return el("footer", {}, button("Previous at this place", "‹", () => turn(-1)), el("span", {}, `${n + 1} of ${of} here`), button("Next at this place", "›", () => turn(1)));
  }
}
