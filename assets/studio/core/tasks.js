// Builds a page in short tasks, so that it answers meanwhile, also on a slow phone.

const SLICE = 2; // ms of a task after which the next one begins
const SOON = 50; // ms, in browsers that do not tell when a page is idle

/**
 * Runs the steps in tasks of their own until the signal aborts, many of them in one task if they are short. After each task the
 * browser draws what was built, since the layout of all of it at once would be a long task too. In a hidden page, which is not
 * drawn, all steps run at once.
 * @param {(() => unknown)[]} steps
 * @param {AbortSignal} [signal]
 */
export async function inTasks(steps, signal) {
  let ends = 0;
  for (const step of steps) {
    if (performance.now() > ends) {
      await (ends ? nextFrame() : nextTask());
      ends = performance.now() + SLICE;
    }
    if (signal?.aborted) return;
    step();
  }
}

/** Resolves in a new task; in a hidden page at once. */
export async function nextTask() {
  if (!document.hidden) await new Promise((done) => setTimeout(done));
}

/** Resolves in a task after the next frame, when the page is laid out: moving the focus takes long before. */
export async function nextFrame() {
  if (!document.hidden) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}

/** Resolves in a task when the page has nothing else to do. */
export async function idle() {
  await new Promise((done) => ("requestIdleCallback" in window ? requestIdleCallback(done) : setTimeout(done, SOON)));
}
