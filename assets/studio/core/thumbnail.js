// Names the small picture of a stored card.

/** The width of the pictures on the page, in px; the API knows no other one. */
export const SIZE = 400;

/** Returns the path of a stored card's small picture. @type {(card: { url: string }) => string} */
export const thumbnail = ({ url }) => `${new URL(url, location.href).pathname}?size=${SIZE}`;
