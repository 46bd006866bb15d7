import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createHistory } from "../../assets/studio/core/history.js";

let state, clock, history;

beforeEach(() => {
  state = "";
  clock = 0;
  history = createHistory(() => state, (next) => (state = next), () => clock);
});

test("typing without a pause is one step", () => {
  for (const text of ["G", "Ga", "Gat"]) {
    history.change("headline", text);
    clock += 600;
  }
  clock += 200;
  history.change("headline", "Gates");
  history.undo();
  assert.equal(state, "Gat");
  history.undo();
  assert.equal(state, "");
  assert.equal(history.canUndo, false);
});

test("another field, and a change without a name, are steps of their own", () => {
  history.change("headline", "a");
  history.change("kicker", "b");
  history.change("", "c");
  history.change("", "d");
  for (const before of ["c", "b", "a", ""]) {
    history.undo();
    assert.equal(state, before);
  }
});

test("going back and forth between two fields without a pause combines nothing", () => {
  for (const [step, text] of [["headline", "a"], ["kicker", "b"], ["headline", "c"]]) history.change(step, text);
  for (const before of ["b", "a", ""]) {
    history.undo();
    assert.equal(state, before);
  }
});

test("typing in the same field after a change without a name is a new step", () => {
  for (const [step, text] of [["headline", "a"], ["", "b"], ["headline", "c"]]) history.change(step, text);
  history.undo();
  assert.equal(state, "b");
});

test("redo goes forward until something else is changed", () => {
  history.change("", "a");
  history.change("", "b");
  history.undo();
  history.undo();
  history.redo();
  assert.deepEqual([state, history.canRedo], ["a", true]);
  history.change("headline", "c");
  assert.equal(history.canRedo, false);
  history.redo();
  assert.equal(state, "c");
});

test("typing after an undo is a new step", () => {
  history.change("headline", "a");
  history.undo();
  history.change("headline", "b");
  history.undo();
  assert.equal(state, "");
});
