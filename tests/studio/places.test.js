import "./browser.js";

import assert from "node:assert/strict";
import { test } from "node:test";

import { routeOf } from "../../assets/studio/core/router.js";
import { createStore } from "../../assets/studio/core/store.js";
import { intl } from "../../assets/studio/words/intl.js";
import { choose, wordIn } from "../../assets/studio/words/words.js";

const ROUTES = [
  { pattern: /^article\/(?<article>[^/]+)(?:\/post\/(?<post>[^/]+))?$/, view: "story" },
  { pattern: /^/, view: "list" },
];

test("an address names a view and its parameters", () => {
  assert.deepEqual(routeOf(ROUTES, ""), { view: "list", params: {} });
  assert.deepEqual(routeOf(ROUTES, "#/?query=a%20b"), { view: "list", params: { query: "a b" } });
  assert.deepEqual(routeOf(ROUTES, "#/article/a%2Fb?post=x"), { view: "story", params: { article: "a/b", post: "x" } });
  assert.deepEqual(routeOf(ROUTES, "#/article/100%"), { view: "story", params: { article: "100%" } });
  assert.deepEqual(routeOf(ROUTES, "#/article/a/post/abc"), { view: "story", params: { article: "a", post: "abc" } });
});

test("a listener hears of its part only, and of nothing after its signal", () => {
  const store = createStore({ edit: 1, photo: 1 });
  const leaving = new AbortController();
  const heard = [];
  store.subscribe(({ edit }) => edit, (now, before) => heard.push([before, now]), leaving.signal);
  store.set({ photo: 2 });
  store.set({ edit: 2 });
  leaving.abort();
  store.set({ edit: 3 });
  assert.deepEqual(heard, [[1, 2]]);
});

test("the interface has the user's language, else the browser's, else English", () => {
  assert.equal(choose("de", ["fr"], ["en", "de", "fr"]), "de");
  assert.equal(choose(null, ["sv-SE", "fr-CA"], ["en", "fr"]), "fr");
  assert.equal(choose("xx", ["sv"], ["en", "fr"]), "en");
});

test("counts have the plural forms of their language", () => {
  const uk = { one: "# матеріал", few: "# матеріали", many: "# матеріалів", other: "# матеріалу" };
  assert.deepEqual([1, 3, 5, 21].map((value) => intl("uk").count(value, uk)), [
    "1 матеріал", "3 матеріали", "5 матеріалів", "21 матеріал",
  ]);
  assert.equal(intl("en-GB").count(1200, { one: "1 story", other: "# stories" }), "1,200 stories");
});

test("a kind or a field that is newer than the words is called by its own name", () => {
  const texts = { og: "Link preview" };
  assert.equal(wordIn(texts, "og"), "Link preview");
  assert.equal(wordIn(texts, "reel"), "reel");
  assert.equal(wordIn(texts, "reel", "Reel 9:16"), "Reel 9:16");
  assert.equal(wordIn(texts, "constructor"), "constructor");
});
