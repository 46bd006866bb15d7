// Saves answers of the API as files.

import { h, say } from "../core/dom.js";
import { words } from "../words/words.js";

const KEPT = 60_000; // ms that the browser has to read a file

/**
 * Saves the body of an answer under its file name, and says so.
 * @param {Response} answer
 * @param {string} fallback the name if the answer has none
 * @param {string} [message] what is said
 */
export async function saveAnswer(answer, fallback, message) {
  save(await answer.blob(), nameOf(answer) ?? fallback, message);
}

function save(/** @type {Blob} */ blob, /** @type {string} */ name, message = words.take.saved(name)) {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
  say(message);
}

/** Returns the file name of an answer (RFC 6266). */
function nameOf(/** @type {Response} */ answer) {
  const header = answer.headers.get("content-disposition") ?? "";
  const exact = header.match(/filename\*=UTF-8''([^;]+)/)?.[1];
  return exact ? decodeURIComponent(exact) : header.match(/filename="([^"]+)"/)?.[1];
}

/** Returns the path from which a card is downloaded with a file name. */
export const downloadPath = (/** @type {{ url: string }} */ { url }) =>
  new URL(url, location.href).pathname.replace("/cards/", "/downloads/");
