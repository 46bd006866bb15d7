// Tells which cards a story's page shows, and which of them are taken together.

export const CAROUSEL = "carousel";
export const QUESTION = "question";
const SERIES = [QUESTION, CAROUSEL]; // kinds of several cards, with numbers
const SLIDES = "portrait"; // the format that a carousel is posted in
const MOST = 12; // cards of a series

/** Returns the kinds that can be chosen. */
export const offered = ({ kinds, story }) => kinds.filter((kind) => kind !== QUESTION || story.questions.length);

/** Returns the kinds on the page. */
export const shownKinds = ({ kinds, kind }) => (kind === "all" ? kinds.filter((one) => !SERIES.includes(one)) : [kind]);

/** Returns the names of the formats that a kind is shown in. */
export const formatsOf = ({ edit }, kind) => (kind === CAROUSEL ? [SLIDES] : edit.formats);

/** Returns the kind itself, or `question-1`, `question-2`... */
export function numbered({ story, edit }, kind) {
  if (!SERIES.includes(kind)) return [kind];
  const count = kind === CAROUSEL ? slideCount(story, edit) : story.questions.length;
  return Array.from({ length: Math.min(MOST, count) }, (_, index) => `${kind}-${index + 1}`);
}

function slideCount({ bullets, quotes }, { changes }) {
  const facts = (changes.bullets ?? bullets).filter((bullet) => bullet.trim());
  const hasQuote = changes.quote || quotes.some((quote) => quote.speaker);
  return 2 + facts.length + (hasQuote ? 1 : 0);
}
