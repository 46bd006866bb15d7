// Tells which cards a story's page shows, and which of them are taken together.
/** @import { Edit } from "../edit/order.js" */

export const CAROUSEL = "carousel";
export const QUESTION = "question";
const SERIES = [QUESTION, CAROUSEL]; // kinds of several cards, with numbers
const SLIDES = ["square", "portrait"]; // the formats that a carousel is posted in
const MOST = 12; // cards of a series

/**
 * What these functions read of the state of a story's view. `kind` is the one that is shown, or `all`.
 * @typedef {{ bullets: string[], quotes: { speaker?: string }[], questions: unknown[] }} Story
 * @typedef {{ kinds: string[], kind: string, story: Story, edit: Edit }} State
 */

/** Returns the kinds that can be chosen. @type {(state: State) => string[]} */
export const offered = ({ kinds, story }) => kinds.filter((kind) => kind !== QUESTION || story.questions.length);

/** Returns the kinds on the page. @type {(state: State) => string[]} */
export const shownKinds = ({ kinds, kind }) => (kind === "all" ? kinds.filter((one) => !SERIES.includes(one)) : [kind]);

/** Returns the names of the formats that a kind is shown in. @type {(state: State, kind: string) => string[]} */
export function formatsOf({ edit }, kind) {
  if (kind !== CAROUSEL) return edit.formats;
  const chosen = SLIDES.filter((format) => edit.formats.includes(format));
  return chosen.length ? chosen : SLIDES;
}

/** Returns the kind itself, or `question-1`, `question-2`... @type {(state: State, kind: string) => string[]} */
export function numbered({ story, edit }, kind) {
  if (!SERIES.includes(kind)) return [kind];
  const count = kind === CAROUSEL ? slideCount(story, edit) : story.questions.length;
  return Array.from({ length: Math.min(MOST, count) }, (_, index) => `${kind}-${index + 1}`);
}

/**
 * Returns the cards of a kind as pairs: slides format by format, as they are posted, and other cards one by one.
 * @template Format
 * @param {string[]} kinds
 * @param {Format[]} formats
 * @returns {[string, Format][]}
 */
export function inOrder(kinds, formats) {
  const inFormat = (/** @type {Format} */ format) => kinds.map((kind) => /** @type {[string, Format]} */ ([kind, format]));
  const all = formats.map(inFormat);
  return kinds[0]?.startsWith(CAROUSEL) ? all.flat() : kinds.flatMap((_, at) => all.map((pairs) => pairs[at]));
}

/** @type {(story: Story, edit: Edit) => number} */
function slideCount({ bullets, quotes }, { changes }) {
  const facts = (changes.bullets ?? bullets).filter((bullet) => bullet.trim());
  const hasQuote = changes.quote || quotes.some((quote) => quote.speaker);
  return 2 + facts.length + (hasQuote ? 1 : 0);
}
