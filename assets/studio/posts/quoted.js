// Tells whether a quote is in the article, as the API does (docs/http.md, `not_in_article`).
/** @import { Story } from "../core/types.d.ts" */

const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/g;

/** Returns whether some field of the article holds these words. Punctuation, spaces and case do not count. */
export function isInArticle(/** @type {string} */ text, /** @type {Story} */ article) {
  const wanted = wordsOf(text);
  return textsOf(article).some((field) => wordsOf(field).includes(wanted));
}

function textsOf(/** @type {Story} */ article) {
  const { headline, social_headlines: social = {}, deck, kicker, pull_line: line, summary } = article;
  const { bullets, quotes, questions } = article;
  const said = quotes.map((quote) => quote.text);
  const pairs = questions.flatMap(({ question, answer }) => [question, answer]);
  const texts = [headline, social.all, social.x, deck, kicker, line, summary, ...bullets, ...said, ...pairs];
  return texts.flatMap((text) => text || []);
}

function wordsOf(/** @type {string} */ text) {
  const plain = text.normalize("NFKC").toLowerCase().replace(/['’]/g, "").replace(/[^\p{L}\p{N}\p{M}]/gu, " ");
  return ` ${plain.replace(UNSPACED, " $& ").split(/\s+/).filter(Boolean).join(" ")} `;
}
