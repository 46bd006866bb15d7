// Keeps the rows of the list up to date, without moving the focus or rebuilding what has not changed.

import { inTasks } from "../core/tasks.js";
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

/**
 * Shows the stories in `list`, whose new rows are built in short tasks, until the signal aborts.
 * @param {HTMLElement} list
 * @param {Summary[]} stories
 * @param {AbortSignal} signal
 */
export async function showRows(list, stories, signal) {
  const focused = focusedKey(list);
  const keys = new Set(stories.map(keyOf));
  for (const child of [...list.children]) if (!keys.has(keyIn(child) ?? "")) child.remove();
  const shown = new Map([...list.children].map((one) => [keyIn(one), one]));
  await inTasks(stories.map((story, index) => () => {
    const known = shown.get(keyOf(story));
    const isSame = known && JSON.stringify(shownIn.get(known)) === JSON.stringify(story);
    const wanted = isSame ? withTime(known) : row(story);
    shownIn.set(wanted, story);
    if (known && !isSame) known.replaceWith(wanted);
    if (list.children[index] !== wanted) list.insertBefore(wanted, list.children[index] ?? null);
  }), signal);
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
