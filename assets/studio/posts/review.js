// Shows the approval, the comments and the history of a post.

import { api } from "../core/api.js";
import { h } from "../core/dom.js";
import { speech } from "../edit/fields.js";
import { words } from "../words/words.js";
import { fieldName, shownValue } from "./names.js";

const LONGEST = "1000"; // characters of a comment, as in the API

/** Returns the parts, and `show()`, which fills them. Everyone who can look may comment. */
export function reviewOf({ store, keeper, caller, failed }) {
  /** Sends a comment or an approval once what is typed is saved, and shows the post as it then is. */
  async function send(button, call) {
    if (button.disabled) return false;
    button.disabled = true;
    try {
      await keeper.flush();
      keeper.refresh(await call(store.get()));
      return true;
    } catch (error) {
      failed(error);
      return false;
    } finally {
      button.disabled = false;
    }
  }

  const parts = { approval: approval(store, caller, send), comments: comments(store, send), past: past(store) };
  return {
    approval: parts.approval.element,
    comments: parts.comments.element,
    past: parts.past.element,
    show: () => Object.values(parts).forEach((part) => part.show()),
  };
}

/** Returns the approval, which is shown where the newsroom requires one. */
function approval(store, caller, send) {
  const text = h("p", {});
  const call = ({ story: { article_id: article }, post }) =>
    (post.approved ? api.unapprove(article, post.post) : api.approve(article, post.post, post.etag));
  const button = h("button", { type: "button", onclick: () => send(button, call) });
  const element = h("div", { class: "approval" }, text, caller.role === "editor" && button);
  function show() {
    const { post: { approved }, approval: rule } = store.get();
    element.hidden = rule !== "required" && !approved;
    text.textContent = approved ? words.posts.approved(approved.by, approved.at) : words.posts.notApproved;
    button.textContent = approved ? words.posts.unapprove : words.posts.approve;
    button.className = approved ? "quiet-button" : "";
  }
  return { element, show };
}

function comments(store, send) {
  const title = h("summary", {});
  const list = h("ol", {});
  const input = h("textarea", { id: "comment", rows: 2, maxlength: LONGEST, dir: "auto" });
  const button = h("button", { type: "button", onclick: add }, words.posts.addComment);
  const field = h("div", { class: "field" }, h("label", { for: "comment" }, words.posts.comment), input);
  let shown; // the post whose comments are listed

  async function add() {
    const text = input.value.trim();
    const isSent = text && await send(button, ({ story, post }) => api.comment(story.article_id, post.post, text));
    if (isSent && input.value.trim() === text) input.value = "";
  }

  const said = ({ at, by, text }) =>
    h("li", {}, h("p", { class: "quiet" }, words.posts.by(by, at)), h("p", { dir: "auto" }, text));
  const element = h("details", { class: "comments", name: "review" }, title, list, field, button);
  function show() {
    const { post } = store.get();
    title.textContent = words.posts.comments(post.comments.length);
    list.replaceChildren(...post.comments.map(said));
    if (post.post !== shown) element.open = post.comments.length > 0;
    shown = post.post;
  }
  return { element, show };
}

/** Returns what was changed when and by whom, the latest first. */
function past(store) {
  const { story, formats } = store.get();
  const list = h("ol", {});
  const change = ({ field, was, is }) => {
    const path = field.replace(/^format_changes\.(\w+)\./, "$1\n");
    const text = (value) => shownValue(value, formats, path);
    return h(
      "div", { class: "difference" }, h("b", {}, fieldName(path, formats)),
      h("del", speech(story), text(was)), h("ins", speech(story), text(is)),
    );
  };
  const line = ({ at, by, action, changed = [], not_in_article: foreign = [] }) => h(
    "li", {}, h("p", {}, words.posts.actions[action](by), " ", h("time", { datetime: at, class: "quiet" }, words.when(at))),
    foreign.length > 0 && h("p", { class: "note" }, words.posts.notInArticle), ...changed.map(change),
  );
  const element = h("details", { class: "past", name: "review" }, h("summary", {}, words.posts.history), list);
  return { element, show: () => list.replaceChildren(...[...store.get().post.history].reverse().map(line)) };
}
