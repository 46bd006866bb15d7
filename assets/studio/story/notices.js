// Tells what the cards lack, and what reading the story lost or guessed, from the notices of a manifest.

import { words, wordIn } from "../words/words.js";
/** @import { Manifest } from "../core/types.d.ts" */

const nameOf = (field = "") => wordIn(words.fields.names, field.match(/^\w+/)?.[0] ?? "", field);

const BY_CODE = /** @type {Record<string, ((field?: string) => string) | undefined>} */ ({
  "photo-lost": () => words.notices.lostPhoto,
  "photo-without-room": () => words.notices.noRoom,
  unsigned: () => words.notices.unsigned,
  markup: (field) => words.notices.markup(nameOf(field)),
});

/**
 * Returns a sentence for each notice, without repetitions.
 * @param {Pick<Manifest, "notices" | "notice_codes"> | null} manifest whose notices may have no codes if it is an older one
 */
export function noticeTexts(manifest) {
  const { notices = [], notice_codes: known } = manifest ?? {};
  /** @type {{ code: string, field?: string }[]} */
  const codes = known ?? notices.map(() => ({ code: "" }));
  return [...new Set(codes.map(({ code, field }) => BY_CODE[code]?.(field) ?? words.notices.other))];
}
