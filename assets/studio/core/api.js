// Calls the documented API (docs/http.md), and throws one of three kinds of error if a call fails.
/** @import { Article, Caller, Catalogue, Manifest, Page, Post, Status, Version } from "./types.d.ts" */
/** @import { Content } from "../posts/content.js" */
/** @import { Provider } from "./session.js" */

import { session } from "./session.js";

/** An error that the API reports (RFC 9457). Its message is for the console: core/errors.js has the words for users. */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {{ type?: string, title?: string, detail?: string, field?: string, version?: string, code?: string }} document
   */
  constructor(status, document) {
    super(document.detail ?? document.title ?? "");
    this.status = status;
    this.field = document.field;
    this.version = document.version;
    this.code = document.code;
    this.name = document.type?.split(":").pop() ?? "unknown";
  }
}

/** The API cannot be reached. */
export class Offline extends Error {}

/** The token is invalid or has expired. */
export class SignedOut extends Error {}

/**
 * @typedef {object} Request
 * @property {unknown} [body] sent as JSON
 * @property {Blob} [file] sent as it is
 * @property {string} [accept]
 * @property {string} [ifMatch]
 * @property {boolean} [open] whether it is sent without the user's token
 * @property {AbortSignal} [signal]
 */

/**
 * Returns the answer. Throws Problem, Offline, SignedOut, or what the signal aborts with.
 * @param {string} method
 * @param {string} path
 * @param {Request} [request]
 * @returns {Promise<Response>}
 */
export async function call(method, path, request = {}) {
  const { body, file, accept, signal, ifMatch, open = false } = request;
  const known = open ? null : session();
  if (!open && !known) throw new SignedOut();
  const headers = new Headers(known ? { authorization: `Bearer ${known.token}` } : {});
  if (body || file) headers.set("content-type", body ? "application/json" : file?.type || "application/octet-stream");
  if (accept) headers.set("accept", accept);
  if (ifMatch) headers.set("if-match", ifMatch);
  let answer;
  try {
    const address = (known?.prefix ?? "") + path;
    answer = await fetch(address, { method, headers, body: body ? JSON.stringify(body) : file, signal, cache: "no-cache" });
  } catch (error) {
    if (error instanceof Error && ["AbortError", "TimeoutError"].includes(error.name)) throw error;
    throw new Offline();
  }
  if (answer.status === 401) {
    // The user may have signed in again while this request was under way with the expired token.
    const now = session();
    if (known && now && now.token !== known.token) return call(method, path, request);
    throw new SignedOut();
  }
  if (!answer.ok) throw new Problem(answer.status, await answer.json().catch(() => ({})));
  return answer;
}

/** @type {(method: string, path: string, request?: Request) => Promise<any>} */
const json = async (...request) => (await call(...request)).json();
const id = encodeURIComponent;
const pathOf = (/** @type {string} */ article, /** @type {string} */ post) => `/articles/${id(article)}/posts/${id(post)}`;
/** Returns a query of the fields that have a value. */
function query(/** @type {Record<string, string | undefined>} */ fields) {
  const found = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value) found.set(name, value);
  return found;
}

const IMAGE = "image/*, application/problem+json";
const ZIP = "application/zip, application/json;q=0.5";

/**
 * The calls, by what they are for. `article` and `post` are IDs; JSON is described in docs/http.md.
 * @template Answer
 * @typedef {(article: string, signal?: AbortSignal) => Promise<Answer>} Read
 */
/**
 * @typedef {Content & { based_on?: string }} Written a post as a client sends it
 * @typedef {object} Api
 * @property {() => Promise<{ oidc?: Provider }>} signIn
 * @property {() => Promise<Caller>} whoami
 * @property {(signal?: AbortSignal) => Promise<Catalogue>} catalogue
 * @property {(words: string, cursor?: string, signal?: AbortSignal) => Promise<Page>} articles
 * @property {(article: string, signal?: AbortSignal) => Promise<{ article: Article, etag: string | null }>} article
 * @property {Read<Status>} status
 * @property {Read<{ versions: Version[] }>} versions
 * @property {(article: string, version: string, signal?: AbortSignal) => Promise<Manifest>} version
 * @property {Read<Manifest>} manifest
 * @property {Read<Blob>} photo
 * @property {(article: string) => Promise<Response>} withdraw
 * @property {(article: string, body: { to: string, post?: string, expected_version: string }) => Promise<unknown>} send
 * @property {(article: string, photo: Request) => Promise<{ photo: string, credit?: string }>} addPhoto
 * @property {(article: string, sha256: string, signal?: AbortSignal) => Promise<Blob>} addedPhoto
 * @property {(article: string, body: object) => Promise<Manifest>} order
 * @property {(article: string, body: object, signal?: AbortSignal) => Promise<Response>} preview
 * @property {Read<{ posts: Post[] }>} posts
 * @property {(article: string, post: string, signal?: AbortSignal) => Promise<Post>} post
 * @property {(article: string, body: Written) => Promise<Post>} createPost
 * @property {(article: string, post: string, body: Written, ifMatch: string) => Promise<Post>} savePost
 * @property {(article: string, post: string) => Promise<Response>} deletePost
 * @property {(article: string, post: string, text: string) => Promise<Post>} comment
 * @property {(article: string, post: string, ifMatch: string) => Promise<Post>} approve
 * @property {(article: string, post: string) => Promise<Post>} unapprove
 * @property {(path: string, expected?: string) => Promise<Response>} download
 * @property {(article: string, choice: Record<string, string | undefined>) => Promise<Response>} zip
 */

/** @type {Api} */
export const api = {
  signIn: () => json("GET", "/studio/sign-in", { open: true }),
  whoami: () => json("GET", "/whoami"),
  catalogue: (signal) => json("GET", "/catalogue", { signal }),
  articles: (words, cursor, signal) => json("GET", `/articles?${query({ query: words, cursor })}`, { signal }),
  article: async (article, signal) => {
    const answer = await call("GET", `/articles/${id(article)}`, { signal });
    return { article: await answer.json(), etag: answer.headers.get("etag") };
  },
  status: (article, signal) => json("GET", `/articles/${id(article)}/status`, { signal }),
  versions: (article, signal) => json("GET", `/articles/${id(article)}/versions`, { signal }),
  version: (article, version, signal) => json("GET", `/articles/${id(article)}/versions/${id(version)}`, { signal }),
  manifest: (article, signal) => json("GET", `/cards/${id(article)}`, { open: true, signal }),
  photo: async (article, signal) => (await call("GET", `/articles/${id(article)}/photo`, { signal })).blob(),
  withdraw: (article) => call("DELETE", `/articles/${id(article)}`),
  send: (article, body) => call("POST", `/cards/${id(article)}/send`, { body }),
  addPhoto: (article, photo) => json("POST", `/articles/${id(article)}/photos`, photo),
  addedPhoto: async (article, sha256, signal) =>
    (await call("GET", `/articles/${id(article)}/photos/${id(sha256)}`, { signal })).blob(),
  order: (article, body) => json("POST", `/cards/${id(article)}`, { body }),
  preview: (article, body, signal) => call("POST", `/cards/${id(article)}/preview`, { body, signal, accept: IMAGE }),
  posts: (article, signal) => json("GET", `/articles/${id(article)}/posts`, { signal }),
  post: (article, post, signal) => json("GET", pathOf(article, post), { signal }),
  createPost: (article, body) => json("POST", `/articles/${id(article)}/posts`, { body }),
  savePost: (article, post, body, ifMatch) => json("PUT", pathOf(article, post), { body, ifMatch }),
  deletePost: (article, post) => call("DELETE", pathOf(article, post)),
  comment: (article, post, text) => json("POST", `${pathOf(article, post)}/comments`, { body: { text } }),
  approve: (article, post, ifMatch) => json("PUT", `${pathOf(article, post)}/approval`, { ifMatch }),
  unapprove: (article, post) => json("DELETE", `${pathOf(article, post)}/approval`),
  download: (path, expected) => call("GET", `${path}?${query({ expected_version: expected })}`),
  zip: (article, choice) => call("GET", `/cards/${id(article)}.zip?${query(choice)}`, { accept: ZIP }),
};
