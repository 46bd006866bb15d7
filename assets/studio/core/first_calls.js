// Begins the calls for a story's page, while its modules are still being loaded.

import { api } from "./api.js";
import { manifestOf } from "./manifest.js";
import { nextTask } from "./tasks.js";

/** @typedef {ReturnType<typeof firstCalls>} FirstCalls */

/**
 * Calls for everything that a story's page shows first, and waits for none of it, to save round trips. Each call begins in a task
 * of its own. What fails is thrown where it is awaited.
 * @param {string} article
 * @param {AbortSignal} [signal]
 */
export function firstCalls(article, signal) {
  let turn = nextTask();
  /** @type {<Answer>(call: () => Promise<Answer>) => Promise<Answer>} */
  const begin = (call) => {
    const answer = turn.then(call);
    turn = turn.then(nextTask);
    answer.catch(() => {});
    return answer;
  };
  const status = begin(() => api.status(article, signal));
  const manifest = status.then((known) => manifestOf(article, known, null, signal));
  manifest.catch(() => {});
  return {
    status,
    manifest,
    article: begin(() => api.article(article, signal)),
    catalogue: begin(() => api.catalogue(signal)),
    posts: begin(() => api.posts(article, signal)),
  };
}
