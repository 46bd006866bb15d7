// Shows the view that the address names, and ends everything that the view before has started.
/** @import { App } from "./types.d.ts" */

/**
 * A view fills `main`. It gives the signal to every listener, timer and request that it starts, and throws if it cannot load.
 * @typedef {"loaded" | "aborted" | "failed"} Outcome
 * @typedef {{ [name: string]: string | undefined }} Params the groups of the pattern, and the query
 * @typedef {{ signal: AbortSignal, app: App }} Context
 * @typedef {(main: HTMLElement, params: Params, context: Context) => Promise<void>} View
 * @typedef {{ pattern: RegExp, view: View }} Route
 */

/**
 * Returns `show`, which shows the view of the present address.
 * @param {HTMLElement} main
 * @param {Route[]} routes the first whose pattern matches the address is taken
 * @param {App} app
 * @returns {() => Promise<Outcome>}
 */
export function createRouter(main, routes, app) {
  let present = new AbortController();

  return async function show() {
    present.abort();
    present = new AbortController();
    const { signal } = present;
    const { view, params } = routeOf(routes, location.hash);
    delete main.dataset.view;
    app.clearNotice();
    scrollTo(0, 0);
    let outcome = /** @type {Outcome} */ ("loaded");
    try {
      await view(main, params, { signal, app });
    } catch (error) {
      if (!signal.aborted) app.failed(error, show);
      outcome = "failed";
    }
    if (signal.aborted) return "aborted";
    main.dataset.view = outcome;
    return outcome;
  };
}

/**
 * Returns the view of an address such as `#/article/ferry?query=x`, with the named groups of its pattern and its query.
 * @param {Route[]} routes
 * @param {string} hash
 */
export function routeOf(routes, hash) {
  const [path, query] = hash.replace(/^#\/?/, "").split("?");
  for (const { pattern, view } of routes) {
    const match = path.match(pattern);
    if (match) return { view, params: { ...Object.fromEntries(new URLSearchParams(query)), ...decoded(match.groups ?? {}) } };
  }
  throw new Error(`no route for ${hash}`);
}

/** @type {(groups: Record<string, string>) => Record<string, string>} */
const decoded = (groups) =>
  Object.fromEntries(Object.entries(groups).filter(([, part]) => part !== undefined).map(([name, part]) => [name, decode(part)]));

function decode(/** @type {string} */ part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a "%" that somebody typed
  }
}
