// Starts the page: signs the user in, and shows the view that the address names.

import { api, Offline, Problem, SignedOut } from "./core/api.js";
import { byId, h } from "./core/dom.js";
import { firstCalls } from "./core/first_calls.js";
import { showError } from "./core/notice.js";
import { createRouter, routeOf } from "./core/router.js";
import { forget, returnFromProvider, session } from "./core/session.js";
import { signInDialog, signInForm } from "./core/sign_in.js";
import { cardModules, formModules, preload } from "./core/story_modules.js";
import { idle, inTasks, nextTask } from "./core/tasks.js";
import { listView } from "./list/list.js";
import { hashFrom, openView } from "./list/open.js";
import { direction, language, languages, setLanguage, warmUps, words } from "./words/words.js";
/** @import { View } from "./core/router.js" */
/** @import { FirstCalls } from "./core/first_calls.js" */
/** @import { Provider } from "./core/session.js" */
/** @import { App, Caller } from "./core/types.d.ts" */

const AHEAD = 1_500; // ms after the first view, when the modules of a story's page are loaded if it was the list

/** Loads the modules that show the cards of a story, which the list does not wait for. */
async function loadStory() {
  await preload(cardModules);
  return import("./story/story.js");
}

/**
 * Calls for what the view needs, and does not wait for it: it throws later, where it is awaited.
 * @template Answer
 * @param {() => Promise<Answer>} work
 */
function begin(work) {
  const begun = work();
  begun.catch(() => {});
  return begun;
}

/** @typedef {{ article: string, calls: FirstCalls }} Begun */
/** @type {Begun | undefined} */
let begun; // the calls for the first story, until its view takes them

/** Shows a story once its modules are loaded, unless the user has gone on by then. @type {View} */
async function loadedStoryView(place, params, { app, signal }) {
  const { article = "" } = params;
  const calls = begun?.article === article ? begun.calls : firstCalls(article, signal);
  begun = undefined;
  const { storyView } = await loadStory();
  if (!signal.aborted) await storyView(place, params, { app, signal, calls });
}

const ROUTES = [
  {
    pattern: /^article\/(?<article>[^/]+)(?:\/post\/(?<post>[^/]+))?$/,
    view: loadedStoryView,
  },
  { pattern: /^open$/, view: openView },
  { pattern: /^/, view: listView },
];

const main = byId("main");
const notice = byId("notice");
const skip = /** @type {HTMLElement} */ (document.querySelector(".skip"));
/** @type {Provider | undefined} */
let oidc;

/** @type {App} */
const app = {
  caller: null,
  memory: {},
  clearNotice: () => notice.replaceChildren(),
  failed(error, retry) {
    if (error instanceof Error && error.name === "AbortError") return;
    if (error instanceof SignedOut) again();
    else showError(notice, error, retry);
    main.querySelector(":scope > .plain")?.remove();
  },
};
const show = createRouter(main, ROUTES, app);

async function start() {
  dress();
  const wanted = hashFrom(location.search);
  if (wanted) history.replaceState(null, "", `/studio${wanted}`); // the fragment outlives signing in
  await nextTask();
  const provider = begin(api.signIn);
  await nextTask();
  const ahead = session() ? callAhead() : {};
  inTasks(warmUps);
  try {
    ({ oidc } = await provider);
    const back = await returnFromProvider(oidc);
    if (back === false) return signIn(words.signIn.failed);
    return enter(back ? {} : ahead);
  } catch (error) {
    return app.failed(error, start);
  }
}

/**
 * What was called for before it is known whether the user is signed in.
 * @typedef {{ caller?: Promise<Caller>, story?: Begun }} Ahead
 */

/** Calls at once for who the user is and for what the first view shows. @returns {Ahead} */
function callAhead() {
  const caller = begin(api.whoami);
  const { view, params: { article = "" } } = routeOf(ROUTES, location.hash);
  if (view !== loadedStoryView) return { caller };
  nextTask().then(() => begin(loadStory));
  return { caller, story: { article, calls: firstCalls(article) } };
}

/** Shows the first view. @returns {Promise<unknown>} */
async function enter(/** @type {Ahead} */ ahead = {}) {
  if (!session()) return signIn();
  try {
    const caller = await (ahead.caller ?? api.whoami());
    app.caller = caller;
    welcome(caller);
  } catch (error) {
    if (error instanceof Problem && error.status === 403) return signIn(words.signIn.noRole);
    return app.failed(error, () => enter());
  }
  begun = ahead.story;
  await nextTask();
  const outcome = await show();
  if (!ahead.story) setTimeout(() => preload([...cardModules, ...formModules], idle), AHEAD);
  return outcome;
}

/** Shows who is signed in. */
function welcome(/** @type {Caller} */ { name, role }) {
  const leave = () => {
    forget();
    location.reload();
  };
  const out = h("button", { type: "button", class: "quiet-button", onclick: leave }, words.signIn.out);
  const caller = h("span", { dir: "auto" }, words.signIn.as(name, words.callers[role]));
  byId("who").replaceChildren(caller, ...languageMenu(), out);
}

function signIn(message = "") {
  app.clearNotice();
  main.replaceChildren(signInForm(oidc, message, () => enter()));
  main.querySelector("input")?.focus();
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
  skip.textContent = words.skip;
}

function languageMenu() {
  if (languages.length < 2) return [];
  const options = languages.map(({ tag, name }) => h("option", { value: tag, lang: tag, selected: tag === language }, name));
  const change = () => {
    setLanguage(menu.value);
    location.reload();
  };
  const menu = h("select", { class: "language", "aria-label": words.language, onchange: change }, options);
  return [menu];
}

addEventListener("hashchange", () => app.caller && show());
addEventListener("online", app.clearNotice);
addEventListener("offline", () => app.failed(new Offline()));
skip.addEventListener("click", (event) => {
  event.preventDefault(); // the address names the view, not the anchor
  main.focus();
});
document.addEventListener("pointerdown", ({ target }) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (target instanceof Node && !menu.contains(target)) menu.removeAttribute("open");
  }
});
document.addEventListener("keydown", (event) => {
  const search = document.getElementById("query");
  if (event.key !== "/" || !search || document.activeElement?.matches("input, textarea, select")) return;
  event.preventDefault();
  search.focus();
});
history.scrollRestoration = "manual"; // the list finds its place again by itself
start();
