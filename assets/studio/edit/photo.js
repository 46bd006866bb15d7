// Builds the part of the form for the photograph: the one on the cards with its crop and focal point, and the choice of another.

import { api, Problem } from "../core/api.js";
import { h } from "../core/dom.js";
import { sentence } from "../core/errors.js";
import { words } from "../words/words.js";
import { cropFrame, WHOLE } from "./crop.js";
import { group, hint, note } from "./fields.js";
import { focalPoint } from "./focal.js";
import { changesIn, withChanges, withPhoto } from "./order.js";
import { otherPhoto } from "./other_photo.js";
/** @import { Changes, Edit, Parts, Photo } from "../core/types.d.ts" */

const PATIENCE = 9_000; // ms before the user is told that the photograph does not come

/**
 * Returns `{ element, show }`. The picture is loaded beside the cards and never delays them.
 * @param {Parts} view
 */
export function photoFields({ store, history, caller, signal }) {
  const place = h("div", { class: "photo-place" });
  const scope = () => store.get().scope;
  const changes = () => changesIn(store.get().edit, scope());
  const change = (/** @type {string} */ step, /** @type {Edit} */ edit) => history.change(step && step + scope(), edit);
  const set = (/** @type {Changes} */ fields) => change(Object.keys(fields)[0], withChanges(store.get().edit, scope(), fields));
  const setPhoto = (/** @type {Photo | undefined} */ photo, /** @type {string} */ step) =>
    change(step, withPhoto(store.get().edit, scope(), photo));
  const other = caller.role === "editor" ? otherPhoto({ store, changes, setPhoto, signal }) : null;
  /** @type {ReturnType<typeof pictureOf> | undefined} */ let picture;
  let leave = new AbortController();
  let shown = "";

  async function load() {
    const { story: { image, article_id: articleId } } = store.get();
    const added = changes().photo?.sha256;
    shown = added ?? image?.url ?? "";
    leave.abort();
    leave = new AbortController();
    picture = undefined;
    if (!shown) return place.replaceChildren(hint(words.photo.none));
    const wanted = AbortSignal.any([signal, leave.signal]);
    place.replaceChildren(hint(words.editor.photoLoading));
    try {
      const patient = AbortSignal.any([wanted, AbortSignal.timeout(PATIENCE)]);
      const blob = await (added ? api.addedPhoto(articleId, added, patient) : api.photo(articleId, patient));
      const url = URL.createObjectURL(blob);
      wanted.addEventListener("abort", () => URL.revokeObjectURL(url));
      picture = pictureOf(url, set);
      place.replaceChildren(picture.element);
      show();
    } catch (error) {
      if (!wanted.aborted) place.replaceChildren(...failure(error, load));
    }
    return undefined;
  }

  function show() {
    const { story: { image } } = store.get();
    const { photo, crop, focal_point: focal } = changes();
    if ((photo?.sha256 ?? image?.url ?? "") !== shown) return void load();
    const own = photo ? {} : image ?? {};
    picture?.show({ crop: crop ?? own.crop ?? WHOLE, focal: focal ?? own.focal_point ?? [0.5, 0.5] });
    return other?.show();
  }

  store.subscribe(({ story }) => story.image?.url, show, signal);
  load();
  other?.show();
  return { element: group(words.editor.photo, place, note("focal_point"), other?.element), show };
}

/**
 * Returns `{ element, show }` of the picture, on which either the focal point or the crop is moved.
 * @param {string} url
 * @param {(fields: Changes) => void} set
 */
function pictureOf(url, set) {
  const field = h("div", { class: "focal", dir: "ltr" });
  const focal = focalPoint(() => field, (at) => set({ focal_point: at }));
  const crop = cropFrame(() => field, (next) => set({ crop: next }));
  const explain = hint(words.editor.focalHint);
  const isCropping = () => field.classList.contains("is-cropping");
  const toggle = () => {
    field.classList.toggle("is-cropping");
    button.setAttribute("aria-pressed", String(isCropping()));
    explain.textContent = isCropping() ? words.photo.cropHint : words.editor.focalHint;
  };
  const button = h("button", { type: "button", "aria-pressed": "false", onclick: toggle }, words.photo.crop);
  const reset = () => set({ crop: undefined });
  const whole = h("button", { type: "button", class: "quiet-button", onclick: reset }, words.photo.whole);
  field.append(h("img", { src: url, alt: "", draggable: false }), crop.element, focal.element);
  field.addEventListener("pointerdown", (event) => isCropping() || focal.drag(event));
  return {
    element: h("div", { class: "photo" }, field, explain, h("div", { class: "photo-buttons" }, button, whole)),
    show(/** @type {{ focal: number[], crop: number[] }} */ now) {
      focal.show(now.focal);
      crop.show(now.crop);
      whole.hidden = now.crop.join() === WHOLE.join();
      field.classList.toggle("is-cropped", !whole.hidden);
    },
  };
}

function failure(/** @type {unknown} */ error, /** @type {() => void} */ retry) {
  const text = h("p", { class: "note", role: "status" }, sentence(error));
  const isGone = error instanceof Problem && error.status === 404;
  return isGone ? [text] : [text, h("button", { type: "button", onclick: retry }, words.problems.retry)];
}
