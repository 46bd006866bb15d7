// Defines an edit, and what the API has to be sent to get its cards. An edit has only what differs from the article.

/**
 * @typedef {{ text: string, speaker?: string, role?: string }} Quote
 * @typedef {{ sha256: string, credit: string, alt?: string }} Photo
 * @typedef {object} Changes
 * @property {string} [headline]
 * @property {string} [kicker]
 * @property {string[]} [bullets]
 * @property {string} [bullet] the only fact, in orders and in posts of other clients
 * @property {Quote} [quote]
 * @property {string} [theme]
 * @property {number[]} [focal_point]
 * @property {number[]} [crop] left, top, width and height, in shares of the photograph
 * @property {Photo} [photo] one that was added to the story
 * @typedef {object} Edit
 * @property {Changes} changes
 * @property {Record<string, Changes>} formatChanges by format, over `changes`
 * @property {string[]} formats those that are shown and taken
 * @property {string} [text] the post text, if it differs from the suggested one
 */

/** Returns the edit that changes nothing. */
export const unchanged = (/** @type {string[]} */ formats) => /** @type {Edit} */ ({ changes: {}, formatChanges: {}, formats });

/**
 * Returns the edit with one field changed; `undefined` restores the article's value.
 * @type {(edit: Edit, field: string, value: unknown) => Edit}
 */
export const withChange = (edit, field, value) => ({ ...edit, changes: withField(edit.changes, field, value) });

/**
 * Returns the edit with one field changed in one format; `undefined` restores what all formats have.
 * @param {Edit} edit
 * @param {string} format
 * @param {string} field
 * @param {unknown} value
 * @returns {Edit}
 */
export function withFormatChange(edit, format, field, value) {
  const { [format]: own = {}, ...others } = edit.formatChanges;
  const changed = withField(own, field, value);
  return { ...edit, formatChanges: Object.keys(changed).length ? { ...others, [format]: changed } : others };
}

/**
 * Returns the edit with some fields changed, for all formats or, if `format` is not "", in one.
 * @type {(edit: Edit, format: string, fields: Changes) => Edit}
 */
export const withChanges = (edit, format, fields) =>
  Object.entries(fields).reduce((before, [field, value]) =>
    (format ? withFormatChange(before, format, field, value) : withChange(before, field, value)), edit);

const WHOLE = [0, 0, 1, 1];
const MIDDLE = [0.5, 0.5];

/**
 * Returns the edit with another photograph, without the crop and the focal point of the one before. `undefined` restores
 * the article's photograph.
 * @type {(edit: Edit, format: string, photo: Photo | undefined) => Edit}
 */
export function withPhoto(edit, format, photo) {
  const replaces = photo?.sha256 !== changesIn(edit, format).photo?.sha256;
  if (!replaces) return withChanges(edit, format, { photo });
  const hides = photo && format; // what all formats have is for another photograph
  const crop = hides && edit.changes.crop ? WHOLE : undefined;
  const focal = hides && edit.changes.focal_point ? MIDDLE : undefined;
  return withChanges(edit, format, { photo, crop, focal_point: focal });
}

/**
 * Returns the edit with another post text; `undefined` restores the suggested one.
 * @type {(edit: Edit, text: string | undefined) => Edit}
 */
export const withText = (edit, text) => withField(edit, "text", text);

/** @type {<Fields extends object>(fields: Fields, name: string, value: unknown) => Fields} */
function withField(fields, name, value) {
  const next = { ...fields, [name]: value };
  if (value === undefined) Reflect.deleteProperty(next, name);
  return next;
}

/**
 * Tells whether any card differs from the article's.
 * @type {(edit: Edit) => boolean}
 */
export const changesCards = ({ changes, formatChanges }) => Object.keys(changes).length + Object.keys(formatChanges).length > 0;

/** Returns the field for the card of a single fact. Without any fact it quotes the summary. */
const firstFact = (/** @type {string[]} */ bullets) => (bullets.length ? { bullet: bullets[0] } : { bullets });

/** Leaves out facts that are added but not written yet. */
export const filled = (/** @type {string[]} */ bullets) => bullets.filter((bullet) => bullet.trim());

/**
 * Returns the changes in one format.
 * @type {(edit: Edit, format: string) => Changes}
 */
export const changesIn = ({ changes, formatChanges }, format) => ({ ...changes, ...formatChanges[format] });

/**
 * The fields of an order (docs/http.md).
 * @typedef {Changes & { format_changes?: Record<string, Order> }} Order
 */

const PHOTOGRAPHED = ["headline", "carousel-1"]; // the kinds of cards that show the photograph
const OF_PHOTO = /** @type {const} */ (["photo", "crop", "focal_point"]);

/**
 * Returns the fields of an order of one card: only those that can change it, since the others would draw the same card anew.
 * @param {Edit} edit
 * @param {string} kind
 * @param {string} format
 */
export function orderFor(edit, kind, format) {
  const { bullets, quote, ...others } = changesIn(edit, format);
  const order = /** @type {Order} */ (others);
  const isSlide = kind.startsWith("carousel");
  if (!PHOTOGRAPHED.includes(kind)) for (const field of OF_PHOTO) delete order[field];
  if (bullets && isSlide) order.bullets = filled(bullets);
  if (bullets && kind === "bullet") Object.assign(order, firstFact(bullets));
  if (quote && (isSlide || kind === "quote")) order.quote = quote;
  return order;
}

/**
 * Returns the fields of an order of several cards.
 * @param {Edit} edit
 * @param {string[]} kinds
 * @param {string[]} formats
 * @returns {Order}
 */
export function orderForSet(edit, kinds, formats) {
  const sent = (/** @type {Changes} */ changes) => {
    const { bullets, ...others } = changes;
    if (!bullets) return others;
    return kinds.includes("carousel") ? { ...others, bullets: filled(bullets) } : { ...others, ...firstFact(bullets) };
  };
  const own = Object.entries(edit.formatChanges).filter(([format]) => formats.includes(format));
  const byFormat = Object.fromEntries(own.map(([format, changes]) => [format, sent(changes)]));
  return { ...sent(edit.changes), ...(own.length && { format_changes: byFormat }) };
}
