// Checks that modules export only what another module or a test imports.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { test } from "node:test";

const FOLDERS = ["../../assets/studio/", "./"].map((path) => new URL(path, import.meta.url));
const EXPORT = /^export (?:async )?(?:function|const|let|class) (\w+)/gm;

/** Returns the path and the text of each module. */
function modules() {
  const isOurs = (name) => name.endsWith(".js") && !name.startsWith("node_modules");
  return FOLDERS.flatMap((folder) => {
    const names = readdirSync(folder, { recursive: true }).filter(isOurs);
    return names.map((name) => [name, readFileSync(new URL(name, folder), "utf8")]);
  });
}

test("every export is imported by another module or a test", () => {
  const all = modules();
  const needless = all.flatMap(([path, text]) => {
    const importers = all.filter(([, other]) => other.includes(`/${basename(path)}"`)).map(([, other]) => other);
    const isUsed = (name) => importers.some((other) => new RegExp(`\\b${name}\\b`).test(other));
    return [...text.matchAll(EXPORT)].map(([, name]) => name).filter((name) => !isUsed(name)).map((name) => `${path}: ${name}`);
  });
  assert.ok(all.length > 80, "modules are found");
  assert.deepEqual(needless, []);
});
