// Hands out cards only if they are those of the story's live version.

import { Problem } from "../core/api.js";
import { Told } from "../core/errors.js";
import { differences } from "../story/differences.js";
import { isCurrent } from "../story/state.js";
import { words } from "../words/words.js";
/** @import { Store } from "../core/types.d.ts" */

const OVERTAKEN = ["story-changed", "article-withdrawn"];

/**
 * Runs work with the live version of the story, if the page shows that one.
 * @typedef {<Taken>(work: (version: string) => Promise<Taken>) => Promise<Taken>} Gate
 */

/**
 * Returns `take(work)`, which asks for the live version and calls `work(version)` if the page shows that one. Otherwise the page
 * is brought up to date, and `take` throws what to tell the user.
 * @param {Store} store
 * @param {() => Promise<void>} refresh
 * @returns {Gate}
 */
export function gate(store, refresh) {
  return async function take(work) {
    const { manifest, story } = store.get();
    await refresh();
    const now = store.get();
    if (now.status.state === "withdrawn") throw new Told(words.article.withdrawn);
    if (!isCurrent(now)) throw new Told(now.status.state === "failed" ? words.changes.failed : words.changes.rendering);
    if (now.manifest !== manifest || differences(story, now.story).length) throw new Told(words.changes.refused);
    try {
      return await work(now.manifest.version);
    } catch (error) {
      if (!(error instanceof Problem && OVERTAKEN.includes(error.name))) throw error;
      await refresh();
      throw new Told(error.status === 410 ? words.article.withdrawn : words.changes.refused);
    }
  };
}
