// The words of the page in the visitor's language, and numbers and times as it writes them.
import { get } from "./wire.js";

export const known = {
  language: "en",
  direction: "ltr",
  languages: [],
  words: {},
  commands: [],
  limits: { files: 10, bytes: 200 * 1024 * 1024, kinds: "image/*" },
  samples: [],
};

export function word(key, values = {}) {
  const phrase = known.words[key] ?? "";
  return phrase.replace(/\{(\w+)\}/g, (whole, name) =>
    name in values ? shown(values[name]) : whole,
  );
}

const shown = (value) =>
  typeof value === "number" ? new Intl.NumberFormat(known.language).format(value) : String(value);

export async function learn() {
  Object.assign(known, await get("/api/words"));
  document.documentElement.lang = known.language;
  document.documentElement.dir = known.direction;
  document.title = word("title") || document.title;
  for (const node of document.querySelectorAll("[data-word]")) {
    node.textContent = word(node.dataset.word);
  }
  for (const node of document.querySelectorAll("[data-label]")) {
    const label = word(node.dataset.label);
    node.setAttribute("aria-label", label);
    if (node.matches("button")) node.title = label;
  }
  for (const node of document.querySelectorAll("[data-placeholder]")) {
    node.placeholder = word(node.dataset.placeholder);
  }
}

export const megabytes = (bytes) => Math.round(bytes / (1024 * 1024));

export function clock(seconds) {
  const style = { hour: "numeric", minute: "2-digit" };
  return new Intl.DateTimeFormat(known.language, style).format(seconds * 1000);
}

export function day(seconds) {
  const style = { weekday: "long", day: "numeric", month: "long" };
  return new Intl.DateTimeFormat(known.language, style).format(seconds * 1000);
}
