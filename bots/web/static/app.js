// Puts the page together: words, chat, composer, outbox and the line to the server.
import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { at, make, toast } from "./dom.js";
import { Line } from "./line.js";
import { languages, Menu } from "./menu.js";
import { Outbox } from "./outbox.js";
import { get } from "./wire.js";
import { known, learn, word } from "./words.js";

const PATIENCE = 1200; // a line that comes back sooner was not lost
const SHOWN = 2000;
const line = new Line(heard, changed, () => !document.body.classList.contains("working"));
const pressed = new Map(); // what to do once a press is with the server

const outbox = new Outbox({ changed: waiting, sent, refused });
const menu = new Menu(run);
const composer = new Composer(
  outbox,
  (words) => menu.typed(words),
  () => chat.toEnd(),
);
const chat = new Chat({
  run,
  press: (message, data, done) => pressed.set(outbox.put("/api/press", { message, data }), done),
  edit: ({ id, text }) => composer.turn({ kind: "edit", id, text }),
  answer: ({ id, text }) => composer.turn({ kind: "answer", id, text }),
});

function run(text, typed = false) {
  const body = { text, files: [], answers: null };
  outbox.put("/api/messages", body, { text, files: [], at: Date.now() / 1000 });
  if (typed) composer.refresh();
  chat.toEnd();
}

function waiting() {
  chat.wait(outbox.entries);
}

function sent(entry, answer) {
  line.hurry();
  pressed.get(entry.id)?.();
  pressed.delete(entry.id);
  if (entry.shown) chat.linger(entry, answer.id);
}

function refused(entry, problem) {
  pressed.get(entry.id)?.();
  pressed.delete(entry.id);
  composer.back(entry, problem);
}

// What comes while the log is being read again is shown once more on top of it.
let meanwhile = null;

function heard(event, data) {
  if (event === "message" || event === "gone") meanwhile?.push([event, data]);
  HEARD[event]?.(data);
}

const HEARD = {
  message: (message) => chat.put(message),
  gone: ({ id }) => chat.gone(id),
  toast: ({ text }) => toast(text),
  here: ({ working }) => busy(working),
  reset: () => anew(),
};

function busy(working) {
  document.body.classList.toggle("working", working);
  at("state").textContent = word(working ? "working" : "ready");
}

// -- the line

let banner = 0;
let there = true;

function changed(open) {
  if (!open && !there && navigator.onLine) return; // it is told, or soon will be
  there = open;
  clearTimeout(banner);
  const shown = at("banner");
  if (!open) {
    banner = setTimeout(lost, navigator.onLine ? PATIENCE : 0);
    return;
  }
  if (shown.textContent) shown.textContent = word("back");
  shown.classList.add("well");
  banner = setTimeout(() => (shown.textContent = ""), SHOWN);
  outbox.hurry();
  composer.tray.hurry();
}

function lost() {
  const shown = at("banner");
  shown.classList.remove("well");
  shown.textContent = word("lost") || "…";
}

let loading = Promise.resolve(0);

function load() {
  loading = loading.catch(() => 0).then(read);
  return loading;
}

async function read() {
  meanwhile = [];
  const [{ messages, last }] = await Promise.all([get("/api/log"), learn()]);
  speak();
  chat.fill(messages);
  for (const [event, data] of meanwhile) HEARD[event](data);
  meanwhile = null;
  waiting();
  return last;
}

async function anew() {
  // Until it is there: whoever opens the page while the server is away only has to wait.
  for (let pause = 500; ; pause = Math.min(pause * 2, 5000)) {
    try {
      return await load();
    } catch {
      changed(false);
      await new Promise((done) => setTimeout(done, pause));
    }
  }
}

function speak() {
  menu.speak();
  composer.speak();
  busy(document.body.classList.contains("working"));
  const wishes = [1, 2, 3].map((number) => word(`wish_${number}`)).filter(Boolean);
  at("wishes").replaceChildren(
    ...wishes.map((wish) =>
      make(
        "button",
        { type: "button", class: "wish", on: { click: () => composer.write(wish) } },
        wish,
      ),
    ),
  );
  at("samples").hidden = !known.samples.length;
  at("samples-row").replaceChildren(...known.samples.map(sample));
}

function sample({ name, src }, index) {
  const label = word("sample", { number: index + 1 });
  const image = make("img", { src: `/static/${name}`, alt: "", width: 64, height: 64 });
  const take = async () => {
    const blob = await fetch(src)
      .then((response) => response.blob())
      .catch(() => null);
    if (blob) composer.take([new File([blob], name, { type: "image/jpeg" })]);
    else toast(word("failed"));
  };
  return make(
    "button",
    { type: "button", class: "sample", "aria-label": label, on: { click: take } },
    image,
  );
}

addEventListener("beforeunload", (event) => composer.tray.waiting && event.preventDefault());

async function begin() {
  languages(load, toast);
  const last = await anew();
  outbox.flush();
  await line.follow(last);
}

begin();
