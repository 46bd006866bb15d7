// Builds the form that changes the cards for one post.

import { h, icons } from "../core/dom.js";
import { LONGEST } from "../core/errors.js";
import { words } from "../words/words.js";
import { facts } from "./facts.js";
import { area, fill, line } from "./fields.js";
import { formatChoice } from "./formats.js";
import { notesOf } from "./notices.js";
import { changesCards, changesIn, unchanged, withChange, withFormatChange } from "./order.js";
import { photoFields } from "./photo.js";
import { quoteFields, sameQuote } from "./quote.js";
/** @import { CardResult, Changes, Format, History, Parts, Store } from "../core/types.d.ts" */

const sameFacts = (/** @type {string[]} */ one, /** @type {string[]} */ other) => one.join("\n") === other.join("\n");

/** @typedef {{ elements: HTMLElement[], show: () => void }} Part fields of the form, and what brings them up to date */

/**
 * Returns the steps that build the form, of which the first returns it: building all of it at once would take a phone long. The
 * form shows the texts of the story's cards (story/own_texts.js) where the edit changes nothing.
 * @param {Parts} view
 * @returns {(() => HTMLElement | undefined)[]}
 */
export function editForm({ store, history, caller, signal }) {
  const { story, formats, themes } = store.get();
  const own = () => store.get().own;
  // What the fields show, and what they go back to: the story's texts, or those of all formats while one format is edited.
  const changes = () => changesIn(store.get().edit, store.get().scope);
  const usual = () => ({ theme: "", ...own(), ...(store.get().scope && store.get().edit.changes) });
  const now = () => ({ ...own(), ...changes() });
  /**
   * Changes a field; one that `isUsual` is changed no more. Typing in a field without a pause is one step of the history: `step`
   * names the field, and "" is a step of its own.
   * @param {keyof Changes} field
   * @param {Changes[keyof Changes]} value
   * @param {boolean} isUsual
   */
  const set = (field, value, isUsual, step = /** @type {string} */ (field)) => {
    const { edit, scope } = store.get();
    const change = isUsual ? undefined : value;
    history.change(step && step + scope, scope ? withFormatChange(edit, scope, field, change) : withChange(edit, field, change));
  };

  /** @type {(() => Part)[]} */
  const parts = [
    () => {
      const past = pastButtons(store, history, formats);
      const scope = scopeChoice(store);
      return { elements: [heading(past.element), scope.field], show: () => [past, scope].forEach((part) => part.show()) };
    },
    () => {
      const headline = area(story, {
        name: "headline", label: words.editor.headline, rows: 3, longest: LONGEST.headline,
        typed: (value) => set("headline", value, value === usual().headline),
      });
      const kicker = line(story, {
        name: "kicker", label: words.editor.kicker, longest: LONGEST.kicker,
        typed: (value) => set("kicker", value, value === usual().kicker),
      });
      const show = () => {
        fill(headline.input, now().headline);
        fill(kicker.input, now().kicker);
      };
      return { elements: [headline.field, kicker.field], show };
    },
    () => partOf(facts(
      story, () => now().bullets, (next, step) => set("bullets", next, sameFacts(next, usual().bullets), step),
    )),
    () => partOf(quoteFields(
      store, () => now().quote, (next, step) => set("quote", next, sameQuote(next, usual().quote), step),
    )),
    () => {
      const theme = themeChoice(themes, (name) => set("theme", name, name === usual().theme, ""));
      return { elements: [theme.field], show: () => (theme.input.value = changes().theme ?? "") };
    },
    () => partOf(photoFields({ store, history, caller, signal })),
    () => {
      const choice = formatChoice(formats, (names) => history.change("", { ...store.get().edit, formats: names }));
      return { elements: [choice.element], show: () => choice.show(store.get().edit.formats) };
    },
  ];
  const element = h(
    "form", { class: "editor", "aria-labelledby": "editor-heading", onsubmit: (event) => event.preventDefault() },
  );
  /** @type {Part[]} */ const built = [];
  const show = () => built.forEach((part) => part.show());

  function showNotes(/** @type {CardResult[]} */ results) {
    const { headline, kicker, bullets, quote } = now();
    for (const [name, text] of Object.entries(notesOf(results, { headline, kicker, bullets: bullets[0], quote: quote.text }))) {
      const place = element.querySelector(`#note-${name}`);
      if (place && place.textContent !== text) place.textContent = text;
    }
  }

  store.subscribe(({ edit }) => edit, show, signal);
  store.subscribe((state) => state.own, show, signal);
  store.subscribe((state) => state.scope, show, signal);
  store.subscribe(({ results }) => results, showNotes, signal);
  return parts.map((build, index) => () => {
    const part = build();
    built.push(part);
    element.append(...part.elements);
    part.show();
    if (built.length === parts.length) showNotes(store.get().results);
    return index ? undefined : element;
  });
}

/** @type {(group: { element: HTMLElement, show: () => void }) => Part} */
const partOf = ({ element, show }) => ({ elements: [element], show });

const heading = (/** @type {HTMLElement} */ past) => h(
  "header", {},
  h("div", {}, h("h2", { id: "editor-heading" }, words.editor.heading), h("p", { class: "quiet" }, words.editor.hint)),
  past,
);

function themeChoice(/** @type {{ name: string, title: string }[]} */ themes, /** @type {(name: string) => void} */ chosen) {
  const options = themes.map(({ name, title }) => h("option", { value: name }, title));
  const input = h(
    "select", { id: "theme", onchange: () => chosen(input.value) }, h("option", { value: "" }, words.editor.ownTheme), options,
  );
  return { input, field: h("div", { class: "field" }, h("label", { for: "theme" }, words.editor.theme), input) };
}

/** Returns the choice of what the form changes: all formats, or one of them. */
function scopeChoice(/** @type {Store} */ store) {
  const { formats } = store.get();
  const options = formats.map(({ name, title }) => h("option", { value: name }, title));
  const input = h(
    "select", { id: "scope", onchange: () => store.set({ scope: input.value }) },
    h("option", { value: "" }, words.editor.allFormats), options,
  );
  const show = () => {
    const { edit, scope } = store.get();
    input.value = scope;
    for (const [index, { name, title }] of formats.entries()) {
      options[index].textContent = edit.formatChanges[name] ? words.editor.changedFormat(title) : title;
    }
  };
  return { show, field: h("div", { class: "field" }, h("label", { for: "scope" }, words.editor.scope), input) };
}

/** Returns the buttons that undo, redo and reset. */
function pastButtons(/** @type {Store} */ store, /** @type {History} */ history, /** @type {Format[]} */ formats) {
  /** @type {(label: string, title: string | undefined, onclick: () => void, glyph?: Element) => HTMLButtonElement} */
  const button = (label, title, onclick, glyph) =>
    h("button", { type: "button", class: "quiet-button", title, onclick }, glyph, label);
  const undo = button(words.editor.undo, "Ctrl+Z", () => history.undo(), icons.undo());
  const redo = button(words.editor.redo, "Ctrl+Shift+Z", () => history.redo(), icons.redo());
  const names = formats.map(({ name }) => name);
  const reset = button(words.editor.reset, undefined, () => history.change("", unchanged(names)));
  return {
    element: h("div", { class: "history" }, undo, redo, reset),
    show() {
      const { edit } = store.get();
      undo.disabled = !history.canUndo;
      redo.disabled = !history.canRedo;
      reset.disabled = !changesCards(edit) && edit.text === undefined && edit.formats.length === names.length;
    },
  };
}
