// Builds the buttons over a story's cards, which take the whole story: its links, its cards as files, and its ways out.

import { api } from "../core/api.js";
import { h, icons } from "../core/dom.js";
import { changesCards } from "../edit/order.js";
import { modeOf } from "../story/state.js";
import { versionsButton } from "../story/versions.js";
import { words } from "../words/words.js";
import { runBusy } from "./busy.js";
import { copyText } from "./clipboard.js";
import { saveAnswer } from "./files.js";
import { moreButton } from "./more.js";
import { sendButtons } from "./send.js";
import { shareButton } from "./share.js";
import { withdrawButton } from "./withdraw.js";
/** @import { State, Taking } from "../core/types.d.ts" */

/** @typedef {(version: string) => Promise<Record<string, string>>} Choose returns the query of a zip */

const LINK_PREVIEW = "og"; // the format of the card that a link shows

/** Returns the bar. */
export function storyBar(/** @type {Taking} */ taking) {
  const { store, orders, take, failed, caller, keeper, signal } = taking;
  /** Returns the query of the saved post's cards with its own text, or without a post of the cards on the page. @type {Choose} */
  const ofPost = async (version) => {
    await keeper.flush();
    const { post } = store.get();
    return post ? { post: post.post, expected_version: version } : orders.set(version);
  };
  const isEditor = caller.role === "editor";
  const withdrawal = isEditor && withdrawButton(taking);
  if (modeOf(store.get()) !== "public") return withdrawal && h("div", { class: "bar-buttons" }, withdrawal);
  /** @type {(part: (version: string) => Promise<string>, done: string) => Promise<void>} */
  const copy = (part, done) => copyText(take(part), done);
  const card = (/** @type {string} */ version) => orders.card(version, "headline", LINK_PREVIEW);
  /** @type {(text: string, glyph: Element, work: () => Promise<void>) => HTMLButtonElement} */
  const button = (text, glyph, work) => {
    const element = h("button", { type: "button", onclick: () => runBusy(element, work, failed) }, glyph, text);
    return element;
  };
  const copies = [
    button(words.out.share, icons.link(), () => copy(async () => shareAddress(store.get()), sharedWords(store.get()))),
    button(words.out.pinned, icons.link(), () => copy(async (version) => (await card(version)).url, words.out.done.pinned)),
    button(words.out.alt, icons.copy(), () => copy(async (version) => (await card(version)).alt, words.take.done.alt)),
  ];
  const schedulers = button(words.out.schedulers, icons.download(), () => downloadZip(taking, words.out.savedSchedulers, ofPost));
  const rarer = [...copies, ...(isEditor ? sendButtons(taking) : []), schedulers, versionsButton(taking), withdrawal];
  return h(
    "div", { class: "bar-buttons", role: "group", "aria-label": words.out.bar },
    downloadAll(taking), shareButton(taking), moreButton(rarer, signal),
  );
}

/**
 * Returns the address of the share page: that of the open post if it is shared, else the story's.
 * @param {Pick<State, "manifest" | "story" | "post">} state
 */
function shareAddress({ manifest, story, post }) {
  const site = new URL(manifest?.cards[0]?.url ?? location.href).origin;
  return post?.share_url || `${site}/share/${encodeURIComponent(story.article_id)}`;
}

const sharedWords = (/** @type {State} */ { post, edit }) =>
  (changesCards(edit) && !post?.share_url ? words.out.done.storyShare : words.out.done.share);

/** Returns the button that downloads all cards on the page as a zip. */
function downloadAll(/** @type {Taking} */ taking) {
  const { orders, failed } = taking;
  const click = () => runBusy(button, () => downloadZip(taking, words.take.savedAll, orders.set), failed);
  const button = h("button", { type: "button", class: "main", onclick: click }, icons.download(), words.take.all);
  return button;
}

/**
 * Downloads the zip with the query that `choose(version)` returns.
 * @type {(taking: Taking, message: string, choose: Choose) => Promise<void>}
 */
async function downloadZip({ store, take }, message, choose) {
  const { article_id: articleId } = store.get().story;
  const answer = await take(async (version) => api.zip(articleId, await choose(version)));
  // A large zip waits in S3.
  if (answer.headers.get("content-type")?.startsWith("application/json")) location.assign((await answer.json()).url);
  else await saveAnswer(answer, `${articleId}-cards.zip`, message);
}
