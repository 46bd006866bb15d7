// Tells what the cards lack, and what reading the story lost or guessed, from the notices of a manifest.

import { words, wordIn } from "../words/words.js";

const KNOWN = /** @type {{ pattern: RegExp, text: (match: RegExpMatchArray) => string }[]} */ ([
  { pattern: /^The photograph could not be used/, text: () => words.notices.lostPhoto },
  { pattern: /^The photograph has no room/, text: () => words.notices.noRoom },
  { pattern: /^Content Credentials could not/, text: () => words.notices.unsigned },
  { pattern: /^([\w.[\]]+): read as mark-up/, text: ([, field]) => words.notices.markup(nameOf(field)) },
]);

const nameOf = (/** @type {string} */ field) => wordIn(words.fields.names, field.match(/^\w+/)?.[0] ?? "", field);

/** Returns a sentence for each notice, without repetitions. */
export function noticeTexts(/** @type {string[]} */ notices = []) {
  return [...new Set(notices.map(textOf))];
}

function textOf(/** @type {string} */ notice) {
  for (const { pattern, text } of KNOWN) {
    const match = notice.match(pattern);
    if (match) return text(match);
  }
  return words.notices.other;
}
