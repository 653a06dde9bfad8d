/** The engine's phrases from its own files, in place of its answer. For tests; no build that ships contains it. */
import type { Phrases } from "./bindings/Phrases";

const files = import.meta.glob<Phrases>("../../../src-tauri/crates/app/words/*.json", { import: "default" });

/** Of a language by its tag; another one than those there are is English, as with the engine. */
export function phrasesIn(language: string): Promise<Phrases> {
  const file = (tag: string) => files[`../../../src-tauri/crates/app/words/${tag}.json`];
  return (file(language) ?? file("en"))!();
}
