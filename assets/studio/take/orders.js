// Gets the cards to take: those of the story, or changed ones, which are ordered first and so have pinned addresses.

import { api } from "../core/api.js";
import { Told, skipReason } from "../core/errors.js";
import { changesCards, orderFor, orderForSet } from "../edit/order.js";
import { formatsOf, shownKinds } from "../story/kinds.js";
/** @import { Manifest, Store } from "../core/types.d.ts" */

/** @typedef {ReturnType<typeof orders>} Orders */

/** Returns `{ card, set }`. Both name the version of the story that the cards have to be of. */
export function orders(/** @type {Store} */ store) {
  /** @type {Map<string, Promise<Manifest>>} */
  const manifests = new Map(); // by the JSON of their orders

  function order(/** @type {object} */ body) {
    const key = JSON.stringify(body);
    const known = manifests.get(key);
    if (known) return known;
    const promise = api.order(store.get().story.article_id, body);
    manifests.set(key, promise);
    promise.catch(() => manifests.delete(key));
    return promise;
  }

  return {
    /**
     * Returns a stored card with its version and address. `type` is the image type, if it matters.
     * @param {string} expected
     * @param {string} kind
     * @param {string} format
     * @param {string} [type]
     */
    async card(expected, kind, format, type) {
      const { manifest, edit } = store.get();
      const changes = orderFor(edit, kind, format);
      const usual = manifest?.cards.find((card) => card.kind === kind && card.format === format);
      const isUsual = !Object.keys(changes).length && (!type || usual?.type === type);
      if (manifest && usual && isUsual) return { ...usual, version: manifest.version };
      const body = { ...changes, kinds: [kind], formats: [format], ...(type && { image_type: type }) };
      const { cards: [card], skipped, version } = await order({ ...body, expected_version: expected });
      if (!card) throw new Told(skipReason(kind, skipped[0]?.code));
      return { ...card, version };
    },

    /**
     * Returns the query of the zip with all cards on the page.
     * @param {string} expected
     * @returns {Promise<Record<string, string>>}
     */
    async set(expected) {
      const state = store.get();
      const kinds = shownKinds(state);
      const formats = formatsOf(state, kinds[0]);
      const query = { kinds: kinds.join(","), formats: formats.join(","), expected_version: expected };
      const isUsual = !changesCards(state.edit) && state.kind === "all";
      if (isUsual) return query;
      const body = { ...orderForSet(state.edit, kinds, formats), kinds, formats, expected_version: expected };
      return { ...query, version: (await order(body)).version };
    },
  };
}
