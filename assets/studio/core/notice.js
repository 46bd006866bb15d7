// Shows what went wrong at the top of the page, and keeps everything that was typed.

import { Problem } from "./api.js";
import { h } from "./dom.js";
import { sentence } from "./errors.js";
import { words } from "../words/words.js";

const GONE = [400, 404, 410];

/**
 * Shows an error in `place`. `retry`, if given, gets a button.
 * @param {HTMLElement} place
 * @param {unknown} error
 * @param {() => unknown} [retry]
 */
export function showError(place, error, retry) {
  const again = () => {
    place.replaceChildren();
    retry?.();
  };
  const isGone = error instanceof Problem && GONE.includes(error.status);
  place.replaceChildren(h(
    "div", { class: "trouble", role: "alert" },
    h("p", {}, sentence(error)),
    retry && h("button", { type: "button", onclick: again }, words.problems.retry),
    isGone && h("a", { href: "#/" }, words.problems.home),
  ));
}
