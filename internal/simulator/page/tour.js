// The guided tour: at which step it is, what its card says, and how it goes on.

import { getMoments } from "./api.js";
import { Scene } from "./scene.js";
import { el, inLanguage, recall, remember, t } from "./words.js";

const $ = (id) => document.getElementById("tour" + (id ? "-" + id : ""));

export class Tour {
  constructor(world) {
    this.world = world;
    this.scene = new Scene(world);
    this.steps = [];
    this.busy = this.stuck = false;
    $("do").onclick = () => this.go();
    $("skip").onclick = () => this.to(this.at + 1);
    $("back").onclick = () => this.to(this.at - 1);
    $("end").onclick = () => this.end();
    $("find").onclick = () => this.find();
    $("start").onclick = () => (this.open ? $("do").focus() : this.start());
    document.addEventListener("keydown", (e) => this.escape(e), true);
  }

  /** Takes up what this browser remembers of a demo; offers the tour where it remembers nothing. */
  async begin(began, offered) {
    this.steps = (await (await fetch("tour.json")).json()).steps;
    this.began = began;
    const kept = recall("tour", null);
    const known = kept?.began === began && kept.at < this.steps.length;
    Object.assign(this, known ? kept : { at: 0, since: 0, done: [], open: offered });
    if (this.open) this.enter();
    else this.render();
  }

  get step() { return this.steps[this.at]; }
  get last() { return this.at === this.steps.length - 1; }
  get isDone() { return !this.step.until || this.done.includes(this.step.name); }

  keep() { remember("tour", { began: this.began, at: this.at, since: this.since, done: this.done, open: this.open }); }

  // --- from step to step ---

  start() {
    this.open = true;
    this.to(this.at);
    $("do").focus();
  }

  end() {
    this.open = false;
    this.offerMoment();
    if (this.last) this.at = 0;
    this.keep();
    this.render();
    this.world.show([...this.world.phones.keys()]); // who is looked at is seen among the people again
    $("start").focus();
  }

  to(at) {
    if (at < 0 || this.busy) return;
    if (at >= this.steps.length) { this.end(); return; }
    this.at = at;
    this.since = Math.floor(this.world.now() / 1000);
    this.keep();
    this.enter();
  }

  /** Puts the phones of a step on the table. */
  enter() {
    this.stuck = false;
    this.offerMoment();
    this.render(); // the card takes its room first
    this.world.show(this.step.phones);
    if (this.step.lock && !this.isDone) this.world.phones.get(this.step.lock)?.lock(true, true);
    this.beckon(true);
    this.look();
  }

  /** Lets the clock be moved to what a step waits for. */
  async offerMoment() {
    const step = this.step, name = step.moves?.find((m) => m.moment)?.moment;
    const all = name && this.open && !this.isDone ? await getMoments().catch(() => ({})) : {};
    if (step !== this.step) return;
    this.world.offerMoment(all[name]);
    this.beckon();
  }

  /** The big button: does it for her, or goes on. */
  async go() {
    if (this.busy) return;
    if (this.isDone) { this.to(this.at + 1); return; }
    this.busy = true;
    this.stuck = false;
    this.render();
    const ok = await this.scene.play(this.step, () => this.isDone);
    this.busy = false;
    this.stuck = !ok;
    this.render();
  }

  /** Something has changed on a phone. */
  look() {
    this.scene.changed();
    if (!this.open) return;
    const shown = !this.isDone && this.scene.shown(this.step, this.since);
    if (shown) {
      this.done.push(this.step.name);
      this.stuck = false;
      this.keep();
      this.render();
      this.world.offerMoment(null);
      this.world.fold();
      if (this.step.then && this.world.narrow()) this.world.show([this.step.then]);
      if (this.step.top) this.world.phones.get(this.step.until.chat)?.toMessage(shown.message_id);
    }
    this.beckon();
  }

  // --- what is seen of it ---

  render() {
    $().hidden = !this.open;
    document.body.classList.toggle("touring", this.open);
    document.body.classList.toggle("staged", this.open && !this.last);
    $("start").querySelector("span").textContent = $("start").ariaLabel = t(this.at && !this.open ? "tourResume" : "tourStart");
    if (!this.open) { this.beckon(); return; }
    const words = inLanguage(this.step.words), first = this.at === 0, done = this.isDone;
    $("count").textContent = t("tourCount", { n: this.at + 1, all: this.steps.length });
    $("bar").value = this.at + 1;
    $("bar").max = this.steps.length;
    $("title").textContent = words.title;
    $("ask").replaceChildren(...quoted(words.ask));
    $("ask").hidden = done && !!this.step.until;
    $("seen").textContent = this.stuck ? t("tourStuck") : words.seen;
    $("seen").hidden = !done && !this.stuck;
    $().classList.toggle("done", done && !!this.step.until);
    $("do").textContent = t(this.busy ? "tourDoing" : !done ? "tourDo" : first ? "tourGo" : this.last ? "tourFinish" : "tourNext");
    $("do").setAttribute("aria-disabled", String(this.busy));
    $("back").hidden = first;
    $("skip").hidden = done;
    $("find").hidden = done;
    this.beckon();
  }

  /** Marks what is to be pressed, and brings it into view when it is marked, or again. */
  beckon(again) {
    const target = this.open && !this.isDone && !this.busy ? this.scene.target(this.scene.next(this.step)) : null;
    for (const e of document.querySelectorAll(".beckon")) if (e !== target) e.classList.remove("beckon");
    if (!target || !again && target.classList.contains("beckon")) return;
    target.classList.add("beckon");
    if (target.classList.contains("key")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** Leads the keyboard to what is marked. */
  find() {
    const target = document.querySelector(".beckon");
    (target ?? $("do")).focus();
  }

  /** Escape leads from a phone to the card, and from the card out of the tour. */
  escape(e) {
    if (e.key !== "Escape" || !this.open || document.querySelector("dialog[open], .menu:not([hidden]), .alert:not([hidden]), .clock.open")) return;
    e.preventDefault();
    if ($().contains(document.activeElement)) this.end();
    else $("do").focus();
  }
}

/** A text whose parts between backticks are what somebody writes or presses. */
const quoted = (text) => text.split("`").map((part, i) => (i % 2 ? el("q", {}, part) : part));
