// Tells how much of a text is left in each network.

import { h } from "../core/dom.js";
import { words } from "../words/words.js";

/** @type {Record<string, string>} */
const names = words.platforms;
const SHORT = 500; // higher limits are shown once half of them is used

/**
 * Returns a list, whose `show` fills it for a text once the list is on the screen or the text is changed: most pages do not need
 * how networks count, which takes a while to load.
 */
export function limitsOf(/** @type {string} */ id, /** @type {(error: Error) => void} */ failed) {
  const element = h("ul", { class: "limits", id });
  const seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && count().catch(failed));
  seen.observe(element);
  /** @type {string | null} */ let latest = null;

  function show(/** @type {string} */ text) {
    const isChanged = latest !== null && text !== latest;
    latest = text;
    if (isChanged) count().catch(failed);
  }

  async function count() {
    seen.disconnect();
    const { NETWORKS } = await import("./weights.js");
    const text = latest ?? "";
    const counted = NETWORKS.map(({ name, most, count: lengthOf }) => ({ name, most, left: most - lengthOf(text) }));
    const near = counted.filter(({ most, left }) => left < most / 2 || most <= SHORT);
    element.replaceChildren(...near.map(({ name, left }) =>
      h("li", { class: left < 0 ? "over" : "" }, words.post.left(names[name], left))));
  }

  return { element, show };
}
