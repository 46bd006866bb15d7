// Finds web addresses in the text of a post by the rules of twitter-text, X's own library
// (github.com/twitter/twitter-text, Apache-2.0), which Mastodon follows too.

import { TOP_LEVEL_DOMAINS } from "./tlds.js";

const SPACES = "\\t-\\r \\x85\\xA0\\u1680\\u180E\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000";
const DIRECTIONS = "\\u202A-\\u202E\\u061C\\u200E\\u200F\\u2066-\\u2069";
const INVALID = "\\uFFFE\\uFEFF\\uFFFF";
const ACCENTS = "\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u024F\\u0253\\u0254\\u0256\\u0257\\u0259\\u025B\\u0263\\u0268\\u026F\\u0272"
  + "\\u0289\\u028B\\u02BB\\u0300-\\u036F\\u1E00-\\u1EFF";

const TOP = `(?:(?:${TOP_LEVEL_DOMAINS.join("|")})(?=[^0-9a-zA-Z@+-]|$)|xn--[-0-9a-z]+)`;
const LETTER = `[^!'#%&()*+,\\\\\\-./:;<=>?@\\[\\]^_{|}~$${SPACES}${DIRECTIONS}${INVALID}]`;
const DOMAIN = `(?:(?:${LETTER}(?:[_-]|${LETTER})*)?${LETTER}\\.)*(?:${LETTER}(?:-|${LETTER})*)?${LETTER}\\.${TOP}`;
const IN_PATH = `[a-z\\u0400-\\u04FF0-9!*';:=+,.$/%#[\\]\\-\\u2013_~@|&${ACCENTS}]`;
const IN_BRACKETS = `\\((?:${IN_PATH}+|${IN_PATH}*\\(${IN_PATH}+\\)${IN_PATH}*)\\)`;
const LAST_OF_PATH = `(?:[+\\-a-z\\u0400-\\u04FF0-9=_#/${ACCENTS}]|${IN_BRACKETS})`;
const PATH = `/(?:${IN_PATH}*(?:${IN_BRACKETS}${IN_PATH}*)*${LAST_OF_PATH}|@${IN_PATH}+/)*`;
const QUERY = "\\?[a-z0-9!?*'@();:&=+$/%#[\\]\\-_.,~|]*[a-z0-9\\-_&=#/]";
// The character before an address: anything but a letter, a digit or the sign of a handle, a cashtag or a hashtag.
const BEFORE = `[^A-Za-z0-9@＠$#＃${INVALID}]|^`;
const ADDRESS = new RegExp(`(${BEFORE})((https?://)?(${DOMAIN})(?::[0-9]+)?(${PATH})?(?:${QUERY})?)`, "gi");
const LATIN_DOMAIN = new RegExp(`(?:[-a-z0-9${ACCENTS}]+\\.)+${TOP}`, "gi");
const SHORTENED = new RegExp(`^https?://t\\.co/[a-z0-9]+(?:${QUERY})?`, "i");

/**
 * Finds the addresses in a text, in their order.
 * @param {string} text
 * @param {{bare: boolean}} options bare: also find addresses without https://, such as `news.example.com/story`
 * @returns {{start: number, end: number}[]} UTF-16 offsets
 */
export function addressesIn(text, { bare }) {
  if (!text.includes(".")) return [];
  const found = [];
  for (const match of text.matchAll(ADDRESS)) {
    const [, before, address, protocol, domain, path] = match;
    const start = match.index + before.length;
    if (!domain.split(".").every(isLabel)) continue;
    if (protocol) found.push({ start, end: start + (SHORTENED.exec(address)?.[0] ?? address).length });
    else if (bare && !/[-_./]/.test(before)) found.push(...latinDomains(domain, start, path && start + address.length));
  }
  return found;
}

/**
 * Tells whether a label has at most 63 characters, in Punycode too.
 * @param {string} label
 */
function isLabel(label) {
  const address = `https://${label}`;
  return (URL.canParse(address) ? new URL(address).hostname : label).length <= 63;
}

/**
 * Without https://, only domains in Latin letters are addresses. The last one has the path.
 * @param {string} domain
 * @param {number} start of the domain in the text
 * @param {number | string | undefined} end of the address, if it has a path
 */
function latinDomains(domain, start, end) {
  const found = [...domain.matchAll(LATIN_DOMAIN)].map(({ 0: latin, index }) => {
    return { start: start + index, end: start + index + latin.length };
  });
  const last = found.at(-1);
  if (last && typeof end === "number") last.end = end;
  return found;
}
