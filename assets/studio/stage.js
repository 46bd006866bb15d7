// Shows all cards of a story by kind, each with its actions, and requests the previews that an edit makes necessary.

import { h, icons } from "./dom.js";
import { orderFor } from "./edits.js";
import { framesOf } from "./frames.js";
import { previews } from "./previews.js";
import { words } from "./words.js";

const CAROUSEL = "carousel";
const QUESTION = "question";
const SERIES = [QUESTION, CAROUSEL]; // kinds of several cards, with numbers
const SLIDES = "portrait"; // the format that a carousel is posted in
const MOST = 12; // cards of a series
const MODE = "storycard.mode";

/** Returns `{ element, update, found }`. `actions(card)` makes the buttons of a card; `drawn()` is called for each image. */
export function stage({ story, manifest, kinds, formats, actions, drawn }) {
  const offered = kinds.filter((kind) => kind !== QUESTION || story.questions.length);
  const inASet = kinds.filter((kind) => !SERIES.includes(kind));
  const pictures = previews(story.article_id);
  const cards = new Map(); // "headline og" -> card
  const sections = h("div", { class: "kinds" });
  const state = { kind: "all", formats: new Set(formats.map(({ name }) => name)), edit: {}, expecting: false };
  const element = h("section", { class: "stage", "aria-label": words.stage.label, "data-mode": mode() }, toolbar(), sections);
  const watcher = new IntersectionObserver(seen, { rootMargin: "300px" });

  function seen(entries) {
    for (const { target, isIntersecting } of entries) target.card.near = isIntersecting;
    draw();
  }

  function toolbar() {
    const choices = h("div", { class: "choice", role: "group", "aria-label": words.stage.show });
    for (const kind of ["all", ...offered]) {
      const name = kind === "all" ? words.stage.all : words.kinds[kind];
      choices.append(h("button", { type: "button", "aria-pressed": String(kind === "all"), onclick: (event) => choose(kind, event.currentTarget) }, name));
    }
    const modes = h("div", { class: "choice", role: "group", "aria-label": words.stage.mode });
    for (const name of ["light", "dark"]) modes.append(h("button", { type: "button", "aria-pressed": String(mode() === name), onclick: (event) => dress(name, event.currentTarget) }, words.stage[name]));
    const safe = h("label", { class: "check" }, h("input", { type: "checkbox", checked: true, onchange: (event) => element.classList.toggle("bare", !event.target.checked) }), words.stage.safe);
    return h("div", { class: "toolbar" }, choices, modes, safe);
  }

  function press(button) {
    for (const other of button.parentElement.children) other.setAttribute("aria-pressed", String(other === button));
  }

  function choose(kind, button) {
    press(button);
    state.kind = kind;
    build();
  }

  function dress(name, button) {
    press(button);
    element.dataset.mode = name;
    sessionStorage.setItem(MODE, name);
  }

  function build() {
    watcher.disconnect();
    cards.clear();
    sections.replaceChildren(...(state.kind === "all" ? inASet : [state.kind]).map(section));
    draw();
  }

  function section(kind) {
    const grid = h("div", { class: "cards" });
    const count = kind === CAROUSEL ? slideCount() : story.questions.length;
    const numbered = SERIES.includes(kind) ? Array.from({ length: Math.min(MOST, count) }, (_, index) => `${kind}-${index + 1}`) : [kind];
    for (const one of numbered) {
      for (const format of formats.filter(({ name }) => (kind === CAROUSEL ? name === SLIDES : state.formats.has(name)))) grid.append(cardOf(one, format));
    }
    return h("section", { class: "kind", "data-kind": kind }, h("h2", {}, words.kinds[kind]), grid);
  }

  const slideCount = () => 2 + (state.edit.bullets ?? story.bullets).filter((bullet) => bullet.trim()).length + (state.edit.quote || story.quotes.some((quote) => quote.speaker) ? 1 : 0);

  function cardOf(kind, format) {
    const frames = framesOf(kind, format, story);
    const [series, number] = kind.split("-");
    const title = series === QUESTION ? words.stage.question(number) : words.kinds[series];
    const place = series === CAROUSEL ? words.stage.slide(number) : format.title;
    const card = { kind, format, frames, near: false, name: `${title}, ${place}` };
    const name = series === QUESTION ? card.name : place;
    const caption = h("figcaption", {}, h("span", {}, h("b", {}, name), h("small", { dir: "ltr" }, words.stage.size(format.width, format.height))), actions(card));
    const figure = h("figure", { class: `card ${frames.length > 1 ? "links" : ""}`, "data-card": `${kind}-${format.name}`, "data-frame": format.frame }, h("div", { class: "frames" }, frames.map((frame) => frame.element)), caption);
    figure.card = card;
    watcher.observe(figure);
    cards.set(`${kind} ${format.name}`, card);
    return figure;
  }

  function stored(kind, format) {
    const card = manifest?.cards.find((one) => one.kind === kind && one.format === format.name);
    const skip = manifest?.skipped.find((one) => one.kind === kind && one.format === format.name);
    if (skip) return { skipped: skip.reason };
    return card && { url: new URL(card.url, location.href).pathname, alt: card.alt, truncated: card.text.filter((text) => text.truncated).map((text) => text.role) };
  }

  /** Shows the cached images and fetches the others, visible cards first. */
  function draw() {
    const requests = [];
    for (const card of cards.values()) {
      const changes = orderFor(state.edit, card.kind);
      const key = JSON.stringify([card.kind, card.format.name, changes]);
      if (key === card.key) continue;
      const known = (Object.keys(changes).length ? undefined : stored(card.kind, card.format)) ?? pictures.known(key);
      if (known) {
        put(card, key, known);
        continue;
      }
      card.key = undefined;
      for (const frame of card.frames) frame.wait();
      const order = { kind: card.kind, format: card.format.name, image_type: story.image ? "auto" : "png", ...changes };
      requests.push({ key, order, near: card.near, show: (result) => put(card, key, result) });
    }
    requests.sort((one, other) => Number(other.near) - Number(one.near));
    element.setAttribute("aria-busy", String(requests.length > 0 || state.expecting));
    pictures.fetchAll(requests);
  }

  function put(card, key, result) {
    card.key = result.error ? undefined : key;
    card.result = result;
    for (const frame of card.frames) {
      frame.show(result);
      if (result.url && result.alt === undefined) frame.image.alt = words.stage.label;
    }
    drawn(result);
    if (!state.expecting && [...cards.values()].every((one) => one.key)) element.setAttribute("aria-busy", "false");
  }

  return {
    element,
    build,
    /** Announces an edit: the stage is busy until `update` is called and all images are loaded. */
    expect() {
      state.expecting = true;
      element.setAttribute("aria-busy", "true");
    },
    update(edit) {
      state.expecting = false;
      const slides = slideCount();
      state.edit = edit;
      if (state.kind === "carousel" && slides !== slideCount()) build();
      else draw();
    },
    chooseFormats(names) {
      state.formats = new Set(names);
      build();
    },
    chosen: () => ({ kinds: state.kind === "all" ? inASet : [state.kind], formats: state.kind === CAROUSEL ? [SLIDES] : [...state.formats] }),
    /** Returns the results so far, for the editor's notices. */
    found: () => [...cards.values()].filter((card) => card.result).map(({ kind, format, result }) => ({ kind, format, ...result })),
  };
}

const mode = () => sessionStorage.getItem(MODE) ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
