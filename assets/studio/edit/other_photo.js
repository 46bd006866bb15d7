// Builds the fields that put another photograph in place of the story's. It is used once its credit is named.

import { h, say } from "../core/dom.js";
import { sentence } from "../core/errors.js";
import { words } from "../words/words.js";
import { fill, speech } from "./fields.js";
import { addAddress, addFile } from "./upload.js";
/** @import { Changes, Photo, Store } from "../core/types.d.ts" */

const LONGEST = "1000"; // characters, as in the API

/**
 * Returns `{ element, show }`. `setPhoto(photo, step)` is called with the photograph, or nothing for the story's own.
 * @param {object} view
 * @param {Store} view.store
 * @param {() => Changes} view.changes
 * @param {(photo: Photo | undefined, step: string) => void} view.setPhoto
 * @param {AbortSignal} view.signal
 */
export function otherPhoto({ store, changes, setPhoto, signal }) {
  const hasOwn = Boolean(store.get().story.image);
  /** @type {string | undefined} */ let waiting; // the SHA-256 of a photograph that has no credit yet
  const told = h("p", { class: "note", role: "alert" });
  const sending = h("p", { class: "quiet", "aria-hidden": "true", hidden: true }, words.photo.sending);
  const choose = { type: "file", id: "photo-file", accept: "image/*", class: "unseen" };
  const input = h("input", { ...choose, onchange: () => chosen(input.files) });
  const label = h("label", { for: "photo-file", class: "button" }, hasOwn ? words.photo.choose : words.photo.chooseFirst);
  const address = h("input", {
    id: "photo-url", type: "url", autocomplete: "off", maxlength: LONGEST, dir: "ltr", onkeydown: enter,
  });
  const fetchIt = h("button", { type: "button", onclick: byAddress }, words.photo.fetch);
  const credit = named("photo-credit", words.photo.credit, words.photo.creditHint);
  const alt = named("photo-alt", words.photo.alt, words.photo.altHint);
  const back = h("button", { type: "button", onclick: () => use(undefined) }, hasOwn ? words.photo.back : words.photo.remove);
  const own = h("div", { class: "own-photo" }, credit.field, alt.field, back);
  const element = h(
    "div", { class: "other-photo", ondragover: over, ondragleave: out, ondrop: drop },
    h("div", { class: "field" }, input, label, h("p", { class: "quiet" }, words.photo.chooseHint)),
    h(
      "div", { class: "field" },
      h("label", { for: "photo-url" }, words.photo.address), h("div", { class: "beside" }, address, fetchIt),
    ),
    sending, told, own,
  );
  document.addEventListener("paste", paste, { signal });

  /** @type {(id: string, text: string, explanation: string) => { input: HTMLInputElement, field: HTMLElement }} */
  function named(id, text, explanation) {
    const field = h("input", {
      id, type: "text", maxlength: LONGEST, autocomplete: "off", "aria-describedby": `${id}-hint`, ...speech(store.get().story),
      oninput: () => use(waiting ?? changes().photo?.sha256, id),
    });
    const explained = h("p", { class: "quiet", id: `${id}-hint` }, explanation);
    return { input: field, field: h("div", { class: "field" }, h("label", { for: id }, text), field, explained) };
  }

  /** Puts the photograph on the cards if its credit is named, else the story's own. */
  function use(/** @type {string | undefined} */ sha256, step = "") {
    const name = credit.input.value.trim();
    waiting = name ? undefined : sha256;
    const described = { credit: credit.input.value, ...(alt.input.value.trim() && { alt: alt.input.value }) };
    setPhoto(sha256 && name ? { sha256, ...described } : undefined, step);
    show();
  }

  async function add(/** @type {(article: string) => ReturnType<typeof addFile>} */ work) {
    if (element.getAttribute("aria-busy") === "true") return;
    element.setAttribute("aria-busy", "true");
    told.textContent = "";
    sending.hidden = false;
    say(words.photo.sending);
    try {
      const { photo, credit: known } = await work(store.get().story.article_id);
      if (signal.aborted) return;
      credit.input.value = known ?? "";
      alt.input.value = "";
      use(photo);
      say(words.photo.added);
      (known ? alt : credit).input.focus();
    } catch (error) {
      told.textContent = sentence(error);
    } finally {
      element.removeAttribute("aria-busy");
      sending.hidden = true;
      input.value = "";
    }
  }

  function chosen(/** @type {FileList | null | undefined} */ files) {
    const file = files?.[0];
    if (!file) return;
    if (file.type.startsWith("image/") || !file.type) add((articleId) => addFile(articleId, file));
    else told.textContent = words.photo.unusable;
  }

  function byAddress() {
    if (address.value.trim() && address.checkValidity()) add((articleId) => addAddress(articleId, address.value.trim()));
    else told.textContent = words.photo.noPicture;
  }

  function enter(/** @type {KeyboardEvent} */ event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    byAddress();
  }

  function over(/** @type {DragEvent} */ event) {
    event.preventDefault(); // otherwise the browser opens the file
    element.classList.add("is-over");
  }

  function out() {
    element.classList.remove("is-over");
  }

  function drop(/** @type {DragEvent} */ event) {
    event.preventDefault();
    out();
    chosen(event.dataTransfer?.files);
  }

  function paste(/** @type {ClipboardEvent} */ event) {
    const pasted = event.clipboardData;
    if (!pasted?.files.length || pasted.types.includes("text/plain")) return; // text goes into its field
    event.preventDefault();
    chosen(pasted.files);
  }

  function show() {
    const { photo } = changes();
    if (photo) {
      waiting = undefined;
      fill(credit.input, photo.credit);
      fill(alt.input, photo.alt ?? "");
    }
    own.hidden = !photo && !waiting;
    credit.input.setAttribute("aria-invalid", String(Boolean(waiting)));
    if (waiting) told.textContent = words.photo.creditMissing;
    else if (told.textContent === words.photo.creditMissing) told.textContent = "";
  }

  return { element, show };
}
