// Builds the button that downloads all cards on the page as a zip.

import { api } from "../core/api.js";
import { h, icons } from "../core/dom.js";
import { words } from "../words/words.js";
import { runBusy } from "./busy.js";
import { saveAnswer } from "./files.js";

export function downloadAll({ store, orders, take, failed }) {
  async function download() {
    const { article_id: articleId } = store.get().story;
    const answer = await take(async (version) => api.zip(articleId, await orders.set(version)));
    // A large zip waits in S3.
    if (answer.headers.get("content-type").startsWith("application/json")) location.assign((await answer.json()).url);
    else await saveAnswer(answer, `${articleId}-cards.zip`, words.take.savedAll);
  }

  const click = () => runBusy(button, download, failed);
  const button = h("button", { type: "button", class: "main", onclick: click }, icons.download(), words.take.all);
  return button;
}
