// Shows a card in the frame of a platform, in true proportion.

import { h, icons } from "../core/dom.js";
import { words, wordIn } from "../words/words.js";
import { by, byOver, LINKS, linkPreview } from "./links.js";
import { pictureOf } from "./picture.js";
/** @import { Child } from "../core/dom.js" */
/** @import { Format, Result, Story } from "../core/types.d.ts" */

/** @typedef {(picture: HTMLElement, story: Story, format: Format) => Child | Child[]} Contents */
/** @typedef {ReturnType<typeof frame>} Frame */

/**
 * Returns what builds each frame of a card: for the headline in a link format one for each network and chat, for a feed format
 * the post and the grid of a profile, else one.
 * @param {string} kind
 * @param {Format} format
 * @param {Story} story
 * @returns {(() => Frame)[]}
 */
export function framesOf(kind, format, story) {
  if (kind === "headline" && format.frame === "link") {
    return LINKS.map((platform) => () =>
      frame(`link ${platform}`, words.platforms[platform], format, story, (picture) => linkPreview(platform, story, picture)));
  }
  const contents = CONTENTS[format.frame];
  const frames = [() => frame(contents ? format.frame : "plain", "", format, story, contents ?? plain)];
  if (format.frame === "feed") frames.push(() => frame("grid", words.platforms.grid, format, story, grid));
  return frames;
}

/**
 * Returns `{ element, show, wait, late }`. `show` takes a result of previews.js; `contents(picture)` is what the frame has.
 * @param {string} style
 * @param {string} title stands over the frame, if it is not ""
 * @param {Format} format
 * @param {Story} story
 * @param {Contents} contents
 */
function frame(style, title, format, story, contents) {
  const { direction: dir } = story;
  const picture = pictureOf(format);
  const chrome = h("div", { class: "chrome", dir }, contents(picture.element, story, format));
  const element = h("div", { class: `frame ${style}` }, title && h("p", { class: "platform" }, title), chrome);

  function show(/** @type {Result & { kind: string }} */ result) {
    const { truncated = [] } = result;
    picture.show(result);
    element.querySelector(".cut")?.remove();
    const roles = truncated.map((role) => wordIn(words.roles, role));
    if (roles.length) element.append(h("p", { class: "cut" }, words.stage.cut(roles)));
  }

  return { ...picture, element, show };
}

function safeZone(/** @type {Format} */ { width, height, safe }) {
  const zone = h("div", { class: "safe", "aria-hidden": "true" });
  const share = (/** @type {string} */ side, /** @type {number} */ px) =>
    (100 * px) / (side === "top" || side === "bottom" ? height : width);
  for (const [side, px] of Object.entries(safe)) zone.style.setProperty(`--${side}`, `${share(side, px)}%`);
  zone.append(h("i"), h("i"), h("i"), h("i"));
  return zone;
}

const acts = () => h("p", { class: "acts", "aria-hidden": "true" }, icons.heart(), icons.talk(), icons.share());
const title = (/** @type {Story} */ { headline, language }) => h("p", { class: "title", dir: "auto", lang: language }, headline);
const progress = () => h("p", { class: "progress", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
const plain = (/** @type {HTMLElement} */ picture) => picture;

/** What stands in the frame of each kind of post. @type {Record<string, Contents | undefined>} */
const CONTENTS = {
  feed: (picture, story) => [by(story), picture, acts()],
  post: (picture, story) => [by(story), picture, acts()],
  pin: (picture, story) => [picture, title(story)],
  story: (picture, story, format) => [progress(), picture, safeZone(format), byOver(story)],
};

/** The grid of a profile crops each post to 3:4 around its middle. */
const grid = (/** @type {HTMLElement} */ picture) => [h("i", { class: "neighbour" }), picture, h("i", { class: "neighbour" })];
