// Where a message is made: words, files, and which message it is about.
import { camera } from "./camera.js";
import { at, here, keep, kept, say, toast } from "./dom.js";
import { Tray } from "./tray.js";
import { known, megabytes, word } from "./words.js";

const KEY = "draft";
const GONE = 404; // files that were forgotten, or never sent for a day
const TOUCH = matchMedia("(pointer: coarse)"); // there Enter begins a line, as people have it

export class Composer {
  // `outbox` takes what is ready, `typed` hears each change of the words, `gone` when all went.
  constructor(outbox, typed, gone) {
    Object.assign(this, { outbox, typed, gone, about: null, wanted: false });
    this.text = at("text");
    const { text = "", about = null, aside = "" } = kept(here, KEY, {});
    Object.assign(this, { about, aside });
    this.text.value = text;
    this.tray = new Tray(
      () => this.refresh(),
      (words) => this.notice(words),
    );
    this.label();
    at("composer").addEventListener("submit", (event) => this.submit(event));
    this.text.addEventListener("input", () => this.refresh() || this.typed(this.text.value));
    this.text.addEventListener("keydown", (event) => this.key(event));
    at("about-close").addEventListener("click", () => this.turn(null));
    this.picking();
    this.dropping();
  }

  picking() {
    for (const button of ["attach", "hello-add"]) {
      at(button).addEventListener("click", () => at("picker").click());
    }
    camera((files) => this.take(files));
    for (const picker of [at("picker"), at("camera")]) {
      picker.addEventListener("change", () => {
        this.take([...picker.files]);
        picker.value = ""; // the same file may be picked once more
      });
    }
    document.addEventListener("paste", (event) => {
      const { files = [], types = [] } = event.clipboardData ?? {};
      if (!files.length || types.includes("text/plain")) return; // words bring a picture of them
      event.preventDefault();
      this.take([...files]);
    });
  }

  dropping() {
    const carries = (event) => event.dataTransfer?.types.includes("Files");
    const drop = at("drop");
    addEventListener("dragover", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      drop.hidden = false;
    });
    addEventListener("dragleave", (event) =>
      event.relatedTarget ? undefined : (drop.hidden = true),
    );
    addEventListener("drop", (event) => {
      drop.hidden = true;
      if (!carries(event)) return;
      event.preventDefault();
      this.take([...event.dataTransfer.files]);
    });
  }

  speak() {
    // Again in another language, or for the first time in any.
    at("picker").accept = known.limits.kinds ?? "";
    at("hello-limit").textContent = word("limit", {
      count: known.limits.files,
      size: megabytes(known.limits.bytes),
    });
    this.label();
    this.tray.show();
  }

  take(files) {
    this.tray.add(files);
    this.text.focus({ preventScroll: true });
  }

  write(words) {
    this.text.value = words;
    this.text.focus();
    this.refresh();
  }

  turn(about) {
    // Towards a message: an answer to it, or other words for it; what was begun lies aside so long.
    if (this.about?.kind === "edit") this.text.value = this.aside;
    this.aside = this.text.value;
    this.about = about;
    if (about?.kind === "edit") this.text.value = about.text;
    this.label();
    this.text.focus();
    this.refresh();
  }

  label() {
    const { about } = this;
    at("about").hidden = !about;
    const head = word(about?.kind === "edit" ? "editing" : "replying");
    at("about-text").textContent = about ? `${head} ${about.text.slice(0, 120)}` : "";
  }

  notice(words) {
    at("notice").textContent = words;
  }

  refresh() {
    const { value } = this.text;
    keep(here, KEY, { text: value, about: this.about, aside: this.aside });
    this.text.dir = value ? "auto" : known.direction; // an empty one shows the page's words
    if (!CSS.supports("field-sizing", "content")) {
      this.text.style.height = "auto";
      this.text.style.height = `${this.text.scrollHeight}px`;
    }
    const nothing = !value.trim() && !this.tray?.items.length;
    at("composer").classList.toggle("ready", !nothing);
    if (nothing) this.wanted = false;
    at("composer").classList.toggle("wanted", this.wanted);
    if (this.wanted && !this.tray.waiting) this.submit();
  }

  key(event) {
    if (event.key === "Escape" && this.about) this.turn(null);
    const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing && !TOUCH.matches;
    if (sends) this.submit(event);
  }

  submit(event) {
    event?.preventDefault();
    const text = this.text.value.trim();
    if (!text && !this.tray.items.length) return this.text.focus();
    this.wanted = this.tray.waiting;
    if (this.wanted) {
      this.notice(word("waits"));
      return at("composer").classList.add("wanted");
    }
    this.send(text);
  }

  send(text) {
    const { about, tray } = this;
    if (about?.kind === "edit") {
      if (text) this.outbox.put("/api/edit", { message: about.id, text });
    } else {
      const body = { text, files: tray.files.map((file) => file.ref), answers: about?.id ?? null };
      this.outbox.put("/api/messages", body, { text, files: tray.files, at: Date.now() / 1000 });
      tray.clear();
      this.text.value = "";
    }
    this.turn(null);
    this.notice("");
    this.typed("");
    this.gone();
  }

  back({ path, body, shown }, problem) {
    // What the server did not take lies here again, with its words about why.
    const words = problem.text || word("failed");
    if (path === "/api/press") return toast(words);
    this.text.value = [body.text, this.text.value].filter(Boolean).join("\n");
    if (problem.status !== GONE) this.tray.restore(shown?.files ?? []);
    this.notice(words);
    say(words);
    this.refresh();
  }
}
