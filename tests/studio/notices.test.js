import "./browser.js";

import assert from "node:assert/strict";
import { test } from "node:test";

import { Problem } from "../../assets/studio/core/api.js";
import { failureReason, sentence } from "../../assets/studio/core/errors.js";
import { notesOf } from "../../assets/studio/edit/notices.js";
import { noticeTexts } from "../../assets/studio/story/notices.js";
import { words } from "../../assets/studio/words/words.js";

const [og, x] = [{ name: "og", title: "Link" }, { name: "x", title: "X post" }];
const card = (kind, format, result) => ({ kind, format, ...result });
const problem = (status, name = "other", field = undefined) =>
  new Problem(status, { type: `x:${name}`, detail: "expected a secret", field });

test("a text that is cut is noted beside its field, with the formats", () => {
  const cut = { truncated: ["headline"] };
  assert.match(notesOf([card("headline", og, cut), card("headline", x, {})], {}).headline, /Link: it will be cut short/);
  assert.match(notesOf([card("headline", og, cut), card("headline", x, cut)], {}).headline, /every format/);
  assert.equal(notesOf([card("headline", og, { truncated: ["kicker"] })], {}).headline, "");
});

test("a card that is missing is noted with its reason", () => {
  const none = { skipped: "no-quote" };
  assert.match(notesOf([card("quote", og, none), card("quote", x, {})], {}).quote, /No card in Link: there is no quote/);
  assert.match(notesOf([card("quote", og, { skipped: "too-long" })], {}).quote, /does not fit/);
  assert.match(notesOf([card("quote", og, { skipped: "" })], {}).quote, /there is no quote/, "of an older set");
});

test("notices of a set are told by their codes, each once, and never in the words of the API", () => {
  const { lostPhoto, markup, other } = words.notices;
  const codes = [{ code: "photo-lost" }, { code: "markup", field: "quotes[0].text" }, { code: "newer" }, { code: "other" }];
  assert.deepEqual(noticeTexts({ notices: ["a", "b", "c", "d"], notice_codes: codes }), [lostPhoto, markup("quotes"), other]);
  assert.deepEqual(noticeTexts({ notices: ["The photograph could not be used"] }), [other], "an older set has no codes");
  assert.deepEqual([noticeTexts({}), noticeTexts(null)], [[], []]);
});

test("a refused text is noted beside the field of the form that it belongs to", () => {
  const refused = { error: problem(422, "order-invalid", "quotes[0].text") };
  assert.equal(notesOf([card("quote", og, refused)], { quote: "" }).quote, "Missing: quotes.");
  const long = { quote: "a".repeat(20_000) };
  assert.match(notesOf([card("quote", og, refused)], long).quote, /Too long: quotes. Use at most 10,000/);
});

test("no text of the API is shown", () => {
  const problems = [
    problem(404, "article-unknown"), problem(410, "article-withdrawn"), problem(422, "other", "kicker"),
    new TypeError("expected a secret"), ...[403, 429, 500, 503].map((status) => problem(status)),
  ];
  const shown = problems.map(sentence);
  assert.equal(new Set(shown).size, problems.length - 1, "each has its own words, but faults of the server have the same");
  assert.ok(shown.every((text) => text && !text.includes("secret")));
  assert.equal(failureReason("quotes[0].text"), "Missing or unreadable in what the CMS sent: quotes.");
  assert.equal(failureReason(), "The story as the CMS sent it cannot be used.");
});
