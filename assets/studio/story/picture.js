// Shows the picture of a card, or says why there is none: there is no card, it failed, or it does not come.

import { h } from "../core/dom.js";
import { skipReason } from "../core/errors.js";
import { words } from "../words/words.js";
/** @import { Format, Result } from "../core/types.d.ts" */

/** Returns `{ element, show, wait, late }`. `show` takes a result of previews.js with the kind of the card. */
export function pictureOf(/** @type {Format} */ { width, height }) {
  const image = h("img", {
    alt: "", width, height, loading: "lazy", decoding: "async", hidden: true, onload: () => tell(""), onerror: broken,
  });
  const element = h("div", { class: "picture waiting" }, image);
  element.style.setProperty("--ratio", `${width} / ${height}`);
  let wanted = ""; // the address of the picture

  /** Shows a text over the picture, or removes it if there is none. */
  function tell(/** @type {string} */ text, canRetry = false) {
    element.querySelector(".told")?.remove();
    const retry = canRetry && h("button", { type: "button", onclick: load }, words.problems.retry);
    if (text) element.append(h("div", { class: "told" }, h("p", { class: "reason" }, text), retry));
  }

  function load() {
    tell("");
    image.hidden = false;
    image.src = wanted;
  }

  function broken() {
    image.hidden = true;
    tell(words.stage.broken, true);
  }

  return {
    element,
    show(/** @type {Result & { kind: string }} */ { url = "", kind, skipped, error, alt = words.stage.label }) {
      element.classList.remove("waiting");
      element.classList.toggle("none", !url);
      image.hidden = !url;
      image.alt = alt;
      wanted = url;
      if (!url) tell(skipped === undefined ? (error ? words.stage.failed : "") : skipReason(kind, skipped));
      else if (image.getAttribute("src") !== url) load();
    },
    wait: () => element.classList.add("waiting"),
    /** Tells that the picture takes long, if it is still awaited. */
    late() {
      const isLoading = !image.hidden && !image.complete;
      if (element.classList.contains("waiting") || isLoading) tell(words.stage.slow);
    },
  };
}
