// Keeps the state of a view in one place, and tells listeners when the part that they chose has changed.

/**
 * @template {object} State
 * @param {State} initial
 */
export function createStore(initial) {
  let state = initial;
  const listeners = new Set();

  return {
    get: () => state,

    /** Replaces the fields that the patch has, and calls the listeners whose part has changed. */
    set(/** @type {Partial<State>} */ patch) {
      state = { ...state, ...patch };
      // A listener may end others, as a view does that is built anew: they are not called any more.
      for (const listener of [...listeners]) if (listeners.has(listener)) listener();
    },

    /**
     * Calls `listener(now, before)` after each change of `select(state)`, until the signal aborts.
     * @template Part
     * @param {(state: State) => Part} select
     * @param {(now: Part, before: Part) => void} listener
     * @param {AbortSignal} [signal]
     */
    subscribe(select, listener, signal) {
      if (signal?.aborted) return;
      let seen = select(state);
      const check = () => {
        const now = select(state);
        if (Object.is(now, seen)) return;
        const before = seen;
        seen = now; // first, since the listener may change the state again
        listener(now, before);
      };
      listeners.add(check);
      signal?.addEventListener("abort", () => listeners.delete(check), { once: true });
    },
  };
}
