/** A report's text with its places marked; every mark can be focused and says its status in words. */

import { el, foreign } from "./element.js";
import { STATES } from "./choosing.js";

export class ReportText {
  /** @param {HTMLElement} box @param {(i: number) => void} pick */
  constructor(box, pick) {
    Object.assign(this, { box, pick, faces: [] });
    box.addEventListener("click", ({ target }) => this.act(target));
    box.addEventListener("keydown", (event) => this.onKey(event));
  }

  act(target) {
    const face = target.closest?.(".mark");
    if (face) this.pick(this.faces.indexOf(face));
    return Boolean(face);
  }

  onKey(event) {
    const i = this.faces.indexOf(event.target);
    if (i < 0) return;
    const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Enter: i, " ": i }[event.key];
    if (to === undefined || !this.faces[to]) return;
    event.preventDefault();
    this.faces[to].focus();
    this.pick(to);
  }

  /** Write the text anew. @param {string} text @param {import("./choosing.js").Choosing} choosing */
  draw(text, choosing) {
    // Offsets count code points, and a JavaScript string counts in halves of some of them.
    const points = Array.from(flowing(text));
    const parts = [];
    let at = 0;
    this.faces = choosing.marks.map(({ start, end }) => {
      const face = el("span", { class: "mark", role: "button", tabindex: "0" }, points.slice(start, end).join(""));
      parts.push(...breakable(points.slice(at, start).join("")), face);
      at = end;
      return face;
    });
    this.box.replaceChildren();
    for (const part of [...parts, ...breakable(points.slice(at).join(""))]) this.box.append(part);
    this.states = [];
    this.refresh(choosing);
  }

  /** Show what changed since the last time. */
  refresh(choosing) {
    this.faces.forEach((face, i) => {
      const { state, confidence } = choosing.of(i);
      const sure = confidence === null || state !== "resolved" ? "" : `, ${Math.round(confidence * 100)} %`;
      const words = `${choosing.marks[i].name}, ${STATES[state]}${sure}`;
      const current = i === choosing.current;
      const key = `${words} ${current}`;
      if (this.states[i] === key) return;
      this.states[i] = key;
      face.className = `mark ${state}`;
      face.setAttribute("aria-label", words);
      if (current) face.setAttribute("aria-current", "true");
      else face.removeAttribute("aria-current");
    });
  }

  /** Bring the current mark into sight; the focus follows it if it is in the text. */
  follow(i) {
    const face = this.faces[i];
    if (!face) return;
    if (this.box.contains(document.activeElement) && document.activeElement !== this.box) face.focus({ preventScroll: true });
    const { box } = this;
    const inBox = face.offsetTop - box.offsetTop;
    if (inBox < box.scrollTop + 24 || inBox > box.scrollTop + box.clientHeight - 48) box.scrollTop = inBox - box.clientHeight / 2;
  }
}

/** Lines that were broken for their length flow again; each break becomes one space, so that no offset moves. @param {string} text */
const flowing = (text) => (/\n\s*\n/.test(text) ? text.replace(/(?<=[^\n]{60})\n(?=[\p{L}"“(])/gu, " ") : text);

/** A browser needs half a minute to break a word of 200,000 letters on its own: it is told where it may. @param {string} words */
function breakable(words) {
  if (!/\S{400}/.test(words)) return [words];
  return words.split(/(\S{400,})/).flatMap((part, i) => (i % 2 ? pieces(part) : [part]));
}

function pieces(word) {
  const points = Array.from(word);
  return Array.from({ length: Math.ceil(points.length / 100) }, (_, i) => [points.slice(i * 100, i * 100 + 100).join(""), el("wbr")]).flat();
}

/** What the looks of marks mean. */
export function legend() {
  return el("ul", { class: "legend", "aria-label": "Marks in the text" }, ...Object.entries(STATES).map(([state, words]) =>
    el("li", {}, el("span", { class: `mark ${state}`, "aria-hidden": "true" }, "Ab"), foreign(words))));
}
