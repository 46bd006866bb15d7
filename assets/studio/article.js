// Shows one story: its cards, the editor beside them, and the buttons to download and copy.

import { api, Problem } from "./api.js";
import { h, icons } from "./dom.js";
import { editor } from "./editor.js";
import { edits } from "./edits.js";
import { postText } from "./post.js";
import { stage } from "./stage.js";
import { taking } from "./take.js";
import { words } from "./words.js";

const PAUSE = 120; // ms after the last keystroke before previews are requested

/** Fills `main`, and calls `failed(error, retry)` on errors. Resolves to a function that cleans up when the view is left. */
export async function articleView(main, articleId, caller, failed) {
  main.replaceChildren(back(), h("p", { class: "plain", role: "status" }, words.article.loading));
  const [article, found, { kinds, formats: all, themes }] = await Promise.all([api.article(articleId), api.articles(articleId), api.catalogue()]);
  const formats = all.map((format) => (format.frame === "link" ? { ...format, title: words.platforms.link } : format));
  const row = found.articles.find((one) => one.article_id === articleId) ?? { state: "rendering" };
  const story = { bullets: [], quotes: [], questions: [], ...article, ...row, headline: article.headline, site: siteOf(article) };
  const isPublic = ["live", "rendering", "failed"].includes(story.state);
  document.documentElement.dir = story.direction ?? "ltr";
  document.title = `${story.headline} · ${words.title}`;
  if (story.state === "withdrawn") {
    main.replaceChildren(back(), heading(story), ...banner(story));
    return () => {};
  }
  const [manifest, photo] = await Promise.all([isPublic ? api.manifest(articleId) : null, article.image ? photoOf(articleId) : null]);

  let timer;
  const history = edits((edit) => {
    form.show(edit);
    clearTimeout(timer);
    cards.expect();
    timer = setTimeout(() => cards.update(edit), PAUSE);
  });
  const take = taking({ story, manifest, edit: () => history.state, chosen: () => cards.chosen(), failed });
  const cards = stage({
    story, manifest, kinds, formats,
    actions: (card) => (isPublic ? take.actions(card) : null),
    drawn(result) {
      form.notices(cards.found());
      if (result.error && !(result.error instanceof Problem && result.error.field)) failed(result.error, () => cards.update(history.state));
    },
  });
  const form = editor({ story, own: onCards(story, manifest), formats, themes, history, photo, chooseFormats: cards.chooseFormats });
  const side = h("aside", { class: "side", id: "side" }, caller.role === "viewer" && h("p", { class: "hint" }, words.editor.viewer), form.element, isPublic && postText(story, failed));
  // On a narrow screen the form is a sheet over the cards, so that they stay visible during editing.
  const sheet = h("button", { type: "button", class: "sheet", "aria-expanded": "false", "aria-controls": "side", onclick: () => sheet.setAttribute("aria-expanded", String(side.classList.toggle("open"))) }, words.editor.heading);
  main.replaceChildren(
    back(),
    h("header", { class: "story-head" }, heading(story), isPublic && take.allButton()),
    ...banner(story),
    h("div", { class: "desk" }, cards.element, side),
    sheet,
  );
  form.show({});
  cards.build();

  function keys(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.id === "post") return;
    const key = event.key.toLowerCase();
    if (key === "z" || key === "y") {
      event.preventDefault();
      if (key === "y" || event.shiftKey) history.redo();
      else history.undo();
    }
  }
  const again = () => cards.update(history.state);
  document.addEventListener("keydown", keys);
  addEventListener("online", again);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("keydown", keys);
    removeEventListener("online", again);
    document.documentElement.dir = "ltr";
    document.title = words.title;
    if (photo) URL.revokeObjectURL(photo);
  };
}

const back = () => h("a", { class: "back", href: "#/" }, icons.back(), words.article.back);

function heading(story) {
  const when = h("time", { datetime: story.modified_at, title: story.modified_at && words.when(story.modified_at) }, story.modified_at ? words.ago(story.modified_at) : "");
  const link = story.canonical_url && h("a", { href: story.canonical_url, target: "_blank", rel: "noopener noreferrer" }, words.article.open, h("span", { class: "unseen" }, ` ${words.article.opensTab}`));
  return h("div", { class: "titles" }, story.kicker && h("p", { class: "kicker", dir: "auto", lang: story.language }, story.kicker), h("h1", { dir: "auto", lang: story.language }, story.headline), h("p", { class: "facts" }, h("span", { class: `state ${story.state}` }, words.states[story.state]), when, h("span", { class: "id", dir: "ltr" }, story.article_id ?? story.id), link));
}

function banner(story) {
  const texts = {
    embargoed: () => words.article.embargoed(story.embargo_until),
    draft: () => words.article.draft,
    withdrawn: () => words.article.withdrawn,
    failed: () => words.article.failed(story.reason),
    rendering: () => words.article.rendering,
  }[story.state];
  return texts ? [h("p", { class: `banner ${story.state}`, dir: "auto" }, texts())] : [];
}

/** Returns the form's initial values: the texts on the cards, with the fact and the quote that the renderer chose. */
function onCards({ headline: own, social_headlines: social, kicker = "", bullets, quotes }, manifest) {
  const plain = (text) => text.replace(/[^\p{L}\p{N}]/gu, "");
  const altOf = (kind) => plain(manifest?.cards.find((card) => card.kind === kind)?.alt ?? "");
  const fact = bullets.find((bullet) => altOf("bullet").includes(plain(bullet))) ?? bullets[0];
  const quote = quotes.find((one) => one.speaker && altOf("quote").includes(plain(one.text))) ?? quotes.find((one) => one.speaker) ?? quotes[0];
  const headline = social?.all ?? own;
  return { headline, kicker, bullets: bullets.length ? [fact, ...bullets.filter((bullet) => bullet !== fact)] : [], quote: { text: "", speaker: "", role: "", ...quote } };
}

const siteOf = ({ canonical_url: address, brand }) => (address ? new URL(address).hostname.replace(/^www\./, "") : brand ?? "");

/** Returns a blob URL of the photograph, or null if there is none: the cards are then shown without it. */
async function photoOf(articleId) {
  try {
    return URL.createObjectURL(await api.photo(articleId));
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}
