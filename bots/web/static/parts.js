// The parts of a message: words, films, pictures, files, how far a request is, and its buttons.
import { icon, make } from "./dom.js";
import { link, rich, safe } from "./rich.js";
import { clock, word } from "./words.js";

// Each part with what it depends on: drawn anew when that is another.
export const PARTS = [
  ["quote", ({ answers }, acts) => answers && acts.words(answers), quote],
  ["video", ({ video }) => video && [video.src, video.download, video.link, video.moving], video],
  ["picture", (message) => message.picture, picture],
  ["files", (message) => (message.files?.length ? message.files : null), files],
  ["words", ({ text, spans }) => text && [text, spans], words],
  [
    "status",
    ({ status: doing, text }) =>
      doing && { ...doing, left: text.includes(doing.left) ? "" : doing.left },
    status,
  ],
  ["document", (message) => message.document, paper],
  [
    "buttons",
    (message) => (message.buttons?.length ? [message.buttons, message.picture] : null),
    buttons,
  ],
];
const CALM = matchMedia("(prefers-reduced-motion: reduce)");
const ICONS = { video: "film", audio: "sound", image: "photo" };

function quote(message, acts) {
  return make("p", { class: "quote", dir: "auto" }, acts.words(message.answers));
}

function words(message, acts) {
  return make("div", { class: "words" }, ...rich(message.text, message.spans ?? [], acts.run));
}

function video({ video: film }) {
  const player = film.src ? (film.src.endsWith(".gif") ? moving(film) : playing(film)) : null;
  const save =
    film.download &&
    make(
      "a",
      { class: "action", href: film.download, download: "" },
      icon("load"),
      word("download"),
    );
  const url = safe(film.link ?? "");
  const open = url && link(url, icon("open"), word("open"));
  if (open) open.className = "action";
  const actions = [save, open].filter(Boolean);
  return make(
    "figure",
    { class: "film" },
    player,
    actions.length ? make("figcaption", { class: "actions" }, ...actions) : null,
  );
}

// A long chat has many films: each is asked for once it comes near.
const near = new IntersectionObserver(
  (seen) => {
    for (const { target } of seen.filter((one) => one.isIntersecting)) {
      target.preload = "metadata";
      near.unobserve(target);
    }
  },
  { rootMargin: "300px" },
);

const shape = ({ width, height }) => (width && height ? { width, height } : {});

function playing(film) {
  const src = `${film.src}#t=0.01`; // without it some phones show no first picture
  const label = film.alt || word("video");
  const still = {
    src,
    controls: true,
    playsinline: true,
    preload: "none",
    "aria-label": label,
  };
  const player = make("video", {
    ...still,
    ...shape(film),
    loop: film.moving,
    autoplay: film.moving && !CALM.matches,
  });
  player.muted = Boolean(film.moving);
  near.observe(player);
  return player;
}

const moving = (film) =>
  make("img", { src: film.src, alt: film.alt || word("video"), ...shape(film) });

function picture({ picture: shown }) {
  const image = make("img", { src: shown.src, alt: shown.alt ?? "", loading: "lazy" });
  return make("a", { class: "picture", href: shown.src, target: "_blank" }, image);
}

function files(message) {
  const shown = message.files.map((file) => {
    const inside = file.thumb ? thumb(file) : sheet(file);
    const href = file.ref ? `/files/${file.ref}` : null;
    return make(href ? "a" : "span", { class: "file", href, target: href && "_blank" }, inside);
  });
  return make("div", { class: `files of${shown.length}` }, ...shown);
}

export function thumb(file) {
  const image = make("img", { src: file.thumb, alt: file.name, draggable: "false" });
  image.addEventListener("error", () => image.replaceWith(sheet(file)), { once: true });
  return image;
}

export const sheet = (file) =>
  make("span", { class: "sheet" }, icon(ICONS[file.kind] ?? "file"), make("span", {}, file.name));

function status(message, acts, old, doing) {
  const node =
    old ??
    make(
      "div",
      { class: "status" },
      make("ol", { class: "steps" }),
      make("progress", { max: 100 }),
      make("p", { class: "left" }),
    );
  const [steps, bar, left] = node.children;
  const states = (doing.steps ?? []).map((step) =>
    make("li", { class: step.state, "aria-current": step.state === "now" && "step" }, step.label),
  );
  steps.replaceChildren(...states);
  bar.setAttribute("aria-label", doing.phase || word("working"));
  if (doing.percent === null || doing.percent === undefined) bar.removeAttribute("value");
  else bar.value = doing.percent;
  left.textContent = doing.left ?? "";
  left.hidden = !doing.left;
  return node;
}

function paper({ document: file }) {
  return make(
    "a",
    { class: "action paper", href: file.src, download: file.name },
    icon("file"),
    file.name,
  );
}

function buttons(message, acts) {
  const rows = message.buttons.map((row) =>
    make("div", { class: "row" }, ...row.map((one) => button(one, message, acts))),
  );
  return make("div", { class: "buttons" }, ...rows);
}

function button(one, message, acts) {
  const url = safe(one.url ?? "");
  if (url) return link(url, one.label);
  const film = message.picture ? null : acts.film(one.data);
  const node = make(
    "button",
    { type: "button", "data-key": one.data, class: film ? "still" : null },
    film ? still(film) : null,
    one.label,
  );
  node.addEventListener("click", () => {
    if (node.getAttribute("aria-busy") === "true") return;
    node.setAttribute("aria-busy", "true");
    acts.press(message.id, one.data, () => node.removeAttribute("aria-busy"));
  });
  return node;
}

function still({ src }) {
  const shown = { src: `${src}#t=1`, preload: "none", tabindex: "-1", "aria-hidden": "true" };
  const player = make("video", { ...shown, playsinline: true, muted: true });
  near.observe(player);
  return player;
}

export function foot(message, acts) {
  const when = make(
    "time",
    { datetime: new Date(message.at * 1000).toISOString() },
    clock(message.at),
  );
  const own = message.from === "you";
  const changeable = own && message.text && !message.text.startsWith("/");
  const act = (name, label, told) =>
    make(
      "button",
      { type: "button", class: "act", "aria-label": label, title: label, on: { click: told } },
      icon(name),
    );
  if (own)
    return [
      changeable && act("edit", word("edit"), () => acts.edit(message)),
      message.edited && make("span", {}, word("edited")),
      when,
    ].filter(Boolean);
  return [
    when,
    message.text && !message.status && act("reply", word("reply"), () => acts.answer(message)),
  ].filter(Boolean);
}
