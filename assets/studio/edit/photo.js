// Builds the part of the form for the photograph, which is loaded beside the cards and never delays them.

import { api, Problem } from "../core/api.js";
import { h } from "../core/dom.js";
import { sentence } from "../core/errors.js";
import { words } from "../words/words.js";
import { group, hint, note } from "./fields.js";
import { focalPoint } from "./focal.js";

const PATIENCE = 9_000; // ms before the user is told that the photograph does not come

/** Returns `{ element, show }`. `moved([x, y])` is called when the focal point moves. */
export function photoFields(store, moved, signal) {
  const place = h("div", { class: "photo" });
  let focal;
  let leave = new AbortController();

  async function load() {
    leave.abort();
    leave = new AbortController();
    const wanted = AbortSignal.any([signal, leave.signal]);
    focal = undefined;
    const { image, article_id: articleId } = store.get().story;
    if (!image) return place.replaceChildren();
    put(hint(words.editor.photoLoading));
    try {
      const photo = URL.createObjectURL(await api.photo(articleId, AbortSignal.any([wanted, AbortSignal.timeout(PATIENCE)])));
      wanted.addEventListener("abort", () => URL.revokeObjectURL(photo));
      focal = focalPoint(photo, moved);
      put(focal.element, hint(words.editor.focalHint), note("focal_point"));
      show();
    } catch (error) {
      if (!wanted.aborted) put(...failure(error, load));
    }
  }

  const put = (...content) => place.replaceChildren(group(words.editor.photo, ...content));

  function show() {
    const { edit, story } = store.get();
    focal?.show(edit.changes.focal_point ?? story.image?.focal_point ?? [0.5, 0.5]);
  }

  store.subscribe(({ story }) => story.image?.url, load, signal);
  load();
  return { element: place, show };
}

function failure(error, retry) {
  const text = h("p", { class: "note", role: "status" }, sentence(error));
  const isGone = error instanceof Problem && error.status === 404;
  return isGone ? [text] : [text, h("button", { type: "button", onclick: retry }, words.problems.retry)];
}
