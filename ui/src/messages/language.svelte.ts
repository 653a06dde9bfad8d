/** The window's languages, and the one that is spoken. */
import { locale } from "../format/locale.svelte";
import type { Backend } from "../ipc/backend";
import type { Phrases } from "../ipc/bindings/Phrases";
import { en, type Messages } from "./en";

interface Language {
  /** What it calls itself. */
  name: string;
  /** The locale of its numbers, where none is chosen. */
  numbers: string;
  /** The locale of its dates. */
  dates: string;
  load: () => Promise<Messages>;
}

/** A further language is a file of messages and a line here. */
export const languages: Record<string, Language> = {
  en: { name: "English", numbers: "en-US", dates: "en-GB", load: () => Promise.resolve(en) },
  de: {
    name: "Deutsch",
    numbers: "de-DE",
    dates: "de-DE",
    load: async () => (await import("./de")).de,
  },
};

/** The window's own messages, and the phrases that the engine says too: of charges (`charges.ts`) and of what went wrong
 * (`sayings.ts`). */
type Spoken = Messages & { phrases: Phrases };

/** Before the engine has told them: nothing is drawn then that needs one, but whatever goes wrong can be said. */
const NONE_YET = { saying: {} } as Phrases;

let spoken = $state.raw<Spoken>({ ...en, phrases: NONE_YET });

/** The messages of the language that is spoken. */
export function t(): Spoken {
  return spoken;
}

let engine: Pick<Backend, "phrases">;
let told: Readonly<Partial<Record<string, Promise<Phrases>>>> = {};

/** The engine's phrases in a language, asked for once. */
function phrasesIn(tag: string): Promise<Phrases> {
  const known = told[tag];
  if (known) return known;
  const asked = engine.phrases(tag);
  told = { ...told, [tag]: asked };
  asked.catch(() => (told = { ...told, [tag]: undefined }));
  return asked;
}

/** Whom to ask for the engine's phrases. In the system's language, which most speak, they are asked for at once. */
export function phrasesFrom(backend: Pick<Backend, "phrases">): void {
  engine = backend;
  told = {};
  void phrasesIn(known(navigator.languages)).catch(() => undefined);
}

/** The first of the wished languages that there is. */
function known(wished: readonly string[]): string {
  const bases = wished.map((tag) => tag.split("-")[0] ?? "");
  return bases.find((base) => base in languages) ?? "en";
}

/** Speaks the chosen language, else the system's, and writes numbers as chosen, else as the language does. Where the engine
 * doesn't tell its phrases the window's own messages are spoken, and that is thrown. */
export async function speak(chosen: string | null, numbers: string | null): Promise<void> {
  const tag = known(chosen ? [chosen] : navigator.languages);
  const language = languages[tag]!;
  const messages = await language.load();
  locale.numbers = numbers ?? language.numbers;
  locale.dates = language.dates;
  document.documentElement.lang = tag;
  try {
    spoken = { ...messages, phrases: await phrasesIn(tag) };
  } catch (thrown) {
    spoken = { ...messages, phrases: spoken.phrases };
    throw thrown;
  }
}
