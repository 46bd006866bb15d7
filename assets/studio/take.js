// Downloads cards as files or copies them to the clipboard. A changed card is ordered first, and so gets a pinned address.

import { api } from "./api.js";
import { h, icons, say } from "./dom.js";
import { isChanged, orderFor, orderForSet } from "./edits.js";
import { words } from "./words.js";

/** Returns the actions on a story's cards. `edit()` returns the current changes; `failed(error)` is called on errors. */
export function taking({ story, manifest, edit, chosen, failed }) {
  const ordered = new Map(); // the JSON of an order -> the promise of its manifest

  function order(body) {
    const key = JSON.stringify(body);
    if (!ordered.has(key)) {
      const made = api.order(story.article_id, body);
      ordered.set(key, made);
      made.catch(() => ordered.delete(key));
    }
    return ordered.get(key);
  }

  /** Returns the stored card with its version and address, after ordering it if necessary. */
  async function stored(kind, format, type) {
    const changes = orderFor(edit(), kind);
    const usual = manifest?.cards.find((card) => card.kind === kind && card.format === format);
    if (!isChanged(changes) && usual && (!type || usual.type === type)) return { ...usual, version: manifest.version };
    const made = await order({ ...changes, kinds: [kind], formats: [format], ...(type && { image_type: type }) });
    if (!made.cards.length) throw new Error(made.skipped[0]?.reason);
    return { ...made.cards[0], version: made.version };
  }

  const path = (card) => new URL(card.url, location.href).pathname;

  const takes = {
    async download({ kind, format }) {
      const card = await stored(kind, format.name);
      const answer = await api.download(path(card).replace("/cards/", "/downloads/"));
      save(await answer.blob(), nameOf(answer) ?? `${story.article_id}-${kind}-${format.name}`);
    },
    async image({ kind, format }) {
      // Clipboards accept PNG only. Safari requires the promise to be passed within the click's handler.
      const png = stored(kind, format.name, "png").then(async (card) => (await api.download(path(card).replace("/cards/", "/downloads/"))).blob());
      if (!window.ClipboardItem) throw new Error(words.take.noClipboard);
      await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
      say(words.take.done.image);
    },
    link: (card) => copy(stored(card.kind, card.format.name).then((made) => made.url), words.take.done.link),
    alt: (card) => copy(stored(card.kind, card.format.name).then((made) => made.alt), words.take.done.alt),
    embed: (card) => copy(stored(card.kind, card.format.name).then((made) => embedCode(made, story)), words.take.done.embed),
  };

  async function all() {
    const { kinds, formats } = chosen();
    const choice = { kinds: kinds.join(","), formats: formats.join(",") };
    const usual = !isChanged(edit()) && !kinds.includes("carousel") && !kinds.includes("question");
    if (!usual) {
      const changes = kinds.includes("carousel") ? orderFor(edit(), "carousel") : orderForSet(edit());
      choice.version = (await order({ ...changes, kinds, formats })).version;
    }
    const answer = await api.zip(story.article_id, choice);
    if (answer.headers.get("content-type").startsWith("application/json")) location.assign((await answer.json()).url);
    else save(await answer.blob(), nameOf(answer) ?? `${story.article_id}-cards.zip`, words.take.savedAll);
  }

  async function run(button, work) {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    const slow = setTimeout(() => say(words.take.making), 400);
    try {
      await work();
    } catch (error) {
      failed(error);
    } finally {
      clearTimeout(slow);
      button.removeAttribute("aria-busy");
    }
  }

  return {
    /** Returns the buttons of one card. */
    actions(card) {
      const named = (what) => words.take.of(what, ...card.name.split(", "));
      const download = h("button", { type: "button", "aria-label": named(words.take.download), onclick: () => run(download, () => takes.download(card)) }, icons.download(), words.take.download);
      const summary = h("summary", { "aria-label": named(words.take.copy) }, icons.copy(), words.take.copy);
      const menu = h("details", { class: "menu", name: "copy" }, summary);
      const item = (name) => h("button", { type: "button", onclick: () => { menu.open = false; summary.focus(); run(summary, () => takes[name](card)); } }, words.take[name]);
      menu.append(h("div", {}, ["image", "link", "alt", "embed"].map(item)));
      menu.addEventListener("keydown", (event) => event.key === "Escape" && menu.open && ((menu.open = false), summary.focus()));
      menu.addEventListener("focusout", (event) => event.relatedTarget && !menu.contains(event.relatedTarget) && (menu.open = false));
      return h("span", { class: "actions" }, download, menu);
    },
    /** Returns the button that downloads all cards on the page. */
    allButton() {
      const button = h("button", { type: "button", class: "main", onclick: () => run(button, all) }, icons.download(), words.take.all);
      return button;
    },
  };
}

/** Copies a text, or the promise of one: Safari only allows a copy that starts in the click's handler. */
export async function copy(promised, done) {
  const value = Promise.resolve(promised);
  if (window.ClipboardItem) await navigator.clipboard.write([new ClipboardItem({ "text/plain": value.then((text) => new Blob([text], { type: "text/plain" })) })]);
  else await navigator.clipboard.writeText(await value);
  say(done);
}

/** Returns HTML of the card as an image that links to its story, with escaped attributes. */
export function embedCode({ url, width, height, alt }, { canonical_url: address }) {
  const escaped = (text) => String(text).replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const image = `<img src="${escaped(url)}" width="${width}" height="${height}" alt="${escaped(alt)}" loading="lazy">`;
  return address ? `<a href="${escaped(address)}">${image}</a>` : image;
}

function nameOf(answer) {
  const header = answer.headers.get("content-disposition") ?? "";
  const exact = header.match(/filename\*=UTF-8''([^;]+)/)?.[1];
  return exact ? decodeURIComponent(exact) : header.match(/filename="([^"]+)"/)?.[1];
}

function save(blob, name, message = words.take.saved(name)) {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  say(message);
}
