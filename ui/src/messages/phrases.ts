/** Phrases with places for values in them, as the engine answers them (`words/` of the app crate): `words/*.json`, which it
 * says too, and `words/window/*.json`, which the window alone says. */
import { number } from "../format/amounts";

/** A phrase for one of something, and for any other number of it. */
export interface Counted {
  one: string;
  other: string;
}

/** A phrase with these in its places: "Overage on {plan}". */
export function fill(phrase: string, values: Record<string, string>): string {
  return phrase.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}

/** A phrase for so many. */
export function counted(words: Counted, many: number, values: Record<string, string> = {}): string {
  return fill(many === 1 ? words.one : words.other, { count: number(many), ...values });
}

/** What stands in places: what is counted as a number, everything else as it is written. */
type Places = Record<string, string | number>;

/** A sentence of the window's own. What stands last in it may end with a full stop itself: "… bis 30. Nov." */
function filled(phrase: string, places: Places): string {
  const values = Object.fromEntries(
    Object.entries(places).map(([name, value]) => [name, typeof value === "number" ? number(value) : value]),
  );
  const sentence = fill(phrase, values);
  return phrase.endsWith("}.") && sentence.endsWith("..") ? sentence.slice(0, -1) : sentence;
}

/** The window's own words as they are used: those with places are functions of what stands in them, the others texts. */
export function usable(words: unknown): unknown {
  if (typeof words === "string") return words.includes("{") ? (places: Places) => filled(words, places) : words;
  const of = words as Record<string, unknown>;
  const { one, other } = of;
  if (typeof one === "string" && typeof other === "string")
    return (places: Places) => filled(places.count === 1 ? one : other, places);
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, usable(value)]));
}

/** What a sentence says before and after something that isn't text, such as a path. */
export function around(sentence: (gap: string) => string): [before: string, after: string] {
  const gap = "\u0000";
  const [before = "", after = ""] = sentence(gap).split(gap);
  return [before.trimEnd(), after];
}
