// Turns an edit into what the API keeps of a post, and back, and compares two states of a post.

import { unchanged } from "../edit/order.js";
/** @import { Post } from "../core/types.d.ts" */
/** @import { Changes, Edit } from "../edit/order.js" */

/**
 * @typedef {object} Content what a client writes of a post (docs/http.md)
 * @property {string} name
 * @property {Changes} changes
 * @property {Record<string, Changes>} format_changes
 * @property {string[]} [formats]
 * @property {string} [text]
 * @property {"draft" | "shared"} status
 * @typedef {{ field: string, mine: unknown, theirs: unknown }} Difference
 */

/**
 * Returns what to save of an edit. Formats are left out if all are chosen.
 * @param {{ name: string, status: "draft" | "shared" }} post
 * @param {Edit} edit
 * @param {string[]} all the names of all formats
 * @returns {Content}
 */
export function contentOf({ name, status }, edit, all) {
  const { changes, formatChanges, formats, text } = edit;
  const byFormat = Object.entries(formatChanges).map(([format, own]) => [format, tidy(own)]);
  return {
    name: name.trim(), status, changes: tidy(changes), format_changes: Object.fromEntries(byFormat),
    ...(formats.length < all.length && { formats }),
    ...(text !== undefined && { text }),
  };
}

/** Leaves out facts that are added but not written yet: the API accepts none that are empty. */
const tidy = (/** @type {Changes} */ { bullets, ...others }) =>
  ({ ...others, ...(bullets && { bullets: bullets.filter((fact) => fact.trim()) }) });

/**
 * Returns a post with the content and the ETag of an earlier state.
 * @param {Post} post
 * @param {Post} earlier
 */
export function withContentOf(post, { name, status, changes, format_changes: byFormat, formats, text, etag }) {
  return { ...post, name, status, changes, format_changes: byFormat, formats, text, etag };
}

/** Returns the edit that a saved post holds. */
export function editOf(/** @type {Content} */ post, /** @type {string[]} */ all) {
  const known = post.formats?.filter((format) => all.includes(format));
  return {
    ...unchanged(known?.length ? known : all),
    changes: post.changes,
    formatChanges: post.format_changes,
    ...(post.text !== undefined && { text: post.text }), // an empty text was cleared, and is not the suggested one
  };
}

/**
 * Combines two states that were made from the same one. Fields that only one side has changed are taken from that side.
 * `differences` lists the others, of which `merged` has mine where `keeps(field)`.
 * @param {Content} base
 * @param {Content} mine
 * @param {Content} theirs
 * @param {(field: string) => boolean} [keeps]
 */
export function mergeContents(base, mine, theirs, keeps = () => true) {
  const before = flat(base);
  const own = flat(mine);
  const other = flat(theirs);
  const merged = { ...other };
  /** @type {Difference[]} */ const differences = [];
  for (const field of new Set([...Object.keys(before), ...Object.keys(own), ...Object.keys(other)])) {
    if (same(own[field], before[field])) continue;
    const differs = !same(other[field], before[field]) && !same(own[field], other[field]);
    if (differs) differences.push({ field, mine: own[field], theirs: other[field] });
    if (!differs || keeps(field)) merged[field] = own[field];
  }
  return { merged: nested(merged), differences };
}

/** Tells whether two states of a post say the same. */
export const sameContent = (/** @type {Content} */ one, /** @type {Content} */ other) => same(flat(one), flat(other));

const SEPARATOR = "\n"; // occurs in no name of a field

/**
 * Returns the state with one entry for each field that can change by itself.
 * @type {(content: Content) => Record<string, unknown>}
 */
function flat({ name, status, changes, format_changes: byFormat, formats, text }) {
  /** @type {[string, unknown][]} */
  const entries = [["name", name], ["status", status], ["formats", formats], ["text", text]];
  for (const [field, value] of Object.entries(changes)) entries.push([`changes${SEPARATOR}${field}`, value]);
  for (const [format, own] of Object.entries(byFormat)) {
    for (const [field, value] of Object.entries(own)) entries.push([`${format}${SEPARATOR}${field}`, value]);
  }
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Returns the state that has these entries. */
function nested(/** @type {Record<string, unknown>} */ { name, status, formats, text, ...fields }) {
  /** @type {Record<string, unknown>} */ const changes = {};
  /** @type {Record<string, Record<string, unknown>>} */ const byFormat = {};
  for (const [path, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const [scope, field] = path.split(SEPARATOR);
    const place = scope === "changes" ? changes : (byFormat[scope] ??= {});
    place[field] = value;
  }
  const others = { ...(formats !== undefined && { formats }), ...(text !== undefined && { text }) };
  return /** @type {Content} */ ({ name, status, changes, format_changes: byFormat, ...others });
}

/** Returns `{ field, format }` of a difference; `format` is "" for all formats. */
export function placeOf(/** @type {string} */ path) {
  const [scope, field] = path.split(SEPARATOR);
  if (field === undefined) return { field: scope, format: "" };
  return { field, format: scope === "changes" ? "" : scope };
}

/** Compares JSON values; the order of an object's keys does not count. @type {(one: unknown, other: unknown) => boolean} */
function same(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  const values = new Map(Object.entries(other));
  const entries = Object.entries(one);
  return entries.length === values.size && entries.every(([key, value]) => same(value, values.get(key)));
}
