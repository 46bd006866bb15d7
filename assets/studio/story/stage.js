// Shows all cards of a story by kind, and requests the previews that an edit makes necessary.

import { Problem } from "../core/api.js";
import { h } from "../core/dom.js";
import { inTasks } from "../core/tasks.js";
import { SIZE, thumbnail } from "../core/thumbnail.js";
import { orderFor } from "../edit/order.js";
import { words, wordIn } from "../words/words.js";
import { approach, cardSteps, hasten, put, retitle, wait } from "./card.js";
import { formatsOf, inOrder, numbered, shownKinds } from "./kinds.js";
import { previewAlt } from "./preview_alt.js";
import { previews } from "./previews.js";
import { slideMover } from "./slides.js";
import { isCurrent } from "./state.js";
import { mode, toolbar } from "./toolbar.js";
/** @import { CardResult, Failed, History, Manifest, Result, State, Store } from "../core/types.d.ts" */
/** @import { Actions, Card } from "./card.js" */

const PAUSE = 120; // ms after the last keystroke before previews are requested

/**
 * Returns the stage. `failed(error, retry)` is called if there is no preview.
 * @param {{ store: Store, history: History, actions: Actions, failed: Failed, signal: AbortSignal }} view
 */
export function stage({ store, history, actions, failed, signal }) {
  const pictures = previews(store.get().story.article_id, signal);
  const sections = h("div", { class: "kinds" });
  const element = h("section", { class: "stage", "aria-label": words.stage.label, "data-mode": mode() }, sections);
  element.prepend(toolbar(store, element));
  const watcher = new IntersectionObserver(see, { rootMargin: "300px" });
  const makeMovable = slideMover({ store, history });
  const redrawn = h("p", { class: "unseen redrawn", role: "status" });
  /** @type {Set<Card>} */ const drawing = new Set(); // the cards that are drawn anew since the last announcement
  let isEdited = false;
  element.append(redrawn);
  /** @type {Card[]} */ let cards = [];
  let expecting = 0; // the timer of an edit whose previews are not requested yet
  /** @type {AbortController | null} */ let built = null; // ends the building of a new page
  signal.addEventListener("abort", () => {
    clearTimeout(expecting);
    watcher.disconnect();
    for (const card of cards) approach(card, false);
  });

  function see(/** @type {IntersectionObserverEntry[]} */ entries) {
    for (const card of cards) {
      const entry = entries.findLast(({ target }) => target === card.figure);
      if (entry) approach(card, entry.isIntersecting);
    }
    draw();
  }

  /** Builds the cards anew: those of a new page in short tasks. Resolves when the first of them is shown. */
  async function build() {
    const steps = shownKinds(store.get()).flatMap(section);
    const isNew = !sections.childElementCount;
    watcher.disconnect();
    cards = [];
    sections.replaceChildren();
    built?.abort();
    built = isNew ? new AbortController() : null;
    if (!built) for (const step of steps.flat()) step();
    draw();
    if (built) await buildNew(steps, built);
  }

  async function buildNew(/** @type {(() => void)[][]} */ [first, ...others], /** @type {AbortController} */ own) {
    const ends = AbortSignal.any([signal, own.signal]);
    await inTasks(first, ends);
    inTasks(others.flat(), ends).then(() => {
      if (built !== own) return;
      built = null;
      draw();
    });
  }

  /** Returns the steps that build each card of a kind. Those of the first card begin with the heading. */
  function section(/** @type {string} */ kind) {
    const state = store.get();
    const formats = state.formats.filter(({ name }) => formatsOf(state, kind).includes(name));
    const grid = h("div", { class: "cards" });
    const begin = () =>
      sections.append(h("section", { class: "kind", "data-kind": kind }, h("h2", {}, wordIn(words.kinds, kind)), grid));
    const then = { begun: (/** @type {Card} */ card) => add(card, grid), done: makeMovable };
    const [first = [], ...others] = inOrder(numbered(state, kind), formats).map(([one, format]) =>
      cardSteps(one, format, state.story, actions, then));
    return [[begin, ...first], ...others];
  }

  function add(/** @type {Card} */ card, /** @type {HTMLElement} */ grid) {
    watcher.observe(card.figure);
    if (!cards.length) hasten(card);
    cards.push(card);
    grid.append(card.figure);
    if (built) drawn(card);
  }

  /** Shows the image of a card if there is one already. Returns the request for it if there is none. */
  function drawn(/** @type {Card} */ card) {
    const state = store.get();
    const stored = showsStored(state) ? state.manifest : null;
    const changes = orderFor(state.edit, card.kind, card.format.name);
    retitle(card, changes.headline);
    const ready = Object.keys(changes).length || !stored ? undefined : storedCard(stored, card);
    const key = JSON.stringify([card.kind, card.format.name, changes, ready ? stored?.version : state.articleEtag]);
    if (key === card.key) return null;
    const known = ready ?? pictures.known(key);
    if (!ready) drawing.add(card);
    const alt = previewAlt(state, card, changes);
    if (known) {
      put(card, key, { alt, ...known });
      return null;
    }
    wait(card);
    const type = state.story.image || changes.photo ? "auto" : "png";
    const order = { kind: card.kind, format: card.format.name, image_type: type, size: SIZE, ...changes };
    return { key, order, near: card.near, show: (/** @type {Result} */ result) => receive(card, key, alt, result) };
  }

  /** Shows the cached images and fetches the others, visible cards first. */
  function draw() {
    const requests = cards.map(drawn).filter((one) => one !== null);
    requests.sort((one, other) => Number(other.near) - Number(one.near));
    const isBusy = requests.length > 0 || Boolean(expecting || built);
    element.setAttribute("aria-busy", String(isBusy));
    pictures.fetchAll(requests);
    report();
    if (!isBusy) announce();
  }

  /** @type {(card: Card, key: string, alt: string, result: Result) => void} */
  function receive(card, key, alt, result) {
    put(card, key, { ...result, alt });
    report();
    if (result.error && !(result.error instanceof Problem && result.error.field)) failed(result.error, draw);
    if (expecting || built || !cards.every((one) => one.key)) return;
    element.setAttribute("aria-busy", "false");
    announce();
  }

  /** Tells screen readers how many cards an edit has changed, once all of them are drawn. */
  function announce() {
    if (isEdited && drawing.size) redrawn.textContent = words.stage.redrawn(drawing.size);
    drawing.clear();
    isEdited = false;
  }

  function report() {
    /** @type {CardResult[]} */
    const results = cards.flatMap(({ kind, format, result }) => (result ? { kind, format, ...result } : []));
    store.set({ results });
  }

  /** Requests the previews of an edit after a pause in typing. */
  function expect() {
    isEdited = true;
    redrawn.textContent = "";
    element.setAttribute("aria-busy", "true");
    clearTimeout(expecting);
    expecting = setTimeout(() => {
      expecting = 0;
      draw();
    }, PAUSE);
  }

  // What is on the stage: another selection of cards is built anew, other texts are only drawn.
  const selection = (/** @type {State} */ state) =>
    JSON.stringify(shownKinds(state).map((kind) => [numbered(state, kind), formatsOf(state, kind)]));
  store.subscribe(selection, build, signal);
  store.subscribe(({ story }) => story, build, signal); // the frames show its words
  store.subscribe((state) => (showsStored(state) ? state.manifest : null), draw, signal);
  store.subscribe(({ edit }) => edit, expect, signal);
  addEventListener("online", draw, { signal });
  return { element, build };
}

/** Tells whether the stored cards are shown. While new ones are being made, previews show the new words. */
const showsStored = (/** @type {State} */ state) => isCurrent(state) || state.status.state === "failed";

/**
 * Returns a card of the manifest, or why it has none, as a result.
 * @type {(manifest: Manifest, card: Card) => Result | undefined}
 */
function storedCard(manifest, { kind, format }) {
  const same = (/** @type {{ kind: string, format: string }} */ one) => one.kind === kind && one.format === format.name;
  const skip = manifest.skipped.find(same);
  if (skip) return { skipped: skip.code ?? "" };
  const card = manifest.cards.find(same);
  const truncated = card?.text.filter((text) => text.truncated).map((text) => text.role);
  return card && { url: thumbnail(card), alt: card.alt, truncated };
}
