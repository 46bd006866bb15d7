// Builds the key facts of the form, which can be edited, added, removed and reordered.

import { h, icons, say } from "../core/dom.js";
import { LONGEST } from "../core/errors.js";
import { words } from "../words/words.js";
import { group, hint, note, speech } from "./fields.js";

/** Returns the list with one item moved to another place. */
export function withMoved(items, from, to) {
  const next = [...items];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

/** Returns the index of the row at a height of the page, or of the nearest. */
export function placeAt(boxes, y) {
  const at = boxes.findIndex(({ bottom }) => y < bottom);
  return at < 0 ? boxes.length - 1 : at;
}

/** Returns the group of fields. `get()` returns the facts, and `set(facts)` changes them. */
export function facts(story, get, set) {
  const list = h("ol", { class: "facts-list" });
  const add = h("button", { type: "button", class: "quiet-button", onclick: addOne }, words.editor.addFact);

  function addOne() {
    set([...get(), ""]);
    list.lastElementChild.querySelector("textarea").focus();
  }

  function move(from, to) {
    set(withMoved(get(), from, to));
    list.children[to].querySelector(to < from ? ".up:enabled, .down" : ".down:enabled, .up").focus();
    say(words.editor.moved(from + 1, to + 1));
  }

  function remove(index) {
    set(get().filter((_, at) => at !== index));
    const next = list.children[index] ?? list.lastElementChild;
    (next?.querySelector("textarea") ?? add).focus();
    say(words.editor.removed(index + 1));
  }

  /** Moves a fact with the pointer: it takes the place of the fact over which it is let go. */
  function drag(event, index) {
    if (event.button !== 0) return;
    event.preventDefault();
    const grip = event.currentTarget;
    const rows = [...list.children];
    const ended = new AbortController();
    let to = index;
    const mark = () => rows.forEach((row, at) => {
      row.classList.toggle("is-dragged", at === index);
      row.classList.toggle("is-target", at === to && to !== index);
    });
    const over = ({ clientY }) => {
      to = placeAt(rows.map((row) => row.getBoundingClientRect()), clientY);
      mark();
    };
    const drop = () => {
      ended.abort();
      for (const row of rows) row.classList.remove("is-dragged", "is-target");
      if (to !== index) move(index, to);
    };
    grip.setPointerCapture(event.pointerId);
    grip.addEventListener("pointermove", over, { signal: ended.signal });
    grip.addEventListener("pointerup", drop, { signal: ended.signal });
    grip.addEventListener("pointercancel", () => {
      to = index;
      drop();
    }, { signal: ended.signal });
    mark();
  }

  function fact(text, index, all) {
    const input = h("textarea", {
      rows: 2, maxlength: String(LONGEST.bullet), value: text, ...speech(story),
      "aria-label": words.editor.fact(index + 1), "aria-describedby": "note-bullets",
      oninput: () => set(get().map((one, at) => (at === index ? input.value : one))),
    });
    const mover = (style, label, to, glyph) => {
      const attributes = { type: "button", class: `${style} quiet-button`, "aria-label": label, disabled: !(to in all) };
      return h("button", { ...attributes, onclick: () => move(index, to) }, glyph);
    };
    const up = mover("up", words.editor.up(index + 1), index - 1, icons.up());
    const down = mover("down", words.editor.down(index + 1), index + 1, icons.down());
    const first = index === 0 && h("span", { class: "on-card" }, words.editor.first);
    const removal = { type: "button", class: "remove quiet-button", "aria-label": words.editor.remove(index + 1) };
    const cross = h("button", { ...removal, onclick: () => remove(index) }, icons.cross());
    const grip = h("span", { class: "grip", "aria-hidden": "true", onpointerdown: (event) => drag(event, index) }, icons.grip());
    return h("li", {}, first, grip, input, h("span", { class: "moves" }, up, cross, down));
  }

  return {
    element: group(words.editor.facts, hint(words.editor.factsHint), list, note("bullets"), add),
    /** Shows the present facts, without replacing the field that is being typed in. */
    show() {
      const shown = [...list.querySelectorAll("textarea")].map((input) => input.value);
      const wanted = get();
      if (JSON.stringify(shown) !== JSON.stringify(wanted)) list.replaceChildren(...wanted.map(fact));
    },
  };
}
