import assert from "node:assert/strict";
import { test } from "node:test";

import {
  changesCards, orderFor, orderForSet, unchanged, withChange, withFormatChange, withText,
} from "../../assets/studio/edit/order.js";

const usual = unchanged(["og", "x"]);
const quote = { text: "It held.", speaker: "Ida Holm" };

test("an edit has only what differs", () => {
  const edit = withFormatChange(withText(withChange(usual, "headline", "Gates held"), "Look"), "x", "headline", "Held");
  assert.deepEqual(edit, {
    changes: { headline: "Gates held" }, formatChanges: { x: { headline: "Held" } }, formats: ["og", "x"], text: "Look",
  });
  const back = withFormatChange(withText(withChange(edit, "headline", undefined), undefined), "x", "headline", undefined);
  assert.deepEqual(back, usual);
  assert.equal(changesCards(back), false);
  assert.equal(changesCards(withText(usual, "Look")), false);
  assert.equal(changesCards(withFormatChange(usual, "x", "headline", "Held")), true);
});

test("a format's own change goes before that of all formats", () => {
  const edit = withFormatChange(withChange(usual, "headline", "Gates held"), "x", "headline", "Held");
  assert.deepEqual(orderFor(edit, "headline", "og"), { headline: "Gates held" });
  assert.deepEqual(orderFor(edit, "headline", "x"), { headline: "Held" });
  assert.deepEqual(orderForSet(edit, ["headline"], ["og", "x"]), {
    headline: "Gates held", format_changes: { x: { headline: "Held" } },
  });
  assert.deepEqual(orderForSet(edit, ["headline"], ["og"]), { headline: "Gates held" });
});

test("another photograph changes only the cards that show one", () => {
  const edit = withChange(withChange(usual, "photo", { sha256: "a", credit: "Jo" }), "crop", [0, 0, 1, 0.5]);
  const kinds = ["headline", "bullet", "quote", "question-1", "carousel-1", "carousel-2"];
  const fields = kinds.map((kind) => Object.keys(orderFor(edit, kind, "og")).join());
  assert.deepEqual(fields, ["photo,crop", "", "", "", "photo,crop", ""]);
  assert.deepEqual(orderFor(withChange(edit, "kicker", "Port"), "quote", "og"), { kicker: "Port" });
});

test("a card gets only the facts and the quote that are on it", () => {
  const edit = withChange(withChange(usual, "bullets", ["First", " ", "Second"]), "quote", quote);
  assert.deepEqual(orderFor(edit, "headline", "og"), {});
  assert.deepEqual(orderFor(edit, "bullet", "og"), { bullet: "First" });
  assert.deepEqual(orderFor(edit, "quote", "og"), { quote });
  assert.deepEqual(orderFor(edit, "carousel-2", "portrait"), { bullets: ["First", "Second"], quote });
  assert.deepEqual(orderForSet(edit, ["headline", "bullet"], ["og"]), { bullet: "First", quote });
  assert.deepEqual(orderForSet(edit, ["carousel"], ["portrait"]), { bullets: ["First", "Second"], quote });
});
