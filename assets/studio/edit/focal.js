// Shows the focal point on the photograph, which every card keeps and which dragging and arrow keys move.

import { h } from "../core/dom.js";
import { words } from "../words/words.js";
import { directionOf, followPointer } from "./pointing.js";

/**
 * Returns `{ element, show, drag }` of the point, which lies over `picture()`. Calls `moved([x, y])` after every move.
 * @param {() => Element} picture
 * @param {(at: number[]) => void} moved
 */
export function focalPoint(picture, moved) {
  const point = h("button", { type: "button", class: "point", onkeydown: step });
  let at = [0.5, 0.5];

  function show(/** @type {number[]} */ place) {
    at = place;
    point.style.setProperty("--x", `${at[0] * 100}%`);
    point.style.setProperty("--y", `${at[1] * 100}%`);
    const [across, down] = at.map((share) => Math.round(share * 100));
    point.setAttribute("aria-label", words.editor.focal(across, down));
  }

  function go(/** @type {number[]} */ place) {
    show(place.map((share) => Math.round(Math.min(1, Math.max(0, share)) * 1000) / 1000));
    moved(at);
  }

  function step(/** @type {KeyboardEvent} */ event) {
    const by = directionOf(event);
    if (by) go(at.map((share, axis) => share + by[axis]));
  }

  show(at);
  return { element: point, show, drag: (/** @type {PointerEvent} */ event) => followPointer(event, picture(), point, go) };
}
