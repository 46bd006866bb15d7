// Tells that the story has been corrected since a post was made, with the old words and the new ones.

import { h } from "../core/dom.js";
import { withChange, withFormatChange } from "../edit/order.js";
import { words } from "../words/words.js";
import { fieldName, shownValue } from "./names.js";
/** @import { Changed, PostParts } from "../core/types.d.ts" */
/** @import { Changes, Edit } from "../edit/order.js" */

/** The fields of an edit by the field of the story that they replace. @type {Record<string, (keyof Changes)[] | undefined>} */
const CHANGED_BY = { headline: ["headline"], kicker: ["kicker"], bullets: ["bullets", "bullet"], quotes: ["quote"] };

/**
 * Returns the note of an outdated post. Each field can be set back to what the story says now.
 * @param {PostParts & { canEdit: boolean }} parts
 * @param {Changed[]} outdated
 */
export function outdatedNote({ store, history, keeper, canEdit, failed }, outdated) {
  const { formats, story } = store.get();
  const speech = { dir: "auto", lang: story.language };
  const takeNew = (/** @type {string} */ field) => () => history.change("", withoutChange(store.get().edit, field));
  const button = (/** @type {string} */ field) => h("button", { type: "button", onclick: takeNew(field) }, words.posts.takeNew);
  const row = (/** @type {Changed} */ { field, was, is }) => h(
    "div", { class: "difference" },
    h("b", {}, fieldName(field, formats)),
    h("del", speech, shownValue(was, formats, field)), h("ins", speech, shownValue(is, formats, field)),
    canEdit && isChanged(store.get().edit, field) && button(field),
  );
  return h(
    "div", { class: "outdated", role: "note" },
    h("p", {}, words.posts.outdated), ...outdated.filter(({ field }) => field !== "version").map(row),
    canEdit && h("button", { type: "button", onclick: () => keeper.seen().catch(failed) }, words.posts.keepOwn),
  );
}

const scopes = (/** @type {Edit} */ { formatChanges }) => ["", ...Object.keys(formatChanges)];

function isChanged(/** @type {Edit} */ edit, /** @type {string} */ field) {
  const own = [edit.changes, ...Object.values(edit.formatChanges)];
  return own.some((changes) => CHANGED_BY[field]?.some((name) => name in changes));
}

/** Returns the edit without any change of a field of the story, in all formats. */
function withoutChange(/** @type {Edit} */ edit, /** @type {string} */ field) {
  let next = edit;
  for (const name of CHANGED_BY[field] ?? []) {
    for (const format of scopes(edit)) {
      next = format ? withFormatChange(next, format, name, undefined) : withChange(next, name, undefined);
    }
  }
  return next;
}
