// Builds the form that changes the cards for one post, with a note beside each field whose text does not fit.

import { h, icons, say } from "./dom.js";
import { focalPoint } from "./focal.js";
import { words } from "./words.js";

const LONGEST = "1000"; // characters: the API's limit for a line
const LONGEST_QUOTE = "10000";

/** Returns `{ element, show, notices }`. `own` has the texts of the story's cards; `history` comes from edits.js. */
export function editor({ story, own, formats, themes, history, chooseFormats, photo }) {
  const speech = { dir: "auto", lang: story.language };
  const notes = {};

  function note(name) {
    notes[name] = h("p", { class: "note", id: `note-${name}`, role: "status" });
    return notes[name];
  }

  function area(name, label, rows, limit, oninput) {
    const input = h("textarea", { id: name, rows, maxlength: limit, "aria-describedby": `note-${name}`, ...speech, oninput: (event) => oninput(event.target.value) });
    return { input, field: h("div", { class: "field" }, h("label", { for: name }, label), input, note(name)) };
  }

  function line(name, label, oninput) {
    const input = h("input", { id: name, type: "text", maxlength: LONGEST, autocomplete: "off", ...speech, oninput: (event) => oninput(event.target.value) });
    return { input, field: h("div", { class: "field" }, h("label", { for: name }, label), input) };
  }

  const unless = (value, same) => (value === same ? undefined : value);
  const headline = area("headline", words.editor.headline, 3, LONGEST, (value) => history.set("headline", unless(value, own.headline)));
  const kicker = line("kicker", words.editor.kicker, (value) => history.set("kicker", unless(value, own.kicker)));

  // Key facts, which can be reordered and edited.
  const facts = h("ol", { class: "facts-list" });
  const bullets = () => history.state.bullets ?? own.bullets;
  const setBullets = (next) => history.set("bullets", next.join("\n") === own.bullets.join("\n") ? undefined : next);

  function move(from, to) {
    const next = [...bullets()];
    next.splice(to, 0, ...next.splice(from, 1));
    setBullets(next);
    facts.children[to].querySelector(to < from ? ".up:enabled, .down" : ".down:enabled, .up").focus();
    say(words.editor.moved(from + 1, to + 1));
  }

  function fact(text, index, all) {
    const input = h("textarea", { rows: 2, maxlength: LONGEST, "aria-label": words.editor.fact(index + 1), "aria-describedby": "note-bullets", ...speech, value: text, oninput: (event) => setBullets(bullets().map((one, at) => (at === index ? event.target.value : one))) });
    const up = h("button", { type: "button", class: "up quiet-button", "aria-label": words.editor.up(index + 1), disabled: index === 0, onclick: () => move(index, index - 1) }, icons.up());
    const down = h("button", { type: "button", class: "down quiet-button", "aria-label": words.editor.down(index + 1), disabled: index === all.length - 1, onclick: () => move(index, index + 1) }, icons.down());
    return h("li", {}, index === 0 && h("span", { class: "on-card" }, words.editor.first), input, h("span", { class: "moves" }, up, down));
  }

  // The quote, from the story or typed.
  const quotes = h("select", { id: "quotes", ...speech, onchange: () => pick(Number(quotes.value)) });
  story.quotes.forEach((quote, index) => quotes.append(h("option", { value: String(index) }, `${quote.speaker || "?"}: ${quote.text}`)));
  quotes.append(h("option", { value: "-1" }, words.editor.ownQuote));
  const quote = () => history.state.quote ?? own.quote;
  const same = (one, other) => ["text", "speaker", "role"].every((part) => (one[part] ?? "") === (other[part] ?? ""));
  const setQuote = (next) => history.set("quote", same(next, own.quote) ? undefined : next);
  const pick = (index) => (index < 0 ? (setQuote({ text: "", speaker: "", role: "" }), quoteText.input.focus()) : setQuote(story.quotes[index]));
  const part = (name) => (value) => setQuote({ ...quote(), [name]: value });
  const quoteText = area("quote", words.editor.quoteText, 4, LONGEST_QUOTE, part("text"));
  const speaker = line("speaker", words.editor.speaker, part("speaker"));
  const role = line("role", words.editor.role, part("role"));

  const theme = h("select", { id: "theme", onchange: () => history.set("theme", theme.value || undefined) }, h("option", { value: "" }, words.editor.ownTheme), themes.map(({ name, title }) => h("option", { value: name }, title)));
  const focal = photo && focalPoint(photo, (at) => history.set("focal_point", at));
  const checks = h("div", { class: "checks" }, formats.map(({ name, title }) => h("label", { class: "check" }, h("input", { type: "checkbox", value: name, checked: true, onchange: chosen }), title)));

  function chosen(event) {
    const names = [...checks.querySelectorAll("input:checked")].map((input) => input.value);
    if (names.length) chooseFormats(names);
    else event.target.checked = true; // at least one format stays chosen
  }

  const undo = h("button", { type: "button", class: "quiet-button", title: "Ctrl+Z", onclick: () => history.undo() }, icons.undo(), words.editor.undo);
  const redo = h("button", { type: "button", class: "quiet-button", title: "Ctrl+Shift+Z", onclick: () => history.redo() }, icons.redo(), words.editor.redo);
  const reset = h("button", { type: "button", class: "quiet-button", onclick: () => history.reset() }, words.editor.reset);
  const group = (title, ...content) => h("fieldset", {}, h("legend", {}, title), content);

  const element = h(
    "form", { class: "editor", "aria-labelledby": "editor-heading", onsubmit: (event) => event.preventDefault() },
    h("header", {}, h("div", {}, h("h2", { id: "editor-heading" }, words.editor.heading), h("p", { class: "quiet" }, words.editor.hint)), h("div", { class: "history" }, undo, redo, reset)),
    headline.field, kicker.field,
    group(words.editor.facts, h("p", { class: "quiet" }, words.editor.factsHint), facts, note("bullets"), h("button", { type: "button", class: "quiet-button", onclick: () => { setBullets([...bullets(), ""]); facts.lastElementChild.querySelector("textarea").focus(); } }, words.editor.addFact)),
    group(words.editor.quotes, h("div", { class: "field" }, h("label", { for: "quotes" }, words.editor.pick), quotes), quoteText.field, speaker.field, role.field, h("p", { class: "quiet" }, words.editor.quoteHint)),
    h("div", { class: "field" }, h("label", { for: "theme" }, words.editor.theme), theme),
    focal && group(words.editor.photo, focal.element, h("p", { class: "quiet" }, words.editor.focalHint), note("focal_point")),
    group(words.editor.formats, checks),
  );

  const fill = (input, value) => input.value !== value && (input.value = value);

  /** Shows an edit in the form, without replacing the field that is being typed in. */
  function show(edit) {
    fill(headline.input, edit.headline ?? own.headline);
    fill(kicker.input, edit.kicker ?? own.kicker);
    const list = bullets();
    if (facts.children.length !== list.length || list.some((text, index) => facts.children[index].querySelector("textarea").value !== text)) facts.replaceChildren(...list.map(fact));
    const now = quote();
    fill(quoteText.input, now.text);
    fill(speaker.input, now.speaker ?? "");
    fill(role.input, now.role ?? "");
    quotes.value = String(story.quotes.findIndex((one) => same(one, now)));
    theme.value = edit.theme ?? "";
    focal?.show(edit.focal_point ?? story.image?.focal_point ?? [0.5, 0.5]);
    undo.disabled = !history.canUndo;
    redo.disabled = !history.canRedo;
    reset.disabled = !Object.keys(edit).length;
  }

  return { element, show, notices: (found) => notices(notes, found) };
}

/** Shows which formats cut a field short or have no card for it, according to the results so far. */
function notices(notes, found) {
  const texts = {};
  for (const [name, kind, roles] of [["headline", "headline", ["headline"]], ["bullets", "bullet", ["bullet"]], ["quote", "quote", ["quote", "speaker"]]]) {
    const cards = found.filter((card) => card.kind === kind);
    const cut = cards.filter((card) => card.truncated?.some((role) => roles.includes(role))).map((card) => card.format.title);
    const skipped = cards.filter((card) => card.skipped);
    if (skipped.length) texts[name] = skipped.length === cards.length ? words.editor.skippedAll(skipped[0].skipped) : words.editor.skipped(skipped.map((card) => card.format.title), skipped[0].skipped);
    else if (cut.length) texts[name] = cut.length === cards.length ? words.editor.tooLongForAll : words.editor.tooLong(cut);
  }
  for (const [name, note] of Object.entries(notes)) if (note.textContent !== (texts[name] ?? "")) note.textContent = texts[name] ?? "";
  const refused = found.find((card) => card.error?.field);
  if (refused) refuse(notes, refused.error);
}

/** Shows the API's error message beside the field at fault. */
function refuse(notes, { field, message }) {
  const name = field.startsWith("quote") ? "quote" : field.startsWith("bullet") ? "bullets" : field;
  if (notes[name]) notes[name].textContent = message.replace(/^[^:]+: /, "").replace(/^./, (letter) => letter.toUpperCase());
}
