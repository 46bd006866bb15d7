// Reads a story from the API: the article, its status and the cards of its live version.

import { api, Problem } from "../core/api.js";
import { ownTexts } from "./own_texts.js";
/** @import { FirstCalls } from "../core/first_calls.js" */
/** @import { Article, Known, Manifest, Status, Story } from "../core/types.d.ts" */

const PUBLIC = ["live", "rendering", "failed"]; // states in which there may be cards to take
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
    manifestOf(articleId, status, known?.manifest, signal),
  ]);
  const isSame = story === known?.story && manifest === known.manifest;
  return { story, articleEtag, status, manifest, own: isSame ? known.own : ownTexts(story, manifest) };
}

/**
 * Returns the cards of the live version. The public manifest may come from a cache, and then is some seconds old.
 * @param {string} articleId
 * @param {Status} status
 * @param {Manifest | null | undefined} known
 * @param {AbortSignal} signal
 */
async function manifestOf(articleId, { state, version }, known, signal) {
  if (!PUBLIC.includes(state) || !version) return null;
  if (known?.version === version) return known;
  try {
    return await api.version(articleId, version, signal);
  } catch (error) {
    if (!(error instanceof Problem)) throw error; // an older set has no manifest of its version
    return api.manifest(articleId, signal);
  }
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
