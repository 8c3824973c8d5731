// A text with its stretches set apart, its addresses as links and its commands to tap.
import { make } from "./dom.js";
import { known } from "./words.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  struck: "s",
  code: "code",
  block: "pre",
  pre: "pre",
  quote: "blockquote",
};
const PLAIN = new Set(["code", "block", "pre", "link"]);
const FOUND =
  /https?:\/\/[^\s<>"'()[\]{}“”«»、。，）]*[^\s<>"'()[\]{}“”«»、。，）.,;:!?…]|(?<![\w/.])\/[a-z]+\b/gu;

export const safe = (url) => (/^https?:\/\//i.test(url) ? url : null);

export function rich(text, spans, run) {
  // Cut where any stretch begins or ends, so that stretches may lie in one another.
  const inside = spans.filter((span) => span.from < span.to);
  const cuts = [0, text.length, ...inside.flatMap((span) => [span.from, span.to])];
  const edges = [...new Set(cuts.filter((cut) => cut >= 0 && cut <= text.length))].sort(
    (a, b) => a - b,
  );
  const parts = [];
  for (let index = 0; index + 1 < edges.length; index += 1) {
    const [from, to] = [edges[index], edges[index + 1]];
    const over = inside.filter((span) => span.from <= from && to <= span.to);
    parts.push(...stretch(text.slice(from, to), over, run));
  }
  return parts;
}

function stretch(text, over, run) {
  let parts = over.some((span) => PLAIN.has(span.kind)) ? [text] : tapped(text, run);
  for (const span of over) {
    const url = span.kind === "link" && safe(span.url ?? "");
    if (url) parts = [link(url, ...parts)];
    else if (TAGS[span.kind]) parts = [make(TAGS[span.kind], {}, ...parts)];
  }
  return parts;
}

function tapped(text, run) {
  const parts = [];
  let seen = 0;
  for (const { 0: found, index } of text.matchAll(FOUND)) {
    const node = found.startsWith("/") ? command(found, run) : link(found, found);
    if (!node) continue;
    parts.push(text.slice(seen, index), node);
    seen = index + found.length;
  }
  return [...parts, text.slice(seen)].filter((part) => part !== "");
}

export const link = (url, ...children) =>
  make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);

function command(text, run) {
  const there = known.commands.some((one) => one.text === text || `/${one.name}` === text);
  return (
    there &&
    make("button", { type: "button", class: "command", on: { click: () => run(text) } }, text)
  );
}
