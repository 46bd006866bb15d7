// Asks for the modules of a story's page at once, and not for one level of their imports after the other.

import { h } from "./dom.js";
import { nextTask } from "./tasks.js";

const AT_ONCE = 2; // modules that are asked for in one task, so that the page answers meanwhile

/** What shows the cards. */
export const cardModules = [
  "core/history.js", "core/store.js", "edit/dragging.js", "edit/facts.js", "edit/fields.js",
  "edit/order.js", "posts/autosave.js", "posts/content.js", "posts/keeper.js", "posts/names.js", "story/beside.js",
  "story/card.js", "story/changes.js", "story/differences.js", "story/frames.js", "story/heading.js",
  "story/kinds.js", "story/links.js", "story/live.js", "story/notices.js", "story/own_texts.js", "story/picture.js",
  "story/preview_alt.js", "story/previews.js", "story/slides.js", "story/stage.js", "story/state.js",
  "story/story.js", "story/toolbar.js", "story/versions.js", "take/actions.js", "take/bar.js", "take/busy.js",
  "take/clipboard.js", "take/files.js", "take/gate.js", "take/more.js", "take/orders.js", "take/send.js",
  "take/share.js", "take/withdraw.js",
];

/** What shows the form beside them. */
export const formModules = [
  "edit/crop.js", "edit/focal.js", "edit/form.js", "edit/formats.js", "edit/limits.js", "edit/notices.js",
  "edit/other_photo.js", "edit/photo.js", "edit/pointing.js", "edit/quote.js", "edit/upload.js", "posts/conflict.js",
  "posts/outdated.js", "posts/panel.js", "posts/quoted.js", "posts/review.js", "posts/text.js",
];

const addressOf = (/** @type {string} */ name) => new URL(`../${name}`, import.meta.url).href; // of this release

/**
 * Loads modules into the browser's cache, a few in each task, without running them. Resolves once all of them are asked for.
 * @param {string[]} modules
 * @param {() => Promise<unknown>} [pause] resolves in the next task
 */
export async function preload(modules, pause = nextTask) {
  if (document.head.querySelector(`link[href$="${modules[0]}"]`)) return; // begun already
  for (let at = 0; at < modules.length; at += AT_ONCE) {
    const names = modules.slice(at, at + AT_ONCE);
    document.head.append(...names.map((name) => h("link", { rel: "modulepreload", href: addressOf(name) })));
    await pause();
  }
}
