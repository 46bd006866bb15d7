// Tests what is saved of a post, how two editors' changes are combined, and when a post is saved.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";

import { Problem } from "../../assets/studio/core/api.js";
import { createSaver } from "../../assets/studio/posts/autosave.js";
import {
  contentOf, editOf, mergeContents, placeOf, sameContent, withContentOf,
} from "../../assets/studio/posts/content.js";
import { isInArticle } from "../../assets/studio/posts/quoted.js";

const ALL = ["og", "x", "square"];
const content = (more = {}) => ({ name: "", status: "draft", changes: {}, format_changes: {}, ...more });

test("a saved edit comes back as it was", () => {
  const edit = { changes: { headline: "Gates held" }, formatChanges: { x: { headline: "Held" } }, formats: ["x"], text: "Look" };
  assert.deepEqual(editOf(contentOf({ name: "", status: "draft" }, edit, ALL), ALL), edit);
});

test("a text that was cleared stays empty, and one that nobody wrote is the suggested one", () => {
  const edit = { changes: {}, formatChanges: {}, formats: ALL };
  const cleared = contentOf({ name: "", status: "draft" }, { ...edit, text: "" }, ALL);
  assert.equal(editOf(cleared, ALL).text, "");
  assert.equal("text" in editOf(contentOf({ name: "", status: "draft" }, edit, ALL), ALL), false);
  assert.ok(!sameContent(cleared, content()));
  const written = content({ text: "Look" });
  assert.equal(mergeContents(written, { ...written, text: "" }, { ...written, name: "Friday" }).merged.text, "");
  assert.equal("text" in mergeContents(written, content(), { ...written, name: "Friday" }).merged, false);
});

test("all formats are not listed, so that a later one is not missing", () => {
  const edit = { changes: {}, formatChanges: {}, formats: ALL };
  assert.equal("formats" in contentOf({ name: "", status: "draft" }, edit, ALL), false);
  assert.deepEqual(editOf(content({ formats: ["gone"] }), ALL).formats, ALL);
});

test("changes of different fields are combined", () => {
  const base = content({ changes: { headline: "One", kicker: "Port" } });
  const mine = content({ changes: { headline: "Two", kicker: "Port" } });
  const theirs = content({ name: "Friday", changes: { headline: "One" }, format_changes: { x: { headline: "Short" } } });
  const { merged, differences } = mergeContents(base, mine, theirs);
  assert.deepEqual(differences, []);
  const changes = { headline: "Two" };
  assert.deepEqual(merged, content({ name: "Friday", changes, format_changes: { x: { headline: "Short" } } }));
});

test("different changes of the same field are a question, and nothing is lost", () => {
  const base = content();
  const mine = content({ changes: { headline: "Mine" }, format_changes: { x: { quote: { text: "A" } } } });
  const theirs = content({ changes: { headline: "Theirs" }, format_changes: { x: { quote: { text: "B" } } } });
  const { differences } = mergeContents(base, mine, theirs);
  const places = differences.map(({ field }) => placeOf(field));
  assert.deepEqual(places, [{ field: "headline", format: "" }, { field: "quote", format: "x" }]);
  assert.deepEqual(mergeContents(base, mine, theirs, () => false).merged, theirs);
  assert.deepEqual(mergeContents(base, mine, theirs).merged, mine);
});

test("the same change on both sides is no question", () => {
  const both = content({ changes: { quote: { text: "A", speaker: "B" } } });
  const other = content({ changes: { quote: { speaker: "B", text: "A" } } });
  assert.deepEqual(mergeContents(content(), both, other).differences, []);
  assert.ok(sameContent(both, other));
});

test("a quote is in the article whatever its marks, spaces and case", () => {
  const quotes = [{ text: "We slept, for once." }];
  const article = { headline: "Gates held", bullets: ["It’s the highest tide"], quotes, questions: [] };
  assert.ok(isInArticle("“we slept - for once”", article));
  assert.ok(isInArticle("ITS the highest", article));
  assert.ok(!isInArticle("We sleep for once", article));
  assert.ok(!isInArticle("held it’s", article));
});

/** Returns a saver over a server that keeps one post, and what happened. */
function trial(edit, server = {}) {
  const seen = [];
  let number = 0;
  const stored = (written) => (server.post = { ...written, post: "p", etag: String(++number) });
  const saver = createSaver({
    read: () => edit.content,
    create: async (written) => stored(written),
    save: async (written, { etag }) => {
      if (server.down) throw new TypeError("offline");
      if (etag !== server.post.etag) throw new Problem(412, {});
      return stored(written);
    },
    fetch: async () => server.post,
    merge: (merged) => (edit.content = merged),
    show: (state) => seen.push(state),
  }, { pause: 0, retry: 1 });
  return { saver, seen, server, stored };
}

test("nothing is created before something is changed", async () => {
  const { saver, server } = trial({ content: null });
  await saver.flush();
  assert.equal(server.post, undefined);
});

test("what is typed during a request is saved after it", async () => {
  const edit = { content: content({ changes: { headline: "One" } }) };
  const { saver, server } = trial(edit);
  const first = saver.flush();
  edit.content = content({ changes: { headline: "Two" } });
  await first;
  assert.equal(server.post.changes.headline, "Two");
});

test("another editor's change of another field is taken in", async () => {
  const edit = { content: content({ changes: { headline: "One" } }) };
  const { saver, seen, server, stored } = trial(edit);
  await saver.flush();
  stored(content({ changes: { headline: "One", kicker: "Theirs" } }));
  edit.content = content({ changes: { headline: "Two" } });
  await saver.flush();
  assert.deepEqual(server.post.changes, { headline: "Two", kicker: "Theirs" });
  assert.equal(seen.at(-1).state, "saved");
});

test("another editor's change of the same field stops saving until somebody decides", async () => {
  const edit = { content: content({ changes: { headline: "One" } }) };
  const { saver, seen, server, stored } = trial(edit);
  await saver.flush();
  stored(content({ changes: { headline: "Theirs" } }));
  edit.content = content({ changes: { headline: "Mine" } });
  await saver.flush();
  assert.equal(seen.at(-1).state, "conflict");
  await saver.flush();
  assert.equal(server.post.changes.headline, "Theirs");
  saver.adopt(server.post);
  await saver.flush();
  assert.equal(server.post.changes.headline, "Mine");
});

test("a request that cannot pass is not repeated, and what is saved already is not sent again", async () => {
  const edit = { content: content({ changes: { headline: "One" } }) };
  const tried = [];
  const refuse = async (written) => {
    if (tried.push(written) > 3) return written; // so that a fault ends, too
    throw new Problem(422, {});
  };
  const seen = [];
  const show = (state) => seen.push(state);
  const saver = createSaver({ read: () => edit.content, create: refuse, show }, { pause: 0, retry: 1 });
  await saver.flush();
  await setTimeout(20);
  assert.deepEqual([tried.length, seen.at(-1).state, saver.isUnsaved()], [1, "failed", true]);
  saver.adopt(edit.content);
  await saver.flush();
  assert.deepEqual([tried.length, seen.at(-1).state, saver.isUnsaved()], [1, "saved", false]);
});

test("what the server tidied is not sent again", async () => {
  const edit = { content: content({ changes: { headline: "One " } }) };
  let sent = 0;
  const tidied = async () => ((sent += 1) > 3 ? edit.content : content({ changes: { headline: "One" } })); // a fault ends, too
  const saver = createSaver({ read: () => edit.content, create: tidied, save: tidied, show: () => {} }, { pause: 0 });
  await saver.flush();
  await saver.flush();
  assert.deepEqual([sent, saver.isUnsaved()], [1, false]);
});

test("a post whose conflict is open is not saved, and may not be left without a question", async () => {
  const edit = { content: content({ changes: { headline: "One" } }) };
  const { saver, stored } = trial(edit);
  await saver.flush();
  stored(content({ changes: { headline: "Theirs" } }));
  edit.content = content({ changes: { headline: "Mine" } });
  await saver.flush();
  assert.equal(saver.isUnsaved(), true);
  edit.content = null; // the page of the post was closed
  assert.equal(saver.isUnsaved(), false);
});

test("only written facts are saved", () => {
  const edit = { changes: { bullets: ["One", " "] }, formatChanges: { x: { bullets: ["", "Two"] } }, formats: ALL };
  const saved = contentOf({ name: " Friday ", status: "draft" }, edit, ALL);
  assert.deepEqual([saved.name, saved.changes, saved.format_changes], [
    "Friday", { bullets: ["One"] }, { x: { bullets: ["Two"] } },
  ]);
});

test("an earlier content under a later state keeps what others have added", () => {
  const later = { ...content({ changes: { headline: "Theirs" }, text: "Look" }), etag: "2", comments: [1] };
  const shown = withContentOf(later, { ...content({ changes: { headline: "Mine" } }), etag: "1" });
  assert.deepEqual([shown.changes, shown.etag, shown.comments], [{ headline: "Mine" }, "1", [1]]);
  assert.ok(sameContent(shown, content({ changes: { headline: "Mine" } })));
});

test("a failed request is repeated", async () => {
  const edit = { content: content({ changes: { headline: "One" } }) };
  const { saver, seen, server } = trial(edit);
  await saver.flush();
  server.down = true;
  edit.content = content({ changes: { headline: "Two" } });
  await saver.flush();
  assert.equal(seen.at(-1).state, "failed");
  server.down = false;
  await setTimeout(20);
  assert.equal(server.post.changes.headline, "Two");
});
