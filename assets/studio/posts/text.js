// Suggests a text to post with the card, and tells how much space is left on each network.

import { h, icons } from "../core/dom.js";
import { fill, speech } from "../edit/fields.js";
import { limitsOf } from "../edit/limits.js";
import { withText } from "../edit/order.js";
import { copyText } from "../take/clipboard.js";
import { words } from "../words/words.js";
/** @import { Story, Taking } from "../core/types.d.ts" */

/** Returns the text for a post with the story's own card. */
const suggested = (/** @type {Story} */ { deck, summary, headline, canonical_url: address }) =>
  [deck || summary || headline, address].filter(Boolean).join("\n\n");

/** Returns the section with the text, which is part of the edit. */
export function postText(/** @type {Taking} */ { store, history, take, failed, signal }) {
  const { story } = store.get();
  const usual = () => suggested(store.get().story);
  const limits = limitsOf("limits", failed);
  const type = () => history.change("text", withText(store.get().edit, input.value === usual() ? undefined : input.value));
  const input = h("textarea", { id: "post", rows: 6, ...speech(story), "aria-describedby": "limits", oninput: type });

  function show() {
    fill(input, store.get().edit.text ?? usual());
    limits.show(input.value);
  }

  store.subscribe(({ edit }) => edit.text, show, signal);
  store.subscribe((state) => state.story, show, signal);
  show();
  const copy = () => copyText(take(async () => input.value), words.take.done.post).catch(failed);
  return h(
    "section", { class: "post", "aria-labelledby": "post-heading" },
    h("h2", { id: "post-heading" }, words.post.heading),
    h("div", { class: "field" }, h("label", { for: "post" }, words.post.label), input, limits.element),
    h("p", { class: "quiet" }, words.post.hint),
    h("button", { type: "button", onclick: copy }, icons.copy(), words.post.copy),
  );
}
