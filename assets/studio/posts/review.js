// Shows the approval, the comments and the history of a post.

import { api } from "../core/api.js";
import { h } from "../core/dom.js";
import { speech } from "../edit/fields.js";
import { words } from "../words/words.js";
import { fieldName, shownValue } from "./names.js";
/** @import { Changed, Entry, Post, PostParts, Signed, State, Store } from "../core/types.d.ts" */

const LONGEST = "1000"; // characters of a comment, as in the API

/**
 * Sends a comment or an approval of the post once what is typed is saved, and shows the post as it then is. Resolves to whether
 * that succeeded.
 * @typedef {(button: HTMLButtonElement, call: (post: Post) => Promise<Post>) => Promise<boolean>} Sender
 */

/** Returns the parts, which everyone who can look may use to comment. `show(post)` fills them. */
export function reviewOf(/** @type {PostParts} */ { store, keeper, caller, failed }) {
  /** @type {Sender} */
  async function send(button, call) {
    if (button.disabled) return false;
    button.disabled = true;
    try {
      await keeper.flush();
      const { post } = store.get();
      if (post) keeper.refresh(await call(post));
      return Boolean(post);
    } catch (error) {
      failed(error);
      return false;
    } finally {
      button.disabled = false;
    }
  }

  const parts = { approval: approval(store, caller.role === "editor", send), comments: comments(send), past: past(store.get()) };
  return {
    approval: parts.approval.element,
    comments: parts.comments.element,
    past: parts.past.element,
    show: (/** @type {Post} */ post) => Object.values(parts).forEach((part) => part.show(post)),
  };
}

/** @typedef {{ element: HTMLElement, show: (post: Post) => void }} PostPart */

/**
 * Returns the approval, which is shown where the newsroom requires one.
 * @type {(store: Store, canApprove: boolean, send: Sender) => PostPart}
 */
function approval(store, canApprove, send) {
  const text = h("p", {});
  const call = (/** @type {Post} */ { article_id: article, post, etag, approved }) =>
    (approved ? api.unapprove(article, post) : api.approve(article, post, etag));
  const button = h("button", { type: "button", onclick: () => send(button, call) });
  const element = h("div", { class: "approval" }, text, canApprove && button);
  function show(/** @type {Post} */ { approved }) {
    element.hidden = store.get().approval !== "required" && !approved;
    text.textContent = approved ? words.posts.approved(approved.by, approved.at) : words.posts.notApproved;
    button.textContent = approved ? words.posts.unapprove : words.posts.approve;
    button.className = approved ? "quiet-button" : "";
  }
  return { element, show };
}

/** @type {(send: Sender) => PostPart} */
function comments(send) {
  const title = h("summary", {});
  const list = h("ol", {});
  const input = h("textarea", { id: "comment", rows: 2, maxlength: LONGEST, dir: "auto" });
  const button = h("button", { type: "button", onclick: add }, words.posts.addComment);
  const field = h("div", { class: "field" }, h("label", { for: "comment" }, words.posts.comment), input);
  let shown = ""; // the post whose comments are listed

  async function add() {
    const text = input.value.trim();
    const isSent = text && await send(button, ({ article_id: article, post }) => api.comment(article, post, text));
    if (isSent && input.value.trim() === text) input.value = "";
  }

  const said = (/** @type {Signed & { text: string }} */ { at, by, text }) =>
    h("li", {}, h("p", { class: "quiet" }, words.posts.by(by, at)), h("p", { dir: "auto" }, text));
  const element = h("details", { class: "comments", name: "review" }, title, list, field, button);
  function show(/** @type {Post} */ post) {
    title.textContent = words.posts.comments(post.comments.length);
    list.replaceChildren(...post.comments.map(said));
    if (post.post !== shown) element.open = post.comments.length > 0;
    shown = post.post;
  }
  return { element, show };
}

/** Returns what was changed when and by whom, the latest first. @type {(state: State) => PostPart} */
function past({ story, formats }) {
  const list = h("ol", {});
  const change = (/** @type {Changed} */ { field, was, is }) => {
    const path = field.replace(/^format_changes\.(\w+)\./, "$1\n");
    const text = (/** @type {unknown} */ value) => shownValue(value, formats, path);
    return h(
      "div", { class: "difference" }, h("b", {}, fieldName(path, formats)),
      h("del", speech(story), text(was)), h("ins", speech(story), text(is)),
    );
  };
  const line = (/** @type {Entry} */ { at, by, action, changed = [], not_in_article: foreign = [] }) => h(
    "li", {}, h("p", {}, words.posts.actions[action](by), " ", h("time", { datetime: at, class: "quiet" }, words.when(at))),
    foreign.length > 0 && h("p", { class: "note" }, words.posts.notInArticle), ...changed.map(change),
  );
  const element = h("details", { class: "past", name: "review" }, h("summary", {}, words.posts.history), list);
  return { element, show: ({ history = [] }) => list.replaceChildren(...history.map(line).reverse()) };
}
