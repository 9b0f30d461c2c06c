/** Numbered places: the rows of a file, or what the current name of a report may mean, dashed while it is open. */

import { el } from "cm/dom";

const CIRCLE_STYLE = { color: "#b35900", weight: 2, dashArray: "4 5", fillColor: "#b35900", fillOpacity: 0.1, interactive: false };
const OTHER_STYLE = { radius: 4, color: "#ffffff", weight: 1, fillColor: "#0b5cad", fillOpacity: 0.75, interactive: false };
const COUNTRY_ZOOM = 6;
const FLY_SECONDS = 0.4;
const AREA_STYLE = { color: "#0b5cad", weight: 2, dashArray: "2 5", fillColor: "#0b5cad", fillOpacity: 0.07 };

/** @typedef {{n: number, points: [number, number][], area: object|null}} Numbered points are lon, lat */
export class Candidates {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    this.layer = L.featureGroup().addTo(map);
    this.typed = L.featureGroup().addTo(map);
  }

  /** @param {Numbered[]} places */
  show(places) {
    this.layer.clearLayers();
    const shapes = places.flatMap(({ n, points, area }) => [
      ...(area ? [L.geoJSON(area, { style: AREA_STYLE, interactive: false })] : []),
      ...points.map(([lon, lat]) => numbered(lon, lat, String(n), true, "Place")),
    ]);
    shapes.forEach((shape) => shape.addTo(this.layer));
    const bounds = L.featureGroup(shapes).getBounds();
    if (bounds.isValid()) this.map.fitBounds(bounds.pad(0.15), { maxZoom: 9, animate: false });
  }

  /**
   * The current mention of a report: its candidates by number, its circle or area; all other settled places are dots.
   * @param {{others: [number, number][], points: {lon: number, lat: number, label: string, taken: boolean}[], spot: any, shape: any, near: [number, number]|null}} current
   */
  follow({ others, points, spot, shape, near }) {
    this.layer.clearLayers();
    others.forEach(([lon, lat]) => L.circleMarker([lat, lon], OTHER_STYLE).addTo(this.layer));
    const shapes = [
      ...(shape ? [L.geoJSON(shape, { style: AREA_STYLE, interactive: false })] : []),
      ...(spot ? [circle(spot)] : []),
      ...points.map(({ lon, lat, label, taken }) => numbered(lon, lat, label, taken)),
    ];
    shapes.forEach((one) => one.addTo(this.layer));
    const taken = points.filter((point) => point.taken);
    const wanted = shape || spot || !taken.length ? shapes.slice(0, shapes.length - (shape || spot ? points.length : 0)) : taken.map(({ lon, lat }) => L.marker([lat, lon]));
    this.fly(wanted, near);
  }

  fly(shapes, near) {
    const bounds = shapes.length ? L.featureGroup(shapes).getBounds() : null;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const how = calm ? { animate: false } : { duration: FLY_SECONDS };
    if (bounds?.isValid()) this.map.flyToBounds(bounds.pad(0.2), { maxZoom: 9, ...how });
    else if (near) this.map.flyTo([near[1], near[0]], COUNTRY_ZOOM, how);
  }

  /** A position that is being typed or was clicked. */
  probe(spot) {
    this.typed.clearLayers();
    if (spot) circle(spot).addTo(this.typed);
  }
}

/** A circle needs the map only for drawing: its bounds are told from its radius. */
const circle = ({ lon, lat, km }) => L.featureGroup([L.polygon(ring(lon, lat, km), CIRCLE_STYLE), L.circleMarker([lat, lon], { ...OTHER_STYLE, fillColor: "#b35900" })]);

function ring(lon, lat, km) {
  const high = km / 111.2;
  const wide = high / Math.max(Math.cos((lat * Math.PI) / 180), 0.01);
  return Array.from({ length: 64 }, (_, step) => {
    const angle = (step * Math.PI) / 32;
    return [lat + high * Math.sin(angle), lon + wide * Math.cos(angle)];
  });
}

function numbered(lon, lat, label, taken, word = "Candidate") {
  const icon = L.divIcon({ html: el("b", {}, label), className: taken ? "candidate" : "candidate open", iconSize: [22, 22] });
  return L.marker([lat, lon], { icon, alt: `${word} ${label}`, interactive: false, keyboard: false });
}
