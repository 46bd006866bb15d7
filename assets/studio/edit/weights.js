// Counts the text of a post as each network does.

import { addressesIn } from "./addresses.js";

/**
 * @typedef {object} Network
 * @property {string} name a key of `words.platforms`
 * @property {number} most the limit
 * @property {(text: string) => number} count
 */

const ADDRESS_LENGTH = 23; // on X and Mastodon, whatever the address
const ADDRESS = "x".repeat(ADDRESS_LENGTH);
const WIDE = /[\u1100-\u1FFF\u200E\u200F\u2020-\u2031\u2038-\u{10FFFF}]/u; // what X counts as two
const BYTES_OF_A_POST = 3000; // Bluesky's second limit

const JOINER = "\\u200D";
const PICTURE = "(?![#*0-9\\p{RI}]|[©®](?!\\uFE0F))\\p{Emoji}(?!\\uFE0E)"
  + "(?:\\p{EMod}|(?<!\\p{Emoji_Presentation})\\uFE0F)?[\\u{E0020}-\\u{E007F}]*";
const EMOJI_LIKE = new RegExp(`\\p{RI}+|[#*0-9]\\uFE0F?\\u20E3|${PICTURE}(?:${JOINER}${PICTURE})*`, "gv");
const EMOJI = /\p{RGI_Emoji}/gv;
const TEXT_STYLE = /(?!\p{Emoji_Presentation}|\p{EMod})\p{Emoji}(?!\p{EMod})/gv;

const segmenter = new Intl.Segmenter();
const encoder = new TextEncoder();

/** @type {Network[]} */
export const NETWORKS = [
  { name: "x", most: 280, count: onX },
  { name: "bluesky", most: 300, count: onBluesky },
  { name: "mastodon", most: 500, count: onMastodon },
  { name: "threads", most: 500, count: onThreads },
  { name: "instagram", most: 2200, count: units },
  { name: "linkedin", most: 3000, count: units },
  { name: "facebook", most: 63206, count: units },
];

/**
 * Weighs a text for X. After NFC, each code point counts as one in alphabetic scripts, marks too, as two in others, such as
 * Chinese, Japanese and Korean. An emoji counts as two, an address as 23.
 * Source: github.com/twitter/twitter-text, config/v3.json and parseTweet.
 * @param {string} text
 */
export function onX(text) {
  const normal = text.normalize("NFC");
  let weight = 0;
  let from = 0;
  for (const { start, end } of addressesIn(normal, { bare: true })) {
    weight += weighed(normal.slice(from, start)) + ADDRESS_LENGTH;
    from = end;
  }
  return weight + weighed(normal.slice(from));
}

/** @param {string} text without addresses */
function weighed(text) {
  let weight = 0;
  const rest = text.replace(EMOJI_LIKE, (emoji) => {
    const qualified = emoji.replaceAll("\uFE0F", "").replace(TEXT_STYLE, "$&\uFE0F");
    return qualified.replace(EMOJI, () => {
      weight += 2;
      return "";
    });
  });
  for (const character of rest) weight += WIDE.test(character) ? 2 : 1;
  return weight;
}

/**
 * Counts graphemes for Bluesky. Its app shortens an address to its domain and the first 13 characters of a path over 15.
 * A post has 3,000 bytes at most: a longer one counts as far over 300 as its bytes are over 3,000.
 * Sources: lexicon app.bsky.feed.post (maxGraphemes 300, maxLength 3000); bluesky-social/social-app, rich-text-manip.ts.
 * @param {string} text
 */
export function onBluesky(text) {
  const shortened = text.replace(/(?<=^|\s|\()https?:\/\/\S+?(?=[.,;:!?)]*(?:\s|$))/gi, shortAddress);
  const tooMany = encoder.encode(shortened).length - BYTES_OF_A_POST;
  return Math.max(graphemes(shortened), tooMany > 0 ? 300 + tooMany : 0);
}

/** @param {string} address */
function shortAddress(address) {
  if (!URL.canParse(address)) return address;
  const { host, pathname, search, hash } = new URL(address);
  const path = (pathname === "/" ? "" : pathname) + search + hash;
  return host + (path.length > 15 ? `${path.slice(0, 13)}...` : path);
}

/**
 * Counts graphemes for Mastodon; an address with https:// is 23 and a handle counts without its server.
 * Servers may set a higher limit than 500. Source: mastodon/mastodon, app/validators/status_length_validator.rb.
 * @param {string} text
 */
export function onMastodon(text) {
  let counted = "";
  let from = 0;
  for (const { start, end } of addressesIn(text, { bare: false })) {
    counted += text.slice(from, start) + ADDRESS;
    from = end;
  }
  return graphemes((counted + text.slice(from)).replace(/(?<![/\w])(@[a-z0-9_]+(?:[a-z0-9_.-]+[a-z0-9_]+)?)@[\w.-]+\w/gi, "$1"));
}

/**
 * Counts characters for Threads; an emoji counts as many as it has UTF-8 bytes, an address as it is.
 * Source: developers.facebook.com/docs/threads/posts, Limitations.
 * @param {string} text
 */
export function onThreads(text) {
  let emojis = 0;
  const rest = text.replace(EMOJI, (emoji) => {
    emojis += encoder.encode(emoji).length;
    return "";
  });
  return emojis + [...rest].length;
}

/**
 * Counts UTF-16 units for Instagram, LinkedIn and Facebook, which do not document what they call a character: no count is higher.
 * Sources: developers.facebook.com, Instagram IG User Media, caption (2,200); support.buffer.com/article/588 (LinkedIn 3,000);
 * coschedule.com, Character Limits in Social Messages (Facebook 63,206).
 * @param {string} text
 */
function units(text) {
  return text.length;
}

/** @param {string} text */
const graphemes = (text) => [...segmenter.segment(text)].length;
