import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

import twitter from "twitter-text";
import { parse } from "yaml";

import { addressesIn } from "../../assets/studio/edit/addresses.js";
import { TOP_LEVEL_DOMAINS } from "../../assets/studio/edit/tlds.js";
import { NETWORKS, onBluesky, onMastodon, onThreads, onX } from "../../assets/studio/edit/weights.js";

const CONFORMANCE = new URL("../../../shared/data/twitter-text/validate.yml", import.meta.url);
// WeightedTweetsCounterTest is of version 2, which weighs the parts of an emoji.
const SECTIONS = ["WeightedTweetsWithDiscountedEmojiCounterTest", "UnicodeDirectionalMarkerCounterTest"];
const HINDI = "बारिश के बाद शहर की सड़कें फिर खुल गईं। ";
const PIECES = [
  "a", "9", ".", "-", "_", "/", "@", "#", "(", ")", "é", "ø", "の", "日本", "म", "हि", "ا", "Ж", "…", "“", "e\u0301", "\u202a",
  "\u200d", "\ufe0f", " example.com ", " news.example.co.uk/a_(b)?q=1 ", "https://example.com/ü", "http://a.みんな", "www.",
  ".com ", "xn--abc", ":8080", "@news", ",", "😀", "👍🏽", "👩‍👩‍👧", "❤", "❤️", "☀︎", "©", "©️", "1️⃣", "🇩🇪", "🇩", "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
];

/** Returns a function that gives the same numbers between 0 and 1 in every run (mulberry32). */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const weighedByX = (text) => twitter.parseTweet(text).weightedLength;
const graphemes = (text) => [...new Intl.Segmenter().segment(text)].length;

test("X weighs any text as twitter-text does", () => {
  const random = numbers(1);
  for (let round = 0; round < 5000; round += 1) {
    const pieces = Array.from({ length: 1 + Math.floor(random() * 9) }, () => PIECES[Math.floor(random() * PIECES.length)]);
    const text = pieces.join("");
    assert.equal(onX(text), weighedByX(text), JSON.stringify(text));
  }
});

for (const section of SECTIONS) {
  test(`X passes ${section} of twitter-text's conformance suite`, { skip: !existsSync(CONFORMANCE) }, () => {
    const cases = parse(readFileSync(CONFORMANCE, "utf8")).tests[section];
    assert.ok(cases.length > 1);
    for (const { description, text, expected } of cases) assert.equal(onX(text), expected.weightedLength, description);
  });
}

test("X counts the marks of Hindi", () => {
  const text = "नि".repeat(149) + "न".repeat(121);
  assert.deepEqual([graphemes(text), onX(text)], [270, 419]);
  assert.equal(onX(HINDI), weighedByX(HINDI));
  assert.ok(onX(HINDI) > graphemes(HINDI));
});

test("the top-level domains are those of twitter-text", () => {
  for (const name of TOP_LEVEL_DOMAINS) assert.deepEqual(twitter.extractUrls(`https://a.${name}`), [`https://a.${name}`], name);
  assert.ok(TOP_LEVEL_DOMAINS.length > 1500);
  assert.deepEqual(addressesIn("Open https://a.notadomain or story.html now", { bare: true }), []);
});

test("Bluesky counts graphemes, shortens addresses and has a limit in bytes", () => {
  assert.equal(onBluesky("👩‍👩‍👧 नि"), 3);
  assert.equal(onBluesky("Read https://news.example/2026/11/a-long-story."), "Read news.example/2026/11/a-lo....".length);
  assert.equal(onBluesky("Read https://news.example/"), "Read news.example".length);
  assert.equal(onBluesky("👩‍👩‍👧".repeat(200)), 300 + 600);
});

test("Mastodon counts an address as 23, and a handle without its server", () => {
  assert.equal(onMastodon("https://news.example.com/2026/11/a-very-long-story-indeed"), 23);
  assert.equal(onMastodon("By @ida@news.example.com, with @bo"), "By @ida, with @bo".length);
  assert.equal(onMastodon("news.example.com"), 16);
  assert.equal(onMastodon("👩‍👩‍👧"), 1);
});

test("Threads counts an emoji by its bytes", () => {
  assert.equal(onThreads("Ж नि 日"), 6);
  assert.equal(onThreads("a😀"), 5);
  assert.equal(onThreads("👩‍👩‍👧"), 18);
});

test("every network has a limit", () => {
  assert.deepEqual(
    NETWORKS.map(({ name, most, count }) => [name, most, count("")]),
    [["x", 280, 0], ["bluesky", 300, 0], ["mastodon", 500, 0], ["threads", 500, 0], ["instagram", 2200, 0], ["linkedin", 3000, 0],
      ["facebook", 63206, 0]],
  );
});

test("a long text without spaces is counted at once", () => {
  const began = performance.now();
  onX(`${"長い文".repeat(1500)}.com`);
  assert.ok(performance.now() - began < 500);
});
