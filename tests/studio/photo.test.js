import "./browser.js";

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  changesIn, orderFor, orderForSet, unchanged, withChange, withChanges, withPhoto,
} from "../../assets/studio/edit/order.js";

const { WHOLE, withCorner, withMove } = await import("../../assets/studio/edit/crop.js");
const { withMoved } = await import("../../assets/studio/edit/facts.js");
const { fittingSize } = await import("../../assets/studio/edit/upload.js");
const { hashFrom } = await import("../../assets/studio/list/open.js");
const { formatsOf, inOrder } = await import("../../assets/studio/story/kinds.js");
const { previewAlt } = await import("../../assets/studio/story/preview_alt.js");

const usual = unchanged(["og", "square", "portrait"]);
const [hall, bridge] = [{ sha256: "a", credit: "Ida" }, { sha256: "b", credit: "Jo" }];

test("a corner moves two sides, within the photograph and not past the others", () => {
  assert.deepEqual(withCorner(WHOLE, [true, true], [-0.25, -0.5]), [0, 0, 0.75, 0.5]);
  assert.deepEqual(withCorner([0.2, 0.2, 0.5, 0.5], [false, false], [0.1, -0.1]), [0.3, 0.1, 0.4, 0.6]);
  assert.deepEqual(withCorner([0.2, 0.2, 0.5, 0.5], [false, true], [-9, 9]), [0, 0.2, 0.7, 0.8]);
  assert.deepEqual(withCorner([0.2, 0.2, 0.5, 0.5], [true, false], [-9, 9]), [0.2, 0.6, 0.1, 0.1]);
});

test("a frame keeps its size and stays within the photograph", () => {
  assert.deepEqual(withMove([0.2, 0.2, 0.5, 0.5], [0.1, -0.1]), [0.3, 0.1, 0.5, 0.5]);
  assert.deepEqual(withMove([0.2, 0.2, 0.5, 0.5], [9, -9]), [0.5, 0, 0.5, 0.5]);
});

test("no side of a sent photograph is longer than 2400 px", () => {
  assert.deepEqual(fittingSize(4800, 3200), [2400, 1600]);
  assert.deepEqual(fittingSize(1000, 5000), [480, 2400]);
  assert.deepEqual(fittingSize(1600, 1200), [1600, 1200]);
  assert.deepEqual(fittingSize(90_000, 2), [2400, 1]);
});

test("another photograph has neither the crop nor the focal point of the one before", () => {
  const edit = withChanges(withPhoto(usual, "", hall), "", { crop: [0, 0, 0.5, 0.5], focal_point: [0.1, 0.1] });
  assert.deepEqual(withPhoto(edit, "", bridge).changes, { photo: bridge });
  assert.deepEqual(withPhoto(edit, "", undefined).changes, {});
  const credited = withPhoto(edit, "", { ...hall, credit: "Ida Holm" });
  assert.deepEqual(credited.changes.crop, [0, 0, 0.5, 0.5]);
  const own = changesIn(withPhoto(edit, "og", bridge), "og");
  assert.deepEqual(own, { photo: bridge, crop: WHOLE, focal_point: [0.5, 0.5] });
});

test("facts can be moved, and all of them removed", () => {
  assert.deepEqual(withMoved(["a", "b", "c"], 0, 2), ["b", "c", "a"]);
  const none = withChange(usual, "bullets", []);
  assert.deepEqual(orderFor(none, "bullet", "og"), { bullets: [] });
  assert.deepEqual(orderForSet(none, ["headline", "bullet"], ["og"]), { bullets: [] });
});

test("a carousel has square and portrait slides, format by format", () => {
  assert.deepEqual(formatsOf({ edit: usual }, "carousel"), ["square", "portrait"]);
  assert.deepEqual(formatsOf({ edit: { ...usual, formats: ["og", "portrait"] } }, "carousel"), ["portrait"]);
  assert.deepEqual(formatsOf({ edit: { ...usual, formats: ["og"] } }, "carousel"), ["square", "portrait"]);
  assert.deepEqual(formatsOf({ edit: usual }, "quote"), usual.formats);
  assert.deepEqual(inOrder(["carousel-1", "carousel-2"], ["s", "p"]).map(([kind, format]) => kind.at(-1) + format), [
    "1s", "2s", "1p", "2p",
  ]);
  assert.deepEqual(inOrder(["question-1", "question-2"], ["s", "p"]).map(([kind, format]) => kind.at(-1) + format), [
    "1s", "1p", "2s", "2p",
  ]);
});

test("a preview's alternative text has the words of the edit", () => {
  const own = { headline: "Gates held", kicker: "Floods", bullets: ["Six boats"], quote: { text: "It held.", speaker: "Ida" } };
  const state = { own, story: { bullets: ["Six boats"], questions: [{ question: "Why?" }] } };
  const alt = (kind, changes = {}) => previewAlt(state, { kind, title: "Title", place: "Slide" }, changes);
  assert.equal(alt("headline"), "Title, Floods: Gates held");
  assert.equal(alt("headline", { headline: "Held", kicker: "" }), "Title, Held");
  assert.equal(alt("bullet", { bullet: "Two boats" }), "Title, Two boats");
  assert.equal(alt("bullet", { bullets: [] }), "Title");
  assert.equal(alt("quote"), "Title, “It held.”, Ida");
  assert.equal(alt("question-1"), "Title, Why?");
  assert.deepEqual([1, 2, 3, 4].map((number) => alt(`carousel-${number}`)), [
    "Slide, Floods: Gates held", "Slide, Six boats", "Slide, “It held.”, Ida", "Slide, Floods: Gates held",
  ]);
});

test("an address in the query becomes the address of a view", () => {
  assert.equal(hashFrom("?url=https%3A%2F%2Fnews.example%2F1%3Fa%3Db"), "#/open?url=https%3A%2F%2Fnews.example%2F1%3Fa%3Db");
  assert.equal(hashFrom("?code=1&state=2"), "");
  assert.equal(hashFrom(""), "");
});
