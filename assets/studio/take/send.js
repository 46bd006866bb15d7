// Builds the buttons that send the cards to the newsroom's chats.

import { api } from "../core/api.js";
import { h, icons, say } from "../core/dom.js";
import { Told } from "../core/errors.js";
import { changesCards } from "../edit/order.js";
import { words } from "../words/words.js";
import { runBusy } from "./busy.js";
/** @import { Taking } from "../core/types.d.ts" */

/** Returns a button for each chat that the operator has configured. */
export function sendButtons(/** @type {Taking} */ { store, take, failed, keeper }) {
  const { receivers = [], story } = store.get();

  async function send(/** @type {string} */ to) {
    await keeper.flush(); // the post's words are sent as they are saved
    await take((version) => {
      const { post, edit } = store.get();
      if (changesCards(edit) && !post) throw new Told(words.out.saveFirst);
      return api.send(story.article_id, { to, expected_version: version, ...(post && { post: post.post }) });
    });
    say(words.out.sent(to));
  }

  return receivers.map((to) => {
    const button = h("button", { type: "button", onclick: () => runBusy(button, () => send(to), failed) });
    button.append(icons.talk(), words.out.send(to));
    return button;
  });
}
