// Builds the buttons of one card, which download it or copy its image, address, alternative text or embed code.

import { api } from "../core/api.js";
import { h, icons } from "../core/dom.js";
import { words } from "../words/words.js";
import { runBusy } from "./busy.js";
import { copyImage, copyText, embedCode } from "./clipboard.js";
import { downloadPath, saveAnswer } from "./files.js";

/** Returns a function that makes the buttons of a card. */
export function cardActions({ store, orders, take, failed }) {
  const stored = ({ kind, format }, version, type) => orders.card(version, kind, format.name, type);
  const fetchCard = async (card, version, type) => api.download(downloadPath(await stored(card, version, type)), version);
  const copyPart = (name, part) => (card) =>
    copyText(take(async (version) => part(await stored(card, version))), words.take.done[name]);
  const fetchImage = (card) => take(async (version) => (await fetchCard(card, version, "png")).blob());
  const copies = {
    image: (card) => copyImage(fetchImage(card), words.take.done.image),
    link: copyPart("link", ({ url }) => url),
    alt: copyPart("alt", ({ alt }) => alt),
    embed: copyPart("embed", (made) => embedCode(made, store.get().story)),
  };

  async function download(card) {
    const answer = await take((version) => fetchCard(card, version));
    await saveAnswer(answer, `${store.get().story.article_id}-${card.kind}-${card.format.name}`);
  }

  return (card) => {
    const named = (what) => words.take.of(what, card.title, card.place);
    const onclick = () => runBusy(button, () => download(card), failed);
    const label = named(words.take.download);
    const button = h("button", { type: "button", "aria-label": label, onclick }, icons.download(), words.take.download);
    const copy = (summary, name) => runBusy(summary, () => copies[name](card), failed);
    return h("span", { class: "actions" }, button, copyMenu(named(words.take.copy), copy));
  };
}

/** Returns the menu of what can be copied. `chosen(summary, name)` is called with one of them. */
function copyMenu(label, chosen) {
  const summary = h("summary", { "aria-label": label }, icons.copy(), words.take.copy);
  const menu = h("details", { class: "menu", name: "copy" }, summary);
  const close = () => {
    menu.open = false;
    summary.focus();
  };
  const item = (name) => {
    const onclick = () => {
      close();
      chosen(summary, name);
    };
    return h("button", { type: "button", onclick }, words.take[name]);
  };
  menu.append(h("div", {}, ["image", "link", "alt", "embed"].map(item)));
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) close();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  return menu;
}
