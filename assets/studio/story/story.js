// Shows one story: its cards, the form beside them, and the buttons to download and copy.

import { api } from "../core/api.js";
import { h } from "../core/dom.js";
import { createHistory } from "../core/history.js";
import { createStore } from "../core/store.js";
import { editForm } from "../edit/form.js";
import { unchanged } from "../edit/order.js";
import { postText } from "../posts/text.js";
import { cardActions } from "../take/actions.js";
import { downloadAll } from "../take/bar.js";
import { orders } from "../take/orders.js";
import { words } from "../words/words.js";
import { back, heading, stateBanner } from "./heading.js";
import { ownTexts } from "./own_texts.js";
import { stage } from "./stage.js";

const PUBLIC = ["live", "rendering", "failed"]; // states in which there may be cards to take

/** Shows the story. */
export async function storyView(main, { article }, { signal, app }) {
  main.replaceChildren(back(), h("p", { class: "plain", role: "status" }, words.article.loading));
  signal.addEventListener("abort", () => (document.title = words.title));
  const loaded = await load(article, signal);
  document.title = `${loaded.story.headline} · ${words.title}`;
  if (loaded.story.state === "withdrawn") main.replaceChildren(back(), heading(loaded.story), ...stateBanner(loaded.story));
  else build(main, loaded, { signal, app });
  main.focus({ preventScroll: true });
}

/** Loads the initial state of the view. Throws if the signal aborts. */
async function load(articleId, signal) {
  const [article, found, { kinds, formats: all, themes }] = await Promise.all([
    api.article(articleId, signal), api.articles(articleId, "", signal), api.catalogue(signal),
  ]);
  const row = found.articles.find((one) => one.article_id === articleId) ?? { state: "rendering" };
  const story = { bullets: [], quotes: [], questions: [], article_id: articleId, ...article, ...row, site: siteOf(article) };
  story.headline = article.headline;
  const isPublic = PUBLIC.includes(story.state);
  const manifest = isPublic ? await api.manifest(articleId, signal) : null;
  const formats = all.map((format) => ({ ...format, title: words.formats[format.name] ?? format.destination ?? format.title }));
  const edit = unchanged(formats.map(({ name }) => name));
  return { story, isPublic, manifest, kinds, formats, themes, edit, kind: "all", results: [], photo: null };
}

function build(main, loaded, { signal, app }) {
  const store = createStore(loaded);
  const history = createHistory(() => store.get().edit, (edit) => store.set({ edit }));
  const { story, isPublic, manifest } = loaded;
  const taking = { store, orders: orders(store), failed: app.failed };
  const cards = stage({ store, actions: isPublic ? cardActions(taking) : () => null, failed: app.failed, signal });
  const form = editForm({ store, history, own: ownTexts(story, manifest), signal });
  const hint = app.caller.role === "viewer" && h("p", { class: "hint" }, words.editor.viewer);
  const text = isPublic && postText({ store, history, failed: app.failed, signal });
  const side = h("aside", { class: "side", id: "side" }, hint, form, text);
  main.replaceChildren(
    back(),
    h("header", { class: "story-head" }, heading(story), isPublic && downloadAll(taking)),
    ...stateBanner(story),
    h("div", { class: "desk" }, cards.element, side),
    sheetButton(side),
  );
  cards.build();
  undoByKeys(history, signal);
  if (story.image) loadPhoto(store, signal);
}

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

/** Loads the photograph beside the cards, which do not wait for it. Without one, the form has no focal point. */
async function loadPhoto(store, signal) {
  try {
    const photo = URL.createObjectURL(await api.photo(store.get().story.article_id, signal));
    signal.addEventListener("abort", () => URL.revokeObjectURL(photo));
    if (!signal.aborted) store.set({ photo });
  } catch {
    // The cards show what the form needs to know: whether the photograph is on them.
  }
}

const siteOf = ({ canonical_url: address, brand }) => (address ? new URL(address).hostname.replace(/^www\./, "") : brand ?? "");
