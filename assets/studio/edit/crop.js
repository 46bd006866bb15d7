// Draws the crop of the photograph as a frame whose corners are dragged, or moved by arrow keys.

import { h } from "../core/dom.js";
import { words } from "../words/words.js";
import { directionOf, followPointer } from "./pointing.js";

const LEAST = 0.1; // of the photograph, in width and height
export const WHOLE = [0, 0, 1, 1];

// Each corner with the sides that it moves: [right, bottom].
const CORNERS = /** @type {[string, [boolean, boolean]][]} */ ([
  ["topLeft", [false, false]], ["topRight", [true, false]], ["bottomLeft", [false, true]], ["bottomRight", [true, true]],
]);

const clamp = (value, least, most) => Math.min(most, Math.max(least, value));
/** @typedef {number[]} Crop left, top, width and height, in shares of the photograph */

const rounded = (share) => Math.round(share * 1000) / 1000;

/** Returns [start, length] of one axis with one of its ends moved. */
function withEnd(start, length, isFar, by) {
  const [near, far] = isFar ? [start, clamp(start + length + by, start + LEAST, 1)]
    : [clamp(start + by, 0, start + length - LEAST), start + length];
  return [rounded(near), rounded(far - near)];
}

/** Returns the crop with one corner moved by [x, y], within the photograph. */
export function withCorner(/** @type {Crop} */ [x, y, width, height], [isRight, isBottom], [byX, byY]) {
  const [left, wide] = withEnd(x, width, isRight, byX);
  const [top, high] = withEnd(y, height, isBottom, byY);
  return [left, top, wide, high];
}

/** Returns the crop moved by [x, y], within the photograph. */
export const withMove = (/** @type {Crop} */ [x, y, width, height], [byX, byY]) =>
  [rounded(clamp(x + byX, 0, 1 - width)), rounded(clamp(y + byY, 0, 1 - height)), width, height];

/** Returns `{ element, show }` of the frame, which lies over `picture()`. Calls `moved(crop)` after every move. */
export function cropFrame(picture, moved) {
  let crop = WHOLE;
  const handles = CORNERS.map(([corner, sides]) => handle(`corner ${corner}`, (by) => withCorner(crop, sides, by)));
  const frame = handle("crop-frame", (by) => withMove(crop, by));
  const element = h("div", { class: "cropping" }, frame, handles);

  function handle(style, change) {
    const go = (by, from = crop) => {
      crop = from;
      show(change(by));
      moved(crop);
    };
    const onkeydown = (event) => {
      const by = directionOf(event);
      if (by) go(by);
    };
    const drag = (event) => {
      const from = crop;
      followPointer(event, picture(), button, (_, by) => go(by, from));
    };
    const button = h("button", { type: "button", class: style, onkeydown, onpointerdown: drag });
    return button;
  }

  function show(next) {
    crop = next;
    for (const [index, side] of ["left", "top", "width", "height"].entries()) {
      element.style.setProperty(`--${side}`, `${crop[index] * 100}%`);
    }
    const [wide, high] = crop.slice(2).map((share) => Math.round(share * 100));
    frame.setAttribute("aria-label", words.photo.frame(wide, high));
    for (const [index, [corner]] of CORNERS.entries()) handles[index].setAttribute("aria-label", words.photo.corners[corner]);
  }

  show(crop);
  return { element, show };
}
