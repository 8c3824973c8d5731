// What is to be sent, kept in the browser until the server has it: each with its own id, so that
// sending twice is sending once.
import { Away, fresh, post } from "./wire.js";
import { browser, keep, kept } from "./dom.js";

const KEY = "outbox";
const FIRST = 800;
const LONGEST = 15000;

export class Outbox {
  // `changed` is told when the list is another one, `sent` (entry, answer) and `refused` (entry,
  // problem) how it went.
  constructor({ changed, sent, refused }) {
    Object.assign(this, { changed, sent, refused, running: false, pause: FIRST, timer: 0 });
    addEventListener("storage", (event) => event.key === KEY && this.changed());
  }

  get entries() {
    return kept(browser, KEY, this.unkept ?? []);
  }

  set entries(list) {
    this.unkept = list;
    keep(browser, KEY, list);
    this.changed();
  }

  put(path, body, shown = null) {
    const entry = { id: fresh(), path, body, shown };
    if (path !== "/api/edit") entry.body = { ...body, id: entry.id };
    this.entries = [...this.entries, entry];
    this.flush();
    return entry.id;
  }

  drop(id) {
    this.entries = this.entries.filter((entry) => entry.id !== id);
  }

  hurry() {
    this.pause = FIRST;
    this.flush();
  }

  async flush() {
    if (this.running) return;
    this.running = true;
    clearTimeout(this.timer);
    try {
      for (let entry = this.entries[0]; entry; entry = this.entries[0]) await this.deliver(entry);
      this.pause = FIRST;
    } catch (problem) {
      const wait = problem.retry ? problem.retry * 1000 : this.pause;
      this.pause = Math.min(this.pause * 2, LONGEST);
      this.timer = setTimeout(() => this.flush(), wait);
    } finally {
      this.running = false;
    }
  }

  async deliver(entry) {
    try {
      const answer = await post(entry.path, entry.body);
      this.drop(entry.id);
      this.sent(entry, answer);
    } catch (problem) {
      if (problem instanceof Away || problem.status === 429) throw problem;
      this.drop(entry.id);
      this.refused(entry, problem);
    }
  }
}
