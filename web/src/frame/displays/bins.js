/** Events counted in squares that stay where they are when the map is dragged. */

/**
 * @typedef {{size: number, across: number, down: number, left: number, top: number, counts: Int32Array}} Bins
 *   `left`, `top` are the pixels of the first square's corner
 */

/** @param {import("cm/points").Sight} sight @param {number} size pixels of a square's side @returns {Bins} */
export function binned(sight, size) {
  const { px, py, n, width, height } = sight;
  const left = -positive(sight.left, size) - size;
  const top = -positive(sight.top, size) - size;
  const across = Math.ceil((width - left) / size) + 2;
  const down = Math.ceil((height - top) / size) + 2;
  const counts = new Int32Array(across * down);
  for (let k = 0; k < n; k++) {
    const at = cellAt({ size, across, down, left, top }, px[k], py[k]);
    if (at >= 0) counts[at]++;
  }
  return { size, across, down, left, top, counts };
}

/** Position of the square under a pixel, or -1. */
export function cellAt({ size, across, down, left, top }, x, y) {
  const column = Math.floor((x - left) / size);
  const row = Math.floor((y - top) / size);
  return column < 0 || row < 0 || column >= across || row >= down ? -1 : row * across + column;
}

/** The events of the square under a pixel, newest first. @param {import("cm/points").Sight} sight @param {Bins} bins */
export function membersAt({ indexes, px, py, n }, bins, { x, y }) {
  const wanted = cellAt(bins, x, y);
  if (wanted < 0 || !bins.counts[wanted]) return [];
  const found = [];
  for (let k = n - 1; k >= 0; k--) if (cellAt(bins, px[k], py[k]) === wanted) found.push(indexes[k]);
  return found;
}

const positive = (value, size) => ((value % size) + size) % size;
