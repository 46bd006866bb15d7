// Asks for news again and again, and at once when the user comes back to the page.

import { SignedOut } from "./api.js";

const HIDDEN = 60_000; // ms between two questions while the page is hidden
const FAILURES = 2; // in a row, before the user is told that the page may be out of date

/**
 * Calls `ask` until the signal aborts. Returns `now()`, which asks at once and rejects if that fails.
 * @param {() => Promise<void>} ask
 * @param {object} options
 * @param {() => number} options.pause the time between two questions while the page is visible, in ms
 * @param {(error: unknown) => void} options.failed called when the questions keep failing
 * @param {() => void} options.recovered called when they no longer fail
 * @param {AbortSignal} options.signal
 */
export function poll(ask, { pause, failed, recovered, signal }) {
  let timer = 0;
  let failures = 0;
  /** @type {Promise<void> | null} */ let running = null;

  function wait() {
    clearTimeout(timer);
    if (!signal.aborted) timer = setTimeout(background, document.hidden ? HIDDEN : pause());
  }

  function once() {
    running ??= ask().finally(() => {
      running = null;
      wait();
    });
    return running;
  }

  /** Asks anew if a question is under way: its answer may be older than what the caller has just done. */
  async function now() {
    await running?.catch(() => {});
    return once();
  }

  async function background() {
    try {
      await once();
      if (failures >= FAILURES) recovered();
      failures = 0;
    } catch (error) {
      failures += 1;
      if (!signal.aborted && (failures >= FAILURES || error instanceof SignedOut)) failed(error);
    }
  }

  const back = () => document.hidden || background();
  document.addEventListener("visibilitychange", back, { signal });
  addEventListener("focus", back, { signal });
  addEventListener("online", back, { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
  wait();
  return now;
}
