/** The map beside the text: the shared map frame, told where the current mention lies. */

import { Host } from "./map.js";

const FOLLOW_MS = 90;
const KEYS = /^[npxuah?1-5]$/;

export class ReportMap {
  /** @param {HTMLElement} box @param {{spot: (at: {lon: number, lat: number}) => void, key: (key: string) => void}} heard */
  constructor(box, heard) {
    this.host = new Host(box);
    this.host.shown = () => this.send();
    this.host.heard = (message) => {
      if (message.type === "spot") heard.spot({ lon: Number(message.lon), lat: Number(message.lat) });
      if (message.type === "key" && KEYS.test(message.key)) heard.key(message.key);
    };
    this.outlines = new Map();
  }

  update(data) { this.host.update({ ...data, places: [] }, () => {}, () => {}); }

  leave() { this.host.leave(); }

  /** @param {import("./choosing.js").Choosing} choosing @param {string} address of outlines */
  follow(choosing, address) {
    const { state, place, spot } = choosing.mark ? choosing.of(choosing.current) : {};
    const candidates = choosing.mark && state !== "rejected" ? choosing.candidates(choosing.current).map(({ place: id }) => choosing.places[id]) : [];
    const listed = candidates.map((one, at) => ({ ...dot(one), label: String(at + 1), taken: one.id === place?.id })).filter(({ point }) => point);
    if (place?.point && !candidates.some(({ id }) => id === place.id)) listed.push({ ...dot(place), label: "✓", taken: true });
    this.wanted = {
      others: others(choosing),
      points: state === "chosen" && !place ? [] : listed,
      spot: spot ? { lon: spot.lon, lat: spot.lat, km: spot.km } : null,
      near: place ? [place.lon, place.lat] : null,
      outline: place?.shape ? place.id : "",
    };
    this.address = address;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), FOLLOW_MS);
  }

  /** Show a position that is being typed. */
  probe(spot) {
    if (this.host.ready) this.host.send({ type: "probe", spot });
  }

  async send() {
    const { wanted } = this;
    if (!wanted || !this.host.ready) return;
    const shape = wanted.outline ? await this.outline(wanted.outline) : null;
    if (wanted === this.wanted) this.host.send({ type: "follow", ...wanted, shape });
  }

  async outline(id) {
    if (!this.outlines.has(id)) {
      const answer = await fetch(`${this.address}?place=${encodeURIComponent(id)}`).catch(() => null);
      this.outlines.set(id, answer?.ok ? (await answer.json()).shape : null);
    }
    return this.outlines.get(id);
  }
}

const dot = ({ lon, lat, point }) => ({ lon, lat, point });

/** Where all settled names of the text lie, once each. */
function others(choosing) {
  const found = new Map();
  choosing.marks.forEach((_, i) => {
    const { place, spot, state } = choosing.of(i);
    const at = state === "chosen" && spot ? spot : place?.point ? place : null;
    if (at) found.set(`${at.lon} ${at.lat}`, [at.lon, at.lat]);
  });
  return [...found.values()];
}
