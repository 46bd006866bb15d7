// Keeps the edit of a story's page as a post: creates it at the first change, and saves every further one.

import { api, Problem } from "../core/api.js";
import { say } from "../core/dom.js";
import { changesCards } from "../edit/order.js";
import { modeOf } from "../story/state.js";
import { words } from "../words/words.js";
import { createSaver } from "./autosave.js";
import { contentOf, editOf, mergeContents, sameContent, withContentOf } from "./content.js";
import { nameOf } from "./names.js";
/** @import { Parts, Post, Saving, State } from "../core/types.d.ts" */
/** @import { Content } from "./content.js" */

/** @typedef {ReturnType<typeof keepPost>} Keeper */

/** @type {Set<Keeper>} */
const left = new Set(); // keepers whose page was left before everything was saved; they go on trying

/**
 * Returns what was typed on an earlier page of this post and is not saved, after one more try; null if there is nothing.
 * `postId` is undefined for the page of the story, whose post was not created yet.
 */
export async function leftBehind(/** @type {string} */ article, /** @type {string | undefined} */ postId) {
  const keeper = [...left].find((one) => one.article === article && one.postId() === postId);
  await keeper?.flush();
  return keeper && left.has(keeper) ? keeper : null;
}

/**
 * Returns the fields of the view's state that this file keeps.
 * @type {(post: Post | null) => Pick<State, "post" | "postName" | "postStatus" | "saving">}
 */
export const stateOf = (post) => ({
  post, postName: post?.name ?? "", postStatus: post?.status ?? "draft", saving: { state: post ? "saved" : "new" },
});

/** Tells whether only the sharing was refused, for want of an approval. */
export const isRefusal = (/** @type {unknown} */ error) => error instanceof Problem && error.name === "approval-missing";

/**
 * Returns the functions of the panel. A viewer's changes are not saved.
 * @param {Parts & { unsaved: { end: () => void } | null }} view
 */
export function keepPost({ store, history, caller, unsaved, signal }) {
  const { formats, story, post: opened } = store.get();
  const article = story.article_id;
  const all = formats.map(({ name }) => name);
  const events = new AbortController(); // for what goes on after the page is left, until everything is saved
  let isForgotten = false;
  const saver = createSaver({
    read,
    // A correction that this page does not show yet makes the new post outdated.
    create: (content) => api.createPost(article, { ...content, based_on: store.get().manifest?.version }),
    save: (content, post) => api.savePost(article, post.post, content, post.etag),
    fetch: (post) => api.post(article, post.post),
    merge: take,
    show,
  });
  if (opened) saver.adopt(opened);
  if (unsaved) unsaved.end();

  function read() {
    const state = store.get();
    const { edit, post, postName: name, postStatus: status } = state;
    const isNothing = !post && !changesCards(edit) && edit.text === undefined;
    const isKept = caller.role === "editor" && !isForgotten && modeOf(state) !== "withdrawn";
    return !isKept || isNothing ? null : contentOf({ name, status }, edit, all);
  }

  /** Shows a content in the form: that of the server, or a merged one. */
  function take(/** @type {Content} */ content) {
    store.set({ postName: content.name, postStatus: content.status });
    history.change("", editOf(content, all));
  }

  function show(/** @type {Saving & { post: Post | null }} */ { post, ...saving }) {
    const { post: before, posts } = store.get();
    if (post && post.post !== before?.post) nameAddress(post);
    // A draft that lacks an approval stays a draft. A shared post stays shared as it was, until the editor decides.
    const isRefused = isRefusal(saving.error) && post?.status !== "shared";
    const isNew = post && post !== before;
    const listed = isNew && { post, posts: [post, ...posts.filter((one) => one.post !== post.post)] };
    store.set({ saving, ...listed, ...(isRefused && { postStatus: "draft" }) });
    if (signal.aborted && !saver.isUnsaved()) end();
  }

  const nameAddress = (/** @type {Post} */ post) =>
    signal.aborted || window.history.replaceState(null, "", `#/article/${encodeURIComponent(article)}/post/${post.post}`);

  async function listPosts() {
    const listed = await api.posts(article, signal).catch(() => null);
    if (listed) store.set(listed);
  }

  /** Takes in what other editors have saved, and what a correction of the story means for the post. */
  async function refetch() {
    const { post } = store.get();
    if (!post || saver.isUnsaved()) return;
    const theirs = await api.post(article, post.post, signal).catch(() => null);
    if (!theirs || saver.isUnsaved() || store.get().post !== post) return;
    saver.adopt(theirs);
    show({ state: "saved", post: theirs });
    if (!sameContent(post, theirs)) take(theirs);
  }

  /** Takes in the server's state after a comment or an approval. What others have written since is merged as ever. */
  function refresh(/** @type {Post} */ theirs) {
    const { post } = store.get();
    const isSame = !post || sameContent(post, theirs);
    const known = isSame ? theirs : withContentOf(theirs, post);
    saver.adopt(known);
    show({ state: "saved", post: known });
    if (!isSame) refetch();
    saver.request();
  }

  const etag = (/** @type {State} */ { status: { posts = [] }, post }) => posts.find((one) => one.post === post?.post)?.etag;
  const others = (/** @type {State} */ { status: { posts = [] }, post }) =>
    JSON.stringify(posts.filter((one) => one.post !== post?.post));
  store.subscribe(etag, (now) => now && now !== store.get().post?.etag && refetch(), signal);
  store.subscribe(others, listPosts, signal);
  store.subscribe(({ manifest }) => manifest?.version, refetch, signal);
  store.subscribe(({ edit }) => edit, () => saver.request(), signal);
  store.subscribe(({ postName }) => postName, () => saver.request(), signal);
  signal.addEventListener("abort", leave);
  addEventListener("beforeunload", (event) => {
    if (saver.isUnsaved()) event.preventDefault();
  }, { signal: events.signal });
  addEventListener("online", () => saver.flush(), { signal: events.signal });
  document.addEventListener("visibilitychange", () => document.hidden && saver.flush(), { signal: events.signal });

  /** Saves what is left to save. What cannot be saved is shown again when its page is opened again. */
  async function leave() {
    left.add(keeper);
    await saver.flush();
    const content = read();
    if (!saver.isUnsaved()) end();
    else if (content && left.has(keeper)) say(words.posts.leftUnsaved(nameOf(content)));
  }

  function end() {
    saver.adopt(null);
    isForgotten = true;
    left.delete(keeper);
    events.abort();
  }

  const keeper = {
    article,
    postId: () => store.get().post?.post,
    flush: saver.flush,
    refresh,
    end,

    /**
     * Returns the fields of the view's state that were not saved. Their post is the one that they were made from.
     * @returns {Pick<State, "edit" | "post" | "postName" | "postStatus" | "saving">}
     */
    unsaved() {
      const { edit, post, postName, postStatus } = store.get();
      return { edit, post, postName, postStatus, saving: { state: "saving" } };
    },

    /** Saves the post as shared, or as a draft again; its words first, so that a refusal does not concern them. */
    async share(/** @type {boolean} */ isShared) {
      if (isShared) await saver.flush();
      store.set({ postStatus: isShared ? "shared" : "draft" });
      await saver.flush();
    },

    /** Ends a conflict: the fields in `given` are the other editor's, the others stay as this editor wrote them. */
    async decide(/** @type {string[]} */ given) {
      const { saving: { theirs }, post } = store.get();
      const mine = read();
      if (!theirs || !post || !mine) return;
      const { merged } = mergeContents(post, mine, theirs, (field) => !given.includes(field));
      saver.adopt(theirs);
      store.set({ post: theirs });
      take(merged);
      await saver.flush();
    },

    /** Saves this editor's state as another post, and leaves the other editor's as it is. */
    async saveCopy() {
      saver.adopt(null);
      store.set({ post: null, postStatus: "draft" });
      await saver.flush();
    },

    /** Says that this editor has looked at how the story differs from what the post is based on. */
    async seen() {
      await saver.flush();
      const { post } = store.get();
      const content = read();
      if (post && content) refresh(await api.savePost(article, post.post, { ...content, based_on: post.outdated_by }, post.etag));
    },

    /** Saves nothing any more: the post is deleted. */
    forget() {
      isForgotten = true;
    },
  };
  saver.request(); // what was left behind
  return keeper;
}
