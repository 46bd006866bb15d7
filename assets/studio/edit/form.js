// Builds the form that changes the cards for one post.

import { h, icons } from "../core/dom.js";
import { LONGEST } from "../core/errors.js";
import { words } from "../words/words.js";
import { facts } from "./facts.js";
import { area, fill, line } from "./fields.js";
import { formatChoice } from "./formats.js";
import { notesOf } from "./notices.js";
import { changesCards, unchanged, withChange } from "./order.js";
import { photoFields } from "./photo.js";
import { quoteFields, sameQuote } from "./quote.js";

/** Returns the form, which shows the texts of the story's cards (story/own_texts.js) where the edit changes nothing. */
export function editForm({ store, history, caller, signal }) {
  const { story, formats, themes } = store.get();
  const own = () => store.get().own;
  const changes = () => store.get().edit.changes;
  const set = (field, value, same = value === own()[field]) =>
    history.change(field, withChange(store.get().edit, field, same ? undefined : value));

  const headline = area(story, {
    name: "headline", label: words.editor.headline, rows: 3, longest: LONGEST.headline, typed: (value) => set("headline", value),
  });
  const kicker = line(story, {
    name: "kicker", label: words.editor.kicker, longest: LONGEST.kicker, typed: (value) => set("kicker", value),
  });
  const bullets = () => changes().bullets ?? own().bullets;
  const key = facts(story, bullets, (next) => set("bullets", next, next.join("\n") === own().bullets.join("\n")));
  const said = () => changes().quote ?? own().quote;
  const quote = quoteFields(store, said, (next) => set("quote", next, sameQuote(next, own().quote)));
  const theme = themeChoice(themes, (name) => set("theme", name || undefined));
  const photo = photoFields({ store, history, caller, signal });
  const choice = formatChoice(formats, (names) => history.change("", { ...store.get().edit, formats: names }));
  const past = pastButtons(store, history, formats);
  const element = h(
    "form", { class: "editor", "aria-labelledby": "editor-heading", onsubmit: (event) => event.preventDefault() },
    heading(past.element), headline.field, kicker.field, key.element, quote.element, theme.field, photo.element, choice.element,
  );

  function show() {
    const { edit } = store.get();
    fill(headline.input, edit.changes.headline ?? own().headline);
    fill(kicker.input, edit.changes.kicker ?? own().kicker);
    theme.input.value = edit.changes.theme ?? "";
    choice.show(edit.formats);
    for (const part of [key, quote, photo, past]) part.show();
  }

  function showNotes(results) {
    const texts = { headline: headline.input.value, kicker: kicker.input.value, bullets: bullets()[0], quote: said().text };
    for (const [name, text] of Object.entries(notesOf(results, texts))) {
      const place = element.querySelector(`#note-${name}`);
      if (place && place.textContent !== text) place.textContent = text;
    }
  }

  store.subscribe(({ edit }) => edit, show, signal);
  store.subscribe((state) => state.own, show, signal);
  store.subscribe(({ results }) => results, showNotes, signal);
  show();
  return element;
}

const heading = (past) => h(
  "header", {},
  h("div", {}, h("h2", { id: "editor-heading" }, words.editor.heading), h("p", { class: "quiet" }, words.editor.hint)),
  past,
);

function themeChoice(themes, chosen) {
  const options = themes.map(({ name, title }) => h("option", { value: name }, title));
  const input = h(
    "select", { id: "theme", onchange: () => chosen(input.value) }, h("option", { value: "" }, words.editor.ownTheme), options,
  );
  return { input, field: h("div", { class: "field" }, h("label", { for: "theme" }, words.editor.theme), input) };
}

/** Returns the buttons that undo, redo and reset. */
function pastButtons(store, history, formats) {
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
