// Adds a photograph to the story: a file, scaled down before it is sent, or one by its address.

import { api, Problem } from "../core/api.js";
import { Told } from "../core/errors.js";
import { words } from "../words/words.js";

const LONGEST_SIDE = 2400; // px, as cards are cropped from it
const MOST = 4_500_000; // bytes that the API takes
const QUALITY = 0.92;

/** Returns the size in which a picture is sent: none of its sides is longer than 2400 px. */
export function fittingSize(/** @type {number} */ width, /** @type {number} */ height, longest = LONGEST_SIDE) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** Returns the file as it is sent. A file that this browser cannot open is sent as it is. */
async function prepared(/** @type {Blob} */ file) {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return file;
  const [width, height] = fittingSize(bitmap.width, bitmap.height);
  const fits = width === bitmap.width && file.size <= MOST;
  if (fits) {
    bitmap.close();
    return file; // with its metadata, from which the credit is read
  }
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  context?.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
}

/** Adds a file. Returns `{ photo, credit }`, of which the first is its SHA-256; the credit may be missing. */
export async function addFile(/** @type {string} */ articleId, /** @type {Blob} */ file) {
  const sent = await prepared(file);
  if (sent.size > MOST) throw new Told(words.photo.tooLarge);
  return added(articleId, { file: sent });
}

/** Adds the photograph at an address. Returns the same as `addFile`. */
export const addAddress = (/** @type {string} */ articleId, /** @type {string} */ url) => added(articleId, { body: { url } });

async function added(/** @type {string} */ articleId, /** @type {import("../core/api.js").Request} */ photo) {
  try {
    return await api.addPhoto(articleId, photo);
  } catch (error) {
    const text = error instanceof Problem && refusal(error);
    throw text ? new Told(text) : error;
  }
}

const refusal = (/** @type {Problem} */ { status, field }) => {
  if (status === 413) return words.photo.tooLarge;
  if (status === 503) return words.photo.slow;
  if (status === 422) return field === "url" ? words.photo.noPicture : words.photo.unusable;
  return "";
};
