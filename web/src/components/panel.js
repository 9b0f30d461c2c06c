/** Figures and events beside the map, written as text. A row and the map's mark stand for one event. */

import { el } from "./element.js";

export default function panel({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".panel-host");
  const pick = (index) => setTriggerValue("pick", index);
  const tab = host.dataset.tab ?? "figures";
  const scrolled = host.querySelector(".events-box")?.scrollTop ?? 0;
  host.replaceChildren(
    tabs(host, tab),
    el("div", { class: "figures" }, ...comparison(data), control(data), deaths(data), posts(data)),
    events(data, pick),
  );
  host.dataset.tab = tab;
  const box = host.querySelector(".events-box");
  box.scrollTop = scrolled;
  const row = host.querySelector("tr.picked");
  if (row && data.picked !== host.conflictmapPicked) row.scrollIntoView({ block: "nearest" });
  host.conflictmapPicked = data.picked;
}

/** On a narrow screen one part shows at a time. */
function tabs(host, chosen) {
  return el("div", { class: "tabs", role: "group", "aria-label": "Part shown" }, ...["figures", "events"].map((name) => {
    const tab = el("button", { type: "button", "aria-pressed": String(name === chosen) }, name === "figures" ? "Figures" : "Events");
    tab.addEventListener("click", () => {
      host.dataset.tab = name;
      host.querySelectorAll(".tabs button").forEach((b) => b.setAttribute("aria-pressed", String(b === tab)));
    });
    return tab;
  }));
}

function control({ control: rows, as_of: asOf, since }) {
  if (!rows.length) return el("section", {}, el("h3", {}, `Control on ${asOf}`), el("p", { class: "note" }, "No control zone is mapped on this day, which does not mean that nobody held the ground."));
  const bar = el("div", { class: "stack", "aria-hidden": "true" }, ...rows.filter((r) => r.share > 0).map((r) => {
    const part = el("span", { class: `texture-${r.pattern}`, title: r.label });
    part.style.setProperty("--colour", r.colour);
    part.style.setProperty("--edge", r.edge);
    part.style.width = `${r.share * 100}%`;
    return part;
  }));
  const body = rows.map((r) => {
    const key = el("span", { class: `key texture-${r.pattern}` });
    key.style.setProperty("--colour", r.colour);
    key.style.setProperty("--edge", r.edge);
    return el("tr", { class: r.km2 ? "" : "none" }, el("th", { scope: "row" }, key, r.label), el("td", {}, r.km2_words), el("td", {}, r.share_words), el("td", {}, r.change_words));
  });
  return el("section", {}, el("h3", {}, `Control on ${asOf}`), bar,
    el("table", {}, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Held by"), el("th", { scope: "col" }, "km²"), el("th", { scope: "col" }, "Share"), el("th", { scope: "col", title: since ? `Change in km² since ${since}` : "No first day to compare with" }, "+/−"))), el("tbody", {}, ...body)));
}

/** What changed hands since another day; the zones of each change unfold. */
function comparison({ comparison: found }) {
  if (!found) return [];
  const rows = found.rows.map((r) => {
    const key = el("span", { class: "key texture-diagonal" });
    key.style.setProperty("--colour", r.colour);
    key.style.setProperty("--edge", r.edge);
    const zones = el("ul", {}, ...r.zones.map(([name, km2]) => el("li", {}, el("span", {}, name), el("span", {}, km2))));
    return el("details", {}, el("summary", {}, key, el("span", { class: "pair" }, `${r.from} → ${r.to}`), el("span", { class: "km2" }, `${r.km2_words} km²`)), zones);
  });
  const posts = ["opened", "closed"].filter((how) => found.posts[how].length).map((how) => el("details", {},
    el("summary", {}, el("span", { class: "pair" }, `Posts ${how}`), el("span", { class: "km2" }, String(found.posts[how].length))),
    el("ul", {}, ...found.posts[how].map((name) => el("li", {}, el("span", {}, name))))));
  return [el("section", { class: "comparison" }, el("h3", {}, `Compared, ${found.title}`), ...(found.banner ? [el("p", { class: "banner" }, found.banner)] : []), el("p", { class: "summary" }, found.summary), ...rows, ...posts)];
}

function deaths({ window: w }) {
  return el("section", {}, el("h3", {}, w.title),
    el("div", { class: "tiles" }, tile(w.events, w.events === "1" ? "event" : "events"), tile(w.deaths, "deaths reported"), tile(w.possible, "possible"), tile(w.unplaced, "without a place")),
    ...(w.warning ? [el("p", { class: "banner" }, w.warning)] : []),
    ...(w.note ? [el("p", { class: "note" }, w.note)] : []));
}

function tile(figure, label) {
  return el("div", { class: "tile" }, el("strong", {}, figure), el("span", {}, label));
}

function posts({ posts: rows, strength }) {
  const body = rows.length ? rows.map((r) => {
    const key = el("span", { class: "key" });
    key.style.setProperty("--colour", r.colour);
    key.style.setProperty("--edge", r.edge);
    return el("tr", {}, el("th", { scope: "row" }, key, r.label), el("td", {}, r.count));
  }) : [el("tr", { class: "none" }, el("th", { scope: "row" }, "None known on this day"), el("td", {}, "0"))];
  return el("section", {}, el("h3", {}, "Posts by contingent"), el("table", { class: "two" }, el("tbody", {}, ...body)), ...(strength ? [el("p", { class: "note" }, strength)] : []));
}

function events({ events: rows, more, picked, empty }, pick) {
  const body = rows.map((r) => {
    const act = el("button", { type: "button", class: "pick" }, r.place);
    act.addEventListener("click", () => pick(r.index));
    return el("tr", { class: r.index === picked ? "picked" : "", "aria-current": r.index === picked ? "true" : false },
      el("td", { class: "day" }, r.day), el("td", {}, act, el("span", { class: "what" }, `${r.type}${r.doubt}`)), el("td", { class: "number" }, r.deaths));
  });
  const table = el("table", { class: "events" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Day"), el("th", { scope: "col" }, "Place and type"), el("th", { scope: "col", class: "number" }, "Deaths"))),
    el("tbody", {}, ...body));
  return el("section", { class: "event-list" }, el("h3", {}, "Events, newest first"),
    el("div", { class: "events-box", tabindex: "0", role: "region", "aria-label": "Events" }, rows.length ? table : el("p", { class: "note" }, empty)),
    ...(more ? [el("p", { class: "note" }, more)] : []));
}
