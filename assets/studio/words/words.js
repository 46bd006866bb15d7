// Chooses the language of the interface: the one that the user set, else the first of the browser's that there is, else English.

import { en } from "./en.js";

const KEY = "storycard.language";
const FROM_THE_RIGHT = ["ar"];

/**
 * All languages, each with its own name and with what loads its words.
 * @type {Record<string, { name: string, load: () => Promise<any> }>}
 */
const LANGUAGES = {
  en: { name: "English", load: async () => en },
  de: { name: "Deutsch", load: async () => (await import("./de.js")).de },
  fr: { name: "Français", load: async () => (await import("./fr.js")).fr },
  es: { name: "Español", load: async () => (await import("./es.js")).es },
  uk: { name: "Українська", load: async () => (await import("./uk.js")).uk },
  ar: { name: "العربية", load: async () => (await import("./ar.js")).ar },
};

/**
 * Returns the best of the known tags. Only the language counts: for `de-AT` and `de` the words are the same.
 * @param {string | null} preferred
 * @param {readonly string[]} wanted
 * @param {string[]} known
 */
export function choose(preferred, wanted, known) {
  return [preferred, ...wanted].map((tag) => (tag ?? "").split("-")[0].toLowerCase()).find((tag) => known.includes(tag)) ?? "en";
}

export const languages = Object.entries(LANGUAGES).map(([tag, { name }]) => ({ tag, name }));
export const language = choose(localStorage.getItem(KEY), navigator.languages, Object.keys(LANGUAGES));
export const direction = FROM_THE_RIGHT.includes(language) ? "rtl" : "ltr";
/** @type {typeof en} */
export const words = await LANGUAGES[language].load();

/**
 * Returns the text for a name that the API gave, or, if it is a newer one that the words lack, the name itself.
 * @param {Record<string, string>} texts a part of `words`
 * @param {string} name
 */
export const wordIn = (texts, name, unknown = name) => (Object.hasOwn(texts, name) ? texts[name] : unknown);

/**
 * The first use of each format of a language, which takes a phone some hundredths of a second. The page does this, in tasks of
 * their own, while it waits for its first answers.
 * @type {(() => unknown)[]}
 */
export const warmUps = [
  () => new Intl.Locale(language).maximize(),
  () => new Intl.NumberFormat(language),
  () => words.find.count(0),
  () => words.ago(new Date().toISOString()),
  () => words.when(new Date().toISOString()),
];

export const setLanguage = (/** @type {string} */ tag) => localStorage.setItem(KEY, tag);
