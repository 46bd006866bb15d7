// Gets the cards to take: those of the story, or changed ones, which are ordered first and so have pinned addresses.

import { api } from "../core/api.js";
import { Told, skipReason } from "../core/errors.js";
import { changesCards, orderFor, orderForSet } from "../edit/order.js";
import { formatsOf, shownKinds } from "../story/kinds.js";

/** Returns `{ card, set }`. Both name the version of the story that the cards have to be of. */
export function orders(store) {
  const manifests = new Map(); // the JSON of an order -> the promise of its manifest

  function order(body) {
    const key = JSON.stringify(body);
    if (!manifests.has(key)) {
      const promise = api.order(store.get().story.article_id, body);
      manifests.set(key, promise);
      promise.catch(() => manifests.delete(key));
    }
    return manifests.get(key);
  }

  return {
    /** Returns a stored card with its version and address. `type` is the image type, if it matters. */
    async card(expected, kind, format, type) {
      const { manifest, edit } = store.get();
      const changes = orderFor(edit, kind, format);
      const usual = manifest.cards.find((card) => card.kind === kind && card.format === format);
      const isUsual = !Object.keys(changes).length && usual && (!type || usual.type === type);
      if (isUsual) return { ...usual, version: manifest.version };
      const body = { ...changes, kinds: [kind], formats: [format], ...(type && { image_type: type }) };
      const { cards: [card], skipped, version } = await order({ ...body, expected_version: expected });
      if (!card) throw new Told(skipReason(kind, skipped[0]?.reason));
      return { ...card, version };
    },

    /** Returns the query of the zip with all cards on the page. */
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
