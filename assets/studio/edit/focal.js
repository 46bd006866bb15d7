// Shows the photograph with its focal point, which every crop keeps and which dragging and arrow keys move.

import { h } from "../core/dom.js";
import { words } from "../words/words.js";

const STEP = 0.02;
const FAR = 0.1; // with Shift
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Returns `{ element, show }`. Calls `moved([x, y])` after every move, in shares of the picture from its top left. */
export function focalPoint(url, moved) {
  const point = h("button", { type: "button", class: "point", onkeydown: step });
  const image = h("img", { src: url, alt: "", draggable: false });
  const field = h("div", { class: "focal", dir: "ltr", onpointerdown: drag }, image, point);
  let at = [0.5, 0.5];

  function show(place) {
    at = place;
    field.style.setProperty("--x", `${at[0] * 100}%`);
    field.style.setProperty("--y", `${at[1] * 100}%`);
    point.setAttribute("aria-label", words.editor.focal(...at.map((share) => Math.round(share * 100))));
  }

  function go(place) {
    show(place.map((share) => Math.round(Math.min(1, Math.max(0, share)) * 1000) / 1000));
    moved(at);
  }

  function drag(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    point.focus();
    const box = field.getBoundingClientRect();
    const follow = ({ clientX, clientY }) => go([(clientX - box.left) / box.width, (clientY - box.top) / box.height]);
    field.setPointerCapture(event.pointerId);
    field.addEventListener("pointermove", follow);
    const end = () => field.removeEventListener("pointermove", follow);
    field.addEventListener("pointerup", end, { once: true });
    field.addEventListener("pointercancel", end, { once: true });
    follow(event);
  }

  function step(event) {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    go(move.map((direction, axis) => at[axis] + direction * (event.shiftKey ? FAR : STEP)));
  }

  show(at);
  return { element: field, show };
}
