// Opens the story whose address a link or a bookmarklet names; `/studio?url=...` leads here.
/** @import { View } from "../core/router.js" */

import { api } from "../core/api.js";
import { listAddress, storyAddress } from "../core/addresses.js";
import { h } from "../core/dom.js";
import { words } from "../words/words.js";

/** Shows the story of the address, or the search for it if there are several or none. @type {View} */
export async function openView(main, { url = "" }, { signal }) {
  main.replaceChildren(h("p", { class: "plain", role: "status" }, words.find.opening));
  const { articles } = await api.articles(url, "", signal);
  const [found, ...others] = articles.flatMap((row) => row.article_id ?? []);
  if (signal.aborted) return;
  location.replace(found && !others.length ? storyAddress(found) : listAddress(url));
}

/** Returns the hash for the query of `/studio?url=...`, or "" if it names no address. */
export function hashFrom(/** @type {string} */ search) {
  const url = new URLSearchParams(search).get("url")?.trim();
  return url ? `#/open?${new URLSearchParams({ url })}` : "";
}
