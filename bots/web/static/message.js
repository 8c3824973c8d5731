// One message as an element; a newer state of it changes only what is another: a video plays on.
import { make } from "./dom.js";
import { foot, PARTS } from "./parts.js";
import { clock, word } from "./words.js";

export class Drawn {
  // `acts` is what can be done: press, run, edit, answer, and `words` of another message.
  constructor(message, acts) {
    this.acts = acts;
    this.keys = {};
    this.bubble = make("div", { class: "bubble" });
    this.foot = make("footer", { class: "foot" });
    this.node = make(
      "article",
      { class: `message ${message.from}`, id: message.id },
      this.bubble,
      this.foot,
    );
    this.update(message);
  }

  update(message) {
    this.message = message;
    this.node.setAttribute("aria-label", `${word(message.from)}, ${clock(message.at)}`);
    if (message.language) this.node.lang = message.language;
    this.bubble.dir = message.from === "you" ? "auto" : message.direction || "auto";
    this.node.classList.toggle("wide", Boolean(message.video || message.picture || message.status));
    this.node.classList.toggle("busy", Boolean(message.status));
    for (const [name, of, draw] of PARTS) this.part(name, of(message, this.acts), draw);
    const key = JSON.stringify([message.at, message.edited, message.text, Boolean(message.status)]);
    if (this.keys.foot !== key) this.foot.replaceChildren(...foot(message, this.acts));
    this.keys.foot = key;
  }

  part(name, of, draw) {
    const key = JSON.stringify(of ?? null);
    if (this.keys[name] === key) return;
    this.keys[name] = key;
    const old = this.bubble.querySelector(`:scope > [data-part="${name}"]`);
    const focus = old?.contains(document.activeElement)
      ? (document.activeElement.dataset.key ?? "")
      : null;
    const node = of ? draw(this.message, this.acts, old, of) : null;
    if (node) node.dataset.part = name;
    if (node && old && node !== old) old.replaceWith(node);
    else if (old && !node) old.remove();
    else if (node && !old) this.place(name, node);
    if (focus !== null) refocus(node, focus);
  }

  place(name, node) {
    const names = PARTS.map(([one]) => one);
    const later = new Set(names.slice(names.indexOf(name) + 1));
    const next = [...this.bubble.children].find((child) => later.has(child.dataset.part));
    this.bubble.insertBefore(node, next ?? null);
  }
}

function refocus(node, key) {
  const buttons = [...(node?.querySelectorAll("button, a") ?? [])];
  (
    buttons.find((button) => button.dataset.key === key) ??
    buttons[0] ??
    document.getElementById("text")
  ).focus();
}
