// Builds the addresses of views, which are in the fragment.

export const storyAddress = (articleId) => `#/article/${encodeURIComponent(articleId)}`;
export const listAddress = (query = "") => (query ? `#/?${new URLSearchParams({ query })}` : "#/");
