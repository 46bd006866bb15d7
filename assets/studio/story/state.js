// Reads a story from the API: the article, its status and the cards of its live version.

import { api } from "../core/api.js";
import { manifestOf, PUBLIC } from "../core/manifest.js";
import { ownTexts } from "./own_texts.js";
/** @import { FirstCalls } from "../core/first_calls.js" */
/** @import { Article, Known, Manifest, Status, Story } from "../core/types.d.ts" */

const DESCRIBED = /** @type {const} */ (["direction", "canonical_url"]); // fields of the status that belong to the story

/** Tells how the page has to look: with cards to take, with previews only, or without any card. */
export function modeOf(/** @type {Pick<Known, "status">} */ { status: { state } }) {
  if (state === "withdrawn") return "withdrawn";
  return PUBLIC.includes(state) ? "public" : "preview";
}

/**
 * Tells whether the cards are those of the newest words, and may be taken.
 * @template {Pick<Known, "status" | "manifest">} Of
 * @param {Of} state
 * @returns {state is Of & { manifest: Manifest }}
 */
export function isCurrent(state) {
  return state.status.state === "live" && state.manifest?.version === state.status.version;
}

/**
 * Returns the present state of a story. What is known already and has not changed is kept as it is.
 * @param {string} articleId
 * @param {Known | null} known
 * @param {AbortSignal} signal
 * @param {FirstCalls} [calls] that have begun, if nothing is known
 * @returns {Promise<Known>}
 */
export async function readStory(articleId, known, signal, calls) {
  const status = kept(known?.status, await (calls?.status ?? api.status(articleId, signal)));
  const read = async () => {
    const { article, etag } = await (calls?.article ?? api.article(articleId, signal));
    return { story: kept(known?.story, storyOf(article, status)), articleEtag: tagOf(etag) };
  };
  const isKnown = known && (status.state === "withdrawn" || tagOf(status.article_etag) === known.articleEtag);
  const [{ story, articleEtag }, manifest] = await Promise.all([
    isKnown ? known : read(),
    calls?.manifest ?? manifestOf(articleId, status, known?.manifest, signal),
  ]);
  const isSame = story === known?.story && manifest === known.manifest;
  return { story, articleEtag, status, manifest, own: isSame ? known.own : ownTexts(story, manifest) };
}

/** @type {(article: Article, status: Status) => Story} */
function storyOf(article, status) {
  const described = Object.fromEntries(DESCRIBED.filter((name) => status[name]).map((name) => [name, status[name]]));
  const empty = { bullets: [], quotes: [], questions: [] };
  return { ...empty, ...article, ...described, article_id: status.article_id, site: siteOf(article) };
}

/** @type {(article: Article) => string} */
const siteOf = ({ canonical_url: address, brand = "" }) => (address ? new URL(address).hostname.replace(/^www\./, "") : brand);

/** Returns an ETag without its quotes and without the mark of a weak one, so that two of the same state are equal. */
const tagOf = (/** @type {string | null} */ etag) => (etag ?? "").replace(/^W\//, "").replaceAll('"', "");

/**
 * Returns `before` if nothing has changed, so that nobody who listens to it is called.
 * @type {<Value>(before: Value | undefined, now: Value) => Value}
 */
const kept = (before, now) => (before && JSON.stringify(before) === JSON.stringify(now) ? before : now);
