import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";

export default ts.config(
  { ignores: ["target/", "gen/", "ui/dist/", "ui/dist-mock/", "ui/src/ipc/bindings/", "tests/fixtures/"] },
  ...ts.configs.strict,
  ...ts.configs.stylistic,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser } } },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "svelte/no-at-html-tags": "error",
      "max-lines-per-function": ["error", 70],
      "no-restricted-globals": ["error", { name: "fetch", message: "The window talks to the backend only." }],
    },
  },
);
