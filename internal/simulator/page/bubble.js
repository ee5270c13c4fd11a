// One message as a bubble.

import { enlarge } from "./viewer.js";
import { el, hour, icon, t } from "./words.js";

const wraps = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s",
  code: "code", pre: "pre", blockquote: "blockquote",
};

/** Text with its entities as elements; offsets are UTF-16, as in JavaScript. */
export function richText(text, entities = [], actions) {
  const cuts = new Set([0, text.length]);
  for (const e of entities) cuts.add(e.offset).add(e.offset + e.length);
  const points = [...cuts].sort((a, b) => a - b);
  const out = document.createDocumentFragment();
  for (let i = 0; i + 1 < points.length; i++) {
    const piece = text.slice(points[i], points[i + 1]);
    let node = document.createTextNode(piece);
    for (const e of entities.filter((e) => e.offset <= points[i] && e.offset + e.length >= points[i + 1]).reverse()) {
      node = wrap(e, node, text.slice(e.offset, e.offset + e.length), actions);
    }
    out.append(node);
  }
  return out;
}

function wrap(entity, node, whole, actions) {
  switch (entity.type) {
    case "bot_command":
      return el("button", { type: "button", class: "inline-link", onclick: () => actions.say(whole) }, node);
    case "mention": case "hashtag": case "text_mention":
      return el("span", { class: "linked" }, node);
    case "url": case "text_link":
      return link(entity.url ?? whole, node, actions);
    case "spoiler":
      return el("span", { class: "spoiler", tabindex: "0", onclick: (e) => e.currentTarget.classList.add("shown") }, node);
    default:
      return wraps[entity.type] ? el(wraps[entity.type], {}, node) : node;
  }
}

function link(address, node, actions) {
  const token = startToken(address);
  if (token) return el("button", { type: "button", class: "inline-link", onclick: () => actions.say("/start " + token) }, node);
  const target = /^[a-z]+:\/\//i.test(address) ? address : "https://" + address;
  if (!/^(https?|tg):/i.test(target)) return node;
  return el("a", { href: target, target: "_blank", rel: "noopener noreferrer" }, node);
}

/** The token of an invitation link, or "". */
export function startToken(text) {
  const found = text.trim().match(/^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/\w+\?start=([\w-]{1,64})$|^tg:\/\/resolve\?\S*?start=([\w-]{1,64})\S*$/i);
  return found ? found[1] ?? found[2] : "";
}

/** The first words of a message as the phone announced them when it came: an edit announces nothing. */
export const announced = (m) => preview(m.arrived ? { ...m, text: m.arrived } : m);

/** The plain first words of a message, for lists and notifications. */
export function preview(m) {
  const text = m.text ?? m.caption ?? "";
  const kind = m.photo ? "📷 " + t("photo") : m.document ? "📄 " + m.document.file_name : m.voice ? "🎤 " + t("voice")
    : m.sticker ? m.sticker.emoji + " " + t("sticker") : m.contact ? "👤 " + t("contact") : m.location ? "📍 " + t("location") : "";
  return [kind, text].filter(Boolean).join(" · ").replace(/\s+/g, " ");
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function media(m) {
  if (m.photo) {
    const p = m.photo[m.photo.length - 1];
    const img = el("img", { class: "photo", src: "/sim/files/" + p.file_id, alt: m.caption || t("photo"), width: String(p.width), height: String(p.height), loading: "lazy" });
    const show = (e) => { e.preventDefault(); enlarge(img.src, m.caption || t("photo")); };
    return el("a", { class: "photo-link", href: img.src, target: "_blank", rel: "noopener", data: { testid: "photo" }, onclick: show }, img);
  }
  if (m.document) {
    return el("a", { class: "file", data: { testid: "file" }, href: "/sim/files/" + m.document.file_id, download: m.document.file_name ?? true },
      el("span", { class: "file-icon" }, icon("file")),
      el("span", { class: "file-text" }, el("b", {}, m.document.file_name ?? t("document")), el("small", {}, size(m.document.file_size ?? 0))));
  }
  if (m.voice) return el("div", { class: "extra" }, "🎤 ", t("voice"), ` · 0:${String(m.voice.duration).padStart(2, "0")}`);
  if (m.sticker) return el("div", { class: "sticker" }, m.sticker.emoji);
  if (m.contact) return el("div", { class: "extra" }, "👤 ", m.contact.first_name, " · ", m.contact.phone_number);
  if (m.location) return el("div", { class: "extra" }, "📍 ", `${m.location.latitude}, ${m.location.longitude}`);
  return null;
}

const onlyEmoji = /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\s){1,12}$/u;

/** The element of a message: bubble and keyboard. */
export function bubble(m, mine, group, actions) {
  const text = m.text ?? m.caption ?? "";
  const big = !m.caption && onlyEmoji.test(text) && /\p{Extended_Pictographic}/u.test(text);
  const meta = el("span", { class: "meta" },
    m.has_protected_content ? el("span", { class: "kept", title: t("kept") }, icon("lock", "tick")) : null,
    m.edit_date ? el("span", { class: "edited" }, t("edited")) : null,
    el("time", { datetime: new Date(m.date * 1000).toISOString() }, hour(m.date * 1000)),
    mine ? el("span", { class: "ticks", title: t("read") }, icon("read", "tick")) : null);
  const body = el("div", { class: "bubble" },
    group && !mine ? null : group && m.from ? el("b", { class: "author" }, m.from.first_name) : null,
    m.forward_origin ? el("small", { class: "forward" }, t("forwarded", { name: m.forward_origin.sender_user_name })) : null,
    m.reply_to_message ? el("div", { class: "reply" }, preview(m.reply_to_message).slice(0, 60)) : null,
    media(m),
    el("div", { class: text ? "text" : "text none" }, richText(text, m.entities ?? m.caption_entities, actions), el("span", { class: "room" + (mine ? " ticked" : "") + (m.edit_date ? " wide" : "") + (m.has_protected_content ? " closed" : "") })),
    meta);
  const e = el("article", {
    class: ["message", mine ? "mine" : "theirs", big ? "big" : "", m.has_protected_content ? "protected" : "", m.photo ? "with-photo" : "", m.sticker ? "big" : ""].filter(Boolean).join(" "),
    data: { messageId: m.message_id, testid: "message" },
  }, body);
  if (m.reply_markup) e.append(keyboard(m, actions));
  return e;
}

/** What is seen for a moment where a message was taken away. */
export function removed(m) {
  return el("div", { class: "message removed" + (m.from.is_bot ? "" : " mine"), data: { testid: "removed" } }, t("removed"));
}

function keyboard(m, actions) {
  return el("div", { class: "keyboard", role: "group" }, ...m.reply_markup.inline_keyboard.map((row) =>
    el("div", { class: "row" }, ...row.map((b) => button(m, b, actions)))));
}

function button(m, b, actions) {
  if (b.url) {
    const token = startToken(b.url);
    if (token) return el("button", { type: "button", class: "key", onclick: () => actions.say("/start " + token) }, b.text);
    return el("a", { class: "key", href: /^https?:/i.test(b.url) ? b.url : "#", target: "_blank", rel: "noopener noreferrer" }, b.text);
  }
  const waiting = actions.waiting(m.message_id, b.callback_data);
  const digit = /^(\d|⌫|✔️)$/u.test(b.text);
  return el("button", {
    type: "button", class: "key" + (waiting ? " waiting" : "") + (digit ? " digit" : ""), "aria-busy": waiting ? "true" : null,
    data: { testid: "button", data: b.callback_data ?? "" },
    onclick: (e) => actions.press(m, b.callback_data, e.currentTarget),
  }, el("span", {}, b.text));
}
