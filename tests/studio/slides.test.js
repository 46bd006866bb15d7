import "./browser.js";

import assert from "node:assert/strict";
import { test } from "node:test";

import { nearest } from "../../assets/studio/edit/dragging.js";
import { unchanged, withChange, withFormatChange } from "../../assets/studio/edit/order.js";

const { slideFacts, withSlideMoved } = await import("../../assets/studio/story/slides.js");

const story = { bullets: ["a", "b", "c"] };
const edit = unchanged(["square", "portrait"]);
const state = { story, edit, scope: "" };

test("a slide takes another place in all formats, and back to the story's order is no change", () => {
  const moved = withSlideMoved(state, "square", 0, 2);
  assert.deepEqual([moved.changes, moved.formatChanges], [{ bullets: ["b", "c", "a"] }, {}]);
  assert.deepEqual(withSlideMoved({ ...state, edit: moved }, "portrait", 2, 0), edit);
});

test("only the format that is changed alone, or that has facts of its own, is reordered", () => {
  const alone = withSlideMoved({ ...state, scope: "portrait" }, "portrait", 0, 1);
  assert.deepEqual([alone.changes, alone.formatChanges], [{}, { portrait: { bullets: ["b", "a", "c"] } }]);
  const own = withFormatChange(withChange(edit, "bullets", ["x", "y"]), "square", "bullets", ["y", "x"]);
  const back = withSlideMoved({ ...state, edit: own }, "square", 0, 1);
  assert.deepEqual([back.changes, back.formatChanges], [{ bullets: ["x", "y"] }, {}]);
});

test("a fact that is not written yet has no slide", () => {
  assert.deepEqual(slideFacts({ ...state, edit: withChange(edit, "bullets", ["a", " ", "c"]) }, "square"), ["a", "c"]);
});

test("what is dragged goes to the nearest place", () => {
  const boxes = [0, 100, 200].map((left) => ({ left, top: 0, right: left + 80, bottom: 100 }));
  const at = (clientX, clientY) => nearest(boxes, { clientX, clientY });
  assert.deepEqual([at(-50, 40), at(85, 50), at(95, 50), at(150, 900), at(999, 0)], [0, 0, 1, 1, 2]);
});
