import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Writes scripts in ASCII alone: one letter beyond Latin-1 makes WebKit hold, and read, all of a file at two bytes a letter. */
const inAscii: Plugin = {
  name: "in-ascii",
  apply: "build",
  generateBundle(_, bundle) {
    const escaped = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
    for (const file of Object.values(bundle)) {
      if (file.type === "chunk") file.code = file.code.replace(/[^\0-\x7f]/g, escaped);
    }
  },
};

// `--mode mock` builds the window on recorded answers of the engine instead of the real backend.
export default defineConfig(({ mode }) => ({
  plugins: [svelte(), svelteTesting(), inAscii],
  define: { __MOCK__: JSON.stringify(mode === "mock") },
  build: {
    target: "safari17",
    outDir: mode === "mock" ? "dist-mock" : "dist",
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: false,
    // What the first figures need is one file: each further one is a question of its own to the window's process.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] } } },
  },
  server: { host: "127.0.0.1", port: 5173, strictPort: true },
  preview: { host: "127.0.0.1", port: 5174, strictPort: true },
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    environment: "happy-dom",
    include: ["src/**/*.test.ts"],
    setupFiles: ["src/test-setup.ts"],
  },
}));
