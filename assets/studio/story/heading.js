// Builds the head of a story's page: its headline, its state, and what that state means.

import { h, icons } from "../core/dom.js";
import { failureReason } from "../core/errors.js";
import { words } from "../words/words.js";

export const back = () => h("a", { class: "back", href: "#/" }, icons.back(), words.article.back);

export function heading(story) {
  const { kicker, headline, language: lang, direction: dir } = story;
  return h(
    "div", { class: "titles" },
    kicker && h("p", { class: "kicker", dir, lang }, kicker),
    h("h1", { dir, lang }, headline),
    h("p", { class: "facts" }, state(story), when(story), h("span", { class: "id", dir: "ltr" }, story.article_id), link(story)),
  );
}

const state = (story) => h("span", { class: `state ${story.state}` }, words.states[story.state]);

const when = ({ modified_at: moment }) =>
  moment && h("time", { datetime: moment, title: words.when(moment) }, words.ago(moment));

function link({ canonical_url: href }) {
  const opens = h("span", { class: "unseen" }, ` ${words.article.opensTab}`);
  return href && h("a", { href, target: "_blank", rel: "noopener noreferrer" }, words.article.open, opens);
}

/** Returns what the story's state means for its cards, or nothing if it is live. */
export function stateBanner(story) {
  const text = {
    embargoed: () => words.article.embargoed(story.embargo_until),
    draft: () => words.article.draft,
    withdrawn: () => words.article.withdrawn,
    failed: () => words.article.failed(failureReason(story.reason)),
    rendering: () => words.article.rendering,
  }[story.state];
  return text ? [h("p", { class: `banner ${story.state}` }, text())] : [];
}
