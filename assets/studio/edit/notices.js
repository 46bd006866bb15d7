// Tells beside each field where its text does not fit, or why it is refused.

import { Problem } from "../core/api.js";
import { refusal, skipReason } from "../core/errors.js";
import { words } from "../words/words.js";
/** @import { CardResult } from "../core/types.d.ts" */

const FIELDS = [
  { name: "headline", kind: "headline", roles: ["headline"] },
  { name: "bullets", kind: "bullet", roles: ["bullet"] },
  { name: "quote", kind: "quote", roles: ["quote", "speaker"] },
];

/**
 * Returns the note of each field, from the results of all cards and the texts of the form.
 * @param {CardResult[]} results
 * @param {Record<string, string>} texts
 * @returns {Record<string, string>}
 */
export function notesOf(results, texts) {
  const notes = Object.fromEntries(FIELDS.map((field) => [field.name, fit(field, results)]));
  const refused = results.flatMap(({ error }) => (error instanceof Problem && error.field) || []);
  for (const field of refused.slice(0, 1)) notes[placeOf(field)] = refusal(field, texts[placeOf(field)]);
  return notes;
}

/** @type {(field: { kind: string, roles: string[] }, results: CardResult[]) => string} */
const fit = ({ kind, roles }, results) => {
  const cards = results.filter((card) => card.kind === kind);
  const titles = (/** @type {CardResult[]} */ some) => some.map((card) => card.format.title);
  const skipped = cards.filter((card) => card.skipped !== undefined);
  const cut = cards.filter((card) => card.truncated?.some((role) => roles.includes(role)));
  if (skipped.length) {
    const reason = skipReason(kind, skipped[0].skipped);
    return skipped.length === cards.length ? words.editor.skippedAll(reason) : words.editor.skipped(titles(skipped), reason);
  }
  if (!cut.length) return "";
  return cut.length === cards.length ? words.editor.tooLongForAll : words.editor.tooLong(titles(cut));
};

/** Returns the field of the form that a field of an order belongs to, such as "quote" for `quotes[0].text`. */
function placeOf(/** @type {string} */ field) {
  if (field.startsWith("quote")) return "quote";
  return field.startsWith("bullet") ? "bullets" : field;
}
