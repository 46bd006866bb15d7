// Builds the bar over the cards: which kind is shown, and how the platforms look.

import { h } from "../core/dom.js";
import { words, wordIn } from "../words/words.js";
import { offered } from "./kinds.js";
/** @import { Store } from "../core/types.d.ts" */

const MODE = "storycard.mode";

/** Returns the appearance of the platforms that the user chose, or the system's. */
export const mode = () =>
  sessionStorage.getItem(MODE) ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

/** Returns the bar of the stage. The chosen kind goes into the store, the appearance onto the stage. */
export function toolbar(/** @type {Store} */ store, /** @type {HTMLElement} */ stage) {
  const kinds = choice(words.stage.show, ["all", ...offered(store.get())], store.get().kind, {
    title: (kind) => (kind === "all" ? words.stage.all : wordIn(words.kinds, kind)),
    chosen: (kind) => store.set({ kind }),
  });
  const modeNames = { light: words.stage.light, dark: words.stage.dark };
  const modes = choice(words.stage.mode, Object.keys(modeNames), mode(), {
    title: (name) => wordIn(modeNames, name),
    chosen(name) {
      stage.dataset.mode = name;
      sessionStorage.setItem(MODE, name);
    },
  });
  const zones = h("input", { type: "checkbox", checked: true, onchange: () => stage.classList.toggle("bare", !zones.checked) });
  return h("div", { class: "toolbar" }, kinds, modes, h("label", { class: "check" }, zones, words.stage.safe));
}

/**
 * Returns a row of buttons of which one is pressed.
 * @param {string} label
 * @param {string[]} names
 * @param {string} present
 * @param {{ title: (name: string) => string, chosen: (name: string) => void }} use
 */
function choice(label, names, present, { title, chosen }) {
  const buttons = names.map((name) => {
    const button = h("button", { type: "button", "aria-pressed": String(name === present), onclick: press }, title(name));
    function press() {
      for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
      chosen(name);
    }
    return button;
  });
  return h("div", { class: "choice", role: "group", "aria-label": label }, buttons);
}
