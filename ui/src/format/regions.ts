/** Countries for people, in the language that is spoken. */
import { perLocale } from "./locale.svelte";

const names = perLocale("dates", (tag) => new Intl.DisplayNames(tag, { type: "region" }));
const order = perLocale("dates", (tag) => new Intl.Collator(tag));

/** The name of a country, by its two letters (ISO 3166-1). */
export function country(code: string): string {
  return names().of(code) ?? code;
}

/** In the order of their names. */
export function byName<T extends { code: string }>(countries: readonly T[]): T[] {
  return countries.toSorted((one, other) => order().compare(country(one.code), country(other.code)));
}
