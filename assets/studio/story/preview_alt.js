// Composes alternative texts of previews. A taken card has the one of its order instead.

import { words } from "../words/words.js";
/** @import { Known, OwnTexts } from "../core/types.d.ts" */
/** @import { Order, Quote } from "../edit/order.js" */

/**
 * Returns the alternative text of a card with an order's changes (edit/order.js).
 * @param {Pick<Known, "story" | "own">} known
 * @param {{ kind: string, title: string, place: string }} card
 * @param {Order} changes
 */
export function previewAlt({ story, own }, { kind, title, place }, changes) {
  const [series, number] = kind.split("-");
  /** @type {Record<string, string | undefined>} */
  const texts = {
    headline: headlineOf(changes, own),
    bullet: changes.bullets ? "" : changes.bullet ?? own.bullets[0], // without facts the card quotes the summary
    quote: said(changes.quote ?? own.quote),
    question: story.questions[Number(number) - 1]?.question,
    carousel: slideText(Number(number), changes, { ...own, bullets: story.bullets }),
  };
  const name = series === "carousel" ? place : title;
  const text = texts[series];
  return text ? words.stage.named(name, text) : name;
}

function headlineOf(/** @type {Order} */ changes, /** @type {OwnTexts} */ own) {
  const kicker = changes.kicker ?? own.kicker;
  return `${kicker ? `${kicker}: ` : ""}${changes.headline ?? own.headline}`;
}

/** Returns the text of a slide: the headline, each fact, the quote if there is one, and the headline again. */
function slideText(/** @type {number} */ number, /** @type {Order} */ changes, /** @type {OwnTexts} */ own) {
  const quote = changes.quote ?? own.quote;
  const slides = [headlineOf(changes, own), ...(changes.bullets ?? own.bullets), ...(quote.text ? [said(quote)] : [])];
  return slides[number - 1] ?? slides[0];
}

const said = (/** @type {Quote} */ { text, speaker, role }) => [`“${text}”`, speaker, role].filter(Boolean).join(", ");
