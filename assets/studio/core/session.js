// Keeps the user's token: a bearer token, or one from an OpenID Connect provider, by authorization code with PKCE (RFC 7636,
// RFC 9700).

const KEY = "storycard.session";
const FLOW = "storycard.sign-in";

/**
 * Returns the session, or null. The prefix routes calls through API Gateway's authorizer.
 * @returns {{ token: string, prefix: string, expires?: number } | null}
 */
export function session() {
  const known = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  return known && (!known.expires || known.expires > Date.now()) ? known : null;
}

export function keepToken(/** @type {string} */ token) {
  sessionStorage.setItem(KEY, JSON.stringify({ token, prefix: "" }));
}

export function forget() {
  sessionStorage.removeItem(KEY);
}

/**
 * What the API says of the newsroom's provider.
 * @typedef {{ client_id: string, scope: string, authorize_url: string, token_url: string, prefix: string }} Provider
 */

/** Opens the provider's sign-in page. */
export async function leaveForProvider(/** @type {Provider} */ oidc) {
  const verifier = random();
  const state = random();
  sessionStorage.setItem(FLOW, JSON.stringify({ verifier, state, hash: location.hash }));
  const query = new URLSearchParams({
    response_type: "code",
    client_id: oidc.client_id,
    redirect_uri: returnAddress(),
    scope: oidc.scope,
    state,
    code_challenge: base64url(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))),
    code_challenge_method: "S256",
  });
  location.assign(`${oidc.authorize_url}?${query}`);
}

/** Completes a sign-in at the provider, and cleans the address. Returns null if there was none, else whether it succeeded. */
export async function returnFromProvider(/** @type {Provider | undefined} */ oidc) {
  const query = new URLSearchParams(location.search);
  if (!query.has("state")) return null;
  const flow = JSON.parse(sessionStorage.getItem(FLOW) ?? "null");
  sessionStorage.removeItem(FLOW);
  history.replaceState(null, "", `/studio${flow?.hash ?? ""}`);
  if (!oidc || !flow || flow.state !== query.get("state") || !query.has("code")) return false;
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    client_id: oidc.client_id,
    redirect_uri: returnAddress(),
    code: query.get("code") ?? "",
    code_verifier: flow.verifier,
  });
  const answer = await fetch(oidc.token_url, { method: "POST", body }).catch(() => null);
  if (!answer?.ok) return false;
  const { access_token: token, expires_in: seconds } = await answer.json();
  sessionStorage.setItem(KEY, JSON.stringify({ token, prefix: oidc.prefix, expires: seconds && Date.now() + seconds * 1000 }));
  return true;
}

const returnAddress = () => `${location.origin}/studio`;
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const base64url = (/** @type {Uint8Array | ArrayBuffer} */ bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
