// Builds the head of a story's page: its headline, its state, and what that state means for its cards.

import { listAddress } from "../core/addresses.js";
import { h, icons } from "../core/dom.js";
import { failureReason } from "../core/errors.js";
import { words } from "../words/words.js";
import { noticeTexts } from "./notices.js";
/** @import { Child } from "../core/dom.js" */
/** @import { App, Status, Store, Story } from "../core/types.d.ts" */

/** Returns the link to the list as the user left it. */
export const back = (/** @type {App} */ app) =>
  h("a", { class: "back", href: listAddress(app.memory.list?.found.text) }, icons.back(), words.article.back);

/**
 * Returns the head, which follows the store. `buttons` stand beside the headline.
 * @param {Store} store
 * @param {Child} buttons
 * @param {AbortSignal} signal
 */
export function heading(store, buttons, signal) {
  const titles = h("div", { class: "titles" });
  const banners = h("div", { class: "banners", role: "status" });
  let told = ""; // what the banners say: they are announced only if that changes

  function show() {
    const { story, status, manifest } = store.get();
    titles.replaceChildren(...titlesOf(story, status));
    const lines = [...stateLines(status), ...noticeTexts(manifest).map((text) => ({ text, style: "notice" }))];
    if (JSON.stringify(lines) === told) return;
    told = JSON.stringify(lines);
    banners.replaceChildren(...lines.map(({ text, style }) => h("p", { class: `banner ${style}` }, text)));
  }

  store.subscribe((state) => state.story, show, signal);
  store.subscribe((state) => state.status, show, signal);
  store.subscribe((state) => state.manifest, show, signal);
  show();
  return [h("header", { class: "story-head" }, titles, buttons), banners];
}

function titlesOf(/** @type {Story} */ story, /** @type {Status} */ status) {
  const { kicker, headline, language: lang, direction: dir } = story;
  return [
    kicker && h("p", { class: "kicker", dir, lang }, kicker),
    h("h1", { dir, lang }, headline),
    h(
      "p", { class: "facts" },
      h("span", { class: `state ${status.state}` }, words.states[status.state]),
      moment(status.modified_at, words.article.changed),
      status.changed_by && h("span", {}, words.changes.by(status.changed_by)),
      moment(status.rendered_at, words.article.rendered),
      status.version && h("span", { class: "id", dir: "ltr", title: words.article.version }, status.version),
      h("span", { class: "id", dir: "ltr" }, story.article_id),
      link(story),
    ),
  ].filter((part) => part instanceof Element);
}

/** @type {(iso: string | undefined, text: (ago: string) => string) => Child} */
const moment = (iso, text) => iso && h("time", { datetime: iso, title: words.when(iso) }, text(words.ago(iso)));

function link(/** @type {Story} */ { canonical_url: href }) {
  const opens = h("span", { class: "unseen" }, ` ${words.article.opensTab}`);
  return href && h("a", { href, target: "_blank", rel: "noopener noreferrer" }, words.article.open, opens);
}

/** Returns what the story's state means for its cards, or nothing if it is live. */
function stateLines(/** @type {Status} */ status) {
  const text = {
    live: () => "",
    embargoed: () => words.article.embargoed(status.embargo_until ?? ""),
    draft: () => words.article.draft,
    withdrawn: () => words.article.withdrawn,
    failed: () => words.article.failed(failureReason(status.field)),
    rendering: () => words.article.rendering,
  }[status.state]();
  return text ? [{ text, style: status.state }] : [];
}
