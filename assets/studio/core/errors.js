// Puts errors into words that a person understands. Nothing of the API's own text is shown.

import { Offline, Problem, SignedOut } from "./api.js";
import { words } from "../words/words.js";

/** @type {Record<string, string>} */
const names = words.fields.names;

/** An error of the page itself, whose message is in the language of the interface. */
export class Told extends Error {}

/** Returns a sentence for any error. */
export function sentence(/** @type {unknown} */ error) {
  if (error instanceof Told) return error.message;
  if (error instanceof Offline) return words.problems.offline;
  if (error instanceof SignedOut) return words.signIn.ended;
  if (error instanceof Error && error.name === "TimeoutError") return words.problems.slow;
  if (!(error instanceof Problem)) return words.problems.server;
  const byName = /** @type {Record<string, string>} */ ({
    "article-unknown": words.problems.unknown,
    "article-withdrawn": words.article.withdrawn,
    "photo-unknown": words.problems.noPhoto,
    "card-skipped": words.skips.nothing,
    "story-changed": words.changes.refused,
    "card-unknown": words.problems.noCard,
    "post-unknown": words.problems.noPost,
    "posts-full": words.problems.postsFull,
    "approval-missing": words.problems.notApproved,
    "approval-by-author": words.problems.ownApproval,
    "quote-foreign": words.problems.foreignQuote,
  })[error.name];
  /** @type {Record<number, string>} */
  const statuses = { 403: words.problems.notAllowed, 429: words.problems.tooMany, 503: words.problems.busy };
  const byStatus = statuses[error.status];
  return byName ?? byStatus ?? (error.field ? words.fields.refused(fieldName(error.field)) : words.problems.server);
}

/** Returns a sentence about a text of the form that the API refused. */
export function refusal(/** @type {string} */ field, text = "") {
  if (!text.trim()) return words.fields.empty(fieldName(field));
  /** @type {Record<string, number>} */
  const limits = LONGEST;
  const most = limits[rootOf(field)];
  if (text.length > most) return words.fields.tooLong(fieldName(field), most);
  return words.fields.refused(fieldName(field));
}

/** The API's limits, in characters. */
export const LONGEST = { headline: 1000, kicker: 1000, bullet: 1000, bullets: 1000, quote: 10_000, quotes: 10_000 };

const { noFact, noQuote, tooLong, nothing } = words.skips;
/** @type {Record<string, string>} */
const BY_CODE = { "no-fact": noFact, "no-quote": noQuote, "too-long": tooLong, missing: nothing };
/** @type {Record<string, string>} */
const BY_KIND = { bullet: noFact, quote: noQuote };

/** Returns why a story has no card of a kind, from the code in a manifest or a problem; "" in a manifest older than codes. */
export function skipReason(/** @type {string} */ kind, code = "") {
  return BY_CODE[code] ?? BY_KIND[kind] ?? nothing;
}

/** Returns why a story or a delivery of the CMS failed, from the field of the article at fault, if there is one. */
export function failureReason(field = "") {
  return field ? words.fields.fromCms(fieldName(field)) : words.fields.failed;
}

const rootOf = (/** @type {string} */ field) => field.match(/^\w+/)?.[0] ?? "";
const fieldName = (/** @type {string} */ field) => names[rootOf(field)] ?? field;
