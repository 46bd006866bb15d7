// Builds one row of the list of stories.
/** @import { Summary } from "../core/types.d.ts" */

import { storyAddress } from "../core/addresses.js";
import { h } from "../core/dom.js";
import { failureReason } from "../core/errors.js";
import { thumbnail } from "../core/thumbnail.js";
import { words } from "../words/words.js";

/** Returns the row of a story, or of a delivery of the CMS that could not be read and has no page. */
export function row(/** @type {Summary} */ story) {
  const { language, direction: dir } = story;
  const body = h(
    "div", {},
    story.kicker && h("p", { class: "kicker", lang: language, dir }, story.kicker),
    h("p", { class: "headline", ...(story.headline && { lang: language, dir }) }, story.headline ?? words.find.unreadable),
    facts(story),
    story.reason && h("p", { class: "reason" }, failureReason(story.field)),
  );
  if (!story.article_id) return h("li", { class: "row" }, blank("!"), body);
  return h("li", { class: "row" }, h("a", { href: storyAddress(story.article_id) }, picture(story), body));
}

function facts(/** @type {Summary} */ { state, embargo_until: embargo, modified_at: modified, article_id: id, delivery }) {
  return h(
    "p", { class: "facts" },
    h("span", { class: `state ${state}` }, words.states[state]),
    embargo && state === "embargoed" && h("span", {}, words.find.until(embargo)),
    h("time", { datetime: modified, title: words.when(modified) }, words.ago(modified)),
    h("span", { class: "id", dir: "ltr" }, id ?? delivery),
  );
}

function picture(/** @type {Summary} */ { thumbnail: card, headline = "" }) {
  const initial = [...headline.trim()][0] ?? "";
  if (!card) return blank(initial);
  const { width, height } = card;
  const onerror = () => image.replaceWith(blank(initial));
  const image = h("img", {
    class: "thumb", src: thumbnail(card), alt: "", width, height, loading: "lazy", decoding: "async", onerror,
  });
  return image;
}

const blank = (/** @type {string} */ letter) => h("span", { class: "thumb blank", "aria-hidden": "true" }, letter);

/** Returns rows that stand for those that are being loaded. */
export const placeholders = (/** @type {number} */ count) =>
  Array.from({ length: count }, () => h("li", { class: "row waiting", "aria-hidden": "true" }));
