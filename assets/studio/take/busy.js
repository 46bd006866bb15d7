// Shows on a button that its work goes on.

import { say } from "../core/dom.js";
import { words } from "../words/words.js";

const SLOW = 400; // ms before the user is told to wait

/**
 * Runs `work`, once at a time, and calls `failed(error)` if it throws. If it is slow, it says `waiting`.
 * @param {HTMLElement} button
 * @param {() => Promise<unknown>} work
 * @param {(error: unknown) => void} failed
 */
export async function runBusy(button, work, failed, waiting = words.take.making) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  const slow = setTimeout(() => say(waiting), SLOW);
  try {
    await work();
  } catch (error) {
    failed(error);
  } finally {
    clearTimeout(slow);
    button.removeAttribute("aria-busy");
  }
}
