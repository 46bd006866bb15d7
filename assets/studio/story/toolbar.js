// Builds the bar over the cards: which kind is shown, and how the platforms look.

import { h } from "../core/dom.js";
import { words } from "../words/words.js";
import { offered } from "./kinds.js";

const MODE = "storycard.mode";

/** Returns the appearance of the platforms that the user chose, or the system's. */
export const mode = () =>
  sessionStorage.getItem(MODE) ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

/** Returns the bar of the stage. The chosen kind goes into the store, the appearance onto the stage. */
export function toolbar(store, stage) {
  const kinds = choice(words.stage.show, ["all", ...offered(store.get())], store.get().kind, {
    title: (kind) => (kind === "all" ? words.stage.all : words.kinds[kind]),
    chosen: (kind) => store.set({ kind }),
  });
  const modes = choice(words.stage.mode, ["light", "dark"], mode(), {
    title: (name) => words.stage[name],
    chosen(name) {
      stage.dataset.mode = name;
      sessionStorage.setItem(MODE, name);
    },
  });
  const zones = h("input", { type: "checkbox", checked: true, onchange: () => stage.classList.toggle("bare", !zones.checked) });
  return h("div", { class: "toolbar" }, kinds, modes, h("label", { class: "check" }, zones, words.stage.safe));
}

/** Returns a row of buttons of which one is pressed. */
function choice(label, names, present, { title, chosen }) {
  const buttons = names.map((name) => {
    const press = (event) => {
      for (const button of buttons) button.setAttribute("aria-pressed", String(button === event.currentTarget));
      chosen(name);
    };
    return h("button", { type: "button", "aria-pressed": String(name === present), onclick: press }, title(name));
  });
  return h("div", { class: "choice", role: "group", "aria-label": label }, buttons);
}
