// Saves a post while it is edited: after a pause, one request at a time, and again after a failure.

import { mergeContents, sameContent } from "./content.js";

const PAUSE = 1_000; // ms after the last change
const RETRY = 5_000; // ms after a failure

/** @typedef {import("./content.js").Content} Content */

/**
 * Returns `{ request, flush, adopt, isUnsaved }`. The functions that it is given:
 * `read()` returns the content to save, or null while there is nothing to keep;
 * `create(content)` and `save(content, post)` send it, and resolve to the saved post;
 * `fetch(post)` resolves to the post as the server has it;
 * `show({ state, post, error, differences, theirs })` is told `saving`, `saved`, `failed` or `conflict`;
 * `merge(content)` takes another editor's changes into the edit.
 * @param {any} given
 * @param {{ pause?: number, retry?: number }} [times] in ms
 */
export function createSaver({ read, create, save, fetch, show, merge }, { pause = PAUSE, retry = RETRY } = {}) {
  let post = /** @type {any} */ (null); // as the server has it
  let sent = /** @type {any} */ (null); // what the last request saved, which the server may have tidied
  let timer = /** @type {any} */ (undefined);
  let running = /** @type {Promise<void> | null} */ (null);
  let stopped = false; // until the user has decided about a conflict

  const isSaved = (/** @type {Content | null} */ content) =>
    !content || [post, sent].some((one) => one && sameContent(content, one));
  const isUnsaved = () => (stopped ? read() !== null : !isSaved(read()));

  /** Saves after a pause. */
  function request(wait = pause) {
    clearTimeout(timer);
    if (stopped || isSaved(read())) return;
    show({ state: "saving", post });
    timer = setTimeout(flush, wait);
  }

  /** Saves now what is not saved yet. Resolves when the requests are done; check the state for the result. */
  function flush() {
    clearTimeout(timer);
    running ??= work().finally(() => (running = null));
    return running;
  }

  async function work() {
    for (let content = read(); !stopped && !isSaved(content); content = read()) {
      try {
        post = post ? await save(content, post) : await create(content);
        sent = content;
      } catch (error) {
        if (error.status !== 412) {
          fail(error);
          return;
        }
        if (!await reconcile(content)) return;
      }
    }
    if (!stopped) show({ state: post ? "saved" : "new", post });
  }

  function fail(/** @type {any} */ error) {
    show({ state: "failed", post, error });
    const mayPass = !error.status || error.status >= 500 || error.status === 429;
    if (mayPass) timer = setTimeout(flush, retry);
  }

  /** Takes in what another editor has saved. Resolves to whether saving can go on. */
  async function reconcile(/** @type {Content} */ mine) {
    let theirs;
    try {
      theirs = await fetch(post);
    } catch (error) {
      fail(error);
      return false;
    }
    const { merged, differences } = mergeContents(post, read() ?? mine, theirs);
    stopped = differences.length > 0;
    if (stopped) show({ state: "conflict", post, theirs, differences });
    else {
      adopt(theirs);
      merge(merged);
    }
    return !stopped;
  }

  /** Goes on with a state of the server: the post that is opened, or the one that a conflict was resolved with. */
  function adopt(/** @type {any} */ state) {
    post = state;
    sent = null;
    stopped = false;
    clearTimeout(timer);
  }

  return { request, flush, isUnsaved, adopt };
}
