// Builds the form to sign in with a token or at the newsroom's OpenID Connect provider.

import { api, Offline, SignedOut } from "./api.js";
import { h } from "./dom.js";
import { forget, keepToken, leaveForProvider } from "./session.js";
import { words } from "../words/words.js";

/** @import { Provider } from "./session.js" */

/**
 * Returns the form. `done()` is called when the user is signed in.
 * @param {Provider | undefined} oidc
 * @param {string | undefined} message
 * @param {() => unknown} done
 */
export function signInForm(oidc, message, done) {
  const hint = h("p", { class: "quiet", id: "token-hint" }, words.signIn.hint);
  const note = h("p", { class: "note", id: "token-note", role: "alert" }, message);
  const input = h("input", {
    id: "token", type: "password", autocomplete: "off", required: true, "aria-describedby": "token-hint token-note",
  });

  async function submit(/** @type {SubmitEvent} */ event) {
    event.preventDefault();
    keepToken(input.value.trim());
    try {
      await api.whoami();
    } catch (error) {
      forget();
      note.textContent = refusal(error);
      input.select();
      return;
    }
    done();
  }

  const provider = oidc && [
    h("button", { type: "button", class: "main", onclick: () => leaveForProvider(oidc) }, words.signIn.provider),
    h("p", { class: "quiet" }, words.signIn.or),
  ];
  return h(
    "form", { class: "sign-in", onsubmit: submit },
    h("h1", {}, words.signIn.heading),
    provider,
    h("div", { class: "field" }, h("label", { for: "token" }, words.signIn.token), input, hint, note),
    h("button", { type: "submit", class: provider ? "" : "main" }, words.signIn.go),
  );
}

function refusal(/** @type {unknown} */ error) {
  if (error instanceof SignedOut) return words.signIn.wrong;
  return error instanceof Offline ? words.problems.offline : words.problems.server;
}

/**
 * Shows the form in a dialog over the page, so that no change is lost. `done()` is called when the user is signed in again.
 * @param {Provider | undefined} oidc
 * @param {() => unknown} done
 */
export function signInDialog(oidc, done) {
  if (document.querySelector("dialog.again")) return;
  const stay = (/** @type {Event} */ event) => event.preventDefault();
  const dialog = h("dialog", { class: "again", "aria-label": words.signIn.heading, oncancel: stay });
  dialog.append(signInForm(oidc, words.signIn.ended, () => {
    dialog.close();
    dialog.remove();
    done();
  }));
  document.body.append(dialog);
  dialog.showModal();
}
