/** Places of a report: a number for each name, filled when settled, dashed while it could mean several. */

import { el } from "cm/dom";

const AREA_STYLE = { color: "#0b5cad", weight: 2, dashArray: "2 5", fillColor: "#0b5cad", fillOpacity: 0.07 };

/** @typedef {{n: number, settled: boolean, points: [number, number][], area: object|null, home: boolean}} ReportPlace points are lon, lat; home is in the situation's surroundings */
export class Candidates {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    this.layer = L.featureGroup().addTo(map);
  }

  /** @param {ReportPlace[]} places */
  show(places) {
    this.layer.clearLayers();
    for (const place of places) this.add(place);
    // Moscow in a report on Karabakh must not push Karabakh out of sight.
    const near = places.some(({ home }) => home) ? places.filter(({ home }) => home) : places;
    const bounds = L.featureGroup(near.flatMap(({ shapes }) => shapes)).getBounds();
    if (bounds.isValid()) this.map.fitBounds(bounds.pad(0.15), { maxZoom: 9, animate: false });
  }

  add(place) {
    const { n, settled, points, area } = place;
    place.shapes = [];
    if (area) place.shapes.push(L.geoJSON(area, { style: AREA_STYLE, interactive: false }));
    for (const [lon, lat] of points) {
      const icon = L.divIcon({ html: el("b", {}, String(n)), className: settled ? "candidate" : "candidate open", iconSize: [22, 22] });
      place.shapes.push(L.marker([lat, lon], { icon, alt: `Place ${n}`, interactive: false }));
    }
    place.shapes.forEach((shape) => shape.addTo(this.layer));
  }
}
