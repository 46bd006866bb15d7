// Moves the facts of a carousel on the stage: by a grip, by dragging the slide with a mouse, or by buttons.

import { focusOn, h, icons, say } from "../core/dom.js";
import { dragAmong } from "../edit/dragging.js";
import { withMoved } from "../edit/facts.js";
import { changesIn, filled, withChanges } from "../edit/order.js";
import { words } from "../words/words.js";
import { CAROUSEL } from "./kinds.js";
/** @import { History, State as Page, Store } from "../core/types.d.ts" */
/** @import { Card } from "./card.js" */

const FIRST = 2; // the number of the slide with the first fact

/** @typedef {Pick<Page, "edit" | "scope"> & { story: { bullets: string[] } }} State */

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
 * @param {{ store: Store, history: History }} view
 */
export function slideMover({ store, history }) {
  return function makeMovable(/** @type {Card} */ card) {
    const [series, number] = card.kind.split("-");
    const format = card.format.name;
    const index = Number(number) - FIRST;
    const count = slideFacts(store.get(), format).length;
    if (series !== CAROUSEL || index < 0 || index >= count) return;
    const slides = () => Array.from({ length: count }, (_, at) => `[data-card="${CAROUSEL}-${at + FIRST}-${format}"]`)
      .flatMap((name) => card.figure.parentElement?.querySelector(name) ?? []);

    function move(/** @type {number} */ to) {
      history.change("", withSlideMoved(store.get(), format, index, to));
      focusOn(slides()[to], `${to < index ? ".earlier" : ".later"}:enabled`, ".slide-moves button:enabled");
      say(words.stage.moved(index + FIRST, to + FIRST));
    }

    /** @type {(style: string, label: string, to: number, glyph: Element) => HTMLButtonElement} */
    const mover = (style, label, to, glyph) => {
      const isPossible = to >= 0 && to < count;
      const attributes = { type: "button", class: `${style} quiet-button`, "aria-label": label, disabled: !isPossible };
      return h("button", { ...attributes, onclick: () => move(to) }, glyph);
    };
    const drag = (/** @type {PointerEvent} */ event) => dragAmong(event, slides(), index, move);
    const byMouse = (/** @type {PointerEvent} */ event) => {
      const isOnButton = event.target instanceof Element && event.target.closest("button");
      if (event.pointerType === "mouse" && !isOnButton) drag(event);
    };
    card.figure.querySelector("figcaption")?.append(h(
      "span", { class: "slide-moves" },
      mover("earlier", words.stage.earlier(index + FIRST), index - 1, icons.back()),
      h("span", { class: "grip", "aria-hidden": "true", onpointerdown: drag }, icons.grip()),
      mover("later", words.stage.later(index + FIRST), index + 1, icons.next()),
    ));
    card.figure.classList.add("is-movable");
    card.frames.forEach(({ element }) => element.addEventListener("pointerdown", byMouse));
  };
}
