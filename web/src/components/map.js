/**
 * The map in the page: hosts the sandboxed frame, fetches its data and passes messages on.
 * The frame has no network and no identity; everything it gets comes through here.
 */

const DARK_BELOW = 0.4;

const day = (text) => encodeURIComponent(String(text).slice(0, 12));
/** Where each kind of question is answered. */
const ADDRESSES = {
  event: ({ card }, { index }) => `${card}/${Number(index)}`,
  lines: ({ lines }, { indexes }) => `${lines}?i=${indexes.map(Number).join()}`,
  diff: ({ diff }, { from, to }) => `${diff}?from=${day(from)}&to=${day(to)}`,
  here: ({ here }, { lon, lat, day: on }) => `${here}?lon=${Number(lon)}&lat=${Number(lat)}&day=${day(on)}`,
};

export default function map({ data, parentElement, setStateValue, setTriggerValue }) {
  const host = parentElement.querySelector(".map-host");
  host.conflictmap ??= window.conflictmapEarly?.movedTo(host, data) ?? new Host(host);
  host.conflictmap.update(data, setStateValue, setTriggerValue);
  return () => host.conflictmap?.leave();
}

export class Host {
  constructor(host) {
    this.host = host;
    /** Addresses that cards named: the only ones that may be opened. @type {Set<string>} */
    this.links = new Set();
    this.receive = (event) => this.onMessage(event);
    window.addEventListener("message", this.receive);
    this.scheme = window.matchMedia("(prefers-color-scheme: dark)");
    this.themes = new MutationObserver(() => this.sendTheme());
    this.themes.observe(document.documentElement, { attributes: true, subtree: false });
    this.scheme.addEventListener("change", () => setTimeout(() => this.sendTheme(), 150));
  }

  leave() {
    // Streamlit also calls this between updates while the element stays: only a gone element ends the host.
    setTimeout(() => {
      if (this.host.isConnected) return;
      window.removeEventListener("message", this.receive);
      this.themes.disconnect();
    }, 1000);
  }

  update(data, setStateValue, setTriggerValue) {
    const before = this.data;
    this.data = data;
    this.host.dataset.kind = data.places ? "report" : "map";
    Object.assign(this, { setStateValue, setTriggerValue });
    // What the person did before there was a page to tell it to.
    Object.entries(this.unheard ?? {}).forEach(([setter, said]) => setTimeout(() => this[setter](...said)));
    this.unheard = {};
    if (this.frame?.dataset.digest !== data.digest) return this.open();
    this.sendTheme();
    if (!this.ready) return undefined;
    if (before.events !== data.events) return this.start();
    return this.show();
  }

  /** Go on in an element of the page with the frame as it stands; null if the page shows another one. */
  movedTo(host, data) {
    if (!host.isConnected || this.data.digest !== data.digest || this.data.events !== data.events || this.host.dataset.error) return this.end();
    host.moveBefore(this.frame, null);
    Object.assign(host.dataset, this.host.dataset);
    this.host.remove();
    this.host = host;
    window.conflictmapEarly = null;
    return this;
  }

  /** Make room for the page. */
  end() {
    window.conflictmapEarly = null;
    this.host.remove();
    this.leave();
    return null;
  }

  open() {
    this.ready = false;
    this.coming = this.fetchAll();
    this.frame = document.createElement("iframe");
    this.frame.setAttribute("sandbox", "allow-scripts");
    this.frame.setAttribute("title", this.data.title);
    this.frame.dataset.digest = this.data.digest;
    this.frame.src = this.data.frame;
    this.host.replaceChildren(this.frame);
  }

  show() {
    if (this.data.places) {
      this.send({ type: "report", places: this.data.places, words: this.words, theme: this.theme() });
      this.shown?.();
    } else this.send({ type: "view", view: this.data.view });
  }

  send(message, transfer = []) {
    this.frame.contentWindow?.postMessage({ conflictmap: true, ...message }, "*", transfer);
  }

  /** Everything that the frame will want, asked for while it is still loading. */
  fetchAll() {
    const { words, areas, events } = this.data;
    const all = this.data.places ? fetched(words).then(async (answer) => [await answer.json()]) : Promise.all([
      fetched(words).then((answer) => answer.json()),
      fetched(areas).then((answer) => answer.json()),
      fetched(events).then((answer) => answer.arrayBuffer()),
    ]);
    all.catch(() => {}); // told by start, which waits for it
    return all;
  }

  async start() {
    try {
      const [words, areas, events] = await (this.coming ?? this.fetchAll());
      this.coming = null;
      this.sendFont();
      for (const kind of ["zones", "lines", "posts"]) words[kind].forEach(({ card }) => this.remember(card));
      this.ready = true;
      this.words = words;
      if (this.data.places) this.show();
      else this.send({ type: "start", words, areas, events, view: this.data.view, theme: this.theme() }, [events]);
    } catch {
      this.host.dataset.error = "The map's data did not arrive. Reload the page; if it stays away, the server has stopped.";
    }
  }

  /** The frame writes in the page's typeface when it can have it, else in the system's. */
  async sendFont() {
    const answer = await fetch(this.data.font);
    if (!answer.ok) return;
    const font = await answer.arrayBuffer();
    this.send({ type: "font", font }, [font]);
  }

  onMessage({ source, data }) {
    if (source !== this.frame?.contentWindow || !data?.conflictmap) return;
    if (data.type === "ready") this.start();
    if (data.type === "drawn") {
      this.host.dataset.drawn = "yes";
      performance.mark("map drawn");
    }
    if (data.type === "view") this.setStateValue("view", { ...data.view, stamp: this.data.view.stamp });
    if (data.type === "ask" && data.question?.kind in ADDRESSES) this.answer(data);
    if (data.type === "figures") this.setTriggerValue?.("figures", data.about);
    this.heard?.(data);
    if (data.type === "open" && this.links.has(data.url)) window.open(data.url, "_blank", "noopener,noreferrer");
  }

  /** Fetch what the frame asks for; it names numbers and days, never an address. */
  async answer({ key, question }) {
    const answer = await fetch(ADDRESSES[question.kind](this.data, question));
    if (!answer.ok) return;
    const body = await answer.json();
    if (body.links) this.remember(body);
    this.send({ type: "answer", key, body });
  }

  remember({ links }) {
    links.filter((url) => /^https?:\/\//.test(url)).forEach((url) => this.links.add(url));
  }

  theme() {
    const colour = getComputedStyle(this.host).getPropertyValue("--st-background-color").trim() || (this.scheme.matches ? "#1a1e22" : "#ffffff");
    const probe = document.createElement("canvas").getContext("2d");
    probe.fillStyle = colour;
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(probe.fillStyle.slice(at, at + 2), 16) / 255);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b < DARK_BELOW ? "dark" : "light";
  }

  sendTheme() {
    const theme = this.theme();
    if (theme === this.sent || !this.ready) return;
    this.sent = theme;
    this.send({ type: "theme", theme });
  }
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}
