// Builds the link previews of networks and chats around a card: the order of their texts, without their artwork.

import { h } from "../core/dom.js";
import { words } from "../words/words.js";
/** @import { Story } from "../core/types.d.ts" */

/** Where a link is shown: networks first, then chats. Each has a name in `words.platforms` and rules in platforms.css. */
export const LINKS = /** @type {const} */ ([
  "x", "facebook", "linkedin", "threads", "bluesky", "mastodon", "discover", "whatsapp", "telegram", "imessage", "slack",
]);

/** @typedef {HTMLElement | undefined | ""} Line */

/** @type {(style: string, content: string | undefined, story: Story) => Line} */
const line = (style, content, story) => content && h("p", { class: style, dir: "auto", lang: story.language }, content);
const text = (/** @type {Line[]} */ ...lines) => h("div", { class: "link-text" }, lines);
const avatar = () => h("span", { class: "avatar", "aria-hidden": "true" });
const name = (/** @type {Story} */ story) => h("b", {}, story.site || words.stage.avatar);

/** Returns the line with the sender of a post. */
export const by = (/** @type {Story} */ story) =>
  h("p", { class: "by", "aria-hidden": "true" }, avatar(), h("span", {}, name(story), h("small", {}, words.stage.now)));

/** Returns the line with the sender of a story, which lies over the picture. */
export const byOver = (/** @type {Story} */ story) => h("p", { class: "by over", "aria-hidden": "true" }, avatar(), name(story));

/** @typedef {typeof LINKS[number]} Link */

/**
 * Returns the contents of a link preview, in their order.
 * @param {Link} platform
 * @param {Story} story
 * @param {HTMLElement} picture
 */
export function linkPreview(platform, story, picture) {
  const social = story.social_headlines ?? {};
  const headline = (platform === "x" && social.x) || social.all || story.headline;
  return LAYOUTS[platform]({
    picture,
    by: by(story),
    title: line("title", headline, story),
    deck: line("deck", story.deck, story),
    site: h("p", { class: "site" }, platform === "facebook" ? story.site.toUpperCase() : story.site),
    from: story.site && h("p", { class: "from" }, words.stage.from(story.site)),
    source: h("p", { class: "source", "aria-hidden": "true" }, avatar(), h("span", {}, story.site || words.stage.avatar)),
  });
}

/** @typedef {{ picture: HTMLElement, by: Line, title: Line, deck: Line, site: Line, from: Line, source: Line }} Pieces */

const LAYOUTS = /** @type {Record<Link, (parts: Pieces) => Line | Line[]>} */ ({
  x: (parts) => [parts.by, parts.picture, text(parts.title), parts.from],
  facebook: (parts) => [parts.by, parts.picture, text(parts.site, parts.title, parts.deck)],
  linkedin: (parts) => [parts.by, parts.picture, text(parts.title, parts.site)],
  threads: (parts) => [parts.by, h("div", { class: "attached" }, parts.picture, text(parts.site, parts.title))],
  bluesky: (parts) => [parts.by, parts.picture, text(parts.title, parts.deck, parts.site)],
  mastodon: (parts) => [parts.by, parts.picture, text(parts.site, parts.title, parts.deck)],
  discover: (parts) => [parts.picture, text(parts.title, parts.source)],
  whatsapp: (parts) => [parts.picture, text(parts.title, parts.deck, parts.site)],
  telegram: (parts) => h("div", { class: "attached" }, text(parts.site, parts.title, parts.deck), parts.picture),
  imessage: (parts) => [parts.picture, text(parts.title, parts.site)],
  slack: (parts) => [parts.by, h("div", { class: "attached" }, text(parts.source, parts.title, parts.deck), parts.picture)],
});
