// Names posts, and the fields and values in which two states of a post differ.

import { words } from "../words/words.js";
import { placeOf } from "./content.js";

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

const titleOf = (name, formats) => formats.find((format) => format.name === name)?.title ?? name;

/** Returns the value of a field in words. */
export function shownValue(/** @type {any} */ value, /** @type {any[]} */ formats) {
  if (value === undefined || value === null || value === "") return words.posts.nothing;
  if (typeof value === "string") return words.posts.states[value] ?? value;
  const shown = (one) => (typeof one === "number" ? percent(one) : one.text ? quoted(one) : titleOf(one, formats));
  if (Array.isArray(value)) return value.map(shown).join("\n");
  return value.text === undefined ? [words.posts.otherPhoto, value.credit].filter(Boolean).join(", ") : quoted(value);
}

const percent = (share) => `${Math.round(share * 100)} %`;
const quoted = ({ text, speaker, role }) => [text, [speaker, role].filter(Boolean).join(", ")].filter(Boolean).join(" — ");
