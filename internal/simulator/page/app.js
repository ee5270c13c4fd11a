// The page: people, phones and the clock.

import * as api from "./api.js";
import { preview, startToken } from "./bubble.js";
import { Phone } from "./phone.js";
import { Tour } from "./tour.js";
import { avatar, barDay, briefDay, dayAndHour, el, hour, loadTexts, nextMonday, recall, remember, roleName, second, shortTime, switchLanguage, t, translate } from "./words.js";

const $ = (id) => document.getElementById(id);
const narrow = matchMedia("(max-width: 760px)");

const chats = new Map(); // id -> { id, name, role, type, blocked, commands, messages, unread }
const phones = new Map(); // id -> Phone
let open = recall("open", null);
let moment = null; // to which the clock can be moved besides, as the server writes it
let offset = 0; // simulated minus real time, in milliseconds

const world = {
  bot: { id: 0, name: "Dampingi", username: "dampingi_bot" },
  now: () => Date.now() + offset,
  chats, phones, receive, markRead, toggle,
  narrow: () => narrow.matches,
  show: (ids) => show(ids.slice(0, room())),
  look: () => tour.look(),
  clockKey,
  move, offerMoment, fold: () => unfold(false),
};
const tour = new Tour(world);

// --- messages ---

function receive(id, message, quiet) {
  const chat = chats.get(id);
  if (!chat) return;
  const fresh = !chat.messages.has(message.message_id);
  const known = chat.messages.get(message.message_id);
  if (known && JSON.stringify(known) === JSON.stringify(message)) return;
  const last = [...chat.messages.keys()].at(-1) ?? 0;
  chat.messages.set(message.message_id, message);
  if (fresh && message.message_id < last) chat.messages = new Map([...chat.messages].sort((a, b) => a[0] - b[0]));
  if (fresh && message.from.is_bot && !message.deleted && !quiet) {
    chat.unread++;
    if (!phones.has(id)) $("live").textContent = t("newMessage", { name: chat.name });
  }
  if (quiet) return;
  phones.get(id)?.render();
  renderPerson(chat);
  tour.look();
}

function markRead(id) {
  const chat = chats.get(id);
  if (!chat?.unread) return;
  chat.unread = 0;
  renderPerson(chat);
}

async function loadMessages(chat) {
  for (const m of await api.getMessages(chat.id)) receive(chat.id, m, true);
  phones.get(chat.id)?.render();
  renderPerson(chat);
}

// --- people ---

async function loadChats() {
  for (const c of await api.getChats()) {
    const known = chats.get(c.id);
    const changed = known && (known.name !== c.name || JSON.stringify(known.hint) !== JSON.stringify(c.hint) || JSON.stringify(known.commands) !== JSON.stringify(c.commands));
    chats.set(c.id, { blocked: false, commands: [], messages: new Map(), unread: 0, ...known, ...c, blocked: !!c.blocked });
    const chat = chats.get(c.id);
    if (phones.has(c.id)) {
      phones.get(c.id).chat = chat;
      if (changed) rebuild(c.id);
    }
    if (!known) await loadMessages(chat).catch(() => {});
  }
  renderPeople();
  for (const phone of phones.values()) phone.tick();
}

function renderPeople() {
  $("people").replaceChildren(...[...chats.values()].map((c) => (c.item = personItem(c))));
}

function renderPerson(chat) {
  if (!chat.item) return;
  const item = personItem(chat);
  const focused = chat.item.contains(document.activeElement);
  chat.item.replaceWith(item);
  chat.item = item;
  if (focused) item.firstChild.focus({ preventScroll: true });
}

function personItem(chat) {
  const last = [...chat.messages.values()].findLast((m) => !m.deleted);
  const shown = phones.has(chat.id);
  return el("li", {}, el("button", {
    type: "button", class: "person" + (shown ? " shown" : ""), "aria-pressed": String(shown),
    data: { testid: "chat-" + chat.id }, onclick: () => toggle(chat.id),
  },
  avatar(chat.id, chat.name),
  el("span", { class: "person-text" },
    el("span", { class: "person-top" }, el("b", {}, chat.name), last ? el("time", {}, shortTime(last.date * 1e3, world.now())) : null),
    el("span", { class: "person-role" }, roleName(chat)),
    el("span", { class: "person-last" }, last ? preview(last).slice(0, 80) : "—")),
  chat.unread ? el("span", { class: "badge", data: { testid: "unread" }, "aria-label": t("unread", { n: chat.unread }) }, String(chat.unread)) : null));
}

// --- phones ---

function room() {
  if (narrow.matches) return 1;
  return Math.max(1, Math.min(4, Math.floor(($("phones").clientWidth - 20) / 322)));
}

function toggle(id) {
  const shown = [...phones.keys()];
  let next;
  if (narrow.matches) next = [id];
  else if (phones.has(id)) next = shown.filter((x) => x !== id);
  else next = [...shown, id].slice(-Math.max(room(), 1));
  show(next);
  if (phones.has(id) && !matchMedia("(pointer: coarse)").matches) phones.get(id).input.focus({ preventScroll: true });
}

function show(ids) {
  open = ids.filter((id) => chats.has(id));
  remember("open", open);
  for (const [id, phone] of phones) {
    if (!open.includes(id)) {
      phone.element.remove();
      phones.delete(id);
    }
  }
  for (const id of open) if (!phones.has(id)) phones.set(id, new Phone(chats.get(id), world));
  $("phones").replaceChildren(...open.map((id) => phones.get(id).element));
  if (!open.length) $("phones").append(el("p", { class: "nobody" }, t("nobody")));
  for (const id of open) phones.get(id).toEnd();
  renderPeople();
  for (const id of open) phones.get(id).scrolled();
  chats.get(open[0])?.item.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function rebuild(id) {
  const old = phones.get(id);
  const draft = old.input.value;
  const phone = new Phone(chats.get(id), world);
  phones.set(id, phone);
  old.element.replaceWith(phone.element);
  phone.input.value = draft;
  phone.toEnd();
  if (old.locked) phone.lock(true, true);
}

// --- the clock ---

function setClock(state) {
  offset = state.unix_ms - Date.now();
  tick();
  for (const phone of phones.values()) phone.render();
  tour.look();
}

function tick() {
  const now = world.now();
  const time = $("now");
  time.dateTime = new Date(now).toISOString();
  time.querySelector(".day").textContent = narrow.matches ? briefDay(now) : barDay(now);
  time.querySelector(".hour").textContent = narrow.matches ? hour(now) : second(now) + " WIB";
  for (const phone of phones.values()) phone.tick();
}

/** Moves the clock as one of its buttons says; false when there is nowhere to move it to. */
async function move(step) {
  const moves = { monday: () => ({ to: nextMonday(world.now()) }), next: () => ({ next: true }), moment: () => ({ to: moment }) };
  const state = await api.moveClock(moves[step]?.() ?? { advance: step }).catch(() => null);
  if (!state) {
    $("live").textContent = t("nothingNext");
    return false;
  }
  setClock(state);
  renderPeople();
  $("live").textContent = t("clockMoved", { time: barDay(world.now()) + " " + second(world.now()) });
  return true;
}

/** Offers a moment of its own to move the clock to; none when it is over. */
function offerMoment(at) {
  const key = $("moment");
  moment = at && Date.parse(at) > world.now() ? at : null;
  key.hidden = !moment;
  key.textContent = moment ? dayAndHour(Date.parse(moment)) : "";
}

/** On a narrow screen the clock's buttons are behind the clock. */
function unfold(on) {
  $("clock").classList.toggle("open", on);
  $("clock-toggle").setAttribute("aria-expanded", String(on));
  tour.look();
}

/** The button of the bar that moves the clock so, or what unfolds it. */
function clockKey(step) {
  const key = document.querySelector(`[data-move="${step}"]`);
  return key.offsetParent ? key : $("clock-toggle");
}

// --- the dialog: an invitation, or somebody new ---

function ask(invitation) {
  const who = $("who");
  const dialog = $("dialog");
  $("dialog-title").textContent = t(invitation ? "openLink" : "addPerson");
  $("link-field").hidden = $("who-field").hidden = !invitation;
  $("group-field").hidden = invitation;
  $("link").required = invitation;
  dialog.querySelector(".solid").textContent = t(invitation ? "open" : "add");
  who.replaceChildren(el("option", { value: "" }, t("newPerson")), ...[...chats.values()].filter((c) => c.type !== "group").map((c) => el("option", { value: String(c.id) }, c.name)));
  who.onchange = () => { $("name-field").hidden = invitation && who.value !== ""; $("name").required = !$("name-field").hidden; };
  who.onchange();
  $("form").reset();
  if (invitation) api.getBot().then(offerInvitation).catch(() => {});
  dialog.returnValue = "cancel";
  dialog.onclose = () => dialog.returnValue === "ok" && settle(invitation);
  dialog.showModal();
}

/** Fills in the invitation that waits to be opened, unless something was written already. */
function offerInvitation({ invited, invitation }) {
  if (!invitation || $("link").value || $("name").value) return;
  $("link").value = invitation;
  $("name").value = invited;
}

async function settle(invitation) {
  let id = invitation && $("who").value ? Number($("who").value) : 0;
  const link = $("link").value.trim();
  if (!id) {
    const added = await api.addChat({ name: $("name").value.trim(), role: "", type: !invitation && $("group").checked ? "group" : "private" });
    id = added.id;
    await loadChats();
  }
  if (!phones.has(id)) toggle(id);
  if (invitation) phones.get(id).send({ text: "/start " + (startToken(link) || link.replace(/^\/start\s+/, "")) });
}

// --- beginning ---

function dress() {
  translate();
  document.title = world.bot.title || world.bot.name;
  $("title").textContent = document.title;
  $("language").textContent = t("languageShort");
  $("link").placeholder = `https://t.me/${world.bot.username}?start=…`;
}

function setTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

function wire() {
  $("language").onclick = () => {
    switchLanguage();
    dress();
    for (const id of phones.keys()) rebuild(id);
    renderPeople();
    tick();
    tour.render();
  };
  $("theme").onclick = () => {
    const dark = document.documentElement.dataset.theme === "dark" || !document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches;
    remember("theme", dark ? "light" : "dark");
    setTheme(dark ? "light" : "dark");
  };
  $("invite").onclick = () => ask(true);
  $("add").onclick = () => ask(false);
  $("clock-toggle").onclick = () => unfold(!$("clock").classList.contains("open"));
  document.addEventListener("pointerdown", (e) => { if (!$("clock").contains(e.target)) unfold(false); });
  $("clock").onkeydown = (e) => {
    if (e.key !== "Escape" || !$("clock").classList.contains("open")) return;
    unfold(false);
    $("clock-toggle").focus();
  };
  for (const b of document.querySelectorAll("[data-move]")) b.onclick = () => move(b.dataset.move);
  narrow.addEventListener("change", () => (tour.open ? tour.enter() : show([...phones.keys()].slice(0, room()))));
  document.addEventListener("visibilitychange", () => { for (const p of phones.values()) p.scrolled(); });
  setInterval(tick, 1000);
}

async function begin() {
  setTheme(new URLSearchParams(location.search).get("theme") ?? recall("theme", ""));
  await loadTexts();
  Object.assign(world.bot, await api.getBot());
  dress();
  wire();
  setClock(await api.getClock());
  await loadChats();
  const wanted = new URLSearchParams(location.search).get("chats")?.split(",").map(Number);
  const first = (wanted ?? open ?? [...chats.keys()]).filter((id) => chats.has(id));
  show((first.length ? first : [...chats.keys()]).slice(0, room()));
  await tour.begin(world.bot.began, !wanted);
  api.listen({
    message: ({ chat, message }) => receive(chat, message),
    clock: setClock,
    chats: () => loadChats(),
    action: ({ chat }) => phones.get(chat)?.typing(),
    open: () => { for (const c of chats.values()) loadMessages(c).catch(() => {}); },
  });
}

begin();
