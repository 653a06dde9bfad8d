/** No server draws the window first, so nothing of it is ever taken over from drawn HTML. Svelte asks about that all the same,
 * at every node, by a variable that a bundler can't know never changes: in its place stands one that can't. Every test of
 * `tests/ui` mounts the window built so. */
import type { Plugin } from "vite";

const FILE = /\/svelte\/src\/internal\/client\/dom\/hydration\.js$/;

/** What the file's own code is without hydration: each function of it with nothing to do. */
function without(code: string): string {
  const names = [...code.matchAll(/^export function (\w+)\(/gm)].map(([, name]) => name!);
  const variables = [...code.matchAll(/^export let (\w+)/gm)].map(([, name]) => name!);
  if (!variables.includes("hydrating") || !names.includes("reset"))
    throw new Error("Svelte's hydration.js is another one: look whether it can still be left out");
  return [
    "export const hydrating = false;",
    ...variables.filter((name) => name !== "hydrating").map((name) => `export const ${name} = null;`),
    ...names.map((name) => `export function ${name}() {}`),
  ].join("\n");
}

export function withoutHydration(): Plugin {
  return {
    name: "without-hydration",
    // Tests mount components as the window does, but what they are drawn with has hydration for itself.
    apply: "build",
    enforce: "pre",
    transform: (code, id) => (FILE.test(id.split("?")[0]!) ? { code: without(code), map: null } : undefined),
  };
}
