// Shows one card in its frames, with its name, its size and its actions.

import { h } from "../core/dom.js";
import { words, wordIn } from "../words/words.js";
import { framesOf } from "./frames.js";
import { CAROUSEL, QUESTION } from "./kinds.js";
/** @import { Child } from "../core/dom.js" */
/** @import { Format, Result, Story } from "../core/types.d.ts" */
/** @import { Frame } from "./frames.js" */

// On a narrow screen the frames of a link preview are a strip to scroll, which the keyboard must reach.
const NARROW = "(max-width: 40rem)"; // as in platforms.css
const STRIP = { tabindex: "0", role: "group", "aria-label": words.stage.links };

/**
 * A card on the stage. `key` names the changes that `result` shows; it is unset while a picture is awaited.
 * @typedef {object} Card
 * @property {string} kind such as `headline` or `carousel-2`
 * @property {Format} format
 * @property {string} title
 * @property {string} place where it is posted
 * @property {Frame[]} frames
 * @property {boolean} near whether it is near the screen
 * @property {number} timer
 * @property {string} [key]
 * @property {Result} [result]
 * @property {string} [headline] the post's own, in place of the story's
 * @property {HTMLElement} strip holds the frames
 * @property {HTMLElement} figure
 */

/** @typedef {(card: Card) => Child} Actions makes the buttons of a card */

/**
 * Returns the steps that build a card: the card in its first frame, each other frame, and the caption, which would move if a
 * frame came after it.
 * @param {string} kind
 * @param {Format} format
 * @param {Story} story
 * @param {Actions} actions
 * @param {{ begun: (card: Card) => void, done: (card: Card) => void }} then take the card after the first and the last step
 */
export function cardSteps(kind, format, story, actions, { begun, done }) {
  const [first, ...others] = framesOf(kind, format, story);
  /** @type {Card} */ let card;
  const begin = () => begun((card = cardOf(kind, format, first(), others.length > 1)));
  const end = () => {
    card.figure.append(h("figcaption", {}, captionOf(card), actions(card)));
    done(card);
  };
  return [begin, ...others.map((build) => () => addFrame(card, build())), end];
}

/** @type {(kind: string, format: Format, frame: Frame, links: boolean) => Card} */
function cardOf(kind, format, frame, links) {
  const [series, number] = kind.split("-");
  const title = series === QUESTION ? words.stage.question(Number(number)) : wordIn(words.kinds, series);
  const place = series === CAROUSEL ? words.stage.named(words.stage.slide(Number(number)), format.title) : format.title;
  const strip = h("div", { class: "frames", ...(links && matchMedia(NARROW).matches && STRIP) }, frame.element);
  const figure = h(
    "figure",
    { class: `card ${links ? "links" : ""}`, "data-card": `${kind}-${format.name}`, "data-frame": format.frame },
    strip,
  );
  return { kind, format, title, place, frames: [frame], near: false, timer: 0, strip, figure };
}

function addFrame(/** @type {Card} */ card, /** @type {Frame} */ frame) {
  card.frames.push(frame);
  if (card.result) frame.show({ ...card.result, kind: card.kind });
  card.strip.append(frame.element);
  retitle(card, card.headline);
}

function captionOf(/** @type {Card} */ { kind, title, place, format }) {
  const name = kind.startsWith(QUESTION) ? words.stage.named(title, place) : place;
  const size = h("small", { dir: "ltr" }, words.stage.size(format.width, format.height));
  return h("span", {}, h("b", {}, name), size);
}

/** Lets the picture of the first card come before anything else. */
export function hasten(/** @type {Card} */ { figure }) {
  for (const image of figure.querySelectorAll("img")) Object.assign(image, { loading: "eager", fetchPriority: "high" });
}

const PATIENCE = 9_000; // ms before the user is told that a picture near the screen does not come

/** Notes whether the card is near the screen, where its picture is loaded. */
export function approach(/** @type {Card} */ card, /** @type {boolean} */ isNear) {
  card.near = isNear;
  clearTimeout(card.timer);
  if (isNear) expectPicture(card);
}

function expectPicture(/** @type {Card} */ card) {
  clearTimeout(card.timer);
  card.timer = setTimeout(() => card.frames.forEach((frame) => frame.late()), PATIENCE);
}

/** Shows the headline of the post's own link in the link previews, in place of the story's. */
export function retitle(/** @type {Card} */ card, /** @type {string | undefined} */ headline) {
  card.headline = headline;
  for (const title of /** @type {NodeListOf<HTMLElement>} */ (card.strip.querySelectorAll(".link-text .title"))) {
    title.dataset.own ??= title.textContent ?? "";
    title.textContent = headline ?? title.dataset.own;
  }
}

/** Shows a result: a picture, or why there is none. */
export function put(/** @type {Card} */ card, /** @type {string} */ key, /** @type {Result} */ result) {
  card.key = result.error ? undefined : key;
  card.result = result;
  if (card.near) expectPicture(card);
  for (const frame of card.frames) frame.show({ ...result, kind: card.kind });
}

export function wait(/** @type {Card} */ card) {
  card.key = undefined;
  if (card.near) expectPicture(card);
  for (const frame of card.frames) frame.wait();
}
