// Records the changes for this post, with every state, for undo and redo.

const PAUSE = 700; // ms; changes of one field with shorter pauses are one step
const STEPS = 200;

/** Returns a history of edits. An edit has only the fields that differ from the article: headline, kicker, bullets, quote, theme, focal_point. */
export function edits(changed) {
  let past = [];
  let present = {};
  let future = [];
  let last = { field: null, at: 0 };

  function move(state) {
    present = state;
    last = { field: null, at: 0 };
    changed(present);
  }

  return {
    get state() { return present; },
    get canUndo() { return past.length > 0; },
    get canRedo() { return future.length > 0; },
    /** Changes one field; `undefined` restores the article's value. */
    set(field, value) {
      const next = { ...present, [field]: value };
      if (value === undefined) delete next[field];
      const sameStep = last.field === field && Date.now() - last.at < PAUSE;
      if (!sameStep) past = [...past, present].slice(-STEPS);
      future = [];
      last = { field, at: Date.now() };
      present = next;
      changed(present);
    },
    undo() {
      if (!past.length) return;
      future = [present, ...future];
      move(past.pop());
    },
    redo() {
      if (!future.length) return;
      past = [...past, present];
      move(future.shift());
    },
    reset() {
      if (!Object.keys(present).length) return;
      past = [...past, present];
      future = [];
      move({});
    },
  };
}

/** Returns the fields of an order (docs/http.md) of one kind of card with this edit. */
export function orderFor(edit, kind) {
  const { bullets, quote, ...order } = edit;
  if (bullets && kind.startsWith("carousel")) order.bullets = bullets.filter((bullet) => bullet.trim());
  if (bullets && kind === "bullet") order.bullet = bullets[0] ?? "";
  if (quote && (kind === "quote" || kind.startsWith("carousel"))) order.quote = quote;
  return order;
}

/** Returns the fields of an order of several kinds with this edit. */
export function orderForSet(edit) {
  const { bullets, ...order } = edit;
  return bullets ? { ...order, bullet: bullets[0] ?? "" } : order;
}

export const isChanged = (edit) => Object.keys(edit).length > 0;
