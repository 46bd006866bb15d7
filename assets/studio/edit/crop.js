// Draws the crop of the photograph as a frame whose corners are dragged, or moved by arrow keys.

import { h } from "../core/dom.js";
import { words } from "../words/words.js";
import { directionOf, followPointer } from "./pointing.js";

const LEAST = 0.1; // of the photograph, in width and height
export const WHOLE = [0, 0, 1, 1];

// Each corner with the sides that it moves: [right, bottom].
const CORNERS = /** @type {[keyof typeof words.photo.corners, [boolean, boolean]][]} */ ([
  ["topLeft", [false, false]], ["topRight", [true, false]], ["bottomLeft", [false, true]], ["bottomRight", [true, true]],
]);

/** @typedef {number[]} Crop left, top, width and height, in shares of the photograph */

/** @type {(value: number, least: number, most: number) => number} */
const clamp = (value, least, most) => Math.min(most, Math.max(least, value));
const rounded = (/** @type {number} */ share) => Math.round(share * 1000) / 1000;

/**
 * Returns [start, length] of one axis with one of its ends moved.
 * @type {(start: number, length: number, isFar: boolean, by: number) => number[]}
 */
function withEnd(start, length, isFar, by) {
  const [near, far] = isFar ? [start, clamp(start + length + by, start + LEAST, 1)]
    : [clamp(start + by, 0, start + length - LEAST), start + length];
  return [rounded(near), rounded(far - near)];
}

/**
 * Returns the crop with one corner moved by [x, y], within the photograph.
 * @param {Crop} crop
 * @param {boolean[]} sides
 * @param {number[]} by
 */
export function withCorner([x, y, width, height], [isRight, isBottom], [byX, byY]) {
  const [left, wide] = withEnd(x, width, isRight, byX);
  const [top, high] = withEnd(y, height, isBottom, byY);
  return [left, top, wide, high];
}

/** Returns the crop moved by [x, y], within the photograph. @type {(crop: Crop, by: number[]) => Crop} */
export const withMove = ([x, y, width, height], [byX, byY]) =>
  [rounded(clamp(x + byX, 0, 1 - width)), rounded(clamp(y + byY, 0, 1 - height)), width, height];

/**
 * Returns `{ element, show }` of the frame, which lies over `picture()`. Calls `moved(crop)` after every move.
 * @param {() => Element} picture
 * @param {(crop: Crop) => void} moved
 */
export function cropFrame(picture, moved) {
  let crop = WHOLE;
  const handles = CORNERS.map(([corner, sides]) => handle(`corner ${corner}`, (by) => withCorner(crop, sides, by)));
  const frame = handle("crop-frame", (by) => withMove(crop, by));
  const element = h("div", { class: "cropping" }, frame, handles);

  /** @type {(style: string, change: (by: number[]) => Crop) => HTMLButtonElement} */
  function handle(style, change) {
    const go = (/** @type {number[]} */ by, from = crop) => {
      crop = from;
      show(change(by));
      moved(crop);
    };
    const onkeydown = (/** @type {KeyboardEvent} */ event) => {
      const by = directionOf(event);
      if (by) go(by);
    };
    const drag = (/** @type {PointerEvent} */ event) => {
      const from = crop;
      followPointer(event, picture(), button, (_, by) => go(by, from));
    };
    const button = h("button", { type: "button", class: style, onkeydown, onpointerdown: drag });
    return button;
  }

  function show(/** @type {Crop} */ next) {
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
