/** Choosing a part of the map by a rectangle or a lasso: figures, table and export then speak of that part. */

import { button, el, svg } from "cm/dom";
import { icon } from "cm/icons";

/** Corners of a drawn area: enough for a hand's line, short enough for a link. */
const MOST_CORNERS = 40;
const DECIMALS = 3;
const SMALLEST = 6;

export class Selecting {
  /** @param {L.Map} map @param {(ring: [number, number][]|null) => void} chosen ring of lon, lat */
  constructor(map, chosen) {
    this.map = map;
    this.chosen = chosen;
    this.tools = { rectangle: this.#tool("rectangle", "Select events by a rectangle"), lasso: this.#tool("lasso", "Select events by a lasso") };
    this.clear = button("Remove the selection", icon("clear"), () => this.chosen(null));
    const bar = el("div", { class: "tools", role: "group", "aria-label": "Selection" }, ...Object.values(this.tools), this.clear);
    L.DomEvent.disableClickPropagation(bar);
    this.line = svg("path", {});
    this.sheet = svg("svg", { class: "sheet", "aria-hidden": "true", hidden: "" }, this.line);
    L.DomEvent.disableClickPropagation(this.sheet);
    map.getContainer().append(bar, this.sheet);
    this.sheet.addEventListener("pointerdown", (event) => this.#draw(event));
    window.addEventListener("keydown", (event) => { if (event.key === "Escape") this.#take(null); });
    map.createPane("selection").style.zIndex = "630";
    this.outline = L.polygon([], { pane: "selection", renderer: L.svg({ pane: "selection", padding: 0.4 }), className: "selection", fill: false, interactive: false }).addTo(map);
    this.show(null);
  }

  /** @param {[number, number][]|null} ring */
  show(ring) {
    this.outline.setLatLngs(ring ? ring.map(([lon, lat]) => [lat, lon]) : []);
    this.clear.hidden = !ring;
  }

  #tool(name, label) {
    const tool = button(label, icon(name), () => this.#take(this.tool === name ? null : name));
    tool.setAttribute("aria-pressed", "false");
    return tool;
  }

  #take(name) {
    this.tool = name;
    for (const [own, tool] of Object.entries(this.tools)) tool.setAttribute("aria-pressed", String(own === name));
    this.sheet.toggleAttribute("hidden", !name);
    this.line.setAttribute("d", "");
  }

  /** @param {PointerEvent} event */
  #draw(event) {
    event.preventDefault();
    this.sheet.setPointerCapture(event.pointerId);
    const at = (e) => [e.offsetX, e.offsetY];
    const first = at(event);
    let corners = [first];
    const move = (e) => {
      if (!e.buttons) return stop(); // released where nobody told us
      const here = at(e);
      corners = this.tool === "lasso" ? [...corners, here] : [first, [here[0], first[1]], here, [first[0], here[1]]];
      this.line.setAttribute("d", `M${corners.map((corner) => corner.join()).join("L")}Z`);
    };
    let over = false;
    const stop = () => {
      if (over) return;
      over = true;
      this.sheet.removeEventListener("pointermove", move);
      setTimeout(() => this.#take(null)); // the click that ends the drag still belongs to the sheet
      const [xs, ys] = [0, 1].map((n) => corners.map((corner) => corner[n]));
      const spread = (values) => Math.max(...values) - Math.min(...values);
      const ring = corners.length > 2 && spread(xs) > SMALLEST && spread(ys) > SMALLEST ? this.#ring(corners) : [];
      if (ring.length > 2) this.chosen(ring); // a line encloses nothing
    };
    this.sheet.addEventListener("pointermove", move);
    for (const end of ["pointerup", "pointercancel"]) this.sheet.addEventListener(end, stop, { once: true });
  }

  #ring(corners) {
    const points = corners.map(([x, y]) => L.point(x, y));
    let fewer = points;
    for (let tolerance = 1; fewer.length > MOST_CORNERS || tolerance === 1; tolerance *= 1.6) fewer = points.length > 4 ? L.LineUtil.simplify(points, tolerance) : points.slice(0, MOST_CORNERS);
    return fewer.map((point) => {
      const { lng, lat } = this.map.containerPointToLatLng(point);
      return [within(lng, 180), within(lat, 90)].map((value) => Number(value.toFixed(DECIMALS)));
    });
  }
}

const within = (value, limit) => Math.min(Math.max(value, -limit), limit);
