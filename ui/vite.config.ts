import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";
import { withoutHydration } from "./without-hydration.ts";

// `--mode mock` builds the window on recorded answers of the engine instead of the real backend.
export default defineConfig(({ mode }) => ({
  plugins: [withoutHydration(), svelte(), svelteTesting()],
  define: { __MOCK__: JSON.stringify(mode === "mock") },
  build: {
    target: "safari17",
    outDir: mode === "mock" ? "dist-mock" : "dist",
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: false,
    // What the first figures need is one file: each further one is a question of its own to the window's process.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] } },
      // They have nothing to do without hydration.
      treeshake: { manualPureFunctions: ["$.reset", "$.next", "$.remove_input_defaults", "$.hydrate_template"] },
    },
  },
  server: { host: "127.0.0.1", port: 5173, strictPort: true },
  preview: { host: "127.0.0.1", port: 5174, strictPort: true },
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    environment: "happy-dom",
    include: ["src/**/*.test.ts"],
    setupFiles: ["src/test-setup.ts"],
    // The tokens are read as they are written; no test looks at any other style.
    css: { include: [/tokens\.css/] },
  },
}));
