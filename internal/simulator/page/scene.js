// What a step of the tour asks for: whether it can be done, where it is pressed, and doing it.

import { calm } from "./words.js";

const patience = 6000; // milliseconds after which a move that led to nothing is made again
const tries = 4; // of one move
const letter = 28; // milliseconds between two letters
const pause = 700; // milliseconds between two moves, so that each can be seen

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

export class Scene {
  constructor(world) {
    this.world = world;
    this.waiting = new Set();
  }

  /** Whatever is to be seen may have changed. */
  changed() {
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }

  // --- what is to be seen ---

  newest(chat, fits) {
    return [...this.world.chats.get(chat)?.messages.values() ?? []].findLast((m) => m.from.is_bot && !m.deleted && fits(m));
  }

  button(m, label) {
    return m.reply_markup?.inline_keyboard.flat().find((b) => new RegExp(label, "u").test(b.text));
  }

  /** The message that shows what a step promises; since is when the step was begun, in seconds. */
  shown({ until }, since) {
    if (!until) return undefined;
    const says = new RegExp(until.says ?? "", "u");
    return this.newest(until.chat, (m) => (!until.fresh || Math.max(m.date, m.edit_date ?? 0) >= since) && says.test(m.text ?? m.caption ?? "")
      && (!until.button || this.button(m, until.button)) && (!until.photo || m.photo));
  }

  /** The message with the button that a move presses. */
  pressed(move) {
    const when = new RegExp(move.when ?? "", "u");
    return this.newest(move.chat, (m) => this.button(m, move.press) && when.test(m.text ?? m.caption ?? ""));
  }

  can(move) {
    if (move.unlock) return !!this.world.phones.get(move.chat)?.locked;
    if (move.press) return !!this.pressed(move);
    if (move.say) return !move.when || new RegExp(move.when, "u").test(this.newest(move.chat, () => true)?.text ?? "");
    return true;
  }

  /** The last move of a step that can be made now: what was done already is not asked for again. */
  next(step) { return step.moves?.findLast((move) => this.can(move)); }

  /** The element that is pressed for a move. */
  target(move) {
    const phone = this.world.phones.get(move?.chat);
    if (move?.clock) return this.world.clockKey(move.clock);
    if (!phone) return null;
    if (move.unlock) return phone.lockScreen;
    if (move.say) return phone.input.value.trim() === move.say ? phone.sendKey : phone.input;
    const m = this.pressed(move);
    const data = m && this.button(m, move.press).callback_data;
    return m ? [...phone.list.querySelectorAll(`[data-message-id="${m.message_id}"] .key`)].find((k) => k.dataset.data === data) : null;
  }

  // --- doing it ---

  /** Does all that is left of a step; false when it leads nowhere. */
  async play(step, done) {
    let last, count = 0;
    while (!done()) {
      const move = this.next(step);
      count = move === last ? count + 1 : 0;
      if (!move || count >= tries) return false;
      if (last && !count) await wait(calm() ? pause / 4 : pause);
      last = move;
      if (await this.make(move) === false) return false;
      await this.until(() => done() || this.next(step) !== move);
    }
    return true;
  }

  /** Waits until something holds, or until it is no use waiting. */
  async until(holds) {
    for (const end = performance.now() + patience; !holds() && performance.now() < end;) {
      await Promise.race([new Promise((wake) => this.waiting.add(wake)), wait(end - performance.now())]);
    }
  }

  async make(move) {
    const phone = this.world.phones.get(move.chat);
    if (move.clock) return this.world.move(move.clock);
    if (move.unlock) return phone.lock(false, true);
    if (move.say) return this.type(phone, move.say);
    const m = this.pressed(move), key = this.target(move);
    key.scrollIntoView({ block: "nearest", inline: "nearest" });
    return phone.press(m, key.dataset.data, key);
  }

  async type(phone, text) {
    for (let i = 1; i < text.length && !calm(); i++) {
      phone.input.value = text.slice(0, i);
      phone.grow();
      await wait(letter);
    }
    phone.input.value = text;
    await phone.submit();
  }
}
