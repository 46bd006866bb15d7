// Ties the form to the cards beside it: leads the keyboard to it, and keeps the card in view that is being edited.

import { focusOn, h } from "../core/dom.js";
import { words } from "../words/words.js";
/** @import { Store } from "../core/types.d.ts" */

const MARGIN = 12; // px above the card

/** The kind of card that shows what a field holds. */
const KINDS = {
  "#headline, #kicker, #scope, #theme, [id^='photo-']": "headline", ".facts-list": "bullet", "fieldset:has(#quotes)": "quote",
};

/** Returns the button that opens the form on a narrow screen: there it is a sheet over the cards, so that they stay visible. */
export function sheetButton(/** @type {HTMLElement} */ side) {
  const toggle = () => {
    const isOpen = side.classList.toggle("open");
    button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) document.querySelector(".stage .kind")?.scrollIntoView({ block: "start" }); // over the sheet
  };
  const attributes = { type: "button", class: "sheet", "aria-expanded": "false", "aria-controls": side.id, onclick: toggle };
  const button = h("button", attributes, words.editor.heading);
  return button;
}

/** Returns the button before the cards that leads the keyboard past them to the form. `sheet` opens the form if it is closed. */
export function skipToForm(/** @type {HTMLElement} */ side, /** @type {HTMLButtonElement} */ sheet) {
  const go = () => {
    if (getComputedStyle(side).display === "none") sheet.click();
    focusOn(side, "#headline");
  };
  return h("button", { type: "button", class: "to-form", onclick: go }, words.editor.skip);
}

/** Scrolls to the card that a field of the form changes, when the field is entered or typed in and the card is out of view. */
export function followEdits(/** @type {HTMLElement} */ side, /** @type {HTMLElement} */ stage, /** @type {Store} */ store) {
  const follow = (/** @type {Event} */ { target }) => {
    const field = /** @type {Element} */ (target);
    const kind = Object.entries(KINDS).find(([fields]) => field.closest(fields))?.[1];
    const { scope } = store.get();
    const picture = kind && (pictureOf(stage, `[data-card="${kind}-${scope}"]`) ?? pictureOf(stage, `[data-kind="${kind}"]`));
    if (!picture) return;
    const { top, bottom } = picture.getBoundingClientRect();
    // The sheet of a narrow screen lies over the cards.
    const end = getComputedStyle(side).position === "fixed" ? side.getBoundingClientRect().top : innerHeight;
    if (top < 0 || (bottom > end && top > MARGIN)) scrollBy({ top: top - MARGIN, behavior: "instant" });
  };
  side.addEventListener("focusin", follow);
  side.addEventListener("input", follow);
}

const pictureOf = (/** @type {Element} */ stage, /** @type {string} */ card) => stage.querySelector(`${card} .picture`);
