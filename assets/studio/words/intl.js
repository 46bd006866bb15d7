// Writes times, lists and counts as a language does.

const STEPS = /** @type {[Intl.RelativeTimeFormatUnit, number][]} */ ([
  ["year", 31536000], ["month", 2592000], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60],
]);

/**
 * Makes a value when it is needed first: the formats of a language take a phone some hundredths of a second each.
 * @template Value
 * @param {() => Value} make
 */
function once(make) {
  /** @type {Value | undefined} */ let made;
  return () => (made ??= make());
}

/** Returns the formats of a language by its BCP 47 tag. */
export function intl(/** @type {string} */ tag) {
  const list = once(() => new Intl.ListFormat(tag));
  const relative = once(() => new Intl.RelativeTimeFormat(tag, { numeric: "auto" }));
  const moment = once(() => new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "short" }));
  const plural = once(() => new Intl.PluralRules(tag));
  const digits = once(() => new Intl.NumberFormat(tag));

  return {
    /** Returns how long ago a moment was, or how far ahead it is. */
    ago(/** @type {string} */ iso) {
      const seconds = (new Date(iso).getTime() - Date.now()) / 1000;
      const [unit, length] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1];
      return relative().format(Math.round(seconds / length), unit);
    },
    when: (/** @type {string} */ iso) => moment().format(new Date(iso)),
    and: (/** @type {string[]} */ items) => list().format(items),
    number: (/** @type {number} */ value) => digits().format(value),
    /** Returns the text for a number, from texts by plural category; "#" in it is the number. */
    count(/** @type {number} */ value, /** @type {Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }} */ texts) {
      return (texts[plural().select(value)] ?? texts.other).replace("#", digits().format(value));
    },
  };
}
