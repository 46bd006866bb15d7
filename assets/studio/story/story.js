// Shows one story: its cards, the form beside them, and the buttons to download and copy.

import { api } from "../core/api.js";
import { h } from "../core/dom.js";
import { createHistory } from "../core/history.js";
import { createStore } from "../core/store.js";
import { editForm } from "../edit/form.js";
import { unchanged } from "../edit/order.js";
import { editOf } from "../posts/content.js";
import { keepPost, leftBehind, stateOf } from "../posts/keeper.js";
import { postsPanel } from "../posts/panel.js";
import { postText } from "../posts/text.js";
import { cardActions } from "../take/actions.js";
import { storyBar } from "../take/bar.js";
import { gate } from "../take/gate.js";
import { orders } from "../take/orders.js";
import { words } from "../words/words.js";
import { followEdits, sheetButton, skipToForm } from "./beside.js";
import { changedBanner } from "./changes.js";
import { back, heading } from "./heading.js";
import { keepLive } from "./live.js";
import { stage } from "./stage.js";
import { modeOf, readStory } from "./state.js";

/** Shows the story. */
export async function storyView(main, { article, post: name }, { signal, app }) {
  main.replaceChildren(back(app), h("p", { class: "plain", role: "status" }, words.article.loading));
  signal.addEventListener("abort", () => (document.title = words.title));
  const listed = api.posts(article, signal); // beside the status, to save a round trip
  listed.catch(() => {}); // thrown below, unless the story is withdrawn
  const [known, catalogue] = await Promise.all([readStory(article, {}, signal), api.catalogue(signal)]);
  const unsaved = await leftBehind(article, name);
  const kept = await readPosts(known, listed, name, unsaved, signal);
  if (signal.aborted) return;
  const store = createStore({ ...initialState(known, catalogue, kept), ...unsaved?.unsaved() });
  const history = createHistory(() => store.get().edit, (edit) => store.set({ edit }));
  const keeper = keepPost({ store, history, caller: app.caller, unsaved, signal });
  const context = { store, history, app, keeper, refresh: keepLive(store, { app, signal }) };
  let leave = new AbortController();

  function rebuild() {
    leave.abort();
    leave = new AbortController();
    build(main, { ...context, signal: AbortSignal.any([signal, leave.signal]) });
  }

  store.subscribe(modeOf, rebuild, signal);
  rebuild();
  undoByKeys(history, signal);
  main.focus({ preventScroll: true });
}

/** Reads the story's posts, and the one that is opened, unless there is unsaved work on it. A withdrawn story has none. */
async function readPosts({ story: { article_id: article }, status }, listed, name, unsaved, signal) {
  if (status.state === "withdrawn") return { posts: [], post: null };
  const opened = name && !unsaved ? api.post(article, name, signal) : null;
  const [{ posts }, post] = await Promise.all([listed, opened]);
  return { posts, post };
}

function initialState(known, { kinds, formats: all, themes, receivers, post_approval: approval }, { posts, post }) {
  const formats = all.map((format) => ({ ...format, title: words.formats[format.name] ?? format.destination ?? format.title }));
  const names = formats.map(({ name }) => name);
  const edit = post ? editOf(post, names) : unchanged(names);
  const view = { kind: "all", scope: "", results: [] };
  const rules = { receivers, approval };
  return { ...known, seen: known.story, kinds, formats, themes, posts, ...stateOf(post), edit, ...view, ...rules };
}

/** Fills the page for the present mode of the story. The edit and its history are kept when the mode changes. */
function build(main, { store, history, app, keeper, refresh, signal }) {
  const state = store.get();
  const isPublic = modeOf(state) === "public";
  const { caller, failed } = app;
  const taking = { store, history, keeper, refresh, orders: orders(store), take: gate(store, refresh), caller, failed, signal };
  const isWithdrawn = modeOf(state) === "withdrawn";
  const head = [back(app), ...heading(store, !isWithdrawn && storyBar(taking), signal)];
  store.subscribe(({ story }) => story.headline, nameTab, signal);
  nameTab(state.story.headline);
  if (isWithdrawn) return main.replaceChildren(...head);
  const cards = stage({ store, history, actions: isPublic ? cardActions(taking) : () => null, failed: app.failed, signal });
  const hint = app.caller.role === "viewer" && h("p", { class: "hint" }, words.editor.viewer);
  const parts = [hint, postsPanel(taking), editForm(taking), isPublic && postText(taking)];
  const side = h("aside", { class: "side", id: "side" }, parts);
  const desk = h("div", { class: "desk" }, cards.element, side);
  const sheet = sheetButton(side);
  cards.element.prepend(skipToForm(side, sheet));
  followEdits(side, cards.element, store);
  main.replaceChildren(changedBanner(store, signal), ...head, desk, sheet);
  return cards.build();
}

const nameTab = (headline) => (document.title = `${headline} · ${words.title}`);

function undoByKeys(history, signal) {
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !["z", "y"].includes(key)) return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) history.redo();
    else history.undo();
  }, { signal });
}
