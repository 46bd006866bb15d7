// Keeps the rows of the list up to date, without moving the focus or rebuilding what has not changed.

import { words } from "../words/words.js";
import { keyOf } from "./results.js";
import { row } from "./row.js";

/** @import { Summary } from "../core/types.d.ts" */

/** @type {WeakMap<Element, Summary>} */
const shownIn = new WeakMap(); // row -> its story

/** Returns the key of a row's story; undefined for another element. */
function keyIn(/** @type {Element} */ element) {
  const story = shownIn.get(element);
  return story && keyOf(story);
}

/** Shows the stories in `list`. */
export function showRows(/** @type {HTMLElement} */ list, /** @type {Summary[]} */ stories) {
  const shown = new Map([...list.children].map((one) => [keyIn(one), one]));
  const focused = focusedKey(list);
  const wanted = stories.map((story) => {
    const known = shown.get(keyOf(story));
    if (known && JSON.stringify(shownIn.get(known)) === JSON.stringify(story)) return withTime(known);
    const built = row(story);
    shownIn.set(built, story);
    return built;
  });
  for (const child of [...list.children]) if (!wanted.includes(child)) child.remove();
  wanted.forEach((one, index) => {
    if (list.children[index] !== one) list.insertBefore(one, list.children[index] ?? null);
  });
  if (focused && !list.contains(document.activeElement)) focusRow(list, focused);
}

/** Returns the key of the story whose row has the focus, if any. */
export function focusedKey(/** @type {HTMLElement} */ list) {
  const focused = document.activeElement?.closest("li");
  return (focused && list.contains(focused) && keyIn(focused)) || null;
}

/** Moves the focus to the link of a story, if there is one. */
export function focusRow(/** @type {HTMLElement} */ list, /** @type {string} */ key) {
  const found = [...list.children].find((one) => keyIn(one) === key);
  found?.querySelector("a")?.focus({ preventScroll: true });
}

/** Brings the time of a row up to date. */
function withTime(/** @type {Element} */ known) {
  const time = known.querySelector("time");
  if (time) time.textContent = words.ago(time.dateTime);
  return known;
}
