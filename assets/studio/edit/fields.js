// Builds labelled fields of the form, each with a place for a note about what is wrong with its text.

import { h } from "../core/dom.js";
/** @import { Child } from "../core/dom.js" */

/**
 * @typedef {{ language?: string }} Story
 * @typedef {object} Field
 * @property {string} name of the element, and of its note
 * @property {string} label
 * @property {number} [rows]
 * @property {number} longest in characters
 * @property {(value: string) => void} typed
 */

/** Returns the attributes of a field in the story's language. */
export const speech = (/** @type {Story} */ story) => ({ dir: "auto", lang: story.language });

/** Returns an empty note, which announces its text when it gets one. */
export const note = (/** @type {string} */ name) => h("p", { class: "note", id: `note-${name}`, role: "status" });

/** Returns `{ field, input }` of a text of several lines. */
export function area(/** @type {Story} */ story, /** @type {Field} */ { name, label, rows, longest, typed }) {
  const input = h("textarea", {
    id: name, rows, maxlength: String(longest), "aria-describedby": `note-${name}`, ...speech(story),
    oninput: () => typed(input.value),
  });
  return { input, field: h("div", { class: "field" }, h("label", { for: name }, label), input, note(name)) };
}

/** Returns `{ field, input }` of a text of one line. */
export function line(/** @type {Story} */ story, /** @type {Field} */ { name, label, longest, typed }) {
  const input = h("input", {
    id: name, type: "text", maxlength: String(longest), autocomplete: "off", "aria-describedby": `note-${name}`,
    ...speech(story), oninput: () => typed(input.value),
  });
  return { input, field: h("div", { class: "field" }, h("label", { for: name }, label), input, note(name)) };
}

/** @type {(title: string, ...content: Child[]) => HTMLFieldSetElement} */
export const group = (title, ...content) => h("fieldset", {}, h("legend", {}, title), content);
export const hint = (/** @type {string} */ text) => h("p", { class: "quiet" }, text);

/** Sets the value of a field without moving the cursor in the one that is being typed in. */
export function fill(/** @type {HTMLInputElement | HTMLTextAreaElement} */ input, /** @type {string} */ value) {
  if (input.value !== value) input.value = value;
}
