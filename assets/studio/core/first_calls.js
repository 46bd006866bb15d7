// Begins the calls for a story's page, while its modules are still being loaded.

import { api } from "./api.js";

/** @typedef {ReturnType<typeof firstCalls>} FirstCalls */

/**
 * Calls at once for everything that a story's page shows first, to save round trips. What fails is thrown where it is awaited.
 * @param {string} article
 * @param {AbortSignal} [signal]
 */
export function firstCalls(article, signal) {
  const calls = {
    status: api.status(article, signal),
    article: api.article(article, signal),
    catalogue: api.catalogue(signal),
    posts: api.posts(article, signal),
  };
  for (const call of Object.values(calls)) call.catch(() => {});
  return calls;
}
