import "./browser.js";

import assert from "node:assert/strict";
import { test } from "node:test";

const { fieldName, nameOf, shownValue } = await import("../../assets/studio/posts/names.js");

const formats = [{ name: "x", title: "X post" }];
const post = (more) => ({ name: "", changes: {}, format_changes: {}, ...more });
const shown = (value, path = "changes\nheadline") => shownValue(value, formats, path);

test("a post without a name is called by the words that it changes", () => {
  assert.equal(nameOf(post({ name: "Friday", changes: { headline: "Gates" } })), "Friday");
  assert.equal(nameOf(post({ format_changes: { x: { quote: { text: "It held." } } } })), "It held.");
  assert.match(nameOf(post({ created_at: "2026-11-05T10:00:00Z" })), /^Post of 5 Nov 2026/);
  assert.equal(nameOf(post()), "Your post");
});

test("a field is named with its format", () => {
  assert.equal(fieldName("changes\nheadline", formats), "Headline");
  assert.equal(fieldName("x\nbullets", formats), "Key facts, X post");
  assert.equal(fieldName("text", formats), "Post text");
});

test("nothing written and written to be empty are two things", () => {
  assert.deepEqual([shown(undefined), shown(""), shown("", "x\ntheme")], ["as in the story", "nothing", "The brand’s theme"]);
});

test("values are in words", () => {
  assert.equal(shown(["One", "Two"]), "One\nTwo");
  assert.equal(shown(["x", "gone"], "formats"), "X post\ngone");
  assert.equal(shown([0, 0.25], "changes\nfocal_point"), "0 %\n25 %");
  assert.equal(shown({ text: "It held.", speaker: "Ida", role: "" }), "It held. — Ida");
  assert.equal(shown({ sha256: "a", credit: "Jo" }), "Another photo, Jo");
  assert.deepEqual([shown("shared", "status"), shown("shared")], ["Shared", "shared"]);
});
