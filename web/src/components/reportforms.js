/** Two small forms of the panel: a name that means a listed place from now on, and a place by hand. */

import { el, foreign, keyButton } from "./element.js";
import { meaning } from "./reportpanel.js";

const TYPING_MS = 200;
const RADIUS_KM = 5;

/** Search the gazetteer for the place that a name means. @param {{name: string, address: string, choose: (place: any) => void, close: () => void}} wish */
export function aliasForm({ name, address, choose, close }) {
  const field = el("input", { type: "text", maxlength: "100", "aria-label": "Name of a listed place", value: name });
  const list = el("ol", { class: "found" });
  const said = el("p", { class: "note", role: "status" });
  let asked = 0;
  let timer = 0;
  const search = async () => {
    const number = (asked += 1);
    const answer = await fetch(`${address}?q=${encodeURIComponent(field.value)}`).catch(() => null);
    if (number !== asked) return;
    const places = answer?.ok ? (await answer.json()).places : [];
    said.textContent = places.length ? `${places.length} places; those with a similar name come last.` : answer?.ok ? "No listed place has such a name." : "The server did not answer.";
    list.replaceChildren(...places.map((place, at) => el("li", {}, keyButton(`found-${at}`, [foreign(meaning(place)), el("small", {}, place.exact ? "" : " similar: ", foreign(place.exact ? "" : place.as))], "", () => choose(place)))));
  };
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, TYPING_MS); });
  field.addEventListener("keydown", ({ key }) => { if (key === "Enter") search(); if (key === "Escape") close(); });
  search();
  return el("section", { class: "form", "aria-label": "Add alias" },
    el("h4", {}, "“", foreign(name), "” means, from now on and in every report:"),
    el("div", { class: "row" }, field, keyButton("close", "Close", "", close)), said, list);
}

/** A position by click or by numbers. @param {{name: string, spot: any, show: (spot: any) => void, put: (spot: any) => void, close: () => void}} wish */
export function handForm({ name, spot, show, put, close }) {
  const number = (label, value, limits) => el("input", { type: "number", step: "any", "aria-label": label, placeholder: label, value: value ?? "", ...limits });
  const lon = number("Longitude", spot?.lon, { min: -180, max: 180 });
  const lat = number("Latitude", spot?.lat, { min: -90, max: 90 });
  const km = number("Radius in km", spot?.km ?? RADIUS_KM, { min: 0.1, max: 300 });
  const said = el("p", { class: "note", role: "status" }, "Click on the map, or type degrees.");
  const read = () => {
    const fields = [lon, lat, km];
    return fields.every((field) => field.value !== "" && field.checkValidity()) ? { lon: Number(lon.value), lat: Number(lat.value), km: Number(km.value) } : null;
  };
  const finish = () => {
    const wanted = read();
    if (wanted) put(wanted);
    else said.textContent = "Longitude from −180 to 180, latitude from −90 to 90, radius from 0.1 to 300 km.";
  };
  const fields = [lon, lat, km];
  fields.forEach((field) => {
    field.addEventListener("input", () => show(read()));
    field.addEventListener("keydown", ({ key }) => { if (key === "Enter") finish(); if (key === "Escape") close(); });
  });
  const labelled = (field) => el("label", {}, el("span", {}, field.placeholder), field);
  const form = el("section", { class: "form", "aria-label": "Place by hand" },
    el("h4", {}, "Where is “", foreign(name), "”?"),
    el("div", { class: "row" }, ...fields.map(labelled), keyButton("put", "Put it there", "", finish, { class: "main" }), keyButton("close", "Close", "", close)), said);
  form.click = (at) => {
    lon.value = at.lon.toFixed(4);
    lat.value = at.lat.toFixed(4);
    show(read());
  };
  return form;
}
