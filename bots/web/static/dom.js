// Makes elements: words only ever as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on")
      for (const [event, told] of Object.entries(value)) node.addEventListener(event, told);
    else if (name === "class") node.className = value ?? "";
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined)
      node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function icon(name) {
  const node = document.createElementNS(SVG, "svg");
  node.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  node.append(use);
  return node;
}

export const at = (id) => document.getElementById(id);

export function say(words) {
  // For those who listen: the same words twice are heard twice.
  const said = at("said");
  said.textContent = "";
  requestAnimationFrame(() => (said.textContent = words));
}

export function toast(words) {
  if (!words) return;
  const node = make("p", { class: "toast" }, words);
  at("toasts").append(node);
  setTimeout(() => node.remove(), 4000 + 60 * words.length);
}

export const kept = (storage, key, otherwise) => {
  // What a browser keeps for this page; it may keep nothing at all.
  try {
    return JSON.parse(storage().getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
};

export const keep = (storage, key, value) => {
  try {
    storage().setItem(key, JSON.stringify(value));
  } catch {
    // a private window, or a full one: it lasts as long as the tab
  }
};

export const here = () => sessionStorage; // this tab, also after a reload
export const browser = () => localStorage; // all tabs, also after they were closed
