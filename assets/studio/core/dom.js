// Builds DOM elements. Text becomes text nodes and attributes only: no string is parsed as HTML.

const SVG = "http://www.w3.org/2000/svg";

/**
 * What stands in an element: nodes and texts, also in lists. Nothing stands for undefined, null and false.
 * @typedef {Node | string | undefined | null | false} Child
 * @typedef {{ [Name in keyof HTMLElementEventMap as `on${Name}`]?: (event: HTMLElementEventMap[Name]) => void }} Listeners
 * @typedef {{ [name: string]: unknown }} Attributes
 */

/**
 * Returns an element. Attributes and children that are undefined, null or false are left out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Listeners & Attributes} [attributes] with listeners, and properties that are no texts
 * @param {(Child | (Child | Child[])[])[]} children
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (name === "value" || (name in element && typeof value !== "string")) Object.assign(element, { [name]: value });
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(2).filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** Returns an element of index.html. */
export function byId(/** @type {string} */ id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
}

/**
 * Moves the focus into `place`: to what a selector finds there, of several selectors the first that finds anything.
 * @param {Element | null} place
 * @param {string[]} selectors
 */
export function focusOn(place, ...selectors) {
  const found = selectors.map((selector) => place?.querySelector(selector)).find(Boolean);
  if (found instanceof HTMLElement) found.focus();
}

/**
 * Returns a function that returns an SVG icon of 24 x 24, hidden from screen readers because every icon has a text label. Copying
 * an icon takes less time than building it.
 */
function icon(/** @type {string[]} */ ...paths) {
  /** @type {SVGElement | undefined} */ let built;
  return () => /** @type {SVGElement} */ ((built ??= drawing(paths)).cloneNode(true));
}

function drawing(/** @type {string[]} */ paths) {
  const svg = document.createElementNS(SVG, "svg");
  const attributes = { viewBox: "0 0 24 24", "aria-hidden": "true", class: "icon" };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  for (const data of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", data);
    svg.append(path);
  }
  return svg;
}

export const icons = {
  back: icon("M15 5l-7 7 7 7"),
  next: icon("M9 5l7 7-7 7"),
  search: icon("M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4.5 4.5"),
  download: icon("M12 4v11M7 11l5 5 5-5M5 20h14"),
  copy: icon("M9 9h11v11H9zM5 15H4V4h11v1"),
  undo: icon("M8 5L4 9l4 4M4 9h10a5 5 0 0 1 0 10H9"),
  redo: icon("M16 5l4 4-4 4M20 9H10a5 5 0 0 0 0 10h5"),
  up: icon("M6 14l6-6 6 6"),
  down: icon("M6 10l6 6 6-6"),
  cross: icon("M6 6l12 12M18 6L6 18"),
  more: icon("M5 12h.01M12 12h.01M19 12h.01"),
  grip: icon("M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01"),
  link: icon("M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"),
  heart: icon("M12 20s-7-4.6-7-10a4 4 0 0 1 7-2.6A4 4 0 0 1 19 10c0 5.4-7 10-7 10z"),
  talk: icon("M20 12a8 8 0 1 1-3.2-6.4A8 8 0 0 1 20 12zM18 17l2 4-5-1"),
  share: icon("M4 11l16-7-6 16-3-7z"),
};

let spoken = 0; // a timer

/** Shows a short message in the corner of the page, and announces it to screen readers. */
export function say(/** @type {string} */ message) {
  const region = byId("said");
  clearTimeout(spoken);
  region.replaceChildren(h("p", {}, message));
  spoken = setTimeout(() => region.replaceChildren(), 6000);
}
