// Builds the button that withdraws a story, after the user has seen once more which one.

import { api } from "../core/api.js";
import { h, say } from "../core/dom.js";
import { sentence } from "../core/errors.js";
import { words } from "../words/words.js";
import { runBusy } from "./busy.js";
/** @import { Story, Taking } from "../core/types.d.ts" */

export function withdrawButton(/** @type {Taking} */ { store, refresh, signal }) {
  const ask = () => {
    const dialog = dialogFor(store.get().story, refresh, signal);
    document.body.append(dialog);
    dialog.showModal();
  };
  return h("button", { type: "button", class: "danger", "aria-haspopup": "dialog", onclick: ask }, words.withdraw.button);
}

/** @type {(story: Story, refresh: () => Promise<void>, signal: AbortSignal) => HTMLDialogElement} */
function dialogFor({ article_id: articleId, headline, language: lang, direction: dir }, refresh, signal) {
  const told = h("p", { class: "note", role: "alert" });
  const stay = h("button", { type: "button", autofocus: true, onclick: () => dialog.close() }, words.withdraw.cancel);
  const go = h("button", { type: "button", class: "main" }, words.withdraw.button);
  const dialog = h(
    "dialog", { class: "withdraw", "aria-labelledby": "withdraw-heading", onclose: () => dialog.remove() },
    h("h2", { id: "withdraw-heading" }, words.withdraw.heading),
    h("p", { class: "withdrawn-headline" }, h("span", { lang, dir }, headline)),
    h("p", {}, words.withdraw.hint),
    told,
    h("div", { class: "dialog-buttons" }, stay, go),
  );
  const failed = (/** @type {unknown} */ error) => (told.textContent = sentence(error));

  async function withdraw() {
    told.textContent = "";
    await api.withdraw(articleId);
    dialog.close();
    say(words.withdraw.done);
    refresh().catch(() => {}); // not awaited: the withdrawal is done, and the page asks again by itself
  }

  go.addEventListener("click", () => runBusy(go, withdraw, failed, words.withdraw.going));
  signal.addEventListener("abort", () => dialog.close());
  return dialog;
}
