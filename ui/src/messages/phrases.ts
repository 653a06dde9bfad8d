/** The phrases that the engine says too: `words/*.json` of the app crate, with places for values in them. */
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
