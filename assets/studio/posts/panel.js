// Shows the post that the page edits: its name, whether it is saved and shared, and the other posts of the story.

import { api, Problem } from "../core/api.js";
import { focusOn, h, icons, say } from "../core/dom.js";
import { sentence } from "../core/errors.js";
import { fill } from "../edit/fields.js";
import { copyText } from "../take/clipboard.js";
import { words } from "../words/words.js";
import { conflictDialog } from "./conflict.js";
import { isRefusal } from "./keeper.js";
import { nameOf } from "./names.js";
import { outdatedNote } from "./outdated.js";
import { reviewOf } from "./review.js";
/** @import { Post, PostParts, State, Store, Story } from "../core/types.d.ts" */

/** Returns the section. */
export function postsPanel(/** @type {PostParts} */ context) {
  const { store, keeper, caller, failed, signal } = context;
  const canEdit = caller.role === "editor";
  const name = h("input", {
    id: "post-name", type: "text", maxlength: "200", autocomplete: "off", dir: "auto", readOnly: !canEdit,
    oninput: () => store.set({ postName: name.value }),
  });
  const nameField = h("div", { class: "field" }, h("label", { for: "post-name", class: "unseen" }, words.posts.name), name);
  const state = h("span", { class: "post-state" });
  const another = h("a", { class: "another", href: addressOf(store.get().story) }, words.posts.another);
  const heading = h("header", {}, h("h2", { id: "posts-heading" }, words.posts.heading), state, another);
  const saving = savingLine({ ...context, canEdit });
  const notes = h("div", { class: "post-notes" });
  const sharing = shareButtons(context);
  const review = reviewOf(context);
  const others = otherPosts(store);
  const remove = h("button", { type: "button", class: "quiet-button remove-post", onclick: removePost }, words.posts.remove);
  const more = h("div", { class: "post-more" }, review.comments, review.past, others.element, canEdit && remove);
  const element = h(
    "section", { class: "posts", "aria-labelledby": "posts-heading" },
    heading, nameField, saving.element, notes, canEdit && sharing.element, review.approval, more,
  );

  function showPost() {
    const { post, posts, postName } = store.get();
    fill(name, postName);
    name.placeholder = post ? nameOf(post) : "";
    state.textContent = post ? words.posts.states[post.status] : "";
    state.dataset.state = post?.status;
    notes.replaceChildren(...(post?.outdated ? [outdatedNote({ ...context, canEdit }, post.outdated)] : []));
    for (const part of [nameField, state, another, sharing.element, review.approval, review.comments, review.past, remove]) {
      part.hidden = !post;
    }
    element.hidden = !canEdit && !post && !posts.length;
    if (!post) return;
    sharing.show(post);
    review.show(post);
  }

  async function removePost() {
    const { post, story } = store.get();
    if (!post || !confirm(words.posts.removeSure(nameOf(post)))) return;
    try {
      await api.deletePost(story.article_id, post.post);
    } catch (error) {
      failed(error);
      return;
    }
    say(words.posts.removed);
    keeper.forget();
    location.hash = addressOf(story);
  }

  store.subscribe(({ posts }) => posts, showPost, signal);
  store.subscribe(({ posts }) => posts, others.show, signal);
  store.subscribe(({ saving: now }) => now, () => saving.show(element), signal);
  store.subscribe(({ post }) => post, showPost, signal);
  store.subscribe(({ postName }) => postName, (now) => fill(name, now), signal);
  store.subscribe(({ post }) => post?.post, others.show, signal);
  others.show();
  showPost();
  saving.show(element);
  return element;
}

const addressOf = (/** @type {Story} */ { article_id: article }, /** @type {Post | null} */ post = null) =>
  `#/article/${encodeURIComponent(article)}${post ? `/post/${post.post}` : ""}`;

/**
 * Returns the line that tells whether the post is saved, with what can be done if it cannot be saved.
 * @param {PostParts & { canEdit: boolean }} context
 */
function savingLine(context) {
  const { store, keeper, canEdit, failed } = context;
  const text = h("span", {});
  const decide = h("button", { type: "button", onclick: () => conflictDialog(context) }, words.posts.decide);
  const copy = h("button", { type: "button", onclick: () => keeper.saveCopy().catch(failed) }, words.posts.conflictCopy);
  const element = h("p", { class: "saving quiet", role: "status" }, text, decide, copy);
  /** @type {Record<State["saving"]["state"], (state: State) => string>} */
  const said = {
    new: () => (canEdit ? words.posts.unsaved : words.posts.viewerHint),
    saving: () => words.posts.saving,
    saved: ({ post }) => (canEdit && post ? words.posts.saved(post.updated_by, post.updated_at) : words.posts.viewerHint),
    failed: ({ saving: { error } }) => (isRefusal(error) ? sentence(error) : words.posts.failed(sentence(error))),
    conflict: () => words.posts.conflict,
  };

  function show(/** @type {HTMLElement} */ panel) {
    const { saving, post } = store.get();
    const sentenceNow = said[saving.state](store.get());
    if (text.textContent !== sentenceNow) text.textContent = sentenceNow;
    panel.dataset.saving = saving.state;
    decide.hidden = saving.state !== "conflict";
    // The post is gone, or may not be shared as it is now written: what was typed can go on as another one.
    const isGone = saving.error instanceof Problem && saving.error.status === 404;
    const isStuck = isGone || (isRefusal(saving.error) && post?.status === "shared");
    copy.hidden = !post || !isStuck;
    if (saving.state === "conflict") conflictDialog(context);
  }
  return { element, show };
}

/** Returns the buttons to share the post, which are made anew only if it is shared or no longer is. */
function shareButtons(/** @type {PostParts} */ { store, keeper, failed }) {
  const element = h("div", { class: "post-sharing" });
  /** @type {(label: string, onclick: () => void, glyph: Element | null, style?: string) => HTMLButtonElement} */
  const button = (label, onclick, glyph, style = "") => h("button", { type: "button", class: style, onclick }, glyph, label);
  const share = (/** @type {boolean} */ isShared) => async () => {
    await keeper.share(isShared);
    const { saving, post } = store.get();
    if (saving.state !== "saved") return;
    say(post?.status === "shared" ? words.posts.shared : words.posts.unshared);
    focusOn(element, "button");
  };
  const copyLink = () => copyText(store.get().post?.share_url ?? "", words.take.done.link).catch(failed);
  let shown = ""; // the status that the buttons are for

  function show(/** @type {Post} */ { status }) {
    if (status === shown) return;
    shown = status;
    const isShared = status === "shared";
    const buttons = isShared
      ? [button(words.posts.copyLink, copyLink, icons.copy()), button(words.posts.unshare, share(false), null, "quiet-button")]
      : [button(words.posts.share, share(true), icons.share())];
    const hint = h("p", { class: "quiet" }, isShared ? words.posts.sharedHint : words.posts.linkHint);
    element.replaceChildren(h("div", { class: "post-actions" }, buttons), hint);
  }
  return { element, show };
}

/** Returns the list of the story's other posts. */
function otherPosts(/** @type {Store} */ store) {
  const title = h("summary", {});
  const list = h("ul", { class: "posts-list" });
  const element = h("details", { class: "other-posts", name: "review" }, title, list);

  function show() {
    const { posts, post, story } = store.get();
    const rest = posts.filter((one) => one.post !== post?.post);
    element.hidden = !rest.length;
    title.textContent = post ? words.posts.others(rest.length) : words.posts.count(rest.length);
    list.replaceChildren(...rest.map((one) => rowOf(story, one)));
  }
  return { element, show };
}

function rowOf(/** @type {Story} */ story, /** @type {Post} */ post) {
  const review = [post.approved && words.posts.approvedMark, post.outdated && words.posts.outdatedMark];
  const facts = [words.posts.states[post.status], ...review, words.posts.by(post.updated_by, post.updated_at)].filter(Boolean);
  const link = h("a", { href: addressOf(story, post), dir: "auto" }, nameOf(post));
  return h("li", {}, link, h("p", { class: "quiet" }, facts.join(" · ")));
}
