// Reads which cards of a story there are.

import { api, Problem } from "./api.js";
/** @import { Manifest, Status } from "./types.d.ts" */

export const PUBLIC = ["live", "rendering", "failed"]; // states in which there may be cards to take

/**
 * Returns the cards of the live version. The public manifest may come from a cache, and then is some seconds old.
 * @param {string} articleId
 * @param {Status} status
 * @param {Manifest | null | undefined} known
 * @param {AbortSignal} [signal]
 */
export async function manifestOf(articleId, { state, version }, known, signal) {
  if (!PUBLIC.includes(state) || !version) return null;
  if (known?.version === version) return known;
  try {
    return await api.version(articleId, version, signal);
  } catch (error) {
    if (!(error instanceof Problem)) throw error; // an older set has no manifest of its version
    return api.manifest(articleId, signal);
  }
}
