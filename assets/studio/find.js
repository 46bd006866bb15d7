// Lists the latest stories, or those that match a query.

import { api } from "./api.js";
import { h, icons } from "./dom.js";
import { words } from "./words.js";

const PAUSE = 180; // ms after the last keystroke before the request

/** Fills `main`, and calls `failed(error, retry)` on errors. */
export function findView(main, query, failed) {
  const input = h("input", {
    type: "search", id: "query", name: "query", autocomplete: "off", spellcheck: false, dir: "auto",
    placeholder: words.find.placeholder, value: query, maxlength: "1000", "aria-describedby": "found",
  });
  const heading = h("h2", {});
  const count = h("p", { id: "found", role: "status", class: "quiet" });
  const rows = h("ol", { class: "stories" });
  const more = h("button", { type: "button", class: "more", hidden: true }, words.find.more);
  let request = new AbortController();
  let timer;

  async function show(cursor = "") {
    request.abort();
    request = new AbortController();
    const { signal } = request;
    const typed = input.value.trim();
    try {
      const page = await api.articles(typed, cursor, signal);
      if (!cursor) rows.replaceChildren();
      const first = page.articles.map(row)[0];
      rows.append(...page.articles.map(row));
      heading.textContent = typed ? words.find.results(typed) : words.find.recent;
      count.textContent = rows.children.length ? words.find.count(rows.children.length) : "";
      if (!rows.children.length) {
        const [title, hint] = typed ? [words.find.none, words.find.noneHint] : [words.find.empty, words.find.emptyHint];
        rows.replaceChildren(h("li", { class: "nothing" }, h("strong", {}, title), h("p", {}, hint)));
      }
      more.hidden = !page.cursor;
      more.onclick = async () => {
        const before = rows.children.length;
        await show(page.cursor);
        rows.children[before]?.querySelector("a")?.focus();
      };
      rows.removeAttribute("aria-busy");
      return first;
    } catch (error) {
      if (error.name !== "AbortError") failed(error, () => show(cursor));
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    rows.setAttribute("aria-busy", "true");
    timer = setTimeout(() => {
      history.replaceState(null, "", input.value.trim() ? `#/?${new URLSearchParams({ query: input.value.trim() })}` : "#/");
      show();
    }, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") focusLink(rows.querySelector("a"), event);
  });
  rows.addEventListener("keydown", (event) => {
    const links = [...rows.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown") focusLink(links[at + 1] ?? (more.hidden ? null : more), event);
    if (event.key === "ArrowUp") focusLink(links[at - 1] ?? input, event);
  });
  const form = h("form", { class: "search", role: "search", onsubmit: submit }, h("label", { for: "query" }, words.find.label), icons.search(), input);

  async function submit(event) {
    event.preventDefault();
    clearTimeout(timer);
    await show();
    rows.querySelector("a")?.click();
  }

  rows.append(...Array.from({ length: 6 }, () => h("li", { class: "row waiting", "aria-hidden": "true" })));
  main.replaceChildren(h("div", { class: "find" }, h("h1", {}, words.find.heading), form, h("div", { class: "latest" }, heading, count), rows, more));
  heading.textContent = words.find.recent;
  input.focus({ preventScroll: true });
  show();
}

function focusLink(element, event) {
  if (!element) return;
  event.preventDefault();
  element.focus();
}

function row(story) {
  const state = h("span", { class: `state ${story.state}` }, words.states[story.state]);
  const facts = h("p", { class: "facts" }, state, story.embargo_until && story.state === "embargoed" && h("span", {}, words.find.until(story.embargo_until)), h("time", { datetime: story.modified_at, title: words.when(story.modified_at) }, words.ago(story.modified_at)), h("span", { class: "id", dir: "ltr" }, story.article_id ?? story.delivery));
  const body = h(
    "div", { dir: story.direction },
    story.kicker && h("p", { class: "kicker", lang: story.language, dir: "auto" }, story.kicker),
    h("p", { class: "headline", lang: story.language, dir: "auto" }, story.headline ?? words.find.unreadable),
    facts,
    story.reason && h("p", { class: "reason", dir: "auto" }, story.reason),
  );
  if (!story.article_id) return h("li", { class: "row" }, blank("!"), body);
  return h("li", { class: "row" }, h("a", { href: `#/article/${encodeURIComponent(story.article_id)}` }, thumbnail(story), body));
}

function thumbnail({ thumbnail: card, headline }) {
  if (!card) return blank([...headline.trim()][0] ?? "");
  const path = new URL(card.url, location.href).pathname;
  return h("img", { class: "thumb", src: path, alt: "", width: card.width, height: card.height, loading: "lazy", decoding: "async" });
}

const blank = (letter) => h("span", { class: "thumb blank", "aria-hidden": "true" }, letter);
