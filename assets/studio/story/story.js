// Shows one story: its cards, the form beside them, and the buttons to download and copy.

import { api } from "../core/api.js";
import { h } from "../core/dom.js";
import { createHistory } from "../core/history.js";
import { createStore } from "../core/store.js";
import { formModules, preload } from "../core/story_modules.js";
import { inTasks, nextFrame, nextTask } from "../core/tasks.js";
import { unchanged } from "../edit/order.js";
import { editOf } from "../posts/content.js";
import { keepPost, leftBehind, stateOf } from "../posts/keeper.js";
import { cardActions } from "../take/actions.js";
import { storyBar } from "../take/bar.js";
import { gate } from "../take/gate.js";
import { orders } from "../take/orders.js";
import { words, wordIn } from "../words/words.js";
import { followEdits, sheetButton, skipToForm } from "./beside.js";
import { changedBanner } from "./changes.js";
import { back, heading } from "./heading.js";
import { keepLive } from "./live.js";
import { stage } from "./stage.js";
import { modeOf, readStory } from "./state.js";
/** @import { FirstCalls } from "../core/first_calls.js" */
/** @import { Context, Params } from "../core/router.js" */
/** @import { App, Catalogue, History, Known, Post, PostParts, State, Taking } from "../core/types.d.ts" */

/**
 * Shows the story, for which `calls` have begun.
 * @param {HTMLElement} main
 * @param {Params} params
 * @param {Context & { calls: FirstCalls }} context
 */
export async function storyView(main, { article = "", post: name }, { signal, app, calls }) {
  const { caller, failed } = app;
  if (!caller) return; // no view is shown before the user has signed in
  main.replaceChildren(back(app), h("p", { class: "plain", role: "status" }, words.article.loading));
  signal.addEventListener("abort", () => (document.title = words.title));
  const [known, catalogue] = await Promise.all([readStory(article, null, signal, calls), calls.catalogue]);
  const unsaved = await leftBehind(article, name);
  const opened = name && !unsaved && known.status.state !== "withdrawn" ? api.post(article, name, signal) : null;
  const kept = await readPosts(known, calls.posts, opened);
  await nextTask();
  if (signal.aborted) return;
  /** @type {State} */
  const state = { ...initialState(known, catalogue, kept), ...unsaved?.unsaved() };
  const store = createStore(state);
  const history = createHistory(() => store.get().edit, (edit) => store.set({ edit }));
  const keeper = keepPost({ store, history, caller, unsaved, signal });
  const parts = { store, history, caller, keeper, failed, refresh: keepLive(store, { app, signal }) };
  let leave = new AbortController();

  function rebuild() {
    leave.abort();
    leave = new AbortController();
    return build(main, app, { ...parts, signal: AbortSignal.any([signal, leave.signal]) });
  }

  store.subscribe(modeOf, () => rebuild().catch(failed), signal);
  const built = rebuild();
  undoByKeys(history, signal);
  nextFrame().then(() => {
    if (!signal.aborted && document.activeElement === document.body) main.focus({ preventScroll: true });
  });
  await built;
}

/** @typedef {{ posts: Post[], post: Post | null }} Kept the story's posts, and the one that is opened */

/**
 * Reads the story's posts. A withdrawn story has none.
 * @param {Known} known
 * @param {Promise<{ posts: Post[] }>} listed
 * @param {Promise<Post> | null} opened
 * @returns {Promise<Kept>}
 */
async function readPosts({ status }, listed, opened) {
  if (status.state === "withdrawn") return { posts: [], post: null };
  const [{ posts }, post] = await Promise.all([listed, opened]);
  return { posts, post };
}

/** @type {(known: Known, catalogue: Catalogue, kept: Kept) => State} */
function initialState(known, { kinds, formats: all, themes, receivers, post_approval: approval }, { posts, post }) {
  const formats = all.map((format) => ({ ...format, title: wordIn(words.formats, format.name, format.destination) }));
  const names = formats.map(({ name }) => name);
  const edit = post ? editOf(post, names) : unchanged(names);
  const view = { kind: "all", scope: "", results: [] };
  const rules = { receivers, approval };
  return { ...known, seen: known.story, kinds, formats, themes, posts, ...stateOf(post), edit, ...view, ...rules };
}

/**
 * Fills the page for the present mode of the story. The edit and its history are kept when the mode changes.
 * @param {HTMLElement} main
 * @param {App} app
 * @param {PostParts} parts
 */
async function build(main, app, parts) {
  const { store, history, failed, signal } = parts;
  const state = store.get();
  const isPublic = modeOf(state) === "public";
  const taking = { ...parts, orders: orders(store), take: gate(store, parts.refresh) };
  const isWithdrawn = modeOf(state) === "withdrawn";
  const head = [back(app), ...heading(store, !isWithdrawn && storyBar(taking), signal)];
  store.subscribe(({ story }) => story.headline, nameTab, signal);
  nameTab(state.story.headline);
  if (isWithdrawn) return main.replaceChildren(...head);
  await nextTask();
  if (signal.aborted) return;
  const cards = stage({ store, history, actions: isPublic ? cardActions(taking) : () => null, failed, signal });
  const side = h("aside", { class: "side", id: "side" });
  const desk = h("div", { class: "desk" }, cards.element, side);
  const sheet = sheetButton(side);
  cards.element.prepend(skipToForm(side, sheet));
  followEdits(side, cards.element, store);
  main.replaceChildren(changedBanner(store, signal), ...head, desk, sheet);
  await cards.build(); // first, since the cards are what the user came for
  const forms = await loadForms();
  return inTasks(forms(taking, isPublic).map((form) => () => {
    const made = form();
    if (made) side.append(made);
  }), signal);
}

async function loadForms() {
  preload(formModules);
  const [{ editForm }, { postsPanel }, { postText }] = await Promise.all([
    import("../edit/form.js"), import("../posts/panel.js"), import("../posts/text.js"),
  ]);
  return (/** @type {Taking} */ taking, /** @type {boolean} */ isPublic) => [
    () => taking.caller.role === "viewer" && h("p", { class: "hint" }, words.editor.viewer),
    () => postsPanel(taking), ...editForm(taking), () => isPublic && postText(taking),
  ];
}

const nameTab = (/** @type {string} */ headline) => (document.title = `${headline} · ${words.title}`);

function undoByKeys(/** @type {History} */ history, /** @type {AbortSignal} */ signal) {
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !["z", "y"].includes(key)) return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) history.redo();
    else history.undo();
  }, { signal });
}
