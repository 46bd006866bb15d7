import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { parse } from "espree";

import { en } from "../../assets/studio/words/en.js";

const STUDIO = new URL("../../assets/studio/", import.meta.url);
const FILES = readdirSync(new URL("words/", STUDIO));
const LANGUAGES = FILES.map((name) => name.replace(".js", "")).filter((name) => name.length === 2); // not intl, not words
const SAMPLE = "2026-11-05T10:00:00Z"; // an argument for any text: a name, a number of characters or a moment

const isGroup = (value) => typeof value === "object";
const at = (words, path) => path.reduce((group, key) => group?.[key], words);

/** Returns the path of every text: ["signIn", "heading"]. */
function paths(words, before = []) {
  return Object.entries(words).flatMap(([key, value]) => (isGroup(value) ? paths(value, [...before, key]) : [[...before, key]]));
}

/** Returns what the Studio's modules read of `words`, as paths. A path may end at a group, whose texts are then all read. */
function readPaths() {
  const found = [];
  for (const file of readdirSync(STUDIO, { recursive: true }).filter((name) => name.endsWith(".js"))) {
    const tree = parse(readFileSync(new URL(file, STUDIO), "utf8"), { ecmaVersion: "latest", sourceType: "module" });
    visit(tree, null, new Map([["words", []]]), (path) => found.push({ file, path }));
  }
  return found;
}

/** Visits a syntax tree. `known` holds the names of variables that are a part of `words`, with their paths. */
function visit(node, parent, known, read) {
  if (!node || typeof node.type !== "string") return;
  if (node.type === "VariableDeclarator" && node.id.type === "ObjectPattern") {
    const path = pathOf(node.init, known);
    for (const { key, value } of path ? node.id.properties : []) known.set(value.name, [...path, key.name]);
    if (path) return;
  }
  const path = node.type === "MemberExpression" || node.type === "Identifier" ? pathOf(node, known) : undefined;
  if (path?.length && !(parent.type === "MemberExpression" && parent.object === node && !parent.computed)) read(path);
  const before = node.type === "MemberExpression" && !node.computed ? [node.object] : children(node);
  for (const child of before) visit(child, node, known, read);
}

const children = (node) => Object.values(node).flat().filter((value) => value && typeof value.type === "string");

/** Returns the path that an expression such as `words.signIn.heading` names, or undefined. */
function pathOf(node, known) {
  if (node?.type === "Identifier") return known.get(node.name);
  if (node?.type !== "MemberExpression" || node.computed) return undefined;
  const before = pathOf(node.object, known);
  return before && [...before, node.property.name];
}

test("every text that the Studio reads exists, and every text is read", () => {
  const read = readPaths();
  const missing = read.filter(({ path }) => at(en, path) === undefined);
  assert.deepEqual(missing.map(({ file, path }) => `${file}: words.${path.join(".")}`), []);
  const used = new Set(read.map(({ path }) => path.join(".")));
  const unused = paths(en).filter((path) => !path.some((_, index) => used.has(path.slice(0, index + 1).join("."))));
  assert.deepEqual(unused.map((path) => path.join(".")), []);
});

for (const language of LANGUAGES) {
  test(`${language} has every text, and no other`, async () => {
    const module = await import(new URL(`words/${language}.js`, STUDIO).href);
    const words = module[language];
    const without = (some, others) => paths(some).filter((path) => at(others, path) === undefined).map((path) => path.join("."));
    assert.deepEqual({ missing: without(en, words), unneeded: without(words, en) }, { missing: [], unneeded: [] });
    for (const path of paths(en)) {
      const [ours, english] = [at(words, path), at(en, path)];
      assert.deepEqual([typeof ours, ours.length > 0 && english.length > 0], [typeof english, true], path.join("."));
      if (typeof english !== "function") continue;
      assert.equal(ours.length, english.length, `${path.join(".")} takes as many arguments`);
      assert.doesNotMatch(ours(...Array(ours.length).fill(SAMPLE)), /undefined|^$/, path.join("."));
    }
  });
}
