// The list of commands, from its button or as soon as somebody types a slash, and the languages.
import { at, make } from "./dom.js";
import { post } from "./wire.js";
import { known, word } from "./words.js";

export class Menu {
  // `run` sends a command.
  constructor(run) {
    this.run = run;
    this.panel = at("commands");
    this.byKey = false;
    this.panel.addEventListener("keydown", (event) => this.step(event));
    this.panel.addEventListener("toggle", (event) => this.toggled(event.newState === "open"));
    at("text").addEventListener("keydown", (event) => this.enter(event));
  }

  speak() {
    const items = known.commands.map((command) =>
      make(
        "button",
        {
          type: "button",
          class: "choice",
          "data-text": command.text,
          on: { click: () => this.choose(command.text) },
        },
        make("b", { dir: "ltr" }, command.text),
        make("span", {}, command.says),
      ),
    );
    this.panel.replaceChildren(...items);
    const options = known.languages.map(({ code, name }) =>
      make("option", { value: code, lang: code, selected: code === known.language }, name),
    );
    at("language").replaceChildren(...options);
    at("language").value = known.language;
  }

  toggled(open) {
    if (!open) this.byKey = false;
    if (this.byKey) return;
    this.panel.classList.remove("typed");
    if (open) this.filter("");
    if (open) this.items()[0]?.focus();
  }

  typed(words) {
    const asks = /^\/\S*$/.test(words);
    const some = asks && this.filter(words) > 0;
    if (some && !this.panel.matches(":popover-open")) {
      this.byKey = true;
      this.panel.classList.add("typed");
      this.panel.showPopover();
    }
    if (!some && this.byKey) this.panel.hidePopover();
  }

  filter(words) {
    for (const item of this.panel.children) item.hidden = !item.dataset.text.startsWith(words);
    return this.items().length;
  }

  items() {
    return [...this.panel.children].filter((item) => !item.hidden);
  }

  enter(event) {
    if (!this.byKey || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    this.items()
      .at(event.key === "ArrowDown" ? 0 : -1)
      ?.focus();
  }

  step(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    const items = this.items();
    const next = items.indexOf(document.activeElement) + steps[event.key];
    items.at(next % items.length)?.focus();
  }

  choose(text) {
    const typed = this.byKey;
    this.panel.hidePopover();
    if (typed) at("text").value = "";
    at("text").focus();
    this.run(text, typed);
  }
}

export function languages(changed, failed) {
  at("language").addEventListener("change", async () => {
    try {
      await post("/api/language", { language: at("language").value });
      await changed();
    } catch (problem) {
      at("language").value = known.language;
      failed(problem.text || word("lost"));
    }
  });
}
