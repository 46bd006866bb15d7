// Shows one card in its frames, with its name, its size and its actions.

import { h } from "../core/dom.js";
import { words } from "../words/words.js";
import { framesOf } from "./frames.js";
import { CAROUSEL, QUESTION } from "./kinds.js";

// On a narrow screen the frames of a link preview are a strip to scroll, which the keyboard must reach.
const NARROW = "(max-width: 40rem)"; // as in platforms.css
const STRIP = { tabindex: "0", role: "group", "aria-label": words.stage.links };

/**
 * Returns the card. `key` names the changes that `result` shows; both are unset while a picture is awaited.
 * @param {string} kind such as `headline` or `carousel-2`
 */
export function cardOf(kind, format, story, actions) {
  const frames = framesOf(kind, format, story);
  const [series, number] = kind.split("-");
  const title = series === QUESTION ? words.stage.question(Number(number)) : words.kinds[series];
  const place = series === CAROUSEL ? words.stage.named(words.stage.slide(Number(number)), format.title) : format.title;
  const links = frames.length > 2;
  const figure = /** @type {any} */ (null);
  const card = { kind, format, title, place, frames, near: false, timer: 0, key: undefined, result: undefined, figure };
  card.figure = h(
    "figure",
    { class: `card ${links ? "links" : ""}`, "data-card": `${kind}-${format.name}`, "data-frame": format.frame },
    h("div", { class: "frames", ...(links && matchMedia(NARROW).matches && STRIP) }, frames.map((frame) => frame.element)),
    h("figcaption", {}, caption(card), actions(card)),
  );
  card.figure.card = card;
  return card;
}

function caption({ kind, title, place, format }) {
  const name = kind.startsWith(QUESTION) ? words.stage.named(title, place) : place;
  const size = h("small", { dir: "ltr" }, words.stage.size(format.width, format.height));
  return h("span", {}, h("b", {}, name), size);
}

const PATIENCE = 9_000; // ms before the user is told that a picture near the screen does not come

/** Notes whether the card is near the screen, where its picture is loaded. */
export function approach(card, isNear) {
  card.near = isNear;
  clearTimeout(card.timer);
  if (isNear) expectPicture(card);
}

function expectPicture(card) {
  clearTimeout(card.timer);
  card.timer = setTimeout(() => card.frames.forEach((frame) => frame.late()), PATIENCE);
}

/** Shows the headline of the post's own link in the link previews, in place of the story's. */
export function retitle({ figure }, /** @type {string | undefined} */ headline) {
  for (const title of figure.querySelectorAll(".link-text .title")) {
    title.dataset.own ??= title.textContent;
    title.textContent = headline ?? title.dataset.own;
  }
}

/** Shows a result: a picture, or why there is none. */
export function put(card, key, result) {
  card.key = result.error ? undefined : key;
  card.result = result;
  if (card.near) expectPicture(card);
  for (const frame of card.frames) frame.show({ ...result, kind: card.kind });
}

export function wait(card) {
  card.key = undefined;
  if (card.near) expectPicture(card);
  for (const frame of card.frames) frame.wait();
}
