// Lists the versions of a story's cards in a dialog. An earlier one can be looked at and taken.

import { api } from "../core/api.js";
import { h, icons } from "../core/dom.js";
import { sentence } from "../core/errors.js";
import { thumbnail } from "../core/thumbnail.js";
import { runBusy } from "../take/busy.js";
import { copyText } from "../take/clipboard.js";
import { downloadPath, saveAnswer } from "../take/files.js";
import { words, wordIn } from "../words/words.js";
/** @import { Changed, Failed, Manifest, State, StoredCard, Story, Taking, Version } from "../core/types.d.ts" */

/** Returns the button that opens the dialog. */
export function versionsButton(/** @type {Taking} */ { store, failed, signal }) {
  const open = () => {
    const dialog = versionsDialog(store.get(), failed, signal);
    document.body.append(dialog);
    dialog.showModal();
  };
  return h("button", { type: "button", "aria-haspopup": "dialog", onclick: open }, words.versions.open);
}

/** @type {(state: State, failed: Failed, signal: AbortSignal) => HTMLDialogElement} */
function versionsDialog({ story, formats }, failed, signal) {
  const titles = Object.fromEntries(formats.map(({ name, title }) => [name, title]));
  const list = h("ol", { class: "versions-list" }, h("li", { role: "status" }, words.versions.loading));
  const cards = h("div", { class: "version-cards" });
  const close = h("button", { type: "button", onclick: () => dialog.close() }, words.versions.close);
  const head = h("header", {}, h("h2", { id: "versions-heading" }, words.versions.heading), close);
  const dialog = h("dialog", { class: "versions", "aria-labelledby": "versions-heading" }, head, h("div", {}, list, cards));
  const ended = new AbortController();
  dialog.addEventListener("close", () => {
    ended.abort();
    dialog.remove();
  });
  signal.addEventListener("abort", () => dialog.close(), { signal: ended.signal });
  const fail = (/** @type {unknown} */ error) => {
    cards.replaceChildren(h("p", { class: "note", role: "alert" }, sentence(error)));
    failed(error);
  };

  async function look(/** @type {Version} */ version, /** @type {HTMLElement} */ button) {
    for (const other of list.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
    const manifest = await api.version(story.article_id, version.version, ended.signal);
    cards.replaceChildren(...versionCards(manifest, titles, version.live, fail));
  }

  async function load() {
    const { versions } = await api.versions(story.article_id, ended.signal);
    const rows = versions.map((version) => row(version, story, (button) =>
      runBusy(button, () => look(version, button), fail, words.versions.loading)));
    list.replaceChildren(...(rows.length ? rows : [h("li", {}, words.versions.none)]));
    const earlier = versions.findIndex(({ live }) => !live); // the newest earlier one, since the page shows the live cards
    rows[Math.max(0, earlier)]?.querySelector("button")?.click();
  }

  load().catch((error) => ended.signal.aborted || fail(error));
  return dialog;
}

/**
 * Returns the row of a version: when it was made, by whose change, and what changed.
 * @param {Version} version
 * @param {Story} story
 * @param {(button: HTMLElement) => void} look
 */
function row(version, { headline: ownHeadline, language: lang, direction: dir }, look) {
  const { rendered_at: moment, headline, changed_by: name, changed = [], live } = version;
  const attributes = { type: "button", "aria-pressed": "false", "aria-label": words.versions.look(words.when(moment)) };
  const button = h("button", { ...attributes, onclick: () => look(button) }, h("span", { lang, dir }, headline ?? ownHeadline));
  const facts = h(
    "p", { class: "facts" },
    h("time", { datetime: moment, title: words.when(moment) }, words.versions.made(words.ago(moment))),
    name && h("span", {}, words.changes.by(name)),
    live && h("span", { class: "state live" }, words.versions.live),
  );
  return h("li", {}, button, facts, changed.map((one) => difference(one, lang)));
}

/** Returns how a field differs from the version before; of a photograph there is only a hash, which says nothing. */
function difference(/** @type {Changed} */ { field, was, is }, /** @type {string} */ lang) {
  const name = h("b", {}, wordIn(words.changes.fields, field));
  const texts = [h("del", { lang, dir: "auto" }, textOf(was)), " ", h("ins", { lang, dir: "auto" }, textOf(is))];
  return h("p", { class: "difference" }, name, " ", field === "photo" ? [] : texts);
}

/** Returns the text of a field: a line, a quote, a question, or a list of these. @type {(value: unknown) => string} */
function textOf(value) {
  if (Array.isArray(value)) return value.map(textOf).join(" · ");
  if (typeof value !== "object" || !value) return String(value ?? "");
  const { text, question = "" } = /** @type {{ text?: string, question?: string }} */ (value);
  return text ?? question;
}

/** @type {(manifest: Manifest, titles: Record<string, string>, isLive: boolean, failed: Failed) => HTMLElement[]} */
function versionCards(manifest, titles, isLive, failed) {
  const { article_id: articleId, version } = manifest;
  const save = async () => saveAnswer(await api.zip(articleId, { version }), `${articleId}-${version}.zip`, words.take.savedAll);
  const all = h("button", { type: "button", onclick: () => runBusy(all, save, failed) }, icons.download(), words.versions.all);
  const figures = manifest.cards.map((card) => figure(card, titles[card.format] ?? card.format, failed));
  const grid = h("div", { class: "grid" }, figures);
  return isLive ? [all, grid] : [h("p", { class: "banner" }, words.versions.old), all, grid];
}

/** @type {(card: StoredCard, title: string, failed: Failed) => HTMLElement} */
function figure(card, title, failed) {
  const { kind, format, alt, url, width, height } = card;
  const save = async () => saveAnswer(await api.download(downloadPath(card)), `${kind}-${format}`);
  const named = (/** @type {string} */ what) => words.take.of(what, wordIn(words.kinds, kind), title);
  const click = () => runBusy(download, save, failed);
  const download = h("button", { type: "button", "aria-label": named(words.take.download), onclick: click }, icons.download());
  const copy = (/** @type {"link" | "alt"} */ what, /** @type {string} */ value, /** @type {Element} */ glyph) => {
    const onclick = () => copyText(value, words.take.done[what]).catch(failed);
    return h("button", { type: "button", "aria-label": named(words.take[what]), onclick }, glyph, words.take[what]);
  };
  const actions = [download, copy("link", url, icons.share()), copy("alt", alt, icons.copy())];
  const caption = h("figcaption", {}, h("span", {}, title), h("span", { class: "actions" }, actions));
  return h("figure", {}, h("img", { src: thumbnail(card), alt, width, height, loading: "lazy", decoding: "async" }), caption);
}
