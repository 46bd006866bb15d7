// Shows one story: its cards, the form beside them, and the buttons to download and copy.

import { api } from "../core/api.js";
import { h } from "../core/dom.js";
import { createHistory } from "../core/history.js";
import { createStore } from "../core/store.js";
import { editForm } from "../edit/form.js";
import { unchanged } from "../edit/order.js";
import { postText } from "../posts/text.js";
import { cardActions } from "../take/actions.js";
import { storyBar } from "../take/bar.js";
import { gate } from "../take/gate.js";
import { orders } from "../take/orders.js";
import { words } from "../words/words.js";
import { changedBanner } from "./changes.js";
import { back, heading } from "./heading.js";
import { keepLive } from "./live.js";
import { stage } from "./stage.js";
import { modeOf, readStory } from "./state.js";

/** Shows the story. */
export async function storyView(main, { article }, { signal, app }) {
  main.replaceChildren(back(app), h("p", { class: "plain", role: "status" }, words.article.loading));
  signal.addEventListener("abort", () => (document.title = words.title));
  const [known, catalogue] = await Promise.all([readStory(article, {}, signal), api.catalogue(signal)]);
  if (signal.aborted) return;
  const store = createStore(initialState(known, catalogue));
  const history = createHistory(() => store.get().edit, (edit) => store.set({ edit }));
  const context = { store, history, app, refresh: keepLive(store, { app, signal }) };
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

function initialState(known, { kinds, formats: all, themes, receivers }) {
  const formats = all.map((format) => ({ ...format, title: words.formats[format.name] ?? format.destination ?? format.title }));
  const edit = unchanged(formats.map(({ name }) => name));
  return { ...known, seen: known.story, kinds, formats, themes, receivers, edit, kind: "all", results: [] };
}

/** Fills the page for the present mode of the story. The edit and its history are kept when the mode changes. */
function build(main, { store, history, app, refresh, signal }) {
  const state = store.get();
  const isPublic = modeOf(state) === "public";
  const { caller, failed } = app;
  const taking = { store, history, orders: orders(store), take: gate(store, refresh), refresh, caller, failed, signal };
  const isWithdrawn = modeOf(state) === "withdrawn";
  const head = [back(app), ...heading(store, !isWithdrawn && storyBar(taking), signal)];
  store.subscribe(({ story }) => story.headline, nameTab, signal);
  nameTab(state.story.headline);
  if (isWithdrawn) return main.replaceChildren(...head);
  const cards = stage({ store, actions: isPublic ? cardActions(taking) : () => null, failed: app.failed, signal });
  const hint = app.caller.role === "viewer" && h("p", { class: "hint" }, words.editor.viewer);
  const side = h("aside", { class: "side", id: "side" }, hint, editForm(taking), isPublic && postText(taking));
  const desk = h("div", { class: "desk" }, cards.element, side);
  main.replaceChildren(changedBanner(store, signal), ...head, desk, sheetButton(side));
  return cards.build();
}

const nameTab = (headline) => (document.title = `${headline} · ${words.title}`);

/** Returns the button that opens the form on a narrow screen: there it is a sheet over the cards, so that they stay visible. */
function sheetButton(side) {
  const toggle = () => button.setAttribute("aria-expanded", String(side.classList.toggle("open")));
  const attributes = { type: "button", class: "sheet", "aria-expanded": "false", "aria-controls": side.id, onclick: toggle };
  const button = h("button", attributes, words.editor.heading);
  return button;
}

function undoByKeys(history, signal) {
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !["z", "y"].includes(key)) return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) history.redo();
    else history.undo();
  }, { signal });
}
