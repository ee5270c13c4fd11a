// Texts, times and small helpers for making elements.

let texts = {};
let language = "id";

/** Loads the texts and picks the language kept from the last visit. */
export async function loadTexts() {
  texts = await (await fetch("texts.json")).json();
  language = recall("language", "id") in texts ? recall("language", "id") : "id";
  document.documentElement.lang = language;
}

/** Switches between Bahasa Indonesia and English. */
export function switchLanguage() {
  language = language === "id" ? "en" : "id";
  remember("language", language);
  document.documentElement.lang = language;
}

/** A text of the page; {name} is filled in. */
export function t(key, values = {}) {
  return (texts[language]?.[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** A text that comes in every language: {"id": …, "en": …}. */
export const inLanguage = (all) => all?.[language] ?? "";

/** What somebody is, as a word of the page where it has one. */
export const roleName = (chat) => (chat.role ? t(chat.role) : chat.type === "group" ? t("group") : "");

/** Fills every element that names its text. */
export function translate(root = document) {
  for (const e of root.querySelectorAll("[data-text]")) e.textContent = t(e.dataset.text);
  for (const e of root.querySelectorAll("[data-label]")) {
    e.setAttribute("aria-label", t(e.dataset.label));
    if (e.tagName === "BUTTON") e.title = t(e.dataset.label);
  }
}

/** What the browser keeps for the next visit; private windows keep nothing. */
export function remember(key, value) {
  try { localStorage.setItem("sim." + key, JSON.stringify(value)); } catch { /* not kept */ }
}

export function recall(key, fallback) {
  try { return JSON.parse(localStorage.getItem("sim." + key)) ?? fallback; } catch { return fallback; }
}

// --- time, always in WIB ---

const zone = "Asia/Jakarta";
const formats = new Map();

function format(ms, options) {
  const key = language + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language === "id" ? "id-ID" : "en-GB", { timeZone: zone, ...options }));
  return formats.get(key).format(new Date(ms));
}

export const hour = (ms) => format(ms, { hour: "2-digit", minute: "2-digit" });
export const second = (ms) => format(ms, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
export const longDay = (ms) => format(ms, { weekday: "long", day: "numeric", month: "long" });
export const briefDay = (ms) => format(ms, { weekday: "short", day: "numeric", month: "short" });
export const barDay = (ms) => format(ms, { weekday: "short", day: "numeric", month: "short", year: "numeric" });

export const dayAndHour = (ms) => format(ms, { weekday: "long" }) + " " + hour(ms);

/** Days since 1970 in WIB: two moments of one day have the same number. */
export const dayNumber = (ms) => Math.floor((ms + 7 * 3600e3) / 864e5);

export function dayName(ms, now) {
  const ago = dayNumber(now) - dayNumber(ms);
  if (ago === 0) return t("today");
  if (ago === 1) return t("yesterday");
  return longDay(ms);
}

/** The time in a list: hours today, else the date. */
export function shortTime(ms, now) {
  return dayNumber(ms) === dayNumber(now) ? hour(ms) : format(ms, { day: "numeric", month: "short" });
}

/** The next Monday, 08:00 WIB, after now. */
export function nextMonday(now) {
  const day = dayNumber(now);
  const weekday = (day + 4) % 7; // 1 January 1970 was a Thursday
  let ahead = (8 - weekday) % 7;
  if (ahead === 0 && now >= monday(day)) ahead = 7;
  return new Date(monday(day + ahead)).toISOString();
}

const monday = (day) => day * 864e5 + 3600e3; // 08:00 WIB is 01:00 UTC

// --- elements ---

/** Makes an element; text goes in as text, never as HTML. */
export function el(tag, props = {}, ...children) {
  const e = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") e.className = value;
    else if (key === "data") Object.assign(e.dataset, value);
    else if (key.startsWith("on")) e.addEventListener(key.slice(2), value);
    else if (key in e && typeof value !== "string") e[key] = value;
    else e.setAttribute(key, value === true ? "" : value);
  }
  e.append(...children.filter((c) => c !== null && c !== undefined && c !== false));
  return e;
}

const svgNS = "http://www.w3.org/2000/svg";

export function icon(name, className = "icon") {
  const svg = document.createElementNS(svgNS, "svg");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(svgNS, "use");
  use.setAttribute("href", "#i-" + name);
  svg.append(use);
  return svg;
}

/** Whether somebody wants nothing to move by itself. */
export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Two letters for a round picture. */
export function initials(name) {
  const words = name.replace(/^(Kak|Ibu|Bapak|Bu|Pak)\s+/i, "").split(/\s+/).filter(Boolean);
  return words.slice(0, 2).map((w) => [...w][0].toUpperCase()).join("") || "?";
}

/** A round picture in one of seven colours. */
export function avatar(id, name, small) {
  return el("span", { class: `avatar tint-${Math.abs(id) % 7}${small ? " small" : ""}`, "aria-hidden": "true" }, initials(name));
}
