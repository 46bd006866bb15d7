// Moves things on a picture by the pointer and by arrow keys, in shares of the picture.

const STEP = 0.02;
const FAR = 0.1; // with Shift
/** @type {Record<string, number[]>} */
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Returns how far an arrow key moves, as [x, y]; nothing for another key. */
export function directionOf(/** @type {KeyboardEvent} */ event) {
  const move = MOVES[event.key];
  if (!move) return undefined;
  event.preventDefault();
  return move.map((direction) => direction * (event.shiftKey ? FAR : STEP));
}

/**
 * Calls `follow(at, by)` while the pressed pointer moves: where it is, and how far it has come. `held` gets the focus.
 * @param {PointerEvent} event
 * @param {Element} picture
 * @param {HTMLElement} held
 * @param {(at: number[], by: number[]) => void} follow
 */
export function followPointer(event, picture, held, follow) {
  if (event.button !== 0) return;
  event.preventDefault();
  event.stopPropagation(); // a handle lies on the picture, which follows the pointer too
  held.focus();
  const box = picture.getBoundingClientRect();
  /** @type {(event: PointerEvent) => number[]} */
  const at = ({ clientX, clientY }) => [(clientX - box.left) / box.width, (clientY - box.top) / box.height];
  const start = at(event);
  const move = (/** @type {PointerEvent} */ moved) => {
    const now = at(moved);
    follow(now, now.map((share, axis) => share - start[axis]));
  };
  const ended = new AbortController();
  const target = /** @type {HTMLElement} */ (event.currentTarget);
  target.setPointerCapture(event.pointerId);
  target.addEventListener("pointermove", move, { signal: ended.signal });
  for (const end of ["pointerup", "pointercancel"]) target.addEventListener(end, () => ended.abort(), { signal: ended.signal });
  follow(start, [0, 0]);
}
