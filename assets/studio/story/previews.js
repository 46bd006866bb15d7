// Fetches previews of changed cards, a few at once, and caches them.

import { api, Problem } from "../core/api.js";
/** @import { Result } from "../core/types.d.ts" */

const AT_ONCE = 6; // as many as a browser sends to one host over HTTP/1.1
const KEPT = 120; // pictures

/**
 * A preview that is wanted. `key` names what is on it, and `order` is what the API is sent for it.
 * @typedef {{ key: string, order: object, near: boolean, done?: boolean, show: (result: Result) => void }} Request
 */

/**
 * Returns `{ fetchAll, known }`. `fetchAll` aborts the requests that are not among the new ones, and the signal all of them.
 * @param {string} articleId
 * @param {AbortSignal} signal
 */
export function previews(articleId, signal) {
  /** @type {Map<string, Result>} */ const known = new Map(); // by key
  /** @type {Request[]} */ let wanted = [];
  /** @type {Map<string, AbortController>} */ const running = new Map(); // by key
  signal.addEventListener("abort", () => {
    fetchAll([]);
    for (const { url } of known.values()) if (url) URL.revokeObjectURL(url);
  });

  function fetchAll(/** @type {Request[]} */ requests) {
    const keys = new Set(requests.map((request) => request.key));
    for (const [key, controller] of running) if (!keys.has(key)) controller.abort();
    wanted = requests;
    pump();
  }

  function pump() {
    for (const request of wanted) {
      if (running.size >= AT_ONCE) return;
      if (!running.has(request.key) && !request.done) start(request);
    }
  }

  async function start(/** @type {Request} */ request) {
    const controller = new AbortController();
    running.set(request.key, controller);
    /** @type {Result | undefined} */ let result;
    try {
      result = known.get(request.key) ?? (await drawn(articleId, request.order, controller.signal));
      if (signal.aborted) return;
      keep(request.key, result);
    } catch (error) {
      if (!controller.signal.aborted) result = { error };
    }
    running.delete(request.key);
    for (const other of wanted) {
      if (result && other.key === request.key) {
        other.done = true;
        other.show(result);
      }
    }
    pump();
  }

  function keep(/** @type {string} */ key, /** @type {Result} */ result) {
    known.delete(key);
    known.set(key, result);
    if (known.size > KEPT) {
      const [[oldest, { url }]] = known;
      known.delete(oldest);
      if (url) URL.revokeObjectURL(url);
    }
  }

  return { fetchAll, known: (/** @type {string} */ key) => known.get(key) };
}

/** @type {(articleId: string, order: object, signal: AbortSignal) => Promise<Result>} */
async function drawn(articleId, order, signal) {
  try {
    const answer = await api.preview(articleId, order, signal);
    const truncated = (answer.headers.get("storycard-truncated") ?? "").split(", ").filter(Boolean);
    return { url: URL.createObjectURL(await answer.blob()), truncated };
  } catch (error) {
    if (error instanceof Problem && error.name === "card-skipped") return { skipped: error.code ?? "" };
    throw error;
  }
}
