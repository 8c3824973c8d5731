// The picked files: sent to the server at once, put in order, and taken back before the message
// goes.
import { at, here, icon, keep, kept, make, say } from "./dom.js";
import { orderable } from "./order.js";
import { sheet, thumb } from "./parts.js";
import { fresh, take, upload } from "./wire.js";
import { known, megabytes, word } from "./words.js";

const KEY = "tray";
const AT_ONCE = 2;
const FIRST = 1000;
const LONGEST = 15000;
const SHOWN = /^image\/(jpeg|png|gif|webp|avif|bmp)$/; // what every browser can draw by itself

export class Tray {
  // `changed` is told after each change, `notice` gets words about what could not be taken.
  constructor(changed, notice) {
    Object.assign(this, { changed, notice, items: [], pause: FIRST, timer: 0 });
    this.list = at("tray");
    for (const file of kept(here, KEY, [])) this.enter({ ...file, state: "up" });
    this.show();
  }

  get waiting() {
    return this.items.some((item) => item.state !== "up");
  }

  get files() {
    return this.items.map(({ ref, name, kind, thumb: small, bytes }) => ({
      ref,
      name,
      kind,
      thumb: small,
      bytes,
    }));
  }

  async add(files) {
    const { files: most, bytes } = known.limits;
    const said = new Set();
    const there = await Promise.all(files.map(readable));
    for (const [index, file] of files.entries()) {
      if (file.size > bytes)
        said.add(
          word("too_large", {
            name: file.name,
            size: megabytes(file.size),
            limit: megabytes(bytes),
          }),
        );
      else if (!there[index]) said.add(word("nothing_in_it", { name: file.name }));
      else if (this.items.length >= most) said.add(word("too_many", { count: most }));
      else
        this.enter({
          name: file.name,
          kind: file.type.split("/")[0],
          bytes: file.size,
          file,
          state: "waits",
        });
    }
    this.notice([...said].join(" "));
    this.show();
    this.work();
  }

  restore(files) {
    for (const file of files) this.enter({ ...file, state: "up" });
    this.show();
  }

  clear() {
    this.items = [];
    this.show();
  }

  enter(item) {
    item.key = fresh();
    if (item.file && SHOWN.test(item.file.type)) item.preview = URL.createObjectURL(item.file);
    this.items.push(item);
    this.draw(item);
  }

  draw(item) {
    const pick = make("button", { type: "button", class: "pick" });
    const bar = make("progress", { max: 1, value: 0, hidden: item.state === "up" });
    const off = make("button", { type: "button", class: "off" }, icon("close"));
    const node = make("li", { class: "item" }, pick, bar, off);
    Object.assign(item, { node, pick, bar, off });
    this.face(item);
    off.addEventListener("click", () => this.remove(item));
    orderable(this, item);
  }

  face(item) {
    const src = item.preview ?? item.thumb;
    item.pick.replaceChildren(src ? thumb({ ...item, thumb: src }) : sheet(item));
  }

  show() {
    const { items } = this;
    this.list.hidden = !items.length;
    for (const [index, item] of items.entries()) {
      if (this.list.children[index] !== item.node)
        this.list.insertBefore(item.node, this.list.children[index] ?? null);
      item.node.classList.toggle("up", item.state === "up");
      item.pick.setAttribute(
        "aria-label",
        word("item", { name: item.name, number: index + 1, count: items.length }),
      );
      item.off.setAttribute("aria-label", word("remove", { name: item.name }));
      item.bar.setAttribute("aria-label", word("uploading", { name: item.name }));
      item.bar.hidden = item.state === "up";
    }
    while (this.list.children.length > items.length) this.list.lastChild.remove();
    keep(
      here,
      KEY,
      this.files.filter((file) => file.ref),
    );
    this.changed();
  }

  // -- sending

  hurry() {
    this.pause = FIRST;
    this.work();
  }

  work() {
    clearTimeout(this.timer);
    this.timer = 0;
    const free = AT_ONCE - this.items.filter((item) => item.state === "moves").length;
    for (const item of this.items
      .filter((one) => one.state === "waits")
      .slice(0, Math.max(free, 0)))
      this.send(item);
  }

  async send(item) {
    item.state = "moves";
    const { answer, stop } = upload(item.file, (part) => (item.bar.value = part));
    item.stop = stop;
    try {
      Object.assign(item, await answer, { state: "up", file: null });
      this.pause = FIRST;
      if (!this.items.includes(item)) take(`/api/files/${item.ref}`).catch(() => undefined);
      else if (!item.preview) this.face(item);
    } catch (problem) {
      this.failed(item, problem);
    }
    this.show();
    if (!this.timer) this.work();
  }

  failed(item, problem) {
    if (!this.items.includes(item)) return;
    item.state = "waits";
    item.bar.value = 0;
    if (problem.status && problem.status !== 429) {
      this.notice(problem.text || word("failed"));
      this.leave(item);
      return;
    }
    if (problem.text) this.notice(problem.text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.work(), problem.retry ? problem.retry * 1000 : this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST);
  }

  // -- taking back and putting in order

  leave(item) {
    this.items = this.items.filter((one) => one !== item);
    item.node.remove();
    if (item.preview) URL.revokeObjectURL(item.preview);
  }

  remove(item) {
    const index = this.items.indexOf(item);
    this.leave(item);
    item.stop?.();
    if (item.ref) take(`/api/files/${item.ref}`).catch(() => undefined);
    this.show();
    say(word("removed", { name: item.name }));
    (this.items[Math.min(index, this.items.length - 1)]?.pick ?? at("text")).focus();
  }

  move(item, to) {
    const from = this.items.indexOf(item);
    if (to < 0 || to >= this.items.length || to === from) return false;
    this.items.splice(from, 1);
    this.items.splice(to, 0, item);
    this.show();
    say(word("moved", { name: item.name, number: to + 1, count: this.items.length }));
    return true;
  }
}

// An empty file is of no use, and a folder, or what has gone from the disk, cannot be read at all.
const readable = (file) =>
  file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      (first) => first.byteLength > 0,
      () => false,
    );
