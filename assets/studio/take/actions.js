// Builds the buttons of one card, which download it or copy its image, address, alternative text or embed code.

import { api } from "../core/api.js";
import { h, icons } from "../core/dom.js";
import { words } from "../words/words.js";
import { runBusy } from "./busy.js";
import { copyImage, copyText, embedCode } from "./clipboard.js";
import { downloadPath, saveAnswer } from "./files.js";
/** @import { StoredCard, Taking } from "../core/types.d.ts" */
/** @import { Actions, Card } from "../story/card.js" */

const COPIED = /** @type {const} */ (["image", "link", "alt", "embed"]);

/** Returns a function that makes the buttons of a card. @type {(taking: Taking) => Actions} */
export function cardActions({ store, orders, take, failed }) {
  /** @type {(card: Card, version: string, type?: string) => Promise<StoredCard>} */
  const stored = ({ kind, format }, version, type) => orders.card(version, kind, format.name, type);
  /** @type {(card: Card, version: string, type?: string) => Promise<Response>} */
  const fetchCard = async (card, version, type) => api.download(downloadPath(await stored(card, version, type)), version);
  /** @type {(name: "link" | "alt" | "embed", part: (card: StoredCard) => string) => (card: Card) => Promise<void>} */
  const copyPart = (name, part) => (card) =>
    copyText(take(async (version) => part(await stored(card, version))), words.take.done[name]);
  const fetchImage = (/** @type {Card} */ card) => take(async (version) => (await fetchCard(card, version, "png")).blob());
  const copies = {
    image: (/** @type {Card} */ card) => copyImage(fetchImage(card), words.take.done.image),
    link: copyPart("link", ({ url }) => url),
    alt: copyPart("alt", ({ alt }) => alt),
    embed: copyPart("embed", (made) => embedCode(made, store.get().story)),
  };

  async function download(/** @type {Card} */ card) {
    const answer = await take((version) => fetchCard(card, version));
    await saveAnswer(answer, `${store.get().story.article_id}-${card.kind}-${card.format.name}`);
  }

  return (card) => {
    const named = (/** @type {string} */ what) => words.take.of(what, card.title, card.place);
    const onclick = () => runBusy(button, () => download(card), failed);
    const label = named(words.take.download);
    const button = h("button", { type: "button", "aria-label": label, onclick }, icons.download(), words.take.download);
    const menu = copyMenu(named(words.take.copy), (summary, name) => runBusy(summary, () => copies[name](card), failed));
    return h("span", { class: "actions" }, button, menu);
  };
}

/**
 * Returns the menu of what can be copied. `chosen(summary, name)` is called with one of them.
 * @param {string} label
 * @param {(summary: HTMLElement, name: typeof COPIED[number]) => void} chosen
 */
function copyMenu(label, chosen) {
  const summary = h("summary", { "aria-label": label }, icons.copy(), words.take.copy);
  const menu = h("details", { class: "menu", name: "copy" }, summary);
  const close = () => {
    menu.open = false;
    summary.focus();
  };
  const item = (/** @type {typeof COPIED[number]} */ name) => {
    const onclick = () => {
      close();
      chosen(summary, name);
    };
    return h("button", { type: "button", onclick }, words.take[name]);
  };
  summary.addEventListener("click", () => { // before it opens for the first time: most menus of a page never do
    if (menu.children.length === 1) menu.append(h("div", {}, COPIED.map(item)));
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) close();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  return menu;
}
