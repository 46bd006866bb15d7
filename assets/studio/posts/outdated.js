// Tells that the story has been corrected since a post was made, with the old words and the new ones.

import { h } from "../core/dom.js";
import { withChange, withFormatChange } from "../edit/order.js";
import { words } from "../words/words.js";
import { fieldName, shownValue } from "./names.js";

const CHANGED_BY = { headline: ["headline"], kicker: ["kicker"], bullets: ["bullets", "bullet"], quotes: ["quote"] };

/** Returns the note. Each field can be set back to what the story says now. */
export function outdatedNote({ store, history, keeper, canEdit, failed }) {
  const { post, formats, story } = store.get();
  const speech = { dir: "auto", lang: story.language };
  const takeNew = (field) => () => history.change("", withoutChange(store.get().edit, field));
  const button = (field) => h("button", { type: "button", onclick: takeNew(field) }, words.posts.takeNew);
  const row = ({ field, was, is }) => h(
    "div", { class: "difference" },
    h("b", {}, fieldName(field, formats)),
    h("del", speech, shownValue(was, formats, field)), h("ins", speech, shownValue(is, formats, field)),
    canEdit && isChanged(store.get().edit, field) && button(field),
  );
  return h(
    "div", { class: "outdated", role: "note" },
    h("p", {}, words.posts.outdated), ...post.outdated.filter(({ field }) => field !== "version").map(row),
    canEdit && h("button", { type: "button", onclick: () => keeper.seen().catch(failed) }, words.posts.keepOwn),
  );
}

const scopes = ({ formatChanges }) => ["", ...Object.keys(formatChanges)];

function isChanged(edit, field) {
  const own = [edit.changes, ...Object.values(edit.formatChanges)];
  return own.some((changes) => CHANGED_BY[field].some((name) => name in changes));
}

/** Returns the edit without any change of a field of the story, in all formats. */
export function withoutChange(edit, field) {
  let next = edit;
  for (const name of CHANGED_BY[field]) {
    for (const format of scopes(edit)) {
      next = format ? withFormatChange(next, format, name, undefined) : withChange(next, name, undefined);
    }
  }
  return next;
}
