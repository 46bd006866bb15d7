import "./browser.js";

import assert from "node:assert/strict";
import { test } from "node:test";

const boxes = [];
globalThis.document = {
  createElement(tag) {
    const element = Object.assign(new EventTarget(), { append() {}, setAttribute() {} });
    if (tag === "input") boxes.push(element);
    return element;
  },
};
const { formatChoice } = await import("../../assets/studio/edit/formats.js");

test("the last chosen format stays chosen", () => {
  const chosen = [];
  const formats = [{ name: "og", title: "Link" }, { name: "square", title: "Square" }];
  const { show } = formatChoice(formats, (names) => chosen.push(names));
  show(["og", "square"]);
  for (const box of boxes) {
    box.checked = false;
    box.dispatchEvent(new Event("change"));
  }
  assert.deepEqual(boxes.map((box) => box.checked), [false, true]);
  assert.deepEqual(chosen, [["square"]]);
});
