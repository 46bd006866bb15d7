// Stands in for what modules read of a browser when they are loaded. Import it first.

globalThis.localStorage ??= { getItem: () => null, setItem: () => {} };
globalThis.navigator ??= { languages: [] };
