// Starts the page: signs the user in, and shows the view that the address names.

import { api, Offline, Problem, SignedOut } from "./core/api.js";
import { h } from "./core/dom.js";
import { showError } from "./core/notice.js";
import { createRouter } from "./core/router.js";
import { forget, returnFromProvider, session } from "./core/session.js";
import { signInDialog, signInForm } from "./core/sign_in.js";
import { listView } from "./list/list.js";
import { storyView } from "./story/story.js";
import { direction, language, languages, setLanguage, words } from "./words/words.js";

const ROUTES = [
  { pattern: /^article\/(?<article>.+)$/, view: storyView },
  { pattern: /^/, view: listView },
];

const main = document.getElementById("main");
const notice = document.getElementById("notice");
let oidc;

/** What every view gets: the caller, and how to report an error. */
const app = {
  caller: null,
  clearNotice: () => notice.replaceChildren(),
  failed(error, retry) {
    if (error.name === "AbortError") return;
    if (error instanceof SignedOut) again();
    else showError(notice, error, retry);
    main.querySelector(":scope > [role=status]")?.remove();
  },
};
const show = createRouter(main, ROUTES, app);

async function start() {
  dress();
  try {
    ({ oidc } = await api.signIn());
    const back = await returnFromProvider(oidc);
    if (back === false) return signIn(words.signIn.failed);
  } catch (error) {
    return app.failed(error, start);
  }
  return enter();
}

async function enter() {
  if (!session()) return signIn();
  try {
    app.caller = await api.whoami();
  } catch (error) {
    if (error instanceof Problem && error.status === 403) return signIn(words.signIn.noRole);
    return app.failed(error, enter);
  }
  const leave = () => {
    forget();
    location.reload();
  };
  const out = h("button", { type: "button", class: "quiet-button", onclick: leave }, words.signIn.out);
  const name = h("span", { dir: "auto" }, words.signIn.as(app.caller.name, words.callers[app.caller.role]));
  document.getElementById("who").replaceChildren(name, ...languageMenu(), out);
  return show();
}

function signIn(message) {
  app.clearNotice();
  main.replaceChildren(signInForm(oidc, message, enter));
  main.querySelector("input").focus();
}

/** Asks for a new token. What is on the page stays there, and is loaded again. */
function again() {
  forget();
  if (!app.caller) return signIn(words.signIn.wrong);
  return signInDialog(oidc, () => {
    app.clearNotice();
    if (main.dataset.view === "loaded") dispatchEvent(new Event("online"));
    else show();
  });
}

/** Sets the language of the interface, and the texts of index.html. */
function dress() {
  document.documentElement.lang = language;
  document.documentElement.dir = direction;
  document.title = words.title;
  document.querySelector(".skip").textContent = words.skip;
}

function languageMenu() {
  if (languages.length < 2) return [];
  const options = languages.map(({ tag, name }) => h("option", { value: tag, lang: tag, selected: tag === language }, name));
  const change = (event) => {
    setLanguage(event.target.value);
    location.reload();
  };
  return [h("select", { class: "language", "aria-label": words.language, onchange: change }, options)];
}

addEventListener("hashchange", () => app.caller && show());
addEventListener("online", app.clearNotice);
addEventListener("offline", () => app.failed(new Offline()));
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address names the view, not the anchor
  main.focus();
});
document.addEventListener("pointerdown", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const search = document.getElementById("query");
  if (event.key !== "/" || !search || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  event.preventDefault();
  search.focus();
});
history.scrollRestoration = "manual"; // the list finds its place again by itself
start();
