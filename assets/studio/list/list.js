// Lists the latest stories, or those that match a query.

import { listAddress } from "../core/addresses.js";
import { h } from "../core/dom.js";
import { poll } from "../core/poll.js";
import { nextFrame } from "../core/tasks.js";
import { words } from "../words/words.js";
import { results } from "./results.js";
import { placeholders } from "./row.js";
import { focusRow, focusedKey, showRows } from "./rows.js";
import { moveByArrows, searchField } from "./search.js";
/** @import { View } from "../core/router.js" */
/** @import { Place } from "../core/types.d.ts" */
/** @import { Found } from "./results.js" */

const WAITING = 6; // rows shown while the first page is loaded
const OPEN = 10_000; // ms between two refreshes

/** Shows the list. When the user comes back to it, it is as it was left. @type {View} */
export async function listView(main, { query = "" }, { signal, app }) {
  const left = app.memory.list?.found.text === query ? app.memory.list : null;
  const stories = results(left?.found ?? { text: query, stories: [] }, signal);
  const page = resultsPage(main, query, { signal, typed, entered, more });
  signal.addEventListener("abort", () => (app.memory.list = placeOf(page.rows, stories.found)));

  function typed() {
    history.replaceState(null, "", listAddress(page.text()));
    search();
  }

  /** Searches for the text in the field. Returns whether its rows are shown: not if that failed or the user typed on. */
  async function search() {
    const text = page.text();
    page.awaitRows();
    try {
      const found = await stories.search(text);
      const isShown = found && await page.show(found);
      return Boolean(isShown) && page.text() === text;
    } catch (error) {
      page.clear(text); // no row of an earlier search is left to be opened
      app.failed(error, search);
      return false;
    }
  }

  async function entered() {
    if (page.text() && (await search())) page.rows.querySelector("a")?.click();
  }

  async function more() {
    const before = stories.found.stories.length;
    const found = await stories.more().catch((error) => app.failed(error, more));
    if (!found) return;
    await page.show(found);
    page.rows.children[before]?.querySelector("a")?.focus();
  }

  async function refresh() {
    if (page.isAwaiting()) return; // the rows of a search are being built, which the refresh would end
    const found = page.text() === stories.found.text ? await stories.refresh() : null;
    if (found && page.text() === found.text) await page.show(found);
  }

  if (left) await restore(page, left);
  else {
    nextFrame().then(() => signal.aborted || page.input.focus({ preventScroll: true }));
    const found = await stories.search(query);
    if (found) await page.show(found);
  }
  const now = poll(refresh, { pause: () => OPEN, failed: app.failed, recovered: app.clearNotice, signal });
  if (left) await now();
}

/**
 * Fills `main`. Returns the field, the rows, and what shows results.
 * @param {HTMLElement} main
 * @param {string} query
 * @param {{ signal: AbortSignal, typed: () => void, entered: () => void, more: () => void }} listeners
 */
function resultsPage(main, query, { signal, typed, entered, more: onclick }) {
  const heading = h("h2", {}, words.find.recent);
  const count = h("p", { id: "found", role: "status", class: "quiet" });
  const rows = h("ol", { class: "stories" }, placeholders(WAITING));
  const more = h("button", { type: "button", class: "more", hidden: true, onclick }, words.find.more);
  const awaitRows = () => rows.setAttribute("aria-busy", "true");
  const isAwaiting = () => rows.hasAttribute("aria-busy");
  const { form, input } = searchField(query, { signal, started: awaitRows, typed, entered });
  moveByArrows(input, rows, more);
  const latest = h("div", { class: "latest" }, heading, count);
  main.replaceChildren(h("div", { class: "find" }, h("h1", {}, words.find.heading), form, latest, rows, more));

  let showing = new AbortController(); // ends the building of rows that are no longer wanted

  function clear(/** @type {string} */ text) {
    showing.abort();
    heading.textContent = text ? words.find.results(text) : words.find.recent;
    count.textContent = "";
    rows.replaceChildren();
    rows.removeAttribute("aria-busy");
    more.hidden = true;
  }

  /** Returns whether the rows are shown: not if others were wanted meanwhile. */
  async function show(/** @type {Found} */ found) {
    showing.abort();
    showing = new AbortController();
    const wanted = AbortSignal.any([signal, showing.signal]);
    if (found.stories.length) await showRows(rows, found.stories, wanted);
    else rows.replaceChildren(nothing(found.text));
    if (wanted.aborted) return false;
    heading.textContent = found.text ? words.find.results(found.text) : words.find.recent;
    count.textContent = countOf(found);
    rows.removeAttribute("aria-busy");
    more.hidden = !found.cursor;
    return true;
  }

  return { input, rows, show, clear, awaitRows, isAwaiting, text: () => input.value.trim() };
}

/** Returns what is needed to show the list again as it is now. @type {(rows: HTMLElement, found: Found) => Place} */
const placeOf = (rows, found) => ({ found, scroll: scrollY, focused: focusedKey(rows) });

async function restore(/** @type {ReturnType<typeof resultsPage>} */ page, /** @type {Place} */ { found, scroll, focused }) {
  await page.show(found);
  scrollTo(0, scroll);
  if (focused) focusRow(page.rows, focused);
}

/** Returns how many stories there are; deliveries that could not be read are none. */
function countOf(/** @type {Found} */ { stories, cursor, total }) {
  const known = stories.filter((story) => story.article_id).length;
  if (total !== undefined) return words.find.count(total);
  return cursor ? words.find.atLeast(known) : words.find.count(known);
}

function nothing(/** @type {string} */ text) {
  const [title, hint] = text ? [words.find.none, words.find.noneHint] : [words.find.empty, words.find.emptyHint];
  return h("li", { class: "nothing" }, h("strong", {}, title), h("p", {}, hint));
}
