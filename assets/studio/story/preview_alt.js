// Composes alternative texts of previews. A taken card has the one of its order instead.

import { words } from "../words/words.js";

/** Returns the alternative text of a card with an order's changes (edit/order.js). */
export function previewAlt({ story, own }, { kind, title, place }, changes) {
  const [series, number] = kind.split("-");
  const texts = {
    headline: headlineOf(changes, own),
    bullet: changes.bullets ? "" : changes.bullet ?? own.bullets[0], // without facts the card quotes the summary
    quote: said(changes.quote ?? own.quote),
    question: story.questions[number - 1]?.question,
    carousel: slideText(Number(number), { ...changes, bullets: changes.bullets ?? story.bullets }, own),
  };
  const name = series === "carousel" ? place : title;
  return texts[series] ? words.stage.named(name, texts[series]) : name;
}

function headlineOf(changes, own) {
  const kicker = changes.kicker ?? own.kicker;
  return `${kicker ? `${kicker}: ` : ""}${changes.headline ?? own.headline}`;
}

/** Returns the text of a slide: the headline, each fact, the quote if there is one, and the headline again. */
function slideText(number, changes, own) {
  const quote = changes.quote ?? own.quote;
  const slides = [headlineOf(changes, own), ...changes.bullets, ...(quote.text ? [said(quote)] : [])];
  return slides[number - 1] ?? slides[0];
}

const said = ({ text, speaker, role }) => [`“${text}”`, speaker, role].filter(Boolean).join(", ");
