// Saves a post while it is edited: after a pause, one request at a time, and again after a failure.

import { Problem } from "../core/api.js";
import { mergeContents, sameContent } from "./content.js";
/** @import { Post, Saving } from "../core/types.d.ts" */
/** @import { Content } from "./content.js" */

const PAUSE = 1_000; // ms after the last change
const RETRY = 5_000; // ms after a failure

/**
 * Returns `{ request, flush, adopt, isUnsaved }`.
 * @param {object} given
 * @param {() => Content | null} given.read returns what to save, or null while there is nothing to keep
 * @param {(content: Content) => Promise<Post>} given.create
 * @param {(content: Content, post: Post) => Promise<Post>} given.save
 * @param {(post: Post) => Promise<Post>} given.fetch resolves to the post as the server has it
 * @param {(saving: Saving & { post: Post | null }) => void} given.show
 * @param {(content: Content) => void} given.merge takes another editor's changes into the edit
 * @param {{ pause?: number, retry?: number }} [times] in ms
 */
export function createSaver({ read, create, save, fetch, show, merge }, { pause = PAUSE, retry = RETRY } = {}) {
  let post = /** @type {Post | null} */ (null); // as the server has it
  let sent = /** @type {Content | null} */ (null); // what the last request saved, which the server may have tidied
  let timer = 0;
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
    for (let content = read(); content && !stopped && !isSaved(content); content = read()) {
      const before = post;
      try {
        post = before ? await save(content, before) : await create(content);
        sent = content;
      } catch (error) {
        if (!before || statusOf(error) !== 412) {
          fail(error);
          return;
        }
        if (!await reconcile(content, before)) return;
      }
    }
    if (!stopped) show({ state: post ? "saved" : "new", post });
  }

  function fail(/** @type {unknown} */ error) {
    show({ state: "failed", post, error });
    const status = statusOf(error);
    const mayPass = !status || status >= 500 || status === 429;
    if (mayPass) timer = setTimeout(flush, retry);
  }

  /** Takes in what another editor has saved. Resolves to whether saving can go on. */
  async function reconcile(/** @type {Content} */ mine, /** @type {Post} */ before) {
    let theirs;
    try {
      theirs = await fetch(before);
    } catch (error) {
      fail(error);
      return false;
    }
    const { merged, differences } = mergeContents(before, read() ?? mine, theirs);
    stopped = differences.length > 0;
    if (stopped) show({ state: "conflict", post, theirs, differences });
    else {
      adopt(theirs);
      merge(merged);
    }
    return !stopped;
  }

  /** Goes on with a state of the server: the post that is opened, or the one that a conflict was resolved with. */
  function adopt(/** @type {Post | null} */ state) {
    post = state;
    sent = null;
    stopped = false;
    clearTimeout(timer);
  }

  return { request, flush, isUnsaved, adopt };
}

/** Returns the HTTP status of an error of the API; undefined for another one. */
const statusOf = (/** @type {unknown} */ error) => (error instanceof Problem ? error.status : undefined);
