/** The signs on buttons, drawn as lines so that they follow the text's colour. */

import { svg } from "cm/dom";

const FILLED = { play: "M4,2.5L13,8L4,13.5Z", pause: "M4,3H6.6V13H4ZM9.4,3H12V13H9.4Z", back: "M11,3L5,8L11,13Z", on: "M5,3L11,8L5,13Z" };
const LINES = {
  in: "M8,3V13M3,8H13",
  out: "M3,8H13",
  all: "M2,8H14M5,5L2,8L5,11M11,5L14,8L11,11",
  loop: "M12.5,6A5,5 0 1 0 13,9M12.8,2.5V6.2H9.2",
  rectangle: "M2.5,3.5H13.5V12.5H2.5Z",
  lasso: "M8,3C12,3 14,5 13.5,7C13,9.5 9,10 6,9.5C3,9 2,7 3,5C4,3.6 6,3 8,3ZM5,9.5C4,11 5,12 6.5,12.5C7.5,13 6.5,14 5,14",
  list: "M6,4H14M6,8H14M6,12H14M2.5,4H3.5M2.5,8H3.5M2.5,12H3.5",
  clear: "M4,4L12,12M12,4L4,12",
};

/** @param {keyof typeof FILLED | keyof typeof LINES} name */
export function icon(name) {
  const filled = name in FILLED;
  return svg("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" },
    svg("path", { d: FILLED[name] ?? LINES[name], fill: filled ? "currentColor" : "none", stroke: filled ? "none" : "currentColor", "stroke-width": 1.6 }));
}
