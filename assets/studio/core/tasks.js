// Builds a page in short tasks, so that it answers meanwhile, also on a slow phone.

const SLICE = 8; // ms of a task after which the next one begins

/**
 * Runs the steps in tasks of their own until the signal aborts, many of them in one task if they are short. In a hidden page,
 * whose timers are slow, all run at once.
 * @param {(() => void)[]} steps
 * @param {AbortSignal} signal
 */
export async function inTasks(steps, signal) {
  let ends = 0;
  for (const step of steps) {
    if (performance.now() > ends) {
      await nextTask();
      ends = performance.now() + SLICE;
    }
    if (signal.aborted) return;
    step();
  }
}

/** Resolves in a new task; in a hidden page at once. */
export async function nextTask() {
  if (!document.hidden) await new Promise((done) => setTimeout(done));
}
