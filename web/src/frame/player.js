/** Play, pause, speed and loop: the clock that moves the day. */

import { button, el } from "cm/dom";
import { icon } from "cm/icons";

const SPEEDS = [
  { label: "1 day/s", days: 1 },
  { label: "1 week/s", days: 7 },
  { label: "1 month/s", days: 30 },
  { label: "1 year/s", days: 365 },
];

export class Player {
  /** @param {{step: (days: number) => void, isAtEnd: () => boolean, rewind: () => void}} acts */
  constructor(acts) {
    this.acts = acts;
    this.playing = false;
    this.play = button("Play", icon("play"), () => this.toggle());
    this.speed = el("select", { "aria-label": "Speed", class: "speed" }, ...SPEEDS.map(({ label, days }) => el("option", { value: days }, label)));
    this.speed.value = "30";
    this.loop = button("Start again at the end", icon("loop"), () => this.loop.setAttribute("aria-pressed", String(!this.isLooping)));
    this.loop.setAttribute("aria-pressed", "false");
  }

  get isLooping() {
    return this.loop.getAttribute("aria-pressed") === "true";
  }

  toggle() {
    this.playing = !this.playing;
    this.play.replaceChildren(icon(this.playing ? "pause" : "play"));
    for (const name of ["aria-label", "title"]) this.play.setAttribute(name, this.playing ? "Pause" : "Play");
    const run = (this.run = (this.run ?? 0) + 1);
    if (!this.playing) return;
    if (this.acts.isAtEnd()) this.acts.rewind();
    let before = performance.now();
    let due = 0;
    const tick = (now) => {
      if (!this.playing || run !== this.run) return; // paused, or another run has begun
      due += ((now - before) / 1000) * Number(this.speed.value);
      before = now;
      if (due >= 1) {
        this.acts.step(Math.floor(due));
        due %= 1;
      }
      if (this.acts.isAtEnd() && !this.isLooping) this.toggle();
      else {
        if (this.acts.isAtEnd()) this.acts.rewind();
        requestAnimationFrame(tick);
      }
    };
    requestAnimationFrame(tick);
  }
}
