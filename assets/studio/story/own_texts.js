// Finds the texts that are on the story's cards, which the form shows before anything is changed.
/** @import { Manifest, OwnTexts, Story } from "../core/types.d.ts" */

const plain = (/** @type {string} */ text) => text.replace(/[^\p{L}\p{N}]/gu, "");

/**
 * Returns the texts, with the fact and the quote that the renderer chose; without a manifest they are guessed.
 * @param {Story} story
 * @param {Manifest | null} manifest
 * @returns {OwnTexts}
 */
export function ownTexts({ headline, social_headlines: social, kicker = "", bullets, quotes }, manifest) {
  const alt = (/** @type {string} */ kind) => plain(manifest?.cards.find((card) => card.kind === kind)?.alt ?? "");
  const fact = bullets.find((bullet) => alt("bullet").includes(plain(bullet))) ?? bullets[0];
  const speaking = quotes.filter((one) => one.speaker);
  const quote = speaking.find((one) => alt("quote").includes(plain(one.text))) ?? speaking.at(0) ?? quotes.at(0);
  return {
    headline: social?.all ?? headline,
    kicker,
    bullets: bullets.length ? [fact, ...bullets.filter((bullet) => bullet !== fact)] : [],
    quote: { text: "", speaker: "", role: "", ...quote },
  };
}
