// Turns an edit into what the API keeps of a post, and back, and compares two states of a post.

import { unchanged } from "../edit/order.js";

/**
 * @typedef {import("../edit/order.js").Edit} Edit
 * @typedef {object} Content what a client writes of a post (docs/http.md)
 * @property {string} name
 * @property {object} changes
 * @property {Record<string, object>} format_changes
 * @property {string[]} [formats]
 * @property {string} [text]
 * @property {"draft" | "shared"} status
 * @typedef {{ field: string, mine: any, theirs: any }} Difference
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
const tidy = (/** @type {import("../edit/order.js").Changes} */ { bullets, ...others }) =>
  ({ ...others, ...(bullets && { bullets: bullets.filter((fact) => fact.trim()) }) });

/**
 * Returns a post with the content and the ETag of an earlier state.
 * @param {any} post
 * @param {any} earlier
 */
export function withContentOf(post, { name, status, changes, format_changes: byFormat, formats, text, etag }) {
  return { ...post, name, status, changes, format_changes: byFormat, formats, text, etag };
}

/** Returns the edit that a saved post holds. */
export function editOf(/** @type {any} */ post, /** @type {string[]} */ all) {
  const known = post.formats?.filter((/** @type {string} */ format) => all.includes(format));
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

/** Returns the state with one entry for each field that can change by itself. */
function flat(/** @type {any} */ { name, status, changes, format_changes: byFormat, formats, text }) {
  const entries = [["name", name], ["status", status], ["formats", formats], ["text", text]];
  for (const [field, value] of Object.entries(changes)) entries.push([`changes${SEPARATOR}${field}`, value]);
  for (const [format, own] of Object.entries(byFormat)) {
    for (const [field, value] of Object.entries(own)) entries.push([`${format}${SEPARATOR}${field}`, value]);
  }
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function nested(/** @type {any} */ { name, status, formats, text, ...fields }) {
  const content = /** @type {any} */ ({
    name, status, changes: {}, format_changes: {}, ...(formats && { formats }), ...(text !== undefined && { text }),
  });
  for (const [path, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const [scope, field] = path.split(SEPARATOR);
    const place = scope === "changes" ? content.changes : (content.format_changes[scope] ??= {});
    place[field] = value;
  }
  return content;
}

/** Returns `{ field, format }` of a difference; `format` is "" for all formats. */
export function placeOf(/** @type {string} */ path) {
  const [scope, field] = path.split(SEPARATOR);
  if (field === undefined) return { field: scope, format: "" };
  return { field, format: scope === "changes" ? "" : scope };
}

/** Compares JSON values; the order of an object's keys does not count. @type {(one: any, other: any) => boolean} */
function same(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => same(one[key], other[key]));
}
