// Calls the documented API (docs/http.md), and throws one of three kinds of error if a call fails.

import { session } from "./session.js";

/** An error that the API reports, with its message (RFC 9457). */
export class Problem extends Error {
  constructor(status, document) {
    super(document.detail ?? document.title ?? "");
    this.status = status;
    this.field = document.field;
    this.name = document.type?.split(":").pop() ?? "unknown";
  }
}

/** The API cannot be reached. */
export class Offline extends Error {}

/** The token is invalid or has expired. */
export class SignedOut extends Error {}

export async function call(method, path, request = {}) {
  const { body, accept, signal, open = false } = request;
  const known = session();
  if (!open && !known) throw new SignedOut();
  const headers = open ? {} : { authorization: `Bearer ${known.token}` };
  if (body) headers["content-type"] = "application/json";
  if (accept) headers.accept = accept;
  let answer;
  try {
    answer = await fetch((open ? "" : known.prefix) + path, { method, headers, body: body && JSON.stringify(body), signal, cache: "no-cache" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Offline();
  }
  if (answer.status === 401) {
    // The user may have signed in again while this request was under way with the expired token.
    if (known && session() && session().token !== known.token) return call(method, path, request);
    throw new SignedOut();
  }
  if (!answer.ok) throw new Problem(answer.status, await answer.json().catch(() => ({})));
  return answer;
}

const json = async (...request) => (await call(...request)).json();
const id = encodeURIComponent;

export const api = {
  signIn: () => json("GET", "/studio/sign-in", { open: true }),
  whoami: () => json("GET", "/whoami"),
  catalogue: () => json("GET", "/catalogue", { open: true }),
  articles: (query, cursor, signal) => json("GET", `/articles?${new URLSearchParams({ ...(query && { query }), ...(cursor && { cursor }) })}`, { signal }),
  article: (article) => json("GET", `/articles/${id(article)}`),
  manifest: (article) => json("GET", `/cards/${id(article)}`, { open: true }),
  photo: async (article) => (await call("GET", `/articles/${id(article)}/photo`)).blob(),
  order: (article, body) => json("POST", `/cards/${id(article)}`, { body }),
  preview: (article, body, signal) => call("POST", `/cards/${id(article)}/preview`, { body, signal, accept: "image/*, application/problem+json" }),
  download: (path) => call("GET", path),
  zip: (article, query) => call("GET", `/cards/${id(article)}.zip?${new URLSearchParams(query)}`, { accept: "application/zip, application/json;q=0.5" }),
};
