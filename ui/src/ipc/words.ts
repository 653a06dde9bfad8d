/** The engine's words from its own files, in place of its answer. For tests; no build that ships contains it. */
import type { Phrases } from "./bindings/Phrases";

const folder = "../../../src-tauri/crates/app/words";
const said = import.meta.glob<Phrases["engine"]>("../../../src-tauri/crates/app/words/*.json", { import: "default" });
const shown = import.meta.glob<Phrases["window"]>("../../../src-tauri/crates/app/words/window/*.json", {
  import: "default",
});

/** Of a language by its tag; another one than those there are is English, as with the engine. */
export async function phrasesIn(language: string): Promise<Phrases> {
  const tag = `${folder}/${language}.json` in said ? language : "en";
  const [engine, window, synonyms] = await Promise.all([
    said[`${folder}/${tag}.json`]!(),
    shown[`${folder}/window/${tag}.json`]!(),
    import("../../../src-tauri/crates/app/words/window/synonyms.json"),
  ]);
  return { engine, window, synonyms: synonyms.default };
}
