// Shows a card in the frame of a platform, in true proportion.

import { h, icons } from "../core/dom.js";
import { words } from "../words/words.js";
import { by, byOver, LINKS, linkPreview } from "./links.js";
import { pictureOf } from "./picture.js";

/**
 * Returns the frames of a card: for the headline in a link format one for each network and chat, for a feed format the post and
 * the grid of a profile, else one.
 */
export function framesOf(kind, format, story) {
  if (kind === "headline" && format.frame === "link") {
    return LINKS.map((platform) =>
      frame(`link ${platform}`, words.platforms[platform], format, story, (picture) => linkPreview(platform, story, picture)));
  }
  const post = (picture) => (CONTENTS[format.frame] ?? plain)(picture, story, format);
  const frames = [frame(format.frame in CONTENTS ? format.frame : "plain", format.title, format, story, post)];
  if (format.frame === "feed") frames.push(frame("grid", words.platforms.grid, format, story, grid));
  return frames;
}

/** Returns `{ element, show, wait, late }`. `show` takes a result of previews.js; `contents(picture)` is what the frame has. */
function frame(style, title, format, { direction: dir }, contents) {
  const picture = pictureOf(format);
  const cut = h("p", { class: "cut", hidden: true });
  const chrome = h("div", { class: "chrome", dir }, contents(picture.element));
  const element = h("div", { class: `frame ${style}` }, h("p", { class: "platform" }, title), chrome, cut);

  function show(result) {
    const { truncated = [] } = result;
    picture.show(result);
    cut.hidden = !truncated.length;
    cut.textContent = truncated.length ? words.stage.cut(truncated.map((role) => words.roles[role] ?? role)) : "";
  }

  return { ...picture, element, show };
}

function safeZone({ width, height, safe }) {
  const zone = h("div", { class: "safe", "aria-hidden": "true" });
  const share = (side, px) => (100 * px) / (side === "top" || side === "bottom" ? height : width);
  for (const [side, px] of Object.entries(safe)) zone.style.setProperty(`--${side}`, `${share(side, px)}%`);
  zone.append(h("i"), h("i"), h("i"), h("i"));
  return zone;
}

const acts = () => h("p", { class: "acts", "aria-hidden": "true" }, icons.heart(), icons.talk(), icons.share());
const title = ({ headline, language }) => h("p", { class: "title", dir: "auto", lang: language }, headline);
const progress = () => h("p", { class: "progress", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
const plain = (picture) => picture;

/** What stands in the frame of each kind of post. */
const CONTENTS = {
  feed: (picture, story) => [by(story), picture, acts()],
  post: (picture, story) => [by(story), picture, acts()],
  pin: (picture, story) => [picture, title(story)],
  story: (picture, story, format) => [progress(), picture, safeZone(format), byOver(story)],
};

/** The grid of a profile crops each post to 3:4 around its middle. */
const grid = (picture) => [h("i", { class: "neighbour" }), picture, h("i", { class: "neighbour" })];
