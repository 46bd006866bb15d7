// Builds the key facts of the form, which can be edited and reordered.

import { h, icons, say } from "../core/dom.js";
import { LONGEST } from "../core/errors.js";
import { words } from "../words/words.js";
import { group, hint, note, speech } from "./fields.js";

/** Returns the group of fields. `get()` returns the facts, and `set(facts)` changes them. */
export function facts(story, get, set) {
  const list = h("ol", { class: "facts-list" });
  const add = h("button", { type: "button", class: "quiet-button", onclick: addOne }, words.editor.addFact);

  function addOne() {
    set([...get(), ""]);
    list.lastElementChild.querySelector("textarea").focus();
  }

  function move(from, to) {
    const next = [...get()];
    next.splice(to, 0, ...next.splice(from, 1));
    set(next);
    list.children[to].querySelector(to < from ? ".up:enabled, .down" : ".down:enabled, .up").focus();
    say(words.editor.moved(from + 1, to + 1));
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
    return h("li", {}, first, input, h("span", { class: "moves" }, up, down));
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
