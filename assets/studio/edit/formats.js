// Builds the choice of formats.

import { h } from "../core/dom.js";
import { words } from "../words/words.js";
import { group } from "./fields.js";

/**
 * Returns the group of checkboxes. `set(names)` is called with the chosen formats, of which there is always one.
 * @param {{ name: string, title: string }[]} formats
 * @param {(names: string[]) => void} set
 */
export function formatChoice(formats, set) {
  const boxes = formats.map(({ name }) => {
    const box = h("input", { type: "checkbox", value: name, onchange: () => choose(box) });
    return box;
  });
  const labels = formats.map(({ title }, index) => h("label", { class: "check" }, boxes[index], title));

  function choose(/** @type {HTMLInputElement} */ changed) {
    const names = boxes.filter((box) => box.checked).map((box) => box.value);
    if (names.length) set(names);
    else changed.checked = true;
  }

  return {
    element: group(words.editor.formats, h("div", { class: "checks" }, labels)),
    show(/** @type {string[]} */ names) {
      for (const box of boxes) box.checked = names.includes(box.value);
    },
  };
}
