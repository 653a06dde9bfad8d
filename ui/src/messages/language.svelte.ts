/** The window's languages, and the one that is spoken. */
import { locale } from "../format/locale.svelte";
import type { Backend } from "../ipc/backend";
import type { Phrases } from "../ipc/bindings/Phrases";
import type { Words } from "../ipc/bindings/Words";
import { type Own, ownWords } from "./own";
import { usable } from "./phrases";

interface Language {
  /** What it calls itself. */
  name: string;
  /** The locale of its numbers, where none is chosen. */
  numbers: string;
  /** The locale of its dates. */
  dates: string;
}

/** Those that the engine has words in. */
export const languages: Record<string, Language> = {
  en: { name: "English", numbers: "en-US", dates: "en-GB" },
  de: { name: "Deutsch", numbers: "de-DE", dates: "de-DE" },
};

/** The words of a language as the engine answers them. */
type Told = Words & {
  /** What the engine says too: of charges (`charges.ts`) and of what went wrong (`sayings.ts`). */
  phrases: Phrases["engine"];
  /** Under which words what can be done is found, beside its name: of every language, since who types doesn't always type
   * in the window's. Words apart by spaces; the beginning of one is enough. */
  synonyms: Phrases["synonyms"];
};

/** Its words, and what the page says without it. */
type Spoken = Told & Own;

/** A word that isn't there: nothing is written, whichever it is and whatever would stand in its places. */
const NO_WORD: unknown = new Proxy(() => "", {
  get: (_, name) => (name === Symbol.toPrimitive || name === "toString" ? () => "" : NO_WORD),
});

/** Before the engine has told its words nothing is drawn that needs one, but whatever goes wrong can be said. */
function untold(own: Own): Spoken {
  const there = { ...own, phrases: { saying: {} } } as Spoken;
  return new Proxy(there, { get: (of, name) => (name in of ? of[name as keyof Spoken] : NO_WORD) });
}

let told: Told | null = null;
let spoken = $state.raw<Spoken>(untold(ownWords("en")));

/** The words of the language that is spoken. */
export function t(): Spoken {
  return spoken;
}

let engine: Pick<Backend, "phrases">;
let asked: Readonly<Partial<Record<string, Promise<Told>>>> = {};

/** The words of a language: asked for once, and made ready once. */
function wordsIn(tag: string): Promise<Told> {
  const known = asked[tag];
  if (known) return known;
  const coming = engine
    .phrases(tag)
    .then(({ engine: phrases, window: words, synonyms }) => ({ ...(usable(words) as Words), phrases, synonyms }));
  asked = { ...asked, [tag]: coming };
  coming.catch(() => (asked = { ...asked, [tag]: undefined }));
  return coming;
}

/** Whom to ask for words. In the system's language, which most speak, they are asked for at once. */
export function phrasesFrom(backend: Pick<Backend, "phrases">): void {
  engine = backend;
  asked = {};
  void wordsIn(known(navigator.languages)).catch(() => undefined);
}

/** The first of the wished languages that there is. */
function known(wished: readonly string[]): string {
  const bases = wished.map((tag) => tag.split("-")[0] ?? "");
  return bases.find((base) => base in languages) ?? "en";
}

/** Speaks the chosen language, else the system's, and writes numbers as chosen, else as the language does. Where the engine
 * doesn't tell its words the page's own are spoken, with those it told before if it did, and that is thrown. */
export async function speak(chosen: string | null, numbers: string | null): Promise<void> {
  const tag = known(chosen ? [chosen] : navigator.languages);
  const language = languages[tag]!;
  const own = ownWords(tag);
  try {
    told = await wordsIn(tag);
  } finally {
    locale.numbers = numbers ?? language.numbers;
    locale.dates = language.dates;
    document.documentElement.lang = tag;
    spoken = told ? { ...told, ...own } : untold(own);
  }
}
