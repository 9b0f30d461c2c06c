/** The map before the page: drawn while Streamlit starts, then moved into the page as it stands. */

import { Host } from "./map.js";

/** A page that never comes, or shows something else, must not stay under a map. */
const LONGEST_WAIT = 20_000;

/** Only a move that keeps what a frame shows is worth it; other browsers see the map when the page is there. */
if (Element.prototype.moveBefore) {
  const place = document.createElement("div");
  place.className = "map-early";
  document.body.append(place);
  const host = new Host(place);
  const keep = (setter) => (...said) => { host.unheard[setter] = said; };
  host.update(JSON.parse(document.getElementById("conflictmap-early").textContent), keep("setStateValue"), keep("setTriggerValue"));
  window.conflictmapEarly = host;
  setTimeout(() => window.conflictmapEarly?.end(), LONGEST_WAIT);
}
