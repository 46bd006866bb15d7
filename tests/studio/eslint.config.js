// Rules for the Studio's JavaScript and its tests. TypeScript finds unknown names, so `no-undef` is on for tests only.
import js from "@eslint/js";

const PARSERS = ["innerHTML", "outerHTML", "insertAdjacentHTML", "srcdoc", "setHTMLUnsafe", "createContextualFragment"];
const PARSES_HTML = "Text must become text nodes (core/dom.js): nothing may be parsed as HTML.";
const GLOBALS = ["AbortController", "Event", "EventTarget", "URL", "document", "performance", "setImmediate"]; // of tests

export default [
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "array-callback-return": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "max-len": ["error", { code: 130 }],
      "max-lines": ["error", { max: 300 }],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-irregular-whitespace": ["error", { skipStrings: true, skipTemplates: true }], // French has no-break spaces
      "no-new-func": "error",
      "no-restricted-properties": [
        "error",
        ...PARSERS.map((property) => ({ property, message: PARSES_HTML })),
        { object: "document", property: "write", message: PARSES_HTML },
      ],
      "no-script-url": "error",
      "no-shadow": "error",
      "no-template-curly-in-string": "error",
      "no-throw-literal": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
  { files: ["assets/studio/**"], rules: { "no-undef": "off" } },
  {
    files: ["assets/studio/**"],
    ignores: ["assets/studio/core/api.js", "assets/studio/core/session.js"],
    rules: { "no-restricted-globals": ["error", { name: "fetch", message: "Add the call to core/api.js." }] },
  },
  { files: ["assets/studio/words/**"], rules: { "max-lines": "off" } }, // lists of texts
  {
    files: ["tests/studio/**"],
    languageOptions: { globals: Object.fromEntries(GLOBALS.map((name) => [name, "readonly"])) },
  },
];
