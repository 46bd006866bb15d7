// Lists the latest stories, or those that match a query.

import { api } from "../core/api.js";
import { h } from "../core/dom.js";
import { words } from "../words/words.js";
import { placeholders, row } from "./row.js";
import { moveByArrows, searchField } from "./search.js";

const WAITING = 6; // rows shown while the first page is loaded

/** Shows the list. */
export async function listView(main, { query = "" }, { signal, app }) {
  const heading = h("h2", {}, words.find.recent);
  const count = h("p", { id: "found", role: "status", class: "quiet" });
  const rows = h("ol", { class: "stories" }, placeholders(WAITING));
  const more = h("button", { type: "button", class: "more", hidden: true }, words.find.more);
  const { form, input } = searchField(query, {
    signal,
    started: () => rows.setAttribute("aria-busy", "true"),
    typed() {
      history.replaceState(null, "", hashOf(input.value.trim()));
      show();
    },
    async entered() {
      await show();
      rows.querySelector("a")?.click();
    },
  });
  moveByArrows(input, rows, more);
  let request = new AbortController();
  signal.addEventListener("abort", () => request.abort());

  async function show(cursor = "") {
    request.abort();
    request = new AbortController();
    const { signal: newest } = request;
    const typed = input.value.trim();
    try {
      const page = await api.articles(typed, cursor, newest);
      if (!newest.aborted) put(page, typed, cursor);
    } catch (error) {
      if (!newest.aborted) app.failed(error, () => show(cursor));
    }
  }

  function put(page, typed, cursor) {
    if (!cursor) rows.replaceChildren();
    rows.append(...page.articles.map(row));
    heading.textContent = typed ? words.find.results(typed) : words.find.recent;
    count.textContent = rows.children.length ? words.find.count(rows.children.length) : "";
    if (!rows.children.length) rows.append(nothing(typed));
    rows.removeAttribute("aria-busy");
    more.hidden = !page.cursor;
    more.onclick = async () => {
      const before = rows.children.length;
      await show(page.cursor);
      rows.children[before]?.querySelector("a")?.focus();
    };
  }

  main.replaceChildren(h("div", { class: "find" }, h("h1", {}, words.find.heading), form, latest(heading, count), rows, more));
  input.focus({ preventScroll: true });
  await show();
}

const hashOf = (query) => (query ? `#/?${new URLSearchParams({ query })}` : "#/");
const latest = (...children) => h("div", { class: "latest" }, children);

function nothing(typed) {
  const [title, hint] = typed ? [words.find.none, words.find.noneHint] : [words.find.empty, words.find.emptyHint];
  return h("li", { class: "nothing" }, h("strong", {}, title), h("p", {}, hint));
}
