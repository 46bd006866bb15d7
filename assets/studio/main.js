// Starts the page: signs the user in, shows the view that the address names, and reports errors.

import { api, Offline, Problem, SignedOut } from "./api.js";
import { articleView } from "./article.js";
import { errorBlock, h } from "./dom.js";
import { findView } from "./find.js";
import { forget, keepToken, leaveForProvider, returnFromProvider, session } from "./session.js";
import { words } from "./words.js";

const main = document.getElementById("main");
const notice = document.getElementById("notice");
let caller;
let oidc;
let leave = () => {};
let requested = 0; // the number of views requested so far: only the newest may be shown

async function start() {
  try {
    ({ oidc } = await api.signIn());
    const back = await returnFromProvider(oidc);
    if (back === false) return signIn(words.signIn.failed);
  } catch (error) {
    return failed(error, start);
  }
  return enter();
}

async function enter() {
  if (!session()) return signIn();
  try {
    caller = await api.whoami();
  } catch (error) {
    if (error instanceof Problem && error.status === 403) return signIn(words.signIn.noRole);
    return failed(error, enter);
  }
  const out = h("button", { type: "button", class: "quiet-button", onclick: () => { forget(); location.reload(); } }, words.signIn.out);
  document.getElementById("who").replaceChildren(h("span", { dir: "auto" }, words.signIn.as(caller.name, caller.role)), out);
  return show();
}

async function show() {
  if (!caller) return;
  const turn = ++requested;
  notice.replaceChildren();
  leave();
  leave = () => {};
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const article = path.match(/^article\/(.+)$/)?.[1];
  scrollTo(0, 0);
  if (!article) return findView(main, new URLSearchParams(query).get("query") ?? "", failed);
  try {
    const done = await articleView(main, decodeURIComponent(article), caller, failed);
    if (turn === requested) leave = done;
    else done();
    main.focus({ preventScroll: true });
  } catch (error) {
    if (turn === requested) failed(error, show);
  }
}

/** Shows an error at the top of the page, and keeps everything that was typed. */
function failed(error, retry) {
  if (error instanceof SignedOut) return again();
  const message = error instanceof Offline ? words.problems.offline : error instanceof Problem ? messageOf(error) : error.message || words.problems.server;
  const block = errorBlock(message, retry && (() => { notice.replaceChildren(); retry(); }), words.problems.retry);
  if (error instanceof Problem && [404, 410, 400].includes(error.status)) block.append(h("a", { href: "#/" }, words.problems.home));
  notice.replaceChildren(block);
  main.querySelector(":scope > [role=status]")?.remove();
}

function messageOf(error) {
  if (error.status >= 500) return error.status === 503 ? words.problems.busy : words.problems.server;
  if (error.status === 403) return words.problems.notAllowed;
  return error.name === "article-unknown" ? words.problems.unknown : error.message || words.problems.server;
}

/** Builds the sign-in form. While a story is open it is shown in a dialog above the story, so that no change is lost. */
function form(message, done) {
  const input = h("input", { id: "token", type: "password", autocomplete: "off", required: true, "aria-describedby": "token-hint token-note" });
  const note = h("p", { class: "note", id: "token-note", role: "alert" }, message);
  const submit = async (event) => {
    event.preventDefault();
    keepToken(input.value.trim());
    try {
      await api.whoami();
    } catch (error) {
      forget();
      note.textContent = error instanceof SignedOut ? words.signIn.wrong : error instanceof Offline ? words.problems.offline : words.problems.server;
      input.select();
      return;
    }
    done();
  };
  const provider = oidc && h("button", { type: "button", class: "main", onclick: () => leaveForProvider(oidc) }, words.signIn.provider);
  const byToken = h("div", { class: "field" }, h("label", { for: "token" }, words.signIn.token), input, h("p", { class: "quiet", id: "token-hint" }, words.signIn.hint), note);
  return h("form", { class: "sign-in", onsubmit: submit }, h("h1", {}, words.signIn.heading), provider, provider && h("p", { class: "quiet" }, words.signIn.or), byToken, h("button", { type: "submit", class: provider ? "" : "main" }, words.signIn.go));
}

function signIn(message) {
  main.replaceChildren(form(message, enter));
  main.querySelector("input").focus();
}

function again() {
  forget();
  if (!caller) return signIn(words.signIn.wrong);
  if (document.querySelector("dialog")) return;
  const dialog = h("dialog", { "aria-label": words.signIn.heading, oncancel: (event) => event.preventDefault() });
  dialog.append(form(words.signIn.ended, () => {
    dialog.close();
    dialog.remove();
    notice.replaceChildren();
    if (main.querySelector(".desk")) dispatchEvent(new Event("online"));
    else show();
  }));
  document.body.append(dialog);
  dialog.showModal();
}

addEventListener("hashchange", show);
addEventListener("online", () => notice.replaceChildren());
addEventListener("offline", () => failed(new Offline()));
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address names the view, not the anchor
  main.focus();
});
document.addEventListener("pointerdown", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
    const search = document.getElementById("query");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
});
start();
