// Finds how two states of a story differ in what cards may show.
/** @import { Story } from "../core/types.d.ts" */
/** @import { Quote } from "../edit/order.js" */

const said = (/** @type {Quote} */ { text, speaker, role }) => [`“${text}”`, speaker, role].filter(Boolean).join(", ");

const PARTS = /** @type {Record<string, (story: Story) => string | undefined>} */ ({
  headline: ({ headline, social_headlines: social }) => social?.all ?? headline,
  kicker: ({ kicker }) => kicker,
  deck: ({ deck }) => deck,
  bullets: ({ bullets }) => bullets.join("\n"),
  quotes: ({ quotes }) => quotes.map(said).join("\n"),
  questions: ({ questions }) => questions.map(({ question, answer }) => `${question} ${answer}`).join("\n"),
  image: ({ image }) => [image?.url, image?.credit].filter(Boolean).join("\n"),
});

/**
 * Returns the fields that differ, each with its text before and now; "" for none.
 * @param {Story} before
 * @param {Story} now
 * @returns {{ field: string, was: string, is: string }[]}
 */
export function differences(before, now) {
  const found = Object.entries(PARTS).map(([field, text]) => ({ field, was: text(before) ?? "", is: text(now) ?? "" }));
  return found.filter(({ was, is }) => was !== is);
}
