// Moves the facts of a carousel on the stage: by a grip, by dragging the slide with a mouse, or by buttons.

import { h, icons, say } from "../core/dom.js";
import { dragAmong } from "../edit/dragging.js";
import { withMoved } from "../edit/facts.js";
import { changesIn, filled, withChanges } from "../edit/order.js";
import { words } from "../words/words.js";
import { CAROUSEL } from "./kinds.js";

const FIRST = 2; // the number of the slide with the first fact

/**
 * What is read of the state of a story's view. `scope` is the format that is changed alone, or "".
 * @typedef {{ story: { bullets: string[] }, edit: import("../edit/order.js").Edit, scope: string }} State
 */

/** Returns the facts on the slides of a format, in their order. @type {(state: State, format: string) => string[]} */
export const slideFacts = ({ story, edit }, format) => filled(changesIn(edit, format).bullets ?? story.bullets);

/**
 * Returns the edit with a fact of a format at another place: in this format only if it has facts of its own or is changed
 * alone, else in all formats.
 * @param {State} state
 * @param {string} format
 * @param {number} from
 * @param {number} to
 */
export function withSlideMoved(state, format, from, to) {
  const { story, edit, scope } = state;
  const place = scope === format || edit.formatChanges[format]?.bullets ? format : "";
  const usual = (place && edit.changes.bullets) || story.bullets;
  const facts = withMoved(slideFacts(state, format), from, to);
  return withChanges(edit, place, { bullets: facts.join("\n") === usual.join("\n") ? undefined : facts });
}

/**
 * Returns a function that makes the card of a slide with a fact movable.
 * @param {{ store: import("../core/store.js").Store, history: import("../core/history.js").History }} view
 */
export function slideMover({ store, history }) {
  return function makeMovable(/** @type {any} */ card) {
    const [series, number] = card.kind.split("-");
    const format = card.format.name;
    const index = Number(number) - FIRST;
    const count = slideFacts(store.get(), format).length;
    if (series !== CAROUSEL || index < 0 || index >= count) return;
    const slides = () => Array.from(
      { length: count }, (_, at) => card.figure.parentElement.querySelector(`[data-card="${CAROUSEL}-${at + FIRST}-${format}"]`),
    );

    function move(/** @type {number} */ to) {
      history.change("", withSlideMoved(store.get(), format, index, to));
      const target = slides()[to];
      const way = to < index ? ".earlier" : ".later";
      (target.querySelector(`${way}:enabled`) ?? target.querySelector(".slide-moves button:enabled")).focus();
      say(words.stage.moved(index + FIRST, to + FIRST));
    }

    /** @type {(style: string, label: string, to: number, glyph: Element) => any} */
    const mover = (style, label, to, glyph) => {
      const isPossible = to >= 0 && to < count;
      const attributes = { type: "button", class: `${style} quiet-button`, "aria-label": label, disabled: !isPossible };
      return h("button", { ...attributes, onclick: () => move(to) }, glyph);
    };
    const drag = (/** @type {PointerEvent} */ event) => dragAmong(event, slides(), index, move);
    const byMouse = (/** @type {any} */ event) => event.pointerType === "mouse" && !event.target.closest("button") && drag(event);
    card.figure.querySelector("figcaption").append(h(
      "span", { class: "slide-moves" },
      mover("earlier", words.stage.earlier(index + FIRST), index - 1, icons.back()),
      h("span", { class: "grip", "aria-hidden": "true", onpointerdown: drag }, icons.grip()),
      mover("later", words.stage.later(index + FIRST), index + 1, icons.next()),
    ));
    card.figure.classList.add("is-movable");
    card.figure.querySelector(".frames").addEventListener("pointerdown", byMouse);
  };
}
