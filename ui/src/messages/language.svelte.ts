/** The window's languages, and the one that is spoken. */
import { locale } from "../format/locale.svelte";
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

let spoken = $state.raw<Messages>(en);

/** The messages of the language that is spoken. */
export function t(): Messages {
  return spoken;
}

/** The first of the wished languages that there is. */
function known(wished: readonly string[]): string {
  const bases = wished.map((tag) => tag.split("-")[0] ?? "");
  return bases.find((base) => base in languages) ?? "en";
}

/** Speaks the chosen language, else the system's, and writes numbers as chosen, else as the language does. */
export async function speak(chosen: string | null, numbers: string | null): Promise<void> {
  const tag = known(chosen ? [chosen] : navigator.languages);
  const language = languages[tag]!;
  spoken = await language.load();
  locale.numbers = numbers ?? language.numbers;
  locale.dates = language.dates;
  document.documentElement.lang = tag;
}
