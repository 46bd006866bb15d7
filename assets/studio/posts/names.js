// Names posts, and the fields and values in which two states of a post differ.

import { words } from "../words/words.js";
import { placeOf } from "./content.js";

/** @type {Record<string, string>} */
const states = words.posts.states;

/** Returns what a post is called: its name, or the words that it changes. */
export function nameOf(/** @type {any} */ post) {
  const own = [post.changes, ...Object.values(post.format_changes)];
  const changed = own.map(({ headline, quote }) => headline || quote?.text).find(Boolean);
  return post.name || changed || (post.created_at ? words.posts.unnamed(post.created_at) : words.posts.heading);
}

/** Returns the name of a changed field, with that of its format. */
export function fieldName(/** @type {string} */ path, /** @type {any[]} */ formats) {
  const { field, format } = placeOf(path);
  const groups = [words.posts.fields, words.changes.fields, words.kinds, words.fields.names];
  const name = groups.map((/** @type {any} */ group) => group[field]).find(Boolean) ?? field;
  return format ? words.stage.named(name, titleOf(format, formats)) : name;
}

/** @type {(name: string, formats: any[]) => string} */
const titleOf = (name, formats) => formats.find((format) => format.name === name)?.title ?? name;

/** Returns the value of a field in words. @type {(value: any, formats: any[], path: string) => string} */
export function shownValue(value, formats, path) {
  if (value === undefined || value === null) return words.posts.nothing;
  const { field } = placeOf(path);
  if (value === "") return field === "theme" ? words.editor.ownTheme : words.changes.nothing;
  if (typeof value === "string") return field === "status" ? states[value] : value;
  const shown = (/** @type {any} */ one) =>
    (typeof one === "number" ? percent(one) : one.text ? quoted(one) : titleOf(one, formats));
  if (Array.isArray(value)) return value.map(shown).join("\n");
  return value.text === undefined ? [words.posts.otherPhoto, value.credit].filter(Boolean).join(", ") : quoted(value);
}

const percent = (/** @type {number} */ share) => `${Math.round(share * 100)} %`;
/** @type {(quote: import("../edit/order.js").Quote) => string} */
const quoted = ({ text, speaker, role }) => [text, [speaker, role].filter(Boolean).join(", ")].filter(Boolean).join(" — ");
