// Builds the search field of the list, and moves the focus through the results by arrow keys.

import { h, icons } from "../core/dom.js";
import { words } from "../words/words.js";

const PAUSE = 180; // ms after the last keystroke before the request

/**
 * Returns `{ form, input }`. `started()` is called with every key, `typed()` after a pause in typing, `entered()` when the user
 * presses Enter.
 * @param {string} query
 * @param {{ started: () => void, typed: () => void, entered: () => void, signal: AbortSignal }} listeners
 */
export function searchField(query, { started, typed, entered, signal }) {
  const input = h("input", {
    type: "search", id: "query", name: "query", autocomplete: "off", spellcheck: false, dir: "auto",
    placeholder: words.find.placeholder, value: query, maxlength: "1000", "aria-describedby": "found",
  });
  let timer = 0;
  signal.addEventListener("abort", () => clearTimeout(timer));
  input.addEventListener("input", () => {
    clearTimeout(timer);
    started();
    timer = setTimeout(typed, PAUSE);
  });
  const onsubmit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    clearTimeout(timer);
    entered();
  };
  const label = h("label", { for: "query" }, words.find.label);
  return { form: h("form", { class: "search", role: "search", onsubmit }, label, icons.search(), input), input };
}

/**
 * Moves the focus between the field, the links of the rows and the button below them.
 * @param {HTMLInputElement} input
 * @param {HTMLElement} rows
 * @param {HTMLButtonElement} more
 */
export function moveByArrows(input, rows, more) {
  const go = (/** @type {HTMLElement | null} */ element, /** @type {KeyboardEvent} */ event) => {
    if (!element) return;
    event.preventDefault();
    element.focus();
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") go(rows.querySelector("a"), event);
  });
  rows.addEventListener("keydown", (event) => {
    const links = [...rows.querySelectorAll("a")];
    const at = links.findIndex((link) => link === document.activeElement);
    if (event.key === "ArrowDown") go(links[at + 1] ?? (more.hidden ? null : more), event);
    if (event.key === "ArrowUp") go(links[at - 1] ?? input, event);
  });
}
