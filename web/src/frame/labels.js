/** Names of places on a canvas: the important ones first, none over another. */

/** @typedef {{lon: number, lat: number, rank: number, name: string, other: string}} Label rank 0 is a country, 1 the most important town */

/** Pixels from a place to a name that stands beside a symbol. */
const BESIDE = 12;
/** Zoom from which a rank is written. */
const FROM_ZOOM = [0, 3, 6, 7.5, 9, 10];

export const Labels = L.Layer.extend({
  initialize() {
    /** @type {Label[]} */
    this.labels = [];
    /** @type {{x: number, y: number, size: number}[]} symbols that a name must not cover */
    this.obstacles = [];
  },

  setObstacles(obstacles) {
    this.obstacles = obstacles;
    this.draw();
  },

  onAdd(map) {
    const pane = map.getPane("labels") ?? map.createPane("labels");
    pane.style.zIndex = "440";
    pane.style.pointerEvents = "none";
    this.canvas = L.DomUtil.create("canvas", "leaflet-zoom-hide", pane);
    map.on("moveend zoomend resize viewreset", this.draw, this);
    this.draw();
  },

  onRemove(map) {
    map.off("moveend zoomend resize viewreset", this.draw, this);
    this.canvas.remove();
  },

  /** @param {Label[]} labels */
  setLabels(labels) {
    this.labels = [...labels].sort((a, b) => a.rank - b.rank);
    this.draw();
  },

  setColours(ink, halo) {
    Object.assign(this, { ink, halo });
    this.draw();
  },

  draw() {
    if (!this._map) return;
    const size = this._map.getSize();
    const ratio = window.devicePixelRatio || 1;
    L.DomUtil.setPosition(this.canvas, this._map.containerPointToLayerPoint([0, 0]));
    Object.assign(this.canvas, { width: size.x * ratio, height: size.y * ratio });
    Object.assign(this.canvas.style, { width: `${size.x}px`, height: `${size.y}px` });
    const context = this.canvas.getContext("2d");
    context.scale(ratio, ratio);
    const zoom = this._map.getZoom();
    const bounds = this._map.getBounds().pad(0.05);
    const taken = this.obstacles.map(({ x, y, size }) => ({ x: x - size, y: y - size, w: 2 * size, h: 2 * size, symbol: true }));
    for (const label of this.labels) {
      if (zoom < FROM_ZOOM[label.rank] || !bounds.contains([label.lat, label.lon])) continue;
      this.write(context, label, this._map.latLngToContainerPoint([label.lat, label.lon]), taken, zoom);
    }
  },

  write(context, label, point, taken, zoom) {
    const area = label.rank === 0;
    const size = area ? 13 : label.rank <= 2 ? 12.5 : 11;
    context.font = `${label.rank <= 2 ? 600 : 400} ${size}px "Source Sans", "Segoe UI", "Noto Sans", sans-serif`;
    const second = label.other && zoom >= 8 && label.rank > 0 ? label.other : "";
    const width = Math.max(context.measureText(label.name).width, second ? context.measureText(second).width * 0.86 : 0);
    const height = size + (second ? size * 0.9 : 0) + 2;
    // A city's name matters more than a symbol under it.
    const box = this.place(point, width, height, area, taken) ?? (label.rank > 0 && label.rank <= 2 ? this.place(point, width, height, area, taken.filter((t) => !t.symbol)) : undefined);
    if (!box) return;
    taken.push(box);
    context.textBaseline = "top";
    context.textAlign = area ? "center" : box.left ? "right" : "left";
    const x = area ? point.x : box.left ? box.x + width : box.x + 1;
    this.text(context, area ? label.name.toUpperCase() : label.name, x, box.y, area ? 0.55 : 1);
    if (second) {
      context.font = `400 ${size * 0.86}px "Source Sans", "Segoe UI", "Noto Sans", sans-serif`;
      this.text(context, second, x, box.y + size, 0.75);
    }
    if (!area) this.dot(context, point, label.rank);
  },

  /** A free box right or left of the point, or none. */
  place(point, width, height, area, taken) {
    const y = point.y - height / 2;
    const choices = area
      ? [{ x: point.x - width / 2, y, left: false }]
      : [
          { x: point.x + 5, y, left: false },
          { x: point.x - 7 - width, y, left: true },
          { x: point.x + 5, y: point.y + 5, left: false },
          { x: point.x + 5, y: point.y - height - 5, left: false },
          { x: point.x - 7 - width, y: point.y + 5, left: true },
          { x: point.x - 7 - width, y: point.y - height - 5, left: true },
          // Beyond a symbol that stands on the place itself.
          { x: point.x + BESIDE, y, left: false },
          { x: point.x - BESIDE - width, y, left: true },
          { x: point.x + 5, y: point.y + BESIDE, left: false },
          { x: point.x + 5, y: point.y - height - BESIDE, left: false },
        ];
    const { x: room } = this._map.getSize();
    const free = (box) => box.x >= 0 && box.x + width <= room && taken.every((t) => box.x > t.x + t.w || box.x + width < t.x || box.y > t.y + t.h || box.y + height < t.y);
    const box = choices.find(free);
    return box && { ...box, w: width + 4, h: height };
  },

  text(context, words, x, y, alpha) {
    context.globalAlpha = alpha;
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = this.halo;
    context.strokeText(words, x, y);
    context.fillStyle = this.ink;
    context.fillText(words, x, y);
    context.globalAlpha = 1;
  },

  dot(context, point, rank) {
    context.beginPath();
    context.arc(point.x, point.y, rank <= 2 ? 2.6 : 1.8, 0, 7);
    context.fillStyle = this.ink;
    context.strokeStyle = this.halo;
    context.lineWidth = 1.5;
    context.stroke();
    context.fill();
  },
});
