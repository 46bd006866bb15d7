// Moves one of several boxes by the pointer to the place of another one.

/**
 * Returns the index of the box whose middle is nearest to a point of the page.
 * @param {{ left: number, top: number, right: number, bottom: number }[]} boxes
 * @param {{ clientX: number, clientY: number }} point
 */
export function nearest(boxes, { clientX, clientY }) {
  const distances = boxes.map(({ left, top, right, bottom }) =>
    Math.hypot((left + right) / 2 - clientX, (top + bottom) / 2 - clientY));
  return distances.indexOf(Math.min(...distances));
}

/**
 * Follows the pointer from its press on one of the elements, and calls `dropped(to)` if it is let go at the place of another.
 * @param {PointerEvent} event
 * @param {Element[]} elements
 * @param {number} from the index of the one that is dragged
 * @param {(to: number) => void} dropped
 */
export function dragAmong(event, elements, from, dropped) {
  if (event.button !== 0) return;
  event.preventDefault();
  const grip = /** @type {HTMLElement} */ (event.currentTarget);
  const ended = new AbortController();
  const { signal } = ended;
  let to = from;
  const mark = () => elements.forEach((element, at) => {
    element.classList.toggle("is-dragged", at === from);
    element.classList.toggle("is-target", at === to && to !== from);
  });
  const end = () => {
    ended.abort();
    for (const element of elements) element.classList.remove("is-dragged", "is-target");
  };
  grip.setPointerCapture(event.pointerId);
  grip.addEventListener("pointermove", (over) => {
    to = nearest(elements.map((element) => element.getBoundingClientRect()), over);
    mark();
  }, { signal });
  grip.addEventListener("pointerup", () => {
    end();
    if (to !== from) dropped(to);
  }, { signal });
  grip.addEventListener("pointercancel", end, { signal });
  mark();
}
