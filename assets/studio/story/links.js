// Builds the link previews of networks and chats around a card: the order of their texts, without their artwork.

import { h } from "../core/dom.js";
import { words } from "../words/words.js";

/** Where a link is shown: networks first, then chats. Each has a name in `words.platforms` and rules in platforms.css. */
export const LINKS = [
  "x", "facebook", "linkedin", "threads", "bluesky", "mastodon", "discover", "whatsapp", "telegram", "imessage", "slack",
];

const line = (style, content, story) => content && h("p", { class: style, dir: "auto", lang: story.language }, content);
const text = (...lines) => h("div", { class: "link-text" }, lines);
const avatar = () => h("span", { class: "avatar", "aria-hidden": "true" });
const name = (story) => h("b", {}, story.site || words.stage.avatar);

/** Returns the line with the sender of a post. */
export const by = (story) =>
  h("p", { class: "by", "aria-hidden": "true" }, avatar(), h("span", {}, name(story), h("small", {}, words.stage.now)));

/** Returns the line with the sender of a story, which lies over the picture. */
export const byOver = (story) => h("p", { class: "by over", "aria-hidden": "true" }, avatar(), name(story));

/** Returns the contents of a link preview, in their order. */
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

const LAYOUTS = {
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
};
