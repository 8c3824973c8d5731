// Hears what changes: one stream of events, taken up again by itself where it broke.

const QUIET = 40000; // the server says something every 15 s
const FIRST = 400;
const LONGEST = 3000;

export class Line {
  // `told` hears (event, data), `changed` true and false as the line comes and goes; `idle`
  // says whether a tab that nobody sees may let its line go: browsers keep six to a server in all.
  constructor(told, changed, idle) {
    Object.assign(this, { told, changed, idle, last: 0, pause: FIRST, control: null, wake: null });
    addEventListener("online", () => this.hurry());
    addEventListener("offline", () => this.control?.abort());
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
  }

  async follow(after) {
    this.last = after;
    for (;;) {
      await this.listen().catch(() => undefined);
      if (this.resting) await this.seen();
      else this.changed(false);
      await new Promise((done) => {
        this.wake = done;
        setTimeout(done, this.pause);
      });
      this.wake = null;
      this.pause = Math.min(this.pause * 2, LONGEST);
    }
  }

  get resting() {
    return document.hidden && this.idle();
  }

  async seen() {
    while (document.hidden)
      await new Promise((done) =>
        document.addEventListener("visibilitychange", done, { once: true }),
      );
  }

  hurry() {
    this.pause = FIRST;
    this.wake?.();
  }

  async listen() {
    this.control = new AbortController();
    const { signal } = this.control;
    const response = await fetch(`/api/events?after=${this.last}`, {
      headers: { Accept: "text/event-stream", "Last-Event-ID": String(this.last) },
      cache: "no-store",
      signal,
    });
    if (response.status === 401) location.reload();
    if (!response.ok) throw await this.refused(response);
    this.pause = FIRST;
    this.changed(true);
    await this.read(response.body.getReader());
  }

  async refused(response) {
    const { text } = await response.json();
    this.told("toast", { text });
    return new Error(text);
  }

  async read(reader) {
    const decoder = new TextDecoder();
    let text = "";
    for (;;) {
      const silence = setTimeout(() => this.control.abort(), QUIET);
      const { value, done } = await reader.read().finally(() => clearTimeout(silence));
      if (done || this.resting) return this.control.abort();
      text += decoder.decode(value, { stream: true });
      const blocks = text.replaceAll("\r\n", "\n").split("\n\n");
      text = blocks.pop();
      for (const block of blocks) this.take(block);
    }
  }

  take(block) {
    const found = { event: "message", data: [] };
    for (const row of block.split("\n")) {
      const [, name, value] = row.match(/^(\w+): ?(.*)$/) ?? [];
      if (name === "data") found.data.push(value);
      else if (name === "event" || name === "id") found[name] = value;
    }
    if (found.id) this.last = Number(found.id) || this.last;
    if (found.data.length) this.told(found.event, JSON.parse(found.data.join("\n")));
  }
}
