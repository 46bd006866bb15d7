// Fetches the pages of the list. Of several requests at once, only the newest counts.
/** @import { Page, Summary } from "../core/types.d.ts" */

import { api } from "../core/api.js";

/**
 * What was found: the stories for a text, and the cursor of the next page.
 * @typedef {{ text: string, stories: Summary[], cursor?: string, total?: number }} Found
 */

/**
 * Returns `search`, `more` and `refresh`. Each resolves to what is found now, or to null if a newer request took its place.
 * @param {Found} found
 * @param {AbortSignal} signal
 */
export function results(found, signal) {
  let request = new AbortController();
  let isRunning = false;

  /**
   * @param {string} text
   * @param {string | undefined} cursor
   * @param {(page: Page) => Found} next
   */
  async function ask(text, cursor, next) {
    request.abort();
    const own = (request = new AbortController());
    const wanted = AbortSignal.any([signal, own.signal]);
    isRunning = true;
    try {
      const page = await api.articles(text, cursor, wanted);
      if (wanted.aborted) return null;
      found = next(page);
      return found;
    } catch (error) {
      if (wanted.aborted) return null;
      throw error;
    } finally {
      if (request === own) isRunning = false;
    }
  }

  return {
    get found() { return found; },
    search: (/** @type {string} */ text) => ask(text, "", ({ articles, ...page }) => ({ ...page, text, stories: articles })),
    more: () => ask(found.text, found.cursor, ({ articles, cursor }) => (
      { ...found, cursor, stories: [...found.stories, ...without(articles, found.stories)] }
    )),
    /** Reads the first page again, unless the user waits for something else. Later pages stay. */
    async refresh() {
      return isRunning ? null : ask(found.text, "", (page) => refreshed(page, found));
    },
  };
}

/**
 * Returns what is found after the first page was read again: the older stories stay, and so does the place after them.
 * @param {Page} page
 * @param {Found} found
 * @returns {Found}
 */
function refreshed({ articles, cursor, total }, { text, stories, cursor: last }) {
  const end = articles.length ? stories.findIndex((story) => keyOf(story) === keyOf(articles[articles.length - 1])) : -1;
  const older = cursor && end >= 0 ? without(stories.slice(end + 1), articles) : [];
  return { text, total, stories: [...articles, ...older], cursor: older.length ? last : cursor };
}

/** Returns what names a row: the story, or the delivery of the CMS that could not be read. @type {(story: Summary) => string} */
export const keyOf = (story) => story.article_id ?? `delivery ${story.delivery}`;

function without(/** @type {Summary[]} */ stories, /** @type {Summary[]} */ known) {
  const keys = new Set(known.map(keyOf));
  return stories.filter((story) => !keys.has(keyOf(story)));
}
