/**
 * The report desk in the page: text, map and the panel of the current mention. Every key is answered here;
 * Python is told once the hand rests, so that the drafts of events follow without a rerun for each key.
 */

import { el, keyButton } from "./element.js";
import { Choosing, NOT_A_PLACE, STATES, handChoice } from "./choosing.js";
import { ReportText, legend } from "./reporttext.js";
import { meaning, panel } from "./reportpanel.js";
import { aliasForm, handForm } from "./reportforms.js";
import { ReportMap } from "./reportmap.js";

const SETTLED_MS = 400; // the rows below the desk follow the answer
const REST_MS = 700;
const LONGEST_MS = 4000;
const HELP = [["n", "next name to settle"], ["p", "back to the one before"], ["1 to 5", "take this place"], ["x", "not a place"], ["u", "undo the last decision"], ["a", "add alias: search the gazetteer"], ["h", "place it by hand"], ["?", "show or hide this list"]];
const FIELDS = "input, textarea, select, [contenteditable='true'], [role='combobox'], [role='textbox']";

export default function report({ data, parentElement, setStateValue }) {
  const host = parentElement.querySelector(".report-host");
  host.conflictmap ??= new ReportDesk(host);
  host.conflictmap.update(data, setStateValue);
  return () => host.conflictmap?.leave();
}

class ReportDesk {
  constructor(host) {
    this.host = host;
    this.choosing = new Choosing();
    this.acts = {
      n: () => this.go(this.choosing.nextOpen(), "Nothing is left to settle."),
      p: () => this.go(this.choosing.previous(), "There is none before."),
      x: () => this.decide(NOT_A_PLACE),
      u: () => this.undo(),
      a: () => this.openAlias(),
      h: () => this.openHand(),
      "?": () => this.toggleHelp(),
      pick: (number) => this.choose(number),
      forget: () => this.forget(),
    };
    this.build();
    this.onKey = (event) => this.pressed(event);
    this.onElsewhere = ({ target }) => { if (!host.contains(target)) this.tell(); };
    this.onClick = (event) => this.leaving(event);
    document.addEventListener("keydown", this.onKey);
    document.addEventListener("click", this.onClick, true);
    for (const kind of ["pointerdown", "focusin"]) document.addEventListener(kind, this.onElsewhere, true);
  }

  build() {
    const { acts } = this;
    this.counts = el("p", { class: "counts" });
    const button = (key, face) => keyButton(key, face, key, acts[key]);
    this.helpButton = keyButton("?", "Help", "?", acts["?"], { "aria-expanded": "false" });
    const keys = el("div", { class: "toolbar", role: "toolbar", "aria-label": "Settle names" }, button("p", "Previous"), button("n", "Next"), button("u", "Undo"), this.helpButton);
    const bar = el("div", { class: "bar-row" }, this.counts, legend(), keys);
    this.help = el("div", { class: "help", hidden: true }, el("dl", {}, ...HELP.flatMap(([key, words]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, words)])));
    const box = el("div", { class: "text", role: "region", "aria-label": "Text of the report", tabindex: "0", dir: "auto" });
    this.mapBox = el("div", { class: "map-host" });
    this.details = el("div", { class: "details" });
    this.all = el("input", { type: "checkbox", checked: true });
    this.all.addEventListener("change", () => { this.choosing.all = this.all.checked; });
    this.allWords = el("span", {});
    this.acting = el("div", { class: "acting" }, button("x", "Not a place"), button("a", "Add alias"), button("h", "Place by hand"),
      keyButton("open", "Leave open", "", () => this.decide("")), el("label", { class: "all" }, this.all, this.allWords));
    this.form = el("div", {});
    this.pane = el("div", { class: "pane", role: "group", "aria-label": "Current place", tabindex: "-1" }, this.details, this.acting, this.form);
    this.said = el("p", { class: "said", role: "status", "aria-live": "polite" });
    this.text = new ReportText(box, (i) => this.go(i));
    this.host.replaceChildren(bar, this.help, el("div", { class: "desk" }, box, this.mapBox), this.pane, this.said);
    this.map = new ReportMap(this.mapBox, { spot: (at) => this.openForm?.click?.(at), key: (key) => this.act(key) });
  }

  leave() {
    // Streamlit also calls this between updates while the element stays: only a gone element ends the desk.
    setTimeout(() => {
      if (this.host.isConnected) return;
      document.removeEventListener("keydown", this.onKey);
      document.removeEventListener("click", this.onClick, true);
      for (const kind of ["pointerdown", "focusin"]) document.removeEventListener(kind, this.onElsewhere, true);
      this.map.leave();
    }, 1000);
  }

  update(data, setStateValue) {
    this.setStateValue = setStateValue;
    this.map.update(data.map);
    if (this.data && this.data.version === data.version) return;
    if (this.pending) setTimeout(() => this.answered(), SETTLED_MS);
    const other = this.data?.report !== data.report;
    this.data = data;
    this.choosing.take(data);
    if (other) this.told = this.choosing.n;
    if (other) this.close();
    this.text.draw(data.text, this.choosing);
    this.host.dataset.report = data.report;
    this.show();
  }

  /** Draw what the last act changed. */
  show() {
    const { choosing, data } = this;
    const { names, open } = choosing.counts();
    this.counts.textContent = `${names} ${names === 1 ? "name" : "names"}, ${open} to settle`;
    this.text.refresh(choosing);
    this.text.follow(choosing.current);
    const held = document.activeElement?.dataset?.act;
    const inside = this.details.contains(document.activeElement);
    this.details.replaceChildren(...panel(choosing, data.view, this.acts));
    if (inside) (this.details.querySelector(`[data-act="${CSS.escape(held ?? "")}"]`) ?? this.pane).focus({ preventScroll: true });
    this.acting.hidden = !choosing.mark;
    const same = choosing.mark ? choosing.groups.get(choosing.mark.group).length : 0;
    this.all.checked = choosing.all;
    this.all.parentElement.hidden = same < 2;
    this.allWords.textContent = `all ${same} mentions of this name`;
    this.host.dataset.open = String(open);
    this.map.follow(choosing, data.shapes);
  }

  /** Make another mention the current one. @param {number} i @param {string} [otherwise] said where there is none */
  go(i, otherwise = "") {
    if (i < 0) return this.say(otherwise);
    this.close();
    this.choosing.current = i;
    this.show();
    return this.sayCurrent();
  }

  sayCurrent(before = "") {
    const { choosing } = this;
    const { state, place } = choosing.of(choosing.current);
    const options = choosing.candidates(choosing.current).map(({ place: id }, at) => `${at + 1} ${meaning(choosing.places[id])}`);
    const as = place ? meaning(place) : options.length ? `may mean ${options.join("; ")}` : "no candidate";
    this.say(`${before}${choosing.mark.name}, ${STATES[state]}: ${as}.`);
  }

  say(words) {
    this.said.textContent = words;
  }

  choose(number) {
    const candidate = this.choosing.candidates(this.choosing.current)[number - 1];
    if (candidate) this.decide(candidate.place);
    else this.say(`There is no choice ${number}.`);
  }

  /** Keep a decision about the current name, and go on to the next one that is open. */
  decide(choice, learn = "") {
    const { choosing } = this;
    if (!choosing.mark) return;
    const { name } = choosing.mark;
    choosing.decide(choice, learn);
    this.tellSoon();
    const next = choice ? choosing.nextOpen() : -1;
    if (next >= 0) choosing.current = next;
    this.close();
    this.show();
    const done = choosing.counts().open ? "" : "Nothing is left to settle. ";
    this.sayCurrent(`${name}: ${choice === NOT_A_PLACE ? "not a place" : choice ? "settled" : "left open"}. ${done}`);
  }

  undo() {
    if (!this.choosing.undo()) return this.say("There is nothing to undo.");
    this.tellSoon();
    this.close();
    this.show();
    return this.sayCurrent("Undone. ");
  }

  openAlias() {
    if (!this.choosing.mark) return;
    const choose = (place) => {
      this.choosing.places[place.id] = place;
      this.decide(place.id, place.id);
    };
    this.open(aliasForm({ name: this.choosing.mark.name, address: this.data.search, choose, close: () => this.close() }));
  }

  openHand() {
    const { choosing } = this;
    if (!choosing.mark) return;
    const { spot } = choosing.of(choosing.current);
    const put = (wanted) => this.decide(handChoice(wanted));
    this.open(handForm({ name: choosing.mark.name, spot, put, show: (at) => this.map.probe(at), close: () => this.close() }));
    this.map.probe(spot);
  }

  open(form) {
    this.close();
    this.openForm = form;
    this.pane.classList.add("with-form");
    this.form.replaceChildren(form);
    form.querySelector("input").focus();
  }

  close() {
    if (!this.openForm) return;
    const held = this.form.contains(document.activeElement);
    this.openForm = null;
    this.pane.classList.remove("with-form");
    this.form.replaceChildren();
    this.map.probe(null);
    if (held) this.pane.focus({ preventScroll: true });
  }

  forget() {
    const { name } = this.choosing.mark;
    this.choosing.learnt[name] = "";
    this.choosing.n += 1;
    this.tell();
  }

  toggleHelp() {
    this.help.hidden = !this.help.hidden;
    this.helpButton.setAttribute("aria-expanded", String(!this.help.hidden));
  }

  /** A key of the person, unless it is written into a field or meant for something else on the page. */
  pressed(event) {
    const { target, key, ctrlKey, metaKey, altKey } = event;
    if (event.defaultPrevented || ctrlKey || metaKey || altKey || !this.host.isConnected) return;
    const free = target === document.body || target === document.documentElement || this.host.contains(target) || target.matches?.("[data-testid='stMain']");
    if (!free || target.closest(FIELDS)) return;
    if (this.act(key)) event.preventDefault();
  }

  /** @param {string} key @returns {boolean} whether it is one of ours */
  act(key) {
    if (/^[1-5]$/.test(key)) this.choose(Number(key));
    else if ("npxuah?".includes(key) && key.length === 1) this.acts[key]();
    else return false;
    return true;
  }

  /** Tell Python once the hand rests, or after a while if it does not. */
  tellSoon() {
    this.waiting ??= performance.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tell(), Math.min(REST_MS, Math.max(0, this.waiting + LONGEST_MS - performance.now())));
  }

  tell() {
    const { n } = this.choosing;
    if (!this.data || n === this.told) return;
    clearTimeout(this.timer);
    this.waiting = null;
    this.told = n;
    this.pending = true;
    clearTimeout(this.late);
    this.late = setTimeout(() => this.answered(), LONGEST_MS);
    this.setStateValue("decided", this.choosing.said());
  }

  /** A link to another page waits until Python has heard of the last decision: an answer to a page that is gone empties the next one. */
  leaving(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || this.host.contains(link) || !this.host.isConnected) return;
    if (!this.pending && (!this.data || this.choosing.n === this.told)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.tell();
    this.then = () => link.click();
  }

  answered() {
    this.pending = false;
    clearTimeout(this.late);
    const { then } = this;
    this.then = null;
    then?.();
  }
}
