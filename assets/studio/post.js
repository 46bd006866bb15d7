// Suggests a text to post with the card, and counts its characters by each network's rules.

import { h, icons } from "./dom.js";
import { copy } from "./take.js";
import { words } from "./words.js";

const ADDRESS = /https?:\/\/\S+/g;
const letters = new Intl.Segmenter();
const count = (text) => [...letters.segment(text)].length;
// An address counts as 23 characters on X and Mastodon, whatever its length. X counts characters outside Latin and similar scripts twice.
const LIMITS = [
  ["X", 280, (text) => weighed(text.replace(ADDRESS, "x".repeat(23)))],
  ["Bluesky", 300, count],
  ["Mastodon", 500, (text) => count(text.replace(ADDRESS, "x".repeat(23)))],
];

export function postText(story, failed) {
  const limits = h("ul", { class: "limits", id: "limits" });
  const input = h("textarea", { id: "post", rows: 6, dir: "auto", lang: story.language, "aria-describedby": "limits", value: suggested(story), oninput: show });

  function show() {
    limits.replaceChildren(...LIMITS.map(([name, most, length]) => {
      const left = most - length(input.value);
      return h("li", { class: left < 0 ? "over" : "" }, words.post.left(name, left));
    }));
  }

  show();
  const button = h("button", { type: "button", onclick: () => copy(input.value, words.take.done.post).catch(failed) }, icons.copy(), words.post.copy);
  return h("section", { class: "post", "aria-labelledby": "post-heading" }, h("h2", { id: "post-heading" }, words.post.heading), h("div", { class: "field" }, h("label", { for: "post" }, words.post.label), input, limits), h("p", { class: "quiet" }, words.post.hint), button);
}

export const suggested = ({ deck, summary, headline, canonical_url: address }) => [deck || summary || headline, address].filter(Boolean).join("\n\n");

function weighed(text) {
  let weight = 0;
  for (const { segment } of letters.segment(text)) weight += /\p{Extended_Pictographic}/u.test(segment) || segment.codePointAt(0) > 0x10ff ? 2 : 1;
  return weight;
}
