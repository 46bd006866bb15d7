// Keeps the open story true: asks for its status, and loads what has changed.

import { poll } from "../core/poll.js";
import { readStory } from "./state.js";
/** @import { Context } from "../core/router.js" */
/** @import { Store } from "../core/types.d.ts" */

const OPEN = 10_000; // ms between two questions
const MAKING = 2_000; // ms, while new cards are being made

/** Keeps the store up to date until the signal aborts. Returns `now()`, which resolves when the store is. */
export function keepLive(/** @type {Store} */ store, /** @type {Context} */ { app, signal }) {
  async function refresh() {
    const state = store.get();
    const news = await readStory(state.story.article_id, state, signal);
    if (!signal.aborted) store.set(news);
  }

  return poll(refresh, {
    pause: () => (store.get().status.state === "rendering" ? MAKING : OPEN),
    failed: app.failed,
    recovered: app.clearNotice,
    signal,
  });
}
