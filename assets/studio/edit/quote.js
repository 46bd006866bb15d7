// Builds the fields of the quote: one of the story's, or another one that is typed.

import { h } from "../core/dom.js";
import { LONGEST } from "../core/errors.js";
import { isInArticle } from "../posts/quoted.js";
import { words } from "../words/words.js";
import { area, fill, group, hint, line, speech } from "./fields.js";
/** @import { Quote, Store } from "../core/types.d.ts" */

const PARTS = /** @type {const} */ (["text", "speaker", "role"]);

/** Tells whether two quotes say the same. @type {(one: Quote, other: Quote) => boolean} */
export const sameQuote = (one, other) => PARTS.every((part) => (one[part] ?? "") === (other[part] ?? ""));

/**
 * Returns the group of fields. `get()` returns the quote, and `set(quote, step)` changes it.
 * @param {Store} store
 * @param {() => Quote} get
 * @param {(quote: Quote, step: string) => void} set
 */
export function quoteFields(store, get, set) {
  const { story } = store.get();
  const quotes = () => store.get().story.quotes;
  const part = (/** @type {keyof Quote} */ name) => (/** @type {string} */ value) => set({ ...get(), [name]: value }, name);
  const text = area(story, {
    name: "quote", label: words.editor.quoteText, rows: 4, longest: LONGEST.quote, typed: part("text"),
  });
  const speaker = line(story, { name: "speaker", label: words.editor.speaker, longest: LONGEST.kicker, typed: part("speaker") });
  const role = line(story, { name: "role", label: words.editor.role, longest: LONGEST.kicker, typed: part("role") });
  const choices = h("select", { id: "quotes", ...speech(story), onchange: () => pick(Number(choices.value)) });
  const option = (/** @type {Quote} */ quote, /** @type {number} */ index) =>
    h("option", { value: String(index) }, `${quote.speaker || "?"}: ${quote.text}`);
  /** @type {Quote[]} */ let listed = []; // the quotes that can be chosen

  function pick(/** @type {number} */ index) {
    set(quotes()[index] ?? { text: "", speaker: "", role: "" }, "");
    if (index < 0) text.input.focus();
  }

  const foreign = h("p", { class: "note foreign", role: "status" });
  const choice = h("div", { class: "field" }, h("label", { for: "quotes" }, words.editor.pick), choices);
  return {
    element: group(words.editor.quotes, choice, text.field, foreign, speaker.field, role.field, hint(words.editor.quoteHint)),
    show() {
      const now = get();
      fill(text.input, now.text);
      fill(speaker.input, now.speaker ?? "");
      fill(role.input, now.role ?? "");
      const isForeign = now.text.trim() && !isInArticle(now.text, store.get().story);
      const warning = isForeign ? words.posts.notInArticle : "";
      if (foreign.textContent !== warning) foreign.textContent = warning;
      if (listed !== quotes()) {
        listed = quotes();
        choices.replaceChildren(...listed.map(option), h("option", { value: "-1" }, words.editor.ownQuote));
      }
      choices.value = String(listed.findIndex((one) => sameQuote(one, now)));
    },
  };
}
