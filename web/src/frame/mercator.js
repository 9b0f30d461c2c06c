/** Web Mercator as numbers from 0 to 1: the map's plane without an object per point. */

/** @param {number} lon degrees */
export const worldX = (lon) => lon / 360 + 0.5;

/** @param {number} lat degrees */
export function worldY(lat) {
  const sin = Math.sin((Math.max(Math.min(lat, 85.0511), -85.0511) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
}

/** How the plane lies under the map's window: pixel = world * scale - origin. @param {L.Map} map */
export function placement(map) {
  const origin = map.getPixelOrigin().subtract(map._getMapPanePos());
  return { scale: map.options.crs.scale(map.getZoom()), left: origin.x, top: origin.y };
}

/** Metres of one pixel at a latitude. @param {L.Map} map @param {number} lat */
export const metresPerPixel = (map, lat) => (40_075_016.7 * Math.cos((lat * Math.PI) / 180)) / map.options.crs.scale(map.getZoom());

/**
 * Whether a point lies in a ring, by the even-odd rule on degrees.
 * @param {[number, number][]} ring lon, lat @returns {(lon: number, lat: number) => boolean}
 */
export function insideRing(ring) {
  return (lon, lat) => {
    let inside = false;
    for (let a = 0, b = ring.length - 1; a < ring.length; b = a++) {
      const [ax, ay] = ring[a];
      const [bx, by] = ring[b];
      if (ay > lat !== by > lat && lon < ((bx - ax) * (lat - ay)) / (by - ay) + ax) inside = !inside;
    }
    return inside;
  };
}
