// Builds the part of the form for the photograph, which appears when the photograph is loaded.

import { h } from "../core/dom.js";
import { words } from "../words/words.js";
import { group, hint, note } from "./fields.js";
import { focalPoint } from "./focal.js";

/** Returns `{ element, show }`. `moved([x, y])` is called when the focal point moves. */
export function photoFields(store, moved, signal) {
  const place = h("div", { class: "photo" });
  let focal;

  function load(url) {
    focal = url && focalPoint(url, moved);
    const fields = focal && group(words.editor.photo, focal.element, hint(words.editor.focalHint), note("focal_point"));
    place.replaceChildren(...(fields ? [fields] : []));
    show();
  }

  function show() {
    const { edit, story } = store.get();
    focal?.show(edit.changes.focal_point ?? story.image?.focal_point ?? [0.5, 0.5]);
  }

  store.subscribe(({ photo }) => photo, load, signal);
  return { element: place, show };
}
