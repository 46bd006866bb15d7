// Puts the rarer buttons of the bar behind one on a narrow screen; on a wide one all of them stand in the bar (take.css).

import { h, icons } from "../core/dom.js";
/** @import { Child } from "../core/dom.js" */
import { words } from "../words/words.js";

const ITEMS = "more-items";

/**
 * Returns the button and its panel. Choosing, Escape, Tab past the end and a tap elsewhere close it; the first two lead the
 * keyboard back to the button.
 * @param {Child[]} items
 * @param {AbortSignal} signal
 */
export function moreButton(items, signal) {
  const button = h("button", { type: "button", class: "more-button", "aria-expanded": "false", "aria-controls": ITEMS });
  button.append(h("span", { class: "unseen" }, words.out.more), icons.more());
  const panel = h("div", { class: "more-items", id: ITEMS }, items);
  const isOpen = () => button.getAttribute("aria-expanded") === "true";
  const show = (/** @type {boolean} */ open) => button.setAttribute("aria-expanded", String(open));
  const goBack = () => {
    if (!isOpen()) return; // on a wide screen nothing is closed
    show(false);
    button.focus();
  };

  button.addEventListener("click", () => {
    show(!isOpen());
    if (isOpen()) panel.querySelector("button")?.focus();
  });
  // Before the click reaches an item: a dialog that it opens gives the focus back to what has it now.
  panel.addEventListener("click", goBack, true);
  const element = h("div", { class: "rarer" }, button, panel);
  element.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") goBack();
  });
  element.addEventListener("focusout", (/** @type {FocusEvent} */ { relatedTarget }) => {
    if (relatedTarget instanceof Node && !element.contains(relatedTarget)) show(false);
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (target instanceof Node && !element.contains(target)) show(false);
  }, { signal });
  return element;
}
