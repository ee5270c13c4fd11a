// One phone: the chat of one person with the bot.

import * as api from "./api.js";
import { announced, bubble, removed, startToken } from "./bubble.js";
import { avatar, calm, dayName, dayNumber, el, hour, icon, inLanguage, longDay, roleName, t } from "./words.js";

const nearBottom = 80; // pixels from the end that still count as the end
const sameBreath = 300; // seconds between messages that belong together
const farewell = 3500; // milliseconds for which it is seen that a message was taken away

export class Phone {
  constructor(chat, world) {
    this.chat = chat;
    this.world = world;
    this.cache = new Map(); // message id -> { message, element }
    this.pending = new Set();
    this.gone = new Set(); // ids of messages that were seen to be taken away
    this.locked = false;
    this.element = this.build();
    new ResizeObserver(() => { if (this.ended) this.toEnd(); }).observe(this.list); // a keyboard came up
    this.render();
  }

  build() {
    const { chat, world } = this;
    const name = chat.name;
    this.time = el("time", { class: "status-time" });
    this.state = el("small", { class: "bot-state" });
    this.list = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": t("messagesOf", { name }), tabindex: "0", data: { testid: "messages" }, onscroll: () => this.scrolled() });
    this.more = el("button", { type: "button", class: "down", hidden: true, onclick: () => this.toEnd(true) }, icon("down"), el("span", { class: "badge" }));
    this.toast = el("div", { class: "toast", role: "status", "aria-live": "polite", data: { testid: "toast" } });
    this.alert = el("div", { class: "alert", hidden: true, data: { testid: "alert" } });
    this.keys = el("div", { class: "reply-keys", hidden: true });
    this.menu = el("div", { class: "menu", hidden: true, role: "menu" });
    this.strip = el("button", { type: "button", class: "strip", title: t("lockShows"), data: { testid: "lock-strip" }, onclick: () => this.lock(!this.locked) });
    this.lockScreen = el("button", { type: "button", class: "lock-screen", hidden: true, data: { testid: "lock-screen" }, onclick: () => this.lock(false) });
    this.screen = el("div", { class: "screen", onpointerdown: (e) => { if (!e.target.closest(".menu, .clip, .slash")) this.closeMenu(); } },
      el("div", { class: "status" }, this.time, el("span", { class: "island", "aria-hidden": "true" }), el("span", { class: "signal", "aria-hidden": "true" }, el("i"), el("i"), el("i"), el("i"), el("b"))),
      el("header", { class: "talk" }, avatar(3, world.bot.name),
        el("div", { class: "talk-name" }, el("b", {}, chat.type === "group" ? chat.name : world.bot.name), this.state),
        el("span", { class: "whose", "aria-hidden": "true" }, avatar(chat.id, name, true), el("b", {}, name)),
        el("button", { type: "button", class: "round only-narrow", "aria-label": t("lock"), title: t("lock"), onclick: () => this.lock(true) }, icon("lock"))),
      el("div", { class: "log-frame" }, this.list, this.more, this.toast, this.menu),
      this.composer(), this.keys, this.alert, this.lockScreen);
    return el("section", { class: "phone", "aria-label": t("phoneOf", { name }), data: { testid: "phone-" + chat.id } },
      el("div", { class: "owner" }, avatar(chat.id, name, true),
        el("div", { class: "owner-name" }, el("span", {}, el("b", {}, name), " ", el("small", {}, roleName(chat))), el("p", { class: "try", title: inLanguage(chat.hint) }, inLanguage(chat.hint))),
        el("button", { type: "button", class: "round close", "aria-label": t("closePhone"), title: t("closePhone"), onclick: () => world.toggle(chat.id) }, icon("close"))),
      this.strip,
      el("div", { class: "case" }, this.screen));
  }

  composer() {
    this.input = el("textarea", {
      class: "input", rows: "1", placeholder: t("message"), "aria-label": t("message"), enterkeyhint: "send", maxlength: "4096",
      data: { testid: "composer", chat: this.chat.id },
      oninput: () => { this.grow(); this.world.look(); }, onkeydown: (e) => this.typed(e),
    });
    this.file = el("input", { type: "file", hidden: true, onchange: () => this.sendFile() });
    const commands = el("button", { type: "button", class: "slash", "aria-label": t("commands"), title: t("commands"), data: { testid: "commands" }, onclick: () => this.openCommands() }, "/");
    commands.hidden = !this.chat.commands?.length;
    return el("form", { class: "composer", onsubmit: (e) => { e.preventDefault(); this.submit(); } },
      commands,
      el("button", { type: "button", class: "clip", "aria-label": t("attach"), title: t("attach"), data: { testid: "attach" }, onclick: () => this.openAttach() }, icon("clip")),
      this.input, this.file,
      this.sendKey = el("button", { type: "submit", class: "send", "aria-label": t("send"), title: t("send"), data: { testid: "send" } }, icon("send")));
  }

  // --- what the person does ---

  typed(e) {
    if (e.key === "Enter" && !e.shiftKey && !e.isComposing) {
      e.preventDefault();
      this.submit();
    }
    if (e.key === "Escape") this.closeMenu();
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = Math.min(this.input.scrollHeight, 120) + "px";
  }

  async submit() {
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.grow();
    const token = startToken(text);
    if (!await this.send({ text: token ? "/start " + token : text })) {
      this.input.value = text;
      this.grow();
    }
  }

  async send(message) {
    this.closeMenu();
    try {
      const sent = await api.send(this.chat.id, message);
      if (!this.chat.messages.has(sent.message_id)) this.world.receive(this.chat.id, sent); // else it may be gone again
      this.toEnd();
      return true;
    } catch {
      this.say(t("failed"));
      return false;
    }
  }

  async sendFile() {
    const file = this.file.files[0];
    this.file.value = "";
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    let binary = "";
    for (let i = 0; i < bytes.length; i += 32768) binary += String.fromCharCode(...bytes.subarray(i, i + 32768));
    const body = { data: btoa(binary), file_name: file.name, mime_type: file.type };
    await this.send(file.type.startsWith("image/") ? { photo: body } : { document: body });
  }

  async press(m, data, key) {
    const id = m.message_id + "|" + data;
    if (this.pending.has(id)) return;
    this.pending.add(id);
    key.classList.add("waiting");
    key.setAttribute("aria-busy", "true");
    let answer;
    try { answer = await api.press(this.chat.id, m.message_id, data); } catch { answer = null; }
    this.pending.delete(id);
    for (const k of this.list.querySelectorAll(`[data-message-id="${m.message_id}"] .key`)) {
      if (k.dataset.data === data) { k.classList.remove("waiting"); k.removeAttribute("aria-busy"); }
    }
    if (!answer?.answered) this.say(t("unanswered"));
    else if (answer.text && answer.show_alert) this.showAlert(answer.text);
    else if (answer.text) this.say(answer.text);
  }

  // --- small windows over the chat ---

  say(text) {
    this.toast.textContent = text;
    this.toast.classList.add("shown");
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => this.toast.classList.remove("shown"), 3500);
  }

  showAlert(text) {
    const ok = el("button", { type: "button", class: "solid", data: { testid: "alert-ok" }, onclick: () => { this.alert.hidden = true; this.input.focus(); } }, t("ok"));
    this.alert.replaceChildren(el("div", { class: "alert-box", role: "alertdialog", "aria-label": this.world.bot.name, onkeydown: (e) => e.key === "Escape" && ok.click() }, el("p", {}, text), ok));
    this.alert.hidden = false;
    ok.focus();
  }

  openMenu(items) {
    if (!this.menu.hidden) { this.closeMenu(); return; }
    this.menu.replaceChildren(...items.map(([mark, label, act]) =>
      el("button", { type: "button", role: "menuitem", onclick: () => { this.closeMenu(); act(); } }, el("b", {}, mark), el("span", {}, label))));
    this.menu.hidden = false;
    this.menu.onkeydown = (e) => { if (e.key === "Escape") { this.closeMenu(); this.input.focus(); } };
    this.menu.firstElementChild.focus();
  }

  closeMenu() { this.menu.hidden = true; }

  openCommands() {
    this.openMenu((this.chat.commands ?? []).map((c) => ["/" + c.command, c.description, () => this.send({ text: "/" + c.command })]));
  }

  openAttach() {
    const pick = (accept) => () => { this.file.accept = accept; this.file.click(); };
    this.openMenu([
      ["📷", t("photo"), pick("image/*")],
      ["📄", t("document"), pick("")],
      ["🎤", t("voice"), () => this.send({ voice: { duration: 4 } })],
      ["📍", t("location"), () => this.send({ location: { latitude: -2.9909, longitude: 104.7566 } })],
      ["👤", t("contact"), () => this.send({ contact: { phone_number: "+62 812-0000-0000", first_name: this.chat.name } })],
      ["🙂", t("sticker"), () => this.send({ sticker: "🌷" })],
      ["⛔", t(this.chat.blocked ? "unblock" : "block"), () => api.setFaults({ [this.chat.blocked ? "unblock" : "block"]: [this.chat.id] })],
    ]);
  }

  // --- what the phone shows ---

  actions() {
    return {
      say: (text) => this.send({ text }),
      press: (m, data, key) => this.press(m, data, key),
      waiting: (id, data) => this.pending.has(id + "|" + data),
    };
  }

  render() {
    const atEnd = this.atEnd();
    const focused = document.activeElement?.closest?.(".message");
    const messages = [...this.chat.messages.values()].filter((m) => !m.deleted || this.leaving(m));
    const days = new Map(); // the element of a day -> what is in it
    let before = null;
    for (const m of messages) {
      const day = this.day(m.date * 1e3);
      if (!days.has(day)) days.set(day, [day.firstChild]);
      const e = this.elementOf(m);
      e.classList.toggle("first", !before || before.from.id !== m.from.id || m.date - before.date > sameBreath);
      days.get(day).push(e);
      before = m;
    }
    sync(this.list, days.size ? [...days.keys()] : [this.empty ??= this.welcome()]);
    for (const [day, nodes] of days) sync(day, nodes);
    if (focused && !focused.isConnected) {
      this.list.querySelector(`[data-message-id="${focused.dataset.messageId}"] .key`)?.focus({ preventScroll: true });
    }
    this.replyKeys(messages);
    if (atEnd) this.toEnd();
    this.scrolled();
    this.tick();
  }

  elementOf(m) {
    const known = this.cache.get(m.message_id);
    if (known?.message === m) return known.element;
    const element = m.deleted ? removed(m) : bubble(m, !m.from.is_bot, this.chat.type === "group", this.actions());
    if (this.shownOnce && !known) element.classList.add("fresh");
    else if (known && m.edit_date && !m.deleted) element.classList.add("changed");
    this.cache.set(m.message_id, { message: m, element });
    return element;
  }

  /** Whether a message that was taken away before her eyes is still seen to be so. */
  leaving(m) {
    const id = m.message_id;
    if (this.gone.has(id) || !this.cache.has(id)) return false;
    if (!this.cache.get(id).message.deleted) setTimeout(() => { this.gone.add(id); this.render(); }, farewell);
    return true;
  }

  day(ms) {
    const number = dayNumber(ms);
    this.days ??= new Map();
    if (!this.days.has(number)) this.days.set(number, el("div", { class: "day" }, el("div", { class: "separator", role: "separator" }, el("span"))));
    const e = this.days.get(number);
    e.firstChild.firstChild.textContent = dayName(ms, this.world.now());
    return e;
  }

  welcome() {
    return el("div", { class: "welcome" }, el("p", {}, t("emptyChat")), el("p", { class: "only-narrow" }, inLanguage(this.chat.hint)),
      el("button", { type: "button", class: "solid", data: { testid: "start" }, onclick: () => this.send({ text: "/start" }) }, t("start")));
  }

  replyKeys(messages) {
    const last = messages.findLast((m) => m.reply_keyboard)?.reply_keyboard;
    const rows = last?.keyboard ?? [];
    this.keys.hidden = !rows.length;
    this.keys.replaceChildren(...rows.map((row) => el("div", { class: "row" }, ...row.map((b) => {
      const text = typeof b === "string" ? b : b.text;
      return el("button", { type: "button", onclick: () => this.send({ text }) }, text);
    }))));
  }

  atEnd() { return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < nearBottom; }

  toEnd(smooth) {
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: smooth && !calm() ? "smooth" : "instant" });
    this.shownOnce = true;
  }

  /** Scrolls to where a message begins. */
  toMessage(id) {
    const e = this.list.querySelector(`[data-message-id="${id}"]`);
    if (e) this.list.scrollTo({ top: e.offsetTop - 12, behavior: "instant" });
    this.scrolled();
  }

  scrolled() {
    this.ended = this.atEnd();
    if (this.ended && !this.locked && !document.hidden) this.world.markRead(this.chat.id);
    this.more.hidden = this.ended;
    this.more.lastChild.textContent = this.chat.unread || "";
    this.more.ariaLabel = [t("newest"), this.chat.unread || ""].join(" ").trim();
  }

  typing() {
    this.typingUntil = performance.now() + 5000;
    this.tick();
    setTimeout(() => this.tick(), 5100);
  }

  /** Shows the lock screen, or takes it away; the keyboard goes along, unless it is done for somebody. */
  lock(on, silent) {
    this.locked = on;
    this.lockScreen.hidden = !on;
    for (const part of this.screen.children) if (part !== this.lockScreen) part.inert = on;
    this.tick();
    if (!on) { this.toEnd(); this.scrolled(); }
    if (!silent) (on ? this.lockScreen : this.input).focus({ preventScroll: true });
    this.world.look();
  }

  /** Once a second, and when something changed: clock, state, lock screen. */
  tick() {
    const now = this.world.now();
    this.time.textContent = hour(now);
    const busy = this.typingUntil > performance.now();
    this.state.textContent = this.chat.blocked ? t("blockedMe") : busy ? t("typing") : t("bot");
    this.state.classList.toggle("busy", busy);
    const newest = [...this.chat.messages.values()].findLast((m) => m.from.is_bot);
    const text = newest ? [...announced(newest)] : [];
    const key = hour(now) + (newest?.message_id ?? "") + text.length;
    if (this.lockKey === key) return;
    this.lockKey = key;
    this.strip.replaceChildren(icon("lock"), el("span", {}, text.join("") || t("noNotification")), newest ? el("time", {}, hour(newest.date * 1e3)) : "");
    this.lockScreen.replaceChildren(
      el("span", { class: "lock-day" }, longDay(now)), el("span", { class: "lock-time" }, hour(now)),
      newest ? el("span", { class: "notification", data: { testid: "notification" } }, avatar(3, this.world.bot.name, true),
        el("span", { class: "notification-body" }, el("span", { class: "notification-head" }, el("b", {}, this.world.bot.name), el("small", {}, hour(newest.date * 1e3))),
          el("span", {}, text.slice(0, 100).join("") + (text.length > 100 ? "…" : "")))) : el("span", { class: "quiet" }, t("noNotification")),
      el("span", { class: "unlock" }, t("unlock")));
  }
}

/** Makes the children of parent exactly nodes, touching only what differs. */
function sync(parent, nodes) {
  const keep = new Set(nodes);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  nodes.forEach((node, i) => {
    if (parent.children[i] !== node) parent.insertBefore(node, parent.children[i] ?? null);
  });
}
