// The log of the chat: messages in their order, what waits to be sent below them, and the newest in
// sight as long as nobody scrolled away.
import { at, make, say } from "./dom.js";
import { Drawn } from "./message.js";
import { clock, day, word } from "./words.js";

const NEAR = 120; // pixels from the end that count as the end

export class Chat {
  constructor(acts) {
    this.acts = {
      ...acts,
      film: (data) => this.film(data),
      words: (id) => this.drawn.get(id)?.message.text.slice(0, 160) ?? "",
    };
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
    const grown = new ResizeObserver(() => this.pinned && this.toEnd());
    for (const node of [this.list, this.log]) grown.observe(node);
  }

  fill(messages) {
    this.drawn.clear();
    this.day = "";
    this.list.replaceChildren(this.pending);
    for (const message of messages) this.add(message);
    this.empty();
    this.toEnd();
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
    this.place(message, drawn.node);
    if (this.pinned) this.toEnd();
    else at("latest").hidden = false;
  }

  place(message, node) {
    // In the order of the server's numbers, with the day above where it is another one.
    const later = (one) => one?.id && number(one.id) > number(message.id);
    if (later(this.pending.previousElementSibling))
      return [...this.list.children].find(later).before(node);
    const today = day(message.at);
    const before = this.day || day(Date.now() / 1000);
    this.day = today;
    this.pending.before(...(today === before ? [] : [make("p", { class: "day" }, today)]), node);
    return undefined;
  }

  film(data) {
    // The film that a button of the history stands for, where this chat still has it.
    const [, what, job] = data.split(":");
    if (what !== "history") return null;
    const made = ({ video, buttons }) =>
      video?.src && buttons.flat().some((one) => one.data.split(":")[2] === job);
    return [...this.drawn.values()].findLast(({ message }) => made(message))?.message.video ?? null;
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
    if (shown.length && this.pinned) this.toEnd();
  }

  waiting(entry) {
    const message = { id: `w${entry.id}`, from: "you", text: "", files: [], ...entry.shown };
    const drawn = new Drawn(message, this.acts);
    drawn.node.classList.add("waiting");
    drawn.foot.replaceChildren(
      make("time", {}, clock(message.at)),
      make("span", {}, word("sending")),
    );
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

  toEnd() {
    this.pinned = true;
    this.seen();
    this.log.scrollTop = this.log.scrollHeight;
  }
}

// A number that grew is no news for those who listen.
const news = (before, now) => before.replace(/\d+/g, "") !== now.replace(/\d+/g, "");

const number = (id) => Number(id.replace(/\D+/g, ""));
