// Records every state of an edit, for undo and redo.

const PAUSE = 700; // ms; changes of one field with shorter pauses are one step
const STEPS = 200;

/**
 * Returns the history of the value that `get` returns and `put` replaces.
 * @template State
 * @param {() => State} get
 * @param {(state: State) => void} put
 * @param {() => number} [now] the time in ms
 */
export function createHistory(get, put, now = Date.now) {
  /** @type {State[]} */ let past = [];
  /** @type {State[]} */ let future = [];
  let last = { step: "", at: 0 };

  return {
    get canUndo() { return past.length > 0; },
    get canRedo() { return future.length > 0; },

    /** Replaces the state. Changes with the same step name in quick succession are undone together; "" always stands alone. */
    change(/** @type {string} */ step, /** @type {State} */ next) {
      const continues = step && last.step === step && now() - last.at < PAUSE;
      if (!continues) past = [...past, get()].slice(-STEPS);
      future = [];
      last = { step, at: now() };
      put(next);
    },

    undo() {
      if (!past.length) return;
      const before = past[past.length - 1];
      past = past.slice(0, -1);
      future = [get(), ...future];
      last = { step: "", at: 0 };
      put(before);
    },

    redo() {
      if (!future.length) return;
      const [next, ...others] = future;
      future = others;
      past = [...past, get()];
      last = { step: "", at: 0 };
      put(next);
    },
  };
}
