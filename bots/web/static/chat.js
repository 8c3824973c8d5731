// The log of the chat: messages in their order, what waits to be sent below them, and the newest in
// sight as long as nobody scrolled away.
import { at, make, say } from "./dom.js";
import { Drawn } from "./message.js";
import { clock, day, word } from "./words.js";

const NEAR = 120; // pixels from the end that count as the end

export class Chat {
  constructor(acts) {
    this.acts = { ...acts, words: (id) => this.drawn.get(id)?.message.text.slice(0, 160) ?? "" };
    this.drawn = new Map();
    this.lingering = new Map(); // what the server has, by its id, until the line brings it back
    this.entries = [];
    this.log = at("log");
    this.list = at("messages");
    this.pending = make("div", { class: "pending" });
    this.unread = 0;
    this.log.addEventListener("scroll", () => this.ended() && this.seen(), { passive: true });
    at("latest").addEventListener("click", () => this.toEnd());
    document.addEventListener("visibilitychange", () => document.hidden || this.title(0));
    this.pinned = true;
    const grown = new ResizeObserver(() => this.pinned && this.toEnd(true));
    for (const node of [this.list, this.log]) grown.observe(node);
  }

  fill(messages) {
    this.drawn.clear();
    this.day = "";
    this.list.replaceChildren();
    for (const message of messages) this.add(message);
    this.list.append(this.pending);
    this.empty();
    this.toEnd(true);
  }

  put(message) {
    const before = this.drawn.get(message.id);
    const said = before?.message.text ?? "";
    if (before) before.update(message);
    else this.add(message);
    if (message.from === "bot" && news(said, message.text)) this.tell(message);
    if (message.from === "bot" && !before && !message.silent) this.ring();
    this.empty();
  }

  add(message) {
    const drawn = new Drawn(message, this.acts);
    this.drawn.set(message.id, drawn);
    if (message.from === "you") this.arrived(message);
    const today = day(message.at);
    const nodes = today === this.day || (!this.day && today === day(Date.now() / 1000)) ? [] : [make("p", { class: "day" }, today)];
    this.day = today;
    nodes.push(drawn.node);
    if (this.pending.parentNode === this.list) this.pending.before(...nodes);
    else this.list.append(...nodes);
    if (this.pinned) this.toEnd(true);
    else at("latest").hidden = false;
  }

  gone(id) {
    const drawn = this.drawn.get(id);
    if (drawn?.node.contains(document.activeElement)) at("text").focus();
    drawn?.node.remove();
    this.drawn.delete(id);
    this.empty();
  }

  wait(entries) {
    // Shows what the outbox holds below all that is in the log.
    this.entries = entries.filter((entry) => entry.shown);
    const shown = [...this.lingering.values(), ...this.entries].map((entry) => this.waiting(entry));
    this.pending.replaceChildren(...shown);
    this.empty();
    if (shown.length && this.pinned) this.toEnd(true);
  }

  waiting(entry) {
    const message = { id: `w${entry.id}`, from: "you", text: "", files: [], ...entry.shown };
    const drawn = new Drawn(message, this.acts);
    drawn.node.classList.add("waiting");
    drawn.foot.replaceChildren(make("time", {}, clock(message.at)), make("span", {}, word("sending")));
    return drawn.node;
  }

  linger(entry, id) {
    if (this.drawn.has(id)) return;
    this.lingering.set(id, entry);
    this.wait(this.entries);
  }

  arrived({ id, client }) {
    this.lingering.delete(id);
    this.wait(this.entries.filter((entry) => entry.id !== client));
  }

  empty() {
    const nothing = this.drawn.size === 0 && !this.pending.firstChild;
    at("hello").hidden = !nothing;
    this.log.classList.toggle("empty", nothing);
  }

  tell(message) {
    const film = message.video ? ` ${word("video")}` : "";
    say(`${message.text.slice(0, 400)}${film}`);
  }

  ring() {
    if (document.hidden) this.title(this.unread + 1);
  }

  title(unread) {
    this.unread = unread;
    document.title = unread ? `(${unread}) ${word("title")}` : word("title");
  }

  ended() {
    const { scrollHeight, scrollTop, clientHeight } = this.log;
    this.pinned = scrollHeight - scrollTop - clientHeight < NEAR;
    return this.pinned;
  }

  seen() {
    at("latest").hidden = true;
  }

  toEnd(atOnce = false) {
    this.pinned = true;
    this.seen();
    this.log.scrollTo({ top: this.log.scrollHeight, behavior: atOnce ? "instant" : "smooth" });
  }
}

// A number that grew is no news for those who listen.
const news = (before, now) => before.replace(/\d+/g, "") !== now.replace(/\d+/g, "");
