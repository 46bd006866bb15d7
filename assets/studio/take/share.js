// Hands cards as files to the apps of a phone, such as Instagram, through the Web Share API.

import { api } from "../core/api.js";
import { h, icons, say } from "../core/dom.js";
import { words } from "../words/words.js";
import { formatsOf, numbered, shownKinds } from "../story/kinds.js";
import { runBusy } from "./busy.js";
import { downloadPath } from "./files.js";
/** @import { Taking } from "../core/types.d.ts" */
/** @import { State } from "../story/kinds.js" */

const FIRST_CHOICE = "portrait"; // Instagram's format
const SAMPLE = "card.jpg";

/** Tells whether this browser can share pictures. */
const canShare = () =>
  Boolean(navigator.canShare?.({ files: [new File([], SAMPLE, { type: "image/jpeg" })] }));

/** Returns the cards that are shared: one kind in one format, with all slides of a carousel. */
function sharedCards(/** @type {State} */ state) {
  const [kind] = shownKinds(state);
  const formats = formatsOf(state, kind);
  const format = formats.includes(FIRST_CHOICE) ? FIRST_CHOICE : formats[0];
  return numbered(state, kind).map((one) => ({ kind: one, format }));
}

/** Returns the button, or nothing if the browser cannot share pictures. */
export function shareButton(/** @type {Taking} */ { store, orders, take, failed }) {
  if (!canShare()) return null;
  let ready = /** @type {{ key: string, files: File[] } | null} */ (null);

  async function share() {
    const { edit, kind } = store.get();
    const files = await take(async (version) => {
      const key = JSON.stringify([version, edit, kind]);
      if (ready?.key === key) return ready.files;
      const made = await Promise.all(sharedCards(store.get()).map((card) => fileOf(card, version)));
      ready = { key, files: made };
      return made;
    });
    await navigator.share({ files }).catch((error) => {
      // A browser shares only shortly after a tap. The files are there now: the next tap shares them at once.
      if (error.name === "NotAllowedError") say(words.out.tapAgain);
      else if (error.name !== "AbortError") throw error;
    });
  }

  async function fileOf(/** @type {{ kind: string, format: string }} */ { kind, format }, /** @type {string} */ version) {
    const card = await orders.card(version, kind, format);
    const blob = await (await api.download(downloadPath(card), version)).blob();
    return new File([blob], `${kind}-${format}.${blob.type === "image/png" ? "png" : "jpg"}`, { type: blob.type });
  }

  const button = h("button", { type: "button", class: "share-button", onclick: () => runBusy(button, share, failed) });
  button.append(icons.share(), h("span", {}, words.out.toApp));
  return button;
}
