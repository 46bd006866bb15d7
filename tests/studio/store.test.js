// Tests the store of a view, and how a story differs from what the user saw.

import assert from "node:assert/strict";
import test from "node:test";

import { createStore } from "../../assets/studio/core/store.js";
import { differences } from "../../assets/studio/story/differences.js";

test("a listener hears of changes of its own part only, until its signal aborts", () => {
  const store = createStore({ one: 1, other: 1 });
  const heard = [];
  const leave = new AbortController();
  store.subscribe(({ one }) => one, (now, before) => heard.push([before, now]), leave.signal);
  store.set({ other: 2 });
  store.set({ one: 2 });
  leave.abort();
  store.set({ one: 3 });
  assert.deepEqual(heard, [[1, 2]]);
});

test("a listener that another one has ended is not called any more", () => {
  const store = createStore({ mode: "public" });
  const leave = new AbortController();
  store.subscribe(({ mode }) => mode, () => leave.abort());
  store.subscribe(({ mode }) => mode, () => assert.fail("called"), leave.signal);
  store.set({ mode: "withdrawn" });
});

test("stories differ in what cards may show, and in nothing else", () => {
  const story = { headline: "Minister resigns", bullets: ["One"], quotes: [{ text: "Done.", speaker: "Ann" }], questions: [] };
  const now = { ...story, headline: "Minister does NOT resign", updated_at: "2026-11-29", quotes: [] };
  assert.deepEqual(differences(story, now), [
    { field: "headline", was: "Minister resigns", is: "Minister does NOT resign" },
    { field: "quotes", was: "“Done.”, Ann", is: "" },
  ]);
  assert.deepEqual(differences(story, { ...story, updated_at: "2026-11-29" }), []);
});
