// Names posts, and the fields and values in which two states of a post differ.

import { words, wordIn } from "../words/words.js";
import { placeOf } from "./content.js";
/** @import { Content } from "./content.js" */
/** @import { Photo, Quote } from "../edit/order.js" */

/** @typedef {{ name: string, title: string }[]} Formats */

/** Returns what a post is called: its name, or the words that it changes. */
export function nameOf(/** @type {Content & { created_at?: string }} */ post) {
  const own = [post.changes, ...Object.values(post.format_changes)];
  const changed = own.map(({ headline, quote }) => headline || quote?.text).find(Boolean);
  return post.name || changed || (post.created_at ? words.posts.unnamed(post.created_at) : words.posts.heading);
}

/** Returns the name of a changed field, with that of its format. */
export function fieldName(/** @type {string} */ path, /** @type {Formats} */ formats) {
  const { field, format } = placeOf(path);
  const groups = { ...words.fields.names, ...words.kinds, ...words.changes.fields, ...words.posts.fields };
  const name = wordIn(groups, field);
  return format ? words.stage.named(name, titleOf(format, formats)) : name;
}

/** @type {(name: string, formats: Formats) => string} */
const titleOf = (name, formats) => formats.find((format) => format.name === name)?.title ?? name;

/** Returns the value of a field in words. @type {(value: unknown, formats: Formats, path: string) => string} */
export function shownValue(value, formats, path) {
  if (value === undefined || value === null) return words.posts.nothing;
  const { field } = placeOf(path);
  if (value === "") return field === "theme" ? words.editor.ownTheme : words.changes.nothing;
  if (typeof value === "string") return field === "status" ? wordIn(words.posts.states, value) : value;
  if (Array.isArray(value)) return value.map((one) => (typeof one === "string" ? titleOf(one, formats) : partOf(one))).join("\n");
  return partOf(value);
}

/** Returns a share of the photograph, a quote or a photograph in words. */
function partOf(/** @type {unknown} */ value) {
  if (typeof value === "number") return `${Math.round(value * 100)} %`;
  const { text, speaker, role, credit } = /** @type {Partial<Quote & Photo>} */ (value);
  if (text === undefined) return [words.posts.otherPhoto, credit].filter(Boolean).join(", ");
  return [text, [speaker, role].filter(Boolean).join(", ")].filter(Boolean).join(" — ");
}
