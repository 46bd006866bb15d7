// Builds the key facts of the form, which can be edited, added, removed and reordered.

import { focusOn, h, icons, say } from "../core/dom.js";
import { LONGEST } from "../core/errors.js";
import { words } from "../words/words.js";
import { dragAmong } from "./dragging.js";
import { group, hint, note, speech } from "./fields.js";

/**
 * Returns the list with one item moved to another place.
 * @template Item
 * @param {Item[]} items
 * @param {number} from
 * @param {number} to
 */
export function withMoved(items, from, to) {
  const next = [...items];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

/**
 * Returns the group of fields. `get()` returns the facts, and `set(facts, step)` changes them.
 * @param {{ language?: string }} story
 * @param {() => string[]} get
 * @param {(facts: string[], step: string) => void} set
 */
export function facts(story, get, set) {
  const list = h("ol", { class: "facts-list" });
  const add = h("button", { type: "button", class: "quiet-button", onclick: addOne }, words.editor.addFact);

  function addOne() {
    set([...get(), ""], "");
    focusOn(list.lastElementChild, "textarea");
  }

  function move(/** @type {number} */ from, /** @type {number} */ to) {
    set(withMoved(get(), from, to), "");
    focusOn(list.children[to], to < from ? ".up:enabled" : ".down:enabled", ".up:enabled", ".down");
    say(words.editor.moved(from + 1, to + 1));
  }

  function remove(/** @type {number} */ index) {
    set(get().filter((_, at) => at !== index), "");
    const next = list.children[index] ?? list.lastElementChild;
    (next?.querySelector("textarea") ?? add).focus();
    say(words.editor.removed(index + 1));
  }

  function fact(/** @type {string} */ text, /** @type {number} */ index, /** @type {string[]} */ all) {
    const input = h("textarea", {
      rows: 2, maxlength: String(LONGEST.bullet), value: text, ...speech(story),
      "aria-label": words.editor.fact(index + 1), "aria-describedby": "note-bullets",
      oninput: () => set(get().map((one, at) => (at === index ? input.value : one)), `fact${index}`),
    });
    /** @type {(style: string, label: string, to: number, glyph: Element) => HTMLButtonElement} */
    const mover = (style, label, to, glyph) => {
      const attributes = { type: "button", class: `${style} quiet-button`, "aria-label": label, disabled: !(to in all) };
      return h("button", { ...attributes, onclick: () => move(index, to) }, glyph);
    };
    const up = mover("up", words.editor.up(index + 1), index - 1, icons.up());
    const down = mover("down", words.editor.down(index + 1), index + 1, icons.down());
    const first = index === 0 && h("span", { class: "on-card" }, words.editor.first);
    const removal = { type: "button", class: "remove quiet-button", "aria-label": words.editor.remove(index + 1) };
    const cross = h("button", { ...removal, onclick: () => remove(index) }, icons.cross());
    const drag = (/** @type {PointerEvent} */ event) => dragAmong(event, [...list.children], index, (to) => move(index, to));
    const grip = h("span", { class: "grip", "aria-hidden": "true", onpointerdown: drag }, icons.grip());
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
