// Shows a card in the frame of a platform, in true proportion.

import { h, icons } from "../core/dom.js";
import { skipReason } from "../core/errors.js";
import { words } from "../words/words.js";

const LINKS = ["x", "facebook", "linkedin", "whatsapp", "bluesky", "mastodon"];

/** Returns the frames of a card: a link preview for each network if it is the headline in a link format, else one frame. */
export function framesOf(kind, format, story) {
  if (kind === "headline" && format.frame === "link") return LINKS.map((platform) => linkFrame(platform, format, story));
  const chrome = { feed, story: phone, post, pin }[format.frame] ?? plain;
  return [frame(chrome === plain ? "plain" : format.frame, format.title, format, chrome(story, format))];
}

const linkFrame = (platform, format, story) =>
  frame(`link ${platform}`, words.platforms[platform], format, linkPreview(platform, story));

/** Returns `{ element, show, wait }`. `show` takes a result of previews.js. */
function frame(style, title, format, { before = [], after = [] }) {
  const image = h("img", { alt: "", width: format.width, height: format.height, decoding: "async", hidden: true });
  const reason = h("p", { class: "reason", hidden: true });
  const picture = h("div", { class: "picture waiting" }, image, reason);
  picture.style.setProperty("--ratio", `${format.width} / ${format.height}`);
  if (style === "story") picture.append(safeZone(format));
  const cut = h("p", { class: "cut", hidden: true });
  const chrome = h("div", { class: "chrome" }, before, picture, after);
  const element = h("div", { class: `frame ${style}` }, h("p", { class: "platform" }, title), chrome, cut);

  function show({ url, kind, skipped, error, truncated = [], alt }) {
    picture.classList.remove("waiting");
    picture.classList.toggle("none", !url);
    image.hidden = !url;
    reason.hidden = Boolean(url);
    reason.textContent = url ? "" : noPicture({ kind, skipped, error });
    if (url) {
      image.src = url;
      image.alt = alt ?? words.stage.label;
    }
    cut.hidden = !truncated.length;
    cut.textContent = truncated.length ? words.stage.cut(truncated.map((role) => words.roles[role] ?? role)) : "";
  }

  return { element, show, wait: () => picture.classList.add("waiting") };
}

function noPicture({ kind, skipped, error }) {
  if (skipped !== undefined) return skipReason(kind, skipped);
  return error ? words.stage.failed : "";
}

function safeZone({ width, height, safe }) {
  const zone = h("div", { class: "safe", "aria-hidden": "true" });
  const share = (side, px) => (100 * px) / (side === "top" || side === "bottom" ? height : width);
  for (const [side, px] of Object.entries(safe)) zone.style.setProperty(`--${side}`, `${share(side, px)}%`);
  zone.append(h("i"), h("i"), h("i"), h("i"));
  return zone;
}

const avatar = () => h("span", { class: "avatar", "aria-hidden": "true" });
const name = (story) => h("b", {}, story.site || words.stage.avatar);
const by = (story) =>
  h("p", { class: "by", "aria-hidden": "true" }, avatar(), h("span", {}, name(story), h("small", {}, words.stage.now)));
const acts = () => h("p", { class: "acts", "aria-hidden": "true" }, icons.heart(), icons.talk(), icons.share());
const line = (style, content, story) => content && h("p", { class: style, dir: "auto", lang: story.language }, content);

const plain = () => ({});
const feed = (story) => ({ before: by(story), after: acts() });
const post = (story) => ({ before: by(story), after: acts() });
const pin = (story) => ({ after: line("title", story.headline, story) });
const phone = (story) => ({
  before: h("p", { class: "progress", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
  after: h("p", { class: "by over", "aria-hidden": "true" }, avatar(), name(story)),
});

function linkPreview(platform, story) {
  const site = h("p", { class: "site", dir: "ltr" }, platform === "facebook" ? story.site.toUpperCase() : story.site);
  const social = story.social_headlines ?? {};
  const title = line("title", (platform === "x" && social.x) || social.all || story.headline, story);
  const deck = line("deck", story.deck, story);
  const parts = {
    x: [title],
    facebook: [site, title, deck],
    linkedin: [title, site],
    whatsapp: [title, deck, site],
    bluesky: [title, deck, site],
    mastodon: [site, title, deck],
  }[platform];
  const from = platform === "x" && story.site && h("p", { class: "from", dir: "ltr" }, words.stage.from(story.site));
  return { before: by(story), after: [h("div", { class: "link-text" }, parts), from].filter(Boolean) };
}
