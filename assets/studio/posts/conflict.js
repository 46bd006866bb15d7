// Asks an editor what to do when another one has saved other words in the same fields.

import { h } from "../core/dom.js";
import { words } from "../words/words.js";
import { fieldName, shownValue } from "./names.js";
/** @import { Format, PostParts, Story } from "../core/types.d.ts" */
/** @import { Difference } from "./content.js" */

/** Opens the dialog, once. Nothing is saved before the editor has decided; the panel can open it again. */
export function conflictDialog(/** @type {PostParts} */ { store, keeper, failed, signal }) {
  if (document.querySelector("dialog.conflict")) return;
  const { saving: { differences = [], theirs }, formats, story } = store.get();
  if (!theirs) return;
  const dialog = h("dialog", { class: "conflict", "aria-labelledby": "conflict-heading", onclose: () => dialog.remove() });
  const fields = differences.map((difference, index) => choiceOf(difference, index, formats, story));
  const end = (/** @type {() => Promise<void>} */ work) => () => {
    dialog.close();
    work().catch(failed);
  };
  const given = () => fields.filter(({ mine }) => !mine.checked).map(({ field }) => field);
  dialog.append(
    h("h2", { id: "conflict-heading" }, words.posts.conflictHeading(theirs.updated_by)),
    h("p", {}, words.posts.conflictHint),
    ...fields.map(({ element }) => element),
    h(
      "div", { class: "post-actions" },
      h("button", { type: "button", class: "main", onclick: end(() => keeper.decide(given())) }, words.posts.conflictSave),
      h("button", { type: "button", onclick: end(() => keeper.saveCopy()) }, words.posts.conflictCopy),
    ),
  );
  document.body.append(dialog);
  signal.addEventListener("abort", () => dialog.close(), { once: true });
  dialog.showModal();
}

/** @typedef {{ field: string, mine: HTMLInputElement, element: HTMLElement }} Choice */

/** @type {(difference: Difference, index: number, formats: Format[], story: Story) => Choice} */
function choiceOf({ field, mine, theirs }, index, formats, story) {
  const speech = { dir: "auto", lang: story.language };
  const radio = (/** @type {boolean} */ checked) => h("input", { type: "radio", name: `conflict-${index}`, checked });
  const own = radio(true);
  /** @type {(input: HTMLInputElement, label: string, value: unknown) => HTMLLabelElement} */
  const option = (input, label, value) => {
    const text = h("span", speech, shownValue(value, formats, field));
    return h("label", { class: "option" }, input, h("span", {}, h("b", {}, label), text));
  };
  const element = h(
    "fieldset", {}, h("legend", {}, fieldName(field, formats)),
    option(own, words.posts.mine, mine), option(radio(false), words.posts.theirs, theirs),
  );
  return { field, mine: own, element };
}
