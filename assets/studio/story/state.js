// Reads a story from the API: the article, its status and the cards of its live version.

import { api, Problem } from "../core/api.js";
import { ownTexts } from "./own_texts.js";

const PUBLIC = ["live", "rendering", "failed"]; // states in which there may be cards to take
const DESCRIBED = ["direction", "canonical_url"]; // fields of the status that belong to the story

/**
 * What is known of a story. `seen` is the story as the user knows it: the page tells how `story` differs.
 * @typedef {object} Known
 * @property {any} story
 * @property {string} articleEtag
 * @property {any} status
 * @property {any} manifest null without cards
 * @property {any} own the texts on the story's cards
 */

/** Tells how the page has to look: with cards to take, with previews only, or without any card. */
export function modeOf({ status: { state } }) {
  if (state === "withdrawn") return "withdrawn";
  return PUBLIC.includes(state) ? "public" : "preview";
}

/** Tells whether the cards are those of the newest words, and may be taken. */
export const isCurrent = ({ status, manifest }) => status.state === "live" && manifest?.version === status.version;

/**
 * Returns the present state of a story. What is known already and has not changed is kept as it is.
 * @param {string} articleId
 * @param {Partial<Known>} known
 * @param {AbortSignal} signal
 */
export async function readStory(articleId, known, signal) {
  const first = known.story ? null : articleOf(articleId, signal); // beside the status, to save a round trip
  first?.catch(() => {}); // thrown below, unless the status fails first
  const status = kept(known.status, await api.status(articleId, signal));
  const isKnown = known.story && (status.state === "withdrawn" || tagOf(status.article_etag) === known.articleEtag);
  const [read, manifest] = await Promise.all([
    isKnown ? null : first ?? articleOf(articleId, signal),
    manifestOf(articleId, status, known.manifest, signal),
  ]);
  const story = read ? kept(known.story, storyOf(read.article, status)) : known.story;
  const isSame = story === known.story && manifest === known.manifest;
  const articleEtag = read ? read.etag : known.articleEtag;
  return { story, articleEtag, status, manifest, own: isSame ? known.own : ownTexts(story, manifest) };
}

async function articleOf(articleId, signal) {
  const answer = await api.article(articleId, signal);
  return { article: await answer.json(), etag: tagOf(answer.headers.get("etag")) };
}

/** Returns the cards of the live version. The public manifest may come from a cache, and then is some seconds old. */
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

function storyOf(article, status) {
  const described = Object.fromEntries(DESCRIBED.filter((name) => status[name]).map((name) => [name, status[name]]));
  const empty = { bullets: [], quotes: [], questions: [] };
  return { ...empty, ...article, ...described, article_id: status.article_id, site: siteOf(article) };
}

const siteOf = ({ canonical_url: address, brand }) => (address ? new URL(address).hostname.replace(/^www\./, "") : brand ?? "");

/** Returns an ETag without its quotes and without the mark of a weak one, so that two of the same state are equal. */
const tagOf = (etag) => (etag ?? "").replace(/^W\//, "").replaceAll('"', "");

/** Returns `before` if nothing has changed, so that nobody who listens to it is called. */
const kept = (before, now) => (JSON.stringify(before) === JSON.stringify(now) ? before : now);
