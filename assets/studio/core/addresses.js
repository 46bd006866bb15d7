// Builds the addresses of views, which are in the fragment.

export const storyAddress = (/** @type {string} */ articleId) => `#/article/${encodeURIComponent(articleId)}`;
export const listAddress = (query = "") => (query ? `#/?${new URLSearchParams({ query })}` : "#/");
