/** A day that is shown as words and can be typed: a button that becomes a date field. */

import { el } from "cm/dom";
import { toDay, toIso } from "cm/days";

export class DayField {
  /** @param {string} name what the day is @param {(day: number) => void} typed */
  constructor(name, typed) {
    this.name = name;
    this.face = el("button", { type: "button", class: "day-face" });
    this.input = el("input", { type: "date", class: "day-input", "aria-label": `${name}, typed`, hidden: true });
    this.element = el("span", { class: "day-field" }, this.face, this.input);
    this.face.addEventListener("click", () => this.open());
    this.input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") {
        event.preventDefault(); // else the same press would open the field again
        this.take(typed);
      }
      if (event.key === "Escape" || event.key === "Enter") this.close(true);
    });
    this.input.addEventListener("blur", () => { this.take(typed); this.close(false); });
  }

  /** @param {number} day @param {string} words */
  show(day, words) {
    this.day = day;
    this.face.textContent = words;
    this.face.setAttribute("aria-label", `${this.name}: ${words}. Type another day`);
    this.face.title = "Type another day";
  }

  open() {
    this.input.value = toIso(this.day);
    this.face.hidden = true;
    this.input.hidden = false;
    this.input.focus();
  }

  /** @param {boolean} focus whether the keyboard was used */
  close(focus) {
    this.input.hidden = true;
    this.face.hidden = false;
    if (focus) this.face.focus();
  }

  take(typed) {
    if (this.input.hidden || !/^\d{4}-\d\d-\d\d$/.test(this.input.value)) return;
    const day = toDay(this.input.value);
    if (day !== this.day) typed(day);
  }
}
