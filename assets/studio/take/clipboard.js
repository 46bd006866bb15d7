// Copies texts and images. Safari allows a copy only if it starts in the click's handler, so promises are copied.

import { say } from "../core/dom.js";
import { Told } from "../core/errors.js";
import { words } from "../words/words.js";
/** @import { StoredCard, Story } from "../core/types.d.ts" */

/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" };

/**
 * Copies a text or the promise of one, and says `done`.
 * @type {(promised: string | Promise<string>, done: string) => Promise<void>}
 */
export async function copyText(promised, done) {
  const value = Promise.resolve(promised);
  const blob = value.then((text) => new Blob([text], { type: "text/plain" }));
  if (window.ClipboardItem) await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]).catch(async (error) => {
    await value; // a failed order says more than the clipboard
    throw error;
  });
  else await navigator.clipboard.writeText(await value);
  say(done);
}

/** Copies the promise of a PNG, the only image type that clipboards accept, and says `done`. */
export async function copyImage(/** @type {Promise<Blob>} */ promised, /** @type {string} */ done) {
  if (!window.ClipboardItem) throw new Told(words.take.noClipboard);
  await navigator.clipboard.write([new ClipboardItem({ "image/png": promised })]).catch(async (error) => {
    await promised;
    throw error;
  });
  say(done);
}

/**
 * Returns HTML of the card as an image that links to its story, with escaped attributes.
 * @param {StoredCard} card
 * @param {Story} story
 */
export function embedCode({ url, width, height, alt }, { canonical_url: address }) {
  const escaped = (/** @type {string | number} */ text) => String(text).replace(/[&"<>]/g, (sign) => ENTITIES[sign]);
  const image = `<img src="${escaped(url)}" width="${width}" height="${height}" alt="${escaped(alt)}" loading="lazy">`;
  return address ? `<a href="${escaped(address)}">${image}</a>` : image;
}
