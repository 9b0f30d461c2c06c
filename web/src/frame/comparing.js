/** Two days on one map: ground that changed hands, hatched in the colour of who gained it, and a divider between both days. */

import { el, button } from "cm/dom";
import { toWords } from "cm/days";
import { Ground } from "cm/ground";

const STEP = 0.02;

export class Comparing {
  /** @param {L.Map} map @param {import("cm/patterns").Patterns} patterns @param {{rows: {name: string, rows: any}[], ask: (question: any, key: string) => void, tell: any}} given */
  constructor(map, patterns, { rows, ask, tell }) {
    Object.assign(this, { map, patterns, rows, ask, tell });
    this.at = 0.5;
    this.known = new Map();
    map.createPane("changes").style.zIndex = "412";
    this.renderer = L.svg({ pane: "changes", padding: 0.4 });
    this.changes = L.layerGroup().addTo(map);
    this.divider = el("div", { class: "divider", role: "slider", tabindex: "0", "aria-label": "Divider between the two days", "aria-valuemin": 0, "aria-valuemax": 100, hidden: true },
      el("span", { class: "before" }), el("span", { class: "after" }));
    this.swipe = button("Swipe between the two days", "Swipe", () => this.setSwipe(!this.isSwiping));
    this.swipe.setAttribute("aria-pressed", "false");
    this.box = el("div", { class: "compare", hidden: true }, el("strong", {}), this.swipe, el("p", { class: "changes only-bare" }), el("p", { class: "warning", hidden: true }));
    L.DomEvent.disableClickPropagation(this.box);
    L.DomEvent.disableClickPropagation(this.divider);
    map.getContainer().append(this.box, this.divider);
    this.divider.addEventListener("pointerdown", (event) => this.drag(event));
    this.divider.addEventListener("keydown", (event) => this.onKey(event));
    map.on("move zoomend resize", () => this.clip());
  }

  /** @param {number|null} versus the day compared with, null for none @param {number} asOf @param {Set<string>} hidden @param {Ground} ground */
  show(versus, asOf, hidden, ground) {
    Object.assign(this, { versus, asOf, hidden, now: ground });
    this.box.hidden = versus === null;
    if (versus === null) {
      this.setSwipe(false);
      this.changes.clearLayers();
      this.drawn = "";
      return;
    }
    const [from, to] = [Math.min(versus, asOf), Math.max(versus, asOf)];
    this.key = `diff ${from} ${to}`;
    this.box.querySelector("strong").textContent = `${toWords(from)} and ${toWords(to)}`;
    if (this.isSwiping) this.setSwipe(true);
    if (this.known.has(this.key)) this.draw();
    else this.ask({ kind: "diff", from, to }, this.key);
  }

  /** @param {string} key @param {any} body */
  answered(key, body) {
    this.known.set(key, body);
    if (key === this.key && this.versus !== null) this.draw();
  }

  draw() {
    if (this.drawn === this.key) return;
    this.drawn = this.key;
    const { shapes, words, banner } = this.known.get(this.key);
    this.changes.clearLayers();
    for (const shape of shapes) {
      const style = { colour: shape.colour, edge: shape.edge, fill: 0.5, texture: "plain", hatch: "diagonal", heavy: true };
      L.geoJSON(shape.geometry, {
        pane: "changes", renderer: this.renderer, interactive: false,
        style: { color: shape.edge, weight: 2.2, dashArray: "6 3", fillColor: this.patterns.fill(style), fillOpacity: 1, className: "change" },
      }).addTo(this.changes);
    }
    const said = this.box.querySelector(".changes");
    said.textContent = words;
    said.classList.toggle("only-bare", shapes.length > 0); // beside the map stand the figures, unless nothing changed
    const warning = this.box.querySelector(".warning");
    warning.textContent = banner;
    warning.hidden = !banner;
  }

  setSwipe(on) {
    this.isSwiping = on;
    this.swipe.setAttribute("aria-pressed", String(on));
    this.divider.hidden = !on;
    if (on && !this.before) {
      this.before = new Ground(this.map, this.patterns, this.tell, "before");
      this.rows.forEach(({ name, rows }) => this.before.add(name, rows));
    }
    this.before?.show(on ? this.versus : NaN, this.hidden ?? new Set());
    if (on) {
      this.divider.querySelector(".before").textContent = toWords(Math.min(this.versus, this.asOf));
      this.divider.querySelector(".after").textContent = toWords(Math.max(this.versus, this.asOf));
    }
    this.clip();
  }

  /** The earlier day left of the divider, the later one right of it; events belong to the day shown. */
  clip() {
    const { x: width, y: height } = this.map.getSize();
    const x = Math.round(this.at * width);
    this.divider.style.left = `${x}px`;
    this.divider.setAttribute("aria-valuenow", String(Math.round(this.at * 100)));
    const cut = (left, right) => {
      const [nw, se] = [this.map.containerPointToLayerPoint([left, 0]), this.map.containerPointToLayerPoint([right, height])];
      return this.isSwiping ? `rect(${nw.y}px, ${se.x}px, ${se.y}px, ${nw.x}px)` : "";
    };
    const [left, right] = [cut(0, x), cut(x, width)];
    const [shown, other] = this.versus <= this.asOf ? [right, left] : [left, right];
    const events = this.map.getPane("events");
    for (const pane of [...(this.now?.panes ?? []), this.map.getPane("changes"), ...(events ? [events] : [])]) pane.style.clip = shown;
    for (const pane of this.before?.panes ?? []) pane.style.clip = other;
  }

  /** @param {PointerEvent} event */
  drag(event) {
    event.preventDefault();
    event.stopPropagation();
    this.divider.setPointerCapture(event.pointerId);
    const box = this.map.getContainer().getBoundingClientRect();
    const move = (e) => this.put((e.clientX - box.left) / box.width);
    this.divider.addEventListener("pointermove", move);
    for (const end of ["pointerup", "pointercancel"]) this.divider.addEventListener(end, () => this.divider.removeEventListener("pointermove", move), { once: true });
  }

  onKey(event) {
    const to = { ArrowLeft: this.at - STEP, ArrowRight: this.at + STEP, Home: 0, End: 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.put(to);
  }

  put(share) {
    this.at = Math.min(Math.max(share, 0), 1);
    this.clip();
  }
}
