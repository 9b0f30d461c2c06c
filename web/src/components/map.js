/**
 * The map in the page: hosts the sandboxed frame, fetches its data and passes messages on.
 * The frame has no network and no identity; everything it gets comes through here.
 */

const DARK_BELOW = 0.4;

export default function map({ data, parentElement, setStateValue }) {
  const host = parentElement.querySelector(".map-host");
  host.conflictmap ??= new Host(host);
  host.conflictmap.update(data, setStateValue);
  return () => host.conflictmap?.leave();
}

class Host {
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

  update(data, setStateValue) {
    const before = this.data;
    this.data = data;
    this.host.dataset.kind = data.places ? "report" : "map";
    this.setStateValue = setStateValue;
    if (this.frame?.dataset.digest !== data.digest) return this.open();
    this.sendTheme();
    if (!this.ready) return undefined;
    if (before.events !== data.events) return this.start();
    return this.show();
  }

  open() {
    this.ready = false;
    this.frame = document.createElement("iframe");
    this.frame.setAttribute("sandbox", "allow-scripts");
    this.frame.setAttribute("title", this.data.title);
    this.frame.dataset.digest = this.data.digest;
    this.frame.src = this.data.frame;
    this.host.replaceChildren(this.frame);
  }

  show() {
    if (this.data.places) this.send({ type: "report", places: this.data.places, words: this.words, theme: this.theme() });
    else this.send({ type: "view", view: this.data.view });
  }

  send(message, transfer = []) {
    this.frame.contentWindow?.postMessage({ conflictmap: true, ...message }, "*", transfer);
  }

  async start() {
    try {
      const [words, events] = await Promise.all([
        fetched(this.data.words).then((answer) => answer.json()),
        fetched(this.data.events).then((answer) => answer.arrayBuffer()),
      ]);
      this.sendFont();
      for (const kind of ["zones", "lines", "posts"]) words[kind].forEach(({ card }) => this.remember(card));
      this.ready = true;
      this.words = words;
      if (this.data.places) this.show();
      else this.send({ type: "start", words, events, view: this.data.view, theme: this.theme() }, [events]);
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
    if (data.type === "drawn") this.host.dataset.drawn = "yes";
    if (data.type === "view") this.setStateValue("view", { ...data.view, stamp: this.data.view.stamp });
    if (data.type === "ask") this.answer(data.index);
    if (data.type === "open" && this.links.has(data.url)) window.open(data.url, "_blank", "noopener,noreferrer");
  }

  async answer(index) {
    const { card: address } = this.data;
    const answer = await fetch(`${address}/${Number(index)}`);
    if (!answer.ok) return;
    const card = await answer.json();
    this.remember(card);
    this.send({ type: "card", index, card });
  }

  remember({ links }) {
    links.filter((url) => /^https?:\/\//.test(url)).forEach((url) => this.links.add(url));
  }

  theme() {
    const colour = getComputedStyle(this.host).getPropertyValue("--st-background-color").trim() || "#ffffff";
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
