// Tells the user that the story has changed while the page was open, with the old and the new words.

import { h } from "../core/dom.js";
import { words, wordIn } from "../words/words.js";
import { differences } from "./differences.js";
/** @import { Status, Store, Story } from "../core/types.d.ts" */

/** Fields of the story by the field of an edit that replaces them. @type {Record<string, string>} */
const REPLACED = { headline: "headline", kicker: "kicker", bullets: "bullets", quote: "quotes", photo: "image" };

/** Returns the banner, which is hidden while there is nothing to tell. */
export function changedBanner(/** @type {Store} */ store, /** @type {AbortSignal} */ signal) {
  const banner = h("div", { class: "changed", role: "alert", hidden: true });

  function show() {
    const { seen, story, status, edit } = store.get();
    const found = differences(seen, story);
    banner.hidden = !found.length;
    if (!found.length) return banner.replaceChildren();
    const own = Object.keys(edit.changes).map((field) => REPLACED[field]);
    return banner.replaceChildren(
      h("h2", {}, words.changes.heading),
      h("p", { class: "facts" }, by(status)),
      h("dl", {}, found.map((difference) => changed(difference, story, own.includes(difference.field)))),
      h("p", {}, status.state === "rendering" ? words.changes.rendering : words.changes.shown),
      h("button", { type: "button", onclick: () => store.set({ seen: store.get().story }) }, words.changes.done),
    );
  }

  store.subscribe(({ seen, story }) => (seen === story ? null : story), show, signal);
  store.subscribe(({ status }) => status, show, signal);
  show();
  return banner;
}

function by(/** @type {Status} */ { modified_at: moment, changed_by: name }) {
  const time = h("time", { datetime: moment, title: words.when(moment) }, words.ago(moment));
  return [time, name && h("span", {}, words.changes.by(name))];
}

/** @type {(difference: { field: string, was: string, is: string }, story: Story, isReplaced: boolean) => Element} */
function changed({ field, was, is }, { language: lang }, isReplaced) {
  const text = (/** @type {"del" | "ins"} */ tag, /** @type {string} */ label, /** @type {string} */ value) => [
    h("dt", { class: "unseen" }, label),
    h("dd", {}, value ? h(tag, { lang, dir: "auto" }, value) : h("i", {}, words.changes.nothing)),
  ];
  return h(
    "div", {},
    h("dt", {}, wordIn(words.changes.fields, field)),
    text("del", words.changes.was, was),
    text("ins", words.changes.is, is),
    isReplaced && h("dd", { class: "note" }, words.changes.yours),
  );
}
