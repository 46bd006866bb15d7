// Pictures for frames: the stored card where nothing was changed, else the renderer's own preview, a few at once, the newest wish first.

import { api, Problem } from "./api.js";

const AT_ONCE = 4;
const KEPT = 120; // pictures

/** Pictures by what they show. `fetchAll` drops whatever nobody wishes for any more. */
export function previews(articleId) {
  const known = new Map(); // key -> { url, truncated } or { skipped }
  let wanted = [];
  const running = new Map(); // key -> AbortController

  function fetchAll(wishes) {
    const keys = new Set(wishes.map((wish) => wish.key));
    for (const [key, controller] of running) if (!keys.has(key)) controller.abort();
    wanted = wishes;
    pump();
  }

  function pump() {
    for (const wish of wanted) {
      if (running.size >= AT_ONCE) return;
      if (!running.has(wish.key) && !wish.done) start(wish);
    }
  }

  async function start(wish) {
    const controller = new AbortController();
    running.set(wish.key, controller);
    let result;
    try {
      result = known.get(wish.key) ?? (await drawn(articleId, wish.order, controller.signal));
      keep(wish.key, result);
    } catch (error) {
      if (error.name !== "AbortError") result = { error };
    }
    running.delete(wish.key);
    for (const other of wanted) {
      if (result && other.key === wish.key) {
        other.done = true;
        other.show(result);
      }
    }
    pump();
  }

  function keep(key, result) {
    known.delete(key);
    known.set(key, result);
    if (known.size > KEPT) {
      const [oldest, { url }] = known.entries().next().value;
      known.delete(oldest);
      if (url) URL.revokeObjectURL(url);
    }
  }

  return { fetchAll, known: (key) => known.get(key) };
}

async function drawn(articleId, order, signal) {
  try {
    const answer = await api.preview(articleId, order, signal);
    const truncated = (answer.headers.get("storycard-truncated") ?? "").split(", ").filter(Boolean);
    return { url: URL.createObjectURL(await answer.blob()), truncated };
  } catch (error) {
    if (error instanceof Problem && error.name === "card-skipped") return { skipped: error.message.replace(/^[^:]+: /, "") };
    throw error;
  }
}
