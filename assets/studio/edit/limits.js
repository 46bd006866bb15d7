// Tells how much of a text is left in each network.

import { h } from "../core/dom.js";
import { words } from "../words/words.js";

/** @type {Record<string, string>} */
const names = words.platforms;
const SHORT = 500; // higher limits are shown once half of them is used

/** Returns a list, whose `show` fills it for a text. How networks count is loaded here, since most pages do not need it. */
export function limitsOf(/** @type {string} */ id, /** @type {(error: Error) => void} */ failed) {
  const element = h("ul", { class: "limits", id });
  const networks = import("./weights.js").then(({ NETWORKS }) => NETWORKS);
  let latest = "";

  async function show(/** @type {string} */ text) {
    latest = text;
    const counted = (await networks).map(({ name, most, count }) => ({ name, most, left: most - count(text) }));
    if (text !== latest) return;
    const near = counted.filter(({ most, left }) => left < most / 2 || most <= SHORT);
    element.replaceChildren(...near.map(({ name, left }) =>
      h("li", { class: left < 0 ? "over" : "" }, words.post.left(names[name], left))));
  }

  return { element, show: (/** @type {string} */ text) => show(text).catch(failed) };
}
